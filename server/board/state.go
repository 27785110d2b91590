package board

import "slices"

// The state of a case lies on axes of their own, not in one long list. What a
// citizen sees follows from them ([Case.Label]).

// Stage is how far a case has come.
type Stage string

const (
	Received Stage = "received" // 已收到
	Assigned Stage = "assigned" // 已交办
	InHand   Stage = "in-hand"  // 办理中
	Answered Stage = "answered" // 已答复
	Closed   Stage = "closed"   // 已办结
)

// Stages lists the stages in their order.
var Stages = []Stage{Received, Assigned, InHand, Answered, Closed}

// ReplyState is where the unit's reply stands.
type ReplyState string

const (
	NoReply  ReplyState = "none"
	Waiting  ReplyState = "waiting" // for review
	Returned ReplyState = "returned"
	Approved ReplyState = "approved"
)

// Standing tells whether the person stands behind the case.
type Standing string

const Confirmed Standing = "confirmed"

// Deed is what somebody may do to a case. The word is the same everywhere:
// board method, office method, route, locale keys.
type Deed string

const (
	Assign   Deed = "assign"   // 交办
	SignFor  Deed = "sign"     // 签收
	Progress Deed = "progress" // 办理进展
	Answer   Deed = "answer"   // 答复
	Approve  Deed = "approve"  // 审核通过
	Return   Deed = "return"   // 退回
	Rate     Deed = "rate"     // 评价
)

// Row is one line of the table of deeds: who may do it, and where on each axis
// the case must be. An empty axis asks nothing.
type Row struct {
	Deed      Deed
	Roles     Roles
	Stages    []Stage
	Replies   []ReplyState
	Standings []Standing
	Guards    []Guard
	Makes     EventKind
}

// Guard is a condition that is not an axis: it looks at who asks. Its name is
// the fault's words: "fault.deed.<name>".
type Guard string

const (
	OwnCase     Guard = "own-case"      // the resident's own, by login or by number and PIN
	OwnUnit     Guard = "own-unit"      // the unit that leads the case
	NotOwnReply Guard = "not-own-reply" // who wrote a reply neither approves nor returns it
	MindOnce    Guard = "mind-once"     // an answer is rated once, and the rating changed once
)

// Deeds is the one table of what may be done to a case. Buttons, desks and the
// test of every forbidden deed read it; there is no second list.
var Deeds = []Row{
	{Deed: Assign, Roles: Roles{Dispatcher}, Stages: []Stage{Received}, Makes: "assigned"},
	{Deed: SignFor, Roles: Roles{Handler}, Stages: []Stage{Assigned}, Guards: []Guard{OwnUnit}, Makes: "signed"},
	{Deed: Progress, Roles: Roles{Handler}, Stages: []Stage{InHand}, Replies: []ReplyState{NoReply, Returned}, Guards: []Guard{OwnUnit}, Makes: "progressed"},
	{Deed: Answer, Roles: Roles{Handler}, Stages: []Stage{InHand}, Replies: []ReplyState{NoReply, Returned}, Guards: []Guard{OwnUnit}, Makes: "answered"},
	{Deed: Approve, Roles: Roles{Reviewer}, Stages: []Stage{InHand}, Replies: []ReplyState{Waiting}, Guards: []Guard{NotOwnReply}, Makes: "approved"},
	{Deed: Return, Roles: Roles{Reviewer}, Stages: []Stage{InHand}, Replies: []ReplyState{Waiting}, Guards: []Guard{NotOwnReply}, Makes: "returned"},
	{Deed: Rate, Roles: Roles{Resident}, Stages: []Stage{Answered, Closed}, Guards: []Guard{OwnCase, MindOnce}, Makes: "rated"},
}

// row finds a deed's line. A deed that is not in the table cannot be done.
func row(d Deed) (Row, bool) {
	i := slices.IndexFunc(Deeds, func(r Row) bool { return r.Deed == d })
	if i < 0 {
		return Row{}, false
	}
	return Deeds[i], true
}

// May refuses a deed that the table does not allow this actor on this case
// now. Whoever has no role for it is Denied; a case that has moved on is a
// Conflict. On success it names the role in which the deed is done.
func (c *Case) May(by Actor, d Deed) (Role, error) {
	r, known := row(d)
	if !known {
		return "", Fault{Kind: Denied, ID: "deed.role"}
	}
	role := r.Roles.Meet(by.Roles)
	if role == "" {
		return "", Fault{Kind: Denied, ID: "deed.role"}
	}
	for _, g := range r.Guards {
		if !c.holds(g, by) {
			return "", Fault{Kind: Denied, ID: "deed." + string(g)}
		}
	}
	if !in(r.Stages, c.Stage) || !in(r.Replies, c.Reply) || !in(r.Standings, c.Standing) {
		return "", Fault{Kind: Conflict, ID: "deed.moved-on"}
	}
	return role, nil
}

func in[T comparable](wanted []T, have T) bool {
	return len(wanted) == 0 || slices.Contains(wanted, have)
}

func (c *Case) holds(g Guard, by Actor) bool {
	switch g {
	case OwnCase:
		return c.OwnedBy(by)
	case OwnUnit:
		return !by.Unit.IsZero() && by.Unit == c.Lead
	case NotOwnReply:
		return c.Draft == nil || c.Draft.Author != by.Staff
	case MindOnce:
		return c.Said < 2
	}
	return false // a guard that nobody wrote holds nothing
}

// Doable lists the deeds that this actor may do to this case now, in the
// table's order: the buttons of a page.
func (c *Case) Doable(by Actor) []Deed {
	var deeds []Deed
	for _, r := range Deeds {
		if _, err := c.May(by, r.Deed); err == nil {
			deeds = append(deeds, r.Deed)
		}
	}
	return deeds
}

// SeenBy tells whether the actor may open the case at all. Others are told
// that there is no such case.
func (c *Case) SeenBy(by Actor) bool {
	switch {
	case c.OwnedBy(by):
		return true
	case by.Roles.Has(Dispatcher), by.Roles.Has(Reviewer):
		return true
	case by.Roles.Has(Handler):
		return !c.Lead.IsZero() && c.Lead == by.Unit
	}
	return false
}

// OwnedBy tells whether the actor is the resident whose case it is, by login
// or by having typed its number and PIN.
func (c *Case) OwnedBy(by Actor) bool {
	if !by.Staff.IsZero() {
		return false
	}
	return (!by.Person.IsZero() && by.Person == c.Person) || slices.Contains(by.Opened, c.ID)
}

// Move tells what the case waits for: whose move it is and by when. Only a
// closed case waits for nothing.
func (c *Case) Move() Next {
	switch {
	case c.Stage == Received:
		return Next{Role: Dispatcher, By: c.ScreenBy}
	case c.Stage == Assigned:
		return Next{Role: Handler, Unit: c.Lead, By: c.SignBy}
	case c.Stage == InHand && c.Reply == Waiting:
		return Next{Role: Reviewer, By: c.ReviewBy}
	case c.Stage == InHand:
		return Next{Role: Handler, Unit: c.Lead, By: c.Due}
	case c.Stage == Answered:
		return Next{Role: Resident, By: c.RateBy}
	}
	return Next{}
}
