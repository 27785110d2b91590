package office

import (
	"context"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// factorLasts is how long after its second factor a member of staff is not
// asked for it again: nobody types it for each of six forms.
const factorLasts = 5 * time.Minute

// factor is what a member of staff showed besides the password.
type factor int

const (
	noFactor factor = iota
	byDigits
	byCard
	byRecovery
)

// secondFactor uses up what a member of staff typed: the six digits of now, the
// next code of the card that was given them, or a recovery code. Digits are made
// of the time: while the clock is in doubt they show nothing of an administrator.
func (o *Office) secondFactor(tx *store.Tx, id board.ID, typed string, now time.Time) (factor, error) {
	staff, err := tx.Staff(id)
	if err != nil || staff == nil {
		return noFactor, err
	}
	code := board.Digits(typed)
	step, inTime := o.step(staff.Secret, code)
	if inTime && !(o.ClockSuspect() && staff.Roles.Has(board.Admin)) {
		right, err := tx.FirstUse("totp "+staff.ID.String(), step, now.Add(5*time.Minute), now)
		if right || err != nil {
			return byDigits, err
		}
	}
	if right, err := o.tryStaffCard(tx, staff.ID, code, now); right || err != nil {
		return byCard, err
	}
	if right, err := o.tryRecovery(tx, staff, code, now); right || err != nil {
		return byRecovery, err
	}
	return noFactor, nil
}

// orClock gives the words of a refusal: other ones while the clock is in doubt.
// They are the same for everybody: no guesser learns which part was wrong.
func (o *Office) orClock(id, inDoubt string) string {
	if o.ClockSuspect() {
		return inDoubt
	}
	return id
}

// wrongAsStaff are the counters of wrong guesses at somebody's password or
// second factor.
func wrongAsStaff(login string, from Origin) guesses {
	return guesses{{wrongPasswords, login + " " + from.network()}, {wrongPasswordsPlace, from.network()}}
}

// ShowFactor has a member of staff who is logged in show their second factor
// once more: before a list leaves, before keys and roles change. A session that
// somebody left open, or stole, does none of it.
func (o *Office) ShowFactor(ctx context.Context, who Who, code string, from Origin) error {
	if who.Shown {
		return nil
	}
	if board.Digits(code) == "" {
		return board.Fault{Kind: board.Invalid, ID: "factor.empty", Field: "factor"}
	}
	var refused error
	err := o.update(ctx, func(tx *store.Tx) error {
		refused = nil
		now := o.now()
		s, err := tx.Session(who.Session, now)
		if err != nil {
			return err
		}
		staff, err := tx.Staff(who.Staff)
		if err != nil {
			return err
		}
		if s == nil || staff == nil || staff.Left {
			return denied
		}
		counters := wrongAsStaff(staff.Login, from)
		if err := counters.open(tx, "staff.wait", now); err != nil {
			return atField("factor", err)
		}
		by, err := o.secondFactor(tx, staff.ID, code, now)
		if err != nil {
			return err
		}
		if by == noFactor {
			refused = board.Fault{Kind: board.Invalid, ID: o.orClock("factor.wrong", "factor.wrong-clock"), Field: "factor"}
			return counters.wrong(tx, now)
		}
		s.Shown = now
		return tx.PutSession(who.Session, *s)
	})
	return join(err, refused)
}

// lately tells whether the second factor was shown in this session a moment
// ago. A time ahead of now is no moment ago: the clock was set back.
func lately(s *store.Session, now time.Time) bool {
	age := now.Sub(s.Shown)
	return s.Clicked || age >= 0 && age < factorLasts
}
