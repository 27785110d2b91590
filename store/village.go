package store

import (
	"time"

	"lianxin/server/board"
)

// Villages gives the villages of a township, which is called as cases keep it;
// an empty list when nobody has listed any.
func (tx *Tx) Villages(township string) (*board.Villages, error) {
	state, _, err := tx.load(board.VillageStream(township))
	if err != nil {
		return nil, err
	}
	return state.(*board.Villages), nil
}

// VillageLists gives those of all townships.
func (tx *Tx) VillageLists() ([]*board.Villages, error) {
	return all[*board.Villages](tx, board.Hamlets)
}

// strayLasts is how long a case waits for somebody to say which village its words
// mean: whatever is written more seldom is written anew each time.
const strayLasts = 90 * 24 * time.Hour

func strayKey(id board.ID) part { return record("stray").id(id) }

// PutStray notes that nobody knows the village that a case names.
func (tx *Tx) PutStray(id board.ID, now time.Time) error {
	return tx.putRecord(strayKey(id), now.Add(strayLasts), true)
}

// DropStray ends that.
func (tx *Tx) DropStray(id board.ID) error { return tx.kv.Delete(strayKey(id)) }

// Strays lists at most n of those cases, the oldest first.
func (tx *Tx) Strays(n int, now time.Time) (cases []*board.Case, err error) {
	prefix := record("stray")
	for pair, err := range tx.kv.Scan(prefix, after(prefix)) {
		if err != nil || len(cases) == n {
			return cases, err
		}
		if ends, _, err := parseRecord(pair.Value); err != nil || !now.Before(ends) {
			continue // ended, or damaged: Check tells of it
		}
		c, err := tx.Case(lastID(pair.Key))
		if err != nil {
			return nil, err
		}
		if c != nil && c.Village != "" {
			cases = append(cases, c)
		}
	}
	return cases, nil
}
