package web

import (
	"slices"
	"strings"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// deeds are the fields that each deed of staff asks for. Their words are under
// "deed.<deed>.<field>"; what a choice offers is in choices.
var deeds = map[board.Deed][]views.Field{
	board.Assign: {
		{Name: "unit", Kind: views.Select}, {Name: "co", Kind: views.Ticks, Short: true, Fold: "deed.assign.co.fold"},
		{Name: "topic", Kind: views.Select}, {Name: "words", Kind: views.Area, Rows: 3},
	},
	board.Decline:  {{Name: "reason", Kind: views.Select}, {Name: "words", Kind: views.Area, Rows: 4}},
	board.Divert:   {{Name: "path", Kind: views.Select}, {Name: "words", Kind: views.Area, Rows: 4}},
	board.Merge:    {{Name: "alike", Kind: views.Choice}, {Name: "lead", Kind: views.Code}},
	board.Publish:  {{Name: "title", Kind: views.Text}, {Name: "body", Kind: views.Area, Rows: 7}},
	board.Hide:     {{Name: "reason", Kind: views.Area, Rows: 3}},
	board.GiveBack: {{Name: "words", Kind: views.Area, Rows: 3}},
	board.KeepWith: {{Name: "words", Kind: views.Area, Rows: 3}},
	board.Extend:   nil,
	board.HoldTo:   {{Name: "words", Kind: views.Area, Rows: 3}},
	board.Relay:    {{Name: "words", Kind: views.Area, Rows: 3}},

	board.SignFor:  nil,
	board.Contact:  {{Name: "reached", Kind: views.Choice, Short: true, Value: "yes"}, {Name: "words", Kind: views.Area, Rows: 3}},
	board.Visit:    {{Name: "words", Kind: views.Area, Rows: 3}},
	board.Progress: {{Name: "note", Kind: views.Area, Rows: 3}},
	board.AskTime:  {{Name: "days", Kind: views.Text, InputMode: "numeric"}, {Name: "reason", Kind: views.Area, Rows: 3}},
	board.HandBack: {{Name: "reason", Kind: views.Area, Rows: 3}},
	board.Answer: {
		{Name: "template", Kind: views.Select},
		{Name: "found", Kind: views.Area, Rows: 4}, {Name: "done", Kind: views.Area, Rows: 4},
		{Name: "basis", Kind: views.Text}, {Name: "contact", Kind: views.Text},
	},

	board.Endorse: nil,
	board.Deny:    {{Name: "words", Kind: views.Area, Rows: 3}},
	board.Pass:    nil,
	board.Amend:   {{Name: "reason", Kind: views.Area, Rows: 3}},

	board.Approve:  nil,
	board.Return:   {{Name: "reason", Kind: views.Area, Rows: 3}},
	board.Uphold:   {{Name: "words", Kind: views.Area, Rows: 3}},
	board.Overturn: {{Name: "words", Kind: views.Area, Rows: 3}},

	board.Confirm: {{Name: "through", Kind: views.Text}, {Name: "words", Kind: views.Area, Rows: 3}},
	board.Proceed: {{Name: "words", Kind: views.Area, Rows: 3}},
	board.Void:    {{Name: "sure", Kind: views.Tick}}, // what is typed here would have to be erased with the rest
	board.Disown:  {{Name: "words", Kind: views.Area, Rows: 3}},

	board.Preserve: {{Name: "reason", Kind: views.Area, Rows: 3}},
	board.Release:  {{Name: "reason", Kind: views.Area, Rows: 3}},

	board.Annotate:  {{Name: "words", Kind: views.Area, Rows: 3}},
	board.Supervise: {{Name: "words", Kind: views.Area, Rows: 3}},
	board.Reveal:    {{Name: "words", Kind: views.Area, Rows: 3}},
}

// foremost are the deeds for which somebody opens a case; the others are folded
// away below them.
var foremost = []board.Deed{
	board.Assign, board.GiveBack, board.KeepWith, board.Extend, board.HoldTo,
	board.SignFor, board.Answer, board.Endorse, board.Pass, board.Approve, board.Overturn, board.Uphold, board.Confirm, board.Annotate,
}

// unfolded are drawn open beside them: whoever opens a case for them, which is
// few people, has two clicks to it.
var unfolded = []board.Deed{board.Supervise}

// elsewhere are the deeds of staff that have pages of their own, away from the
// desks' page of a case.
var elsewhere = []board.Deed{board.TellOut, board.PassBack, board.Miss, board.Check, board.HandTo, board.Quote, board.RateFor, board.Reslip}

// caseworkers are those who open cases on a desk. Operators and helpers have
// pages of their own.
var caseworkers = []door{board.Dispatcher, board.Handler, board.Head, board.Reviewer, board.Leader, board.Inspector}

// onDesk are those of them who may do a deed to a case they have open; nil when
// it is done elsewhere. What the county desk does, the inspector does
// to a complaint about the county desk, and a leader and the inspector what went up
// to them.
func onDesk(row board.Row) []door {
	if slices.Contains(elsewhere, row.Deed) {
		return nil
	}
	var doors []door
	for _, role := range row.Roles {
		if slices.Contains(caseworkers, role) {
			doors = append(doors, role)
		}
	}
	if (board.Lifted(row.Deed) || row.Roles.Meet(board.Roles{board.Dispatcher, board.Reviewer}) != "") && !row.Roles.Has(board.Inspector) {
		doors = append(doors, board.Inspector)
	}
	if board.Lifted(row.Deed) {
		doors = append(doors, board.Leader)
	}
	return doors
}

// action is a deed as a small form.
func (r *request) action(d, typed board.Deed, values map[string]string, v office.View, likely office.Likely) views.Action {
	path := deskPath(v.Case.Number) + "/" + string(d)
	key := "deed." + string(d)
	a := views.Action{
		Deed: string(d), Title: r.words.T(key + ".title"), Hint: r.words.T(key + ".hint"), Button: r.words.T(key + ".button"),
		Post: path, Once: r.stamp(path), Secondary: !slices.Contains(foremost, d),
		Unfolded: slices.Contains(unfolded, d),
	}
	if came := r.cameFrom(); came != "" {
		a.Hidden = []views.Hidden{{Name: shelfQuery, Value: string(came)}}
	}
	if d == board.Confirm && !mayDo(v.Doable, board.Void) {
		a.Secondary = true // the person has still time to say it
	}
	if d != typed {
		values = nil
	}
	standing := r.standing(d, v.Case)
	for _, f := range deeds[d] {
		f.Label, f.Hint = r.words.T(key+"."+f.Name+".label"), r.words.T(key+"."+f.Name+".hint")
		if f.Fold != "" {
			f.Fold = r.words.T(f.Fold)
		}
		f.Options = slices.DeleteFunc(r.choices(d, f.Name), func(o views.Option) bool { // the unit complained about does not handle it
			return o.Value != "" && o.Value == idText(v.Case.About)
		})
		r.offer(&f, likely)
		switch {
		case f.Name == "template" && len(f.Options) == 1:
			continue // the unit has none
		case f.Name == "alike" && len(f.Options) == 0:
			continue // nothing is like it
		case f.Kind == views.Ticks:
			f.Options = slices.DeleteFunc(f.Options, func(o views.Option) bool { return o.Value == "" })
			for i, o := range f.Options {
				f.Options[i].Checked = values[f.Name+"-"+o.Value] == "yes"
			}
		case values != nil:
			f.Value = values[f.Name]
		case standing[f.Name] != "":
			f.Value = standing[f.Name]
		}
		switch {
		case f.Name == "unit" && r.manyUnits():
			f = r.unitField(f, r.words.T("desk.choose"), v.Case.About)
		case f.Name == "co" && r.manyUnits():
			f.Kind, f.Short, f.Rows, f.Options, f.Value = views.Area, false, 2, nil, values[f.Name]
			f.Hint = r.words.T("unit.lines.hint")
		}
		if f.Name == "template" {
			a.Also = &views.Button{Name: "fill", Text: r.words.T("deed.answer.fill")}
		}
		a.Fields = append(a.Fields, f)
	}
	if d == board.Publish {
		a.Marked = spans(v.Case)
	}
	return a
}

// offer puts what is likely before the other answers of a field: units that seem
// in charge, cases that seem to be about the same thing.
func (r *request) offer(f *views.Field, likely office.Likely) {
	switch f.Name {
	case "unit":
		var names []string
		for i, id := range likely.Units {
			at := slices.IndexFunc(f.Options, func(o views.Option) bool { return o.Value == id.String() })
			if at < 0 {
				continue
			}
			unit := f.Options[at]
			f.Options = slices.Insert(slices.Delete(f.Options, at, at+1), 1+i, unit) // behind "please choose"
			names = append(names, unit.Label)
		}
		if len(names) > 0 {
			f.Hint = r.words.T("deed.assign.unit.likely", "Units", strings.Join(names, r.words.T("admin.and")))
		}
	case "alike":
		for _, c := range likely.Same {
			f.Options = append(f.Options, views.Option{Value: string(c.Number), Label: r.titled(c), Hint: c.Number.Grouped() + " · " + r.state(c).Text})
		}
	}
}

// standing is what a deed's fields hold before anybody types.
func (r *request) standing(d board.Deed, c *board.Case) map[string]string {
	switch {
	case d == board.Answer && c.Draft != nil && c.Reply == board.Returned:
		return parts(*c.Draft) // what was returned is mended, not written anew
	case d == board.Publish:
		n := office.Propose(c).Notice
		return map[string]string{"title": n.Title, "body": n.Body}
	case d == board.Assign:
		return map[string]string{"topic": c.Topic, "unit": r.unitThere(c)}
	}
	return nil
}

// unitThere is the unit that an imported case seems to have lain with, offered
// to whoever assigns it; "" when nobody can tell, or it lay with one here already.
func (r *request) unitThere(c *board.Case) string {
	if c.There == nil || !c.GivenAt.IsZero() {
		return ""
	}
	if u := r.county.UnitLike(c.There.Unit); u != nil && u.ID != c.About {
		return u.ID.String()
	}
	return ""
}

// choices are what a field offers, nil when it is typed.
func (r *request) choices(d board.Deed, field string) []views.Option {
	options := []views.Option{{Label: r.words.T("desk.choose")}}
	switch field {
	case "unit", "co":
		return append(options, r.unitOptions()...)
	case "topic":
		return append(options, r.topics()...)
	case "path":
		for _, p := range board.Paths {
			options = append(options, views.Option{Value: p, Label: r.words.T("divert." + p)})
		}
		return options
	case "template":
		if u := r.county.Units[r.who.Unit]; u != nil {
			for _, m := range u.Models {
				options = append(options, views.Option{Value: m.Name, Label: m.Name})
			}
		}
		return options
	case "reached":
		return []views.Option{{Value: "yes", Label: r.words.T("deed.contact.reached.yes")}, {Value: "no", Label: r.words.T("deed.contact.reached.no")}}
	case "reason":
		if d != board.Decline {
			return nil
		}
		for _, p := range board.DeclineReasons {
			options = append(options, views.Option{Value: p, Label: r.words.T("decline." + p)})
		}
		return options
	}
	return nil
}

// unitOptions are the units that work.
func (r *request) unitOptions() []views.Option {
	var options []views.Option
	for _, u := range r.county.List {
		if !u.Closed() {
			options = append(options, views.Option{Value: u.ID.String(), Label: r.words.Pick(u.Name)})
		}
	}
	return options
}
