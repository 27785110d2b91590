package web

import (
	"lianxin/server/board"
	"lianxin/views"
)

// template is a new draft of replies of a handler's unit, as typed.
type template struct{ model board.Model }

func showTemplates(r *request) (views.Model, error) {
	r.sayDone()
	return template{}.page(r)
}

func readTemplate(r *request) form {
	return template{board.Model{Name: r.post("name"), Reply: board.Reply{
		Found: r.post("found"), Done: r.post("done"), Basis: r.post("basis"), Contact: r.post("contact"),
	}}}
}

const templatesPath = "/desk/templates"

func (template) field(name string) string {
	if name == "" {
		return name
	}
	return "add-" + name
}

// text is what was written, for giving back.
func (f template) text() string {
	return lines(f.model.Name, f.model.Reply.Found, f.model.Reply.Done, f.model.Reply.Basis, f.model.Reply.Contact)
}

func (f template) page(r *request) (views.Model, error) {
	u := r.county.Units[r.who.Unit]
	if u == nil {
		return nil, notYours
	}
	r.back, r.here = "/desk", templatesPath
	m := views.Templates{
		Page: r.page(), Unit: r.words.Pick(u.Name), Add: views.Action{Post: templatesPath},
		Draft: views.Draft{
			Name: f.model.Name, Found: f.model.Reply.Found, Done: f.model.Reply.Done, Basis: f.model.Reply.Basis, Contact: f.model.Reply.Contact,
		},
	}
	for _, have := range u.Models {
		m.Items = append(m.Items, views.Draft{
			Name: have.Name, Found: have.Reply.Found, Done: have.Reply.Done, Basis: have.Reply.Basis, Contact: have.Reply.Contact,
			Remove: views.Action{
				Post: templatesPath + "/drop", Button: r.words.T("templates.drop", "Name", have.Name),
				Hidden: []views.Hidden{{Name: "name", Value: have.Name}},
			},
		})
	}
	return m, nil
}

func (f template) do(r *request) (outcome, error) {
	if err := r.site.Office.AddModel(r, r.who, f.model); err != nil {
		return outcome{}, err
	}
	return see(templatesPath + "?" + doneQuery)
}

// drop takes a draft away. One that is gone already stays so.
type drop struct{ name string }

func readDrop(r *request) form { return drop{r.post("name")} }

func (drop) page(r *request) (views.Model, error) { return template{}.page(r) }

func (f drop) do(r *request) (outcome, error) {
	if err := r.site.Office.DropModel(r, r.who, f.name); err != nil {
		return outcome{}, err
	}
	return see(templatesPath + "?" + doneQuery)
}
