package office

import (
	"context"
	"errors"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

func join(errs ...error) error { return errors.Join(errs...) }

// deed is one row of the table of deeds at work: it finds the case, asks the
// board for the event, keeps it, and tells the resident. The same form never
// acts twice.
func (o *Office) deed(ctx context.Context, who Who, n board.Number, form store.Once,
	do func(tx *store.Tx, c *board.Case, r board.Rules, now time.Time) (board.Event, error)) error {
	text, err := o.id()
	if err != nil {
		return err
	}
	_, err = o.once(ctx, form, who.ID(), func(tx *store.Tx) (store.Done, error) {
		c, err := tx.CaseByNumber(n)
		if err != nil {
			return store.Done{}, err
		}
		if c == nil || !c.SeenBy(who.Actor) {
			return store.Done{}, missing
		}
		settings, err := tx.Settings()
		if err != nil {
			return store.Done{}, err
		}
		e, err := do(tx, c, settings.Rules(), o.now())
		if err != nil {
			return store.Done{}, err
		}
		return store.Done{Case: c.ID}, join(tx.Append(e), o.tell(tx, c, e, text))
	})
	o.ring(err)
	return err
}

// Assign gives a case to a unit, named by its ID.
func (o *Office) Assign(ctx context.Context, who Who, n board.Number, form store.Once, unit string) error {
	lead, err := board.ParseID(unit)
	if err != nil {
		return board.Fault{Kind: board.Invalid, ID: "assign.unit", Field: "unit"}
	}
	return o.deed(ctx, who, n, form, func(tx *store.Tx, c *board.Case, r board.Rules, now time.Time) (board.Event, error) {
		if u, err := tx.Unit(lead); err != nil || u == nil {
			return board.Event{}, join(err, board.Fault{Kind: board.Invalid, ID: "assign.unit", Field: "unit"})
		}
		charge := board.Charge{Lead: lead, SignBy: o.by(now, r.SignDays), Due: o.by(now, r.FinishDays[c.Kind])}
		return c.Assign(who.Actor, charge, now)
	})
}

// SignFor says that the handler's unit has taken the case in hand.
func (o *Office) SignFor(ctx context.Context, who Who, n board.Number, form store.Once) error {
	return o.deed(ctx, who, n, form, func(_ *store.Tx, c *board.Case, _ board.Rules, now time.Time) (board.Event, error) {
		return c.SignFor(who.Actor, now)
	})
}

// Progress notes, for the resident to read, what is being done.
func (o *Office) Progress(ctx context.Context, who Who, n board.Number, form store.Once, note string) error {
	return o.deed(ctx, who, n, form, func(_ *store.Tx, c *board.Case, r board.Rules, now time.Time) (board.Event, error) {
		return c.Progress(who.Actor, note, r, now)
	})
}

// CheckReply joins a fault for each field of a reply that cannot be taken.
func (o *Office) CheckReply(ctx context.Context, r board.Reply) error {
	county, err := o.County(ctx)
	if err != nil {
		return err
	}
	return r.Check(county.Rules())
}

// Answer writes the unit's reply and sends it to the reviewer.
func (o *Office) Answer(ctx context.Context, who Who, n board.Number, form store.Once, reply board.Reply) error {
	return o.deed(ctx, who, n, form, func(_ *store.Tx, c *board.Case, r board.Rules, now time.Time) (board.Event, error) {
		return c.Answer(who.Actor, reply, o.by(now, r.ReviewDays), r, now)
	})
}

// Approve lets the reply go out to the resident.
func (o *Office) Approve(ctx context.Context, who Who, n board.Number, form store.Once) error {
	return o.deed(ctx, who, n, form, func(_ *store.Tx, c *board.Case, r board.Rules, now time.Time) (board.Event, error) {
		return c.Approve(who.Actor, o.in(now, r.RateDays), now)
	})
}

// Return sends the reply back to the unit, with a reason.
func (o *Office) Return(ctx context.Context, who Who, n board.Number, form store.Once, reason string) error {
	return o.deed(ctx, who, n, form, func(_ *store.Tx, c *board.Case, r board.Rules, now time.Time) (board.Event, error) {
		return c.Return(who.Actor, reason, r, now)
	})
}

// Rate is the resident's own word on whether it is solved.
func (o *Office) Rate(ctx context.Context, who Who, n board.Number, form store.Once, rating board.Rating) error {
	return o.deed(ctx, who, n, form, func(_ *store.Tx, c *board.Case, r board.Rules, now time.Time) (board.Event, error) {
		again := o.by(now, r.FinishDays[c.Kind])
		if c.ReopensAt() == board.Received {
			again = o.screenBy(now, r)
		}
		return c.Rate(who.Actor, rating, again, r, now)
	})
}

// in is a date that is so many days of any sort away, at the end of that day
// in Beijing.
func (o *Office) in(now time.Time, days int) board.Date {
	day := now.In(board.Zone)
	return board.Date{At: time.Date(day.Year(), day.Month(), day.Day()+days, 23, 59, 59, 0, board.Zone)}
}
