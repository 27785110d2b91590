package views

// Patterns is /patterns: what happened to the messages that each helper and
// operator typed for others, so that somebody looks where people did not stand
// behind what was written in their name. It stands in the order of names and has
// no sums: it ranks nobody.
type Patterns struct {
	Page
	Rows []Pattern
}

// Pattern is one of those who type for others.
type Pattern struct {
	Href  string // the messages behind the figures
	Name  string
	Note  string // role, and where
	Cells []string
	Alarm Stamp // Text "" none
}

// Column is a figure, and in plain words what it says.
type Column struct{ Name, What string }

// Template names the page's file.
func (Patterns) Template() string { return "patterns" }

// Title names the page.
func (m Patterns) Title() string { return m.T("patterns.title") }

// Columns are the figures in the order of the cells.
func (m Patterns) Columns() []Column {
	return []Column{
		{m.T("patterns.filed"), m.T("patterns.filed.what")},
		{m.T("patterns.pending"), m.T("patterns.pending.what")},
		{m.T("patterns.frozen"), m.T("patterns.frozen.what")},
		{m.T("patterns.void"), m.T("patterns.void.what")},
		{m.T("patterns.gone"), m.T("patterns.gone.what")},
		{m.T("patterns.apart"), m.T("patterns.apart.what")},
		{m.T("patterns.phones"), m.T("patterns.phones.what")},
	}
}
