package views

// Register is /papers: the series of numbered papers that were printed, and the
// form that prints another.
type Register struct {
	Page
	Rows   []AdminRow // a series each: when, by whom, how many, how many are left
	Print  Action
	Serial string // of the paper that was looked for, as typed
	Links  []Link
	First  string // path back to the first page; "" on it
	More   string // path of the next page; "" none
}

// Template names the page's file.
func (Register) Template() string { return "papers" }

// Title names the page.
func (m Register) Title() string { return m.T("papers.title") }

// Columns are the heads of the table; the first is that of the rows' names.
func (m Register) Columns() []string {
	return []string{m.T("papers.series"), m.T("papers.when"), m.T("papers.by"), m.T("papers.count"), m.T("papers.free")}
}

// Head is the head of the column of a cell.
func (m Register) Head(cell int) string { return m.Columns()[cell+1] }

// Form readies the form that prints.
func (m Register) Form() *Deed { return m.ready(&m.Print) }

// Find is the field of the form that looks a paper up; it asks for a page.
func (m Register) Find() Field {
	return m.Field(Field{Name: "serial", Kind: Code, Value: m.Serial, Label: m.T("papers.find.label"), Hint: m.T("papers.find.hint")})
}

// Series is /papers/:series: where each paper of it is.
type Series struct {
	Page
	Heading string
	Facts   []Fact
	Papers  []PaperRow
	Actions []Action // hand out, revoke; an error's Field is the deed and the field
}

// PaperRow is one paper of a series.
type PaperRow struct {
	No     string
	Serial string // grouped
	State  Stamp
	With   string // whom it was handed to; "" the county desk
	When   string // when it was used; "" not yet
	Why    string // why it was revoked; "" not revoked
}

// Template names the page's file.
func (Series) Template() string { return "papers-series" }

// Title is the name of the series.
func (m Series) Title() string { return m.Heading }

// Deeds readies the actions.
func (m Series) Deeds() []Deed {
	deeds := make([]Deed, len(m.Actions))
	for i, a := range m.Actions {
		deeds[i] = m.deed(a)
	}
	return deeds
}

// Sheets is a series on its way to the printer, the answer to the form of the
// register. It is the only page that ever has what is inside; on a screen that is
// not shown.
type Sheets struct {
	Page
	Heading  string
	Kind     string // slip, card, consent or form
	Papers   []Sheet
	Kinds    []string // of messages, and
	Ways     []string // of telling, as a form offers them
	Register string
}

// Sheet is one paper.
type Sheet struct {
	Serial string   // grouped
	PIN    string   // grouped; of a slip and of a form's stub
	Codes  []string // grouped; of a card
}

// Template names the page's file.
func (Sheets) Template() string { return "sheets" }

// Title says what is printed.
func (m Sheets) Title() string { return m.T("sheets.title", "Name", m.Heading) }

// Lines are as many as the words of a form get.
func (m Sheets) Lines() []struct{} { return make([]struct{}, 6) }

// Nth is a code's number on its card.
func (Sheets) Nth(i int) int { return i + 1 }

// Strip is a slip, or the stub of a form.
type Strip struct {
	Page
	Sheet
	Stub bool
}

// Strip readies a paper for part/strip.html.
func (m Sheets) Strip(s Sheet) Strip { return Strip{m.Page, s, m.Kind == "form"} }

// LoginCard is /login/card: the number of a card, and then the one of its codes
// that is asked for. It posts serial, and code in the second step.
type LoginCard struct {
	Page
	Serial string // as typed
	Asked  int    // which code is asked for; 0 in the first step
	Code   string // as typed
	Shared string // not "" when others use the browser too; asked in the second step
}

// Whose is whether others use the browser too.
func (m LoginCard) Whose() Field { return m.shared(m.Shared) }

// Template names the page's file.
func (LoginCard) Template() string { return "login-card" }

// Title is the question.
func (m LoginCard) Title() string { return m.T("card.title") }

// Number is the field of the first step.
func (m LoginCard) Number() Field {
	return m.Field(Field{Name: "serial", Kind: Code, Value: m.Serial, Label: m.T("card.serial.label"), Hint: m.T("card.serial.hint")})
}

// Digits is the field of the second step.
func (m LoginCard) Digits() Field {
	return m.Field(Field{
		Name: "code", Kind: Code, Value: m.Code, Autocomplete: "one-time-code",
		Label: m.T("card.code.label", "No", m.Asked), Hint: m.T("card.code.hint"),
	})
}
