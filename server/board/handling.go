package board

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Charge is what a case is assigned with.
type Charge struct {
	Lead   ID     `json:"lead"`            // the unit in charge
	Co     []ID   `json:"co,omitempty"`    // units that help
	Topic  string `json:"topic,omitempty"` // what it is about, by the county's list
	Words  string `json:"words,omitempty"` // to the units
	SignBy Date   `json:"signBy"`          // the unit signs for it
	BackBy Date   `json:"backBy"`          // until then it may hand it back
	Due    Date   `json:"due"`             // the resident has an answer
}

// Reply is a unit's answer: the fields of a lawful answer.
type Reply struct {
	Found   string `json:"found"`           // what was found
	Done    string `json:"done"`            // what was done, or will be done and by when
	Basis   string `json:"basis,omitempty"` // the law or rule it rests on
	Contact string `json:"contact"`         // whom to ask
	Author  ID     `json:"author"`          // who wrote it
}

// Check joins a fault for each field that cannot be taken; their fields are
// the JSON names of Reply.
func (r Reply) Check(rules Rules) error {
	var faults []error
	for _, f := range []struct{ field, text string }{{"found", r.Found}, {"done", r.Done}, {"contact", r.Contact}} {
		if blank(f.text) {
			faults = append(faults, invalid(f.field, "reply."+f.field))
		}
	}
	for _, f := range []struct{ field, text string }{{"found", r.Found}, {"done", r.Done}, {"basis", r.Basis}, {"contact", r.Contact}} {
		faults = append(faults, tooLong(f.field, f.text, rules.MaxReply))
		if left := gap(f.text); left != "" {
			faults = append(faults, invalid(f.field, "reply.gap", "Gap", left))
		}
	}
	return errors.Join(faults...)
}

// gaps are what a template leaves to be filled in for each case: 【…】. The year
// in the name of a document (【2026】) is none.
var gaps = regexp.MustCompile(`【[^【】\n]{1,40}】`)

func gap(text string) string {
	for _, left := range gaps.FindAllString(text, -1) {
		if !AllDigits(Digits(strings.Trim(left, "【】"))) {
			return left
		}
	}
	return ""
}

// The facts of handling. Each has the JSON names of the form that makes it.
type (
	ChargeGiven struct{ Charge }
	ChargeTaken struct{}
	Progressed  struct {
		Note string `json:"note"`
	}
	ReplyWritten struct {
		Reply
		Review
	}
	ReplyApproved struct{ Asking }
	ReplyReturned struct {
		Reason string `json:"reason"`
	}
)

func (ChargeGiven) Kind() EventKind   { return "assigned" }
func (ChargeTaken) Kind() EventKind   { return "signed" }
func (Progressed) Kind() EventKind    { return "progressed" }
func (ReplyWritten) Kind() EventKind  { return "answered" }
func (ReplyApproved) Kind() EventKind { return "approved" }
func (ReplyReturned) Kind() EventKind { return "returned" }

func init() {
	enter[ChargeGiven]()
	enter[ChargeTaken]()
	enter[Progressed]()
	enter[ReplyWritten]()
	enter[ReplyApproved]()
	enter[ReplyReturned]()
}

// do makes the event of a deed that the table allows.
func (c *Case) do(by Actor, d Deed, fact Fact, now time.Time) (Event, error) {
	role, err := c.May(by, d, now)
	if err != nil {
		return Event{}, err
	}
	return happened(c.Stream(), by, role, c.Keeper(), fact, now), nil
}

// Assign gives the case to a unit (交办), and to others to help. A case that
// comes back keeps the date it was first given: re-assignment never resets it.
// One that came from another system keeps the date that was promised there.
func (c *Case) Assign(by Actor, charge Charge, r Rules, now time.Time) (Event, error) {
	if charge.Lead.IsZero() {
		return Event{}, invalid("unit", "assign.unit")
	}
	if slices.Contains(charge.Co, charge.Lead) {
		return Event{}, invalid("co", "assign.co")
	}
	if !c.About.IsZero() && (charge.Lead == c.About || slices.Contains(charge.Co, c.About)) {
		return Event{}, invalid("unit", "assign.about")
	}
	charge.Words = strings.TrimSpace(charge.Words)
	if err := tooLong("words", charge.Words, r.MaxReply); err != nil {
		return Event{}, err
	}
	var co []ID
	for _, unit := range charge.Co {
		if !slices.Contains(co, unit) {
			co = append(co, unit)
		}
	}
	charge.Co = co
	switch {
	case c.Due.Set():
		charge.Due = c.Due
	case c.promisedThere():
		charge.Due = Date{At: c.There.Due}
	}
	return c.do(by, Assign, ChargeGiven{charge}, now)
}

// promisedThere tells whether a promise of another system is still open: nothing
// was done for it there, and no answer was given here.
func (c *Case) promisedThere() bool {
	return c.There != nil && !c.There.Due.IsZero() && c.There.Done.IsZero() && c.Reopened == 0
}

// SignFor says that the unit has taken the case in hand (签收).
func (c *Case) SignFor(by Actor, now time.Time) (Event, error) {
	return c.do(by, SignFor, ChargeTaken{}, now)
}

// Progress notes what is being done, for the resident to read. It does not
// stop the clock.
func (c *Case) Progress(by Actor, note string, r Rules, now time.Time) (Event, error) {
	if blank(note) {
		return Event{}, invalid("note", "progress.note")
	}
	if err := tooLong("note", note, r.MaxReply); err != nil {
		return Event{}, err
	}
	return c.do(by, Progress, Progressed{strings.TrimSpace(note)}, now)
}

// Answer writes the unit's reply (答复). It reaches the resident only when a
// reviewer has approved it.
func (c *Case) Answer(by Actor, r Reply, review Review, rules Rules, now time.Time) (Event, error) {
	if err := r.Check(rules); err != nil {
		return Event{}, err
	}
	r.Author = by.Staff
	return c.do(by, Answer, ReplyWritten{r, review}, now)
}

// Approve lets the reply go out to the resident, who is asked whether it is
// solved.
func (c *Case) Approve(by Actor, ask Asking, now time.Time) (Event, error) {
	return c.do(by, Approve, ReplyApproved{ask}, now)
}

// Return sends the reply back to the unit, with a reason that the unit reads.
// The clock runs on.
func (c *Case) Return(by Actor, reason string, r Rules, now time.Time) (Event, error) {
	if blank(reason) {
		return Event{}, invalid("reason", "return.reason")
	}
	if err := tooLong("reason", reason, r.MaxReply); err != nil {
		return Event{}, err
	}
	return c.do(by, Return, ReplyReturned{strings.TrimSpace(reason)}, now)
}
