package office

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// setting changes the county's settings.
func (o *Office) setting(ctx context.Context, by board.Actor, change func(s *board.Settings, now time.Time) (board.Event, error)) error {
	_, _, err := o.rule(ctx, by, func(tx *store.Tx) (none board.ID, err error) {
		s, err := tx.Settings()
		if err != nil {
			return none, err
		}
		e, err := change(s, o.now())
		if err != nil {
			return none, err
		}
		return none, tx.Append(e)
	})
	return err
}

// NameCounty says what the county is called, whom to call, and what its
// townships are.
func (o *Office) NameCounty(ctx context.Context, by board.Actor, n board.CountyNamed) error {
	return o.setting(ctx, by, func(s *board.Settings, now time.Time) (board.Event, error) { return s.NameCounty(by, n, now) })
}

// ListPlaces says what the county's townships and streets are.
func (o *Office) ListPlaces(ctx context.Context, by board.Actor, places []board.Place) error {
	return o.setting(ctx, by, func(s *board.Settings, now time.Time) (board.Event, error) { return s.ListPlaces(by, places, now) })
}

// ListTopics says what cases may be about.
func (o *Office) ListTopics(ctx context.Context, by board.Actor, topics []board.Topic) error {
	return o.setting(ctx, by, func(s *board.Settings, now time.Time) (board.Event, error) { return s.ListTopics(by, topics, now) })
}

// SetRules changes the county's numbers.
func (o *Office) SetRules(ctx context.Context, by board.Actor, r board.Rules) error {
	return o.setting(ctx, by, func(s *board.Settings, now time.Time) (board.Event, error) { return s.SetRules(by, r, now) })
}

// SetDuty says on which days off somebody is at the county desk.
func (o *Office) SetDuty(ctx context.Context, by board.Actor, days []string) error {
	return o.setting(ctx, by, func(s *board.Settings, now time.Time) (board.Event, error) { return s.SetDuty(by, days, now) })
}

// unit changes one unit.
func (o *Office) unit(ctx context.Context, by board.Actor, id board.ID, change func(tx *store.Tx, u *board.Unit) (board.Event, error)) error {
	_, _, err := o.rule(ctx, by, func(tx *store.Tx) (none board.ID, err error) {
		u, err := tx.Unit(id)
		if err != nil {
			return none, err
		}
		if u == nil {
			return none, board.Fault{Kind: board.Missing, ID: "unit.missing"}
		}
		e, err := change(tx, u)
		if err != nil {
			return none, err
		}
		return none, tx.Append(e)
	})
	return err
}

// Found makes a unit that handles cases.
func (o *Office) Found(ctx context.Context, by board.Actor, f board.Founded) (board.ID, error) {
	id, err := o.id()
	if err != nil {
		return id, err
	}
	e, err := board.Found(id, by, f, o.now())
	if err != nil {
		return id, err
	}
	id, _, err = o.rule(ctx, by, func(tx *store.Tx) (board.ID, error) { return id, join(nameFree(tx, id, f), tx.Append(e)) })
	return id, err
}

// nameFree refuses a unit's name that another unit bears: people could not tell
// them apart.
func nameFree(tx *store.Tx, id board.ID, f board.Founded) error {
	units, err := tx.Units()
	if err != nil {
		return err
	}
	for _, u := range units {
		if u.ID != id && !u.Closed() && strings.TrimSpace(u.Name["zh-Hans"]) == strings.TrimSpace(f.Name["zh-Hans"]) {
			return board.Fault{Kind: board.Invalid, ID: "unit.taken", Field: "name"}
		}
	}
	return nil
}

// Rename says what a unit is called, does, and how it is reached.
func (o *Office) Rename(ctx context.Context, by board.Actor, id board.ID, f board.Founded) error {
	return o.unit(ctx, by, id, func(tx *store.Tx, u *board.Unit) (board.Event, error) {
		e, err := u.Rename(by, f, o.now())
		return e, join(err, nameFree(tx, id, f))
	})
}

// ListModels says which templates of replies a unit has.
func (o *Office) ListModels(ctx context.Context, who Who, models []board.Model) error {
	return o.unit(ctx, who.Actor, who.Unit, func(_ *store.Tx, u *board.Unit) (board.Event, error) {
		return u.ListModels(who.Actor, models, o.now())
	})
}

// Dissolve closes a unit; its open cases and its people go to the heir. The
// dates that residents were given stand.
func (o *Office) Dissolve(ctx context.Context, by board.Actor, id board.ID, heir string) error {
	to, err := board.ParseID(heir)
	if err != nil {
		return board.Fault{Kind: board.Invalid, ID: "unit.heir", Field: "heir"}
	}
	return o.unit(ctx, by, id, func(tx *store.Tx, u *board.Unit) (board.Event, error) {
		next, err := tx.Unit(to)
		if err != nil {
			return board.Event{}, err
		}
		e, err := u.Dissolve(by, next, o.now())
		if err != nil {
			return e, err
		}
		return e, o.handOver(tx, by, id, to)
	})
}

// handOver gives everything of a unit to another.
func (o *Office) handOver(tx *store.Tx, by board.Actor, from, to board.ID) error {
	for _, l := range []store.List{store.LedBy(from), store.Helping(from)} {
		var next store.Cursor
		for {
			cases, after, err := tx.List(l, next, 200)
			if err != nil {
				return err
			}
			for _, c := range cases {
				if err := tx.Append(c.Transfer(by, from, to, o.now())); err != nil {
					return err
				}
			}
			if after == nil {
				break
			}
			next = after
		}
	}
	staff, err := tx.StaffList()
	if err != nil {
		return err
	}
	for _, s := range staff {
		if s.Unit != from || s.Left {
			continue
		}
		e, err := s.Post(by, board.Posted{Name: s.Name, Unit: to, Roles: s.Roles, Deputy: s.Deputy}, o.now())
		if err != nil {
			return err
		}
		if err := tx.Append(e); err != nil {
			return err
		}
	}
	return nil
}

// AnnounceYear loads a year of the statutory calendar, and confirms or corrects
// every date that was provisional for want of it. It tells how many it
// corrected.
func (o *Office) AnnounceYear(ctx context.Context, by board.Actor, raw []byte) (year, corrected int, err error) {
	_, year, err = o.calendar.Load().With(raw)
	if err != nil {
		o.log.Warn("a calendar could not be read", "cause", err)
		return 0, 0, board.Fault{Kind: board.Invalid, ID: "calendar.file", Field: "file"}
	}
	err = o.setting(ctx, by, func(s *board.Settings, now time.Time) (board.Event, error) {
		return s.AnnounceYear(by, year, string(raw), now)
	})
	if err != nil {
		return year, 0, err
	}
	if err := o.loadCalendar(ctx); err != nil {
		return year, 0, err
	}
	corrected, err = o.redate(ctx)
	return year, corrected, err
}

// loadCalendar takes the years that the county loaded into the calendar.
func (o *Office) loadCalendar(ctx context.Context) error {
	county, err := o.County(ctx)
	if err != nil {
		return err
	}
	calendar := o.statutory
	years := make([]int, 0, len(county.Years))
	for y := range county.Years {
		years = append(years, y)
	}
	slices.Sort(years)
	for _, y := range years {
		if calendar, _, err = calendar.With([]byte(county.Years[y])); err != nil {
			return err
		}
	}
	o.calendar.Store(calendar)
	return nil
}

// redate reckons provisional dates anew, and tells of how many cases the day
// that was promised to the resident has changed.
func (o *Office) redate(ctx context.Context) (corrected int, err error) {
	version := o.calendar.Load().Version()
	county, err := o.County(ctx)
	if err != nil {
		return 0, err
	}
	reckon := func(d board.Date) board.Date {
		if d.Days > 0 {
			return o.by(d.From, d.Days)
		}
		return o.screenBy(d.From, county.Settings)
	}
	var faults []error
	err = o.walk(ctx, store.Flagged(store.FlagProvisional), func(id board.ID) {
		moved := false
		did, err := o.byClock(ctx, id, func(s step) (board.Event, bool) {
			e, anew := s.c.Redate(clock, reckon, s.now)
			due := e.Fact.(board.Redated).Due
			moved = due.Set() && !due.At.Equal(s.c.Due.At)
			return e, anew
		})
		faults = append(faults, err)
		if did && moved {
			corrected++
		}
	})
	if err = errors.Join(append(faults, err)...); err == nil {
		o.reckoned.Store(&version)
	}
	return corrected, err
}

// NewStaff is somebody to be taken on. A password or secret that is empty is
// drawn.
type NewStaff struct {
	Login, Name string
	Unit        board.ID
	Roles       board.Roles
	Password    string
	Secret      string // base32, RFC 6238
}

// Credentials are what a new member of staff needs to log in. They are shown
// once.
type Credentials struct {
	Password string
	Secret   string
	URL      string // otpauth://, for a QR code
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
		Login: n.Login, Name: n.Name, Unit: n.Unit, Roles: n.Roles, Password: hash, Secret: c.Secret,
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
		return e, join(err, unitWorks(tx, p.Unit), deputyWorks(tx, p.Deputy))
	})
	return err
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
	again, err := o.staff(ctx, by, id, func(_ *store.Tx, s *board.Staff) (board.Event, error) {
		return s.Rekey(by, board.Rekeyed{Password: hash, Secret: c.Secret}, o.now())
	})
	if err == nil && again {
		err = shownBefore
	}
	if err != nil {
		return Credentials{}, err
	}
	return c, nil
}

// GoAway says until when somebody's deputy stands in for them.
func (o *Office) GoAway(ctx context.Context, by board.Actor, id board.ID, until time.Time) error {
	_, err := o.staff(ctx, by, id, func(_ *store.Tx, s *board.Staff) (board.Event, error) { return s.GoAway(by, until, o.now()) })
	return err
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
	_, err := o.staff(ctx, by, id, func(_ *store.Tx, s *board.Staff) (board.Event, error) { return s.Leave(by, o.now()) })
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
