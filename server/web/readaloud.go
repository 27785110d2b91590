package web

import (
	"lianxin/server/board"
	"lianxin/views"
)

// tasks are the answers that people want read to them, those of one person
// together.
func tasks(r *request) (views.Model, error) {
	people, err := r.site.Office.Tasks(r, r.who)
	if err != nil {
		return nil, err
	}
	r.back = "/assist"
	r.sayDone()
	m := views.AssistTasks{Page: r.page()}
	for _, p := range people {
		l := views.Listener{Name: p.Name, Place: r.where(p.Township, p.Village), Phone: p.Phone}
		for _, c := range p.Cases {
			l.Cases = append(l.Cases, views.Link{Href: assistPath(c.Number), Text: c.Title})
		}
		m.People = append(m.People, l)
	}
	return m, nil
}

// helpedCase is a case as its person is told of it, for whoever reads it to
// them.
func helpedCase(r *request) (views.Model, error) {
	r.sayDone()
	return helpedCaseWith(r, nil)
}

// helpedCaseWith fills what was typed into one of the page's forms.
func helpedCaseWith(r *request, typed map[string]string) (views.Model, error) {
	v, err := r.site.Office.HelpedCase(r, r.who, r.number)
	if err != nil {
		return nil, err
	}
	c := v.Case
	r.back, r.here = "/assist", assistPath(c.Number)
	m := views.AssistCase{
		Number: c.Number.Grouped(), Heading: c.Title, Person: c.Name, Phone: v.Phone, State: r.state(c), Next: r.next(c),
		Standing: r.notConfirmed(c), Timeline: r.history(v.Events, false),
	}
	if c.Published != nil {
		sheet := r.sheet(v, c.Name)
		m.Answer = &sheet
	}
	for _, d := range []board.Deed{board.TellOut, board.PassBack} {
		if mayDo(v.Doable, d) {
			m.Actions = append(m.Actions, r.aloud(d, typed))
		}
	}
	m.Page = r.page()
	return m, nil
}

// notConfirmed says that the person does not, or not yet, stand behind a case;
// "" when they do.
func (r *request) notConfirmed(c *board.Case) string {
	switch c.Standing {
	case board.Pending:
		return r.words.T("assist.standing.pending", "Date", r.by(c.ConfirmBy))
	case board.Frozen:
		return r.words.T("assist.standing.frozen")
	}
	return ""
}

// aloudPaths are the deeds of a reading task as their paths name them.
var aloudPaths = map[board.Deed]string{board.TellOut: "readout", board.PassBack: "passback"}

// aloud is one of the forms of a reading task. What the person said of the
// answer is theirs: nothing here asks whether it is solved.
func (r *request) aloud(d board.Deed, typed map[string]string) views.Action {
	name := aloudPaths[d]
	path := assistPath(r.number) + "/" + name
	a := views.Action{Deed: name, Post: path, Once: r.stamp(path)}
	value := func(field, otherwise string) string {
		if typed != nil && r.path == path {
			return typed[field]
		}
		return otherwise
	}
	if d == board.PassBack {
		a.Title, a.Hint, a.Button, a.Secondary = r.words.T("assist.passback"), r.words.T("assist.passback.hint"), r.words.T("assist.passback.button"), true
		a.Fields = []views.Field{{Name: "reason", Kind: views.Area, Rows: 3, Value: value("reason", ""), Label: r.words.T("assist.passback.reason")}}
		return a
	}
	now := r.now.In(board.Zone)
	a.Title, a.Hint, a.Button = r.words.T("assist.readout"), r.words.T("assist.readout.hint"), r.words.T("assist.readout.button")
	a.Fields = []views.Field{
		{Name: "day", Kind: views.Text, Value: value("day", now.Format("2006-01-02")), Label: r.words.T("assist.readout.day"), Hint: r.words.T("assist.readout.day.hint")},
		{Name: "time", Kind: views.Text, Value: value("time", now.Format("15:04")), Label: r.words.T("assist.readout.time"), Hint: r.words.T("assist.readout.time.hint")},
		{Name: "how", Kind: views.Choice, Short: true, Value: value("how", string(board.FaceToFace)), Label: r.words.T("assist.readout.how"), Options: []views.Option{
			{Value: string(board.FaceToFace), Label: r.words.T("assist.readout.face")},
			{Value: string(board.ByPhone), Label: r.words.T("assist.readout.phone")},
		}},
		{Name: "words", Kind: views.Area, Rows: 3, Value: value("words", ""), Label: r.words.T("assist.readout.words")},
	}
	return a
}

// aloudForm is what was typed into one of these forms.
type aloudForm struct {
	deed   board.Deed
	values map[string]string
}

func readAloud(d board.Deed) func(*request) form {
	return func(r *request) form { return aloudForm{d, r.form} }
}

// field is where an error stands on the page, which has two forms.
func (f aloudForm) field(name string) string {
	if name == "at" {
		name = "day"
	}
	return aloudPaths[f.deed] + "-" + name
}

// text is what was typed, for giving back.
func (f aloudForm) text() string { return lines(f.values["words"], f.values["reason"]) }

func (f aloudForm) page(r *request) (views.Model, error) {
	m, err := helpedCaseWith(r, f.values)
	if err != nil {
		return nil, err
	}
	for _, a := range m.(views.AssistCase).Actions {
		if a.Deed == aloudPaths[f.deed] {
			return m, nil
		}
	}
	return r.movedOn(r.here, f.text()), nil // somebody else has read it out, or it was taken back
}

func (f aloudForm) do(r *request) (outcome, error) {
	o, v := r.site.Office, f.values
	var err error
	if f.deed == board.PassBack {
		err = o.PassBack(r, r.who, r.number, r.sent, v["reason"])
	} else {
		told := board.ReadOut{How: board.How(v["how"]), Words: v["words"]}
		told.At, _ = moment(v["day"], v["time"]) // what is no time is refused by the board
		err = o.ReadOut(r, r.who, r.number, r.sent, told)
	}
	if err != nil {
		return outcome{}, err
	}
	return see("/assist/tasks?" + doneQuery)
}
