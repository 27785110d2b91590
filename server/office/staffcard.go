package office

import (
	"context"
	"crypto/subtle"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// GiveStaffCard makes a code card the second factor of a member of staff who has
// no phone to show digits. What they had before goes on but for another card.
func (o *Office) GiveStaffCard(ctx context.Context, by board.Actor, staff board.ID, serialText string) error {
	serial, err := parseCard(serialText)
	if err != nil {
		return err
	}
	_, _, err = o.rule(ctx, by, func(tx *store.Tx) (none board.ID, err error) {
		s, err := tx.Staff(staff)
		if err == nil && (s == nil || s.Left) {
			err = board.Fault{Kind: board.Missing, ID: "staff.missing"}
		}
		if err != nil {
			return none, err
		}
		series, _, err := cardAt(tx, serial)
		if err == nil && series == nil {
			err = unknownPaper
		}
		if err != nil {
			return none, err
		}
		e, err := series.GiveStaff(by, serial.No(), staff, o.now())
		if err != nil {
			return none, err
		}
		return none, join(tx.Append(e), o.dropCards(tx, by, staff, serial))
	})
	return err
}

// StaffCard is the card that a member of staff logs in with, for an
// administrator; "" when there is none.
func (o *Office) StaffCard(ctx context.Context, who Who, staff board.ID) (serial board.Serial, ends time.Time, err error) {
	if !who.Roles.Has(board.Admin) {
		return "", ends, denied
	}
	err = o.store.View(ctx, func(tx *store.Tx) error {
		s, no, err := cardOf(tx, staff)
		if s != nil {
			serial, ends = s.Serial(no), s.Paper(no).Ends()
		}
		return err
	})
	return serial, ends, err
}

// cardOf finds the card that somebody holds, nil when there is none.
func cardOf(tx *store.Tx, holder board.ID) (*board.Series, int, error) {
	all, err := tx.CardsOf(holder)
	for _, s := range all {
		for no := 1; no <= len(s.Papers); no++ {
			if p := s.Paper(no); p.On == holder && !p.Revoked {
				return s, no, nil
			}
		}
	}
	return nil, 0, err
}

// tryStaffCard uses up the next code of the card that a member of staff holds.
func (o *Office) tryStaffCard(tx *store.Tx, staff board.ID, typed string, now time.Time) (right bool, err error) {
	s, no, err := cardOf(tx, staff)
	if err != nil || s == nil {
		return false, err
	}
	p := s.Paper(no)
	if subtle.ConstantTimeCompare([]byte(o.cardCode(s.Serial(no), p.Asks())), []byte(typed)) != 1 || p.Live(now) != nil {
		return false, nil
	}
	e, err := s.LetIn(board.Actor{Staff: staff, Channel: board.Web}, no, now)
	if err != nil {
		return false, err
	}
	return true, tx.Append(e)
}
