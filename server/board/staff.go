package board

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Unit is an office that handles cases: the fold of a unit's stream.
type Unit struct {
	ID      ID      `json:"id"`
	Name    Texts   `json:"name"`
	Changed Changes `json:"changed"`
}

// Staff is somebody who works on cases: the fold of a staff stream. Login is
// what they type; Secret (base32, RFC 6238) is their second factor.
type Staff struct {
	ID       ID      `json:"id"`
	Login    string  `json:"login"`
	Name     string  `json:"name"`
	Unit     ID      `json:"unit,omitzero"`
	Roles    Roles   `json:"roles"`
	Password string  `json:"password"` // argon2id, in the PHC string format
	Secret   string  `json:"secret"`
	Changed  Changes `json:"changed"`
}

func (u *Unit) Stream() Stream  { return Stream{Units, u.ID} }
func (u *Unit) Keeper() ID      { return ID{} }
func (s *Staff) Stream() Stream { return Stream{Staffs, s.ID} }
func (s *Staff) Keeper() ID     { return ID{} }

// Founded is a unit's first event.
type Founded struct {
	Name Texts `json:"name"`
}

// Hired is a member of staff's first event.
type Hired struct {
	Login    string `json:"login"`
	Name     string `json:"name"`
	Unit     ID     `json:"unit,omitzero"`
	Roles    Roles  `json:"roles"`
	Password string `json:"password"`
	Secret   string `json:"secret"`
}

func (Founded) Kind() EventKind { return "founded" }
func (Hired) Kind() EventKind   { return "hired" }

func init() { enter[Founded](); enter[Hired]() }

// Found makes a unit.
func Found(id ID, by Actor, name Texts, now time.Time) (Event, error) {
	if strings.TrimSpace(name["zh-Hans"]) == "" {
		return Event{}, invalid("name", "unit.name")
	}
	return happened(Stream{Units, id}, by, System, ID{}, Founded{name}, now), nil
}

// Hire makes a member of staff. A handler needs a unit; the login is short,
// without blanks, and must not be taken (the store knows).
func Hire(id ID, by Actor, h Hired, now time.Time) (Event, error) {
	switch {
	case h.Login == "" || strings.ContainsAny(h.Login, " \t\n") || utf8.RuneCountInString(h.Login) > 40:
		return Event{}, invalid("login", "staff.login")
	case len(h.Roles) == 0:
		return Event{}, invalid("roles", "staff.roles")
	case h.Roles.Has(Handler) && h.Unit.IsZero():
		return Event{}, invalid("unit", "staff.unit")
	}
	return happened(Stream{Staffs, id}, by, System, ID{}, h, now), nil
}

func (u *Unit) Apply(e Event) {
	u.Changed.note(e)
	if f, ok := e.Fact.(Founded); ok {
		u.Name = f.Name
	}
}

func (s *Staff) Apply(e Event) {
	s.Changed.note(e)
	if f, ok := e.Fact.(Hired); ok {
		s.Login, s.Name, s.Unit, s.Roles, s.Password, s.Secret = f.Login, f.Name, f.Unit, f.Roles, f.Password, f.Secret
	}
}
