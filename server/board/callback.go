package board

import "time"

// The facts of a call-back: somebody texts 0, and an operator calls them.
type (
	CallWanted struct{}
	CalledBack struct {
		Reached bool `json:"reached"`
	}
)

// Forgotten says that nothing is kept of the person any more: they were never
// shown to be there, or they are erased.
type Forgotten struct{}

func (Forgotten) Kind() EventKind  { return "forgotten" }
func (CallWanted) Kind() EventKind { return "call-wanted" }
func (CalledBack) Kind() EventKind { return "called-back" }

func init() { enter[CallWanted](); enter[CalledBack](); enter[Forgotten]() }

// WantCall says that the person wants to be called.
func (p *Person) WantCall(by Actor, now time.Time) Event {
	return happened(p.Stream(), by, Resident, p.ID, CallWanted{}, now)
}

// CallBack says that an operator called, and whether somebody answered. Three
// calls in vain are enough.
func (p *Person) CallBack(by Actor, reached bool, now time.Time) (Event, error) {
	switch {
	case !by.Roles.Has(Operator):
		return Event{}, Fault{Kind: Denied, ID: "deed.role"}
	case p.Back.IsZero():
		return Event{}, Fault{Kind: Conflict, ID: "deed.moved-on"}
	}
	return happened(p.Stream(), by, Operator, p.ID, CalledBack{reached}, now), nil
}

func (p *Person) applyCall(e Event) bool {
	switch f := e.Hollow().Fact.(type) {
	case CallWanted:
		p.Back, p.BackTries = e.Time, 0
	case CalledBack:
		if p.BackTries++; f.Reached || p.BackTries >= MostTries {
			p.Back, p.BackTries = time.Time{}, 0
		}
	default:
		return false
	}
	return true
}

// Known tells whether anything ever showed that the person is there: a phone, a
// relative whom they named, a call that they asked for.
func (p *Person) Known() bool {
	if len(p.Kin) > 0 || !p.Back.IsZero() {
		return true
	}
	for _, b := range p.Phones {
		if !b.Proved.IsZero() || !b.Agreed.IsZero() {
			return true
		}
	}
	return false
}

// Forget says that nothing is kept of the person any more. Whoever keeps it
// erases what was.
func (p *Person) Forget(by Actor, now time.Time) Event {
	return happened(p.Stream(), by, System, ID{}, Forgotten{}, now)
}
