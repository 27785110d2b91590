package board

import (
	"strings"
	"time"
)

// The head of a unit (负责人) answers for it: an extension is asked for with the
// head's word, and where the county wants it a reply goes to review with it.
// Silence is never that word.

// Review is how a reply goes on: to the head of the unit first, or to this
// reviewer, who has until then.
type Review struct {
	By     Date `json:"reviewBy"`
	To     ID   `json:"reviewer,omitzero"`
	AtHead bool `json:"atHead,omitempty"`
}

// The facts of a head's word.
type (
	// Endorsed says that the head is for the extension; the county desk rules.
	Endorsed struct {
		RuleBy Date `json:"ruleBy"`
	}
	// ReplyPassed says that the head is for the reply; it goes to review.
	ReplyPassed struct{ Review }
	// SentBack gives a reply back to who wrote it, before anybody else read it.
	SentBack struct {
		Reason string `json:"reason"`
	}
)

func (Endorsed) Kind() EventKind    { return "endorsed" }
func (ReplyPassed) Kind() EventKind { return "passed" }
func (SentBack) Kind() EventKind    { return "sent-back" }

func init() { enter[Endorsed](); enter[ReplyPassed](); enter[SentBack]() }

// Endorse is the head's word for an extension; the county desk rules on it by
// ruleBy.
func (c *Case) Endorse(by Actor, ruleBy Date, now time.Time) (Event, error) {
	return c.do(by, Endorse, Endorsed{ruleBy}, now)
}

// Deny is the head's word against it. The day stands.
func (c *Case) Deny(by Actor, words string, r Rules, now time.Time) (Event, error) {
	if err := tooLong("words", words, r.MaxReply); err != nil {
		return Event{}, err
	}
	return c.do(by, Deny, HeldTo{Words: strings.TrimSpace(words)}, now)
}

// Pass is the head's word for a reply.
func (c *Case) Pass(by Actor, review Review, now time.Time) (Event, error) {
	return c.do(by, Pass, ReplyPassed{review}, now)
}

// Amend gives a reply back to who wrote it. It counts as no return: no reviewer
// saw it.
func (c *Case) Amend(by Actor, reason string, r Rules, now time.Time) (Event, error) {
	if err := said("reason", "return.reason", reason, r.MaxReply); err != nil {
		return Event{}, err
	}
	return c.do(by, Amend, SentBack{strings.TrimSpace(reason)}, now)
}

// ofUnit tells whether somebody has the unit's word: its head, whoever a reply
// went up to, or nobody at all, when the clock refuses what nobody ruled on.
func (c *Case) ofUnit(by Actor) bool {
	up := c.Raised != nil && by.Roles.Has(c.Raised.To)
	return up || by.Roles.Has(System) || !by.Unit.IsZero() && by.Unit == c.Lead
}

func (c *Case) applyHead(e Event, fact Fact) bool {
	switch f := fact.(type) {
	case Endorsed:
		if c.Ask != nil {
			ask := *c.Ask
			ask.For, ask.By, ask.Head = AsksForTime, f.RuleBy, e.Actor
			c.Ask = &ask
		}
	case ReplyPassed:
		c.goesTo(f.Review)
		c.PassedBy = e.Actor
	case SentBack:
		c.Reply, c.Reason = Returned, f.Reason
	default:
		return false
	}
	return true
}

// goesTo brings a reply to the head, or to review.
func (c *Case) goesTo(r Review) {
	c.Reply, c.ReviewBy, c.Reviewer, c.Relieved, c.PassedBy = Waiting, r.By, r.To, false, ID{}
	if r.AtHead {
		c.Reply = AtHead
	}
}
