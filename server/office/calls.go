package office

import (
	"context"
	"encoding/hex"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// CallItem is somebody whom an operator should call, or write to.
type CallItem struct {
	Case   *board.Case // as an operator may know it; nil for a plain call-back
	Person board.ID
	Name   string
	Phone  string // grouped, "" for none
	Lang   string // that the person chose
	Why    board.Why
	Since  time.Time
	Tries  int
}

// CallBackWanted is why somebody is called who asked for it and named no case.
const CallBackWanted board.Why = "back"

// callPage is how many people one page has, and mostBacks how many of them can
// be such as asked for a call: nobody else is crowded out.
const (
	callPage  = 25
	mostBacks = 20
)

// Calls lists whom operators should call: first those who asked for it, then
// the rest, the oldest first. next is where the following page begins.
func (o *Office) Calls(ctx context.Context, who Who, from string) (items []CallItem, next string, err error) {
	if !who.Roles.Has(board.Operator) {
		return nil, "", denied
	}
	err = o.store.View(ctx, func(tx *store.Tx) error {
		items = nil
		seen := map[board.ID]bool{} // somebody is called once about two things
		if from == "" {
			persons, err := tx.CallBacks(mostBacks)
			if err != nil {
				return err
			}
			for _, p := range persons {
				items = append(items, CallItem{Person: p.ID, Name: p.Name, Phone: p.Phone().Grouped(), Why: CallBackWanted, Since: p.Back, Tries: p.BackTries})
			}
		}
		cases, after, err := tx.List(store.ToRead(board.ID{}, o.now()), cursor(from), callPage-len(items))
		if err != nil {
			return err
		}
		next = hex.EncodeToString(after)
		for _, c := range cases {
			if f, open := c.ToCall(who.Actor, o.now()); open && !seen[c.ID] {
				seen[c.ID] = true
				item, err := callItem(tx, c, f)
				if err != nil {
					return err
				}
				items = append(items, item)
			}
		}
		return nil
	})
	return items, next, err
}

func callItem(tx *store.Tx, c *board.Case, f board.FollowUp) (CallItem, error) {
	p, err := tx.Person(c.Person)
	if err != nil || p == nil {
		return CallItem{}, join(err, missing)
	}
	name := c.Name
	if name == "" {
		name = p.Name
	}
	return CallItem{Case: c, Person: p.ID, Name: name, Phone: p.Phone().Grouped(), Lang: p.Lang, Why: f.Why, Since: f.From, Tries: f.Tries}, nil
}

// Call is one call about a case: whom, why, and the case as its person is told
// of it. To look leaves a trace.
func (o *Office) Call(ctx context.Context, who Who, n board.Number) (CallItem, View, error) {
	return o.toTell(ctx, who, n, func(c *board.Case) (board.FollowUp, bool) { return c.ToCall(who.Actor, o.now()) })
}

// toTell opens a case for the operator who has to tell its person something; task
// finds what, when there is anything.
func (o *Office) toTell(ctx context.Context, who Who, n board.Number, task func(*board.Case) (board.FollowUp, bool)) (item CallItem, v View, err error) {
	err = o.store.View(ctx, func(tx *store.Tx) error {
		c, err := tx.CaseByNumber(n)
		if err != nil {
			return err
		}
		if c == nil || !who.Roles.Has(board.Operator) {
			return missing
		}
		f, open := task(c)
		if !open {
			return board.Fault{Kind: board.Conflict, ID: "deed.moved-on"}
		}
		if item, err = callItem(tx, c, f); err != nil {
			return err
		}
		v, err = calledView(tx, c, who, o.now())
		return err
	})
	if err == nil {
		err = o.lookByPhone(ctx, who, n)
	}
	return item, v, err
}

// calledView is a case as its person is told of it, for whoever tells them.
func calledView(tx *store.Tx, c *board.Case, who Who, now time.Time) (View, error) {
	events, err := tx.Events(c.Stream())
	if err != nil {
		return View{}, err
	}
	c.Remark, c.Draft, c.Reason, c.MergedInto = "", nil, "", board.ID{}
	sight := board.Sight{Place: true}
	return View{Case: c, Events: sight.Impersonal(board.Told(events)), Doable: c.Doable(who.Actor, now)}, nil
}

// lookByPhone remembers that an operator opened a case to call about it.
func (o *Office) lookByPhone(ctx context.Context, who Who, n board.Number) error {
	return o.update(ctx, func(tx *store.Tx) error {
		c, err := tx.CaseByNumber(n)
		if err != nil || c == nil {
			return err
		}
		if full, err := tx.Full(lookAgain, lookOf(who, c), o.now()); err != nil || full {
			return err
		}
		_, err = tx.Add(lookAgain, lookOf(who, c), o.now())
		return join(err, tx.Append(c.LookToCall(who.Actor, o.now())))
	})
}

// CalledBack says that an operator called somebody who asked for it.
func (o *Office) CalledBack(ctx context.Context, who Who, person board.ID, form store.Once, reached bool) error {
	_, err := o.once(ctx, form, who.Staff, func(tx *store.Tx) (done store.Done, err error) {
		p, err := tx.Person(person)
		if err != nil {
			return done, err
		}
		if p == nil {
			return done, missing
		}
		e, err := p.CallBack(who.Actor, reached, o.now())
		if err != nil {
			return done, err
		}
		return done, tx.Append(e)
	})
	return err
}

// CallBack is somebody who asked to be called.
func (o *Office) CallBack(ctx context.Context, who Who, person board.ID) (item CallItem, err error) {
	err = o.store.View(ctx, func(tx *store.Tx) error {
		p, err := tx.Person(person)
		if err != nil {
			return err
		}
		if p == nil || p.Back.IsZero() || !who.Roles.Has(board.Operator) {
			return missing
		}
		item = CallItem{Person: p.ID, Name: p.Name, Phone: p.Phone().Grouped(), Why: CallBackWanted, Since: p.Back, Tries: p.BackTries}
		return nil
	})
	return item, err
}

// Letters lists the answers that go out on paper, the oldest first.
func (o *Office) Letters(ctx context.Context, who Who, from string) (items []CallItem, next string, err error) {
	if !who.Roles.Has(board.Operator) {
		return nil, "", denied
	}
	err = o.store.View(ctx, func(tx *store.Tx) error {
		items = nil
		cases, after, err := tx.List(store.ToPrint(), cursor(from), callPage)
		if err != nil {
			return err
		}
		next = hex.EncodeToString(after)
		for _, c := range cases {
			f, open := c.ToPrint()
			if !open || !c.Callable(who.Actor, f.Why) {
				continue
			}
			item, err := callItem(tx, c, f)
			if err != nil {
				return err
			}
			items = append(items, item)
		}
		return nil
	})
	return items, next, err
}

// LetterOf is one answer that goes out on paper.
func (o *Office) LetterOf(ctx context.Context, who Who, n board.Number) (CallItem, View, error) {
	return o.toTell(ctx, who, n, func(c *board.Case) (board.FollowUp, bool) {
		f, open := c.ToPrint()
		return f, open && c.Callable(who.Actor, f.Why)
	})
}

// LetterPrinted says that the letter is on its way.
func (o *Office) LetterPrinted(ctx context.Context, who Who, n board.Number, form store.Once) error {
	return o.called(ctx, who, n, form, func(s step) (board.Event, error) {
		return s.c.ReadOut(who.Actor, board.ReadOut{At: s.now, How: board.OnPaper}, s.rules, s.now)
	})
}
