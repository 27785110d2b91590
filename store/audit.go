package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"

	"lianxin/store/kv"
	"lianxin/store/ledger"
)

// Audit is what a walk through the whole tree found.
type Audit struct {
	Leaves   int64
	Waiting  int64 // events that are not sealed yet
	Root     ledger.Hash
	Problems []string
}

func (a *Audit) problem(format string, args ...any) {
	if len(a.Problems) < findingsKept {
		a.Problems = append(a.Problems, fmt.Sprintf(format, args...))
	}
}

// Clean tells whether nothing is wrong.
func (a *Audit) Clean() bool { return len(a.Problems) == 0 }

// Verify reckons the tree again from the events themselves, in short views and
// bounded memory, and holds it against checkpoints that were kept elsewhere: the
// record as it is now must begin with what was there then. Without any it holds
// the tree against itself.
func (s *Store) Verify(ctx context.Context, held []ledger.Checkpoint, progress func(done int)) (*Audit, error) {
	if progress == nil {
		progress = func(int) {}
	}
	a := &Audit{}
	var tally ledger.Tally
	points := map[int64][]ledger.Checkpoint{}
	for _, c := range held {
		points[c.Size] = append(points[c.Size], c)
	}
	prefix := []byte{spaceLeaf}
	err := s.walk(ctx, prefix, after(prefix), func(tx *Tx, pair kv.Pair) error {
		if err := tx.verifyLeaf(a, &tally, pair); err != nil {
			return err
		}
		for _, c := range points[tally.Size()] {
			if tally.Root() != c.Root {
				a.problem("what was recorded up to event %d is not what it was when the checkpoint was made", c.Size)
			}
		}
		if a.Leaves++; a.Leaves%1000 == 0 {
			progress(int(a.Leaves))
		}
		return nil
	})
	if err != nil {
		return a, err
	}
	for size := range points {
		if size > a.Leaves {
			a.problem("the checkpoint knows of %d events, the box only of %d: the end of the record is gone", size, a.Leaves)
		}
	}
	progress(int(a.Leaves))
	a.Root = tally.Root()
	return a, s.verifyAll(ctx, a, tally.Root())
}

func (tx *Tx) verifyLeaf(a *Audit, tally *ledger.Tally, pair kv.Pair) error {
	n := tally.Size()
	if binary.BigEndian.Uint64(pair.Key[1:]) != uint64(n) {
		a.problem("leaf %d of the tree is missing", n)
	}
	record, err := tx.record(pair.Value)
	if err != nil {
		return err
	}
	if record == nil {
		a.problem("event %x was sealed and is gone", pair.Value)
	}
	leaf := ledger.Leaf(record)
	kept, err := tx.kv.Get(hashKey(ledger.Place(n)))
	if err != nil {
		return err
	}
	if record != nil && !bytes.Equal(kept, leaf[:]) {
		a.problem("event %x is not what was sealed", pair.Value)
	}
	tally.Add(leaf)
	return nil
}

// verifyAll sees to it that every event is sealed or waits, and that the
// newest checkpoint is that of the tree.
func (s *Store) verifyAll(ctx context.Context, a *Audit, root ledger.Hash) error {
	events := int64(0)
	prefix := []byte{spaceEvent}
	err := s.walk(ctx, prefix, after(prefix), func(*Tx, kv.Pair) error { events++; return nil })
	if err != nil {
		return err
	}
	queue := []byte{spaceQueue}
	err = s.walk(ctx, queue, after(queue), func(*Tx, kv.Pair) error { a.Waiting++; return nil })
	if err != nil {
		return err
	}
	if events < a.Leaves+a.Waiting { // while others write there may be more, never fewer
		a.problem("%d events are sealed or wait to be, %d are there", a.Leaves+a.Waiting, events)
	}
	last, err := s.Checkpoint(ctx)
	if err == nil && last != nil && last.Size == a.Leaves && last.Root != root {
		a.problem("the newest checkpoint is not that of the record")
	}
	return err
}
