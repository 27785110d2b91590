package board

import (
	"errors"
	"time"
)

// Outcome is the resident's own word on whether it is solved. Nobody else
// gives it.
type Outcome string

const (
	Solved    Outcome = "solved" // 解决了
	Partly    Outcome = "partly" // 部分解决
	NotSolved Outcome = "not"    // 没解决
)

// Outcomes lists the outcomes in the order in which they are offered.
var Outcomes = []Outcome{Solved, Partly, NotSolved}

// Mark is how content a resident is with one side of the handling, 1 to 5; 0
// when they did not say.
type Mark int

// Rating is what the resident says of the answer (评价): whether it is solved,
// and if they like, how they were treated and how fast it went.
type Rating struct {
	Outcome  Outcome `json:"outcome"`
	Attitude Mark    `json:"attitude,omitempty"`
	Speed    Mark    `json:"speed,omitempty"`
	Words    string  `json:"words,omitempty"`
	Apart    bool    `json:"apart,omitempty"`  // not by the person's own hand: kept out of the rates
	Device   bool    `json:"device,omitempty"` // typed in a browser on which staff log in
	Called   bool    `json:"called,omitempty"` // told an uninvolved operator who asked: the second rate
}

// Rated says how the resident rated. When it is not solved the case goes on:
// Again is the new date, by which the unit answers once more, or by which the
// county desk assigns it anew.
type Rated struct {
	Rating
	Again Date `json:"again,omitzero"`
}

func (Rated) Kind() EventKind { return "rated" }

func init() { enter[Rated]() }

// Check joins a fault for each answer that cannot be taken.
func (r Rating) Check(rules Rules) error {
	var faults []error
	if r.Outcome != Solved && r.Outcome != Partly && r.Outcome != NotSolved {
		faults = append(faults, invalid("outcome", "rating.outcome"))
	}
	for _, m := range []struct {
		field string
		mark  Mark
	}{{"attitude", r.Attitude}, {"speed", r.Speed}} {
		if m.mark < 0 || m.mark > 5 {
			faults = append(faults, invalid(m.field, "rating.mark"))
		}
	}
	return errors.Join(append(faults, tooLong("words", r.Words, rules.MaxRemark))...)
}

// Rate closes the case when it is solved or partly solved. "Not solved" opens
// it again: the first time with the same unit, then with the county desk.
// again is the date for that; it is dropped when the case closes. What the
// person's own hand did not type is kept apart: a relative's, or from a browser
// on which staff log in.
func (c *Case) Rate(by Actor, r Rating, again Date, rules Rules, now time.Time) (Event, error) {
	r.Apart, r.Device = !by.self(), by.Device
	return c.rate(by, Rate, r, again, rules, now)
}

// Quote is what somebody says of the answer who rings or comes by themselves.
// It closes or opens the case as their own hand would, and stands in no rate.
func (c *Case) Quote(by Actor, r Rating, again Date, rules Rules, now time.Time) (Event, error) {
	r.Apart = true
	return c.rate(by, Quote, r, again, rules, now)
}

// RateFor is what the person told an operator who had nothing to do with the
// case, about one drawn by chance among people who have no way of their own.
// Such words form a second rate, apart from the first.
func (c *Case) RateFor(by Actor, r Rating, again Date, rules Rules, now time.Time) (Event, error) {
	r.Apart, r.Called = true, true
	return c.rate(by, RateFor, r, again, rules, now)
}

func (c *Case) rate(by Actor, d Deed, r Rating, again Date, rules Rules, now time.Time) (Event, error) {
	if err := r.Check(rules); err != nil {
		return Event{}, err
	}
	if r.Outcome != NotSolved {
		again = Date{}
	}
	return c.do(by, d, Rated{r, again}, now)
}

// ReopensAt tells where a case goes when the resident says "not solved" now.
func (c *Case) ReopensAt() Stage {
	if c.Reopened == 0 && !c.Lead.IsZero() {
		return InHand
	}
	return Received
}
