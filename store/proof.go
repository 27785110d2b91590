package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"lianxin/server/board"
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

// Unsealed counts the events that wait to be sealed, up to most: beyond it
// nobody needs to know how many.
func (s *Store) Unsealed(ctx context.Context, most int) (n int, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		n = 0
		prefix := []byte{spaceQueue}
		for _, err := range tx.kv.Scan(prefix, after(prefix)) {
			if err != nil {
				return err
			}
			if n++; n >= most {
				return nil
			}
		}
		return nil
	})
	return n, err
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
