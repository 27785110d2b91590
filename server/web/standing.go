package web

import (
	"lianxin/server/board"
	"lianxin/views"
)

// titled is what a case is called. Of one that was not its person's, or that was
// erased, nothing is left, not even that.
func (r *request) titled(c *board.Case) string {
	switch c.Standing {
	case board.NotTheirs:
		return r.words.T("standing.void")
	case board.Erased:
		return r.words.T("standing.erased")
	case board.Anonymised:
		return r.words.T("standing.anonymised")
	}
	return c.Title
}

// typist is who typed a message for its person, by name and role: nobody writes
// in another's name unnamed.
func (r *request) typist(c *board.Case) string {
	role := r.words.T("role." + string(c.TakenRole))
	if c.TakenRole == board.Resident {
		return r.words.T("typed.relative")
	}
	if name := r.county.StaffName(c.TakenBy); name != "" {
		return r.words.T("history.by", "Name", name, "Role", role)
	}
	return role
}

// typedFor tells a person who typed their message, and asks whether they stand
// behind it; nil for what they typed themselves.
func (r *request) typedFor(c *board.Case, doable []board.Deed) *views.Typed {
	if !c.Assisted() {
		return nil
	}
	path := "/case/" + string(c.Number) + "/"
	m := &views.Typed{By: r.typist(c)}
	switch {
	case c.Standing == board.NotTheirs:
		m.State = views.Stamp{Text: r.words.T("standing.void"), Tone: views.ToneStop}
		m.What = r.words.T("typed.void")
	case r.who.Device && (c.Standing == board.Frozen || c.Standing == board.Pending):
		m.State = views.Stamp{Text: r.words.T("typed.stamp.pending"), Tone: views.ToneNew}
		m.What = r.words.T("typed.device")
	case c.Standing == board.Frozen:
		m.State = views.Stamp{Text: r.words.T("typed.stamp.frozen"), Tone: views.ToneStop}
		m.What = r.words.T("typed.frozen", "Date", r.by(c.AskBy))
	case c.Standing == board.Pending && (!c.ConfirmBy.Set() || r.now.After(c.ConfirmBy.At)):
		m.State = views.Stamp{Text: r.words.T("typed.stamp.pending"), Tone: views.ToneNew}
		m.What = r.words.T("typed.asking")
	case c.Standing == board.Pending:
		m.State = views.Stamp{Text: r.words.T("typed.stamp.pending"), Tone: views.ToneNew}
		m.What = r.words.T("typed.pending", "Date", r.by(c.ConfirmBy))
	}
	if mayDo(doable, board.Confirm) {
		m.Confirm = path + string(board.Confirm)
	}
	if mayDo(doable, board.Disown) {
		m.Disown = path + string(board.Disown)
	}
	return m
}

// stands tells a desk who typed a message, by which consent, and what must
// happen before it counts like any other; nil for what a person typed alone and
// about no office.
func (r *request) stands(c *board.Case) *views.Standing {
	m := &views.Standing{}
	add := func(key, value string) {
		if value != "" {
			m.Facts = append(m.Facts, views.Fact{Name: r.words.T(key), Value: value})
		}
	}
	if c.Assisted() {
		add("standing.by", r.typist(c))
	}
	if g := c.Filing(); g != nil {
		add("standing.means", r.words.T("means."+string(g.Means)))
		add("standing.serial", g.Serial.Grouped())
		add("standing.witness", g.Witness)
	}
	add("standing.slip", c.Slip.Grouped())
	add("standing.about", r.unit(c.About))
	if c.AboutDesk {
		add("standing.about", r.words.T("standing.about.desk"))
	}
	if c.Hold != nil {
		add("standing.hold", r.words.T("standing.hold.what", "Date", r.words.Date(c.Hold.At), "Name", r.county.StaffName(c.Hold.By), "Reason", c.Hold.Reason))
	}
	switch {
	case c.Standing == board.Anonymised:
		m.State = views.Stamp{Text: r.words.T("standing.anonymised"), Tone: views.ToneStop}
		m.What = r.words.T("standing.anonymised.what", "Count", c.Years)
	case c.Standing == board.Erased:
		m.State = views.Stamp{Text: r.words.T("standing.erased"), Tone: views.ToneStop}
		m.What = r.words.T("standing.erased.what")
	case c.Standing == board.NotTheirs:
		m.State = views.Stamp{Text: r.words.T("standing.void"), Tone: views.ToneStop}
	case c.Standing == board.Frozen:
		m.State = views.Stamp{Text: r.words.T("standing.frozen"), Tone: views.ToneRed}
		m.What = r.words.T("standing.frozen.what", "Date", r.by(c.AskBy))
	case c.Standing == board.Pending:
		m.State = views.Stamp{Text: r.words.T("standing.pending"), Tone: views.ToneYellow}
		switch {
		case !c.ConfirmBy.Set():
			m.What = r.words.T("standing.proceeded")
		case r.now.After(c.ConfirmBy.At):
			m.What = r.words.T("standing.pending.past", "Date", r.by(c.DecideBy))
		default:
			m.What = r.words.T("standing.pending.what", "Date", r.by(c.ConfirmBy))
		}
	}
	if m.State.Text == "" && len(m.Facts) == 0 {
		return nil
	}
	return m
}
