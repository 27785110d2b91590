//go:build torture

package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestFullDisk lets the disk run full under a county that works. Pages are
// read, filing says that it was not saved and gives the words back, nothing
// spoils, and when there is room it goes on without a restart.
func TestFullDisk(t *testing.T) {
	c := place(t)
	if err := os.MkdirAll(c.data, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", c.data, "tmpfs", 0, "size=8m,mode=0700"); err != nil {
		t.Fatalf("a small disk is wanted, which takes root: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(c.data, 0); err != nil {
			t.Error(err)
		}
	})
	r := start(t, c, "serve")
	c.named(t)
	b := r.browser()
	b.logIn(c, "13800138000")
	number := b.file("有空间的时候写的")
	filler := fillUp(t, c.data)

	refused, body := answer{}, ""
	for i := range 200 { // free pages of the file still take a few
		body = fmt.Sprintf("磁盘满了，第 %d 次写", i)
		a, err := b.fill("/file", "/file", filing(body)...)
		if err == nil && a.code == http.StatusSeeOther {
			a, err = b.fill("/file/check", "/file/check")
		}
		if err != nil {
			t.Fatal(err)
		}
		if a.code != http.StatusSeeOther {
			refused = a
			break
		}
	}
	if refused.code != http.StatusServiceUnavailable || !strings.Contains(refused.page, body) {
		t.Errorf("a full disk is answered with %d, and the words are not on the page:\n%s", refused.code, refused.page)
	}
	for _, path := range []string{"/", "/lookup", "/cases", "/case/" + number} {
		if a, err := b.get(path); err != nil || a.code != http.StatusOK {
			t.Errorf("%s on a full disk: %d, %v", path, a.code, err)
		}
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	again := b.file("又有空间了")
	if a, err := b.get("/case/" + again); err != nil || a.code != http.StatusOK {
		t.Errorf("the case filed after that: %d, %v", a.code, err)
	}
	well(t, c.with("check")...)
	r.stop()
	well(t, c.with("check")...)
}

// fillUp writes until nothing more fits, and gives the file to delete.
func fillUp(t *testing.T, folder string) string {
	t.Helper()
	name := filepath.Join(folder, "filler")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, piece := range [][]byte{make([]byte, 64<<10), make([]byte, 1<<10), make([]byte, 1)} {
		for {
			if _, err := f.Write(piece); err != nil {
				break
			}
		}
	}
	return name
}

// TestNoRoomForTheBackupBeforeAnUpgrade: then nothing is upgraded, and it says
// what to do.
func TestNoRoomForTheBackupBeforeAnUpgrade(t *testing.T) {
	c, small := golden(t, 1), t.TempDir()
	was := c.sum(t)
	if err := syscall.Mount("tmpfs", small, "tmpfs", 0, "size=8m,mode=0700"); err != nil {
		t.Fatalf("a small disk is wanted, which takes root: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(small, 0); err != nil {
			t.Error(err)
		}
	})
	for _, command := range []string{"upgrade", "serve"} {
		badly(t, "name another disk with --backup", c.with(command, "--backup", small)...)
	}
	if left, err := os.ReadDir(small); err != nil || len(left) > 0 || c.sum(t) != was {
		t.Errorf("left behind: %v, %v", left, err)
	}
	well(t, c.with("upgrade", "--backup", t.TempDir())...)
}
