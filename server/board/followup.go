package board

import (
	"slices"
	"strings"
	"time"
)

// FollowUp is something that somebody must still tell or ask the person, beside
// the case's own way (回访). It never shows as overdue, and counts for nobody.
type FollowUp struct {
	Why   Why       `json:"why"`
	Way   Way       `json:"way"`
	To    ID        `json:"to,omitzero"` // the helper who reads it aloud; zero for the county's operators
	From  time.Time `json:"from"`        // not before
	Tries int       `json:"tries,omitempty"`
}

// Why is what a follow-up is for.
type Why string

const (
	TellAnswer Why = "tell"  // the answer is told: by call, read aloud, by letter
	Recheck    Why = "check" // did the person want this filed? drawn by chance, or nobody has shown it
	AskRate    Why = "rate"  // is it solved? drawn among people who have no way of their own
)

// Whys lists what follow-ups are for.
var Whys = []Why{TellAnswer, Recheck, AskRate}

// MostTries is how often a person is called in vain before a call is given up.
const MostTries = 3

// How is how an answer was told.
type How string

const (
	FaceToFace How = "face"
	ByPhone    How = "phone"
	OnPaper    How = "letter"
)

// Hows lists how an answer can be told, in the order in which they are offered.
var Hows = []How{FaceToFace, ByPhone, OnPaper}

// The facts of follow-ups.
type (
	// Charged says that a follow-up is wanted.
	Charged struct{ FollowUp }
	// ReadOut says that the answer was told, when and how.
	ReadOut struct {
		At    time.Time `json:"at"`
		How   How       `json:"how"`
		Words string    `json:"words,omitempty"` // what the person said
	}
	// HandedTo asks a helper of the place to go to somebody who cannot be called.
	HandedTo struct {
		Why Why `json:"why"`
		To  ID  `json:"to"`
	}
	PassedBack struct {
		Reason string `json:"reason"`
	}
	// Missed says that a call found nobody; or somebody who would rather not say,
	// and is not asked again.
	Missed struct {
		Why   Why  `json:"why"`
		Spare bool `json:"spare,omitempty"`
	}
	// Checked says that the person told an operator: yes, that is mine.
	Checked struct{}
	// Slipped gives the case a sealed slip, in the place of the one before.
	Slipped struct {
		Slip Serial `json:"slip"`
	}
)

func (Charged) Kind() EventKind    { return "charged" }
func (ReadOut) Kind() EventKind    { return "read-out" }
func (HandedTo) Kind() EventKind   { return "handed-to" }
func (PassedBack) Kind() EventKind { return "passed-back" }
func (Missed) Kind() EventKind     { return "missed" }
func (Checked) Kind() EventKind    { return "checked" }
func (Slipped) Kind() EventKind    { return "slipped" }

func init() {
	enter[Charged]()
	enter[ReadOut]()
	enter[HandedTo]()
	enter[PassedBack]()
	enter[Missed]()
	enter[Checked]()
	enter[Slipped]()
}

// Charge says that a follow-up is wanted.
func (c *Case) Charge(f FollowUp, now time.Time) Event {
	f.From = f.From.UTC().Truncate(time.Millisecond)
	return happened(c.Stream(), clock, System, c.Person, Charged{f}, now)
}

// TellBy is the follow-up that an answer calls for when its person is not told
// by text: reader is the helper whom they let read the case, or zero for the
// operators.
func (c *Case) TellBy(way Way, reader ID, now time.Time) (FollowUp, bool) {
	f := FollowUp{Why: TellAnswer, Way: way, From: now}
	if way == ByVoice {
		f.To = reader
	}
	return f, way != ByText && way != ""
}

// ReadOut says that the answer was told to the person.
func (c *Case) ReadOut(by Actor, told ReadOut, r Rules, now time.Time) (Event, error) {
	told.Words = strings.TrimSpace(told.Words)
	switch {
	case !slices.Contains(Hows, told.How):
		return Event{}, invalid("how", "readout.how")
	case told.At.IsZero() || told.At.After(now) || now.Sub(told.At) > 31*24*time.Hour:
		return Event{}, invalid("at", "readout.at")
	}
	if err := tooLong("words", told.Words, r.MaxRemark); err != nil {
		return Event{}, err
	}
	told.At = told.At.UTC().Truncate(time.Second)
	return c.do(by, TellOut, told, now)
}

// PassBack gives a reading task back to the county's operators.
func (c *Case) PassBack(by Actor, reason string, r Rules, now time.Time) (Event, error) {
	if err := said("reason", "passback.reason", reason, r.MaxRemark); err != nil {
		return Event{}, err
	}
	return c.do(by, PassBack, PassedBack{strings.TrimSpace(reason)}, now)
}

// Miss says that a call found nobody.
func (c *Case) Miss(by Actor, why Why, now time.Time) (Event, error) {
	if !c.Callable(by, why) { // or who typed it could make away with the question
		return Event{}, Fault{Kind: Denied, ID: "deed.uninvolved"}
	}
	if _, open := c.followUp(why, ID{}); !open {
		return Event{}, Fault{Kind: Conflict, ID: "deed.moved-on"}
	}
	return c.do(by, Miss, Missed{Why: why}, now)
}

// Spare says that the person would rather not say whether it is solved.
func (c *Case) Spare(by Actor, now time.Time) (Event, error) {
	if _, open := c.followUp(AskRate, ID{}); !open {
		return Event{}, Fault{Kind: Conflict, ID: "deed.moved-on"}
	}
	if !c.Callable(by, AskRate) {
		return Event{}, Fault{Kind: Denied, ID: "deed.uninvolved"}
	}
	return c.do(by, Miss, Missed{Why: AskRate, Spare: true}, now)
}

// Check says that the person told an operator that the case is theirs.
func (c *Case) Check(by Actor, now time.Time) (Event, error) {
	return c.do(by, Check, Checked{}, now)
}

// Reslip gives the case a sealed slip, shown an identity; the old one opens it
// no more.
func (c *Case) Reslip(by Actor, slip Serial, now time.Time) (Event, error) {
	return c.do(by, Reslip, Slipped{slip}, now)
}

// followUp finds the open follow-up of a sort for a helper, or for the
// operators when to is zero.
func (c *Case) followUp(why Why, to ID) (FollowUp, bool) {
	open := c.Wanted()
	i := slices.IndexFunc(open, func(f FollowUp) bool { return f.Why == why && f.To == to })
	if i < 0 {
		return FollowUp{}, false
	}
	return open[i], true
}

// Wanted lists what must be told or asked now. Somebody who said "not me" is told
// nothing before they were asked whose the case is.
func (c *Case) Wanted() []FollowUp {
	if c.Standing == Frozen {
		return nil
	}
	return c.FollowUps
}

// ToCall finds what this operator has to call about first. What is not theirs to
// call about stands in nobody's way.
func (c *Case) ToCall(by Actor, now time.Time) (FollowUp, bool) {
	for _, f := range c.Wanted() {
		if f.To.IsZero() && f.Way != ByLetter && !f.From.After(now) && c.Callable(by, f.Why) {
			return f, true
		}
	}
	return FollowUp{}, false
}

// ToPrint finds the answer that goes out by letter.
func (c *Case) ToPrint() (FollowUp, bool) {
	open := c.Wanted()
	i := slices.IndexFunc(open, func(f FollowUp) bool { return f.Way == ByLetter && f.To.IsZero() })
	if i < 0 {
		return FollowUp{}, false
	}
	return open[i], true
}

// Callable tells whether this operator may call about it: a check is nobody's
// who typed the case, the second rate nobody's who had to do with it.
func (c *Case) Callable(by Actor, why Why) bool {
	switch {
	case c.concerns(by.Unit), c.AboutDesk && by.Roles.Meet(Roles{Dispatcher, Reviewer}) != "":
		return false
	case why == Recheck:
		return c.TakenBy != by.Staff
	case why == AskRate:
		return c.uninvolved(by.Staff)
	}
	return true
}

// ChargedTo tells whether a helper was asked to tell or ask the person. As long
// as they are, they may read the case for it.
func (c *Case) ChargedTo(helper ID) bool {
	return !helper.IsZero() && slices.ContainsFunc(c.Wanted(), func(f FollowUp) bool { return f.To == helper })
}

// asks tells whether a follow-up of this sort is the actor's to do: a helper's
// own, or that of the operators.
func (c *Case) asks(why Why, by Actor) bool {
	_, own := c.followUp(why, by.Staff)
	_, desk := c.followUp(why, ID{})
	return own && !by.Staff.IsZero() || desk && by.Roles.Has(Operator) && !c.concerns(by.Unit)
}

// HandTo asks a helper to go to the person. A check is nobody's who typed the
// case; whether it is solved only operators ask.
func (c *Case) HandTo(by Actor, why Why, to *Staff, now time.Time) (Event, error) {
	aide := Actor{Roles: to.Roles, Unit: to.Unit, Areas: to.Areas}
	switch {
	case !c.Callable(by, why):
		return Event{}, Fault{Kind: Denied, ID: "deed.uninvolved"}
	case to.Left || !to.Roles.Has(Helper) || !aide.Covers(c.Township, c.Village) || c.concerns(to.Unit):
		return Event{}, invalid("to", "handto.helper")
	case why == Recheck && to.ID == c.TakenBy:
		return Event{}, invalid("to", "handto.taker")
	case why == AskRate:
		return Event{}, Fault{Kind: Denied, ID: "deed.uninvolved"}
	}
	if _, open := c.followUp(why, ID{}); !open {
		return Event{}, Fault{Kind: Conflict, ID: "deed.moved-on"}
	}
	return c.do(by, HandTo, HandedTo{why, to.ID}, now)
}

// ReadBy tells whether the answer waits to be read aloud by this helper.
func (c *Case) ReadBy(helper ID) bool {
	_, open := c.followUp(TellAnswer, helper)
	return open && !helper.IsZero()
}

// uninvolved tells whether somebody neither typed the case nor told its answer.
func (c *Case) uninvolved(staff ID) bool {
	return staff != c.TakenBy && !slices.Contains(c.Readers, staff)
}

func (c *Case) applyFollowUp(e Event, fact Fact) bool {
	switch f := fact.(type) {
	case Charged:
		c.dropFollowUps(f.Why)
		c.FollowUps = append(slices.Clone(c.FollowUps), f.FollowUp)
	case ReadOut:
		c.dropFollowUps(TellAnswer)
		if !slices.Contains(c.Readers, e.Actor) {
			c.Readers = append(slices.Clone(c.Readers), e.Actor)
		}
	case HandedTo:
		c.FollowUps = slices.Clone(c.FollowUps)
		for i := range c.FollowUps {
			if c.FollowUps[i].Why == f.Why && c.FollowUps[i].To.IsZero() {
				c.FollowUps[i].To = f.To
			}
		}
	case PassedBack:
		c.handOn(e.Actor, ID{})
	case Missed:
		if c.missed(f.Why, e.Time); f.Spare {
			c.dropFollowUps(f.Why)
		}
	case Checked:
		c.dropFollowUps(Recheck)
		if c.Standing == Pending {
			c.confirmed()
		}
	case Slipped:
		c.Slip = f.Slip
	default:
		return false
	}
	return true
}

// TryAgain is how long a call that found nobody is left alone.
const TryAgain = 3 * time.Hour

// missed counts a call in vain. After the last one an answer goes out by
// letter, and a question stays unasked.
func (c *Case) missed(why Why, at time.Time) {
	c.FollowUps = slices.Clone(c.FollowUps)
	for i, f := range c.FollowUps {
		if f.Why != why || !f.To.IsZero() {
			continue
		}
		if f.Tries++; f.Tries >= MostTries && why != TellAnswer {
			c.FollowUps = slices.Delete(c.FollowUps, i, i+1)
			return
		}
		if f.Tries >= MostTries {
			f.Way = ByLetter
		}
		f.From = at.Add(TryAgain)
		c.FollowUps[i] = f
	}
}

// handOn gives what one helper was to read to another, or to the operators,
// who read it on the telephone; all helpers' when from is zero. What a helper
// was to ask goes to the operators, who find somebody for it.
func (c *Case) handOn(from, to ID) {
	c.FollowUps = slices.Clone(c.FollowUps)
	for i, f := range c.FollowUps {
		switch {
		case !from.IsZero() && f.To != from:
		case f.Why == TellAnswer:
			c.FollowUps[i].To = to
		default:
			c.FollowUps[i].To = ID{}
		}
	}
}

func (c *Case) dropFollowUps(why Why) {
	c.FollowUps = slices.DeleteFunc(slices.Clone(c.FollowUps), func(f FollowUp) bool { return f.Why == why })
	if len(c.FollowUps) == 0 {
		c.FollowUps = nil
	}
}
