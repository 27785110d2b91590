package views

// Who is /who: which of the people that share a phone is here. It comes after
// the code when there are several, and later from /me, to become another or to
// add somebody. It posts person (the value of one, or "new"), name, and attempt,
// kept and then where they are set.
type Who struct {
	Page
	Phone               string // masked
	People              []Option
	Acts                []Option // for whom they may act
	Claim               bool     // somebody else typed this phone for people who have not come yet
	Person              string   // as chosen
	Name                string   // of somebody new, as typed
	Attempt, Kept, Then string   // hidden, as on Login and LoginCode
}

// The values of person that name nobody: somebody who was not here before, and
// somebody for whom another typed this phone.
const (
	NewPerson   = "new"
	ClaimPerson = "claim"
)

// Template names the page's file.
func (Who) Template() string { return "who" }

// Title is the question.
func (m Who) Title() string { return m.T("who.title") }

// Lead says why it is asked.
func (m Who) Lead() string {
	if m.Claim {
		return m.T("who.lead.claim", "Phone", m.Phone)
	}
	if len(m.People)+len(m.Acts) > 1 {
		return m.T("who.lead", "Phone", m.Phone)
	}
	return m.T("who.lead.one", "Phone", m.Phone)
}

// Fields are the people, somebody else last, and a name for whoever is not among
// them.
func (m Who) Fields() []Field {
	people := append([]Option{}, m.People...)
	people = append(people, m.Acts...)
	hint := m.T("who.name.hint")
	if m.Claim {
		people = append(people, Option{Value: ClaimPerson, Label: m.T("who.claim.label"), Hint: m.T("who.claim.hint")})
		hint = m.T("who.name.hint.claim")
	}
	people = append(people, Option{Value: NewPerson, Label: m.T("who.new.label"), Hint: m.T("who.new.hint")})
	return []Field{
		m.Field(Field{Name: "person", Kind: Choice, Value: m.Person, Label: m.T("who.person.label"), Options: people}),
		m.Field(Field{Name: "name", Kind: Text, Value: m.Name, Autocomplete: "name",
			Label: m.T("who.name.label"), Hint: hint}),
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
