package store

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"lianxin/server/board"
	"lianxin/store/kv"
)

// Told is one event in the open, as it leaves a box and comes into another.
// Header and Fact are the bytes that were hashed: whoever writes them another
// way breaks the chain.
type Told struct {
	Stream board.Stream
	Seq    uint32
	Header json.RawMessage
	Salt   []byte          // what the commitment was made with; none when the fact was erased
	Fact   json.RawMessage // none when it was erased
}

// Leaf is one place of the tree, or a checkpoint of all the leaves before it.
type Leaf struct {
	Stream board.Stream
	Seq    uint32

	Note string    // the checkpoint, signed; empty for a leaf
	Time time.Time // when it was signed
}

// Tell gives every event of a sort, stream by stream in the order of their age,
// with what was said in it opened. It reads in short views: whoever wants one
// state of all gives it a store in which nobody writes.
func (s *Store) Tell(ctx context.Context, sort board.Sort, each func(Told) error) error {
	prefix := []byte{spaceEvent, byte(sort)}
	return s.walk(ctx, prefix, after(prefix), func(tx *Tx, pair kv.Pair) error {
		stream := streamOf(pair.Key)
		e := Told{Stream: stream, Seq: binary.BigEndian.Uint32(pair.Key[len(pair.Key)-4:])}
		if len(pair.Value) == 0 || pair.Value[0] != recordVersion {
			return fmt.Errorf("event %d of %s is damaged", e.Seq, stream)
		}
		e.Header = pair.Value[1:]
		var h board.Header
		if err := json.Unmarshal(e.Header, &h); err != nil {
			return fmt.Errorf("event %d of %s: %w", e.Seq, stream, err)
		}
		salted, err := tx.salted(board.Event{Stream: stream, Seq: e.Seq, Header: h})
		if err != nil {
			return err
		}
		if salted != nil {
			e.Salt, e.Fact = salted[:saltSize], salted[saltSize:]
		}
		return each(e)
	})
}

// TellTree gives the leaves of the tree in their order, each checkpoint behind
// the last leaf that it counts.
func (s *Store) TellTree(ctx context.Context, each func(Leaf) error) error {
	prefix := []byte{spaceLeaf}
	return s.walk(ctx, prefix, after(prefix), func(tx *Tx, pair kv.Pair) error {
		var l Leaf
		var err error
		if l.Stream, l.Seq, err = parseNamed(pair.Value); err != nil {
			return err
		}
		if err := each(l); err != nil {
			return err
		}
		n := int64(binary.BigEndian.Uint64(pair.Key[1:]))
		value, err := tx.kv.Get(pointKey(n + 1))
		if err != nil || value == nil {
			return err
		}
		c, err := s.readPoint(value)
		if err != nil {
			return err
		}
		return each(Leaf{Note: c.Text, Time: c.Time})
	})
}

func parseNamed(b []byte) (board.Stream, uint32, error) {
	key := append([]byte{spaceEvent}, b...)
	if len(key) != len(eventKey(spaceEvent, board.Stream{}, 0)) {
		return board.Stream{}, 0, errors.New("a leaf of the tree is damaged")
	}
	return streamOf(key), binary.BigEndian.Uint32(key[len(key)-4:]), nil
}
