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
			Href: "/case/" + string(c.Number), Number: c.Number.Grouped(), Title: c.Title,
			Filed: r.words.Date(c.Filed), State: r.state(c), Next: r.nextLine(c),
			Rate: c.Stage == board.Answered,
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
		r.back = "/cases"
	}
	m := views.Case{
		Number: c.Number.Grouped(), Heading: c.Title, Kind: r.kind(c.Kind), Place: r.place(c),
		Filed: r.words.Stamp(c.Filed), State: r.state(c), Next: r.next(c), Reply: r.reply(c, c.Published),
		Timeline: r.history(v.Events, false), Refresh: path, Looked: !v.Private,
	}
	if m.Reply != nil {
		m.Reply.Date = r.words.Date(approved(v.Events))
	}
	if c.Rating != nil {
		m.Rating = r.words.T("outcome." + string(c.Rating.Outcome))
	}
	if mayDo(v.Doable, board.Rate) {
		m.Rate = path + "/rate"
	}
	if v.Private {
		m.Body, m.Remark = c.Body, c.Remark
		m.Public = r.words.T("file.public.no.label")
		if c.MayShow {
			m.Public = r.words.T("file.public.yes.label")
		}
	}
	m.Page = r.page()
	return m, nil
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

// lookUp opens a case with its number and PIN.
type lookUp struct{ number, pin string }

func showLookUp(r *request) (views.Model, error) { return lookUp{}.page(r) }

func readLookUp(r *request) form { return lookUp{r.post("number"), r.post("pin")} }

func (f lookUp) page(r *request) (views.Model, error) {
	r.know()
	r.back = "/"
	return views.Lookup{Page: r.page(), Number: f.number, PIN: f.pin}, nil
}

func (f lookUp) do(r *request) (outcome, error) {
	token, n, err := r.site.Office.LookUp(r, r.session, f.number, f.pin, r.origin)
	if err != nil {
		return outcome{}, err
	}
	if token != "" {
		if err := r.enter(token, 0); err != nil {
			return outcome{}, err
		}
	}
	return see("/case/" + string(n))
}

// rate is the resident's own word on whether it is solved.
type rate struct{ solved, words string }

// outcomes are the page's answers as the board calls them.
var outcomes = map[string]board.Outcome{"yes": board.Solved, "partly": board.Partly, "no": board.NotSolved}

func showRate(r *request) (views.Model, error) {
	v, err := r.site.Office.Case(r, r.who, r.number)
	if err != nil {
		return nil, err
	}
	if !mayDo(v.Doable, board.Rate) {
		return nil, goOn("/case/" + string(r.number))
	}
	f := rate{}
	if v.Case.Rating != nil {
		f.words = v.Case.Rating.Words
		for answer, o := range outcomes {
			if o == v.Case.Rating.Outcome {
				f.solved = answer
			}
		}
	}
	return f.page(r)
}

func readRate(r *request) form { return rate{r.post("solved"), r.post("words")} }

func (rate) field(name string) string {
	if name == "outcome" {
		return "solved"
	}
	return name
}

// page asks for the rating; once the case has moved on there is nothing to
// rate, and what was written is given back.
func (f rate) page(r *request) (views.Model, error) {
	v, err := r.site.Office.Case(r, r.who, r.number)
	if err != nil {
		return nil, err
	}
	path := "/case/" + string(r.number)
	if !mayDo(v.Doable, board.Rate) {
		return r.movedOn(path, f.words), nil
	}
	r.back = path
	m := views.Rate{
		Post: path + "/rate", Number: v.Case.Number.Grouped(), Heading: v.Case.Title,
		Reply: r.reply(v.Case, v.Case.Published), Solved: f.solved, Comment: f.words,
	}
	if m.Reply != nil {
		m.Reply.Date = r.words.Date(approved(v.Events))
	}
	m.Page = r.page()
	m.Page.Once = r.stamp(path + "/rate")
	return m, nil
}

func (f rate) do(r *request) (outcome, error) {
	err := r.site.Office.Rate(r, r.who, r.number, r.sent, board.Rating{Outcome: outcomes[f.solved], Words: f.words})
	if err != nil {
		return outcome{}, err
	}
	return see("/case/" + string(r.number))
}

// movedOn is for a form whose deed can no longer be done: it says why, and gives
// back what was typed.
func (r *request) movedOn(path, words string) views.Model {
	errs := r.errors
	r.errors = nil // there is no form here to mend
	m := views.Message{Page: r.page(), Heading: r.words.T("refused.conflict"), Body: words,
		Links: []views.Link{{Href: path, Text: r.words.T("case.refresh")}}}
	for _, e := range errs {
		m.Paragraphs = append(m.Paragraphs, e.Text)
	}
	return m
}
