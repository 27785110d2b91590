package board

import (
	"strings"
	"time"
)

// What the board asks a resident by itself: a while after the answer whether it
// is solved (解决了吗？), and after a withdrawal whether somebody pressed them.

// Asking is when a resident is asked whether an answer solved it, and until when
// they may say so.
type Asking struct {
	At     []time.Time `json:"askAt,omitempty"`
	RateBy Date        `json:"rateBy"`
}

type (
	// Reminded says that the resident was asked. They have until AnswerBy, which is
	// not set for whoever is asked about a withdrawal: that can be said at any time.
	Reminded struct {
		AnswerBy Date `json:"answerBy,omitzero"`
	}
	// PressSaid is what the person says of a withdrawal: whether somebody pressed
	// them. The units never read it.
	PressSaid struct {
		Pressed Pressed `json:"pressed,omitempty"`
		Words   string  `json:"words,omitempty"`
	}
)

// Pressed is whether somebody pressed a person to withdraw; empty before they
// say.
type Pressed string

const (
	WasPressed Pressed = "yes"
	OwnChoice  Pressed = "no"
)

func (Reminded) Kind() EventKind  { return "reminded" }
func (PressSaid) Kind() EventKind { return "press-said" }

func init() { enter[Reminded](); enter[PressSaid]() }

// nextAsk is when the resident is asked next. Nobody is asked anything about a
// case of which they said "not me".
func (c *Case) nextAsk() (at time.Time, comes bool) {
	if len(c.AskAt) == 0 || c.Standing == Frozen {
		return at, false
	}
	return c.AskAt[0], true
}

// askDue tells whether the resident must be asked now.
func (c *Case) askDue(now time.Time) bool {
	at, comes := c.nextAsk()
	return comes && now.After(at)
}

// asked is the moment at which the resident was asked. What should have been
// asked before, while the box was off, is asked with it; and they have their
// full time to answer.
func (c *Case) asked(f Reminded, at time.Time) {
	for len(c.AskAt) > 0 && c.AskAt[0].Before(at) {
		c.AskAt = c.AskAt[1:]
	}
	if c.LapseBy.At.Before(f.AnswerBy.At) {
		c.LapseBy = f.AnswerBy
	}
}

// stillAsked ends the asking once the case has moved on: nobody is asked what
// they have said already.
func (c *Case) stillAsked() {
	if c.Ended || c.Stage != Answered && c.Stage != Withdrawn || len(c.AskAt) == 0 {
		c.AskAt = nil
	}
}

// GoneAfterContact tells whether the person withdrew after a unit had reached
// them. Such a case stays in sight: somebody may have pressed them.
func (c *Case) GoneAfterContact() bool { return c.Stage == Withdrawn && c.Contacts > 0 }

// SayPressed is the person's own word on whether somebody pressed them to
// withdraw. It is asked once and said once.
func (c *Case) SayPressed(by Actor, pressed Pressed, words string, r Rules, now time.Time) (Event, error) {
	if pressed != WasPressed && pressed != OwnChoice {
		return Event{}, invalid("pressed", "press.choose")
	}
	if err := tooLong("words", words, r.MaxRemark); err != nil {
		return Event{}, err
	}
	return c.do(by, Press, PressSaid{pressed, strings.TrimSpace(words)}, now)
}

func (c *Case) applyAsking(e Event, fact Fact) bool {
	switch f := fact.(type) {
	case Reminded:
		c.asked(f, e.Time)
	case PressSaid:
		c.Pressed, c.AskAt = f.Pressed, nil
	default:
		return false
	}
	return true
}
