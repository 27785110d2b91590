package web

import (
	"slices"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// whys are the reasons of calls, as the pages say them.
var whys = map[board.Why]string{
	office.CallBackWanted: "calls.why.back", board.TellAnswer: "calls.why.tell", board.Recheck: "calls.why.check", board.AskRate: "calls.why.rate",
}

// calls lists who is to be called.
func calls(r *request) (views.Model, error) {
	r.sayDone()
	items, next, err := r.site.Office.Calls(r, r.who, r.query["from"])
	if err != nil {
		return nil, err
	}
	m := views.Calls{Page: r.page()}
	for _, it := range items {
		row := views.CallRow{
			Href: callPath(it), Name: it.Name, Why: r.words.T(whys[it.Why]), Tries: r.tries(it.Tries),
			Since: r.words.T("calls.since.when", "Date", r.words.DateTime(it.Since), "Age", r.wait(it.Since)),
		}
		if row.Name == "" {
			row.Name = r.words.T("calls.nobody")
		}
		if it.Case != nil {
			row.About = it.Case.Title
		}
		m.Rows = append(m.Rows, row)
	}
	m.First, m.More = turns("/calls", r.query["from"], next)
	return m, nil
}

// turns are the ways back to the first page of a list, and on to its next.
func turns(path, from, next string) (first, more string) {
	if from != "" {
		first = path
	}
	if next != "" {
		more = path + "?from=" + next
	}
	return first, more
}

// callPath is where a call is made: about a case, or only because somebody asked
// for it.
func callPath(it office.CallItem) string {
	if it.Case == nil {
		return "/calls/person/" + it.Person.String()
	}
	return "/calls/" + string(it.Case.Number)
}

// wait is how long somebody has waited, in a few words.
func (r *request) wait(since time.Time) string {
	switch past := r.now.Sub(since); {
	case past < time.Hour:
		return r.words.T("calls.wait.now")
	case past < 24*time.Hour:
		return r.words.T("calls.wait.hours", "Count", int(past/time.Hour))
	default:
		return r.words.T("calls.wait.days", "Count", int(past/(24*time.Hour)))
	}
}

func (r *request) tries(n int) string {
	if n == 0 {
		return ""
	}
	return r.words.T("calls.tries", "Count", n)
}

// The outcomes of a call, named as their paths. What may come of one hangs on
// why it was made, the likeliest first.
const (
	told    = "told"    // the answer was read out
	missed  = "missed"  // nobody answered
	checked = "checked" // it was the person's wish
	disown  = "disown"  // it was not
	rated   = "rated"   // the person said whether it is solved
	handed  = "handed"  // a helper of the place goes there
	spared  = "spared"  // the person would rather not say
	spoke   = "spoke"   // they talked
)

var mayCome = map[board.Why][]string{
	board.TellAnswer: {told, missed, handed}, board.Recheck: {checked, disown, missed, handed}, board.AskRate: {rated, spared, missed}, office.CallBackWanted: {spoke, missed},
}

// aboutCases are the outcomes of a call about a case.
var aboutCases = []string{told, missed, checked, disown, rated, spared, handed}

// called is what an operator says came of a call; deed is "" as long as nobody
// said anything.
type called struct {
	deed                                   string
	at, words, solved, attitude, speed, to string
}

// field is where an error stands on the page, which has several forms.
func (f called) field(name string) string {
	if name == "outcome" {
		name = "solved"
	}
	return f.deed + "-" + name
}

// text is what was written, for giving back.
func (f called) text() string { return f.words }

func readCalled(deed string) func(*request) form {
	return func(r *request) form { return calledOf(r, deed) }
}

func calledOf(r *request, deed string) called {
	return called{deed, r.post("at"), r.post("words"), r.post("solved"), r.post("attitude"), r.post("speed"), r.post("to")}
}

func showCall(r *request) (views.Model, error) { return called{}.page(r) }

func (f called) page(r *request) (views.Model, error) {
	it, v, err := r.site.Office.Call(r, r.who, r.number)
	if f.deed != "" && gone(err) {
		return r.movedOn("/calls", f.words), nil // somebody else called meanwhile
	}
	if err != nil {
		return nil, err
	}
	m := f.call(r, it)
	if err := f.handing(r, it, &m); err != nil {
		return nil, err
	}
	m.Script = r.script(it, v)
	m.Case = &views.CallCase{
		Number: it.Case.Number.Grouped(), Heading: it.Case.Title, State: r.state(it.Case), Body: it.Case.Body,
		Facts: r.callFacts(it.Case), Timeline: r.history(v.Events, false),
	}
	return m, nil
}

// gone tells whether what a form was about waits for nobody any more.
func gone(err error) bool {
	faults, expected := board.Faults(err)
	return expected && (faults[0].Kind == board.Missing || faults[0].Kind == board.Conflict)
}

// call is the page of a call, whatever it is about.
func (f called) call(r *request, it office.CallItem) views.Call {
	r.back, r.here = "/calls", callPath(it)
	m := views.Call{Page: r.page(), Heading: r.words.T("call.title.nobody"), Phone: it.Phone, Why: r.words.T(whys[it.Why]), Tries: r.tries(it.Tries)}
	if it.Name != "" {
		m.Heading = r.words.T("call.title", "Name", it.Name)
	}
	for _, deed := range mayCome[it.Why] {
		if deed == handed {
			continue
		}
		m.Actions = append(m.Actions, f.action(r, m.Page, deed, r.here))
	}
	m.Actions[0].Secondary = false
	return m
}

// handing asks a helper of the place to go to the person, where there is one. It
// is the first thing to do when there is no number to call.
func (f called) handing(r *request, it office.CallItem, m *views.Call) error {
	near, err := r.site.Office.HelpersFor(r, it.Case)
	if err != nil || len(near) == 0 || !slices.Contains(mayCome[it.Why], handed) {
		return err
	}
	options := []views.Option{{Label: r.words.T("desk.choose")}}
	for _, s := range near {
		options = append(options, views.Option{Value: s.ID.String(), Label: s.Name})
	}
	m.Near = true
	a := f.action(r, m.Page, handed, r.here)
	a.Fields = []views.Field{{Name: "to", Kind: views.Select, Value: f.to, Label: r.words.T("call.handed.to.label"), Options: options}}
	if it.Phone != "" {
		m.Actions = append(m.Actions, a)
		return nil
	}
	a.Secondary, m.Actions[0].Secondary = false, true
	m.Actions = append([]views.Action{a}, m.Actions...)
	return nil
}

// action is one outcome as a small form.
func (f called) action(r *request, p views.Page, deed, path string) views.Action {
	typed := called{at: r.now.In(board.Zone).Format(momentShape)}
	if f.deed == deed {
		typed = f
	}
	a := views.Action{Deed: deed, Post: path + "/" + deed, Secondary: true}
	a.Once = r.stamp(a.Post)
	words := views.Field{Name: "words", Kind: views.Area, Rows: 3, Value: typed.words}
	switch deed {
	case told:
		a.Title, a.Hint, a.Button = r.words.T("call.told.title"), r.words.T("call.told.hint"), r.words.T("call.told.button")
		words.Label = r.words.T("call.told.words.label")
		a.Fields = []views.Field{{Name: "at", Kind: views.Text, Value: typed.at, Label: r.words.T("call.told.at.label"), Hint: r.words.T("call.told.at.hint")}, words}
	case missed:
		a.Title, a.Hint, a.Button = r.words.T("call.missed.title"), r.words.T("call.missed.hint"), r.words.T("call.missed.button")
	case checked:
		a.Title, a.Hint, a.Button = r.words.T("call.checked.title"), r.words.T("call.checked.hint"), r.words.T("call.checked.button")
	case disown:
		a.Title, a.Hint, a.Button = r.words.T("call.disown.title"), r.words.T("call.disown.hint"), r.words.T("call.disown.button")
		words.Label = r.words.T("call.disown.words.label")
		a.Fields = []views.Field{words}
	case rated:
		a.Title, a.Hint, a.Button = r.words.T("call.rated.title"), r.words.T("call.rated.hint"), r.words.T("call.rated.button")
		a.Fields = views.RateFields(p, typed.solved, typed.attitude, typed.speed, typed.words)
	case handed:
		a.Title, a.Hint, a.Button = r.words.T("call.handed.title"), r.words.T("call.handed.hint"), r.words.T("call.handed.button")
	case spared:
		a.Title, a.Hint, a.Button = r.words.T("call.spared.title"), r.words.T("call.spared.hint"), r.words.T("call.spared.button")
	case spoke:
		a.Title, a.Button = r.words.T("call.made.title"), r.words.T("call.made.button")
	}
	return a
}

// callFacts are what an operator says of a case when its person asks.
func (r *request) callFacts(c *board.Case) []views.Fact {
	var facts []views.Fact
	for _, f := range []struct{ key, value string }{
		{"case.kind", r.kind(c.Kind)}, {"case.place", r.place(c)}, {"case.filed", r.words.Stamp(c.Filed)},
		{"call.filed", r.county.StaffName(c.TakenBy)}, {"desk.unit", r.unit(c.Lead)}, {"fact.due", r.by(c.Due)},
	} {
		if f.value != "" {
			facts = append(facts, views.Fact{Name: r.words.T(f.key), Value: f.value})
		}
	}
	return facts
}

func (f called) do(r *request) (outcome, error) {
	if err := f.act(r); err != nil {
		return outcome{}, err
	}
	return see("/calls?" + doneQuery)
}

func (f called) act(r *request) error {
	o := r.site.Office
	switch f.deed {
	case told:
		return o.ReadOut(r, r.who, r.number, r.sent, board.ReadOut{At: typedMoment(f.at, r.now), How: board.ByPhone, Words: f.words})
	case missed:
		return o.Missed(r, r.who, r.number, r.sent)
	case checked:
		return o.Checked(r, r.who, r.number, r.sent)
	case disown:
		return o.Disown(r, r.who, r.number, r.sent, f.words)
	case handed:
		helper, err := board.ParseID(f.to)
		if err != nil {
			return board.Fault{Kind: board.Invalid, ID: "handto.helper", Field: "to"}
		}
		return o.HandTo(r, r.who, r.number, r.sent, helper)
	case spared:
		return o.Spared(r, r.who, r.number, r.sent)
	case rated:
		return o.RateFor(r, r.who, r.number, r.sent, board.Rating{
			Outcome: outcomes[f.solved], Attitude: marked(f.attitude), Speed: marked(f.speed), Words: f.words,
		})
	}
	return noPage
}

// callBack is a call that somebody asked for: nothing but that they are heard.
type callBack struct{ called }

func showCallBack(r *request) (views.Model, error) { return callBack{}.page(r) }

func readCallBack(deed string) func(*request) form {
	return func(r *request) form { return callBack{calledOf(r, deed)} }
}

func (r *request) personInPath() (board.ID, error) {
	id, err := board.ParseID(r.params["person"])
	if err != nil {
		return id, noPage
	}
	return id, nil
}

func (f callBack) page(r *request) (views.Model, error) {
	id, err := r.personInPath()
	if err != nil {
		return nil, err
	}
	it, err := r.site.Office.CallBack(r, r.who, id)
	if f.deed != "" && gone(err) {
		return r.movedOn("/calls", ""), nil
	}
	if err != nil {
		return nil, err
	}
	m := f.call(r, it)
	m.Script = append(r.hello(it),
		views.Line{Say: r.words.T("call.back.ask"), Note: r.words.T("call.back.note")},
		views.Line{Say: r.words.T("call.back.end")})
	m.Links = []views.Link{{Href: "/desk/intake?call=" + id.String(), Text: r.words.T("call.new")}}
	return m, nil
}

func (f callBack) do(r *request) (outcome, error) {
	id, err := r.personInPath()
	if err != nil {
		return outcome{}, err
	}
	if err := r.site.Office.CalledBack(r, r.who, id, r.sent, f.deed == spoke); err != nil {
		return outcome{}, err
	}
	return see("/calls?" + doneQuery)
}

// momentShape is how a page writes down a moment, and the least that it reads.
const momentShape = "2006-01-02 15:04"

// typedMoment reads a time as people write it: with or without the year, with any
// signs between, in full-width digits; two numbers are a time of today. What
// cannot be read is no time.
func typedMoment(text string, now time.Time) time.Time {
	n := figures(text)
	now = now.In(board.Zone)
	switch len(n) {
	case 2:
		n = append([]int{now.Year(), int(now.Month()), now.Day()}, n...)
	case 4:
		n = append([]int{now.Year()}, n...)
	}
	if len(n) != 5 || n[3] > 23 || n[4] > 59 {
		return time.Time{}
	}
	day := typedDay(n[:3], now)
	if day.IsZero() {
		return day
	}
	return day.Add(time.Duration(n[3])*time.Hour + time.Duration(n[4])*time.Minute)
}

// typedDay is the beginning of a day of year, month and day, or of month and day: the
// one that was last, not one to come. No day is no time.
func typedDay(n []int, now time.Time) time.Time {
	now = now.In(board.Zone)
	past := len(n) == 2
	if past {
		n = append([]int{now.Year()}, n...)
	}
	if len(n) != 3 {
		return time.Time{}
	}
	day := time.Date(n[0], time.Month(n[1]), n[2], 0, 0, 0, 0, board.Zone)
	if past && day.After(now) {
		day = day.AddDate(-1, 0, 0)
	}
	if int(day.Month()) != n[1] || day.Day() != n[2] {
		return time.Time{}
	}
	return day
}

// figures are the numbers in a text, as long as they could be part of a date.
func figures(text string) []int {
	var all []int
	in := false
	for _, c := range strings.Map(plainDigit, text) {
		if c < '0' || c > '9' {
			in = false
			continue
		}
		if !in {
			all, in = append(all, 0), true
		}
		last := &all[len(all)-1]
		if *last = *last*10 + int(c-'0'); *last > 9999 || len(all) > 5 {
			return nil
		}
	}
	return all
}

// plainDigit is a full-width digit as a plain one.
func plainDigit(c rune) rune {
	if c >= '０' && c <= '９' {
		return '0' + c - '０'
	}
	return c
}
