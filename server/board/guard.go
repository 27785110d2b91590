package board

import (
	"slices"
	"time"
)

// desks are the roles that do a deed to this case: a complaint about the county
// desk is the inspector's instead.
func (c *Case) desks(roles Roles) Roles {
	if !c.AboutDesk || !roles.Has(Dispatcher) && !roles.Has(Reviewer) {
		return roles
	}
	theirs := Roles{}
	for _, r := range roles {
		if r != Dispatcher && r != Reviewer && r != Inspector {
			theirs = append(theirs, r)
		}
	}
	return append(theirs, Inspector)
}

// kind tells what it means that a guard does not hold: this person may not do
// it, or nobody may any more.
func (g Guard) kind() FaultKind {
	switch g {
	case OwnCase, OwnUnit, UnitHead, WithUnit, NotOwnReply, NotOwnAsk, NotOwnRefuse, NotTaker, OwnOrTaken, OwnHand, OwnWord, TheirReading, TheirTask, Uninvolved:
		return Denied
	}
	return Conflict
}

func in[T comparable](wanted []T, have T) bool {
	return len(wanted) == 0 || slices.Contains(wanted, have)
}

func (c *Case) holds(g Guard, by Actor, now time.Time) bool {
	switch g {
	case OwnCase:
		return c.OwnedBy(by)
	case OwnUnit:
		return !by.Unit.IsZero() && by.Unit == c.Lead
	case UnitHead:
		return c.ofUnit(by)
	case NotOwnAsk:
		return c.Ask == nil || by.Staff.IsZero() || by.Staff != c.Ask.Asker && by.Staff != c.Ask.Head
	case WithUnit:
		return c.LedBy(by.Unit)
	case NotOwnReply:
		return c.Draft == nil || c.Draft.Author != by.Staff && (c.PassedBy.IsZero() || c.PassedBy != by.Staff)
	case NotOwnRefuse:
		return c.Refusal == nil || c.Refusal.By != by.Staff
	case NotTaker:
		return c.TakenBy.IsZero() || c.TakenBy != by.Staff
	case AddRoom:
		return len(c.Added) < MostAdded
	case FileRoom:
		return len(c.RoomFor()) > 0
	case HasFile:
		return slices.ContainsFunc(c.Attachments, func(a Attachment) bool { return c.Removable(by, a) })
	case MindOnce:
		return c.Said < 2
	case UndoTime:
		return c.Source == "" && now.Sub(c.Filed) < UndoLasts
	case RestoreTime:
		return !c.LapseBy.past(now)
	case ObjectOnce:
		return !c.Objected && !c.LapseBy.past(now)
	case BackTime:
		return c.Backs < MostBacks && !c.BackBy.past(now)
	case ExtendOnce:
		return !c.Extended
	case NotOffice:
		return !c.aboutOffice()
	case MayBeShown:
		return c.MayShow
	case IsHidden:
		return c.Confidential
	}
	return c.holdsBeside(g, by, now)
}

// holdsBeside are the guards of assisted mode.
func (c *Case) holdsBeside(g Guard, by Actor, now time.Time) bool {
	switch g {
	case OwnHand:
		return !by.Staff.IsZero() || c.OwnedBy(by) && by.self()
	case OwnOrTaken:
		return c.OwnedBy(by) || c.TakenInBy(by)
	case OwnStands:
		return by.self() || c.Said == 0 || c.Rating == nil || c.Rating.Apart
	case OwnWord:
		return c.OwnedBy(by) && by.Agent.IsZero() || by.Roles.Meet(Roles{Operator, Dispatcher}) != "" || c.asks(Recheck, by)
	case ByOther:
		return c.Assisted()
	case HasHelp:
		return len(c.Helpers()) > 0
	case AskOver:
		return c.Standing == Frozen || c.ConfirmBy.Set() && c.ConfirmBy.past(now)
	case TheirReading:
		return c.asks(TellAnswer, by)
	case OpenCall:
		_, open := c.ToCall(by, now)
		return open
	case TheirTask:
		return c.ChargedTo(by.Staff)
	case OpenCheck:
		return c.asks(Recheck, by)
	case OpenRate:
		return c.asks(AskRate, by)
	case Uninvolved:
		return c.uninvolved(by.Staff)
	case NotHeld:
		return c.Hold == nil
	case Held:
		return c.Hold != nil
	case AtRest:
		return c.AtRest()
	case AskDue:
		return c.askDue(now)
	case PassOnce:
		return !c.Relieved && c.Raised == nil
	case GoesUp:
		return len(c.Above()) > 0
	case PressOnce:
		return c.GoneAfterContact() && c.Pressed == ""
	}
	return false // a guard that nobody wrote holds nothing
}

// afterEnd tells whether a deed may still be done when a case has ended: what
// is public can be hidden for ever, a rating be changed, whose the case is be
// said, and how long it is kept.
func (r Row) afterEnd() bool {
	switch r.Deed {
	case Hide, Rate, Publish, Reveal, Confirm, Disown, EndHelp, Void, Proceed, TellOut, PassBack, Miss, Check, HandTo, Quote, RateFor, Reslip, Preserve, Release, Press, Anonymise:
		return true
	}
	return false
}
