package board

import "time"

// Erasing a person, or one case of theirs. What was said goes; that it happened,
// when and through whom stays, and so does what the county published, without a
// name. The facts of it are the county's and hold nothing of anybody.

// Remains is what is left of a case that was erased, or put away by rule: what the measures count, whom it
// must not be shown to, and what anybody could read already.
type Remains struct {
	Number    Number    `json:"number"`
	Matter    Kind      `json:"kind"`
	Stage     Stage     `json:"stage"`
	Was       Standing  `json:"was"`
	Filed     time.Time `json:"filed"`
	EndedAt   time.Time `json:"endedAt,omitzero"`
	Topic     string    `json:"topic,omitempty"`
	Township  string    `json:"township,omitempty"` // only where anybody could read it
	Lead      ID        `json:"lead,omitzero"`
	Due       Date      `json:"due,omitzero"`
	Contacts  int       `json:"contacts,omitempty"`
	Returns   int       `json:"returns,omitempty"`
	Reopened  int       `json:"reopened,omitempty"`
	About     ID        `json:"about,omitzero"`
	AboutDesk bool      `json:"aboutDesk,omitempty"`
	Rating    *Rating   `json:"rating,omitempty"` // without its words
	Notice    *Notice   `json:"notice,omitempty"`
	Published *Reply    `json:"published,omitempty"` // as anybody could read it
}

// ErasedNow says that a case was erased.
type ErasedNow struct{ Remains }

func (ErasedNow) Kind() EventKind { return "erased" }

func init() { enter[ErasedNow]() }

// Erase says that nothing of what was said in the case is kept any more. Whoever
// keeps it erases what was. A case that somebody still waited for ends. Whether it
// is held is for the caller to ask: see [Case.Unheld].
func (c *Case) Erase(by Actor, now time.Time) (Event, error) {
	switch {
	case !by.Roles.Has(System):
		return Event{}, Fault{Kind: Denied, ID: "deed.role"}
	case c.Cleared():
		return Event{}, Fault{Kind: Conflict, ID: "erase.done"}
	}
	return happened(c.Stream(), by, System, ID{}, ErasedNow{c.remains()}, now), nil
}

func (c *Case) remains() Remains {
	r := Remains{
		Number: c.Number, Matter: c.Kind, Stage: Closed, Was: c.Stood(), Filed: c.Filed, EndedAt: c.EndedAt,
		Topic: c.Topic, Lead: c.Lead, Due: c.Due, Contacts: c.Contacts, Returns: c.Returns, Reopened: c.Reopened,
		About: c.About, AboutDesk: c.AboutDesk,
	}
	if c.Ended || c.Stage == Declined || c.Stage == Withdrawn {
		r.Stage = c.Stage
	}
	if c.Rating != nil {
		rating := *c.Rating
		rating.Words, r.Rating = "", &rating
	}
	if c.Public == Shown {
		open := c.Open()
		r.Notice, r.Published, r.Township = open.Notice, open.Published, open.Township
	}
	return r
}

// erased leaves of a case what remains of it, and nothing else.
func (c *Case) erased(e Event, r Remains) {
	*c = Case{
		ID: c.ID, Person: c.Person, TakenBy: c.TakenBy, TakenRole: c.TakenRole, Changed: c.Changed,
		Number: r.Number, Kind: r.Matter, Stage: r.Stage, Reply: NoReply, Standing: Erased, Was: r.Was, Public: Hidden,
		Ended: true, EndedAt: r.EndedAt, Filed: r.Filed, Topic: r.Topic, Township: r.Township, Lead: r.Lead, Due: r.Due,
		Contacts: r.Contacts, Returns: r.Returns, Reopened: r.Reopened, About: r.About, AboutDesk: r.AboutDesk,
		Rating: r.Rating, Notice: r.Notice, Published: r.Published,
	}
	if r.EndedAt.IsZero() {
		c.EndedAt = e.Time
	}
	if r.Notice != nil {
		c.Public = Shown
	}
	if r.Published != nil {
		c.Reply = Approved
	}
}

// Stood is the standing of a case, and of a cleared one what it was before.
func (c *Case) Stood() Standing {
	if c.Cleared() {
		return c.Was
	}
	return c.Standing
}

// Cleared tells whether the case holds only what remains of it: it was erased, or
// put away by rule.
func (c *Case) Cleared() bool { return c.Standing == Erased || c.Standing == Anonymised }

// Gone tells whether nothing is left of what was said in the case: it was not
// its person's, or it was cleared.
func (c *Case) Gone() bool { return c.Standing == NotTheirs || c.Cleared() }

// LoseKin ends what a relative may do who is erased themselves.
func (p *Person) LoseKin(by Actor, kin ID, now time.Time) Event {
	return happened(p.Stream(), by, System, p.ID, KinFreed{kin}, now)
}
