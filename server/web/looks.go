package web

import (
	"slices"
	"strconv"

	"lianxin/server/board"
	"lianxin/views"
)

// lookRows is how many looks one page shows.
const lookRows = 40

// looks tells a resident who of the county opened their case with the private
// words, and which leader asked for name and phone, and why.
func looks(r *request) (views.Model, error) {
	v, err := r.site.Office.Case(r, r.who, r.number)
	if err != nil {
		return nil, err
	}
	seen, err := r.site.Office.Looks(r, r.who, r.number)
	if err != nil {
		return nil, err
	}
	for _, e := range v.Events {
		if e.Kind == (board.Revealed{}).Kind() {
			seen = append(seen, e)
		}
	}
	slices.SortStableFunc(seen, func(a, b board.Event) int { return b.Time.Compare(a.Time) })
	path := "/case/" + string(r.number)
	r.back = path
	m := views.Looks{Page: r.page(), Number: v.Case.Number.Grouped(), Heading: r.titled(v.Case)}
	from, err := strconv.Atoi(r.query["from"])
	if err != nil || from < 0 || from > len(seen) {
		from = 0 // a broken link shows the newest
	}
	if seen = seen[from:]; len(seen) > lookRows {
		seen, m.More = seen[:lookRows], path+"/looks?from="+strconv.Itoa(from+lookRows)
	}
	for _, e := range seen {
		m.Looks = append(m.Looks, r.lookOf(e))
	}
	if (caseDeed{deed: board.EndHelp}).offered(v.Doable, v.Private) && len(v.Case.Helpers()) > 0 {
		m.End = path + "/endhelp"
	}
	return m, nil
}

func (r *request) lookOf(e board.Event) views.Look {
	l := views.Look{At: machine(e.Time), When: r.words.Stamp(e.Time), Who: r.looker(e), What: r.words.T("looks.case")}
	switch f := e.Hollow().Fact.(type) {
	case board.Revealed:
		l.What, l.Reason = r.words.T("looks.person"), f.Reason
	case board.Tried:
		l.What = r.words.T("looks.refused")
	}
	return l
}

// looker is a member of staff by name, role and unit: whoever reads other
// people's words does not do so unnamed.
func (r *request) looker(e board.Event) string { return r.inFull(e.Actor, e.Role) }

func (r *request) inFull(id board.ID, as board.Role) string {
	role := r.words.T("role." + string(as))
	staff := r.county.Staff[id]
	switch {
	case staff == nil:
		return role
	case (as == board.Handler || as == board.Head) && r.unit(staff.Unit) != "":
		return r.words.T("looks.by", "Name", staff.Name, "Role", role, "Unit", r.unit(staff.Unit))
	}
	return r.words.T("history.by", "Name", staff.Name, "Role", role)
}
