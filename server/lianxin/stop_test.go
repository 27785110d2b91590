package main

import (
	"fmt"
	"net"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Stopped while everybody files, the server ends in good time and well, and has
// every case for which a receipt was given.
func TestStoppedUnderLoad(t *testing.T) {
	t.Parallel()
	slowest, receipts := time.Duration(0), 0
	for i := range stops {
		c, filers := cast(t, t.TempDir())
		r := start(t, c, "serve")
		acknowledged := make(chan struct{}, 1000)
		var done sync.WaitGroup
		for _, f := range filers {
			f.base = r.url
			done.Go(func() { f.fileAll(cap(acknowledged)/len(filers), acknowledged) })
		}
		for range 2 + i%17 {
			<-acknowledged
		}
		told := time.Now()
		r.stop()
		slowest = max(slowest, time.Since(told))
		done.Wait()
		r = start(t, c, "serve")
		for _, f := range filers {
			receipts += len(f.numbers)
			f.holds(r)
		}
		well(t, c.with("check")...)
		r.kill()
	}
	t.Logf("%d stops, %d receipts given and none lost; the longest took %.1f s", stops, receipts, slowest.Seconds())
}

// A body that never comes to its end keeps the server no longer than a request
// may take at the end.
func TestStopWaitsForNobodyLong(t *testing.T) {
	t.Parallel()
	r := start(t, place(t), "serve")
	for range 20 {
		conn, err := net.Dial("tcp", strings.TrimPrefix(r.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprint(conn, "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nphone=1")
	}
	told := time.Now()
	_ = r.cmd.Process.Signal(syscall.SIGTERM)
	r.gone()
	if took := time.Since(told); took > graceful+5*time.Second {
		t.Errorf("it took %s to stop", took)
	}
}
