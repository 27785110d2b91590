package office

import (
	"context"
	"slices"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// NewStaff is somebody to be taken on. A password or secret that is empty is
// drawn.
type NewStaff struct {
	Login, Name string
	Unit        board.ID
	Roles       board.Roles
	Areas       []board.Area // of a helper
	Password    string
	Secret      string // base32, RFC 6238
}

// Credentials are what a new member of staff needs to log in. They are shown
// once.
type Credentials struct {
	Password string
	Secret   string
	URL      string   // otpauth://, for a QR code
	Recovery []string // for when the second factor is lost
}

// Hire takes somebody on.
func (o *Office) Hire(ctx context.Context, by board.Actor, n NewStaff) (Credentials, error) {
	id, err := o.id()
	if err != nil {
		return Credentials{}, err
	}
	c, hash, err := o.credentials(n)
	if err != nil {
		return Credentials{}, err
	}
	e, err := board.Hire(id, by, board.Hired{
		Login: n.Login, Name: n.Name, Unit: n.Unit, Roles: n.Roles, Areas: n.Areas, Password: hash, Secret: c.Secret, Recovery: 1,
	}, o.now())
	if err != nil {
		return Credentials{}, err
	}
	_, again, err := o.rule(ctx, by, func(tx *store.Tx) (board.ID, error) {
		taken, err := tx.StaffByLogin(n.Login)
		if err != nil {
			return id, err
		}
		if taken != nil {
			return id, board.Fault{Kind: board.Invalid, ID: "staff.taken", Field: "login"}
		}
		return id, join(unitWorks(tx, n.Unit), tx.Append(e))
	})
	if err == nil && again {
		err = shownBefore
	}
	if err != nil {
		return Credentials{}, err
	}
	c.Recovery = o.recoveryCodes(id, 1)
	return c, nil
}

// staff changes one member of staff.
func (o *Office) staff(ctx context.Context, by board.Actor, id board.ID, change func(tx *store.Tx, s *board.Staff) (board.Event, error)) (again bool, err error) {
	_, again, err = o.rule(ctx, by, func(tx *store.Tx) (none board.ID, err error) {
		s, err := tx.Staff(id)
		if err != nil {
			return none, err
		}
		if s == nil {
			return none, board.Fault{Kind: board.Missing, ID: "staff.missing"}
		}
		e, err := change(tx, s)
		if err != nil {
			return none, err
		}
		return none, tx.Append(e)
	})
	return again, err
}

// PostStaff says what somebody does from now on, and who stands in for them.
func (o *Office) PostStaff(ctx context.Context, by board.Actor, id board.ID, p board.Posted) error {
	_, err := o.staff(ctx, by, id, func(tx *store.Tx, s *board.Staff) (board.Event, error) {
		e, err := s.Post(by, p, o.now())
		return e, join(err, unitWorks(tx, p.Unit), deputyWorks(tx, p.Deputy), atField("roles", missed(tx, s, p.Roles, p.Unit)))
	})
	if err != nil {
		return err
	}
	return o.update(ctx, func(tx *store.Tx) error { return releaseOf(tx, id, o.now()) })
}

// Rekey gives somebody a new password and second factor, which are shown once.
func (o *Office) Rekey(ctx context.Context, by board.Actor, id board.ID) (Credentials, error) {
	county, err := o.County(ctx)
	if err != nil {
		return Credentials{}, err
	}
	who := county.Staff[id]
	if who == nil {
		return Credentials{}, board.Fault{Kind: board.Missing, ID: "staff.missing"}
	}
	c, hash, err := o.credentials(NewStaff{Login: who.Login})
	if err != nil {
		return c, err
	}
	set := 0
	again, err := o.staff(ctx, by, id, func(tx *store.Tx, s *board.Staff) (board.Event, error) {
		set = s.Recovery.Set + 1
		e, err := s.Rekey(by, board.Rekeyed{Password: hash, Secret: c.Secret, Recovery: set}, o.now())
		if err != nil {
			return e, err
		}
		return e, o.dropCards(tx, by, id, "")
	})
	if err == nil && again {
		err = shownBefore
	}
	if err != nil {
		return Credentials{}, err
	}
	c.Recovery = o.recoveryCodes(id, set)
	return c, nil
}

// GoAway says until when somebody's deputy stands in for them.
func (o *Office) GoAway(ctx context.Context, by board.Actor, id board.ID, until time.Time) error {
	_, err := o.staff(ctx, by, id, func(tx *store.Tx, s *board.Staff) (board.Event, error) {
		e, err := s.GoAway(by, until, o.now())
		if err == nil && until.After(o.now()) {
			err = o.bothAway(tx, s)
		}
		return e, err
	})
	return err
}

// bothAway refuses that somebody goes away whose deputy is away, too, or has left,
// or who stands in for somebody themselves.
func (o *Office) bothAway(tx *store.Tx, s *board.Staff) error {
	all, err := tx.StaffList()
	if err != nil {
		return err
	}
	for _, other := range all {
		away := other.Away.After(o.now())
		switch {
		case other.ID == s.Deputy && other.Left:
			return board.Fault{Kind: board.Invalid, ID: "staff.deputy-left", Field: "until", Args: []any{"Name", other.Name}}
		case other.ID == s.Deputy && away:
			return board.Fault{Kind: board.Invalid, ID: "staff.deputy-away", Field: "until", Args: []any{"Name", other.Name}}
		case other.Deputy == s.ID && away && !other.Left:
			return board.Fault{Kind: board.Invalid, ID: "staff.stands-in", Field: "until", Args: []any{"Name", other.Name}}
		}
	}
	return nil
}

// missed refuses that somebody gives up what nobody else could do: one of the
// indispensable roles, or the cases of a unit of which they are the last handler.
func missed(tx *store.Tx, s *board.Staff, roles board.Roles, unit board.ID) error {
	all, err := tx.StaffList()
	if err != nil {
		return err
	}
	others := func(does func(*board.Staff) bool) bool {
		return slices.ContainsFunc(all, func(o *board.Staff) bool { return o.ID != s.ID && !o.Left && does(o) })
	}
	for _, role := range board.Indispensable {
		if s.Roles.Has(role) && !roles.Has(role) && !others(func(o *board.Staff) bool { return o.Roles.Has(role) }) {
			return board.Fault{Kind: board.Invalid, ID: "staff.last", Args: []any{"Name", s.Name, "Role", role}}
		}
	}
	goes := s.Roles.Has(board.Handler) && !s.Unit.IsZero() && (!roles.Has(board.Handler) || unit != s.Unit)
	if !goes || others(func(o *board.Staff) bool { return o.Unit == s.Unit && o.Roles.Has(board.Handler) }) {
		return nil
	}
	open, err := tx.Count(store.LedBy(s.Unit), 1)
	if err == nil && open == 0 {
		open, err = tx.Count(store.CoLed(s.Unit), 1)
	}
	u, missing := tx.Unit(s.Unit)
	if err := join(err, missing); err != nil || open == 0 || u == nil || u.Closed() {
		return err
	}
	return board.Fault{Kind: board.Invalid, ID: "staff.last-handler", Args: []any{"Name", s.Name, "Unit", u.Name}}
}

// goes ends somebody's work here, unless nobody could go on with it.
func (o *Office) goes(tx *store.Tx, by board.Actor, s *board.Staff) (board.Event, error) {
	e, err := s.Leave(by, o.now())
	if err == nil && !s.Left {
		err = atField("sure", missed(tx, s, nil, board.ID{}))
	}
	return e, err
}

// unitWorks sees to it that a unit that somebody is to work for is there.
func unitWorks(tx *store.Tx, id board.ID) error {
	if id.IsZero() {
		return nil
	}
	u, err := tx.Unit(id)
	if err == nil && (u == nil || u.Closed()) {
		err = board.Fault{Kind: board.Invalid, ID: "staff.unit", Field: "unit"}
	}
	return err
}

// deputyWorks sees to it that whoever is to stand in for somebody works here.
func deputyWorks(tx *store.Tx, id board.ID) error {
	if id.IsZero() {
		return nil
	}
	s, err := tx.Staff(id)
	if err == nil && (s == nil || s.Left) {
		err = board.Fault{Kind: board.Invalid, ID: "staff.deputy", Field: "deputy"}
	}
	return err
}

// Leave ends somebody's work here; their sessions end with the next request.
func (o *Office) Leave(ctx context.Context, by board.Actor, id board.ID) error {
	_, err := o.staff(ctx, by, id, func(tx *store.Tx, s *board.Staff) (board.Event, error) { return o.goes(tx, by, s) })
	return err
}

// Sessions lists the sessions of staff that run now, for an administrator.
func (o *Office) Sessions(ctx context.Context, who Who) ([]store.StaffSession, error) {
	if !who.Roles.Has(board.Admin) {
		return nil, denied
	}
	var sessions []store.StaffSession
	err := o.store.View(ctx, func(tx *store.Tx) (err error) {
		sessions, err = tx.StaffSessions(o.now())
		return err
	})
	return sessions, err
}

// EndSession ends one of them.
func (o *Office) EndSession(ctx context.Context, who Who, key string) error {
	if !who.Roles.Has(board.Admin) {
		return denied
	}
	return o.update(ctx, func(tx *store.Tx) error { return tx.EndSessionKey(key) })
}
