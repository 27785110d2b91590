package web

import (
	"testing"
	"time"

	"lianxin/server/board"
)

func TestTheHeadSaysYesOrNoBeforeTheDesk(t *testing.T) {
	w := newWorld(t)
	wang := w.browser().logIn("13800138000")
	n := wang.file()
	at := "/desk/case/" + n
	w.assign(n)
	unit, chief, desk := w.browser().enter("unit"), w.browser().enter("chief"), w.browser().enter("desk")
	unit.get(at).send(at + "/sign").want(200)
	unit.get(at).send(at+"/asktime", "days", "5", "reason", "电缆要调货").want(200, w.T("next.head.time"), w.T("ask.open"))
	wang.get("/case/"+n).want(200, w.T("next.in-hand")).hides("电缆要调货", w.T("next.head.time"))
	desk.get(at).hides(at + "/extend")
	chief.get("/desk").want(200, w.T("desk.section.head"), board.Number(n).Grouped())
	chief.sound(at)
	chief.get(at).want(200, "电缆要调货", "王秀兰", w.T("deed.deny.title")).
		send(at+"/endorse").want(200, w.T("ask.endorsed"), w.T("event.endorsed")).hides(at + "/endorse")
	desk.get(at).want(200, w.T("ask.endorsed")).send(at+"/extend").want(200, w.T("ask.granted"))
	wang.get("/case/"+n).want(200, "电缆要调货", w.T("event.extended"))

	// Where the county wants it, a reply needs the head's word.
	admin := w.browser().enter("admin")
	form := admin.get("/admin/settings").want(200, w.T("rules.headTime"), w.T("rules.headReply"))
	form.send("/admin/settings", "headReply", "yes").want(200, w.T("admin.said.saved"))
	answer := at + "/answer"
	unit.get(at).send(answer, "found", "电缆老化", "done", "已换好", "contact", "李建平").send(answer).want(200, w.T("next.head.reply"))
	wang.get("/case/"+n).want(200, w.T("next.review")).hides("已换好")
	w.browser().enter("review").get(at).hides(at + "/approve")
	chief.get(at).send(at+"/amend", "reason", "哪天换的").want(200, w.T("replied.sent-back"), "哪天换的")
	wang.get("/case/"+n).want(200, w.T("event.sent-back")).hides("哪天换的")
	unit.get(at).send(answer, "done", "九月二十日换好了").send(answer).want(200)
	chief.get(at).send(at+"/pass").want(200, w.T("event.passed"))
	w.browser().enter("review").get(at).want(200, w.T("next.reviewer", "Name", "何敏")).send(at+"/approve").want(200, w.T("state.answered"))
}

func TestWhatWentUpLiesWithTheInspector(t *testing.T) {
	w := newWorld(t)
	wang := w.browser().logIn("13800138000")
	n := wang.file()
	at := "/desk/case/" + n
	w.browser().enter("watch").get(at).hides(at + "/assign")
	w.strike(25 * time.Hour)
	watch := w.browser().enter("watch")
	watch.get("/desk").want(200, w.T("desk.section.inspector"), board.Number(n).Grouped())
	watch.sound(at)
	watch.get(at).want(200, w.T("next.raised", "Role", w.T("role.inspector")), w.T("event.raised"))
	w.browser().enter("lead").get(at).hides(at + "/assign")
	w.browser().logIn("13800138000").get("/case/"+n).want(200, w.T("event.raised"), w.T("role.inspector"))
	watch.get(at).send(at+"/assign", "unit", w.units[0].String()).want(200, w.T("state.assigned"))
}
