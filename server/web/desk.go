package web

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// deskRows is how many cases one page of a desk shows: what its budget of 14 KB
// holds.
const deskRows = 25

// desk lists what waits for one of the roles of whoever is logged in.
func desk(r *request) (views.Model, error) {
	desks, err := r.site.Office.Desks(r, r.who)
	if err != nil {
		return nil, err
	}
	if len(desks) == 0 {
		return nil, notYours
	}
	role := desks[0].Shelf
	if asked := office.Shelf(r.query["desk"]); slices.Contains(r.who.Shelves(), asked) {
		role = asked
	}
	list, err := r.site.Office.Desk(r, r.who, role, r.query["from"], deskRows)
	if err != nil {
		return nil, err
	}
	m := views.Desk{
		Page: r.page(), Heading: r.words.T("desk.title"), Section: r.words.T("desk.section." + string(role)),
		Empty: r.words.T("desk.empty"),
	}
	path := "/desk?desk=" + string(role)
	for _, d := range desks {
		m.Tabs = append(m.Tabs, views.Tab{
			Href: "/desk?desk=" + string(d.Shelf), Text: r.words.T("desk.section." + string(d.Shelf)),
			Count: count(d.Waiting), Current: d.Shelf == role,
		})
	}
	for i, c := range list.Cases {
		m.Rows = append(m.Rows, r.deskRow(c, list.Lights[i]))
	}
	if r.query["from"] != "" {
		m.First = path
	}
	if list.Next != "" {
		m.More = path + "&from=" + list.Next
	}
	return m, nil
}

// count is how many cases wait; beyond what the office counts it says "more".
func count(n int) string {
	const most = 999
	if n >= most {
		return strconv.Itoa(most) + "+"
	}
	return strconv.Itoa(n)
}

func (r *request) deskRow(c *board.Case, light board.Light) views.Row {
	row := views.Row{
		Href: "/desk/case/" + string(c.Number), Number: c.Number.Grouped(), Title: c.Title, Kind: r.kind(c.Kind),
		Place: r.place(c), Received: r.words.Date(c.Filed), Age: r.age(c.Filed), Unit: r.unit(c.Lead),
		Alarm: r.alarm(light), State: r.state(c),
	}
	if by := r.by(c.Move().By); by != "" {
		row.Due = r.words.T("desk.by", "Date", by)
	}
	return row
}

// age is how long ago something came in, in a few words.
func (r *request) age(t time.Time) string {
	switch past := r.now.Sub(t); {
	case past < time.Hour:
		return r.words.T("age.now")
	case past < 24*time.Hour:
		return r.words.T("age.hours", "Count", int(past/time.Hour))
	default:
		return r.words.T("age.days", "Count", int(past/(24*time.Hour)))
	}
}

// deskCase is a case as staff see it, with what they may do to it now.
func deskCase(r *request) (views.Model, error) { return deskCaseWith(r, "", nil) }

// deskCaseWith fills what was typed into the form of one deed.
func deskCaseWith(r *request, typed board.Deed, values map[string]string) (views.Model, error) {
	v, err := r.site.Office.Case(r, r.who, r.number)
	if err != nil {
		return nil, err
	}
	c := v.Case
	r.back, r.here = "/desk", "/desk/case/"+string(r.number)
	m := views.DeskCase{
		Number: c.Number.Grouped(), Heading: c.Title, State: r.state(c), Next: r.next(c), Facts: r.facts(c),
		Body: c.Body, Remark: c.Remark, Timeline: r.history(v.Events, true), Replies: r.replies(v.Events),
	}
	if c.Stage != board.Closed {
		m.Alarm = r.alarm(r.site.Office.Light(c.Move().By))
	}
	for _, p := range []struct{ key, text string }{{"person.name", c.Name}, {"person.phone", v.Phone}} {
		if p.text != "" {
			m.Person = append(m.Person, views.Fact{Name: r.words.T(p.key), Value: p.text})
		}
	}
	for _, d := range v.Doable {
		if d != board.Rate {
			m.Actions = append(m.Actions, r.action(d, typed, values, c))
		}
	}
	m.Page = r.page()
	return m, nil
}

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
	add("desk.unit", r.unit(c.Lead))
	add("fact.due", r.by(c.Due))
	add("fact.source", c.Source)
	if c.Returns > 0 {
		add("fact.returns", r.words.T("fact.times", "Count", c.Returns))
	}
	if c.Reopened > 0 {
		add("fact.reopened", r.words.T("fact.times", "Count", c.Reopened))
	}
	public := "file.public.no.label"
	if c.MayShow {
		public = "file.public.yes.label"
	}
	add("case.public", r.words.T(public))
	return facts
}

// replies are the letters that were written, the newest first.
func (r *request) replies(events []board.Event) []views.Reply {
	var letters []views.Reply
	lead := &board.Case{}
	for _, e := range events {
		switch f := e.Hollow().Fact.(type) {
		case board.ChargeGiven:
			lead.Lead = f.Lead
		case board.ReplyWritten:
			letter := r.reply(lead, &f.Reply)
			letter.Date = r.words.Stamp(e.Time)
			letters = append(letters, *letter)
		}
	}
	slices.Reverse(letters)
	return letters
}

// deeds are the fields that each deed of staff asks for.
var deeds = map[board.Deed][]views.Field{
	board.Assign:   {{Name: "unit", Kind: views.Select}},
	board.SignFor:  nil,
	board.Progress: {{Name: "note", Kind: views.Area, Rows: 3}},
	board.Answer: {
		{Name: "found", Kind: views.Area, Rows: 4}, {Name: "done", Kind: views.Area, Rows: 4},
		{Name: "basis", Kind: views.Text}, {Name: "contact", Kind: views.Text},
	},
	board.Approve: nil,
	board.Return:  {{Name: "reason", Kind: views.Area, Rows: 3}},
}

// folded are the deeds that are seldom the next thing to do.
var folded = []board.Deed{board.Progress, board.Return}

// action is a deed as a small form.
func (r *request) action(d, typed board.Deed, values map[string]string, c *board.Case) views.Action {
	path := "/desk/case/" + string(c.Number) + "/" + string(d)
	key := "deed." + string(d)
	a := views.Action{
		Deed: string(d), Title: r.words.T(key + ".title"), Hint: r.words.T(key + ".hint"), Button: r.words.T(key + ".button"),
		Post: path, Once: r.stamp(path), Secondary: slices.Contains(folded, d),
	}
	for _, f := range deeds[d] {
		f.Label = r.words.T(key + "." + f.Name + ".label")
		f.Hint = r.words.T(key + "." + f.Name + ".hint")
		if d == typed {
			f.Value = values[f.Name]
		} else if d == board.Answer && c.Draft != nil && c.Reply == board.Returned {
			f.Value = part(c.Draft, f.Name) // what was returned is mended, not written anew
		}
		if f.Name == "unit" {
			f.Options = r.units()
		}
		a.Fields = append(a.Fields, f)
	}
	return a
}

func part(reply *board.Reply, name string) string {
	switch name {
	case "found":
		return reply.Found
	case "done":
		return reply.Done
	case "basis":
		return reply.Basis
	case "contact":
		return reply.Contact
	}
	return ""
}

func (r *request) units() []views.Option {
	options := []views.Option{{Label: r.words.T("desk.choose")}}
	for _, u := range r.county.List {
		options = append(options, views.Option{Value: u.ID.String(), Label: r.words.Pick(u.Name)})
	}
	return options
}

// deedForm is what was typed into the form of a deed of staff.
type deedForm struct {
	deed   board.Deed
	values map[string]string
}

// readDeed makes the reader of a deed's form.
func readDeed(d board.Deed) func(*request) form {
	return func(r *request) form {
		values := map[string]string{}
		for _, f := range deeds[d] {
			values[f.Name] = r.post(f.Name)
		}
		return deedForm{d, values}
	}
}

// field is where an error of the deed stands on the page, which has several.
func (f deedForm) field(name string) string { return string(f.deed) + "-" + name }

func (f deedForm) page(r *request) (views.Model, error) {
	m, err := deskCaseWith(r, f.deed, f.values)
	if err != nil {
		return nil, err
	}
	for _, a := range m.(views.DeskCase).Actions {
		if a.Deed == string(f.deed) {
			return m, nil
		}
	}
	return r.movedOn(r.here, f.text()), nil // the case has moved on: the words come back all the same
}

// text is all that was typed, for giving back.
func (f deedForm) text() string {
	var lines []string
	for _, field := range deeds[f.deed] {
		if field.Kind != views.Select && f.values[field.Name] != "" {
			lines = append(lines, f.values[field.Name])
		}
	}
	return strings.Join(lines, "\n")
}

func (f deedForm) do(r *request) (outcome, error) {
	if f.deed == board.Answer {
		if out, err := f.preview(r); err != nil || out.model != nil {
			return out, err
		}
	}
	if err := f.act(r); err != nil {
		return outcome{}, err
	}
	return see("/desk/case/" + string(r.number))
}

func (f deedForm) act(r *request) error {
	o := r.site.Office
	switch f.deed {
	case board.Assign:
		return o.Assign(r, r.who, r.number, r.sent, office.Assignment{Lead: f.values["unit"]})
	case board.SignFor:
		return o.SignFor(r, r.who, r.number, r.sent)
	case board.Progress:
		return o.Progress(r, r.who, r.number, r.sent, f.values["note"])
	case board.Answer:
		return o.Answer(r, r.who, r.number, r.sent, f.reply())
	case board.Approve:
		return o.Approve(r, r.who, r.number, r.sent)
	case board.Return:
		return o.Return(r, r.who, r.number, r.sent, f.values["reason"])
	}
	return noPage
}

func (f deedForm) reply() board.Reply {
	return board.Reply{Found: f.values["found"], Done: f.values["done"], Basis: f.values["basis"], Contact: f.values["contact"]}
}

// preview shows a reply as its resident will see it, before it goes to the
// reviewer; it ends with nothing once that page was read.
func (f deedForm) preview(r *request) (outcome, error) {
	if r.post("change") != "" {
		model, err := f.page(r)
		return outcome{model: model}, err
	}
	if r.post("read") != "" {
		return outcome{}, nil
	}
	if err := r.site.Office.CheckReply(r, f.reply()); err != nil {
		return outcome{}, err
	}
	v, err := r.site.Office.Case(r, r.who, r.number)
	if err != nil {
		return outcome{}, err
	}
	reply := f.reply()
	r.here = "/desk/case/" + string(r.number)
	r.back = r.here
	m := views.AnswerPreview{
		Number: v.Case.Number.Grouped(), Heading: v.Case.Title, Reply: *r.reply(v.Case, &reply),
		Hidden: []views.Hidden{{Name: "read", Value: "yes"}}, Post: r.path,
	}
	for _, field := range deeds[f.deed] {
		m.Hidden = append(m.Hidden, views.Hidden{Name: field.Name, Value: f.values[field.Name]})
	}
	m.Page = r.page()
	m.Page.Once = r.stamp(r.path)
	return outcome{model: m}, nil
}
