package board

import "time"

// Case is one matter that a resident brought (留言): the fold of its events.
type Case struct {
	ID     ID     `json:"id"`
	Number Number `json:"number"`
	Person ID     `json:"person"` // whose case it is
	Kind   Kind   `json:"kind"`

	Stage    Stage      `json:"stage"`
	Reply    ReplyState `json:"reply"`
	Standing Standing   `json:"standing"`

	Title    string `json:"title"`
	Body     string `json:"body"`
	Remark   string `json:"remark,omitempty"`
	Township string `json:"township,omitempty"`
	Village  string `json:"village,omitempty"`
	Name     string `json:"name,omitempty"`
	MayShow  bool   `json:"mayShow,omitempty"` // the person said it may be public
	Source   string `json:"source,omitempty"`

	Filed    time.Time `json:"filed"`
	ScreenBy Date      `json:"screenBy"`

	Lead      ID        `json:"lead,omitzero"` // the unit in charge
	GivenAt   time.Time `json:"givenAt,omitzero"`
	SignBy    Date      `json:"signBy,omitzero"`
	Due       Date      `json:"due,omitzero"`
	ReviewBy  Date      `json:"reviewBy,omitzero"`
	RateBy    Date      `json:"rateBy,omitzero"`
	Draft     *Reply    `json:"draft,omitempty"`     // the reply as last written
	Published *Reply    `json:"published,omitempty"` // the reply that the resident reads
	Rating    *Rating   `json:"rating,omitempty"`
	Reason    string    `json:"reason,omitempty"` // why the reply was last returned
	Returns   int       `json:"returns,omitempty"`
	Reopened  int       `json:"reopened,omitempty"`
	Said      int       `json:"said,omitempty"` // how often this answer was rated: once, and once changed

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
		c.Stage, c.Lead, c.SignBy, c.Due, c.GivenAt = Assigned, f.Lead, f.SignBy, f.Due, e.Time
	case ChargeTaken:
		c.Stage = InHand
	case ReplyWritten:
		c.Reply, c.ReviewBy = Waiting, f.ReviewBy
		reply := f.Reply
		c.Draft = &reply
	case ReplyApproved:
		c.Stage, c.Reply, c.RateBy, c.Published, c.Reason = Answered, Approved, f.RateBy, c.Draft, ""
		c.Said = 0
	case ReplyReturned:
		c.Reply, c.Reason = Returned, f.Reason
		c.Returns++
	case Rated:
		c.applyRated(f)
	}
}

func (c *Case) applyFiled(e Event, f Filed) {
	c.Number, c.Person, c.Kind = f.Number, e.Subject, f.Matter
	c.Stage, c.Reply, c.Standing = Received, NoReply, Confirmed
	c.Title, c.Body, c.Remark = f.Title, f.Body, f.Remark
	c.Township, c.Village, c.Name = f.Township, f.Village, f.Name
	c.MayShow, c.Source, c.ScreenBy = f.Public, f.Source, f.ScreenBy
	c.Filed = e.Time
	if !f.FiledThere.IsZero() {
		c.Filed = f.FiledThere
	}
}

func (c *Case) applyRated(f Rated) {
	rating := f.Rating
	c.Rating = &rating
	c.Said++
	if f.Outcome != NotSolved {
		c.Stage = Closed
		return
	}
	c.Stage, c.Reply, c.Draft = c.ReopensAt(), NoReply, nil
	if c.Stage == Received {
		c.ScreenBy = f.Again
	} else {
		c.Due = f.Again
	}
	c.Reopened++
}

// Told lists, of a case's events, what its resident reads: an unapproved reply
// and the reason of a return stay within the county, the fact that it was
// returned does not.
func Told(events []Event) []Event {
	told := make([]Event, 0, len(events))
	for _, e := range events {
		switch f := e.Fact.(type) {
		case ReplyReturned:
			e.Fact = ReplyReturned{}
		case ReplyWritten:
			e.Fact = ReplyWritten{ReviewBy: f.ReviewBy}
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
