package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"lianxin/server/board"
	"lianxin/store/seal"
)

// saltSize is long enough that nobody tries facts out against a commitment.
const saltSize = 16

// recordVersion begins every stored value that is ours to read.
const recordVersion = 1

// envelope is a snapshot as it is stored: how far it has folded, the hash of
// the last header, whose key seals it, and the sealed fold.
type envelope struct {
	seq    uint32
	head   board.Hash
	keeper board.ID
	sealed []byte
}

func (e envelope) bytes() []byte {
	b := binary.BigEndian.AppendUint32([]byte{recordVersion}, e.seq)
	b = append(append(b, e.head[:]...), e.keeper[:]...)
	return append(b, e.sealed...)
}

func parseEnvelope(b []byte) (envelope, error) {
	var e envelope
	const fixed = 1 + 4 + len(e.head) + len(e.keeper)
	if len(b) < fixed || b[0] != recordVersion {
		return e, errors.New("snapshot is damaged")
	}
	e.seq = binary.BigEndian.Uint32(b[1:])
	copy(e.head[:], b[5:])
	copy(e.keeper[:], b[5+len(e.head):])
	e.sealed = b[fixed:]
	return e, nil
}

// Append keeps events: each is chained to the one before in its stream,
// committed, sealed, folded into the snapshot, and the indexes follow.
func (tx *Tx) Append(events ...board.Event) error {
	for _, e := range events {
		if err := tx.append(e); err != nil {
			return fmt.Errorf("keep %s in %s: %w", e.Kind, e.Stream, err)
		}
	}
	return nil
}

func (tx *Tx) append(e board.Event) error {
	state, old, err := tx.load(e.Stream)
	if err != nil {
		return err
	}
	if e.Stream.Sort == board.Persons && old.seq == 0 { // never again: who was erased gets no other key
		if err := tx.giveKey(e.Stream.ID); err != nil {
			return err
		}
	}
	before := indexKeys(state, tx.s.keys.Index)
	if old.seq == 0 {
		before = nil
	}
	e.Seq, e.Prev = old.seq+1, old.head
	was := marksOf(state, old.seq)
	head, err := tx.keep(&e)
	if err != nil {
		return err
	}
	state.Apply(e)
	if err := tx.putSnapshot(state, e.Seq, head); err != nil {
		return err
	}
	if err := tx.reindex(before, indexKeys(state, tx.s.keys.Index)); err != nil {
		return err
	}
	return tx.touch(e.Stream.Sort, was, marksOf(state, e.Seq))
}

// keep writes an event's header and sealed fact, and gives the header's hash.
func (tx *Tx) keep(e *board.Event) (board.Hash, error) {
	payload, err := json.Marshal(e.Fact)
	if err != nil {
		return board.Hash{}, err
	}
	salted := make([]byte, saltSize, saltSize+len(payload))
	if _, err := io.ReadFull(tx.s.random, salted); err != nil {
		return board.Hash{}, err
	}
	salted = append(salted, payload...)
	e.Commitment = sha256.Sum256(salted)
	header, err := json.Marshal(e.Header)
	if err != nil {
		return board.Hash{}, err
	}
	header = append([]byte{recordVersion}, header...)
	key := eventKey(spaceFact, e.Stream, e.Seq)
	sealed, err := tx.seal(e.Subject, key, salted)
	if err != nil {
		return board.Hash{}, err
	}
	return sha256.Sum256(header), errors.Join(
		tx.kv.Put(eventKey(spaceEvent, e.Stream, e.Seq), header),
		tx.kv.Put(queueKey(e.Time, e.Stream, e.Seq), []byte{}),
		tx.kv.Put(key, sealed))
}

// load gives a stream's fold, which is empty for a stream that never was.
func (tx *Tx) load(s board.Stream) (board.State, envelope, error) {
	state, err := board.NewState(s)
	if err != nil {
		return nil, envelope{}, err
	}
	key := streamKey(spaceSnapshot, s)
	stored, err := tx.kv.Get(key)
	if err != nil || stored == nil {
		return state, envelope{}, err
	}
	env, err := parseEnvelope(stored)
	if err != nil {
		return nil, env, fmt.Errorf("%s: %w", s, err)
	}
	plain, err := tx.open(env.keeper, key, env.sealed)
	if err != nil {
		return nil, env, fmt.Errorf("snapshot of %s: %w", s, err)
	}
	if err := json.Unmarshal(plain, state); err != nil {
		return nil, env, fmt.Errorf("snapshot of %s: %w", s, err)
	}
	return state, env, nil
}

func (tx *Tx) putSnapshot(state board.State, seq uint32, head board.Hash) error {
	plain, err := json.Marshal(state)
	if err != nil {
		return err
	}
	key := streamKey(spaceSnapshot, state.Stream())
	sealed, err := tx.seal(state.Keeper(), key, plain)
	if err != nil {
		return err
	}
	return tx.kv.Put(key, envelope{seq, head, state.Keeper(), sealed}.bytes())
}

// reindex takes away the entries that no longer hold and adds the new ones.
func (tx *Tx) reindex(before, now []part) error {
	for _, key := range before {
		if !holds(now, key) {
			if err := tx.kv.Delete(key); err != nil {
				return err
			}
			if name, is := blobOf(key); is {
				tx.dropped = append(tx.dropped, name)
			}
		}
	}
	for _, key := range now {
		if !holds(before, key) {
			if err := tx.kv.Put(key, []byte{}); err != nil {
				return err
			}
		}
	}
	return nil
}

func holds(keys []part, key part) bool {
	for _, k := range keys {
		if bytes.Equal(k, key) {
			return true
		}
	}
	return false
}

// erasing are the events that took along what those before them said.
var erasing = map[board.EventKind]bool{
	board.ErasedNow{}.Kind(): true, board.AnonymisedNow{}.Kind(): true, board.Voided{}.Kind(): true, board.Forgotten{}.Kind(): true,
}

// Events lists a stream's events in their order, as they were recorded: headers
// are not sealed, so the chain is followed and must end where the snapshot says.
// An event whose fact was erased has none; a fact that is missing otherwise is an
// error, because half a story is none.
func (tx *Tx) Events(s board.Stream) ([]board.Event, error) {
	events, head, err := tx.events(s)
	if err != nil || len(events) == 0 {
		return nil, err
	}
	stored, err := tx.kv.Get(streamKey(spaceSnapshot, s))
	if err != nil {
		return nil, err
	}
	if env, err := parseEnvelope(stored); err != nil || env.head != head {
		return nil, errors.Join(fmt.Errorf("the events of %s are not those that its snapshot was made from", s), err)
	}
	return events, tx.complete(s, events)
}

// complete sees to it that a fact which is not there was erased.
func (tx *Tx) complete(s board.Stream, events []board.Event) error {
	for i := len(events) - 1; i >= 0 && !erasing[events[i].Kind]; i-- {
		if events[i].Fact != nil {
			continue
		}
		key := eventKey(spaceFact, s, events[i].Seq)
		if fact, err := tx.kv.Get(key); err != nil || fact == nil {
			return errors.Join(fmt.Errorf("fact %d of %s is gone, and nothing says that it was erased", events[i].Seq, s), err)
		}
	}
	return nil
}

// events follows a stream's chain to its head.
func (tx *Tx) events(s board.Stream) (events []board.Event, head board.Hash, err error) {
	prefix := streamKey(spaceEvent, s)
	for pair, err := range tx.kv.Scan(prefix, after(prefix)) {
		if err != nil {
			return nil, head, err
		}
		e, err := tx.event(s, pair.Key, pair.Value)
		if err != nil {
			return nil, head, err
		}
		if e.Prev != head {
			return nil, head, fmt.Errorf("event %d of %s does not follow from the one before it", e.Seq, s)
		}
		head = sha256.Sum256(pair.Value)
		events = append(events, e)
	}
	return events, head, nil
}

func (tx *Tx) event(s board.Stream, key, header []byte) (board.Event, error) {
	e := board.Event{Stream: s, Seq: binary.BigEndian.Uint32(key[len(key)-4:])}
	if len(header) == 0 || header[0] != recordVersion {
		return e, fmt.Errorf("event %d of %s is damaged", e.Seq, s)
	}
	if err := json.Unmarshal(header[1:], &e.Header); err != nil {
		return e, fmt.Errorf("event %d of %s: %w", e.Seq, s, err)
	}
	salted, err := tx.salted(e)
	if err != nil || salted == nil {
		return e, err
	}
	e.Fact, err = board.ParseFact(e.Kind, salted[saltSize:])
	return e, err
}

// salted opens what an event's commitment was made of, the salt and the fact
// behind it, and holds it against the commitment; nil means that it was erased.
func (tx *Tx) salted(e board.Event) ([]byte, error) {
	key := eventKey(spaceFact, e.Stream, e.Seq)
	sealed, err := tx.kv.Get(key)
	if err != nil || sealed == nil {
		return nil, err
	}
	salted, err := tx.open(e.Subject, key, sealed)
	if errors.Is(err, seal.ErrDestroyed) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("fact %d of %s: %w", e.Seq, e.Stream, err)
	}
	if len(salted) < saltSize || sha256.Sum256(salted) != e.Commitment {
		return nil, fmt.Errorf("fact %d of %s is not what was committed", e.Seq, e.Stream)
	}
	return salted, nil
}

// marks are what others keep in memory of a stream: whether it is part of what
// anybody may read, which member of staff typed it for its person, at which
// phone a person is reached.
type marks struct {
	there, shown bool
	taken        board.ID
	phone        board.Phone
}

func marksOf(state board.State, seq uint32) marks {
	m := marks{there: seq > 0}
	switch s := state.(type) {
	case *board.Case:
		m.shown = s.Public == board.Shown
		if s.TakenRole == board.Helper || s.TakenRole == board.Operator {
			m.taken = s.TakenBy
		}
	case *board.Person:
		m.phone = s.Phone()
	}
	return m
}

// touch lets everybody know that names, roles or settings have changed, or
// something that anybody may read, or what a member of staff typed for others.
func (tx *Tx) touch(sort board.Sort, was, is marks) error {
	var raised []string
	shown := was.shown || is.shown
	if sort == board.Units || sort == board.Staffs || sort == board.County || sort == board.Hamlets {
		raised, shown = append(raised, "version"), true // names stand on public pages too
	}
	if shown {
		raised = append(raised, "public")
	}
	if !is.taken.IsZero() {
		raised = append(raised, takenName(is.taken))
	}
	if was.there && was.phone != is.phone {
		raised = append(raised, "phones")
	}
	for _, name := range raised {
		if err := tx.raise(name); err != nil {
			return err
		}
	}
	return nil
}

func takenName(staff board.ID) string { return "taken " + staff.String() }

func (tx *Tx) raise(name string) error {
	n, err := tx.counter(name)
	if err != nil {
		return err
	}
	return tx.kv.Put(metaKey(name), binary.BigEndian.AppendUint64(nil, n+1))
}

func (tx *Tx) counter(name string) (uint64, error) {
	b, err := tx.kv.Get(metaKey(name))
	if err != nil || len(b) != 8 {
		return 0, err
	}
	return binary.BigEndian.Uint64(b), nil
}

// Version grows whenever a unit, a member of staff or a setting changes; who
// keeps those in memory compares it.
func (tx *Tx) Version() (uint64, error) { return tx.counter("version") }

// PublicVersion grows whenever something changes that anybody may read; who
// keeps public pages compares it.
func (tx *Tx) PublicVersion() (uint64, error) { return tx.counter("public") }

// TakenVersion grows whenever a case changes that a member of staff typed for
// somebody, or a phone comes to serve somebody else; who keeps what stands out
// in those cases compares it.
func (tx *Tx) TakenVersion(staff board.ID) (version [2]uint64, err error) {
	for i, name := range []string{takenName(staff), "phones"} {
		if version[i], err = tx.counter(name); err != nil {
			return version, err
		}
	}
	return version, nil
}
