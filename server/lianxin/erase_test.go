package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// aCase files a case through the pages and gives its number.
func (r *running) aCase(phone, body string) string {
	r.t.Helper()
	b := r.browser()
	b.logIn(r.county, phone)
	return b.file(body)
}

// Who is erased stays erased when an older backup is restored, though nothing
// of them is left in the store that could tell.
func TestErasedStaysErased(t *testing.T) {
	c := place(t)
	copies := t.TempDir()
	second := filepath.Join(t.TempDir(), "second")
	kept := func(args ...string) []string { return append(c.with(args...), "--backup", copies) }
	r := start(t, c, "serve", "--backup", copies)
	c.named(t)
	gone, stays, single := r.aCase("13800138000", "村口的路灯坏了"), r.aCase("13900139000", "水管漏了"), r.aCase("13700137000", "路不平")
	well(t, kept("backup")...)
	badly(t, "differ", kept("erase", gone)...) // nobody types it again
	badly(t, "number", kept("erase", "2600000000", "--yes")...)
	said := well(t, kept("erase", gone, "--yes", "--second", second)...)
	for _, want := range []string{"删除证明", "certificate of erasure", "1 message", "Checkpoint: "} {
		if !strings.Contains(said, want) {
			t.Errorf("the certificate does not say %q:\n%s", want, said)
		}
	}
	again := command(t.Context(), kept("erase", single, "--case", "--second", second)...)
	again.Stdin = strings.NewReader(single[:4] + " " + single[4:] + "\n")
	if out, err := again.Output(); err != nil || !strings.Contains(string(out), "the words of message") {
		t.Errorf("one case, its number typed twice: %v\n%s", err, out)
	}
	for _, dir := range []string{c.data, copies, second} {
		if raw, err := os.ReadFile(filepath.Join(dir, tombFile)); err != nil || strings.Count(string(raw), "\n") != 2 || strings.Contains(string(raw), "138") {
			t.Errorf("%s notes %q, %v", dir, raw, err)
		}
	}
	well(t, c.with("compact")...)
	r.stop()

	back := county{filepath.Join(t.TempDir(), "back"), c.keys}
	files, err := filepath.Glob(filepath.Join(copies, "*.age"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	stranger := filepath.Join(copies, tombFile)
	raw, err := os.ReadFile(stranger)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(stranger, append(raw, strings.NewReplacer("person", "case", "case", "person").Replace(string(raw))...), 0o600); err != nil {
		t.Fatal(err)
	}
	said = well(t, back.with("restore", files[0])...)
	if !strings.Contains(said, "2 erasures noted") || !strings.Contains(said, "2 lines of the notes") {
		t.Errorf("the restore says\n%s", said)
	}
	badly(t, "moved on", back.with("pin", gone)...)
	badly(t, "moved on", back.with("pin", single)...)
	well(t, back.with("pin", stays)...)
	for _, look := range []string{"check", "verify"} {
		well(t, back.with(look)...)
	}
	if _, err := os.Stat(filepath.Join(back.data, tombFile)); err != nil {
		t.Error(err)
	}
}
