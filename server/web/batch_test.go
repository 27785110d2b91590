package web

import (
	"strings"
	"testing"

	"lianxin/server/board"
	"lianxin/server/office"
)

// printed are numbered papers of a kind, fresh from the county desk's printer.
func (w *world) printed(kind board.PaperKind, n int) []office.Sealed {
	w.t.Helper()
	w.second() // who prints what is sealed does not use it
	_, papers, err := w.office.PrintSeries(ctx, w.as("phone2").Actor, kind, n)
	w.must(err)
	return papers
}

// typed is what a clerk types from a paper form.
func typed(serial board.Serial, pairs ...string) []string {
	return append([]string{"slip", serial.Grouped(), "received", "9-16", "name", "王秀兰", "place", "城关镇", "village", "东关村", "phone", "", "kind", "help",
		"body", said, "about", "", "public", "no", "hide", "no", "tell", "letter", "signed", "yes"}, pairs...)
}

func TestPaperFormsAreTypedOneAfterTheOther(t *testing.T) {
	w := newWorld(t)
	forms := w.printed(board.BlankForm, 3)
	phone := w.browser().enter("phone")
	page := phone.get("/batch").want(200, w.T("batch.title"))
	if !strings.Contains(page.body, `name="slip" type="text" class="code" inputmode="numeric" value="" autofocus aria-describedby="f-slip-h"`) {
		t.Error("the page does not begin in its first field")
	}
	for _, wrong := range []struct{ field, value, at, fault string }{
		{"slip", "", "slip", w.T("fault.serial.empty")}, {"slip", "12", "slip", w.T("fault.serial.length", "Digits", 8)},
		{"received", "", "received", w.T("fault.intake.received")}, {"received", "2026-09-18", "received", w.T("fault.intake.received")},
		{"signed", "", "signed", w.T("fault.intake.agreed")}, {"body", "", "body", w.T("fault.filing.body.empty")},
		{"tell", "text", "tell", w.T("fault.intake.tell")}, {"kind", "", "kind", w.T("fault.filing.kind")},
	} {
		page.post("/batch", typed(forms[0].Serial, wrong.field, wrong.value)...).wrong(422, wrong.at, wrong.fault, "village", "东关村", "received", typedValue(wrong.field, wrong.value))
	}
	next := page.send("/batch", typed(forms[0].Serial)...).want(200, w.T("batch.title"))
	v := next.form("/batch").values
	if v.Get("slip") != "" || v.Get("body") != "" || v.Get("received") != "2026-09-16" {
		t.Errorf("the next form begins with %v", v)
	}
	cases, err := w.office.Desk(ctx, w.as("desk"), office.Shelf(board.Dispatcher), "", 9)
	w.must(err)
	if len(cases.Cases) != 1 {
		t.Fatalf("%d cases of one form", len(cases.Cases))
	}
	c := cases.Cases[0]
	next.want(200, w.T("batch.done", "Number", c.Number.Grouped()))
	if to := next.link(w.T("batch.attach")); to != "/desk/intake/"+string(c.Number)+"/attach" {
		t.Errorf("a picture of the form is added at %s", to)
	}
	if c.Slip != forms[0].Serial || c.Received.Format("2006-01-02") != "2026-09-16" || len(c.Grants) != 1 || c.Grants[0].Means != board.OnForm || !c.Assisted() {
		t.Errorf("what is kept is %+v", c)
	}
	w.browser().enter("desk").get("/desk/case/"+string(c.Number)).want(200, w.T("fact.received"), "2026年9月16日")
	w.opened(string(c.Number), forms[0].PIN).get("/case/"+string(c.Number)).want(200, w.T("case.looked")) // the stub's own PIN opens it

	next.post("/batch", typed(forms[0].Serial, "body", "又一件")...).wrong(422, "slip", w.T("fault.paper.used"), "body", "又一件") // a form is one message
	next.send("/batch", typed(forms[1].Serial, "body", "又一件", "about", w.units[0].String())...).want(200, w.T("batch.title"))
	phone.sound("/batch")
	w.browser().enter("phone").get("/batch?done="+string(c.Number)).want(200, c.Number.Grouped())
	w.second().get("/batch?done=" + string(c.Number)).want(200).hides(c.Number.Grouped()) // which another typed
	for _, junk := range []string{"2600000000", "x", ""} {
		phone.get("/batch?day=31-31&done=" + junk).want(200)
	}
}

// typedValue is what the field of the day holds after a wrong answer.
func typedValue(field, value string) string {
	if field == "received" {
		return value
	}
	return "9-16"
}

func TestALostSlipIsReplaced(t *testing.T) {
	w := newWorld(t)
	slips := w.printed(board.Slip, 3)
	phone := w.browser().enter("phone")
	n := phone.takes("slip", slips[0].Serial.Grouped())
	w.opened(n, slips[0].PIN)
	phone.get("/desk/intake/"+n).want(200, slips[0].Serial.Grouped()).hides(slips[0].PIN)
	page := phone.get("/desk/slip").want(200, w.T("reslip.title"))
	fill := func(pairs ...string) []string {
		return append([]string{"number", n, "slip", string(slips[1].Serial), "seen", "yes"}, pairs...)
	}
	page.post("/desk/slip", fill("seen", "")...).wrong(422, "seen", w.T("fault.reslip.seen"), "slip", string(slips[1].Serial))
	page.post("/desk/slip", fill("slip", "")...).wrong(422, "slip", w.T("fault.serial.empty"), "number", n)
	page.post("/desk/slip", fill("number", "2600000000")...).want(422)
	page.post("/desk/slip", fill("slip", string(slips[0].Serial))...).wrong(422, "slip", w.T("fault.paper.used"))
	done := page.send("/desk/slip", fill()...).want(200, w.T("reslip.done", "Number", board.Number(n).Grouped()))
	done.hides(slips[0].PIN, slips[1].PIN)
	w.opened(n, slips[1].PIN)
	w.browser().get("/lookup").send("/lookup", "number", n, "pin", slips[0].PIN).want(422, w.T("fault.lookup.wrong"))
	w.browser().enter("desk").get("/desk/slip").send("/desk/slip", fill("slip", string(slips[2].Serial))...).want(200)
	w.opened(n, slips[2].PIN)
	phone.sound("/desk/slip")
}
