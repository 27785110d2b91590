package board

import (
	"slices"
	"time"
)

// The state of a case lies on axes of their own, not in one long list. What a
// citizen sees follows from them ([Case.Label]).

// Stage is how far a case has come.
type Stage string

const (
	Received  Stage = "received"  // 已收到
	Assigned  Stage = "assigned"  // 已交办
	InHand    Stage = "in-hand"   // 办理中
	Answered  Stage = "answered"  // 已答复
	Closed    Stage = "closed"    // 已办结
	Declined  Stage = "declined"  // 不受理, or sent on a statutory path
	Withdrawn Stage = "withdrawn" // 已撤回
	Merged    Stage = "merged"    // 已合并: the lead case is handled for both
)

// Stages lists the stages in their order.
var Stages = []Stage{Received, Assigned, InHand, Answered, Closed, Declined, Withdrawn, Merged}

// ReplyState is where the unit's reply stands.
type ReplyState string

const (
	NoReply  ReplyState = "none"
	AtHead   ReplyState = "head"    // the head of the unit reads it
	Waiting  ReplyState = "waiting" // for review
	Returned ReplyState = "returned"
	Approved ReplyState = "approved"
)

// AskState is what the unit has asked the county desk for.
type AskState string

const (
	NoAsk       AskState = "none"
	AsksBack    AskState = "hand-back" // 退件: not ours, please give it to another unit
	AsksHead    AskState = "head"      // 延期, before the head of the unit
	AsksForTime AskState = "extension" // 延期, before the county desk
	Objects     AskState = "objection" // the resident objects to a decline
)

// Standing tells whether the person stands behind the case.
type Standing string

const (
	Confirmed Standing = "confirmed"
	Pending   Standing = "pending"    // somebody typed it; whether the person wants it is not shown yet
	Frozen    Standing = "frozen"     // the person said "不是我"; the county desk asks them
	NotTheirs Standing = "not-theirs" // it was not theirs: closed, its words erased

	Erased     Standing = "erased"     // nothing is kept of the person, or of this case, any more
	Anonymised Standing = "anonymised" // put away when the county's time for it was over
)

// PublicState tells whether anybody may read the case.
type PublicState string

const (
	Hidden PublicState = "no"
	Shown  PublicState = "yes"
)

// Deed is what somebody may do to a case. The word is the same everywhere:
// board method, office method, route, locale keys.
type Deed string

const (
	Edit     Deed = "edit"     // change one's words, for ten minutes
	Add      Deed = "add"      // 补充
	Attach   Deed = "attach"   // add a photo or a recording
	Detach   Deed = "detach"   // take one away again
	Withdraw Deed = "withdraw" // 撤回
	Restore  Deed = "restore"  // take a withdrawal back
	Object   Deed = "object"   // 对不受理有异议
	Rate     Deed = "rate"     // 评价
	Press    Deed = "press"    // say whether somebody pressed them to withdraw

	Assign   Deed = "assign"  // 受理并交办
	Decline  Deed = "decline" // 不受理
	Divert   Deed = "divert"  // 法定途径
	Merge    Deed = "merge"   // 合并
	Publish  Deed = "publish" // 公开
	Hide     Deed = "hide"    // 不再公开
	GiveBack Deed = "give"    // grant a hand-back
	KeepWith Deed = "keep"    // refuse a hand-back
	Extend   Deed = "extend"  // grant an extension
	HoldTo   Deed = "hold"    // refuse an extension
	Relay    Deed = "relay"   // 代为联系, for 保密办理

	SignFor  Deed = "sign"     // 签收
	Contact  Deed = "contact"  // 联系诉求人
	Visit    Deed = "visit"    // 现场核实
	Progress Deed = "progress" // 办理进展
	HandBack Deed = "handback" // 申请退件
	AskTime  Deed = "asktime"  // 申请延期
	Answer   Deed = "answer"   // 答复

	Endorse Deed = "endorse" // 同意延期, the head of the unit
	Deny    Deed = "deny"    // 不同意延期, the head of the unit
	Pass    Deed = "pass"    // 同意答复, the head of the unit
	Amend   Deed = "amend"   // 请经办人再改, the head of the unit

	Approve  Deed = "approve"  // 审核通过
	Return   Deed = "return"   // 退回
	Uphold   Deed = "uphold"   // the decline stands
	Overturn Deed = "overturn" // the decline is taken back

	Annotate  Deed = "annotate"  // 批示
	Supervise Deed = "supervise" // 督办
	Reveal    Deed = "reveal"    // see name and phone, for a reason

	Confirm  Deed = "confirm"  // 是我
	Disown   Deed = "disown"   // 不是我
	EndHelp  Deed = "endhelp"  // let a helper read the case no more
	Void     Deed = "void"     // it was not theirs
	Proceed  Deed = "proceed"  // nobody confirmed; it goes on all the same
	TellOut  Deed = "readout"  // tell the answer to somebody who gets no text
	PassBack Deed = "passback" // give a reading task back
	Miss     Deed = "missed"   // called, and nobody answered
	Check    Deed = "check"    // drawn by chance: the person says it is theirs
	HandTo   Deed = "handto"   // ask a helper of the place to go there
	Quote    Deed = "quote"    // somebody rings or comes by themselves and says what they think of the answer
	RateFor  Deed = "ratefor"  // drawn by chance: what the person says of the answer
	Reslip   Deed = "reslip"   // a sealed slip for a lost one

	Preserve Deed = "preserve" // a legal hold: it must be kept as it is
	Release  Deed = "release"  // the hold ends

	Remind    Deed = "remind"    // 解决了吗？
	PassOn    Deed = "passon"    // to another reviewer
	GoUp      Deed = "raise"     // to the inspector, or a leader
	Lapse     Deed = "lapse"     // a date passed and nobody said anything
	Anonymise Deed = "anonymise" // it ended so long ago that the county lets go of it
)

// Row is one line of the table of deeds: who may do it, and where on each axis
// the case must be. An empty axis asks nothing.
type Row struct {
	Deed      Deed
	Roles     Roles
	Stages    []Stage
	Replies   []ReplyState
	Asks      []AskState
	Standings []Standing
	Public    []PublicState
	Guards    []Guard
	Makes     EventKind
}

// Guard is a condition that is not an axis: it looks at who asks, and when. Its
// name is the fault's words: "fault.deed.<name>".
type Guard string

const (
	OwnCase      Guard = "own-case"       // the resident's own, by login or by number and PIN
	OwnUnit      Guard = "own-unit"       // the unit that leads the case
	UnitHead     Guard = "unit-head"      // who speaks for the unit that leads the case
	NotOwnAsk    Guard = "not-own-ask"    // who asked, or was for it, does not rule on it
	WithUnit     Guard = "with-unit"      // the unit that leads or one that helps
	NotOwnReply  Guard = "not-own-reply"  // who wrote a reply, or was for it as head, neither approves nor returns it
	NotOwnRefuse Guard = "not-own-refuse" // who declined a case does not rule on the objection
	NotTaker     Guard = "not-taker"      // who took a case in neither handles nor reviews it
	AddRoom      Guard = "add-room"       // there is an end to what can be added
	FileRoom     Guard = "file-room"      // and to how many photos and recordings
	HasFile      Guard = "has-file"       // one hangs on it that is theirs to take away
	OwnOrTaken   Guard = "own-or-taken"   // the resident's own, or typed for them by this member of staff
	MindOnce     Guard = "mind-once"      // an answer is rated once, and the rating changed once
	UndoTime     Guard = "undo-time"      // ten minutes from filing
	RestoreTime  Guard = "restore-time"   // seven days from withdrawing
	ObjectOnce   Guard = "object-once"    // one objection a case, within its time
	BackTime     Guard = "back-time"      // two working days from assignment, twice a case
	ExtendOnce   Guard = "extend-once"    // one extension a case
	MayBeShown   Guard = "may-be-shown"   // the person said yes
	NotOffice    Guard = "not-office"     // it complains about no office
	IsHidden     Guard = "is-hidden"      // name and phone are kept from whom it concerns
	OwnHand      Guard = "own-hand"       // the person, on a device that is not the staff's; staff say who asked
	OwnStands    Guard = "own-stands"     // what the person's own hand said of an answer, no other hand replaces
	OwnWord      Guard = "own-word"       // the person, and no relative in their place; staff on the person's word
	ByOther      Guard = "by-other"       // somebody else typed the case
	HasHelp      Guard = "has-help"       // a helper may read it
	AskOver      Guard = "ask-over"       // frozen, or not confirmed in the time for it
	TheirReading Guard = "their-reading"  // the answer waits to be told by this helper, or by the operators
	TheirTask    Guard = "their-task"     // this helper was asked to tell or ask the person
	OpenCall     Guard = "open-call"      // the operators have to call about the case
	OpenCheck    Guard = "open-check"     // the case was drawn for a check
	OpenRate     Guard = "open-rate"      // the case was drawn for the second rate
	Uninvolved   Guard = "uninvolved"     // who neither typed the case nor told its answer
	NotHeld      Guard = "not-held"       // nobody said that it must be kept as it is
	Held         Guard = "held"           // somebody did
	AtRest       Guard = "at-rest"        // it ended, and nothing about it is still asked
	AskDue       Guard = "ask-due"        // the resident is to be asked by now
	PassOnce     Guard = "pass-once"      // no other reviewer has had it, nor has it gone up
	GoesUp       Guard = "goes-up"        // there is somebody above whoever has it
	PressOnce    Guard = "press-once"     // a unit had reached them, and they have not said yet
)

var (
	open     = []Stage{Received, Assigned, InHand, Answered}
	early    = []Stage{Received, Assigned, InHand}
	withUnit = []Stage{Assigned, InHand}
	merged   = []Stage{Merged}
	noReply  = []ReplyState{NoReply, Returned}
	ours     = []ReplyState{Approved} // and not what another system answered
	noAsk    = []AskState{NoAsk}
	atHead   = []ReplyState{AtHead}
	answered = []Stage{Answered, Closed}
	standing = []Standing{Confirmed}
	doubted  = []Standing{Pending, Frozen}
	undenied = []Standing{Confirmed, Pending}
)

// Deeds is the one table of what may be done to a case. Buttons, desks and the
// test of every forbidden deed read it; there is no second list.
var Deeds = []Row{
	{Deed: Rate, Roles: Roles{Resident}, Stages: answered, Replies: ours, Guards: []Guard{OwnCase, MindOnce, OwnStands}, Makes: "rated"},
	{Deed: Edit, Roles: Roles{Resident}, Stages: []Stage{Received}, Guards: []Guard{OwnCase, UndoTime}, Makes: "edited"},
	{Deed: Add, Roles: Roles{Resident}, Stages: slices.Concat(open, merged), Guards: []Guard{OwnCase, AddRoom}, Makes: "added"},
	{Deed: Attach, Roles: Roles{Resident, Operator, Helper}, Stages: slices.Concat(open, merged), Standings: undenied, Guards: []Guard{OwnOrTaken, FileRoom}, Makes: "attached"},
	{Deed: Detach, Roles: Roles{Resident, Operator, Helper}, Stages: slices.Concat(open, merged), Standings: undenied, Guards: []Guard{OwnOrTaken, HasFile, NotHeld}, Makes: "detached"},
	{Deed: Object, Roles: Roles{Resident}, Stages: []Stage{Declined}, Asks: noAsk, Guards: []Guard{OwnCase, ObjectOnce}, Makes: "objected"},
	{Deed: Withdraw, Roles: Roles{Resident}, Stages: slices.Concat(early, merged), Guards: []Guard{OwnCase}, Makes: "withdrawn"},
	{Deed: Restore, Roles: Roles{Resident}, Stages: []Stage{Withdrawn}, Guards: []Guard{OwnCase, RestoreTime}, Makes: "restored"},
	{Deed: Press, Roles: Roles{Resident}, Stages: []Stage{Withdrawn}, Guards: []Guard{OwnCase, PressOnce}, Makes: "press-said"},

	{Deed: Assign, Roles: Roles{Dispatcher}, Stages: []Stage{Received}, Makes: "assigned"},
	{Deed: GiveBack, Roles: Roles{Dispatcher}, Stages: withUnit, Asks: []AskState{AsksBack}, Guards: []Guard{NotOwnAsk}, Makes: "given-back"},
	{Deed: KeepWith, Roles: Roles{Dispatcher, System}, Stages: withUnit, Asks: []AskState{AsksBack}, Guards: []Guard{NotOwnAsk}, Makes: "kept-with"},
	{Deed: Extend, Roles: Roles{Dispatcher}, Stages: withUnit, Asks: []AskState{AsksForTime}, Guards: []Guard{NotOwnAsk}, Makes: "extended"},
	{Deed: HoldTo, Roles: Roles{Dispatcher, System}, Stages: withUnit, Asks: []AskState{AsksForTime}, Guards: []Guard{NotOwnAsk}, Makes: "held-to"},
	{Deed: Relay, Roles: Roles{Dispatcher}, Stages: open, Guards: []Guard{IsHidden}, Makes: "relayed"},
	{Deed: Publish, Roles: Roles{Dispatcher}, Stages: slices.Concat(open, []Stage{Closed}), Standings: standing, Public: []PublicState{Hidden}, Guards: []Guard{MayBeShown}, Makes: "published"},
	{Deed: Hide, Roles: Roles{Dispatcher}, Public: []PublicState{Shown}, Makes: "hidden"},
	{Deed: Merge, Roles: Roles{Dispatcher}, Stages: []Stage{Received}, Guards: []Guard{NotOffice}, Makes: "merged"},
	{Deed: Divert, Roles: Roles{Dispatcher}, Stages: []Stage{Received}, Makes: "diverted"},
	{Deed: Decline, Roles: Roles{Dispatcher}, Stages: []Stage{Received}, Makes: "declined"},

	{Deed: SignFor, Roles: Roles{Handler}, Stages: []Stage{Assigned}, Asks: noAsk, Guards: []Guard{OwnUnit, NotTaker}, Makes: "signed"},
	{Deed: Answer, Roles: Roles{Handler}, Stages: []Stage{InHand}, Replies: noReply, Asks: []AskState{NoAsk, AsksHead, AsksForTime}, Guards: []Guard{OwnUnit, NotTaker}, Makes: "answered"},
	{Deed: Contact, Roles: Roles{Handler}, Stages: []Stage{InHand}, Guards: []Guard{WithUnit, NotTaker}, Makes: "contacted"},
	{Deed: Visit, Roles: Roles{Handler}, Stages: []Stage{InHand}, Guards: []Guard{WithUnit, NotTaker}, Makes: "visited"},
	{Deed: Progress, Roles: Roles{Handler}, Stages: []Stage{InHand}, Replies: noReply, Guards: []Guard{WithUnit, NotTaker}, Makes: "progressed"},
	{Deed: AskTime, Roles: Roles{Handler}, Stages: []Stage{InHand}, Replies: noReply, Asks: noAsk, Guards: []Guard{OwnUnit, NotTaker, ExtendOnce}, Makes: "time-asked"},
	{Deed: HandBack, Roles: Roles{Handler}, Stages: withUnit, Replies: noReply, Asks: noAsk, Guards: []Guard{OwnUnit, NotTaker, BackTime}, Makes: "back-asked"},

	{Deed: Endorse, Roles: Roles{Head}, Stages: []Stage{InHand}, Asks: []AskState{AsksHead}, Guards: []Guard{UnitHead, NotTaker, NotOwnAsk}, Makes: "endorsed"},
	{Deed: Deny, Roles: Roles{Head, System}, Stages: []Stage{InHand}, Asks: []AskState{AsksHead}, Guards: []Guard{UnitHead, NotTaker, NotOwnAsk}, Makes: "held-to"},
	{Deed: Pass, Roles: Roles{Head}, Stages: []Stage{InHand}, Replies: atHead, Guards: []Guard{UnitHead, NotOwnReply, NotTaker}, Makes: "passed"},
	{Deed: Amend, Roles: Roles{Head}, Stages: []Stage{InHand}, Replies: atHead, Guards: []Guard{UnitHead, NotOwnReply, NotTaker}, Makes: "sent-back"},

	{Deed: Approve, Roles: Roles{Reviewer}, Stages: []Stage{InHand}, Replies: []ReplyState{Waiting}, Guards: []Guard{NotOwnReply, NotTaker}, Makes: "approved"},
	{Deed: Return, Roles: Roles{Reviewer}, Stages: []Stage{InHand}, Replies: []ReplyState{Waiting}, Guards: []Guard{NotOwnReply, NotTaker}, Makes: "returned"},
	{Deed: Overturn, Roles: Roles{Reviewer}, Stages: []Stage{Declined}, Asks: []AskState{Objects}, Guards: []Guard{NotOwnRefuse, NotTaker}, Makes: "overturned"},
	{Deed: Uphold, Roles: Roles{Reviewer}, Stages: []Stage{Declined}, Asks: []AskState{Objects}, Guards: []Guard{NotOwnRefuse, NotTaker}, Makes: "upheld"},

	{Deed: Annotate, Roles: Roles{Leader}, Stages: open, Makes: "annotated"},
	{Deed: Supervise, Roles: Roles{Leader, Inspector}, Stages: early, Makes: "supervised"},
	{Deed: Reveal, Roles: Roles{Leader}, Makes: "revealed"},

	{Deed: Confirm, Roles: Roles{Resident, Dispatcher, Inspector}, Standings: doubted, Guards: []Guard{OwnHand, NotTaker}, Makes: "confirmed"},
	{Deed: Disown, Roles: Roles{Resident, Operator, Dispatcher, Helper}, Standings: undenied, Guards: []Guard{OwnWord, ByOther}, Makes: "disowned"},
	{Deed: EndHelp, Roles: Roles{Resident}, Standings: standing, Guards: []Guard{OwnCase, HasHelp}, Makes: "help-ended"},
	{Deed: Proceed, Roles: Roles{Dispatcher, Inspector}, Standings: []Standing{Pending}, Guards: []Guard{AskOver, NotTaker}, Makes: "proceeded"},
	{Deed: Void, Roles: Roles{Dispatcher, Inspector}, Standings: doubted, Guards: []Guard{AskOver, NotTaker, NotHeld}, Makes: "voided"},

	{Deed: TellOut, Roles: Roles{Helper, Operator}, Stages: answered, Guards: []Guard{TheirReading}, Makes: "read-out"},
	{Deed: PassBack, Roles: Roles{Helper}, Guards: []Guard{TheirTask}, Makes: "passed-back"},
	{Deed: HandTo, Roles: Roles{Operator}, Guards: []Guard{OpenCall}, Makes: "handed-to"},
	{Deed: Miss, Roles: Roles{Operator}, Guards: []Guard{OpenCall}, Makes: "missed"},
	{Deed: Check, Roles: Roles{Operator, Helper}, Standings: undenied, Guards: []Guard{OpenCheck, NotTaker}, Makes: "checked"},
	{Deed: Quote, Roles: Roles{Operator}, Stages: answered, Replies: ours, Guards: []Guard{NotTaker, MindOnce, OwnStands}, Makes: "rated"},
	{Deed: RateFor, Roles: Roles{Operator}, Stages: answered, Guards: []Guard{OpenRate, Uninvolved, MindOnce, OwnStands}, Makes: "rated"},
	{Deed: Reslip, Roles: Roles{Operator, Dispatcher}, Makes: "slipped"},

	{Deed: Preserve, Roles: Roles{Inspector, Admin}, Guards: []Guard{NotHeld}, Makes: "preserved"},
	{Deed: Release, Roles: Roles{Inspector, Admin}, Guards: []Guard{Held}, Makes: "released"},

	{Deed: Remind, Roles: Roles{System}, Stages: []Stage{Answered, Withdrawn}, Guards: []Guard{AskDue}, Makes: "reminded"},
	{Deed: PassOn, Roles: Roles{System}, Stages: []Stage{InHand}, Replies: []ReplyState{Waiting}, Guards: []Guard{PassOnce}, Makes: "passed-on"},
	{Deed: GoUp, Roles: Roles{System}, Stages: []Stage{Received, InHand, Declined}, Guards: []Guard{GoesUp}, Makes: "raised"},
	{Deed: Lapse, Roles: Roles{System}, Stages: []Stage{Answered, Declined, Withdrawn}, Asks: noAsk, Makes: "lapsed"},
	{Deed: Anonymise, Roles: Roles{System}, Guards: []Guard{NotHeld, AtRest}, Makes: "anonymised"},
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
// Conflict, and to one that was nobody's nothing is done any more. On success it names the role in which the deed is done.
func (c *Case) May(by Actor, d Deed, now time.Time) (Role, error) {
	r, known := row(d)
	if !known {
		return "", Fault{Kind: Denied, ID: "deed.role"}
	}
	roles := r.Roles
	if d != Reslip { // slips lie at the county desk alone, and name nobody
		roles = c.lift(c.desks(roles), d)
	}
	role := roles.Meet(by.Roles)
	if role == "" {
		return "", Fault{Kind: Denied, ID: "deed.role"}
	}
	for _, g := range r.Guards {
		if !c.holds(g, by, now) {
			return "", Fault{Kind: g.kind(), ID: "deed." + string(g)}
		}
	}
	if c.over(d) || !in(r.Stages, c.Stage) || !in(r.Replies, c.Reply) || !in(r.Asks, c.Asking()) ||
		!in(r.Standings, c.Standing) || !in(r.Public, c.Public) || c.Ended && !r.afterEnd() {
		return "", Fault{Kind: Conflict, ID: "deed.moved-on"}
	}
	return role, nil
}

// over tells whether nothing is left that the deed could be done to.
func (c *Case) over(d Deed) bool {
	switch {
	case c.Cleared():
		return d != Hide
	case c.Standing == NotTheirs:
		return d != Anonymise
	}
	return false
}

// Doable lists the deeds that this actor may do to this case now, in the
// table's order: the buttons of a page.
func (c *Case) Doable(by Actor, now time.Time) []Deed {
	var deeds []Deed
	for _, r := range Deeds {
		if _, err := c.May(by, r.Deed, now); err == nil {
			deeds = append(deeds, r.Deed)
		}
	}
	return deeds
}
