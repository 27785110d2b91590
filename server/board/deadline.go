package board

import "time"

// Date is a day by which something must be done, and the calendar it was
// reckoned with, so that a later calendar can confirm or correct it.
type Date struct {
	At          time.Time `json:"at"`
	Calendar    string    `json:"calendar,omitempty"`    // version of the calendar
	Provisional bool      `json:"provisional,omitempty"` // touches a year whose calendar is not yet published
}

// Light is how near a date is, as a desk shows it.
type Light string

const (
	Green  Light = "green"
	Yellow Light = "yellow" // one working day or less is left
	Red    Light = "red"    // overdue
)

// Next is what a case waits for: whose move it is and by when. No case is ever
// without one until it is closed.
type Next struct {
	Role Role
	Unit ID   // the unit, when it is a handler's move
	By   Date // zero only when the case is closed
}
