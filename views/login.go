package views

// Login is /login: the phone number. It posts phone, and kept and then where
// they are set.
type Login struct {
	Page
	Phone string // as typed
	Kept  string // names the words that an ended session left; "" none
	Then  string // path to go on to after the code
	Slip  bool   // it is about a case, which number and PIN open as well; posts kept to /lookup
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

// LoginCode is /login/code: the digits that were sent. It posts code; the second
// button posts to /login/code/again. Both carry the hidden values.
type LoginCode struct {
	Page
	Phone   string // masked, the same for known and unknown numbers
	Code    string // as typed
	Attempt string // hidden `attempt`: which sending this code belongs to
	Kept    string
	Then    string
}

// Template names the page's file.
func (LoginCode) Template() string { return "login-code" }

// Title is the question.
func (m LoginCode) Title() string { return m.T("code.title") }

// Digits is the page's one field.
func (m LoginCode) Digits() Field {
	return m.Field(Field{
		Name: "code", Kind: Code, Value: m.Code, Autocomplete: "one-time-code",
		Label: m.T("code.code.label"), Hint: m.T("code.code.hint"),
	})
}
