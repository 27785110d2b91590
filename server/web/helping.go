package web

import (
	"net/url"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// A helping session, page by page: words, read back, consent, receipt. None of
// these pages is there when no session runs.

// notHelping leads to the desk when no session runs: it was ended, or nothing
// was done in it for half an hour. What was typed comes back.
func (r *request) notHelping(typed string) (views.Model, error) {
	if r.row.form == nil {
		return nil, goOn("/assist")
	}
	r.errors, r.here = nil, "/assist" // there is no form here to mend
	return views.Message{
		Page: r.page(), Heading: r.words.T("refused.expired"), Paragraphs: []string{r.words.T("fault.assist.none")}, Body: typed,
		Links: []views.Link{{Href: "/assist", Text: r.words.T("assist.title")}},
	}, nil
}

// helpedWords are the person's own words, as the helper types them.
type helpedWords struct{ draft board.Draft }

func showHelpedWords(r *request) (views.Model, error) {
	if r.helping == nil {
		return r.notHelping("")
	}
	d, err := r.site.Office.HelpDraft(r, r.who)
	if err != nil {
		return nil, err
	}
	return helpedWords{d}.page(r)
}

func readHelpedWords(r *request) form { return helpedWords{about(read(board.Draft{}, r.form), r.form)} }

// aboutDesk is the county desk among the offices that can be complained about.
const aboutDesk = "desk"

// about takes from a form which office is complained about.
func about(d board.Draft, form map[string]string) board.Draft {
	value, asked := form["about"]
	if !asked {
		return d
	}
	d.AboutDesk = value == aboutDesk
	d.About, _ = board.ParseID(value) // what is no unit is none
	return d
}

func (helpedWords) field(name string) string { return filing{}.field(name) }

// text is what was typed, for giving back.
func (f helpedWords) text() string { return lines(f.draft.Body, f.draft.Remark) }

// page preselects what helpers are asked for most: whoever types with the
// keyboard alone is one key from the next page.
func (f helpedWords) page(r *request) (views.Model, error) {
	if r.helping == nil {
		return r.notHelping(f.text())
	}
	r.back, r.here = "/assist", "/assist/words"
	d := f.draft
	if d.Kind == "" {
		d.Kind = board.Help
	}
	m := views.AssistWords{Page: r.page(), Filing: r.filing(d), Person: r.helping.Name, Units: r.offices(), About: aboutWhom(d)}
	m.Place = r.town(d.Township)
	return m, nil
}

// aboutWhom is the office complained about as the page names it.
func aboutWhom(d board.Draft) string {
	switch {
	case d.AboutDesk:
		return aboutDesk
	case d.About.IsZero():
		return ""
	}
	return d.About.String()
}

// offices are those that can be complained about, the county desk first.
func (r *request) offices() []views.Option {
	return append([]views.Option{{Value: aboutDesk, Label: r.words.T("assist.about.desk")}}, r.unitOptions()...)
}

func (f helpedWords) do(r *request) (outcome, error) {
	d, err := r.site.Office.HelpDraft(r, r.who)
	if err != nil {
		return outcome{}, err
	}
	d = about(read(d, r.form), r.form)
	if err := r.site.Office.SaveHelpDraft(r, r.who, d); err != nil {
		return outcome{}, err
	}
	if err := r.site.Office.CheckDraft(r, d); err != nil {
		return outcome{}, err
	}
	if err := r.sureWhere(d.Township, d.Village); err != nil {
		return outcome{}, err
	}
	return see("/assist/read")
}

// readBack is the page that is read aloud, with what the person alone answers
// and the ways to show that they want it.
type readBack struct {
	public         string
	hide           bool
	slip           string
	paper, witness string
	means          board.Means
}

func showReadBack(r *request) (views.Model, error) {
	if r.helping == nil {
		return r.notHelping("")
	}
	d, err := r.site.Office.ReadBack(r, r.who)
	if err != nil {
		return unwritten(err)
	}
	return readBack{public: d.Public, hide: d.Hide, slip: string(d.Slip)}.with(r, d)
}

// unwritten goes on to the words when there is nothing yet to be read.
func unwritten(err error) (views.Model, error) {
	if faults, expected := board.Faults(err); expected && faults[0].Kind == board.Invalid {
		return nil, goOn("/assist/words")
	}
	return nil, err
}

// readReadBack tells by the name of the button how the person agreed.
func readReadBack(r *request) form {
	f := readBack{
		public: r.post("public"), hide: r.post("hide") == "yes", slip: r.post("slip"),
		paper: r.post("paper"), witness: strings.TrimSpace(r.post("witness")), means: board.ByCode,
	}
	for button, means := range map[string]board.Means{
		views.ConsentPaper: board.ByPaper, views.ConsentWitness: board.ByWitness, views.ConsentPending: board.Unshown,
	} {
		if r.post(button) != "" {
			f.means = means
		}
	}
	return f
}

func (readBack) field(name string) string {
	switch name {
	case "serial":
		return "paper"
	case "public", "hide", "slip", "witness", "paper":
		return name
	}
	return "" // it stands on an earlier page
}

// page reads the words back anew: they stand on the page, so they count. A form
// that nobody showed changes nothing.
func (f readBack) page(r *request) (views.Model, error) {
	if r.helping == nil {
		return r.notHelping("")
	}
	read := r.site.Office.ReadBack
	if !r.held {
		read = r.site.Office.HelpDraft
	}
	d, err := read(r, r.who)
	if err != nil {
		return nil, err
	}
	return f.with(r, d)
}

func (f readBack) with(r *request, d board.Draft) (views.Model, error) {
	r.back, r.here = "/assist/words", "/assist/read"
	m := views.AssistRead{
		Person: r.helping.Name, Place: r.where(d.Township, d.Village), Kind: r.kind(d.Kind), Body: d.Body, Remark: d.Remark,
		Public: f.public, Slip: f.slip, Paper: f.paper, Witness: f.witness, Days: r.county.Rules().ConfirmDays,
	}
	if f.hide {
		m.Hide = "yes"
	}
	if d.AboutDesk {
		m.About = r.words.T("assist.about.desk")
	} else if !d.About.IsZero() {
		m.About = r.unit(d.About)
	}
	if r.helping.Phone != "" {
		m.Phone = r.helping.Phone.Masked()
	}
	m.Page = r.page()
	m.Page.Once = r.stamp(r.here)
	return m, nil
}

func (f readBack) do(r *request) (outcome, error) {
	d, err := r.site.Office.HelpDraft(r, r.who)
	if err != nil {
		return outcome{}, err
	}
	d.Public, d.Hide, d.Slip = f.public, f.hide, board.Serial(strings.TrimSpace(f.slip))
	if err := r.site.Office.SaveHelpDraft(r, r.who, d); err != nil {
		return outcome{}, err
	}
	if f.means != board.ByCode {
		return f.file(r)
	}
	// Whoever typed a number and pressed Enter did not mean a text.
	for field, typed := range map[string]string{"paper": f.paper, "witness": f.witness} {
		if typed != "" {
			return outcome{}, board.Fault{Kind: board.Invalid, ID: "assist.which", Field: field}
		}
	}
	if err := r.site.Office.AskConsent(r, r.who); err != nil {
		return outcome{}, err
	}
	return see("/assist/code")
}

func (f readBack) file(r *request) (outcome, error) {
	return fileHelped(r, office.Consent{Means: f.means, Serial: f.paper, Witness: f.witness, Slip: f.slip, Public: f.public, Hide: f.hide})
}

// fileHelped files what was read back, and goes on to its receipt.
func fileHelped(r *request, c office.Consent) (outcome, error) {
	if c.Public == "" {
		c.Public = "no"
	}
	n, err := r.site.Office.FileHelped(r, r.who, r.sent, c)
	if err != nil {
		if faults, expected := board.Faults(err); expected && faults[0].ID == "filing.sent" {
			r.held = false // the next press of the button is another message
		}
		return outcome{}, err
	}
	return see("/assist/receipt/" + string(n))
}

// helpedCode are the digits that the person reads out.
type helpedCode struct{ code string }

func showHelpedCode(r *request) (views.Model, error) {
	switch {
	case r.helping == nil:
		return r.notHelping("")
	case r.helping.Sends == 0:
		return nil, goOn("/assist/read")
	}
	return helpedCode{}.page(r)
}

func readHelpedCode(r *request) form { return helpedCode{r.post("code")} }

func (helpedCode) field(name string) string {
	if name == "code" {
		return name
	}
	return ""
}

func (f helpedCode) page(r *request) (views.Model, error) {
	if r.helping == nil {
		return r.notHelping("")
	}
	r.back, r.here = "/assist/read", "/assist/code"
	m := views.AssistCode{Page: r.page(), Person: r.helping.Name, Phone: r.helping.Phone.Masked(), Code: f.code}
	m.Page.Once = r.stamp(r.here)
	return m, nil
}

func (f helpedCode) do(r *request) (outcome, error) {
	d, err := r.site.Office.HelpDraft(r, r.who)
	if err != nil {
		return outcome{}, err
	}
	return fileHelped(r, office.Consent{Means: board.ByCode, Code: f.code, Slip: string(d.Slip), Public: d.Public, Hide: d.Hide})
}

// consentAgain asks for another text.
type consentAgain struct{ helpedCode }

func (f consentAgain) do(r *request) (outcome, error) {
	if err := r.site.Office.AskConsent(r, r.who); err != nil {
		return outcome{}, err
	}
	r.flash = r.words.T("flash.code-again")
	model, err := f.page(r)
	return outcome{model: model}, err
}

// helpedReceipt is what the person takes home, on a sheet or on the paper of a
// till.
func helpedReceipt(r *request) (views.Model, error) {
	got, err := r.site.Office.HelpedReceipt(r, r.who, r.number)
	if err != nil {
		return nil, err
	}
	r.back = "/assist"
	path := "/assist/receipt/" + string(got.Number)
	m := views.AssistReceipt{
		Number: got.Number.Grouped(), Slip: got.Slip.Grouped(), Helper: got.By, Filed: r.words.Stamp(got.Case.Filed),
		ScreenBy: r.by(got.Case.ScreenBy), Told: r.words.T("tell." + string(got.Tell) + ".label"), Other: path + "?" + url.Values{"paper": {paperTill}}.Encode(),
		Attach: helpedCases.page(got.Number),
	}
	if got.Standing == board.Pending {
		m.ConfirmBy = r.by(got.ConfirmBy)
	}
	if m.QR, err = r.square(string(got.Number), "assist.receipt.qr"); err != nil {
		return nil, err
	}
	if m.Seal, err = r.seal(r.words); err != nil {
		return nil, err
	}
	if r.helping != nil {
		m.Person = r.helping.Name
	}
	m.Page = r.page()
	if r.query["paper"] == paperTill {
		m.Page.Paper, m.Other = views.PaperTill, path
	}
	return m, nil
}

// paperTill is how an address asks for the paper of a till.
const paperTill = "80"

// moment reads a day and a time of day as people type them, in Beijing.
func moment(day, clock string) (time.Time, error) {
	clock = strings.ReplaceAll(strings.TrimSpace(clock), "：", ":")
	return time.ParseInLocation("2006-1-2 15:4", strings.TrimSpace(day)+" "+clock, board.Zone)
}
