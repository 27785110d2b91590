package web

import (
	"net/url"
	"testing"
	"time"

	"lianxin/server/board"
)

// A shelf says of each case what it waits for and how near that is.
func TestAShelfSaysWhatIsFirst(t *testing.T) {
	w := newWorld(t) // noon of a Thursday
	n := w.browser().logIn("13800138000").file()
	desk := w.browser().enter("desk")
	desk.get("/desk").want(200, w.T("task.assign"), w.T("left.tomorrow.by", "Time", "12:00"))
	w.assign(n)
	unit := w.browser().enter("unit")
	unit.get("/desk").want(200, w.T("task.sign"), w.T("left.tomorrow"))
	w.clock.add(24 * time.Hour)
	unit, desk = w.browser().enter("unit"), w.browser().enter("desk")
	unit.get("/desk").want(200, w.T("left.today"))
	unit.get("/desk/case/" + n).send("/desk/case/" + n + "/sign").want(200)
	unit.get("/desk").want(200, w.T("task.answer"), w.T("left.workdays", "Count", 14))
	unit.get("/desk/case/"+n).send("/desk/case/"+n+"/asktime", "days", "3", "reason", "等电缆").want(200)
	desk.get("/desk").want(200, w.T("task.extension"))
	w.must(w.office.Note(ctx, w.as("lead"), board.Number(n), w.form(), board.Supervise, "每天报"))
	desk.get("/desk").want(200, w.T("mark.supervised"))
	w.days(4) // the ask had one working day: that Sunday, which makes up for a holiday
	w.browser().enter("desk").get("/desk?desk=red").want(200, w.T("left.over", "Count", 2))
}

// After a deed the next case of the same desk is one link away, whatever else
// its doer works at.
func TestTheNextCaseIsOneLinkAway(t *testing.T) {
	w := newWorld(t)
	wang := w.browser().logIn("13800138000")
	a := wang.file()
	w.clock.add(11 * time.Minute)
	b := wang.file()
	desk := w.browser().enter("desk")
	next := "/desk/case/" + b
	if got := desk.get("/desk/case/"+a).hides(w.T("onward.next")).send("/desk/case/"+a+"/assign", "unit", w.units[0].String()).
		want(200, w.T("flash.done"), w.T("onward.next")).links("/desk/case/")[0]; got != next {
		t.Errorf("after %s comes %s", a, got)
	}
	desk.get(next).send(next+"/assign", "unit", w.units[0].String()).want(200, w.T("onward.empty", "Section", w.T("desk.section.dispatcher")))
	// What stays on the shelf is not offered again before the others.
	unit := w.browser().enter("unit")
	if got := unit.get("/desk/case/"+a).send("/desk/case/"+a+"/sign").want(200, w.T("desk.section.handler")).links("/desk/case/")[0]; got != next {
		t.Errorf("after %s was signed for comes %s", a, got)
	}
	// The address tells of a deed; it does not choose the shelf of somebody else.
	unit.get("/desk/case/"+a+"?done=approve").want(200).hides(w.T("onward.next"), w.T("desk.section.reviewer"))
	unit.get("/desk/case/" + a + "?done=rubbish").want(200).hides(w.T("onward.next"))
}

func TestFindingOnTheDesk(t *testing.T) {
	w := newWorld(t)
	wang := w.browser().logIn("13800138000")
	n := wang.tells()
	desk := w.browser().enter("desk")
	desk.get("/desk?q="+url.QueryEscape("城关镇 灯")).want(200, w.T("find.section", "Words", "城关镇 灯"), secret.title)
	desk.get("/desk?q="+url.QueryEscape("桥断了")).want(200, w.T("find.empty"), `桥断了`).hides(secret.title)
	if at := desk.get("/desk?q=" + board.Number(n).Grouped()[:3]).want(200).links("/desk/case/"); len(at) != 1 || at[0] != "/desk/case/"+n {
		t.Errorf("by its first digits is found %q", at)
	}
	if at := desk.get("/desk?q="+url.QueryEscape(board.Number(n).Grouped())).want(200, secret.body[:30]).path; at != "/desk/case/"+n {
		t.Errorf("a whole number leads to %s", at)
	}
	wang.get("/case/"+n+"/looks").want(200, "周岚")
	w.browser().enter("review").get("/desk?q="+url.QueryEscape("王秀兰")).want(200, w.T("find.empty"))
	w.browser().enter("unit").get("/desk?q="+url.QueryEscape("灯")).want(200, w.T("find.empty"))
}
