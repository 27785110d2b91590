package web

import (
	"time"

	"lianxin/server/board"
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
			Rate: c.Stage == board.Answered, Typed: c.Assisted(),
		})
	}
	return m, nil
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
	if c.Published != nil {
		m.Reply.Date = r.words.Date(approved(v.Events))
	}
	if m.Refusal != nil && c.Ask == nil {
		m.Next = nil // the refusal says what can be done
	}
	if c.Rating != nil && c.Stage != board.Answered {
		m.Rating = r.words.T("outcome." + string(c.Rating.Outcome))
	}
	if mayDo(v.Doable, board.Rate) {
		m.Rate = path + "/rate"
	}
	if v.Private {
		m.Body, m.Remark, m.Added = c.Body, c.Remark, r.added(v.Events)
		m.Files = r.attachments(c)
		m.Public, m.Shown = r.public(c)
	}
	m.Page = r.page()
	return m, nil
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
