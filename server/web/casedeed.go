package web

import (
	"errors"
	"slices"

	"lianxin/server/board"
	"lianxin/views"
)

// ownDeeds are what residents do to their own case on a page of its own, the
// likeliest first. Rating is another page.
var ownDeeds = []board.Deed{board.Edit, board.Add, board.Object, board.Withdraw, board.Restore, board.Confirm, board.Disown, board.EndHelp, board.Press}

// besides are those that the case's page names at its end. The others stand
// where they are asked for: beside a refusal, beside who typed it, beside who
// looked.
var besides = []board.Deed{board.Edit, board.Add, board.Withdraw, board.Restore}

// caseDeed is what was typed for one of them.
type caseDeed struct {
	deed                board.Deed
	words               string // to add, to object, to disown
	helper              string // who may read it no more
	pressed             string // to withdraw: yes or no
	title, body, remark string // to edit
}

func showCaseDeed(d board.Deed) func(*request) (views.Model, error) {
	return func(r *request) (views.Model, error) {
		v, err := r.site.Office.Case(r, r.who, r.number)
		if err != nil {
			return nil, err
		}
		f := caseDeed{deed: d}
		if !f.offered(v.Doable, v.Private) {
			return nil, goOn("/case/" + string(r.number))
		}
		if d == board.Edit {
			f.title, f.body, f.remark = ownTitle(v.Case, r.county.Rules()), v.Case.Body, v.Case.Remark
		}
		return f.page(r)
	}
}

func readCaseDeed(d board.Deed) func(*request) form {
	return func(r *request) form {
		return caseDeed{deed: d, words: r.post("words"), helper: r.post("helper"), pressed: r.post("pressed"), title: r.post("title"), body: r.post("body"), remark: r.post("remark")}
	}
}

// ownTitle is the title that the person gave; one that was taken from the body
// follows the body when that changes.
func ownTitle(c *board.Case, rules board.Rules) string {
	if c.Title == (board.Draft{Body: c.Body}).Heading(rules.MaxTitle) {
		return ""
	}
	return c.Title
}

// offered tells whether the case's page leads here now. Whoever came with number
// and PIN does not see the words, and cannot put others in their place unseen.
func (f caseDeed) offered(doable []board.Deed, private bool) bool {
	return mayDo(doable, f.deed) && (private || f.deed != board.Edit)
}

// text is all that was typed, for giving back.
func (f caseDeed) text() string { return lines(f.words, f.title, f.body, f.remark) }

func (f caseDeed) page(r *request) (views.Model, error) {
	v, err := r.site.Office.Case(r, r.who, r.number)
	if err != nil {
		return nil, err
	}
	path := "/case/" + string(r.number)
	if !f.offered(v.Doable, v.Private) {
		return r.movedOn(path, f.text()), nil
	}
	r.back = path
	rules := r.county.Rules()
	m := views.CaseDeed{
		Page: r.page(), Deed: string(f.deed), Post: path + "/" + string(f.deed),
		Number: v.Case.Number.Grouped(), Subject: v.Case.Title, Until: r.until(v.Case, f.deed),
		Words: f.words, Body: f.body, Heading: f.title, Remark: f.remark, Helper: f.helper, Pressed: f.pressed,
		MaxWords: rules.MaxBody, MaxHeading: rules.MaxTitle, MaxShort: rules.MaxRemark,
	}
	if v.Case.Assisted() {
		m.By = r.typist(v.Case)
	}
	for _, id := range v.Case.Helpers() {
		m.Helpers = append(m.Helpers, views.Option{Value: id.String(), Label: r.inFull(id, board.Helper)})
	}
	if len(m.Helpers) == 1 {
		m.Helper = m.Helpers[0].Value
	}
	m.Page.Once = r.stamp(m.Post)
	return m, nil
}

// until is how long a deed can be done, or taken back.
func (r *request) until(c *board.Case, d board.Deed) string {
	switch d {
	case board.Edit:
		return r.clock(c.Filed.Add(board.UndoLasts))
	case board.Withdraw:
		return r.by(board.Date{At: r.now.Add(board.RestoreLasts)})
	case board.Restore, board.Object:
		return r.by(c.LapseBy)
	}
	return ""
}

func (f caseDeed) do(r *request) (outcome, error) {
	if err := f.act(r); err != nil {
		return outcome{}, err
	}
	return see("/case/" + string(r.number) + "?" + doneQuery)
}

func (f caseDeed) act(r *request) error {
	o := r.site.Office
	switch f.deed {
	case board.Edit:
		v, err := o.Case(r, r.who, r.number)
		if err != nil {
			return err
		}
		if !v.Private {
			return noPage
		}
		return o.Edit(r, r.who, r.number, r.sent, board.Draft{Title: f.title, Body: f.body, Remark: f.remark})
	case board.Add:
		return o.Add(r, r.who, r.number, r.sent, f.words)
	case board.Withdraw:
		return o.Withdraw(r, r.who, r.number, r.sent)
	case board.Restore:
		return o.Restore(r, r.who, r.number, r.sent)
	case board.Object:
		return o.Object(r, r.who, r.number, r.sent, f.words)
	case board.Confirm:
		return o.Confirm(r, r.who, r.number, r.sent, "")
	case board.Disown:
		return o.Disown(r, r.who, r.number, r.sent, f.words)
	case board.EndHelp:
		return o.EndGrant(r, r.who, r.number, r.sent, idTyped(f.helper))
	case board.Press:
		return o.SayPressed(r, r.who, r.number, r.sent, board.Pressed(f.pressed), f.words)
	}
	return errors.New("web: no page does " + string(f.deed))
}

// refusal is why a case was not taken, and what the person can do about it; nil
// for one that was.
func (r *request) refusal(c *board.Case, events []board.Event, doable []board.Deed) *views.Refusal {
	if c.Refusal == nil {
		return nil
	}
	m := &views.Refusal{Reason: r.word("decline.", c.Refusal.Reason), Words: c.Refusal.Words}
	if c.Refusal.Path != "" {
		m.Diverted, m.Reason = true, r.word("divert.", c.Refusal.Path)
	}
	if mayDo(doable, board.Object) {
		m.Until, m.Object = r.by(c.LapseBy), "/case/"+string(c.Number)+"/object"
	}
	for _, e := range events {
		if f, ok := e.Hollow().Fact.(board.Upheld); ok {
			m.Ruling = lines(r.words.T("case.upheld"), f.Words)
		}
	}
	return m
}

// actions are the ways on from a case's page.
func (r *request) actions(c *board.Case, doable []board.Deed, private bool) []views.Link {
	var links []views.Link
	path := "/case/" + string(c.Number) + "/"
	for _, d := range ownDeeds {
		if !(caseDeed{deed: d}).offered(doable, private) || !slices.Contains(besides, d) {
			continue
		}
		text := map[board.Deed]string{
			board.Edit: r.words.T("case.edit", "Date", r.until(c, d)), board.Add: r.words.T("add.title"),
			board.Withdraw: r.words.T("withdraw.button"), board.Restore: r.words.T("restore.button"),
		}[d]
		links = append(links, views.Link{Href: path + string(d), Text: text})
		if d == board.Add {
			links = append(links, r.mayAttach(ownCase, c.Number, doable)...)
		}
	}
	return links
}

// added are the lines that the person added.
func (r *request) added(events []board.Event) []views.Said {
	var said []views.Said
	for _, e := range events {
		if f, ok := e.Hollow().Fact.(board.Added); ok && f.Words != "" {
			said = append(said, views.Said{At: machine(e.Time), When: r.words.Stamp(e.Time), Text: f.Words})
		}
	}
	return said
}
