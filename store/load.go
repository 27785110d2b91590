package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"lianxin/server/board"
	"lianxin/store/ledger"
)

// ErrUntrue says that what was told contradicts itself: a chain that breaks, a
// fact that is not what was committed, a checkpoint of other leaves.
var ErrUntrue = errors.New("what was told contradicts itself")

func untrue(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrUntrue, fmt.Sprintf(format, args...))
}

// loadPage is how many writes of a load are kept in one deed.
const loadPage = 1000

// Load keeps events that were told by [Store.Tell], in a store that does not
// hold their streams: each stream whole and by itself, in the order of its
// events. Headers, salts and facts stay as they are, so chains and commitments
// do; what belongs to people is sealed with new keys of theirs.
func (s *Store) Load(ctx context.Context, told iter.Seq2[Told, error]) error {
	l := &loading{s: s, ctx: ctx}
	for e, err := range told {
		if err != nil {
			return err
		}
		if err := l.add(e); err != nil {
			return err
		}
	}
	l.finish()
	return l.write()
}

// loading folds what is told, and keeps it a page at a time. Each write on the
// page can be done again.
type loading struct {
	s   *Store
	ctx context.Context

	page  []func(*Tx) error
	state board.State // of the stream that is being told, nil before the first
	seq   uint32
	head  board.Hash
}

func (l *loading) add(told Told) error {
	if l.state == nil || l.state.Stream() != told.Stream {
		l.finish()
		state, err := board.NewState(told.Stream)
		if err != nil {
			return untrue("%v", err)
		}
		l.state, l.seq, l.head = state, 0, board.Hash{}
	}
	e, err := l.event(told)
	if err != nil {
		return err
	}
	l.state.Apply(e)
	header := append([]byte{recordVersion}, told.Header...)
	var salted []byte
	if e.Fact != nil {
		salted = slices.Concat(told.Salt, told.Fact)
	}
	l.seq, l.head = e.Seq, sha256.Sum256(header)
	l.page = append(l.page, func(tx *Tx) error { return tx.arrive(e, header, salted) })
	if len(l.page) < loadPage {
		return nil
	}
	return l.write()
}

// event reads an event that was told, and holds it against the one before it
// and against its commitment.
func (l *loading) event(told Told) (board.Event, error) {
	e := board.Event{Stream: told.Stream, Seq: told.Seq}
	if err := json.Unmarshal(told.Header, &e.Header); err != nil {
		return e, untrue("header %d of %s: %v", e.Seq, e.Stream, err)
	}
	if e.Seq != l.seq+1 || e.Prev != l.head {
		return e, untrue("event %d of %s does not follow from event %d", e.Seq, e.Stream, l.seq)
	}
	if len(told.Salt) == 0 && len(told.Fact) == 0 {
		return e, nil // erased
	}
	if len(told.Salt) != saltSize || sha256.Sum256(slices.Concat(told.Salt, told.Fact)) != e.Commitment {
		return e, untrue("fact %d of %s is not what was committed", e.Seq, e.Stream)
	}
	var err error
	if e.Fact, err = board.ParseFact(e.Kind, told.Fact); err != nil {
		return e, untrue("event %d of %s: %v", e.Seq, e.Stream, err)
	}
	return e, nil
}

// finish keeps the fold of a stream that was told to its end.
func (l *loading) finish() {
	if l.state == nil {
		return
	}
	state, seq, head := l.state, l.seq, l.head
	l.page = append(l.page, func(tx *Tx) error { return tx.settle(state, seq, head) })
	l.state = nil
}

func (l *loading) write() error {
	page := l.page
	l.page = nil
	return l.s.together(l.ctx, page)
}

// together does these writes in one deed.
func (s *Store) together(ctx context.Context, writes []func(*Tx) error) error {
	return s.Update(ctx, func(tx *Tx) error {
		for _, write := range writes {
			if err := write(tx); err != nil {
				return err
			}
		}
		return nil
	})
}

// arrive keeps an event as it was told; it waits to be sealed into the tree.
func (tx *Tx) arrive(e board.Event, header, salted []byte) error {
	key := eventKey(spaceEvent, e.Stream, e.Seq)
	have, err := tx.kv.Get(key)
	switch {
	case err != nil:
		return err
	case have != nil:
		return untrue("event %d of %s was told twice", e.Seq, e.Stream)
	}
	err = errors.Join(tx.kv.Put(key, header), tx.kv.Put(queueKey(e.Time, e.Stream, e.Seq), []byte{}))
	if err != nil || salted == nil {
		return err
	}
	if !e.Subject.IsZero() {
		if err := tx.giveKey(e.Subject); err != nil {
			return err
		}
	}
	at := eventKey(spaceFact, e.Stream, e.Seq)
	sealed, err := tx.seal(e.Subject, at, salted)
	if err != nil {
		return err
	}
	return tx.kv.Put(at, sealed)
}

// settle keeps the fold of a whole stream and the index entries to it.
func (tx *Tx) settle(state board.State, seq uint32, head board.Hash) error {
	if keeper := state.Keeper(); !keeper.IsZero() {
		if err := tx.giveKey(keeper); err != nil {
			return err
		}
	}
	if err := tx.putSnapshot(state, seq, head); err != nil {
		return err
	}
	if err := tx.reindex(nil, indexKeys(state, tx.s.keys.Index)); err != nil {
		return err
	}
	return tx.touch(state.Stream().Sort, marks{}, marksOf(state, seq))
}

// LoadTree puts the events that were loaded into the tree in the order that
// was told, and holds the tree against each checkpoint on the way. key is what
// those verify with. When it is this box's own they are kept; else the box
// signs one of its own, and same is false.
func (s *Store) LoadTree(ctx context.Context, key string, told iter.Seq2[Leaf, error], now time.Time) (same bool, err error) {
	same = key == s.VerifierKey()
	var page []func(*Tx) error
	for l, err := range told {
		if err != nil {
			return same, err
		}
		if l.Note == "" {
			page = append(page, func(tx *Tx) error { return tx.plant(l) })
		} else {
			point, err := ledger.Parse(l.Note, key)
			if err != nil {
				return same, untrue("%v", err)
			}
			page = append(page, func(tx *Tx) error { return tx.hold(point, l, same) })
		}
		if len(page) == sealPage {
			if err := s.together(ctx, page); err != nil {
				return same, err
			}
			page = nil
		}
	}
	if !same {
		page = append(page, func(tx *Tx) error { return tx.signAny(now) })
	}
	return same, s.together(ctx, page)
}

// plant makes an event that waits the next leaf.
func (tx *Tx) plant(l Leaf) error {
	key := eventKey(spaceEvent, l.Stream, l.Seq)
	header, err := tx.kv.Get(key)
	switch {
	case err != nil:
		return err
	case header == nil:
		return untrue("event %d of %s was sealed and is not there", l.Seq, l.Stream)
	}
	var h board.Header
	if err := json.Unmarshal(header[1:], &h); err != nil {
		return err
	}
	waits := queueKey(h.Time, l.Stream, l.Seq)
	have, err := tx.kv.Get(waits)
	switch {
	case err != nil:
		return err
	case have == nil:
		return untrue("event %d of %s was sealed twice", l.Seq, l.Stream)
	}
	size, err := tx.counter("tree")
	if err != nil {
		return err
	}
	return errors.Join(
		tx.sealOne(int64(size), key[1:]),
		tx.kv.Delete(waits),
		tx.kv.Put(metaKey("tree"), binary.BigEndian.AppendUint64(nil, size+1)))
}

// hold holds the tree against a checkpoint that was told, and keeps one of
// this box.
func (tx *Tx) hold(point ledger.Checkpoint, l Leaf, ours bool) error {
	size, err := tx.counter("tree")
	if err != nil {
		return err
	}
	root, err := ledger.Root(int64(size), tx.hashes)
	if err != nil {
		return err
	}
	if point.Size != int64(size) || point.Root != root {
		return untrue("the checkpoint of %d events is not that of the %d told before it", point.Size, size)
	}
	if !ours {
		return nil
	}
	return tx.keepPoint(point.Size, l.Note, l.Time)
}

// signAny signs a checkpoint when there is anything to sign.
func (tx *Tx) signAny(now time.Time) error {
	if size, err := tx.counter("tree"); err != nil || size == 0 {
		return err
	}
	return tx.sign(now)
}
