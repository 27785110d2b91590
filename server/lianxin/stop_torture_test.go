//go:build torture

package main

import (
	"fmt"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"
)

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
