package store

import (
	"context"
	"errors"
	"time"

	"lianxin/store/kv"
)

// What is deleted lies in the engine's file until its room is used again, or the
// file is compacted. So it is remembered since when something erased may lie
// there.

// litter is what was erased since the last time the file was compacted.
type litter struct {
	Since time.Time `json:"since"`
	Count int       `json:"count"`
}

func litterKey() part { return record("litter") }

// litter remembers that something was erased.
func (tx *Tx) litter(at time.Time) error {
	l, err := tx.lying()
	if err != nil {
		return err
	}
	if l.Count++; l.Count == 1 {
		l.Since = at
	}
	return tx.putRecord(litterKey(), never, l)
}

func (tx *Tx) lying() (litter, error) {
	l, err := getRecord[litter](tx, litterKey(), time.Time{})
	if err != nil || l == nil {
		return litter{}, err
	}
	return *l, nil
}

// Litter tells since when something erased may still lie in the file; zero when
// nothing does.
func (s *Store) Litter(ctx context.Context) (since time.Time, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		l, err := tx.lying()
		since = l.Since
		return err
	})
	return since, err
}

// Compact lets go of everything that was erased before, so that no byte of it is
// left in the folder. Reads and writes go on. It tells how many bytes the store
// took before and takes now.
func (s *Store) Compact(ctx context.Context) (before, after int64, err error) {
	engine, can := s.engine.(kv.Compacter)
	if !can {
		return 0, 0, errors.New("this engine does not compact itself")
	}
	var was litter
	err = s.View(ctx, func(tx *Tx) (err error) {
		was, err = tx.lying()
		return err
	})
	if err != nil {
		return 0, 0, err
	}
	if before, after, err = engine.Compact(ctx); err != nil || was.Count == 0 {
		return before, after, err
	}
	return before, after, s.Update(ctx, func(tx *Tx) error {
		if now, err := tx.lying(); err != nil || now.Count != was.Count { // more was erased meanwhile
			return err
		}
		return tx.kv.Delete(litterKey())
	})
}
