package web

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
	"lianxin/store/seal"
)

// What a county of real size has.
const (
	manyTowns    = 20
	manyVillages = 40 // of each township
	manyUnits    = 150
	manyStaff    = 400
	manyTopics   = 200
	manySeats    = 120 // staff who are logged in
)

// grown makes the county as large as a real one.
func (w *world) grown() {
	w.t.Helper()
	var towns []board.Place
	for i := range manyTowns {
		towns = append(towns, board.Place{Code: fmt.Sprintf("1301291%02d", i), Name: board.Texts{"zh-Hans": fmt.Sprintf("第%d街道办事处", i), "en": fmt.Sprintf("Subdistrict %d", i)}})
	}
	towns = append(w.county().Townships, towns...)
	w.must(w.office.ListPlaces(ctx, office.Box, towns))
	for _, town := range towns {
		var villages []board.Place
		for i := range manyVillages {
			villages = append(villages, board.Place{Name: board.Texts{"zh-Hans": fmt.Sprintf("%s家庄%d村", string(rune('一'+7*i)), i)}})
		}
		_, err := w.office.AddVillages(ctx, office.Box, town.Kept(), villages)
		w.must(err)
	}
	topics := board.DefaultTopics()
	for i := range manyTopics - len(topics) {
		topics = append(topics, board.Topic{ID: fmt.Sprintf("t%08d", i), Parent: topics[i%14].ID, Name: board.Texts{"zh-Hans": fmt.Sprintf("第%d个细分的主题", i), "en": fmt.Sprintf("Topic %d", i)}})
	}
	w.must(w.office.ListTopics(ctx, office.Box, topics))
	units := w.units
	for i := range manyUnits - len(units) {
		id, err := w.office.Found(ctx, office.Box, board.Founded{
			Name: board.Texts{"zh-Hans": fmt.Sprintf("示范县第%d公共事务服务中心", i), "en": fmt.Sprintf("Public Affairs Centre %d", i)},
			Does: board.Texts{"zh-Hans": fmt.Sprintf("第%d类证照、年检、补贴的申请和发放", i), "en": fmt.Sprintf("Licences, checks and allowances of class %d", i)}, Phone: fmt.Sprintf("0300-800 %04d", i)})
		w.must(err)
		units = append(units, id)
	}
	w.crewed(units)
}

// crewed takes on the staff, without the passwords, whose hashing takes a while.
func (w *world) crewed(units []board.ID) {
	w.t.Helper()
	keys, err := seal.Open(filepath.Join(w.dir, "keys"))
	w.must(err)
	st, err := store.New(w.engine, keys)
	w.must(err)
	w.must(st.Update(ctx, func(tx *store.Tx) error {
		for i := range manyStaff {
			id := board.ID{15: byte(i), 14: byte(i >> 8), 0: 9}
			h := board.Hired{Login: fmt.Sprintf("clerk%d", i), Name: fmt.Sprintf("欧阳第%d号", i), Unit: units[i%len(units)], Roles: board.Roles{board.Handler}}
			if i%4 == 0 {
				h.Roles, h.Areas = board.Roles{board.Helper}, []board.Area{{Township: "城关镇", Village: "一家庄0村"}}
			}
			e, err := board.Hire(id, office.Box, h, noon)
			if err != nil {
				return err
			}
			if err := tx.Append(e); err != nil {
				return err
			}
		}
		return nil
	}))
	for i := range manySeats {
		_, err := w.office.Enter(ctx, fmt.Sprintf("clerk%d", i))
		w.must(err)
	}
}

// A page of the administration, and every form with a choice of a unit, a place, a
// topic or somebody in it, can be read and comes over a slow line in a county of
// real size, too; what residents read keeps its own budget.
func TestPagesOfACountyOfRealSize(t *testing.T) {
	w := newWorld(t)
	number := w.browser().logIn("13800138000").file()
	w.grown()
	const most = 30 << 10
	town := "/admin/places/" + placeKey(w.county().Townships[0])
	admin := []string{
		"/admin", "/admin/units", "/admin/units/" + w.units[0].String(), "/admin/places", town, town + "/villages", "/admin/topics", "/admin/topics/building",
		"/admin/staff", "/admin/staff/" + w.member("unit").ID.String(), "/admin/staff/" + w.member("help").ID.String(), "/admin/sessions", "/villages",
	}
	for login, paths := range map[string][]string{
		"admin":  admin,
		"desk":   {"/desk", "/desk/case/" + number},
		"phone":  {"/desk/intake", "/batch"},
		"help":   {"/assist/new"},
		"review": {"/desk"},
	} {
		b := w.browser().enter(login)
		for _, path := range paths {
			p := b.get(path).want(200)
			t.Logf("%s: %d bytes", path, len(p.body))
			if len(p.body) > most {
				t.Errorf("%s: %d bytes", path, len(p.body))
			}
		}
	}
	me := w.browser().logIn("13800138001")
	for _, path := range []string{"/units", "/public", "/file"} {
		if p := me.get(path).want(200); len(p.body) > budget(path) {
			t.Errorf("%s: %d bytes", path, len(p.body))
		}
	}
	// Every page of a list is reached, and anything on it is found.
	b := w.browser().enter("admin")
	seen, path := map[string]bool{}, "/admin/units"
	for path != "" {
		p := b.get(path).want(200)
		for _, to := range p.links("/admin/units/") {
			seen[to] = true
		}
		path = ""
		if strings.Contains(p.text(), w.T("desk.more")) {
			path = p.link(w.T("desk.more"))
		}
	}
	if len(seen) != manyUnits {
		t.Errorf("the pages of the list lead to %d units", len(seen))
	}
	b.get("/admin/units?q=第１４０").want(200, "示范县第140公共事务服务中心").hides("第14公共")
	b.get("/admin/staff?q=CLERK399").want(200, "欧阳第399号").hides("欧阳第398号")
	b.get("/admin/topics?q=第185").want(200, "第185个细分的主题")
	b.get("/admin/units?q=没有这个").want(200, w.T("admin.find.none", "Words", "没有这个")).link(w.T("admin.find.all"))
	b.get("/admin/units?from=gone").want(200, w.T("admin.find.part", "First", 1, "Last", listRows, "Count", manyUnits))
}

// Who has a street light out finds the office in charge of it by saying so.
func TestWhoIsInChargeIsFoundByWhatPeopleSay(t *testing.T) {
	w := newWorld(t)
	w.grown()
	found := func(name, does string) {
		_, err := w.office.Found(ctx, office.Box, board.Founded{Name: board.Texts{"zh-Hans": name}, Does: board.Texts{"zh-Hans": does}})
		w.must(err)
	}
	found("县城市管理局", "路灯、街道、下水道、垃圾、夜里的噪声")
	found("城关镇人民政府", "镇上的路灯、宅基地")
	b := w.browser()
	b.get("/units").want(200, w.T("units.county")).hides(w.T("units.town"))
	seen, path := 0, "/units"
	for path != "" {
		p := b.get(path).want(200)
		if len(p.body) > budget(path) {
			t.Errorf("%s: %d bytes", path, len(p.body))
		}
		seen += strings.Count(p.body, `<section class="box">`)
		path = ""
		if strings.Contains(p.text(), w.T("units.more")) {
			path = p.link(w.T("units.more"))
		} else {
			p.want(200, w.T("units.town"), "城关镇人民政府")
		}
	}
	if seen != manyUnits+2 {
		t.Errorf("the pages show %d units", seen)
	}
	for words, name := range map[string]string{"路灯": "县城市管理局", "路灯不亮了": "县城市管理局", "垃圾": "县城市管理局", "城管局": "县城市管理局", "宅基地": "城关镇人民政府"} {
		p := b.get("/units?q="+words).want(200, name)
		if n := strings.Count(p.body, `<section class="box">`); n > 2 {
			t.Errorf("%q gives %d units", words, n)
		}
	}
	b.get("/units?q=火星").want(200, w.T("units.find.none")).link(w.T("units.all"))
}

// A dispatcher with a hundred and fifty units types a name, or what it is about,
// and is never given a unit by likeness alone.
func TestADispatcherTypesTheUnit(t *testing.T) {
	w := newWorld(t)
	w.grown()
	n := w.browser().logIn("13800138000").file()
	desk := w.browser().enter("desk")
	at := "/desk/case/" + n
	page := desk.get(at).want(200, w.T("unit.type.hint"))
	page.post(at+"/assign", "unit", "没有这个局", "words", "请先看看").want(422, w.T("fault.unit.unknown", "Name", "没有这个局"), "请先看看")
	several := page.post(at+"/assign", "unit", "公共事务", "words", "请先看看").want(422, w.T("fault.unit.near", "Name", "公共事务"), w.T("unit.none-of-these"), "请先看看")
	if radios := strings.Count(several.body, `name="unit"`); radios != mostMeant+2 { // none of these, and not chosen yet
		t.Errorf("%d units are offered", radios)
	}
	several.post(at+"/assign", "unit", "").want(422, w.T("fault.assign.unit"), w.T("unit.type.hint"))
	page.post(at+"/assign", "unit", "水利局", "co", "住建\n").want(422, w.T("fault.unit.unknown", "Name", "住建"))
	page.send(at+"/assign", "unit", "水利局", "co", "住房和城乡建设局、示范县第7公共事务服务中心").want(200, "水利局")
	if c := w.byNumber(n); c.Lead != w.units[1] || len(c.Co) != 2 {
		t.Errorf("it lies with %v and %v", c.Lead, c.Co)
	}
}

// Whoever takes over or stands in is typed, too, where there are hundreds.
func TestAnAdminTypesPeopleAndUnits(t *testing.T) {
	w := newWorld(t)
	w.grown()
	b := w.browser().enter("admin")
	path := "/admin/staff/" + w.member("unit").ID.String()
	page := b.get(path)
	page.post(path, "deputy", "无名氏").wrong(422, "deputy", w.T("fault.staff.unknown", "Name", "无名氏"), "deputy", "无名氏")
	page.post(path, "unit", "哪个局").wrong(422, "unit", w.T("fault.unit.unknown", "Name", "哪个局"), "unit", "哪个局")
	page.send(path, "deputy", "孙桂芳", "unit", "水利局").want(200, w.T("admin.said.saved"))
	if s := w.member("unit"); s.Deputy != w.member("other").ID || s.Unit != w.units[1] {
		t.Errorf("they are %+v", s)
	}
	if f := b.get(path).form(path).values; f.Get("deputy") != "other" || f.Get("unit") != "水利局" {
		t.Errorf("the page says %q and %q", f.Get("deputy"), f.Get("unit"))
	}
	b.get(path).send(path, "deputy", "").want(200, w.T("admin.said.saved"))
	if s := w.member("unit"); !s.Deputy.IsZero() {
		t.Error("nobody stands in, and somebody does")
	}
	unit := "/admin/units/" + w.units[0].String()
	b.get(unit).post(unit+"/close", "sure", "yes", "heir", "公共事务").want(422, w.T("fault.unit.near", "Name", "公共事务"))
	b.get(unit).send(unit+"/close", "sure", "yes", "heir", "水利局").want(200, w.T("admin.said.saved"))
}

// What belongs to a topic is listed under it, page after page.
func TestAPublicTopicHoldsWhatBelongsToIt(t *testing.T) {
	w := newWorld(t)
	w.must(w.office.ListTopics(ctx, office.Box, append(board.DefaultTopics(), board.Topic{ID: "lamps", Parent: "building", Name: board.Texts{"zh-Hans": "路灯"}})))
	me := w.browser().logIn("13800138000")
	titles := map[string]string{}
	for i := range 2 * publicRows {
		w.clock.add(11 * time.Minute)
		topic := []string{"building", "lamps", "health"}[i%3]
		title := fmt.Sprintf("第%d盏", i)
		w.shown(me, board.Ask, "城关镇", topic, title)
		titles[title] = topic
	}
	b := w.browser()
	if options := b.get("/public").text(); strings.Contains(options, "路灯\n") {
		t.Error("a topic of the second level is offered before its first")
	}
	listed, path := map[string]int{}, "/public?topic=building"
	for path != "" {
		p := b.get(path).want(200, "路灯")
		for title := range titles {
			listed[title] += strings.Count(p.text(), title+"\n")
		}
		path = ""
		if strings.Contains(p.text(), w.T("cases.more")) {
			path = p.link(w.T("cases.more"))
		}
	}
	for title, topic := range titles {
		if want := map[string]int{"building": 1, "lamps": 1}[topic]; listed[title] != want {
			t.Errorf("%s of %s is listed %d times", title, topic, listed[title])
		}
	}
	b.get("/public?topic=lamps").want(200, "第1盏").hides("第0盏")
}
