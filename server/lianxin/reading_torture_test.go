//go:build torture

package main

import (
	"io"
	"net/http"
	"testing"
)

// Nobody who only reads makes the disk work: a crowd of strangers, or of robots,
// costs no one their filing. Every first write of a thread would fail; that those
// of a filing do, TestTortureFilingOnABadDisk shows.
func TestTortureReadingWritesNothing(t *testing.T) {
	t.Parallel()
	c := place(t)
	r := start(t, c, "serve")
	c.named(t)
	r.stop()
	for _, call := range []string{"fdatasync", "fsync", "pwrite64", "ftruncate"} {
		r := start(t, c, "serve")
		met := fault{call: call, does: eio, at: 1}.onto(t, r)
		for i := range 1000 {
			path := []string{"/", "/login", "/lookup", "/public", "/units", "/help", "/case/1", "/file", "/staff/login", "/nowhere"}[i%10]
			resp, err := http.Get(r.url + path)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, resp.Body); err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
		}
		r.kill()
		if met() {
			t.Errorf("a thousand strangers who read made the server call %s", call)
		}
	}
}
