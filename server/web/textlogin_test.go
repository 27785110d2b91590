package web

import (
	"net/http"
	"net/netip"
	"regexp"
	"testing"
	"time"

	"lianxin/server/office"
	"lianxin/store"
)

// shownCode is a code as a page shows it.
var shownCode = regexp.MustCompile(`\b\d\d \d\d \d\d\b`)

// answerable gives a site to which texts come from whom they say.
func answerable(p *Parts, _ *[]route) { p.Config.TextTo = "10690000" }

// texts has a phone send a text for which its operator vouches.
func (w *world) texts(phone, text string) {
	w.t.Helper()
	w.must(w.office.Hear(ctx, office.Inbound{ID: phone + text, From: phone, Text: text, Time: w.clock.now(), Sure: true}))
}

func TestLogInByATextOfOnesOwn(t *testing.T) {
	w := newWorld(t, answerable)
	b := w.browser()
	p := b.get("/login").send("/login", "phone", "13800138000", "way", w.T("login.text")).
		want(200, w.T("code.text.title"), "10690000").hides(w.T("code.submit"), w.T("code.again"))
	if n := len(w.phones.texts); n != 0 {
		t.Errorf("%d texts went out", n)
	}
	code := shownCode.FindString(p.text())
	p = p.post("/login/code", "sent", w.T("code.text.sent")).want(422, w.T("fault.text-code.waits"), code, w.T("code.text.title"))
	w.texts("13800138000", code)
	p.send("/login/code", "sent", w.T("code.text.sent")).want(200, w.T("cases.title"))
}

func TestACodeOrATextOfOnesOwn(t *testing.T) {
	w := newWorld(t, answerable)
	b := w.browser()
	p := b.get("/login").send("/login", "phone", "13800138000").want(200, w.T("code.title"), w.T("code.text"), w.T("code.text.what", "To", "10690000"))
	shown := shownCode.FindString(p.text())
	p.send("/login/code", "code", b.code("13800138000"), "sent", w.T("code.text.sent")).want(200, w.T("cases.title"))

	other := w.browser()
	p = other.get("/login").send("/login", "phone", "13900139000")
	if again := shownCode.FindString(p.text()); again == shown {
		t.Error("two attempts show the same number")
	}
	w.texts("13900139000", shownCode.FindString(p.text()))
	p.send("/login/code", "sent", w.T("code.text.sent")).want(200, w.T("cases.title"))
}

// Where nobody vouches for who sends, nothing on the pages speaks of it, and a
// form that does gets a code.
func TestNoTextLogsInWhereNobodyVouches(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	p := b.get("/login").hides(w.T("login.text")).post("/login", "phone", "13800138000", "way", "text").
		want(200, w.T("code.title")).hides(w.T("code.text"))
	p.send("/login/code", "code", b.code("13800138000")).want(200, w.T("cases.title"))
}

// cookieDays is how long a browser keeps a cookie that an answer set: -1 not set
// at all.
func cookieDays(set []*http.Cookie, name string) int {
	for _, c := range set {
		if c.Name == name {
			return c.MaxAge / (24 * 3600)
		}
	}
	return -1
}

// Whoever shares a browser says so: it forgets them when it closes, and they are
// out after half an hour.
func TestHowLongABrowserKeepsALogin(t *testing.T) {
	w := newWorld(t)
	for shared, want := range map[string]int{"": 30, "yes": 0} {
		b := w.browser()
		phone := "1380013800" + string(rune('0'+len(shared)))
		p := b.get("/login").send("/login", "phone", phone).want(200, w.T("login.shared"))
		wrong := p.post("/login/code", "code", "", "shared", shared)
		if got := wrong.form("/login/code").values.Get("shared"); got != shared {
			t.Errorf("after a mistake it says %q, and the person %q", got, shared)
		}
		p = p.post("/login/code", "code", b.code(phone), "shared", shared).want(303)
		set := (&http.Response{Header: p.header}).Cookies()
		if got := cookieDays(set, sessionCookie); got != want {
			t.Errorf("%q: the cookie is kept for %d days, want %d", shared, got, want)
		}
		w.clock.add(31 * time.Minute)
		if in := w.who(b).IsResident(); in != (shared == "") {
			t.Errorf("%q: in after half an hour is %t", shared, in)
		}
	}
}

// The county's own hall is no stranger's network.
func TestAHallIsNoStrangersNetwork(t *testing.T) {
	for _, hall := range []string{"127.0.0.0/8", "10.0.0.0/8"} {
		w := loneWorld(t, func(p *Parts, _ *[]route) { p.Config.Halls = []netip.Prefix{netip.MustParsePrefix(hall)} })
		b := w.browser()
		for _, phone := range []string{"13800138001", "13800138002", "13800138003", "13800138004"} {
			b.get("/login").send("/login", "phone", phone)
		}
		_, err := w.office.Post(ctx, func(t store.Text) string { return t.Key }, w.phones)
		w.must(err)
		if n, want := len(w.phones.texts), map[bool]int{true: 4, false: 3}[hall == "127.0.0.0/8"]; n != want {
			t.Errorf("hall %s: one browser got %d codes sent, want %d", hall, n, want)
		}
	}
}

// After the login a person may choose to stay for a month, or not.
func TestHowLongToStay(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	if got := b.get("/me/stay").want(200, w.T("stay.title")).form("/me/stay").values.Get("stay"); got != "" {
		t.Errorf("at first it is %q", got)
	}
	b.get("/me/stay").send("/me/stay", "stay", "month").want(200, w.T("flash.done"))
	if got := b.get("/me/stay").form("/me/stay").values.Get("stay"); got != "month" {
		t.Errorf("a month was chosen, and it is %q", got)
	}
	w.clock.add(20 * 24 * time.Hour)
	if !w.who(b).IsResident() {
		t.Error("out after 20 days of a month")
	}
	p := b.get("/me/stay").post("/me/stay", "stay", "brief").want(303)
	if n := cookieDays((&http.Response{Header: p.header}).Cookies(), sessionCookie); n != 0 {
		t.Errorf("the cookie is kept for %d days", n)
	}
	w.clock.add(30 * time.Minute)
	if w.who(b).IsResident() {
		t.Error("in after half an hour")
	}
}
