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
	Public   PublicState `json:"public"`
	Ended    bool        `json:"ended,omitempty"` // nothing is waited for any more

	Title        string   `json:"title"`
	Body         string   `json:"body"`
	Remark       string   `json:"remark,omitempty"`
	Township     string   `json:"township,omitempty"`
	Village      string   `json:"village,omitempty"`
	Name         string   `json:"name,omitempty"`
	MayShow      bool     `json:"mayShow,omitempty"` // the person said it may be public
	Source       string   `json:"source,omitempty"`
	Confidential bool     `json:"confidential,omitempty"` // 保密办理
	Private      bool     `json:"private,omitempty"`
	Added        []string `json:"added,omitempty"` // lines that the person added later

	Filed    time.Time `json:"filed"`
	ScreenBy Date      `json:"screenBy"`

	Lead       ID        `json:"lead,omitzero"` // the unit in charge
	Co         []ID      `json:"co,omitempty"`  // units that help
	Topic      string    `json:"topic,omitempty"`
	GivenAt    time.Time `json:"givenAt,omitzero"`
	DueFrom    time.Time `json:"dueFrom,omitzero"`  // what Due was reckoned from
	DueDays    int       `json:"dueDays,omitempty"` // in working days
	BackBy     Date      `json:"backBy,omitzero"`   // until then the unit may hand it back
	Backs      int       `json:"backs,omitempty"`   // how often it asked to
	Extended   bool      `json:"extended,omitempty"`
	Ask        *OpenAsk  `json:"ask,omitempty"`
	Refusal    *Refusal  `json:"refusal,omitempty"`
	Objected   bool      `json:"objected,omitempty"`
	MergedInto ID        `json:"mergedInto,omitzero"`
	Notice     *Notice   `json:"notice,omitempty"` // what anybody may read
	Contacts   int       `json:"contacts,omitempty"`
	Supervised bool      `json:"supervised,omitempty"`
	Revealed   []ID      `json:"revealed,omitempty"` // leaders who looked at name and phone
	Before     Stage     `json:"before,omitempty"`   // where a withdrawn case stood
	SignBy     Date      `json:"signBy,omitzero"`
	Due        Date      `json:"due,omitzero"`
	ReviewBy   Date      `json:"reviewBy,omitzero"`
	LapseBy    Date      `json:"lapseBy,omitzero"`    // until then the resident may speak
	Draft      *Reply    `json:"draft,omitempty"`     // the reply as last written
	Published  *Reply    `json:"published,omitempty"` // the reply that the resident reads
	Rating     *Rating   `json:"rating,omitempty"`
	Reason     string    `json:"reason,omitempty"` // why the reply was last returned
	Returns    int       `json:"returns,omitempty"`
	Reopened   int       `json:"reopened,omitempty"`
	Said       int       `json:"said,omitempty"` // how often this answer was rated: once, and once changed

	Changed Changes `json:"changed"`
}

func (c *Case) Stream() Stream { return Stream{Cases, c.ID} }
func (c *Case) Keeper() ID     { return c.Person }

// Apply folds one event into the case. An event whose fact was erased still
// moves the case along.
func (c *Case) Apply(e Event) {
	c.Changed.note(e)
	switch f := e.Hollow().Fact.(type) {
	case Filed:
		c.applyFiled(e, f)
	case ChargeGiven:
		c.Stage, c.Lead, c.Co, c.Topic, c.GivenAt = Assigned, f.Lead, f.Co, f.Topic, e.Time
		c.SignBy, c.BackBy = f.SignBy, f.BackBy
		if c.Due != f.Due {
			c.Due, c.DueFrom, c.DueDays = f.Due, e.Time, f.Days
		}
	case ChargeTaken:
		c.Stage = InHand
	case ReplyWritten:
		c.Reply, c.ReviewBy = Waiting, f.ReviewBy
		reply := f.Reply
		c.Draft = &reply
	case ReplyApproved:
		c.published(c.Draft, f.RateBy)
	case ReplyReturned:
		c.Reply, c.Reason = Returned, f.Reason
		c.Returns++
	case Rated:
		c.applyRated(e, f)
	case Contacted:
		c.Contacts++
	case Supervised:
		c.Supervised = true
	case Revealed:
		c.Revealed = append(c.Revealed, e.Actor)
	case Published:
		c.Public, c.Notice = Shown, &f.Notice
	case HiddenNow:
		c.Public, c.Notice = Hidden, nil
	default:
		if !c.applyResident(f) && !c.applyAsk(f) {
			c.applyScreening(f)
		}
	}
}

// published is the moment at which the resident may read a reply.
func (c *Case) published(reply *Reply, rateBy Date) {
	c.Stage, c.Reply, c.Published, c.LapseBy = Answered, Approved, reply, rateBy
	c.Reason, c.Said, c.Ask = "", 0, nil
}

func (c *Case) applyResident(fact Fact) bool {
	switch f := fact.(type) {
	case Edited:
		c.Title, c.Body, c.Remark = f.Title, f.Body, f.Remark
	case Added:
		c.Added = append(c.Added, f.Words)
	case Gone:
		c.Before, c.Stage, c.LapseBy, c.Ask = c.Stage, Withdrawn, f.Until, nil
	case CameBack:
		c.Stage, c.Before, c.LapseBy = c.Before, "", Date{}
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
		c.Ask = &OpenAsk{For: AsksBack, Reason: f.Reason, By: f.RuleBy}
	case TimeAsked:
		c.Ask = &OpenAsk{For: AsksForTime, Reason: f.Reason, Days: f.Days, By: f.RuleBy}
	case GivenBack:
		c.Stage, c.Ask, c.ScreenBy, c.Lead, c.Co = Received, nil, f.ScreenBy, ID{}, nil
	case KeptWith, HeldTo:
		c.Ask = nil
	case Extended:
		c.Ask, c.Extended, c.Due = nil, true, f.Due
		c.DueDays += f.Days
	case Redated:
		c.Due = f.Due
	case Transferred:
		c.transfer(f.From, f.To)
	default:
		return false
	}
	return true
}

func (c *Case) transfer(from, to ID) {
	if c.Lead == from {
		c.Lead = to
	}
	co := slices.DeleteFunc(slices.Clone(c.Co), func(u ID) bool { return u == from || u == to })
	if slices.Contains(c.Co, from) && c.Lead != to {
		co = append(co, to)
	}
	c.Co = nil
	if len(co) > 0 {
		c.Co = co
	}
}

func (c *Case) applyScreening(fact Fact) {
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
		c.Stage, c.MergedInto, c.Lead, c.Due = Merged, f.Lead, f.Unit, f.Due
	case Followed:
		c.Lead, c.Due = f.Unit, f.Due
	case Parted:
		c.Stage, c.MergedInto, c.Lead, c.Due, c.ScreenBy = Received, ID{}, ID{}, Date{}, f.ScreenBy
	case Shared:
		reply := f.Reply
		c.published(&reply, f.RateBy)
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
	c.Filed = e.Time
	if !f.FiledThere.IsZero() {
		c.Filed = f.FiledThere
	}
}

func (c *Case) applyRated(e Event, f Rated) {
	rating := f.Rating
	c.Rating = &rating
	c.Said++
	if f.Outcome != NotSolved {
		c.Stage, c.Ended = Closed, true
		return
	}
	c.Stage, c.Reply, c.Draft, c.Ended = c.ReopensAt(), NoReply, nil, false
	if c.Stage == Received {
		c.ScreenBy = f.Again
	} else {
		c.Due, c.DueFrom, c.DueDays = f.Again, e.Time, f.Days
	}
	c.Reopened++
}

// Told lists, of a case's events, what its resident reads: an unapproved reply
// and the reason of a return stay within the county, the fact that it was
// returned does not. What a unit and the county desk say to each other stays
// between them; the reason of an extension is told when it is granted.
func Told(events []Event) []Event {
	told := make([]Event, 0, len(events))
	for _, e := range events {
		switch f := e.Fact.(type) {
		case ReplyReturned:
			e.Fact = ReplyReturned{}
		case ReplyWritten:
			e.Fact = ReplyWritten{ReviewBy: f.ReviewBy}
		case ChargeGiven:
			f.Words = ""
			e.Fact = f
		case BackAsked:
			e.Fact = BackAsked{RuleBy: f.RuleBy}
		case TimeAsked:
			e.Fact = TimeAsked{RuleBy: f.RuleBy, Days: f.Days}
		case KeptWith:
			e.Fact = KeptWith{}
		case GivenBack:
			e.Fact = GivenBack{ScreenBy: f.ScreenBy}
		case HeldTo:
			e.Fact = HeldTo{}
		case Annotated:
			e.Fact = Annotated{}
		}
		told = append(told, e)
	}
	return told
}

// Impersonal takes out of a case's events what only the person, the desk and the
// unit may read: name, village and remark.
func Impersonal(events []Event) []Event {
	public := make([]Event, 0, len(events))
	for _, e := range events {
		if f, ok := e.Fact.(Filed); ok {
			f.Name, f.Village, f.Remark = "", "", ""
			e.Fact = f
		}
		public = append(public, e)
	}
	return public
}
