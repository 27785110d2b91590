package demo

import (
	"fmt"

	"lianxin/server/board"
	"lianxin/server/office"
)

// The rarer deeds of a story: second thoughts of its person, asks and rulings
// told in one line, and what is told or asked beside the case.

// edit puts other words in the place of those filed, within ten minutes.
func (s *story) edit(ago int, clock string, d board.Draft) *story {
	d.Public = "no"
	return s.deed(ago, clock, "edit", func() error {
		return s.m.office.Edit(s.m.ctx, s.resident, s.number, s.m.form(), d)
	})
}

// hold says that a case must be kept as it is, or no longer need be.
func (s *story) hold(ago int, clock string, deed board.Deed, reason string) *story {
	return s.deed(ago, clock, string(deed), func() error {
		act := s.m.office.Preserve
		if deed == board.Release {
			act = s.m.office.Release
		}
		return act(s.m.ctx, s.m.first(board.Inspector), s.number, s.m.form(), reason)
	})
}

func (s *story) restore(ago int, clock string) *story {
	return s.deed(ago, clock, "restore", func() error {
		return s.m.office.Restore(s.m.ctx, s.resident, s.number, s.m.form())
	})
}

// divert sends the resident on the way that the law gives.
func (s *story) divert(ago int, clock, path, words string) *story {
	return s.deed(ago, clock, "divert", func() error {
		return s.m.office.Divert(s.m.ctx, s.m.first(board.Dispatcher), s.number, s.m.form(), path, words)
	})
}

// judge is a reviewer's word on an objection.
func (s *story) judge(ago int, clock string, ruling board.Deed, words string) *story {
	return s.deed(ago, clock, string(ruling), func() error {
		return s.m.office.Rule(s.m.ctx, s.m.first(board.Reviewer), s.number, s.m.form(), ruling, words)
	})
}

func (s *story) visit(ago int, clock, words string) *story {
	return s.deed(ago, clock, "visit", func() error {
		return s.m.office.Note(s.m.ctx, s.handler, s.number, s.m.form(), board.Visit, words)
	})
}

// given is assigned in full: with a topic, words to the units, and a unit that
// helps, unless it is "".
func (s *story) given(ago int, clock, lead, co, topic, words string) *story {
	s.led(lead)
	a := office.Assignment{Lead: s.m.units[lead].String(), Topic: topic, Words: words}
	if co != "" {
		a.Co = []string{s.m.units[co].String()}
	}
	return s.deed(ago, clock, "assign", func() error {
		return s.m.office.Assign(s.m.ctx, s.m.first(board.Dispatcher), s.number, s.m.form(), a)
	})
}

func (s *story) hide(ago int, clock, reason string) *story {
	return s.deed(ago, clock, "hide", func() error {
		return s.m.office.Hide(s.m.ctx, s.m.first(board.Dispatcher), s.number, s.m.form(), reason)
	})
}

// as lets one of the residents go on, whoever typed it.
func (s *story) as(resident string) *story {
	s.resident = s.m.residents[resident]
	return s
}

// onDevice lets the person go on at a machine on which staff log in.
func (s *story) onDevice() *story {
	s.resident.Device = true
	return s
}

// text is what somebody sends from their phone.
func (m *maker) text(ago int, clock, from, words string) {
	m.at(ago, clock)
	m.heard++
	m.do("text", func() error {
		return m.office.Hear(m.ctx, office.Inbound{ID: fmt.Sprint("demo-", m.heard), From: from, Text: words})
	})
}

// text sends words about this case, behind its number.
func (s *story) text(ago int, clock, from, words string) *story {
	s.m.text(ago, clock, from, string(s.number)+" "+words)
	return s
}

// operate is a deed of an operator of this name.
func (s *story) operate(ago int, clock, what, name string, do func(office.Who) error) *story {
	return s.deed(ago, clock, what, func() error { return do(s.m.staff[name]) })
}

// quote is what somebody who rings says of the answer.
func (s *story) quote(ago int, clock, operator string, r board.Rating) *story {
	return s.operate(ago, clock, "quote", operator, func(who office.Who) error {
		return s.m.office.Quote(s.m.ctx, who, s.number, s.m.form(), r)
	})
}

// rateFor is what somebody who was called says of it.
func (s *story) rateFor(ago int, clock, operator string, r board.Rating) *story {
	return s.operate(ago, clock, "rate for", operator, func(who office.Who) error {
		return s.m.office.RateFor(s.m.ctx, who, s.number, s.m.form(), r)
	})
}

func (s *story) missed(ago int, clock, operator string) *story {
	return s.operate(ago, clock, "missed", operator, func(who office.Who) error {
		return s.m.office.Missed(s.m.ctx, who, s.number, s.m.form())
	})
}

func (s *story) checked(ago int, clock, who string) *story {
	return s.operate(ago, clock, "checked", who, func(who office.Who) error {
		return s.m.office.Checked(s.m.ctx, who, s.number, s.m.form())
	})
}

// handTo asks a helper to go to somebody who cannot be called.
func (s *story) handTo(ago int, clock, operator, helper string) *story {
	return s.operate(ago, clock, "hand to", operator, func(who office.Who) error {
		return s.m.office.HandTo(s.m.ctx, who, s.number, s.m.form(), s.m.staff[helper].Staff)
	})
}

// readOut tells the person the answer.
func (s *story) readOut(ago int, clock, who string, how board.How, words string) *story {
	return s.operate(ago, clock, "read out", who, func(who office.Who) error {
		return s.m.office.ReadOut(s.m.ctx, who, s.number, s.m.form(), board.ReadOut{At: s.m.now, How: how, Words: words})
	})
}

func (s *story) passBack(ago int, clock, helper, reason string) *story {
	return s.operate(ago, clock, "pass back", helper, func(who office.Who) error {
		return s.m.office.PassBack(s.m.ctx, who, s.number, s.m.form(), reason)
	})
}

// letter prints the answer for somebody who is told on paper.
func (s *story) letter(ago int, clock, operator string) *story {
	return s.operate(ago, clock, "letter", operator, func(who office.Who) error {
		return s.m.office.LetterPrinted(s.m.ctx, who, s.number, s.m.form())
	})
}

// reslip gives a new sealed slip for a lost one.
func (s *story) reslip(ago int, clock, operator string, slip board.Serial) *story {
	return s.operate(ago, clock, "reslip", operator, func(who office.Who) error {
		return s.m.office.Reslip(s.m.ctx, who, s.number, s.m.form(), string(slip))
	})
}

// disowned is what somebody says at the window of a case in their name.
func (s *story) disowned(ago int, clock, operator, words string) *story {
	return s.operate(ago, clock, "disown", operator, func(who office.Who) error {
		return s.m.office.Disown(s.m.ctx, who, s.number, s.m.form(), words)
	})
}

// settle is what the county desk makes of a case that nobody stands behind yet:
// confirm, void or proceed.
func (s *story) settle(ago int, clock string, deed board.Deed, words string) *story {
	who := s.m.first(board.Dispatcher)
	return s.deed(ago, clock, string(deed), func() error {
		switch deed {
		case board.Confirm:
			return s.m.office.Confirm(s.m.ctx, who, s.number, s.m.form(), words)
		case board.Void:
			return s.m.office.Void(s.m.ctx, who, s.number, s.m.form())
		}
		return s.m.office.Proceed(s.m.ctx, who, s.number, s.m.form(), words)
	})
}

// endHelp lets a helper read the case no more.
func (s *story) endHelp(ago int, clock, helper string) *story {
	return s.deed(ago, clock, "end help", func() error {
		return s.m.office.EndGrant(s.m.ctx, s.resident, s.number, s.m.form(), s.m.staff[helper].Staff)
	})
}
