package office

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"slices"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// How long a session lasts. A resident's is meant to outlast a slow week
// (WCAG 2.2.6); staff see other people's words, so theirs ends soon.
const (
	residentIdle = 7 * 24 * time.Hour
	residentMost = 30 * 24 * time.Hour // one factor has to be shown again by then (NIST SP 800-63B, AAL1)
	staffIdle    = 30 * time.Minute
	staffMost    = 12 * time.Hour
	briefIdle    = 30 * time.Minute // on anybody's phone: a case opened with number and PIN, and who says so

	residentRefresh = time.Hour   // how exactly the last visit is remembered:
	staffRefresh    = time.Minute // each refresh is a write
)

// Stay is what a resident says of the browser at login: how long they want to
// stay logged in when they do not come.
type Stay string

const (
	StayWeek  Stay = ""      // it is their own
	StayMonth Stay = "month" // it is their own, and they want no code for as long as can be
	StayBrief Stay = "brief" // others use it too
)

// idle is how long a session lasts when nobody comes.
func (s Stay) idle() time.Duration {
	switch s {
	case StayMonth:
		return residentMost
	case StayBrief:
		return briefIdle
	}
	return residentIdle
}

// Who is whoever stands behind a session. The zero Who is a stranger.
type Who struct {
	board.Actor
	Session   [32]byte // what the forms of this browser are bound to
	Name      string   // of a member of staff; a resident's when it is known
	Phone     string   // a resident's, masked
	Several   bool     // the phone that logged in serves several people
	Self      string   // of a relative who acts for the person: their own name
	Shown     bool     // a member of staff who showed their second factor a moment ago
	Recovered bool     // a member of staff who came in with a recovery code
}

// IsResident tells whether a resident is logged in by phone.
func (w Who) IsResident() bool { return !w.Person.IsZero() }

// IsStaff tells whether a member of staff is logged in.
func (w Who) IsStaff() bool { return !w.Staff.IsZero() }

func (o *Office) token() (string, error) {
	b := make([]byte, 32)
	if _, err := io.ReadFull(o.random, b); err != nil {
		return "", fmt.Errorf("random source: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}

// residentSession begins the session of a phone; nobody is at the page yet.
func residentSession(phone board.Phone, persons []board.ID, stay Stay, now time.Time) store.Session {
	return store.Session{Phone: phone, Persons: persons, Idle: stay.idle(), Begun: now, Seen: now, Ends: now.Add(stay.idle())}
}

// Stays tells how long a resident's session lasts when nobody comes.
func (o *Office) Stays(ctx context.Context, who Who) (stay Stay, err error) {
	err = o.store.View(ctx, func(tx *store.Tx) error {
		s, err := tx.Session(who.Session, o.now())
		if err == nil && (s == nil || !who.IsResident()) {
			err = denied
		}
		if err != nil {
			return err
		}
		stay = StayWeek
		for _, one := range []Stay{StayMonth, StayBrief} {
			if s.Idle == one.idle() {
				stay = one
			}
		}
		return nil
	})
	return stay, err
}

// StayFor says how long a resident's session lasts from now on when nobody
// comes. However that is, the code is asked for again a month after it was
// typed.
func (o *Office) StayFor(ctx context.Context, who Who, stay Stay) error {
	return o.update(ctx, func(tx *store.Tx) error {
		now := o.now()
		s, err := tx.Session(who.Session, now)
		if err == nil && (s == nil || !who.IsResident()) {
			err = denied
		}
		if err != nil {
			return err
		}
		s.Idle, s.Seen, s.Ends = stay.idle(), now, now.Add(stay.idle())
		if end := s.Begun.Add(residentMost); s.Ends.After(end) {
			s.Ends = end
		}
		return tx.PutSession(who.Session, *s)
	})
}

// seen moves a session's end as far as a visit now allows.
func seen(s *store.Session, now time.Time) (moved bool) {
	idle, most := s.Idle, residentMost
	switch {
	case !s.Staff.IsZero():
		idle, most = staffIdle, staffMost
	case s.Person.IsZero() && s.Phone == "":
		idle = briefIdle
	case idle == 0: // begun before residents could choose
		idle = residentIdle
	}
	refresh := residentRefresh
	if idle <= briefIdle {
		refresh = staffRefresh
	}
	if now.Sub(s.Seen) < refresh {
		return false
	}
	s.Seen, s.Ends = now, now.Add(idle)
	if end := s.Begun.Add(most); s.Ends.After(end) {
		s.Ends = end
	}
	return true
}

// Who tells who is behind a cookie's token. A token that nobody knows, or
// whose session has ended, is a stranger's.
func (o *Office) Who(ctx context.Context, token string) (Who, error) {
	if token == "" {
		return Who{}, nil
	}
	hash := store.TokenHash(token)
	var who Who
	stale := false
	err := o.store.View(ctx, func(tx *store.Tx) error {
		s, err := tx.Session(hash, o.now())
		if err != nil || s == nil {
			return err
		}
		stale = seen(s, o.now())
		who, err = o.whoOf(tx, hash, s)
		return err
	})
	if err != nil || !stale {
		return who, err
	}
	return who, o.update(ctx, func(tx *store.Tx) error {
		s, err := tx.Session(hash, o.now())
		if err != nil || s == nil || !seen(s, o.now()) {
			return err
		}
		return tx.PutSession(hash, *s)
	})
}

// whoOf reads staff from the directory, which costs nothing while nobody's post
// has changed.
func (o *Office) whoOf(tx *store.Tx, hash [32]byte, s *store.Session) (Who, error) {
	who := Who{Session: hash, Actor: board.Actor{Channel: board.Web, Opened: s.Opened}}
	switch {
	case !s.Staff.IsZero():
		d, err := o.directory(tx)
		if err != nil {
			return Who{}, err
		}
		staff := d.Staff[s.Staff]
		if staff == nil || staff.Left || s.Begun.Before(staff.KeysFrom) {
			return Who{}, nil
		}
		who.Staff, who.Unit, who.Roles, who.Areas, who.Name = staff.ID, staff.Unit, slices.Clone(staff.Roles), staff.Areas, staff.Name
		who.Shown, who.Recovered = lately(s, o.now()), s.Recovered
		d.standIn(&who, o.now())
	case s.Card != "":
		err := o.cardHolder(tx, &who, s)
		return who, err
	case s.Phone != "":
		err := o.residentOf(tx, &who, s)
		return who, err
	default:
		who.Roles = board.Roles{board.Resident}
	}
	return who, nil
}

// cardHolder is whoever logged in with a code card, as long as the card stands.
func (o *Office) cardHolder(tx *store.Tx, who *Who, s *store.Session) error {
	person, err := tx.Person(s.Person)
	if err != nil || person == nil {
		return err
	}
	if stands, err := cardStands(tx, s.Card, person.ID); err != nil || !stands {
		*who = Who{}
		return err
	}
	who.Person, who.Roles, who.Name = person.ID, board.Roles{board.Resident}, person.Name
	if person.Phone() != "" {
		who.Phone = person.Phone().Masked()
	}
	return nil
}

// residentOf tells who of a phone's people is at the page. Nobody is when the
// phone is no longer theirs, or when they may no longer be acted for.
func (o *Office) residentOf(tx *store.Tx, who *Who, s *store.Session) error {
	who.Phone, who.Several = s.Phone.Masked(), true
	if s.Person.IsZero() {
		return nil
	}
	person, err := tx.Person(s.Person)
	if err != nil || person == nil {
		return err
	}
	self := person
	if !s.Agent.IsZero() {
		k, have := person.KinOf(s.Grant)
		if self, err = tx.Person(s.Agent); err != nil || self == nil || !have || !k.MayAct(s.Agent, s.Phone, o.now()) {
			return err
		}
		who.Self = self.Name
	}
	if !self.Served(s.Phone, o.now()) {
		who.Self = ""
		return nil
	}
	who.Person, who.Agent, who.Grant = person.ID, s.Agent, s.Grant
	who.Roles, who.Name, who.Several = board.Roles{board.Resident}, person.Name, len(s.Persons) > 1
	return nil
}

// standIn adds the roles of those who are away and named this member of staff
// their deputy. A handler's or head's unit goes with the role; somebody who has a unit of
// their own does not get a second one, and nobody gets an administrator's.
func (d *Directory) standIn(who *Who, now time.Time) {
	for _, s := range d.Staff {
		if s.Deputy != who.Staff || s.Left || !s.Away.After(now) {
			continue
		}
		for _, r := range s.Roles {
			ofUnit := r == board.Handler || r == board.Head
			switch {
			case r == board.Admin || r == board.Helper || who.Roles.Has(r): // whom a person chose stands for nobody else
				continue
			case ofUnit && who.Unit.IsZero():
				who.Unit = s.Unit
			case ofUnit && who.Unit != s.Unit:
				continue
			}
			who.Roles = append(who.Roles, r)
		}
	}
}

// LogOut ends a session. Ending one that is over is fine.
func (o *Office) LogOut(ctx context.Context, token string) error {
	return o.update(ctx, func(tx *store.Tx) error { return tx.EndSession(store.TokenHash(token)) })
}
