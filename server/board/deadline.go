package board

import "time"

// Date is a day by which something must be done, and what it was reckoned
// from, so that a later calendar can confirm or correct it.
type Date struct {
	At          time.Time `json:"at"`
	From        time.Time `json:"from,omitzero"`         // the moment it was reckoned from
	Days        int       `json:"days,omitempty"`        // in so many working days; 0 by the rule of screening
	Calendar    string    `json:"calendar,omitempty"`    // version of the calendar
	Provisional bool      `json:"provisional,omitempty"` // touches a year whose calendar is not yet published
}

// Set tells whether there is a date at all.
func (d Date) Set() bool { return !d.At.IsZero() }

// Same tells whether two dates mean the same moment and are equally certain.
func (d Date) Same(e Date) bool { return d.At.Equal(e.At) && d.Provisional == e.Provisional }

// past tells whether the date is over.
func (d Date) past(now time.Time) bool { return now.After(d.At) }

// of is the date as another case gives it to one that follows it: it cannot be
// reckoned anew there.
func (d Date) of() Date {
	d.From, d.Days = time.Time{}, 0
	return d
}

// Light is how near a date is, as a desk shows it.
type Light string

const (
	Green  Light = "green"
	Yellow Light = "yellow" // one working day or less is left
	Red    Light = "red"    // overdue
)

// Next is what a case waits for: whose move it is and by when. No case is ever
// without one until it has ended.
type Next struct {
	Role Role
	Unit ID   // the unit, when it is a handler's move
	By   Date // unset only when the case has ended
}
