package board

import (
	"slices"
	"time"
)

// Case is one matter that a resident brought (留言): the fold of its events.
type Case struct {
	ID     ID     `json:"id"`
	Number Number `json:"number"`
	Person ID     `json:"person"` // whose case it is
	Kind   Kind   `json:"kind"`

	Stage    Stage       `json:"stage"`
	Reply    ReplyState  `json:"reply"`
	Standing Standing    `json:"standing"`
	Was      Standing    `json:"was,omitempty"` // of a case that was cleared: its standing before
	Public   PublicState `json:"public"`
	Ended    bool        `json:"ended,omitempty"` // nothing is waited for any more

	Title        string       `json:"title"`
	Body         string       `json:"body"`
	Remark       string       `json:"remark,omitempty"`
	Township     string       `json:"township,omitempty"`
	Village      string       `json:"village,omitempty"`
	Name         string       `json:"name,omitempty"`
	MayShow      bool         `json:"mayShow,omitempty"` // the person said it may be public
	Source       string       `json:"source,omitempty"`
	There        *There       `json:"there,omitempty"`        // how it stood in the system that it was imported from
	TakenBy      ID           `json:"takenBy,omitzero"`       // who typed it for the person: a helper, an operator, a relative
	TakenRole    Role         `json:"takenRole,omitempty"`    // and as what
	Confidential bool         `json:"confidential,omitempty"` // 保密办理
	Private      bool         `json:"private,omitempty"`
	Added        []string     `json:"added,omitempty"`       // lines that the person added later
	Attachments  []Attachment `json:"attachments,omitempty"` // files that hang on it, in the order in which they came
	About        ID           `json:"about,omitzero"`        // the unit that is complained about: it neither handles nor sees it
	AboutDesk    bool         `json:"aboutDesk,omitempty"`   // the county desk is: the inspector is the desk of this case

	Grants    []Grant    `json:"grants,omitempty"`   // the first is that of the filing
	Slip      Serial     `json:"slip,omitempty"`     // the sealed slip whose PIN opens it
	ConfirmBy Date       `json:"confirmBy,omitzero"` // until then a pending case waits for its person
	DecideBy  Date       `json:"decideBy,omitzero"`  // then the county desk decides, by this
	AskBy     Date       `json:"askBy,omitzero"`     // by which the county desk asks whose a frozen case is
	FollowUps []FollowUp `json:"followUps,omitempty"`
	Readers   []ID       `json:"readers,omitempty"` // who told the person the answer
	EndedAt   time.Time  `json:"endedAt,omitzero"`

	Filed    time.Time `json:"filed"`
	Received time.Time `json:"received,omitzero"` // the day on which a paper form came in, before it was typed
	ScreenBy Date      `json:"screenBy"`

	Lead       ID          `json:"lead,omitzero"` // the unit in charge
	Co         []ID        `json:"co,omitempty"`  // units that help
	Topic      string      `json:"topic,omitempty"`
	GivenAt    time.Time   `json:"givenAt,omitzero"`
	BackBy     Date        `json:"backBy,omitzero"` // until then the unit may hand it back
	Backs      int         `json:"backs,omitempty"` // how often a unit asked to
	Extended   bool        `json:"extended,omitempty"`
	Ask        *OpenAsk    `json:"ask,omitempty"`
	Refusal    *Refusal    `json:"refusal,omitempty"`
	Objected   bool        `json:"objected,omitempty"`
	MergedInto ID          `json:"mergedInto,omitzero"`
	Notice     *Notice     `json:"notice,omitempty"`   // what anybody may read
	Contacts   int         `json:"contacts,omitempty"` // how often a unit reached the person
	Supervised bool        `json:"supervised,omitempty"`
	Revealed   []ID        `json:"revealed,omitempty"` // leaders who looked at name and phone
	Before     Stage       `json:"before,omitempty"`   // where a withdrawn case stood
	SignBy     Date        `json:"signBy,omitzero"`
	Due        Date        `json:"due,omitzero"`
	ReviewBy   Date        `json:"reviewBy,omitzero"`
	Reviewer   ID          `json:"reviewer,omitzero"`   // who has the reply for review; any other may review it too
	Relieved   bool        `json:"relieved,omitempty"`  // another has it, since the first did not review it in time
	PassedBy   ID          `json:"passedBy,omitzero"`   // the head who is for the reply
	Raised     *Raise      `json:"raised,omitempty"`    // what waits went up to somebody
	Silent     int         `json:"silent,omitempty"`    // how often nobody ruled on what the unit asked
	LapseBy    Date        `json:"lapseBy,omitzero"`    // until then the resident may speak
	AskAt      []time.Time `json:"askAt,omitempty"`     // when the board asks them
	Pressed    Pressed     `json:"pressed,omitempty"`   // whether somebody pressed them to withdraw, as they say
	Draft      *Reply      `json:"draft,omitempty"`     // the reply as last written
	Published  *Reply      `json:"published,omitempty"` // the reply that the resident reads
	Rating     *Rating     `json:"rating,omitempty"`
	Reason     string      `json:"reason,omitempty"` // why the reply was last returned
	Returns    int         `json:"returns,omitempty"`
	Reopened   int         `json:"reopened,omitempty"`
	Said       int         `json:"said,omitempty"`  // how often this answer was rated: once, and once changed
	Hold       *Hold       `json:"hold,omitempty"`  // it must be kept as it is
	Years      int         `json:"years,omitempty"` // of an anonymised case: how long it was kept

	Changed Changes `json:"changed"`
}

func (c *Case) Stream() Stream { return Stream{Cases, c.ID} }

// Keeper is the person, until the case is cleared: what is left is the county's.
func (c *Case) Keeper() ID {
	if c.Cleared() {
		return ID{}
	}
	return c.Person
}

// Apply folds one event into the case. An event whose fact was erased still
// moves the case along.
func (c *Case) Apply(e Event) {
	c.Changed.note(e)
	before := c.spot()
	c.apply(e)
	c.stillAsked()
	if c.spot() != before {
		c.Raised = nil
	}
	switch {
	case !c.Ended:
		c.EndedAt = time.Time{}
	case c.EndedAt.IsZero():
		c.EndedAt = e.Time
	}
}

func (c *Case) apply(e Event) {
	if c.Cleared() && e.Kind != (HiddenNow{}).Kind() {
		return // nothing else can happen to it
	}
	switch f := e.Hollow().Fact.(type) {
	case Filed:
		c.applyFiled(e, f)
	case ChargeGiven:
		c.Stage, c.Lead, c.Co, c.Topic, c.GivenAt = Assigned, f.Lead, f.Co, f.Topic, e.Time
		c.SignBy, c.BackBy, c.Due = f.SignBy, f.BackBy, f.Due
	case ChargeTaken:
		c.Stage = InHand
	case ReplyWritten:
		c.goesTo(f.Review)
		reply := f.Reply
		c.Draft, c.Ask = &reply, nil // who has answered needs no more time
	case ReplyApproved:
		c.published(c.Draft, f.Asking)
	case ReplyReturned:
		c.Reply, c.Reason = Returned, f.Reason
		c.Returns++
	case Rated:
		c.applyRated(e, f)
	case Contacted:
		if f.Reached {
			c.Contacts++
		}
	case Supervised:
		c.Supervised = true
	case Revealed:
		if !slices.Contains(c.Revealed, e.Actor) {
			c.Revealed = append(c.Revealed, e.Actor)
		}
	case Published:
		c.Public, c.Notice = Shown, &f.Notice
	case HiddenNow:
		c.Public, c.Notice = Hidden, nil
		if c.Cleared() {
			c.Published = nil // it was kept for whoever read the notice
		}
	case ErasedNow:
		c.erased(e, f.Remains)
	default:
		_ = c.applyKeeping(e, f) || c.applyResident(f) || c.applyAsk(f) || c.applyHelp(f) || c.applyStanding(e, f) ||
			c.applyFollowUp(e, f) || c.applyScreening(f) || c.applyAttached(e, f) || c.applyAsking(e, f) ||
			c.applyHead(e, f) || c.applyRaising(f)
	}
}

// published is the moment at which the resident may read a reply.
func (c *Case) published(reply *Reply, ask Asking) {
	c.Stage, c.Reply, c.Published, c.LapseBy, c.AskAt = Answered, Approved, reply, ask.RateBy, ask.At
	c.Reason, c.Said, c.Ask = "", 0, nil
}

func (c *Case) applyResident(fact Fact) bool {
	switch f := fact.(type) {
	case Edited:
		c.Title, c.Body, c.Remark = f.Title, f.Body, f.Remark
	case Added:
		c.Added = append(c.Added, f.Words)
	case Gone:
		c.Before, c.Stage, c.LapseBy, c.AskAt, c.Ask = c.Stage, Withdrawn, f.Until, f.AskAt, nil
		c.Public, c.Notice = Hidden, nil // who takes their words back takes them from everybody
	case CameBack:
		c.Stage, c.Before, c.LapseBy = c.Before, "", Date{}
		if c.Stage == Merged { // the other case may have gone anywhere meanwhile
			c.part(f.ScreenBy)
		}
	case Objected:
		c.Objected, c.Ask = true, &OpenAsk{For: Objects, Reason: f.Words, By: f.RuleBy}
	case Lapsed:
		c.Ended = true
		if c.Stage == Answered {
			c.Stage = Closed
		}
	default:
		return false
	}
	return true
}

func (c *Case) applyAsk(fact Fact) bool {
	switch f := fact.(type) {
	case BackAsked:
		c.Backs++
		c.Ask = &OpenAsk{For: AsksBack, Reason: f.Reason, By: f.RuleBy, Asker: f.Asker}
	case TimeAsked:
		c.Ask = &OpenAsk{For: AsksForTime, Reason: f.Reason, Days: f.Days, By: f.RuleBy, Asker: f.Asker}
		if f.AtHead {
			c.Ask.For = AsksHead
		}
	case GivenBack:
		c.Ask = nil
		c.toDesk(f.ScreenBy)
	case KeptWith:
		c.Ask, c.BackBy = nil, Date{} // after a ruling the unit keeps it
		c.unruled(f.Silent)
	case HeldTo:
		c.Ask = nil
		c.unruled(f.Silent)
	case Extended:
		c.Ask, c.Extended, c.Due = nil, true, f.Due
	case Redated:
		c.redated(f)
	case Transferred:
		c.transfer(f)
	default:
		return false
	}
	return true
}

// unruled remembers an ask on which nobody ruled.
func (c *Case) unruled(silent bool) {
	if silent {
		c.Silent++
	}
}

// toDesk brings a case back to the county desk: no unit has it, and no reply of
// the last one counts any more.
func (c *Case) toDesk(screenBy Date) {
	c.Stage, c.ScreenBy, c.Lead, c.Co = Received, screenBy, ID{}, nil
	c.Reply, c.Draft, c.Reason = NoReply, nil, ""
}

// part takes a case out of the one it was merged into. A date that its own
// resident was given stands.
func (c *Case) part(screenBy Date) {
	c.MergedInto = ID{}
	if c.Due.From.IsZero() {
		c.Due = Date{}
	}
	c.toDesk(screenBy)
}

func (c *Case) applyScreening(fact Fact) bool {
	switch f := fact.(type) {
	case Refused:
		c.refused(f.Refusal, f.ObjectBy)
	case SentOn:
		c.refused(f.Refusal, f.ObjectBy)
	case Upheld:
		c.Ask, c.Ended = nil, true
	case Overturned:
		c.Stage, c.Ask, c.Refusal, c.ScreenBy, c.LapseBy = Received, nil, nil, f.ScreenBy, Date{}
	case MergedInto:
		c.Stage, c.MergedInto = Merged, f.Lead
		c.follows(f.Follow)
	case Followed:
		c.follows(f.Follow)
	case Parted:
		c.part(f.ScreenBy)
	case Shared:
		reply := f.Reply
		c.published(&reply, f.Asking)
	default:
		return false
	}
	return true
}

func (c *Case) follows(f Follow) {
	c.Lead, c.Due = f.Unit, f.Due
	if f.ScreenBy.Set() {
		c.ScreenBy = f.ScreenBy
	}
}

func (c *Case) refused(r Refusal, objectBy Date) {
	c.Stage, c.Refusal, c.LapseBy = Declined, &r, objectBy
}

func (c *Case) applyFiled(e Event, f Filed) {
	c.Number, c.Person, c.Kind = f.Number, e.Subject, f.Matter
	c.Stage, c.Reply, c.Standing, c.Public = Received, NoReply, Confirmed, Hidden
	c.Confidential, c.Private = f.Hide, f.Private
	c.Title, c.Body, c.Remark = f.Title, f.Body, f.Remark
	c.Township, c.Village, c.Name = f.Township, f.Village, f.Name
	c.MayShow, c.Source, c.ScreenBy = f.Public, f.Source, f.ScreenBy
	c.About, c.AboutDesk, c.Slip = f.About, f.AboutDesk, f.Slip
	c.Received = f.Received
	if e.Role == Operator || e.Role == Helper || !e.Grant.IsZero() {
		c.TakenBy, c.TakenRole = e.Actor, e.Role
	}
	if f.Grant != nil {
		c.Grants = []Grant{*f.Grant}
		if f.Grant.Means == Unshown {
			c.Standing, c.ConfirmBy, c.DecideBy = Pending, f.ConfirmBy, f.DecideBy
		}
	}
	c.Filed = e.Time
	if !f.FiledThere.IsZero() {
		c.Filed = f.FiledThere
	}
	if c.Topic = f.Topic; f.There != (There{}) {
		c.There = &f.There
	}
	if f.There.Ended {
		c.Stage, c.Ended = Closed, true
	}
}

// History tells whether the case was finished in another system before it came
// here: it is kept to be read, and is no work of this county's desks.
func (c *Case) History() bool { return c.There != nil && c.There.Ended && c.Published == nil }

func (c *Case) applyRated(e Event, f Rated) {
	rating := f.Rating
	c.Rating = &rating
	c.dropFollowUps(AskRate)
	if e.Role == Operator && !slices.Contains(c.Readers, e.Actor) {
		c.Readers = append(slices.Clone(c.Readers), e.Actor)
	}
	c.Said++
	if f.Outcome != NotSolved {
		c.Stage, c.Ended = Closed, true
		return
	}
	c.Stage, c.Reply, c.Draft, c.Ended, c.Supervised = c.ReopensAt(), NoReply, nil, false, true
	if c.Stage == Received {
		c.Due = Date{} // the desk gives it a new one with a new unit
		c.toDesk(f.Again)
	} else {
		c.Due = f.Again
	}
	c.Reopened++
}
