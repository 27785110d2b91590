package views

import (
	"html/template"

	"lianxin/locales"
	"lianxin/static"
)

// Page is what every page needs. Each model embeds it.
//
// All forms post `token`; forms of a deed post `once` besides. The small form at
// the foot posts lang, size, theme and here to /display; the button at the top
// posts to /logout.
type Page struct {
	locales.Words
	County        string             // the county's name in the page's language
	Hotline       string             // as people write it: 0311-8000 1234
	Languages     []locales.Language // all that may be chosen
	Size          string             // type size: "" or 20, 24, 30 (pixels)
	Theme         string             // "" as the device wants, or light, dark, contrast, cream
	Here          string             // path and query of this page: where /display comes back to
	Who           string             // name or masked phone of who is logged in; "" nobody
	For           string             // for whom a relative acts here; "" for oneself
	Staff         bool               // a desk: denser, with desk.css
	Bare          bool               // printed without the board's head: papers that are folded and cut
	Nav           []Link             // of a desk
	Helping       *Helping           // the helping session that runs; nil none
	Doubt         bool               // the machine's clock is in doubt: said to staff
	Paper         string             // on what a desk's page is printed: "" A4, or PaperTill
	Back          string             // path one step back; "" none
	Errors        []Error            // what was wrong with the form, in the order of its fields
	Flash         string             // said once after a deed: "saved"
	Token         string             // against forged requests
	Once          string             // form token: the same one never acts twice
	Demo          bool               // the made-up county: said on every page
	RequestNumber string             // of a fault, to tell the hotline
}

// Error is one wrong answer: how to mend it, and at which field ("" = the whole form).
type Error struct{ Field, Text string }

// Link leads to a page. Current marks where the reader is.
type Link struct {
	Href, Text string
	Current    bool
}

// PaperTill is the 80 mm paper of a till's printer.
const PaperTill = "till"

// Helping is for whom a helper is writing now. It stands on every page until the
// helper says that it is over.
type Helping struct {
	Who  string // name and village
	Href string // where the helper goes on
}

// Hidden is a value that a form carries without showing it.
type Hidden struct{ Name, Value string }

// Sheet is the one stylesheet of the page: two requests show it whole.
func (p Page) Sheet() string {
	if p.Staff {
		return static.Path("desk.css")
	}
	return static.Path("site.css")
}

// Class is the class of <body>.
func (p Page) Class() string {
	switch {
	case p.Bare:
		return "staff bare"
	case p.Paper != "":
		return "staff " + p.Paper
	case p.Staff:
		return "staff"
	}
	return ""
}

// Look is the class of <html>: what the person chose to see.
func (p Page) Look() string {
	look := p.Theme
	if p.Size == "24" || p.Size == "30" {
		if look != "" {
			look += " "
		}
		look += "s" + p.Size
	}
	return look
}

// Call is the hotline as a tel: address: digits, with a plus where it has one.
// Only digits are left, so the engine need not distrust it.
func (p Page) Call() template.URL { return call(p.Hotline) }

func call(phone string) template.URL {
	number := make([]rune, 0, len(phone))
	for _, r := range phone {
		if r >= '0' && r <= '9' || r == '+' && len(number) == 0 {
			number = append(number, r)
		}
	}
	return template.URL("tel:" + string(number))
}

// Display is the small form at the foot of every page.
func (p Page) Display() []Field {
	languages := make([]Option, len(p.Languages))
	for i, l := range p.Languages {
		languages[i] = Option{Value: l.Tag, Label: l.Name, Lang: l.Tag}
	}
	size := p.Size
	if size == "" {
		size = "20"
	}
	fields := []Field{
		{ID: "show-lang", Name: "lang", Kind: Select, Label: p.T("top.language"), Value: p.Lang, Options: languages},
		{ID: "show-size", Name: "size", Kind: Select, Label: p.T("top.size"), Value: size, Options: []Option{
			{Value: "20", Label: p.T("top.size.normal")},
			{Value: "24", Label: p.T("top.size.large")},
			{Value: "30", Label: p.T("top.size.largest")},
		}},
		{ID: "show-theme", Name: "theme", Kind: Select, Label: p.T("top.theme"), Value: p.Theme, Options: []Option{
			{Value: "", Label: p.T("top.theme.device")},
			{Value: "light", Label: p.T("top.theme.light")},
			{Value: "dark", Label: p.T("top.theme.dark")},
			{Value: "contrast", Label: p.T("top.theme.contrast")},
			{Value: "cream", Label: p.T("top.theme.cream")},
		}},
	}
	for i, f := range fields {
		fields[i] = f.checked()
	}
	return fields
}
