package web

import (
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
)

// strike lets so much time pass, and the clock do what it demands.
func (w *world) strike(after time.Duration) {
	w.t.Helper()
	w.clock.add(after)
	_, err := w.office.Strike(ctx)
	w.must(err)
}

func TestThePageAsksWhetherItIsSolved(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	n := b.file()
	w.answers(n)
	page := b.get("/case/"+n).want(200, w.T("next.asks.twice", "Date", "9月20日（星期日）", "Last", "10月15日（星期四）"))
	page.hides(w.T("rate.until", "Date", "11月14日（星期六）"))
	w.clock.add(time.Hour)
	other := b.file()
	w.strike(4 * 24 * time.Hour)
	b = w.browser().logIn("13800138000")
	page = b.get("/case/"+n).want(200, w.T("rate.title"), w.T("rate.until", "Date", "11月14日（星期六）"), w.T("next.asks", "Date", "10月15日（星期四）"))
	if first, reply := strings.Index(page.body, w.T("rate.title")), strings.Index(page.body, w.T("case.reply")); first > reply {
		t.Error("the question does not stand first")
	}
	if list := b.get("/cases").body; strings.Index(list, "/case/"+n) > strings.Index(list, "/case/"+other) {
		t.Error("in the list a question stands below what asks nothing")
	}
	b.get("/case/"+n+"/rate").send("/case/"+n+"/rate", "solved", "yes").want(200, w.T("outcome.solved")).
		hides(w.T("rate.title"))
	w.browser().enter("unit").get("/desk/case/"+n).want(200, w.T("event.reminded"))
}

func TestThePageAsksWhetherSomebodyPressed(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	n := b.file()
	path := "/case/" + n + "/press"
	w.assign(n)
	w.must(w.office.SignFor(ctx, w.as("unit"), board.Number(n), w.form()))
	b.do("GET", path, nil).want(303)
	w.must(w.office.Contact(ctx, w.as("unit"), board.Number(n), w.form(), true, "打通了"))
	b.get("/case/"+n+"/withdraw").send("/case/"+n+"/withdraw").want(200, w.T("press.title"), w.T("press.who"))
	b.get("/cases").want(200, w.T("press.title"))
	b.sound(path)
	b.get(path).send(path).want(422, w.T("fault.press.choose"))
	b.get(path).send(path, "pressed", "yes", "words", "局里的王科长").
		want(200, w.T("case.pressed.yes"), "局里的王科长", w.T("restore.button")).hides(w.T("press.who"))
	b.do("GET", path, nil).want(303)
	at := "/desk/case/" + n
	for _, login := range []string{"watch", "lead"} {
		w.browser().enter(login).get(at).want(200, w.T("press.said.yes"), "局里的王科长")
	}
	for _, login := range []string{"unit", "desk", "review"} {
		w.browser().enter(login).get(at).want(200).hides("局里的王科长", w.T("press.said.yes"))
	}
}
