package web

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"lianxin/server/board"
)

// wrong holds a page with an error to what a person needs: the mark in the
// title, the summary first, the same sentence at the field, every answer kept.
func (p *page) wrong(status int, field, sentence string, kept ...string) *page {
	p.t.Helper()
	p.want(status, sentence)
	title, summary, atField := "", false, false
	for n := range p.tree.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch {
		case n.Data == "title":
			title = inner(n)
		case attr(n, "id") == "errs":
			summary = strings.Contains(inner(n), sentence)
		case attr(n, "id") == "f-"+field+"-e":
			atField = strings.Contains(inner(n), sentence)
		}
	}
	if !strings.HasPrefix(title, p.T("top.error")) || !summary {
		p.t.Errorf("%s: title %q, in the summary: %v", p.path, title, summary)
	}
	if field != "" && !atField {
		p.t.Errorf("%s: %q does not stand at the field %s", p.path, sentence, field)
	}
	for i := 0; i < len(kept); i += 2 {
		if got := p.form(p.path).values.Get(kept[i]); got != kept[i+1] {
			p.t.Errorf("%s: %s was %q and is %q", p.path, kept[i], kept[i+1], got)
		}
	}
	return p
}

func TestWrongPhones(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	for typed, id := range map[string]string{
		"": "phone.empty", "   ": "phone.empty", "13800": "phone.short", "+1 212 555 0100": "phone.foreign",
		"0311-86048890": "phone.landline", "12345678901": "phone.mobile", "一三八": "phone.signs",
	} {
		sentence := w.T("fault."+id, "Digits", 5)
		b.get("/login").post("/login", "phone", typed).wrong(422, "phone", sentence, "phone", typed)
	}
	for _, typed := range []string{"１３８ ００１３ ８０００", "+86 138-0013-8000", "(138)00138000"} {
		w.browser().get("/login").send("/login", "phone", typed).want(200, w.T("code.title"), "138 **** 8000")
	}
}

func TestWrongCodes(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	p := b.get("/login").send("/login", "phone", "13800138000")
	right := board.Digits(b.code("13800138000"))
	wrong := "000000"
	if right == wrong {
		wrong = "000001"
	}
	p = p.post("/login/code", "code", "").wrong(422, "code", w.T("fault.code.empty"))
	p = p.post("/login/code", "code", "四八二").wrong(422, "code", w.T("fault.code.shape"), "code", "四八二")
	p = p.post("/login/code", "code", wrong).wrong(422, "code", w.T("fault.code.wrong", "Count", 4), "code", wrong)
	w.clock.add(11 * time.Minute)
	p.post("/login/code", "code", right).wrong(410, "code", w.T("fault.code.old"), "code", right)

	late := w.browser()
	p = late.get("/login").send("/login", "phone", "13900139000")
	code := late.code("13900139000")
	typed := []rune(strings.ReplaceAll(code, " ", "-"))
	for i, r := range typed {
		if r >= '0' && r <= '9' {
			typed[i] = r - '0' + '０'
		}
	}
	p.send("/login/code", "code", string(typed)).want(200, w.T("cases.title"))
	p.do("POST", "/login/code", p.form("/login/code").values)
	// The code's page is left open for an hour.
	open := w.browser()
	p = open.get("/login").send("/login", "phone", "13700137000")
	w.clock.add(time.Hour)
	p.post("/login/code", "code", "123456").want(410, w.T("fault.code.over"), w.T("login.title"))
}

func TestAnotherBrowsersAttempt(t *testing.T) {
	w := newWorld(t)
	owner := w.browser()
	attempt := owner.get("/login").send("/login", "phone", "13800138000").form("/login/code").values.Get("attempt")
	thief := w.browser()
	p := thief.get("/login").send("/login", "phone", "13900139000")
	if p.post("/login/code", "attempt", attempt, "code", owner.code("13800138000")); thief.cookie(sessionCookie) != "" {
		t.Error("a code that another browser asked for lets this one in")
	}
}

func TestWrongFilings(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	long := strings.Repeat("长", 2001)
	for _, c := range []struct{ field, value, id string }{
		{"body", "", "filing.body.empty"}, {"body", " \n　\u200b", "filing.body.empty"}, {"kind", "", "filing.kind"}, {"kind", "riot", "filing.kind"},
		{"place", "别的县", "filing.township"}, {"public", "maybe", "filing.public"}, {"body", long, "long"}, {"title", strings.Repeat("题", 31), "long"},
		{"remark", strings.Repeat("注", 201), "long"}, {"village", strings.Repeat("村", 41), "long"},
	} {
		over := map[string]int{"body": 2000, "title": 30, "remark": 200, "village": 40}[c.field]
		sentence := w.T("fault."+c.id, "Max", over, "Over", 1)
		form := []string{"kind", "help", "body", said, "village", "东关村", "public", "yes"}
		b.get("/file").post("/file", append(form, c.field, c.value)...).wrong(422, c.field, sentence, without(append(form, c.field, c.value), "kind", "place")...)
	}
	w.browser().logIn("13900139000").get("/file/step/kind").post("/file/step/kind").wrong(422, "kind", w.T("fault.filing.kind"))
	b.get("/file/step/none").want(404)
	// Line breaks count as one character, whatever the browser sends.
	lines := strings.TrimSpace(strings.Repeat("一行\r\n", 666))
	b.get("/file").send("/file", "kind", "help", "body", lines, "village", "", "title", "", "remark", "", "public", "no").want(200, w.T("check.title"))
}

// without drops pairs that a page need not give back as they were: choices that
// there are not.
func without(pairs []string, names ...string) []string {
	last := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		last[pairs[i]] = pairs[i+1]
	}
	if last["public"] == "maybe" {
		delete(last, "public")
	}
	for _, n := range names {
		delete(last, n)
	}
	var kept []string
	for name, value := range last {
		kept = append(kept, name, value)
	}
	return kept
}

func TestWrongNumbersAndPINs(t *testing.T) {
	w := newWorld(t)
	owner := w.browser().logIn("13800138000")
	n := owner.file()
	r, err := w.office.Receipt(ctx, w.who(owner), board.Number(n))
	w.must(err)
	b := w.browser()
	typo := n[:9] + string('0'+(n[9]-'0'+1)%10)
	pin := "000000"
	if r.PIN == pin {
		pin = "000001"
	}
	for _, c := range []struct{ number, pin, field, sentence string }{
		{"", pin, "number", w.T("fault.number.empty")},
		{"123", pin, "number", w.T("fault.number.length", "Digits", 10)},
		{typo, pin, "number", w.T("fault.number.typo")},
		{n, "", "pin", w.T("fault.pin.empty")},
		{n, "12", "pin", w.T("fault.pin.shape")},
		{n, pin, "pin", w.T("fault.lookup.wrong")},
	} {
		b.get("/lookup").post("/lookup", "number", c.number, "pin", c.pin).wrong(422, c.field, c.sentence, "number", c.number, "pin", c.pin)
	}
	for range 4 {
		b.get("/lookup").post("/lookup", "number", n, "pin", pin).want(422)
	}
	b.get("/lookup").post("/lookup", "number", n, "pin", r.PIN).wrong(429, "", "或者用手机号登录来看", "number", n)
	owner.get("/case/"+n).want(200, said)
	w.clock.add(16 * time.Minute)
	b.get("/lookup").send("/lookup", "number", n, "pin", r.PIN).want(200, w.T("case.looked"))
}

func TestAnothersCaseIsNotThere(t *testing.T) {
	w := newWorld(t)
	n := w.browser().logIn("13800138000").file()
	b := w.browser().logIn("13900139000")
	for _, path := range []string{"/case/" + n, "/case/" + n + "/rate", "/receipt/" + n} {
		secret, none := b.get(path), b.get(strings.Replace(path, n, "2600000000", 1))
		if secret.status != 404 || secret.text() != none.text() {
			t.Errorf("%s: %d, %d for a case that is not there", path, secret.status, none.status)
		}
	}
	if p := b.do("POST", "/case/"+n+"/rate", b.post(w, "/case/"+n+"/rate", "solved", "yes")); p.status != 404 {
		t.Errorf("rating another's case: %d", p.status)
	}
	other := w.browser().enter("other")
	other.get("/desk/case/" + n).want(404)
	for _, deed := range []string{"sign", "progress", "answer"} {
		at := "/desk/case/" + n + "/" + deed
		if p := other.do("POST", at, other.post(w, at, "note", "x", "found", "x", "done", "x", "contact", "x")); p.status != 404 {
			t.Errorf("%s on another unit's case: %d", deed, p.status)
		}
	}
}

func TestWrongRatingsAndReplies(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	n := w.answered(b)
	at := "/case/" + n + "/rate"
	b.get(at).post(at, "words", "谢谢").wrong(422, "solved", w.T("fault.rating.outcome"), "words", "谢谢")
	long := strings.Repeat("好", 201)
	b.get(at).post(at, "solved", "yes", "words", long).wrong(422, "words", w.T("fault.long", "Max", 200, "Over", 1), "solved", "yes", "words", long)
	b.get(at).send(at, "solved", "no").want(200, w.T("state.in-hand"))

	desk := "/desk/case/" + n
	unit := w.browser().enter("unit")
	p := unit.get(desk).post(desk+"/answer", "found", "又坏了", "done", " ", "contact", "")
	p.path = desk + "/answer"
	p.wrong(422, "answer-done", w.T("fault.reply.done"), "found", "又坏了")
	p = unit.get(desk).post(desk + "/progress")
	p.path = desk + "/progress"
	p.wrong(422, "progress-note", w.T("fault.progress.note"))
}

func TestWrongStaffLogins(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	p := b.get("/staff/login")
	for _, c := range [][3]string{
		{"desk", "wrong", w.digits("desk")}, {"desk", w.staff["desk"].Password, "000000"}, {"nobody", w.staff["desk"].Password, w.digits("desk")}, {"", "", ""},
	} {
		got := p.post("/staff/login", "name", c[0], "password", c[1], "code", c[2])
		got.wrong(403, "", w.T("fault.staff.refused"), "name", c[0])
		if v := got.form("/staff/login").values; v.Get("password") != "" || strings.Contains(got.body, w.staff["desk"].Password) {
			t.Error("the password comes back on the page")
		}
	}
}

func TestAnAddressThatIsNotThere(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	for _, path := range []string{"/nowhere", "/case", "/static/none.css", "/static/../site.go", "/desk/case/1/explode", "/%00", "/..%2f"} {
		if p := b.do("GET", path, nil); p.status != 404 && p.status != 400 && p.status != 405 {
			t.Errorf("%s: %d", path, p.status)
		}
	}
	b.get("/nowhere").want(404, w.T("refused.missing"), w.T("fault.request.address"), w.T("ways.home"))
	b.head["Accept-Language"] = "en-GB, zh;q=0.5"
	b.get("/nowhere").want(404, w.words.Words("en").T("refused.missing"))
}
