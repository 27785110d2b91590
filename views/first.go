package views

import "strconv"

// FirstRun is /first, behind the code that a new folder prints: the county's
// name, the first admin, the master key. Each step posts to Post: code posts
// opening, county posts name-<language tag> and hotline, admin posts name, login,
// password and code, keys posts part.
type FirstRun struct {
	Page
	Step string // one of the FirstSteps
	Post string

	Names   []Tongue // county: its name in each language, as typed
	Hotline string   // posted as hotline

	Name, Login string // admin: as typed; the password is never given back
	MinPassword int    // characters
	TOTP        string // base32 in groups of four
	QR          *QR

	Key   []string // keys: the master key in short groups, in their order
	KeyQR *QR
	Group int // which group is to be typed once more, from 1

	Recovery []string // done: the first admin's recovery codes in groups of four

	Next string // done: path of the staff login
}

// Tongue is a name in one language.
type Tongue struct{ Tag, Language, Text string }

// The steps of the first run, and the door before them, where the code that the
// box printed is typed.
const (
	FirstCode   = "code"
	FirstCounty = "county"
	FirstAdmin  = "admin"
	FirstKeys   = "keys"
	FirstDone   = "done"
)

// FirstSteps are the steps in their order.
var FirstSteps = []string{FirstCounty, FirstAdmin, FirstKeys, FirstDone}

// Template names the page's file.
func (FirstRun) Template() string { return "first" }

func (m FirstRun) said() (title, lead, button string) {
	switch m.Step {
	case FirstCode:
		return m.T("first.open.title"), m.T("first.open.lead"), m.T("first.open.button")
	case FirstAdmin:
		return m.T("first.admin.title"), m.T("first.admin.lead"), m.T("first.admin.button")
	case FirstKeys:
		return m.T("first.keys.title"), m.T("first.keys.lead"), m.T("first.keys.button")
	case FirstDone:
		return m.T("first.done.title"), m.T("first.done.lead"), ""
	}
	return m.T("first.county.title"), m.T("first.county.lead"), m.T("first.county.button")
}

// Title is the step's.
func (m FirstRun) Title() string { title, _, _ := m.said(); return title }

// Lead says why it is asked.
func (m FirstRun) Lead() string { _, lead, _ := m.said(); return lead }

// Button goes on; "" on the last step.
func (m FirstRun) Button() string { _, _, button := m.said(); return button }

// Count says which step this is of how many; "" when all are done.
func (m FirstRun) Count() string {
	for i, step := range FirstSteps[:len(FirstSteps)-1] {
		if step == m.Step {
			return m.T("file.step", "Step", strconv.Itoa(i+1), "Steps", strconv.Itoa(len(FirstSteps)-1))
		}
	}
	return ""
}

// Fields are the questions of the step.
func (m FirstRun) Fields() []Field {
	switch m.Step {
	case FirstCode:
		return []Field{m.Field(Field{Name: "opening", Kind: Text,
			Label: m.T("first.open.label"), Hint: m.T("first.open.hint")})}
	case FirstCounty:
		var fields []Field
		for _, t := range m.Names {
			fields = append(fields, m.Field(Field{Name: "name-" + t.Tag, Kind: Text, Value: t.Text,
				Label: m.T("first.name.label", "Language", t.Language)}))
		}
		return append(fields, m.Field(Field{Name: "hotline", Kind: Tel, Value: m.Hotline,
			Label: m.T("first.hotline.label"), Hint: m.T("first.hotline.hint")}))
	case FirstAdmin:
		return []Field{
			m.Field(Field{Name: "name", Kind: Text, Value: m.Name, Autocomplete: "name", Label: m.T("first.admin.name.label")}),
			m.Field(Field{Name: "login", Kind: Text, Value: m.Login, Autocomplete: "username",
				Label: m.T("first.login.label"), Hint: m.T("first.login.hint")}),
			m.Field(Field{Name: "password", Kind: Password, Autocomplete: "new-password",
				Label: m.T("first.password.label"), Hint: m.T("first.password.hint", "Min", strconv.Itoa(m.MinPassword))}),
		}
	case FirstKeys:
		return []Field{m.Field(Field{Name: "part", Kind: Text, Label: m.T("first.part.label", "Group", strconv.Itoa(m.Group)),
			Hint: m.T("first.part.hint")})}
	}
	return nil
}

// Digits are the code that shows that the secret has arrived on a phone; they
// stand behind it.
func (m FirstRun) Digits() Field {
	return m.Field(Field{Name: "code", Kind: Code, Autocomplete: "one-time-code",
		Label: m.T("staff.code.label"), Hint: m.T("first.code.hint")})
}
