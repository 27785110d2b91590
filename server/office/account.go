package office

import (
	"context"
	"crypto/subtle"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// Account is what a member of staff sees of their own keys and logins.
type Account struct {
	*board.Staff
	Card     board.Serial // that they log in with; "" none
	CardEnds time.Time
	Here     store.StaffSession
	Others   []store.StaffSession // in other browsers
}

// Account gives the account of whoever asks.
func (o *Office) Account(ctx context.Context, who Who) (a Account, err error) {
	if !who.IsStaff() {
		return a, denied
	}
	err = o.store.View(ctx, func(tx *store.Tx) error {
		a = Account{}
		var err error
		if a.Staff, err = tx.Staff(who.Staff); err != nil {
			return err
		}
		s, no, err := cardOf(tx, who.Staff)
		if err != nil {
			return err
		}
		if s != nil {
			a.Card, a.CardEnds = s.Serial(no), s.Paper(no).Ends()
		}
		mine, err := sessionsOf(tx, who.Staff, o.now())
		for _, s := range mine {
			if s.Key == hex.EncodeToString(who.Session[:]) {
				a.Here = s
			} else {
				a.Others = append(a.Others, s)
			}
		}
		return err
	})
	return a, err
}

func sessionsOf(tx *store.Tx, staff board.ID, now time.Time) (mine []store.StaffSession, err error) {
	all, err := tx.StaffSessions(now)
	for _, s := range all {
		if s.Staff == staff {
			mine = append(mine, s)
		}
	}
	return mine, err
}

// EndOthers logs a member of staff out of every browser but the one at hand.
func (o *Office) EndOthers(ctx context.Context, who Who) error {
	if !who.IsStaff() {
		return denied
	}
	return o.update(ctx, func(tx *store.Tx) error {
		mine, err := sessionsOf(tx, who.Staff, o.now())
		for _, s := range mine {
			if s.Key != hex.EncodeToString(who.Session[:]) {
				err = join(err, tx.EndSessionKey(s.Key))
			}
		}
		return err
	})
}

// ownNames are what somebody guesses first of a password: whose it is, and
// where.
func ownNames(login, name string, county board.Texts) []string {
	names := []string{login, name}
	for _, text := range county {
		names = append(names, text)
	}
	return names
}

// ChangePassword gives a member of staff the password that they chose. They must
// know the one they have: whoever finds a browser open does not. Their other
// browsers are logged out.
func (o *Office) ChangePassword(ctx context.Context, who Who, now, next string, from Origin) error {
	county, err := o.County(ctx)
	if err != nil {
		return err
	}
	staff := county.Staff[who.Staff]
	if staff == nil {
		return denied
	}
	if err := board.CheckPassword(next, ownNames(staff.Login, staff.Name, county.Name)...); err != nil {
		return err
	}
	counters := wrongAsStaff(staff.Login, from)
	if staff, err = o.staffToTry(ctx, staff.Login, counters); err != nil {
		return atField("now", err)
	}
	if !o.passes(now, staff.Password) {
		if o.passes(next, staff.Password) {
			return nil // the form came twice: it is the password already
		}
		return join(o.update(ctx, func(tx *store.Tx) error { return counters.wrong(tx, o.now()) }),
			board.Fault{Kind: board.Invalid, ID: "account.now", Field: "now"})
	}
	salt := make([]byte, argonSalt)
	if _, err := io.ReadFull(o.random, salt); err != nil {
		return fmt.Errorf("random source: %w", err)
	}
	hash := o.hash(next, salt)
	_, err = o.staff(ctx, who.Actor, who.Staff, func(tx *store.Tx, s *board.Staff) (board.Event, error) {
		session, err := tx.Session(who.Session, o.now())
		if err != nil {
			return board.Event{}, err
		}
		if session == nil {
			return board.Event{}, denied
		}
		session.Begun = o.now() // this one goes on; those begun before end with the password
		if err := tx.PutSession(who.Session, *session); err != nil {
			return board.Event{}, err
		}
		return s.ChangePassword(who.Actor, hash, o.now())
	})
	return err
}

// NewRecovery gives a member of staff ten new recovery codes, which are shown
// once. Those before are no good any more.
func (o *Office) NewRecovery(ctx context.Context, who Who) ([]string, error) {
	set := 0
	again, err := o.staff(ctx, who.Actor, who.Staff, func(_ *store.Tx, s *board.Staff) (board.Event, error) {
		set = s.Recovery.Set + 1
		return s.MakeRecovery(who.Actor, o.now())
	})
	if err == nil && again {
		err = shownBefore
	}
	if err != nil {
		return nil, err
	}
	return o.recoveryCodes(who.Staff, set), nil
}

// recoveryCode is one of somebody's recovery codes; see papers.go on why nothing
// of it is stored.
func (o *Office) recoveryCode(staff board.ID, set, no int) string {
	sum := o.store.Sum("recovery", staff.String(), strconv.Itoa(set), strconv.Itoa(no))
	return fmt.Sprintf("%0"+strconv.Itoa(board.RecoveryDigits)+"d", binary.BigEndian.Uint64(sum[:8])%1e16)
}

func (o *Office) recoveryCodes(staff board.ID, set int) []string {
	codes := make([]string, board.RecoveryCodes)
	for i := range codes {
		codes[i] = o.recoveryCode(staff, set, i+1)
	}
	return codes
}

// tryRecovery uses one of somebody's recovery codes up. It looks at all of them
// however early one fits.
func (o *Office) tryRecovery(tx *store.Tx, s *board.Staff, typed string, now time.Time) (right bool, err error) {
	if s.Recovery.Set == 0 {
		return false, nil
	}
	found := 0
	for no := 1; no <= board.RecoveryCodes; no++ {
		if subtle.ConstantTimeCompare([]byte(o.recoveryCode(s.ID, s.Recovery.Set, no)), []byte(typed)) == 1 {
			found = no
		}
	}
	if !s.Recovery.Good(found) {
		return false, nil
	}
	e, err := s.UseRecovery(found, now)
	if err != nil {
		return false, err
	}
	return true, tx.Append(e)
}
