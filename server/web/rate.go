package web

import (
	"strconv"

	"lianxin/server/board"
	"lianxin/views"
)

// rate is the resident's own word on whether it is solved, and if they like, on
// how they were treated and how fast it went.
type rate struct{ solved, attitude, speed, words string }

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
	if said := v.Case.Rating; said != nil && v.Case.Stage != board.Answered { // of this answer, not of an earlier one
		f = rate{attitude: mark(said.Attitude), speed: mark(said.Speed), words: said.Words}
		for answer, o := range outcomes {
			if o == said.Outcome {
				f.solved = answer
			}
		}
	}
	return f.page(r)
}

func readRate(r *request) form {
	return rate{r.post("solved"), r.post("attitude"), r.post("speed"), r.post("words")}
}

// mark is a mark as the page calls it, "" for none.
func mark(m board.Mark) string {
	if m == 0 {
		return ""
	}
	return strconv.Itoa(int(m))
}

// marked reads a mark. What is none of those on the page is no mark that the
// board takes.
func marked(text string) board.Mark {
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n == 0 {
		return -1
	}
	return board.Mark(n)
}

func (rate) field(name string) string {
	if name == "outcome" {
		return "solved"
	}
	return name
}

// text is what was written, for giving back.
func (f rate) text() string { return f.words }

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
		Reply: r.reply(v.Case, v.Case.Published), Solved: f.solved, Attitude: f.attitude, Speed: f.speed, Comment: f.words,
		Apart: r.who.Device,
	}
	if m.Reply != nil {
		m.Reply.Date = r.words.Date(approved(v.Events))
	}
	m.Page = r.asking(path + "/rate")
	return m, nil
}

// asking is a page with a form that does the deed at path.
func (r *request) asking(path string) views.Page {
	p := r.page()
	p.Once = r.stamp(path)
	return p
}

func (f rate) do(r *request) (outcome, error) {
	rating := board.Rating{Outcome: outcomes[f.solved], Attitude: marked(f.attitude), Speed: marked(f.speed), Words: f.words}
	if err := r.site.Office.Rate(r, r.who, r.number, r.sent, rating); err != nil {
		return outcome{}, err
	}
	return see("/case/" + string(r.number) + "?" + doneQuery)
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
	if len(errs) == 0 {
		m.Paragraphs = []string{r.words.T("fault.deed.moved-on")}
	}
	return m
}
