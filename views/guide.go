package views

// Guide is a page to be read: /help, /privacy, /accessibility or /glossary,
// named by Of. All its words are in the locales.
type Guide struct {
	Page
	Of    string // one of the Guides
	Years int    // how long the county keeps a message that has ended
}

// The guides, named as their paths.
const (
	GuideHelp          = "help"
	GuidePrivacy       = "privacy"
	GuideAccessibility = "accessibility"
	GuideGlossary      = "glossary"
)

// Guides lists them.
var Guides = []string{GuideHelp, GuidePrivacy, GuideAccessibility, GuideGlossary}

// Template names the page's file.
func (Guide) Template() string { return "guide" }

// Title names the page.
func (m Guide) Title() string {
	switch m.Of {
	case GuidePrivacy:
		return m.T("privacy.title")
	case GuideAccessibility:
		return m.T("accessibility.title")
	case GuideGlossary:
		return m.T("glossary.title")
	}
	return m.T("help.title")
}

// Lead is the first sentence.
func (m Guide) Lead() string {
	switch m.Of {
	case GuidePrivacy:
		return m.T("privacy.lead")
	case GuideAccessibility:
		return m.T("accessibility.lead")
	case GuideGlossary:
		return m.T("glossary.lead")
	}
	return m.T("help.lead")
}

// Long tells that the page begins with its headings, each a way to its text: a
// word of the glossary is found without.
func (m Guide) Long() bool { return m.Of == GuideHelp || m.Of == GuidePrivacy }

// Links lead on to pages that few need.
func (m Guide) Links() []Link {
	switch m.Of {
	case GuidePrivacy:
		return []Link{{Href: "/checkpoint", Text: m.T("checkpoint.title")}}
	case GuideAccessibility, GuideGlossary:
		return nil
	}
	return []Link{{Href: "/about-desk", Text: m.T("aboutdesk.title")}, {Href: "/assisted", Text: m.T("assisted.title")}}
}

// Sections are the page's headings with their texts.
func (m Guide) Sections() []Section {
	switch m.Of {
	case GuidePrivacy:
		return []Section{
			{m.T("privacy.kept.title"), m.T("privacy.kept.text")},
			{m.T("privacy.use.title"), m.T("privacy.use.text")},
			{m.T("privacy.seen.title"), m.T("privacy.seen.text")},
			{m.T("privacy.public.title"), m.T("privacy.public.text")},
			{m.T("privacy.photo.title"), m.T("privacy.photo.text")},
			{m.T("privacy.where.title"), m.T("privacy.where.text")},
			{m.T("privacy.long.title"), m.T("privacy.long.text", "Count", m.Years)},
			{m.T("privacy.yours.title"), m.T("privacy.yours.text")},
			{m.T("privacy.cookies.title"), m.T("privacy.cookies.text")},
			{m.T("privacy.law.title"), m.T("privacy.law.text")},
		}
	case GuideAccessibility:
		return []Section{
			{m.T("accessibility.aim.title"), m.T("accessibility.aim.text")},
			{m.T("accessibility.met.title"), m.T("accessibility.met.text")},
			{m.T("accessibility.unmet.title"), m.T("accessibility.unmet.text")},
			{m.T("accessibility.tested.title"), m.T("accessibility.tested.text")},
			{m.T("accessibility.tell.title"), m.T("accessibility.tell.text")},
		}
	case GuideGlossary:
		return []Section{
			{m.T("glossary.accept.title"), m.T("glossary.accept.text")},
			{m.T("glossary.assign.title"), m.T("glossary.assign.text")},
			{m.T("glossary.sign.title"), m.T("glossary.sign.text")},
			{m.T("glossary.supervise.title"), m.T("glossary.supervise.text")},
			{m.T("glossary.handback.title"), m.T("glossary.handback.text")},
			{m.T("glossary.extension.title"), m.T("glossary.extension.text")},
			{m.T("glossary.closed.title"), m.T("glossary.closed.text")},
			{m.T("glossary.pin.title"), m.T("glossary.pin.text")},
			{m.T("glossary.hide.title"), m.T("glossary.hide.text")},
			{m.T("glossary.path.title"), m.T("glossary.path.text")},
		}
	}
	return []Section{
		{m.T("help.urgent.title"), m.T("help.urgent.text")},
		{m.T("help.file.title"), m.T("help.file.text")},
		{m.T("help.photo.title"), m.T("help.photo.text")},
		{m.T("help.follow.title"), m.T("help.follow.text")},
		{m.T("help.card.title"), m.T("help.card.text")},
		{m.T("help.wait.title"), m.T("help.wait.text")},
		{m.T("help.change.title"), m.T("help.change.text")},
		{m.T("help.rate.title"), m.T("help.rate.text")},
		{m.T("help.decline.title"), m.T("help.decline.text")},
		{m.T("help.secret.title"), m.T("help.secret.text")},
		{m.T("help.helper.title"), m.T("help.helper.text")},
		{m.T("help.disown.title"), m.T("help.disown.text")},
		{m.T("help.slip.title"), m.T("help.slip.text")},
		{m.T("help.about.title"), m.T("help.about.text")},
		{m.T("help.see.title"), m.T("help.see.text")},
	}
}
