package office

import (
	"context"
	"errors"

	"lianxin/server/board"
	"lianxin/store"
)

// Erasing somebody takes several deeds, in an order that can be broken off
// anywhere and begun again: first nobody can log in, call or be found as them
// any more; then each case is erased; their key is destroyed last, when nothing
// needs it.

// Named gives the person and the case that a case's number names.
func (o *Office) Named(ctx context.Context, n board.Number) (person, matter board.ID, err error) {
	err = o.store.View(ctx, func(tx *store.Tx) error {
		c, err := tx.CaseByNumber(n)
		if err != nil {
			return err
		}
		if c == nil {
			return missing
		}
		person, matter = c.Person, c.ID
		return nil
	})
	return person, matter, err
}

// ErasePerson erases a person with all their cases, and tells how many cases
// they had. Erasing somebody again, or who is not there, changes nothing. A case
// under a legal hold refuses it. Again means that they were erased before and came
// back with an older copy: whether that holds anything is not asked.
func (o *Office) ErasePerson(ctx context.Context, by board.Actor, id board.ID, again bool) (cases int, err error) {
	if !by.Roles.Has(board.System) {
		return 0, denied
	}
	err = o.update(ctx, func(tx *store.Tx) error {
		if !again {
			if err := eachCase(tx, id, (*board.Case).Unheld); err != nil {
				return err
			}
		}
		return o.forget(tx, by, id)
	})
	if err != nil {
		return 0, err
	}
	for {
		var faults []error
		cases = 0
		err := o.walk(ctx, store.OfPerson(id), func(c *board.Case) {
			_, err := o.EraseCase(ctx, by, c.ID, again)
			faults = append(faults, err)
			cases++
		})
		if err := errors.Join(append(faults, err)...); err != nil {
			return cases, err
		}
		left := false
		err = o.update(ctx, func(tx *store.Tx) (err error) {
			left, err = destroy(tx, id)
			return err
		})
		if err != nil || !left {
			return cases, err
		}
	}
}

// forget ends everything by which the person is known, and erases what they
// said of themselves.
func (o *Office) forget(tx *store.Tx, by board.Actor, id board.ID) error {
	p, err := tx.Person(id)
	if err != nil || p == nil || p.Forgotten {
		return err
	}
	traces := store.Traces{Person: id}
	for _, k := range p.Kin {
		traces.Kin = append(traces.Kin, k.Phone)
	}
	for _, b := range p.Phones {
		alone, err := o.loosen(tx, by, b.Phone, id)
		if err != nil {
			return err
		}
		if alone {
			traces.Phones = append(traces.Phones, b.Phone)
		}
	}
	cards, err := tx.CardsOf(id)
	if err != nil {
		return err
	}
	for _, s := range cards {
		for i, card := range s.Papers {
			if card.On == id && !card.Revoked {
				if err := tx.Append(s.Retire(by, i+1, o.now())); err != nil {
					return err
				}
			}
		}
	}
	return join(tx.Append(p.Forget(by, o.now())), tx.Erase(p.Stream()), tx.DropRecords(traces))
}

// loosen lets those for whom the person acted on this phone know them no more.
// It tells whether the phone serves nobody else.
func (o *Office) loosen(tx *store.Tx, by board.Actor, phone board.Phone, id board.ID) (alone bool, err error) {
	wards, err := tx.PersonsByKin(phone)
	if err != nil {
		return false, err
	}
	for _, w := range wards {
		for _, k := range w.Kin {
			if k.Phone == phone && k.Person == id {
				if err := tx.Append(w.LoseKin(by, k.ID, o.now())); err != nil {
					return false, err
				}
			}
		}
	}
	others, err := tx.PersonsByPhone(phone)
	return len(others) <= 1, err
}

// EraseCase erases one case, and tells whether there was anything to erase. A
// legal hold refuses it, unless it was erased before and came back with an older
// copy.
func (o *Office) EraseCase(ctx context.Context, by board.Actor, id board.ID, again bool) (did bool, err error) {
	seed, err := o.id()
	if err != nil {
		return false, err
	}
	err = o.update(ctx, func(tx *store.Tx) error {
		did = false
		c, err := tx.Case(id)
		if err != nil || c == nil || c.Cleared() {
			return err
		}
		if err := c.Unheld(); err != nil && !again {
			return err
		}
		e, err := c.Erase(by, o.now())
		if err != nil {
			return err
		}
		settings, err := tx.Settings()
		if err != nil {
			return err
		}
		did = true
		return o.clear(step{tx, c, settings, settings.Rules(), o.now()}, e, seed)
	})
	o.ring(err)
	return did && err == nil, err
}

// destroy destroys the person's key, unless a case came in while the others
// were erased.
func destroy(tx *store.Tx, id board.ID) (left bool, err error) {
	err = eachCase(tx, id, func(c *board.Case) error {
		left = left || !c.Cleared()
		return nil
	})
	if err != nil || left {
		return left, err
	}
	return false, tx.Destroy(id)
}
