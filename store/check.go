package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"

	"lianxin/server/board"
	"lianxin/store/kv"
	"lianxin/store/seal"
)

// Findings are what Check saw. It holds at most findingsKept problems in
// memory, and counts the rest.
type Findings struct {
	Streams  int
	Events   int
	Entries  int // of indexes
	Files    int // that cases name
	Problems []string
	Lost     []string // files that cannot be opened: their cases can be worked on all the same
	More     int      // of both that are counted only

	Orphans   int      // files that no case names: the next sweeps take them
	Strangers []string // what lies among the files and is none; nobody touches it
}

const findingsKept = 100

// Clean tells whether nothing is wrong.
func (f *Findings) Clean() bool { return len(f.Problems)+len(f.Lost) == 0 }

func (f *Findings) problem(format string, args ...any) { f.tell(&f.Problems, format, args) }
func (f *Findings) lose(format string, args ...any)    { f.tell(&f.Lost, format, args) }

func (f *Findings) tell(in *[]string, format string, args []any) {
	if len(*in) < findingsKept {
		*in = append(*in, fmt.Sprintf(format, args...))
	} else {
		f.More++
	}
}

// Check holds the store against itself, in short views and bounded memory,
// while others read and write: every chain and commitment is reckoned again,
// every snapshot is compared with the fold of its events, every index entry
// with its snapshot, both ways, and every record and every file is opened. progress hears, now and then, how many streams
// and index entries are done; nil for silence.
func (s *Store) Check(ctx context.Context, progress func(done int)) (*Findings, error) {
	f := &Findings{}
	made := newTally()
	if progress == nil {
		progress = func(int) {}
	}
	step := func() {
		if done := f.Streams + f.Entries; done%100 == 0 {
			progress(done)
		}
	}
	snapshots := []byte{spaceSnapshot}
	err := s.walk(ctx, snapshots, after(snapshots), func(tx *Tx, pair kv.Pair) error {
		f.Streams++
		step()
		return tx.checkStream(f, made, streamOf(pair.Key), pair.Value)
	})
	if err != nil {
		return f, err
	}
	events := []byte{spaceEvent}
	err = s.walk(ctx, events, after(events), func(tx *Tx, pair kv.Pair) error {
		return tx.checkOwned(f, pair.Key)
	})
	if err != nil {
		return f, err
	}
	records := []byte{spaceRecord}
	err = s.walk(ctx, records, after(records), func(tx *Tx, pair kv.Pair) error {
		if err := tx.sound(pair.Key, pair.Value); err != nil {
			f.problem("record %q: %v", pair.Key, err)
		}
		return nil
	})
	if err != nil {
		return f, err
	}
	entries := []byte{spaceIndex}
	err = s.walk(ctx, entries, after(entries), func(tx *Tx, pair kv.Pair) error {
		f.Entries++
		step()
		made.found(pair.Key)
		return nil
	})
	if err == nil && !made.even() {
		err = s.walk(ctx, entries, after(entries), func(tx *Tx, pair kv.Pair) error {
			if made.evenAt(pair.Key) {
				return nil
			}
			return tx.checkEntry(f, pair.Key)
		})
	}
	if err == nil {
		err = s.checkFiles(ctx, f)
	}
	progress(f.Streams + f.Entries)
	return f, err
}

// tally holds the entries that the snapshots make against those that are there
// without keeping either: it throws them into bins by the stream they lead to,
// and a bin is even when the hashes of both add up to the same. Only what lies
// in an uneven bin has to be held against its snapshot: what is damaged, and
// what was written while the check went on.
type tally struct {
	seed maphash.Seed
	bins [1 << 16]uint64
}

func newTally() *tally { return &tally{seed: maphash.MakeSeed()} }

// bin is where an entry falls: the end of an ID is drawn by chance.
func (t *tally) bin(key []byte) *uint64 {
	id := lastID(key)
	return &t.bins[binary.BigEndian.Uint16(id[len(id)-2:])]
}

// makes counts an entry that a snapshot makes; a nil tally counts nothing.
func (t *tally) makes(key []byte) {
	if t != nil {
		*t.bin(key) += maphash.Bytes(t.seed, key)
	}
}

func (t *tally) found(key []byte)       { *t.bin(key) -= maphash.Bytes(t.seed, key) }
func (t *tally) evenAt(key []byte) bool { return *t.bin(key) == 0 }
func (t *tally) even() bool             { return t.bins == [1 << 16]uint64{} }

// checkStream reckons one stream again from its events.
func (tx *Tx) checkStream(f *Findings, made *tally, s board.Stream, snapshot []byte) error {
	env, err := parseEnvelope(snapshot)
	if err != nil {
		f.problem("%s: %v", s, err)
		return nil
	}
	folded, err := board.NewState(s)
	if err != nil {
		f.problem("%s: %v", s, err)
		return nil
	}
	seq, head, err := tx.refold(f, s, folded)
	if err != nil {
		return err
	}
	if seq != env.seq || head != env.head {
		f.problem("%s: the snapshot stands at event %d, the events end at %d, or the chain is not the one it was made from", s, env.seq, seq)
		return nil
	}
	return tx.checkSnapshot(f, made, s, env, folded)
}

// refold folds a stream's events, following the chain.
func (tx *Tx) refold(f *Findings, s board.Stream, into board.State) (seq uint32, head board.Hash, err error) {
	prefix := streamKey(spaceEvent, s)
	var events []board.Event
	for pair, err := range tx.kv.Scan(prefix, after(prefix)) {
		if err != nil {
			return seq, head, err
		}
		f.Events++
		e, err := tx.event(s, pair.Key, pair.Value)
		if err != nil {
			f.problem("%v", err)
			return seq, head, nil
		}
		if e.Seq != seq+1 {
			f.problem("%s: event %d follows event %d", s, e.Seq, seq)
		}
		if e.Prev != head {
			f.problem("%s: event %d does not follow from the one before it", s, e.Seq)
		}
		seq, head = e.Seq, sha256.Sum256(pair.Value)
		events = append(events, e)
		into.Apply(e)
	}
	if err := tx.complete(s, events); err != nil {
		f.problem("%v", err)
	}
	return seq, head, nil
}

// checkSnapshot compares the stored fold with the one reckoned anew, and looks
// for each of its index entries.
func (tx *Tx) checkSnapshot(f *Findings, made *tally, s board.Stream, env envelope, folded board.State) error {
	plain, err := tx.open(env.keeper, streamKey(spaceSnapshot, s), env.sealed)
	if errors.Is(err, seal.ErrDestroyed) {
		f.problem("%s: sealed with a key that is gone", s)
		return nil
	}
	if err != nil {
		f.problem("%s: %v", s, err)
		return nil
	}
	again, err := json.Marshal(folded)
	if err != nil {
		return err
	}
	if !bytes.Equal(plain, again) {
		f.problem("%s: the snapshot is not the fold of its events", s)
	}
	for _, key := range indexKeys(folded, tx.s.keys.Index) {
		have, err := tx.kv.Get(key)
		if err != nil {
			return err
		}
		if have == nil && born(key) <= tx.s.schema {
			f.problem("%s: index entry %q is missing", s, key)
			continue
		}
		made.makes(key)
	}
	return nil
}

// checkOwned sees to it that a stream's first event has a snapshot; the others
// are reached through it.
func (tx *Tx) checkOwned(f *Findings, key []byte) error {
	if binary.BigEndian.Uint32(key[len(key)-4:]) != 1 {
		return nil
	}
	s := streamOf(key)
	have, err := tx.kv.Get(streamKey(spaceSnapshot, s))
	if err == nil && have == nil {
		f.problem("%s: there are events and no snapshot", s)
	}
	return err
}

// checkEntry sees to it that an index entry is one that its snapshot makes.
func (tx *Tx) checkEntry(f *Findings, key []byte) error {
	if made, err := tx.made(key); err == nil && !made { // an error is told by checkStream already
		f.problem("index entry %q leads to nothing that makes it", key)
	}
	return nil
}

// made tells whether a snapshot makes an index entry.
func (tx *Tx) made(key []byte) (bool, error) {
	id := lastID(key)
	for _, sort := range board.Sorts {
		state, env, err := tx.load(board.Stream{Sort: sort, ID: id})
		if err != nil {
			return false, err
		}
		if env.seq > 0 && holds(indexKeys(state, tx.s.keys.Index), key) {
			return true, nil
		}
	}
	return false, nil
}
