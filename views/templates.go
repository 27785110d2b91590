package views

// Templates is /desk/templates: a unit's drafts of replies. Adding one posts name,
// found, done, basis and contact to Post; each Remove is a form of its own.
type Templates struct {
	Page
	Unit  string
	Items []Draft
	Add   Action // its fields are made by the page; Post and Once are the web's
	Draft Draft  // as typed
}

// Draft is a reply to be filled in: what must be filled in is marked by the unit.
type Draft struct {
	Name                        string
	Found, Done, Basis, Contact string
	Remove                      Action // its button and its hidden value
}

// Template names the page's file.
func (Templates) Template() string { return "templates" }

// Title names the page.
func (m Templates) Title() string { return m.T("templates.title") }

// Sections are the parts of a draft that say something.
func (m Templates) Sections(d Draft) []Section {
	var parts []Section
	for _, s := range []Section{
		{m.T("reply.found"), d.Found}, {m.T("reply.done"), d.Done}, {m.T("reply.basis"), d.Basis}, {m.T("reply.contact"), d.Contact},
	} {
		if s.Text != "" {
			parts = append(parts, s)
		}
	}
	return parts
}

// Form readies the form that adds a draft.
func (m Templates) Form() Deed {
	a := m.Add
	a.Deed, a.Title, a.Button = "add", m.T("templates.add"), m.T("templates.save")
	a.Fields = []Field{
		{Name: "name", Kind: Text, Value: m.Draft.Name, Label: m.T("templates.name.label"), Hint: m.T("templates.name.hint")},
		{Name: "found", Kind: Area, Rows: 4, Value: m.Draft.Found, Label: m.T("reply.found"), Hint: m.T("templates.gap")},
		{Name: "done", Kind: Area, Rows: 4, Value: m.Draft.Done, Label: m.T("reply.done")},
		{Name: "basis", Kind: Text, Value: m.Draft.Basis, Label: m.T("reply.basis")},
		{Name: "contact", Kind: Text, Value: m.Draft.Contact, Label: m.T("reply.contact")},
	}
	return m.deed(a)
}
