package office

import (
	"context"
	"slices"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// Choice is a person whom the phone that logged in serves.
type Choice struct {
	ID   board.ID
	Name string
}

// Household is whom a phone that logged in leads to.
type Household struct {
	People []Choice // whom the phone serves
	Acts   []Choice // for whom whoever is at the page may act
	Claim  bool     // somebody else typed this phone for people who have not come yet
	phone  board.Phone
	agent  board.ID // who would act
}

// Household lists whom the phone of this session leads to.
func (o *Office) Household(ctx context.Context, who Who) (Household, error) {
	var h Household
	err := o.store.View(ctx, func(tx *store.Tx) error {
		s, err := tx.Session(who.Session, o.now())
		if err != nil || s == nil {
			return err
		}
		h, err = household(tx, s, o.now())
		return err
	})
	return h, err
}

func household(tx *store.Tx, s *store.Session, now time.Time) (Household, error) {
	h := Household{phone: s.Phone}
	if s.Phone == "" {
		return h, nil
	}
	bound, err := tx.PersonsByPhone(s.Phone)
	if err != nil {
		return h, err
	}
	for _, p := range bound {
		switch {
		case slices.Contains(s.Persons, p.ID) && p.Served(s.Phone, now):
			h.People = append(h.People, Choice{p.ID, p.Name})
		case p.Claimable(s.Phone, now):
			h.Claim = true
		}
	}
	h.agent = h.self(s)
	parents, err := tx.PersonsByKin(s.Phone)
	if err != nil {
		return h, err
	}
	for _, p := range parents {
		if _, may := actsFor(p, h.agent, s.Phone, now); may {
			h.Acts = append(h.Acts, Choice{p.ID, p.Name})
		}
	}
	return h, nil
}

// self is the one of the phone's own people who is at the page, zero while
// several may be.
func (h Household) self(s *store.Session) board.ID {
	for _, id := range []board.ID{s.Agent, s.Person} {
		if h.serves(id) {
			return id
		}
	}
	if len(h.People) == 1 {
		return h.People[0].ID
	}
	return board.ID{}
}

func (h Household) serves(id board.ID) bool {
	return slices.ContainsFunc(h.People, func(c Choice) bool { return c.ID == id })
}

// settled tells whether there is nothing to ask: one person, and nobody else
// whom they could be or act for.
func (h Household) settled() bool { return len(h.People) == 1 && len(h.Acts) == 0 && !h.Claim }

// actsFor finds the grant under which agent may act for p with this phone.
func actsFor(p *board.Person, agent board.ID, phone board.Phone, now time.Time) (board.Kin, bool) {
	for _, k := range p.Kin {
		if p.ID != agent && k.MayAct(agent, phone, now) {
			return k, true
		}
	}
	return board.Kin{}, false
}

var chooseOne = board.Fault{Kind: board.Invalid, ID: "who.choose", Field: "person"}

// Choose says who of the phone's people is at the page, or for whom they act.
func (o *Office) Choose(ctx context.Context, who Who, person string) error {
	id, err := board.ParseID(person)
	if err != nil {
		return chooseOne
	}
	return o.update(ctx, func(tx *store.Tx) error {
		now := o.now()
		s, err := tx.Session(who.Session, now)
		if err != nil || s == nil {
			return join(err, denied)
		}
		h, err := household(tx, s, now)
		if err != nil {
			return err
		}
		s.Opened = nil // what one of them opened is not the other's
		if h.serves(id) {
			s.Person, s.Agent, s.Grant = id, board.ID{}, board.ID{}
			return tx.PutSession(who.Session, *s)
		}
		if !slices.ContainsFunc(h.Acts, func(c Choice) bool { return c.ID == id }) {
			return chooseOne
		}
		return act(tx, who.Session, s, h, id, now)
	})
}

// act lets whoever is at the page act for somebody who bound their phone. The
// first who does so is the relative who was meant.
func act(tx *store.Tx, session [32]byte, s *store.Session, h Household, id board.ID, now time.Time) error {
	p, err := tx.Person(id)
	if err != nil {
		return err
	}
	k, _ := actsFor(p, h.agent, s.Phone, now)
	s.Person, s.Agent, s.Grant = id, h.agent, k.ID
	if k.Person.IsZero() {
		by := board.Actor{Person: id, Agent: h.agent, Grant: k.ID, Roles: board.Roles{board.Resident}, Channel: board.Web}
		if err := tx.Append(p.MeetKin(by, k.ID, h.agent, now)); err != nil {
			return err
		}
	}
	return tx.PutSession(session, *s)
}

// Arrive adds somebody new to the phone of this session, and lets them be the
// one at the page.
func (o *Office) Arrive(ctx context.Context, who Who, name, lang string) error {
	id, err := o.id()
	if err != nil {
		return err
	}
	return o.update(ctx, func(tx *store.Tx) error {
		s, err := tx.Session(who.Session, o.now())
		if err != nil || s == nil || s.Phone == "" {
			return join(err, denied)
		}
		by := board.Actor{Person: id, Roles: board.Roles{board.Resident}, Channel: board.Web}
		events, err := board.Arrive(id, by, s.Phone, lang, name, len(s.Persons), o.now())
		if err != nil {
			return err
		}
		s.Persons, s.Person, s.Opened = append(s.Persons, id), id, nil
		s.Agent, s.Grant = board.ID{}, board.ID{}
		return join(tx.Append(events...), tx.PutSession(who.Session, *s))
	})
}

// Claim lets whoever proved the phone be the person for whom somebody else had
// typed it, when they know that person's name. A wrong name counts against the
// phone that logged in, which is in the hands of whoever guesses.
func (o *Office) Claim(ctx context.Context, who Who, name string, from Origin) error {
	name = plainName(name)
	if name == "" {
		return board.Fault{Kind: board.Invalid, ID: "who.claim.name", Field: "name"}
	}
	var refused error
	err := o.update(ctx, func(tx *store.Tx) error {
		refused = nil
		now := o.now()
		s, err := tx.Session(who.Session, now)
		if err != nil || s == nil || s.Phone == "" {
			return join(err, denied)
		}
		counters := guesses{{wrongNamesOfPhone, string(s.Phone)}, {wrongNamesBrowser, from.Browser}, {wrongNamesAddress, from.network()}}
		if err := counters.open(tx, "who.claim.wait", now); err != nil {
			return err
		}
		mine, err := claimed(tx, s.Phone, name, now)
		if err != nil {
			return err
		}
		if len(mine) == 0 {
			refused = board.Fault{Kind: board.Invalid, ID: "who.claim.wrong", Field: "name"}
			return counters.wrong(tx, now)
		}
		for _, p := range mine {
			by := board.Actor{Person: p.ID, Roles: board.Roles{board.Resident}, Channel: board.Web}
			if err := tx.Append(p.Prove(by, s.Phone, now)); err != nil {
				return err
			}
			s.Persons = append(s.Persons, p.ID)
		}
		s.Person, s.Agent, s.Grant, s.Opened = mine[0].ID, board.ID{}, board.ID{}, nil
		return tx.PutSession(who.Session, *s)
	})
	return join(err, refused)
}

// claimed are the people of this name for whom somebody else typed the phone.
func claimed(tx *store.Tx, phone board.Phone, name string, now time.Time) ([]*board.Person, error) {
	persons, err := tx.PersonsByPhone(phone)
	return slices.DeleteFunc(persons, func(p *board.Person) bool {
		return !p.Claimable(phone, now) || plainName(p.Name) != name
	}), err
}

// plainName is a name without the spaces that people type into it.
func plainName(name string) string { return strings.Join(strings.Fields(name), "") }
