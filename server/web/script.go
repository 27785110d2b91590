package web

import (
	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// script is what an operator says, word by word. The call begins with who is
// calling and never with what about: somebody else may have picked up.
func (r *request) script(it office.CallItem, v office.View) []views.Line {
	lines := r.hello(it)
	switch it.Why {
	case board.TellAnswer:
		return append(lines, r.tellingScript(it.Case, v)...)
	case board.Recheck:
		return append(lines, r.checkingScript(it.Case)...)
	case board.AskRate:
		return append(lines, r.ratingScript(it.Case, v)...)
	}
	return lines
}

func (r *request) hello(it office.CallItem) []views.Line {
	county := r.words.Pick(r.county.Name)
	if it.Name == "" {
		return []views.Line{{Say: r.words.T("call.hello.nobody", "County", county, "Me", r.who.Name)}}
	}
	return []views.Line{{
		Say:  r.words.T("call.hello", "County", county, "Me", r.who.Name, "Name", it.Name),
		Note: r.words.T("call.hello.note"),
	}}
}

func (r *request) tellingScript(c *board.Case, v office.View) []views.Line {
	return []views.Line{
		{Say: r.words.T("call.tell.ask", "Date", r.spokenDay(c))},
		{Reply: r.letter(c, v), Note: r.words.T("call.tell.read")},
		{Say: r.words.T("call.tell.again")},
		{Say: r.words.T("call.tell.end", "Hotline", r.county.Hotline, "Number", c.Number.Grouped())},
	}
}

// checkingScript asks before it reads: who is told what the message says first
// says yes to it.
func (r *request) checkingScript(c *board.Case) []views.Line {
	helper := r.county.StaffName(c.TakenBy)
	if helper == "" {
		helper = r.words.T("role." + string(c.TakenRole))
	}
	return []views.Line{
		{Say: r.words.T("call.check.open"), Note: r.words.T("call.check.open.note")},
		{Say: r.words.T("call.check.read", "Date", r.spokenDay(c), "Helper", helper), Own: c.Body},
		{Say: r.words.T("call.check.ask"), Note: r.words.T("call.check.ask.note")},
		{Say: r.words.T("call.check.end", "Hotline", r.county.Hotline)},
	}
}

func (r *request) ratingScript(c *board.Case, v office.View) []views.Line {
	return []views.Line{
		{Say: r.words.T("call.rate.ask", "Date", r.spokenDay(c)), Note: r.words.T("call.rate.ask.note"), Reply: r.letter(c, v)},
		{Say: r.words.T("call.rate.marks")},
		{Say: r.words.T("call.rate.words")},
		{Say: r.words.T("call.rate.end")},
	}
}

// spokenDay is the day on which a case came in, as it is said aloud.
func (r *request) spokenDay(c *board.Case) string {
	if c.Filed.In(board.Zone).Year() != r.now.In(board.Zone).Year() {
		return r.words.Date(c.Filed)
	}
	return r.words.Day(c.Filed)
}

// sheet is the published answer in large type, for the person of this name.
func (r *request) sheet(v office.View, name string) views.AnswerSheet {
	c := v.Case
	return views.AnswerSheet{
		Words: r.words, County: r.words.Pick(r.county.Name), Hotline: r.county.Hotline, Name: name, Number: c.Number.Grouped(),
		About: c.Title, Filed: r.spokenDay(c), Today: r.words.Date(r.now), Reply: r.letter(c, v), Slip: c.Slip.Grouped(),
	}
}

// letter is the published answer as its person reads it.
func (r *request) letter(c *board.Case, v office.View) *views.Reply {
	reply := r.reply(c, c.Published)
	if reply != nil {
		reply.Date = r.words.Date(approved(v.Events))
	}
	return reply
}
