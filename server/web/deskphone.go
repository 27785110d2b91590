package web

import (
	"lianxin/server/office"
	"lianxin/views"
)

// deskPhone is a change of number at the county's window.
type deskPhone struct{ office.Move }

func showDeskPhone(r *request) (views.Model, error) { return deskPhone{}.page(r) }

func readDeskPhone(r *request) form {
	return deskPhone{office.Move{Of: r.post("of"), Name: r.post("name"), Phone: r.post("phone"), Checked: r.post("checked") == "yes"}}
}

func (f deskPhone) page(r *request) (views.Model, error) {
	r.here = "/desk/phone"
	r.sayDone()
	checked := ""
	if f.Checked {
		checked = "yes"
	}
	m := views.Ask{
		Heading: r.words.T("move.title"), Lead: []string{r.words.T("move.lead")}, Post: r.here, Button: r.words.T("move.submit"),
		Fields: []views.Field{
			{Name: "of", Kind: views.Text, Value: f.Of, InputMode: "numeric", Label: r.words.T("move.of.label"), Hint: r.words.T("move.of.hint")},
			{Name: "name", Kind: views.Text, Value: f.Name, Label: r.words.T("move.name.label")},
			{Name: "phone", Kind: views.Tel, Value: f.Phone, Label: r.words.T("move.phone.label"), Hint: r.words.T("move.phone.hint")},
			{Name: "checked", Kind: views.Tick, Value: checked, Label: r.words.T("move.checked.label")},
		},
	}
	m.Page = r.page()
	m.Page.Once = r.stamp(r.here)
	return m, nil
}

func (f deskPhone) do(r *request) (outcome, error) {
	if err := r.site.Office.MovePhone(r, r.who, r.sent, f.Move); err != nil {
		return outcome{}, err
	}
	return see("/desk/phone?" + doneQuery)
}
