package office

import (
	"context"
	"encoding/hex"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// Letting go of what the county's rule says: cases that ended so many years ago
// are anonymised, and people of whom nothing else is left are forgotten. Each is
// a deed of its own, refused when it is not due any more, so whoever does them can
// stop anywhere and go on another night.

// Preserve puts a legal hold on a case. An administrator knows its number from
// the court or the auditor, and does not read it.
func (o *Office) Preserve(ctx context.Context, who Who, n board.Number, form store.Once, reason string) error {
	return o.deedOf(ctx, who, n, form, administers(who), func(s step) (board.Event, error) {
		return s.c.Preserve(who.Actor, reason, s.rules, s.now)
	})
}

// Release ends a legal hold.
func (o *Office) Release(ctx context.Context, who Who, n board.Number, form store.Once, reason string) error {
	return o.deedOf(ctx, who, n, form, administers(who), func(s step) (board.Event, error) {
		return s.c.Release(who.Actor, reason, s.rules, s.now)
	})
}

func administers(who Who) func(*board.Case) bool {
	return func(*board.Case) bool { return who.Roles.Has(board.Admin) }
}

// Unheld refuses with the hold that keeps a case, or any case of a person.
func (o *Office) Unheld(ctx context.Context, person, matter board.ID) error {
	return o.store.View(ctx, func(tx *store.Tx) error {
		if !matter.IsZero() {
			c, err := tx.Case(matter)
			if err != nil || c == nil {
				return err
			}
			return c.Unheld()
		}
		return eachCase(tx, person, (*board.Case).Unheld)
	})
}

// eachCase goes through all cases of a person, until one of them is not as it
// should be.
func eachCase(tx *store.Tx, person board.ID, look func(*board.Case) error) error {
	for from, more := store.Cursor(nil), true; more; more = from != nil {
		cases, next, err := tx.List(store.OfPerson(person), from, 200)
		if err != nil {
			return err
		}
		for _, c := range cases {
			if err := look(c); err != nil {
				return err
			}
		}
		from = next
	}
	return nil
}

// How long nothing goes: after the clock was confirmed or nobody had looked for
// days, so that a wrong clock is noticed; after the rule was made shorter, so that
// a slip of the finger is.
const (
	waitClock = 24 * time.Hour
	waitRule  = 7 * 24 * time.Hour
	unwatched = 72 * time.Hour
)

// Tonight tells whether the rule may be carried out in the night that began then:
// once a night, never while the clock is in doubt, and not in the first day after
// such a doubt or after days without a look, nor in the week after the rule was
// made shorter.
func (o *Office) Tonight(ctx context.Context, began time.Time) (may bool, err error) {
	if o.ClockSuspect() {
		return false, nil
	}
	var k store.Keeping
	done := false
	err = o.store.View(ctx, func(tx *store.Tx) (err error) {
		k, done, err = o.tonight(tx, began)
		return err
	})
	if err != nil || done || !k.Looked.Before(k.Wait) {
		return err == nil && !done, err
	}
	return false, o.update(ctx, func(tx *store.Tx) error { // this night is over, and nothing went
		k, _, err := o.tonight(tx, began)
		if err != nil {
			return err
		}
		return tx.PutKeeping(k)
	})
}

// tonight looks at how far the county is, by the rule and the clock of now.
func (o *Office) tonight(tx *store.Tx, began time.Time) (k store.Keeping, done bool, err error) {
	if k, err = tx.Keeping(); err != nil {
		return k, false, err
	}
	s, err := tx.Settings()
	if err != nil {
		return k, false, err
	}
	now, years := o.now(), s.Rules().KeepYears
	switch {
	case k.Looked.IsZero(), k.Looked.After(now), now.Sub(k.Looked) > unwatched:
		k.Wait = latest(k.Wait, now.Add(waitClock))
	case years < k.Years:
		k.Wait = latest(k.Wait, now.Add(waitRule))
	default:
		done = !k.Looked.Before(began)
	}
	k.Looked, k.Years, k.Cases, k.Persons = now, years, 0, 0
	return k, done, nil
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// LetGo remembers what went tonight, and with whom of the quiet people to go on.
func (o *Office) LetGo(ctx context.Context, cases, persons int, from store.Cursor) error {
	return o.update(ctx, func(tx *store.Tx) error {
		k, err := tx.Keeping()
		if err != nil {
			return err
		}
		s, err := tx.Settings()
		if err != nil {
			return err
		}
		k.Looked, k.Years, k.Cases, k.Persons, k.From = o.now(), s.Rules().KeepYears, cases, persons, from
		return tx.PutKeeping(k)
	})
}

// waitLonger lets nothing go for a day.
func waitLonger(tx *store.Tx, now time.Time) error {
	k, err := tx.Keeping()
	if err != nil {
		return err
	}
	k.Wait = now.Add(waitClock)
	return tx.PutKeeping(k)
}

// Outlook is what the rule says of this county's cases.
type Outlook struct {
	store.Keeping
	Rule int       // years
	Due  int       // cases that are due now
	Next int       // cases that will be by By
	By   time.Time // in a month
	Held int       // cases under a legal hold
}

// counted is as far as an outlook counts.
const counted = 100_000

// Outlook tells what went last, what goes next, and what is held.
func (o *Office) Outlook(ctx context.Context) (Outlook, error) {
	var out Outlook
	err := o.store.View(ctx, func(tx *store.Tx) (err error) {
		s, err := tx.Settings()
		if err != nil {
			return err
		}
		out.Rule, out.By = s.Rules().KeepYears, o.now().AddDate(0, 1, 0)
		if out.Keeping, err = tx.Keeping(); err != nil {
			return err
		}
		if out.Due, err = tx.Count(store.Ended(o.now().AddDate(-out.Rule, 0, 0)), counted); err != nil {
			return err
		}
		if out.Next, err = tx.Count(store.Ended(out.By.AddDate(-out.Rule, 0, 0)), counted); err != nil {
			return err
		}
		out.Next -= out.Due
		out.Held, err = tx.Count(store.Flagged(store.FlagHeld), counted)
		return err
	})
	return out, err
}

// Aged lists at most so many cases whose time is over, the longest ago first.
func (o *Office) Aged(ctx context.Context, most int) (cases []board.ID, err error) {
	for from, more := store.Cursor(nil), true; more && len(cases) < most; more = from != nil {
		var page []board.ID
		err := o.store.View(ctx, func(tx *store.Tx) error {
			page = nil
			s, err := tx.Settings()
			if err != nil {
				return err
			}
			rules, now := s.Rules(), o.now()
			ended, next, err := tx.List(store.Ended(now.AddDate(-rules.KeepYears, 0, 0)), from, min(200, most-len(cases)))
			for _, c := range ended {
				if !now.Before(rules.KeepUntil(c.EndedAt)) {
					page = append(page, c.ID)
				}
			}
			from = next
			return err
		})
		if err != nil {
			return cases, err
		}
		cases = append(cases, page...)
	}
	return cases, nil
}

// Anonymise puts a case away whose time is over, and tells whether it did. Again
// means that it was put away before and came back with an older copy: then it is
// not asked anew whether its time is over, only whether it rests and nobody holds
// it.
func (o *Office) Anonymise(ctx context.Context, id board.ID, again bool) (did bool, err error) {
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
		settings, err := tx.Settings()
		if err != nil {
			return err
		}
		s := step{tx, c, settings, settings.Rules(), o.now()}
		for again && s.rules.KeepYears > 0 && s.now.Before(s.rules.KeepUntil(c.EndedAt)) {
			s.rules.KeepYears-- // the rule that it was put away by
		}
		e, err := c.Anonymise(clock, s.rules, s.now)
		if _, refused := board.Faults(err); refused {
			return nil // it moved on meanwhile, or is held
		}
		if err != nil {
			return err
		}
		did = true
		return o.clear(s, e, seed)
	})
	o.ring(err)
	return did && err == nil, err
}

// clear keeps the event that says what remains of a case, and nothing else of it.
// Cases that were merged into it stand on their own again.
func (o *Office) clear(s step, e board.Event, seed board.ID) error {
	err := join(s.tx.Append(e), s.tx.Erase(s.c.Stream()), s.tx.DropTexts(store.Traces{Numbers: []board.Number{s.c.Number}}))
	if err != nil {
		return err
	}
	if s.c, err = s.tx.Case(s.c.ID); err != nil {
		return err
	}
	return o.follow(s, &textIDs{seed: seed})
}

// Faded lists those of the next so many quiet people whom nothing holds here any
// more, and with whom to go on; nil is the beginning, and the end.
func (o *Office) Faded(ctx context.Context, from store.Cursor, look int) (persons []board.ID, next store.Cursor, err error) {
	err = o.store.View(ctx, func(tx *store.Tx) error {
		persons = nil
		s, err := tx.Settings()
		if err != nil {
			return err
		}
		since := o.now().AddDate(-s.Rules().KeepYears, 0, 0)
		quiet, after, err := tx.Quiet(since, from, look)
		if err != nil {
			return err
		}
		for _, id := range quiet {
			gone, err := faded(tx, id, since)
			if err != nil {
				return err
			}
			if gone {
				persons = append(persons, id)
			}
		}
		next = after
		return nil
	})
	return persons, next, err
}

// Fade forgets a person of whom nothing is left but that they were here, and
// destroys their key. It tells whether it did. Again means that they were
// forgotten before and came back with an older copy.
func (o *Office) Fade(ctx context.Context, id board.ID, again bool) (did bool, err error) {
	err = o.update(ctx, func(tx *store.Tx) error {
		did = false
		s, err := tx.Settings()
		if err != nil {
			return err
		}
		since := o.now().AddDate(-s.Rules().KeepYears, 0, 0)
		if again {
			since = o.now().AddDate(1000, 0, 0)
		}
		gone, err := faded(tx, id, since)
		if err != nil || !gone {
			return err
		}
		if err := o.forget(tx, clock, id); err != nil {
			return err
		}
		left, err := destroy(tx, id)
		did = !left
		return err
	})
	return did && err == nil, err
}

// faded tells whether nothing holds a person here: each case of theirs is put away
// or erased, nobody waits for a call back, and neither they nor a card of theirs
// did anything since.
func faded(tx *store.Tx, id board.ID, since time.Time) (bool, error) {
	p, err := tx.Person(id)
	if err != nil || p == nil || p.Forgotten || !p.Back.IsZero() || !p.Changed.Last.Before(since) {
		return false, err
	}
	stays := false
	err = eachCase(tx, id, func(c *board.Case) error {
		if stays = stays || !c.Cleared(); stays {
			return nil
		}
		events, err := tx.Events(c.Stream())
		for _, e := range events {
			stays = stays || e.Role == board.Resident && !e.Time.Before(since)
		}
		return err
	})
	if err != nil || stays {
		return false, err
	}
	cards, err := tx.CardsOf(id)
	for _, s := range cards {
		for _, card := range s.Papers {
			stays = stays || card.On == id && !card.Revoked && !card.Ends().Before(since)
		}
	}
	return !stays, err
}

// HeldCase is a case under a legal hold, as somebody reads it who may not read the
// case.
type HeldCase struct {
	board.Hold
	Number board.Number
}

// Holds lists the cases under a hold, a page at a time, the oldest hold first.
func (o *Office) Holds(ctx context.Context, who Who, from string) (held []HeldCase, next string, err error) {
	if !who.Roles.Has(board.Admin) && !who.Roles.Has(board.Inspector) {
		return nil, "", denied
	}
	err = o.store.View(ctx, func(tx *store.Tx) error {
		cases, after, err := tx.List(store.Flagged(store.FlagHeld), cursor(from), holdsPage)
		held, next = nil, hex.EncodeToString(after)
		for _, c := range cases {
			held = append(held, HeldCase{*c.Hold, c.Number})
		}
		return err
	})
	return held, next, err
}

// holdsPage is how many holds stand on a page.
const holdsPage = 50
