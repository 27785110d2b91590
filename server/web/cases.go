package web

import (
	"slices"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// mine are the cases of whoever is logged in.
func mine(r *request) (views.Model, error) {
	cases, err := r.site.Office.Cases(r, r.who)
	if err != nil {
		return nil, err
	}
	r.back = "/"
	m := views.Cases{Page: r.page()}
	for _, c := range cases {
		m.Cards = append(m.Cards, views.Card{
			Href: "/case/" + string(c.Number), Number: c.Number.Grouped(), Title: r.titled(c),
			Filed: r.words.Date(c.Filed), State: r.state(c), Next: r.nextLine(c),
			Rate: c.Stage == board.Answered, Press: c.GoneAfterContact() && c.Pressed == "", Typed: c.Assisted(),
		})
	}
	slices.SortStableFunc(m.Cards, func(a, b views.Card) int { return question(b) - question(a) })
	return m, nil
}

// question puts the cards with a question to the person before those without.
func question(c views.Card) int {
	if c.Rate || c.Press {
		return 1
	}
	return 0
}

// oneCase is a case as its resident reads it.
func oneCase(r *request) (views.Model, error) {
	v, err := r.site.Office.Case(r, r.who, r.number)
	if err != nil {
		return nil, err
	}
	c := v.Case
	path := "/case/" + string(c.Number)
	r.back = "/"
	if v.Private {
		r.back, r.opens = "/cases", path+filePart
	}
	r.sayDone()
	m := views.Case{
		Number: c.Number.Grouped(), Heading: r.titled(c), Kind: r.kind(c.Kind), Place: r.place(c), Hide: c.Confidential,
		Filed: r.words.Stamp(c.Filed), State: r.state(c), Typed: r.typedFor(c, v.Doable), Next: r.next(c), Reply: r.answered(c), Merged: c.Stage == board.Merged,
		Timeline: r.history(v.Events, false), Refusal: r.refusal(c, v.Events, v.Doable), Actions: r.actions(c, v.Doable, v.Private),
		Looks: path + "/looks", Refresh: path, Looked: !v.Private,
	}
	m.Ask = r.question(v, path)
	m.Pressed = r.word("case.pressed.", string(c.Pressed))
	if c.Published != nil {
		m.Reply.Date = r.words.Date(approved(v.Events))
	}
	if m.Refusal != nil && c.Ask == nil {
		m.Next = nil // the refusal says what can be done
	}
	if c.Rating != nil && c.Stage != board.Answered {
		m.Rating = r.words.T("outcome." + string(c.Rating.Outcome))
	}
	if v.Private {
		m.Body, m.Remark, m.Added = c.Body, c.Remark, r.added(v.Events)
		m.Files = r.attachments(c)
		m.Public, m.Shown = r.public(c)
	}
	m.Page = r.page()
	switch {
	case !mayDo(v.Doable, board.Rate):
	case m.Rating != "":
		m.Rate = path + "/rate"
	default: // asked below the answer, so that one page is enough to read and to say
		m.Solved = &views.Rate{Page: r.asking(path + "/rate"), Post: path + "/rate", Apart: r.who.Device, Below: true}
	}
	return m, nil
}

// question is what the board asks the person now: whether it is solved, once it
// asked, and whether somebody pressed them to withdraw.
func (r *request) question(v office.View, path string) *views.Question {
	c := v.Case
	switch {
	case mayDo(v.Doable, board.Press):
		return &views.Question{What: r.words.T("press.title"), Text: r.words.T("press.who"), Href: path + "/press", Button: r.words.T("press.answer")}
	case c.Stage == board.Answered && wasAsked(v.Events) && mayDo(v.Doable, board.Rate):
		return &views.Question{What: r.words.T("rate.title"), Text: r.words.T("rate.until", "Date", r.by(c.LapseBy)), Href: "#rate", Button: r.words.T("case.rate")}
	}
	return nil
}

// wasAsked tells whether the board asked after the last answer.
func wasAsked(events []board.Event) (asked bool) {
	for _, e := range events {
		switch e.Hollow().Fact.(type) {
		case board.ReplyApproved, board.Shared:
			asked = false
		case board.Reminded:
			asked = true
		}
	}
	return asked
}

// public tells who may read a case, and where others read it.
func (r *request) public(c *board.Case) (who, shown string) {
	switch {
	case c.Private:
		return r.words.T("file.private.label"), ""
	case c.Public == board.Shown:
		return r.words.T("case.public.shown"), "/public/" + string(c.Number)
	case c.MayShow:
		return r.words.T("file.public.yes.label"), ""
	}
	return r.words.T("file.public.no.label"), ""
}

// approved is when the reply that the resident reads was let out.
func approved(events []board.Event) (at time.Time) {
	for _, e := range events {
		if _, ok := e.Hollow().Fact.(board.ReplyApproved); ok {
			at = e.Time
		}
	}
	return at
}

func mayDo(deeds []board.Deed, d board.Deed) bool {
	for _, have := range deeds {
		if have == d {
			return true
		}
	}
	return false
}
