package web

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
)

// listed gives a township its villages, as an admin types them.
func (w *world) listed(town string, names ...string) string {
	w.t.Helper()
	p, known := w.county().Township(town)
	if !known {
		w.t.Fatalf("there is no %s", town)
	}
	path := villagesPath(p)
	w.browser().enter("admin").get(path).send(path, "rows", strings.Join(names, "\n")).want(200)
	return path
}

// lives is the way to the check of somebody who says where they live.
func (b *browser) lives(town, village string) *page {
	b.t.Helper()
	return b.get("/file").send("/file", "kind", "help", "body", said, "place", town, "village", village)
}

func TestVillagesOfATownship(t *testing.T) {
	w := newWorld(t)
	path := w.listed("城关镇", "东关村", "130129100201,西关村")
	b := w.browser().enter("admin")
	b.get(path).want(200, "130129100201").post(path, "rows", "东关村\n \n").want(303)
	b.get(path).post(path, "rows", " ").wrong(422, "add-rows", w.T("fault.villages.rows"))
	long := strings.Repeat("村", board.MaxName+1)
	b.get(path).post(path, "rows", "南关村\n"+long).wrong(422, "add-rows", w.T("fault.villages.name", "Name", long), "rows", "南关村\n"+long)
	if list := w.county().Villages["城关镇"].List; len(list) != 2 {
		t.Errorf("the villages are %+v", list)
	}
	b.get("/admin/places").want(200, w.T("admin.villages.count", "Count", 2))

	one := path + "/" + placeKey(board.Place{Name: board.Texts{"zh-Hans": "西关村"}})
	b.sound(one)
	b.get(one).post(one, "name-zh-Hans", "东关村").want(422, w.T("fault.villages.name", "Name", "东关村"))
	b.get(one).send(one, "name-zh-Hans", "西关社区", "name-en", "Xiguan").want(200, "西关社区", "Xiguan")
	if at := w.county().Where("城关镇", "西关村"); at.Known != "西关社区" {
		t.Errorf("the old name is %+v", at)
	}
	one = path + "/" + placeKey(board.Place{Name: board.Texts{"zh-Hans": "西关社区"}})
	p := b.get(one)
	p.post(one+"/remove").want(422, w.T("fault.admin.sure"))
	for range 2 {
		p.send(one+"/remove", "sure", "yes").want(200, w.T("admin.said.removed")).hides("西关社区")
	}
}

// A township that is renamed is the same place: its messages, its villages and
// its helpers stay with it.
func TestARenamedTownshipKeepsItsVillages(t *testing.T) {
	w := newWorld(t)
	w.listed("城关镇", "东关村")
	b := w.browser().enter("admin")
	path := "/admin/places/" + placeKey(w.county().Townships[0])
	b.get(path).send(path, "name-zh-Hans", "城关街道", "name-en", "Chengguan").want(200, "城关街道")
	if at := w.county().Where("城关街道", "东关"); at.Known != "东关村" {
		t.Errorf("its villages are gone: %+v", at)
	}
	if area, err := w.county().ParseArea("城关街道 东关"); err != nil || area != (board.Area{Township: "城关镇", Village: "东关村"}) {
		t.Errorf("a helper's area there is %+v, %v", area, err)
	}
	me := w.browser().logIn("13800138000")
	n := me.number(me.lives("城关街道", "东关").want(200, "城关街道", "东关村").post("/file/check"))
	if c := w.byNumber(n); c.Township != "城关镇" || c.Village != "东关村" {
		t.Errorf("it is kept at %s %s", c.Township, c.Village)
	}
	w.browser().enter("desk").get("/desk/case/"+n).want(200, "城关街道 东关村")
}

// What somebody writes is matched at the check, and never taken for something
// else unless they say so.
func TestTheCheckAsksWhichVillageIsMeant(t *testing.T) {
	w := newWorld(t)
	w.listed("城关镇", "东关村", "西关村")
	for i, c := range []struct{ typed, meant, kept string }{
		{"東關", "", "东关村"},
		{"东关村3组", "", "东关村3组"},
		{"东官村", "东关村", "东关村"},
		{"东官村", "-", "东官村"},
		{"东官村", "", "东官村"},
		{"供销社门口", "", "供销社门口"},
	} {
		t.Run(c.typed+c.meant, func(t *testing.T) {
			me := w.browser().logIn(fmt.Sprintf("1380013800%d", i))
			page := me.lives("城关镇", c.typed)
			asked := strings.Contains(page.text(), w.T("village.meant"))
			if asked != (c.typed == "东官村") {
				t.Errorf("asked: %v", asked)
			}
			var pairs []string
			if c.meant != "" {
				pairs = []string{"meant", c.meant}
			}
			if got := w.byNumber(me.number(page.post("/file/check", pairs...))); got.Village != c.kept {
				t.Errorf("it is kept as %q, want %q", got.Village, c.kept)
			}
		})
	}
}

// A helper, an operator and whoever types paper forms have the person before
// them: they are asked before anything is filed, and lose nothing typed.
func TestWhoeverTypesForOthersIsAskedWhichVillageIsMeant(t *testing.T) {
	w := newWorld(t)
	w.listed("城关镇", "东关村", "西关村")
	sentence := w.T("fault.village.near", "Name", "东官村")
	op := w.browser().enter("phone")
	asked := op.get("/desk/intake").post("/desk/intake", taken("place", "城关镇", "village", "东官村")...).wrong(422, "meant", sentence, "village", "东官村")
	for _, c := range []struct{ meant, kept string }{{"-", "东官村"}, {"东关村", "东关村"}} {
		n, _ := strings.CutPrefix(asked.post("/desk/intake", "meant", c.meant).header.Get("Location"), "/desk/intake/")
		if got := w.byNumber(n); got.Village != c.kept {
			t.Errorf("the operator's is kept as %q, want %q", got.Village, c.kept)
		}
		asked = op.get("/desk/intake").post("/desk/intake", taken("place", "城关镇", "village", "东官村")...)
	}
	helper := w.browser().enter("help")
	helper.get("/assist/new").post("/assist/new", "name", "冯奶奶", "place", "城关镇", "village", "东官村", "tell", "read").
		wrong(422, "meant", sentence, "name", "冯奶奶").
		send("/assist/new", "meant", "东关村").want(200, "东关村") // which is theirs
}

// Words that nobody knows are said once: from then on they mean a village.
func TestTheCountySaysOnceWhichVillageIsMeant(t *testing.T) {
	w := newWorld(t)
	w.listed("城关镇", "东关村", "西关村")
	for i, words := range []string{"老油坊", "老油坊。", "县城边上", "东关"} {
		w.clock.add(time.Minute)
		me := w.browser().logIn("1380013800" + string(rune('0'+i)))
		me.number(me.lives("城关镇", words).post("/file/check"))
	}
	desk := w.browser().enter("desk")
	list := desk.get("/villages").want(200, "老油坊", "县城边上").hides("东关村")
	for _, s := range []struct{ words, likely, village string }{{"老油坊", "", "东关村"}, {"县城边上", "-", ""}} {
		link := list.link(s.words)
		desk.sound(link)
		page := desk.get(link).want(200, s.words)
		page.post(link).wrong(422, "likely", w.T("fault.villages.none"))
		page.post(link, "likely", "-", "village", "西关村").want(422, w.T("fault.villages.none"))
		page.send(link, "likely", s.likely, "village", s.village).want(200, w.T("admin.said.saved")).hides(s.words)
	}
	desk.get("/villages").want(200, w.T("strays.none"))
	me := w.browser().logIn("13800138009")
	if got := w.byNumber(me.number(me.lives("城关镇", "老油坊").want(200, "东关村").post("/file/check"))); got.Village != "东关村" {
		t.Errorf("it is kept as %q", got.Village)
	}
	w.browser().enter("unit").get("/villages").want(403)
}

func TestAVillageOfAnAreaIsOneOfTheList(t *testing.T) {
	w := newWorld(t)
	path := w.listed("城关镇", "东关村", "西关村")
	b := w.browser().enter("admin")
	staff := "/admin/staff/" + w.member("help").ID.String()
	page := b.get(staff)
	page.post(staff, "areas", "城关镇 东官村").wrong(422, "areas", w.T("fault.staff.village-near", "Name", "东官村", "Town", "城关镇", "Near", "东关村"))
	page.post(staff, "areas", "城关镇 北街").wrong(422, "areas", w.T("fault.staff.village", "Name", "北街", "Town", "城关镇"))
	page.send(staff, "areas", "城关镇 东关").want(200, "城关镇 东关村")
	one := path + "/" + placeKey(board.Place{Name: board.Texts{"zh-Hans": "东关村"}})
	b.get(one).send(one, "name-zh-Hans", "东关社区").want(200)
	if areas := w.member("help").Areas; len(areas) != 1 || areas[0].Village != "东关社区" {
		t.Errorf("after the village was renamed they help in %+v", areas)
	}
}

func TestVillagesFromAListOfCodes(t *testing.T) {
	w := newWorld(t)
	const path = "/admin/places/import"
	b := w.browser().enter("admin")
	rows := "130129101000,院头镇\n130129101201,北院头村\n130129101202,南院头村"
	b.get(path).send(path, "rows", rows).want(200, "院头镇", w.T("admin.places.brought", "Count", 3))
	b.get(path).send(path, "rows", rows).want(200, w.T("admin.places.brought", "Count", 0))
	b.get(path).send(path, "rows", "130129101,院头街道").want(200, "院头街道")
	town, _ := w.county().Township("院头街道")
	if list := w.county().Villages["院头镇"]; town.Kept() != "院头镇" || list == nil || len(list.List) != 2 {
		t.Errorf("renamed by its code it is %+v with %+v", town, list)
	}
	b.get(path).post(path, "rows", "130129999201,某村").want(422, w.T("fault.places.orphan", "Name", "某村", "Code", "130129999"), "130129999201,某村")
}
