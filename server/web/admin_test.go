package web

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"lianxin/server/board"
	"lianxin/server/office"
)

// paths puts what is there into the paths of the table.
func (w *world) paths(number string, more ...string) *strings.Replacer {
	w.t.Helper()
	county, err := w.office.County(ctx)
	w.must(err)
	return strings.NewReplacer(append([]string{
		":number", number, ":unit", w.units[0].String(), ":place", placeKey(county.Townships[0]), ":topic", "building",
		":staff", w.member("unit").ID.String(), ":session", strings.Repeat("0", 64), ":series", w.series().ID.String(), ":attached", w.photo,
	}, more...)...)
}

// series is one of numbered papers.
func (w *world) series() *board.Series {
	w.t.Helper()
	s, _, err := w.office.PrintSeries(ctx, board.Actor{Staff: w.member("desk").ID, Roles: board.Roles{board.Dispatcher}}, board.CodeCard, 10)
	w.must(err)
	return s
}

// member is somebody of the staff.
func (w *world) member(login string) *board.Staff {
	w.t.Helper()
	county, err := w.office.County(ctx)
	w.must(err)
	for _, s := range county.Staff {
		if s.Login == login {
			return s
		}
	}
	w.t.Fatalf("nobody is called %s", login)
	return nil
}

func (w *world) county() *office.Directory {
	w.t.Helper()
	county, err := w.office.County(ctx)
	w.must(err)
	return county
}

// upload fills a form of the page and sends it with a file.
func (p *page) upload(action, field, name, content string, pairs ...string) *page {
	p.t.Helper()
	f := p.form(action)
	for i := 0; i < len(pairs); i += 2 {
		f.values.Set(pairs[i], pairs[i+1])
	}
	f.values.Del(field)
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name := range f.values {
		p.must(form.WriteField(name, f.values.Get(name)))
	}
	file, err := form.CreateFormFile(field, name)
	p.must(err)
	_, err = file.Write([]byte(content))
	p.must(err)
	p.must(form.Close())
	req, err := http.NewRequest("POST", "http://"+p.addr+action, &body)
	p.must(err)
	req.Header.Set("Content-Type", form.FormDataContentType())
	resp, err := p.http.Do(req)
	p.must(err)
	defer resp.Body.Close()
	var text bytes.Buffer
	_, err = text.ReadFrom(resp.Body)
	p.must(err)
	tree, err := html.Parse(bytes.NewReader(text.Bytes()))
	p.must(err)
	return &page{p.browser, action, resp.StatusCode, resp.Header, text.String(), tree}
}

func TestAnAdminReadsNoCase(t *testing.T) {
	w := newWorld(t, demo)
	number, _ := w.everyone()
	boss := w.browser().enter("admin")
	path := w.paths(number, ":step", "words", ":role", "mayor", ":name", "none.css")
	for _, rt := range w.site.routes {
		if rt.method != "GET" {
			continue
		}
		p := boss.do("GET", path.Replace(rt.path), nil)
		for _, secret := range []string{said, said[:30], "王秀兰", "13800138000", "138 **** 8000", board.Number(number).Grouped()} {
			if strings.Contains(p.text(), secret) {
				t.Errorf("an admin reads %q on %s", secret, p.path)
			}
		}
	}
	for _, path := range []string{"/desk/case/" + number, "/case/" + number, "/receipt/" + number} {
		if p := boss.do("GET", path, nil); p.status != 403 {
			t.Errorf("an admin at %s: %d", path, p.status)
		}
	}
	for _, card := range []string{"/admin/units", "/admin/places", "/admin/topics", "/admin/staff", "/admin/roster", "/admin/settings", "/admin/calendar", "/admin/county", "/admin/sessions"} {
		if p := boss.get("/admin"); !strings.Contains(p.body, `href="`+card+`"`) {
			t.Errorf("nothing leads to %s", card)
		}
	}
}

func TestCountyIsRenamed(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("admin")
	b.get("/admin/county").post("/admin/county", "name-zh-Hans", " ", "hotline", "12345").
		want(422, w.T("fault.county.name")).form("/admin/county")
	b.get("/admin/county").send("/admin/county", "name-zh-Hans", "柳河县", "name-en", "Liuhe County", "hotline", "0300-1").want(200, w.T("admin.said.saved"), "柳河县")
	w.browser().get("/").want(200, "柳河县", "0300-1")
	if len(w.county().Townships) != 2 {
		t.Error("a new name took the townships away")
	}
}

func TestUnits(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("admin")
	p := b.get("/admin/units").want(200, "住房和城乡建设局", "水利局")
	wrong := p.post("/admin/units", "name-en", "Roads", "phone", "0300-5").want(422, w.T("fault.unit.name"))
	if v := wrong.form("/admin/units").values; v.Get("name-en") != "Roads" || v.Get("phone") != "0300-5" {
		t.Errorf("what was typed is lost: %v", v)
	}
	// Two clicks are one unit; other words in a form that has acted are asked about.
	once := p.form("/admin/units").values
	once.Set("name-zh-Hans", "交通局")
	for range 2 {
		b.do("POST", "/admin/units", once).follow().want(200, w.T("admin.said.added"), "交通局")
	}
	once.Set("name-zh-Hans", "公路局")
	b.do("POST", "/admin/units", once).want(409, w.T("fault.form.sent"), "公路局").send("/admin/units").want(200, w.T("admin.said.added"))
	var names []string
	for _, u := range w.county().List {
		names = append(names, u.Name["zh-Hans"])
	}
	slices.Sort(names)
	if want := []string{"交通局", "住房和城乡建设局", "公路局", "水利局"}; !slices.Equal(names, want) {
		t.Errorf("the units are %v, want %v", names, want)
	}

	path := "/admin/units/" + w.units[1].String()
	b.get(path).want(200, "孙桂芳").send(path, "name-zh-Hans", "水务局", "does-zh-Hans", "自来水、河道", "phone", "0300-6").want(200, w.T("admin.said.saved"))
	w.browser().get("/units").want(200, "水务局", "自来水、河道", "0300-6")
}

func TestAClosedUnitIsSucceeded(t *testing.T) {
	w := newWorld(t)
	number, _ := w.everyone()
	b := w.browser().enter("admin")
	path := "/admin/units/" + w.units[0].String()
	p := b.get(path)
	p.post(path+"/close", "heir", w.units[1].String()).want(422, w.T("fault.admin.sure"))
	p.post(path+"/close", "sure", "yes").want(422, w.T("fault.unit.heir"))
	p.send(path+"/close", "sure", "yes", "heir", w.units[1].String()).want(200, w.T("admin.units.closed"))
	b.get(path).want(200, w.T("admin.units.closed.lead"), "水利局")
	if s := w.member("unit"); s.Unit != w.units[1] {
		t.Error("the people of a closed unit have no desk")
	}
	w.browser().enter("other").get("/desk").want(200, board.Number(number).Grouped())
	if options := w.browser().enter("desk").get("/desk").text(); strings.Contains(options, "住房和城乡建设局") {
		t.Error("a closed unit is still on the desk")
	}
}

func TestPlaces(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("admin")
	b.get("/admin/places").post("/admin/places", "name-zh-Hans", "城关镇").want(422, w.T("fault.places.name", "Name", "城关镇"))
	b.get("/admin/places").send("/admin/places", "name-zh-Hans", "南坡乡", "name-en", "Nanpo", "code", "130129 203").want(200, "南坡乡", "130129203")
	w.browser().logIn("13800138000").get("/file").want(200, "南坡乡")
	path := "/admin/places/" + placeKey(board.Place{Name: board.Texts{"zh-Hans": "南坡乡"}})
	b.get(path).want(200, "Nanpo").send(path, "name-zh-Hans", "南坡镇").want(200, "南坡镇")
	b.get("/admin/places").send("/admin/places", "name-zh-Hans", "南坡乡").want(422, w.T("fault.places.name", "Name", "南坡乡")) // messages are kept under it
	p := b.get(path)
	p.post(path+"/remove").want(422, w.T("fault.admin.sure"))
	for range 2 {
		p.send(path+"/remove", "sure", "yes").want(200, w.T("admin.said.removed"))
	}
	b.get(path).want(404)
	if n := len(w.county().Townships); n != 2 {
		t.Errorf("there are %d townships", n)
	}
}

// national are rows as the national list has them.
const national = "code,name,areaCode,provinceCode,cityCode\n" +
	`130129100,"槐阳镇",130129,13,1301` + "\n" + `130129101,"院头镇",130129,13,1301` + "\n" + `130130100,"无极镇",130130,13,1301` + "\n"

func TestPlacesFromTheNationalList(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("admin")
	const path = "/admin/places/import"
	b.get("/admin/places").want(200, w.T("admin.places.import"))
	b.get(path).upload(path, "file", "streets.csv", national, "code", "１３０１２９").follow().want(200, "槐阳镇", "130129101", w.T("admin.places.brought", "Count", 2))
	b.get(path).send(path, "rows", "130129100,槐阳镇\n南行郭镇\n130129103\t邢郭镇\n西龙门乡，Xilongmen").want(200, "南行郭镇", "邢郭镇", "西龙门乡", "Xilongmen")
	var names []string
	for _, p := range w.county().Townships {
		names = append(names, p.Name["zh-Hans"]+p.Code)
	}
	want := []string{"城关镇", "东关镇", "槐阳镇130129100", "院头镇130129101", "南行郭镇", "邢郭镇130129103", "西龙门乡"}
	if !slices.Equal(names, want) {
		t.Errorf("the townships are\n%v, want\n%v", names, want)
	}

	// The whole list has 1.6 MB; without a county it is too much for one page.
	var all strings.Builder
	for i := range 41_000 {
		fmt.Fprintf(&all, "%09d,\"第%d街道办事处\",110101,11,1101\n", 110101001+i, i)
	}
	if all.Len() < 1_600_000 {
		t.Fatalf("the list of this test is only %d long", all.Len())
	}
	b.get(path).upload(path, "file", "streets.csv", all.String(), "rows", "留着的字").
		want(422, w.T("fault.places.many", "Max", board.MostPlaces), "留着的字")
	b.get(path).upload(path, "file", "streets.csv", "\xb3\xc7\xb9\xd8").want(422, w.T("fault.places.file"))
	b.get(path).upload(path, "file", "streets.csv", national, "code", "99").want(422, w.T("fault.places.none"))
	b.get(path).post(path).want(422, w.T("fault.places.none"))
}

// Nobody but an admin makes the machine hold a file.
func TestUploadsOfOthers(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("admin")
	long := strings.Repeat("a", maxBody)
	p := b.get("/admin/places/import")
	p.upload("/admin/places/import", "file", "x.csv", strings.Repeat("a", maxUpload)).want(413)
	dispatcher := w.browser().enter("desk")
	for name, who := range map[string]*browser{"a stranger": w.browser(), "a dispatcher": dispatcher} {
		stolen := &page{who, p.path, p.status, p.header, p.body, p.tree}
		if got := stolen.upload("/admin/places/import", "file", "x.csv", long); got.status != 413 {
			t.Errorf("%s sends a file: %d", name, got.status)
		}
	}
	// Elsewhere a file is no form, and a field that comes twice is none anywhere.
	b.get("/admin/county").upload("/admin/county", "hotline", "x", "1").want(415)
	body := "--x\r\nContent-Disposition: form-data; name=\"code\"\r\n\r\n1\r\n--x\r\nContent-Disposition: form-data; name=\"code\"\r\n\r\n2\r\n--x--\r\n"
	for _, body := range []string{body, "--x\r\nrubbish", strings.Repeat("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n", 60) + "--x--"} {
		if status, _ := w.raw(fmt.Sprintf("POST /admin/places/import HTTP/1.1\r\nHost: localhost\r\nCookie: s=%s\r\nContent-Type: multipart/form-data; boundary=x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s",
			b.cookie("s"), len(body), body)); status != 400 {
			t.Errorf("%.60q: %d", body, status)
		}
	}
}

func TestTopics(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("admin")
	p := b.get("/admin/topics").want(200, w.T("topic.building"))
	p.post("/admin/topics", "name-en", "Lamps").want(422, w.T("fault.topics.empty"), "Lamps")
	once := p.form("/admin/topics").values
	once.Set("name-zh-Hans", "路灯")
	once.Set("parent", "building")
	for range 2 {
		b.do("POST", "/admin/topics", once).follow().want(200, "路灯", w.T("admin.said.added"))
	}
	topics := w.county().Topics()
	if len(topics) != len(board.DefaultTopics())+1 || topics[1].Parent != "building" {
		t.Fatalf("the topics are %v", topics)
	}
	below := "/admin/topics/" + topics[1].ID
	b.get(below).post(below, "parent", topics[1].ID).want(422, w.T("fault.topics.parent"))
	b.get("/admin/topics/building").want(200, w.T("topic.building")).
		post("/admin/topics/building/remove", "sure", "yes").want(422, w.T("fault.topics.children"))
	b.get("/admin/topics/building").send("/admin/topics/building", "name-zh-Hans", "住建").want(200, "住建")
	// Whatever is taken off the list, somebody's messages bear it: another takes over.
	n := w.shown(w.browser().logIn("13800138000"), board.Ask, "城关镇", topics[1].ID, "三盏路灯")
	for _, step := range []struct{ path, into string }{{below, "building"}, {"/admin/topics/building", "traffic"}} {
		b.get(step.path).post(step.path+"/remove", "sure", "yes", "into", "").wrong(422, "remove-into", w.T("fault.topics.into"))
		b.get(step.path).send(step.path+"/remove", "sure", "yes", "into", step.into).want(200, w.T("admin.said.removed"))
	}
	w.browser().get("/public/"+n).want(200, w.T("topic.traffic"))
	w.browser().get("/public?topic=traffic").want(200, "三盏路灯")
	w.browser().get("/public?topic=building").want(200, "三盏路灯") // an old link leads where its messages are
	b.get("/admin/topics").hides("住建", "路灯\n")
	if n := len(w.county().Topics()); n != len(board.DefaultTopics())-1 {
		t.Errorf("%d topics are left", n)
	}
}

// What the page shows once lets the newcomer in.
func TestStaffIsTakenOn(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("admin")
	p := b.get("/admin/staff").want(200, "周岚", "desk")
	wrong := p.post("/admin/staff", "name", "高个", "login", "desk", "roles-handler", "yes").want(422, w.T("fault.staff.unit"))
	v := wrong.form("/admin/staff").values
	if v.Get("login") != "desk" || v.Get("name") != "高个" || v.Get("roles-handler") != "yes" || v.Has("roles-admin") {
		t.Errorf("what was typed is lost: %v", v)
	}
	p.post("/admin/staff", "login", "gao", "roles-reviewer", "yes").want(422, w.T("fault.staff.name"))
	wrong.post("/admin/staff", "unit", w.units[0].String()).want(422, w.T("fault.staff.taken"))
	form := wrong.form("/admin/staff").values
	form.Set("login", "gao")
	form.Set("unit", w.units[0].String())
	shown := b.do("POST", "/admin/staff", form).want(200, "高个", w.T("secret.once"))
	w.logsIn("gao", shown)
	// The second of two clicks shows no other password, and makes nobody.
	again := b.do("POST", "/admin/staff", form).want(409, w.T("fault.staff.shown"))
	if strings.Contains(again.body, w.T("secret.once")) {
		t.Error("a password that does not exist is shown")
	}
}

// logsIn tries what a page shows for somebody.
func (w *world) logsIn(login string, shown *page) {
	w.t.Helper()
	password := after(shown.text(), w.T("secret.password"))
	secret := strings.ReplaceAll(after(shown.text(), w.T("secret.totp")), " ", "")
	if !regexp.MustCompile(`<svg class="qr"[^>]*role="img" aria-label="[^"]+".*<path fill="#000" d="M`).MatchString(shown.body) {
		w.t.Error("there is no square for the phone's camera")
	}
	w.staff = map[string]office.Credentials{login: {Password: password, Secret: secret}}
	w.browser().enter(login)
}

// after is the line of a text that follows another.
func after(text, line string) string {
	_, rest, _ := strings.Cut(text, line+"\n")
	first, _, _ := strings.Cut(rest, "\n")
	return first
}

func TestStaffChanges(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("admin")
	other := w.member("other")
	path := "/admin/staff/" + other.ID.String()
	p := b.get(path).want(200, "孙桂芳", w.T("admin.staff.leave"))
	if strings.Contains(p.body, path+"/away") {
		t.Error("somebody without a deputy can go away")
	}
	p.post(path, "name", "").want(422, w.T("fault.staff.name"))
	form := p.form(path).values
	form.Del("roles-handler")
	b.do("POST", path, form).want(422, w.T("fault.staff.roles"))
	p.send(path, "roles-reviewer", "yes", "deputy", w.member("unit").ID.String(), "unit", w.units[1].String()).want(200, w.T("admin.said.saved"))
	if s := w.member("other"); s.Roles.String() != "handler, reviewer" || s.Deputy != w.member("unit").ID {
		t.Errorf("after the change: %v", s)
	}

	away := path + "/away"
	b.get(path).post(away, "until", "下周").want(422, w.T("fault.day"), "下周")
	b.get(path).send(away, "until", "2026年10月8日").want(200, w.T("admin.said.saved"), "2026-10-08")
	if s := w.member("other"); !s.Away.Equal(time.Date(2026, 10, 8, 23, 59, 59, 0, board.Zone)) {
		t.Errorf("away until %s", s.Away)
	}
	b.get("/admin/staff").want(200, w.T("admin.staff.away", "Date", "10月8日"))

	working := w.browser().enter("other")
	w.clock.add(time.Minute)
	b.get(path).post(path+"/rekey").want(422, w.T("fault.admin.sure"))
	shown := b.get(path).post(path+"/rekey", "sure", "yes").want(200, w.T("secret.once"))
	if p := working.do("GET", "/desk", nil); p.status != 303 {
		t.Errorf("whoever is logged in with the old password goes on: %d", p.status)
	}
	staff := w.staff
	w.logsIn("other", shown)
	w.staff = staff

	b.get(path).post(path+"/leave").want(422, w.T("fault.admin.sure"))
	b.get(path).send(path+"/leave", "sure", "yes").want(200, w.T("admin.staff.left"))
	b.get(path).want(200, w.T("admin.staff.left.lead"))
	b.get("/admin/staff/" + strings.Repeat("0", 32)).want(404)
}

// There is always somebody who can set things up.
func TestAnAdminStays(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("admin")
	path := "/admin/staff/" + w.member("admin").ID.String()
	p := b.get(path)
	if strings.Contains(p.body, path+"/leave") {
		t.Error("an admin is offered to let themselves go")
	}
	form := p.form(path).values
	form.Del("roles-admin")
	form.Set("roles-dispatcher", "yes")
	b.do("POST", path, form).want(422, w.T("fault.staff.admin"))
	b.do("POST", path+"/leave", b.post(w, path+"/leave", "sure", "yes")).want(422, w.T("fault.staff.self"))
}

func TestRoster(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("admin")
	p := b.get("/admin/roster").want(200, "2026年10月1日")
	if strings.Contains(p.body, "day-2026-09-20") {
		t.Error("the make-up workday of 20 September is offered as a day off")
	}
	w.must(w.office.SetDuty(ctx, office.Box, []string{"2026-09-12", "2027-01-02"}))
	b.get("/admin/roster").send("/admin/roster", "day-2026-09-19", "yes", "day-2026-10-01", "yes").want(200, w.T("admin.said.saved"))
	if days := w.county().OnDuty; !slices.Equal(days, []string{"2026-09-19", "2026-10-01", "2027-01-02"}) {
		t.Errorf("on duty are %v: what is past must go, what the page does not show must stay", days)
	}
	form := b.get("/admin/roster").form("/admin/roster").values
	if !form.Has("day-2026-10-01") {
		t.Error("the page forgets who is on duty")
	}
	form.Del("day-2026-10-01")
	b.do("POST", "/admin/roster", form).follow().want(200)
	if days := w.county().OnDuty; slices.Contains(days, "2026-10-01") {
		t.Errorf("a box that is not ticked any more stays: %v", days)
	}
}

func TestSettings(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("admin")
	p := b.get("/admin/settings").want(200, w.T("rules.signDays"), w.T("rules.screenHours.hint"))
	if v := p.form("/admin/settings").values; v.Get("finishDays-help") != "15" || v.Get("screenHours") != "24" {
		t.Errorf("the page shows %v", v)
	}
	bad := p.post("/admin/settings", "signDays", "9999", "maxTitle", "很多", "rateDays", "").
		want(422, w.T("fault.rules.number", "Min", 10, "Max", 100), "9999", "很多")
	if !strings.Contains(bad.body, `href="#f-signDays"`) || !strings.Contains(bad.body, `href="#f-rateDays"`) {
		t.Error("the summary does not lead to the wrong numbers")
	}
	filled := b.get("/admin/settings?preset=12345").want(200, w.T("admin.settings.filled", "Name", w.T("preset.12345")))
	if w.county().Rules().FinishDays[board.Help] != 15 {
		t.Error("a preset changed the rules by being looked at")
	}
	filled.send("/admin/settings", "signDays", "２").want(200, w.T("admin.said.saved"))
	if r := w.county().Rules(); r.FinishDays[board.Help] != 5 || r.SignDays != 2 {
		t.Errorf("the rules are %+v", r)
	}
	b.get("/admin/settings?preset=king").want(200)
}

// Each number of the board has its field with its words, and each preset a name.
func TestEveryRuleIsOnThePage(t *testing.T) {
	w := newWorld(t)
	have := w.browser().enter("admin").get("/admin/settings").form("/admin/settings").values
	var words []string
	for _, f := range []string{"finishDays-ask", "screenHours"} {
		if !have.Has(f) {
			t.Fatalf("the page has %v", have)
		}
	}
	rules := board.Rules{CheckShare: -1, RateShare: -1} // all of them are wrong, so each is named
	faults, _ := board.Faults(rules.Check())
	for _, f := range faults {
		if !have.Has(strings.ReplaceAll(f.Field, ".", "-")) {
			t.Errorf("%s is not on the page", f.Field)
		}
		name, _, _ := strings.Cut(f.Field, ".")
		words = append(words, "rules."+name, "rules."+name+".hint")
	}
	for _, tick := range []string{"headTime", "headReply"} { // what holds or does not
		words = append(words, "rules."+tick, "rules."+tick+".hint")
	}
	slices.Sort(words)
	if have := keysOf(t, "rules."); !slices.Equal(have, slices.Compact(words)) {
		t.Errorf("the words are\n%q, wanted are\n%q", have, words)
	}
	presets := []string{}
	for _, name := range board.Presets {
		presets = append(presets, "preset."+name)
	}
	slices.Sort(presets)
	if have := keysOf(t, "preset."); !slices.Equal(have, presets) {
		t.Errorf("the presets are %q, wanted are %q", have, presets)
	}
}

const year2027 = `{"year": 2027, "papers": ["https://www.gov.cn/"], "days": [
	{"name": "元旦", "date": "2027-01-01", "isOffDay": true}, {"name": "元旦", "date": "2027-01-02", "isOffDay": true}, {"name": "元旦", "date": "2027-01-03", "isOffDay": true},
	{"name": "元旦", "date": "2027-01-04", "isOffDay": true}]}`

// A year that is announced corrects the dates that were provisional, and the
// page tells how many.
func TestCalendarOfAYear(t *testing.T) {
	w := newWorld(t)
	w.clock.at = time.Date(2026, 12, 28, 9, 0, 0, 0, board.Zone)
	resident := w.browser().logIn("13800138000")
	number := resident.file()
	desk := w.browser().enter("desk")
	desk.get("/desk/case/"+number).send("/desk/case/"+number+"/assign", "unit", w.units[0].String()).want(200)
	resident.get("/case/"+number).want(200, w.T("next.provisional"))

	b := w.browser().enter("admin")
	b.get("/admin").want(200, w.T("admin.calendar.lack", "Year", 2027))
	p := b.get("/admin/calendar").want(200, "2027", w.T("admin.calendar.missing"))
	p.post("/admin/calendar").want(422, w.T("fault.calendar.none"))
	p.upload("/admin/calendar", "file", "2027.json", "{}").want(422, w.T("fault.calendar.file"))
	for _, year := range []string{"2025", "2029"} {
		p.upload("/admin/calendar", "file", year+".json", strings.ReplaceAll(year2027, "2027", year)).
			want(422, strings.ReplaceAll(w.T("fault.calendar.year", "Year", 7777, "First", 2026, "Last", 2027), "7777", year))
	}
	done := p.upload("/admin/calendar", "file", "2027.json", year2027)
	done.follow().want(200, w.T("admin.calendar.loaded", "Year", 2027), w.T("admin.calendar.corrected", "Count", 1), w.T("admin.calendar.own"))
	if strings.Contains(resident.get("/case/"+number).text(), w.T("next.provisional")) {
		t.Error("a date of a year that is announced is still provisional")
	}
	changed := len(w.county().Years)
	b.get("/admin/calendar").upload("/admin/calendar", "file", "again.json", year2027).follow().want(200, w.T("admin.calendar.corrected", "Count", 0))
	if n := strings.Count(b.get("/changes").body, w.T("changed.year-announced")); n != 1 || changed != 1 {
		t.Errorf("the same year counts %d times", n)
	}
	if p := b.get("/admin"); strings.Contains(p.text(), w.T("admin.calendar.lack", "Year", 2027)) {
		t.Error("the year is there and still missed")
	}
}

func TestSessionsAreEnded(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("admin")
	working := w.browser().enter("desk")
	p := b.get("/admin/sessions").want(200, "周岚", "孙伟", w.T("admin.sessions.own"))
	var path string
	for _, row := range strings.Split(p.body, "<tr>") {
		if strings.Contains(row, "周岚") {
			path = regexp.MustCompile(`/admin/sessions/[0-9a-f]{64}`).FindString(row)
		}
	}
	if strings.Contains(p.body, b.cookie("s")) || strings.Contains(p.body, working.cookie("s")) {
		t.Error("the page gives a session away")
	}
	p.send(path).want(200, w.T("admin.said.removed"))
	if p := working.do("GET", "/desk", nil); p.status != 303 {
		t.Errorf("a session that was ended goes on: %d", p.status)
	}
	b.get("/admin").want(200)
}

// Many clicks at once are one.
func TestAnAdminClicksManyTimes(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("admin")
	form := b.get("/admin/units").form("/admin/units").values
	form.Set("name-zh-Hans", "气象局")
	before := len(w.county().List)
	var clicks sync.WaitGroup
	for range 10 {
		clicks.Go(func() { b.do("POST", "/admin/units", form) })
	}
	clicks.Wait()
	if n := len(w.county().List) - before; n != 1 {
		t.Errorf("ten clicks made %d units", n)
	}
}

func TestAdminPagesInEnglish(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("admin")
	b.get("/admin").post("/display", "lang", "en")
	en := w.words.Words("en")
	b.get("/admin/settings").want(200, en.T("rules.signDays"), en.T("admin.settings.title"))
	b.get("/admin/units").want(200, "Housing Bureau")
	b.get("/admin/topics").want(200, en.T("topic.building"))
}

// What an admin typed while the session ended stands in its form after the
// login, and nothing is done by itself.
func TestAnAdminsWordsOutlastTheSession(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("admin")
	form := b.get("/admin/units").form("/admin/units").values
	form.Set("name-zh-Hans", "气象局")
	form.Set("does-zh-Hans", "天气预报")
	w.clock.add(time.Hour)
	login := b.do("POST", "/admin/units", form).want(403, w.T("login.kept"))
	p := login.post("/staff/login", "name", "admin", "password", b.staff["admin"].Password, "code", b.digits("admin")).want(200, w.T("flash.kept"))
	if v := p.form("/admin/units").values; v.Get("name-zh-Hans") != "气象局" || v.Get("does-zh-Hans") != "天气预报" {
		t.Errorf("the words are lost: %v", v)
	}
	if n := len(w.county().List); n != 2 {
		t.Errorf("there are %d units before anybody pressed the button again", n)
	}
	p.send("/admin/units").want(200, w.T("admin.said.added"), "气象局")
}
