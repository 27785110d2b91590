package web

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// statuses sends bytes as they are, says no more, and gives the status of every
// answer until the connection ends.
func (w *world) statuses(request string) (all []int, said string) {
	w.t.Helper()
	conn, err := net.Dial("tcp", w.addr)
	w.must(err)
	defer conn.Close()
	w.must(conn.SetDeadline(time.Now().Add(20 * time.Second)))
	if _, err := io.WriteString(conn, request); err == nil {
		_ = conn.(*net.TCPConn).CloseWrite()
	}
	raw, _ := io.ReadAll(conn) // a refused connection may be torn down with our bytes unread
	method, _, _ := strings.Cut(request, " ")
	for from := bufio.NewReader(strings.NewReader(string(raw))); ; {
		answer, err := http.ReadResponse(from, &http.Request{Method: method})
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return all, string(raw)
		}
		w.must(err)
		_, err = io.Copy(io.Discard, answer.Body)
		w.must(err)
		all = append(all, answer.StatusCode)
	}
}

// Every one of these is refused, and the request that hides behind it, in its
// body or after it, is never read: who thinks of it as another's request gets
// one answer and a closed connection.
func TestRequestsThatWouldSmuggle(t *testing.T) {
	w := newWorld(t)
	host := "Host: " + w.addr + "\r\n"
	hidden := "GET /help HTTP/1.1\r\n" + host + "\r\n"
	get := "GET / HTTP/1.1\r\n"
	post := "POST /login HTTP/1.1\r\n" + host + "Content-Type: application/x-www-form-urlencoded\r\n"
	form := "\r\n\r\na=b" + hidden
	none := "\r\n\r\n0\r\n\r\n" + hidden
	pieces := post + "Transfer-Encoding: chunked\r\n\r\n"
	for name, request := range map[string]string{
		"two lengths":             post + "Content-Length: 3\r\nContent-Length: 4" + form,
		"the same length twice":   post + "Content-Length: 3\r\nContent-Length: 3" + form,
		"a list of lengths":       post + "Content-Length: 3, 3" + form,
		"a length with a sign":    post + "Content-Length: +3" + form,
		"a length below nothing":  post + "Content-Length: -1" + form,
		"a length in hex":         post + "Content-Length: 0x3" + form,
		"a length too long":       post + "Content-Length: 99999999999999999999" + form,
		"an empty length":         post + "Content-Length: " + form,
		"a length of two words":   post + "Content-Length: 3 3" + form,
		"a length folded":         post + "Content-Length: 3\r\n 3" + form,
		"a GET with a body":       get + host + "Content-Length: 3" + form,
		"more than is taken":      post + "Content-Length: 70000\r\n\r\n" + strings.Repeat(hidden, 2000),
		"a blank before a colon":  get + host + "Content-Length : 3" + form,
		"a length and pieces":     post + "Content-Length: 5\r\nTransfer-Encoding: chunked" + none,
		"pieces and a length":     post + "Transfer-Encoding: chunked\r\nContent-Length: 5" + none,
		"two encodings":           post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity" + none,
		"pieces twice":            post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked" + none,
		"a list of encodings":     post + "Transfer-Encoding: chunked, identity" + none,
		"packed pieces":           post + "Transfer-Encoding: gzip, chunked" + none,
		"nearly pieces":           post + "Transfer-Encoding: xchunked" + none,
		"pieces after a tab":      post + "Transfer-Encoding:\tchunked" + none,
		"pieces after a control":  post + "Transfer-Encoding: \x0bchunked" + none,
		"pieces in quotes":        post + "Transfer-Encoding: \"chunked\"" + none,
		"pieces before a colon":   post + "Transfer-Encoding : chunked" + none,
		"pieces folded":           post + "Transfer-Encoding:\r\n chunked" + none,
		"pieces in HTTP/1.0":      "POST /login HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked" + none,
		"pieces of a GET":         get + host + "Transfer-Encoding: chunked" + none,
		"a form in pieces":        pieces + "3\r\na=b\r\n0\r\n\r\n" + hidden,
		"a piece with a note":     pieces + "3;a=b\r\na=b\r\n0\r\n\r\n" + hidden,
		"a note of two lines":     pieces + "3;a\nb\r\na=b\r\n0\r\n\r\n" + hidden,
		"a piece that is none":    pieces + "zz\r\n\r\n" + hidden,
		"a piece below nothing":   pieces + "-1\r\n\r\n" + hidden,
		"a piece in 0x":           pieces + "0x3\r\na=b\r\n0\r\n\r\n" + hidden,
		"a piece without end":     pieces + "ffffffffffffffff\r\na=b\r\n0\r\n\r\n" + hidden,
		"a piece that overflows":  pieces + "10000000000000003\r\na=b\r\n0\r\n\r\n" + hidden,
		"a piece that is longer":  pieces + "2\r\na=b\r\n0\r\n\r\n" + hidden,
		"pieces of short lines":   pieces + "3\na=b\n0\n\n" + hidden,
		"pieces with a trailer":   pieces + "3\r\na=b\r\n0\r\nContent-Length: 400\r\n\r\n" + hidden,
		"two hosts":               get + host + "Host: evil.example\r\n\r\n" + hidden,
		"the same host twice":     get + host + host + "\r\n" + hidden,
		"no host":                 get + "\r\n" + hidden,
		"an empty host":           get + "Host: \r\n\r\n" + hidden,
		"a list of hosts":         get + "Host: " + w.addr + ", evil.example\r\n\r\n" + hidden,
		"a host with a name":      get + "Host: " + w.addr + "@evil.example\r\n\r\n" + hidden,
		"a host with a path":      get + "Host: " + w.addr + "/evil\r\n\r\n" + hidden,
		"another host":            get + "Host: evil.example\r\n\r\n" + hidden,
		"another host in line 1":  "GET http://evil.example/ HTTP/1.1\r\n" + host + "\r\n" + hidden,
		"our host in line 1 only": "GET http://" + w.addr + "/ HTTP/1.1\r\nHost: evil.example\r\n\r\n" + hidden,
		"NUL in a header":         get + host + "X-A: a\x00b\r\n\r\n" + hidden,
		"NUL in a path":           "GET /\x00 HTTP/1.1\r\n" + host + "\r\n" + hidden,
		"a header folded":         get + host + "X-A: a\r\n b\r\n\r\n" + hidden,
		"a header before all":     get + " X: a\r\n" + host + "\r\n" + hidden,
		"a bare carriage return":  get + host + "X-A: a\rX-B: c\r\n\r\n" + hidden,
		"a bare line feed":        get + host + "X-A: a\nX-B: c\r\n\r\n" + hidden,
		"short lines":             strings.ReplaceAll(get+host+"\r\n"+hidden, "\r\n", "\n"),
		"a header of no name":     get + host + ": a\r\n\r\n" + hidden,
		"a header of no value":    get + host + "X-A\r\n\r\n" + hidden,
		"a strange name":          get + host + "X(A): a\r\n\r\n" + hidden,
		"a header too long":       get + host + "X-A: " + strings.Repeat("a", maxHeader) + "\r\n\r\n" + hidden,
		"a path too long":         "GET /" + strings.Repeat("a", maxHeader) + " HTTP/1.1\r\n" + host + "\r\n" + hidden,
		"a blank in a path":       "GET /a b HTTP/1.1\r\n" + host + "\r\n" + hidden,
		"a line of tabs":          "GET\t/\tHTTP/1.1\r\n" + host + "\r\n" + hidden,
		"a tunnel":                "CONNECT " + w.addr + " HTTP/1.1\r\n" + host + "\r\n" + hidden,
		"a tunnel elsewhere":      "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n" + hidden,
		"an echo":                 "TRACE / HTTP/1.1\r\n" + host + "X-Secret: 1\r\n\r\n" + hidden,
		"options of nothing":      "OPTIONS * HTTP/1.1\r\n" + host + "\r\n" + hidden,
		"small letters":           "get / HTTP/1.1\r\n" + host + "\r\n" + hidden,
		"HTTP/0.9":                "GET /\r\n" + hidden,
		"HTTP/0.9 by name":        "GET / HTTP/0.9\r\n\r\n" + hidden,
		"HTTP/2 in old clothes":   "GET / HTTP/2.0\r\n" + host + "\r\n" + hidden,
		"HTTP/2":                  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00",
		"another protocol":        "GET / XTTP/1.1\r\n" + host + "\r\n" + hidden,
		"a greeting of TLS":       "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + strings.Repeat("a", 200),
		"a greeting of mail":      "HELO mail.example\r\n\r\n",
	} {
		all, said := w.statuses(request)
		if len(all) > 1 || len(all) == 1 && (all[0] < 400 || all[0] >= 500) {
			t.Errorf("%s is answered with %v\n%.300s", name, all, said)
		}
		if strings.Contains(said, w.T("help.title")) && !strings.Contains(said, `href="/help"`) || strings.Contains(said, "X-Secret") {
			t.Errorf("%s gives something away:\n%s", name, said)
		}
	}
}

// What is odd and harmless is one request, answered once.
func TestOddRequestsAreOneRequest(t *testing.T) {
	w := newWorld(t)
	host := "Host: " + w.addr + "\r\n"
	for request, want := range map[string][]int{
		"GET / HTTP/1.1\r\n" + host + "\r\nGET /help HTTP/1.1\r\n" + host + "\r\n":                                                                           {200, 200},
		"\r\nGET / HTTP/1.1\r\n" + host + "\r\n":                                                                                                             {200},
		"GET / HTTP/1.1\r\n" + host + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n":              {200},
		"POST /login HTTP/1.1\r\n" + host + "X-HTTP-Method-Override: GET\r\nContent-Length: 3\r\n\r\na=b":                                                    {422},
		"POST /login HTTP/1.1\r\n" + host + "Expect: 100-continue\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99999999\r\n\r\na=b": {100, 413},
	} {
		if all, said := w.statuses(request); !slices.Equal(all, want) {
			t.Errorf("%.60q is answered with %v, want %v\n%.300s", request, all, want, said)
		}
	}
}

// However it is written, a path leads to the page of that name or to none.
func TestPathsThatClimb(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{
		"/static/../../etc/passwd", "/static/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/static/%252e%252e%252fetc%252fpasswd",
		"/static/..%5c..%5cetc%5cpasswd", "/static/%c0%ae%c0%ae/etc/passwd", "/static/..;/admin", "/static/....//....//etc/passwd",
		"/./admin", "//admin", "/login/../admin", "/%61dmin", "/ADMIN", "/admin%00", "/admin/.", "/help/../../keys/master.key", "/..", "admin", "*",
		"//evil.example/", "/static/", "/static", "/favicon.ico/../admin",
	} {
		all, said := w.statuses("GET " + path + " HTTP/1.1\r\nHost: " + w.addr + "\r\n\r\n")
		if len(all) != 1 || all[0] != 404 && all[0] != 400 || strings.Contains(said, "root:") {
			t.Errorf("%s: %v", path, all)
		}
	}
}
