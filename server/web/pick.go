package web

import (
	"cmp"
	"slices"
	"strings"

	"lianxin/server/board"
	"lianxin/views"
)

// A small county chooses its units and people from a list. Where they are more
// than one overlooks, somebody types a name, or what a unit is in charge of; a
// name that is only one's is taken, and of the others those that may be meant are
// offered.

// overlooked is how many answers a list may have.
const overlooked = 30

// mostMeant is how many units are offered where several may be meant.
const mostMeant = 8

// manyUnits tells whether the county has more units than one overlooks.
func (r *request) manyUnits() bool { return len(r.unitOptions()) > overlooked }

// unitField asks for a unit; none is what stands for no answer. The field's value
// is a unit's ID, or what was typed.
func (r *request) unitField(f views.Field, none string, but board.ID) views.Field {
	if !r.manyUnits() {
		f.Kind, f.Options = views.Select, []views.Option{{Label: none}}
		for _, o := range r.unitOptions() {
			if o.Value != idText(but) {
				f.Options = append(f.Options, o)
			}
		}
		return f
	}
	f.Kind, f.Options = views.Text, nil
	hint := r.words.T("unit.type.hint")
	if u := r.county.Units[idTyped(f.Value)]; u != nil {
		f.Value = r.words.Pick(u.Name)
	} else if one, near := r.county.UnitsLike(f.Value, mostMeant); one == nil && len(near) > 0 {
		f.Kind, f.Short, hint = views.Choice, false, ""
		for _, u := range near {
			f.Options = append(f.Options, views.Option{Value: u.ID.String(), Label: r.words.Pick(u.Name), Hint: r.words.Pick(u.Does)})
		}
		f.Options = append(f.Options, views.Option{Label: r.words.T("unit.none-of-these")})
	}
	f.Hint = strings.TrimSpace(f.Hint + " " + hint)
	return f
}

// unitTyped is the ID of the unit that was chosen or typed, "" for none. What may
// be several is refused, and the field then offers them.
func (r *request) unitTyped(field, text string) (string, error) {
	text = trim(text)
	if text == "" || r.county.Units[idTyped(text)] != nil {
		return text, nil
	}
	one, near := r.county.UnitsLike(text, 1)
	switch {
	case one != nil:
		return one.ID.String(), nil
	case len(near) > 0:
		return "", board.Fault{Kind: board.Invalid, ID: "unit.near", Field: field, Args: []any{"Name", text}}
	}
	return "", board.Fault{Kind: board.Invalid, ID: "unit.unknown", Field: field, Args: []any{"Name", text}}
}

// unitsTyped are the IDs of units of which each stands on a line.
func (r *request) unitsTyped(field, text string) ([]string, error) {
	var ids []string
	for line := range strings.Lines(strings.NewReplacer("、", "\n", "，", "\n", "；", "\n").Replace(text)) {
		id, err := r.unitTyped(field, line)
		if err != nil {
			return nil, err
		}
		if id != "" {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// staffField asks for somebody of those that may stands for; none is what stands
// for nobody. The field's value is an ID, or what was typed.
func (r *request) staffField(f views.Field, none string, may func(*board.Staff) bool) views.Field {
	all := slices.DeleteFunc(r.staffInOrder(), func(s *board.Staff) bool { return s.Left || !may(s) })
	if len(all) <= overlooked {
		f.Kind, f.Options = views.Select, []views.Option{{Label: none}}
		for _, s := range all {
			f.Options = append(f.Options, views.Option{Value: s.ID.String(), Label: s.Name})
		}
		return f
	}
	f.Kind = views.Text
	if s := r.county.Staff[idTyped(f.Value)]; s != nil {
		f.Value = s.Login
	}
	f.Hint = strings.TrimSpace(f.Hint + " " + r.words.T("staff.type.hint"))
	return f
}

// staffTyped is whom a field names, by their ID, by what they type to log in, or
// by a name that nobody else has; zero for nobody.
func (r *request) staffTyped(field, text string) (board.ID, error) {
	text = trim(text)
	if id := idTyped(text); text == "" || r.county.Staff[id] != nil {
		return id, nil
	}
	var named []*board.Staff
	for _, s := range r.staffInOrder() {
		switch {
		case s.Left:
		case s.Login == text:
			return s.ID, nil
		case board.SameWords(s.Name, text):
			named = append(named, s)
		}
	}
	switch len(named) {
	case 0:
		return board.ID{}, board.Fault{Kind: board.Invalid, ID: "staff.unknown", Field: field, Args: []any{"Name", text}}
	case 1:
		return named[0].ID, nil
	}
	var logins []string
	for _, s := range named {
		logins = append(logins, s.Login+" ("+cmp.Or(r.unit(s.Unit), r.roles(s.Roles))+")")
	}
	return board.ID{}, board.Fault{Kind: board.Invalid, ID: "staff.several", Field: field, Args: []any{"Name", text, "Logins", strings.Join(logins, r.words.T("admin.and"))}}
}
