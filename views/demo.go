package views

// Entrance is a role of the made-up county, one click away.
type Entrance struct {
	Role string // posted to /demo/enter/:role
	Name string // in words, on the button
	Does string // one line
}

// DemoEnter is /demo.
type DemoEnter struct {
	Page
	Entrances []Entrance
}

// Template names the page's file.
func (DemoEnter) Template() string { return "demo-enter" }

// Title names the page.
func (m DemoEnter) Title() string { return m.T("demo.title") }

// Note is a text on the demo's phone, in (to the board) or out (from it).
type Note struct {
	At, When string
	Text     string
	In       bool
}

// Handset is the texts of one number, the newest first.
type Handset struct {
	Number string
	Notes  []Note
}

// DemoPhone is /demo/phone: every text that left the box, and a form that sends
// one in: posts from and text.
type DemoPhone struct {
	Page
	Handsets   []Handset
	From, Text string // as typed
}

// Template names the page's file.
func (DemoPhone) Template() string { return "demo-phone" }

// Title names the page.
func (m DemoPhone) Title() string { return m.T("phone.title") }

// Fields are the two fields.
func (m DemoPhone) Fields() []Field {
	return []Field{
		m.Field(Field{Name: "from", Kind: Tel, Value: m.From, Label: m.T("phone.from.label")}),
		m.Field(Field{Name: "text", Kind: Area, Rows: 3, Value: m.Text,
			Label: m.T("phone.text.label"), Hint: m.T("phone.text.hint")}),
	}
}
