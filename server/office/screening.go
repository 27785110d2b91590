package office

import (
	"context"
	"encoding/hex"

	"lianxin/server/board"
	"lianxin/store"
)

// Decline says that the county does not take a case, and why.
func (o *Office) Decline(ctx context.Context, who Who, n board.Number, form store.Once, reason, words string) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) {
		return s.c.Decline(who.Actor, reason, words, o.by(s.now, s.rules.ObjectDays), s.rules, s.now)
	})
}

// Divert sends the resident on the way that the law gives for their matter.
func (o *Office) Divert(ctx context.Context, who Who, n board.Number, form store.Once, path, words string) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) {
		return s.c.Divert(who.Actor, path, words, o.by(s.now, s.rules.ObjectDays), s.rules, s.now)
	})
}

// Merge lets another case, named by its number, stand for this one.
func (o *Office) Merge(ctx context.Context, who Who, n board.Number, form store.Once, lead string) error {
	number, err := board.ParseNumber(lead)
	if err != nil {
		faults, _ := board.Faults(err)
		faults[0].Field = "lead"
		return faults[0]
	}
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) {
		into, err := s.tx.CaseByNumber(number)
		if err != nil {
			return board.Event{}, err
		}
		e, err := s.c.Merge(who.Actor, into, s.now)
		if err != nil {
			return e, err
		}
		followers, err := s.tx.Count(store.MergedInto(s.c.ID), 1)
		if err != nil {
			return e, err
		}
		if followers > 0 { // a chain of merges would hide a case from its date
			return e, board.Fault{Kind: board.Invalid, ID: "merge.chain", Field: "lead"}
		}
		already, err := s.tx.Count(store.MergedInto(into.ID), mostMerged)
		if err == nil && already >= mostMerged {
			err = board.Fault{Kind: board.Invalid, ID: "merge.many", Field: "lead", Args: []any{"Max", mostMerged}}
		}
		return e, err
	})
}

// Publish lets anybody read a case, in words without personal data.
func (o *Office) Publish(ctx context.Context, who Who, n board.Number, form store.Once, notice board.Notice) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) { return s.c.Publish(who.Actor, notice, s.rules, s.now) })
}

// Hide takes a case off the public list.
func (o *Office) Hide(ctx context.Context, who Who, n board.Number, form store.Once, reason string) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) { return s.c.Hide(who.Actor, reason, s.rules, s.now) })
}

// PublicVersion grows whenever something changes that anybody may read.
func (o *Office) PublicVersion(ctx context.Context) (n uint64, err error) {
	err = o.store.View(ctx, func(tx *store.Tx) error {
		n, err = tx.PublicVersion()
		return err
	})
	return n, err
}

// PublicPage is one page of what anybody may read.
type PublicPage struct {
	Cases []*board.Case // holding only what anybody may know
	Next  string
}

// Public lists what anybody may read of a township and a topic with all that
// belongs to it, the newest first; an empty name means all.
func (o *Office) Public(ctx context.Context, township, topic, from string, n int) (PublicPage, error) {
	var page PublicPage
	err := o.store.View(ctx, func(tx *store.Tx) error {
		settings, err := tx.Settings()
		if err != nil {
			return err
		}
		lists := []store.List{store.Public(store.Scope(settings.PlaceName(township), topic))}
		for _, id := range settings.Within(topic) {
			if id != topic {
				lists = append(lists, store.Public(store.Scope(settings.PlaceName(township), id)))
			}
		}
		cases, next, err := tx.Newest(lists, cursor(from), n)
		page.Next = hex.EncodeToString(next)
		for _, c := range cases {
			page.Cases = append(page.Cases, c.Open())
		}
		return err
	})
	return page, err
}

// PublicCase shows one case that anybody may read.
func (o *Office) PublicCase(ctx context.Context, n board.Number) (View, error) {
	var v View
	err := o.store.View(ctx, func(tx *store.Tx) error {
		c, err := tx.CaseByNumber(n)
		if err != nil {
			return err
		}
		if c == nil || c.Public != board.Shown {
			return missing
		}
		events, err := tx.Events(c.Stream())
		v = View{Case: c.Open(), Events: board.PublicEvents(events)}
		if r := v.Case.Published; r != nil { // whom to call at the unit stays
			r.Found, r.Done = nameless(r.Found), nameless(r.Done)
		}
		return err
	})
	return v, err
}
