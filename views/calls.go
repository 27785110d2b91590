package views

import (
	"html/template"
)

// Calls is /calls: the people whom an operator calls, who has waited longest
// first. It counts nothing: a list is worked through, not raced through.
type Calls struct {
	Page
	Rows  []CallRow
	First string // path back to the first page; "" on it
	More  string // path of the next page; "" none
}

// CallRow is one person to be called. A narrow screen shows its values one below
// the other without the table's head.
type CallRow struct {
	Href  string
	Name  string // said in words where nobody knows it
	About string // what the case is about; "" for somebody who only wants to be called
	Why   string
	Since string
	Tries string // how often nobody answered; "" never
}

// Template names the page's file.
func (Calls) Template() string { return "calls" }

// Title names the list.
func (m Calls) Title() string { return m.T("calls.title") }

// Call is one call: whom, why, what to say word by word, and what came of it. An
// error's Field is the deed and the field: "told-at".
type Call struct {
	Page
	Heading string // whom it goes to
	Phone   string // as people write it; "" none
	Near    bool   // a helper of the place can go there instead
	Why     string
	Tries   string // "" nobody tried before
	Script  []Line
	Actions []Action // what may have come of it, the likeliest first
	Links   []Link   // what else may come of it
	Case    *CallCase
}

// CallCase is the case as its person is told it.
type CallCase struct {
	Number, Heading string
	State           Stamp
	Body            string
	Facts           []Fact
	Timeline        []Moment
}

// Line is one step of what to say: a sentence to be spoken as it stands, or only
// a word to the operator, and what is read out with it.
type Line struct {
	Say   string
	Note  string // to the operator
	Own   string // the person's own words, to be read out
	Reply *Reply // the answer, to be read out
}

// Template names the page's file.
func (Call) Template() string { return "call" }

// Title is whom the call goes to.
func (m Call) Title() string { return m.Heading }

// Dial is the phone as a tel: address.
func (m Call) Dial() template.URL { return call(m.Phone) }

// Deeds readies the forms.
func (m Call) Deeds() []Deed {
	deeds := make([]Deed, len(m.Actions))
	for i, a := range m.Actions {
		deeds[i] = m.deed(a)
	}
	return deeds
}

// Letters is /letters: the answers that go out on paper, the oldest first.
type Letters struct {
	Page
	Rows  []LetterRow
	First string // path back to the first page; "" on it
	More  string // path of the next page; "" none
}

// LetterRow is one letter to be printed.
type LetterRow struct {
	Href  string
	Name  string
	Place string
	About string
	Since string
}

// Template names the page's file.
func (Letters) Template() string { return "letters" }

// Title names the list.
func (m Letters) Title() string { return m.T("letters.title") }

// Letter is /letters/:number: a letter as it is printed, and below it, on the
// screen only, the button that says it is in its envelope.
type Letter struct {
	Page
	Heading string // whom it goes to
	Phone   string // to ask for the address; "" none
	Mail    AnswerSheet
	Done    Action
}

// Template names the page's file.
func (Letter) Template() string { return "letter" }

// Title is whom the letter goes to.
func (m Letter) Title() string { return m.Heading }

// Dial is the phone as a tel: address.
func (m Letter) Dial() template.URL { return call(m.Phone) }

// Form readies the button below the letter.
func (m Letter) Form() Deed { return m.deed(m.Done) }
