package web

import (
	"strings"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

func parts(r board.Reply) map[string]string {
	return map[string]string{"found": r.Found, "done": r.Done, "basis": r.Basis, "contact": r.Contact}
}

// spans are the words that are about to be public, with what looks personal.
func spans(c *board.Case) []views.Span {
	var all []views.Span
	for _, p := range office.Propose(c).Pieces {
		all = append(all, views.Span{Text: p.Text, Hit: p.Kind != ""})
	}
	return all
}

func (f deedForm) reply() board.Reply {
	return board.Reply{Found: f.values["found"], Done: f.values["done"], Basis: f.values["basis"], Contact: f.values["contact"]}
}

// preview shows a reply as its resident will see it, before it goes to the
// reviewer; it ends with nothing once that page was read.
func (f deedForm) preview(r *request) (outcome, error) {
	if r.post("fill") != "" {
		f.fill(r)
	}
	if r.post("change") != "" || r.post("fill") != "" {
		model, err := f.page(r)
		return outcome{model: model}, err
	}
	if r.post("read") != "" {
		return outcome{}, nil
	}
	if err := r.site.Office.CheckReply(r, f.reply()); err != nil {
		return outcome{}, err
	}
	v, err := r.site.Office.Case(r, r.who, r.number)
	if err != nil {
		return outcome{}, err
	}
	reply := f.reply()
	r.here = deskPath(r.number)
	r.back = r.here
	m := views.AnswerPreview{
		Number: v.Case.Number.Grouped(), Heading: v.Case.Title, Reply: *r.reply(v.Case, &reply),
		Hidden: []views.Hidden{{Name: "read", Value: "yes"}}, Post: r.path,
	}
	for _, field := range deeds[f.deed] {
		m.Hidden = append(m.Hidden, views.Hidden{Name: field.Name, Value: f.values[field.Name]})
	}
	if came := r.cameFrom(); came != "" {
		m.Hidden = append(m.Hidden, views.Hidden{Name: shelfQuery, Value: string(came)})
	}
	m.Page = r.page()
	m.Page.Once = r.stamp(r.path)
	return outcome{model: m}, nil
}

// fill puts a template of the unit into the fields that are still empty: what
// somebody typed is not written over.
func (f deedForm) fill(r *request) {
	u := r.county.Units[r.who.Unit]
	if u == nil {
		return
	}
	for _, m := range u.Models {
		if m.Name != f.values["template"] {
			continue
		}
		for name, text := range parts(m.Reply) {
			if strings.TrimSpace(f.values[name]) == "" {
				f.values[name] = text
			}
		}
	}
}
