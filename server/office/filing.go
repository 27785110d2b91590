package office

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// Draft gives a resident's unfinished filing, an empty one with their name
// when they have none.
func (o *Office) Draft(ctx context.Context, who Who) (board.Draft, error) {
	draft := board.Draft{Name: who.Name}
	err := o.store.View(ctx, func(tx *store.Tx) error {
		kept, err := tx.Draft(who.Person, who.Agent, o.now())
		if kept != nil {
			draft = *kept
		}
		return err
	})
	return draft, err
}

// SaveDraft keeps what was typed, right or wrong, for a week.
func (o *Office) SaveDraft(ctx context.Context, who Who, d board.Draft) error {
	return o.update(ctx, func(tx *store.Tx) error { return tx.PutDraft(who.Person, who.Agent, d, o.now()) })
}

// CheckDraft joins a fault for each answer that cannot be taken.
func (o *Office) CheckDraft(ctx context.Context, d board.Draft, steps ...board.Step) error {
	county, err := o.County(ctx)
	if err != nil {
		return err
	}
	return d.Check(county.Settings, steps...)
}

// twiceWithin is how long the same words from the same person look like a form
// that was sent twice.
var twiceWithin = store.Limit{Name: "same-words", Max: 1, Window: 10 * time.Minute}

// File makes a case of a filing and gives its number. The same form sent again
// finds the case that it made. The same words in another form within ten
// minutes, or other words in a form that was sent already, are a Conflict that
// names the case there is, for the person to decide.
func (o *Office) File(ctx context.Context, who Who, form store.Once, d board.Draft) (board.Number, error) {
	if !who.IsResident() {
		return "", denied
	}
	id, err := o.id()
	if err != nil {
		return "", err
	}
	text, err := o.id()
	if err != nil {
		return "", err
	}
	said := words(d)
	var number board.Number
	done, err := o.once(ctx, form, who.Person, func(tx *store.Tx) (store.Done, error) {
		done := store.Done{Case: id, Body: tx.Mark(said)}
		settings, err := tx.Settings()
		if err != nil {
			return done, err
		}
		if err := d.Check(settings); err != nil {
			return done, err
		}
		if d.Private && !who.Agent.IsZero() {
			return done, board.Fault{Kind: board.Invalid, ID: "filing.private.agent", Field: "public"}
		}
		if !d.Again {
			if err := o.notTwice(tx, who.Person, said); err != nil {
				return done, err
			}
		}
		number, err = o.file(tx, who, id, text, d, settings)
		return done, err
	})
	if err != nil {
		return "", err
	}
	o.ring(nil)
	if done.Case == id && number != "" {
		return number, nil
	}
	return o.filedBefore(ctx, done, said, strings.TrimSpace(d.Body) == "")
}

// words are what a filing says, as one text: two filings are the same when
// these are.
func words(d board.Draft) string {
	d.Again = false
	b, _ := json.Marshal(d) // a struct of strings always marshals
	return string(b)
}

// filedBefore answers a form that has acted already. It may come back empty:
// the first of two clicks has used its draft up.
func (o *Office) filedBefore(ctx context.Context, done store.Done, said string, empty bool) (board.Number, error) {
	var number board.Number
	err := o.store.View(ctx, func(tx *store.Tx) error {
		c, err := tx.Case(done.Case)
		if err != nil {
			return err
		}
		if c == nil {
			return missing
		}
		number = c.Number
		if tx.Mark(said) != done.Body && !empty {
			return board.Fault{Kind: board.Conflict, ID: "filing.sent", Args: []any{"Number", number.Grouped()}}
		}
		return nil
	})
	return number, err
}

// notTwice refuses words that the person sent a moment ago in another form.
func (o *Office) notTwice(tx *store.Tx, person board.ID, said string) error {
	full, err := tx.Full(twiceWithin, person.String()+said, o.now())
	if err != nil || !full {
		return err
	}
	cases, _, err := tx.List(store.OfPerson(person), nil, 1)
	if err != nil || len(cases) == 0 {
		return err
	}
	return board.Fault{Kind: board.Conflict, ID: "filing.twice", Args: []any{"Number", cases[0].Number.Grouped()}}
}

// file writes the new case, the person's name, and the text that confirms it,
// and the draft has done its work.
func (o *Office) file(tx *store.Tx, who Who, id, text board.ID, d board.Draft, settings *board.Settings) (board.Number, error) {
	now := o.now()
	person, err := tx.Person(who.Person)
	if err != nil || person == nil || person.Forgotten {
		return "", fmt.Errorf("person %s: %w", who.Person, err)
	}
	number, err := o.freeNumber(tx, now)
	if err != nil {
		return "", err
	}
	if err := o.locate(tx, id, &d, settings); err != nil {
		return "", err
	}
	screenBy := o.screenBy(now, settings)
	events := []board.Event{board.File(id, who.Actor, person.ID, number, d, screenBy, settings.Rules(), now)}
	if name := strings.TrimSpace(d.Name); name != person.Name && who.Agent.IsZero() {
		e, err := person.CallMe(who.Actor, name, now)
		if err != nil {
			return "", err
		}
		events = append(events, e)
	}
	if d.Private { // from now on only number and PIN lead to it, and this session
		if err := o.openIn(tx, who, id, now); err != nil {
			return "", err
		}
	}
	if err := tx.Append(events...); err != nil {
		return "", err
	}
	if _, err := tx.Add(twiceWithin, person.ID.String()+words(d), now); err != nil {
		return "", err
	}
	if err := tx.DropDraft(person.ID, who.Agent); err != nil {
		return "", err
	}
	if person.Phone() == "" { // logged in with a code card
		return number, nil
	}
	key := "sms.filed"
	if d.Private || !person.Reached(person.Phone(), now) {
		key, screenBy = "sms.news", board.Date{}
	}
	return number, tx.Post(notice(key, person.Phone(), person.Lang, number, screenBy, text, now))
}

// freeNumber draws numbers until one is free. A county with a million cases a
// year draws twice for one case in ten.
func (o *Office) freeNumber(tx *store.Tx, now time.Time) (board.Number, error) {
	for range 100 {
		n, err := board.NewNumber(now, o.random)
		if err != nil {
			return "", err
		}
		taken, err := tx.NumberTaken(n)
		if err != nil || !taken {
			return n, err
		}
	}
	return "", fmt.Errorf("no free number found for the year %d", now.In(board.Zone).Year())
}

// pin is the six digits that open a case together with its number. They are
// derived, not stored: who reads the store cannot open a case with them.
func (o *Office) pin(id board.ID) string {
	sum := o.store.Sum("pin", id.String())
	return fmt.Sprintf("%0"+strconv.Itoa(board.PINDigits)+"d", binary.BigEndian.Uint64(sum[:8])%1_000_000)
}

// secret is the PIN that opens a case: that of its sealed slip, when it has one.
func (o *Office) secret(c *board.Case) string {
	if c.Slip != "" {
		return o.slipPIN(c.Slip)
	}
	return o.pin(c.ID)
}

// Receipt is what a resident takes home.
type Receipt struct {
	Number board.Number
	PIN    string
	Case   *board.Case
	Phone  string    // masked, "" when there is none; on what an operator took in
	Tell   board.Way // how the person is told of it; the same

	// On what somebody else typed.
	By        string // the helper's name
	Slip      board.Serial
	Standing  board.Standing
	ConfirmBy board.Date
}

// Receipt gives the receipt of a resident's own case.
func (o *Office) Receipt(ctx context.Context, who Who, n board.Number) (Receipt, error) {
	var r Receipt
	err := o.store.View(ctx, func(tx *store.Tx) error {
		c, err := tx.CaseByNumber(n)
		if err != nil {
			return err
		}
		if c == nil || !c.OwnedBy(who.Actor) {
			return missing
		}
		c.Veil(who.Actor)
		r = Receipt{Number: c.Number, PIN: o.secret(c), Case: c}
		if c.Person == who.Person {
			if err := r.tell(tx, c.Person); err != nil {
				return err
			}
		}
		if !who.Agent.IsZero() {
			r.PIN = "" // it would let a relative speak as the person
		}
		return nil
	})
	return r, err
}

// tell says how the person hears of the case.
func (r *Receipt) tell(tx *store.Tx, person board.ID) error {
	p, err := tx.Person(person)
	if err != nil || p == nil {
		return err
	}
	r.Tell = p.Told()
	if p.Phone() != "" {
		r.Phone = p.Phone().Masked()
	}
	return nil
}

// Letter gives number and PIN of a case for a sealed letter, and remembers that
// it did.
func (o *Office) Letter(ctx context.Context, by board.Actor, n board.Number) (Receipt, error) {
	var r Receipt
	err := o.update(ctx, func(tx *store.Tx) error {
		c, err := tx.CaseByNumber(n)
		if err != nil {
			return err
		}
		if c == nil {
			return missing
		}
		e, err := c.Letter(by, o.now())
		if err != nil {
			return err
		}
		r = Receipt{Number: c.Number, PIN: o.secret(c), Case: c}
		return tx.Append(e)
	})
	return r, err
}
