package web

import (
	"crypto/rand"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
	"lianxin/views"
)

// as is a member of staff whose deeds this test is not about.
func (w *world) as(login string) office.Who {
	w.t.Helper()
	token, err := w.office.Enter(ctx, login)
	w.must(err)
	who, err := w.office.Who(ctx, token)
	w.must(err)
	return who
}

// form is the token of a form that nobody saw.
func (w *world) form() (once store.Once) {
	_, err := rand.Read(once[:])
	w.must(err)
	return once
}

func (w *world) assign(n string) {
	w.t.Helper()
	w.must(w.office.Assign(ctx, w.as("desk"), board.Number(n), w.form(), office.Assignment{Lead: w.units[0].String()}))
}

func (w *world) decline(n, words string) {
	w.t.Helper()
	w.must(w.office.Decline(ctx, w.as("desk"), board.Number(n), w.form(), "in-court", words))
}

// pin is the PIN of a case that a browser may open.
func (w *world) pin(b *browser, n string) string {
	w.t.Helper()
	r, err := w.office.Receipt(ctx, w.who(b), board.Number(n))
	w.must(err)
	return r.PIN
}

// opened is somebody with the slip of a case.
func (w *world) opened(n, pin string) *browser {
	w.t.Helper()
	b := w.browser()
	b.get("/lookup").send("/lookup", "number", n, "pin", pin).want(200, w.T("case.looked"))
	return b
}

// hides tells that none of the texts is on a page, in what is read or beneath.
func (p *page) hides(texts ...string) *page {
	p.t.Helper()
	for _, text := range texts {
		if strings.Contains(p.text(), text) || strings.Contains(p.body, text) {
			p.t.Errorf("%s tells %q:\n%s", p.path, text, p.text())
		}
	}
	return p
}

// sound holds a page to what every page keeps, in every language: it is there,
// within its budget, and says nothing without words.
func (b *browser) sound(path string, own ...string) {
	b.t.Helper()
	for _, lang := range b.words.Languages() {
		b.get("/").post("/display", "lang", lang.Tag)
		p := b.do("GET", path, nil)
		body := p.body
		for _, text := range append(own, said) {
			body = strings.ReplaceAll(body, text, "")
		}
		if p.status != 200 || len(body) > budget(path) || strings.Contains(p.text(), "[") || strings.Contains(p.body, "no value") {
			b.t.Errorf("%s in %s: %d, %d bytes\n%s", path, lang.Tag, p.status, len(body), p.text())
		}
		if !strings.Contains(p.body, `<html lang="`+lang.Tag+`"`) {
			b.t.Errorf("%s does not speak %s", path, lang.Tag)
		}
	}
	b.get("/").post("/display", "lang", "zh-Hans")
}

func TestTenMinutesToThinkAgain(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	n := b.file()
	path, edit := "/case/"+n, "/case/"+n+"/edit"
	b.sound("/receipt/" + n)
	b.sound(edit)
	b.get("/receipt/"+n).want(200, w.T("receipt.undo.until", "Date", "12:10"), w.T("edit.title"), w.T("withdraw.button"))
	form := b.get(path).want(200, w.T("case.edit", "Date", "12:10")).get(edit).want(200, w.T("edit.lead", "Date", "12:10"))
	if v := form.form(edit).values; v.Get("body") != said || v.Get("title") != "" {
		t.Errorf("to be changed: %v", v)
	}
	form.post(edit, "body", " ", "remark", "晚上在家").wrong(422, "body", w.T("fault.filing.body.empty"), "remark", "晚上在家")
	form.post(edit, "title", strings.Repeat("题", 31)).wrong(422, "title", w.T("fault.long", "Max", 30, "Over", 1), "body", said)
	changed := form.send(edit, "body", "不是路灯，是水管漏水。", "remark", "晚上在家").want(200, w.T("flash.done"), "不是路灯，是水管漏水", "晚上在家")
	changed.hides("供销社")
	form.post(edit, "body", "又一次").want(303) // the same form acts once
	b.get(path).want(200, "不是路灯，是水管漏水").hides("又一次")
	slip := w.opened(n, w.pin(b, n))
	slip.get(path).hides("晚上在家", w.T("edit.title"))
	slip.do("GET", edit, nil).want(303)
	slip.do("POST", edit, slip.post(w, edit, "body", "别人写的")).want(404, "别人写的")

	late := b.get(edit).want(200)
	w.clock.add(11 * time.Minute)
	b.get(path).want(200, w.T("add.title")).hides("/edit")
	b.get("/receipt/" + n).hides("/edit")
	if p := b.do("GET", edit, nil); p.header.Get("Location") != path {
		t.Errorf("a form that is over is still shown: %d", p.status)
	}
	late.post(edit, "body", "来不及了").want(409, w.T("fault.deed.undo-time"), "来不及了")
	b.get(path).hides("来不及了")
}

func TestALineMore(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	n := b.file()
	w.assign(n)
	path, add := "/case/"+n, "/case/"+n+"/add"
	form := b.get(path).want(200, w.T("add.title")).get(add).want(200, w.T("add.lead"))
	form.post(add, "words", "　").wrong(422, "words", w.T("fault.add.words"))
	long := strings.Repeat("长", 2001)
	form.post(add, "words", long).wrong(422, "words", w.T("fault.long", "Max", 2000, "Over", 1), "words", long)
	const more = "昨晚又有人摔了，手机 13912345678"
	form.post(add, "words", more).want(303)
	form.post(add, "words", more).want(303)
	shown := b.get(path).want(200, w.T("case.added"), more, w.T("event.added"))
	if strings.Count(shown.text(), more) != 1 {
		t.Error("a line that was sent once stands there twice")
	}
	slip := w.opened(n, w.pin(b, n))
	slip.get(path).want(200, w.T("event.added")).hides(more, w.T("case.added"))
	// Number and PIN may add, without reading what was there.
	slip.get(add).send(add, "words", "我是他儿子，也来说一句").want(200).hides("也来说一句")
	b.get(path).want(200, "也来说一句")
}

func TestWithdrawnAndTakenBack(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	n := b.file()
	w.assign(n)
	due := b.get("/case/" + n).text()
	withdraw, restore := "/case/"+n+"/withdraw", "/case/"+n+"/restore"
	b.do("GET", restore, nil).want(303)
	gone := b.get(withdraw).want(200, w.T("withdraw.title"), "9月24日").send(withdraw).want(200, w.T("state.withdrawn"), w.T("next.withdrawn"), w.T("restore.button"))
	gone.hides(w.T("add.title"), `href="`+withdraw)
	b.get("/cases").want(200, w.T("state.withdrawn"))
	b.sound(restore)
	form := b.get(restore).want(200, w.T("restore.title"))
	back := form.send(restore).want(200, w.T("state.assigned"))
	form.post(restore).want(303)
	if !strings.Contains(due, "10月14日") || !strings.Contains(back.text(), "10月14日") {
		t.Error("the date did not stand")
	}
	b.get(withdraw).send(withdraw).want(200, w.T("state.withdrawn"))
	w.clock.add(7*24*time.Hour + time.Minute)
	b.logIn("13800138000").get("/case/" + n).hides(restore)
	b.do("POST", restore, b.post(w, restore)).want(409, w.T("fault.deed.restore-time"))
}

func TestADeclineAndItsObjection(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	n := b.file()
	path, object := "/case/"+n, "/case/"+n+"/object"
	b.do("GET", object, nil).want(303)
	w.decline(n, "法院判决以前，县里不能另外作决定。")
	declined := b.get(path).want(200, w.T("state.declined"), w.T("decline.in-court"), "法院判决以前", w.T("object.title"), "10月14日")
	declined.hides(w.T("withdraw.button"))
	b.sound(path, "法院判决以前，县里不能另外作决定。")
	b.sound(object)
	form := b.get(object)
	form.post(object).wrong(422, "words", w.T("fault.object.words"))
	asked := form.send(object, "words", "法院早就撤案了").want(200, w.T("next.objection"), w.T("state.declined"))
	asked.hides(object)
	form.post(object, "words", "再说一遍").want(303) // the same form acts once
	b.do("POST", object, b.post(w, object, "words", "再说一遍")).want(409, "再说一遍")
	who := w.as("review")
	w.must(w.office.Rule(ctx, who, board.Number(n), w.form(), board.Uphold, "案子还在二审。"))
	b.get(path).want(200, w.T("case.upheld"), "案子还在二审").hides(object, w.T("next.objection"))

	w.clock.add(11 * time.Minute)
	m := b.file()
	w.must(w.office.Divert(ctx, w.as("desk"), board.Number(m), w.form(), "arbitration", "请带上合同去仲裁委。"))
	b.get("/case/"+m).want(200, w.T("case.diverted"), w.T("divert.arbitration"), "请带上合同去仲裁委")
	b.get("/case/"+m+"/object").send("/case/"+m+"/object", "words", "我没有合同").want(200)
	w.must(w.office.Rule(ctx, w.as("review"), board.Number(m), w.form(), board.Overturn, "应当受理"))
	b.get("/case/"+m).want(200, w.T("state.received"), w.T("event.overturned")).hides(w.T("object.title"))
}

func TestRatedOnThreeScales(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	n := w.answered(b)
	path, rate := "/case/"+n, "/case/"+n+"/rate"
	b.sound(path, said)
	b.sound(rate)
	below := b.get(path).want(200, w.T("rate.title"), w.T("rate.more")) // one page is enough to read the answer and to say
	below.post(rate, "words", "谢谢").wrong(422, "solved", w.T("fault.rating.outcome"), "words", "谢谢")
	form := b.get(rate).want(200, w.T("rate.attitude.label"), w.T("rate.speed.label"))
	form.post(rate, "solved", "yes", "attitude", "9", "words", "谢谢").wrong(422, "attitude", w.T("fault.rating.mark"), "words", "谢谢", "solved", "yes")
	form.post(rate, "solved", "yes", "speed", "fast", "attitude", "4").wrong(422, "speed", w.T("fault.rating.mark"), "attitude", "4")
	form.send(rate, "solved", "no", "attitude", "2", "words", "灯还是不亮").want(200, w.T("state.in-hand"), w.T("outcome.not"))
	v, err := w.office.Case(ctx, w.who(b), board.Number(n))
	w.must(err)
	if r := v.Case.Rating; r.Outcome != board.NotSolved || r.Attitude != 2 || r.Speed != 0 || r.Words != "灯还是不亮" {
		t.Errorf("kept as %+v", r)
	}

	unit := w.as("unit")
	w.must(w.office.Answer(ctx, unit, board.Number(n), w.form(), board.Reply{Found: "又查了一遍", Done: "换了新线", Contact: "李建平"}))
	w.must(w.office.Approve(ctx, w.as("review"), board.Number(n), w.form()))
	b.get(path).want(200, w.T("rate.title"), "换了新线").hides(w.T("case.rate.again"), w.T("case.rating", "Rating", w.T("outcome.not")))
	fresh := b.get(rate)
	if v := fresh.form(rate).values; v.Get("solved") != "" || v.Get("words") != "" {
		t.Errorf("a new answer begins with the old rating: %v", v)
	}
	fresh.send(rate, "solved", "partly", "speed", "5").want(200, w.T("case.rating", "Rating", w.T("outcome.partly")), w.T("case.rate.again"))
	again := b.get(rate)
	if v := again.form(rate).values; v.Get("solved") != "partly" || v.Get("speed") != "5" || v.Get("attitude") != "" {
		t.Errorf("to be changed: %v", v)
	}
	again.send(rate, "solved", "yes").want(200, w.T("case.rating", "Rating", w.T("outcome.solved"))).hides(w.T("case.rate.again"))
	b.do("GET", rate, nil).want(303)
	b.do("POST", rate, b.post(w, rate, "solved", "no", "words", "想想还是不对")).want(409, w.T("fault.deed.mind-once"), "想想还是不对")
}

func TestAPrivateCase(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	check := b.get("/file").send("/file", "kind", "help", "body", said, "name", "王秀兰", "public", views.PublicPrivate).want(200, w.T("file.private.label"))
	if v := b.get("/file").form("/file").values; v.Get("public") != views.PublicPrivate {
		t.Errorf("the draft forgot that it is private: %v", v)
	}
	n := b.number(check.post("/file/check"))
	path := "/case/" + n
	pin := w.pin(b, n)
	b.get("/receipt/"+n).want(200, pin[:3]+" "+pin[3:], w.T("receipt.private"))
	b.get(path).want(200, said, w.T("file.private.label"))
	b.get("/cases").want(200, w.T("cases.empty")).hides(n, board.Number(n).Grouped(), "路灯")
	w.assign(n)
	var texts []string
	_, err := w.office.Post(ctx, func(s store.Text) string {
		texts = append(texts, s.Key)
		for name := range s.Args {
			if name != "Number" && name != "Code" {
				t.Errorf("a text about a private case says its %s", name)
			}
		}
		return "x"
	}, w.phones)
	w.must(err)
	if !slices.Contains(texts, "sms.news") || slices.Contains(texts, "sms.assigned") {
		t.Errorf("texts: %q", texts)
	}

	b.get("/cases").send("/logout")
	w.clock.add(2 * time.Minute)
	again := w.browser().logIn("13800138000")
	again.get("/cases").want(200, w.T("cases.empty"))
	for _, at := range []string{path, path + "/looks", path + "/add", "/receipt/" + n} {
		again.get(at).want(404)
	}
	again.get("/lookup").send("/lookup", "number", n, "pin", pin).want(200, said) // the person themselves, and they have the slip
	w.opened(n, pin).get(path).hides(said, "王秀兰")
}

func TestWhatIsKeptFromTheUnit(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	p := b.get("/file").send("/file", "kind", "complain", "body", said, "name", "王秀兰", "remark", "晚上在家", "hide", "yes").want(200, w.T("file.hide.yes.label"))
	if v := b.get("/file/step/you").form("/file/step/you").values; v.Get("hide") != "yes" || v.Get("public") != "no" {
		t.Errorf("the draft says %v", v)
	}
	n := b.number(p.post("/file/check"))
	b.get("/case/"+n).want(200, w.T("file.hide.yes.label"), "晚上在家")
	w.assign(n)
	w.browser().enter("unit").get("/desk/case/"+n).want(200, said).hides("王秀兰", "138 0013 8000", "晚上在家")
	w.browser().enter("desk").get("/desk/case/"+n).want(200, "王秀兰", "138 0013 8000")
	// What is not answered is as it was; an answer that nobody offers is none.
	b.get("/file").send("/file", "kind", "ask", "body", "另一件事", "hide", "yes").want(200)
	b.get("/file/step/words").send("/file/step/words", "body", "还是另一件事").want(200, w.T("file.hide.yes.label"))
	b.get("/file/step/you").send("/file/step/you", "hide", "perhaps").want(200, w.T("file.hide.no.label"))
}

func TestSeveralPeopleOnOnePhone(t *testing.T) {
	w := newWorld(t)
	mother := w.browser().logIn("13800138000")
	mother.get("/me").want(200, w.T("me.others.none")).send("/me", "name", "王秀兰", "tell", "read").want(200, w.T("flash.done"))
	n := mother.file()
	mother.get("/file").send("/file", "kind", "ask", "body", "没写完的话").want(200)
	mother.sound("/who")
	add := mother.get("/me").want(200).get("/who")
	add.post("/who", "person", "new", "name", " ").wrong(422, "name", w.T("fault.who.name"))
	add.post("/who", "person", "").wrong(422, "person", w.T("fault.who.choose"))
	add.post("/who", "person", "0123456789abcdef0123456789abcdef").wrong(422, "person", w.T("fault.who.choose"))
	add.send("/who", "person", "new", "name", "李大山").want(200, w.T("cases.empty"))
	son := mother
	son.get("/case/" + n).want(404)
	son.get("/file").hides("没写完的话")
	son.get("/me").want(200, "李大山", "王*兰").hides("王秀兰")

	w.clock.add(2 * time.Minute)
	b := w.browser()
	to := b.do("GET", "/case/"+n, nil).follow().send("/login", "phone", "13800138000").send("/login/code", "code", b.code("13800138000"))
	to.want(200, w.T("who.title"), "王*兰", "李*山").hides("王秀兰", "李大山")
	for _, path := range []string{"/cases", "/file", "/me", "/case/" + n} {
		if p := b.do("GET", path, nil); p.status != 303 || p.header.Get("Location") != "/who?then="+url.QueryEscape(path) {
			t.Errorf("%s before anybody said who they are: %d %s", path, p.status, p.header.Get("Location"))
		}
	}
	b.get("/login").want(200, w.T("who.title"))
	b.get("/").want(200, "138 **** 8000")
	house, err := w.office.Household(ctx, w.who(b))
	w.must(err)
	for _, c := range house.People {
		if c.Name == "王秀兰" {
			to.send("/who", "person", c.ID.String()).want(200, said)
		}
	}
}

func TestHowToBeTold(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	b.sound("/me")
	form := b.get("/cases").want(200, w.T("me.title")).get("/me")
	if v := form.form("/me").values; v.Get("tell") != "text" {
		t.Errorf("nobody said how, and it is %q", v.Get("tell"))
	}
	form.post("/me", "tell", "pigeon", "name", "王秀兰").wrong(422, "tell", w.T("fault.person.tell"), "name", "王秀兰")
	long := strings.Repeat("名", 41)
	form.post("/me", "tell", "call", "name", long).wrong(422, "name", w.T("fault.long", "Max", 40, "Over", 1), "name", long, "tell", "call")
	form.send("/me", "tell", "letter", "name", " 王秀兰 ").want(200, w.T("flash.done"))
	w.clock.add(2 * time.Minute)
	v := w.browser().logIn("13800138000").get("/me").form("/me").values
	if v.Get("tell") != "letter" || v.Get("name") != "王秀兰" {
		t.Errorf("kept %v", v)
	}
	b.get("/file").want(200, "王秀兰") // and offered where it is asked again
}

func TestWhoLookedAtIt(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	n := b.file()
	looks := "/case/" + n + "/looks"
	b.get("/case/"+n).want(200, w.T("looks.title")).get(looks).want(200, w.T("looks.empty"))
	w.must(w.office.Look(ctx, w.as("desk"), board.Number(n)))
	w.clock.add(time.Minute)
	w.assign(n)
	w.must(w.office.Look(ctx, w.as("unit"), board.Number(n)))
	w.clock.add(time.Minute)
	w.must(w.office.Note(ctx, w.as("lead"), board.Number(n), w.form(), board.Reveal, "想亲自打个电话"))
	page := b.get(looks).want(200, "周岚（"+w.T("role.dispatcher"), "李建平（"+w.T("role.handler")+"，住房和城乡建设局", "田书记（"+w.T("role.leader"), w.T("looks.person"), "想亲自打个电话")
	if text := page.text(); strings.Index(text, "田书记") > strings.Index(text, "李建平") || strings.Index(text, "李建平") > strings.Index(text, "周岚") {
		t.Error("the newest look does not stand first")
	}
	b.sound(looks)
	b.sound(looks + "?from=abc")
	w.browser().logIn("13900139000").get(looks).want(404)
	for range lookRows {
		w.clock.add(13 * time.Hour)
		w.must(w.office.Look(ctx, w.as("desk"), board.Number(n)))
	}
	b.logIn("13800138000").get(looks).want(200, w.T("cases.more")).hides("想亲自打个电话")
	b.get(looks+"?from=40").want(200, "想亲自打个电话").hides(w.T("cases.more"))
	b.sound(looks)
}

func TestOwnDeedsOnAnothersCase(t *testing.T) {
	w := newWorld(t)
	n := w.browser().logIn("13800138000").file()
	b := w.browser().logIn("13900139000")
	staff := w.browser().enter("desk")
	for _, d := range ownDeeds {
		at := "/case/" + n + "/" + string(d)
		b.get(at).want(404)
		b.do("POST", at, b.post(w, at, "words", "我的话", "body", "我的话")).want(404, "我的话")
		staff.do("GET", at, nil).want(403)
		staff.do("POST", at, staff.post(w, at, "words", "我的话")).want(403)
	}
	v, err := w.office.Case(ctx, w.as("desk"), board.Number(n))
	w.must(err)
	if len(v.Events) != 1 {
		t.Errorf("%d events", len(v.Events))
	}
}
