package store_test

import (
	"errors"
	"strings"
	"testing"

	"lianxin/server/board"
	"lianxin/store"
	"lianxin/store/kv"
)

// ended is a store with sealed events, some that wait, and their newest person.
func ended(t *testing.T) (o opened, sealed, waits board.Stream) {
	o = open(t, func(e kv.Engine) kv.Engine { return e })
	sealed = o.joined(t, 3)[2]
	o.seal(t, 6)
	person, _, _ := o.resident(t, "13800138000", "村口的路灯坏了")
	return o, sealed, board.Stream{Sort: board.Persons, ID: person}
}

func (o opened) end(t *testing.T) *store.Findings {
	t.Helper()
	f, err := o.CheckEnd(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// After a fall the end of the record is looked at, and only what is sound passes.
func TestTheEndOfTheRecordIsChecked(t *testing.T) {
	at := func(space byte, s board.Stream, more ...byte) []byte {
		return append(append([]byte{space, byte(s.Sort)}, s.ID[:]...), more...)
	}
	last := []byte{0, 0, 0, 1}
	flip := func(tx kv.Tx, key []byte) error {
		b, err := tx.Get(key)
		if err == nil && b == nil {
			err = errors.New("there is nothing to spoil")
		}
		if err != nil {
			return err
		}
		b[len(b)-1] ^= 1
		return tx.Put(key, b)
	}
	number := func(n byte) []byte { return []byte{0, 0, 0, 0, 0, 0, 0, n} }
	for name, spoil := range map[string]struct {
		do    func(tx kv.Tx, sealed, waits board.Stream) error
		finds string
	}{
		"nothing": {func(kv.Tx, board.Stream, board.Stream) error { return nil }, ""},
		"a fact": {func(tx kv.Tx, _, s board.Stream) error {
			return flip(tx, at('f', s, last...))
		}, "fact 1 of p-"},
		"a header": {func(tx kv.Tx, _, s board.Stream) error { return flip(tx, at('e', s, last...)) }, "event 1 of p-"},
		"an event that waits is gone": {func(tx kv.Tx, _, s board.Stream) error {
			return tx.Delete(at('e', s, last...))
		}, "is gone"},
		"a snapshot is gone": {func(tx kv.Tx, _, s board.Stream) error { return tx.Delete(at('s', s)) }, "no snapshot"},
		"a snapshot":         {func(tx kv.Tx, _, s board.Stream) error { return flip(tx, at('s', s)) }, "do not open"},
		"an index entry is gone": {func(tx kv.Tx, _, _ board.Stream) error {
			for pair, err := range tx.Scan([]byte("iphone"), []byte("iphonf")) {
				return errors.Join(err, tx.Delete(pair.Key))
			}
			return errors.New("there is none")
		}, "is missing"},
		"a sealed fact":          {func(tx kv.Tx, s, _ board.Stream) error { return flip(tx, at('f', s, last...)) }, "fact 1 of p-"},
		"a sealed event is gone": {func(tx kv.Tx, s, _ board.Stream) error { return tx.Delete(at('e', s, 0, 0, 0, 2)) }, "is gone"},
		"a leaf is gone":         {func(tx kv.Tx, _, _ board.Stream) error { return tx.Delete(append([]byte{'g'}, number(5)...)) }, "says it has 6"},
		"a hash":                 {func(tx kv.Tx, _, _ board.Stream) error { return flip(tx, append([]byte{'h'}, number(0)...)) }, "not what was sealed"},
		"a hash that the tree needs": {func(tx kv.Tx, _, _ board.Stream) error {
			return tx.Delete(append([]byte{'h'}, number(6)...))
		}, "missing or damaged"},
		"a checkpoint": {func(tx kv.Tx, _, _ board.Stream) error { return flip(tx, append([]byte{'c'}, number(6)...)) }, "newest checkpoint"},
	} {
		t.Run(name, func(t *testing.T) {
			o, sealed, waits := ended(t)
			if err := o.engine.Update(ctx, func(tx kv.Tx) error { return spoil.do(tx, sealed, waits) }); err != nil {
				t.Fatal(err)
			}
			f := o.end(t)
			if found := strings.Join(f.Problems, "\n"); f.Clean() != (spoil.finds == "") || !strings.Contains(found, spoil.finds) {
				t.Errorf("found %q, want %q", found, spoil.finds)
			}
			if f.Clean() && (f.Streams != 5 || f.Events != 8) {
				t.Errorf("it looked at %d streams and %d events", f.Streams, f.Events)
			}
		})
	}
}

// What was sealed long ago is left to Check: a start must not take longer from
// year to year.
func TestTheBeginningOfTheRecordIsNot(t *testing.T) {
	o := open(t, func(e kv.Engine) kv.Engine { return e })
	o.crowd(t, 1200)
	o.seal(t, 1200)
	if f := o.end(t); !f.Clean() || f.Events != 1000 {
		t.Errorf("%+v", f)
	}
}
