package board

import (
	"slices"
	"strings"
	"time"
)

// DeclineReasons are the only grounds on which a case is not accepted. They
// follow 信访工作条例 and the 12345 practice; the words under "decline.<name>"
// are what the resident reads.
var DeclineReasons = []string{"not-county", "in-court", "done-already", "unclear", "unlawful"}

// Paths are the statutory ways (法定途径) on which the county sends what it may
// not decide itself, each with its own law and office.
var Paths = []string{"arbitration", "review", "court", "police", "discipline", "petition"}

// Refusal is why a case was not accepted: a reason of the list, or a path, and
// words that tell the resident what they can do.
type Refusal struct {
	Reason string `json:"reason,omitempty"`
	Path   string `json:"path,omitempty"`
	Words  string `json:"words"`
	By     ID     `json:"by"`
}

// The facts of screening.
type (
	Refused struct {
		Refusal
		ObjectBy Date `json:"objectBy"`
	}
	SentOn struct {
		Refusal
		ObjectBy Date `json:"objectBy"`
	}
	Upheld struct {
		Words string `json:"words"`
	}
	Overturned struct {
		Words    string `json:"words"`
		ScreenBy Date   `json:"screenBy"`
	}
	// Follow is what a merged case has from the case it was merged into: its
	// unit and its date, or, before there is a unit, when there will be one. A
	// date that its own resident was given before stands beside it.
	Follow struct {
		Unit     ID   `json:"unit,omitzero"`
		Due      Date `json:"due,omitzero"`
		ScreenBy Date `json:"screenBy,omitzero"`
	}
	// MergedInto says which case is handled for this one too.
	MergedInto struct {
		Lead   ID     `json:"lead,omitzero"`
		Number Number `json:"number,omitempty"`
		Follow
	}
	// Followed says that the case it was merged into has another unit or date.
	Followed struct{ Follow }
	// Parted says that the case it was merged into is no longer handled; this
	// one is on its own again.
	Parted struct {
		ScreenBy Date `json:"screenBy"`
	}
	// Shared is the lead case's answer, given to this case's author too.
	Shared struct {
		Reply
		Asking
	}
)

func (Refused) Kind() EventKind    { return "declined" }
func (SentOn) Kind() EventKind     { return "diverted" }
func (Upheld) Kind() EventKind     { return "upheld" }
func (Overturned) Kind() EventKind { return "overturned" }
func (MergedInto) Kind() EventKind { return "merged" }
func (Followed) Kind() EventKind   { return "followed" }
func (Parted) Kind() EventKind     { return "parted" }
func (Shared) Kind() EventKind     { return "shared" }

func init() {
	enter[Refused]()
	enter[SentOn]()
	enter[Upheld]()
	enter[Overturned]()
	enter[MergedInto]()
	enter[Followed]()
	enter[Parted]()
	enter[Shared]()
}

// Decline says that the county does not take the case, why, and what the
// resident can do. They may object until objectBy.
func (c *Case) Decline(by Actor, reason, words string, objectBy Date, r Rules, now time.Time) (Event, error) {
	if !slices.Contains(DeclineReasons, reason) {
		return Event{}, invalid("reason", "decline.reason")
	}
	if err := said("words", "decline.words", words, r.MaxReply); err != nil {
		return Event{}, err
	}
	return c.do(by, Decline, Refused{Refusal{Reason: reason, Words: strings.TrimSpace(words), By: by.Staff}, objectBy}, now)
}

// Divert sends the resident on the way that the law gives for their matter.
func (c *Case) Divert(by Actor, path, words string, objectBy Date, r Rules, now time.Time) (Event, error) {
	if !slices.Contains(Paths, path) {
		return Event{}, invalid("path", "divert.path")
	}
	if err := said("words", "divert.words", words, r.MaxReply); err != nil {
		return Event{}, err
	}
	return c.do(by, Divert, SentOn{Refusal{Path: path, Words: strings.TrimSpace(words), By: by.Staff}, objectBy}, now)
}

// Uphold lets a decline stand that the resident objected to. That ends the
// case.
func (c *Case) Uphold(by Actor, words string, r Rules, now time.Time) (Event, error) {
	if err := said("words", "uphold.words", words, r.MaxReply); err != nil {
		return Event{}, err
	}
	return c.do(by, Uphold, Upheld{strings.TrimSpace(words)}, now)
}

// Overturn takes a decline back; the county desk has until screenBy to assign
// the case.
func (c *Case) Overturn(by Actor, words string, screenBy Date, r Rules, now time.Time) (Event, error) {
	if err := said("words", "overturn.words", words, r.MaxReply); err != nil {
		return Event{}, err
	}
	return c.do(by, Overturn, Overturned{strings.TrimSpace(words), screenBy}, now)
}

// Merge lets another case stand for this one: it is handled once, and the
// author of each is told and asked. A complaint about an office is handled by
// itself: what it is merged with could lie with that very office.
func (c *Case) Merge(by Actor, lead *Case, now time.Time) (Event, error) {
	if !c.Joins(lead) {
		return Event{}, invalid("lead", "merge.lead")
	}
	return c.do(by, Merge, MergedInto{lead.ID, lead.Number, c.follow(lead)}, now)
}

// Joins tells whether the case may be merged into lead; nil is no case.
func (c *Case) Joins(lead *Case) bool {
	return lead != nil && lead.ID != c.ID && !lead.aboutOffice() && slices.Contains(early, lead.Stage)
}

// follow is what the case has from lead: not the date when it has its own.
func (c *Case) follow(lead *Case) Follow {
	f := Follow{Unit: lead.Lead, Due: lead.Due.of()}
	if lead.Lead.IsZero() {
		f.ScreenBy = lead.ScreenBy.of()
	}
	if !c.Due.From.IsZero() {
		f.Due = c.Due
	}
	return f
}

// Along says what happens to a case that was merged into lead, now that lead
// has moved: it gets lead's answer, follows lead's unit and date, or stands on
// its own again, by screenBy, when lead is no longer handled.
func (c *Case) Along(lead *Case, screenBy Date, now time.Time) (Event, bool) {
	if c.Stage != Merged {
		return Event{}, false
	}
	var fact Fact
	switch {
	case lead.Stage == Answered && lead.Published != nil:
		fact = Shared{*lead.Published, Asking{lead.AskAt, lead.LapseBy.of()}}
	case !slices.Contains(early, lead.Stage):
		fact = Parted{screenBy}
	default:
		f := c.follow(lead)
		if f.Unit == c.Lead && f.Due.Same(c.Due) && (!f.ScreenBy.Set() || f.ScreenBy.Same(c.ScreenBy)) {
			return Event{}, false
		}
		fact = Followed{f}
	}
	return happened(c.Stream(), clock, System, c.Person, fact, now), true
}
