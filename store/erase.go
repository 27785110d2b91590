package store

import "lianxin/server/board"

// Erase takes what was said out of every event of a stream but the last, which
// says that this was done. That it happened, when and through whom stays, and
// the chain stays provable: its commitments are salted, so nobody can try the
// erased words out against them.
func (tx *Tx) Erase(s board.Stream) error {
	state, old, err := tx.load(s)
	if err != nil || old.seq == 0 {
		return err
	}
	before, shown := indexKeys(state, tx.s.keys.Index), public(state)
	for seq := uint32(1); seq < old.seq; seq++ {
		if err := tx.kv.Delete(eventKey(spaceFact, s, seq)); err != nil {
			return err
		}
	}
	events, err := tx.Events(s)
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
	return tx.touch(s.Sort, shown)
}
