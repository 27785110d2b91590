package views

// Admin is /admin: what can be set, one card each.
type Admin struct {
	Page
	Cards []AdminCard
}

// AdminCard leads to one list or form.
type AdminCard struct {
	Href, Name string
	What       string // one line
	State      Stamp  // such as: next year's holidays are missing; Text "" none
}

// Template names the page's file.
func (Admin) Template() string { return "admin" }

// Title names the page.
func (m Admin) Title() string { return m.T("admin.title") }

// AdminList is a list that an admin keeps: units, places, topics, people,
// sessions, revisions. The web chooses all its words.
type AdminList struct {
	Page
	Heading string
	Lead    []string // paragraphs
	Caption string   // of the table
	Columns []string // heads; the first is that of the rows' names
	Rows    []AdminRow
	Empty   string  // said when there are no rows
	Add     *Action // the form that adds one; an error's Field is Deed and field: "add-name"
	Links   []Link  // other ways to fill the list
	First   string  // path back to the first page; "" on it
	More    string  // path of the next page; "" none

	Long  bool   // it has more rows than a page: one can look for a thing by its name
	Path  string // of the list, where the words looked for are sent
	Query string // those words
	Part  string // which part of it this page shows
}

// AdminRow is one thing of a list.
type AdminRow struct {
	Href  string // "" it has no page
	Name  string
	Note  string // a line below the name
	Cells []string
	State Stamp    // closed, on leave; Text "" none
	Acts  []Action // one button each; their fields are not drawn
}

// Template names the page's file.
func (AdminList) Template() string { return "admin-list" }

// Title is the heading.
func (m AdminList) Title() string { return m.Heading }

// Head is the head of the column of a cell: narrow screens say it before the value.
func (m AdminList) Head(cell int) string {
	if cell+1 < len(m.Columns) {
		return m.Columns[cell+1]
	}
	return ""
}

// Acting tells whether a row has buttons: then the table has a column for them.
func (m AdminList) Acting() bool {
	for _, r := range m.Rows {
		if len(r.Acts) > 0 {
			return true
		}
	}
	return false
}

// Stated tells whether a row has a state.
func (m AdminList) Stated() bool {
	for _, r := range m.Rows {
		if r.State.Text != "" {
			return true
		}
	}
	return false
}

// Search asks for the name of what is looked for; none on a short list.
func (m AdminList) Search() *Field {
	if !m.Long && m.Query == "" {
		return nil
	}
	f := m.Field(Field{Name: "q", Kind: Text, Value: m.Query, Label: m.T("admin.find.label")})
	return &f
}

// Form readies the form that adds one.
func (m AdminList) Form() *Deed { return m.ready(m.Add) }

// AdminForm is one thing that an admin changes: a unit, a place, somebody of the
// staff, the roster, the settings, a year of the calendar. It posts its fields to
// Post; an error's Field is the field's name. The web chooses all its words.
type AdminForm struct {
	Page
	Heading string
	Lead    []string
	Facts   []Fact // what stands and is not changed here
	Secret  *Secret
	Groups  []Group
	Post    string
	Hidden  []Hidden
	Button  string
	After   string   // what happens then
	Danger  []Action // folded: close, remove, log out everywhere; each with its confirmation
	Links   []Link
}

// Secret is shown once: what somebody of the staff needs to log in.
type Secret struct {
	Own      bool     // it is for whoever reads it, and not to be handed on
	Password string   // "" not changed
	TOTP     string   // base32 in groups of four; "" not changed
	QR       *QR      // the same for a phone's camera
	Recovery []string // codes in groups of four, each good once; nil not changed
}

// QR is a square of dark modules as one SVG path.
type QR struct {
	Size int    // modules each way, the quiet zone included
	Path string // "M4 4h7v1h-7z…", one unit a module
	Name string // what it holds, for who cannot see it
}

// Template names the page's file.
func (AdminForm) Template() string { return "admin-form" }

// Title is the heading.
func (m AdminForm) Title() string { return m.Heading }

// Drawn are the groups with their fields readied.
func (m AdminForm) Drawn() []Group {
	groups := make([]Group, len(m.Groups))
	for i, g := range m.Groups {
		groups[i].Title = g.Title
		for _, f := range g.Fields {
			groups[i].Fields = append(groups[i].Fields, m.Field(f))
		}
	}
	return groups
}

// Type is the form's enctype.
func (m AdminForm) Type() string {
	for _, g := range m.Groups {
		if t := enctype(g.Fields); t != "" {
			return t
		}
	}
	return ""
}

// Dangers readies the forms that take something away.
func (m AdminForm) Dangers() []Deed {
	deeds := make([]Deed, len(m.Danger))
	for i, a := range m.Danger {
		a.Secondary = true
		deeds[i] = m.deed(a)
	}
	return deeds
}

// Table is /admin/import/report: what was found in the table of another system,
// how far it is, and what may be done with it. The web chooses all its words.
type Table struct {
	Page
	Heading string
	Lead    []string
	Groups  []FactGroup
	Acts    []Action // the first unfolded
	Links   []Link
}

// FactGroup is a list of facts under a heading.
type FactGroup struct {
	Title string
	Note  string
	Facts []Fact
}

// Template names the page's file.
func (Table) Template() string { return "table" }

// Title is the heading.
func (m Table) Title() string { return m.Heading }

// Deeds readies what may be done.
func (m Table) Deeds() []Deed {
	deeds := make([]Deed, len(m.Acts))
	for i, a := range m.Acts {
		deeds[i] = m.deed(a)
	}
	return deeds
}

func (p Page) ready(a *Action) *Deed {
	if a == nil {
		return nil
	}
	d := p.deed(*a)
	return &d
}
