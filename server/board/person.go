package board

import (
	"strings"
	"time"
)

// Person is somebody who writes to the county: the fold of a person's stream.
// A person is not a phone: one phone may serve several, and a phone changes
// hands.
type Person struct {
	ID     ID        `json:"id"`
	Name   string    `json:"name,omitempty"`
	Phones []Binding `json:"phones,omitempty"`
	Lang   string    `json:"lang,omitempty"`
	Tell   Way       `json:"tell,omitempty"`
	Kin    []Kin     `json:"kin,omitempty"` // relatives who are told, or may act

	Township  string    `json:"township,omitempty"` // where they live, when a helper wrote it down
	Village   string    `json:"village,omitempty"`
	Back      time.Time `json:"back,omitzero"` // when they asked to be called
	BackTries int       `json:"backTries,omitempty"`

	Forgotten bool `json:"forgotten,omitempty"` // nothing is kept of them any more

	Changed Changes `json:"changed"`
}

// Way is how a person wants to be told: said once, and kept.
type Way string

const (
	ByText   Way = "text"
	ByCall   Way = "call"
	ByVoice  Way = "read" // somebody reads it to them
	ByLetter Way = "letter"
)

// Ways lists the ways in the order in which they are offered.
var Ways = []Way{ByText, ByCall, ByVoice, ByLetter}

// Told is the way in force: a text, unless the person said otherwise.
func (p *Person) Told() Way {
	if p.Tell == "" {
		return ByText
	}
	return p.Tell
}

func (p *Person) Stream() Stream { return Stream{Persons, p.ID} }

// Keeper is the person, until they are forgotten: what is left is the county's.
func (p *Person) Keeper() ID {
	if p.Forgotten {
		return ID{}
	}
	return p.ID
}

// Joined is a person's first event.
type Joined struct {
	Phone    Phone  `json:"phone,omitempty"` // empty for somebody known only from an import
	Lang     string `json:"lang,omitempty"`
	Name     string `json:"name,omitempty"`
	Tell     Way    `json:"tell,omitempty"`
	Township string `json:"township,omitempty"`
	Village  string `json:"village,omitempty"`
	Unproved bool   `json:"unproved,omitempty"` // somebody else typed the phone; no code has shown whose it is
}

// Named says what to call the person.
type Named struct {
	Name string `json:"name"`
}

// WayChosen says how the person wants to be told.
type WayChosen struct {
	Tell Way `json:"tell"`
}

func (WayChosen) Kind() EventKind { return "way-chosen" }
func (Joined) Kind() EventKind    { return "joined" }
func (Named) Kind() EventKind     { return "named" }

func init() { enter[Joined](); enter[Named](); enter[WayChosen]() }

// Join is the first event of a new person who proved a phone, or who comes
// from an import without one.
func Join(id ID, by Actor, j Joined, now time.Time) Event {
	role := Resident
	switch {
	case by.Channel == Import:
		role = System
	case by.Channel == Assisted:
		role = Helper
	case !by.Staff.IsZero():
		role = Operator
	}
	return happened(Stream{Persons, id}, by, role, id, j, now)
}

// CallMe says what to call the person from now on; nothing is an answer too.
func (p *Person) CallMe(by Actor, name string, now time.Time) (Event, error) {
	name = strings.TrimSpace(name)
	return happened(p.Stream(), by, Resident, p.ID, Named{name}, now), tooLong("name", name, MaxName)
}

// Arrive is the first two events of somebody new on a phone that serves others
// already: they need a name, or nobody could tell them apart.
func Arrive(id ID, by Actor, phone Phone, lang, name string, others int, now time.Time) ([]Event, error) {
	if others >= MostPersons {
		return nil, invalid("person", "who.many", "Max", MostPersons)
	}
	if err := said("name", "who.name", name, MaxName); err != nil {
		return nil, err
	}
	by.Person = id
	named, err := (&Person{ID: id}).CallMe(by, name, now)
	return []Event{Join(id, by, Joined{Phone: phone, Lang: lang}, now), named}, err
}

// TellMe says how the person wants to be told from now on.
func (p *Person) TellMe(by Actor, way Way, now time.Time) (Event, error) {
	for _, w := range Ways {
		if w == way {
			return happened(p.Stream(), by, Resident, p.ID, WayChosen{way}, now), nil
		}
	}
	return Event{}, invalid("tell", "person.tell")
}

func (p *Person) Apply(e Event) {
	p.Changed.note(e)
	if p.Forgotten {
		return // whatever still came in at that moment is not kept either
	}
	switch f := e.Fact.(type) {
	case Forgotten:
		*p = Person{ID: p.ID, Forgotten: true, Changed: p.Changed}
	case Joined:
		p.Lang, p.Name, p.Tell = f.Lang, f.Name, f.Tell
		p.Township, p.Village = f.Township, f.Village
		switch {
		case f.Phone != "" && f.Unproved:
			p.Phones = []Binding{{Phone: f.Phone}}
		case f.Phone != "":
			p.Phones = []Binding{{Phone: f.Phone, Proved: e.Time}}
		}
	case Named:
		p.Name = f.Name
	case WayChosen:
		p.Tell = f.Tell
	default:
		_ = p.applyBinding(e) || p.applyKin(e) || p.applyCall(e)
	}
}
