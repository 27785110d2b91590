package board

import (
	"slices"
	"strings"
	"time"
)

// MostBacks is how often a case may be handed back; then the unit that leads
// it stands (首接负责).
const MostBacks = 2

// OpenAsk is something that waits for a ruling. No ruling by then is a no; an
// objection is never decided by silence.
type OpenAsk struct {
	For    AskState `json:"for"`
	Asker  ID       `json:"asker,omitzero"` // who does not rule on it
	Head   ID       `json:"head,omitzero"`  // who is for it, and does not rule on it either
	Reason string   `json:"reason"`
	Days   int      `json:"days,omitempty"` // working days, of an extension
	By     Date     `json:"by"`
}

// The facts of asking the county desk, and of its rulings.
type (
	BackAsked struct {
		Reason string `json:"reason"`
		RuleBy Date   `json:"ruleBy"`
		Asker  ID     `json:"asker,omitzero"`
	}
	GivenBack struct {
		Words    string `json:"words,omitempty"`
		ScreenBy Date   `json:"screenBy"`
	}
	KeptWith struct {
		Words  string `json:"words,omitempty"`
		Silent bool   `json:"silent,omitempty"` // nobody ruled
	}
	// TimeAsked asks the head of the unit first, or the county desk.
	TimeAsked struct {
		Reason string `json:"reason"`
		Days   int    `json:"days"`
		RuleBy Date   `json:"ruleBy"`
		Asker  ID     `json:"asker,omitzero"`
		AtHead bool   `json:"atHead,omitempty"`
	}
	Extended struct {
		Reason string `json:"reason"` // what the resident reads
		Due    Date   `json:"due"`
		Days   int    `json:"days,omitempty"`
	}
	HeldTo struct {
		Words  string `json:"words,omitempty"`
		Silent bool   `json:"silent,omitempty"` // nobody ruled
	}
)

func (BackAsked) Kind() EventKind { return "back-asked" }
func (GivenBack) Kind() EventKind { return "given-back" }
func (KeptWith) Kind() EventKind  { return "kept-with" }
func (TimeAsked) Kind() EventKind { return "time-asked" }
func (Extended) Kind() EventKind  { return "extended" }
func (HeldTo) Kind() EventKind    { return "held-to" }

func init() {
	enter[BackAsked]()
	enter[GivenBack]()
	enter[KeptWith]()
	enter[TimeAsked]()
	enter[Extended]()
	enter[HeldTo]()
}

// HandBack asks the county desk to give the case to another unit. The unit
// stays in charge until the ruling.
func (c *Case) HandBack(by Actor, reason string, ruleBy Date, r Rules, now time.Time) (Event, error) {
	if err := said("reason", "handback.reason", reason, r.MaxReply); err != nil {
		return Event{}, err
	}
	return c.do(by, HandBack, BackAsked{strings.TrimSpace(reason), ruleBy, by.Staff}, now)
}

// GiveBack grants a hand-back: the county desk assigns anew, and the date that
// the resident was given stands.
func (c *Case) GiveBack(by Actor, words string, screenBy Date, r Rules, now time.Time) (Event, error) {
	if err := tooLong("words", words, r.MaxReply); err != nil {
		return Event{}, err
	}
	return c.do(by, GiveBack, GivenBack{strings.TrimSpace(words), screenBy}, now)
}

// KeepWith refuses a hand-back.
func (c *Case) KeepWith(by Actor, words string, r Rules, now time.Time) (Event, error) {
	if err := tooLong("words", words, r.MaxReply); err != nil {
		return Event{}, err
	}
	return c.do(by, KeepWith, KeptWith{Words: strings.TrimSpace(words)}, now)
}

// AskTime asks for more working days, with a reason that the resident will
// read: the head of the unit when atHead, who rules by ruleBy, or else the county
// desk.
func (c *Case) AskTime(by Actor, reason string, days int, ruleBy Date, atHead bool, r Rules, now time.Time) (Event, error) {
	if err := said("reason", "asktime.reason", reason, r.MaxReply); err != nil {
		return Event{}, err
	}
	if days < 1 || days > r.ExtendDays {
		return Event{}, invalid("days", "asktime.days", "Max", r.ExtendDays)
	}
	return c.do(by, AskTime, TimeAsked{strings.TrimSpace(reason), days, ruleBy, by.Staff, atHead}, now)
}

// Extend grants the extension that was asked for: due is the old date and the
// days asked for behind it.
func (c *Case) Extend(by Actor, due Date, now time.Time) (Event, error) {
	fact := Extended{Due: due}
	if c.Ask != nil {
		fact.Reason, fact.Days = c.Ask.Reason, c.Ask.Days
	}
	return c.do(by, Extend, fact, now)
}

// HoldTo refuses an extension.
func (c *Case) HoldTo(by Actor, words string, r Rules, now time.Time) (Event, error) {
	if err := tooLong("words", words, r.MaxReply); err != nil {
		return Event{}, err
	}
	return c.do(by, HoldTo, HeldTo{Words: strings.TrimSpace(words)}, now)
}

// Lapsed says that a date passed at which the resident might have spoken.
type Lapsed struct{}

func (Lapsed) Kind() EventKind { return "lapsed" }

func init() { enter[Lapsed]() }

// Lapse does what the calendar demands of the case now, when it demands
// something: the resident is asked, and has until answerBy to say whether it is
// solved; an ask that nobody ruled on is refused, and what waited for the
// resident ends. It never approves anything and never answers for anybody.
func (c *Case) Lapse(answerBy Date, now time.Time) (Event, bool) {
	if !c.Lapses() || !now.After(c.Strikes()) {
		return Event{}, false
	}
	by := clock
	var e Event
	var err error
	switch {
	case c.askDue(now):
		if c.Stage == Withdrawn {
			answerBy = Date{}
		}
		e, err = c.do(by, Remind, Reminded{answerBy}, now)
	case !c.Move().By.past(now):
		return Event{}, false
	case c.Asking() == AsksBack:
		e, err = c.do(by, KeepWith, KeptWith{Silent: true}, now)
	case c.Asking() == AsksForTime:
		e, err = c.do(by, HoldTo, HeldTo{Silent: true}, now)
	case c.Asking() == AsksHead:
		e, err = c.do(by, Deny, HeldTo{Silent: true}, now)
	default:
		e, err = c.do(by, Lapse, Lapsed{}, now)
	}
	return e, err == nil
}

type (
	// Transferred says that another unit has taken over what one was in charge
	// of, because it is no more.
	Transferred struct {
		From ID `json:"from"`
		To   ID `json:"to"`
		// By when the county desk assigns it anew, when the new one is complained
		// about in it.
		ScreenBy Date `json:"screenBy,omitzero"`
	}
	// Redated confirms or corrects the dates that were provisional until the
	// calendar of their year was published.
	Redated struct {
		ScreenBy Date `json:"screenBy,omitzero"`
		SignBy   Date `json:"signBy,omitzero"`
		BackBy   Date `json:"backBy,omitzero"`
		Due      Date `json:"due,omitzero"`
		ReviewBy Date `json:"reviewBy,omitzero"`
		LapseBy  Date `json:"lapseBy,omitzero"`
		RuleBy   Date `json:"ruleBy,omitzero"`
		RaiseBy  Date `json:"raiseBy,omitzero"`

		ConfirmBy Date `json:"confirmBy,omitzero"`
		DecideBy  Date `json:"decideBy,omitzero"`
		AskBy     Date `json:"askBy,omitzero"`
	}
)

func (Transferred) Kind() EventKind { return "transferred" }
func (Redated) Kind() EventKind     { return "redated" }

func init() { enter[Transferred](); enter[Redated]() }

// Transfer gives what the unit from had of this case to the unit to, and the
// complaint about it too. A unit that is complained about gets nothing: the case
// goes back to the county desk, to be assigned by screenBy.
func (c *Case) Transfer(by Actor, from, to ID, screenBy Date, now time.Time) Event {
	f := Transferred{From: from, To: to}
	if c.Lead == from && to == c.About || c.About == from && to == c.Lead {
		f.ScreenBy = screenBy
	}
	return happened(c.Stream(), by, by.Roles.Meet(Roles{Admin, System}), c.Person, f, now)
}

func (c *Case) transfer(f Transferred) {
	if c.About == f.From {
		c.About = f.To
	}
	if c.Lead == f.From {
		c.Lead = f.To
	}
	co := slices.DeleteFunc(slices.Clone(c.Co), func(u ID) bool { return u == f.From || u == f.To || u == c.About })
	if slices.Contains(c.Co, f.From) && c.Lead != f.To && c.About != f.To {
		co = append(co, f.To)
	}
	c.Co = nil
	if len(co) > 0 {
		c.Co = co
	}
	if !c.Lead.IsZero() && c.Lead == c.About {
		c.leave(f.ScreenBy)
	}
}

// leave takes the case from the unit that leads it, wherever it stands; the
// county desk assigns it anew when there is still something to do.
func (c *Case) leave(screenBy Date) {
	switch {
	case slices.Contains(withUnit, c.Stage):
		c.Ask = nil
		c.toDesk(screenBy)
	case slices.Contains(withUnit, c.Before):
		c.Before, c.ScreenBy, c.Reply, c.Draft, c.Reason = Received, screenBy, NoReply, nil, ""
		fallthrough
	default:
		c.Lead, c.Co = ID{}, nil
	}
}

// Redate reckons the provisional dates of the case anew. Nothing is said when
// none is other or more certain than before.
func (c *Case) Redate(by Actor, reckon func(Date) Date, now time.Time) (Event, bool) {
	var anew Redated
	for _, d := range c.dates(&anew) {
		if !d.have.open() {
			continue
		}
		if then := reckon(*d.have); !then.Same(*d.have) {
			*d.anew = then
		}
	}
	return happened(c.Stream(), by, System, c.Person, anew, now), anew != Redated{}
}

func (c *Case) redated(f Redated) {
	for _, d := range c.dates(&f) {
		if d.anew.Set() {
			*d.have = *d.anew
		}
	}
}

// Provisional tells whether a date of the case is.
func (c *Case) Provisional() bool {
	for _, d := range c.dates(&Redated{}) {
		if d.have.open() {
			return true
		}
	}
	return false
}

// open tells whether a later calendar may change the date.
func (d Date) open() bool { return d.Provisional && !d.From.IsZero() }

// dates are the dates of the case, each beside its place in r.
func (c *Case) dates(r *Redated) []struct{ have, anew *Date } {
	dates := []struct{ have, anew *Date }{
		{&c.ScreenBy, &r.ScreenBy}, {&c.SignBy, &r.SignBy}, {&c.BackBy, &r.BackBy}, {&c.Due, &r.Due},
		{&c.ReviewBy, &r.ReviewBy}, {&c.LapseBy, &r.LapseBy},
		{&c.ConfirmBy, &r.ConfirmBy}, {&c.DecideBy, &r.DecideBy}, {&c.AskBy, &r.AskBy},
	}
	if c.Raised != nil {
		dates = append(dates, struct{ have, anew *Date }{&c.Raised.By, &r.RaiseBy})
	}
	if c.Ask != nil {
		dates = append(dates, struct{ have, anew *Date }{&c.Ask.By, &r.RuleBy})
	}
	return dates
}
