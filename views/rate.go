package views

// Rate is /case/:number/rate: solved or not, in the person's own judgement. It
// posts solved (yes, partly, no) and words.
type Rate struct {
	Page
	Post    string // path of this page
	Number  string // grouped
	Heading string // of the case
	Reply   *Reply // to read once more before judging
	Solved  string // yes, partly, no; "" not chosen
	Comment string // posted as words
}

// Template names the page's file.
func (Rate) Template() string { return "rate" }

// Title is the question.
func (m Rate) Title() string { return m.T("rate.title") }

// Fields are the two fields.
func (m Rate) Fields() []Field {
	return []Field{
		m.Field(Field{Name: "solved", Kind: Choice, Value: m.Solved, Label: m.T("rate.solved.label"), Options: []Option{
			{Value: "yes", Label: m.T("rate.yes.label"), Hint: m.T("rate.yes.hint")},
			{Value: "partly", Label: m.T("rate.partly.label"), Hint: m.T("rate.partly.hint")},
			{Value: "no", Label: m.T("rate.no.label"), Hint: m.T("rate.no.hint")},
		}}),
		m.Field(Field{Name: "words", Kind: Area, Rows: 4, Value: m.Comment,
			Label: m.T("rate.words.label"), Hint: m.T("rate.words.hint")}),
	}
}
