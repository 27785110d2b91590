package web

import (
	"slices"
	"strings"

	"lianxin/server/board"
	"lianxin/views"
)

// filing is a message as far as it was typed, on one page or in steps: the same
// answers, the same draft in the store.
type filing struct {
	draft board.Draft
	step  board.Step // "" for all on one page
}

// answers are the fields of the pages and where they belong in a draft.
func answers(d *board.Draft) map[string]*string {
	return map[string]*string{
		"kind": (*string)(&d.Kind), "body": &d.Body, "title": &d.Title, "place": &d.Township,
		"village": &d.Village, "remark": &d.Remark, "name": &d.Name, "public": &d.Public,
	}
}

// read takes into a draft the answers that a form has. What the form does not
// ask stays.
func read(d board.Draft, form map[string]string) board.Draft {
	for name, to := range answers(&d) {
		if value, asked := form[name]; asked {
			*to = value
		}
	}
	if value, asked := form["hide"]; asked {
		d.Hide = value == "yes"
	}
	if _, asked := form["public"]; asked { // private is one more answer to who may see it
		if d.Private = d.Public == views.PublicPrivate; d.Private {
			d.Public = "no"
		}
	}
	if meant := form[views.Meant]; meant != "" && meant != views.AsTyped {
		d.Village = meant
	}
	d.Again = false
	return d
}

// sureWhere asks an operator or a helper which village is meant, when one of
// those that are known may be: they have the person before them. "As it was
// typed" is an answer too.
func (r *request) sureWhere(township, village string) error {
	if near := r.county.Where(township, village).Near; len(near) > 0 && r.form[views.Meant] == "" {
		return board.Fault{Kind: board.Invalid, ID: "village.near", Field: views.Meant, Args: []any{"Name", village}}
	}
	return nil
}

// field is a draft's field as the pages call it.
func (filing) field(name string) string {
	if name == "township" {
		return "place"
	}
	return name
}

// text is what was written, for giving back.
func (f filing) text() string { return lines(f.draft.Title, f.draft.Body, f.draft.Remark) }

func showFiling(r *request) (views.Model, error) {
	d, err := r.site.Office.Draft(r, r.who)
	if err != nil {
		return nil, err
	}
	return filing{draft: d}.page(r)
}

func showStep(r *request) (views.Model, error) {
	step := board.Step(r.params["step"])
	if !slices.Contains(board.Steps, step) {
		return nil, noPage
	}
	d, err := r.site.Office.Draft(r, r.who)
	if err != nil {
		return nil, err
	}
	return filing{d, step}.page(r)
}

func readFiling(r *request) form { return filing{read(board.Draft{}, r.form), ""} }

func readStep(r *request) form {
	return filing{read(board.Draft{}, r.form), board.Step(r.params["step"])}
}

func (f filing) page(r *request) (views.Model, error) {
	r.back = "/"
	if f.step == "" {
		return views.File{Page: r.page(), Filing: r.filing(f.draft)}, nil
	}
	at := slices.Index(board.Steps, f.step)
	if at < 0 {
		return nil, noPage
	}
	r.back = "/file"
	if at > 0 {
		r.back = "/file/step/" + string(board.Steps[at-1])
	}
	return views.FileStep{Page: r.page(), Filing: r.filing(f.draft), Step: string(f.step)}, nil
}

// filing are the answers as the pages show them.
func (r *request) filing(d board.Draft) views.Filing {
	rules := r.county.Rules()
	f := views.Filing{
		Kind: string(d.Kind), Body: d.Body, Heading: d.Title, Place: d.Township, Village: d.Village,
		Remark: d.Remark, Name: d.Name, Public: d.Public,
		MaxBody: rules.MaxBody, MaxHeading: rules.MaxTitle, MaxRemark: rules.MaxRemark, Places: r.places(),
	}
	if d.Private {
		f.Public = views.PublicPrivate
	}
	if d.Hide {
		f.Hide = "yes"
	}
	for _, k := range board.Kinds {
		f.Kinds = append(f.Kinds, views.Option{Value: string(k), Label: r.kind(k), Hint: r.words.T("kind." + string(k) + ".hint")})
	}
	f.Place = r.town(d.Township) // chosen in another language perhaps
	at := r.county.Where(d.Township, d.Village)
	f.Village, f.Near, f.AsTyped = at.Text, at.Near, r.form[views.Meant] == views.AsTyped
	return f
}

func (r *request) kind(k board.Kind) string { return r.words.T("kind." + string(k)) }

// merged is the draft there is with what was typed now.
func (f filing) merged(r *request) (board.Draft, error) {
	d, err := r.site.Office.Draft(r, r.who)
	if err != nil {
		return d, err
	}
	return read(d, r.form), nil
}

// do keeps the answers before it judges them, so that nothing is lost whatever
// happens next.
func (f filing) do(r *request) (outcome, error) {
	d, err := f.merged(r)
	if err != nil {
		return outcome{}, err
	}
	if err := r.site.Office.SaveDraft(r, r.who, d); err != nil {
		return outcome{}, err
	}
	if f.step == "" {
		if err := r.site.Office.CheckDraft(r, d); err != nil {
			return outcome{}, err
		}
		return see("/file/check")
	}
	if err := r.site.Office.CheckDraft(r, d, f.step); err != nil {
		return outcome{}, err
	}
	return see(f.next(r, d))
}

// next is the step that follows, or the check when every question was asked:
// the last step always leaves an answer to "may it be public".
func (f filing) next(r *request, d board.Draft) string {
	at := slices.Index(board.Steps, f.step) + 1
	if at == len(board.Steps) || d.Public != "" && r.site.Office.CheckDraft(r, d) == nil {
		return "/file/check?by=step"
	}
	return "/file/step/" + string(board.Steps[at])
}

// keep puts words from before the login where they belong: into the draft, to
// be read once more.
func (f filing) keep(r *request) (outcome, error) {
	d, err := f.merged(r)
	if err != nil {
		return outcome{}, err
	}
	if err := r.site.Office.SaveDraft(r, r.who, d); err != nil {
		return outcome{}, err
	}
	return see("/file/check")
}

// check is everything once more before it is sent.
type check struct{}

func showCheck(r *request) (views.Model, error) {
	d, err := r.site.Office.Draft(r, r.who)
	if err != nil {
		return nil, err
	}
	if err := r.site.Office.CheckDraft(r, d); err != nil {
		return nil, goOn("/file") // it is not finished
	}
	return checkPage(r, d), nil
}

func checkPage(r *request, d board.Draft) views.Model {
	r.back = "/file"
	m := views.Check{Filing: r.filing(d), Steps: r.query["by"] == "step", Kind: r.kind(d.Kind), Phone: r.who.Phone, OfDesk: d.AboutDesk}
	if m.Steps {
		r.back = "/file/step/you"
	}
	m.Page = r.page()
	m.Page.Once = r.stamp("/file/check")
	return m
}

// page is the check again; when something in it must be mended, the page where
// it can be.
func (check) page(r *request) (views.Model, error) {
	d, err := r.site.Office.Draft(r, r.who)
	if err != nil {
		return nil, err
	}
	if r.site.Office.CheckDraft(r, d) != nil {
		return filing{draft: d}.page(r)
	}
	return checkPage(r, d), nil
}

func (check) field(name string) string { return filing{}.field(name) }

func (check) do(r *request) (outcome, error) {
	d, err := r.site.Office.Draft(r, r.who)
	if err != nil {
		return outcome{}, err
	}
	if meant := read(d, r.form); meant.Village != d.Village { // one of those that were offered
		d.Village = meant.Village
		if err := r.site.Office.SaveDraft(r, r.who, d); err != nil {
			return outcome{}, err
		}
	}
	n, err := r.site.Office.File(r, r.who, r.sent, d)
	if err == nil {
		return see("/receipt/" + string(n))
	}
	if strings.TrimSpace(d.Body) == "" {
		return sentBefore(r, err)
	}
	if faults, expected := board.Faults(err); expected {
		switch faults[0].ID {
		case "filing.sent": // the next press of the button is another message
			r.held = false
		case "filing.twice": // the next press says: all the same
			d.Again = true
			if err := r.site.Office.SaveDraft(r, r.who, d); err != nil {
				return outcome{}, err
			}
		}
	}
	return outcome{}, err
}

// sentBefore is for a form that comes again when nothing is left to send: it
// was sent from another tab. Its receipt is the newest, as long as such a form
// can be open.
func sentBefore(r *request, err error) (outcome, error) {
	cases, e := r.site.Office.Cases(r, r.who)
	if e != nil || len(cases) == 0 || r.now.Sub(cases[0].Filed) > stampLasts {
		return outcome{}, err
	}
	return see("/receipt/" + string(cases[0].Number))
}

// keep is for a check that was sent after its session had ended: the answers
// are in the draft.
func (check) keep(*request) (outcome, error) { return see("/file/check") }

func receipt(r *request) (views.Model, error) {
	got, err := r.site.Office.Receipt(r, r.who, r.number)
	if err != nil {
		return nil, err
	}
	c := got.Case
	m := views.Receipt{
		Page: r.page(), Number: got.Number.Grouped(), PIN: groupPIN(got.PIN), Address: r.address(),
		Filed: r.words.Stamp(c.Filed), ScreenBy: r.by(c.ScreenBy), Case: "/case/" + string(got.Number), Private: c.Private,
	}
	own := c.Person == r.who.Person // somebody who is logged in may hold another's number and PIN
	switch {
	case own && got.Tell == board.ByText:
		m.Phone = got.Phone
	case own:
		m.Told = r.words.T("tell." + string(got.Tell) + ".label")
	}
	doable := c.Doable(r.who.Actor, r.now)
	if mayDo(doable, board.Attach) {
		m.Attach = ownCase.page(c.Number)
	}
	if edit := (caseDeed{deed: board.Edit}); edit.offered(doable, own) {
		m.UndoBy = r.until(c, board.Edit)
		m.Undo = []views.Link{{Href: m.Case + "/edit", Text: r.words.T("edit.title")}, {Href: m.Case + "/withdraw", Text: r.words.T("withdraw.button")}}
	}
	return m, nil
}

// address is where people find this site, as they would type it.
func (r *request) address() string {
	if _, name, found := strings.Cut(r.site.Config.Origin, "://"); found {
		return strings.TrimSuffix(name, "/")
	}
	return r.host
}

// groupPIN is a PIN as it is read aloud: "482 913".
func groupPIN(pin string) string {
	if len(pin) != board.PINDigits {
		return pin
	}
	return pin[:3] + " " + pin[3:]
}
