package takeout_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/store"
	"lianxin/store/ledger"
	"lianxin/store/seal"
	"lianxin/store/takeout"
)

var (
	ctx    = context.Background()
	noon   = time.Date(2026, 9, 18, 12, 0, 0, 0, board.Zone)
	random = rand.NewChaCha8([32]byte{7})
	system = board.Actor{Roles: board.Roles{board.System}, Channel: board.Import}
)

// box is a board with its keys.
type box struct {
	*testing.T
	*store.Store
	keys   *seal.Keys
	folder string
}

func newKeys(t *testing.T) *seal.Keys {
	keys, err := seal.Create(filepath.Join(t.TempDir(), "keys"))
	must(t, err)
	return keys
}

func opened(t *testing.T, data string, keys *seal.Keys) box {
	t.Helper()
	s, err := store.Open(data, keys)
	must(t, err)
	t.Cleanup(func() { s.Close() })
	return box{t, s, keys, data}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (b box) id() board.ID {
	id, err := board.NewID(noon, random)
	must(b.T, err)
	return id
}

func (b box) append(events ...board.Event) {
	b.Helper()
	must(b.T, b.Update(ctx, func(tx *store.Tx) error { return tx.Append(events...) }))
}

func (b box) seal(at time.Time) *store.Checkpoint {
	b.Helper()
	_, err := b.Seal(ctx, at)
	must(b.T, err)
	c, err := b.Checkpoint(ctx)
	must(b.T, err)
	return c
}

// lived is a board with a county, people and their cases, a stream that was
// erased, and two checkpoints; it gives the older one.
func lived(t *testing.T) (b box, first *store.Checkpoint) {
	b = opened(t, filepath.Join(t.TempDir(), "data"), newKeys(t))
	named, err := new(board.Settings).NameCounty(system, board.CountyNamed{Name: board.Texts{"zh-Hans": "青石县", "en": "<Qingshi> & co"}}, noon)
	must(t, err)
	b.append(named)
	var last board.Stream
	for i := range 30 {
		person, matter := b.id(), b.id()
		by := board.Actor{Person: person, Roles: board.Roles{board.Resident}, Channel: board.Web}
		n, err := board.NewNumber(noon, random)
		must(t, err)
		joined := board.Joined{Phone: board.Phone(fmt.Sprintf("138001380%02d", i)), Name: "王秀兰", Lang: "zh-Hans"}
		filed := board.File(matter, by, person, n, board.Draft{Kind: board.Help, Body: fmt.Sprint("井里的水 <浑> & 咸 \u2028 ", i)},
			board.Date{At: noon.Add(24 * time.Hour)}, board.DefaultRules(), noon.Add(time.Duration(i)*time.Minute))
		b.append(board.Join(person, by, joined, noon), filed)
		switch i {
		case 7:
			b.attach(by, matter, board.Photo, "image/jpeg")
		case 8:
			b.attach(by, matter, board.Photo, "image/jpeg")
			gone := b.attach(by, matter, board.Recording, "audio/amr")
			b.change(matter, func(c *board.Case) (board.Event, error) { return c.Detach(by, gone.ID, noon) })
		}
		if last = filed.Stream; i == 20 {
			first = b.seal(noon.Add(time.Hour))
		}
	}
	must(t, b.Update(ctx, func(tx *store.Tx) error {
		c, err := tx.Case(last.ID)
		must(t, err)
		e, err := c.Erase(board.Actor{Roles: board.Roles{board.System}}, noon.Add(2*time.Hour))
		must(t, err)
		return errors.Join(tx.Append(e), tx.Erase(last))
	}))
	b.seal(noon.Add(3 * time.Hour))
	return b, first
}

// change does a deed to a case.
func (b box) change(matter board.ID, do func(*board.Case) (board.Event, error)) {
	b.Helper()
	must(b.T, b.Update(ctx, func(tx *store.Tx) error {
		c, err := tx.Case(matter)
		if err != nil {
			return err
		}
		e, err := do(c)
		if err != nil {
			return err
		}
		return tx.Append(e)
	}))
}

// attach hangs a file on a case: its own name, said often.
func (b box) attach(by board.Actor, matter board.ID, sort board.AttachmentSort, kind string) board.Attachment {
	b.Helper()
	a := board.Attachment{ID: b.id(), Sort: sort, Type: kind}
	raw := []byte(strings.Repeat("FILE "+a.ID.String(), 1000))
	a.Size, a.Sum = int64(len(raw)), sha256.Sum256(raw)
	var err error
	a.Blob, err = b.KeepBlob(ctx, by.Person, raw)
	must(b.T, err)
	b.change(matter, func(c *board.Case) (board.Event, error) { return c.Attach(by, a, noon) })
	return a
}

// hanging are the files that cases name, opened.
func (b box) hanging() map[string]string {
	b.Helper()
	all := map[string]string{}
	must(b.T, b.Files(ctx, func(k store.Kept) error {
		_, plain, err := b.OpenKept(ctx, k)
		all[string(k.Blob)] = string(plain)
		return err
	}))
	return all
}

func (b box) export() (string, takeout.Report) {
	b.Helper()
	dir := filepath.Join(b.TempDir(), "out")
	r, err := takeout.Write(ctx, b.Store, b.keys, dir, noon.Add(4*time.Hour), nil)
	must(b.T, err)
	return dir, r
}

// holds holds a board against itself and against a checkpoint, and counts what
// is there.
func (b box) holds(points ...ledger.Checkpoint) [4]int {
	b.Helper()
	found, err := b.Check(ctx, nil)
	must(b.T, err)
	audit, err := b.Verify(ctx, points, nil)
	must(b.T, err)
	if !found.Clean() || !audit.Clean() || audit.Waiting > 0 {
		b.Errorf("check: %v; verify: %v, %d wait", found.Problems, audit.Problems, audit.Waiting)
	}
	return [4]int{found.Streams, found.Events, found.Entries, int(audit.Leaves)}
}

var streams = []string{"county.jsonl", "villages.jsonl", "units.jsonl", "staff.jsonl", "people.jsonl", "papers.jsonl", "cases.jsonl", "looks.jsonl"}

// same compares files of two exports byte by byte.
func same(t *testing.T, a, b string, names ...string) {
	t.Helper()
	for _, name := range names {
		one, err := os.ReadFile(filepath.Join(a, name))
		must(t, err)
		two, err := os.ReadFile(filepath.Join(b, name))
		must(t, err)
		if !bytes.Equal(one, two) {
			t.Errorf("%s:\n%s\nand\n%s", name, one, two)
		}
	}
}

func TestABoardMovesToAnotherBox(t *testing.T) {
	b, first := lived(t)
	dir, r := b.export()
	if r.Streams != 61 || r.Events != 66 || r.Sealed != 66 || r.Files["tree.jsonl"].Lines != 68 || r.Attached != 2 || len(r.Lost)+len(r.Gone) != 0 {
		t.Errorf("exported %+v", r)
	}
	if cases, err := os.ReadFile(filepath.Join(dir, "cases.jsonl")); err != nil || !strings.Contains(string(cases), "井里的水 ") {
		t.Errorf("the words are not in the open: %v\n%s", err, cases)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	photos, err := filepath.Glob(filepath.Join(dir, "files", "*.jpg"))
	if all, _ := os.ReadDir(filepath.Join(dir, "files")); err != nil || len(photos) != 2 || len(all) != 2 {
		t.Fatalf("beside it lie %v, %v", all, err)
	}
	if raw, err := os.ReadFile(photos[0]); err != nil || !strings.HasPrefix(string(raw), "FILE ") {
		t.Errorf("a photo is not in the open: %v", err)
	}
	old, err := ledger.Parse(first.Text, b.VerifierKey())
	must(t, err)
	want := b.holds(old)
	for name, keys := range map[string]*seal.Keys{"the same keys": b.keys, "other keys": newKeys(t)} {
		t.Run(name, func(t *testing.T) {
			data := filepath.Join(t.TempDir(), "data")
			got, err := takeout.Load(ctx, dir, data, keys, noon.Add(5*time.Hour), nil, nil)
			must(t, err)
			if left, _ := filepath.Glob(filepath.Join(data, ".l*")); len(left) > 0 || got.Same != (keys == b.keys) {
				t.Errorf("same %v, left behind %v", got.Same, left)
			}
			there := opened(t, data, keys)
			if have := there.holds(old); have != want {
				t.Errorf("%v were loaded of %v", have, want)
			}
			if have := there.hanging(); !maps.Equal(have, b.hanging()) || len(have) != 2 {
				t.Errorf("its files are %d, and not those of before", len(have))
			}
			again, _ := there.export()
			same(t, dir, again, streams...)
			for _, photo := range photos {
				same(t, dir, again, filepath.Join("files", filepath.Base(photo)))
			}
			if got.Same {
				same(t, dir, again, "tree.jsonl")
			}
			if c, err := there.Checkpoint(ctx); err != nil || c == nil || c.Size != int64(r.Sealed) {
				t.Errorf("its newest checkpoint: %+v, %v", c, err)
			}
			if _, err := takeout.Load(ctx, dir, data, keys, noon, nil, nil); !errors.Is(err, takeout.ErrTaken) {
				t.Errorf("into a folder that holds a county: %v", err)
			}
			there.found("13800138007")
			there.append(board.Join(there.id(), system, board.Joined{Name: "后来的"}, noon.Add(6*time.Hour)))
			there.seal(noon.Add(7 * time.Hour)) // life goes on
			there.holds(old)
		})
	}
}

// found finds a resident by phone, with what they filed.
func (b box) found(phone board.Phone) {
	b.Helper()
	must(b.T, b.View(ctx, func(tx *store.Tx) error {
		people, err := tx.PersonsByPhone(phone)
		if err != nil || len(people) != 1 {
			b.Errorf("%s is of %d people: %v", phone, len(people), err)
			return err
		}
		cases, _, err := tx.List(store.OfPerson(people[0].ID), nil, 5)
		if err != nil || len(cases) != 1 || !strings.Contains(cases[0].Body, "井里的水") {
			b.Errorf("%d cases of %s: %v", len(cases), phone, err)
		}
		return err
	}))
}

func TestAnExportWhileOthersWrite(t *testing.T) {
	b, _ := lived(t)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			default:
				b.append(board.Join(b.id(), system, board.Joined{Name: "李桂芳"}, noon.Add(time.Hour)))
			}
		}
	}()
	dir, r := b.export()
	close(stop)
	<-done
	data := filepath.Join(t.TempDir(), "data")
	_, err := takeout.Load(ctx, dir, data, b.keys, noon, nil, nil)
	must(t, err)
	there := opened(t, data, b.keys)
	if found, err := there.Check(ctx, nil); err != nil || !found.Clean() || found.Events != r.Events {
		t.Errorf("%+v of %d events: %v", found, r.Events, err)
	}
	if _, err := takeout.Write(ctx, b.Store, b.keys, dir, noon, nil); !errors.Is(err, takeout.ErrTaken) {
		t.Errorf("into a folder that is not empty: %v", err)
	}
}

// What was changed in an export is refused, also when its sums were reckoned
// anew, and nothing is left of it.
func TestAChangedExportIsRefused(t *testing.T) {
	b, _ := lived(t)
	dir, _ := b.export()
	cut := func(text string) string { return text[:strings.LastIndex(strings.TrimSpace(text), "\n")+1] }
	put := func(old, now string) func(string) string {
		return func(text string) string {
			if !strings.Contains(text, old) {
				t.Fatalf("%q is not in it", old)
			}
			return strings.Replace(text, old, now, 1)
		}
	}
	for name, row := range map[string]struct {
		file   string
		change func(string) string
		sums   bool // reckoned anew
		want   error
	}{
		"a word, sums left":        {"cases.jsonl", put("咸", "淡"), false, takeout.ErrDamaged},
		"a word":                   {"cases.jsonl", put("咸", "淡"), true, takeout.ErrDamaged},
		"a header":                 {"people.jsonl", put(`"channel":"web"`, `"channel":"sms"`), true, takeout.ErrDamaged},
		"an event is gone":         {"people.jsonl", cut, true, takeout.ErrDamaged},
		"an event twice":           {"county.jsonl", func(s string) string { return s + s }, true, takeout.ErrDamaged},
		"the last checkpoint only": {"tree.jsonl", cut, true, nil},
		"a field nobody knows":     {"looks.jsonl", func(string) string { return `{"stranger":1}` + "\n" }, true, takeout.ErrDamaged},
		"no JSON":                  {"units.jsonl", func(string) string { return "hello\n" }, true, takeout.ErrDamaged},
		"no manifest":              {"manifest.json", func(string) string { return "" }, false, takeout.ErrNotOurs},
		"somebody else's manifest": {"manifest.json", func(string) string { return `{"layout":"other"}` }, false, takeout.ErrNotOurs},
		"a newer form":             {"manifest.json", put("export 1", "export 2"), false, takeout.ErrNewer},
	} {
		t.Run(name, func(t *testing.T) {
			changed, data := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "data")
			must(t, os.CopyFS(changed, os.DirFS(dir)))
			at := filepath.Join(changed, row.file)
			text, err := os.ReadFile(at)
			must(t, err)
			must(t, os.WriteFile(at, []byte(row.change(string(text))), 0o600))
			if row.sums {
				reckon(t, changed, row.file)
			}
			_, err = takeout.Load(ctx, changed, data, b.keys, noon, nil, nil)
			if !errors.Is(err, row.want) {
				t.Errorf("%v", err)
			}
			if left, _ := os.ReadDir(data); row.want != nil && len(left) > 0 {
				t.Errorf("left behind %v", left)
			}
		})
	}
}

// A photo that is missing or another than the record says is refused; one of which
// the export says that it was not to be had leaves its case, and the record says so.
func TestTheFilesOfAnExportAreHeldAgainstTheRecord(t *testing.T) {
	b, _ := lived(t)
	dir, _ := b.export()
	photos, err := filepath.Glob(filepath.Join(dir, "files", "*"))
	must(t, err)
	name := filepath.Join("files", filepath.Base(photos[0]))
	for what, change := range map[string]func(at string) error{
		"missing": os.Remove,
		"cut":     func(at string) error { return os.Truncate(at, 10) },
		"another": func(at string) error {
			raw, err := os.ReadFile(photos[1])
			return errors.Join(err, os.WriteFile(at, raw, 0o600))
		},
	} {
		changed, data := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "data")
		must(t, os.CopyFS(changed, os.DirFS(dir)))
		must(t, change(filepath.Join(changed, name)))
		if _, err := takeout.Load(ctx, changed, data, b.keys, noon, nil, nil); !errors.Is(err, takeout.ErrDamaged) {
			t.Errorf("%s: %v", what, err)
		}
		if left, _ := os.ReadDir(data); len(left) > 0 {
			t.Errorf("%s: left behind %v", what, left)
		}
	}
	must(t, os.RemoveAll(filepath.Join(b.folder, store.BlobFolder)))
	dir, r := b.export()
	if len(r.Gone) != 2 || len(r.Lost) != 2 || r.Attached != 0 {
		t.Errorf("exported %+v", r)
	}
	data := filepath.Join(t.TempDir(), "data")
	keys := newKeys(t)
	_, err = takeout.Load(ctx, dir, data, keys, noon, nil, nil)
	must(t, err)
	there := opened(t, data, keys)
	if have := there.hanging(); len(have) != 0 {
		t.Errorf("there hang %d files", len(have))
	}
}
