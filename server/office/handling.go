package office

import (
	"context"
	"encoding/binary"
	"errors"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

func join(errs ...error) error { return errors.Join(errs...) }

// step is a deed under way: the case as it stands, the county's settings, the
// time.
type step struct {
	tx       *store.Tx
	c        *board.Case
	settings *board.Settings
	rules    board.Rules
	now      time.Time
}

// deed is one row of the table of deeds at work: it finds the case, asks the
// board for the event, keeps it, lets the cases merged into it follow, and
// tells the resident. The same form never acts twice.
func (o *Office) deed(ctx context.Context, who Who, n board.Number, form store.Once, do func(step) (board.Event, error)) error {
	return o.deedOf(ctx, who, n, form, func(*board.Case) bool { return false }, do)
}

// deedOf is a deed to a case that the actor may see, or that they come to in
// another way.
func (o *Office) deedOf(ctx context.Context, who Who, n board.Number, form store.Once, may func(*board.Case) bool, do func(step) (board.Event, error)) error {
	seed, err := o.id()
	if err != nil {
		return err
	}
	_, err = o.once(ctx, form, who.ID(), func(tx *store.Tx) (store.Done, error) {
		c, err := tx.CaseByNumber(n)
		if err != nil {
			return store.Done{}, err
		}
		if c == nil || !c.SeenBy(who.Actor, o.now()) && !may(c) {
			return store.Done{}, missing
		}
		return store.Done{Case: c.ID}, o.carryOut(tx, c, seed, do)
	})
	o.ring(err)
	return err
}

// carryOut keeps what do makes of the case, and what follows from it. seed is
// what the ids of the texts are made of.
func (o *Office) carryOut(tx *store.Tx, c *board.Case, seed board.ID, do func(step) (board.Event, error)) error {
	settings, err := tx.Settings()
	if err != nil {
		return err
	}
	s := step{tx, c, settings, settings.Rules(), o.now()}
	e, err := do(s)
	if err != nil {
		return err
	}
	texts := textIDs{seed: seed}
	if err := join(tx.Append(e), o.tell(tx, c, e, texts.next())); err != nil {
		return err
	}
	if s.c, err = tx.Case(c.ID); err != nil {
		return err
	}
	if err := o.atOnce(s, e); err != nil {
		return err
	}
	if c.Ended && !s.c.Ended {
		if err := o.inherit(s); err != nil {
			return err
		}
	}
	if err := o.beside(s, e, seed); err != nil {
		return err
	}
	return o.follow(s, &texts)
}

// inherit gives a case that has come to life again to the units that took over
// from its own, when those are no more.
func (o *Office) inherit(s step) error {
	for _, unit := range append([]board.ID{s.c.Lead}, s.c.Co...) {
		heir, err := heirOf(s.tx, unit)
		if err != nil {
			return err
		}
		if heir == unit {
			continue
		}
		e := s.c.Transfer(clock, unit, heir, o.screenBy(s.now, s.settings), s.now)
		if err := s.tx.Append(e); err != nil {
			return err
		}
		s.c.Apply(e)
	}
	return nil
}

// heirOf is the unit that does the work of a unit now.
func heirOf(tx *store.Tx, unit board.ID) (board.ID, error) {
	for !unit.IsZero() {
		u, err := tx.Unit(unit)
		if err != nil || u == nil || !u.Closed() {
			return unit, err
		}
		unit = u.Heir
	}
	return unit, nil
}

// clock is the actor of what follows by itself.
var clock = board.Actor{Roles: board.Roles{board.System}, Channel: board.Clock}

// textIDs gives each text of one deed an id of its own, the same ones when the
// deed's closure runs again.
type textIDs struct {
	seed board.ID
	n    uint16
}

func (t *textIDs) next() board.ID {
	id := t.seed
	at := id[len(id)-2:]
	binary.BigEndian.PutUint16(at, binary.BigEndian.Uint16(at)+t.n)
	t.n++
	return id
}

// mostMerged is how many cases can be merged into one: each of them moves in
// the deed that moves the one.
const mostMerged = 200

// follow moves the cases that were merged into this one along with it.
func (o *Office) follow(s step, texts *textIDs) error {
	merged, _, err := s.tx.List(store.MergedInto(s.c.ID), nil, mostMerged)
	if err != nil {
		return err
	}
	for _, m := range merged {
		e, moves := m.Along(s.c, o.screenBy(s.now, s.settings), s.now)
		if !moves {
			continue
		}
		if f, is := e.Fact.(board.Shared); is { // written to somebody else
			f.Found, f.Done = nameless(f.Found, s.c.Name), nameless(f.Done, s.c.Name)
			e.Fact = f
		}
		if err := join(s.tx.Append(e), o.tell(s.tx, m, e, texts.next())); err != nil {
			return err
		}
		m.Apply(e)
		if err := o.beside(step{s.tx, m, s.settings, s.rules, s.now}, e, texts.seed); err != nil {
			return err
		}
	}
	return nil
}

// Assignment is what a dispatcher fills in: units by their IDs.
type Assignment struct {
	Lead  string
	Co    []string
	Topic string
	Words string
}

// Assign accepts a case and gives it to a unit, with others to help.
func (o *Office) Assign(ctx context.Context, who Who, n board.Number, form store.Once, a Assignment) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) {
		charge := board.Charge{Topic: a.Topic, Words: a.Words,
			SignBy: o.by(s.now, s.rules.SignDays), BackBy: o.by(s.now, s.rules.BackDays), Due: o.by(s.now, s.rules.FinishDays[s.c.Kind])}
		if _, known := s.settings.Topic(a.Topic); a.Topic != "" && !known {
			return board.Event{}, board.Fault{Kind: board.Invalid, ID: "assign.topic", Field: "topic"}
		}
		var err error
		if charge.Lead, err = unitAt(s.tx, a.Lead, "unit"); err != nil {
			return board.Event{}, err
		}
		for _, text := range a.Co {
			co, err := unitAt(s.tx, text, "co")
			if err != nil {
				return board.Event{}, err
			}
			charge.Co = append(charge.Co, co)
		}
		return s.c.Assign(who.Actor, charge, s.rules, s.now)
	})
}

// unitAt reads a unit's ID and sees to it that the unit works.
func unitAt(tx *store.Tx, text, field string) (board.ID, error) {
	fault := board.Fault{Kind: board.Invalid, ID: "assign.unit", Field: field}
	id, err := board.ParseID(text)
	if err != nil {
		return id, fault
	}
	u, err := tx.Unit(id)
	if err != nil {
		return id, err
	}
	if u == nil || u.Closed() {
		return id, fault
	}
	return id, nil
}

// SignFor says that the handler's unit has taken the case in hand.
func (o *Office) SignFor(ctx context.Context, who Who, n board.Number, form store.Once) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) { return s.c.SignFor(who.Actor, s.now) })
}

// Progress notes, for the resident to read, what is being done.
func (o *Office) Progress(ctx context.Context, who Who, n board.Number, form store.Once, note string) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) { return s.c.Progress(who.Actor, note, s.rules, s.now) })
}

// Contact notes that the unit spoke with the person, or could not reach them.
func (o *Office) Contact(ctx context.Context, who Who, n board.Number, form store.Once, reached bool, words string) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) {
		return s.c.Contact(who.Actor, reached, words, s.rules, s.now)
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

// Answer writes the unit's reply and sends it to a reviewer: first to the head of
// the unit, where the county wants it.
func (o *Office) Answer(ctx context.Context, who Who, n board.Number, form store.Once, reply board.Reply) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) {
		review := board.Review{By: o.by(s.now, s.rules.ReviewDays)}
		if s.rules.HeadReply {
			var err error
			if review.AtHead, err = o.hasHead(s, who.Actor); err != nil {
				return board.Event{}, err
			}
		}
		e, err := s.c.Answer(who.Actor, reply, review, s.rules, s.now)
		return o.toReview(s, e, err)
	})
}

// Approve lets the reply go out to the resident.
func (o *Office) Approve(ctx context.Context, who Who, n board.Number, form store.Once) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) {
		return s.c.Approve(who.Actor, o.asking(s.now, s.rules), s.now)
	})
}

// Return sends the reply back to the unit, with a reason.
func (o *Office) Return(ctx context.Context, who Who, n board.Number, form store.Once, reason string) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) { return s.c.Return(who.Actor, reason, s.rules, s.now) })
}

// HandBack asks the county desk to give the case to another unit.
func (o *Office) HandBack(ctx context.Context, who Who, n board.Number, form store.Once, reason string) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) {
		return s.c.HandBack(who.Actor, reason, o.by(s.now, s.rules.RuleDays), s.rules, s.now)
	})
}

// AskTime asks for more working days: the head of the unit first, and then the
// county desk.
func (o *Office) AskTime(ctx context.Context, who Who, n board.Number, form store.Once, days int, reason string) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) {
		atHead := false
		if !s.rules.SkipHead {
			var err error
			if atHead, err = o.hasHead(s, who.Actor); err != nil {
				return board.Event{}, err
			}
		}
		return s.c.AskTime(who.Actor, reason, days, o.by(s.now, s.rules.RuleDays), atHead, s.rules, s.now)
	})
}

// Rule is the county desk's ruling on what a unit asked for, or the unit's head's,
// or a reviewer's on an objection: one of give, keep, extend, hold, endorse, deny,
// uphold, overturn.
func (o *Office) Rule(ctx context.Context, who Who, n board.Number, form store.Once, ruling board.Deed, words string) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) {
		screenBy := o.screenBy(s.now, s.settings)
		switch ruling {
		case board.GiveBack:
			return s.c.GiveBack(who.Actor, words, screenBy, s.rules, s.now)
		case board.KeepWith:
			return s.c.KeepWith(who.Actor, words, s.rules, s.now)
		case board.Extend:
			days := 0
			if s.c.Ask != nil {
				days = s.c.Ask.Days
			}
			return s.c.Extend(who.Actor, o.later(s.c.Due, days), s.now)
		case board.Endorse:
			return s.c.Endorse(who.Actor, o.by(s.now, s.rules.RuleDays), s.now)
		case board.Deny:
			return s.c.Deny(who.Actor, words, s.rules, s.now)
		case board.HoldTo:
			return s.c.HoldTo(who.Actor, words, s.rules, s.now)
		case board.Uphold:
			return s.c.Uphold(who.Actor, words, s.rules, s.now)
		case board.Overturn:
			return s.c.Overturn(who.Actor, words, screenBy, s.rules, s.now)
		}
		return board.Event{}, denied
	})
}

// Note is a deed that is nothing but words: visit, relay, annotate, supervise,
// reveal.
func (o *Office) Note(ctx context.Context, who Who, n board.Number, form store.Once, deed board.Deed, words string) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) {
		switch deed {
		case board.Visit:
			return s.c.Visit(who.Actor, words, s.rules, s.now)
		case board.Relay:
			return s.c.Relay(who.Actor, words, s.rules, s.now)
		case board.Annotate:
			return s.c.Annotate(who.Actor, words, s.rules, s.now)
		case board.Supervise:
			return s.c.Supervise(who.Actor, words, s.rules, s.now)
		case board.Reveal:
			return s.c.Reveal(who.Actor, words, s.rules, s.now)
		}
		return board.Event{}, denied
	})
}

// asking is when a resident is asked about an answer that goes out now.
func (o *Office) asking(now time.Time, r board.Rules) board.Asking {
	first, last := morning(now, r.AskFirst), morning(now, r.AskLast)
	return board.Asking{At: []time.Time{first, last}, RateBy: o.in(last, r.RateDays)}
}

// morning is nine o'clock in Beijing so many days on: nobody is asked anything at
// night.
func morning(now time.Time, days int) time.Time {
	day := now.In(board.Zone)
	return time.Date(day.Year(), day.Month(), day.Day()+days, 9, 0, 0, 0, board.Zone)
}

// in is a date that is so many days of any sort away, at the end of that day
// in Beijing.
func (o *Office) in(now time.Time, days int) board.Date {
	day := now.In(board.Zone)
	return board.Date{At: time.Date(day.Year(), day.Month(), day.Day()+days, 23, 59, 59, 0, board.Zone)}
}
