package board

import "time"

// LookList is the fold of who looked at a case. It is a stream beside the
// case's own, so that looking does not lengthen the case's history.
type LookList struct {
	ID      ID      `json:"id"`
	Changed Changes `json:"changed"`
}

func (l *LookList) Stream() Stream { return Stream{Looks, l.ID} }
func (l *LookList) Keeper() ID     { return ID{} }
func (l *LookList) Apply(e Event)  { l.Changed.note(e) }

// Looked says that a member of staff opened a case and saw whose it is.
type Looked struct{}

func (Looked) Kind() EventKind { return "looked" }

func init() { enter[Looked]() }

// Look makes the event of a look at the person's own words, in the role that
// allowed it. Whoever sees none of them, and the person, leave no trace.
func (c *Case) Look(by Actor, now time.Time) (Event, bool) {
	sight, role := c.Sight(by)
	return happened(Stream{Looks, c.ID}, by, role, ID{}, Looked{}, now), !by.Staff.IsZero() && (sight.Self || sight.Place || sight.Log)
}

// LookToCall makes the event of an operator's look at a case about which they
// have to call its person.
func (c *Case) LookToCall(by Actor, now time.Time) Event {
	return happened(Stream{Looks, c.ID}, by, Operator, ID{}, Looked{}, now)
}
