package demo

import (
	"lianxin/server/board"
	"lianxin/server/office"
)

// story is one case, told deed by deed. Each deed says how many working days
// ago it was done, and when on that day.
type story struct {
	m        *maker
	number   board.Number
	resident office.Who
	handler  office.Who
}

// file begins a story.
func (m *maker) file(ago int, clock, resident string, d board.Draft) *story {
	s := &story{m: m, resident: m.residents[resident]}
	if d.Name == "" {
		d.Name = resident
	}
	if d.Public == "" {
		d.Public = "no"
	}
	s.deed(ago, clock, "file", func() (err error) {
		s.number, err = m.office.File(m.ctx, s.resident, m.form(), d)
		return err
	})
	return s
}

func (s *story) deed(ago int, clock, what string, do func() error) *story {
	s.m.at(ago, clock)
	s.m.do(what, do)
	return s
}

// assign gives the case to a unit, and further deeds of the unit to whoever
// works there.
func (s *story) assign(ago int, clock, unit string) *story {
	s.led(unit)
	return s.deed(ago, clock, "assign", func() error {
		return s.m.office.Assign(s.m.ctx, s.m.first(board.Dispatcher), s.number, s.m.form(), office.Assignment{Lead: s.m.units[unit].String()})
	})
}

// led says who works at the unit that leads the case.
func (s *story) led(unit string) {
	for _, member := range Staff {
		if member.unit == unit && member.Role == board.Handler {
			s.handler = s.m.staff[member.Name]
		}
	}
}

func (s *story) sign(ago int, clock string) *story {
	return s.deed(ago, clock, "sign", func() error {
		return s.m.office.SignFor(s.m.ctx, s.handler, s.number, s.m.form())
	})
}

func (s *story) progress(ago int, clock, note string) *story {
	return s.deed(ago, clock, "progress", func() error {
		return s.m.office.Progress(s.m.ctx, s.handler, s.number, s.m.form(), note)
	})
}

func (s *story) answer(ago int, clock string, r board.Reply) *story {
	return s.deed(ago, clock, "answer", func() error {
		return s.m.office.Answer(s.m.ctx, s.handler, s.number, s.m.form(), r)
	})
}

func (s *story) approve(ago int, clock string) *story {
	return s.deed(ago, clock, "approve", func() error {
		return s.m.office.Approve(s.m.ctx, s.m.first(board.Reviewer), s.number, s.m.form())
	})
}

func (s *story) giveBack(ago int, clock, reason string) *story {
	return s.deed(ago, clock, "return", func() error {
		return s.m.office.Return(s.m.ctx, s.m.first(board.Reviewer), s.number, s.m.form(), reason)
	})
}

func (s *story) rate(ago int, clock string, r board.Rating) *story {
	return s.deed(ago, clock, "rate", func() error {
		return s.m.office.Rate(s.m.ctx, s.resident, s.number, s.m.form(), r)
	})
}

func (s *story) contact(ago int, clock string, reached bool, words string) *story {
	return s.deed(ago, clock, "contact", func() error {
		return s.m.office.Contact(s.m.ctx, s.handler, s.number, s.m.form(), reached, words)
	})
}

func (s *story) handBack(ago int, clock, reason string) *story {
	return s.deed(ago, clock, "hand back", func() error {
		return s.m.office.HandBack(s.m.ctx, s.handler, s.number, s.m.form(), reason)
	})
}

func (s *story) askTime(ago int, clock string, days int, reason string) *story {
	return s.deed(ago, clock, "ask for time", func() error {
		return s.m.office.AskTime(s.m.ctx, s.handler, s.number, s.m.form(), days, reason)
	})
}

// endorsed, passed and amend are the head's word.
func (s *story) endorsed(ago int, clock string) *story {
	return s.deed(ago, clock, "endorse", func() error {
		return s.m.office.Rule(s.m.ctx, s.m.first(board.Head), s.number, s.m.form(), board.Endorse, "")
	})
}

func (s *story) passed(ago int, clock string) *story {
	return s.deed(ago, clock, "pass", func() error { return s.m.office.Pass(s.m.ctx, s.m.first(board.Head), s.number, s.m.form()) })
}

func (s *story) amend(ago int, clock, reason string) *story {
	return s.deed(ago, clock, "amend", func() error {
		return s.m.office.Amend(s.m.ctx, s.m.first(board.Head), s.number, s.m.form(), reason)
	})
}

// rule is what the county desk says to what a unit asked.
func (s *story) rule(ago int, clock string, ruling board.Deed, words string) *story {
	return s.deed(ago, clock, string(ruling), func() error {
		return s.m.office.Rule(s.m.ctx, s.m.first(board.Dispatcher), s.number, s.m.form(), ruling, words)
	})
}

// note is what somebody of the county who does not handle the case writes on it.
func (s *story) note(ago int, clock string, role board.Role, deed board.Deed, words string) *story {
	return s.deed(ago, clock, string(deed), func() error {
		return s.m.office.Note(s.m.ctx, s.m.first(role), s.number, s.m.form(), deed, words)
	})
}

func (s *story) decline(ago int, clock, reason, words string) *story {
	return s.deed(ago, clock, "decline", func() error {
		return s.m.office.Decline(s.m.ctx, s.m.first(board.Dispatcher), s.number, s.m.form(), reason, words)
	})
}

func (s *story) object(ago int, clock, words string) *story {
	return s.deed(ago, clock, "object", func() error {
		return s.m.office.Object(s.m.ctx, s.resident, s.number, s.m.form(), words)
	})
}

func (s *story) add(ago int, clock, words string) *story {
	return s.deed(ago, clock, "add", func() error {
		return s.m.office.Add(s.m.ctx, s.resident, s.number, s.m.form(), words)
	})
}

func (s *story) withdraw(ago int, clock string) *story {
	return s.deed(ago, clock, "withdraw", func() error {
		return s.m.office.Withdraw(s.m.ctx, s.resident, s.number, s.m.form())
	})
}

// pressed says that somebody wanted the person to withdraw.
func (s *story) pressed(ago int, clock, words string) *story {
	return s.deed(ago, clock, "press", func() error {
		return s.m.office.SayPressed(s.m.ctx, s.resident, s.number, s.m.form(), board.WasPressed, words)
	})
}

// merge lets a case be handled with another.
func (s *story) merge(ago int, clock string, lead *story) *story {
	return s.deed(ago, clock, "merge", func() error {
		return s.m.office.Merge(s.m.ctx, s.m.first(board.Dispatcher), s.number, s.m.form(), string(lead.number))
	})
}

// publish lets anybody read the case, in words that name nobody and no house.
func (s *story) publish(ago int, clock, title, body string) *story {
	return s.deed(ago, clock, "publish", func() error {
		return s.m.office.Publish(s.m.ctx, s.m.first(board.Dispatcher), s.number, s.m.form(), board.Notice{Title: title, Body: body})
	})
}

// takeIn begins a story that somebody told on the telephone.
func (m *maker) takeIn(ago int, clock, phone string, tell board.Way, d board.Draft) *story {
	return m.intake(ago, clock, office.Intake{Draft: d, Phone: phone, Channel: board.Call, Tell: tell})
}

// intake begins a story that an operator typed. A paper form came in the day
// before.
func (m *maker) intake(ago int, clock string, in office.Intake) *story {
	s := &story{m: m}
	in.Lang, in.Agreed = "zh-Hans", true
	if in.Draft.Public == "" {
		in.Draft.Public = "no"
	}
	return s.deed(ago, clock, "take in", func() (err error) {
		if in.Channel == board.Sheet {
			in.Draft.Received = m.now.AddDate(0, 0, -1)
		}
		s.number, err = m.office.TakeIn(m.ctx, m.first(board.Operator), m.form(), in)
		return err
	})
}

// first is the first member of staff with a role.
func (m *maker) first(r board.Role) office.Who {
	for _, member := range Staff {
		if member.Role == r {
			return m.staff[member.Name]
		}
	}
	return office.Who{}
}
