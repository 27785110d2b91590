package backup_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/store"
	"lianxin/store/backup"
	"lianxin/store/seal"
)

var (
	ctx    = context.Background()
	noon   = time.Date(2026, 9, 18, 12, 0, 0, 0, board.Zone)
	random = rand.NewChaCha8([32]byte{7})
)

// box is a store with people in it.
type box struct {
	*testing.T
	*store.Store
	keys   *seal.Keys
	folder string // of the data
	dir    string // for backups
}

func newBox(t *testing.T) box {
	keys, err := seal.Create(filepath.Join(t.TempDir(), "keys"))
	must(t, err)
	data := filepath.Join(t.TempDir(), "data")
	s, err := store.Open(data, keys)
	must(t, err)
	t.Cleanup(func() { s.Close() })
	return box{t, s, keys, data, filepath.Join(t.TempDir(), "backups")}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// add makes n people and seals what happened.
func (b box) add(n int) {
	b.Helper()
	by := board.Actor{Roles: board.Roles{board.System}, Channel: board.Import}
	for i := range n {
		id, err := board.NewID(noon, random)
		must(b.T, err)
		e := board.Join(id, by, board.Joined{Name: fmt.Sprint("王秀兰", i)}, noon)
		must(b.T, b.Update(ctx, func(tx *store.Tx) error { return tx.Append(e) }))
	}
	_, err := b.Seal(ctx, noon)
	must(b.T, err)
}

func (b box) write(at time.Time) backup.Report {
	b.Helper()
	r, err := backup.Write(ctx, b.Store, b.keys, b.dir, at, nil)
	must(b.T, err)
	return r
}

// same holds a restored folder against what was backed up.
func (b box) same(data string, want backup.Report) {
	b.Helper()
	s, err := store.Open(data, b.keys)
	must(b.T, err)
	defer s.Close()
	found, err := s.Check(ctx, nil)
	must(b.T, err)
	audit, err := s.Verify(ctx, nil, nil)
	must(b.T, err)
	if !found.Clean() || !audit.Clean() || found.Streams != want.Streams || found.Events != want.Events || fmt.Sprintf("%x", audit.Root) != want.Root {
		b.Errorf("restored: %+v %+v, want %+v", found, audit, want)
	}
}

func TestABackupComesBack(t *testing.T) {
	b := newBox(t)
	b.add(50)
	r := b.write(noon)
	if r.Streams != 50 || r.Events != 50 || r.Sealed != 50 || !r.Made.Equal(noon) || filepath.Base(r.File) != "lianxin-20260918T040000Z.age" {
		t.Errorf("%+v", r)
	}
	b.add(5) // after it
	data := filepath.Join(t.TempDir(), "back")
	got, err := backup.Restore(ctx, r.File, data, b.keys, nil)
	must(t, err)
	if got.Manifest != r.Manifest {
		t.Errorf("restored %+v of %+v", got.Manifest, r.Manifest)
	}
	b.same(data, r)
	if _, err := backup.Restore(ctx, r.File, data, b.keys, nil); !errors.Is(err, backup.ErrTaken) {
		t.Errorf("into a folder that holds a county: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(data, ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	drilled, err := backup.Drill(ctx, r.File, b.keys)
	if err != nil || drilled.Manifest != r.Manifest {
		t.Errorf("drill: %+v, %v", drilled, err)
	}
	if left, _ := os.ReadDir(b.dir); len(left) != 1 {
		t.Errorf("the backup folder holds %v", left)
	}
}

func TestABackupWhileOthersWrite(t *testing.T) {
	b := newBox(t)
	b.add(20)
	done := make(chan struct{})
	go func() {
		defer close(done)
		b.add(200)
	}()
	for i := range 3 {
		r := b.write(noon.Add(time.Duration(i) * time.Second))
		data := filepath.Join(t.TempDir(), fmt.Sprint("back", i))
		_, err := backup.Restore(ctx, r.File, data, b.keys, nil)
		must(t, err)
		b.same(data, r)
	}
	<-done
}

func TestWhatIsNoBackupIsRefused(t *testing.T) {
	b := newBox(t)
	b.add(10)
	r := b.write(noon)
	whole, err := os.ReadFile(r.File)
	must(t, err)
	if bytes.Contains(whole, []byte("王秀兰")) || bytes.Contains(whole, []byte("lianxin.db")) {
		t.Error("a backup can be read by anybody")
	}
	other, err := seal.Create(filepath.Join(t.TempDir(), "other"))
	must(t, err)
	try := func(name string, content []byte, keys *seal.Keys, want error) {
		t.Helper()
		file, data := filepath.Join(t.TempDir(), "x.age"), filepath.Join(t.TempDir(), "data")
		must(t, os.WriteFile(file, content, 0o600))
		if _, err := backup.Restore(ctx, file, data, keys, nil); !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
		if left, _ := os.ReadDir(data); len(left) > 0 {
			t.Errorf("%s: left behind %v", name, left)
		}
	}
	try("another key", whole, other, backup.ErrKey)
	try("no backup at all", []byte("hello"), b.keys, backup.ErrNotOurs)
	try("nothing", nil, b.keys, backup.ErrNotOurs)
	for _, at := range []int{len(whole) / 3, len(whole) / 2, len(whole) - 1} {
		flipped := slices.Clone(whole)
		flipped[at] ^= 1
		try(fmt.Sprint("a bit flipped at ", at), flipped, b.keys, backup.ErrDamaged)
		try(fmt.Sprint("cut off at ", at), whole[:at], b.keys, backup.ErrDamaged)
	}
}

func TestOldOnesGo(t *testing.T) {
	dir := t.TempDir()
	for day := range 400 {
		for _, hour := range []int{1, 10} {
			at := noon.AddDate(0, 0, -day).Add(time.Duration(hour) * time.Hour)
			must(t, os.WriteFile(filepath.Join(dir, "lianxin-"+at.UTC().Format("20060102T150405Z")+".age"), nil, 0o600))
		}
	}
	must(t, os.WriteFile(filepath.Join(dir, "notes.txt"), nil, 0o600))
	_, err := backup.Prune(dir)
	must(t, err)
	files, err := backup.List(dir)
	must(t, err)
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = strings.TrimPrefix(filepath.Base(f), "lianxin-")[:8]
	}
	want := []string{"20260918", "20260917", "20260916", "20260915", "20260914", "20260913", "20260912", // days
		"20260906", "20260830", // weeks beside those of the days
		"20260831", "20260731", "20260630", "20260531", "20260430", "20260331", "20260228", "20260131", "20251231", "20251130", "20251031"}
	for _, w := range want {
		if !slices.Contains(names, w) {
			t.Errorf("none is kept of %s: %v", w, names)
		}
	}
	if len(files) > backup.Days+backup.Weeks+backup.Months {
		t.Errorf("%d are kept", len(files))
	}
	if gone, err := backup.Prune(dir); err != nil || len(gone) > 0 {
		t.Errorf("again: %v %v", gone, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "notes.txt")); err != nil {
		t.Error("somebody else's file went")
	}
}

// The way back to the program of before an upgrade is kept a month, whatever
// else is thrown away; then it goes as others do.
func TestTheBackupOfBeforeAnUpgradeStays(t *testing.T) {
	dir := t.TempDir()
	put := func(at time.Time, more string) string {
		file := filepath.Join(dir, "lianxin-"+at.UTC().Format("20060102T150405Z")+more+".age")
		must(t, os.WriteFile(file, nil, 0o600))
		return file
	}
	old := put(noon.Add(-3*time.Hour), "-schema1")
	put(noon, "")
	if files, err := backup.List(dir); err != nil || len(files) != 2 || !backup.Time(old).Equal(noon.Add(-3*time.Hour)) {
		t.Fatalf("the folder lists %v, %v", files, err)
	}
	for day := 1; day <= 40; day++ {
		put(noon.AddDate(0, 0, day), "")
		_, err := backup.Prune(dir)
		must(t, err)
		if _, err := os.Stat(old); (err == nil) != (day < 30) {
			t.Fatalf("after %d days: %v", day, err)
		}
	}
}

func TestASecondPlace(t *testing.T) {
	b := newBox(t)
	b.add(3)
	r := b.write(noon)
	second := filepath.Join(t.TempDir(), "usb")
	must(t, backup.Copy(r.File, second))
	must(t, backup.Copy(r.File, second)) // again is fine
	files, err := backup.List(second)
	if err != nil || len(files) != 1 {
		t.Fatalf("%v %v", files, err)
	}
	if _, err := backup.Drill(ctx, files[0], b.keys); err != nil {
		t.Error(err)
	}
	if files, err := backup.List(filepath.Join(second, "none")); err != nil || files != nil {
		t.Errorf("a folder that is not there: %v %v", files, err)
	}
}
