package web

import (
	"cmp"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/store"
	"lianxin/views"
)

// staffList are the people who work on cases, those who left at the end.
func staffList(r *request) (views.Model, error) {
	r.administer("/admin/staff", "/admin")
	m := views.AdminList{
		Heading: r.words.T("admin.staff.title"), Lead: []string{r.words.T("admin.staff.lead")}, Caption: r.words.T("admin.staff.caption"),
		Columns: []string{r.words.T("admin.staff.name"), r.words.T("admin.staff.roles.label"), r.words.T("desk.unit"), r.words.T("admin.staff.deputy")},
		Empty:   r.words.T("admin.none"),
		Add: &views.Action{
			Deed: "add", Title: r.words.T("admin.staff.add"), Hint: r.words.T("admin.staff.add.hint"), Post: "/admin/staff",
			Once: r.stamp("/admin/staff"), Button: r.words.T("admin.add"),
			Fields: r.withFactor(append([]views.Field{
				r.nameField(""),
				{Name: "login", Kind: views.Text, Label: r.words.T("staff.name.label"), Hint: r.words.T("first.login.hint"), Value: r.typed("login", "")},
			}, r.postFields("/admin/staff", &board.Staff{})...)...),
		},
	}
	for _, s := range leaf(r, &m, "/admin/staff", r.staffInOrder(), func(s *board.Staff) string { return s.ID.String() },
		func(s *board.Staff) []string {
			return []string{s.Name, s.Login, r.roles(s.Roles), r.unit(s.Unit), r.areas(s)}
		}) {
		row := views.AdminRow{
			Href: "/admin/staff/" + s.ID.String(), Name: s.Name, Note: s.Login,
			Cells: []string{r.roles(s.Roles), cmp.Or(r.unit(s.Unit), r.areas(s)), r.deputy(s)},
		}
		switch {
		case s.Left:
			row.State = views.Stamp{Text: r.words.T("admin.staff.left"), Tone: views.ToneStop}
		case s.Away.After(r.now):
			row.State = views.Stamp{Text: r.words.T("admin.staff.away", "Date", r.words.Day(s.Away)), Tone: views.ToneStop}
		}
		m.Rows = append(m.Rows, row)
	}
	m.Page = r.page()
	return m, nil
}

// deputy names who stands in for somebody, and says when they have left.
func (r *request) deputy(s *board.Staff) string {
	d := r.county.Staff[s.Deputy]
	switch {
	case d == nil:
		return ""
	case d.Left && !s.Left:
		return r.words.T("admin.staff.deputy.left", "Name", d.Name)
	}
	return d.Name
}

// standing is where somebody stands on a list: by the first of their roles, behind
// all others when they have left.
func standing(s *board.Staff) int {
	if s.Left {
		return len(board.StaffRoles)
	}
	return slices.IndexFunc(board.StaffRoles, s.Roles.Has)
}

func (r *request) staffInOrder() []*board.Staff {
	var all []*board.Staff
	for _, s := range r.county.Staff {
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b *board.Staff) int {
		return cmp.Or(cmp.Compare(standing(a), standing(b)), strings.Compare(a.Name, b.Name), strings.Compare(a.Login, b.Login))
	})
	return all
}

func (r *request) roles(roles board.Roles) string {
	var names []string
	for _, role := range board.StaffRoles {
		if roles.Has(role) {
			names = append(names, r.words.T("role."+string(role)))
		}
	}
	return strings.Join(names, r.words.T("admin.and"))
}

func (r *request) nameField(now string) views.Field {
	return views.Field{Name: "name", Kind: views.Text, Label: r.words.T("admin.staff.name"), Value: r.typed("name", now)}
}

// postFields are what somebody does: roles and unit.
func (r *request) postFields(path string, s *board.Staff) []views.Field {
	ticks := views.Field{Name: "roles", Kind: views.Ticks, Short: true, Label: r.words.T("admin.staff.roles.label"), Hint: r.words.T("admin.staff.roles.hint")}
	for _, role := range board.StaffRoles {
		ticks.Options = append(ticks.Options, views.Option{
			Value: string(role), Label: r.words.T("role." + string(role)), Checked: r.ticked(path, "roles-"+string(role), s.Roles.Has(role)),
		})
	}
	var areas []string
	for _, a := range s.Areas {
		areas = append(areas, strings.TrimSpace(r.town(a.Township)+" "+a.Village))
	}
	return []views.Field{ticks, {
		Name: "areas", Kind: views.Area, Rows: 3, Value: r.typed("areas", strings.Join(areas, "\n")),
		Label: r.words.T("admin.staff.areas.label"), Hint: r.words.T("admin.staff.areas.hint"),
	}, r.unitField(views.Field{
		Name: "unit", Value: r.typed("unit", idText(s.Unit)), Label: r.words.T("desk.unit"), Hint: r.words.T("admin.staff.unit.hint"),
	}, r.words.T("desk.choose"), board.ID{})}
}

func (r *request) rolesTyped() board.Roles {
	var roles board.Roles
	for _, role := range board.StaffRoles {
		if r.post("roles-"+string(role)) != "" {
			roles = append(roles, role)
		}
	}
	return roles
}

// areasTyped are the places whose people somebody helps, one a line.
func (r *request) areasTyped() ([]board.Area, error) {
	var areas []board.Area
	for line := range strings.Lines(r.post("areas")) {
		if trim(line) == "" {
			continue
		}
		area, err := r.county.ParseArea(line)
		if err != nil {
			return nil, err
		}
		areas = append(areas, area)
	}
	return areas, nil
}

// idTyped is an id chosen in a select; the zero ID for none.
func idTyped(text string) board.ID {
	id, err := board.ParseID(text)
	if err != nil {
		return board.ID{}
	}
	return id
}

// named refuses somebody without a name.
func (r *request) named() (string, error) {
	name := trim(r.post("name"))
	if name == "" {
		return "", board.Fault{Kind: board.Invalid, ID: "staff.name", Field: "name"}
	}
	return name, nil
}

// staffAt is whom the path names.
func (r *request) staffAt() (*board.Staff, error) {
	id, err := board.ParseID(r.params["staff"])
	if s := r.county.Staff[id]; err == nil && s != nil {
		return s, nil
	}
	return nil, noPage
}

// oneStaff is somebody: what they do, who stands in for them, until when they
// are away.
func oneStaff(r *request) (views.Model, error) {
	s, err := r.staffAt()
	if err != nil {
		return nil, err
	}
	path := "/admin/staff/" + s.ID.String()
	r.administer(path, "/admin/staff")
	m := views.AdminForm{Heading: s.Name, Facts: []views.Fact{{Name: r.words.T("staff.name.label"), Value: s.Login}}}
	if s.Left {
		m.Lead = []string{r.words.T("admin.staff.left.lead")}
		m.Page = r.page()
		return m, nil
	}
	if s.Away.After(r.now) {
		m.Facts = append(m.Facts, views.Fact{Name: r.words.T("admin.staff.away.title"), Value: r.words.Date(s.Away)})
	}
	card, err := r.cardFact(s)
	if err != nil {
		return nil, err
	}
	m.Facts = append(m.Facts, r.recoveryFact(s.Recovery))
	m.Facts = append(m.Facts, card...)
	fields := append([]views.Field{r.nameField(s.Name)}, r.postFields(path, s)...)
	m.Groups = []views.Group{{Fields: r.withFactor(append(fields, r.staffField(views.Field{
		Name: "deputy", Value: r.typed("deputy", idText(s.Deputy)), Label: r.words.T("admin.staff.deputy"), Hint: r.words.T("admin.staff.deputy.hint"),
	}, r.words.T("admin.staff.deputy.none"), func(other *board.Staff) bool { return other.ID != s.ID }))...)}}
	m.Post, m.Button = path, r.words.T("admin.save")
	m.Danger = r.staffDangers(s, path)
	m.Page = r.page()
	m.Page.Once = r.stamp(path)
	return m, nil
}

func idText(id board.ID) string {
	if id.IsZero() {
		return ""
	}
	return id.String()
}

func (r *request) staffDangers(s *board.Staff, path string) []views.Action {
	action := func(deed, title, hint, button string, fields ...views.Field) views.Action {
		return views.Action{
			Deed: deed, Title: r.words.T(title), Hint: r.words.T(hint), Button: r.words.T(button),
			Post: path + "/" + deed, Once: r.stamp(path + "/" + deed), Fields: r.withFactor(fields...),
		}
	}
	var dangers []views.Action
	if !s.Deputy.IsZero() {
		until := ""
		if s.Away.After(r.now) {
			until = s.Away.In(board.Zone).Format(time.DateOnly)
		}
		dangers = append(dangers, action("away", "admin.staff.away.title", "admin.staff.away.hint", "admin.save", views.Field{
			Name: "until", Kind: views.Text, Value: r.typed("until", until),
			Label: r.words.T("admin.staff.away.label"), Hint: r.words.T("admin.staff.away.example"),
		}))
	}
	dangers = append(dangers, r.cardAction(path))
	dangers = append(dangers, action("rekey", "admin.staff.rekey", "admin.staff.rekey.hint", "admin.staff.rekey.button",
		r.sureField(r.words.T("admin.staff.rekey.sure"))))
	if s.ID != r.who.Staff {
		fields := []views.Field{r.sureField(r.words.T("admin.staff.leave.sure"))}
		if s.Roles.Has(board.Helper) {
			fields = append([]views.Field{r.heirField(s)}, fields...)
		}
		dangers = append(dangers, action("leave", "admin.staff.leave", "admin.staff.leave.hint", "admin.staff.leave.button", fields...))
	}
	return dangers
}

// heirField asks who goes on with what a helper had to read to people.
func (r *request) heirField(s *board.Staff) views.Field {
	return r.staffField(views.Field{
		Name: "heir", Value: r.typed("heir", ""), Label: r.words.T("admin.staff.heir"), Hint: r.words.T("admin.staff.heir.hint"),
	}, r.words.T("admin.staff.heir.desk"), func(other *board.Staff) bool { return other.ID != s.ID && other.Roles.Has(board.Helper) })
}

func postStaff(r *request) (string, error) {
	s, err := r.staffAt()
	if err != nil {
		return "", err
	}
	name, err := r.named()
	if err != nil {
		return "", err
	}
	areas, err := r.areasTyped()
	if err != nil {
		return "", err
	}
	unit, err := r.unitTyped("unit", r.post("unit"))
	if err != nil {
		return "", err
	}
	deputy, err := r.staffTyped("deputy", r.post("deputy"))
	if err != nil {
		return "", err
	}
	p := board.Posted{Name: name, Unit: idTyped(unit), Roles: r.rolesTyped(), Areas: areas, Deputy: deputy}
	if s.ID == r.who.Staff && !p.Roles.Has(board.Admin) {
		return "", board.Fault{Kind: board.Invalid, ID: "staff.admin", Field: "roles"} // or nobody might be left who can give it back
	}
	return "/admin/staff/" + s.ID.String() + "?said=saved", r.site.Office.PostStaff(r.once(), r.who.Actor, s.ID, p)
}

func goAway(r *request) (string, error) {
	s, err := r.staffAt()
	if err != nil {
		return "", err
	}
	until := time.Time{}
	if text := trim(r.post("until")); text != "" {
		day, ok := dayTyped(text)
		if !ok {
			return "", board.Fault{Kind: board.Invalid, ID: "day", Field: "until"}
		}
		until = day.AddDate(0, 0, 1).Add(-time.Second) // the end of that day
	}
	return "/admin/staff/" + s.ID.String() + "?said=saved", r.site.Office.GoAway(r.once(), r.who.Actor, s.ID, until)
}

// dayTyped reads a day as people write it: 2026-10-08, 2026.10.8, 2026年10月8日.
func dayTyped(text string) (time.Time, bool) {
	plain := strings.NewReplacer("年", "-", "月", "-", "日", "", ".", "-", "/", "-", "－", "-", " ", "").Replace(text)
	plain = strings.Map(func(c rune) rune {
		if c >= '０' && c <= '９' {
			return '0' + c - '０'
		}
		return c
	}, plain)
	day, err := time.ParseInLocation("2006-1-2", plain, board.Zone)
	return day, err == nil
}

func leave(r *request) (string, error) {
	s, err := r.staffAt()
	if err != nil {
		return "", err
	}
	if err := r.sure(); err != nil {
		return "", err
	}
	if !s.Roles.Has(board.Helper) {
		return "/admin/staff?said=saved", r.site.Office.Leave(r.once(), r.who.Actor, s.ID)
	}
	heir, err := r.staffTyped("heir", r.post("heir"))
	if err != nil {
		return "", err
	}
	moved, err := r.site.Office.LeaveTo(r.once(), r.who.Actor, s.ID, heir)
	return "/admin/staff?said=moved&count=" + strconv.Itoa(moved), err
}

// sessionList are the browsers in which staff are logged in now.
func sessionList(r *request) (views.Model, error) {
	sessions, err := r.site.Office.Sessions(r, r.who)
	if err != nil {
		return nil, err
	}
	r.administer("/admin/sessions", "/admin")
	m := views.AdminList{
		Heading: r.words.T("admin.sessions.title"), Lead: []string{r.words.T("admin.sessions.lead")}, Caption: r.words.T("admin.sessions.caption"),
		Columns: []string{r.words.T("admin.staff.name"), r.words.T("admin.sessions.begun"), r.words.T("admin.sessions.seen")}, Empty: r.words.T("admin.none"),
	}
	slices.SortFunc(sessions, func(a, b store.StaffSession) int { return b.Seen.Compare(a.Seen) })
	for _, s := range leaf(r, &m, "/admin/sessions", sessions, func(s store.StaffSession) string { return s.Key },
		func(s store.StaffSession) []string { return []string{r.county.StaffName(s.Staff)} }) {
		path := "/admin/sessions/" + s.Key
		m.Rows = append(m.Rows, views.AdminRow{
			Name: r.county.StaffName(s.Staff), Cells: []string{r.words.Stamp(s.Begun), r.words.Stamp(s.Seen)},
			Acts: []views.Action{{Post: path, Once: r.stamp(path), Button: r.words.T("admin.sessions.end")}},
		})
		if s.Key == hex.EncodeToString(r.who.Session[:]) {
			m.Rows[len(m.Rows)-1].State = views.Stamp{Text: r.words.T("admin.sessions.own"), Tone: views.ToneNew}
		}
	}
	m.Page = r.page()
	return m, nil
}

func endSession(r *request) (string, error) {
	return "/admin/sessions?said=removed", r.site.Office.EndSession(r, r.who, r.params["session"])
}
