package web

import (
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
	unit.get("/desk/case/"+n).send("/desk/case/"+n+"/sign").want(200)
	unit.get("/desk").want(200, w.T("task.answer"), w.T("left.workdays", "Count", 14))
	unit.get("/desk/case/"+n).send("/desk/case/"+n+"/asktime", "days", "3", "reason", "等电缆").want(200)
	desk.get("/desk").want(200, w.T("task.extension"))
	w.must(w.office.Note(ctx, w.as("lead"), board.Number(n), w.form(), board.Supervise, "每天报"))
	desk.get("/desk").want(200, w.T("mark.supervised"))
	w.days(4) // the ask had one working day: that Sunday, which makes up for a holiday
	w.browser().enter("desk").get("/desk?desk=red").want(200, w.T("left.over", "Count", 2))
}
