package web

import (
	"slices"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

// masked is 13900139000 as the pages show it.
var masked = board.Phone("13900139000").Masked()

// begins is the way of a helper to the words of somebody new.
func (b *browser) begins(name, phone string, pairs ...string) *page {
	b.t.Helper()
	tell := "text"
	if phone == "" {
		tell = "read"
	}
	who := append([]string{"name", name, "place", "城关镇", "village", "东关村", "phone", phone, "tell", tell}, pairs...)
	return b.get("/assist/new").send("/assist/new", who...)
}

// reads is the way from the words to the page that is read aloud.
func (p *page) reads(body string, pairs ...string) *page {
	p.t.Helper()
	return p.want(200).send("/assist/words", append([]string{"body", body}, pairs...)...).want(200, body)
}

// helped is the number on the receipt that a page leads to.
func (b *browser) helped(p *page) string {
	b.t.Helper()
	n, ok := strings.CutPrefix(p.header.Get("Location"), "/assist/receipt/")
	if p.status != 303 || !ok {
		b.t.Fatalf("no receipt: %d %s\n%s", p.status, p.header.Get("Location"), p.text())
	}
	return n
}

// consents sends the code, and files with what the phone got.
func (p *page) consents(phone string, pairs ...string) string {
	p.t.Helper()
	code := p.send("/assist/read", append([]string{"code", "x"}, pairs...)...).want(200, p.T("assist.code.none"))
	return p.helped(code.post("/assist/code", "code", p.code(phone)))
}

// aide is a helper with a case of their own, and with a session under way that
// waits for the code.
func (w *world) aide() *browser {
	b := w.browser().enter("help")
	w.helped = b.begins("张大爷", "13500135000").reads(said).consents("13500135000")
	b.begins("李奶奶", "13400134000").reads(said).send("/assist/read", "code", "x").want(200, w.T("assist.code.none"))
	return b
}

// replied leads a case to an answer that its person may be told.
func (w *world) replied(n string) {
	w.t.Helper()
	w.assign(n)
	number, unit := board.Number(n), w.as("unit")
	w.must(w.office.SignFor(ctx, unit, number, w.form()))
	w.must(w.office.Answer(ctx, unit, number, w.form(), board.Reply{Found: "到现场看过，五盏灯不亮。", Done: "昨天已经全部换好。", Contact: "路灯所 老李，0300-800 1102"}))
	w.must(w.office.Approve(ctx, w.as("review"), number, w.form()))
}

func TestAHelperFilesForSomebodyNewAndForThemAgain(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("help")
	b.get("/desk").want(200, w.T("assist.title"), w.T("assist.none"))

	words := b.begins("王秀兰", "139 0013 9000").want(200, w.T("assist.words.title", "Name", "王秀兰"), "王秀兰（东关村）")
	read := words.reads(said, "kind", "complain", "village", "东关村供销社").want(200, "王秀兰，您要说的是（投诉）", "东关村供销社", masked)
	code := read.send("/assist/read", "code", "x", "public", "yes", "hide", "yes").want(200, masked)
	code.post("/assist/code", "code", "").wrong(422, "code", w.T("fault.code.empty"))
	number := b.helped(code.post("/assist/code", "code", w.code("13900139000")))
	receipt := b.get("/assist/receipt/"+number).want(200, board.Number(number).Grouped(), "李梅", w.T("tell.text.label"), w.county().Hotline)
	if strings.Contains(receipt.text(), w.T("assist.receipt.pending")) || strings.Contains(receipt.text(), "路灯") {
		t.Errorf("the receipt tells too much:\n%s", receipt.text())
	}
	for n := range receipt.tree.Descendants() {
		if attr(n, "class") == "paper" && strings.Contains(inner(n), "王秀兰") {
			t.Error("whoever finds the paper reads whose it is")
		}
	}
	c := w.byNumber(number)
	if c.Standing != board.Confirmed || !c.MayShow || !c.Confidential || c.Village != "东关村供销社" || c.Kind != board.Complain {
		t.Errorf("filed is %+v", c)
	}

	b.get("/").send("/assist/end").want(200, "王秀兰", masked).hides(w.T("assist.end"))
	for _, q := range []string{"王秀", "东关", "9000", "９０００"} {
		b.get("/assist?q="+q).want(200, w.T("assist.begin", "Name", "王秀兰"))
	}
	b.get("/assist?q=张").want(200, w.T("assist.q.none")).hides("王秀兰")
	again := b.get("/assist").send("/assist/start").want(200, w.T("assist.words.title", "Name", "王秀兰"))
	if v := again.form("/assist/words").values; v.Get("village") != "东关村" || v.Get("place") != "城关镇" || v.Get("kind") != "help" {
		t.Errorf("what is known of them is asked again: %v", v)
	}
	w.clock.add(6 * time.Minute)
	second := again.reads("井盖没了。").consents("13900139000")
	if w.byNumber(second).Person != c.Person {
		t.Error("the same person was entered twice")
	}
}

func (w *world) byNumber(n string) (c *board.Case) {
	w.t.Helper()
	v, err := w.office.Case(ctx, w.as("desk"), board.Number(n))
	w.must(err)
	return v.Case
}

// Somebody without a telephone: a witness, or later by themselves. Who could not
// show it lets the helper file this one thing and read nothing.
func TestConsentWithoutATelephone(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("help")
	read := b.begins("孙有福", "").reads(said)
	if _, ok := read.form("/assist/read").values["code"]; ok || strings.Contains(read.body, `name="code"`) {
		t.Error("a code is offered where there is no phone")
	}
	read.post("/assist/read", "with-witness", "x").wrong(422, "witness", w.T("fault.assist.witness"))
	read.post("/assist/read", "with-paper", "x").wrong(422, "paper", w.T("fault.assist.serial"))
	for _, name := range []string{"李梅", "孙有福"} {
		read.post("/assist/read", "with-witness", "x", "witness", name).wrong(422, "witness", w.T("fault.assist.witness-other"), "witness", name)
	}
	n := b.helped(read.post("/assist/read", "with-witness", "x", "witness", "孙大姐"))
	b.get("/assist/receipt/"+n).want(200, w.T("tell.read.label"))
	b.get("/assist/case/"+n).want(200, "孙有福")

	w.clock.add(11 * time.Minute)
	later := b.helped(b.begins("孙有田", "").reads("想问一问低保。", "kind", "ask").post("/assist/read", "later", "x", "public", "yes"))
	b.get("/assist/receipt/"+later).want(200, w.T("assist.receipt.pending"), "10月8日")
	b.get("/assist").want(200, "孙有福").hides("孙有田，")
	b.do("GET", "/assist/case/"+later, nil).want(403, w.T("fault.assist.scope"))
	if c := w.byNumber(later); c.Standing != board.Pending || c.MayShow {
		t.Errorf("filed is %+v", c)
	}
	if p := b.begins("钱桂花", "13700137000").reads("路太黑。").post("/assist/read", "code", "x", "witness", "孙大姐"); p.status != 422 {
		t.Errorf("whoever typed a witness and pressed Enter sent a text: %d", p.status)
	} else {
		p.wrong(422, "witness", w.T("fault.assist.which"), "witness", "孙大姐")
	}
}

func TestWordsThatWereNotReadBackAreNotFiled(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("help")
	read := b.begins("王秀兰", "13900139000").reads(said)
	code := read.send("/assist/read", "code", "x").want(200)
	sent := w.code("13900139000")
	b.get("/assist/words").send("/assist/words", "body", "别的话。").want(200)
	if p := code.post("/assist/code", "code", sent); p.status == 303 {
		t.Error("words were filed that nobody consented to")
	}
	code = b.get("/assist/read").send("/assist/read", "code", "x").want(200)
	b.get("/assist/words").send("/assist/words", "about", "desk").want(200, w.T("assist.about.desk"))
	if p := code.post("/assist/code", "code", w.code("13900139000")); p.status == 303 {
		t.Error("of whom it is was changed behind the person's back")
	}
	code = b.get("/assist/read").send("/assist/read", "code", "x").want(200)
	for range 5 {
		code.post("/assist/code", "code", "0000x").want(422)
	}
	code.post("/assist/code", "code", w.code("13900139000")).want(429, w.T("fault.assist.tries"))
	w.clock.add(5 * time.Minute)
	b.get("/assist/read").want(200)
	w.clock.add(20 * time.Minute)
	b.get("/assist")
	w.clock.add(15 * time.Minute)
	b.get("/assist/code").want(200, w.T("assist.title"))
}

// Half an hour without a press of a button ends the session; what was typed is
// given back, and what was kept before lies there for a week.
func TestAHelpingSessionEndsByItself(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("help")
	b.begins("王秀兰", "13900139000").reads(said)
	words := b.get("/assist/words")
	w.clock.add(20 * time.Minute)
	b.get("/assist") // a look keeps the helper logged in, and is no help
	w.clock.add(15 * time.Minute)
	words.post("/assist/words", "body", "还有一件事。").want(410, w.T("fault.assist.none"), "还有一件事。").hides(w.T("assist.end"))
	b.get("/assist/words").want(200, w.T("assist.title"))
	b.get("/assist/receipt/" + strings.Repeat("1", 11)).want(404)
	if v := b.begins("王秀兰", "13900139000").form("/assist/words").values; v.Get("body") != said {
		t.Errorf("what was typed is gone: %v", v)
	}
}

func TestTheBannerStandsOnEveryPage(t *testing.T) {
	w := newWorld(t, demo)
	b := w.aide()
	path := w.paths(w.helped)
	for _, rt := range w.site.routes {
		if rt.method != "GET" || rt.page == nil {
			continue
		}
		if p := b.do("GET", path.Replace(rt.path), nil); p.status == 200 && !strings.Contains(p.body, `action="/assist/end"`) {
			t.Errorf("%s does not say for whom the helper writes", rt.path)
		} else if p.status == 200 {
			p.want(200, "李奶奶（东关村）")
		}
	}
	w.browser().enter("aid").get("/assist").want(200).hides("李奶奶", `action="/assist/end"`)
}

func TestReadingAnAnswerAloud(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("help")
	wang := b.begins("王秀兰", "13900139000", "tell", "read").reads(said).consents("13900139000")
	w.clock.add(11 * time.Minute)
	sun := b.begins("孙有福", "").reads("井盖没了。").post("/assist/read", "with-witness", "x", "witness", "孙大姐")
	n := b.helped(sun)
	b.get("/assist/tasks").want(200, w.T("assist.tasks.none"))
	b.get("/assist/case/"+wang).want(200, said[:30]).hides(w.T("assist.readout"))
	w.replied(wang)
	w.replied(n)
	b.get("/assist").want(200, w.T("assist.tasks.count", "Count", 2), w.T("assist.read.count", "Count", 1))
	b.get("/assist/tasks").want(200, "王秀兰", "孙有福")

	c := b.get("/assist/case/"+wang).want(200, "五盏灯不亮", w.T("letter.rate"), w.T("assist.readout"))
	at := "/assist/case/" + wang + "/readout"
	c.post(at, "day", "昨天").wrong(422, "readout-day", w.T("fault.readout.at"), "day", "昨天")
	c.post(at, "day", "2027-01-01").want(422)
	c.send(at, "how", "phone", "words", "知道了，谢谢。").want(200, w.T("flash.done"), "孙有福").hides("王秀兰")
	if f := b.get("/assist/case/" + wang); strings.Contains(f.body, at) {
		t.Error("it is read aloud twice")
	}
	back := "/assist/case/" + n + "/passback"
	b.get("/assist/case/"+n).post(back, "reason", "").wrong(422, "passback-reason", w.T("fault.passback.reason"))
	b.get("/assist/case/"+n).send(back, "reason", "这几天我不在村里。").want(200, w.T("assist.tasks.none"))
	for _, p := range []string{"/assist", "/assist/tasks", "/assist/case/" + wang, "/assist/receipt/" + wang} {
		b.sound(p, "到现场看过，五盏灯不亮。")
	}
	rates := b.get("/assist/case/" + wang).body
	if strings.Contains(rates, "solved") || strings.Contains(rates, "/rate") {
		t.Error("a helper is asked whether it is solved")
	}
}

// papers prints a series and hands it to a member of staff.
func (w *world) papers(kind board.PaperKind, login string) []office.Sealed {
	w.t.Helper()
	desk := w.as("desk").Actor
	series, sealed, err := w.office.PrintSeries(ctx, desk, kind, 3)
	w.must(err)
	w.must(w.office.HandOut(ctx, desk, series.ID, 1, 2, w.member(login).ID.String()))
	return sealed
}

// A paper is used once, by the helper to whom it was handed, for what it is.
func TestPapersOfAHelper(t *testing.T) {
	w := newWorld(t)
	slips, sheets := w.papers(board.Slip, "help"), w.papers(board.ConsentPaper, "help")
	b := w.browser().enter("help")
	read := b.begins("孙有福", "").reads(said)
	wrong := func(field, fault string, pairs ...string) {
		t.Helper()
		read.post("/assist/read", append([]string{"with-paper", "x"}, pairs...)...).wrong(422, field, w.T("fault."+fault))
	}
	wrong("paper", "paper.kind", "paper", string(slips[0].Serial))
	wrong("paper", "paper.not-yours", "paper", string(sheets[2].Serial))
	wrong("slip", "paper.kind", "paper", string(sheets[0].Serial), "slip", string(sheets[1].Serial))
	wrong("paper", "paper.unknown", "paper", string(board.NewSerial(board.ConsentPaper, 9, 1)))
	n := b.helped(read.post("/assist/read", "with-paper", "x", "paper", sheets[0].Serial.Grouped(), "slip", slips[0].Serial.Grouped()))
	c := w.byNumber(n)
	if g := c.Filing(); g == nil || g.Means != board.ByPaper || g.Serial != sheets[0].Serial || c.Slip != slips[0].Serial {
		t.Errorf("filed is %+v", c)
	}
	w.browser().get("/lookup").send("/lookup", "number", n, "pin", slips[0].PIN).want(200, w.T("state.received"))
	w.clock.add(11 * time.Minute)
	read = b.begins("孙有田", "").reads("井盖没了。")
	wrong("paper", "paper.used", "paper", string(sheets[0].Serial))
	wrong("slip", "paper.used", "paper", string(sheets[1].Serial), "slip", string(slips[0].Serial))
}

// What a helper may not do is refused in plain words, remembered, and seen by
// the person.
func TestWhatAHelperMayNot(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("help")
	b.begins("周老汉", "13900139000", "place", "东关镇", "village", "西村").wrong(422, "village", w.T("fault.assist.area"), "village", "西村", "name", "周老汉")
	read := b.begins("周老汉", "13900139000", "place", "东关镇", "village", "西村", "other", "yes").reads(said)
	read.post("/assist/read", "with-witness", "x", "witness", "孙大姐").want(403, w.T("fault.assist.elsewhere"))
	n := read.consents("13900139000")

	aid := w.browser().enter("aid")
	own := aid.begins("吴婶", "13700137000", "place", "东关镇", "village", "西村").reads("水利局不管。", "kind", "complain", "about", w.units[1].String())
	own.post("/assist/read", "with-witness", "x", "witness", "孙大姐").want(403, w.T("fault.assist.own-unit"))
	own.post("/assist/read", "code", "x").want(403, w.T("fault.assist.own-unit"))
	aid.do("GET", "/assist/case/"+n, nil).want(403, w.T("fault.assist.no-grant"))
	aid.do("GET", "/assist/receipt/"+n, nil).want(404)
	b.do("GET", "/desk/case/"+n, nil).want(403)
	if p := b.do("POST", "/assist/start", b.post(w, "/assist/start", "person", w.byNumber(w.browser().logIn("13600136000").file()).Person.String())); p.status != 403 {
		t.Errorf("a session for a stranger's person: %d", p.status)
	}
}

// A helper can never learn a PIN: it is on none of the pages they can open, in
// none of the texts, and in nothing that is printed.
func TestNoPageOfAHelperHoldsAPIN(t *testing.T) {
	w := newWorld(t, demo)
	b := w.aide()
	witness := b.helped(b.begins("孙有福", "").reads("井盖没了。").post("/assist/read", "with-witness", "x", "witness", "孙大姐"))
	later := b.helped(b.begins("孙有田", "").reads("想问一问低保。").post("/assist/read", "later", "x"))
	slips, sheets := w.papers(board.Slip, "help"), w.papers(board.ConsentPaper, "help")
	paper := b.helped(b.begins("钱桂花", "").reads("路太黑。").post("/assist/read", "with-paper", "x",
		"paper", sheets[0].Serial.Grouped(), "slip", slips[0].Serial.Grouped()))
	b.get("/assist/receipt/"+paper).want(200, slips[0].Serial.Grouped())
	w.replied(w.helped)
	numbers := []string{w.helped, witness, later, paper}
	var pins []string
	for _, s := range slips {
		pins = append(pins, s.PIN, groupPIN(s.PIN))
	}
	for _, n := range numbers {
		letter, err := w.office.Letter(ctx, office.Box, board.Number(n))
		w.must(err)
		pins = append(pins, letter.PIN, groupPIN(letter.PIN))
	}
	seen := 0
	for _, n := range numbers {
		path := w.paths(n, ":step", "words", ":role", "helper")
		for _, rt := range w.site.routes {
			if rt.method != "GET" || rt.page == nil {
				continue
			}
			for _, more := range []string{"", "?paper=80", "?q=孙"} {
				p := b.do("GET", path.Replace(rt.path)+more, nil)
				if p.status == 200 {
					seen++
				}
				for _, pin := range pins {
					if strings.Contains(p.text(), pin) {
						t.Errorf("%s holds the PIN", p.path)
					}
				}
			}
		}
	}
	if seen < 60 {
		t.Errorf("only %d pages were read: this test has gone blind", seen)
	}
	_, err := w.office.Post(ctx, func(t store.Text) string {
		for _, v := range t.Args {
			if slices.Contains(pins, v) {
				return "PIN"
			}
		}
		return t.Args["Code"]
	}, w.phones)
	w.must(err)
	for _, text := range w.phones.texts {
		if text.Text == "PIN" {
			t.Error("a text holds the PIN")
		}
	}
}
