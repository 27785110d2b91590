package web

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// The pages of administration. Most are a list with a form that adds one, or a
// thing with a form that changes it and some that take something away. None of
// them reads a case.

// ask is a form of such a page. What was typed lies in the request.
type ask struct {
	name string // what the ids of its fields begin with; "" for the form of the page itself
	show func(*request) (views.Model, error)
	act  func(*request) (to string, err error)
}

// asks makes the reader of a form.
func asks(name string, show func(*request) (views.Model, error), act func(*request) (string, error)) func(*request) form {
	return func(*request) form { return ask{name, show, act} }
}

func (f ask) page(r *request) (views.Model, error) { return f.show(r) }

// field is where a fault stands. A name that is not somebody's is asked for in
// all languages, and must be there in Chinese.
func (f ask) field(name string) string {
	if name == "name" || name == "topics" {
		name = "name-zh-Hans"
	}
	return f.own(name)
}

func (f ask) own(name string) string {
	name = strings.ReplaceAll(name, ".", "-") // no dot may stand in an id
	if f.name != "" {
		name = f.name + "-" + name
	}
	return name
}

func (f ask) do(r *request) (outcome, error) {
	to, err := f.act(r)
	if err != nil {
		return outcome{}, r.renew(err)
	}
	return see(to)
}

// askPerson is a form about one of the staff, whose name is in one language.
type askPerson struct{ ask }

func asksPerson(name string, show func(*request) (views.Model, error), act func(*request) (string, error)) func(*request) form {
	return func(*request) form { return askPerson{ask{name, show, act}} }
}

func (f askPerson) field(name string) string { return f.own(name) }

// renew gives a form that comes again with other words a new token: the
// next press of the button is another deed.
func (r *request) renew(err error) error {
	if faults, expected := board.Faults(err); expected && (faults[0].ID == "form.sent" || faults[0].ID == "filing.sent") {
		r.held = false
	}
	return err
}

// once is the context in which this form's deed is done at most once.
func (r *request) once() *request {
	said := map[string]string{}
	for name, value := range r.form {
		if name != "token" && name != "once" && name != "factor" {
			said[name] = value
		}
	}
	for name, content := range r.files {
		said[name] = string(content)
	}
	text, err := json.Marshal(said)
	if err != nil {
		return r // of strings there is none
	}
	q := *r
	q.Context = office.WithForm(r.Context, r.sent, string(text))
	return &q
}

// typed is what stands in a field: what was typed into the form that came back,
// else what is true now.
func (r *request) typed(name, now string) string {
	if value, typed := r.form[name]; typed {
		return value
	}
	return now
}

// ticked is the same for a box. A box that is not ticked sends nothing, so the
// form that came back must be the one it stands in.
func (r *request) ticked(path, name string, now bool) bool {
	if r.row.form != nil && r.path == path {
		return r.post(name) != ""
	}
	return now
}

// sure refuses what was not confirmed.
func (r *request) sure() error {
	if r.post("sure") == "" {
		return board.Fault{Kind: board.Invalid, ID: "admin.sure", Field: "sure"}
	}
	return nil
}

// sureField is the box to confirm with.
func (r *request) sureField(label string) views.Field {
	return views.Field{Name: "sure", Kind: views.Tick, Label: label}
}

// administer is where a page of administration stands, and what it says about
// the form that led to it.
func (r *request) administer(here, back string) {
	r.here, r.back = here, back
	switch r.query["said"] {
	case "saved":
		r.flash = r.words.T("admin.said.saved")
	case "added":
		r.flash = r.words.T("admin.said.added")
	case "moved":
		moved, _ := strconv.Atoi(r.query["count"])
		r.flash = r.words.T("admin.staff.moved", "Count", max(moved, 0))
	case "brought":
		added, _ := strconv.Atoi(r.query["count"])
		r.flash = r.words.T("admin.places.brought", "Count", max(added, 0))
	case "removed":
		r.flash = r.words.T("admin.said.removed")
	}
}

// tongues are the fields of a text in all languages, and what was typed there.
func (r *request) tongues(name, label, hint string, kind views.Kind, now board.Texts) []views.Field {
	var fields []views.Field
	for _, l := range r.site.Words.Languages() {
		key := name + "-" + l.Tag
		f := views.Field{Name: key, Kind: kind, Label: r.words.T(label, "Language", l.Name), Value: r.typed(key, now[l.Tag])}
		if len(fields) == 0 && hint != "" {
			f.Hint = r.words.T(hint)
		}
		if kind == views.Area {
			f.Rows = 3
		}
		fields = append(fields, f)
	}
	return fields
}

// spoken is a text in all languages as it was typed; those left empty are left
// out.
func (r *request) spoken(name string) board.Texts {
	texts := board.Texts{}
	for _, l := range r.site.Words.Languages() {
		if text := trim(r.post(name + "-" + l.Tag)); text != "" {
			texts[l.Tag] = text
		}
	}
	return texts
}

// admin shows what can be set.
func admin(r *request) (views.Model, error) {
	r.administer("/admin", "")
	m := views.Admin{Page: r.page()}
	lack := func(yes bool, key string, pairs ...any) views.Stamp {
		if !yes {
			return views.Stamp{}
		}
		return views.Stamp{Text: r.words.T(key, pairs...), Tone: views.ToneYellow}
	}
	year := r.now.In(board.Zone).Year() + 1
	looked, err := r.examine()
	if err != nil {
		return nil, err
	}
	ill := looked.ill()
	type card struct {
		path, name, what string
		state            views.Stamp
	}
	cards := []card{
		{"/admin/units", "admin.units.title", "admin.units.what", lack(len(r.county.List) == 0, "admin.none")},
		{"/admin/places", "admin.places.title", "admin.places.what", lack(len(r.county.Townships) == 0, "admin.none")},
		{"/admin/topics", "admin.topics.title", "admin.topics.what", views.Stamp{}},
		{"/admin/staff", "admin.staff.title", "admin.staff.what", lack(r.lackRole() != "", "admin.staff.lack", "Role", r.lackRole())},
		{"/admin/roster", "admin.roster.title", "admin.roster.what", views.Stamp{}},
		{"/admin/settings", "admin.settings.title", "admin.settings.what", views.Stamp{}},
		{"/admin/calendar", "admin.calendar.title", "admin.calendar.what", lack(r.lackYear(year), "admin.calendar.lack", "Year", year)},
		{"/admin/county", "admin.county.title", "admin.county.what", views.Stamp{}},
		{"/admin/sessions", "admin.sessions.title", "admin.sessions.what", views.Stamp{}},
		{changesPath, "changes.title", "changes.lead", views.Stamp{}},
		{holdsPath, "holds.title", "holds.about", views.Stamp{}},
		{"/admin/box", "box.title", "admin.box.what", lack(ill > 0, "admin.box.ill", "Count", ill)},
	}
	if r.site.Bring != nil {
		cards = append(cards, card{tablePath, "import.title", "import.what", views.Stamp{}})
	}
	for _, c := range cards {
		m.Cards = append(m.Cards, views.AdminCard{Href: c.path, Name: r.words.T(c.name), What: r.words.T(c.what), State: c.state})
	}
	return m, nil
}

// lackRole is the first role without which a case goes nowhere and that nobody
// has; "" when there is none.
func (r *request) lackRole() string {
	have := board.Roles{}
	for _, s := range r.county.Staff {
		if !s.Left {
			have = append(have, s.Roles...)
		}
	}
	for _, role := range (board.Roles{board.Dispatcher, board.Handler, board.Reviewer}) {
		if !have.Has(role) {
			return r.words.T("role." + string(role))
		}
	}
	return ""
}

// lackYear tells whether a year's holidays should be known by now: the notice
// comes at the beginning of November.
func (r *request) lackYear(year int) bool {
	for _, y := range r.site.Office.Years(r.county) {
		if y.Year == year {
			return !y.Published && r.now.In(board.Zone).Month() >= time.November
		}
	}
	return false
}

// county is what the county is called and whom to call.
func county(r *request) (views.Model, error) {
	r.administer("/admin/county", "/admin")
	m := views.AdminForm{
		Page: r.page(), Heading: r.words.T("admin.county.title"), Post: "/admin/county", Button: r.words.T("admin.save"),
		Groups: []views.Group{{Fields: append(
			r.tongues("name", "admin.name.label", "", views.Text, r.county.Name),
			views.Field{Name: "hotline", Kind: views.Tel, Value: r.typed("hotline", r.county.Hotline),
				Label: r.words.T("first.hotline.label"), Hint: r.words.T("first.hotline.hint")})}},
	}
	m.Page.Once = r.stamp(m.Post)
	return m, nil
}

func setCounty(r *request) (string, error) {
	err := r.site.Office.NameCounty(r.once(), r.who.Actor, board.CountyNamed{Name: r.spoken("name"), Hotline: trim(r.post("hotline"))})
	return "/admin/county?said=saved", err
}
