//go:build torture

package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What a server may hold in memory while many want it to break, and a minute
// after they have gone.
const (
	besieged = 256 << 20
	rested   = 64 << 20
)

// tool gives the path of a program that setup brings; the test is left out
// where it is not.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skip("not on this machine: " + name)
	}
	return path
}

// memory is what the server holds besides the pages of its files.
func (r *running) memory() (bytes int) {
	r.t.Helper()
	file, err := os.Open(fmt.Sprintf("/proc/%d/status", r.cmd.Process.Pid))
	if err != nil {
		r.t.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if n, _ := fmt.Sscanf(lines.Text(), "RssAnon: %d kB", &bytes); n == 1 {
			return bytes << 10
		}
	}
	r.t.Fatal("the machine does not say how much memory a process has")
	return 0
}

// open is how many sockets the server holds.
func (r *running) open() (n int) {
	r.t.Helper()
	folder := fmt.Sprintf("/proc/%d/fd", r.cmd.Process.Pid)
	all, err := os.ReadDir(folder)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, fd := range all {
		if to, err := os.Readlink(filepath.Join(folder, fd.Name())); err == nil && strings.HasPrefix(to, "socket:") {
			n++
		}
	}
	return n
}

// siege watches a server while something is done to it: another person opens
// pages all the while, and gets them.
func (r *running) siege(name string, sockets int, begin func() (end func())) {
	r.t.Helper()
	before := r.open()
	end := begin()
	most, slowest := 0, time.Duration(0)
	if sockets > 0 {
		until(r.t, fmt.Sprintf("%d connections hang", sockets), func() bool {
			most = max(most, r.memory())
			return r.open()-before >= sockets
		})
	}
	hanging := r.open() - before
	pace := time.NewTicker(50 * time.Millisecond) // of a person, so that the memory is seen for a while
	defer pace.Stop()
	for range 40 {
		<-pace.C
		asked := time.Now()
		for _, path := range []string{"/", "/public", "/login"} {
			if a, err := r.browser().get(path); err != nil || a.code != http.StatusOK {
				r.t.Fatalf("%s: another person gets %s with %d, %v", name, path, a.code, err)
			}
		}
		most, slowest = max(most, r.memory()), max(slowest, time.Since(asked))
	}
	end()
	r.t.Logf("%s: %d connections hang; another person's three pages take at most %s; at most %d MB", name, hanging, slowest.Round(time.Millisecond), most>>20)
	if most > besieged {
		r.t.Errorf("%s: %d MB are held", name, most>>20)
	}
}

// atRest waits until the server has got rid of everybody, and within a minute of
// what they cost.
func (r *running) atRest(sockets int) {
	r.t.Helper()
	http.DefaultTransport.(*http.Transport).CloseIdleConnections() // of the other person
	began := time.Now()
	until(r.t, "the server is at rest", func() bool { return r.open() <= sockets && r.memory() <= rested })
	r.t.Logf("at rest after %s, with %d MB", time.Since(began).Round(time.Second), r.memory()>>20)
}

// TestSlowClients hangs a thousand connections on the server that send, or
// read, a few bytes now and then, and then more than there are seats for.
func TestSlowClients(t *testing.T) {
	slow := tool(t, "slowhttptest")
	r := start(t, place(t), "serve")
	r.named(t)
	quiet := r.open()
	for _, way := range []struct {
		name    string
		hanging int
		args    []string
	}{
		{"headers that never end", 900, []string{"-H", "-c", "1000", "-i", "10", "-x", "24"}},
		{"bodies that never end", 900, []string{"-B", "-c", "1000", "-i", "10", "-s", "60000", "-x", "24"}},
		{"answers that are hardly read", 900, []string{"-X", "-c", "1000", "-w", "1", "-y", "16", "-n", "5", "-z", "8", "-k", "3"}},
		{"more than there are seats for", 1900, []string{"-H", "-c", "4000", "-i", "10", "-x", "24"}},
	} {
		r.siege(way.name, way.hanging, func() func() {
			cmd := exec.CommandContext(t.Context(), slow, append(way.args, "-r", "1000", "-l", "40", "-p", "30", "-u", r.url+"/login")...)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			return func() {
				_ = cmd.Process.Kill()
				_ = cmd.Wait()
			}
		})
		r.atRest(quiet)
	}
}

// TestUnfinishedBodies begins requests that never end: large ones, which are
// refused, and as many as there are seats that are small enough to be read.
func TestUnfinishedBodies(t *testing.T) {
	r := start(t, place(t), "serve")
	r.named(t)
	quiet := r.open()
	for _, way := range []struct {
		name, path, head string
		many, length     int
	}{
		{"large uploads", "/login", "Content-Length: 7340032\r\n", 200, 7 << 20},
		{"large uploads to where tables go", "/admin/import", "Content-Length: 7340032\r\n", 200, 7 << 20},
		{"large uploads of unknown length", "/admin/import", "Transfer-Encoding: chunked\r\n", 200, 7 << 20},
		{"forms", "/login", "Content-Length: 65536\r\n", 2000, 64 << 10},
	} {
		r.siege(way.name, 0, func() func() {
			host := strings.TrimPrefix(r.url, "http://")
			head := "POST " + way.path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: multipart/form-data; boundary=x\r\n" + way.head + "\r\n"
			if strings.Contains(way.head, "chunked") {
				head += fmt.Sprintf("%x\r\n", way.length)
			}
			var open []net.Conn
			for range way.many {
				c, err := net.Dial("tcp", host)
				if err != nil {
					t.Fatal(err)
				}
				open = append(open, c)
				go func() {
					_, _ = io.WriteString(c, head)
					_, _ = c.Write(make([]byte, way.length-1)) // or as much as it is let
				}()
			}
			return func() {
				for _, c := range open {
					c.Close()
				}
			}
		})
		r.atRest(quiet)
	}
}
