package board

import "time"

// Lettered says that number and PIN were printed, on the box itself, for a
// sealed letter to a person who cannot be reached otherwise.
type Lettered struct{}

func (Lettered) Kind() EventKind { return "lettered" }

func init() { enter[Lettered]() }

// Letter lets number and PIN be printed. Only the box does so: no desk and no
// helper ever learns a PIN, and the person reads that it was printed.
func (c *Case) Letter(by Actor, now time.Time) (Event, error) {
	if !by.Roles.Has(System) {
		return Event{}, Fault{Kind: Denied, ID: "deed.role"}
	}
	if c.Gone() {
		return Event{}, Fault{Kind: Conflict, ID: "deed.moved-on"}
	}
	return happened(c.Stream(), by, System, c.Person, Lettered{}, now), nil
}
