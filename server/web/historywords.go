package web

import (
	"slices"
	"strings"

	"lianxin/server/board"
	"lianxin/views"
)

// The history of a case in the words of whoever reads it.

// history is what happened to a case, the oldest first. Staff read who did it;
// residents read which office.
func (r *request) history(events []board.Event, staff bool) []views.Moment {
	var line []views.Moment
	var lead board.ID
	gone := removed(events)
	for _, e := range events {
		m := views.Moment{
			At: machine(e.Time), When: r.words.Stamp(e.Time), What: r.words.T("event." + string(e.Kind)),
		}
		switch f := e.Hollow().Fact.(type) {
		case board.Filed:
			if !f.FiledThere.IsZero() {
				m.At, m.When = machine(f.FiledThere), r.words.Stamp(f.FiledThere)
			}
		case board.ChargeGiven:
			lead = f.Lead
		case board.Transferred:
			lead = f.To
		case board.Attached:
			if f.Sort != "" { // or it was erased
				m.What = r.words.T("event.attached." + string(f.Sort))
			}
			if r.opens != "" && !gone[f.Attachment.ID] {
				m.Open = &views.Link{Href: r.opens + f.Attachment.ID.String(), Text: r.words.T("attach.look")}
			}
		}
		m.Note = r.note(e.Hollow().Fact, staff)
		m.Who = r.doer(e, lead, staff)
		line = append(line, m)
		if f, is := e.Fact.(board.Filed); is && f.There.Ended && !f.There.Done.IsZero() {
			line = append(line, views.Moment{At: machine(f.There.Done), When: r.words.Stamp(f.There.Done), What: r.words.T("case.done-there"), Who: f.There.Unit})
		}
	}
	return line
}

// removed are the files that were taken away again, or erased.
func removed(events []board.Event) map[board.ID]bool {
	gone := map[board.ID]bool{{}: true}
	for _, e := range events {
		if f, ok := e.Fact.(board.Detached); ok {
			gone[f.Attachment] = true
		}
	}
	return gone
}

// note is what a fact says besides that it happened. What a resident may not
// read was taken out of it by the office; what stands elsewhere on the page in
// full is not said twice.
func (r *request) note(fact board.Fact, staff bool) string {
	switch f := fact.(type) {
	case board.ChargeGiven:
		if f.Lead.IsZero() {
			return "" // erased
		}
		return lines(r.words.T("event.assigned.to", "Unit", r.unit(f.Lead), "Date", r.by(f.Due)), f.Words)
	case board.Followed:
		if f.Unit.IsZero() {
			return ""
		}
		return r.words.T("event.assigned.to", "Unit", r.unit(f.Unit), "Date", r.by(f.Due))
	case board.Transferred:
		return r.unit(f.To)
	case board.Extended:
		return lines(r.words.T("event.extended.to", "Date", r.by(f.Due)), f.Reason)
	case board.Redated:
		if !f.Due.Set() {
			return "" // another date than the one that was promised
		}
		return r.words.T("event.extended.to", "Date", r.by(f.Due))
	case board.Refused:
		return lines(r.word("decline.", f.Reason), f.Words)
	case board.SentOn:
		return lines(r.word("divert.", f.Path), f.Words)
	case board.MergedInto:
		if staff {
			return f.Number.Grouped()
		}
	case board.HiddenNow:
		if staff {
			return f.Reason
		}
	case board.Contacted:
		if !f.Reached {
			return lines(r.words.T("event.contacted.missed"), f.Words)
		}
		return f.Words
	case board.Raised:
		return r.word("role.", string(f.To))
	case board.PassedOn:
		return r.county.StaffName(f.To)
	case board.KeptWith:
		return r.silent(f.Silent, f.Words)
	case board.HeldTo:
		return r.silent(f.Silent, f.Words)
	case board.Detached:
		if f.Lost {
			return r.words.T("event.detached.lost")
		}
		return ""
	case board.Reminded:
		if !f.AnswerBy.Set() {
			return r.words.T("press.title")
		}
		return r.words.T("event.reminded.what", "Date", r.by(f.AnswerBy))
	case board.PressSaid:
		return lines(r.word("press.said.", string(f.Pressed)), f.Words)
	case board.Rated:
		return lines(r.word("outcome.", string(f.Outcome)), f.Words)
	}
	return plain(fact)
}

// plain is what facts say that are nothing but words.
func plain(fact board.Fact) string {
	switch f := fact.(type) {
	case board.Progressed:
		return f.Note
	case board.ReplyReturned:
		return f.Reason
	case board.Upheld:
		return f.Words
	case board.Overturned:
		return f.Words
	case board.BackAsked:
		return f.Reason
	case board.TimeAsked:
		return f.Reason
	case board.GivenBack:
		return f.Words
	case board.SentBack:
		return f.Reason
	case board.Visited:
		return f.Words
	case board.Relayed:
		return f.Words
	case board.Annotated:
		return f.Words
	case board.Supervised:
		return f.Words
	case board.Revealed:
		return f.Reason
	case board.ConfirmedNow:
		return f.Words
	case board.Disowned:
		return f.Words
	case board.Proceeded:
		return f.Words
	case board.Preserved:
		return f.Reason
	case board.Released:
		return f.Reason
	}
	return ""
}

// silent is what was said of an ask: that nobody ruled on it, or words.
func (r *request) silent(nobody bool, words string) string {
	if nobody {
		return r.words.T("event.unruled")
	}
	return words
}

// word is one word of a family, "" for a name that was erased.
func (r *request) word(family, name string) string {
	if name == "" {
		return ""
	}
	return r.words.T(family + name)
}

// lines puts together what is not empty.
func lines(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(t string) bool { return t == "" }), "\n")
}

// doer is who did it, as far as the reader may know.
func (r *request) doer(e board.Event, lead board.ID, staff bool) string {
	if e.Role == board.Resident {
		if !e.Actor.IsZero() && e.Actor != e.Subject {
			return r.words.T("history.kin")
		}
		if staff {
			return r.words.T("role.resident")
		}
		return "" // it was the reader
	}
	if staff {
		if name := r.county.StaffName(e.Actor); name != "" {
			return r.words.T("history.by", "Name", name, "Role", r.words.T("role."+string(e.Role)))
		}
		return r.words.T("role." + string(e.Role))
	}
	if e.Role == board.Helper {
		return r.looker(e) // by name: they came to the person's house
	}
	if name := r.unit(lead); (e.Role == board.Handler || e.Role == board.Head) && name != "" {
		return name
	}
	return r.words.T("history.desk")
}
