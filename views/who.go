package views

// Who is /who: which of the people that share a phone is here. It comes after
// the code when there are several, and later from /me, to become another or to
// add somebody. It posts person (the value of one, or "new"), name, and attempt,
// kept and then where they are set.
type Who struct {
	Page
	Phone               string // masked
	People              []Option
	Person              string // as chosen
	Name                string // of somebody new, as typed
	Attempt, Kept, Then string // hidden, as on Login and LoginCode
}

// NewPerson is the value of person for somebody who was not here before.
const NewPerson = "new"

// Template names the page's file.
func (Who) Template() string { return "who" }

// Title is the question.
func (m Who) Title() string { return m.T("who.title") }

// Lead says why it is asked.
func (m Who) Lead() string {
	if len(m.People) > 1 {
		return m.T("who.lead", "Phone", m.Phone)
	}
	return m.T("who.lead.one", "Phone", m.Phone)
}

// Fields are the people, somebody else last, and a name for somebody else.
func (m Who) Fields() []Field {
	people := append([]Option{}, m.People...)
	people = append(people, Option{Value: NewPerson, Label: m.T("who.new.label"), Hint: m.T("who.new.hint")})
	return []Field{
		m.Field(Field{Name: "person", Kind: Choice, Value: m.Person, Label: m.T("who.person.label"), Options: people}),
		m.Field(Field{Name: "name", Kind: Text, Value: m.Name, Autocomplete: "name",
			Label: m.T("who.name.label"), Hint: m.T("who.name.hint")}),
	}
}

// Hidden are the values that the page carries on.
func (m Who) Hidden() []Hidden {
	var hidden []Hidden
	for _, h := range []Hidden{{"attempt", m.Attempt}, {"kept", m.Kept}, {"then", m.Then}} {
		if h.Value != "" {
			hidden = append(hidden, h)
		}
	}
	return hidden
}

// Me is /me: what to call the person and how to tell them. It posts name and
// tell. The other people on the phone are chosen and added on /who.
type Me struct {
	Page
	Phone  string // masked; "" where there is none
	Name   string
	Tell   string   // one of the values of tell
	Others []string // the other people on this phone, masked
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
