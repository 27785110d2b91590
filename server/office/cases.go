package office

import (
	"context"
	"crypto/subtle"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// Cases lists the newest cases of a resident.
func (o *Office) Cases(ctx context.Context, who Who) ([]*board.Case, error) {
	const most = 50
	var cases []*board.Case
	err := o.store.View(ctx, func(tx *store.Tx) (err error) {
		if who.Person.IsZero() {
			return nil
		}
		all, _, err := tx.List(store.OfPerson(who.Person), nil, most)
		for _, c := range all {
			if c.Private || c.Standing == board.Erased {
				continue // number and PIN open what is private, and nothing lists it
			}
			c.Veil(who.Actor)
			cases = append(cases, c)
		}
		return err
	})
	return cases, err
}

// View is a case as one viewer may see it: what they may not see is not in it.
type View struct {
	Case    *board.Case
	Events  []board.Event
	Doable  []board.Deed
	Phone   string // the resident's, grouped; only for those who have to call
	Private bool   // the person is in it: name, phone, remark
}

// Case shows a case. To a stranger there is no such case.
func (o *Office) Case(ctx context.Context, who Who, n board.Number) (View, error) {
	var v View
	err := o.store.View(ctx, func(tx *store.Tx) error {
		c, err := tx.CaseByNumber(n)
		if err != nil {
			return err
		}
		if c == nil || !c.SeenBy(who.Actor, o.now()) {
			return missing
		}
		events, err := tx.Events(c.Stream())
		if err != nil {
			return err
		}
		v = View{Case: c, Events: events, Doable: c.Doable(who.Actor, o.now())}
		sight, mask := veil(c, who)
		if v.Private = sight.Self; sight.Self && who.IsStaff() {
			person, err := tx.Person(c.Person)
			if err != nil {
				return err
			}
			v.Phone = person.Phone().Grouped()
		}
		if !who.IsStaff() {
			v.Events = board.Told(events)
		}
		v.Events = masked(sight.Impersonal(v.Events), mask)
		return nil
	})
	return v, err
}

// Looks lists who opened a case with its private words, for its resident.
func (o *Office) Looks(ctx context.Context, who Who, n board.Number) ([]board.Event, error) {
	var looks []board.Event
	err := o.store.View(ctx, func(tx *store.Tx) error {
		c, err := tx.CaseByNumber(n)
		if err != nil {
			return err
		}
		if c == nil || !c.OwnedBy(who.Actor) {
			return missing
		}
		looks, err = tx.Events(board.Stream{Sort: board.Looks, ID: c.ID})
		return err
	})
	return looks, err
}

// lookAgain is how long one person's looks at one case count as one.
var lookAgain = store.Limit{Name: "look", Max: 1, Window: 12 * time.Hour}

// Look remembers that a member of staff opened a case and saw whose it is. It
// costs a read, and once in half a day a write.
func (o *Office) Look(ctx context.Context, who Who, n board.Number) error {
	first := false
	look := func(tx *store.Tx) (c *board.Case, err error) {
		if c, err = tx.CaseByNumber(n); err != nil || c == nil {
			return c, err
		}
		full, err := tx.Full(lookAgain, lookOf(who, c), o.now())
		_, leavesTrace := c.Look(who.Actor, o.now())
		first = leavesTrace && !full && c.SeenBy(who.Actor, o.now())
		return c, err
	}
	err := o.store.View(ctx, func(tx *store.Tx) error {
		_, err := look(tx)
		return err
	})
	if err != nil || !first {
		return err
	}
	return o.update(ctx, func(tx *store.Tx) error {
		c, err := look(tx)
		if err != nil || !first {
			return err
		}
		if _, err := tx.Add(lookAgain, lookOf(who, c), o.now()); err != nil {
			return err
		}
		e, _ := c.Look(who.Actor, o.now())
		return tx.Append(e)
	})
}

func lookOf(who Who, c *board.Case) string { return who.Staff.String() + c.ID.String() }

// LookUp opens a case with its number and PIN for the session at hand, or for
// a new one, whose token it gives. Wrong guesses count against the address; only
// hundreds from many networks make a case wait for a day, which its phone opens
// all the same.
func (o *Office) LookUp(ctx context.Context, token, numberText, pinText string, from Origin) (newToken string, n board.Number, err error) {
	n, pin, err := parseLookUp(numberText, pinText)
	if err != nil {
		return "", "", err
	}
	fresh, err := o.token()
	if err != nil {
		return "", "", err
	}
	here := from.network() + " " + string(n)
	counters := guesses{{wrongPINsOfCase, here}, {wrongPINsOfCaseDay, here}, {wrongPINsAddress, from.network()}, {wrongPINsAll, string(n)}}
	var refused error
	err = o.update(ctx, func(tx *store.Tx) error {
		refused, newToken = nil, ""
		now := o.now()
		if err := counters.open(tx, "lookup.wait", now); err != nil {
			return err
		}
		c, err := tx.CaseByNumber(n)
		if err != nil {
			return err
		}
		if c == nil || c.Standing == board.Erased || subtle.ConstantTimeCompare([]byte(o.secret(c)), []byte(pin)) != 1 {
			refused = board.Fault{Kind: board.Invalid, ID: "lookup.wrong", Field: "pin"}
			return counters.wrong(tx, now)
		}
		newToken, err = o.openCase(tx, token, fresh, c, now)
		return err
	})
	if err == nil {
		err = refused
	}
	return newToken, n, err
}

func parseLookUp(numberText, pinText string) (n board.Number, pin string, err error) {
	n, numberErr := board.ParseNumber(numberText)
	pin, pinErr := board.ParsePIN(pinText)
	return n, pin, join(numberErr, pinErr)
}

// openIn lets the session at hand see a case that nothing else leads to.
func (o *Office) openIn(tx *store.Tx, who Who, id board.ID, now time.Time) error {
	s, err := tx.Session(who.Session, now)
	if err != nil || s == nil {
		return err
	}
	opened(s, id)
	return tx.PutSession(who.Session, *s)
}

// opened adds a case to those that a session may see, the newest first.
func opened(s *store.Session, id board.ID) {
	const most = 20
	s.Opened = append([]board.ID{id}, s.Opened...)
	s.Opened = s.Opened[:min(len(s.Opened), most)]
}

// openCase lets a session see a case: the one it has, unless that is a staff
// session, or a fresh one. Who acts for somebody opens nothing private of theirs:
// the number and PIN may lie on the kitchen table.
func (o *Office) openCase(tx *store.Tx, token, fresh string, c *board.Case, now time.Time) (newToken string, err error) {
	hash := store.TokenHash(token)
	s, err := tx.Session(hash, now)
	if err != nil {
		return "", err
	}
	if s != nil && !s.Agent.IsZero() && c.Private && c.Person == s.Person {
		return "", board.Fault{Kind: board.Denied, ID: "lookup.agent"}
	}
	if s == nil || !s.Staff.IsZero() {
		newToken, hash = fresh, store.TokenHash(fresh)
		s = &store.Session{Begun: now, Seen: now, Ends: now.Add(briefIdle)}
	}
	opened(s, c.ID)
	return newToken, tx.PutSession(hash, *s)
}
