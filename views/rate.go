package views

// Rate is /case/:number/rate, and the question below an answer on the page of a
// case: solved or not, in the person's own judgement, and if they like, how they
// were treated and how fast it went. It posts solved (yes, partly, no), attitude
// and speed ("" or 1 to 5, 5 the best), and words.
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
	Below           bool   // stands below the answer, and leads to the whole page
}

// Template names the page's file.
func (Rate) Template() string { return "rate" }

// Title is the question.
func (m Rate) Title() string { return m.T("rate.title") }

// Fields are the three scales, solved first, and the words. Below an answer the
// one question that must be answered is enough, with room for words.
func (m Rate) Fields() []Field {
	fields := []Field{m.Field(Field{Name: "solved", Kind: Choice, Value: m.Solved, Label: m.T("rate.solved.label"), Options: m.solved()})}
	if !m.Below {
		fields = append(fields, m.scale("attitude", m.Attitude, m.T("rate.attitude.label")), m.scale("speed", m.Speed, m.T("rate.speed.label")))
	}
	return append(fields, m.Field(Field{Name: "words", Kind: Area, Rows: 4, Value: m.Comment,
		Label: m.T("rate.words.label"), Hint: m.T("rate.words.hint")}))
}

// solved are the answers to whether it is solved.
func (p Page) solved() []Option {
	return []Option{
		{Value: "yes", Label: p.T("rate.yes.label"), Hint: p.T("rate.yes.hint")},
		{Value: "partly", Label: p.T("rate.partly.label"), Hint: p.T("rate.partly.hint")},
		{Value: "no", Label: p.T("rate.no.label"), Hint: p.T("rate.no.hint")},
	}
}

// RateFields are the same questions as an operator asks them on the telephone.
func RateFields(p Page, solved, attitude, speed, words string) []Field {
	return []Field{
		{Name: "solved", Kind: Choice, Short: true, Value: solved, Label: p.T("call.rated.solved.label"), Options: short(p.solved())},
		p.scale("attitude", attitude, p.T("rate.attitude.label")), p.scale("speed", speed, p.T("rate.speed.label")),
		{Name: "words", Kind: Area, Rows: 3, Value: words, Label: p.T("call.rated.words.label")},
	}
}

// short are options without their hints.
func short(options []Option) []Option {
	for i := range options {
		options[i].Hint = ""
	}
	return options
}

// scale is a question that may be left out: saying nothing is an answer that can
// be chosen again, as a radio button cannot be let go.
func (p Page) scale(name, value, label string) Field {
	return p.Field(Field{Name: name, Kind: Choice, Value: value, Label: label, Short: true, Options: []Option{
		{Value: "", Label: p.T("rate.scale.none")},
		{Value: "5", Label: p.T("rate.scale.5")},
		{Value: "4", Label: p.T("rate.scale.4")},
		{Value: "3", Label: p.T("rate.scale.3")},
		{Value: "2", Label: p.T("rate.scale.2")},
		{Value: "1", Label: p.T("rate.scale.1")},
	}})
}
