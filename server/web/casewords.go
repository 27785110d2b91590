package web

import (
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/views"
)

// How a case is said in words, alike on every page that shows one.

var tones = map[board.Stage]views.Tone{
	board.Received: views.ToneNew, board.Assigned: views.ToneWork, board.InHand: views.ToneWork,
	board.Answered: views.ToneDone, board.Closed: views.ToneDone,
	board.Declined: views.ToneStop, board.Withdrawn: views.ToneStop, board.Merged: views.ToneStop,
}

func (r *request) state(c *board.Case) views.Stamp {
	return views.Stamp{Text: r.words.T("state." + string(c.Stage)), Tone: tones[c.Stage]}
}

// alarm is a light as a label; a green one says nothing.
func (r *request) alarm(l board.Light) views.Stamp {
	switch l {
	case board.Yellow:
		return views.Stamp{Text: r.words.T("light.yellow"), Tone: views.ToneYellow}
	case board.Red:
		return views.Stamp{Text: r.words.T("light.red"), Tone: views.ToneRed}
	}
	return views.Stamp{}
}

func (r *request) place(c *board.Case) string {
	town := c.Township
	if known, ok := r.county.Township(town); ok {
		town = r.words.Pick(known.Name)
	}
	return strings.TrimSpace(town + " " + c.Village)
}

func (r *request) unit(id board.ID) string { return r.county.UnitName(id, r.words.Pick) }

// by is a date by which something must be done: a day, or a moment where the
// hour counts.
func (r *request) by(d board.Date) string {
	at := d.At.In(board.Zone)
	switch {
	case d.At.IsZero():
		return ""
	case at.Year() != r.now.In(board.Zone).Year():
		return r.words.Date(at)
	case at.Hour() == 23 && at.Minute() == 59:
		return r.words.Day(at)
	}
	return r.words.DateTime(at)
}

// clock is a time of today.
func (r *request) clock(t time.Time) string { return t.In(board.Zone).Format("15:04") }

// machine is a time as machines read it on a page.
func machine(t time.Time) string { return t.In(board.Zone).Format(time.RFC3339) }

// move is what a case waits for and by when. A resident waits for the answer,
// by the date that was promised; staff for each step on the way to it.
func (r *request) move(c *board.Case) (key string, by board.Date) {
	by, staff := c.Move().By, r.who.IsStaff()
	promised := by
	if !staff {
		promised = c.Due
	}
	switch {
	case c.Ended:
		return "", board.Date{}
	case c.Asking() == board.Objects:
		return "next.objection", by
	case c.Asking() == board.AsksHead && staff:
		return "next.head.time", by
	case c.Ask != nil && c.Reply != board.Waiting && staff:
		return "next.ruling", by
	case c.Stage == board.Received:
		return "next.received", by
	case c.Stage == board.Assigned && staff:
		return "next.assigned", by
	case c.Stage == board.InHand && c.Reply == board.AtHead && staff:
		return "next.head.reply", promised
	case c.Stage == board.InHand && (c.Reply == board.Waiting || c.Reply == board.AtHead):
		return "next.review", promised
	case c.Stage == board.Assigned, c.Stage == board.InHand:
		return "next.in-hand", promised
	case c.Stage == board.Answered && staff:
		return "next.answered.staff", by
	case c.Stage == board.Answered:
		return "next.answered", by
	case c.Stage == board.Merged:
		return "next.merged", promised
	case c.Stage == board.Declined:
		return "next.declined", by
	case c.Stage == board.Withdrawn:
		return "next.withdrawn", by
	}
	return "", board.Date{}
}

// next is the same for the page; nil when the case is closed. Of one that was put
// away its person reads what that means.
func (r *request) next(c *board.Case) *views.Next {
	if c.Standing == board.Anonymised && !r.who.IsStaff() {
		return &views.Next{What: r.words.T("case.put-away"), Note: r.words.T("case.put-away.what", "Count", c.Years)}
	}
	key, by := r.move(c)
	if key == "" {
		return nil
	}
	n := &views.Next{What: r.words.T(key), By: r.by(by)}
	if c.Stage == board.Assigned || c.Stage == board.InHand || c.Stage == board.Merged {
		n.Who = r.unit(c.Lead)
	}
	if r.who.IsStaff() && by.Set() {
		n.Left = r.left(by)
	}
	switch {
	case by.Provisional:
		n.Note = r.words.T("next.provisional")
	case c.Stage == board.Answered && !r.who.IsStaff():
		n.Note = r.asksOn(c)
	case r.who.IsStaff():
		n.Note = r.charged(c)
	}
	return n
}

// charged says whom a case went up to, or which reviewer has its reply.
func (r *request) charged(c *board.Case) string {
	if c.Raised != nil {
		return r.words.T("next.raised", "Role", r.words.T("role."+string(c.Raised.To)))
	}
	if name := r.county.StaffName(c.Reviewer); c.Reply == board.Waiting && name != "" {
		return r.words.T("next.reviewer", "Name", name)
	}
	return ""
}

// asksOn says on which days the board will ask the person whether it is solved.
func (r *request) asksOn(c *board.Case) string {
	switch len(c.AskAt) {
	case 0:
		return ""
	case 1:
		return r.words.T("next.asks", "Date", r.words.Day(c.AskAt[0]))
	}
	return r.words.T("next.asks.twice", "Date", r.words.Day(c.AskAt[0]), "Last", r.words.Day(c.AskAt[1]))
}

// nextLine is the same in one line.
func (r *request) nextLine(c *board.Case) string {
	n := r.next(c)
	if n == nil {
		return ""
	}
	if n.By == "" {
		return n.What
	}
	return r.words.T("next.line", "What", n.What, "Date", n.By)
}

// reply is an answer as a letter, nil when there is none.
func (r *request) reply(c *board.Case, reply *board.Reply) *views.Reply {
	if reply == nil {
		return nil
	}
	letter := &views.Reply{From: r.unit(c.Lead)}
	for _, part := range []struct{ key, text string }{
		{"reply.found", reply.Found}, {"reply.done", reply.Done}, {"reply.basis", reply.Basis}, {"reply.contact", reply.Contact},
	} {
		if strings.TrimSpace(part.text) != "" {
			letter.Sections = append(letter.Sections, views.Section{Heading: r.words.T(part.key), Text: part.text})
		}
	}
	return letter
}

// answered is the answer that the person reads: the county's, or that of the
// system in which the case was finished.
func (r *request) answered(c *board.Case) *views.Reply {
	if c.History() {
		return r.answerThere(c)
	}
	return r.reply(c, c.Published)
}

// answerThere is what another system answered before the case came here.
func (r *request) answerThere(c *board.Case) *views.Reply {
	if c.There == nil || c.There.Reply == "" {
		return nil
	}
	letter := &views.Reply{From: c.There.Unit, Sections: []views.Section{{Text: c.There.Reply}}}
	if !c.There.Done.IsZero() {
		letter.Date = r.words.Date(c.There.Done)
	}
	return letter
}
