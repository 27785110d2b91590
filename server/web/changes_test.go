package web

import (
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
)

// Whoever watches over the county reads who changed what, when, and what it was
// before; nobody else does.
func TestWhoChangedWhat(t *testing.T) {
	w := newWorld(t)
	w.clock.add(time.Hour)
	w.rules(func(r *board.Rules) { r.FinishDays[board.Help] = 9; r.SignDays = 3 })
	w.clock.add(time.Minute)
	b := w.browser().enter("admin")
	unit := "/admin/units/" + w.units[0].String()
	b.get(unit).send(unit, "name-zh-Hans", "城市管理局", "phone", "0300-800 1102").want(200)
	w.clock.add(time.Minute)
	w.listed("城关镇", "东关村", "西关村")
	w.clock.add(time.Minute)
	post := "/admin/staff/" + w.member("review").ID.String()
	b.get(post).send(post, "roles-operator", "yes", "deputy", w.member("lead").ID.String()).want(200)

	p := w.browser().enter("watch").get("/changes").want(200, "孙伟", w.T("changed.posted", "Name", "何敏"), w.T("changed.villages-listed", "Name", "城关镇"),
		w.T("changes.is", "What", w.T("admin.staff.deputy"), "Is", "田书记"),
		w.T("changes.turn", "What", w.T("admin.name"), "Was", "住房和城乡建设局", "Is", "城市管理局"),
		w.T("changes.turn", "What", w.T("rules.signDays"), "Was", 1, "Is", 3),
		w.T("changes.turn", "What", w.T("rules.finishDays", "Kind", w.T("kind.help")), "Was", 15, "Is", 9),
		w.T("changes.more", "Count", 2, "Names", "东关村"+w.T("admin.and")+"西关村"))
	text := p.text()
	newest, older := strings.Index(text, w.T("changed.posted", "Name", "何敏")), strings.Index(text, w.T("changed.rules-set"))
	if newest > older {
		t.Error("the oldest stands first")
	}
	p.hides(w.member("review").Password, w.member("review").Secret, w.T("rules.reviewDays"))
	for _, login := range []string{"desk", "unit", "lead"} {
		w.browser().enter(login).get("/changes").want(403)
	}
}

// The list goes on page after page, and each change stands on one of them.
func TestChangesAreListedOnce(t *testing.T) {
	w := newWorld(t)
	for i := range 2*changeRows + 5 {
		w.clock.add(time.Duration(i%3) * time.Second) // some at one moment
		w.must(w.office.SetDuty(ctx, w.as("admin").Actor, []string{noon.AddDate(0, 0, i).Format(time.DateOnly)}))
	}
	b := w.browser().enter("admin")
	rows, path := 0, "/changes"
	for path != "" {
		p := b.get(path).want(200)
		rows += strings.Count(p.body, w.T("changed.duty-set"))
		path = ""
		if strings.Contains(p.text(), w.T("desk.more")) {
			path = p.link(w.T("desk.more"))
		}
	}
	if rows != 2*changeRows+5 {
		t.Errorf("%d changes are listed", rows)
	}
}
