package web

import "lianxin/views"

// What takes many people's words out at once, shows secrets, or changes who may
// do what asks staff for their second factor once more, on its own form: see
// route.factor. Whoever showed it a moment ago is not asked.

// askPath is where it is asked for before a list is saved: a link has no form.
const askPath = "/desk/take/"

// showFactor asks for the second factor when the door does. A wrong one shows
// the form again, with all that was typed.
func (r *request) showFactor() error {
	if !r.row.factor || r.who.Shown {
		return nil
	}
	err := r.site.Office.ShowFactor(r, r.who, r.post("factor"), r.origin)
	r.who.Shown = err == nil
	return err
}

// withFactor adds the field for it, where it is asked for.
func (r *request) withFactor(fields ...views.Field) []views.Field {
	if r.who.Shown {
		return fields
	}
	return append(fields, views.Field{
		Name: "factor", Kind: views.Code, Autocomplete: "one-time-code",
		Label: r.words.T("staff.code.label"), Hint: r.words.T("factor.hint"),
	})
}

// askToTake stands before a list that is saved.
func askToTake(r *request) (views.Model, error) {
	shelf, form, err := r.taking()
	if err != nil {
		return nil, err
	}
	path := askPath + r.params["file"]
	r.here, r.back = path, shelfPath(shelf)
	return views.AdminForm{
		Page: r.page(), Heading: r.words.T("desk.section." + string(shelf)), Lead: []string{r.words.T("factor.lead")},
		Groups: []views.Group{{Fields: r.withFactor()}}, Post: path, Button: r.words.T("export." + tableTypes[form][0]),
	}, nil
}

// mayTake leads on to the file: nothing is left to ask.
func mayTake(r *request) (string, error) {
	_, _, err := r.taking()
	return "/desk/export/" + r.params["file"], err
}
