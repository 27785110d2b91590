package views

// Check is /file/check: every answer once more, each with its own link to change
// it, before it is sent. It posts the form's fields, and meant where a village may be.
type Check struct {
	Page
	Filing
	Steps  bool   // came step by step: the links lead back to the steps
	Kind   string // the chosen kind in words
	Phone  string // masked: where the texts go
	OfDesk bool   // a complaint about the county desk
}

// Template names the page's file.
func (Check) Template() string { return "check" }

// Title is the question.
func (m Check) Title() string { return m.T("check.title") }

// Answer is one row of a summary.
type Answer struct {
	Name, Value  string
	Href, Change string // "" where it cannot be changed here
	Own          bool   // the person's own words, which may run over many lines
}

// Answers are the rows in the order of the questions.
func (m Check) Answers() []Answer {
	public := m.T("file.public.no.label")
	switch m.Public {
	case "yes":
		public = m.T("file.public.yes.label")
	case PublicPrivate:
		public = m.T("file.private.label")
	}
	hide := m.T("file.hide.no.label")
	if m.Hide == "yes" {
		hide = m.T("file.hide.yes.label")
	}
	last := Answer{Name: m.T("check.phone"), Value: m.Phone}
	if m.For != "" {
		last = Answer{Name: m.T("check.for"), Value: m.For} // the texts go to them
	}
	answers := []Answer{
		m.row("file.kind.label", m.Kind, StepKind, "kind", false),
		m.row("file.body.label", m.Body, StepWords, "body", true),
		m.row("file.heading.name", m.Heading, StepWords, "title", true),
		m.row("file.place.label", m.Place, StepPlace, "place", false),
		m.row("file.village.name", m.Village, StepPlace, "village", true),
		m.row("file.name.name", m.Name, StepYou, "name", true),
		m.row("file.remark.name", m.Remark, StepYou, "remark", true),
		m.row("file.public.name", public, StepYou, "public", false),
		m.row("file.hide.name", hide, StepYou, "hide", false),
		last,
	}
	if m.OfDesk {
		label := m.T("check.about")
		answers = append(answers, Answer{label, m.T("check.about.desk"), "/about-desk", m.T("check.change", "Name", label), false})
	}
	return answers
}

// Meant asks which village it is, where several may be. Whoever does not say has
// written what they meant.
func (m Check) Meant() []Field { return m.meant(m.Near, true) }

func (m Check) row(name, value, step, field string, own bool) Answer {
	href := "/file#f-" + field
	if m.Steps {
		href = "/file/step/" + step + "#f-" + field
	}
	if value == "" {
		value, own = m.T("check.nothing"), false
	}
	label := m.T(name)
	return Answer{label, value, href, m.T("check.change", "Name", label), own}
}
