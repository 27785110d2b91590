package views

// Typed is what a case's page says when somebody else typed the message for its
// person: who, and whether the person stands behind it.
type Typed struct {
	By      string // name and role of who typed it
	State   Stamp  // waits for the person, frozen; Text "" when confirmed
	What    string // what that means, and by when
	Confirm string // path of "it is mine"; "" not asked
	Disown  string // path of "it is not mine"; "" not possible
}

// Standing is the same for a desk: who typed it, by which consent, and what
// must happen before it counts like any other.
type Standing struct {
	State Stamp // Text "" when the person stands behind it
	What  string
	Facts []Fact
}

// AboutDesk is /about-desk: how to complain about the county desk itself. Its
// form posts about, "desk" or "", and begins a message that the desk never sees.
type AboutDesk struct {
	Page
	Chosen bool // the message that is being written is such a one
}

// OfDesk is the value of about for a complaint about the county desk.
const OfDesk = "desk"

// Template names the page's file.
func (AboutDesk) Template() string { return "about-desk" }

// Title names the page.
func (m AboutDesk) Title() string { return m.T("aboutdesk.title") }

// Sections are the page's headings with their texts.
func (m AboutDesk) Sections() []Section {
	return []Section{
		{m.T("aboutdesk.who.title"), m.T("aboutdesk.who.text")},
		{m.T("aboutdesk.write.title"), m.T("aboutdesk.write.text")},
		{m.T("aboutdesk.unit.title"), m.T("aboutdesk.unit.text")},
	}
}

// Hidden is what the button chooses.
func (m AboutDesk) Hidden() []Hidden {
	if m.Chosen {
		return []Hidden{{"about", ""}}
	}
	return []Hidden{{"about", OfDesk}}
}
