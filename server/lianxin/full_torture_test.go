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

	"lianxin/store"
)

// small mounts a small disk of memory.
func small(t *testing.T, size string) string {
	t.Helper()
	at := t.TempDir()
	if err := syscall.Mount("tmpfs", at, "tmpfs", 0, "size="+size+",mode=0700"); err != nil {
		t.Fatalf("a small disk is wanted, which takes root: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(at, 0); err != nil {
			t.Error(err)
		}
	})
	return at
}

func TestFullDisk(t *testing.T) {
	t.Run("tmpfs", func(t *testing.T) { fullDisk(t, small(t, "8m")) })
	t.Run("ext4", func(t *testing.T) { fullDisk(t, newVolume(t, "ext4", "32M").at) })
}

// fullDisk lets the disk run full under a county that works. Pages are read,
// filing says that it was not saved and gives the words back, a backup is refused,
// nothing spoils, and when there is room it goes on without a restart.
func fullDisk(t *testing.T, disk string) {
	c := county{filepath.Join(disk, "data"), filepath.Join(t.TempDir(), "keys")}
	backups := filepath.Join(disk, "backup")
	r := start(t, c, "serve", "--backup", backups)
	c.named(t)
	b := r.browser()
	b.logIn(c, "13800138000")
	number := b.file("有空间的时候写的")
	filler := fillUp(t, disk)

	last, body := answer{}, ""
	for i := range 500 { // free pages of the file still take some
		body = fmt.Sprintf("磁盘满了，第 %d 次写", i)
		a, err := b.fill("/file", "/file", filing(body)...)
		if err == nil && a.code == http.StatusSeeOther {
			a, err = b.fill("/file/check", "/file/check")
		}
		if err != nil {
			t.Fatal(err)
		}
		if a.code != http.StatusSeeOther {
			last = a
			break
		}
	}
	if last.code != http.StatusServiceUnavailable || !strings.Contains(last.page, body) {
		t.Errorf("a full disk is answered with %d, and the words are not on the page:\n%s", last.code, last.page)
	}
	attaching := "/case/" + number + "/attach"
	page, err := b.get(attaching)
	if err != nil {
		t.Fatal(err)
	}
	sent := page.hidden(attaching)
	if a, err := b.upload(attaching, sent, recorded("on a full disk")); err != nil || a.code != http.StatusServiceUnavailable {
		t.Errorf("a recording on a full disk: %d, %v", a.code, err)
	}
	if left := c.files(t); len(left) > 0 {
		t.Errorf("it left %v", left)
	}
	for _, path := range []string{"/", "/lookup", "/cases", "/case/" + number} {
		if a, err := b.get(path); err != nil || a.code != http.StatusOK {
			t.Errorf("%s on a full disk: %d, %v", path, a.code, err)
		}
	}
	if said, code := typed(t, c.with("backup", "--backup", backups)...); code != refused || strings.Contains(said, "panic") {
		t.Errorf("a backup on the full disk ended with %d:\n%s", code, said)
	}
	if files, err := filepath.Glob(filepath.Join(backups, "*.age")); err != nil || len(files) > 0 {
		t.Errorf("it left %v %v", files, err)
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	again := b.file("又有空间了")
	if a, err := b.get("/case/" + again); err != nil || a.code != http.StatusOK {
		t.Errorf("the case filed after that: %d, %v", a.code, err)
	}
	if a, err := b.upload(attaching, sent, recorded("on a full disk")); err != nil || a.code != http.StatusSeeOther {
		t.Errorf("pressed again when there is room: %d, %v", a.code, err)
	}
	c.clean(t)
	r.stop()
	c.clean(t)
}

// A full disk for backups refuses a backup, and the trial of one, in words; the county on another disk
// is not touched by it, and people go on to file.
func TestFullDiskForBackups(t *testing.T) {
	c, filers := cast(t, t.TempDir())
	disk := small(t, "2m")
	before := sums(t, c.data)[filepath.Join(c.data, store.File)]
	for range 2 {
		badly(t, tongues(t)["en"].T("cmd.backup.room", "Folder", disk), c.with("backup", "--backup", disk)...)
	}
	if now := sums(t, c.data)[filepath.Join(c.data, store.File)]; now != before {
		t.Error("the county was written to")
	}
	r := start(t, c, "serve", "--backup", disk)
	filers[0].base = r.url
	badly(t, disk, c.with("backup", "--backup", disk)...)
	if err := filers[0].next(); err != nil {
		t.Error(err)
	}
	r.stop()
	c.clean(t)
	there := t.TempDir()
	well(t, c.with("backup", "--backup", there)...)
	copyAll(t, only(t, there), disk)
	badly(t, tongues(t)["en"].T("cmd.drill.room", "Folder", disk), c.with("drill", "--backup", disk)...)
	well(t, c.with("drill", "--backup", there)...)
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
