package board

import (
	"strings"
	"time"
)

// How long a resident may think again (适老化规范 2.6.1: what was sent can be
// taken back for ten minutes).
const (
	UndoLasts    = 10 * time.Minute
	RestoreLasts = 7 * 24 * time.Hour
)

// MostAdded is how many lines a person may add to a case: each is kept with the
// case, and a case that nobody can read through helps nobody.
const MostAdded = 20

// The facts of what a resident does after filing.
type (
	// Edited is what the person says instead.
	Edited struct {
		Title  string `json:"title"`
		Body   string `json:"body"`
		Remark string `json:"remark,omitempty"`
	}
	Added struct {
		Words string `json:"words"`
	}
	// Gone is a withdrawal; it can be taken back until then. Whoever withdraws
	// after a unit had reached them is asked why.
	Gone struct {
		Until Date        `json:"until"`
		AskAt []time.Time `json:"askAt,omitempty"`
	}
	// CameBack takes it back. ScreenBy is for a case that was merged.
	CameBack struct {
		ScreenBy Date `json:"screenBy,omitzero"`
	}
	Objected struct {
		Words  string `json:"words"`
		RuleBy Date   `json:"ruleBy"`
	}
)

func (Edited) Kind() EventKind   { return "edited" }
func (Added) Kind() EventKind    { return "added" }
func (Gone) Kind() EventKind     { return "withdrawn" }
func (CameBack) Kind() EventKind { return "restored" }
func (Objected) Kind() EventKind { return "objected" }

func init() {
	enter[Edited]()
	enter[Added]()
	enter[Gone]()
	enter[CameBack]()
	enter[Objected]()
}

// Edit puts other words in the place of those filed, for ten minutes.
func (c *Case) Edit(by Actor, d Draft, s *Settings, now time.Time) (Event, error) {
	if err := d.Check(s, StepWords); err != nil {
		return Event{}, err
	}
	return c.do(by, Edit, Edited{d.Heading(s.Rules().MaxTitle), strings.TrimSpace(d.Body), strings.TrimSpace(d.Remark)}, now)
}

// Add adds a line to what was filed.
func (c *Case) Add(by Actor, words string, r Rules, now time.Time) (Event, error) {
	if err := said("words", "add.words", words, r.MaxBody); err != nil {
		return Event{}, err
	}
	return c.do(by, Add, Added{strings.TrimSpace(words)}, now)
}

// Withdraw takes the case back. Until the date it can be restored. When a unit
// had reached the person, they are asked at askAt whether it pressed them: not at
// once, when it may stand beside them.
func (c *Case) Withdraw(by Actor, askAt, now time.Time) (Event, error) {
	gone := Gone{Until: Date{At: now.Add(RestoreLasts)}}
	if c.Contacts > 0 {
		gone.AskAt = []time.Time{askAt}
	}
	return c.do(by, Withdraw, gone, now)
}

// Restore takes a withdrawal back: the case goes on where it was, and its dates
// stand. One that had been merged is on its own again, for the county desk to
// assign by screenBy.
func (c *Case) Restore(by Actor, screenBy Date, now time.Time) (Event, error) {
	if c.Before != Merged {
		screenBy = Date{}
	}
	return c.do(by, Restore, CameBack{screenBy}, now)
}

// Object asks another person of the county to look at a decline, once.
func (c *Case) Object(by Actor, words string, ruleBy Date, r Rules, now time.Time) (Event, error) {
	if err := said("words", "object.words", words, r.MaxBody); err != nil {
		return Event{}, err
	}
	return c.do(by, Object, Objected{strings.TrimSpace(words), ruleBy}, now)
}

// said refuses a text that says nothing or too much.
func said(field, empty, text string, max int) error {
	if blank(text) {
		return invalid(field, empty)
	}
	return tooLong(field, text, max)
}
