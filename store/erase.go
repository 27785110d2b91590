package store

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"lianxin/server/board"
)

// Erase takes what was said out of every event of a stream but the last, which
// says that this was done. That it happened, when and through whom stays, and
// the chain stays provable: its commitments are salted, so nobody can try the
// erased words out against them.
func (tx *Tx) Erase(s board.Stream) error {
	state, old, err := tx.load(s)
	if err != nil || old.seq == 0 {
		return err
	}
	before, was := indexKeys(state, tx.s.keys.Index), marksOf(state, old.seq)
	for seq := uint32(1); seq < old.seq; seq++ {
		if err := tx.kv.Delete(eventKey(spaceFact, s, seq)); err != nil {
			return err
		}
	}
	events, _, err := tx.events(s)
	if err != nil {
		return err
	}
	if state, err = board.NewState(s); err != nil {
		return err
	}
	for _, e := range events {
		state.Apply(e)
	}
	if err := tx.putSnapshot(state, old.seq, old.head); err != nil {
		return err
	}
	if err := tx.reindex(before, indexKeys(state, tx.s.keys.Index)); err != nil {
		return err
	}
	return errors.Join(tx.touch(s.Sort, was, marksOf(state, old.seq)), tx.litter(events[len(events)-1].Time))
}

// Destroy destroys the data key of a person whose streams are erased: what it
// sealed opens for nobody any more, in no copy that is younger than this.
func (tx *Tx) Destroy(person board.ID) error {
	_, env, err := tx.load(board.Stream{Sort: board.Persons, ID: person})
	if err != nil {
		return err
	}
	if env.seq > 0 && !env.keeper.IsZero() {
		return fmt.Errorf("person %s is not forgotten yet", person)
	}
	return tx.kv.Delete(personKeyKey(person))
}

// Traces say which records are somebody's: by who they are, by their phones, by
// the numbers of their cases.
type Traces struct {
	Person  board.ID
	Phones  []board.Phone // that serve nobody else
	Kin     []board.Phone // of their relatives, to whom texts name them
	Numbers []board.Number
}

// DropRecords deletes what no history holds of somebody: sessions, drafts,
// codes under way, texts that wait to leave.
func (tx *Tx) DropRecords(t Traces) error {
	return errors.Join(
		tx.dropAll(draftKey(t.Person, board.ID{}), nil),
		dropSealed(tx, "session", func(s *Session) bool {
			return s.Person == t.Person || s.Agent == t.Person || slices.Contains(s.Persons, t.Person)
		}),
		dropSealed(tx, "helping", func(h *Helping) bool { return h.Person == t.Person }),
		dropSealed(tx, "attempt", func(a *board.Attempt) bool { return slices.Contains(t.Phones, a.Phone) }),
		dropSealed(tx, "proof", func(p *board.Proof) bool { return p.By == t.Person || slices.Contains(t.Phones, p.Phone) }),
		tx.DropTexts(t))
}

// DropTexts deletes the texts that wait to leave about somebody's cases, to their
// phones alone, or to their relatives about them.
func (tx *Tx) DropTexts(t Traces) error {
	return dropSealed(tx, "outbox", func(text *Text) bool {
		return slices.Contains(t.Phones, text.To) || slices.Contains(t.Kin, text.To) && text.Args["Number"] == "" ||
			slices.ContainsFunc(t.Numbers, func(n board.Number) bool { return text.Args["Number"] == n.Grouped() })
	})
}

// dropSealed deletes the records of a family, sealed with the county's key, that
// are what theirs says.
func dropSealed[T any](tx *Tx, family string, theirs func(*T) bool) error {
	return tx.dropAll(record(family), func(key []byte) (bool, error) {
		v, err := getSealed[T](tx, part(key), board.ID{}, time.Time{})
		return err == nil && v != nil && theirs(v), err
	})
}

// dropAll deletes the keys with a prefix that are what is says; nil means all.
func (tx *Tx) dropAll(prefix part, is func(key []byte) (bool, error)) error {
	for pair, err := range tx.kv.Scan(prefix, after(prefix)) {
		if err != nil {
			return err
		}
		if is != nil {
			if hit, err := is(pair.Key); err != nil || !hit {
				if err != nil {
					return err
				}
				continue
			}
		}
		if err := tx.kv.Delete(pair.Key); err != nil {
			return err
		}
	}
	return nil
}
