package store_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/store"
	"lianxin/store/kv"
	"lianxin/store/kv/bolt"
	"lianxin/store/kv/twice"
)

// aged makes of a store what programs of schema 1 would have left: some events
// in the tree, some that wait, and some of a program that knew no tree.
func (o opened) aged(t *testing.T) {
	t.Helper()
	o.crowd(t, 700)
	o.seal(t, 700)
	o.crowd(t, 600)
	odd := 0
	err := o.engine.Update(ctx, func(tx kv.Tx) error {
		odd = 0
		for pair, err := range tx.Scan([]byte{'q'}, []byte{'r'}) {
			if odd++; err == nil && odd%2 == 0 {
				err = tx.Delete(pair.Key)
			}
			if err != nil {
				return err
			}
		}
		return errors.Join(tx.Put([]byte("mschema"), []byte{0, 0, 0, 1}), tx.Put([]byte("mmin-reader"), []byte{0, 0, 0, 1}),
			tx.Put([]byte("madopted"), binary.BigEndian.AppendUint64(nil, 1)))
	})
	if err != nil || odd != 600 {
		t.Fatalf("%d waited, %v", odd, err)
	}
}

// crowd appends n people in one deed.
func (o opened) crowd(t *testing.T, n int) {
	t.Helper()
	by := board.Actor{Roles: board.Roles{board.System}, Channel: board.Import}
	people := make([]board.Event, n)
	for i := range people {
		people[i] = board.Join(id(t), by, board.Joined{Name: "王秀兰"}, noon.Add(time.Duration(i)*time.Second))
	}
	o.update(t, func(tx *store.Tx) error { return tx.Append(people...) })
}

// upgraded wants a store in which each event is a leaf or waits, once.
func upgraded(t *testing.T, s *store.Store, engine kv.Engine) {
	t.Helper()
	a, err := s.Verify(ctx, nil, nil)
	if err != nil || !a.Clean() || a.Leaves != 700 || a.Waiting != 600 {
		t.Fatalf("before it is sealed: %+v, %v", a, err)
	}
	if n, err := s.Seal(ctx, noon); err != nil || n != 600 {
		t.Fatalf("sealed %d events, %v", n, err)
	}
	a, err = s.Verify(ctx, nil, nil)
	if err != nil || !a.Clean() || a.Leaves != 1300 {
		t.Errorf("%+v, %v", a, err)
	}
	if f, err := s.Check(ctx, nil); err != nil || !f.Clean() || f.Events != 1300 {
		t.Errorf("%+v, %v", f, err)
	}
	twiceSealed := map[string]int{}
	marks := map[string][]byte{}
	err = engine.View(ctx, func(tx kv.Tx) error {
		for pair, err := range tx.Scan([]byte{'g'}, []byte{'h'}) {
			if twiceSealed[string(pair.Value)]++; err != nil || twiceSealed[string(pair.Value)] > 1 {
				return fmt.Errorf("event %x is two leaves, %w", pair.Value, err)
			}
		}
		for pair, err := range tx.Scan([]byte{'m'}, []byte{'n'}) {
			if err != nil {
				return err
			}
			marks[string(pair.Key[1:])] = pair.Value
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if string(marks["schema"]) != "\x00\x00\x00\x04" || string(marks["min-reader"]) != "\x00\x00\x00\x04" ||
		marks["adopted"] != nil || marks["upgrade"] != nil {
		t.Errorf("the marks are %v", slices.Collect(maps.Keys(marks)))
	}
}

func TestOldDataAreReadAndNotWrittenUntilTheyAreUpgraded(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		o.aged(t)
		s, err := o.again()
		if err != nil || !s.Old() || s.Schema() != 1 {
			t.Fatalf("opened: %v", err)
		}
		wrote := false
		err = s.Update(ctx, func(*store.Tx) error { wrote = true; return nil })
		if _, sealing := s.Seal(ctx, noon); !errors.Is(err, store.ErrOlder) || !errors.Is(sealing, store.ErrOlder) || wrote {
			t.Errorf("a deed: %v; sealing: %v", err, sealing)
		}
		if f, err := s.Check(ctx, nil); err != nil || !f.Clean() {
			t.Errorf("check: %v, %v", f.Problems, err)
		}
		seen := 0
		if err := s.Upgrade(ctx, func(done int) { seen = done }); err != nil || s.Old() || seen < 2000 {
			t.Fatalf("upgraded: %v, and went through %d", err, seen)
		}
		upgraded(t, s, o.engine)
		if err := s.Upgrade(ctx, nil); err != nil {
			t.Errorf("again: %v", err)
		}
	})
}

var errCut = errors.New("cut off")

// cut is an engine that is gone at one of its updates: before it is stored, or
// after it was and nobody heard of it.
type cut struct {
	kv.Engine
	left   int // updates until then
	stored bool
}

func (c *cut) Update(ctx context.Context, write func(kv.Tx) error) error {
	if c.left--; c.left > 0 {
		return c.Engine.Update(ctx, write)
	}
	if c.stored {
		if err := c.Engine.Update(ctx, write); err != nil {
			return err
		}
	}
	return errCut
}

// Cut off at each of its pages, whether that page was stored or not, an upgrade
// goes on and ends as if nothing had been; meanwhile no older program may open
// the data.
func TestAnUpgradeThatIsCutOffGoesOn(t *testing.T) {
	aged := open(t, func(e kv.Engine) kv.Engine { return e })
	aged.aged(t)
	pages := 0
	for _, stored := range []bool{false, true} {
		for at, more := 1, true; more; at++ {
			t.Run(fmt.Sprint(at, stored), func(t *testing.T) {
				o := aged.copied(t)
				s, err := store.New(&cut{o.engine, at, stored}, o.keys)
				if err != nil {
					t.Fatal(err)
				}
				if err = s.Upgrade(ctx, nil); err == nil {
					more, pages = false, at-1
					return
				}
				if !errors.Is(err, errCut) {
					t.Fatal(err)
				}
				s, err = o.again()
				if err != nil {
					t.Fatal(err)
				}
				begun, err := s.Upgrading(ctx)
				// A step that has begun refuses who does not know it; between two nothing is half done.
				reader := o.reader(t)
				if begun != (reader > s.Schema()) || reader < 2 && (at > 1 || stored) || err != nil {
					t.Errorf("begun: %v, %v; schema %d, the oldest reader is %d", begun, err, s.Schema(), reader)
				}
				if err := s.Upgrade(ctx, nil); err != nil {
					t.Fatal(err)
				}
				upgraded(t, s, o.engine)
			})
		}
	}
	if pages < 10 { // two of the events, one of the leaves, one of the marks, and the end; then two of the people, two of their indexes, and the end
		t.Errorf("it was cut off at %d pages only", pages)
	}
}

// copied is a copy of a store, on an engine that runs every closure twice.
func (o opened) copied(t *testing.T) opened {
	t.Helper()
	file := filepath.Join(t.TempDir(), "lianxin.db")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.CopyTo(f)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	engine, err := bolt.Open(file, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	return opened{engine: twice.New(engine), keys: o.keys, file: file}
}

// reader is the schema of the oldest program that may open the data.
func (o opened) reader(t *testing.T) (schema int) {
	t.Helper()
	if err := o.engine.View(ctx, func(tx kv.Tx) error {
		least, err := tx.Get([]byte("mmin-reader"))
		schema = int(least[3])
		return err
	}); err != nil {
		t.Error(err)
	}
	return schema
}

// A damaged event is not passed over: the data stay what they were.
func TestAnUpgradeStopsAtADamagedEvent(t *testing.T) {
	o := open(t, func(e kv.Engine) kv.Engine { return e })
	o.aged(t)
	torn := append(append([]byte{'e', byte(board.Persons)}, make([]byte, len(board.ID{}))...), 0, 0, 0, 1)
	if err := o.engine.Update(ctx, func(tx kv.Tx) error { return tx.Put(torn, []byte("\x01{")) }); err != nil {
		t.Fatal(err)
	}
	s, err := o.again()
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Upgrade(ctx, nil); err == nil || !s.Old() {
			t.Errorf("it went over it: %v", err)
		}
	}
}
