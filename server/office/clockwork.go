package office

import (
	"context"

	"lianxin/server/board"
	"lianxin/store"
)

// Strike does what the calendar demands now: it looks at every open case whose
// date has passed and lets the board say what follows. It returns how many
// cases moved. Overdue cases of a unit stay as they are, and red.
func (o *Office) Strike(ctx context.Context) (moved int, err error) {
	var from store.Cursor
	for {
		cases, next, err := o.overdue(ctx, from)
		if err != nil {
			return moved, err
		}
		for _, c := range cases {
			did, err := o.pass(ctx, c.ID)
			if err != nil {
				return moved, err
			}
			if did {
				moved++
			}
		}
		if next == nil {
			return moved, nil
		}
		from = next
	}
}

func (o *Office) overdue(ctx context.Context, from store.Cursor) (cases []*board.Case, next store.Cursor, err error) {
	const page = 200
	err = o.store.View(ctx, func(tx *store.Tx) error {
		cases, next, err = tx.List(store.Overdue(o.now()), from, page)
		return err
	})
	return cases, next, err
}

// pass lets the calendar act on one case, once more from the case as it stands
// now.
func (o *Office) pass(ctx context.Context, id board.ID) (did bool, err error) {
	seed, err := o.id()
	if err != nil {
		return false, err
	}
	err = o.update(ctx, func(tx *store.Tx) error {
		did = false
		c, err := tx.Case(id)
		if err != nil || c == nil {
			return err
		}
		e, demands := c.Pass(o.now())
		if !demands {
			return nil
		}
		did = true
		return o.carryOut(tx, c, seed, func(step) (board.Event, error) { return e, nil })
	})
	o.ring(err)
	return did, err
}
