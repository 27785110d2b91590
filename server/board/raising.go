package board

import (
	"slices"
	"time"
)

// What nobody does in time goes up: from the county desk, a reviewer or a head of
// a unit to the inspector, and where the inspector cannot or did not, to a
// leader. Whoever let it lie can still do it, and keeps it on the desk.

// Raise says to whom a case went up, and by when they move.
type Raise struct {
	To Role `json:"to"`
	By Date `json:"by"`
}

// The facts of what goes on to somebody else.
type (
	Raised struct{ Raise }
	// PassedOn says which other reviewer has the reply now.
	PassedOn struct {
		To       ID   `json:"to"`
		ReviewBy Date `json:"reviewBy"`
	}
)

func (Raised) Kind() EventKind   { return "raised" }
func (PassedOn) Kind() EventKind { return "passed-on" }

func init() { enter[Raised](); enter[PassedOn]() }

// lifted are the deeds that settle what goes up. Whoever it went up to does them
// as whoever had it would.
var lifted = []Deed{Assign, Merge, Divert, Decline, Approve, Return, Uphold, Overturn, Pass, Amend}

// Lifted tells whether a deed can go up to the inspector or a leader.
func Lifted(d Deed) bool { return slices.Contains(lifted, d) }

// lift adds to the roles of a deed the one to which the case went up.
func (c *Case) lift(roles Roles, d Deed) Roles {
	if c.Raised == nil || !Lifted(d) {
		return roles
	}
	return append(slices.Clone(roles), c.Raised.To)
}

// Settles is the deed that settles what waits now and can go up; empty when
// nothing of that sort waits.
func (c *Case) Settles() Deed {
	switch {
	case c.Ended:
		return ""
	case c.Asking() == Objects:
		return Uphold
	case c.Stage == Received:
		return Assign
	case c.Stage == InHand && c.Reply == AtHead:
		return Pass
	case c.Stage == InHand && c.Reply == Waiting:
		return Approve
	}
	return ""
}

// Above are the roles to which the case can go up now, the nearest first. It goes
// up once; only an objection, which silence never decides, goes up further.
func (c *Case) Above() Roles {
	at := c.Move().Role
	switch {
	case c.Settles() == "" || c.Raised != nil && c.Asking() != Objects || at == Leader:
		return nil
	case at == Inspector:
		return Roles{Leader}
	}
	return Roles{Inspector, Leader}
}

// Could tells whether somebody could settle the case in this role, were it
// theirs: it went up to them, or lies with their role already.
func (c *Case) Could(by Actor, role Role, now time.Time) bool {
	up := *c
	by.Roles = Roles{role}
	if up.Waits().Role != role {
		up.Raised = &Raise{To: role}
	}
	_, err := up.May(by, up.Settles(), now)
	return err == nil
}

// Raise lets the case go up.
func (c *Case) Raise(to Role, by Date, now time.Time) (Event, error) {
	if !slices.Contains(c.Above(), to) {
		return Event{}, Fault{Kind: Conflict, ID: "deed.goes-up"}
	}
	return c.do(clock, GoUp, Raised{Raise{to, by}}, now)
}

// PassOn gives a reply that nobody reviewed in time to another reviewer, by
// reviewBy.
func (c *Case) PassOn(to ID, reviewBy Date, now time.Time) (Event, error) {
	return c.do(clock, PassOn, PassedOn{to, reviewBy}, now)
}

// clock is the actor of what follows by itself.
var clock = Actor{Roles: Roles{System}, Channel: Clock}

func (c *Case) applyRaising(fact Fact) bool {
	switch f := fact.(type) {
	case Raised:
		up := f.Raise
		c.Raised = &up
	case PassedOn:
		c.Reviewer, c.ReviewBy, c.Relieved = f.To, f.ReviewBy, true
	default:
		return false
	}
	return true
}

// spot is where a case stands. What went up comes down when it moves from there.
type spot struct {
	stage Stage
	reply ReplyState
	ask   AskState
}

func (c *Case) spot() spot { return spot{c.Stage, c.Reply, c.Asking()} }
