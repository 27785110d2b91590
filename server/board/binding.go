package board

import (
	"slices"
	"time"
)

// Binding ties a phone to a person, and remembers what showed whose it is. Only
// a login code typed by whoever holds the phone makes it proved; everything
// else lets texts reach it, and lets nobody in.
type Binding struct {
	Phone  Phone     `json:"phone"`
	Proved time.Time `json:"proved"`          // a login code sent to it was typed; zero never
	Agreed time.Time `json:"agreed,omitzero"` // its holder answered another way: read a consent code out, or sent us a text
	Given  time.Time `json:"given,omitzero"`  // the person changed to it: its first login code proves it, without a name
	Until  time.Time `json:"until,omitzero"`  // the old number of a change: dead from then on
}

// MostPersons is how many people one phone can serve: a large family, and the
// neighbours who have none.
const MostPersons = 10

// ProofLasts is how long a phone counts as its person's after a code was
// typed: operators give a number to somebody else after about 90 days.
const ProofLasts = 90 * 24 * time.Hour

// UndoChange is how long a change of number can be undone, and the old number
// still works.
const UndoChange = 72 * time.Hour

// Live tells whether the phone is still bound to the person.
func (b Binding) Live(now time.Time) bool { return b.Until.IsZero() || now.Before(b.Until) }

func lately(then, now time.Time) bool { return !then.IsZero() && now.Sub(then) < ProofLasts }

// binding finds the person's live binding of a phone, nil when there is none.
func (p *Person) binding(phone Phone, now time.Time) *Binding {
	i := slices.IndexFunc(p.Phones, func(b Binding) bool { return b.Phone == phone && b.Live(now) })
	if i < 0 || phone == "" {
		return nil
	}
	return &p.Phones[i]
}

// Phone is the phone to write to, "" when there is none.
func (p *Person) Phone() Phone {
	if len(p.Phones) == 0 {
		return ""
	}
	return p.Phones[0].Phone
}

// Bound tells whether the phone is one of the person's, proved or not.
func (p *Person) Bound(phone Phone, now time.Time) bool { return p.binding(phone, now) != nil }

// ProvedBy tells whether a login code has shown lately enough that phone is
// this person's: whoever logs in with it is let in as them.
func (p *Person) ProvedBy(phone Phone, now time.Time) bool {
	b := p.binding(phone, now)
	return b != nil && lately(b.Proved, now)
}

// Served tells whether a session that began with a login code on this phone
// may still be the person's: the phone may have been changed since.
func (p *Person) Served(phone Phone, now time.Time) bool {
	b := p.binding(phone, now)
	return b != nil && !b.Proved.IsZero()
}

// Reached tells whether somebody has lately enough shown that a text to this
// phone reaches the person: such a text may say what their case is about.
func (p *Person) Reached(phone Phone, now time.Time) bool {
	b := p.binding(phone, now)
	return b != nil && (lately(b.Proved, now) || lately(b.Agreed, now))
}

// Awaits tells whether the person changed to this phone lately and its first
// login code is still to come.
func (p *Person) Awaits(phone Phone, now time.Time) bool {
	b := p.binding(phone, now)
	return b != nil && b.Proved.IsZero() && lately(b.Given, now)
}

// Claimable tells whether somebody else typed this phone for the person, lately
// enough that it has not changed hands: whoever proves it and knows the name
// may say that it is them.
func (p *Person) Claimable(phone Phone, now time.Time) bool {
	b := p.binding(phone, now)
	return b != nil && b.Proved.IsZero() && !lately(b.Given, now) && p.Name != "" &&
		(lately(p.ID.Time(), now) || lately(b.Agreed, now))
}

// Proved tells whether a code ever showed that phone is this person's.
func (p *Person) Proved(phone Phone) bool {
	return slices.ContainsFunc(p.Phones, func(b Binding) bool { return b.Phone == phone && !b.Proved.IsZero() })
}

// Proved says that a login code sent to the phone came back.
type Proved struct {
	Phone Phone `json:"phone"`
}

// Agreed says that whoever holds the phone answered: a consent code sent to it
// came back through somebody else, or a text came from it.
type Agreed struct {
	Phone Phone `json:"phone"`
}

// PhoneChanged says that the person has another number. The old one works
// beside it until then, and can take the change back.
type PhoneChanged struct {
	From  Phone     `json:"from,omitempty"`
	To    Phone     `json:"to"`
	Until time.Time `json:"until,omitzero"`  // zero when there was none before
	Coded bool      `json:"coded,omitempty"` // a code sent to the new number came back; else an identity card was shown
}

// PhoneKept takes a change of number back.
type PhoneKept struct {
	Phone Phone `json:"phone"`
}

func (Proved) Kind() EventKind       { return "proved" }
func (Agreed) Kind() EventKind       { return "agreed" }
func (PhoneChanged) Kind() EventKind { return "phone-changed" }
func (PhoneKept) Kind() EventKind    { return "phone-kept" }

func init() { enter[Proved](); enter[Agreed](); enter[PhoneChanged](); enter[PhoneKept]() }

// Prove says that the phone was proved again.
func (p *Person) Prove(by Actor, phone Phone, now time.Time) Event {
	return happened(p.Stream(), by, Resident, p.ID, Proved{phone}, now)
}

// Agree says that the phone answered. It never makes a phone proved.
func (p *Person) Agree(by Actor, phone Phone, now time.Time) Event {
	return happened(p.Stream(), by, roleBeside(by), p.ID, Agreed{phone}, now)
}

// roleBeside is the role of whoever does something to a person's record: the
// person, a relative, or staff beside them.
func roleBeside(by Actor) Role {
	if by.Staff.IsZero() {
		return Resident
	}
	return by.Roles.Meet(StaffRoles)
}

// Changing is the number that a running change leaves, and until when it can be
// taken back; "" when none runs.
func (p *Person) Changing(now time.Time) (Phone, time.Time) {
	for _, b := range p.Phones {
		if !b.Until.IsZero() && b.Live(now) {
			return b.Phone, b.Until
		}
	}
	return "", time.Time{}
}

// ChangePhone gives the person another number. Staff may do so only with an
// identity card before them; another change must be over first, or whoever
// stole a phone could hurry from number to number.
func (p *Person) ChangePhone(by Actor, to Phone, coded bool, now time.Time) (Event, error) {
	if err := p.ownDeed(by, Operator); err != nil {
		return Event{}, err
	}
	from := p.Phone()
	switch old, _ := p.Changing(now); {
	case old != "":
		return Event{}, Fault{Kind: Conflict, ID: "change.running"}
	case p.Bound(to, now):
		return Event{}, invalid("phone", "change.same")
	}
	f := PhoneChanged{From: from, To: to, Coded: coded}
	if from != "" {
		f.Until = now.Add(UndoChange).UTC().Truncate(time.Millisecond)
	}
	return happened(p.Stream(), by, roleBeside(by), p.ID, f, now), nil
}

// KeepPhone takes a running change back, for the number that it leaves.
func (p *Person) KeepPhone(by Actor, phone Phone, now time.Time) (Event, error) {
	if err := p.ownDeed(by); err != nil {
		return Event{}, err
	}
	if old, _ := p.Changing(now); old == "" || old != phone {
		return Event{}, Fault{Kind: Conflict, ID: "change.none"}
	}
	return happened(p.Stream(), by, Resident, p.ID, PhoneKept{phone}, now), nil
}

// ownDeed refuses what only the person does, or staff of these roles beside
// them: a relative who may act for them may not.
func (p *Person) ownDeed(by Actor, beside ...Role) error {
	if by.Staff.IsZero() && by.Person == p.ID && by.Agent.IsZero() || by.Roles.Meet(beside) != "" {
		return nil
	}
	return Fault{Kind: Denied, ID: "deed.own"}
}

// applyBinding folds what happened to a phone, and tells whether it was that.
func (p *Person) applyBinding(e Event) bool {
	switch f := e.Fact.(type) {
	case Proved:
		if b := p.binding(f.Phone, e.Time); b != nil {
			b.Proved = e.Time
		}
	case Agreed:
		if b := p.binding(f.Phone, e.Time); b != nil {
			b.Agreed = e.Time
		}
	case PhoneChanged:
		b := Binding{Phone: f.To, Given: e.Time}
		if f.Coded {
			b.Agreed = e.Time
		}
		p.drop(func(b Binding) bool { return b.Phone == f.To || !b.Live(e.Time) })
		p.each(f.From, func(b *Binding) { b.Until = f.Until })
		p.Phones = slices.Insert(p.Phones, 0, b)
	case PhoneKept:
		p.drop(func(b Binding) bool { return b.Phone != f.Phone })
		p.each(f.Phone, func(b *Binding) { b.Until = time.Time{} })
	default:
		return false
	}
	return true
}

func (p *Person) each(phone Phone, change func(*Binding)) {
	for i := range p.Phones {
		if p.Phones[i].Phone == phone {
			change(&p.Phones[i])
		}
	}
}

func (p *Person) drop(gone func(Binding) bool) { p.Phones = slices.DeleteFunc(p.Phones, gone) }
