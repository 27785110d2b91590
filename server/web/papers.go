package web

import (
	"strconv"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// The county desk's numbered papers: printed, handed out, revoked. What is
// inside stands on one page only, the answer to the form that prints.

const (
	papersPath = "/papers"
	givePath   = "/papers/card"

	papersRows = 20 // series on one page of the register
	usualCount = "10"
)

// register lists the series and prints another. A serial in the address leads to
// its series.
func register(r *request) (views.Model, error) {
	r.administer(papersPath, "")
	m := views.Register{Serial: r.query["serial"]}
	if m.Serial != "" {
		s, err := r.site.Office.SeriesOf(r, r.who, m.Serial)
		faults, refused := board.Faults(err)
		if err == nil {
			return nil, goOn(seriesPath(s))
		} else if !refused {
			return nil, err
		}
		r.errors, r.code = append(r.errors, views.Error{Field: "serial", Text: r.say(faults[0])}), status[faults[0].Kind]
	}
	all, next, err := r.site.Office.Papers(r, r.who, r.query["from"], papersRows)
	if err != nil {
		return nil, err
	}
	for _, s := range all {
		m.Rows = append(m.Rows, views.AdminRow{Href: seriesPath(s), Name: r.seriesName(s), Cells: []string{
			r.words.Date(s.Printed), r.county.StaffName(s.By), strconv.Itoa(len(s.Papers)), strconv.Itoa(s.Free()),
		}})
	}
	if next != "" {
		m.More = papersPath + "?from=" + next
	}
	if r.query["from"] != "" {
		m.First = papersPath
	}
	if r.who.Roles.Has(board.Operator) {
		m.Links = []views.Link{{Href: givePath, Text: r.words.T("papers.give")}}
	}
	m.Print = r.printing()
	m.Page = r.page()
	return m, nil
}

func seriesPath(s *board.Series) string { return papersPath + "/" + s.ID.String() }

func (r *request) paperKind(k board.PaperKind) string { return r.words.T("paper." + string(k)) }

func (r *request) seriesName(s *board.Series) string {
	return r.words.T("papers.name", "Kind", r.paperKind(s.Kind), "No", s.No)
}

// printing is the form that prints a series.
func (r *request) printing() views.Action {
	kinds := views.Field{Name: "kind", Kind: views.Choice, Label: r.words.T("papers.kind.label"), Value: r.typed("kind", "")}
	for _, k := range board.PaperKinds {
		kinds.Options = append(kinds.Options, views.Option{Value: string(k), Label: r.paperKind(k), Hint: r.words.T("paper." + string(k) + ".hint")})
	}
	return views.Action{
		Deed: "print", Title: r.words.T("papers.print"), Hint: r.words.T("papers.print.hint"),
		Post: papersPath, Once: r.stamp(papersPath), Button: r.words.T("papers.print.button"),
		Fields: r.withFactor(kinds, views.Field{
			Name: "count", Kind: views.Text, InputMode: "numeric", Value: r.typed("count", usualCount),
			Label: r.words.T("papers.count.label"), Hint: r.words.T("papers.count.hint", "Max", board.MostPapers),
		}),
	}
}

// printRun is the form's deed. Its page comes with the answer and not at a path:
// what it shows is shown once.
type printRun struct{ askPerson }

func readPrint(*request) form { return printRun{askPerson{ask{name: "print", show: register}}} }

func (printRun) do(r *request) (outcome, error) {
	s, papers, err := r.site.Office.PrintSeries(r.once(), r.who.Actor, board.PaperKind(r.post("kind")), counted(r.post("count")))
	if err != nil {
		return outcome{}, r.renew(err)
	}
	r.here = papersPath
	m := views.Sheets{Page: r.page(), Heading: r.seriesName(s), Kind: string(s.Kind), Register: papersPath}
	m.Page.Bare = true
	for _, k := range board.Kinds {
		m.Kinds = append(m.Kinds, r.kind(k))
	}
	for _, way := range board.Ways {
		m.Ways = append(m.Ways, r.words.T("tell."+string(way)+".label"))
	}
	for _, p := range papers {
		m.Papers = append(m.Papers, sheetOf(p))
	}
	return outcome{model: m}, nil
}

func sheetOf(p office.Sealed) views.Sheet {
	sheet := views.Sheet{Serial: p.Serial.Grouped()}
	if p.PIN != "" {
		sheet.PIN = board.GroupCode(p.PIN)
	}
	for _, code := range p.Codes {
		sheet.Codes = append(sheet.Codes, groups(code))
	}
	return sheet
}

// counted is a small number as it was typed; 0, which no form takes, for
// anything else.
func counted(text string) int {
	n, err := strconv.Atoi(board.Digits(text))
	if err != nil {
		return 0
	}
	return n
}

// seriesAt is the series in the path.
func (r *request) seriesAt() (*board.Series, error) {
	id, err := board.ParseID(r.params["series"])
	if err != nil {
		return nil, noPage
	}
	return r.site.Office.Series(r, r.who, id)
}

// oneSeries shows where each paper of a series is.
func oneSeries(r *request) (views.Model, error) {
	s, err := r.seriesAt()
	if err != nil {
		return nil, err
	}
	r.administer(seriesPath(s), papersPath)
	m := views.Series{Heading: r.seriesName(s), Facts: []views.Fact{
		{Name: r.words.T("papers.when"), Value: r.words.Stamp(s.Printed)},
		{Name: r.words.T("papers.by"), Value: r.county.StaffName(s.By)},
		{Name: r.words.T("papers.free"), Value: r.words.T("papers.left", "Free", s.Free(), "Count", len(s.Papers))},
	}}
	for no := 1; no <= len(s.Papers); no++ {
		m.Papers = append(m.Papers, r.paperRow(s, no))
	}
	m.Actions = r.paperActions(s)
	m.Page = r.page()
	return m, nil
}

func (r *request) paperRow(s *board.Series, no int) views.PaperRow {
	p := s.Paper(no)
	row := views.PaperRow{No: strconv.Itoa(no), Serial: s.Serial(no).Grouped(), With: r.county.StaffName(p.To), Why: p.Why}
	if row.With == "" {
		row.With = r.words.T("papers.desk")
	}
	if !p.On.IsZero() {
		row.When = r.words.Stamp(p.Since)
	}
	switch {
	case p.Revoked:
		row.State = views.Stamp{Text: r.words.T("papers.state.revoked"), Tone: views.ToneNew}
		if row.With = ""; p.Why == "" {
			row.Why = r.words.T("papers.replaced")
		}
	case p.On.IsZero():
		row.State = views.Stamp{Text: r.words.T("papers.state.free"), Tone: views.ToneDone}
	case s.Kind == board.CodeCard:
		row.State, row.With = views.Stamp{Text: r.words.T("papers.state.held"), Tone: views.ToneStop}, ""
	default:
		row.State = views.Stamp{Text: r.words.T("papers.state.used"), Tone: views.ToneStop}
	}
	return row
}

// paperActions are what the desk can do with a series: nothing once all of it is
// used up, but that a card can still be lost.
func (r *request) paperActions(s *board.Series) []views.Action {
	last := strconv.Itoa(len(s.Papers))
	span := func(from, until string) []views.Field {
		return []views.Field{
			{Name: from, Kind: views.Text, InputMode: "numeric", Label: r.words.T("papers.from.label"), Value: r.typed(from, "1")},
			{Name: until, Kind: views.Text, InputMode: "numeric", Label: r.words.T("papers.until.label"), Value: r.typed(until, last)},
		}
	}
	action := func(deed, title, hint, button string, fields ...views.Field) views.Action {
		path := seriesPath(s) + "/" + deed
		return views.Action{
			Deed: deed, Title: r.words.T(title), Hint: r.words.T(hint), Post: path, Once: r.stamp(path), Button: r.words.T(button), Fields: fields,
		}
	}
	var actions []views.Action
	if s.Free() > 0 {
		actions = append(actions, action("handout", "papers.handout", "papers.handout.hint", "papers.handout.button", append(span("from", "until"), views.Field{
			Name: "staff", Kind: views.Select, Options: r.receivers(s), Value: r.typed("staff", ""),
			Label: r.words.T("papers.staff.label"), Hint: r.words.T("papers.staff.hint"),
		})...))
	}
	if s.Free() == 0 && s.Kind != board.CodeCard {
		return actions
	}
	revoke := action("revoke", "papers.revoke", "papers.revoke.hint", "papers.revoke.button", append(span("first", "last"),
		views.Field{Name: "why", Kind: views.Text, Label: r.words.T("papers.why.label"), Hint: r.words.T("papers.why.hint"), Value: r.typed("why", "")},
		r.sureField(r.words.T("papers.revoke.sure")))...)
	revoke.Secondary = true
	return append(actions, revoke)
}

// receivers are those to whom papers of a series can be handed.
func (r *request) receivers(s *board.Series) []views.Option {
	options := []views.Option{{Label: r.words.T("papers.staff.desk")}}
	for _, staff := range r.staffInOrder() {
		own := staff.ID == s.By && s.Kind.Secret()
		if staff.Roles.Meet(s.Receivers()) != "" && !staff.Left && !own {
			options = append(options, views.Option{Value: staff.ID.String(), Label: staff.Name})
		}
	}
	return options
}

func handOut(r *request) (string, error) {
	s, err := r.seriesAt()
	if err != nil {
		return "", err
	}
	err = r.site.Office.HandOut(r.once(), r.who.Actor, s.ID, counted(r.post("from")), counted(r.post("until")), r.post("staff"))
	return seriesPath(s) + "?said=saved", err
}

// revoking is the form that takes papers out of use. Its numbers are called
// otherwise than those of the form beside it.
type revoking struct{ askPerson }

func readRevoke(*request) form {
	return revoking{askPerson{ask{"revoke", oneSeries, revoke}}}
}

func (f revoking) field(name string) string {
	if name == "from" {
		name = "first"
	}
	return f.own(name)
}

func revoke(r *request) (string, error) {
	s, err := r.seriesAt()
	if err != nil {
		return "", err
	}
	if err := r.sure(); err != nil {
		return "", err
	}
	err = r.site.Office.Revoke(r.once(), r.who.Actor, s.ID, counted(r.post("first")), counted(r.post("last")), trim(r.post("why")))
	return seriesPath(s) + "?said=saved", err
}

// givingCard gives a card to somebody at the counter.
func givingCard(r *request) (views.Model, error) {
	r.administer(givePath, papersPath)
	m := views.AdminForm{
		Heading: r.words.T("papers.give"), Lead: []string{r.words.T("papers.give.lead")}, Post: givePath, Button: r.words.T("papers.give.button"),
		Groups: []views.Group{{Fields: []views.Field{
			{Name: "serial", Kind: views.Code, Value: r.typed("serial", ""), Label: r.words.T("papers.give.serial"), Hint: r.words.T("papers.give.serial.hint")},
			{Name: "number", Kind: views.Code, Value: r.typed("number", ""), Label: r.words.T("papers.give.number"), Hint: r.words.T("papers.give.number.hint")},
			{Name: "phone", Kind: views.Tel, Value: r.typed("phone", ""), Label: r.words.T("papers.give.phone")},
			{Name: "name", Kind: views.Text, Value: r.typed("name", ""), Label: r.words.T("papers.give.name")},
			{Name: "checked", Kind: views.Tick, Label: r.words.T("papers.give.checked"), Value: r.typed("checked", "")},
		}}},
	}
	m.Page = r.page()
	m.Page.Once = r.stamp(givePath)
	return m, nil
}

func giveCard(r *request) (string, error) {
	err := r.site.Office.HoldCard(r.once(), r.who, r.post("serial"), office.Holder{
		Number: r.post("number"), Phone: r.post("phone"), Name: r.post("name"), Checked: r.post("checked") != "",
	})
	return givePath + "?said=saved", err
}
