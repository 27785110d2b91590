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

// Looked says that a member of staff opened a case with its private words.
type Looked struct{}

func (Looked) Kind() EventKind { return "looked" }

func init() { enter[Looked]() }

// Look makes the event of a look, in the role that allowed it.
func (c *Case) Look(by Actor, now time.Time) Event {
	role := by.Roles.Meet(Roles{Handler, Dispatcher, Leader, Reviewer, Inspector})
	return happened(Stream{Looks, c.ID}, by, role, ID{}, Looked{}, now)
}
