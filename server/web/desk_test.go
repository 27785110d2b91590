package web

import (
	"slices"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

// tale is a case whose every word tells something, to see where it shows.
type tale struct{ title, body, name, village, remark, phone string }

var secret = tale{
	title: "王秀兰说灯坏了", body: "路灯坏了，找过王秀兰家的电工，电话 138 0013 8000，身份证520323197806058856，没有用。", name: "王秀兰", village: "东关村", remark: "我家在供销社后面第三户", phone: "138 0013 8000",
}

// tells files it, with what else the form asks.
func (b *browser) tells(pairs ...string) string {
	b.t.Helper()
	filing := append([]string{"kind", "suggest", "title", secret.title, "body", secret.body, "place", "城关镇", "village", secret.village,
		"name", secret.name, "remark", secret.remark, "public", "yes"}, pairs...)
	return b.number(b.get("/file").send("/file", filing...).want(200).post("/file/check"))
}

func TestWhoeverOpensACaseSeesWhatTheirWorkNeeds(t *testing.T) {
	w := newWorld(t)
	wang := w.browser().logIn("13800138000")
	open, hidden := wang.tells(), wang.tells("body", secret.body+"再说一件。", "hide", "yes")
	for _, n := range []string{open, hidden} {
		wang.get("/case/"+n+"/add").send("/case/"+n+"/add", "words", "王秀兰补充：还可以打 13900139000")
		w.must(w.office.Assign(ctx, w.as("desk"), board.Number(n), w.form(), office.Assignment{Lead: w.units[0].String(), Co: []string{w.units[1].String()}}))
	}
	// What they wrote of themselves in their own words, and what they were asked.
	who := []string{"王秀兰", "138 0013 8000", "520323197806058856", "13900139000", secret.remark}
	place := []string{secret.village}
	for _, viewer := range []struct {
		login, number string
		sees, not     []string
	}{
		{"desk", open, slices.Concat(who, place), nil}, {"desk", hidden, slices.Concat(who, place), nil},
		{"unit", open, slices.Concat(who, place), nil}, {"other", open, slices.Concat(who, place), nil},
		{"unit", hidden, place, who}, {"other", hidden, place, who},
		{"review", open, nil, slices.Concat(who, place)}, {"lead", open, nil, slices.Concat(who, place)},
		{"watch", open, nil, slices.Concat(who, place)}, {"review", hidden, nil, slices.Concat(who, place)},
	} {
		b := w.browser().enter(viewer.login)
		b.get("/desk/case/"+viewer.number).want(200, append(viewer.sees, "路灯坏了，找过", "补充")...).hides(viewer.not...)
		b.sound("/desk/case/"+viewer.number, secret.body)
	}
	for _, login := range []string{"review", "lead", "watch"} {
		b := w.browser().enter(login)
		for _, shelf := range b.who(b).Shelves() {
			b.get(shelfPath(shelf)).want(200).hides(slices.Concat(who, place)...)
		}
	}
	// Who cannot work with cases at all.
	for _, login := range []string{"phone", "admin"} {
		w.browser().enter(login).get("/desk/case/"+open).want(403).hides("灯坏了", "王秀兰", secret.phone)
	}
}

func TestALookIsWrittenBeforeTheCaseIsShown(t *testing.T) {
	w := newWorld(t)
	wang := w.browser().logIn("13800138000")
	n := wang.tells()
	at, looks := "/desk/case/"+n, "/case/"+n+"/looks"
	review := w.browser().enter("review")
	review.get(at).want(200)
	wang.get(looks).hides("何敏") // who sees nothing of the person leaves no trace
	desk := w.browser().enter("desk")
	w.engine.full.Store(true)
	desk.get(at).want(503, w.T("fault.not-saved")).hides("王秀兰", secret.phone)
	w.engine.full.Store(false)
	desk.get(at).want(200, secret.phone)
	wang.get(looks).want(200, "周岚")
	// A form without a token shows the page too, and leaves its trace.
	w.assign(n)
	unit := w.browser().enter("unit")
	unit.do("POST", at+"/sign", unit.post(w, at+"/sign", "token", "x")).want(422, secret.phone)
	wang.get(looks).want(200, "李建平")
	// What was seen once within half a day is one look.
	w.untouched("a second look", func() { desk.get(at).want(200) })
	w.browser().enter("watch").get(at).want(200, w.T("deskcase.looks"), "周岚", "李建平")
	review.get(at).want(200).hides(w.T("deskcase.looks"))
}

func TestALeaderGivesAReasonToSeeWho(t *testing.T) {
	w := newWorld(t)
	wang := w.browser().logIn("13800138000")
	n := wang.tells()
	at := "/desk/case/" + n
	w.assign(n)
	lead := w.browser().enter("lead")
	page := lead.get(at).want(200, w.T("deed.reveal.title"))
	page.post(at+"/reveal", "words", " ").wrong(422, "reveal-words", w.T("fault.reveal.words"), "words", " ")
	page.send(at+"/reveal", "words", "想亲自打个电话").want(200, w.T("flash.done"), "王秀兰\n", secret.phone+"\n", secret.remark).hides(at + "/reveal")
	wang.get("/case/"+n+"/looks").want(200, "田书记", "想亲自打个电话")
	page = lead.get(at)
	page.send(at+"/annotate", "words", "三天内办好").want(200, "三天内办好", w.T("event.annotated"))
	page.send(at+"/supervise", "words", "每天报一次").want(200, w.T("fact.supervised.what"))
	wang.get("/case/"+n).want(200, w.T("event.annotated"), w.T("event.supervised")).hides("三天内办好", "每天报一次")
	w.browser().enter("unit").get(at).want(200, "三天内办好", "每天报一次")
	lead.get("/desk?desk=supervised").want(200, secret.title) // who is known to them now
	w.browser().enter("watch").get(at).want(200).hides("王秀兰", at+"/reveal", at+"/annotate")
}

func TestScreening(t *testing.T) {
	w := newWorld(t)
	wang := w.browser().logIn("13800138000")
	n := wang.file()
	at := "/desk/case/" + n
	desk := w.browser().enter("desk")
	page := desk.get(at)
	page.post(at+"/decline", "reason", "", "words", "另有规定").wrong(422, "decline-reason", w.T("fault.decline.reason"), "words", "另有规定")
	page.post(at+"/decline", "reason", "because", "words", "另有规定").want(422, w.T("fault.decline.reason"))
	page.post(at+"/decline", "reason", "in-court", "words", "").wrong(422, "decline-words", w.T("fault.decline.words"), "reason", "in-court")
	page.post(at+"/divert", "path", "x", "words", "带上合同").wrong(422, "divert-path", w.T("fault.divert.path"), "words", "带上合同")
	page.send(at+"/divert", "path", "arbitration", "words", "到县仲裁院，带上合同").want(200, w.T("state.declined"), w.T("divert.arbitration"), "带上合同")
	wang.get("/case/"+n).want(200, w.T("divert.arbitration"), "到县仲裁院，带上合同")
	wang.get("/case/"+n+"/object").send("/case/"+n+"/object", "words", "没有合同").want(200)

	// Whoever declined does not rule; the reviewer does.
	desk.get(at).want(200, w.T("ask.objection"), w.T("ask.open"), "没有合同").hides(at + "/overturn")
	review := w.browser().enter("review")
	review.get("/desk").want(200, said[:30])
	page = review.get(at).want(200, "没有合同")
	page.post(at+"/overturn", "words", "").wrong(422, "overturn-words", w.T("fault.overturn.words"), "words", "")
	page.send(at+"/overturn", "words", "没有合同也该管").want(200, w.T("state.received"), w.T("ask.granted"))
	page.post(at+"/uphold", "words", "晚了一步").want(409, "晚了一步") // two reviewers: the words come back

	desk.get(at).send(at+"/decline", "reason", "unclear", "words", "请写明哪一段路").want(200, w.T("decline.unclear"))
	desk.sound(at)
	wang.get("/case/"+n).want(200, w.T("decline.unclear")).hides("/object")
}

func TestAssignedToSeveral(t *testing.T) {
	w := newWorld(t)
	wang := w.browser().logIn("13800138000")
	n := wang.file()
	at := "/desk/case/" + n
	lamps, water := w.units[0].String(), w.units[1].String()
	page := w.browser().enter("desk").get(at)
	page.post(at+"/assign", "unit", "", "words", "请快办").wrong(422, "assign-unit", w.T("fault.assign.unit"), "words", "请快办")
	again := page.post(at+"/assign", "unit", lamps, "co-"+lamps, "yes", "topic", "building").want(422, w.T("fault.assign.co"))
	if v := again.form(at + "/assign").values; v.Get("unit") != lamps || v.Get("co-"+lamps) != "yes" || v.Has("co-"+water) || v.Get("topic") != "building" {
		t.Errorf("what was chosen is lost: %v", v)
	}
	page.post(at+"/assign", "unit", lamps, "topic", "moon").want(422, w.T("fault.assign.topic"))
	page.post(at+"/assign", "unit", lamps, "co-x", "yes").want(422, w.T("fault.assign.unit"))
	page.send(at+"/assign", "unit", lamps, "co-"+water, "yes", "topic", "building", "words", "请快办").
		want(200, w.T("state.assigned"), w.T("fact.co"), "水利局", w.T("topic.building"), "请快办")
	wang.get("/case/"+n).want(200, "住房和城乡建设局").hides("请快办")

	unit, other := w.browser().enter("unit"), w.browser().enter("other")
	other.get("/desk").want(200, w.T("desk.empty"))
	other.get("/desk?desk=helping").want(200, "城关镇")
	other.get(at).want(200, "请快办").hides(at+"/sign", at+"/contact")
	unit.get("/desk").want(200, "城关镇").get(at).send(at + "/sign").want(200)
	other.get(at).send(at+"/visit", "words", "水管没有问题").want(200, "水管没有问题", w.T("deskcase.contacts")).hides(at+"/answer", at+"/handback")
	page = unit.get(at)
	page.post(at+"/contact", "reached", "no", "words", "").wrong(422, "contact-words", w.T("fault.contact.words"), "reached", "no")
	page.send(at+"/contact", "reached", "no", "words", "没有人接").want(200, w.T("event.contacted.missed"), "没有人接")
	page.send(at+"/contact", "reached", "no", "words", "没有人接").want(200) // a second click
	if n := strings.Count(unit.get(at).text(), "没有人接"); n != 1 {
		t.Errorf("a second click made a second note: %d", n)
	}
	unit.get(at).send(at+"/contact", "reached", "yes", "words", "约好周五去看").want(200, "约好周五去看")
	wang.get("/case/"+n).want(200, "水管没有问题", "约好周五去看")
	w.browser().enter("review").get(at).want(200, w.T("event.contacted")).hides("约好周五去看", "水管没有问题")
	unit.sound(at)
}

func TestAUnitAsksAndTheCountyDeskRules(t *testing.T) {
	w := newWorld(t)
	wang := w.browser().logIn("13800138000")
	n := wang.file()
	at := "/desk/case/" + n
	desk, unit := w.browser().enter("desk"), w.browser().enter("unit")
	w.assign(n)
	page := unit.get(at)
	page.post(at+"/handback", "reason", "").wrong(422, "handback-reason", w.T("fault.handback.reason"), "reason", "")
	page.send(at+"/handback", "reason", "这段路灯归城管").want(200, w.T("ask.back"), w.T("ask.open"), "这段路灯归城管").hides(at + "/sign")
	desk.get("/desk").want(200, "城关镇")
	desk.get(at).want(200, w.T("next.ruling")).send(at+"/give", "words", "给水利局").want(200, w.T("state.received"), w.T("ask.granted"), "给水利局")
	wang.get("/case/"+n).want(200, w.T("event.given-back")).hides("给水利局", "这段路灯归城管")
	unit.get(at).want(404)
	desk.get(at).send(at+"/assign", "unit", w.units[1].String()).want(200, "水利局")

	other := w.browser().enter("other")
	other.get(at).send(at+"/handback", "reason", "也不归我们").want(200)
	desk.get(at).send(at+"/keep", "words", "首接负责").want(200, w.T("ask.refused"), "首接负责")
	wang.get("/case/"+n).want(200, w.T("event.kept-with")).hides("首接负责")
	other.get(at).hides(at + "/handback")
	other.get(at).send(at + "/sign").want(200)
	page = other.get(at)
	for _, days := range []string{"", "0", "11", "-1", "五", "1e3"} {
		page.post(at+"/asktime", "days", days, "reason", "电缆要调货").wrong(422, "asktime-days", w.T("fault.asktime.days", "Max", 10), "reason", "电缆要调货")
	}
	page.send(at+"/asktime", "days", " ５ ", "reason", "电缆要调货").want(200, w.T("ask.time", "Count", 5), "电缆要调货")
	wang.get("/case/" + n).hides("电缆要调货")
	desk.get(at).send(at+"/extend").want(200, w.T("event.extended"), w.T("ask.granted"))
	wang.get("/case/"+n).want(200, "电缆要调货", w.T("event.extended"))
	other.get(at).hides(at + "/asktime")
	desk.sound(at)
	other.sound(at)
}

func TestTwoSayTheSame(t *testing.T) {
	w := newWorld(t)
	wang, zhao := w.browser().logIn("13800138000"), w.browser().logIn("13900139000")
	one, two := wang.file(), zhao.number(zhao.get("/file").send("/file", "kind", "help", "body", "供销社门口天黑看不见路").post("/file/check"))
	desk := w.browser().enter("desk")
	page := desk.get("/desk/case/" + two)
	merge := "/desk/case/" + two + "/merge"
	page.post(merge, "lead", "").wrong(422, "merge-lead", w.T("fault.number.empty"), "lead", "")
	page.post(merge, "lead", "12").want(422, w.T("fault.number.length", "Digits", 10))
	page.post(merge, "lead", two).wrong(422, "merge-lead", w.T("fault.merge.lead"), "lead", two)
	spaced := board.Number(one).Grouped()
	page.send(merge, "lead", spaced).want(200, w.T("state.merged"), w.T("deskcase.into"), "/desk/case/"+one)
	desk.get("/desk/case/"+one).want(200, w.T("deskcase.merged"), "供销社门口天黑", "/desk/case/"+two)
	desk.sound("/desk/case/"+one, "供销社门口天黑看不见路")
	zhao.get("/case/"+two).want(200, w.T("state.merged")).hides(spaced, one, said)

	at := "/desk/case/" + one
	w.assign(one)
	unit := w.browser().enter("unit")
	unit.get(at).want(200, w.T("deskcase.merged")).send(at + "/sign")
	unit.get(at).send(at+"/answer", "found", "电缆老化", "done", "已换好", "contact", "李建平").send(at+"/answer").want(200, w.T("next.review"))
	w.browser().enter("review").get(at).send(at+"/approve").want(200, w.T("replied.approved"))
	for b, n := range map[*browser]string{wang: one, zhao: two} {
		b.get("/case/"+n).want(200, w.T("state.answered"), "电缆老化")
	}
	desk.get("/desk/case/"+two).want(200, w.T("replied.approved"), "电缆老化", "住房和城乡建设局")
}

func TestMadePublicAndHiddenAgain(t *testing.T) {
	w := newWorld(t)
	wang := w.browser().logIn("13800138000")
	n := wang.tells()
	at := "/desk/case/" + n
	desk := w.browser().enter("desk")
	page := desk.get(at).want(200, w.T("deed.publish.title"), w.T("marked.found", "Count", 3), "****说灯坏了")
	for _, hit := range []string{"王秀兰", "138 0013 8000", "520323197806058856"} {
		if !strings.Contains(page.body, "<mark>"+hit+"</mark>") {
			t.Errorf("%s is not marked", hit)
		}
	}
	v := page.form(at + "/publish").values
	if v.Get("title") != "****说灯坏了" || v.Get("body") != "路灯坏了，找过****家的电工，电话 ****，身份证****，没有用。" {
		t.Errorf("proposed: %v", v)
	}
	page.post(at+"/publish", "title", " ", "body", "路灯坏了").wrong(422, "publish-title", w.T("fault.publish.title"), "body", "路灯坏了")
	page.post(at+"/publish", "title", "灯", "body", "").want(422, w.T("fault.publish.body"))
	w.browser().get("/public/" + n).want(404)
	page.send(at+"/publish", "title", "路灯坏了", "body", "城关镇有一段路灯坏了。").want(200, w.T("event.published"), w.T("case.public.shown"))
	stranger := w.browser()
	stranger.get("/public").want(200, "路灯坏了").hides("王秀兰", "138 0013", "东关村")
	stranger.get("/public/"+n).want(200, "城关镇有一段路灯坏了。").hides(secret.body, secret.name, secret.village, "138 0013", secret.remark)
	page = desk.get(at).hides(at + "/publish")
	page.post(at+"/hide", "reason", "").wrong(422, "hide-reason", w.T("fault.hide.reason"), "reason", "")
	page.send(at+"/hide", "reason", "本人要求").want(200, "本人要求")
	stranger.get("/public/" + n).want(404)
	wang.get("/case/" + n).hides("本人要求")

	no := wang.file() // nobody said yes
	desk.get("/desk/case/" + no).hides("/publish")
	desk.do("POST", "/desk/case/"+no+"/publish", desk.post(w, "/desk/case/"+no+"/publish", "title", "灯", "body", "灯")).
		want(409, w.T("fault.deed.may-be-shown"), "灯")
}

func TestTheCountyDeskSpeaksForWhoIsHidden(t *testing.T) {
	w := newWorld(t)
	wang := w.browser().logIn("13800138000")
	n := wang.tells("hide", "yes")
	at := "/desk/case/" + n
	desk := w.browser().enter("desk")
	w.assign(n)
	page := desk.get(at).want(200, w.T("file.hide.yes.label"))
	page.post(at+"/relay", "words", "").wrong(422, "relay-words", w.T("fault.relay.words"), "words", "")
	page.send(at+"/relay", "words", "本人说周五在家").want(200, "本人说周五在家")
	w.browser().enter("unit").get(at).want(200, "本人说周五在家", w.T("file.hide.yes.hint"))
	wang.get("/case/"+n).want(200, "本人说周五在家")
}

func TestAnotherUnitKnowsNothing(t *testing.T) {
	w := newWorld(t)
	n := w.browser().logIn("13800138000").file()
	at := "/desk/case/" + n
	w.assign(n)
	other := w.browser().enter("other")
	for _, shelf := range w.who(other).Shelves() {
		other.get(shelfPath(shelf)).want(200, w.T("desk.empty"))
	}
	other.get(at).want(404).hides(said)
	for _, row := range board.Deeds {
		if row.Roles.Has(board.Handler) {
			path := at + "/" + string(row.Deed)
			other.do("POST", path, other.post(w, path, "reason", "不归我们", "found", "x", "done", "x", "contact", "x", "read", "yes")).want(404).hides(said)
		}
	}
}

func TestShelves(t *testing.T) {
	w := newWorld(t)
	n := w.browser().logIn("13800138000").file()
	for login, want := range map[string][]string{
		"desk":   {w.T("desk.section.dispatcher"), w.T("desk.section.all")},
		"unit":   {w.T("desk.section.handler"), w.T("desk.section.leading"), w.T("desk.section.helping"), w.T("templates.title")},
		"review": {w.T("desk.section.reviewer")},
		"lead":   {w.T("desk.section.red"), w.T("desk.section.reopened"), w.T("desk.section.supervised"), w.T("desk.section.newest")},
		"watch":  {w.T("desk.section.red"), w.T("desk.section.gone")},
		"phone":  {w.T("intake.title")},
		"admin":  {w.T("admin.title")},
	} {
		b := w.browser().enter(login)
		b.get("/desk").want(200, want...)
		for _, shelf := range w.who(b).Shelves() {
			b.sound(shelfPath(shelf))
		}
		b.get("/desk?desk=moon&from=zz").want(200)
	}
	desk := w.browser().enter("desk")
	desk.get("/desk").want(200, "城关镇").hides(w.T("desk.filters"))
	desk.get("/desk?desk=newest").want(200, "城关镇", w.T("desk.filters"))
	desk.get("/desk?desk=red").want(200, w.T("desk.empty"))
	w.clock.add(48 * time.Hour)
	w.browser().enter("desk").get("/desk?desk=red").want(200, board.Number(n).Grouped(), w.T("light.red"))
	w.browser().enter("unit").get("/desk?desk=red").want(200, w.T("desk.empty")) // not one of theirs: the first of theirs
}

// Long forms of staff, met by the end of a session.
func TestStaffWordsOutliveTheSession(t *testing.T) {
	w := newWorld(t)
	phone := w.browser().enter("phone")
	form := phone.get("/desk/intake")
	w.clock.add(45 * time.Minute)
	login := form.post("/desk/intake", taken()...).want(403, w.T("login.kept"))
	page := login.send("/staff/login", "name", "phone", "password", w.staff["phone"].Password, "code", w.digits("phone")).want(200, w.T("flash.kept"))
	if v := page.form("/desk/intake").values; v.Get("body") != said || v.Get("channel") != "counter" || v.Get("agreed") != "yes" {
		t.Errorf("kept %v", v)
	}
	page.send("/desk/intake").want(200, w.T("receipt.title"))

	unit := w.browser().enter("unit")
	form = unit.get("/desk/templates")
	w.clock.add(45 * time.Minute)
	login = form.post("/desk/templates", "name", "路灯维修", "done", "换了灯").want(403)
	page = login.send("/staff/login", "name", "unit", "password", w.staff["unit"].Password, "code", w.digits("unit")).want(200, w.T("flash.kept"))
	if v := page.form("/desk/templates").values; v.Get("name") != "路灯维修" || v.Get("done") != "换了灯" {
		t.Errorf("kept %v", v)
	}

	n := w.browser().logIn("13900139000").file()
	at := "/desk/case/" + n
	desk := w.browser().enter("desk")
	form = desk.get(at)
	w.clock.add(45 * time.Minute)
	login = form.post(at+"/assign", "unit", w.units[0].String(), "co-"+w.units[1].String(), "yes", "words", "请快办").want(403)
	page = login.send("/staff/login", "name", "desk", "password", w.staff["desk"].Password, "code", w.digits("desk")).want(200, w.T("flash.kept"))
	if v := page.form(at + "/assign").values; v.Get("unit") != w.units[0].String() || v.Get("co-"+w.units[1].String()) != "yes" || v.Get("words") != "请快办" {
		t.Errorf("kept %v", v)
	}
}
