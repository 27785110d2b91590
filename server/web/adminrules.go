package web

import (
	"slices"
	"strconv"
	"time"

	"lianxin/server/board"
	"lianxin/views"
)

// number is one of the county's rules as a field: its name is the board's.
type number struct {
	name string
	of   func(*board.Rules) *int
}

// numbers are all of them, in the groups of the page.
var numbers = []struct {
	title   string
	numbers []number
}{
	{"admin.settings.dates", []number{
		{"screenHours", func(r *board.Rules) *int { return &r.ScreenHours }},
		{"signDays", func(r *board.Rules) *int { return &r.SignDays }},
		{"backDays", func(r *board.Rules) *int { return &r.BackDays }},
		{"ruleDays", func(r *board.Rules) *int { return &r.RuleDays }},
		{"extendDays", func(r *board.Rules) *int { return &r.ExtendDays }},
		{"reviewDays", func(r *board.Rules) *int { return &r.ReviewDays }},
		{"askFirst", func(r *board.Rules) *int { return &r.AskFirst }},
		{"askLast", func(r *board.Rules) *int { return &r.AskLast }},
		{"rateDays", func(r *board.Rules) *int { return &r.RateDays }},
		{"objectDays", func(r *board.Rules) *int { return &r.ObjectDays }},
	}},
	{"admin.settings.assisted", []number{
		{"confirmDays", func(r *board.Rules) *int { return &r.ConfirmDays }},
		{"askDays", func(r *board.Rules) *int { return &r.AskDays }},
		{"followDays", func(r *board.Rules) *int { return &r.FollowDays }},
		{"checkShare", func(r *board.Rules) *int { return &r.CheckShare }},
		{"rateShare", func(r *board.Rules) *int { return &r.RateShare }},
		{"helperDay", func(r *board.Rules) *int { return &r.HelperDay }},
	}},
	{"admin.settings.texts", []number{
		{"dayTexts", func(r *board.Rules) *int { return &r.DayTexts }},
	}},
	{"admin.settings.keeping", []number{
		{"keepYears", func(r *board.Rules) *int { return &r.KeepYears }},
	}},
	{"admin.settings.lengths", []number{
		{"maxTitle", func(r *board.Rules) *int { return &r.MaxTitle }},
		{"maxBody", func(r *board.Rules) *int { return &r.MaxBody }},
		{"maxRemark", func(r *board.Rules) *int { return &r.MaxRemark }},
		{"maxReply", func(r *board.Rules) *int { return &r.MaxReply }},
	}},
}

const finishDays = "finishDays-"

// settings are the county's numbers, each with where it comes from. A preset
// fills the form and changes nothing yet.
func settings(r *request) (views.Model, error) {
	r.administer("/admin/settings", "/admin")
	rules := r.county.Rules()
	if preset, known := board.Preset(r.query["preset"]); known && r.row.form == nil {
		rules = preset
		r.flash = r.words.T("admin.settings.filled", "Name", r.words.T("preset."+r.query["preset"]))
	}
	m := views.AdminForm{
		Heading: r.words.T("admin.settings.title"), Lead: []string{r.words.T("admin.settings.lead")},
		Post: "/admin/settings", Button: r.words.T("admin.save"), After: r.words.T("admin.settings.after"),
		Groups: []views.Group{{Title: r.words.T("admin.settings.finish")}},
	}
	for _, k := range board.Kinds {
		f := r.numberField(finishDays+string(k), rules.FinishDays[k])
		f.Label = r.words.T("rules.finishDays", "Kind", r.kind(k))
		m.Groups[0].Fields = append(m.Groups[0].Fields, f)
	}
	m.Groups[0].Fields[0].Hint = r.words.T("rules.finishDays.hint")
	for _, g := range numbers {
		group := views.Group{Title: r.words.T(g.title)}
		for _, n := range g.numbers {
			f := r.numberField(n.name, *n.of(&rules))
			f.Label, f.Hint = r.words.T("rules."+n.name), r.words.T("rules."+n.name+".hint")
			group.Fields = append(group.Fields, f)
		}
		m.Groups = append(m.Groups, group)
	}
	m.Groups = append(m.Groups, views.Group{Title: r.words.T("admin.settings.heads"), Fields: []views.Field{
		r.tickField("headTime", !rules.SkipHead), r.tickField("headReply", rules.HeadReply),
	}})
	if asked := r.withFactor(); len(asked) > 0 { // among the numbers is how long anything is kept
		m.Groups = append(m.Groups, views.Group{Fields: asked})
	}
	for _, name := range board.Presets {
		m.Links = append(m.Links, views.Link{Href: "/admin/settings?preset=" + name, Text: r.words.T("admin.settings.fill", "Name", r.words.T("preset."+name))})
	}
	m.Page = r.page()
	m.Page.Once = r.stamp(m.Post)
	return m, nil
}

func (r *request) numberField(name string, now int) views.Field {
	return views.Field{Name: name, Kind: views.Text, InputMode: "numeric", Value: r.typed(name, strconv.Itoa(now))}
}

// tickField is a rule that holds or does not.
func (r *request) tickField(name string, now bool) views.Field {
	f := views.Field{Name: name, Kind: views.Tick, Label: r.words.T("rules." + name), Hint: r.words.T("rules." + name + ".hint")}
	if r.ticked("/admin/settings", name, now) {
		f.Value = "yes"
	}
	return f
}

// numberTyped is a number as people type it; what is none becomes one that no
// rule allows.
func (r *request) numberTyped(name string) int {
	text := board.Digits(r.post(name))
	n, err := strconv.Atoi(text)
	if err != nil || !board.AllDigits(text) {
		return -1
	}
	return n
}

func setRules(r *request) (string, error) {
	rules := board.Rules{FinishDays: map[board.Kind]int{}, SkipHead: r.post("headTime") == "", HeadReply: r.post("headReply") != ""}
	for _, k := range board.Kinds {
		rules.FinishDays[k] = r.numberTyped(finishDays + string(k))
	}
	for _, g := range numbers {
		for _, n := range g.numbers {
			*n.of(&rules) = r.numberTyped(n.name)
		}
	}
	return "/admin/settings?said=saved", r.site.Office.SetRules(r.once(), r.who.Actor, rules)
}

// rosterDays is how far ahead the roster is shown.
const rosterDays = 60

// roster tells on which days off somebody is at the county desk.
func roster(r *request) (views.Model, error) {
	r.administer("/admin/roster", "/admin")
	ticks := views.Field{Name: "day", Kind: views.Ticks, Label: r.words.T("admin.roster.label"), Hint: r.words.T("admin.roster.hint")}
	for _, day := range r.daysOff() {
		date := day.Format(time.DateOnly)
		ticks.Options = append(ticks.Options, views.Option{
			Value: date, Label: r.words.Date(day), Checked: r.ticked("/admin/roster", "day-"+date, r.county.Duty(day)),
		})
	}
	m := views.AdminForm{
		Page: r.page(), Heading: r.words.T("admin.roster.title"), Lead: []string{r.words.T("admin.roster.lead")},
		Groups: []views.Group{{Fields: []views.Field{ticks}}}, Post: "/admin/roster", Button: r.words.T("admin.save"),
	}
	m.Page.Once = r.stamp(m.Post)
	return m, nil
}

// daysOff are the days of the next weeks on which offices are closed.
func (r *request) daysOff() []time.Time {
	today := r.now.In(board.Zone)
	today = time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, board.Zone)
	var days []time.Time
	for i := range rosterDays {
		if day := today.AddDate(0, 0, i); !r.site.Office.Working(day) {
			days = append(days, day)
		}
	}
	return days
}

// setRoster takes the days that the page showed; those further ahead stay.
func setRoster(r *request) (string, error) {
	shown := r.daysOff()
	var days []string
	for _, day := range r.county.OnDuty {
		if len(shown) > 0 && day > shown[len(shown)-1].Format(time.DateOnly) {
			days = append(days, day)
		}
	}
	for _, day := range shown {
		if date := day.Format(time.DateOnly); r.post("day-"+date) != "" {
			days = append(days, date)
		}
	}
	slices.Sort(days)
	return "/admin/roster?said=saved", r.site.Office.SetDuty(r.once(), r.who.Actor, days)
}

// calendar tells which years' holidays are known, and takes one in.
func calendar(r *request) (views.Model, error) {
	r.administer("/admin/calendar", "/admin")
	if year, err := strconv.Atoi(r.query["year"]); err == nil && r.row.form == nil {
		corrected, _ := strconv.Atoi(r.query["corrected"])
		r.flash = r.words.T("admin.calendar.loaded", "Year", year) + " " + r.words.T("admin.calendar.corrected", "Count", corrected)
	}
	m := views.AdminForm{
		Heading: r.words.T("admin.calendar.title"), Lead: []string{r.words.T("admin.calendar.lead")},
		Groups: []views.Group{{Fields: []views.Field{{
			Name: "file", Kind: views.Upload, Label: r.words.T("admin.calendar.file.label"), Hint: r.words.T("admin.calendar.file.hint"),
		}}}},
		Post: "/admin/calendar", Button: r.words.T("admin.calendar.button"), After: r.words.T("admin.calendar.after"),
	}
	for _, y := range r.site.Office.Years(r.county) {
		state := "admin.calendar.missing"
		switch {
		case y.Loaded:
			state = "admin.calendar.own"
		case y.Published:
			state = "admin.calendar.built-in"
		}
		m.Facts = append(m.Facts, views.Fact{Name: strconv.Itoa(y.Year), Value: r.words.T(state)})
	}
	m.Page = r.page()
	m.Page.Once = r.stamp(m.Post)
	return m, nil
}

func loadYear(r *request) (string, error) {
	if len(r.files["file"]) == 0 {
		return "", board.Fault{Kind: board.Invalid, ID: "calendar.none", Field: "file"}
	}
	year, corrected, err := r.site.Office.AnnounceYear(r.once(), r.who.Actor, r.files["file"])
	return "/admin/calendar?year=" + strconv.Itoa(year) + "&corrected=" + strconv.Itoa(corrected), err
}
