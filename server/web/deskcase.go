package web

import (
	"slices"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// deskCase is a case as staff see it, with what they may do to it now.
func deskCase(r *request) (views.Model, error) {
	r.sayDone()
	return deskCaseWith(r, "", nil)
}

// deskCaseWith fills what was typed into the form of one deed. Whatever leads
// here, the look at a person's words is remembered first: what cannot be
// remembered is not shown.
func deskCaseWith(r *request, typed board.Deed, values map[string]string) (views.Model, error) {
	v, err := r.site.Office.Case(r, r.who, r.number)
	if err != nil {
		return nil, err
	}
	if err := r.site.Office.Look(r, r.who, r.number); err != nil {
		return nil, err
	}
	beside, err := r.site.Office.Beside(r, r.who, r.number)
	if err != nil {
		return nil, err
	}
	c := v.Case
	r.back, r.here, r.opens = "/desk", deskPath(c.Number), deskPath(c.Number)+filePart
	if came := r.cameFrom(); came != "" {
		r.back = shelfPath(came)
	}
	m := views.DeskCase{
		Number: c.Number.Grouped(), Heading: r.titled(c), State: r.state(c), Standing: r.stands(c), Next: r.next(c), Facts: r.facts(c), Person: r.person(v),
		Body: c.Body, Remark: c.Remark, Added: r.added(v.Events), Files: r.attachments(c), Refusal: r.refusal(c, v.Events, v.Doable),
		Asks: r.asks(c, v.Events), Timeline: r.history(v.Events, true), Replies: r.replies(v.Events),
	}
	letter := r.answerThere(c)
	if len(m.Replies) == 0 { // they were put away, and what was public is left
		letter = r.answered(c)
	}
	if letter != nil {
		m.Replies = append([]views.Reply{*letter}, m.Replies...)
	}
	if !c.Ended {
		m.Alarm = r.alarm(r.site.Office.Light(c.Alarm()))
	}
	if (mayDo(v.Doable, board.Approve) || mayDo(v.Doable, board.Pass)) && len(m.Replies) > 0 {
		m.Review, m.Replies = &m.Replies[0], m.Replies[1:]
	}
	if c.Ask != nil && len(m.Asks) > 0 && slices.ContainsFunc(rulings, func(d board.Deed) bool { return mayDo(v.Doable, d) }) {
		m.Ruling, m.Asks = &m.Asks[0], m.Asks[1:]
	}
	m.Contacts = contacts(v.Events, m.Timeline)
	r.beside(&m, beside)
	likely, err := r.site.Office.Likely(r, r.who, r.number)
	if err != nil {
		return nil, err
	}
	for _, same := range likely.Same {
		m.Same = append(m.Same, r.card(same))
	}
	for _, d := range v.Doable {
		if d == board.Reveal && v.Private || slices.Contains(elsewhere, d) {
			continue // it is open to them; it has a page of its own
		}
		m.Actions = append(m.Actions, r.action(d, typed, values, v, likely))
	}
	slices.SortStableFunc(m.Actions, func(a, b views.Action) int { return rank(a) - rank(b) })
	if m.Onward, err = r.onward(); err != nil {
		return nil, err
	}
	m.Page = r.page()
	return m, nil
}

// rank puts what somebody most likely came for first. Whether others may read a
// case is seldom that.
func rank(a views.Action) int {
	switch d := board.Deed(a.Deed); {
	case d == board.Confirm && !a.Secondary: // whose it is comes before all else
		return -1
	case !a.Secondary:
		return 0
	case d == board.Publish, d == board.Hide:
		return 2
	}
	return 1
}

// rulings are the deeds that settle an ask.
var rulings = []board.Deed{board.GiveBack, board.Endorse, board.Extend, board.Overturn}

func deskPath(n board.Number) string { return "/desk/case/" + string(n) }

// facts are what a case is, in a list.
func (r *request) facts(c *board.Case) []views.Fact {
	var facts []views.Fact
	add := func(key, value string) {
		if value != "" {
			facts = append(facts, views.Fact{Name: r.words.T(key), Value: value})
		}
	}
	add("case.kind", r.kind(c.Kind))
	add("case.place", r.place(c))
	add("case.filed", r.words.Stamp(c.Filed))
	if !c.Received.IsZero() {
		add("fact.received", r.words.Date(c.Received))
	}
	add("fact.topic", r.topic(c.Topic))
	add("desk.unit", r.unit(c.Lead))
	for _, co := range c.Co {
		add("fact.co", r.unit(co))
	}
	add("fact.due", r.by(c.Due))
	add("fact.source", c.Source)
	if t := c.There; t != nil {
		add("fact.there.unit", t.Unit)
		if c.Township == "" {
			add("fact.there.place", t.Place)
		}
		if !t.Done.IsZero() {
			add("fact.there.done", r.words.Date(t.Done))
		} else if !t.Due.IsZero() && !c.Due.Set() {
			add("fact.there.due", r.words.Date(t.Due))
		}
		if t.Shown {
			add("fact.there.public", r.words.T("fact.there.public.what"))
		}
	}
	if c.Returns > 0 {
		add("fact.returns", r.words.T("fact.times", "Count", c.Returns))
	}
	if c.Reopened > 0 {
		add("fact.reopened", r.words.T("fact.times", "Count", c.Reopened))
	}
	if c.Supervised {
		add("fact.supervised", r.words.T("fact.supervised.what"))
	}
	if c.Confidential {
		add("file.hide.yes.label", r.words.T("file.hide.yes.hint"))
	}
	public := "file.public.no.label"
	switch {
	case c.Public == board.Shown:
		public = "case.public.shown"
	case c.MayShow:
		public = "file.public.yes.label"
	}
	add("case.public", r.words.T(public))
	return facts
}

// person is who the resident is, as far as the office let it through.
func (r *request) person(v office.View) []views.Fact {
	var facts []views.Fact
	if v.Case.Name != "" {
		facts = append(facts, views.Fact{Name: r.words.T("person.name"), Value: v.Case.Name})
	}
	if v.Phone != "" {
		facts = append(facts, views.Fact{Name: r.words.T("person.phone"), Value: v.Phone, Phone: true})
	}
	return facts
}

// asks are what the unit or the person asked the county desk for, the newest
// first, and what came of it.
func (r *request) asks(c *board.Case, events []board.Event) []views.OpenAsk {
	var asks []views.OpenAsk
	open := false
	ask := func(e board.Event, what, reason string, by board.Date) {
		a := views.OpenAsk{
			What: what, Who: r.doer(e, c.Lead, true), When: r.words.Stamp(e.Time), Reason: reason,
			State: views.Stamp{Text: r.words.T("ask.open"), Tone: views.ToneYellow},
		}
		if by.Set() {
			a.By = r.words.T("deskcase.asks.by", "Date", r.by(by))
		}
		asks, open = append(asks, a), true
	}
	ruled := func(key string, tone views.Tone) {
		if open {
			last := &asks[len(asks)-1]
			last.State, last.By, open = views.Stamp{Text: r.words.T(key), Tone: tone}, "", false
		}
	}
	for _, e := range events {
		switch f := e.Hollow().Fact.(type) {
		case board.BackAsked:
			ask(e, r.words.T("ask.back"), f.Reason, f.RuleBy)
		case board.TimeAsked:
			ask(e, r.words.T("ask.time", "Count", f.Days), f.Reason, f.RuleBy)
		case board.Objected:
			ask(e, r.words.T("ask.objection"), f.Words, f.RuleBy)
		case board.Endorsed:
			if open {
				last := &asks[len(asks)-1]
				last.By, last.State.Text = r.by(f.RuleBy), r.words.T("ask.endorsed")
			}
		case board.GivenBack, board.Extended, board.Overturned:
			ruled("ask.granted", views.ToneDone)
		case board.KeptWith, board.HeldTo, board.Upheld:
			ruled("ask.refused", views.ToneStop)
		}
	}
	if c.Ask == nil {
		ruled("ask.over", views.ToneStop) // answered or withdrawn before anybody ruled
	}
	slices.Reverse(asks)
	return asks
}

// contacts are the talks and visits out of a case's history, the newest first.
// What was said there is not said in the history again.
func contacts(events []board.Event, line []views.Moment) []views.Moment {
	var talks []views.Moment
	for i, e := range events {
		switch e.Hollow().Fact.(type) {
		case board.Contacted, board.Visited, board.Relayed:
			talks = append(talks, line[i])
			line[i].Note = ""
		}
	}
	slices.Reverse(talks)
	return talks
}

// replies are the letters that were written and are still there, the newest first,
// and what became of each.
func (r *request) replies(events []board.Event) []views.Reply {
	var letters []views.Reply
	lead := &board.Case{}
	write := func(e board.Event, reply board.Reply) {
		letter := r.reply(lead, &reply)
		letter.Date, letter.State = r.words.Stamp(e.Time), views.Stamp{Text: r.words.T("next.review"), Tone: views.ToneWork}
		letters = append(letters, *letter)
	}
	became := func(key string, tone views.Tone, why string) {
		if len(letters) > 0 {
			last := &letters[len(letters)-1]
			last.State, last.Note = views.Stamp{Text: r.words.T(key), Tone: tone}, why
		}
	}
	for _, e := range events {
		switch f := e.Hollow().Fact.(type) {
		case board.ChargeGiven:
			lead.Lead = f.Lead
		case board.MergedInto:
			lead.Lead = f.Unit
		case board.Followed:
			lead.Lead = f.Unit
		case board.Transferred:
			lead.Lead = f.To
		case board.ReplyWritten:
			write(e, f.Reply)
		case board.SentBack:
			became("replied.sent-back", views.ToneStop, f.Reason)
		case board.ReplyReturned:
			became("replied.returned", views.ToneStop, f.Reason)
		case board.ReplyApproved:
			became("replied.approved", views.ToneDone, "")
		case board.Shared:
			write(e, f.Reply)
			became("replied.approved", views.ToneDone, "")
		}
	}
	slices.Reverse(letters)
	return slices.DeleteFunc(letters, func(l views.Reply) bool { return len(l.Sections) == 0 }) // erased
}

// beside puts what stands beside a case onto its page.
func (r *request) beside(m *views.DeskCase, b office.Beside) {
	if b.Into != nil {
		card := r.card(b.Into)
		m.Into = &card
	}
	for _, c := range b.Merged {
		m.Merged = append(m.Merged, r.card(c))
	}
	for _, e := range slices.Backward(b.Looks) {
		m.Looks = append(m.Looks, r.lookOf(e))
	}
}

// card is another case on a desk.
func (r *request) card(c *board.Case) views.Card {
	return views.Card{Href: deskPath(c.Number), Number: c.Number.Grouped(), Title: r.titled(c), Filed: r.words.Date(c.Filed), State: r.state(c)}
}
