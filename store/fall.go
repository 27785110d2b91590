package store

import (
	"bytes"
	"context"

	"lianxin/server/board"
	"lianxin/store/kv"
	"lianxin/store/ledger"
)

// Fell tells whether whoever had the data last ended without closing them: by a
// kill, or with the machine. It stays so until Rise.
func (s *Store) Fell() bool {
	keeper, is := s.engine.(kv.Keeper)
	return is && keeper.Fell()
}

// Rise says that the data were held against themselves since, and found sound.
func (s *Store) Rise() {
	if keeper, is := s.engine.(kv.Keeper); is {
		keeper.Rise()
	}
}

// lastLeaves is how many sealed events CheckEnd looks at: what the last hours
// brought, and a second's work.
const lastLeaves = 1000

// CheckEnd holds the end of the record against itself, where a fall would have
// hurt it: the events that wait to be sealed and the last that are, the streams
// they stand in from the first event to snapshot, indexes and files, and the tree. It
// is for a store in which nobody writes yet. Findings.Events counts all events
// of those streams. A file that cannot be read is a finding, not an error.
func (s *Store) CheckEnd(ctx context.Context) (*Findings, error) {
	f := &Findings{}
	err := s.checkEnd(ctx, f)
	if err != nil && ctx.Err() == nil {
		f.problem("%v", err)
		err = nil
	}
	return f, err
}

func (s *Store) checkEnd(ctx context.Context, f *Findings) error {
	size := uint64(0)
	err := s.View(ctx, func(tx *Tx) (err error) {
		if size, err = tx.counter("tree"); err != nil {
			return err
		}
		return tx.checkTree(f, int64(size))
	})
	if err != nil {
		return err
	}
	seen := map[board.Stream]bool{}
	queue := []byte{spaceQueue}
	err = s.walk(ctx, queue, after(queue), func(tx *Tx, pair kv.Pair) error {
		_, err := tx.checkNamed(f, queued(pair.Key), seen)
		return err
	})
	if err != nil {
		return err
	}
	first := int64(0)
	if size > lastLeaves {
		first = int64(size) - lastLeaves
	}
	n := first
	err = s.walk(ctx, leafKey(first), after([]byte{spaceLeaf}), func(tx *Tx, pair kv.Pair) error {
		n++
		return tx.checkLeaf(f, n-1, pair, seen)
	})
	if err == nil && n != int64(size) {
		f.problem("the tree has %d leaves and says it has %d", n, size)
	}
	if err == nil {
		err = s.checkFilesOf(ctx, f, seen)
	}
	return err
}

// checkTree reckons the tree's hash from the hashes that are kept, and the one
// of the newest checkpoint.
func (tx *Tx) checkTree(f *Findings, size int64) error {
	sizes := map[int64]*ledger.Hash{size: nil}
	prefix := []byte{spacePoint}
	for pair, err := range tx.kv.ScanBack(prefix, after(prefix)) {
		if err != nil {
			return err
		}
		point, err := tx.s.readPoint(pair.Value)
		if err != nil {
			f.problem("the newest checkpoint: %v", err)
		} else {
			sizes[point.Size] = &point.Root
		}
		break
	}
	for size, signed := range sizes {
		root, err := ledger.Root(size, tx.hashes)
		if err != nil {
			f.problem("the tree of %d events: %v", size, err)
		} else if signed != nil && root != *signed {
			f.problem("the tree of %d events is not the one that was signed", size)
		}
	}
	return nil
}

// checkLeaf looks at leaf n of the tree.
func (tx *Tx) checkLeaf(f *Findings, n int64, pair kv.Pair, seen map[board.Stream]bool) error {
	if !bytes.Equal(pair.Key, leafKey(n)) {
		f.problem("leaf %d of the tree is missing", n)
	}
	record, err := tx.checkNamed(f, pair.Value, seen)
	if err != nil || record == nil {
		return err
	}
	kept, err := tx.kv.Get(hashKey(ledger.Place(n)))
	if leaf := ledger.Leaf(record); err == nil && !bytes.Equal(kept, leaf[:]) {
		f.problem("event %x is not what was sealed", pair.Value)
	}
	return err
}

// checkNamed looks for an event that the queue or the tree names, and checks its
// stream, once.
func (tx *Tx) checkNamed(f *Findings, named []byte, seen map[board.Stream]bool) (record []byte, err error) {
	s, seq, err := parseNamed(named)
	if err != nil {
		f.problem("%v", err)
		return nil, nil
	}
	if record, err = tx.record(named); err != nil {
		return nil, err
	}
	if record == nil {
		f.problem("event %d of %s is gone", seq, s)
	}
	if seen[s] {
		return record, nil
	}
	seen[s] = true
	f.Streams++
	snapshot, err := tx.kv.Get(streamKey(spaceSnapshot, s))
	if err != nil {
		return nil, err
	}
	if snapshot == nil {
		f.problem("%s: there are events and no snapshot", s)
		return record, nil
	}
	return record, tx.checkStream(f, nil, s, snapshot)
}
