package office

import (
	"context"
	"crypto/sha256"
	"time"
	"unicode"

	"lianxin/server/board"
	"lianxin/store"
)

var (
	ownOnly  = board.Fault{Kind: board.Denied, ID: "deed.own"}
	ownAgain = board.Fault{Kind: board.Expired, ID: "own.again"}
)

// own gives the person at the page, for what nobody may do in their place: they
// logged in with a phone that is proved to be theirs, or with their code card,
// and act for nobody.
func own(tx *store.Tx, who Who, now time.Time) (*store.Session, *board.Person, error) {
	s, err := tx.Session(who.Session, now)
	if err != nil {
		return nil, nil, err
	}
	if s == nil || !who.Agent.IsZero() || !s.Agent.IsZero() || s.Person.IsZero() || s.Person != who.Person {
		return nil, nil, ownOnly
	}
	p, err := tx.Person(s.Person)
	if err == nil && (p == nil || s.Card == "" && !p.ProvedBy(s.Phone, now)) {
		err = ownAgain
	}
	return s, p, err
}

// called is what to call a person in a text to somebody else. What is no plain
// name could make the county's texts carry anybody's message; the phone stands
// in its place.
func called(p *board.Person) string {
	if plainly(p.Name) {
		return p.Name
	}
	return p.Phone().Masked()
}

func plainly(name string) bool {
	const most = 20
	n := 0
	for _, r := range name {
		if n++; !unicode.IsLetter(r) && !unicode.IsMark(r) && r != ' ' && r != '·' && r != '-' || n > most {
			return false
		}
	}
	return n > 0
}

// BindKin binds a relative's phone, who is told so at once, and how to stop it.
func (o *Office) BindKin(ctx context.Context, who Who, form store.Once, k board.Kin) error {
	phone, err := board.ParsePhone(string(k.Phone))
	if err != nil {
		return err
	}
	id, err := o.id()
	if err != nil {
		return err
	}
	text, err := o.id()
	if err != nil {
		return err
	}
	k.ID, k.Phone, k.Person = id, phone, board.ID{}
	_, err = o.once(ctx, form, who.Person, func(tx *store.Tx) (store.Done, error) {
		now := o.now()
		_, p, err := own(tx, who, now)
		if err != nil {
			return store.Done{}, err
		}
		e, err := p.BindKin(who.Actor, k, now)
		if err != nil {
			return store.Done{}, err
		}
		if err := kinRoom(tx, p.ID, phone, now); err != nil {
			return store.Done{}, err
		}
		t := store.Text{ID: text, To: phone, Key: "sms.kin.notify", Lang: p.Lang, Time: now, Args: map[string]string{"Name": called(p)}}
		if k.Scope == board.KinActs {
			t.Key = "sms.kin.act"
		}
		return store.Done{}, join(tx.Append(e), tx.Post(t))
	})
	o.ring(err)
	return err
}

// kinRoom refuses when a person, or a phone, is the subject of too many such
// texts: they must not become a way to pester somebody.
func kinRoom(tx *store.Tx, person board.ID, phone board.Phone, now time.Time) error {
	counters := guesses{{kinPerPerson, person.String()}, {kinPerPhone, string(phone)}}
	if err := counters.open(tx, "kin.wait", now); err != nil {
		return err
	}
	return counters.wrong(tx, now)
}

// FreeKin ends what a relative may do. One who is gone already is fine: the
// button was pressed twice.
func (o *Office) FreeKin(ctx context.Context, who Who, kin string) error {
	id, err := board.ParseID(kin)
	if err != nil {
		return board.Fault{Kind: board.Conflict, ID: "kin.none"}
	}
	return o.update(ctx, func(tx *store.Tx) error {
		_, p, err := own(tx, who, o.now())
		if err != nil {
			return err
		}
		if _, have := p.KinOf(id); !have {
			return nil
		}
		e, err := p.FreeKin(who.Actor, id, o.now())
		if err != nil {
			return err
		}
		return tx.Append(e)
	})
}

// kinTexts are the words in which a relative hears what a person hears.
var kinTexts = map[string]string{
	"sms.assigned": "sms.kin.assigned", "sms.extended": "sms.kin.extended", "sms.answered": "sms.kin.answered",
	"sms.declined": "sms.kin.declined", "sms.upheld": "sms.kin.upheld", "sms.overturned": "sms.kin.overturned",
	"sms.merged": "sms.kin.merged",
}

// tellKin tells relatives what an event means for a case. Of a private one they
// hear nothing. A phone that may have changed hands since it was bound gets a
// text that says nothing but that there is news.
func (o *Office) tellKin(tx *store.Tx, c *board.Case, p *board.Person, key string, date board.Date, e board.Event, id board.ID) error {
	if c.Private || kinTexts[key] == "" {
		return nil
	}
	for _, k := range p.Kin {
		if k.Quiet {
			continue
		}
		fresh, err := o.reaches(tx, k)
		if err != nil {
			return err
		}
		say, on := kinTexts[key], date
		if !fresh {
			say, on = "sms.kin.news", board.Date{}
		}
		t := notice(say, k.Phone, p.Lang, c.Number, on, beside(id, k.ID), e.Time)
		if fresh {
			t.Args["Name"] = called(p)
		}
		if err := tx.Post(t); err != nil {
			return err
		}
	}
	return nil
}

// reaches tells whether a text to a relative's phone still reaches the
// relative: it was bound within 90 days, or they have shown since that it is
// theirs.
func (o *Office) reaches(tx *store.Tx, k board.Kin) (bool, error) {
	now := o.now()
	if now.Sub(k.Given) < board.ProofLasts {
		return true, nil
	}
	if k.Person.IsZero() {
		return false, nil
	}
	p, err := tx.Person(k.Person)
	return p != nil && p.Reached(k.Phone, now), err
}

// beside is the ID of a text that goes out beside another: the same again when
// the deed runs again.
func beside(id, other board.ID) board.ID {
	sum := sha256.Sum256(append(id[:], other[:]...))
	copy(id[6:], sum[:]) // the time stays in front
	return id
}

// quietKin stops the texts to a relative's phone, because whoever holds it says
// so. It tells whether there were any.
func (o *Office) quietKin(tx *store.Tx, phone board.Phone, now time.Time) (quiet bool, err error) {
	persons, err := tx.PersonsByKin(phone)
	if err != nil {
		return false, err
	}
	for _, p := range persons {
		for _, k := range p.Kin {
			if k.Phone != phone || k.Quiet {
				continue
			}
			by := board.Actor{Person: p.ID, Agent: k.Person, Grant: k.ID, Roles: board.Roles{board.Resident}, Channel: board.SMS}
			if err := tx.Append(p.QuietKin(by, k.ID, now)); err != nil {
				return false, err
			}
			quiet = true
		}
	}
	return quiet, nil
}

// freeAgents ends what relatives may do for the people on this phone, because
// whoever holds it says so. It tells whether there were any.
func (o *Office) freeAgents(tx *store.Tx, phone board.Phone, now time.Time) (freed bool, err error) {
	persons, err := tx.PersonsByPhone(phone)
	if err != nil {
		return false, err
	}
	for _, p := range persons {
		if !p.Bound(phone, now) {
			continue
		}
		by := board.Actor{Person: p.ID, Roles: board.Roles{board.Resident}, Channel: board.SMS}
		for _, k := range p.Kin {
			if k.Scope != board.KinActs {
				continue
			}
			e, err := p.FreeKin(by, k.ID, now)
			if err != nil {
				return false, err
			}
			if err := tx.Append(e); err != nil {
				return false, err
			}
			freed = true
		}
	}
	return freed, nil
}
