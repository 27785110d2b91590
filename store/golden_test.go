package store_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"lianxin/server/board"
	"lianxin/store"
	"lianxin/store/kv"
	"lianxin/store/kv/bolt"
	"lianxin/store/seal"
)

// What lies in testdata was written by programs of before: a county each, and
// what it must show for ever. Each is made by testdata/make, and never changed.

var newGolden = flag.Bool("golden", false, "write down what golden data show that nothing is written of yet")

// shown is what a county shows.
type shown struct {
	Schema  int               `json:"schema"` // it was written with
	Streams int               `json:"streams"`
	Events  int               `json:"events"`
	Chain   string            `json:"chain"`           // SHA-256 of every event's key and header, in their order
	Sealed  int64             `json:"sealed"`          // leaves of the tree, as it was written
	Root    string            `json:"root"`            // of the tree, when all is sealed
	Cases   map[string]string `json:"cases"`           // by their numbers: stage and words
	Files   map[string]int64  `json:"files,omitempty"` // that hang on them, by their names: bytes
}

func TestGoldenData(t *testing.T) {
	all, err := filepath.Glob("testdata/*.tgz")
	if err != nil || len(all) == 0 {
		t.Fatalf("there are none: %v", err)
	}
	newest := 0
	for _, file := range all {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".tgz"), func(t *testing.T) {
			o := unpacked(t, file)
			got := o.shows(t)
			want := got
			told := strings.TrimSuffix(file, ".tgz") + ".json"
			text, err := os.ReadFile(told)
			switch {
			case err == nil:
				want = shown{}
				err = json.Unmarshal(text, &want)
			case errors.Is(err, fs.ErrNotExist) && *newGolden:
				if text, err = json.MarshalIndent(got, "", " "); err == nil {
					err = os.WriteFile(told, append(text, '\n'), 0o644)
				}
			}
			if err != nil {
				t.Fatal(err)
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("it shows\n%+v\nand showed\n%+v", got, want)
			}
			newest = max(newest, want.Schema)
		})
	}
	if newest != store.Schema {
		t.Errorf("there are no golden data of schema %d: store/testdata/make makes them", store.Schema)
	}
}

// unpacked opens golden data.
func unpacked(t *testing.T, file string) opened {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("tar", "xzf", file, "-C", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.Chmod(filepath.Join(dir, "keys"), 0o700); err != nil {
		t.Fatal(err)
	}
	keys, err := seal.Open(filepath.Join(dir, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	db := filepath.Join(dir, "data", "lianxin.db")
	engine, err := bolt.Open(db, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.New(engine, keys)
	if err != nil {
		t.Fatal(err)
	}
	s.BlobsIn(filepath.Join(dir, "data", store.BlobFolder))
	t.Cleanup(func() { s.Close() })
	return opened{s, engine, keys, db}
}

// shows upgrades a county and gives what it shows afterwards. Nothing in it may
// contradict itself, and the chain must be what it was.
func (o opened) shows(t *testing.T) shown {
	t.Helper()
	before, err := o.Verify(ctx, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if found, err := o.Check(ctx, nil); err != nil || !found.Clean() {
		t.Errorf("before it is upgraded check finds: %v, %v", found.Problems, err) // nor could it be backed up
	}
	is := shown{Schema: o.Schema(), Sealed: before.Leaves, Chain: o.chain(t)}
	if err := o.Upgrade(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if chain := o.chain(t); chain != is.Chain {
		t.Errorf("the chain was %s and is %s", is.Chain, chain)
	}
	if _, err := o.Seal(ctx, noon); err != nil {
		t.Fatal(err)
	}
	found, err := o.Check(ctx, nil)
	if err != nil || !found.Clean() {
		t.Errorf("check: %v, %v\nA fold or an index that is another now wants a new schema and a step in upgrade.go.", found.Problems, err)
	}
	audit, err := o.Verify(ctx, nil, nil)
	if err != nil || !audit.Clean() || audit.Leaves != int64(found.Events) {
		t.Errorf("verify: %+v, %v", audit, err)
	}
	is.Streams, is.Events = found.Streams, found.Events // which indexes there are is the program's own
	is.Root, is.Cases, is.Files = hex.EncodeToString(audit.Root[:]), o.cases(t), o.files(t)
	return is
}

func (o opened) chain(t *testing.T) string {
	t.Helper()
	sum := sha256.New()
	if err := o.engine.View(ctx, func(tx kv.Tx) error {
		for pair, err := range tx.Scan([]byte{'e'}, []byte{'f'}) {
			if err != nil {
				return err
			}
			sum.Write(pair.Key)
			sum.Write(pair.Value)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func (o opened) cases(t *testing.T) map[string]string {
	t.Helper()
	say := map[string]string{}
	o.view(t, func(tx *store.Tx) error {
		cases, _, err := tx.List(store.Newest(), nil, 1000)
		for _, c := range cases {
			say[string(c.Number)] = saying(c)
		}
		return err
	})
	return say
}

// files are what hangs on cases; each was opened by Check.
func (o opened) files(t *testing.T) map[string]int64 {
	t.Helper()
	lie := map[string]int64{}
	if err := o.Files(ctx, func(k store.Kept) error { lie[string(k.Blob)] = k.Size; return nil }); err != nil {
		t.Fatal(err)
	}
	if len(lie) == 0 {
		return nil
	}
	return lie
}

func saying(c *board.Case) string {
	return strings.Join([]string{string(c.Stage), c.Name, c.Body}, " · ")
}
