package web

import (
	"strconv"
	"strings"

	"lianxin/server/board"
	"lianxin/views"
)

// patterns shows an inspector what became of the messages that each helper and
// operator typed for others.
func patterns(r *request) (views.Model, error) {
	all, err := r.site.Office.Patterns(r, r.who)
	if err != nil {
		return nil, err
	}
	r.back = "/desk"
	m := views.Patterns{Page: r.page()}
	for _, p := range all {
		row := views.Pattern{Href: "/patterns/" + p.Staff.ID.String(), Name: p.Staff.Name, Note: r.placed(p.Staff)}
		for _, n := range []int{p.Filed, p.Pending, p.Frozen, p.NotTheirs, p.Gone, p.Apart, p.SharedPhones} {
			row.Cells = append(row.Cells, strconv.Itoa(n))
		}
		if p.More {
			row.Cells[0] += "+"
		}
		if p.Alarm {
			row.Alarm = views.Stamp{Text: r.words.T("patterns.alarm"), Tone: views.ToneRed}
		}
		m.Rows = append(m.Rows, row)
	}
	return m, nil
}

// patternCases are the messages behind the figures of one of them.
func patternCases(r *request) (views.Model, error) {
	s, err := r.staffAt()
	if err != nil {
		return nil, err
	}
	_, cases, err := r.site.Office.PatternCases(r, r.who, s.ID)
	if err != nil {
		return nil, err
	}
	r.back = "/patterns"
	m := views.Desk{Page: r.page(), Heading: r.words.T("patterns.of", "Name", s.Name), Section: r.words.T("patterns.cases"), Empty: r.words.T("patterns.none")}
	for _, c := range cases {
		m.Rows = append(m.Rows, r.deskRow(c, board.Light("")))
	}
	return m, nil
}

// placed is what somebody is and where: the roles in which they type for others,
// their unit, the places whose people they help.
func (r *request) placed(s *board.Staff) string {
	var parts []string
	for _, role := range []board.Role{board.Helper, board.Operator} {
		if s.Roles.Has(role) {
			parts = append(parts, r.words.T("role."+string(role)))
		}
	}
	if unit := r.unit(s.Unit); unit != "" {
		parts = append(parts, unit)
	}
	if areas := r.areas(s); areas != "" {
		parts = append(parts, areas)
	}
	return strings.Join(parts, " · ")
}

// areas are the places whose people somebody helps.
func (r *request) areas(s *board.Staff) string {
	var names []string
	for _, a := range s.Areas {
		names = append(names, strings.TrimSpace(r.town(a.Township)+" "+a.Village))
	}
	return strings.Join(names, r.words.T("admin.and"))
}
