package views

import "strings"

// Login is /login: the phone number. It posts phone, and kept and then where
// they are set.
type Login struct {
	Page
	Phone string // as typed
	Kept  string // names the words that an ended session left; "" none
	Then  string // path to go on to after the code
	Slip  bool   // it is about a case, which number and PIN open as well; posts kept to /lookup
	Text  bool   // a text from the person's own phone logs in too; its button posts way
}

// Template names the page's file.
func (Login) Template() string { return "login" }

// Title is the question.
func (m Login) Title() string { return m.T("login.title") }

// Number is the page's one field.
func (m Login) Number() Field {
	return m.Field(Field{
		Name: "phone", Kind: Tel, Value: m.Phone, Autocomplete: "tel",
		Label: m.T("login.phone.label"), Hint: m.T("login.phone.hint"),
	})
}

// LoginCode is /login/code: the digits that were sent, or that the person sends.
// It posts code and shared, and sent when the person has sent a text; another form
// posts to /login/code/again. Both carry the hidden values.
type LoginCode struct {
	Page
	Phone   string // masked, the same for known and unknown numbers
	Code    string // as typed
	Attempt string // hidden `attempt`: which sending this code belongs to
	Kept    string
	Then    string
	Shared  string     // not "" when others use the browser too
	Text    *TextLogin // nil where no text logs in
}

// TextLogin is what a person sends from their own phone to log in.
type TextLogin struct {
	Code, To string
	Only     bool // no code went out: the person chose to send; posts way
	Scarce   bool // codes to new numbers are held back now: sending comes first
}

// The values of stay: how long a login lasts. "" is a week.
const (
	StayMonth = "month"
	StayBrief = "brief"
)

// shared is the box to tick on every page that logs a resident in.
func (p Page) shared(value string) Field {
	return p.Field(Field{Name: "shared", Kind: Tick, Value: value, Label: p.T("login.shared")})
}

// Whose is whether others use the browser too.
func (m LoginCode) Whose() Field { return m.shared(m.Shared) }

// Plain is the code as a link carries it, which opens the phone's own form for a
// text.
func (t TextLogin) Plain() string { return strings.ReplaceAll(t.Code, " ", "") }

// Template names the page's file.
func (LoginCode) Template() string { return "login-code" }

// Title is the question.
func (m LoginCode) Title() string {
	if !m.Coded() {
		return m.T("code.text.title")
	}
	return m.T("code.title")
}

// TextFirst tells that sending a text is the first of the ways, or the only one.
func (m LoginCode) TextFirst() bool { return m.Text != nil && (m.Text.Only || m.Text.Scarce) }

// Coded tells that there may be a code to type.
func (m LoginCode) Coded() bool { return m.Text == nil || !m.Text.Only }

// Digits is the page's one field.
func (m LoginCode) Digits() Field {
	return m.Field(Field{
		Name: "code", Kind: Code, Value: m.Code, Autocomplete: "one-time-code",
		Label: m.T("code.code.label"), Hint: m.T("code.code.hint"),
	})
}
