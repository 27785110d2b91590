package office

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"slices"

	"lianxin/server/board"
	"lianxin/store"
)

// What nobody did in time goes on by itself: a reply to another reviewer, then,
// and whatever else lies too long, to the inspector, and to a leader where no
// inspector can rule. Nothing is ever decided by that.

// climb lets everything go on that lies too long on the desks from which it can.
func (o *Office) climb(ctx context.Context) (moved int, err error) {
	lists := []store.List{store.Late(board.Dispatcher, board.ID{}, o.now()), store.Late(board.Reviewer, board.ID{}, o.now()),
		store.Late(board.Inspector, board.ID{}, o.now())}
	county, err := o.County(ctx)
	if err != nil {
		return 0, err
	}
	for _, u := range county.List {
		lists = append(lists, store.Late(board.Head, u.ID, o.now()))
	}
	var faults []error
	for _, l := range lists {
		err := o.walk(ctx, l, func(c *board.Case) {
			if !county.goesOn(c) { // most that lie too long went up before
				return
			}
			did, err := o.byClock(ctx, c.ID, o.lift)
			faults = append(faults, err)
			if did {
				moved++
			}
		})
		faults = append(faults, err)
	}
	return moved, errors.Join(faults...)
}

// goesOn tells whether anybody works here to whom a case could go on.
func (d *Directory) goesOn(c *board.Case) bool {
	others := c.Above()
	if c.Settles() == board.Approve && !c.Relieved {
		others = append(others, c.Waits().Role)
	}
	for _, m := range d.Staff {
		if !m.Left && m.Roles.Meet(others) != "" {
			return true
		}
	}
	return false
}

// lift gives what lies too long to somebody else: a reply once to another
// reviewer, else to whoever stands above.
func (o *Office) lift(s step) (board.Event, error) {
	if s.c.Settles() == "" || !s.now.After(s.c.Move().By.At) {
		return board.Event{}, errNothing
	}
	if s.c.Settles() == board.Approve && !s.c.Relieved && s.c.Raised == nil {
		to, err := o.reviewer(s, s.c)
		if err != nil {
			return board.Event{}, err
		}
		if !to.IsZero() {
			return s.c.PassOn(to, o.by(s.now, s.rules.ReviewDays), s.now)
		}
	}
	return o.raise(s, o.by(s.now, s.rules.RuleDays))
}

// raise gives what waits to the nearest above who can settle it.
func (o *Office) raise(s step, by board.Date) (board.Event, error) {
	for _, role := range s.c.Above() {
		can, err := o.able(s, s.c, role)
		if err != nil {
			return board.Event{}, err
		}
		if len(can) > 0 {
			return s.c.Raise(role, by, s.now)
		}
	}
	return board.Event{}, errNothing
}

// atOnce lets go up what cannot wait where it is: a case that was not solved
// twice, and what nobody there may settle, since the only one who could has had a
// hand in it.
func (o *Office) atOnce(s step, e board.Event) error {
	switch e.Fact.(type) {
	case board.Rated:
		if s.c.Stage != board.Received || s.c.Reopened < 2 {
			return nil
		}
	case board.Objected, board.ReplyWritten, board.ReplyPassed:
		can, err := o.able(s, s.c, s.c.Waits().Role)
		if err != nil || len(can) > 0 {
			return err
		}
	default:
		return nil
	}
	e, err := o.raise(s, s.c.Waits().By)
	if errors.Is(err, errNothing) {
		return nil
	}
	if err == nil {
		err = s.tx.Append(e)
	}
	if err != nil {
		return err
	}
	s.c.Apply(e)
	return nil
}

// able are those who work here and could settle a case in a role. Who is away
// comes behind the others.
func (o *Office) able(s step, c *board.Case, role board.Role) ([]*board.Staff, error) {
	staff, err := s.tx.StaffList()
	if err != nil {
		return nil, err
	}
	staff = slices.DeleteFunc(staff, func(m *board.Staff) bool {
		return m.Left || !m.Roles.Has(role) || !c.Could(board.Actor{Staff: m.ID, Unit: m.Unit}, role, s.now)
	})
	slices.SortStableFunc(staff, func(a, b *board.Staff) int { return away(a, s) - away(b, s) })
	return staff, nil
}

func away(m *board.Staff, s step) int {
	if m.Away.After(s.now) {
		return 1
	}
	return 0
}

// reviewer is who reviews the reply of a case, and not who has it already; zero
// when nobody else can. Replies are spread over all who are there.
func (o *Office) reviewer(s step, c *board.Case) (board.ID, error) {
	can, err := o.able(s, c, c.Waits().Role)
	if err != nil {
		return board.ID{}, err
	}
	can = slices.DeleteFunc(can, func(m *board.Staff) bool { return m.ID == c.Reviewer })
	if len(can) == 0 {
		return board.ID{}, nil
	}
	lot := func(m *board.Staff) []byte {
		sum := sha256.Sum256(append(slices.Clone(c.ID[:]), m.ID[:]...))
		return sum[:]
	}
	slices.SortStableFunc(can, func(a, b *board.Staff) int {
		if byDay := away(a, s) - away(b, s); byDay != 0 {
			return byDay
		}
		return bytes.Compare(lot(a), lot(b))
	})
	return can[0].ID, nil
}

// toReview is how a reply goes on that e brings: to the reviewer whom it says.
func (o *Office) toReview(s step, e board.Event, err error) (board.Event, error) {
	if err != nil {
		return e, err
	}
	next := *s.c
	next.Apply(e)
	if next.Reply != board.Waiting {
		return e, nil
	}
	to, err := o.reviewer(s, &next)
	switch f := e.Fact.(type) {
	case board.ReplyWritten:
		f.To = to
		e.Fact = f
	case board.ReplyPassed:
		f.To = to
		e.Fact = f
	}
	return e, err
}

// hasHead tells whether the unit has a head who can speak on what the actor
// brings: neither the actor, nor whoever took the case in. A head's own word needs
// no other.
func (o *Office) hasHead(s step, by board.Actor) (bool, error) {
	if by.Roles.Has(board.Head) {
		return false, nil
	}
	staff, err := s.tx.StaffList()
	return slices.ContainsFunc(staff, func(m *board.Staff) bool {
		return !m.Left && m.Roles.Has(board.Head) && m.Unit == s.c.Lead && m.ID != by.Staff && m.ID != s.c.TakenBy
	}), err
}

// Amend gives a reply back to who wrote it: the head's word.
func (o *Office) Amend(ctx context.Context, who Who, n board.Number, form store.Once, reason string) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) { return s.c.Amend(who.Actor, reason, s.rules, s.now) })
}

// Pass is the head's word for a reply; it goes to review.
func (o *Office) Pass(ctx context.Context, who Who, n board.Number, form store.Once) error {
	return o.deed(ctx, who, n, form, func(s step) (board.Event, error) {
		e, err := s.c.Pass(who.Actor, board.Review{By: o.by(s.now, s.rules.ReviewDays)}, s.now)
		return o.toReview(s, e, err)
	})
}
