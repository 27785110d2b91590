package office

import (
	"context"
	"errors"

	"lianxin/server/board"
	"lianxin/store"
)

// Strike does what the calendar demands now: residents are asked whether it is
// solved, an ask that nobody ruled on is refused, what waited for a resident ends,
// and when there is a new calendar the dates that were provisional for want of it
// are reckoned anew. It returns how often the hour moved a case. Overdue cases of
// a unit stay as they are, and red. A case that cannot be moved does not hold up
// the others. While the clock is in doubt it does nothing.
func (o *Office) Strike(ctx context.Context) (moved int, err error) {
	if o.ClockSuspect() {
		return 0, nil
	}
	version := o.calendar.Load().Version()
	if *o.reckoned.Load() != version {
		if _, err := o.redate(ctx); err != nil {
			return 0, err
		}
	}
	var faults []error
	err = o.walk(ctx, store.Lapsing(o.now()), func(c *board.Case) {
		for again := true; again; { // whoever was not asked in time is asked, and only then it ends
			var err error
			again, err = o.pass(ctx, c.ID)
			faults = append(faults, err)
			if again {
				moved++
			}
		}
	})
	climbed, up := o.climb(ctx)
	return moved + climbed, errors.Join(append(faults, err, up)...)
}

// walk goes through a list in short views, so that each may move the case: what
// each is given is as it was when its page was read.
func (o *Office) walk(ctx context.Context, l store.List, each func(*board.Case)) error {
	const page = 200
	for from, more := store.Cursor(nil), true; more; more = from != nil {
		var cases []*board.Case
		err := o.store.View(ctx, func(tx *store.Tx) (err error) {
			cases, from, err = tx.List(l, from, page)
			return err
		})
		if err != nil {
			return err
		}
		for _, c := range cases {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			each(c)
		}
	}
	return nil
}

// pass lets the calendar act on one case, as it stands now.
func (o *Office) pass(ctx context.Context, id board.ID) (did bool, err error) {
	return o.byClock(ctx, id, func(s step) (board.Event, error) {
		return demanded(s.c.Lapse(o.in(s.now, s.rules.RateDays), s.now))
	})
}

// demanded is an event, or nothing when none is.
func demanded(e board.Event, is bool) (board.Event, error) {
	if !is {
		return e, errNothing
	}
	return e, nil
}

// byClock does to a case what follows from the calendar, unless that is
// errNothing.
func (o *Office) byClock(ctx context.Context, id board.ID, do func(step) (board.Event, error)) (did bool, err error) {
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
		err = o.carryOut(tx, c, seed, do)
		did = err == nil
		if errors.Is(err, errNothing) {
			return nil
		}
		return err
	})
	if did {
		o.ring(err)
	}
	return did && err == nil, err
}

// errNothing says that nothing is to be done.
var errNothing = errors.New("nothing to do")
