package web

import (
	"slices"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// What takes lists out, shows secrets or changes who may do what. Whoever adds a
// door of that sort adds it here.
func TestDoorsThatAskForTheSecondFactor(t *testing.T) {
	w := newWorld(t)
	var asking []string
	for _, rt := range w.site.routes {
		if rt.factor {
			asking = append(asking, rt.method+" "+rt.path)
			if !rt.staff() {
				t.Errorf("%s asks people who have no second factor", rt.path)
			}
		}
	}
	want := []string{
		"POST /staff/me", "POST /staff/me/recovery", "GET /desk/export/:file", "POST /desk/take/:file", "POST /papers", "POST /admin/staff", "POST /admin/staff/:staff",
		"POST /admin/staff/:staff/away", "POST /admin/staff/:staff/card", "POST /admin/staff/:staff/rekey", "POST /admin/staff/:staff/leave",
		"POST /admin/settings", "POST /admin/holds",
	}
	if !slices.Equal(asking, want) {
		t.Errorf("asked at %q", asking)
	}
}

func TestAListIsSavedAfterTheSecondFactor(t *testing.T) {
	w := newWorld(t)
	w.browser().logIn("13800138000").tells()
	lead := w.browser().enter("lead")
	if p := lead.do("GET", "/desk/export/newest.csv", nil); p.status != 200 {
		t.Errorf("a moment after the login: %d", p.status)
	}
	w.clock.add(5 * time.Minute)
	ask := lead.get("/desk/export/newest.csv").want(200, w.T("factor.lead"), w.T("export.csv"))
	if ask.path != "/desk/take/newest.csv" {
		t.Errorf("asked at %s", ask.path)
	}
	ask.post("/desk/take/newest.csv").want(422, w.T("fault.factor.empty"))
	ask.post("/desk/take/newest.csv", "factor", "000000").want(422, w.T("fault.factor.wrong"))
	if len(w.noted()) != 1 {
		t.Error("a list left without it")
	}
	p := ask.post("/desk/take/newest.csv", "factor", w.digits("lead"))
	if p.status != 303 || p.header.Get("Location") != "/desk/export/newest.csv" {
		t.Fatalf("%d %s", p.status, p.header.Get("Location"))
	}
	if p = p.do("GET", "/desk/export/newest.csv", nil); p.status != 200 || !strings.HasPrefix(p.header.Get("Content-Type"), "text/csv") {
		t.Errorf("%d %s", p.status, p.header.Get("Content-Type"))
	}
	lead.get("/desk/take/newest.xlsx").want(200).post("/desk/take/newest.xlsx").want(303)
	for _, file := range []string{"dispatcher.csv", "newest.ods", "none"} {
		if p := lead.do("GET", "/desk/take/"+file, nil); p.status != 404 {
			t.Errorf("%s: %d", file, p.status)
		}
	}
	w.engine.full.Store(true) // what was shown cannot be kept
	w.clock.add(5 * time.Minute)
	lead.do("POST", "/desk/take/newest.csv", ask.form("/desk/take/newest.csv").values).want(422)
	w.engine.full.Store(false)
}

// A wrong code on a form loses nothing of it, and does nothing.
func TestSecretsAndRolesAskForTheSecondFactor(t *testing.T) {
	w := newWorld(t)
	admin := w.browser().enter("admin")
	w.clock.add(5 * time.Minute)
	list := admin.get("/admin/staff").want(200, w.T("factor.hint"))
	typed := []string{"name", "高远", "login", "gao", "roles-reviewer", "yes"}
	again := list.post("/admin/staff", append(typed, "factor", "123456")...).want(422, w.T("fault.factor.wrong"))
	if v := again.form("/admin/staff").values; v.Get("name") != "高远" || v.Get("login") != "gao" || v.Get("roles-reviewer") != "yes" || v.Get("factor") != "" {
		t.Errorf("lost %v", v)
	}
	if w.hasStaff("gao") {
		t.Fatal("somebody was taken on")
	}
	digits := w.digits("admin")
	again.post("/admin/staff", append(typed, "factor", digits)...).want(200, w.T("secret.title"))
	if !w.hasStaff("gao") {
		t.Fatal("nobody was taken on")
	}
	gao := "/admin/staff/" + w.member("gao").ID.String()
	page := admin.get(gao).want(200).hides(w.T("factor.hint")) // for five minutes
	w.clock.add(5 * time.Minute)
	page.post(gao, "name", "高远", "roles-admin", "yes").want(422, w.T("fault.factor.empty"))
	page.post(gao+"/rekey", "sure", "yes", "factor", digits).want(422, w.T("fault.factor.wrong"))
	page.post(gao+"/leave", "sure", "yes").want(422, w.T("fault.factor.empty"))
	if s := w.member("gao"); s.Roles.Has(board.Admin) || s.Left || !s.KeysFrom.IsZero() {
		t.Errorf("%+v", s)
	}
	desk := w.browser().enter("desk")
	w.clock.add(5 * time.Minute)
	papers := desk.get("/papers").want(200, w.T("factor.hint"))
	papers.post("/papers", "kind", "slip", "count", "3").want(422, w.T("fault.factor.empty"))
	again = papers.post("/papers", "kind", "slip", "count", "3", "factor", w.digits("desk")).want(200)
	if !strings.Contains(again.body, w.T("papers.name", "Kind", w.T("paper.slip"), "No", 1)) {
		t.Errorf("no slips were printed: %s", again.text())
	}
}

// hasStaff tells whether somebody bears a login.
func (w *world) hasStaff(login string) bool {
	w.t.Helper()
	county, err := w.office.County(ctx)
	w.must(err)
	for _, s := range county.Staff {
		if s.Login == login {
			return true
		}
	}
	return false
}

// The made-up county, entered with a click, has no second factor to ask for.
func TestNobodyIsAskedAfterAClick(t *testing.T) {
	w := newWorld(t, demo)
	token, err := w.office.Enter(ctx, "lead")
	w.must(err)
	w.clock.add(25 * time.Minute)
	who, err := w.office.Who(ctx, token)
	w.must(err)
	if !who.Shown || who.Session != store.TokenHash(token) {
		t.Errorf("%+v", who)
	}
}
