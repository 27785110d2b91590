package store_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/store"
	"lianxin/store/kv"
	"lianxin/store/ledger"
)

// joined appends n people, each with a second event.
func (o opened) joined(t *testing.T, n int) (streams []board.Stream) {
	t.Helper()
	by := board.Actor{Roles: board.Roles{board.System}, Channel: board.Import}
	for i := range n {
		p := id(t)
		e := board.Join(p, by, board.Joined{Name: fmt.Sprint("第", i, "位")}, noon.Add(time.Duration(i)*time.Second))
		named, err := (&board.Person{ID: p}).CallMe(board.Actor{Person: p}, "王秀兰", noon.Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		o.update(t, func(tx *store.Tx) error { return tx.Append(e, named) })
		streams = append(streams, e.Stream)
	}
	return streams
}

func (o opened) seal(t *testing.T, want int) *store.Checkpoint {
	t.Helper()
	n, err := o.Seal(ctx, noon)
	if err != nil || n != want {
		t.Fatalf("sealed %d events, want %d: %v", n, want, err)
	}
	c, err := o.Checkpoint(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (o opened) verify(t *testing.T, held ...*store.Checkpoint) *store.Audit {
	t.Helper()
	var points []ledger.Checkpoint
	for _, c := range held {
		p, err := ledger.Parse(c.Text, o.VerifierKey())
		if err != nil {
			t.Fatal(err)
		}
		points = append(points, p)
	}
	a, err := o.Verify(ctx, points, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestEveryEventIsSealedOnce(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		if c := o.seal(t, 0); c != nil {
			t.Errorf("a checkpoint of nothing: %+v", c)
		}
		o.joined(t, 300)
		if a := o.verify(t); !a.Clean() || a.Leaves != 0 || a.Waiting != 600 {
			t.Errorf("before: %+v", a)
		}
		first := o.seal(t, 600)
		o.seal(t, 0)
		o.joined(t, 4)
		second := o.seal(t, 8)
		if first.Size != 600 || second.Size != 608 || first.Root == second.Root || !second.Time.Equal(noon) {
			t.Errorf("checkpoints %+v, %+v", first, second)
		}
		if a := o.verify(t, first, second); !a.Clean() || a.Leaves != 608 || a.Waiting != 0 {
			t.Errorf("%+v", a)
		}
		if f, err := o.Check(ctx, nil); err != nil || !f.Clean() {
			t.Errorf("%v %v", f.Problems, err)
		}
	})
}

func TestErasedWordsLeaveTheTreeProvable(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		streams := o.joined(t, 3)
		c := o.seal(t, 6)
		o.update(t, func(tx *store.Tx) error { return tx.Erase(streams[0]) })
		if a := o.verify(t, c); !a.Clean() {
			t.Errorf("%v", a.Problems)
		}
	})
}

// What somebody with the keys and the disk in their hands may try.
func TestTamperingShows(t *testing.T) {
	event := func(s board.Stream, seq byte) []byte {
		return append(append([]byte{'e', byte(s.Sort)}, s.ID[:]...), 0, 0, 0, seq)
	}
	for name, tamper := range map[string]struct {
		do    func(kv.Tx, []board.Stream) error
		finds string
	}{
		"an event goes": {func(tx kv.Tx, s []board.Stream) error { return tx.Delete(event(s[1], 2)) }, "is gone"},
		"an event is another": {func(tx kv.Tx, s []board.Stream) error {
			return tx.Put(event(s[1], 1), []byte("\x01{}"))
		}, "not what was sealed"},
		"a hash is another": {func(tx kv.Tx, s []board.Stream) error {
			return tx.Put([]byte("h\x00\x00\x00\x00\x00\x00\x00\x00"), make([]byte, 32))
		}, "not what was sealed"},
		"a leaf goes": {func(tx kv.Tx, s []board.Stream) error { return tx.Delete([]byte("g\x00\x00\x00\x00\x00\x00\x00\x02")) }, "is missing"},
		"the end goes, and the tree is made anew": {func(tx kv.Tx, s []board.Stream) error {
			for _, key := range [][]byte{event(s[2], 2), []byte("g\x00\x00\x00\x00\x00\x00\x00\x05"), []byte("c\x00\x00\x00\x00\x00\x00\x00\x06")} {
				if err := tx.Delete(key); err != nil {
					return err
				}
			}
			return tx.Put([]byte("mtree"), []byte{0, 0, 0, 0, 0, 0, 0, 5})
		}, "the end of the record is gone"},
		"an event is another, and the tree is made anew": {func(tx kv.Tx, s []board.Stream) error {
			return errors.Join(tx.Put(event(s[1], 1), []byte("\x01{}")), grown(tx))
		}, "the newest checkpoint is not that of the record"},
		"an event that waits goes": {func(tx kv.Tx, s []board.Stream) error { return tx.Delete(event(s[3], 2)) }, "8 events are sealed or wait to be, 7 are there"},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t, func(e kv.Engine) kv.Engine { return e })
			streams := o.joined(t, 3)
			held := o.seal(t, 6)
			streams = append(streams, o.joined(t, 1)...)
			if err := o.engine.Update(ctx, func(tx kv.Tx) error { return tamper.do(tx, streams) }); err != nil {
				t.Fatal(err)
			}
			a := o.verify(t, held)
			if got := strings.Join(a.Problems, "\n"); !strings.Contains(got, tamper.finds) {
				t.Errorf("found %q, want %q", got, tamper.finds)
			}
		})
	}
}

// grown makes the tree again over the events as they are now.
func grown(tx kv.Tx) error {
	hashes := func(places []int64) ([]ledger.Hash, error) {
		have := make([]ledger.Hash, len(places))
		for i, p := range places {
			value, err := tx.Get(numbered('h', p))
			if err != nil {
				return nil, err
			}
			have[i] = ledger.Hash(value)
		}
		return have, nil
	}
	n := int64(0)
	for leaf, err := range tx.Scan([]byte("g"), []byte("h")) {
		if err != nil {
			return err
		}
		header, err := tx.Get(append([]byte("e"), leaf.Value...))
		if err != nil {
			return err
		}
		added, err := ledger.Grow(n, ledger.Leaf(append(bytes.Clone(leaf.Value), header...)), hashes)
		if err != nil {
			return err
		}
		for i, h := range added {
			if err := tx.Put(numbered('h', ledger.Place(n)+int64(i)), h[:]); err != nil {
				return err
			}
		}
		n++
	}
	return nil
}

func numbered(space byte, n int64) []byte {
	return binary.BigEndian.AppendUint64([]byte{space}, uint64(n))
}

// Whoever has the disk and the keys can write another history and sign it: the
// box agrees with itself. Only a checkpoint that left the box before tells.
func TestAnotherHistoryIsToldByACheckpointFromElsewhere(t *testing.T) {
	o := open(t, func(e kv.Engine) kv.Engine { return e })
	streams := o.joined(t, 3)
	held := o.seal(t, 6)
	forged := append(append([]byte{'e', byte(streams[1].Sort)}, streams[1].ID[:]...), 0, 0, 0, 1)
	if err := o.engine.Update(ctx, func(tx kv.Tx) error {
		return errors.Join(tx.Put(forged, []byte("\x01{}")), grown(tx))
	}); err != nil {
		t.Fatal(err)
	}
	o.joined(t, 1)
	later := o.seal(t, 2)
	if a := o.verify(t, later); !a.Clean() {
		t.Errorf("with its own checkpoint only: %q", a.Problems)
	}
	want := "what was recorded up to event 6 is not what it was when the checkpoint was made"
	if a := o.verify(t, held, later); len(a.Problems) != 1 || a.Problems[0] != want {
		t.Errorf("%q", a.Problems)
	}
}
