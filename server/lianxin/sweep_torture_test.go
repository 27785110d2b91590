//go:build torture

package main

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// Each command is broken off at each of its first writes and syncs. Afterwards
// the folder opens, agrees with itself, and is in its old state or its new one.

// clean holds a folder against itself.
func (c county) clean(t *testing.T) string {
	t.Helper()
	return well(t, c.with("check")...)
}

func TestTortureCreate(t *testing.T) {
	t.Parallel()
	for _, does := range []string{kill, eio, full} {
		sweep(t, does, calls, 10, func(t *testing.T, f fault) (struck bool) {
			c := place(t)
			log := filepath.Join(t.TempDir(), "strace")
			first := launch(t, c, f.under(serving(c, "serve"), log))
			first.stopAnyhow()
			second := start(t, c, "serve")
			c.clean(t)
			second.kill()
			return f.struck(first.cmd, log)
		})
	}
}

func TestTortureFiling(t *testing.T) {
	t.Parallel()
	sweep(t, kill, calls, 100, func(t *testing.T, f fault) (struck bool) {
		c, filers := cast(t, t.TempDir())
		r := start(t, c, "serve")
		filer := filers[0]
		filer.base = r.url
		ended := f.onto(t, r)
		for filer.forms < 8 && !struck {
			struck = filer.next() != nil
		}
		r.kill()
		ended()
		r = start(t, c, "serve")
		filer.holds(r)
		c.clean(t)
		r.kill()
		return struck
	})
}

// A resident whose filing meets a bad disk reads so, with all words on the page,
// presses again and has one case; the server goes on.
func TestTortureFilingOnABadDisk(t *testing.T) {
	t.Parallel()
	for _, does := range []string{eio, full} {
		sweep(t, does, []string{"pwrite64", "fdatasync", "fsync", "ftruncate"}, 40, func(t *testing.T, f fault) (struck bool) {
			c, filers := cast(t, t.TempDir())
			r := start(t, c, "serve")
			filer := filers[0]
			filer.base = r.url
			failed := f.onto(t, r)
			for range 5 {
				filer.insist()
			}
			filer.holds(r)
			r.stop()
			struck = failed()
			c.clean(t)
			return struck
		})
	}
}

// A recording that was acknowledged is there, whole; one that was cut off is there
// once when it is sent again.
func TestTortureAttaching(t *testing.T) {
	t.Parallel()
	sweep(t, kill, calls, 60, func(t *testing.T, f fault) (struck bool) {
		c, filers := cast(t, t.TempDir())
		r := start(t, c, "serve")
		a := &adder{filer: filers[0]}
		a.base = r.url
		ended := f.onto(t, r)
		for len(a.added) < 4 && !struck {
			struck = a.add() != nil
		}
		r.kill()
		ended()
		r = start(t, c, "serve")
		a.has(r)
		c.clean(t)
		r.kill()
		return struck
	})
}

// Whoever adds a recording on a bad disk reads so, presses again and has it once;
// and nothing is left of what could not be kept but what the sweep takes.
func TestTortureAttachingOnABadDisk(t *testing.T) {
	t.Parallel()
	for _, does := range []string{eio, full} {
		sweep(t, does, []string{"write", "pwrite64", "fdatasync", "fsync", "ftruncate", "openat", "mkdirat", "renameat"}, 40, func(t *testing.T, f fault) (struck bool) {
			c, filers := cast(t, t.TempDir())
			r := start(t, c, "serve")
			a := &adder{filer: filers[0]}
			a.base = r.url
			for range 3 {
				a.insist()
			}
			numbers := a.numbers
			failed := f.onto(t, r)
			for _, number := range numbers {
				a.insistOn(number)
			}
			r.stopAnyhow()
			struck = failed()
			r = start(t, c, "serve") // on a good disk
			a.has(r)
			c.clean(t)
			r.kill()
			return struck
		})
	}
}

// insistOn adds a recording to a case, and presses again as often as it is told
// that it was not kept.
func (a *adder) insistOn(number string) {
	a.t.Helper()
	path := "/case/" + number + "/attach"
	var why error
	for range 50 { // each thread has a fault of its own
		page, err := a.get(path)
		if why = err; err != nil || page.code != http.StatusOK {
			a.got = page
			continue // the fault met the page
		}
		a.to, a.form = number, page.hidden(path)
		for range 10 {
			if a.press() == nil {
				return
			}
			if a.got.code != 0 && a.got.code != http.StatusServiceUnavailable {
				a.t.Fatalf("a disk that fails is answered with %d\n%s", a.got.code, a.got.page)
			}
		}
	}
	a.t.Fatalf("it could never be added: %v, %d\n%s", why, a.got.code, a.got.page)
}

// insist files a case, and presses again as often as the page asks for it.
func (f *filer) insist() {
	f.t.Helper()
	err := f.next()
	for range 10 { // each thread has a fault of its own
		if err == nil {
			return
		}
		if f.got.code != http.StatusServiceUnavailable || !strings.Contains(f.got.page, f.words) {
			f.t.Fatalf("a disk that fails is answered with %d and without the words, %v:\n%s", f.got.code, err, f.got.page)
		}
		if f.underway == nil {
			err = f.next()
		} else {
			f.underway = f.got.hidden("/file/check")
			err = f.send()
		}
	}
	if err != nil {
		f.t.Fatalf("pressed again and again: %v, %d\n%s", err, f.got.code, f.got.page)
	}
}

func TestTortureBackup(t *testing.T) {
	t.Parallel()
	c, _ := cast(t, t.TempDir())
	for _, does := range []string{kill, eio, full} {
		sweep(t, does, calls, 20, func(t *testing.T, f fault) bool {
			dir := filepath.Join(t.TempDir(), "backup")
			into := c.with("backup", "--backup", dir, "--second", dir+"2")
			said, struck := f.run(t, into...)
			c.clean(t)
			for _, place := range []string{dir, dir + "2"} {
				files, err := filepath.Glob(filepath.Join(place, "*.age"))
				if err != nil {
					t.Fatal(err)
				}
				if len(files) > 0 {
					well(t, c.with("drill", "--backup", place)...)
				} else if strings.HasPrefix(said, "Backed up") {
					t.Errorf("it says\n%sand there is none in %s", said, place)
				}
			}
			well(t, into...)
			for _, place := range []string{dir, dir + "2"} {
				if left, err := filepath.Glob(filepath.Join(place, ".*-*")); err != nil || len(left) > 0 {
					t.Errorf("left behind: %v %v", left, err)
				}
			}
			return struck
		})
	}
}

func TestTortureRestore(t *testing.T) {
	t.Parallel()
	c, _ := cast(t, t.TempDir())
	dir := filepath.Join(t.TempDir(), "backup")
	well(t, c.with("backup", "--backup", dir)...)
	comesWhole(t, c, "restore", only(t, dir), "--backup", dir)
}

func TestTortureLoad(t *testing.T) {
	t.Parallel()
	c, _ := cast(t, t.TempDir())
	dir := filepath.Join(t.TempDir(), "export")
	well(t, c.with("export", "--to", dir)...)
	comesWhole(t, c, "load", dir, "--backup", dir)
}

// comesWhole breaks off what makes a folder equal to a county: all of it stands
// there under its name, or nothing, and then it can be made again.
func comesWhole(t *testing.T, c county, args ...string) {
	t.Helper()
	whole := c.clean(t)
	for _, does := range []string{kill, eio, full} {
		sweep(t, does, calls, 20, func(t *testing.T, f fault) bool {
			back := county{filepath.Join(t.TempDir(), "data"), c.keys}
			said, struck := f.run(t, back.with(args...)...)
			if !(folders{Data: back.data}).holdsStore() {
				if strings.Contains(said, "Restored to") || strings.Contains(said, "Loaded") {
					t.Errorf("it says\n%sand there is nothing", said)
				}
				well(t, back.with(args...)...)
			}
			if now := back.clean(t); now != whole {
				t.Errorf("it is\n%swant\n%s", now, whole)
			}
			return struck
		})
	}
}

func TestTortureExport(t *testing.T) {
	t.Parallel()
	c, _ := cast(t, t.TempDir())
	for _, does := range []string{kill, eio, full} {
		sweep(t, does, calls, 20, func(t *testing.T, f fault) bool {
			dir := filepath.Join(t.TempDir(), "export")
			said, struck := f.run(t, c.with("export", "--to", dir)...)
			whole := strings.HasPrefix(said, "Exported") || strings.Contains(said, dir)
			back := place(t)
			told, code := typed(t, back.with("load", dir)...)
			if code == fine {
				back.clean(t)
			} else if whole && f.does == kill {
				t.Errorf("the export says\n%sand the load\n%s", said, told)
			}
			c.clean(t)
			return struck
		})
	}
}

func TestTortureCompact(t *testing.T) {
	t.Parallel()
	c, _ := cast(t, t.TempDir())
	whole := c.clean(t)
	for _, does := range []string{kill, eio, full} {
		sweep(t, does, calls, 10, func(t *testing.T, f fault) bool {
			mine := county{filepath.Join(t.TempDir(), "data"), c.keys}
			copyAll(t, c.data, mine.data)
			_, struck := f.run(t, mine.with("compact")...)
			if now := mine.clean(t); now != whole {
				t.Errorf("it is\n%swant\n%s", now, whole)
			}
			well(t, mine.with("compact")...)
			return struck
		})
	}
}

// An upgrade that is broken off leaves older data, or ours, or goes on where it
// was; the backup that it makes first comes back.
func TestTortureUpgrade(t *testing.T) {
	t.Parallel()
	old, whole := golden(t, 1), golden(t, 1)
	well(t, whole.with("upgrade", "--backup", filepath.Join(t.TempDir(), "backup"))...)
	want := whole.clean(t)
	for _, does := range []string{kill, eio, full} {
		sweep(t, does, calls, 20, func(t *testing.T, f fault) bool {
			c, dir := county{filepath.Join(t.TempDir(), "data"), old.keys}, filepath.Join(t.TempDir(), "backup")
			copyAll(t, old.data, c.data)
			_, struck := f.run(t, c.with("upgrade", "--backup", dir)...)
			well(t, c.with("upgrade", "--backup", dir)...)
			if now := c.clean(t); now != want {
				t.Errorf("it is\n%swant\n%s", now, want)
			}
			files := saved(t, dir)
			if len(files) == 0 {
				t.Fatal("there is no backup of before")
			}
			back := county{filepath.Join(t.TempDir(), "data"), old.keys}
			well(t, back.with("restore", files[0], "--backup", dir)...)
			if now := back.clean(t); now != want {
				t.Errorf("what was before is\n%swant\n%s", now, want)
			}
			return struck
		})
	}
}
