package board

import (
	"strings"
	"time"
)

// Retention: a county keeps no case for ever. So many years after it ended it is
// anonymised: what anybody could read stays, and what the measures count; whose
// it was and what they said goes. A legal hold keeps a case as it is for as long
// as a court, an audit or an appeal needs it.

// Hold is why a case must be kept as it is.
type Hold struct {
	Reason string    `json:"reason"`
	By     ID        `json:"by"`
	At     time.Time `json:"at"`
}

type (
	// Preserved puts a hold on a case.
	Preserved struct {
		Reason string `json:"reason"`
	}
	// Released ends it.
	Released struct {
		Reason string `json:"reason"`
	}
	// AnonymisedNow says that a case was put away by rule. Its person still finds
	// it, and reads there what became of it; an import still knows it.
	AnonymisedNow struct {
		Remains
		Years   int    `json:"years"` // the rule of that day
		Slip    Serial `json:"slip,omitempty"`
		Private bool   `json:"private,omitempty"`
		Source  string `json:"source,omitempty"`
	}
)

func (Preserved) Kind() EventKind     { return "preserved" }
func (Released) Kind() EventKind      { return "released" }
func (AnonymisedNow) Kind() EventKind { return "anonymised" }

func init() { enter[Preserved](); enter[Released](); enter[AnonymisedNow]() }

// Preserve puts a legal hold on the case: neither the rule nor anybody erases it.
func (c *Case) Preserve(by Actor, reason string, r Rules, now time.Time) (Event, error) {
	if err := said("reason", "preserve.reason", reason, r.MaxReply); err != nil {
		return Event{}, err
	}
	return c.do(by, Preserve, Preserved{strings.TrimSpace(reason)}, now)
}

// Release ends the hold. What the rule says of the case holds again at once.
func (c *Case) Release(by Actor, reason string, r Rules, now time.Time) (Event, error) {
	if err := said("reason", "release.reason", reason, r.MaxReply); err != nil {
		return Event{}, err
	}
	return c.do(by, Release, Released{strings.TrimSpace(reason)}, now)
}

// Unheld refuses to let go of a case that is held, and says why it is.
func (c *Case) Unheld() error {
	if c.Hold == nil {
		return nil
	}
	return Fault{Kind: Conflict, ID: "erase.held", Args: []any{
		"Number", c.Number.Grouped(), "Date", c.Hold.At.In(Zone).Format(time.DateOnly), "Reason", c.Hold.Reason}}
}

// AtRest tells whether the case ended and nothing about it is open: nobody must
// be told or asked anything, and nobody doubts whose it is. Then it waits only
// for its time to be over.
func (c *Case) AtRest() bool {
	return c.Ended && !c.Cleared() && c.Standing != Frozen && len(c.Wanted()) == 0 && !c.Alarm().Set()
}

// KeepUntil is when the county's time for a case that ended then is over.
func (r Rules) KeepUntil(ended time.Time) time.Time { return ended.AddDate(r.KeepYears, 0, 0) }

// Anonymise lets go of whose the case was and of what was said in it. Whoever
// keeps it erases what was. It is refused before its time.
func (c *Case) Anonymise(by Actor, r Rules, now time.Time) (Event, error) {
	if now.Before(r.KeepUntil(c.EndedAt)) {
		return Event{}, Fault{Kind: Conflict, ID: "deed.at-rest"}
	}
	e, err := c.do(by, Anonymise, AnonymisedNow{c.remains(), r.KeepYears, c.Slip, c.Private, c.Source}, now)
	e.Subject = ID{}
	return e, err
}

func (c *Case) applyKeeping(e Event, fact Fact) bool {
	switch f := fact.(type) {
	case Preserved:
		c.Hold = &Hold{f.Reason, e.Actor, e.Time}
	case Released:
		c.Hold = nil
	case AnonymisedNow:
		c.erased(e, f.Remains)
		c.Standing, c.Years, c.Slip, c.Private, c.Source = Anonymised, f.Years, f.Slip, f.Private, f.Source
	default:
		return false
	}
	return true
}
