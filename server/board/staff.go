package board

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Unit is an office that handles cases: the fold of a unit's stream.
type Unit struct {
	ID      ID      `json:"id"`
	Name    Texts   `json:"name"`
	Does    Texts   `json:"does,omitempty"`  // what it is in charge of, for residents to read
	Phone   string  `json:"phone,omitempty"` // for residents to call
	Heir    ID      `json:"heir,omitzero"`   // who took over when it was closed
	Models  []Model `json:"models,omitempty"`
	Changed Changes `json:"changed"`
}

// Model is a unit's template of a reply: text with gaps that must be filled.
type Model struct {
	Name  string `json:"name"`
	Reply Reply  `json:"reply"`
}

// MostModels is how many templates a unit can keep: more are not found again.
// All of them are one fact, which has to fit into one value of the store (1 MiB):
// hence the most characters of each part.
const (
	MostModels = 50
	mostModel  = 1000
)

// Check joins a fault for each part of a template that cannot be kept. It may
// have gaps, so nothing in it must be filled but its name.
func (m Model) Check() error {
	var faults []error
	if blank(m.Name) {
		faults = append(faults, invalid("name", "model.name"))
	}
	faults = append(faults, tooLong("name", m.Name, MaxName))
	for _, f := range []struct{ field, text string }{
		{"found", m.Reply.Found}, {"done", m.Reply.Done}, {"basis", m.Reply.Basis}, {"contact", m.Reply.Contact},
	} {
		faults = append(faults, tooLong(f.field, f.text, mostModel))
	}
	return errors.Join(faults...)
}

// Closed tells whether the unit is no more.
func (u *Unit) Closed() bool { return !u.Heir.IsZero() }

// Staff is somebody who works on cases: the fold of a staff stream. Login is
// what they type; Secret (base32, RFC 6238) is their second factor.
type Staff struct {
	ID       ID        `json:"id"`
	Login    string    `json:"login"`
	Name     string    `json:"name"`
	Unit     ID        `json:"unit,omitzero"`
	Roles    Roles     `json:"roles"`
	Password string    `json:"password"` // argon2id, in the PHC string format
	Secret   string    `json:"secret"`
	Areas    []Area    `json:"areas,omitempty"` // where a helper helps
	Deputy   ID        `json:"deputy,omitzero"` // stands in while they are away
	Away     time.Time `json:"away,omitzero"`   // until then
	Left     bool      `json:"left,omitempty"`
	Recovery Recovery  `json:"recovery,omitzero"`
	KeysFrom time.Time `json:"keysFrom,omitzero"` // sessions that began before with other keys are over
	Changed  Changes   `json:"changed"`
}

func (u *Unit) Stream() Stream  { return Stream{Units, u.ID} }
func (u *Unit) Keeper() ID      { return ID{} }
func (s *Staff) Stream() Stream { return Stream{Staffs, s.ID} }
func (s *Staff) Keeper() ID     { return ID{} }

// The facts of units and staff.
type (
	Founded struct {
		Name  Texts  `json:"name"`
		Does  Texts  `json:"does,omitempty"`
		Phone string `json:"phone,omitempty"`
	}
	Renamed struct{ Founded }
	// Dissolved says who takes over. Nothing is ever without a unit in charge.
	Dissolved struct {
		Heir ID `json:"heir"`
	}
	ModelsListed struct {
		Models []Model `json:"models"`
	}
	Hired struct {
		Login    string `json:"login"`
		Name     string `json:"name"`
		Unit     ID     `json:"unit,omitzero"`
		Roles    Roles  `json:"roles"`
		Areas    []Area `json:"areas,omitempty"`
		Password string `json:"password"`
		Secret   string `json:"secret"`
		Recovery int    `json:"recovery,omitempty"` // the set of codes that was shown with them
	}
	// Posted says what somebody does from now on.
	Posted struct {
		Name   string `json:"name"`
		Unit   ID     `json:"unit,omitzero"`
		Roles  Roles  `json:"roles"`
		Areas  []Area `json:"areas,omitempty"`
		Deputy ID     `json:"deputy,omitzero"`
	}
	// Rekeyed gives a new password and second factor.
	Rekeyed struct {
		Password string `json:"password"`
		Secret   string `json:"secret"`
		Recovery int    `json:"recovery,omitempty"`
	}
	WentAway struct {
		Until time.Time `json:"until"`
	}
	LeftOffice struct{}
)

func (Founded) Kind() EventKind      { return "founded" }
func (Renamed) Kind() EventKind      { return "renamed" }
func (Dissolved) Kind() EventKind    { return "dissolved" }
func (ModelsListed) Kind() EventKind { return "models-listed" }
func (Hired) Kind() EventKind        { return "hired" }
func (Posted) Kind() EventKind       { return "posted" }
func (Rekeyed) Kind() EventKind      { return "rekeyed" }
func (WentAway) Kind() EventKind     { return "went-away" }
func (LeftOffice) Kind() EventKind   { return "left-office" }

func init() {
	enter[Founded]()
	enter[Renamed]()
	enter[Dissolved]()
	enter[ModelsListed]()
	enter[Hired]()
	enter[Posted]()
	enter[Rekeyed]()
	enter[WentAway]()
	enter[LeftOffice]()
}

func admin(stream Stream, by Actor, fact Fact, now time.Time) (Event, error) {
	if err := mayRule(by); err != nil {
		return Event{}, err
	}
	return happened(stream, by, by.Roles.Meet(Roles{Admin, System}), ID{}, fact, now), nil
}

// Found makes a unit.
func Found(id ID, by Actor, f Founded, now time.Time) (Event, error) {
	if strings.TrimSpace(f.Name["zh-Hans"]) == "" {
		return Event{}, invalid("name", "unit.name")
	}
	return admin(Stream{Units, id}, by, f, now)
}

// Rename says what a unit is called, does, and how it is reached.
func (u *Unit) Rename(by Actor, f Founded, now time.Time) (Event, error) {
	if strings.TrimSpace(f.Name["zh-Hans"]) == "" {
		return Event{}, invalid("name", "unit.name")
	}
	return admin(u.Stream(), by, Renamed{f}, now)
}

// Dissolve closes a unit. Somebody must take over.
func (u *Unit) Dissolve(by Actor, heir *Unit, now time.Time) (Event, error) {
	if u.Closed() {
		return Event{}, Fault{Kind: Conflict, ID: "unit.closed"}
	}
	if heir == nil || heir.ID == u.ID || heir.Closed() {
		return Event{}, invalid("heir", "unit.heir")
	}
	return admin(u.Stream(), by, Dissolved{heir.ID}, now)
}

// ListModels says which templates a unit has. Its own handlers keep them.
func (u *Unit) ListModels(by Actor, models []Model, now time.Time) (Event, error) {
	if !by.Roles.Has(Handler) || by.Unit != u.ID {
		return Event{}, Fault{Kind: Denied, ID: "deed.own-unit"}
	}
	if len(models) > MostModels {
		return Event{}, invalid("name", "model.many", "Max", MostModels)
	}
	seen := map[string]bool{}
	for _, m := range models {
		if err := m.Check(); err != nil {
			return Event{}, err
		}
		if seen[m.Name] {
			return Event{}, invalid("name", "model.taken")
		}
		seen[m.Name] = true
	}
	return happened(u.Stream(), by, Handler, ID{}, ModelsListed{models}, now), nil
}

// Hire makes a member of staff. A handler and a head need a unit,
// a helper an area; the login is short,
// without blanks, and must not be taken (the store knows).
func Hire(id ID, by Actor, h Hired, now time.Time) (Event, error) {
	if h.Login == "" || strings.ContainsAny(h.Login, " \t\n") || utf8.RuneCountInString(h.Login) > 40 {
		return Event{}, invalid("login", "staff.login")
	}
	if err := checkPost(h.Roles, h.Unit, h.Areas); err != nil {
		return Event{}, err
	}
	return admin(Stream{Staffs, id}, by, h, now)
}

// MostAreas is how many places one helper can look after.
const MostAreas = 50

func checkPost(roles Roles, unit ID, areas []Area) error {
	switch {
	case len(roles) == 0:
		return invalid("roles", "staff.roles")
	case slices.ContainsFunc(roles, func(r Role) bool { return !Roles(StaffRoles).Has(r) }):
		return invalid("roles", "staff.roles")
	case roles.Meet(Roles{Handler, Head}) != "" && unit.IsZero():
		return invalid("unit", "staff.unit")
	case roles.Has(Helper) && len(areas) == 0:
		return invalid("areas", "staff.areas")
	case len(areas) > MostAreas:
		return invalid("areas", "staff.areas-many", "Max", MostAreas)
	}
	return nil
}

// Post says what somebody does from now on, and who stands in for them.
func (s *Staff) Post(by Actor, p Posted, now time.Time) (Event, error) {
	if err := checkPost(p.Roles, p.Unit, p.Areas); err != nil {
		return Event{}, err
	}
	if p.Deputy == s.ID {
		return Event{}, invalid("deputy", "staff.deputy")
	}
	return admin(s.Stream(), by, p, now)
}

// Rekey gives a new password and second factor.
func (s *Staff) Rekey(by Actor, r Rekeyed, now time.Time) (Event, error) {
	return admin(s.Stream(), by, r, now)
}

// GoAway says until when the deputy stands in; the past ends it.
func (s *Staff) GoAway(by Actor, until, now time.Time) (Event, error) {
	if s.Deputy.IsZero() {
		return Event{}, invalid("deputy", "staff.deputy")
	}
	return admin(s.Stream(), by, WentAway{until}, now)
}

// Leave ends somebody's work here. What they did stays theirs.
func (s *Staff) Leave(by Actor, now time.Time) (Event, error) {
	if by.Staff == s.ID {
		return Event{}, invalid("", "staff.self")
	}
	return admin(s.Stream(), by, LeftOffice{}, now)
}

func (u *Unit) Apply(e Event) {
	u.Changed.note(e)
	switch f := e.Hollow().Fact.(type) {
	case Founded:
		u.Name, u.Does, u.Phone = f.Name, f.Does, f.Phone
	case Renamed:
		u.Name, u.Does, u.Phone = f.Name, f.Does, f.Phone
	case Dissolved:
		u.Heir = f.Heir
	case ModelsListed:
		u.Models = f.Models
	}
}

func (s *Staff) Apply(e Event) {
	s.Changed.note(e)
	switch f := e.Hollow().Fact.(type) {
	case Hired:
		s.Login, s.Name, s.Unit, s.Roles, s.Password, s.Secret = f.Login, f.Name, f.Unit, f.Roles, f.Password, f.Secret
		s.Areas, s.Recovery = f.Areas, Recovery{Set: f.Recovery}
	case Posted:
		s.Name, s.Unit, s.Roles, s.Areas, s.Deputy = f.Name, f.Unit, f.Roles, f.Areas, f.Deputy
	case Rekeyed:
		s.Password, s.Secret, s.KeysFrom, s.Recovery = f.Password, f.Secret, e.Time, Recovery{Set: f.Recovery}
	case PasswordChanged:
		s.Password, s.KeysFrom = f.Password, e.Time
	case RecoveryMade:
		s.Recovery = Recovery{Set: f.Set}
	case RecoveryUsed:
		s.Recovery.Used, s.Recovery.Last = append(s.Recovery.Used, f.No), e.Time
	case WentAway:
		s.Away = f.Until
	case LeftOffice:
		s.Left = true
	}
}
