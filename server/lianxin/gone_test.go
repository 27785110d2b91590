package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianxin/store"
)

// Somebody deletes the store's file under a running server. Reading goes on,
// writing is refused with the words kept, whoever watches the machine hears of
// it, and everything that was kept comes back.
func TestTheFileIsDeletedUnderTheServer(t *testing.T) {
	c, at, copies := place(t), port(t), filepath.Join(t.TempDir(), "backup")
	r := start(t, c, "serve", "--metrics", at, "--backup", copies)
	c.named(t)
	b := r.browser()
	b.logIn(c, "13800138000")
	number := b.file("桥上的栏杆断了")
	if err := os.Remove(filepath.Join(c.data, store.File)); err != nil {
		t.Fatal(err)
	}
	a, err := http.Get("http://" + at + "/health")
	if err != nil {
		t.Fatal(err)
	}
	if a.Body.Close(); a.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("/health says %d", a.StatusCode)
	}
	if page, err := b.get("/case/" + number); err != nil || page.code != http.StatusOK {
		t.Errorf("reading: %d, %v", page.code, err)
	}
	const body = "没有存下来的话"
	refusal, err := b.fill("/file", "/file", filing(body)...)
	if err != nil || refusal.code != http.StatusServiceUnavailable || !strings.Contains(refusal.page, body) {
		t.Errorf("writing: %d, %v\n%s", refusal.code, err, refusal.page)
	}
	r.says("deleted or replaced: nothing more can be kept")
	badly(t, "deleted or replaced while the server runs", c.with("doctor", "--backup", copies)...)
	badly(t, "deleted or replaced while the server runs", c.with("unit", "add", "水利局")...)
	well(t, c.with("backup", "--backup", copies)...)
	r.stop()

	badly(t, "it would be an empty county", c.with("serve", "--addr", "127.0.0.1:0")...)
	files, err := filepath.Glob(filepath.Join(copies, "lianxin-*.age"))
	if err != nil || len(files) != 1 {
		t.Fatalf("the backups are %v, %v", files, err)
	}
	well(t, c.with("restore", files[0])...)
	r = start(t, c, "serve", "--backup", copies)
	b.base = r.url
	if page, err := b.get("/case/" + number); err != nil || page.code != http.StatusOK {
		t.Errorf("restored: %d, %v", page.code, err)
	}
	well(t, c.with("check")...)
}

// Each minute the house looks whether the file is there, and saves at once, and
// once, what it held.
func TestADeletedFileIsRescued(t *testing.T) {
	w := newWatcher(t, "2026-09-18 10:00")
	w.guard(t.Context())
	if said := w.said.String(); said != "" {
		t.Errorf("all is well, and it says %s", said)
	}
	if err := os.Remove(filepath.Join(w.box.Data, store.File)); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		w.guard(t.Context())
	}
	if said := w.said.String(); strings.Count(said, "nothing more can be kept") != 3 || strings.Count(said, "restore this backup") != 1 {
		t.Errorf("it says\n%s", said)
	}
	if files, _ := filepath.Glob(filepath.Join(w.Backup, "lianxin-*.age")); len(files) != 1 {
		t.Errorf("the backups are %v", files)
	}
	d := doctor{copies: w.copies, At: w.box.Data}
	found, err := d.findings(&bench{Context: t.Context(), box: w.box, office: w.box.office, words: tongues(t)["en"]})
	if err != nil || len(found) != 1 || found[0].level != ill {
		t.Errorf("the page of the machine shows %v, %v", found, err)
	}
}
