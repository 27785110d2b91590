// Package overlay keeps what a transaction wrote apart from what it reads: a kv.Tx over another one that
// shows both together. Dropping it undoes the writes, and flushing it makes them. Engines build on it what
// they lack: bolt has no savepoints, and a cluster should hear of a deed's writes in one go.
package overlay

import (
	"bytes"
	"iter"
	"slices"

	"lianxin/store/kv"
)

// A Tx holds writes over a base, which must not change while the Tx is in use, except by Flush.
type Tx struct {
	base kv.Tx
	// Sorted by key. A scan keeps the slice it started with, so a shared slice is copied before it is
	// changed; the entries themselves never change.
	writes []entry
	shared bool
	size   int
	over   bool
}

// An entry is a write: a value put, or a nil value for a key deleted.
type entry struct{ key, value []byte }

// New returns an empty overlay over base.
func New(base kv.Tx) *Tx { return &Tx{base: base} }

// Get returns the newest value of key.
func (t *Tx) Get(key []byte) ([]byte, error) {
	if t.over {
		return nil, kv.ErrOver
	}
	if i, found := t.find(key); found {
		return bytes.Clone(t.writes[i].value), nil
	}
	return t.base.Get(key)
}

// Put stores a copy of value under a copy of key.
func (t *Tx) Put(key, value []byte) error {
	if t.over {
		return kv.ErrOver
	}
	if err := kv.Fits(key, value); err != nil {
		return err
	}
	t.write(entry{bytes.Clone(key), append([]byte{}, value...)})
	return nil
}

// Delete removes key. A key that cannot be stored is not there, so it is not remembered either.
func (t *Tx) Delete(key []byte) error {
	if t.over {
		return kv.ErrOver
	}
	if kv.Fits(key, nil) == nil {
		t.write(entry{key: bytes.Clone(key)})
	}
	return nil
}

// Scan merges the writes with the base.
func (t *Tx) Scan(from, to []byte) iter.Seq2[kv.Pair, error] {
	return func(yield func(kv.Pair, error) bool) {
		t.merge(t.cut(from, to), t.base.Scan(from, to), 1, yield)
	}
}

// ScanBack merges the writes with the base, backwards.
func (t *Tx) ScanBack(from, to []byte) iter.Seq2[kv.Pair, error] {
	return func(yield func(kv.Pair, error) bool) {
		writes := slices.Clone(t.cut(from, to))
		slices.Reverse(writes)
		t.merge(writes, t.base.ScanBack(from, to), -1, yield)
	}
}

// A Writer takes writes.
type Writer interface {
	Put(key, value []byte) error
	Delete(key []byte) error
}

// Flush makes the writes in to, which may be the base, in the order of their keys, and ends this Tx.
func (t *Tx) Flush(to Writer) error {
	if t.over {
		return kv.ErrOver
	}
	t.End()
	if under, ok := to.(*Tx); ok && !under.over { // the bytes are ours already: no need to copy them again
		for _, w := range t.writes {
			under.write(w)
		}
		return nil
	}
	return t.Again(to)
}

// Again makes the writes in to once more, after Flush has made them elsewhere.
func (t *Tx) Again(to Writer) error {
	for _, w := range t.writes {
		var err error
		if w.value == nil {
			err = to.Delete(w.key)
		} else {
			err = to.Put(w.key, w.value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// End makes every further use an error, so that a Tx that got away is noticed and not half right.
func (t *Tx) End() { t.over = true }

// Len is how many keys were written.
func (t *Tx) Len() int { return len(t.writes) }

// Size is how many bytes of keys and values were written, those written over included.
func (t *Tx) Size() int { return t.size }

func (t *Tx) find(key []byte) (int, bool) {
	return slices.BinarySearchFunc(t.writes, key, func(e entry, key []byte) int { return bytes.Compare(e.key, key) })
}

func (t *Tx) write(e entry) {
	if t.shared {
		t.writes, t.shared = slices.Clone(t.writes), false
	}
	t.size += len(e.key) + len(e.value)
	i, found := t.find(e.key)
	if found {
		t.writes[i] = e
	} else {
		t.writes = slices.Insert(t.writes, i, e)
	}
}

// cut returns the writes with from ≤ key < to and marks them as in use by a scan.
func (t *Tx) cut(from, to []byte) []entry {
	first, _ := t.find(from) // nil sorts before every key
	last := len(t.writes)
	if to != nil {
		last, _ = t.find(to)
	}
	if first >= last {
		return nil
	}
	t.shared = true
	return t.writes[first:last]
}

// merge yields writes and base in one order (1 up, -1 down); a write hides the base's pair of the same key.
func (t *Tx) merge(writes []entry, base iter.Seq2[kv.Pair, error], order int, yield func(kv.Pair, error) bool) {
	give := func(p kv.Pair) bool {
		if t.over {
			yield(kv.Pair{}, kv.ErrOver)
			return false
		}
		return yield(p, nil)
	}
	// before gives the writes that come before key (all when key is nil) and says whether to go on, and
	// whether the last of them was a write to that very key.
	before := func(key []byte) (ok, hidden bool) {
		for len(writes) > 0 && !hidden {
			w := writes[0]
			if key != nil {
				c := bytes.Compare(w.key, key) * order
				if c > 0 {
					break
				}
				hidden = c == 0
			}
			writes = writes[1:]
			if w.value != nil && !give(kv.Pair{Key: bytes.Clone(w.key), Value: bytes.Clone(w.value)}) {
				return false, hidden
			}
		}
		return true, hidden
	}
	if t.over {
		yield(kv.Pair{}, kv.ErrOver)
		return
	}
	for p, err := range base {
		if err != nil {
			yield(kv.Pair{}, err)
			return
		}
		ok, hidden := before(p.Key)
		if !ok || !hidden && !give(p) {
			return
		}
	}
	before(nil)
}
