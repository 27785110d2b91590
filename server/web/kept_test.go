package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"lianxin/server/board"
)

// sent is a filing on its check page, ready to go.
func (b *browser) ready() *page {
	b.t.Helper()
	return b.get("/file").send("/file", "kind", "help", "body", said, "place", "城关镇").want(200, said)
}

func TestTheSameFormFiftyTimesAtOnce(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	check := b.ready()
	form := check.form("/file/check").values
	var all sync.WaitGroup
	to := make(chan string, 50)
	for range 50 {
		all.Go(func() {
			req, err := http.NewRequest("POST", "http://"+w.addr+"/file/check", strings.NewReader(form.Encode()))
			if err != nil {
				t.Error(err)
				return
			}
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			resp, err := b.http.Do(req)
			if err != nil {
				t.Error(err)
				return
			}
			resp.Body.Close()
			to <- fmt.Sprint(resp.StatusCode, " ", resp.Header.Get("Location"))
		})
	}
	all.Wait()
	close(to)
	seen := map[string]bool{}
	for answer := range to {
		seen[answer] = true
	}
	cases, err := w.office.Cases(ctx, w.who(b))
	w.must(err)
	if len(cases) != 1 || len(seen) != 1 || !seen["303 /receipt/"+string(cases[0].Number)] {
		t.Errorf("%d cases, answers %v", len(cases), seen)
	}
}

func TestTheBackButton(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	filing := b.get("/file")
	check := filing.send("/file", "kind", "help", "body", said).want(200)
	n := b.number(check.post("/file/check"))
	if again := b.number(check.post("/file/check")); again != n {
		t.Errorf("sent again it is case %s, was %s", again, n)
	}
	// Further back: the same words in the form they were typed into.
	twice := filing.send("/file", "kind", "help", "body", said).want(200)
	asked := twice.post("/file/check").want(409, board.Number(n).Grouped())
	if more := b.number(asked.post("/file/check")); more == n {
		t.Error("whoever insists is not heard")
	}
	// Other words, and then the check page of the first time.
	filing.send("/file", "kind", "ask", "body", "另一件事，想问问低保怎么办").want(200)
	mixed := check.post("/file/check").want(409, board.Number(n).Grouped(), "低保")
	other := b.number(mixed.post("/file/check"))
	b.get("/case/"+other).want(200, "低保")
	cases, err := w.office.Cases(ctx, w.who(b))
	w.must(err)
	if len(cases) != 3 {
		t.Errorf("%d cases, want 3", len(cases))
	}
}

// A form that meets an ended session: the words go through the login and are
// read once more; nothing acts by itself.
func TestWordsOutliveTheSession(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	filing, step := b.get("/file"), b.get("/file/step/words")
	b.get("/cases").send("/logout").want(200, w.T("home.title"))

	login := filing.post("/file", "kind", "complain", "body", said, "village", "东关村").want(403, w.T("login.kept"))
	code := login.send("/login", "phone", "13800138000").want(200, w.T("code.title"))
	code = code.send("/login/code", "code", "000000").want(422)
	w.clock.add(2 * time.Minute)
	code = code.send("/login/code/again").want(200, w.T("flash.code-again"))
	check := code.send("/login/code", "code", b.code("13800138000")).want(200, w.T("check.title"), said, "东关村", w.T("kind.complain"))
	if cases, err := w.office.Cases(ctx, w.who(b)); err != nil || len(cases) != 0 {
		t.Errorf("a form acted by itself: %d cases, %v", len(cases), err)
	}
	b.number(check.post("/file/check"))

	w.clock.add(8 * 24 * time.Hour)
	login = step.post("/file/step/words", "body", "路灯又坏了").want(403, w.T("login.kept"))
	w.clock.add(time.Minute)
	b.get("/login")
	page := login.send("/login", "phone", "13800138000").send("/login/code", "code", b.code("13800138000"))
	page.want(200, "路灯又坏了", w.T("file.title"))
}

func TestACheckOutlivesTheSession(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	check := b.ready()
	b.get("/cases").send("/logout")
	login := check.post("/file/check").want(403)
	w.clock.add(2 * time.Minute)
	page := login.send("/login", "phone", "13800138000").send("/login/code", "code", b.code("13800138000"))
	page.want(200, w.T("check.title"), said)
	b.number(page.post("/file/check"))
}

func TestARatingOutlivesTheSession(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	n := w.answered(b)
	rate := b.get("/case/" + n + "/rate").want(200)
	w.clock.add(8 * 24 * time.Hour)
	login := rate.post("/case/"+n+"/rate", "solved", "partly", "words", "还有一盏没亮").want(403, w.T("login.kept"))
	page := login.send("/login", "phone", "13800138000").send("/login/code", "code", b.code("13800138000"))
	v := page.want(200, w.T("flash.kept")).form("/case/" + n + "/rate").values
	if v.Get("solved") != "partly" || v.Get("words") != "还有一盏没亮" {
		t.Errorf("kept %v", v)
	}
	page.send("/case/"+n+"/rate").want(200, w.T("outcome.partly"))
}

// answered leads a new case of b's to its answer.
func (w *world) answered(b *browser) string {
	w.t.Helper()
	n := b.file()
	at := "/desk/case/" + n
	w.browser().enter("desk").get(at).send(at+"/assign", "unit", w.units[0].String()).want(200)
	unit := w.browser().enter("unit")
	unit.get(at).send(at + "/sign").want(200)
	unit.get(at).send(at+"/answer", "found", "电缆老化", "done", "已换好", "contact", "李建平").send(at + "/answer").want(200)
	w.browser().enter("review").get(at).send(at + "/approve").want(200)
	return n
}

func TestAReplyOutlivesTheSessionOfItsWriter(t *testing.T) {
	w := newWorld(t)
	n := w.browser().logIn("13800138000").file()
	at := "/desk/case/" + n
	w.browser().enter("desk").get(at).send(at+"/assign", "unit", w.units[0].String())
	unit := w.browser().enter("unit")
	form := unit.get(at).send(at + "/sign").want(200)
	w.clock.add(45 * time.Minute)
	login := form.post(at+"/answer", "found", "五盏灯的电缆老化", "done", "周五换").want(403, w.T("login.kept"))
	digits := w.digits("unit")
	page := login.send("/staff/login", "name", "unit", "password", "wrong", "code", digits).want(403, w.T("fault.staff.refused"))
	page = page.send("/staff/login", "name", "unit", "password", w.staff["unit"].Password, "code", digits)
	v := page.want(200, w.T("flash.kept"), "五盏灯的电缆老化").form(at + "/answer").values
	if v.Get("done") != "周五换" {
		t.Errorf("kept %v", v)
	}
	page.send(at+"/answer", "contact", "李建平").want(200, w.T("preview.title"))
	// The way to a page is remembered too.
	w.clock.add(45 * time.Minute)
	login = unit.get(at).want(200, w.T("staff.title"))
	login.send("/staff/login", "name", "unit", "password", w.staff["unit"].Password, "code", w.digits("unit")).want(200, said)
}

func TestADeedThatCameTooLate(t *testing.T) {
	w := newWorld(t)
	n := w.browser().logIn("13800138000").file()
	at := "/desk/case/" + n
	w.browser().enter("desk").get(at).send(at+"/assign", "unit", w.units[0].String())
	unit, colleague := w.browser().enter("unit"), w.browser().enter("unit")
	unit.get(at).send(at + "/sign").want(200)
	slow := colleague.get(at).want(200)
	unit.get(at).send(at+"/answer", "found", "电缆老化", "done", "已换好", "contact", "李建平").send(at + "/answer").want(200)
	slow.post(at+"/progress", "note", "已约电工周五到场").want(409, w.T("fault.deed.moved-on"), "已约电工周五到场")
	// The same deed from the same form is no second deed.
	review := w.browser().enter("review").get(at)
	review.post(at+"/return", "reason", "没有日期").want(303)
	review.post(at+"/return", "reason", "没有日期").want(303)
	v, err := w.office.Case(ctx, w.who(review.browser), board.Number(n))
	w.must(err)
	if v.Case.Returns != 1 {
		t.Errorf("returned %d times", v.Case.Returns)
	}
}

func TestHTTP10WithoutAnything(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	form := url.Values{"token": {w.token(b, "")}, "kind": {"help"}, "body": {said}}.Encode()
	post := func(path, body string) (int, string) {
		return w.raw(fmt.Sprintf("POST %s HTTP/1.0\r\nCookie: s=%s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
			path, b.cookie("s"), len(body), body))
	}
	if status, answer := post("/file", form); status != 303 || !strings.Contains(answer, "Location: /file/check") {
		t.Fatalf("%d\n%s", status, answer)
	}
	send := url.Values{"token": {w.token(b, "")}, "once": {w.token(b, "/file/check")}}.Encode()
	if status, answer := post("/file/check", send); status != 303 || !strings.Contains(answer, "Location: /receipt/") {
		t.Errorf("%d\n%s", status, answer)
	}
}

func TestAFullDisk(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	n := b.file()
	check := b.get("/file").send("/file", "kind", "ask", "body", "另一件事").want(200)
	filing := b.get("/file")
	w.clock.add(2 * time.Hour) // a visit would be noted
	w.engine.full.Store(true)
	b.get("/case/"+n).want(200, said)
	b.get("/cases").want(200)
	kept := filing.post("/file", "kind", "ask", "body", "第三件事").want(503, w.T("fault.not-saved"))
	if v := kept.form("/file").values; v.Get("body") != "第三件事" {
		t.Errorf("lost: %v", v)
	}
	again := check.post("/file/check").want(503, w.T("fault.not-saved"), "另一件事")
	w.engine.full.Store(false)
	b.number(again.post("/file/check"))
	kept.post("/file").want(303)
}

// What somebody typed stands on the page of a mistake of ours, in their
// language; the log has one line of it, and nothing of theirs.
func TestAPanicKeepsTheWords(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	filing := b.get("/file")
	b.head["Accept-Language"] = "en"
	before := strings.Count(w.log.String(), "\n")
	w.engine.falls.Store(true)
	filing.post("/file", "kind", "ask", "title", "路灯", "body", "第三件事").want(500, w.words.Words("en").T("refused.accident"), "路灯", "第三件事")
	said := w.log.String()
	if n := strings.Count(said, "\n") - before; n != 1 || strings.Contains(said, "第三") || strings.Contains(said, "王") || strings.Contains(said, "1380013") {
		t.Errorf("%d lines in the log:\n%s", n, said)
	}
	filing.post("/file", "kind", "ask", "body", "第三件事").want(303)
}

func TestNoBrowserWithoutCookiesGoesRoundInCircles(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.http.Jar = nil
	p := b.get("/login")
	for range 2 {
		p = p.post("/login", "phone", "13800138000").want(422, w.T("fault.form.cookies"), "0300-800 1234")
	}
}

func TestLoggedOut(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	n := b.file()
	p := b.get("/case/" + n)
	b.do("POST", "/logout", url.Values{}).want(422, w.T("logout.title"))
	b.get("/cases").want(200, w.T("cases.title"))
	p.send("/logout").want(200, w.T("home.title"))
	for _, path := range []string{"/case/" + n, "/cases", "/receipt/" + n, "/file"} {
		if p := b.do("GET", path, nil); p.status != 303 {
			t.Errorf("%s after the log-out: %d", path, p.status)
		}
	}
}

// Every form of a resident that bears words, met by the end of a session.
func TestEveryResidentsWordsOutliveTheSession(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	n := b.file()
	add, object := "/case/"+n+"/add", "/case/"+n+"/object"
	adding := b.get(add)
	w.clock.add(8 * 24 * time.Hour)
	login := adding.post(add, "words", "昨晚又有人摔了").want(403, w.T("login.kept"), w.T("login.slip"))
	page := login.send("/login", "phone", "13800138000").send("/login/code", "code", b.code("13800138000"))
	page.want(200, w.T("flash.kept"), "昨晚又有人摔了")
	if b.get("/case/" + n).want(200); strings.Contains(b.get("/case/"+n).text(), "昨晚又有人摔了") {
		t.Error("a form acted by itself")
	}
	page.send(add).want(200, "昨晚又有人摔了")

	w.decline(n, "法院判决以前，县里不能另外作决定。")
	objecting := b.get(object).want(200)
	w.clock.add(8 * 24 * time.Hour)
	login = objecting.post(object, "words", "早就撤案了").want(403, w.T("login.kept"))
	page = login.send("/login", "phone", "13800138000").send("/login/code", "code", b.code("13800138000"))
	page.want(200, w.T("flash.kept"), "早就撤案了").send(object).want(200, w.T("next.objection"))
}

func TestWordsOfWhoeverCameWithThePIN(t *testing.T) {
	w := newWorld(t)
	owner := w.browser().logIn("13800138000")
	n := owner.file()
	add, pin := "/case/"+n+"/add", w.pin(owner, n)
	slip := w.opened(n, pin)
	adding := slip.get(add)
	w.clock.add(45 * time.Minute)
	login := adding.post(add, "words", "昨晚又有人摔了").want(403, w.T("login.slip"))
	look := login.post("/lookup").want(200, w.T("lookup.kept"))
	if v := look.form("/lookup").values; v.Get("number") != board.Number(n).Grouped() {
		t.Errorf("the number is asked again: %v", v)
	}
	look = look.post("/lookup", "pin", "12").wrong(422, "pin", w.T("fault.pin.shape"))
	look.send("/lookup", "pin", pin).want(200, w.T("flash.kept"), "昨晚又有人摔了").send(add).want(200, w.T("event.added"))
	owner.get("/case/"+n).want(200, "昨晚又有人摔了")

	// Whoever logs in instead, and is somebody else, has their words back.
	adding = slip.get(add).want(200)
	w.clock.add(45 * time.Minute)
	login = adding.post(add, "words", "还有一句").want(403)
	login.send("/login", "phone", "13900139000").send("/login/code", "code", slip.code("13900139000")).want(404, "还有一句").hides(said)
}

func TestWordsOfOneOfAFamily(t *testing.T) {
	w := newWorld(t)
	b := w.family("13800138000")
	house, err := w.office.Household(ctx, w.who(b))
	w.must(err)
	son := house.People[1].ID.String()
	filing := b.get("/who").send("/who", "person", son).get("/file").want(200)
	b.get("/cases").send("/logout")
	login := filing.post("/file", "kind", "ask", "body", said).want(403, w.T("login.kept"))
	w.clock.add(5 * time.Minute)
	who := login.send("/login", "phone", "13800138000").send("/login/code", "code", b.code("13800138000")).want(200, w.T("who.title"))
	who = who.post("/who", "person", "new").wrong(422, "name", w.T("fault.who.name"))
	who.send("/who", "person", son).want(200, w.T("check.title"), said)
	// A form that meets a phone of several, and nobody has said who is there.
	filing = b.get("/file")
	w.clock.add(5 * time.Minute)
	b.get("/cases").send("/logout")
	b.get("/login").send("/login", "phone", "13800138000").send("/login/code", "code", b.code("13800138000")).want(200, w.T("who.title"))
	asked := filing.post("/file", "kind", "ask", "body", "后来写的").want(403, w.T("who.title"))
	asked.send("/who", "person", son).want(200, "后来写的")
}
