package blob_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianxin/store/blob"
)

func name(t *testing.T, b byte) string {
	t.Helper()
	n, err := blob.NewName(bytes.NewReader(bytes.Repeat([]byte{b}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func keep(t *testing.T, f *blob.Folder, name, what string) {
	t.Helper()
	if err := f.Keep(name, []byte(what)); err != nil {
		t.Fatal(err)
	}
}

func TestAFileIsKeptReadAndRemoved(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "blobs")
	f, one, two := blob.In(dir), name(t, 1), name(t, 2)
	if n, _, err := f.Size(); n != 0 || err != nil {
		t.Errorf("a folder that is not there has %d files, %v", n, err)
	}
	keep(t, f, one, "first")
	keep(t, f, two, "second")
	if err := f.Keep(one, []byte("other")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("under a name that is taken: %v", err)
	}
	if b, err := f.Read(one, 5); err != nil || string(b) != "first" {
		t.Errorf("read %q, %v", b, err)
	}
	if _, err := f.Read(two, 5); err == nil || errors.Is(err, blob.ErrMissing) {
		t.Errorf("a file that is too large: %v", err)
	}
	for range 2 { // what is gone is gone
		if err := f.Remove(one); err != nil {
			t.Error(err)
		}
	}
	if _, err := f.Read(one, 5); !errors.Is(err, blob.ErrMissing) {
		t.Errorf("what was removed: %v", err)
	}
	for _, of := range []*blob.Folder{f, blob.In(dir)} { // counted on the way, and anew
		if n, size, err := of.Size(); n != 1 || size != 6 || err != nil {
			t.Errorf("there are %d files of %d bytes, %v", n, size, err)
		}
	}
	if about, err := os.Stat(dir); err != nil || about.Mode().Perm() != 0o700 {
		t.Errorf("others may look into it: %v, %v", about.Mode(), err)
	}
}

func TestANameLeadsNowhereElse(t *testing.T) {
	f := blob.In(t.TempDir())
	for _, bad := range []string{"", "..", "../../etc/passwd", strings.Repeat("a", 63), strings.Repeat("A", 64), strings.Repeat("a", 65), "ab/" + strings.Repeat("c", 61)} {
		if blob.Below(bad) != "" || f.Keep(bad, nil) == nil {
			t.Errorf("%q is taken for a name", bad)
		}
		if _, err := f.Read(bad, 1); !errors.Is(err, blob.ErrMissing) {
			t.Errorf("%q is read: %v", bad, err)
		}
	}
	good := name(t, 0xab)
	if below := blob.Below(good); below != "ab/"+good[2:] || blob.At(below) != good {
		t.Errorf("%s lies at %q, where %q lies", good, below, blob.At(below))
	}
	for _, odd := range []string{good, "a/" + good[1:], "ab/" + good[2:] + ".new", "ab//" + good[2:]} {
		if n := blob.At(odd); n != "" {
			t.Errorf("at %q lies %q", odd, n)
		}
	}
}

func TestAFolderMovesIntoAnother(t *testing.T) {
	from, to := blob.In(filepath.Join(t.TempDir(), "from")), blob.In(filepath.Join(t.TempDir(), "to"))
	if err := from.Move(to); err != nil {
		t.Error(err) // there is nothing
	}
	one, two := name(t, 1), name(t, 2)
	keep(t, from, one, "first")
	keep(t, from, two, "second")
	keep(t, to, one, "first")
	if err := from.Move(to); err != nil {
		t.Fatal(err)
	}
	for n, want := range map[string]string{one: "first", two: "second"} {
		if b, err := to.Read(n, 10); err != nil || string(b) != want {
			t.Errorf("%s came as %q, %v", n, b, err)
		}
	}
	left := 0
	if err := from.Walk(func(blob.Lying) error { left++; return nil }); err != nil || left != 0 {
		t.Errorf("%d are left, %v", left, err)
	}
}

// What cannot be written leaves nothing: neither a file nor a half of one.
func TestWhatCannotBeWrittenLeavesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "blobs")
	f, n := blob.In(dir), name(t, 1)
	if err := os.MkdirAll(filepath.Join(dir, n[:2], n[2:]), 0o700); err != nil { // a folder stands in its place
		t.Fatal(err)
	}
	if err := f.Keep(n, []byte("x")); err == nil {
		t.Error("it was kept")
	}
	if err := f.Walk(func(l blob.Lying) error { t.Errorf("there is %+v", l); return nil }); err != nil {
		t.Error(err)
	}
}
