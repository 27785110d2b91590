package board

import (
	"strings"
	"time"
)

// The facts of notes: what was done on the way, and what those above said.
type (
	// Contacted says that the unit spoke with the person, or tried to.
	Contacted struct {
		Reached bool   `json:"reached"`
		Words   string `json:"words"`
	}
	Visited struct {
		Words string `json:"words"`
	}
	// Relayed is what the county desk told the person for the unit, or the unit
	// for the person, when name and phone are kept from the unit.
	Relayed struct {
		Words string `json:"words"`
	}
	Annotated struct {
		Words string `json:"words"`
	}
	Supervised struct {
		Words string `json:"words"`
	}
	// Revealed says that a leader looked at name and phone, and why.
	Revealed struct {
		Reason string `json:"reason"`
	}
)

func (Contacted) Kind() EventKind  { return "contacted" }
func (Visited) Kind() EventKind    { return "visited" }
func (Relayed) Kind() EventKind    { return "relayed" }
func (Annotated) Kind() EventKind  { return "annotated" }
func (Supervised) Kind() EventKind { return "supervised" }
func (Revealed) Kind() EventKind   { return "revealed" }

func init() {
	enter[Contacted]()
	enter[Visited]()
	enter[Relayed]()
	enter[Annotated]()
	enter[Supervised]()
	enter[Revealed]()
}

// note makes the event of a deed that is nothing but words; empty is the fault
// of having none.
func (c *Case) note(by Actor, d Deed, empty, words string, r Rules, fact func(words string) Fact, now time.Time) (Event, error) {
	if err := said("words", empty, words, r.MaxReply); err != nil {
		return Event{}, err
	}
	return c.do(by, d, fact(strings.TrimSpace(words)), now)
}

// Contact notes that the unit spoke with the person, or could not reach them.
func (c *Case) Contact(by Actor, reached bool, words string, r Rules, now time.Time) (Event, error) {
	return c.note(by, Contact, "contact.words", words, r, func(w string) Fact { return Contacted{reached, w} }, now)
}

// Visit notes what was seen on the spot.
func (c *Case) Visit(by Actor, words string, r Rules, now time.Time) (Event, error) {
	return c.note(by, Visit, "visit.words", words, r, func(w string) Fact { return Visited{w} }, now)
}

// Relay notes what the county desk passed on between the person and the unit.
func (c *Case) Relay(by Actor, words string, r Rules, now time.Time) (Event, error) {
	return c.note(by, Relay, "relay.words", words, r, func(w string) Fact { return Relayed{w} }, now)
}

// Annotate is a leader's word to the unit (批示).
func (c *Case) Annotate(by Actor, words string, r Rules, now time.Time) (Event, error) {
	return c.note(by, Annotate, "annotate.words", words, r, func(w string) Fact { return Annotated{w} }, now)
}

// Supervise puts the case under supervision (督办): it stands first everywhere.
func (c *Case) Supervise(by Actor, words string, r Rules, now time.Time) (Event, error) {
	return c.note(by, Supervise, "supervise.words", words, r, func(w string) Fact { return Supervised{w} }, now)
}

// Reveal says that a leader looks at name and phone. The person reads who it
// was, and why.
func (c *Case) Reveal(by Actor, reason string, r Rules, now time.Time) (Event, error) {
	return c.note(by, Reveal, "reveal.words", reason, r, func(w string) Fact { return Revealed{w} }, now)
}
