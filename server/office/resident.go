package office

import (
	"context"
	"strings"

	"lianxin/server/board"
	"lianxin/store"
)

// Edit puts other words in the place of those filed, for ten minutes.
func (o *Office) Edit(ctx context.Context, who Who, n board.Number, form store.Once, d board.Draft) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) { return s.c.Edit(who.Actor, d, s.settings, s.now) })
}

// Add adds a line to what was filed.
func (o *Office) Add(ctx context.Context, who Who, n board.Number, form store.Once, words string) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) { return s.c.Add(who.Actor, words, s.rules, s.now) })
}

// Withdraw takes a case back; it can be restored for seven days.
func (o *Office) Withdraw(ctx context.Context, who Who, n board.Number, form store.Once) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) { return s.c.Withdraw(who.Actor, morning(s.now, 1), s.now) })
}

// Restore takes a withdrawal back.
func (o *Office) Restore(ctx context.Context, who Who, n board.Number, form store.Once) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) { return s.c.Restore(who.Actor, o.screenBy(s.now, s.settings), s.now) })
}

// SayPressed is the person's word on whether somebody pressed them to withdraw.
func (o *Office) SayPressed(ctx context.Context, who Who, n board.Number, form store.Once, pressed board.Pressed, words string) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) {
		return s.c.SayPressed(who.Actor, pressed, words, s.rules, s.now)
	})
}

// Object asks somebody else of the county to look at a decline.
func (o *Office) Object(ctx context.Context, who Who, n board.Number, form store.Once, words string) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) {
		return s.c.Object(who.Actor, words, o.by(s.now, s.rules.RuleDays), s.rules, s.now)
	})
}

// Rate is the resident's own word on whether it is solved.
func (o *Office) Rate(ctx context.Context, who Who, n board.Number, form store.Once, rating board.Rating) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) {
		return s.c.Rate(who.Actor, rating, o.again(s), s.rules, s.now)
	})
}

// again is by when something happens when the resident says "not solved" now.
func (o *Office) again(s step) board.Date {
	if s.c.ReopensAt() == board.Received {
		return o.screenBy(s.now, s.settings)
	}
	return o.by(s.now, s.rules.FinishDays[s.c.Kind])
}

// Me gives the resident who is logged in.
func (o *Office) Me(ctx context.Context, who Who) (*board.Person, error) {
	var person *board.Person
	err := o.store.View(ctx, func(tx *store.Tx) (err error) {
		person, err = tx.Person(who.Person)
		if err == nil && person == nil {
			err = denied
		}
		return err
	})
	return person, err
}

// ChangeMe changes what to call the person and how to tell them.
func (o *Office) ChangeMe(ctx context.Context, who Who, name string, tell board.Way) error {
	return o.update(ctx, func(tx *store.Tx) error {
		person, err := tx.Person(who.Person)
		if err != nil {
			return err
		}
		if person == nil {
			return denied
		}
		if name = strings.TrimSpace(name); name != person.Name {
			e, err := person.CallMe(who.Actor, name, o.now())
			if err != nil {
				return err
			}
			if err := tx.Append(e); err != nil {
				return err
			}
		}
		if tell == person.Told() {
			return nil
		}
		e, err := person.TellMe(who.Actor, tell, o.now())
		if err != nil {
			return err
		}
		return tx.Append(e)
	})
}
