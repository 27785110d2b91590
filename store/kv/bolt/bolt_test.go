package bolt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"lianxin/store/kv"
	"lianxin/store/kv/kvtest"
)

func TestEngine(t *testing.T) {
	kvtest.Run(t, func(t *testing.T) kv.Engine { return open(t) })
}

// open opens a new file that is closed, if it is not already, when the test ends.
func open(t *testing.T) *Engine {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "data.db"))
}

func openAt(t *testing.T, path string) *Engine {
	t.Helper()
	e, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// put returns a closure that stores value under key.
func put(key, value string) func(kv.Tx) error {
	return func(tx kv.Tx) error { return tx.Put([]byte(key), []byte(value)) }
}

// stored returns the values under keys in a View, joined; "-" is for none.
func stored(t *testing.T, e *Engine, keys ...string) string {
	t.Helper()
	var all []string
	if err := e.View(t.Context(), func(tx kv.Tx) error {
		for _, k := range keys {
			v, err := tx.Get([]byte(k))
			if v == nil {
				v = []byte("-")
			}
			all = append(all, string(v))
			if err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Errorf("view: %v", err)
	}
	return strings.Join(all, " ")
}

// sound runs bbolt's own check of the file.
func sound(t *testing.T, e *Engine) {
	t.Helper()
	if err := e.file.Load().db.View(func(tx *bbolt.Tx) error {
		var all []error
		for err := range tx.Check() {
			all = append(all, err)
		}
		return errors.Join(all...)
	}); err != nil {
		t.Errorf("check: %v", err)
	}
}

func TestReopen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data.db")
	for i, want := range []string{"-", "0", "1"} {
		e := openAt(t, path)
		if got := stored(t, e, "a"); got != want {
			t.Errorf("opened for the %dth time: %s, want %s", i+1, got, want)
		}
		if err := e.Update(t.Context(), put("a", fmt.Sprint(i))); err != nil {
			t.Error(err)
		}
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestBusy(t *testing.T) {
	e := open(t)
	if _, err := Open(e.path, Options{}); !errors.Is(err, kv.ErrBusy) || !strings.Contains(err.Error(), fmt.Sprint(os.Getpid())) {
		t.Errorf("second open: %v, want ErrBusy that names process %d", err, os.Getpid())
	}
	// Another program's lock on the data file itself counts too.
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := bbolt.Open(e.path, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(e.path, Options{}); !errors.Is(err, kv.ErrBusy) {
		t.Errorf("open beside a reader: %v, want ErrBusy", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	openAt(t, e.path)
}

func TestGone(t *testing.T) {
	for name, spoil := range map[string]func(path string) error{
		"deleted": os.Remove,
		"replaced": func(path string) error {
			return errors.Join(os.WriteFile(path+"2", []byte("other"), 0o600), os.Rename(path+"2", path))
		},
	} {
		e := open(t)
		if err := errors.Join(e.Alive(), e.Update(t.Context(), put("a", "1"))); err != nil {
			t.Fatal(err)
		}
		if err := spoil(e.path); err != nil {
			t.Fatal(err)
		}
		if err := e.Alive(); !errors.Is(err, kv.ErrGone) {
			t.Errorf("%s: alive says %v", name, err)
		}
		if err := e.Update(t.Context(), put("a", "2")); !errors.Is(err, kv.ErrGone) {
			t.Errorf("%s: update says %v", name, err)
		}
		if _, err := Open(e.path, Options{}); !errors.Is(err, kv.ErrBusy) {
			t.Errorf("%s: second open says %v", name, err)
		}
		if got := stored(t, e, "a"); got != "1" {
			t.Errorf("%s: reads %s", name, got)
		}
		saved := filepath.Join(t.TempDir(), "saved.db")
		f, err := os.Create(saved)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = e.WriteTo(f); errors.Join(err, f.Close()) != nil {
			t.Errorf("%s: save: %v", name, err)
		}
		if got := stored(t, openAt(t, saved), "a"); got != "1" {
			t.Errorf("%s: saved %s", name, got)
		}
	}
	e := open(t)
	if err := os.Remove(e.path + ".lock"); err != nil {
		t.Fatal(err)
	}
	if err := e.Alive(); !errors.Is(err, kv.ErrGone) {
		t.Errorf("lock file deleted: alive says %v", err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if err := e.Alive(); !errors.Is(err, kv.ErrClosed) {
		t.Errorf("closed: alive says %v", err)
	}
}

// TestStrange: what is not our file is refused with words, and left as it was.
func TestStrange(t *testing.T) {
	for name, c := range map[string]struct {
		make func(path string) error
		says string
	}{
		"empty":      {func(path string) error { return os.WriteFile(path, nil, 0o600) }, "empty"},
		"text":       {func(path string) error { return os.WriteFile(path, []byte(strings.Repeat("text\n", 5000)), 0o600) }, "invalid"},
		"a folder":   {func(path string) error { return os.Mkdir(path, 0o700) }, "directory"},
		"foreign":    {foreign, "another program"},
		"no folder":  {func(path string) error { return os.Remove(filepath.Dir(path)) }, "no such file"},
		"three":      {func(path string) error { return cut(path, 3) }, "invalid"},
		"half":       {func(path string) error { return cut(path, 2<<12) }, "damaged"},
		"most of it": {func(path string) error { return cut(path, 9<<12) }, "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "sub", "data.db")
			if err := errors.Join(os.Mkdir(filepath.Dir(path), 0o700), c.make(path)); err != nil {
				t.Fatal(err)
			}
			before, _ := os.ReadFile(path)
			for range 2 { // the second finds no lock left behind
				if _, err := Open(path, Options{}); err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), path) {
					t.Errorf("open: %v, want it to say %q and name the file", err, c.says)
				}
			}
			if after, _ := os.ReadFile(path); string(after) != string(before) {
				t.Error("the file was changed")
			}
		})
	}
}

func foreign(path string) error {
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		return err
	}
	return errors.Join(db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucket([]byte("other"))
		return err
	}), db.Close())
}

// cut makes a data file with some pages in it and cuts it to size.
func cut(path string, size int64) error {
	if err := create(path); err != nil {
		return err
	}
	d, err := openFile(path, 0)
	if err != nil {
		return err
	}
	return errors.Join(d.db.Update(func(tx *bbolt.Tx) error {
		for i := range 40 {
			if err := tx.Bucket(bucket).Put([]byte{byte(i)}, make([]byte, 2000)); err != nil {
				return err
			}
		}
		return nil
	}), d.db.Close(), os.Truncate(path, size))
}

// TestUnfinished: a first start that was cut off is no obstacle to the next.
func TestUnfinished(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data.db")
	if err := os.WriteFile(path+".new", []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := stored(t, openAt(t, path), "a"); got != "-" {
		t.Errorf("new file has %s", got)
	}
	if _, err := os.Stat(path + ".new"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("temporary file: %v", err)
	}
}

// TestMap: a map that is too small grows with the file, and one that is too large for the system shrinks.
func TestMap(t *testing.T) {
	for _, size := range []int{1, 1 << 47} {
		e, err := Open(filepath.Join(t.TempDir(), "data.db"), Options{Map: size})
		if err != nil {
			t.Fatal(err)
		}
		for i := range 8 {
			if err := e.Update(t.Context(), put(fmt.Sprint(i), strings.Repeat("v", kv.MaxValue))); err != nil {
				t.Errorf("map of %d: %v", size, err)
			}
		}
		if got := len(stored(t, e, "0", "7")); got != 2*kv.MaxValue+1 {
			t.Errorf("map of %d: read %d bytes", size, got)
		}
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestFall: who has the data next knows whether they were closed, until somebody vouches for them.
func TestFall(t *testing.T) {
	e := open(t)
	if err := e.Update(t.Context(), put("a", "1")); err != nil || e.Fell() {
		t.Fatalf("new: %v, %v", e.Fell(), err)
	}
	fallen := filepath.Join(t.TempDir(), "data.db") // what a power cut would leave
	for _, more := range []string{"", ".lock"} {
		b, err := os.ReadFile(e.path + more)
		if err := errors.Join(err, os.WriteFile(fallen+more, b, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	for i, fell := range []bool{true, true, false} {
		next := openAt(t, fallen)
		if next.Fell() != fell {
			t.Errorf("the %d. after the fall: %v", i+1, next.Fell())
		}
		if _, err := Open(fallen, Options{}); !errors.Is(err, kv.ErrBusy) {
			t.Error(err)
		}
		if i == 1 {
			next.Rise()
		}
		if err := next.Close(); err != nil {
			t.Error(err)
		}
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(e.path)
	if err := errors.Join(err, os.WriteFile(e.path, whole[:100], 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(e.path, Options{}); err == nil {
		t.Error("a torn file was opened")
	}
	if err := os.WriteFile(e.path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	last := openAt(t, e.path)
	if last.Fell() {
		t.Error("closed well, not opened once, and told to have fallen")
	}
	if err := errors.Join(last.Close(), os.Remove(e.path)); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(e.path, Options{}); !errors.Is(err, kv.ErrGone) {
		t.Errorf("a file that was deleted: %v", err)
	}
	if _, err := os.Stat(e.path); err == nil {
		t.Error("it was made again")
	}
}
