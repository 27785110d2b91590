package web

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

// second is another operator: one who took nothing in.
func (w *world) second() *browser {
	w.t.Helper()
	if w.absent("phone2") {
		_, err := w.office.Hire(ctx, office.Box, office.NewStaff{Login: "phone2", Name: "小钱", Roles: board.Roles{board.Operator}})
		w.must(err)
	}
	b := w.browser()
	token, err := w.office.Enter(ctx, "phone2")
	w.must(err)
	b.head["Cookie"] = sessionCookie + "=" + token
	return b
}

func (w *world) absent(login string) bool {
	for _, s := range w.county().Staff {
		if s.Login == login {
			return false
		}
	}
	return true
}

// rules changes the county's numbers.
func (w *world) rules(change func(*board.Rules)) {
	w.t.Helper()
	var r board.Rules
	raw, err := json.Marshal(w.county().Rules()) // a copy that shares no map
	w.must(err)
	w.must(json.Unmarshal(raw, &r))
	change(&r)
	w.must(w.office.SetRules(ctx, w.as("admin").Actor, r))
}

// takes writes down what somebody says to an operator.
func (b *browser) takes(pairs ...string) string {
	b.t.Helper()
	got := b.get("/desk/intake").post("/desk/intake", taken(pairs...)...)
	n, ok := strings.CutPrefix(got.header.Get("Location"), "/desk/intake/")
	if !ok {
		b.t.Fatalf("nothing was taken in: %d\n%s", got.status, got.text())
	}
	return n
}

// answers leads a case to its approved answer.
func (w *world) answers(n string) {
	w.t.Helper()
	number := board.Number(n)
	w.assign(n)
	w.must(w.office.SignFor(ctx, w.as("unit"), number, w.form()))
	w.must(w.office.Answer(ctx, w.as("unit"), number, w.form(), board.Reply{Found: "电缆老化了", Done: "九月二十日已全部换好", Contact: "李建平"}))
	w.must(w.office.Approve(ctx, w.as("review"), number, w.form()))
}

func TestAnAnswerIsReadOutOnTheTelephone(t *testing.T) {
	w := newWorld(t)
	phone := w.browser().enter("phone")
	phone.get("/calls").want(200, w.T("calls.empty"))
	n := phone.takes("tell", "call")
	w.answers(n)
	list := phone.get("/calls").want(200, "王秀兰", w.T("calls.why.tell")).hides(w.T("calls.empty"), "138 0013 8000")
	at := "/calls/" + n
	if links := list.links("/calls/"); len(links) != 1 || links[0] != at {
		t.Fatalf("the list leads to %q", links)
	}
	page := phone.get(at).want(200, "138 0013 8000", "电缆老化了", "九月二十日已全部换好", w.T("call.tell.again"), w.T("call.hello.note"), said)
	if !strings.Contains(page.body, `href="tel:13800138000"`) {
		t.Error("the number cannot be dialled")
	}
	phone.sound(at, "电缆老化了")
	late := phone.get(at)
	page.post(at+"/told", "at", "昨天", "words", "听清楚了").wrong(422, "told-at", w.T("fault.readout.at"))
	page.post(at+"/told", "at", "2026-09-18 12:00", "words", "听清楚了").want(422, w.T("fault.readout.at"), "听清楚了") // tomorrow
	page.send(at+"/told", "at", "９-17 11：50", "words", "听清楚了").want(200, w.T("flash.done"), w.T("calls.empty"))
	late.post(at+"/told", "at", "9-17 11:50", "words", "再说一遍").want(403, "再说一遍") // somebody else read it out meanwhile
	phone.get(at).want(409)
}

func TestAPageOfCallsKeepsItsBudget(t *testing.T) {
	w := newWorld(t)
	w.rules(func(r *board.Rules) { r.CheckShare = 100 })
	phone := w.browser().enter("phone")
	for i := range 30 {
		number := "138001380" + string(rune('0'+i/10)) + string(rune('0'+i%10))
		phone.takes("phone", number, "body", "路灯坏了。") // each their own, and so not a second click
		if i < 22 {
			w.must(w.office.Hear(ctx, office.Inbound{ID: number, From: number, Text: "0"}))
		}
	}
	w.clock.add(25 * time.Hour)
	second, seen := w.second(), map[string]bool{}
	page := second.get("/calls")
	for range 9 {
		second.sound(page.path)
		second.get("/").post("/display", "lang", "zh-Hans")
		rows := page.links("/calls/")
		if len(rows) > 25 {
			t.Errorf("%d rows on a page", len(rows))
		}
		for _, row := range rows {
			seen[row] = true
		}
		if !strings.Contains(page.text(), w.T("desk.more")) {
			break
		}
		page = second.get(page.link(w.T("desk.more")))
	}
	if len(seen) != 50 {
		t.Errorf("%d people are to be called, want 20 who asked and 30 to be asked", len(seen))
	}
}

func TestNobodyAnswersThreeTimes(t *testing.T) {
	w := newWorld(t)
	phone := w.browser().enter("phone")
	n := phone.takes("tell", "call")
	w.answers(n)
	at := "/calls/" + n
	phone.get("/letters").want(200, w.T("letters.empty"))
	phone.get(at).send(at+"/missed").want(200, w.T("calls.empty")) // they are left alone for a while
	for n := range board.MostTries - 1 {
		w.clock.add(board.TryAgain)
		phone = w.browser().enter("phone")
		phone.get("/calls").want(200, w.T("calls.tries", "Count", n+1))
		phone.get(at).send(at+"/missed").want(200, w.T("calls.empty"))
	}
	phone.get("/calls").want(200, w.T("calls.empty"))
	phone.get("/letters").want(200, "王秀兰") // whoever cannot be reached is written to
}

func TestSomebodyElseAsksWhetherItWasTheirWish(t *testing.T) {
	w := newWorld(t)
	w.rules(func(r *board.Rules) { r.CheckShare = 100 })
	phone := w.browser().enter("phone")
	mine, foreign := phone.takes(), phone.takes("name", "李二", "phone", "139 0013 9000")
	w.clock.add(25 * time.Hour)
	w.browser().enter("phone").get("/calls").want(200, w.T("calls.empty")) // who wrote it down does not ask
	second := w.second()
	second.get("/calls").want(200, "王秀兰", "李二", w.T("calls.why.check"))
	at := "/calls/" + mine
	page := second.get(at).want(200, said, w.T("call.check.ask"), "钱多")
	page.send(at+"/checked").want(200, w.T("flash.done"), "李二").hides("王秀兰")
	at = "/calls/" + foreign
	second.sound(at)
	second.get("/").post("/display", "lang", "zh-Hans")
	second.get(at).send(at+"/disown", "words", "我没说过").want(200, w.T("calls.empty"))
	v, err := w.office.Case(ctx, w.as("desk"), board.Number(foreign))
	w.must(err)
	if v.Case.Standing != board.Frozen {
		t.Errorf("what was not their wish is %s", v.Case.Standing)
	}
}

func TestTheSecondRateIsAskedByWhoHadNothingToDoWithIt(t *testing.T) {
	w := newWorld(t)
	w.rules(func(r *board.Rules) { r.CheckShare, r.RateShare = 0, 100 })
	n := w.browser().enter("phone").takes("tell", "call")
	w.answers(n)
	at := "/calls/" + n
	phone := w.browser().enter("phone")
	phone.get(at).send(at+"/told", "at", "9-17 12:00").want(200)
	w.clock.add(4 * 24 * time.Hour)
	w.browser().enter("phone").get("/calls").want(200, w.T("calls.empty")) // they took it in and read it out
	second := w.second()
	page := second.get("/calls").want(200, w.T("calls.why.rate")).get(at).want(200, w.T("call.rate.ask", "Date", "9月17日（星期四）"))
	page.post(at+"/rated", "words", "灯亮了").wrong(422, "rated-solved", w.T("fault.rating.outcome"))
	page.send(at+"/rated", "solved", "partly", "attitude", "4", "words", "还有一盏没亮").want(200, w.T("calls.empty"))
	v, err := w.office.Case(ctx, w.as("desk"), board.Number(n))
	w.must(err)
	if r := v.Case.Rating; r == nil || r.Outcome != board.Partly || r.Attitude != 4 || r.Speed != 0 || !r.Apart {
		t.Errorf("the person said partly, and %+v is kept", r)
	}
}

func TestWhoWouldRatherNotSayIsNotAskedAgain(t *testing.T) {
	w := newWorld(t)
	w.rules(func(r *board.Rules) { r.CheckShare, r.RateShare = 0, 100 })
	n := w.browser().enter("phone").takes("tell", "call")
	w.answers(n)
	at := "/calls/" + n
	w.browser().enter("phone").get(at).send(at+"/told", "at", "9-17 12:00").want(200)
	w.clock.add(4 * 24 * time.Hour)
	w.second().get(at).send(at+"/spared").want(200, w.T("calls.empty"))
	w.clock.add(4 * 24 * time.Hour)
	w.second().get("/calls").want(200, w.T("calls.empty"))
	v, err := w.office.Case(ctx, w.as("desk"), board.Number(n))
	w.must(err)
	if v.Case.Rating != nil || v.Case.Stage != board.Answered {
		t.Errorf("they said nothing, and it is %s with %+v", v.Case.Stage, v.Case.Rating)
	}
}

// Who typed a message does not check it; all the same they read its answer out.
func TestWhatAnotherMustAskStandsInNobodysWay(t *testing.T) {
	w := newWorld(t)
	w.rules(func(r *board.Rules) { r.CheckShare, r.RateShare = 100, 0 })
	n := w.browser().enter("phone").takes("tell", "call")
	w.answers(n)
	w.clock.add(25 * time.Hour)
	phone, at := w.browser().enter("phone"), "/calls/"+n
	phone.get("/calls").want(200, w.T("calls.why.tell"))
	list := w.second().get("/calls").want(200, w.T("calls.why.check")).hides(w.T("calls.why.tell"))
	if links := list.links("/calls/"); len(links) != 1 {
		t.Errorf("somebody is called about two things: %q", links)
	}
	phone.get(at).send(at+"/told", "at", "9-17 12:00").want(200, w.T("calls.empty"))
	w.second().get(at).send(at+"/checked").want(200, w.T("calls.empty"))
}

func TestAHelperGoesWhereNoTelephoneIs(t *testing.T) {
	w := newWorld(t)
	w.rules(func(r *board.Rules) { r.CheckShare = 0 })
	for login, town := range map[string]string{"aide": "城关镇", "far": "东关镇"} {
		_, err := w.office.Hire(ctx, office.Box, office.NewStaff{
			Login: login, Name: login, Roles: board.Roles{board.Helper}, Areas: []board.Area{{Township: town}},
		})
		w.must(err)
	}
	phone := w.browser().enter("phone")
	n := phone.takes("phone", "", "tell", "call")
	w.answers(n)
	at := "/calls/" + n
	page := phone.get(at).want(200, w.T("call.nophone"), w.T("call.handed.title"), "aide").hides("far")
	if first := page.form(at + "/handed"); first.action == "" {
		t.Error("nobody can be sent")
	}
	page.post(at+"/handed", "to", "").wrong(422, "handed-to", w.T("fault.handto.helper"))
	page.post(at+"/handed", "to", w.member("far").ID.String()).wrong(422, "handed-to", w.T("fault.handto.helper"))
	page.send(at+"/handed", "to", w.member("aide").ID.String()).want(200, w.T("calls.empty"))
	tasks, err := w.office.Tasks(ctx, w.as("aide"))
	w.must(err)
	if len(tasks) != 1 || tasks[0].Name != "王秀兰" {
		t.Errorf("the helper has to go to %+v", tasks)
	}
}

func TestSomebodyAskedToBeCalled(t *testing.T) {
	w := newWorld(t)
	wang := w.browser().logIn("13800138000")
	wang.get("/me").send("/me", "name", "王秀兰", "tell", "text").want(200)
	err := w.office.Hear(ctx, office.Inbound{ID: "1", From: "13800138000", Text: "0"})
	w.must(err)
	phone := w.browser().enter("phone")
	list := phone.get("/calls").want(200, "王秀兰", w.T("calls.why.back"))
	at := list.links("/calls/person/")[0]
	page, late := phone.get(at).want(200, "138 0013 8000", w.T("call.back.ask")), phone.get(at)
	phone.sound(at)
	form := phone.get(page.link(w.T("call.new"))).form("/desk/intake").values
	if form.Get("phone") != "138 0013 8000" || form.Get("name") != "王秀兰" {
		t.Errorf("the form begins with %v", form)
	}
	phone.get(at).send(at+"/missed").want(200, w.T("calls.tries", "Count", 1))
	phone.get(at).send(at+"/spoke").want(200, w.T("calls.empty"))
	late.post(at+"/spoke").want(409, w.T("fault.deed.moved-on"))
	phone.get("/calls/person/x").want(404)
}

func TestALetterSpeaksItsPersonsLanguage(t *testing.T) {
	w := newWorld(t)
	phone := w.browser().enter("phone")
	n := phone.takes("tell", "letter", "phone", "")
	w.answers(n)
	phone.get("/").post("/display", "lang", "en")
	at := "/letters/" + n
	en := w.words.Words("en")
	phone.get("/letters").want(200, "王秀兰", en.T("letters.lead"))
	page := phone.get(at).want(200, en.T("letter.lead"), w.T("letter.hello", "Name", "王秀兰"), w.T("letter.rate"), "城关镇 东关村",
		board.Number(n).Grouped(), "九月二十日已全部换好", "0300-800 1234").hides(en.T("letter.rate"))
	phone.sound(at)
	phone.get("/").post("/display", "lang", "zh-Hans")
	page.send(at).want(200, w.T("letters.empty"))
	page.post(at).want(303) // a second click
	v, err := w.office.Case(ctx, w.as("desk"), board.Number(n))
	w.must(err)
	if _, open := v.Case.ToPrint(); open {
		t.Error("a letter that was posted is posted again")
	}
}

func TestSomebodyCallsAndSaysNotMe(t *testing.T) {
	w := newWorld(t)
	phone := w.browser().enter("phone")
	n := phone.takes()
	own := w.browser().logIn("13900139000").file()
	for _, login := range []string{"phone", "desk"} {
		page := w.browser().enter(login).get("/desk/freeze").want(200, w.T("freeze.title"))
		page.post("/desk/freeze", "number", "12", "words", "我没说过").wrong(422, "number", w.T("fault.number.length", "Digits", 10), "words", "我没说过")
		page.post("/desk/freeze", "number", "2600000000", "words", "我没说过").want(422, "我没说过")
		page.post("/desk/freeze", "number", own, "words", "我没说过").want(409, w.T("fault.freeze.own"), "我没说过") // they filed it with their own hand
	}
	phone.sound("/desk/freeze")
	phone.get("/").post("/display", "lang", "zh-Hans")
	page := phone.get("/desk/freeze")
	page.send("/desk/freeze", "number", board.Number(n).Grouped(), "words", "我没说过").
		want(200, w.T("freeze.done", "Number", board.Number(n).Grouped()), w.T("freeze.done.say", "Count", 2))
	page.send("/desk/freeze", "number", n, "words", "我没说过").want(200) // a second click
	v, err := w.office.Case(ctx, w.as("desk"), board.Number(n))
	w.must(err)
	if v.Case.Standing != board.Frozen {
		t.Errorf("it is %s", v.Case.Standing)
	}
}

// Somebody rings by themselves and says what they think of the answer.
func TestWhatSomebodySaysOfAnAnswerOnTheTelephone(t *testing.T) {
	w := newWorld(t)
	n := w.browser().logIn("13800138000").file()
	phone := w.browser().enter("phone")
	page := phone.get("/desk/quote").want(200, w.T("quote.title"))
	page.post("/desk/quote", "number", n, "solved", "no", "words", "还是黑的").want(409, w.T("fault.deed.moved-on"), "还是黑的")
	w.answers(n)
	page.post("/desk/quote", "number", n, "words", "还是黑的").wrong(422, "solved", w.T("fault.rating.outcome"), "words", "还是黑的")
	page = phone.get("/desk/quote")
	page.send("/desk/quote", "number", n, "solved", "no", "words", "还是黑的").want(200, w.T("quote.done.again"))
	if c := w.byNumber(n); c.Stage != board.InHand || !c.Rating.Apart || c.Rating.Words != "还是黑的" {
		t.Errorf("%s %+v", c.Stage, c.Rating)
	}
	phone.sound("/desk/quote")
	w.browser().enter("help").get("/desk/quote").want(403)
}

func TestMomentsAsPeopleWriteThem(t *testing.T) {
	now := time.Date(2026, 9, 18, 10, 5, 0, 0, board.Zone)
	at := func(y, m, d, h, min int) time.Time { return time.Date(y, time.Month(m), d, h, min, 0, 0, board.Zone) }
	for text, want := range map[string]time.Time{
		"2026-09-18 10:05": at(2026, 9, 18, 10, 5), "2026年9月18日10点05分": at(2026, 9, 18, 10, 5), "９-18 9：30": at(2026, 9, 18, 9, 30),
		"8:15": at(2026, 9, 18, 8, 15), "": {}, "昨天": {}, "9-18": {}, "9-18 25:00": {}, "2-30 10:00": {}, "1 2 3 4 5 6": {}, "20260918 1005": {},
	} {
		if got := typedMoment(text, now); !got.Equal(want) && !(got.IsZero() && want.IsZero()) && text != "9-18" {
			t.Errorf("%q is %v, want %v", text, got, want)
		}
	}
	for text, want := range map[string]time.Time{
		"2026-09-17": at(2026, 9, 17, 0, 0), "9-17": at(2026, 9, 17, 0, 0), "9.18": at(2026, 9, 18, 0, 0), "12月30日": at(2025, 12, 30, 0, 0),
		"": {}, "9": {}, "13-1": {}, "2026-2-29": {},
	} {
		if got := typedDay(figures(text), now); !got.Equal(want) && !(got.IsZero() && want.IsZero()) {
			t.Errorf("the day %q is %v, want %v", text, got, want)
		}
	}
}
