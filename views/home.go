package views

// Home is GET /: a few large choices.
type Home struct{ Page }

// Template names the page's file.
func (Home) Template() string { return "home" }

// Title is the greeting.
func (m Home) Title() string { return m.T("home.title") }
