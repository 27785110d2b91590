package web

import (
	"lianxin/server/board"
	"lianxin/views"
)

// Legal holds. An administrator knows a case by its number and reads nothing of
// it; the inspector does the same deeds on the case's own page.

const holdsPath = "/admin/holds"

// holdList are the cases that are held, with the form that puts a hold on one or
// ends it.
func holdList(r *request) (views.Model, error) {
	r.administer(holdsPath, "/admin")
	held, next, err := r.site.Office.Holds(r, r.who, r.query["from"])
	if err != nil {
		return nil, err
	}
	m := views.AdminList{
		Heading: r.words.T("holds.title"), Lead: []string{r.words.T("holds.lead"), r.words.T("holds.rule", "Count", r.county.Rules().KeepYears)},
		Caption: r.words.T("holds.caption"), Columns: []string{r.words.T("holds.number"), r.words.T("holds.since"), r.words.T("holds.by")}, Empty: r.words.T("holds.none"),
		Add: &views.Action{
			Deed: "hold", Title: r.words.T("holds.form"), Post: holdsPath, Once: r.stamp(holdsPath), Button: r.words.T("holds.button"),
			Fields: r.withFactor(
				views.Field{Name: "number", Kind: views.Code, Label: r.words.T("holds.number"), Value: r.typed("number", "")},
				views.Field{Name: "what", Kind: views.Choice, Short: true, Label: r.words.T("holds.what.label"), Value: r.typed("what", string(board.Preserve)), Options: []views.Option{
					{Value: string(board.Preserve), Label: r.words.T("deed.preserve.title")}, {Value: string(board.Release), Label: r.words.T("deed.release.title")},
				}},
				views.Field{Name: "reason", Kind: views.Area, Rows: 3, Label: r.words.T("deed.preserve.reason.label"), Hint: r.words.T("deed.preserve.reason.hint"), Value: r.typed("reason", "")},
			),
		},
	}
	for _, h := range held {
		m.Rows = append(m.Rows, views.AdminRow{Name: h.Number.Grouped(), Note: h.Reason, Cells: []string{r.words.Date(h.At), r.county.StaffName(h.By)}})
	}
	if r.query["from"] != "" {
		m.First = holdsPath
	}
	if next != "" {
		m.More = holdsPath + "?from=" + next
	}
	m.Page = r.page()
	return m, nil
}

func setHold(r *request) (string, error) {
	n, err := board.ParseNumber(r.post("number"))
	if err != nil {
		return "", err
	}
	do, said := r.site.Office.Preserve, "added"
	if r.post("what") == string(board.Release) {
		do, said = r.site.Office.Release, "removed"
	}
	err = do(r, r.who, n, r.sent, r.post("reason"))
	if faults, _ := board.Faults(err); len(faults) > 0 && faults[0].Kind == board.Missing {
		err = board.Fault{Kind: board.Invalid, ID: "holds.missing", Field: "number"}
	}
	return holdsPath + "?said=" + said, err
}
