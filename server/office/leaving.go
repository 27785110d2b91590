package office

import (
	"context"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// LeaveTo ends a helper's work here and gives what they did for their people to
// another helper, or to the county's operators when heir is zero. The people
// are told who goes on, and can say that they do not want it. It tells how many
// cases moved.
func (o *Office) LeaveTo(ctx context.Context, by board.Actor, staff, heir board.ID) (moved int, err error) {
	name := ""
	err = o.store.View(ctx, func(tx *store.Tx) error {
		if heir.IsZero() {
			return nil
		}
		h, err := tx.Staff(heir)
		if err != nil {
			return err
		}
		if h == nil || h.Left || heir == staff || !h.Roles.Has(board.Helper) {
			return board.Fault{Kind: board.Invalid, ID: "staff.heir", Field: "heir"}
		}
		name = h.Name
		return nil
	})
	if err != nil {
		return 0, err
	}
	if _, err := o.staff(ctx, by, staff, func(tx *store.Tx, s *board.Staff) (board.Event, error) { return o.goes(tx, by, s) }); err != nil {
		return 0, err
	}
	return o.moveHelp(ctx, by, staff, heir, name)
}

// moveHelp moves the living grants of a helper, a few in one deed. It begins
// anew where it was broken off.
func (o *Office) moveHelp(ctx context.Context, by board.Actor, from, to board.ID, name string) (moved int, err error) {
	const page = 50
	for {
		seed, err := o.id()
		if err != nil {
			return moved, err
		}
		n := 0
		err = o.update(ctx, func(tx *store.Tx) error {
			cases, err := inHands(tx, from, o.now(), page)
			if err != nil {
				return err
			}
			n = len(cases)
			heir, err := tx.Staff(to)
			if err != nil {
				return err
			}
			texts := textIDs{seed: seed}
			for _, c := range cases {
				next := to
				if heir != nil && !c.TakeableBy(heir) {
					next = board.ID{}
				}
				if err := o.moveOne(tx, by, c, from, next, name, texts.next()); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || n == 0 {
			return moved, err
		}
		o.ring(nil)
		moved += n
	}
}

// inHands lists cases that a helper may read, or that they were asked to tell
// somebody of: each of them leaves the list when it is moved.
func inHands(tx *store.Tx, helper board.ID, now time.Time, page int) ([]*board.Case, error) {
	cases, _, err := tx.List(store.Helped(helper, now), nil, page)
	if err != nil || len(cases) > 0 {
		return cases, err
	}
	cases, _, err = tx.List(store.ToRead(helper, time.UnixMilli(1<<60)), nil, page)
	return cases, err
}

func (o *Office) moveOne(tx *store.Tx, by board.Actor, c *board.Case, from, to board.ID, name string, text board.ID) error {
	e := c.MoveHelp(by, from, to, o.now())
	if err := tx.Append(e); err != nil {
		return err
	}
	p, err := tx.Person(c.Person)
	if err != nil || p == nil || p.Phone() == "" {
		return err
	}
	key := "sms.help-moved"
	switch {
	case c.Private:
		key = "sms.news"
	case to.IsZero():
		key = "sms.help-left"
	}
	t := notice(key, p.Phone(), p.Lang, c.Number, board.Date{}, text, e.Time)
	if key == "sms.help-moved" {
		t.Args["Helper"] = name
	}
	return tx.Post(t)
}
