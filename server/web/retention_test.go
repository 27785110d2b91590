package web

import (
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

// A person finds of a message whose time was over that it was put away and what
// that means; staff find nobody behind it; anybody reads what was public as before.
func TestWhatWasPutAwaySaysSo(t *testing.T) {
	w := newWorld(t)
	w.rules(func(r *board.Rules) { r.KeepYears = 2 })
	b := w.browser().logIn("13800138000")
	n := w.shown(b, board.Suggest, "城关镇", "", "路灯坏了")
	public := b.get("/public/"+n).want(200, "路灯坏了").text()
	pin, number := w.pin(b, n), board.Number(n)
	w.must(w.office.SignFor(ctx, w.as("unit"), number, w.form()))
	w.must(w.office.Answer(ctx, w.as("unit"), number, w.form(), board.Reply{Found: "王秀兰家门口的灯坏了", Done: "九月二十日已换好", Contact: "李建平"}))
	w.must(w.office.Approve(ctx, w.as("review"), number, w.form()))
	for range 13 { // she comes now and then, and nobody rates
		w.clock.add(70 * 24 * time.Hour)
		_, err := w.office.Strike(ctx)
		w.must(err)
		b = w.browser().logIn("13800138000")
	}
	due, err := w.office.Aged(ctx, 10)
	w.must(err)
	for _, id := range due {
		_, err := w.office.Anonymise(ctx, id, false)
		w.must(err)
	}
	b.get("/cases").want(200, w.T("standing.anonymised"))
	for _, by := range []*browser{b, w.opened(n, pin)} {
		page := by.get("/case/"+n).want(200, w.T("standing.anonymised"), w.T("case.put-away"), w.T("case.put-away.what", "Count", 2), w.T("event.anonymised"))
		for _, gone := range []string{"王秀兰", said} {
			if strings.Contains(page.body, gone) {
				t.Errorf("the page still says %q", gone)
			}
		}
	}
	desk := w.browser().enter("desk")
	page := desk.get("/desk/case/"+n).want(200, w.T("standing.anonymised.what", "Count", 2))
	if strings.Contains(page.text(), board.Phone("13800138000").Masked()) || strings.Contains(page.body, "13800138000") || strings.Contains(page.body, "王秀兰") {
		t.Errorf("the desk still sees who it was:\n%s", page.text())
	}
	page.want(200, w.T("deskcase.replies"), "九月二十日已换好").hides(w.T("replied.approved")) // of the letter itself nothing is left
	if now := w.browser().get("/public/"+n).want(200, "路灯坏了", w.T("event.anonymised")).text(); !strings.HasPrefix(now, strings.Split(public, "\n")[0]) {
		t.Errorf("anybody reads\n%s\nread was\n%s", now, public)
	}
}

// The inspector holds a message on its page; an administrator by its number alone,
// and reads only that and the reason.
func TestAHoldOnThePages(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	n := b.file()
	watch, admin := w.browser().enter("watch"), w.browser().enter("admin")
	at := "/desk/case/" + n
	watch.get(at).send(at+"/preserve").want(422, w.T("fault.preserve.reason"))
	watch.get(at).send(at+"/preserve", "reason", "法院调卷").want(200, "法院调卷", w.T("standing.hold"), "严正")
	b.get("/case/"+n).want(200, w.T("event.preserved")).hides("法院调卷")
	w.browser().enter("desk").get(at).want(200, "法院调卷")
	page := admin.get("/admin/holds").want(200, board.Number(n).Grouped(), "法院调卷", "严正")
	page.hides("路灯")
	page.send("/admin/holds", "number", n, "what", "preserve", "reason", "x").want(409, w.T("fault.deed.not-held"))
	admin.get("/admin/holds").send("/admin/holds", "number", "2600000000", "what", "preserve", "reason", "x").want(422)
	stranger, err := board.NewNumber(w.clock.now(), strings.NewReader(strings.Repeat("lianxin", 20)))
	w.must(err)
	admin.get("/admin/holds").send("/admin/holds", "number", string(stranger), "what", "preserve", "reason", "x").want(422, w.T("fault.holds.missing"))
	admin.get("/admin/holds").send("/admin/holds", "number", n, "what", "release", "reason", "").want(422, w.T("fault.release.reason"))
	w.clock.add(5 * time.Minute)
	admin.get("/admin/holds").send("/admin/holds", "number", n, "what", "release", "reason", "卷已还").want(422, w.T("fault.factor.empty"), "卷已还")
	w.browser().enter("desk").get(at).want(200, "法院调卷")
	admin = w.browser().enter("admin")
	person, _, err := w.office.Named(ctx, board.Number(n))
	w.must(err)
	if _, err := w.office.ErasePerson(ctx, office.Box, person, false); err == nil {
		t.Error("erased, and held")
	}
	admin.get("/admin/holds").send("/admin/holds", "number", n, "what", "release", "reason", "判决生效").want(200, w.T("holds.none"))
	b.get("/case/"+n).want(200, w.T("event.released")).hides("判决生效")
	for _, role := range []string{"desk", "unit", "lead"} {
		if strings.Contains(w.browser().enter(role).get(at).body, at+"/preserve") {
			t.Errorf("%s may hold it", role)
		}
	}
	admin.get(at).want(403)
}

// The privacy page says how long the county keeps a message: as the setting is.
func TestThePrivacyPageSaysTheTrueNumber(t *testing.T) {
	w := newWorld(t)
	for _, years := range []int{5, 8} {
		w.rules(func(r *board.Rules) { r.KeepYears = years })
		w.browser().get("/privacy").want(200, strings.Split(w.T("privacy.long.text", "Count", years), "\n\n")[1])
	}
	admin := w.browser().enter("admin")
	admin.get("/admin/settings").send("/admin/settings", "keepYears", "0").want(422, w.T("fault.rules.number", "Min", 1, "Max", 50))
	admin.get("/admin/settings").send("/admin/settings", "keepYears", "3").want(200)
	if years := w.county().Rules().KeepYears; years != 3 {
		t.Errorf("kept for %d years", years)
	}
}
