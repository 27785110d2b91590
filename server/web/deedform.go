package web

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// deedForm is what was typed into the form of a deed of staff.
type deedForm struct {
	deed   board.Deed
	values map[string]string
}

// readDeed makes the reader of a deed's form.
func readDeed(d board.Deed) func(*request) form {
	return func(r *request) form {
		values := map[string]string{}
		for _, f := range deeds[d] {
			if f.Kind != views.Ticks {
				values[f.Name] = r.post(f.Name)
				continue
			}
			for name, value := range r.form {
				if name == f.Name || strings.HasPrefix(name, f.Name+"-") {
					values[name] = value
				}
			}
		}
		return deedForm{d, values}
	}
}

// field is where an error of the deed stands on the page, which has several.
func (f deedForm) field(name string) string { return string(f.deed) + "-" + name }

func (f deedForm) page(r *request) (views.Model, error) {
	m, err := deskCaseWith(r, f.deed, f.values)
	if err != nil {
		return nil, err
	}
	shown := m.(views.DeskCase)
	for _, a := range shown.Actions {
		if a.Deed == string(f.deed) {
			return m, nil
		}
	}
	// The case has moved on: the words come back all the same, with what was done meanwhile.
	said := r.movedOn(r.here, f.text()).(views.Message)
	if n := len(shown.Timeline); n > 0 {
		last := shown.Timeline[n-1]
		said.Paragraphs = append(said.Paragraphs, r.words.T("case.last", "What", last.What, "Who", last.Who, "When", last.When))
	}
	return said, nil
}

// text is all that was typed, for giving back.
func (f deedForm) text() string {
	var typed []string
	for _, field := range deeds[f.deed] {
		switch field.Kind {
		case views.Area, views.Text, views.Code:
			typed = append(typed, f.values[field.Name])
		}
	}
	return lines(typed...)
}

func (f deedForm) do(r *request) (outcome, error) {
	if f.deed == board.Answer {
		if out, err := f.preview(r); err != nil || out.model != nil {
			return out, err
		}
	}
	if err := f.act(r); err != nil {
		return outcome{}, err
	}
	path := deskPath(r.number) + "?" + doneQuery + "=" + string(f.deed)
	if came := r.cameFrom(); came != "" {
		path += "&" + shelfQuery + "=" + string(came)
	}
	return see(path)
}

func (f deedForm) act(r *request) error {
	o, v := r.site.Office, f.values
	switch f.deed {
	case board.Assign:
		lead, err := r.unitTyped("unit", v["unit"])
		co, typed := r.unitsTyped("co", v["co"])
		if err := errors.Join(err, typed); err != nil {
			return err
		}
		return o.Assign(r, r.who, r.number, r.sent, office.Assignment{Lead: lead, Co: append(f.ticked("co"), co...), Topic: v["topic"], Words: v["words"]})
	case board.Decline:
		return o.Decline(r, r.who, r.number, r.sent, v["reason"], v["words"])
	case board.Divert:
		return o.Divert(r, r.who, r.number, r.sent, v["path"], v["words"])
	case board.Merge:
		return o.Merge(r, r.who, r.number, r.sent, cmp.Or(trim(v["lead"]), v["alike"]))
	case board.Publish:
		return o.Publish(r, r.who, r.number, r.sent, board.Notice{Title: v["title"], Body: v["body"]})
	case board.Hide:
		return o.Hide(r, r.who, r.number, r.sent, v["reason"])
	case board.GiveBack, board.KeepWith, board.Extend, board.HoldTo, board.Endorse, board.Deny, board.Uphold, board.Overturn:
		return o.Rule(r, r.who, r.number, r.sent, f.deed, v["words"])
	case board.Visit, board.Relay, board.Annotate, board.Supervise, board.Reveal:
		return o.Note(r, r.who, r.number, r.sent, f.deed, v["words"])
	case board.Pass:
		return o.Pass(r, r.who, r.number, r.sent)
	case board.Amend:
		return o.Amend(r, r.who, r.number, r.sent, v["reason"])
	case board.Approve:
		return o.Approve(r, r.who, r.number, r.sent)
	case board.Return:
		return o.Return(r, r.who, r.number, r.sent, v["reason"])
	}
	return f.stand(r)
}

// stand does the deeds by which a desk settles whose words a case holds. Who
// asked the person is as much part of it as what was said.
func (f deedForm) stand(r *request) error {
	o, v := r.site.Office, f.values
	switch f.deed {
	case board.Confirm:
		through, said := trim(v["through"]), trim(v["words"])
		if through == "" {
			return board.Fault{Kind: board.Invalid, ID: "confirm.through", Field: "through"}
		}
		if said != "" { // without it the board says what is missing
			said = through + "\n" + said
		}
		return o.Confirm(r, r.who, r.number, r.sent, said)
	case board.Void:
		if v["sure"] == "" {
			return board.Fault{Kind: board.Invalid, ID: "void.sure", Field: "sure"}
		}
		return o.Void(r, r.who, r.number, r.sent)
	case board.Proceed:
		return o.Proceed(r, r.who, r.number, r.sent, v["words"])
	case board.Disown:
		return o.Disown(r, r.who, r.number, r.sent, v["words"])
	case board.Preserve:
		return o.Preserve(r, r.who, r.number, r.sent, v["reason"])
	case board.Release:
		return o.Release(r, r.who, r.number, r.sent, v["reason"])
	}
	return f.handle(r)
}

// handle does the deeds of a unit.
func (f deedForm) handle(r *request) error {
	o, v := r.site.Office, f.values
	switch f.deed {
	case board.SignFor:
		return o.SignFor(r, r.who, r.number, r.sent)
	case board.Contact:
		return o.Contact(r, r.who, r.number, r.sent, v["reached"] == "yes", v["words"])
	case board.Progress:
		return o.Progress(r, r.who, r.number, r.sent, v["note"])
	case board.AskTime:
		return o.AskTime(r, r.who, r.number, r.sent, workdays(v["days"]), v["reason"])
	case board.HandBack:
		return o.HandBack(r, r.who, r.number, r.sent, v["reason"])
	case board.Answer:
		return o.Answer(r, r.who, r.number, r.sent, f.reply())
	}
	return noPage
}

// workdays reads a number of days as people type it; what is none is 0, as many as nobody
// can ask for, and the board says how many one can.
func workdays(text string) int {
	text = strings.TrimSpace(text)
	digits := board.Digits(text)
	n, err := strconv.Atoi(digits)
	if err != nil || utf8.RuneCountInString(digits) != utf8.RuneCountInString(text) { // half a day is not five
		return 0
	}
	return n
}

// ticked are the values of the boxes of a field that were ticked, in an order
// that does not change.
func (f deedForm) ticked(field string) []string {
	var on []string
	for _, name := range slices.Sorted(maps.Keys(f.values)) {
		if value, box := strings.CutPrefix(name, field+"-"); box && f.values[name] == "yes" {
			on = append(on, value)
		}
	}
	return on
}
