package board

import (
	"strings"
	"time"
)

// The standing of a case: whether the person stands behind what somebody else
// typed in their name. It is an axis of its own: the clock of a case runs on
// whatever its standing, and urgent help continues.

// The facts of standing.
type (
	// ConfirmedNow says that the person stands behind the case: "是我".
	ConfirmedNow struct {
		Words string `json:"words,omitempty"` // who asked, and what was said
	}
	// Disowned says that the person says "不是我". The county desk asks them,
	// through somebody other than who filed, by the date.
	Disowned struct {
		Words string `json:"words,omitempty"`
		AskBy Date   `json:"askBy"`
	}
	// Voided says that the case was not the person's. Its words are erased; this
	// fact is the county's, and holds nothing of anybody.
	Voided struct {
		Number Number `json:"number"`
		Matter Kind   `json:"kind"`
	}
	// Proceeded says that nobody confirmed in time and the case goes on all the
	// same, for what it says and not for who says it.
	Proceeded struct {
		Words string `json:"words"`
	}
)

func (ConfirmedNow) Kind() EventKind { return "confirmed" }
func (Disowned) Kind() EventKind     { return "disowned" }
func (Voided) Kind() EventKind       { return "voided" }
func (Proceeded) Kind() EventKind    { return "proceeded" }

func init() { enter[ConfirmedNow](); enter[Disowned](); enter[Voided](); enter[Proceeded]() }

// Confirm says that the person stands behind the case: by their own hand, or
// to the county desk, which says who asked them.
func (c *Case) Confirm(by Actor, words string, r Rules, now time.Time) (Event, error) {
	if !by.Staff.IsZero() {
		if err := said("words", "confirm.words", words, r.MaxReply); err != nil {
			return Event{}, err
		}
	}
	return c.do(by, Confirm, ConfirmedNow{strings.TrimSpace(words)}, now)
}

// Disown freezes a case that somebody else filed in the person's name. The
// county desk asks the person by askBy.
func (c *Case) Disown(by Actor, words string, askBy Date, r Rules, now time.Time) (Event, error) {
	if err := tooLong("words", words, r.MaxReply); err != nil {
		return Event{}, err
	}
	return c.do(by, Disown, Disowned{strings.TrimSpace(words), askBy}, now)
}

// Void closes a case that is not the person's. Whoever keeps it erases what
// was said in it.
func (c *Case) Void(by Actor, now time.Time) (Event, error) {
	e, err := c.do(by, Void, Voided{c.Number, c.Kind}, now)
	e.Subject = ID{}
	return e, err
}

// Proceed lets a case go on that nobody confirmed. It stays out of the
// measures.
func (c *Case) Proceed(by Actor, words string, r Rules, now time.Time) (Event, error) {
	if err := said("words", "proceed.words", words, r.MaxReply); err != nil {
		return Event{}, err
	}
	return c.do(by, Proceed, Proceeded{strings.TrimSpace(words)}, now)
}

func (c *Case) applyStanding(e Event, fact Fact) bool {
	switch f := fact.(type) {
	case ConfirmedNow:
		c.confirmed()
	case Disowned:
		c.Standing, c.AskBy, c.ConfirmBy, c.DecideBy = Frozen, f.AskBy, Date{}, Date{}
		c.Public, c.Notice = Hidden, nil // nobody reads what may not be theirs
		c.endGrants(ID{})
		c.dropFollowUps(Recheck)
		c.dropFollowUps(AskRate)
	case Voided:
		c.voided(e, f)
	case Proceeded:
		c.ConfirmBy, c.DecideBy = Date{}, Date{}
	default:
		return false
	}
	return true
}

// confirmed is the moment at which the person stands behind the case: who filed
// it for them may now follow it too, unless the person had said "not me"
// before.
func (c *Case) confirmed() {
	c.Standing, c.AskBy, c.ConfirmBy, c.DecideBy = Confirmed, Date{}, Date{}, Date{}
	for i := range c.Grants {
		if c.Grants[i].Means == Unshown {
			c.Grants[i].Scope = ToBoth
		}
	}
	c.dropFollowUps(Recheck)
}

// voided leaves of a case that it was, who typed it, and nothing else.
func (c *Case) voided(e Event, f Voided) {
	*c = Case{
		ID: c.ID, Number: f.Number, Kind: f.Matter, Person: c.Person, TakenBy: c.TakenBy, TakenRole: c.TakenRole,
		Filed: c.Filed, Stage: Closed, Reply: c.Reply, Standing: NotTheirs, Public: Hidden, Ended: true, EndedAt: e.Time, Changed: c.Changed,
	}
}

// Counts tells whether the case stands in the measures: one that its person
// does not stand behind does not.
func (c *Case) Counts() bool { return c.Stood() == Confirmed }
