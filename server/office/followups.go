package office

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// beside charges the follow-ups that an event calls for: an answer to somebody
// who gets no text is told in their own way, and among people without a way of
// their own some are drawn to be asked whether it is solved.
func (o *Office) beside(s step, e board.Event, seed board.ID) error {
	if err := release(s.tx, s.c, s.now); err != nil {
		return err
	}
	switch e.Fact.(type) {
	case board.ReplyApproved, board.Shared:
	case board.Voided:
		return o.eraseVoided(s)
	default:
		return nil
	}
	p, err := s.tx.Person(s.c.Person)
	if err != nil || p == nil || s.c.Private {
		return err
	}
	reader, err := reader(s)
	if err != nil {
		return err
	}
	if f, wanted := s.c.TellBy(p.Told(), reader, s.now); wanted {
		if err := s.tx.Append(s.c.Charge(f, s.now)); err != nil {
			return err
		}
	}
	if own := p.Told() == board.ByText && p.Reached(p.Phone(), s.now); own || p.Phone() == "" || s.c.Standing != board.Confirmed {
		return nil
	}
	if !drawn(seed, s.c.ID, s.rules.RateShare) {
		return nil
	}
	const settles = 3 * 24 * time.Hour // first the answer is told and seen (FixMyStreet asks later still)
	return s.tx.Append(s.c.Charge(board.FollowUp{Why: board.AskRate, Way: board.ByCall, From: s.now.Add(settles)}, s.now))
}

// reader is the helper who may read the case for its person now; zero when none
// works here any more, or the case concerns their own office.
func reader(s step) (board.ID, error) {
	for _, id := range s.c.Helpers() {
		staff, err := s.tx.Staff(id)
		if err != nil {
			return board.ID{}, err
		}
		if staff != nil && s.c.ReadableBy(staff, s.now) {
			return id, nil
		}
	}
	return board.ID{}, nil
}

// drawn is a chance of so many in a hundred, told by an id that was drawn before
// the deed: a deed that runs again draws the same.
func drawn(seed, of board.ID, share int) bool {
	sum := sha256.Sum256(append(seed[:], of[:]...))
	return int(binary.BigEndian.Uint16(sum[:]))*100 < share<<16
}

// drawCheck lets an operator ask the person whether they wanted this filed: one
// in so many, drawn by chance, and each to whom nothing was shown. Who has no
// phone is asked by a helper of the place.
func (o *Office) drawCheck(tx *store.Tx, id board.ID, r board.Rules, now time.Time) error {
	c, err := tx.Case(id)
	if err != nil {
		return err
	}
	if c.Standing != board.Pending && !drawn(id, c.Person, r.CheckShare) {
		return nil
	}
	return tx.Append(c.Charge(board.FollowUp{Why: board.Recheck, Way: board.ByCall, From: now.Add(24 * time.Hour)}, now))
}

// called is a deed of an operator who has called about a case.
func (o *Office) called(ctx context.Context, who Who, n board.Number, form store.Once, do func(step) (board.Event, error)) error {
	return o.deedOf(ctx, who, n, form, byPhone(who), do)
}

// Missed says that the call found nobody.
func (o *Office) Missed(ctx context.Context, who Who, n board.Number, form store.Once) error {
	return o.called(ctx, who, n, form, func(s step) (board.Event, error) {
		f, _ := s.c.ToCall(who.Actor, s.now)
		return s.c.Miss(who.Actor, f.Why, s.now)
	})
}

// Spared says that the person would rather not say whether it is solved. Nobody
// asks them again about this answer.
func (o *Office) Spared(ctx context.Context, who Who, n board.Number, form store.Once) error {
	return o.called(ctx, who, n, form, func(s step) (board.Event, error) { return s.c.Spare(who.Actor, s.now) })
}

// Checked says that the person told whoever asked: that is mine.
func (o *Office) Checked(ctx context.Context, who Who, n board.Number, form store.Once) error {
	return o.called(ctx, who, n, form, func(s step) (board.Event, error) { return s.c.Check(asHelper(who, s), s.now) })
}

// HandTo asks a helper of the place to go to somebody who cannot be called.
func (o *Office) HandTo(ctx context.Context, who Who, n board.Number, form store.Once, helper board.ID) error {
	return o.called(ctx, who, n, form, func(s step) (board.Event, error) {
		staff, err := s.tx.Staff(helper)
		if err != nil {
			return board.Event{}, err
		}
		if staff == nil {
			return board.Event{}, board.Fault{Kind: board.Invalid, ID: "handto.helper", Field: "to"}
		}
		f, _ := s.c.ToCall(who.Actor, s.now)
		return s.c.HandTo(who.Actor, f.Why, staff, s.now)
	})
}

// HelpersFor lists whom an operator can ask to go there.
func (o *Office) HelpersFor(ctx context.Context, c *board.Case) ([]*board.Staff, error) {
	county, err := o.County(ctx)
	if err != nil {
		return nil, err
	}
	var near []*board.Staff
	for _, s := range county.Staff {
		if !s.Left && s.Roles.Has(board.Helper) && (board.Actor{Areas: s.Areas}).Covers(c.Township, c.Village) && s.ID != c.TakenBy {
			near = append(near, s)
		}
	}
	slices.SortFunc(near, func(a, b *board.Staff) int { return strings.Compare(a.Name+a.Login, b.Name+b.Login) })
	return near, nil
}

// Quote is what somebody who rings or comes by themselves says of the answer.
func (o *Office) Quote(ctx context.Context, who Who, n board.Number, form store.Once, rating board.Rating) error {
	return o.called(ctx, who, n, form, func(s step) (board.Event, error) {
		return s.c.Quote(who.Actor, rating, o.again(s), s.rules, s.now)
	})
}

// RateFor is what the person told an uninvolved operator of the answer.
func (o *Office) RateFor(ctx context.Context, who Who, n board.Number, form store.Once, rating board.Rating) error {
	return o.called(ctx, who, n, form, func(s step) (board.Event, error) {
		return s.c.RateFor(who.Actor, rating, o.again(s), s.rules, s.now)
	})
}

// asHelper is a member of staff beside the person: with the grant under which
// they act, when they are the case's helper.
func asHelper(who Who, s step) board.Actor {
	by := who.Actor
	if g, ok := s.c.HelpedBy(by, s.now); ok {
		by.Grant, by.Channel = g.ID, board.Assisted
	}
	return by
}

// ReadOut says that the answer was told to the person: by a helper, or by an
// operator on the telephone.
func (o *Office) ReadOut(ctx context.Context, who Who, n board.Number, form store.Once, told board.ReadOut) error {
	err := o.called(ctx, who, n, form, func(s step) (board.Event, error) {
		return s.c.ReadOut(asHelper(who, s), told, s.rules, s.now)
	})
	return o.remembered(ctx, who, n, err)
}

// PassBack gives a reading task back to the operators.
func (o *Office) PassBack(ctx context.Context, who Who, n board.Number, form store.Once, reason string) error {
	err := o.deed(ctx, who, n, form, func(s step) (board.Event, error) {
		return s.c.PassBack(asHelper(who, s), reason, s.rules, s.now)
	})
	return o.remembered(ctx, who, n, err)
}
