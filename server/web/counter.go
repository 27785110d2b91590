package web

import (
	"lianxin/server/board"
	"lianxin/views"
)

// Somebody calls, or stands at the window, and says "不是我", or that their slip
// is lost.

// freeze is what somebody said about a message that is not theirs.
type freeze struct{ number, words string }

func showFreeze(r *request) (views.Model, error) { return freeze{}.page(r) }

func readFreeze(r *request) form { return freeze{r.post("number"), r.post("words")} }

// text is what was written, for giving back.
func (f freeze) text() string { return f.words }

func (f freeze) page(r *request) (views.Model, error) {
	return r.counterForm("/desk/freeze", "freeze.title", "freeze.lead", "freeze.submit",
		views.Field{Name: "number", Kind: views.Code, Value: f.number, Label: r.words.T("freeze.number.label"), Hint: r.words.T("freeze.number.hint")},
		views.Field{Name: "words", Kind: views.Area, Rows: 4, Value: f.words, Label: r.words.T("freeze.words.label"), Hint: r.words.T("freeze.words.hint")}), nil
}

func (f freeze) do(r *request) (outcome, error) {
	n, err := r.typedNumber(f.number, func(n board.Number) error {
		return r.site.Office.Disown(r, r.who, n, r.sent, f.words)
	})
	if faults, expected := board.Faults(err); expected && faults[0].ID == "deed.by-other" {
		err = board.Fault{Kind: board.Conflict, ID: "freeze.own", Field: "number"} // the same, said to who did not file it
	}
	if err != nil {
		return outcome{}, r.renew(err)
	}
	return r.done("/desk/freeze", "freeze.again", r.words.T("freeze.done", "Number", n.Grouped()),
		r.words.T("freeze.done.say", "Count", r.county.Rules().AskDays), r.words.T("freeze.done.next"))
}

// quote is what somebody says of an answer who rings or comes by themselves.
type quote struct {
	number string
	rate
}

func showQuote(r *request) (views.Model, error) { return quote{}.page(r) }

func readQuote(r *request) form {
	return quote{r.post("number"), rate{r.post("solved"), r.post("attitude"), r.post("speed"), r.post("words")}}
}

func (f quote) page(r *request) (views.Model, error) {
	fields := views.RateFields(r.page(), f.solved, f.attitude, f.speed, f.words)
	number := views.Field{Name: "number", Kind: views.Code, Value: f.number, Label: r.words.T("freeze.number.label"), Hint: r.words.T("freeze.number.hint")}
	return r.counterForm("/desk/quote", "quote.title", "quote.lead", "quote.submit", append([]views.Field{number}, fields...)...), nil
}

func (f quote) do(r *request) (outcome, error) {
	said := outcomes[f.solved]
	n, err := r.typedNumber(f.number, func(n board.Number) error {
		return r.site.Office.Quote(r, r.who, n, r.sent, board.Rating{Outcome: said, Attitude: marked(f.attitude), Speed: marked(f.speed), Words: f.words})
	})
	if err != nil {
		return outcome{}, r.renew(err)
	}
	next := "quote.done.closed"
	if said == board.NotSolved {
		next = "quote.done.again"
	}
	return r.done("/desk/quote", "freeze.again", r.words.T("quote.done", "Number", n.Grouped()), r.words.T(next))
}

// reslip is a sealed slip for one that was lost.
type reslip struct {
	number, slip string
	seen         bool // the identity card, and it is this person's
}

func showReslip(r *request) (views.Model, error) { return reslip{}.page(r) }

func readReslip(r *request) form {
	return reslip{r.post("number"), r.post("slip"), r.post("seen") == "yes"}
}

func (f reslip) page(r *request) (views.Model, error) {
	seen := ""
	if f.seen {
		seen = "yes"
	}
	return r.counterForm("/desk/slip", "reslip.title", "reslip.lead", "reslip.submit",
		views.Field{Name: "number", Kind: views.Code, Value: f.number, Label: r.words.T("reslip.number.label"), Hint: r.words.T("freeze.number.hint")},
		views.Field{Name: "slip", Kind: views.Code, Value: f.slip, Label: r.words.T("reslip.slip.label"), Hint: r.words.T("intake.slip.hint")},
		views.Field{Name: "seen", Kind: views.Tick, Value: seen, Label: r.words.T("reslip.seen.label")}), nil
}

func (f reslip) do(r *request) (outcome, error) {
	if !f.seen {
		return outcome{}, board.Fault{Kind: board.Invalid, ID: "reslip.seen", Field: "seen"}
	}
	n, err := r.typedNumber(f.number, func(n board.Number) error {
		return r.site.Office.Reslip(r, r.who, n, r.sent, f.slip)
	})
	if err != nil {
		return outcome{}, r.renew(err)
	}
	return r.done("/desk/slip", "reslip.again", r.words.T("reslip.done", "Number", n.Grouped()), r.words.T("reslip.done.say"))
}

// counterForm is a page with one form.
func (r *request) counterForm(path, title, lead, button string, fields ...views.Field) views.Model {
	r.back, r.here = "", path
	m := views.AdminForm{
		Page: r.page(), Heading: r.words.T(title), Lead: []string{r.words.T(lead)}, Post: path, Button: r.words.T(button),
		Groups: []views.Group{{Fields: fields}},
	}
	m.Page.Once = r.stamp(path)
	return m
}

// done says what was done, what to tell the person, and leads to the next one.
func (r *request) done(path, again, heading string, said ...string) (outcome, error) {
	r.back, r.here = "", path
	return outcome{model: views.Message{
		Page: r.page(), Heading: heading, Paragraphs: said, Links: []views.Link{{Href: path, Text: r.words.T(again)}},
	}}, nil
}

// typedNumber does a deed to the case of a number that was heard and typed. A
// number of no case is a mistake in that field, and no page that is not there.
func (r *request) typedNumber(text string, deed func(board.Number) error) (board.Number, error) {
	n, err := board.ParseNumber(text)
	if err != nil {
		return n, err
	}
	err = deed(n)
	if faults, expected := board.Faults(err); expected && faults[0].Kind == board.Missing {
		err = board.Fault{Kind: board.Invalid, ID: "freeze.unknown", Field: "number"}
	}
	return n, err
}
