package views

import "strconv"

// CaseDeed is /case/:number/:deed for what a resident does to their own case:
// add a line, say it in other words, withdraw, take that back, object; and for one
// that somebody else typed: stand behind it, disown it, let a helper read it no
// more; say whether somebody pressed them to withdraw. It posts to itself: words for add, object and disown; body, title and
// remark for edit; helper for endhelp; else nothing but the button.
type CaseDeed struct {
	Page
	Deed    string // one of the CaseDeeds
	Post    string // path of this page
	Number  string // grouped
	Subject string // what the case is about
	Until   string // by when this may be done, or taken back, in words; "" not said
	By      string // who typed the message for the person; "" the person did

	Helpers []Option // who may read the case, to choose who may no more
	Helper  string   // as chosen
	Pressed string   // yes or no, as chosen

	Words                          string // as typed
	Body, Heading, Remark          string // as typed, or as they stand
	MaxWords, MaxHeading, MaxShort int    // characters of words and body, of title, of remark
}

// The deeds that have a page of their own, named as their paths.
const (
	DeedAdd      = "add"
	DeedEdit     = "edit"
	DeedWithdraw = "withdraw"
	DeedRestore  = "restore"
	DeedObject   = "object"
	DeedConfirm  = "confirm"
	DeedDisown   = "disown"
	DeedEndHelp  = "endhelp"
	DeedPress    = "press"
)

// CaseDeeds lists them.
var CaseDeeds = []string{DeedAdd, DeedEdit, DeedWithdraw, DeedRestore, DeedObject, DeedConfirm, DeedDisown, DeedEndHelp, DeedPress}

// Template names the page's file.
func (CaseDeed) Template() string { return "case-deed" }

// said are the page's own words.
func (m CaseDeed) said() (title, lead, button string) {
	switch m.Deed {
	case DeedEdit:
		return m.T("edit.title"), m.T("edit.lead", "Date", m.Until), m.T("edit.button")
	case DeedWithdraw:
		return m.T("withdraw.title"), m.T("withdraw.lead", "Date", m.Until), m.T("withdraw.button")
	case DeedRestore:
		return m.T("restore.title"), m.T("restore.lead", "Date", m.Until), m.T("restore.button")
	case DeedObject:
		return m.T("object.title"), m.T("object.lead", "Date", m.Until), m.T("object.button")
	case DeedConfirm:
		return m.T("confirm.title"), m.T("confirm.lead", "By", m.By), m.T("confirm.button")
	case DeedDisown:
		return m.T("disown.title"), m.T("disown.lead", "By", m.By), m.T("disown.button")
	case DeedEndHelp:
		return m.T("endhelp.title"), m.T("endhelp.lead"), m.T("endhelp.button")
	case DeedPress:
		return m.T("press.title"), m.T("press.lead"), m.T("press.button")
	}
	return m.T("add.title"), m.T("add.lead"), m.T("add.button")
}

// Title is the question.
func (m CaseDeed) Title() string { title, _, _ := m.said(); return title }

// Lead says what will happen.
func (m CaseDeed) Lead() string { _, lead, _ := m.said(); return lead }

// Button does it.
func (m CaseDeed) Button() string { _, _, button := m.said(); return button }

// Fields are what the deed asks for.
func (m CaseDeed) Fields() []Field {
	most := strconv.Itoa(m.MaxWords)
	switch m.Deed {
	case DeedAdd:
		return []Field{m.Field(Field{Name: "words", Kind: Area, Rows: 5, Value: m.Words,
			Label: m.T("add.words.label"), Hint: m.T("add.words.hint", "Max", most)})}
	case DeedObject:
		return []Field{m.Field(Field{Name: "words", Kind: Area, Rows: 5, Value: m.Words,
			Label: m.T("object.words.label"), Hint: m.T("object.words.hint", "Max", most)})}
	case DeedDisown:
		return []Field{m.Field(Field{Name: "words", Kind: Area, Rows: 3, Value: m.Words,
			Label: m.T("disown.words.label"), Hint: m.T("disown.words.hint")})}
	case DeedEndHelp:
		return []Field{m.Field(Field{Name: "helper", Kind: Choice, Value: m.Helper, Options: m.Helpers, Label: m.T("endhelp.helper.label")})}
	case DeedPress:
		return []Field{
			m.Field(Field{Name: "pressed", Kind: Choice, Value: m.Pressed, Label: m.T("press.pressed.label"), Options: []Option{
				{Value: "no", Label: m.T("press.said.no")}, {Value: "yes", Label: m.T("press.said.yes")}}}),
			m.Field(Field{Name: "words", Kind: Area, Rows: 3, Value: m.Words, Label: m.T("press.words.label"),
				Hint: m.T("press.words.hint", "Max", strconv.Itoa(m.MaxShort))}),
		}
	case DeedEdit:
		return []Field{
			m.Field(Field{Name: "body", Kind: Area, Rows: 7, Value: m.Body,
				Label: m.T("file.body.label"), Hint: m.T("file.body.hint", "Max", most)}),
			m.Field(Field{Name: "title", Kind: Text, Value: m.Heading,
				Label: m.T("file.heading.label"), Hint: m.T("file.heading.hint", "Max", strconv.Itoa(m.MaxHeading))}),
			m.Field(Field{Name: "remark", Kind: Area, Rows: 3, Value: m.Remark,
				Label: m.T("file.remark.label"), Hint: m.T("file.remark.hint", "Max", strconv.Itoa(m.MaxShort))}),
		}
	}
	return nil
}

// Looks is /case/:number/looks: who of the county opened the case, the newest
// first.
type Looks struct {
	Page
	Number, Heading string
	Looks           []Look
	End             string // path where a helper is told to read no more; "" none may
	More            string // path of the next page; "" none
}

// Look is one time that somebody opened a case.
type Look struct {
	At, When string
	Who      string // name, role and unit
	What     string // what was seen: the case, or name and phone
	Reason   string // given by a leader who looked at name and phone
}

// Template names the page's file.
func (Looks) Template() string { return "looks" }

// Title names the page.
func (m Looks) Title() string { return m.T("looks.title") }
