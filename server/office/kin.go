package office

import (
	"context"
	"crypto/sha256"
	"strings"
	"time"

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

// called is what to call a person in a text to somebody else.
func called(p *board.Person) string {
	if p.Name != "" {
		return p.Name
	}
	return p.Phone().Masked()
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

// Parent is whom a child wants to act for, as typed.
type Parent struct {
	Name, Phone string
	Self        string // the child's own name, when nobody knows it yet
}

// AskParent sends a code to a parent's phone, for the parent to read out. It
// answers in the same way whether the county knows that phone or not.
func (o *Office) AskParent(ctx context.Context, who Who, in Parent, lang string, from Origin) (board.ID, error) {
	phone, err := board.ParsePhone(in.Phone)
	in.Name = plainName(in.Name)
	if in.Name == "" {
		err = join(board.Fault{Kind: board.Invalid, ID: "parent.name", Field: "name"}, err)
	} else if n := len([]rune(in.Name)); n > board.MaxName {
		err = join(board.Fault{Kind: board.Invalid, ID: "long", Field: "name", Args: []any{"Max", board.MaxName, "Over", n - board.MaxName}}, err)
	}
	if err != nil {
		return board.ID{}, err
	}
	id, err := o.id()
	if err != nil {
		return board.ID{}, err
	}
	text, err := o.id()
	if err != nil {
		return board.ID{}, err
	}
	err = o.update(ctx, func(tx *store.Tx) error {
		now := o.now()
		s, child, err := own(tx, who, now)
		if err != nil {
			return err
		}
		if s.Phone == "" {
			return ownAgain // it is their phone that will act
		}
		if phone == s.Phone {
			return board.Fault{Kind: board.Invalid, ID: "parent.same", Field: "phone"}
		}
		name, err := o.childName(tx, who, child, in.Self)
		if err != nil {
			return err
		}
		asked := guesses{{consentsPerPerson, who.Person.String()}}
		if err := asked.open(tx, "parent.wait", now); err != nil {
			return err
		}
		p := board.NewProof(id, board.ForParent, who.Person, phone, lang, in.Name, now)
		t := store.Text{ID: text, Key: "sms.parent.code", Args: map[string]string{"Name": name, "Phone": s.Phone.Masked()}}
		return join(asked.wrong(tx, now), o.sendProof(tx, p, t, from, now))
	})
	o.ring(err)
	return id, err
}

// childName is who asks, which the parent must read: whoever has given no name
// gives one now.
func (o *Office) childName(tx *store.Tx, who Who, child *board.Person, typed string) (string, error) {
	if child.Name != "" {
		return child.Name, nil
	}
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", board.Fault{Kind: board.Invalid, ID: "parent.self", Field: "self"}
	}
	e, err := child.CallMe(who.Actor, typed, o.now())
	if err != nil {
		return "", err
	}
	return typed, tx.Append(e)
}

// ProofPhone is the masked number that a code went to.
func (o *Office) ProofPhone(ctx context.Context, who Who, what board.ProofFor, id board.ID) (masked, name string, err error) {
	err = o.store.View(ctx, func(tx *store.Tx) error {
		p, err := proofOf(tx, id, what, who.Person, o.now())
		if err == nil {
			masked, name = p.Phone.Masked(), p.Name
		}
		return err
	})
	return masked, name, err
}

// ConsentParent ends what AskParent began: the parent read the code out, so the
// child may act for them from now on, and does so in this session.
func (o *Office) ConsentParent(ctx context.Context, who Who, proof board.ID, codeText string, from Origin) error {
	typed, err := board.ParseConsent(codeText)
	if err != nil {
		return err
	}
	var ids [3]board.ID // the grant, the person when nobody knows them, the text
	for i := range ids {
		if ids[i], err = o.id(); err != nil {
			return err
		}
	}
	var refused error
	err = o.update(ctx, func(tx *store.Tx) error {
		refused = nil
		now := o.now()
		s, child, err := own(tx, who, now)
		if err != nil {
			return err
		}
		p, err := proofOf(tx, proof, board.ForParent, who.Person, now)
		if err != nil {
			return err
		}
		if refused, err = o.tryProof(tx, p, typed, from, now); err != nil || refused != nil {
			return err
		}
		k := board.Kin{ID: ids[0], Phone: s.Phone, Name: called(child), Person: child.ID}
		parent, err := o.consented(tx, who, p, k, ids[1], now)
		if err != nil {
			return err
		}
		t := store.Text{ID: ids[2], To: p.Phone, Key: "sms.parent.bound", Lang: p.Lang, Time: now, Args: map[string]string{"Name": called(child)}}
		s.Person, s.Agent, s.Grant, s.Opened = parent, child.ID, k.ID, nil
		return join(tx.Post(t), tx.PutSession(who.Session, *s))
	})
	o.ring(err)
	return join(err, refused)
}

// consented writes the consent into the parent's record, which begins now when
// nobody of that name is known on that phone. One that was proved long ago is
// left alone: the number may have a new owner.
func (o *Office) consented(tx *store.Tx, who Who, p *board.Proof, k board.Kin, fresh board.ID, now time.Time) (board.ID, error) {
	by := board.Actor{Agent: k.Person, Grant: k.ID, Roles: board.Roles{board.Resident}, Channel: board.Web}
	persons, err := tx.PersonsByPhone(p.Phone)
	if err != nil {
		return board.ID{}, err
	}
	var parent *board.Person
	for _, have := range persons {
		if plainName(have.Name) == p.Name && (have.Reached(p.Phone, now) || have.Claimable(p.Phone, now)) {
			parent = have
			break
		}
	}
	if parent == nil {
		if len(persons) >= board.MostPersons {
			return board.ID{}, board.Fault{Kind: board.Invalid, ID: "who.many", Args: []any{"Max", board.MostPersons}}
		}
		by.Person = fresh
		join := board.Join(fresh, by, board.Joined{Phone: p.Phone, Lang: p.Lang, Name: p.Name, Unproved: true}, now)
		parent = &board.Person{ID: fresh}
		parent.Apply(join)
		if err := tx.Append(join); err != nil {
			return board.ID{}, err
		}
	}
	by.Person = parent.ID
	e, err := parent.ConsentKin(by, k, now)
	if err != nil {
		return board.ID{}, err
	}
	return parent.ID, tx.Append(parent.Agree(by, p.Phone, now), e)
}
