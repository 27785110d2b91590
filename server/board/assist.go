package board

import (
	"slices"
	"strings"
	"time"
)

// Assisted mode: somebody types for a person who cannot or will not, and it is
// shown that the person wants it. The helper's session never becomes the
// person's: each event says who did it (actor), for whom (subject) and by which
// consent (grant).

// Means is how a person's consent is shown.
type Means string

const (
	ByCode    Means = "code"    // a code sent to the person's own phone, read out to the helper
	ByPaper   Means = "paper"   // a numbered paper, signed or thumb-printed
	ByWitness Means = "witness" // somebody else heard it
	Unshown   Means = "pending" // not shown yet: the person confirms later
	ByEar     Means = "heard"   // an operator heard it on the telephone
	InPerson  Means = "present" // the person stood at the county's window
	OnForm    Means = "form"    // the person signed the paper form that was typed in
)

// HelperMeans are the ways that a helper can show consent, in the order in
// which they are offered.
var HelperMeans = []Means{ByCode, ByPaper, ByWitness, Unshown}

// Scope is what a grant allows.
type Scope string

const (
	ToFile Scope = "file" // this one filing, and nothing after it
	ToRead Scope = "read" // to tell or ask the person what the county must, and nothing after it
	ToBoth Scope = "both" // to file it, to follow it, to read the answer aloud
)

// Grant is a person's consent that somebody acts for them in one case. It
// ends when the person says so, and some days after the case has ended.
type Grant struct {
	ID        ID        `json:"id"`
	To        ID        `json:"to"` // the helper, operator or relative
	Scope     Scope     `json:"scope"`
	Means     Means     `json:"means"`
	Serial    Serial    `json:"serial,omitempty"`  // of the numbered paper
	Witness   string    `json:"witness,omitempty"` // who heard it
	Text      Hash      `json:"text,omitzero"`     // of the words that were read back
	Given     time.Time `json:"given"`
	Days      int       `json:"days,omitempty"`      // after the end of the case in which it still holds
	Elsewhere bool      `json:"elsewhere,omitempty"` // of another area: the person chose this helper
	Over      bool      `json:"over,omitempty"`
}

// ConsentLasts is how long what was read back may wait for the consent to it.
const ConsentLasts = 30 * time.Minute

// Consented tells whether the words that are filed are those read back, and
// lately enough.
func Consented(read time.Time, heard, filed Hash, now time.Time) error {
	switch {
	case read.IsZero() || heard != filed:
		return Fault{Kind: Conflict, ID: "assist.read"}
	case now.Sub(read) >= ConsentLasts:
		return Fault{Kind: Expired, ID: "assist.old"}
	}
	return nil
}

// MayHelp refuses what a helper may not file: for somebody of another area who
// did not choose them with an own proof, and a complaint about their own
// office.
func (a Actor) MayHelp(township, village string, chosen bool, means Means, about ID) error {
	switch {
	case !a.Roles.Has(Helper):
		return Fault{Kind: Denied, ID: "deed.role"}
	case !slices.Contains(HelperMeans, means): // what only the county's own desk can say it saw or heard
		return invalid("means", "assist.means")
	case !about.IsZero() && about == a.Unit:
		return Fault{Kind: Denied, ID: "assist.own-unit"}
	case a.Covers(township, village):
		return nil
	case !chosen:
		return Fault{Kind: Denied, ID: "assist.area"}
	case means != ByCode && means != ByPaper:
		return Fault{Kind: Denied, ID: "assist.elsewhere"}
	}
	return nil
}

// NewGrant makes the grant of a filing; consent that was not shown allows the
// filing only.
func NewGrant(id ID, by Actor, g Grant, r Rules, now time.Time) (Grant, error) {
	g.ID, g.To, g.Scope, g.Given, g.Days = id, by.ID(), ToBoth, now.UTC().Truncate(time.Millisecond), r.FollowDays
	g.Witness = strings.TrimSpace(g.Witness)
	switch g.Means {
	case Unshown, ByEar, InPerson, OnForm:
		g.Scope = ToFile
	case ByWitness:
		if err := said("witness", "assist.witness", g.Witness, MaxName); err != nil {
			return g, err
		}
	case ByPaper:
		if g.Serial == "" {
			return g, invalid("serial", "assist.serial")
		}
	case ByCode:
	default:
		return g, invalid("means", "assist.means")
	}
	return g, nil
}

// Assisted tells whether somebody else than its person typed the case.
func (c *Case) Assisted() bool { return !c.TakenBy.IsZero() }

// Filing is the grant under which the case was filed, nil when its person filed
// it.
func (c *Case) Filing() *Grant {
	if !c.Assisted() || len(c.Grants) == 0 {
		return nil
	}
	return &c.Grants[0]
}

// reads finds the grant with which to may read the case, whether its time is
// over or not.
func (c *Case) reads(to ID) (Grant, bool) {
	i := slices.IndexFunc(c.Grants, func(g Grant) bool { return g.To == to && g.Scope == ToBoth && !g.Over })
	if i < 0 || to.IsZero() || c.Standing != Confirmed {
		return Grant{}, false
	}
	return c.Grants[i], true
}

// Until is the moment at which a grant of the case ends by itself; zero while
// the case has not ended.
func (c *Case) Until(g Grant) time.Time {
	if c.EndedAt.IsZero() {
		return time.Time{}
	}
	return c.EndedAt.AddDate(0, 0, g.Days)
}

// HelpedBy gives the living grant with which a helper may read the case, or the
// task that they were given. A case that concerns their own office is not theirs to read.
func (c *Case) HelpedBy(by Actor, now time.Time) (Grant, bool) {
	if !by.Roles.Has(Helper) || c.concerns(by.Unit) {
		return Grant{}, false
	}
	if g, ok := c.reads(by.Staff); ok {
		if until := c.Until(g); until.IsZero() || now.Before(until) {
			return g, true
		}
	}
	return Grant{To: by.Staff, Scope: ToRead}, c.ChargedTo(by.Staff)
}

// ReadableBy tells whether this member of staff may read the case as a helper:
// whoever is to tell its person something must be able to.
func (c *Case) ReadableBy(s *Staff, now time.Time) bool {
	_, ok := c.HelpedBy(Actor{Staff: s.ID, Unit: s.Unit, Roles: s.Roles, Areas: s.Areas}, now)
	return ok && !s.Left
}

// TakeableBy tells whether a helper can go on with what another did for the
// person: not with a case that concerns their own office.
func (c *Case) TakeableBy(s *Staff) bool {
	return !s.Left && s.Roles.Has(Helper) && !c.concerns(s.Unit)
}

// concerns tells whether a unit handles the case or is complained about.
func (c *Case) concerns(unit ID) bool {
	return !unit.IsZero() && (unit == c.About || unit == c.Lead || slices.Contains(c.Co, unit))
}

// Helpers lists those who may read the case for its person.
func (c *Case) Helpers() []ID {
	var to []ID
	for _, g := range c.Grants {
		if _, ok := c.reads(g.To); ok && !slices.Contains(to, g.To) {
			to = append(to, g.To)
		}
	}
	return to
}

// WhyNot is why a helper may not read the case, for the helper and for the
// person who sees that they tried.
func (c *Case) WhyNot(by Actor, now time.Time) Fault {
	i := slices.IndexFunc(c.Grants, func(g Grant) bool { return g.To == by.Staff })
	id := "assist.no-grant"
	switch {
	case c.concerns(by.Unit):
		id = "assist.own-unit"
	case i < 0:
	case c.Standing == Frozen:
		id = "assist.frozen"
	case c.Grants[i].Over:
		id = "assist.over"
	case c.Grants[i].Scope == ToFile:
		id = "assist.scope"
	default:
		id = "assist.ended"
	}
	return Fault{Kind: Denied, ID: id}
}

// The facts of grants after the filing.
type (
	// HelpEnded says that the person lets a helper read the case no more.
	HelpEnded struct {
		To ID `json:"to"`
	}
	// HelpMoved says that another helper goes on, because one has left; nobody
	// when it goes to the county's operators.
	HelpMoved struct {
		From ID `json:"from"`
		To   ID `json:"to,omitzero"`
	}
	// Tried says that somebody asked for what they may not see or do, and why
	// it was refused: the ID of the fault. It stands with the looks.
	Tried struct {
		Why string `json:"why"`
	}
)

func (HelpEnded) Kind() EventKind { return "help-ended" }
func (HelpMoved) Kind() EventKind { return "help-moved" }
func (Tried) Kind() EventKind     { return "tried" }

func init() { enter[HelpEnded](); enter[HelpMoved](); enter[Tried]() }

// Try remembers that a helper was refused: with the looks at a case, or at a
// person when there is no case.
func Try(at ID, by Actor, why string, now time.Time) Event {
	return happened(Stream{Looks, at}, by, Helper, ID{}, Tried{why}, now)
}

// EndHelp lets a helper read the case no more.
func (c *Case) EndHelp(by Actor, to ID, now time.Time) (Event, error) {
	if _, ok := c.reads(to); !ok {
		return Event{}, Fault{Kind: Conflict, ID: "deed.moved-on"}
	}
	return c.do(by, EndHelp, HelpEnded{to}, now)
}

// MoveHelp gives a helper's part in the case to another, or to the operators.
func (c *Case) MoveHelp(by Actor, from, to ID, now time.Time) Event {
	return happened(c.Stream(), by, by.Roles.Meet(Roles{Admin, System}), c.Person, HelpMoved{from, to}, now)
}

func (c *Case) applyHelp(fact Fact) bool {
	switch f := fact.(type) {
	case HelpEnded:
		c.endGrants(f.To)
	case HelpMoved:
		c.moveHelp(f.From, f.To)
	default:
		return false
	}
	return true
}

// endGrants ends those of one helper, or all; what was to be read goes to the
// desk.
func (c *Case) endGrants(to ID) {
	c.Grants = slices.Clone(c.Grants)
	for i := range c.Grants {
		if to.IsZero() || c.Grants[i].To == to {
			c.Grants[i].Over = true
		}
	}
	c.handOn(to, ID{})
}

func (c *Case) moveHelp(from, to ID) {
	c.Grants = slices.Clone(c.Grants)
	for i := range c.Grants {
		switch {
		case c.Grants[i].To != from:
		case to.IsZero():
			c.Grants[i].Over = true
		default: // the filing stays theirs who filed it: TakenBy says so
			c.Grants[i].To = to
		}
	}
	c.handOn(from, to)
}
