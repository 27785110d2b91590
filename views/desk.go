package views

import (
	"html/template"
	"slices"
	"strings"

	"lianxin/locales"
)

// StaffLogin is /staff/login: posts name, password and code together, so that a
// guesser does not learn which of them was wrong.
type StaffLogin struct {
	Page
	Name string // as typed; password and code are never given back
	Kept string // names the words that an ended session left; "" none
	Then string // path to go on to
}

// Template names the page's file.
func (StaffLogin) Template() string { return "staff-login" }

// Title names the page.
func (m StaffLogin) Title() string { return m.T("staff.title") }

// Fields are the three fields.
func (m StaffLogin) Fields() []Field {
	return []Field{
		m.Field(Field{Name: "name", Kind: Text, Value: m.Name, Autocomplete: "username",
			Label: m.T("staff.name.label"), Hint: m.T("staff.name.hint")}),
		m.Field(Field{Name: "password", Kind: Password, Autocomplete: "current-password", Label: m.T("staff.password.label")}),
		m.Field(Field{Name: "code", Kind: Code, Autocomplete: "one-time-code",
			Label: m.T("staff.code.label"), Hint: m.T("staff.code.hint")}),
	}
}

// Tab is one section of a desk with how many cases wait there.
type Tab struct {
	Href, Text string
	Count      string
	Current    bool
}

// Row is a case on a desk. A narrow screen shows its values one below the other
// without the table's head, so Age and Due say what they are: "came 2 days ago",
// "by 24 September". 20 rows keep the page within 14 KB.
type Row struct {
	Href     string
	Number   string
	Title    string
	Kind     string
	Place    string
	Received string // the date
	Age      string // how long ago, in a few words
	Unit     string // who has it; "" nobody yet
	Left     string // how near its next date is, as people say it: "two working days left"
	Due      string // the date itself
	Alarm    Stamp  // yellow or red with its word; Text "" none
	State    Stamp
	Task     string   // what it waits for; "" nothing
	Marks    []string // what sets it apart: supervised, re-opened
}

// Desk is /desk: one page for every role that has cases before it. Filters sift
// the chosen tab: red, yellow, re-opened, supervised, new.
type Desk struct {
	Page
	Heading string // whose desk
	Tabs    []Tab
	Filters []Tab
	Query   string // what was looked for; "" a shelf is shown
	Section string // the chosen tab in words: the table's caption
	Note    string // of what was found: that there is more; "" nothing to say
	Rows    []Row
	Empty   string // said when there are no rows
	First   string // path back to the first page; "" on it
	More    string // path of the next page; "" none
	Take    []Link // the whole list as a file, in its forms; nil for who may not
}

// Template names the page's file.
func (Desk) Template() string { return "desk" }

// Search is the field that finds a case.
func (m Desk) Search() Field {
	return m.Field(Field{Name: "q", Kind: Text, Value: m.Query, Label: m.T("find.label"), Hint: m.T("find.hint")})
}

// Title is whose desk this is.
func (m Desk) Title() string { return m.Heading }

// Fact is a named value.
type Fact struct {
	Name, Value string
	Phone       bool // the value is a number that can be called
}

// Call is a phone's tel: address.
func (f Fact) Call() template.URL { return call(f.Value) }

// Action is a deed that may be done now: a small form.
type Action struct {
	Deed      string // its name; also prefixes the ids of its fields
	Title     string
	Hint      string
	Fields    []Field
	Button    string
	Secondary bool   // folded away; the first thing to do is not
	Unfolded  bool   // drawn open, though it is not the first thing to do
	Post      string // path
	Once      string // its own form token: two deeds on one page are two
	Hidden    []Hidden
	Also      *Button // a second way to send it, such as filling in a template
	Marked    []Span  // words with what looks like personal data marked, shown above the fields
}

// Button sends its form under a name of its own.
type Button struct{ Name, Text string }

// Span is a piece of a text; Hit where it looks like personal data.
type Span struct {
	Text string
	Hit  bool
}

// Type is the enctype: a form with a file must name one.
func (a Action) Type() string { return enctype(a.Fields) }

func enctype(fields []Field) string {
	for _, f := range fields {
		if f.Kind == Upload {
			return "multipart/form-data"
		}
	}
	return ""
}

// Whole is the marked text in one piece.
func (a Action) Whole() string {
	var text strings.Builder
	for _, s := range a.Marked {
		text.WriteString(s.Text)
	}
	return text.String()
}

// Hits lists what is marked, each thing once.
func (a Action) Hits() []string {
	var hits []string
	for _, s := range a.Marked {
		if s.Hit && !slices.Contains(hits, s.Text) {
			hits = append(hits, s.Text)
		}
	}
	return hits
}

// OpenAsk is what a unit or the person asked the county desk.
type OpenAsk struct {
	What   string // hand-back, extension, objection, in words
	Who    string
	When   string
	Reason string
	By     string // until when the desk rules, as a sentence; "" once it ruled
	State  Stamp  // open, granted, refused
}

// DeskCase is /desk/case/:number. The model has of the person only what this
// reader may see. An error's Field is the deed and the field: "answer-found".
type DeskCase struct {
	Page
	Onward   *Onward // after a deed; nil otherwise
	Number   string  // grouped
	Heading  string
	State    Stamp
	Alarm    Stamp
	Standing *Standing // somebody else typed it; nil: the person did
	Next     *Next
	Facts    []Fact // kind, place, unit, dates
	Person   []Fact // name, phone, as far as allowed
	Body     string
	Remark   string
	Added    []Said
	Files    []AttachedFile
	Refusal  *Refusal
	Ruling   *OpenAsk  // what this reader rules on now, beside the forms; nil nothing
	Asks     []OpenAsk // the others, newest first
	Contacts []Moment  // calls, visits and what the desk relayed, newest first
	Timeline []Moment
	Review   *Reply  // the reply that this reader judges now, beside the question; nil none
	Replies  []Reply // the others, newest first; staff see the returned ones too
	Into     *Card   // the case that this one was merged into
	Merged   []Card  // cases that were merged into this one
	Same     []Card  // open cases that seem to be about the same thing
	Looks    []Look  // newest first; nil where the reader may not know
	Actions  []Action
}

// Onward leads on from a case that was just worked on, along one shelf.
type Onward struct {
	Section string // the shelf in words
	Shelf   string // its path
	Count   string // how many wait there; "" not counted
	Next    *Row   // nil: nothing is left on the shelf
}

// Template names the page's file.
func (DeskCase) Template() string { return "desk-case" }

// Title is what the case is about.
func (m DeskCase) Title() string { return m.Heading }

// Deed is an action with its fields readied.
type Deed struct {
	locales.Words
	Action
	Open  bool // drawn unfolded: the first thing to do, or one with an error
	Token string
}

// Deeds readies the actions of the page.
func (m DeskCase) Deeds() []Deed {
	deeds := make([]Deed, len(m.Actions))
	for i, a := range m.Actions {
		deeds[i] = m.deed(a)
	}
	return deeds
}

// deed readies an action: its fields' ids begin with its name, so that several
// forms stand on one page.
func (p Page) deed(a Action) Deed {
	d := Deed{Action: a, Open: !a.Secondary || a.Unfolded, Token: p.Token}
	d.Words = p.Words
	d.Fields = make([]Field, len(a.Fields))
	for i, f := range a.Fields {
		f.ID = a.Deed + "-" + f.Name
		d.Fields[i] = p.Field(f)
		d.Open = d.Open || d.Fields[i].Error != ""
	}
	return d
}

// AnswerPreview is /desk/case/:number/answer: the reply as the resident will see
// it. Both buttons post everything; the second one has the name `change`.
type AnswerPreview struct {
	Page
	Number   string
	Heading  string
	Reply    Reply
	Findings []string // what the reply check noticed; it explains and never refuses
	Hidden   []Hidden // all fields of the reply
	Post     string
}

// Template names the page's file.
func (AnswerPreview) Template() string { return "answer-preview" }

// Title names the page.
func (m AnswerPreview) Title() string { return m.T("preview.title") }
