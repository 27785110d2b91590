package board

import (
	"slices"
	"strings"
	"time"
)

// Kin is a relative whose phone a person bound to their record. Its ID is the
// grant under which that relative acts.
type Kin struct {
	ID     ID        `json:"id"`
	Phone  Phone     `json:"phone"`
	Name   string    `json:"name"` // as the person calls them
	Scope  KinScope  `json:"scope"`
	Given  time.Time `json:"given"`
	Person ID        `json:"person,omitzero"` // who took it up; nobody else on that phone may act
	Coded  bool      `json:"coded,omitempty"` // the person read a consent code out; else they bound it themselves
	Quiet  bool      `json:"quiet,omitempty"` // the relative wants no texts
}

// KinScope is what a relative may do.
type KinScope string

const (
	KinNotified KinScope = "notify" // gets the texts
	KinActs     KinScope = "act"    // gets them, and may file and follow for the person
)

// KinScopes lists the scopes in the order in which they are offered.
var KinScopes = []KinScope{KinNotified, KinActs}

// MostKin is how many relatives a person can bind.
const MostKin = 5

// The facts of relatives.
type (
	KinBound struct {
		Kin Kin `json:"kin"`
	}
	// KinMet says which person on the relative's phone it is.
	KinMet struct {
		Kin    ID `json:"kin"`
		Person ID `json:"person"`
	}
	// KinQuiet says that the relative wants no texts.
	KinQuiet struct {
		Kin ID `json:"kin"`
	}
	KinFreed struct {
		Kin ID `json:"kin"`
	}
)

func (KinBound) Kind() EventKind { return "kin-bound" }
func (KinMet) Kind() EventKind   { return "kin-met" }
func (KinQuiet) Kind() EventKind { return "kin-quiet" }
func (KinFreed) Kind() EventKind { return "kin-freed" }

func init() { enter[KinBound](); enter[KinMet](); enter[KinQuiet](); enter[KinFreed]() }

// KinOf finds a relative by the grant's ID.
func (p *Person) KinOf(grant ID) (Kin, bool) {
	i := slices.IndexFunc(p.Kin, func(k Kin) bool { return k.ID == grant })
	if i < 0 {
		return Kin{}, false
	}
	return p.Kin[i], true
}

// MayAct tells whether agent, on the phone that logged in, may act for the
// person under this grant: the relative who took it up, or within 90 days
// whoever proved that phone first.
func (k Kin) MayAct(agent ID, phone Phone, now time.Time) bool {
	if k.Scope != KinActs || k.Phone != phone || agent.IsZero() {
		return false
	}
	return k.Person == agent || k.Person.IsZero() && lately(k.Given, now)
}

// BindKin binds a relative's phone. The person does so themselves, while no
// change of their number can still be undone: what a thief of the phone bound
// would outlast the undoing.
func (p *Person) BindKin(by Actor, k Kin, now time.Time) (Event, error) {
	if err := p.ownDeed(by); err != nil {
		return Event{}, err
	}
	return p.bindKin(by, k, now)
}

// ConsentKin binds a relative who acts, because the person read out to them the
// code that went to their own phone.
func (p *Person) ConsentKin(by Actor, k Kin, now time.Time) (Event, error) {
	by.Grant, k.Coded, k.Scope = k.ID, true, KinActs
	return p.bindKin(by, k, now)
}

func (p *Person) bindKin(by Actor, k Kin, now time.Time) (Event, error) {
	k.Name, k.Given = strings.TrimSpace(k.Name), now.UTC().Truncate(time.Millisecond)
	if err := said("name", "kin.name", k.Name, MaxName); err != nil {
		return Event{}, err
	}
	if !slices.Contains(KinScopes, k.Scope) {
		return Event{}, invalid("scope", "kin.scope")
	}
	if old, _ := p.Changing(now); old != "" {
		return Event{}, Fault{Kind: Conflict, ID: "change.running"}
	}
	if p.Bound(k.Phone, now) {
		return Event{}, invalid("phone", "kin.same")
	}
	others := slices.DeleteFunc(slices.Clone(p.Kin), func(have Kin) bool { return have.Phone == k.Phone })
	if len(others) >= MostKin {
		return Event{}, invalid("phone", "kin.many", "Max", MostKin)
	}
	return happened(p.Stream(), by, Resident, p.ID, KinBound{k}, now), nil
}

// FreeKin ends what a relative may do, at once.
func (p *Person) FreeKin(by Actor, kin ID, now time.Time) (Event, error) {
	if err := p.ownDeed(by); err != nil {
		return Event{}, err
	}
	if _, have := p.KinOf(kin); !have {
		return Event{}, Fault{Kind: Conflict, ID: "kin.none"}
	}
	return happened(p.Stream(), by, Resident, p.ID, KinFreed{kin}, now), nil
}

// MeetKin says which person on the relative's phone acts from now on.
func (p *Person) MeetKin(by Actor, kin, person ID, now time.Time) Event {
	return happened(p.Stream(), by, Resident, p.ID, KinMet{kin, person}, now)
}

// QuietKin stops the texts to a relative, who asked for that.
func (p *Person) QuietKin(by Actor, kin ID, now time.Time) Event {
	return happened(p.Stream(), by, Resident, p.ID, KinQuiet{kin}, now)
}

// applyKin folds what happened to relatives, and tells whether it was that.
func (p *Person) applyKin(e Event) bool {
	switch f := e.Fact.(type) {
	case KinBound:
		p.Kin = append(slices.DeleteFunc(p.Kin, func(k Kin) bool { return k.Phone == f.Kin.Phone }), f.Kin)
	case KinMet:
		p.eachKin(f.Kin, func(k *Kin) { k.Person = f.Person })
	case KinQuiet:
		p.eachKin(f.Kin, func(k *Kin) { k.Quiet = true })
	case KinFreed:
		p.Kin = slices.DeleteFunc(p.Kin, func(k Kin) bool { return k.ID == f.Kin })
	default:
		return false
	}
	return true
}

func (p *Person) eachKin(kin ID, change func(*Kin)) {
	for i := range p.Kin {
		if p.Kin[i].ID == kin {
			change(&p.Kin[i])
		}
	}
}
