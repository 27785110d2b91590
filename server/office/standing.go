package office

import (
	"context"

	"lianxin/server/board"
	"lianxin/store"
)

// Confirm says that the person stands behind the case: by their own hand, or by
// the county desk that asked them through somebody other than who filed.
func (o *Office) Confirm(ctx context.Context, who Who, n board.Number, form store.Once, words string) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) {
		return s.c.Confirm(who.Actor, words, s.rules, s.now)
	})
}

// Disown freezes what somebody else filed in the person's name: by their own
// hand, or because they told an operator.
func (o *Office) Disown(ctx context.Context, who Who, n board.Number, form store.Once, words string) error {
	return o.deedOf(ctx, who, n, form, byPhone(who), func(s step) (board.Event, error) {
		return s.c.Disown(asHelper(who, s), words, o.by(s.now, s.rules.AskDays), s.rules, s.now)
	})
}

// byPhone lets operators do a deed to a case that they may not open: they have
// its number from the person who calls.
func byPhone(who Who) func(*board.Case) bool {
	return func(*board.Case) bool { return who.Roles.Has(board.Operator) }
}

// Void closes a case that was not the person's, and erases what was said.
func (o *Office) Void(ctx context.Context, who Who, n board.Number, form store.Once) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) { return s.c.Void(who.Actor, s.now) })
}

// Proceed lets a case go on that nobody confirmed.
func (o *Office) Proceed(ctx context.Context, who Who, n board.Number, form store.Once, words string) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) {
		return s.c.Proceed(who.Actor, words, s.rules, s.now)
	})
}

// EndGrant lets a helper read the person's case no more.
func (o *Office) EndGrant(ctx context.Context, who Who, n board.Number, form store.Once, helper board.ID) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) { return s.c.EndHelp(who.Actor, helper, s.now) })
}

// Reslip gives a case a new sealed slip for a lost one, against an identity
// card. What is in the old one opens nothing from then on.
func (o *Office) Reslip(ctx context.Context, who Who, n board.Number, form store.Once, slipText string) error {
	return o.deedOf(ctx, who, n, form, byPhone(who), func(s step) (board.Event, error) {
		if slipText == "" {
			return board.Event{}, board.Fault{Kind: board.Invalid, ID: "serial.empty", Field: "slip"}
		}
		slip, err := o.takeSlip(s.tx, who.Actor, slipText, s.c.ID, s.now)
		if err != nil {
			return board.Event{}, err
		}
		if slip == s.c.Slip { // the lost one, typed from the receipt
			return board.Event{}, board.Fault{Kind: board.Invalid, ID: "paper.used", Field: "slip"}
		}
		return s.c.Reslip(who.Actor, slip, s.now)
	})
}

// eraseVoided erases a case that was not the person's; and the person, when
// nothing else is known of them and neither a phone nor a card ever showed that
// they are there.
func (o *Office) eraseVoided(s step) error {
	if err := s.tx.Erase(s.c.Stream()); err != nil {
		return err
	}
	person, err := s.tx.Person(s.c.Person)
	if err != nil || person == nil || person.Known() {
		return err
	}
	cases, _, err := s.tx.List(store.OfPerson(person.ID), nil, 2)
	if err != nil || len(cases) > 1 {
		return err
	}
	if cards, err := s.tx.CardsOf(person.ID); err != nil || len(cards) > 0 {
		return err
	}
	return join(s.tx.Append(person.Forget(clock, s.now)), s.tx.Erase(person.Stream()))
}
