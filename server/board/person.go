package board

import "time"

// Person is somebody who writes to the county: the fold of a person's stream.
// A person is not a phone: one phone may serve several, and a phone changes
// hands.
type Person struct {
	ID      ID        `json:"id"`
	Name    string    `json:"name,omitempty"`
	Phones  []Binding `json:"phones,omitempty"`
	Lang    string    `json:"lang,omitempty"`
	Changed Changes   `json:"changed"`
}

// Binding ties a phone to a person, and remembers when a code last proved it.
type Binding struct {
	Phone  Phone     `json:"phone"`
	Proved time.Time `json:"proved"`
}

// ProofLasts is how long a phone counts as its person's after a code was
// typed: operators give a number to somebody else after about 90 days.
const ProofLasts = 90 * 24 * time.Hour

func (p *Person) Stream() Stream { return Stream{Persons, p.ID} }
func (p *Person) Keeper() ID     { return p.ID }

// Phone is the phone to write to, "" when there is none.
func (p *Person) Phone() Phone {
	if len(p.Phones) == 0 {
		return ""
	}
	return p.Phones[0].Phone
}

// ProvedBy tells whether a code has shown lately enough that phone is this
// person's.
func (p *Person) ProvedBy(phone Phone, now time.Time) bool {
	for _, b := range p.Phones {
		if b.Phone == phone {
			return now.Sub(b.Proved) < ProofLasts
		}
	}
	return false
}

// Joined is a person's first event.
type Joined struct {
	Phone Phone  `json:"phone,omitempty"` // empty for somebody known only from an import
	Lang  string `json:"lang,omitempty"`
}

// Proved says that a code sent to the phone came back.
type Proved struct {
	Phone Phone `json:"phone"`
}

// Named says what to call the person.
type Named struct {
	Name string `json:"name"`
}

func (Joined) Kind() EventKind { return "joined" }
func (Proved) Kind() EventKind { return "proved" }
func (Named) Kind() EventKind  { return "named" }

func init() { enter[Joined](); enter[Proved](); enter[Named]() }

// Join is the first event of a new person who proved a phone, or who comes
// from an import without one.
func Join(id ID, by Actor, j Joined, now time.Time) Event {
	role := Resident
	if by.Channel == Import {
		role = System
	}
	return happened(Stream{Persons, id}, by, role, id, j, now)
}

// Prove says that the phone was proved again.
func (p *Person) Prove(by Actor, phone Phone, now time.Time) Event {
	return happened(p.Stream(), by, Resident, p.ID, Proved{phone}, now)
}

// CallMe says what to call the person from now on.
func (p *Person) CallMe(by Actor, name string, now time.Time) Event {
	return happened(p.Stream(), by, Resident, p.ID, Named{name}, now)
}

func (p *Person) Apply(e Event) {
	p.Changed.note(e)
	switch f := e.Fact.(type) {
	case Joined:
		p.Lang = f.Lang
		if f.Phone != "" {
			p.Phones = []Binding{{f.Phone, e.Time}}
		}
	case Proved:
		for i := range p.Phones {
			if p.Phones[i].Phone == f.Phone {
				p.Phones[i].Proved = e.Time
			}
		}
	case Named:
		p.Name = f.Name
	}
}
