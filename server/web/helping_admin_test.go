package web

import (
	"slices"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

func TestWhereAHelperHelps(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("admin")
	list := b.get("/admin/staff").want(200, "城关镇 东关村")
	list.post("/admin/staff", "name", "张建军", "login", "zhang", "roles-helper", "yes").wrong(422, "add-areas", w.T("fault.staff.areas"), "login", "zhang")
	list.post("/admin/staff", "name", "张建军", "login", "zhang", "roles-helper", "yes", "areas", "东关镇\n双桥镇 西村").
		wrong(422, "add-areas", w.T("fault.staff.town", "Name", "双桥镇 西村"), "areas", "东关镇\n双桥镇 西村")
	list.send("/admin/staff", "name", "张建军", "login", "zhang", "roles-helper", "yes", "areas", "东关镇\n\n Chengguan  西村 \n").want(200, w.T("secret.once"))
	s := w.member("zhang")
	if want := []board.Area{{Township: "东关镇"}, {Township: "城关镇", Village: "西村"}}; !slices.Equal(s.Areas, want) {
		t.Errorf("they help in %+v, want %+v", s.Areas, want)
	}
	path := "/admin/staff/" + s.ID.String()
	page := b.get(path)
	if v := page.form(path).values.Get("areas"); strings.TrimSpace(v) != "东关镇\n城关镇 西村" {
		t.Errorf("the page says %q", v)
	}
	page.send(path, "areas", "东关镇 南村").want(200, w.T("admin.said.saved"))
	if s := w.member("zhang"); len(s.Areas) != 1 || s.Areas[0].Village != "南村" {
		t.Errorf("they help in %+v", s.Areas)
	}
}

// Who goes on with a helper's people is said when the helper leaves, and the
// people hear of it.
func TestAHelperLeaves(t *testing.T) {
	w := newWorld(t)
	helper := w.browser().enter("help")
	n := helper.begins("王秀兰", "13900139000").reads(said).consents("13900139000")
	b := w.browser().enter("admin")
	path := "/admin/staff/" + w.member("help").ID.String()
	page := b.get(path).want(200, w.T("admin.staff.heir"), w.T("admin.staff.heir.desk"), "赵红")
	page.post(path+"/leave", "heir", w.member("aid").ID.String()).wrong(422, "leave-sure", w.T("fault.admin.sure"))
	b.get(path).send(path+"/leave", "heir", w.member("desk").ID.String(), "sure", "yes").want(422, w.T("fault.staff.heir"))
	b.get(path).send(path+"/leave", "heir", w.member("aid").ID.String(), "sure", "yes").want(200, w.T("admin.staff.moved", "Count", 1))
	w.browser().enter("aid").get("/assist/case/"+n).want(200, board.Number(n).Grouped())
	heard := false
	_, err := w.office.Post(ctx, func(t store.Text) string {
		heard = heard || t.Key == "sms.help-moved" && t.Args["Helper"] == "赵红"
		return t.Key
	}, w.phones)
	w.must(err)
	if !heard {
		t.Error("the person did not hear of it")
	}
	helper.get("/assist").want(200, w.T("staff.title")) // and may log in no more
	other := "/admin/staff/" + w.member("unit").ID.String()
	b.get(other).want(200, w.T("admin.staff.leave")).hides(w.T("admin.staff.heir")) // nobody takes over what is not helping
}

func TestTheShareFiledWithHelp(t *testing.T) {
	w := newWorld(t)
	stranger := w.browser()
	stranger.get("/help").want(200).link(w.T("assisted.title"))
	stranger.get("/assisted").want(200, w.T("assisted.empty"))
	resident := w.browser().logIn("13800138000")
	for range 9 {
		w.clock.add(11 * time.Minute)
		resident.file()
	}
	w.days(20) // October
	page := w.browser().get("/assisted").want(200, "2026年9月", w.T("assisted.few"), w.T("assisted.few.what", "Least", 10)).hides("<svg")
	if strings.Contains(page.text(), "\n9\n") {
		t.Error("a month of nine is shown")
	}
	helper := w.browser().enter("help")
	for i, name := range []string{"甲大爷", "乙大爷", "丙大爷"} {
		helper.helped(helper.begins(name, "").reads(strings.Repeat("灯", i+1)+said).post("/assist/read", "with-witness", "x", "witness", "孙大姐"))
	}
	helper.helped(helper.begins("丁大爷", "").reads("不是我说的。").post("/assist/read", "later", "x")) // nobody stands behind it: not counted
	resident = w.browser().logIn("13800138000")
	for range 9 {
		w.clock.add(11 * time.Minute)
		resident.file()
	}
	w.days(30) // November
	stranger.sound("/assisted")
	page = w.browser().get("/assisted").want(200, "2026年10月", "12", "25%", w.T("assisted.year"))
	if strings.Count(page.body, "<rect") != 1 {
		t.Errorf("the chart has not one month:\n%s", page.body)
	}
	page.hides("甲大爷", "李梅")
}

// The last dispatcher neither leaves nor gives the role up, and whoever tries reads
// how to mend it, with all that they typed.
func TestTheLastDispatcherStays(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("admin")
	path := "/admin/staff/" + w.member("desk").ID.String()
	sentence := w.T("fault.staff.last", "Name", "周岚", "Role", w.T("role.dispatcher"))
	b.get(path).post(path+"/leave", "sure", "yes").wrong(422, "leave-sure", sentence)
	page := b.get(path)
	f := page.form(path).values
	f.Del("roles-dispatcher")
	f.Set("roles-leader", "yes")
	f.Set("name", "周小岚")
	b.do("POST", path, f).wrong(422, "roles", sentence, "name", "周小岚", "roles-leader", "yes")
	other := "/admin/staff/" + w.member("lead").ID.String()
	b.get(other).send(other, "roles-dispatcher", "yes").want(200)
	b.get(path).send(path+"/leave", "sure", "yes").want(200, w.T("admin.said.saved"))
}
