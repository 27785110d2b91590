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
	for stay, want := range map[string][2]int{"": {30, 90}, "month": {30, 90}, "brief": {0, -1}, "for ever": {30, 90}} {
		b := w.browser()
		phone := "1380013800" + string(rune('0'+len(stay)))
		p := b.get("/login").send("/login", "phone", phone).want(200, w.T("stay.label"), w.T("stay.brief"))
		p.post("/login/code", "code", "000000", "stay", stay)
		p = p.post("/login/code", "code", b.code(phone), "stay", stay).want(303)
		set := (&http.Response{Header: p.header}).Cookies()
		if got := [2]int{cookieDays(set, sessionCookie), cookieDays(set, browserCookie)}; got != want {
			t.Errorf("%q: the cookies are kept for %v days, want %v", stay, got, want)
		}
		w.clock.add(31 * time.Minute)
		if in := w.who(b).IsResident(); in != (stay != "brief") {
			t.Errorf("%q: in after half an hour is %t", stay, in)
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
