package views

import (
	"html/template"
	"slices"
	"strconv"

	"lianxin/locales"
)

// Assist is /assist: the people whom a helper may write for, the one last helped
// first. The field posts nothing; it asks for the same page with q.
type Assist struct {
	Page
	Query  string
	People []Helpee
	Tasks  string // how many people wait for an answer to be read to them, in words; "" nobody
	First  string // path back to the first page; "" on it
	More   string // path of the next page; "" none
}

// Helpee is somebody in a helper's list. Begin posts who it is.
type Helpee struct {
	Name  string
	Place string
	Phone string // masked; "" none
	Task  *Link  // answers to be read to them; nil none
	Cases []Card // the newest first
	Begin Action // one button that names the person
	Focus bool   // was looked for and found: Enter begins
}

// Template names the page's file.
func (Assist) Template() string { return "assist" }

// Title names the page.
func (m Assist) Title() string { return m.T("assist.title") }

// Search is the field that finds somebody.
func (m Assist) Search() Field {
	return m.Field(Field{Name: "q", Kind: Text, Value: m.Query, Focus: m.Query == "",
		Label: m.T("assist.q.label"), Hint: m.T("assist.q.hint")})
}

// AssistNew is /assist/new: who it is, before their words. It posts name, place,
// village, meant, other, phone and tell.
type AssistNew struct {
	Page
	Filing        // name and place
	Areas  string // the villages where the helper helps, in words; "" whole townships
	Other  bool   // lives elsewhere, and chose this helper
	Phone  string // as typed; "" for somebody who has none
	Tell   string // one of the values of tell
}

// Template names the page's file.
func (AssistNew) Template() string { return "assist-new" }

// Title is the question.
func (m AssistNew) Title() string { return m.T("assist.new.title") }

// Fields ask who it is and how to reach them.
func (m AssistNew) Fields() []Field {
	other := ""
	if m.Other {
		other = "yes"
	}
	hint := m.T("assist.village.hint")
	if m.Areas != "" {
		hint = m.T("assist.village.own", "Villages", m.Areas)
	}
	return append(append([]Field{
		m.Field(Field{Name: "name", Kind: Text, Value: m.Name, Focus: true, Label: m.T("assist.name.label")}),
		m.Field(Field{Name: "place", Kind: Select, Value: m.Place, Options: m.Places, Label: m.T("assist.place.label")}),
		m.Field(Field{Name: "village", Kind: Text, Value: m.Village, Label: m.T("assist.village.label"), Hint: hint}),
	}, m.meant(m.Near, m.AsTyped)...),
		m.Field(Field{Name: "other", Kind: Tick, Value: other, Label: m.T("assist.other.label"), Hint: m.T("assist.other.hint")}),
		m.Field(Field{Name: "phone", Kind: Tel, Value: m.Phone, Label: m.T("assist.phone.label"), Hint: m.T("assist.phone.hint")}),
		m.tell(m.Tell))
}

// AssistWords is /assist/words: what the person says, in their own words. It
// posts body, kind, place, village, remark and about.
type AssistWords struct {
	Page
	Filing
	Person string
	About  string   // value of one of Offices
	Units  []Option // whom a complaint may be about, the county desk first
}

// Template names the page's file.
func (AssistWords) Template() string { return "assist-words" }

// Title is the question.
func (m AssistWords) Title() string { return m.T("assist.words.title", "Name", m.Person) }

// Fields begin with the words: who types with the keyboard alone has then one key
// to the kind, and sends from there. What is seldom asked comes last.
func (m AssistWords) Fields() []Field {
	kinds := make([]Option, len(m.Kinds))
	for i, k := range m.Kinds {
		kinds[i] = Option{Value: k.Value, Label: k.Label}
	}
	return slices.Concat([]Field{
		m.Field(Field{Name: "body", Kind: Area, Rows: 6, Value: m.Body, Focus: true,
			Label: m.T("assist.body.label"), Hint: m.T("assist.body.hint", "Max", strconv.Itoa(m.MaxBody))}),
		m.Field(Field{Name: "kind", Kind: Choice, Short: true, Value: m.Kind, Options: kinds, Label: m.T("file.kind.label")}),
	}, m.fields(m.Page, StepPlace), []Field{
		m.Field(Field{Name: "remark", Kind: Text, Value: m.Remark,
			Label: m.T("file.remark.label"), Hint: m.T("file.remark.hint", "Max", strconv.Itoa(m.MaxRemark))}),
		m.Field(Field{Name: "about", Kind: Select, Value: m.About, Options: append([]Option{{Label: m.T("assist.about.none")}}, m.Units...),
			Label: m.T("assist.about.label"), Hint: m.T("assist.about.hint")}),
	})
}

// AssistRead is /assist/read: the words once more, to be read aloud; then what the
// person alone answers, and how they show that they want it. All ways post to one
// form: public, hide and slip, with paper or witness where they are needed. The
// name of the button says which way.
type AssistRead struct {
	Page
	Person  string
	Place   string // in words
	Kind    string // in words
	Body    string
	Remark  string
	About   string // the office complained about, in words; "" none
	Public  string
	Hide    string
	Slip    string
	Paper   string
	Witness string
	Phone   string // masked: where the code goes; "" none
	Days    int    // working days in which somebody who could not show it says yes
}

// The buttons of AssistRead.
const (
	ConsentCode    = "code"
	ConsentPaper   = "with-paper"
	ConsentWitness = "with-witness"
	ConsentPending = "later"
)

// Template names the page's file.
func (AssistRead) Template() string { return "assist-read" }

// Title says to whom it is read.
func (m AssistRead) Title() string { return m.T("assist.read.title", "Name", m.Person) }

// Asked are the questions that only the person answers, and the slip that they
// get. The first is where the page begins: Enter there asks for the code.
func (m AssistRead) Asked() []Field {
	public := m.public(m.Public, false)
	public.Focus = len(m.Errors) == 0
	return []Field{public, m.hide(m.Hide), m.Field(Field{Name: "slip", Kind: Code, Value: m.Slip,
		Label: m.T("assist.slip.label"), Hint: m.T("assist.slip.hint")})}
}

// PaperField is the number of the paper that the person signed.
func (m AssistRead) PaperField() Field {
	return m.Field(Field{Name: "paper", Kind: Code, Value: m.Paper, Label: m.T("assist.paper.label"), Hint: m.T("assist.paper.hint")})
}

// WitnessField is the name of somebody who heard the yes.
func (m AssistRead) WitnessField() Field {
	return m.Field(Field{Name: "witness", Kind: Text, Value: m.Witness, Label: m.T("assist.witness.label"), Hint: m.T("assist.witness.hint")})
}

// Without tells whether the ways without a telephone are drawn unfolded.
func (m AssistRead) Without() bool { return m.Phone == "" || m.Paper != "" || m.Witness != "" }

// AssistCode is /assist/code: the digits that the person reads out. It posts code.
type AssistCode struct {
	Page
	Person string
	Phone  string // masked
	Code   string // as typed
}

// Template names the page's file.
func (AssistCode) Template() string { return "assist-code" }

// Title asks for the digits.
func (m AssistCode) Title() string { return m.T("assist.code.title", "Name", m.Person) }

// Digits is the one field.
func (m AssistCode) Digits() Field {
	return m.Field(Field{Name: "code", Kind: Code, Value: m.Code, Focus: true, Label: m.T("assist.code.label"), Hint: m.T("assist.code.hint")})
}

// AssistReceipt is /assist/receipt/:number: what the person takes home, in large
// type, on a sheet or on the narrow paper of a till (Page.Paper). It never bears a PIN, nor
// who the person is, nor what they said: others may find it.
type AssistReceipt struct {
	Page
	Number    string // grouped
	Slip      string // serial of the sealed slip, grouped; "" none
	Helper    string // who typed it
	Person    string // for whom the helper can go on; never on the paper
	Filed     string
	ScreenBy  string
	ConfirmBy string // by when the person still has to say yes; "" it was shown
	Told      string // how the person hears of it, in words
	QR        *QR    // of the number
	Seal      string // a line for the foot of the paper; "" none
	Other     string // path of the same on the other paper
	Attach    string // path of adding a photo
}

// Template names the page's file.
func (AssistReceipt) Template() string { return "assist-receipt" }

// Title names the paper.
func (m AssistReceipt) Title() string { return m.T("assist.receipt.title") }

// AssistTasks is /assist/tasks: the answers that people want read to them.
type AssistTasks struct {
	Page
	People []Listener
}

// Listener is somebody to read to.
type Listener struct {
	Name  string
	Place string
	Phone string // as people write it; "" none
	Cases []Link
}

// Template names the page's file.
func (AssistTasks) Template() string { return "assist-tasks" }

// Title names the page.
func (m AssistTasks) Title() string { return m.T("assist.tasks.title") }

// AssistCase is /assist/case/:number: a case as its person is told of it. The
// answer stands there to be read aloud, or printed. Nothing here rates it.
type AssistCase struct {
	Page
	Number   string // grouped
	Heading  string
	Person   string
	Phone    string // as people write it; "" none
	State    Stamp
	Standing string // that the person still has to say yes, or said no; "" neither
	Next     *Next
	Answer   *AnswerSheet
	Timeline []Moment
	Actions  []Action // it was read out; pass it back
}

// Template names the page's file.
func (AssistCase) Template() string { return "assist-case" }

// Title is what the case is about.
func (m AssistCase) Title() string { return m.Heading }

// Ring is the person's phone as a tel: address.
func (m AssistCase) Ring() template.URL { return call(m.Phone) }

// Deeds readies the actions of the page.
func (m AssistCase) Deeds() []Deed {
	deeds := make([]Deed, len(m.Actions))
	for i, a := range m.Actions {
		deeds[i] = m.deed(a)
	}
	return deeds
}

// AnswerSheet is an answer in large type, to be read aloud, handed over or sent by
// letter. A letter is in its person's own language, whatever the page speaks.
type AnswerSheet struct {
	locales.Words
	County, Hotline string
	Name            string   // whom it is for; "" not known
	To              []string // lines for the window of an envelope: name and village; nil for what is handed over
	Number          string   // grouped
	About           string
	Filed, Today    string // dates in words
	Reply           *Reply
	Slip            string // serial of the sealed slip they hold, grouped; "" none
	Seal            string // a line for the foot of the sheet; "" none
}
