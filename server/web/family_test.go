package web

import (
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/views"
)

// coded logs a phone in up to the page that follows the code.
func (b *browser) coded(phone string) *page {
	b.t.Helper()
	b.clock.add(2 * time.Minute)
	return b.get("/login").send("/login", "phone", phone).send("/login/code", "code", b.code(phone)).want(200)
}

// takenIn is a case that an operator typed for somebody; it gives its number.
func (w *world) takenIn(name, phone string) string {
	w.t.Helper()
	b := w.browser().enter("phone")
	return strings.TrimPrefix(b.get("/desk/intake").post("/desk/intake", "kind", "help", "body", said, "name", name, "phone", phone,
		"channel", "call", "tell", "text", "agreed", "yes").header.Get("Location"), "/desk/intake/")
}

func TestWhoeverHasThePhoneAndTheNameFindsWhatWasFiledForThem(t *testing.T) {
	w := newWorld(t)
	n := w.takenIn("王秀兰", "13800138000")
	b := w.browser()
	who := b.coded("13800138000").want(200, w.T("who.lead.claim", "Phone", "138 **** 8000")).hides("王秀兰", "王*兰")
	if got := who.form("/who").values.Get("person"); got != views.ClaimPerson {
		t.Errorf("chosen is %q", got)
	}
	b.sound("/who")
	who.post("/who", "name", "").wrong(422, "name", w.T("fault.who.claim.name"))
	for range 4 {
		who.post("/who", "name", "王秀").wrong(422, "name", w.T("fault.who.claim.wrong"), "person", views.ClaimPerson, "name", "王秀")
	}
	if p := b.do("GET", "/case/"+n, nil); p.status != 303 {
		t.Errorf("seen before it was claimed: %d", p.status)
	}
	who.send("/who", "name", "王 秀兰").want(200, board.Number(n).Grouped(), w.T("cases.typed"))
	b.get("/case/"+n).want(200, said)
	b.get("/me").want(200).hides(w.T("who.claim.label"))
	if p := w.browser().coded("13800138000"); !strings.Contains(p.text(), w.T("cases.title")) {
		t.Errorf("the next login asks again:\n%s", p.text())
	}
}

func TestAfterFiveWrongNamesItWaits(t *testing.T) {
	w := newWorld(t)
	w.takenIn("王秀兰", "13800138000")
	b := w.browser()
	who := b.coded("13800138000")
	for range 5 {
		who.post("/who", "name", "李").want(422)
	}
	who.post("/who", "name", "王秀兰").want(429, w.T("fault.who.claim.wait", "Count", 60))
	who.send("/who", "person", "new", "name", "李大山").want(200, w.T("cases.empty")) // and yet they can go on
}

func TestARelativeActsAndMayNotDoEverything(t *testing.T) {
	w := newWorld(t)
	mother := w.browser().logIn("13800138000")
	mother.get("/me").send("/me", "name", "王秀兰", "tell", "read").want(200)
	n := mother.file()
	mother.sound("/me")
	mother.sound("/me/family")
	form := mother.get("/me").get(mother.get("/me").link(w.T("family.title"))).want(200, w.T("family.none"))
	form.post("/me/family", "name", "", "phone", "137 0013 7000", "scope", "act").wrong(422, "name", w.T("fault.kin.name"), "phone", "137 0013 7000", "scope", "act")
	form.post("/me/family", "name", "儿子", "phone", "13700137000").wrong(422, "scope", w.T("fault.kin.scope"))
	form.post("/me/family", "name", "儿子", "phone", "13800138000", "scope", "act").wrong(422, "phone", w.T("fault.kin.same"))
	form.send("/me/family", "name", "儿子", "phone", "137 0013 7000", "scope", "act").want(200, w.T("flash.done"), "儿子", "137 **** 7000")
	form.send("/me/family", "name", "儿子", "phone", "137 0013 7000", "scope", "act").want(200) // a second click
	mother.sound("/me/family")

	son := w.browser()
	who := son.coded("13700137000").want(200, w.T("who.act.label", "Name", "王*兰")).hides("王秀兰")
	house, err := w.office.Household(ctx, w.who(son))
	w.must(err)
	if len(house.Acts) != 1 || len(house.People) != 1 {
		t.Fatalf("%+v", house)
	}
	who.send("/who", "person", house.Acts[0].ID.String()).want(200, w.T("top.for", "Name", "王秀兰"), board.Number(n).Grouped())
	son.get("/case/"+n).want(200, said, w.T("top.for", "Name", "王秀兰"))
	me := son.get("/me").want(200, w.T("top.for", "Name", "王秀兰")).hides(w.T("family.title"), w.T("change.title"), w.T("parent.title"))
	son.sound("/me")
	for _, path := range []string{"/me/family", "/me/phone", "/me/parent"} {
		son.do("GET", path, nil).want(403, w.T("fault.deed.own"))
		son.do("POST", path, son.post(w, path, "name", "某某", "phone", "13600136000", "scope", "act")).want(403, w.T("fault.deed.own"))
	}
	son.do("POST", "/me/phone/keep", son.post(w, "/me/phone/keep")).want(403)
	check := son.get("/file").send("/file", "kind", "help", "body", "水管也漏了", "public", views.PublicPrivate)
	check.send("/file/check").want(422, w.T("fault.filing.private.agent"))
	check = son.get("/file").send("/file", "kind", "help", "body", "水管也漏了", "public", "no").want(200, w.T("top.for", "Name", "王秀兰"))
	filed := son.number(check.post("/file/check"))
	son.get("/receipt/"+filed).want(200, w.T("receipt.pin.kin"), w.T("receipt.next.told", "Told", w.T("tell.read.label"))).hides("138 **** 8000")
	mother.get("/case/"+filed).want(200, "水管也漏了", w.T("history.kin"))
	me.get("/who").want(200).send("/who", "person", house.People[0].ID.String()).want(200, w.T("cases.empty")).hides(w.T("top.for.change"))

	mother.get("/me/family").send("/me/family/free").want(200, w.T("family.none"))
	son.get("/who").want(200).hides("王*兰")
}

func TestAChildFilesForAParentWhoReadsTheCodeOut(t *testing.T) {
	w := newWorld(t)
	child := w.browser().logIn("13700137000")
	child.sound("/me/parent")
	ask := child.get("/me/parent").want(200, w.T("parent.self.label"))
	ask.post("/me/parent", "name", "", "phone", "138", "self", "小明").wrong(422, "name", w.T("fault.parent.name"), "phone", "138", "self", "小明")
	ask.post("/me/parent", "name", "王秀兰", "phone", "13800138000").wrong(422, "self", w.T("fault.parent.self"), "name", "王秀兰")
	ask.post("/me/parent", "name", "王秀兰", "phone", "13700137000", "self", "小明").wrong(422, "phone", w.T("fault.parent.same"))
	code := ask.send("/me/parent", "name", "王秀兰", "phone", "13800138000", "self", "小明").want(200, "138 **** 8000", "王秀兰")
	if n := len(code.body); n > budget("/me/parent/code") {
		t.Errorf("the code's page has %d bytes", n)
	}
	code.post("/me/parent/code", "code", "12 34 56").wrong(422, "code", w.T("fault.consent.shape"))
	wrong := "0000"
	right := w.code("13800138000")
	if right == wrong {
		wrong = "0001"
	}
	code.post("/me/parent/code", "code", wrong).wrong(422, "code", w.T("fault.code.wrong", "Count", 4))
	code.post("/me/parent/code", "code", right, "attempt", "made-up").want(410, w.T("fault.code.over"))
	code.send("/me/parent/code", "code", right).want(200, w.T("top.for", "Name", "王秀兰"))
	check := child.get("/file").send("/file", "kind", "help", "body", said, "public", "no").want(200, said)
	n := child.number(check.post("/file/check"))
	e := w.events(n)[0]
	if e.Actor == e.Subject || e.Grant.IsZero() || e.Subject != w.who(child).Person || e.Actor != w.who(child).Agent {
		t.Errorf("the record says %+v", e.Header)
	}

	mother := w.browser()
	mother.coded("13800138000").want(200, w.T("who.lead.claim", "Phone", "138 **** 8000")).
		send("/who", "name", "王秀兰").want(200, board.Number(n).Grouped())
	mother.get("/me/family").want(200, "小明", w.T("family.scope.act.label"))
}

// events are those of a case.
func (w *world) events(n string) []board.Event {
	w.t.Helper()
	v, err := w.office.Case(ctx, w.as("desk"), board.Number(n))
	w.must(err)
	return v.Events
}

func TestTheNumberIsChangedAndTheOldOneUndoesIt(t *testing.T) {
	w := newWorld(t)
	old := w.browser().logIn("13800138000")
	n := old.file()
	old.sound("/me/phone")
	ask := old.get("/me").get("/me/phone").want(200, "138 **** 8000")
	ask.post("/me/phone", "phone", "139").wrong(422, "phone", w.T("fault.phone.short", "Digits", 3), "phone", "139")
	ask.post("/me/phone", "phone", "13800138000").wrong(422, "phone", w.T("fault.change.same"))
	code := ask.send("/me/phone", "phone", "139 0013 9000").want(200, "139 **** 9000")
	code.post("/me/phone/code", "code", "1234").wrong(422, "code", w.T("fault.code.shape"))
	code.post("/me/phone/code", "code", w.code("13900139000"), "attempt", "made-up").want(410, w.T("fault.code.over"))
	code.send("/me/phone/code", "code", w.code("13900139000")).want(200, w.T("flash.done"), w.T("change.running"), w.T("change.keep"))
	old.sound("/me")

	now := w.browser()
	now.coded("13900139000").want(200, board.Number(n).Grouped())
	now.get("/me").want(200, w.T("change.running")).hides(w.T("change.keep"))
	now.get("/me/phone").send("/me/phone", "phone", "13600136000").want(409, w.T("fault.change.running"))

	old.get("/me").send("/me/phone/keep").want(200, w.T("flash.done")).hides(w.T("change.running"))
	now.get("/cases").want(200, w.T("who.title")) // the other number is nobody's now
	now.do("GET", "/case/"+n, nil).want(303)
	w.clock.add(board.UndoChange)
	old.get("/case/"+n).want(200, said)
}

func TestTheWindowChangesANumber(t *testing.T) {
	w := newWorld(t)
	owner := w.browser().logIn("13800138000")
	n := owner.file() // as 王秀兰
	desk := w.browser().enter("phone")
	desk.sound("/desk/phone")
	form := desk.get("/desk/intake").get(desk.get("/desk/intake").link(w.T("move.nav"))).want(200)
	form.post("/desk/phone", "of", n, "name", "王秀兰", "phone", "13900139000").
		wrong(422, "checked", w.T("fault.move.checked"), "of", n, "name", "王秀兰", "phone", "13900139000")
	form.post("/desk/phone", "of", n, "name", "李大山", "phone", "13900139000", "checked", "yes").wrong(422, "of", w.T("fault.move.nobody"), "checked", "yes")
	done := form.send("/desk/phone", "of", board.Number(n).Grouped(), "name", "王秀兰", "phone", "13900139000", "checked", "yes").want(200, w.T("flash.done"))
	done.hides("138 0013 8000", "138 **** 8000", said) // it says nothing of whose it was
	now := w.browser()
	now.coded("13900139000").want(200, board.Number(n).Grouped())
	owner.get("/me").want(200, w.T("change.keep"))
}
