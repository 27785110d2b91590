package board

import (
	"slices"
	"time"
)

// SeenBy tells whether the actor may open the case at all. Others are told
// that there is no such case. An operator sees what they took in only as a
// receipt, a helper what its person lets them read, and an administrator sees no
// case. A complaint about the county desk is not the county desk's to see.
func (c *Case) SeenBy(by Actor, now time.Time) bool {
	if c.OwnedBy(by) || by.Roles.Meet(c.desks(Roles{Dispatcher, Reviewer})) != "" || by.Roles.Meet(Roles{Leader, Inspector}) != "" {
		return true
	}
	if by.Roles.Meet(Roles{Handler, Head}) != "" && c.LedBy(by.Unit) {
		return true
	}
	_, helped := c.HelpedBy(by, now)
	return helped
}

// LedBy tells whether a unit leads the case or helps with it. The unit that is
// complained about never does.
func (c *Case) LedBy(unit ID) bool {
	return !unit.IsZero() && unit != c.About && (unit == c.Lead || slices.Contains(c.Co, unit))
}

// aboutOffice tells whether the case complains about an office of the county.
func (c *Case) aboutOffice() bool { return !c.About.IsZero() || c.AboutDesk }

// OwnedBy tells whether the actor is the resident whose case it is: by login,
// unless the case is private, or by having typed its number and PIN.
func (c *Case) OwnedBy(by Actor) bool {
	if !by.Staff.IsZero() || c.Standing == Erased {
		return false
	}
	return (!by.Person.IsZero() && by.Person == c.Person && !c.Private) || slices.Contains(by.Opened, c.ID)
}

// Sight is what a viewer may read of the person behind a case. The zero Sight
// is that of whoever judges the handling and needs to know nobody: reviewer,
// inspector, a leader who gave no reason yet. It is also that of number and PIN,
// which may be in somebody else's hands.
type Sight struct {
	Self  bool // name, phone and remark
	Place bool // the village
	Log   bool // notes of talks and visits: they may hold a phone or an address
	Press bool // what the person says of who pressed them to withdraw: never for the unit, or the desk
}

// Sight tells what the actor may read of the person, and in which role.
func (c *Case) Sight(by Actor) (Sight, Role) {
	s, role := c.sight(by)
	if s.Press = role == Resident || by.Roles.Meet(Roles{Inspector, Leader}) != "" && !c.LedBy(by.Unit); c.Cleared() {
		s.Press = false
	}
	return s, role
}

func (c *Case) sight(by Actor) (Sight, Role) {
	switch {
	case by.Staff.IsZero() && !by.Person.IsZero() && by.Person == c.Person:
		return Sight{Self: true, Place: true, Log: true}, Resident
	case c.Cleared(): // who the person was is nobody's any more
		return Sight{}, by.Roles.Meet(Roles{Dispatcher, Leader, Handler, Reviewer, Inspector})
	case by.Roles.Has(c.desks(Roles{Dispatcher})[0]):
		return Sight{Self: true, Place: true, Log: true}, c.desks(Roles{Dispatcher})[0]
	case by.Roles.Has(Leader) && slices.Contains(c.Revealed, by.Staff):
		return Sight{Self: true, Place: true, Log: true}, Leader
	case by.Roles.Meet(Roles{Handler, Head}) != "" && c.LedBy(by.Unit):
		return Sight{Self: !c.Confidential, Place: true, Log: true}, by.Roles.Meet(Roles{Handler, Head}) // who hid their name did not hide the street lamp
	}
	if _, helps := c.reads(by.Staff); (helps || c.ChargedTo(by.Staff)) && by.Roles.Has(Helper) {
		return Sight{Self: true, Place: true}, Helper
	}
	return Sight{}, by.Roles.Meet(Roles{Leader, Reviewer, Inspector})
}

// Veil takes out of a case what the actor may not read.
func (c *Case) Veil(by Actor) Sight {
	s, _ := c.Sight(by)
	if !s.Self {
		c.Name, c.Remark = "", ""
		c.Grants = slices.Clone(c.Grants)
		for i := range c.Grants {
			c.Grants[i].Witness = ""
		}
	}
	if !s.Place {
		c.Village = ""
	}
	if !s.Press {
		c.Pressed = ""
	}
	if by.Staff.IsZero() { // what units and the county desk say to each other
		c.Draft, c.Reason, c.MergedInto = nil, "", ID{}
		if c.Ask != nil && c.Ask.For != Objects {
			ask := *c.Ask
			ask.Reason, c.Ask = "", &ask
		}
	}
	return s
}

// Impersonal takes out of a case's events what this sight does not reach.
func (s Sight) Impersonal(events []Event) []Event {
	public := make([]Event, 0, len(events))
	for _, e := range events {
		e.Fact = s.impersonal(e.Fact)
		public = append(public, e)
	}
	return public
}

func (s Sight) impersonal(fact Fact) Fact {
	switch f := fact.(type) {
	case Filed:
		hush(s.Self, &f.Name, &f.Remark)
		hush(s.Place, &f.Village)
		if f.Grant != nil { // a witness is somebody's neighbour
			g := *f.Grant
			hush(s.Self, &g.Witness)
			f.Grant = &g
		}
		return f
	case ConfirmedNow:
		hush(s.Self, &f.Words)
		return f
	case Disowned:
		hush(s.Self, &f.Words)
		return f
	case ReadOut:
		hush(s.Self, &f.Words)
		return f
	case Edited:
		hush(s.Self, &f.Remark)
		return f
	case PressSaid:
		if !s.Press {
			return PressSaid{}
		}
		return f
	case Contacted:
		hush(s.Log, &f.Words)
		return f
	case Visited:
		hush(s.Log, &f.Words)
		return f
	}
	return fact
}

// hush leaves nothing of words that may not be read.
func hush(may bool, words ...*string) {
	if !may {
		for _, w := range words {
			*w = ""
		}
	}
}

// Told lists, of a case's events, what its resident reads: an unapproved reply
// and the reason of a return stay within the county, the fact that it was
// returned does not. What a unit and the county desk, or those above, say to
// each other stays between them; the reason of an extension is told when it is
// granted. Whose case this one was merged into is nobody's business.
func Told(events []Event) []Event {
	told := make([]Event, 0, len(events))
	for _, e := range events {
		switch f := e.Fact.(type) {
		case Charged, Missed:
			continue // whom the operators call, and about what, nobody learns before: not who typed the case either
		case ReplyReturned:
			e.Fact = ReplyReturned{}
		case ReplyWritten:
			e.Fact = ReplyWritten{Review: Review{By: f.By, AtHead: f.AtHead}}
		case ChargeGiven:
			f.Words = ""
			e.Fact = f
		case BackAsked:
			e.Fact = BackAsked{RuleBy: f.RuleBy}
		case TimeAsked:
			e.Fact = TimeAsked{RuleBy: f.RuleBy, Days: f.Days}
		case KeptWith:
			e.Fact = KeptWith{Silent: f.Silent}
		case GivenBack:
			e.Fact = GivenBack{ScreenBy: f.ScreenBy}
		case HeldTo:
			e.Fact = HeldTo{Silent: f.Silent}
		case SentBack:
			e.Fact = SentBack{}
		case ReplyPassed:
			e.Fact = ReplyPassed{}
		case PassedOn:
			e.Fact = PassedOn{}
		case Annotated:
			e.Fact = Annotated{}
		case Supervised:
			e.Fact = Supervised{}
		case MergedInto:
			e.Fact = MergedInto{Follow: f.Follow}
		case PassedBack:
			e.Fact = PassedBack{}
		case Preserved:
			e.Fact = Preserved{}
		case Released:
			e.Fact = Released{}
		}
		told = append(told, e)
	}
	return told
}
