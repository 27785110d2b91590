package board

import "time"

// What a case waits for, whose move it is, and when the county is late.

// Asking is what the case's open ask is, NoAsk when there is none.
func (c *Case) Asking() AskState {
	if c.Ask == nil {
		return NoAsk
	}
	return c.Ask.For
}

// Move tells what the case waits for: whose move it is and by when. Only a
// case that has ended waits for nothing.
func (c *Case) Move() Next {
	if c.Raised != nil && !c.Ended {
		return Next{Role: c.Raised.To, By: c.Raised.By}
	}
	return c.Waits()
}

// Waits is whose move it was before it went up, when it did: they can still do
// it.
func (c *Case) Waits() Next {
	next := c.move()
	if next.Role != "" {
		next.Role = c.desks(Roles{next.Role})[0]
	}
	return next
}

func (c *Case) move() Next {
	switch {
	case c.Ended:
		return Next{}
	case c.Asking() == Objects:
		return Next{Role: Reviewer, By: c.Ask.By}
	case c.Asking() == AsksHead:
		return Next{Role: Head, Unit: c.Lead, By: c.Ask.By}
	case c.Ask != nil:
		return Next{Role: Dispatcher, By: c.Ask.By}
	case c.Stage == Received, c.Stage == Merged && c.Lead.IsZero():
		return Next{Role: Dispatcher, By: c.ScreenBy}
	case c.Stage == Assigned:
		return Next{Role: Handler, Unit: c.Lead, By: c.SignBy}
	case c.Stage == InHand && c.Reply == AtHead:
		return Next{Role: Head, Unit: c.Lead, By: c.ReviewBy}
	case c.Stage == InHand && c.Reply == Waiting:
		return Next{Role: Reviewer, By: c.ReviewBy}
	case c.Stage == InHand, c.Stage == Merged:
		return Next{Role: Handler, Unit: c.Lead, By: c.Due}
	}
	return Next{Role: Resident, By: c.LapseBy} // answered, declined, withdrawn: the person may speak until then
}

// Alarm is when the county is late with the case: when whoever has it must
// move, or the day that the resident was promised, whichever comes first. It is
// not set when nobody but the resident is waited for.
func (c *Case) Alarm() Date {
	first := c.lateWith()
	for _, d := range []Date{c.AskBy, c.DecideBy} {
		if d.Set() && (!first.Set() || d.At.Before(first.At)) {
			first = d
		}
	}
	return first
}

func (c *Case) lateWith() Date {
	next := c.Waits()
	switch {
	case next.Role == Resident:
		return Date{}
	case c.Stage != Declined && c.Due.Set() && c.Due.At.Before(next.By.At):
		return c.Due
	}
	return next.By
}

// Strikes is when the calendar moves a case that lapses: when its date passes, or
// its resident is asked before.
func (c *Case) Strikes() time.Time {
	by := c.Move().By.At
	if ask, comes := c.nextAsk(); comes && ask.Before(by) {
		return ask
	}
	return by
}

// Lapses tells whether the calendar moves the case by itself when its date has
// passed: an ask that nobody ruled on, and what the resident leaves as it is.
func (c *Case) Lapses() bool {
	return c.Move().Role == Resident || c.Asking() == AsksBack || c.Asking() == AsksForTime || c.Asking() == AsksHead
}
