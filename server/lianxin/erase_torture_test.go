//go:build torture

package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// Fifty erasures after a backup are done again when it is restored, before
// anybody can read what it brought back.
func TestTortureErasedStayErased(t *testing.T) {
	t.Parallel()
	const people, cases = moulded, 50 - moulded
	c, filers := cast(t, t.TempDir())
	dir := filepath.Join(t.TempDir(), "backup")
	kept := func(args ...string) []string { return append(c.with(args...), "--backup", dir) }
	r := start(t, c, "serve", "--backup", dir)
	for i := range cases + 2*people { // some stay, and go with their people
		f := filers[i%people]
		f.base = r.url
		if err := f.next(); err != nil {
			t.Fatal(err, f.got.page)
		}
	}
	well(t, kept("backup")...)
	var gone []string
	for i := range cases {
		f := filers[i%people]
		gone = append(gone, f.numbers[0])
		well(t, kept("erase", f.numbers[0], "--case", "--yes")...)
		f.numbers = f.numbers[1:]
	}
	for _, f := range filers {
		gone = append(gone, f.numbers...)
		well(t, kept("erase", f.numbers[0], "--yes")...)
	}
	r.stop()
	back := county{filepath.Join(t.TempDir(), "data"), c.keys}
	said := well(t, back.with("restore", only(t, dir), "--backup", dir)...)
	if want := fmt.Sprint(cases+people, " erasures noted"); !strings.Contains(said, want) {
		t.Errorf("the restore does not say %q:\n%s", want, said)
	}
	for _, number := range gone {
		badly(t, "moved on", back.with("pin", number)...)
	}
	back.clean(t)
	well(t, back.with("verify")...)
	t.Logf("%d cases and %d people erased, and erased again after a restore: %d numbers lead to nothing", cases, people, len(gone))
}
