package office

import (
	"context"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

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
		return called(child), nil
	}
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", board.Fault{Kind: board.Invalid, ID: "parent.self", Field: "self"}
	}
	e, err := child.CallMe(who.Actor, typed, o.now())
	if err != nil {
		return "", err
	}
	child.Apply(e)
	return called(child), tx.Append(e)
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
