package views

// Me is /me: what to call the person and how to tell them. It posts name and
// tell. The other people on the phone are chosen and added on /who.
type Me struct {
	Page
	Phone    string // masked; "" where there is none
	Name     string
	Tell     string   // one of the values of tell
	Others   []string // the other people on this phone, masked
	Acts     []string // for whom this person may act, masked
	Changing *Changing
	Ways     []Link // what only the person may do: relatives, the number
}

// Changing is a change of number that runs.
type Changing struct {
	Text string // to which number, and until when it can be taken back
	Once string // of the form that takes it back; "" where only the old number may
}

// The values of tell: how a person hears of their case.
const (
	TellText   = "text"
	TellCall   = "call"
	TellRead   = "read"
	TellLetter = "letter"
)

// Template names the page's file.
func (Me) Template() string { return "me" }

// Title names the page.
func (m Me) Title() string { return m.T("me.title") }

// Fields are the name and the way to be told.
func (m Me) Fields() []Field {
	return []Field{
		m.Field(Field{Name: "name", Kind: Text, Value: m.Name, Autocomplete: "name",
			Label: m.T("me.name.label"), Hint: m.T("me.name.hint")}),
		m.tell(m.Tell),
	}
}

// tell is the question of how to be told, on every page that asks it.
func (p Page) tell(value string) Field {
	if value == "" {
		value = TellText
	}
	return p.Field(Field{Name: "tell", Kind: Choice, Value: value, Label: p.T("tell.label"), Options: []Option{
		{Value: TellText, Label: p.T("tell.text.label"), Hint: p.T("tell.text.hint")},
		{Value: TellCall, Label: p.T("tell.call.label"), Hint: p.T("tell.call.hint")},
		{Value: TellRead, Label: p.T("tell.read.label"), Hint: p.T("tell.read.hint")},
		{Value: TellLetter, Label: p.T("tell.letter.label"), Hint: p.T("tell.letter.hint")},
	}})
}

// Family is /me/family: the relatives whose phones the person bound. One form
// binds another and posts name, phone and scope; each relative has a form to
// /me/family/free that posts kin.
type Family struct {
	Page
	Relatives          []Relative
	Name, Phone, Scope string // as typed
}

// Relative is one of them.
type Relative struct {
	Kin   string // names the binding
	Name  string
	Phone string // masked
	Can   string // what they may do
	Note  string // that they want no texts; "" nothing
}

// The values of scope: what a relative may do.
const (
	ScopeNotify = "notify"
	ScopeAct    = "act"
)

// Template names the page's file.
func (Family) Template() string { return "family" }

// Title names the page.
func (m Family) Title() string { return m.T("family.title") }

// Fields are those of the form that binds a relative.
func (m Family) Fields() []Field {
	return []Field{
		m.Field(Field{Name: "name", Kind: Text, Value: m.Name,
			Label: m.T("family.name.label"), Hint: m.T("family.name.hint")}),
		m.Field(Field{Name: "phone", Kind: Tel, Value: m.Phone,
			Label: m.T("family.phone.label"), Hint: m.T("family.phone.hint")}),
		m.Field(Field{Name: "scope", Kind: Choice, Value: m.Scope, Label: m.T("family.scope.label"), Options: []Option{
			{Value: ScopeNotify, Label: m.T("family.scope.notify.label"), Hint: m.T("family.scope.notify.hint")},
			{Value: ScopeAct, Label: m.T("family.scope.act.label"), Hint: m.T("family.scope.act.hint")},
		}}),
	}
}

// Ask is a page with one question and why it is asked: for whom a child files,
// the new number, the code that went to it. It posts its fields, and attempt
// where it is set.
type Ask struct {
	Page
	Heading string
	Lead    []string
	Post    string // path
	Fields  []Field
	Button  string
	Attempt string // hidden: which sending a code belongs to
	Links   []Link // other ways
}

// Template names the page's file.
func (Ask) Template() string { return "ask" }

// Title is the question.
func (m Ask) Title() string { return m.Heading }

// Asked are the fields, readied.
func (m Ask) Asked() []Field {
	fields := make([]Field, len(m.Fields))
	for i, f := range m.Fields {
		fields[i] = m.Field(f)
	}
	return fields
}
