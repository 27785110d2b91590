package web

import (
	"slices"
	"strings"

	"lianxin/server/board"
	"lianxin/views"
)

func trim(s string) string { return strings.TrimSpace(s) }

// unitList are the units, those that are no more at the end.
func unitList(r *request) (views.Model, error) {
	r.administer("/admin/units", "/admin")
	m := views.AdminList{
		Heading: r.words.T("admin.units.title"), Lead: []string{r.words.T("admin.units.lead")}, Caption: r.words.T("admin.units.caption"),
		Columns: []string{r.words.T("admin.name"), r.words.T("admin.units.people"), r.words.T("admin.phone")}, Empty: r.words.T("admin.units.empty"),
		Add: &views.Action{
			Deed: "add", Title: r.words.T("admin.units.add"), Post: "/admin/units", Once: r.stamp("/admin/units"), Button: r.words.T("admin.add"),
			Fields: r.unitFields(&board.Unit{}),
		},
	}
	for _, u := range leaf(r, &m, "/admin/units", r.unitsInOrder(), func(u *board.Unit) string { return u.ID.String() },
		func(u *board.Unit) []string { return everyName(u.Name, everyName(u.Does, u.Phone)...) }) {
		row := views.AdminRow{
			Href: "/admin/units/" + u.ID.String(), Name: r.words.Pick(u.Name), Note: r.words.Pick(u.Does),
			Cells: []string{r.words.T("admin.people", "Count", len(r.workers(u.ID))), u.Phone},
		}
		if u.Closed() {
			row.State = views.Stamp{Text: r.words.T("admin.units.closed"), Tone: views.ToneStop}
		}
		m.Rows = append(m.Rows, row)
	}
	m.Page = r.page()
	return m, nil
}

// unitsInOrder are the units as they were founded, those that are closed at the
// end.
func (r *request) unitsInOrder() []*board.Unit {
	all := slices.Clone(r.county.List)
	slices.SortStableFunc(all, func(a, b *board.Unit) int {
		switch {
		case a.Closed() == b.Closed():
			return 0
		case a.Closed():
			return 1
		}
		return -1
	})
	return all
}

// workers are those who work for a unit now.
func (r *request) workers(unit board.ID) []*board.Staff {
	var all []*board.Staff
	for _, s := range r.county.Staff {
		if s.Unit == unit && !s.Left {
			all = append(all, s)
		}
	}
	return all
}

func (r *request) unitFields(u *board.Unit) []views.Field {
	fields := r.tongues("name", "admin.name.label", "", views.Text, u.Name)
	fields = append(fields, r.tongues("does", "admin.units.does.label", "admin.units.does.hint", views.Area, u.Does)...)
	return append(fields, views.Field{
		Name: "phone", Kind: views.Tel, Value: r.typed("phone", u.Phone),
		Label: r.words.T("admin.units.phone.label"), Hint: r.words.T("admin.units.phone.hint"),
	})
}

func (r *request) founded() board.Founded {
	return board.Founded{Name: r.spoken("name"), Does: r.spoken("does"), Phone: trim(r.post("phone"))}
}

func addUnit(r *request) (string, error) {
	_, err := r.site.Office.Found(r.once(), r.who.Actor, r.founded())
	return "/admin/units?said=added", err
}

// unitAt is the unit in the path.
func (r *request) unitAt() (*board.Unit, error) {
	id, err := board.ParseID(r.params["unit"])
	if u := r.county.Units[id]; err == nil && u != nil {
		return u, nil
	}
	return nil, noPage
}

// oneUnit is a unit to be changed, or closed.
func oneUnit(r *request) (views.Model, error) {
	u, err := r.unitAt()
	if err != nil {
		return nil, err
	}
	path := "/admin/units/" + u.ID.String()
	r.administer(path, "/admin/units")
	m := views.AdminForm{Heading: r.words.Pick(u.Name)}
	var names []string
	for _, s := range r.workers(u.ID) {
		names = append(names, s.Name)
	}
	if len(names) > 0 {
		m.Facts = append(m.Facts, views.Fact{Name: r.words.T("admin.units.people"), Value: strings.Join(names, r.words.T("admin.and"))})
	}
	if u.Closed() {
		m.Facts = append(m.Facts, views.Fact{Name: r.words.T("admin.units.heir.label"), Value: r.unit(u.Heir)})
		m.Lead = []string{r.words.T("admin.units.closed.lead")}
		m.Page = r.page()
		return m, nil
	}
	m.Lead = []string{r.words.T("admin.units.shown")}
	m.Groups, m.Post, m.Button = []views.Group{{Fields: r.unitFields(u)}}, path, r.words.T("admin.save")
	if len(r.unitOptions()) > 1 {
		m.Danger = []views.Action{{
			Deed: "close", Title: r.words.T("admin.units.close"), Hint: r.words.T("admin.units.close.hint"),
			Post: path + "/close", Once: r.stamp(path + "/close"), Button: r.words.T("admin.units.close.button"),
			Fields: []views.Field{
				r.unitField(views.Field{Name: "heir", Label: r.words.T("admin.units.heir.label"), Value: r.typed("heir", "")}, r.words.T("desk.choose"), u.ID),
				r.sureField(r.words.T("admin.units.close.sure")),
			},
		}}
	}
	m.Page = r.page()
	m.Page.Once = r.stamp(path)
	return m, nil
}

func changeUnit(r *request) (string, error) {
	u, err := r.unitAt()
	if err != nil {
		return "", err
	}
	return "/admin/units/" + u.ID.String() + "?said=saved", r.site.Office.Rename(r.once(), r.who.Actor, u.ID, r.founded())
}

func closeUnit(r *request) (string, error) {
	u, err := r.unitAt()
	if err != nil {
		return "", err
	}
	if err := r.sure(); err != nil {
		return "", err
	}
	heir, err := r.unitTyped("heir", r.post("heir"))
	if err != nil {
		return "", err
	}
	return "/admin/units?said=saved", r.site.Office.Dissolve(r.once(), r.who.Actor, u.ID, heir)
}
