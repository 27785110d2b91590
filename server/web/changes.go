package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// What was changed about how the county works, and by whom: for those who run it,
// and for those who watch over them.

const (
	changesPath = "/changes"
	changeRows  = 30
)

// changeList lists changes, the newest first.
func changeList(r *request) (views.Model, error) {
	before := time.Time{}
	if ms, err := strconv.ParseInt(r.query["from"], 10, 64); err == nil {
		before = time.UnixMilli(ms)
	}
	changes, next, err := r.site.Office.Changes(r, r.who, before, changeRows)
	if err != nil {
		return nil, err
	}
	back := ""
	if r.who.Roles.Has(board.Admin) {
		back = "/admin"
	}
	r.administer(changesPath, back)
	m := views.AdminList{
		Heading: r.words.T("changes.title"), Lead: []string{r.words.T("changes.lead")}, Caption: r.words.T("changes.caption"), Empty: r.words.T("admin.none"),
		Columns: []string{r.words.T("changes.what"), r.words.T("changes.by"), r.words.T("changes.when")},
	}
	for _, c := range changes {
		by := r.county.StaffName(c.Actor)
		if by == "" {
			by = r.words.T("changes.box")
		}
		m.Rows = append(m.Rows, views.AdminRow{
			Name: r.words.T("changed."+string(c.Kind), "Name", r.changed(c)), Note: strings.Join(r.became(c), r.words.T("changes.and")),
			Cells: []string{by, r.words.Stamp(c.Time)},
		})
	}
	if !before.IsZero() {
		m.First = changesPath
	}
	if !next.IsZero() {
		m.More = changesPath + "?from=" + strconv.FormatInt(next.UnixMilli(), 10)
	}
	m.Page = r.page()
	return m, nil
}

// changed names what a change is about: a unit, somebody, a township.
func (r *request) changed(c office.Change) string {
	switch s := c.After.(type) {
	case *board.Unit:
		return r.words.Pick(s.Name)
	case *board.Staff:
		return s.Name
	case *board.Villages:
		return r.town(s.Township)
	}
	return ""
}

// became tells what is other than it was, in a few words each.
func (r *request) became(c office.Change) (lines []string) {
	turn := func(what, was, is string) { lines = append(lines, r.turned(what, was, is)...) }
	switch is := c.After.(type) {
	case *board.Settings:
		if f, copies := c.Hollow().Fact.(board.TakenOut); copies && f.Cases > 0 {
			return []string{r.words.T("changes.copies", "Count", f.Cases)}
		}
		return r.settingsBecame(c.Before.(*board.Settings), is)
	case *board.Villages:
		if f, meant := c.Hollow().Fact.(board.VillageMeant); meant {
			return []string{r.words.T("changes.turn", "What", r.words.T("file.village.name"), "Was", f.Words, "Is", dash(f.Village))}
		}
		return r.listBecame(r.names(c.Before.(*board.Villages).List), r.names(is.List))
	case *board.Unit:
		was := c.Before.(*board.Unit)
		if was.Changed.Count > 0 { // of a new one the name is told already
			turn(r.words.T("admin.name"), r.words.Pick(was.Name), r.words.Pick(is.Name))
		}
		turn(r.words.T("changes.does"), r.words.Pick(was.Does), r.words.Pick(is.Does))
		turn(r.words.T("admin.phone"), was.Phone, is.Phone)
		turn(r.words.T("admin.units.heir.label"), r.unit(was.Heir), r.unit(is.Heir))
	case *board.Staff:
		was := c.Before.(*board.Staff)
		if was.Changed.Count > 0 {
			turn(r.words.T("admin.staff.name"), was.Name, is.Name)
		}
		turn(r.words.T("admin.staff.roles.label"), r.roles(was.Roles), r.roles(is.Roles))
		turn(r.words.T("desk.unit"), r.unit(was.Unit), r.unit(is.Unit))
		turn(r.words.T("admin.staff.areas.label"), r.areas(was), r.areas(is))
		turn(r.words.T("admin.staff.deputy"), r.county.StaffName(was.Deputy), r.county.StaffName(is.Deputy))
		if is.Away.After(was.Away) {
			turn(r.words.T("admin.staff.away.title"), "", r.words.Date(is.Away))
		}
	}
	return lines
}

// turned tells that something is other than it was; nothing when it is not.
func (r *request) turned(what, was, is string) []string {
	switch {
	case was == is:
		return nil
	case was == "":
		return []string{r.words.T("changes.is", "What", what, "Is", is)}
	}
	return []string{r.words.T("changes.turn", "What", what, "Was", was, "Is", dash(is))}
}

// settingsBecame tells which of the county's names, lists and numbers are other
// than they were.
func (r *request) settingsBecame(was, is *board.Settings) (lines []string) {
	turn := func(what string, was, is any) {
		lines = append(lines, r.turned(what, fmt.Sprint(was), fmt.Sprint(is))...)
	}
	turn(r.words.T("admin.name"), r.words.Pick(was.Name), r.words.Pick(is.Name))
	turn(r.words.T("first.hotline.label"), was.Hotline, is.Hotline)
	old, now := was.Rules(), is.Rules()
	for _, k := range board.Kinds {
		turn(r.words.T("rules.finishDays", "Kind", r.kind(k)), old.FinishDays[k], now.FinishDays[k])
	}
	for _, g := range numbers {
		for _, n := range g.numbers {
			turn(r.words.T("rules."+n.name), *n.of(&old), *n.of(&now))
		}
	}
	lines = append(lines, r.listBecame(r.names(was.Townships), r.names(is.Townships))...)
	lines = append(lines, r.listBecame(r.topicNames(was), r.topicNames(is))...)
	lines = append(lines, r.listBecame(was.OnDuty, is.OnDuty)...)
	for year, data := range is.Years {
		if was.Years[year] != data {
			lines = append(lines, strconv.Itoa(year))
		}
	}
	return lines
}

// mostNamed is how many things of a list a line names.
const mostNamed = 12

// listBecame tells what a list has more, and what it has no more.
func (r *request) listBecame(was, is []string) (lines []string) {
	differ := func(key string, a, b []string) {
		more := slices.DeleteFunc(slices.Clone(a), func(name string) bool { return slices.Contains(b, name) })
		if len(more) == 0 {
			return
		}
		names := strings.Join(more[:min(len(more), mostNamed)], r.words.T("admin.and"))
		lines = append(lines, r.words.T(key, "Names", names, "Count", len(more)))
	}
	differ("changes.more", is, was)
	differ("changes.less", was, is)
	return lines
}

func (r *request) names(places []board.Place) (names []string) {
	for _, p := range places {
		names = append(names, r.words.Pick(p.Name))
	}
	return names
}

func (r *request) topicNames(s *board.Settings) (names []string) {
	for _, t := range s.Topics() {
		name := r.words.Pick(t.Name)
		if name == "" {
			name = r.topic(t.ID)
		}
		names = append(names, name)
	}
	return names
}

// dash stands for nothing.
func dash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}
