package views

// Lookup is /lookup: number and PIN.
type Lookup struct {
	Page
	Number, PIN string // as typed; posted as number and pin
	Kept        string // as on Login
}

// Template names the page's file.
func (Lookup) Template() string { return "lookup" }

// Title is the question.
func (m Lookup) Title() string { return m.T("lookup.title") }

// Fields are the two fields.
func (m Lookup) Fields() []Field {
	return []Field{
		m.Field(Field{Name: "number", Kind: Code, Value: m.Number,
			Label: m.T("lookup.number.label"), Hint: m.T("lookup.number.hint")}),
		m.Field(Field{Name: "pin", Kind: Code, Value: m.PIN,
			Label: m.T("lookup.pin.label"), Hint: m.T("lookup.pin.hint")}),
	}
}
