package web

import (
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

// opens comes to a case with number and PIN, as somebody without a phone does.
func (w *world) opens(n string) *browser {
	w.t.Helper()
	letter, err := w.office.Letter(ctx, office.Box, board.Number(n))
	w.must(err)
	b := w.browser()
	b.get("/lookup").send("/lookup", "number", n, "pin", letter.PIN).want(200, board.Number(n).Grouped())
	return b
}

// later is a case that a helper filed and whose person has not said yet that
// it is theirs.
func (w *world) later() (n string, helper *browser) {
	w.t.Helper()
	helper = w.browser().enter("help")
	return helper.helped(helper.begins("孙有田", "").reads(said).post("/assist/read", "later", "x")), helper
}

// days moves the clock over so many days, in which nobody does anything.
func (w *world) days(n int) { w.clock.add(time.Duration(n) * 24 * time.Hour) }

func TestThePersonSaysThatItIsTheirs(t *testing.T) {
	w := newWorld(t)
	n, helper := w.later()
	helper.get("/assist/case/" + n).want(403)
	own := w.opens(n)
	page := own.get("/case/"+n).want(200, w.T("typed.by", "By", "李梅（帮办员）"), w.T("typed.stamp.pending"), w.T("confirm.button"), w.T("disown.button"))
	if strings.Contains(page.text(), said) {
		t.Error("number and PIN open the words")
	}
	own.sound("/case/" + n + "/confirm")
	own.sound("/case/" + n + "/disown")
	own.get("/case/"+n+"/confirm").want(200, w.T("confirm.lead", "By", "李梅（帮办员）")).
		send("/case/"+n+"/confirm").want(200, w.T("flash.done")).hides(w.T("typed.stamp.pending"), w.T("confirm.button"))
	if c := w.byNumber(n); c.Standing != board.Confirmed {
		t.Errorf("it is %s", c.Standing)
	}
	own.get("/case/"+n+"/confirm").want(200, w.T("typed.title")) // said once: the page leads back

	// From now on the helper may read it, and the person can end that.
	helper.get("/assist/case/"+n).want(200, board.Number(n).Grouped()).hides(w.T("event.charged")) // whom an operator will call is not theirs to know
	looks := own.get("/case/"+n+"/looks").want(200, "李梅（帮办员）", w.T("looks.case"), w.T("looks.refused"))
	own.sound("/case/" + n + "/endhelp")
	end := own.get(looks.link(w.T("endhelp.title"))).want(200, "李梅（帮办员）")
	end.send("/case/"+n+"/endhelp").want(200, w.T("flash.done"))
	helper.get("/assist/case/" + n).want(403)
	own.get("/case/" + n + "/looks").want(200).hides(w.T("endhelp.title"))
}

func TestNotMeFreezesAndTheDeskAsksThroughSomebodyElse(t *testing.T) {
	w := newWorld(t)
	n, helper := w.later()
	own := w.opens(n)
	own.get("/case/"+n+"/disown").want(200).send("/case/"+n+"/disown", "words", "我没有请人写过。").
		want(200, w.T("typed.stamp.frozen"), w.T("confirm.button")).hides(w.T("disown.button"))
	helper.get("/assist/case/" + n).want(403)

	desk := w.browser().enter("desk")
	desk.get("/desk?desk=frozen").want(200, board.Number(n).Grouped(), w.T("desk.section.frozen"))
	at := "/desk/case/" + n
	page := desk.get(at).want(200, w.T("standing.frozen"), "李梅（帮办员）", w.T("means.pending"), "我没有请人写过。")
	page.post(at+"/confirm", "through", "", "words", "是我说的").wrong(422, "confirm-through", w.T("fault.confirm.through"), "words", "是我说的")
	page.post(at+"/confirm", "through", "钱多打的电话", "words", "").wrong(422, "confirm-words", w.T("fault.confirm.words"), "through", "钱多打的电话")
	desk.get(at).post(at+"/void").wrong(422, "void-sure", w.T("fault.void.sure"))
	desk.get(at).send(at+"/confirm", "through", "钱多，9月17日打的电话", "words", "是我请她写的，刚才按错了").
		want(200, w.T("flash.done"), "钱多，9月17日打的电话", "刚才按错了").hides(w.T("standing.frozen.what", "Date", ""))
	if c := w.byNumber(n); c.Standing != board.Confirmed {
		t.Errorf("it is %s", c.Standing)
	}
	own.get("/case/" + n).want(200).hides(w.T("typed.stamp.frozen"))
}

func TestWhatWasNotTheirsIsErased(t *testing.T) {
	w := newWorld(t)
	n, helper := w.later()
	own := w.opens(n)
	own.get("/case/"+n+"/disown").send("/case/"+n+"/disown", "words", "")
	desk := w.browser().enter("desk")
	at := "/desk/case/" + n
	page := desk.get(at).send(at+"/void", "sure", "yes").want(200, w.T("standing.void"))
	for _, gone := range []string{said, "孙有田", "东关村", "路灯"} {
		if strings.Contains(page.body, gone) {
			t.Errorf("the page still says %q", gone)
		}
	}
	own.get("/case/"+n).want(200, w.T("typed.void")).hides(w.T("confirm.button"), w.T("disown.button"), "路灯")
	helper.get("/assist").send("/assist/end").want(200).hides("孙有田")
	watch := w.browser().enter("watch")
	watch.get("/patterns").want(200, "李梅", w.T("patterns.void"))
	watch.get("/patterns/"+w.member("help").ID.String()).want(200, board.Number(n).Grouped(), w.T("standing.void"))
}

func TestWhatNobodyConfirmsComesToTheDesk(t *testing.T) {
	w := newWorld(t)
	n, _ := w.later()
	at := "/desk/case/" + n
	w.browser().enter("desk").get("/desk?desk=unconfirmed").want(200, w.T("desk.empty"))
	w.browser().enter("desk").get(at).want(200, w.T("standing.pending")).hides(w.T("deed.proceed.title"), w.T("deed.void.title"))
	w.days(30)
	desk := w.browser().enter("desk")
	desk.get("/desk?desk=unconfirmed").want(200, board.Number(n).Grouped())
	w.opens(n).get("/case/"+n).want(200, w.T("typed.asking"))
	page := desk.get(at)
	page.post(at+"/proceed", "words", "").wrong(422, "proceed-words", w.T("fault.proceed.words"))
	page.send(at+"/proceed", "words", "打了三次没有人接，灯还是要修。").want(200, w.T("standing.proceeded"), "灯还是要修")
	desk.get("/desk?desk=unconfirmed").want(200, w.T("desk.empty"))
	if c := w.byNumber(n); c.Counts() {
		t.Error("what nobody confirmed is in the measures")
	}
	w.opens(n).get("/case/"+n).want(200, w.T("typed.asking"), w.T("confirm.button"))
}

// A browser on which staff log in is not the person's own hand: there nobody is
// asked whether it is theirs, and a rating is set apart.
func TestOnADeviceOfTheStaff(t *testing.T) {
	w := newWorld(t)
	n, _ := w.later()
	letter, err := w.office.Letter(ctx, office.Box, board.Number(n))
	w.must(err)
	b := w.browser().enter("phone")
	b.get("/").send("/logout")
	b.get("/lookup").send("/lookup", "number", n, "pin", letter.PIN).want(200, w.T("typed.device")).hides(w.T("confirm.button"))
	own := w.opens(n)
	own.get("/case/" + n + "/confirm").send("/case/" + n + "/confirm")
	w.replied(n)
	own.get("/case/" + n + "/rate").want(200).hides(w.T("rate.apart"))
	b.get("/case/"+n+"/rate").want(200, w.T("rate.apart")).send("/case/"+n+"/rate", "solved", "yes").want(200)
	if r := w.byNumber(n).Rating; r == nil || !r.Apart || !r.Device {
		t.Errorf("the rating is %+v", r)
	}
}

func TestTheUnitComplainedAboutIsNotOffered(t *testing.T) {
	w := newWorld(t)
	helper := w.browser().enter("help")
	words := helper.begins("孙有田", "").want(200)
	words.send("/assist/words", "body", said, "kind", "complain", "about", w.units[0].String()).want(200, said)
	n := helper.helped(helper.get("/assist/read").post("/assist/read", "with-witness", "x", "witness", "孙大姐"))
	if c := w.byNumber(n); c.About != w.units[0] || !c.Confidential {
		t.Fatalf("it is about %v, confidential %v", c.About, c.Confidential)
	}
	at := "/desk/case/" + n
	desk := w.browser().enter("desk")
	page := desk.get(at).want(200, w.T("standing.about"))
	if strings.Contains(page.body, `value="`+w.units[0].String()+`"`) || strings.Contains(page.body, "co-"+w.units[0].String()) {
		t.Error("the unit is offered all the same")
	}
	page.post(at+"/assign", "unit", w.units[0].String()).wrong(422, "assign-unit", w.T("fault.assign.about"))
	desk.get(at).send(at+"/assign", "unit", w.units[1].String()).want(200)
	w.browser().enter("unit").get(at).want(404)
	w.browser().enter("other").get(at).want(200, said).hides("孙有田")
}

// A complaint about the county desk passes the county desk by, from the first
// page to the rating.
func TestAComplaintAboutTheCountyDesk(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.sound("/about-desk")
	b.get("/help").want(200).link(w.T("aboutdesk.title"))
	login := b.get("/about-desk").post("/about-desk").want(403, w.T("login.title"))
	file := login.send("/login", "phone", "13800138000").send("/login/code", "code", w.code("13800138000")).want(200, w.T("file.title"))
	b.get("/about-desk").want(200, w.T("aboutdesk.chosen"))
	b.sound("/about-desk")
	check := file.send("/file", "kind", "complain", "body", "总台三天没有看我的留言。", "name", "王秀兰").want(200, w.T("check.about.desk"))
	n := b.number(check.post("/file/check"))
	at := "/desk/case/" + n
	grouped := board.Number(n).Grouped()
	for _, login := range []string{"desk", "review"} {
		k := w.browser().enter(login)
		k.get(at).want(404)
		for _, s := range w.who(k).Shelves() {
			k.get(shelfPath(s)).want(200).hides(grouped)
		}
		path := at + "/assign"
		if p := k.do("POST", path, k.post(w, path, "unit", w.units[0].String())); p.status != 404 && p.status != 403 {
			t.Errorf("%s may assign it: %d", login, p.status)
		}
	}
	watch := w.browser().enter("watch")
	watch.get("/desk").want(200, grouped, w.T("desk.section.inspector"))
	watch.get(at).want(200, w.T("standing.about.desk"), "王秀兰").send(at+"/assign", "unit", w.units[0].String()).want(200)
	unit := w.as("unit")
	w.must(w.office.SignFor(ctx, unit, board.Number(n), w.form()))
	w.must(w.office.Answer(ctx, unit, board.Number(n), w.form(), board.Reply{Found: "当天有人漏看了。", Done: "已经批评，今天看过了。", Contact: "督办科 0300-800 1000"}))
	w.browser().enter("review").get("/desk").want(200).hides(grouped)
	watch.get(at).want(200).send(at + "/approve").want(200)
	b.get("/case/"+n+"/rate").want(200).send("/case/"+n+"/rate", "solved", "yes").want(200)
}

// The mark can be taken back before it is sent.
func TestADraftIsNoLongerAboutTheDesk(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	b.get("/about-desk").send("/about-desk").want(200, w.T("file.title"))
	b.get("/about-desk").want(200, w.T("aboutdesk.chosen")).send("/about-desk").want(200, w.T("file.title")).
		send("/file", "kind", "help", "body", said).want(200, said).hides(w.T("check.about.desk"))
}

func TestPatternsAreAnInspectors(t *testing.T) {
	w := newWorld(t)
	helper := w.browser().enter("help")
	for i, name := range []string{"甲大爷", "乙大爷", "丙大爷", "丁大爷", "戊大爷"} {
		n := helper.helped(helper.begins(name, "").reads(said+name).post("/assist/read", "later", "x"))
		if i < 2 {
			w.opens(n).get("/case/" + n + "/disown").send("/case/" + n + "/disown")
		}
	}
	watch := w.browser().enter("watch")
	watch.sound("/patterns")
	watch.sound("/patterns/" + w.member("help").ID.String())
	page := watch.get("/desk").want(200)
	watch.get(page.link(w.T("patterns.title"))).want(200, "李梅", w.T("patterns.alarm"))
	watch.get("/patterns/"+w.member("help").ID.String()).want(200, w.T("patterns.of", "Name", "李梅")).hides("甲大爷")
	watch.get("/patterns/nobody").want(404)
	w.browser().enter("lead").get("/patterns").want(403)
}

// Of who was erased the desk sees that there was a message, and that it is gone;
// who has the receipt finds nothing.
func TestWhatWasErasedShowsNothing(t *testing.T) {
	w := newWorld(t)
	n, helper := w.later()
	own := w.opens(n)
	person, _, err := w.office.Named(ctx, board.Number(n))
	w.must(err)
	_, err = w.office.ErasePerson(ctx, office.Box, person, false)
	w.must(err)
	desk := w.browser().enter("desk")
	page := desk.get("/desk/case/"+n).want(200, w.T("standing.erased"), w.T("event.erased"), w.T("event.filed"))
	for _, gone := range []string{said, "孙有田", "东关村", "路灯"} {
		if strings.Contains(page.body, gone) {
			t.Errorf("the page still says %q", gone)
		}
	}
	if strings.Contains(page.body, `action="/desk/case/`+n) {
		t.Error("something can still be done to it")
	}
	own.get("/case/" + n).want(404)
	helper.get("/assist/case/" + n).want(403)
	helper.get("/assist").want(200).hides("孙有田")
	for _, role := range []string{"watch", "desk"} {
		w.browser().enter(role).get("/desk?desk=newest").want(200, w.T("standing.erased")).hides("孙有田")
	}
}
