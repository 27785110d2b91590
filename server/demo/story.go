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
	d.Name = resident
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
	for _, member := range Staff {
		if member.unit == unit {
			s.handler = s.m.staff[member.Name]
		}
	}
	return s.deed(ago, clock, "assign", func() error {
		return s.m.office.Assign(s.m.ctx, s.m.first(board.Dispatcher), s.number, s.m.form(), office.Assignment{Lead: s.m.units[unit].String()})
	})
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

func (s *story) rate(ago int, clock string, outcome board.Outcome, words string) *story {
	return s.deed(ago, clock, "rate", func() error {
		return s.m.office.Rate(s.m.ctx, s.resident, s.number, s.m.form(), board.Rating{Outcome: outcome, Words: words})
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
