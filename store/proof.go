package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"lianxin/server/board"
	"lianxin/store/kv"
	"lianxin/store/ledger"
)

// The chain of a stream shows that nothing in it was changed; it does not show
// that its end was not cut off. So every event is also sealed into one tree
// (package ledger), whose checkpoint leaves the box. An event waits in a queue,
// written with it; a job seals what waits, and the way of a deed needs no
// number that all of them share.
//
// What is sealed is the event's header: it names the stream and holds the
// salted commitment to the fact. So a fact can be erased, and the tree stays
// provable.

func queueKey(t time.Time, s board.Stream, seq uint32) []byte {
	key := part{spaceQueue}.time(t)
	key = append(append(key, byte(s.Sort)), s.ID[:]...)
	return binary.BigEndian.AppendUint32(key, seq)
}

const queueFixed = 1 + 8

// queued is the sort, ID and number of the event that a queue's key names.
func queued(key []byte) []byte { return key[queueFixed:] }

func hashKey(place int64) []byte {
	return binary.BigEndian.AppendUint64([]byte{spaceHash}, uint64(place))
}
func leafKey(n int64) []byte { return binary.BigEndian.AppendUint64([]byte{spaceLeaf}, uint64(n)) }
func pointKey(size int64) []byte {
	return binary.BigEndian.AppendUint64([]byte{spacePoint}, uint64(size))
}

// record is what is sealed of an event: which it is, and its header.
func (tx *Tx) record(named []byte) ([]byte, error) {
	header, err := tx.kv.Get(append([]byte{spaceEvent}, named...))
	if err != nil || header == nil {
		return nil, err
	}
	return append(append([]byte(nil), named...), header...), nil
}

// sealPage is how many events are sealed in one deed.
const sealPage = 500

// Seal puts into the tree what waits for it, and signs a checkpoint when
// anything did. It tells how many events were sealed.
func (s *Store) Seal(ctx context.Context, now time.Time) (sealed int, err error) {
	if err := s.adopt(ctx); err != nil {
		return 0, err
	}
	for {
		n := 0
		err := s.Update(ctx, func(tx *Tx) (err error) {
			n, err = tx.sealSome()
			return err
		})
		if sealed += n; err != nil || n < sealPage {
			if err == nil && sealed > 0 {
				err = s.Update(ctx, func(tx *Tx) error { return tx.sign(now) })
			}
			return sealed, err
		}
	}
}

func (tx *Tx) sealSome() (n int, err error) {
	size, err := tx.counter("tree")
	if err != nil {
		return 0, err
	}
	prefix := []byte{spaceQueue}
	for pair, err := range tx.kv.Scan(prefix, after(prefix)) {
		if err != nil {
			return n, err
		}
		if n == sealPage {
			break
		}
		if err := tx.sealOne(int64(size)+int64(n), queued(pair.Key)); err != nil {
			return n, err
		}
		if err := tx.kv.Delete(pair.Key); err != nil {
			return n, err
		}
		n++
	}
	if n == 0 {
		return 0, nil
	}
	return n, tx.kv.Put(metaKey("tree"), binary.BigEndian.AppendUint64(nil, size+uint64(n)))
}

func (tx *Tx) sealOne(n int64, named []byte) error {
	record, err := tx.record(named)
	if err != nil {
		return err
	}
	if record == nil {
		return fmt.Errorf("event %x waits to be sealed and is not there", named)
	}
	hashes, err := ledger.Grow(n, ledger.Leaf(record), tx.hashes)
	if err != nil {
		return err
	}
	for i, h := range hashes {
		if err := tx.kv.Put(hashKey(ledger.Place(n)+int64(i)), h[:]); err != nil {
			return err
		}
	}
	return tx.kv.Put(leafKey(n), named)
}

func (tx *Tx) hashes(places []int64) ([]ledger.Hash, error) {
	hashes := make([]ledger.Hash, len(places))
	for i, p := range places {
		b, err := tx.kv.Get(hashKey(p))
		if err != nil {
			return nil, err
		}
		if len(b) != len(hashes[i]) {
			return nil, fmt.Errorf("hash %d of the tree is missing or damaged", p)
		}
		hashes[i] = ledger.Hash(b)
	}
	return hashes, nil
}

// sign keeps a checkpoint of the tree as it is.
func (tx *Tx) sign(now time.Time) error {
	size, err := tx.counter("tree")
	if err != nil {
		return err
	}
	root, err := ledger.Root(int64(size), tx.hashes)
	if err != nil {
		return err
	}
	text, err := tx.s.signer().Sign(int64(size), root)
	if err != nil {
		return err
	}
	return errors.Join(tx.keepPoint(int64(size), text, now), tx.raise("public"))
}

func (tx *Tx) keepPoint(size int64, note string, signed time.Time) error {
	value := binary.BigEndian.AppendUint64([]byte{recordVersion}, uint64(signed.UnixMilli()))
	return tx.kv.Put(pointKey(size), append(value, note...))
}

// signer signs with a key of this box.
func (s *Store) signer() ledger.Signer {
	return ledger.NewSigner("lianxin/"+s.keys.Fingerprint(), s.Sum("checkpoint"))
}

// VerifierKey is what anybody verifies the box's checkpoints with.
func (s *Store) VerifierKey() string { return s.signer().Key() }

// Checkpoint is one that was signed.
type Checkpoint struct {
	ledger.Checkpoint
	Text string // the signed note
	Time time.Time
}

// Checkpoint gives the newest, nil before anything was sealed.
func (s *Store) Checkpoint(ctx context.Context) (*Checkpoint, error) {
	var c *Checkpoint
	err := s.View(ctx, func(tx *Tx) error {
		prefix := []byte{spacePoint}
		for pair, err := range tx.kv.ScanBack(prefix, after(prefix)) {
			if err != nil {
				return err
			}
			c, err = s.readPoint(pair.Value)
			return err
		}
		return nil
	})
	return c, err
}

func (s *Store) readPoint(value []byte) (*Checkpoint, error) {
	if len(value) < 9 || value[0] != recordVersion {
		return nil, errors.New("a checkpoint is damaged")
	}
	c := &Checkpoint{Text: string(value[9:]), Time: time.UnixMilli(int64(binary.BigEndian.Uint64(value[1:])))}
	var err error
	c.Checkpoint, err = ledger.Parse(c.Text, s.VerifierKey())
	return c, err
}

// LastEvent is when something was written last, by the clock of then; the zero
// time for an empty store.
func (s *Store) LastEvent(ctx context.Context) (last time.Time, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		prefix := []byte{spaceQueue}
		for pair, err := range tx.kv.ScanBack(prefix, after(prefix)) {
			if err != nil {
				return err
			}
			last = time.UnixMilli(int64(binary.BigEndian.Uint64(pair.Key[1:])))
			return nil
		}
		size, err := tx.counter("tree")
		if err != nil || size == 0 {
			return err
		}
		named, err := tx.kv.Get(leafKey(int64(size) - 1))
		if err != nil || named == nil {
			return err
		}
		key := append([]byte{spaceEvent}, named...)
		header, err := tx.kv.Get(key)
		if err != nil || header == nil {
			return err
		}
		e, err := tx.event(streamOf(key), key, header)
		last = e.Time
		return err
	})
	return last, err
}

// adopt queues the events that were written before there was a tree.
func (s *Store) adopt(ctx context.Context) error {
	done := false
	err := s.View(ctx, func(tx *Tx) error {
		n, err := tx.counter("adopted")
		done = n > 0
		return err
	})
	if err != nil || done {
		return err
	}
	prefix := []byte{spaceEvent}
	for from := prefix; from != nil; {
		var keys [][]byte
		keys, from, err = s.eventKeys(ctx, from)
		if err == nil {
			err = s.Update(ctx, func(tx *Tx) error { return tx.queueAll(keys) })
		}
		if err != nil {
			return err
		}
	}
	return s.Update(ctx, func(tx *Tx) error { return tx.raise("adopted") })
}

// eventKeys lists the keys of events from a place on, one page of them, and
// where the next page begins.
func (s *Store) eventKeys(ctx context.Context, from []byte) (keys [][]byte, next []byte, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		for pair, err := range tx.kv.Scan(from, after([]byte{spaceEvent})) {
			if err != nil {
				return err
			}
			if len(keys) == walkPage {
				next = pair.Key
				return nil
			}
			keys = append(keys, pair.Key)
		}
		return nil
	})
	return keys, next, err
}

// queueAll queues these events.
func (tx *Tx) queueAll(keys [][]byte) error {
	for _, key := range keys {
		header, err := tx.kv.Get(key)
		if err != nil {
			return err
		}
		s := streamOf(key)
		e, err := tx.event(s, key, header)
		if err != nil {
			return err
		}
		if err := tx.kv.Put(queueKey(e.Time, s, e.Seq), []byte{}); err != nil {
			return err
		}
	}
	return nil
}

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
