package office

import (
	"context"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// AskChange sends a code to the number that a person wants to have from now on.
func (o *Office) AskChange(ctx context.Context, who Who, phoneText, lang string, from Origin) (board.ID, error) {
	phone, err := board.ParsePhone(phoneText)
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
		_, p, err := own(tx, who, now)
		if err != nil {
			return err
		}
		if _, err := p.ChangePhone(who.Actor, phone, true, now); err != nil {
			return err
		}
		proof := board.NewProof(id, board.ForChange, who.Person, phone, lang, "", now)
		return o.sendProof(tx, proof, store.Text{ID: text, Key: "sms.change.code", Args: map[string]string{}}, from, now)
	})
	o.ring(err)
	return id, err
}

// ChangePhone ends what AskChange began. For three days both numbers work, and
// the old one is told how to take it back.
func (o *Office) ChangePhone(ctx context.Context, who Who, proof board.ID, codeText string, from Origin) error {
	typed, err := board.ParseCode(codeText)
	if err != nil {
		return err
	}
	text, err := o.id()
	if err != nil {
		return err
	}
	var refused error
	err = o.update(ctx, func(tx *store.Tx) error {
		refused = nil
		now := o.now()
		_, p, err := own(tx, who, now)
		if err != nil {
			return err
		}
		asked, err := proofOf(tx, proof, board.ForChange, who.Person, now)
		if err != nil {
			return err
		}
		if refused, err = o.tryProof(tx, asked, typed, from, now); err != nil || refused != nil {
			return err
		}
		return o.changePhone(tx, who.Actor, p, asked.Phone, true, text, now)
	})
	o.ring(err)
	return join(err, refused)
}

// changePhone writes the change, and tells the old number, however the person
// is told of other things.
func (o *Office) changePhone(tx *store.Tx, by board.Actor, p *board.Person, to board.Phone, coded bool, text board.ID, now time.Time) error {
	e, err := p.ChangePhone(by, to, coded, now)
	if err != nil {
		return err
	}
	others, err := tx.PersonsByPhone(to)
	if err != nil {
		return err
	}
	if len(others) >= board.MostPersons {
		return board.Fault{Kind: board.Invalid, ID: "change.many", Field: "phone", Args: []any{"Max", board.MostPersons}}
	}
	if old := p.Phone(); old != "" {
		f := e.Fact.(board.PhoneChanged)
		if err := tx.Post(store.Text{ID: text, To: old, Key: "sms.change.notice", Lang: p.Lang, Time: now,
			Args: map[string]string{"Phone": to.Masked()}, Dates: map[string]time.Time{"Date": f.Until}}); err != nil {
			return err
		}
	}
	return tx.Append(e)
}

// Move is a change of number at the county's window.
type Move struct {
	Of      string // the number of one of their cases, or the old phone
	Name    string
	Phone   string // the new one
	Checked bool   // the operator has looked at the identity card
}

// MovePhone changes the number of somebody who stands at the window with an
// identity card. It is told and undone like any other change, and the new
// number is proved only by its first login.
func (o *Office) MovePhone(ctx context.Context, who Who, form store.Once, m Move) error {
	if !who.Roles.Has(board.Operator) {
		return denied
	}
	to, err := board.ParsePhone(m.Phone)
	var faults []error
	if strings.TrimSpace(m.Of) == "" {
		faults = append(faults, board.Fault{Kind: board.Invalid, ID: "move.of", Field: "of"})
	}
	if plainName(m.Name) == "" {
		faults = append(faults, board.Fault{Kind: board.Invalid, ID: "move.name", Field: "name"})
	}
	faults = append(faults, err)
	if !m.Checked {
		faults = append(faults, board.Fault{Kind: board.Invalid, ID: "move.checked", Field: "checked"})
	}
	if err := join(faults...); err != nil {
		return err
	}
	text, err := o.id()
	if err != nil {
		return err
	}
	by := who.Actor
	by.Channel = board.Counter
	_, err = o.once(ctx, form, who.Staff, func(tx *store.Tx) (store.Done, error) {
		now := o.now()
		p, err := o.atWindow(tx, m, now)
		if err != nil {
			return store.Done{}, err
		}
		return store.Done{}, o.changePhone(tx, by, p, to, false, text, now)
	})
	o.ring(err)
	return err
}

// atWindow finds the one person of this name with this case or this phone.
func (o *Office) atWindow(tx *store.Tx, m Move, now time.Time) (*board.Person, error) {
	nobody := board.Fault{Kind: board.Invalid, ID: "move.nobody", Field: "of"}
	if n, err := board.ParseNumber(m.Of); err == nil {
		c, err := tx.CaseByNumber(n)
		if err != nil {
			return nil, err
		}
		if c == nil {
			return nil, nobody
		}
		p, err := tx.Person(c.Person)
		if err == nil && (p == nil || p.Name == "" || plainName(p.Name) != plainName(m.Name)) {
			return nil, nobody
		}
		return p, err
	}
	phone, err := board.ParsePhone(m.Of)
	if err != nil {
		return nil, board.Fault{Kind: board.Invalid, ID: "move.of", Field: "of"}
	}
	persons, err := tx.PersonsByPhone(phone)
	if err != nil {
		return nil, err
	}
	var found []*board.Person
	for _, p := range persons {
		if p.Bound(phone, now) && plainName(p.Name) == plainName(m.Name) {
			found = append(found, p)
		}
	}
	switch len(found) {
	case 0:
		return nil, nobody
	case 1:
		return found[0], nil
	}
	return nil, board.Fault{Kind: board.Invalid, ID: "move.several", Field: "of"}
}

// KeepPhone takes a running change back, for the person who is logged in with
// the number that it leaves.
func (o *Office) KeepPhone(ctx context.Context, who Who, form store.Once) error {
	_, err := o.once(ctx, form, who.Person, func(tx *store.Tx) (store.Done, error) {
		now := o.now()
		s, p, err := own(tx, who, now)
		if err != nil {
			return store.Done{}, err
		}
		old := s.Phone
		if s.Card != "" {
			old, _ = p.Changing(now)
		}
		e, err := p.KeepPhone(who.Actor, old, now)
		if err != nil {
			return store.Done{}, err
		}
		return store.Done{}, tx.Append(e)
	})
	return err
}

// keepPhone takes back every running change that leaves this phone, because
// whoever holds it says so. It tells whether there was one.
func (o *Office) keepPhone(tx *store.Tx, phone board.Phone, now time.Time) (kept bool, err error) {
	persons, err := tx.PersonsByPhone(phone)
	if err != nil {
		return false, err
	}
	for _, p := range persons {
		if old, _ := p.Changing(now); old != phone {
			continue
		}
		by := board.Actor{Person: p.ID, Roles: board.Roles{board.Resident}, Channel: board.SMS}
		e, err := p.KeepPhone(by, phone, now)
		if err != nil {
			return false, err
		}
		if err := tx.Append(e); err != nil {
			return false, err
		}
		kept = true
	}
	return kept, nil
}
