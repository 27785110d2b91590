package views

// Rate is /case/:number/rate: solved or not, in the person's own judgement, and
// if they like, how they were treated and how fast it went. It posts solved (yes,
// partly, no), attitude and speed ("" or 1 to 5, 5 the best), and words.
type Rate struct {
	Page
	Post    string // path of this page
	Number  string // grouped
	Heading string // of the case
	Reply   *Reply // to read once more before judging
	Solved  string // yes, partly, no; "" not chosen

	Attitude, Speed string // "", 1 to 5
	Comment         string // posted as words
	Apart           bool   // staff have logged in on this device: it is counted apart
}

// Template names the page's file.
func (Rate) Template() string { return "rate" }

// Title is the question.
func (m Rate) Title() string { return m.T("rate.title") }

// Fields are the three scales, solved first, and the words.
func (m Rate) Fields() []Field {
	return []Field{
		m.Field(Field{Name: "solved", Kind: Choice, Value: m.Solved, Label: m.T("rate.solved.label"), Options: []Option{
			{Value: "yes", Label: m.T("rate.yes.label"), Hint: m.T("rate.yes.hint")},
			{Value: "partly", Label: m.T("rate.partly.label"), Hint: m.T("rate.partly.hint")},
			{Value: "no", Label: m.T("rate.no.label"), Hint: m.T("rate.no.hint")},
		}}),
		m.scale("attitude", m.Attitude, m.T("rate.attitude.label")),
		m.scale("speed", m.Speed, m.T("rate.speed.label")),
		m.Field(Field{Name: "words", Kind: Area, Rows: 4, Value: m.Comment,
			Label: m.T("rate.words.label"), Hint: m.T("rate.words.hint")}),
	}
}

// scale is a question that may be left out: saying nothing is an answer that can
// be chosen again, as a radio button cannot be let go.
func (m Rate) scale(name, value, label string) Field {
	return m.Field(Field{Name: name, Kind: Choice, Value: value, Label: label, Short: true, Options: []Option{
		{Value: "", Label: m.T("rate.scale.none")},
		{Value: "5", Label: m.T("rate.scale.5")},
		{Value: "4", Label: m.T("rate.scale.4")},
		{Value: "3", Label: m.T("rate.scale.3")},
		{Value: "2", Label: m.T("rate.scale.2")},
		{Value: "1", Label: m.T("rate.scale.1")},
	}})
}
