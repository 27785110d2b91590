package web

import (
	"context"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lianxin/locales"
)

// budget is how many bytes of HTML a page may have before compression, people's
// own words not counted (pages.md).
func budget(path string) int {
	if strings.HasPrefix(path, "/file/step") {
		return 8 << 10
	}
	return 14 << 10
}

// inTheirTime are pages that only a case in a certain state has; each is held to
// the same by the test that brings a case there (see page.sound).
var inTheirTime = []string{
	"/login/code", "/file/check", "/case/:number/rate", "/case/:number/edit", "/case/:number/restore", "/case/:number/object", "/public/:number",
	"/desk/intake/:number", "/desk/intake/:number/attach", "/calls/:number", "/calls/person/:person", "/letters/:number",
	"/admin/places/:place/villages/:village", straysPath + "/:stray",
	"/case/:number/confirm", "/case/:number/disown", "/case/:number/endhelp", "/case/:number/press",
}

// Every page in every language: whole, within its budget, nothing left unsaid.
func TestEveryPageInEveryLanguage(t *testing.T) {
	w := newWorld(t, demo)
	writer := w.browser().logIn("13900139000")
	for range deskRows + 1 {
		w.clock.add(11 * time.Minute) // the same words sooner would look like a second click
		writer.file()
	}
	w.must(w.site.try(&tableJob{mark: "1", file: []byte(hotlineTable), system: "x"}))
	number, all := w.everyone()
	path := w.paths(number, ":step", "words", ":file", "newest.csv")
	titles := map[string]map[string]string{}
	for _, lang := range w.words.Languages() {
		titles[lang.Tag] = map[string]string{}
		for _, k := range all {
			k.get("/").post("/display", "lang", lang.Tag, "size", "24", "theme", "cream").want(303)
			for _, rt := range w.site.routes {
				if rt.page == nil {
					continue
				}
				p := k.do("GET", w.aim(path, rt.path), nil)
				if p.status != 200 {
					continue
				}
				who := k.name + " in " + lang.Tag + ", " + p.path
				if n := len(strings.ReplaceAll(p.body, said, "")); n > budget(p.path) {
					t.Errorf("%s: %d bytes", who, n)
				}
				if strings.Contains(p.text(), "[") || strings.Contains(p.body, "no value") {
					t.Errorf("%s says something that has no words:\n%s", who, p.text())
				}
				if !strings.Contains(p.body, `<html lang="`+lang.Tag+`" dir="ltr" class="cream s24">`) {
					t.Errorf("%s does not look as chosen", who)
				}
				titles[lang.Tag][rt.path] += p.text()[:20]
			}
		}
	}
	for _, rt := range w.site.routes {
		if rt.page != nil && titles[locales.Default][rt.path] == "" && !slices.Contains(inTheirTime, rt.path) {
			t.Errorf("nobody could open %s", rt.path)
		}
	}
}

// wire counts what goes over a browser's connections.
type wire struct {
	net.Conn
	bytes *atomic.Int64
}

func (w wire) Read(p []byte) (int, error) {
	n, err := w.Conn.Read(p)
	w.bytes.Add(int64(n))
	return n, err
}

func (w wire) Write(p []byte) (int, error) {
	n, err := w.Conn.Write(p)
	w.bytes.Add(int64(n))
	return n, err
}

// weighed is a browser of a usual phone, and what it sends and gets.
func (w *world) weighed() (*browser, *atomic.Int64) {
	b, bytes := w.browser(), &atomic.Int64{}
	b.http.Transport = &http.Transport{DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
		var d net.Dialer
		c, err := d.DialContext(ctx, network, addr)
		return wire{c, bytes}, err
	}}
	w.t.Cleanup(b.http.CloseIdleConnections)
	for name, value := range map[string]string{
		"User-Agent":                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36",
		"Accept":                    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8",
		"Accept-Language":           "zh-CN,zh;q=0.9,en;q=0.8",
		"Upgrade-Insecure-Requests": "1",
	} {
		b.head[name] = value
	}
	return b, bytes
}

// sheet fetches the page's stylesheet, as a first visit does.
func (p *page) sheet() *page {
	p.t.Helper()
	from := p.body[strings.Index(p.body, "/static/"):]
	p.do("GET", from[:strings.IndexByte(from, '"')], nil).want(200)
	return p
}

func TestTheFirstVisitOnTheWire(t *testing.T) {
	w := newWorld(t)
	b, bytes := w.weighed()
	b.get("/").sheet()
	if n := bytes.Load(); n > 6<<10 {
		t.Errorf("the first visit of the home page takes %d bytes", n)
	}
}

func TestTheJourneyOfANewPersonOnTheWire(t *testing.T) {
	w := newWorld(t)
	b, bytes := w.weighed()
	b.get("/").sheet()
	code := b.get("/file").send("/login", "phone", "13800138000")
	check := code.send("/login/code", "code", b.code("13800138000")).want(200, w.T("file.title")).
		send("/file", "kind", "help", "body", said, "place", "城关镇", "name", "王秀兰").want(200, said)
	check.send("/file/check").want(200, w.T("receipt.title"))
	if n := bytes.Load(); n > 24<<10 {
		t.Errorf("from the home page to the receipt it is %d bytes", n)
	} else {
		t.Logf("%d bytes", n)
	}
}
