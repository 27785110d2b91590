package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"lianxin/server/board"
	"lianxin/store/kv"
)

// Data of an older schema become ours in steps, each from one schema to the
// next. A step goes through whole spaces of keys, a page at a time. Each page is
// one deed, and the deed keeps where the next page begins: killed anywhere, a
// step goes on from there. From its first page to its last no program opens the
// data that does not know the step.

// A step makes the data of one schema into those of the next.
type step struct {
	why    string
	reader uint32 // the oldest program that can read what it makes
	passes []pass
}

// A pass does something with every pair of a space.
type pass struct {
	space byte
	do    func(*Tx, kv.Pair) error
}

// steps lead from schema 1 to Schema. A step is never taken away: somebody may
// come from there.
var steps = []step{{
	// Of two programs of schema 1 only the newer knew the tree, and a folder may
	// have been in the hands of both by turns. So nothing is believed: every event
	// is queued, and what is a leaf leaves the queue again.
	why: "every event is in the tree, or waits to be", reader: 2,
	passes: []pass{
		{spaceEvent, (*Tx).queueEvent},
		{spaceLeaf, (*Tx).unqueueLeaf},
		{spaceMeta, (*Tx).dropAdopted},
	},
}, {
	// Two programs of schema 2 may have had the folder by turns, of which one did
	// not know these indexes: so what leads nowhere goes too.
	why: "ended cases and quiet people are found by their day", reader: 3,
	passes: []pass{
		{spaceSnapshot, (*Tx).enter},
		{spaceIndex, (*Tx).strike},
	},
}, {
	// Nothing is stored another way; but a program that knows no files would leave
	// them out of its backups, and lose what it erases.
	why: "photos and recordings hang on messages", reader: 4,
}}

// Schema is the version of the data as they are now.
func (s *Store) Schema() int { return int(s.schema) }

// Old tells whether an older program wrote the data: they can be read, copied
// and checked, and must be upgraded before anything is written.
func (s *Store) Old() bool { return s.schema < Schema }

// Upgrading tells whether an upgrade was begun and broke off.
func (s *Store) Upgrading(ctx context.Context) (begun bool, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		at, err := tx.kv.Get(placeKey)
		begun = at != nil
		return err
	})
	return begun, err
}

// Upgrade makes data of an older schema ours, while nobody else uses the store.
// It goes on with an upgrade that broke off. progress hears how many pairs it
// went through; nil for silence.
func (s *Store) Upgrade(ctx context.Context, progress func(done int)) error {
	for done := 0; s.Old(); {
		n, err := s.upgradePage(ctx)
		if err != nil {
			return fmt.Errorf("upgrade from schema %d, so that %s: %w", s.schema, steps[s.schema-1].why, err)
		}
		if done += n; progress != nil {
			progress(done)
		}
	}
	return nil
}

// upgradePage does the next page of the step that is due, and tells how many
// pairs it had.
func (s *Store) upgradePage(ctx context.Context) (pairs int, err error) {
	step, made := steps[s.schema-1], s.schema+1
	over := false
	err = s.engine.Update(ctx, func(engine kv.Tx) error {
		tx := &Tx{kv: engine, s: s}
		at, err := tx.place()
		if err != nil {
			return err
		}
		if over = at.pass >= len(step.passes); over {
			return errors.Join(tx.kv.Delete(placeKey), tx.putMark("schema", made), tx.putMark("min-reader", step.reader))
		}
		next, n, err := step.passes[at.pass].page(tx, at)
		pairs = n
		return errors.Join(err, tx.kv.Put(placeKey, next.bytes()), tx.putMark("min-reader", made))
	})
	if err == nil && over {
		s.schema = made
	}
	return pairs, err
}

// page does at most walkPage pairs of a pass, and tells where to go on.
func (p pass) page(tx *Tx, at place) (next place, pairs int, err error) {
	from := at.from
	if len(from) == 0 {
		from = []byte{p.space}
	}
	for pair, err := range tx.kv.Scan(from, after([]byte{p.space})) {
		if err != nil {
			return at, pairs, err
		}
		if pairs == walkPage {
			return place{at.pass, pair.Key}, pairs, nil
		}
		if err := p.do(tx, pair); err != nil {
			return at, pairs, err
		}
		pairs++
	}
	return place{pass: at.pass + 1}, pairs, nil
}

// A place is how far a step has come: in which pass, and at which key; none at
// its beginning.
type place struct {
	pass int
	from []byte
}

var placeKey = metaKey("upgrade")

func (p place) bytes() []byte { return append([]byte{byte(p.pass)}, p.from...) }

func (tx *Tx) place() (place, error) {
	b, err := tx.kv.Get(placeKey)
	if err != nil || len(b) == 0 {
		return place{}, err
	}
	return place{int(b[0]), b[1:]}, nil
}

// queueEvent lets an event wait to be sealed.
func (tx *Tx) queueEvent(pair kv.Pair) error { return tx.queueOf(pair.Key, pair.Value, tx.kv.Put) }

// unqueueLeaf takes an event that is sealed out of the queue.
func (tx *Tx) unqueueLeaf(pair kv.Pair) error {
	key := append([]byte{spaceEvent}, pair.Value...)
	header, err := tx.kv.Get(key)
	if err != nil || header == nil { // gone after it was sealed: Verify tells of it
		return err
	}
	return tx.queueOf(key, header, func(key, _ []byte) error { return tx.kv.Delete(key) })
}

// queueOf does something with the key under which an event waits.
func (tx *Tx) queueOf(event, header []byte, do func(key, value []byte) error) error {
	s, seq, err := parseNamed(event[1:])
	if err != nil {
		return err
	}
	if len(header) == 0 || header[0] != recordVersion {
		return fmt.Errorf("event %d of %s is damaged", seq, s)
	}
	var h board.Header
	if err := json.Unmarshal(header[1:], &h); err != nil {
		return fmt.Errorf("event %d of %s: %w", seq, s, err)
	}
	return do(queueKey(h.Time, s, seq), []byte{})
}

// enter puts down the index entries of a stream that are missing.
func (tx *Tx) enter(pair kv.Pair) error {
	state, _, err := tx.load(streamOf(pair.Key))
	if err != nil {
		return err
	}
	for _, key := range indexKeys(state, tx.s.keys.Index) {
		have, err := tx.kv.Get(key)
		if err == nil && have == nil {
			err = tx.kv.Put(key, []byte{})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// strike takes away an index entry that no snapshot makes.
func (tx *Tx) strike(pair kv.Pair) error {
	if made, err := tx.made(pair.Key); err != nil || made {
		return err
	}
	return tx.kv.Delete(pair.Key)
}

// dropAdopted drops the mark by which a program of schema 1 knew that it had
// queued what is older than the tree.
func (tx *Tx) dropAdopted(pair kv.Pair) error {
	if string(pair.Key) != string(metaKey("adopted")) {
		return nil
	}
	return tx.kv.Delete(pair.Key)
}
