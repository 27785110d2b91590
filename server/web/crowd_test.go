package web

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"slices"
	"testing"
	"time"

	"lianxin/views"
)

// few gives a site with so many seats.
func few(n int) setting { return func(p *Parts, _ *[]route) { p.Config.Seats = n } }

// sits opens a connection from an address of this machine, and says a part of a
// request on it.
func (w *world) sits(from string) net.Conn {
	w.t.Helper()
	conn, err := (&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}).Dial("tcp", w.addr)
	w.must(err)
	w.t.Cleanup(func() { conn.Close() })
	w.must(conn.SetDeadline(time.Now().Add(20 * time.Second)))
	_, err = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: "+w.addr+"\r\n")
	w.must(err)
	return conn
}

// served ends the request, and tells whether there is an answer.
func (w *world) served(conn net.Conn) bool {
	w.t.Helper()
	if _, err := io.WriteString(conn, "\r\n"); err != nil {
		return false
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// Whoever sits on more connections than there are seats shuts out nobody but
// themselves; who came from elsewhere and is slow too keeps the seat.
func TestNobodyTakesAllTheSeats(t *testing.T) {
	w := newWorld(t, few(8))
	villager := w.sits("127.0.0.2")
	var sitters []net.Conn
	for range 20 {
		sitters = append(sitters, w.sits("127.0.0.3"))
	}
	if !w.served(w.sits("127.0.0.4")) {
		t.Error("nobody else comes in")
	}
	if !w.served(villager) {
		t.Error("a slow person lost the seat to somebody who has many")
	}
	stayed := []int{}
	for i, conn := range sitters {
		if w.served(conn) {
			stayed = append(stayed, i)
		}
	}
	if len(stayed) == 0 || len(stayed) > 7 || slices.Min(stayed) < 20-7 {
		t.Errorf("of 20 that came one after the other these stayed: %v", stayed)
	}
}

// Behind one address everybody may stand: they all get in, one after the other.
func TestEverybodyBehindOneAddress(t *testing.T) {
	w := newWorld(t, few(4))
	for range 12 {
		if conn := w.sits("127.0.0.2"); !w.served(conn) {
			t.Error("somebody was not answered")
		}
	}
}

// Whose answer is being made is not sent away for a newcomer, who comes in as
// soon as it is made.
func TestWhoIsBeingAnsweredStays(t *testing.T) {
	begun, enough := make(chan bool), make(chan bool)
	w := newWorld(t, few(1), func(_ *Parts, routes *[]route) {
		*routes = append(*routes, route{method: "GET", path: "/long", doors: []door{anyone}, page: func(r *request) (views.Model, error) {
			begun <- true
			<-enough
			return home(r)
		}})
	})
	long, err := net.Dial("tcp", w.addr)
	w.must(err)
	defer long.Close()
	_, err = io.WriteString(long, "GET /long HTTP/1.1\r\nConnection: close\r\nHost: "+w.addr+"\r\n")
	w.must(err)
	done := make(chan bool)
	go func() { done <- w.served(long) }()
	<-begun
	if w.served(w.sits("127.0.0.2")) {
		t.Error("there is a second seat")
	}
	enough <- true
	if !<-done {
		t.Error("who was being answered was sent away")
	}
	if !w.served(w.sits("127.0.0.2")) {
		t.Error("nobody comes in any more")
	}
}
