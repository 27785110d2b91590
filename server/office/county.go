package office

import (
	"context"
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

// MergeTopic takes a topic off the list; its cases belong to another from now on.
func (o *Office) MergeTopic(ctx context.Context, by board.Actor, topic, into string) error {
	return o.setting(ctx, by, func(s *board.Settings, now time.Time) (board.Event, error) { return s.MergeTopic(by, topic, into, now) })
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
	settings, err := tx.Settings()
	if err != nil {
		return err
	}
	for _, l := range []store.List{store.LedBy(from), store.CoLed(from), store.About(from)} {
		var next store.Cursor
		for {
			cases, after, err := tx.List(l, next, 200)
			if err != nil {
				return err
			}
			for _, c := range cases {
				if c.Cleared() { // nothing can happen to it, and its person's key may be gone
					continue
				}
				if err := tx.Append(c.Transfer(by, from, to, o.screenBy(o.now(), settings), o.now())); err != nil {
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
		if s.Left || s.Unit != from && s.Unit != to {
			continue
		}
		if s.Unit == from {
			e, err := s.Post(by, board.Posted{Name: s.Name, Unit: to, Roles: s.Roles, Areas: s.Areas, Deputy: s.Deputy}, o.now())
			if err != nil {
				return err
			}
			if err := tx.Append(e); err != nil {
				return err
			}
		}
		if err := releaseOf(tx, s.ID, o.now()); err != nil { // what comes to their office is not theirs to read
			return err
		}
	}
	return nil
}
