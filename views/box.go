package views

// AdminBox is /admin/box: how the machine is, and what came of its backups.
type AdminBox struct {
	Page
	Findings []BoxFinding
	Works    []BoxWork // the newest first
	Seal     string    // the newest seal; "" none
}

// BoxFinding is one thing that was looked at.
type BoxFinding struct {
	State Stamp
	Text  string
}

// BoxWork is a backup, the trial of one, or what went by the county's rule.
type BoxWork struct {
	When, What            string
	State                 Stamp
	Size, Events, Seconds string // "" when it failed, or was none
	Failed                string // why, as the machine says it
}

// Template names the page's file.
func (AdminBox) Template() string { return "admin-box" }

// Title names the page.
func (m AdminBox) Title() string { return m.T("box.title") }
