package web

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/views"
)

// knocker is somebody who comes to a door.
type knocker struct {
	name string
	*browser
	doors []door // what they are
}

// everyone gives one of each, and a case that all of them may see who may see
// it at all.
func (w *world) everyone() (number string, all []knocker) {
	family := w.family("13600136000")
	owner := w.browser().logIn("13800138000")
	number = owner.file()
	desk := w.browser().enter("desk")
	desk.get("/desk/case/"+number).send("/desk/case/"+number+"/assign", "unit", w.units[0].String()).want(200)
	receipt, err := w.office.Receipt(ctx, w.who(owner), board.Number(number))
	w.must(err)
	neighbour := w.browser()
	neighbour.get("/lookup").send("/lookup", "number", number, "pin", receipt.PIN).want(200)
	return number, []knocker{
		{"a stranger", w.browser(), []door{anyone}},
		{"somebody with the PIN", neighbour, []door{anyone, opener}},
		{"one of a family", family, []door{anyone, phoned}},
		{"the resident", owner, []door{anyone, phoned, board.Resident}},
		{"the dispatcher", desk, []door{anyone, board.Dispatcher}},
		{"the handler", w.browser().enter("unit"), []door{anyone, board.Handler}},
		{"the reviewer", w.browser().enter("review"), []door{anyone, board.Reviewer}},
		{"the operator", w.browser().enter("phone"), []door{anyone, board.Operator}},
		{"the leader", w.browser().enter("lead"), []door{anyone, board.Leader}},
		{"the inspector", w.browser().enter("watch"), []door{anyone, board.Inspector}},
		{"the admin", w.browser().enter("admin"), []door{anyone, board.Admin}},
	}
}

// family is a phone that two people share: logged in, and nobody has said who
// is there.
func (w *world) family(phone string) *browser {
	w.browser().logIn(phone).get("/who").send("/who", "person", views.NewPerson, "name", "李大山").want(200, w.T("cases.title"))
	w.clock.add(2 * time.Minute)
	b := w.browser()
	b.get("/login").send("/login", "phone", phone).send("/login/code", "code", b.code(phone)).want(200, w.T("who.title"))
	return b
}

func TestEveryDoorKnockedAsEveryone(t *testing.T) {
	w := newWorld(t, demo)
	number, all := w.everyone()
	path := strings.NewReplacer(":number", number, ":step", "words", ":role", "mayor", ":name", "none.css")
	for _, rt := range w.site.routes {
		if rt.path == "/logout" {
			continue // would end the knocker's session; see TestLoggedOut
		}
		for _, k := range all {
			admitted := slices.ContainsFunc(rt.doors, func(d door) bool { return slices.Contains(k.doors, d) })
			known := !slices.Contains([]door{anyone, opener, phoned}, k.doors[len(k.doors)-1])
			var form url.Values
			if rt.method == "POST" {
				form = url.Values{"here": {"/"}}
			}
			p := k.do(rt.method, path.Replace(rt.path), form)
			refused := p.status == 403
			if rt.method == "GET" && !known {
				refused = p.status == 303 && strings.Contains(p.header.Get("Location"), "?then=")
			}
			if refused == admitted {
				t.Errorf("%s, %s %s: %d %s", k.name, rt.method, rt.path, p.status, p.header.Get("Location"))
			}
			if rt.method == "POST" && !rt.harmless && admitted && p.status != 422 && p.status != 404 {
				t.Errorf("%s, %s without a token: %d", k.name, rt.path, p.status)
			}
		}
	}
}

func TestNoDoorOutsideTheTable(t *testing.T) {
	w := newWorld(t, demo)
	for _, stack := range w.site.app.Stack() {
		for _, hung := range stack {
			method := hung.Method
			if method == "HEAD" {
				method = "GET"
			}
			listed := slices.ContainsFunc(w.site.routes, func(rt route) bool { return rt.method == method && rt.path == hung.Path })
			if !listed && hung.Path != "/" { // the gate itself hangs on / for every method
				t.Errorf("%s %s answers, and the table does not know it", hung.Method, hung.Path)
			}
		}
	}
	for _, rt := range []route{
		{method: "GET", path: "/x", page: home},
		{method: "GET", path: "/x", doors: []door{anyone}},
		{method: "POST", path: "/x", doors: []door{anyone}, page: home},
		{method: "POST", path: "/x", doors: []door{anyone}},
	} {
		if _, err := build(w.site.Parts, []route{rt}); err == nil || !strings.Contains(err.Error(), "/x") {
			t.Errorf("a site with the line %+v was made: %v", rt, err)
		}
	}
	if _, err := New(Parts{}); err == nil {
		t.Error("a site of nothing was made")
	}
}

func TestHeadersOfEveryAnswer(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	css := b.get("/").body
	css = css[strings.Index(css, "/static/"):]
	css = css[:strings.Index(css, `"`)]
	for path, private := range map[string]bool{"/": true, "/cases": true, "/nowhere": true, "/case/1": true, css: false} {
		p := b.do("GET", path, nil)
		for name, want := range map[string]string{
			"Content-Security-Policy":      "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
			"X-Content-Type-Options":       "nosniff",
			"Referrer-Policy":              "same-origin",
			"Cross-Origin-Opener-Policy":   "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin",
			"Server":                       "", "X-Powered-By": "", "Strict-Transport-Security": "",
		} {
			if got := p.header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if got := p.header.Get("Cache-Control"); (got == "no-store") != private {
			t.Errorf("%s may be kept: %q", path, got)
		}
	}
	if p := b.do("GET", css, nil); p.status != 200 || !strings.Contains(p.header.Get("Cache-Control"), "immutable") {
		t.Errorf("%s: %d %q", css, p.status, p.header.Get("Cache-Control"))
	}
	if p := b.do("HEAD", "/cases", nil); p.status != 200 || p.body != "" {
		t.Errorf("HEAD: %d, %d bytes", p.status, len(p.body))
	}
	if p := b.do("PUT", "/cases", nil); p.status != 405 || !strings.Contains(p.text(), w.T("refused.missing")) {
		t.Errorf("PUT: %d", p.status)
	}
	b.head["Accept-Encoding"] = "gzip"
	if p := b.do("GET", "/", nil); p.header.Get("Content-Encoding") != "gzip" || !strings.Contains(p.header.Get("Vary"), "Accept-Encoding") {
		t.Errorf("a page goes out unpacked: %v", p.header)
	}
}

// forged are the ways in which a page of somebody else could post.
var forged = map[string]map[string]string{
	"from another site, as the browser says":   {"Sec-Fetch-Site": "cross-site"},
	"from a neighbour site":                    {"Sec-Fetch-Site": "same-site"},
	"with an evil Origin":                      {"Origin": "http://evil.example"},
	"with no Origin to tell":                   {"Origin": "null"},
	"with our name on another port":            {"Origin": "http://127.0.0.1:1"},
	"with an evil Referer":                     {"Referer": "http://evil.example/page"},
	"with our address only inside the Referer": {"Referer": "http://evil.example/http://127.0.0.1"},
}

func TestForgedForms(t *testing.T) {
	w := newWorld(t, demo)
	number, all := w.everyone()
	path := strings.NewReplacer(":number", number, ":step", "words", ":role", "dispatcher")
	stranger := w.browser().logIn("13700137000")
	for _, rt := range w.site.routes {
		if rt.method != "POST" {
			continue
		}
		for _, k := range all {
			if !slices.ContainsFunc(rt.doors, func(d door) bool { return slices.Contains(k.doors, d) }) {
				continue
			}
			at := path.Replace(rt.path)
			good := url.Values{"token": {w.token(k.browser, "")}, "once": {w.token(k.browser, at)}}
			foreign := url.Values{"token": {w.token(stranger, "")}, "once": {w.token(stranger, at)}}
			for how, head := range forged {
				k.head = head
				w.untouched(k.name+", "+rt.path+" "+how, func() {
					if p := k.do("POST", at, good); p.status != 403 {
						t.Errorf("%s, %s %s: %d", k.name, rt.path, how, p.status)
					}
				})
			}
			k.head = nil
			if rt.harmless {
				continue
			}
			for how, form := range map[string]url.Values{
				"without a token": {}, "with another session's": foreign,
				"with a word for a token": {"token": {"token"}, "once": {"once"}},
			} {
				w.untouched(k.name+", "+rt.path+" "+how, func() {
					if p := k.do("POST", at, form); p.status != 422 && p.status != 404 {
						t.Errorf("%s, %s %s: %d", k.name, rt.path, how, p.status)
					}
				})
			}
			w.untouched(k.name+", "+rt.path+" with the token in the address", func() {
				if p := k.do("POST", at+"?"+good.Encode(), url.Values{"x": {"y"}}); p.status != 422 && p.status != 404 {
					t.Errorf("%s, %s with the token in the address: %d", k.name, rt.path, p.status)
				}
			})
		}
	}
}

// token is one that this browser's forms would carry.
func (w *world) token(b *browser, path string) string {
	w.t.Helper()
	r := &request{Context: ctx, site: w.site, now: w.clock.now(), browser: b.cookie(browserCookie)}
	var err error
	r.who, err = w.office.Who(ctx, b.cookie(sessionCookie))
	w.must(err)
	r.fresh, err = w.site.stamps.fresh()
	w.must(err)
	return r.stamp(path)
}

// untouched runs something that must not write.
func (w *world) untouched(what string, run func()) {
	w.t.Helper()
	before := w.engine.writes.Load()
	run()
	if n := w.engine.writes.Load() - before; n != 0 {
		w.t.Errorf("%s wrote %d times", what, n)
	}
}

func TestATokenIsGoodForADay(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	shown := b.get("/file")
	w.clock.add(23 * time.Hour)
	shown.post("/file", "kind", "help", "body", said).want(303)
	w.clock.add(3 * time.Hour)
	b.get("/cases")
	w.untouched("an old form", func() {
		late := shown.post("/file", "kind", "ask", "body", "另一件事").want(422, w.T("fault.form.old"))
		if v := late.form("/file").values; v.Get("body") != "另一件事" || v.Get("kind") != "ask" {
			t.Errorf("an old form lost what was typed: %v", v)
		}
	})
	shown = b.get("/file")
	w.clock.add(-2 * time.Hour)
	shown.post("/file", "kind", "help", "body", said).want(422)
}

func TestAStrangersGETsWriteNothing(t *testing.T) {
	w := newWorld(t, demo)
	b := w.browser()
	w.untouched("a stranger who looks around", func() {
		for _, rt := range w.site.routes {
			if rt.method == "GET" {
				b.do("GET", rt.path, nil)
				b.do("HEAD", rt.path, nil)
			}
		}
		b.http.Jar = nil
		for range 20 {
			b.do("GET", "/login", nil)
		}
	})
}

func TestAFormIsReadFromItsBodyAlone(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	token := w.token(b, "")
	if p := b.do("POST", "/file?body=query&kind=help", url.Values{"token": {token}, "kind": {"ask"}}); p.status != 422 || p.form("/file").values.Get("body") != "" {
		t.Errorf("the query filled a field: %d", p.status)
	}
	for _, twice := range []string{"token=" + token + "&body=a&body=b", "token=" + token + "&token=" + token, "body=%zz"} {
		w.untouched(twice, func() {
			if status, _ := w.raw("POST /file HTTP/1.1\r\nHost: " + w.addr + "\r\nCookie: s=" + b.cookie("s") +
				"\r\nContent-Type: application/x-www-form-urlencoded\r\nConnection: close\r\nContent-Length: " + fmt.Sprint(len(twice)) + "\r\n\r\n" + twice); status != 400 {
				t.Errorf("%s: %d", twice[len(twice)-9:], status)
			}
		})
	}
	b.head["Content-Type"] = "multipart/form-data; boundary=x"
	if p := b.do("POST", "/file", url.Values{}); p.status != 415 {
		t.Errorf("multipart: %d", p.status)
	}
}

func TestPackedBodiesAreRefusedUnread(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.head["Content-Encoding"] = "gzip"
	for _, rt := range w.site.routes {
		if rt.method == "POST" {
			if p := b.do("POST", strings.ReplaceAll(rt.path, ":number", "1"), url.Values{"a": {"\x1f\x8b\x08"}}); p.status != 415 {
				t.Errorf("%s: %d", rt.path, p.status)
			}
		}
	}
}

// raw sends bytes as they are and gives the status and the rest of the answer.
func (w *world) raw(request string) (status int, answer string) {
	w.t.Helper()
	c, err := net.Dial("tcp", w.addr)
	w.must(err)
	defer c.Close()
	w.must(c.SetDeadline(time.Now().Add(20 * time.Second)))
	_, err = io.WriteString(c, request)
	w.must(err)
	resp, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: request[:strings.IndexByte(request, ' ')]})
	w.must(err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	w.must(err)
	var head strings.Builder
	w.must(resp.Header.Write(&head))
	return resp.StatusCode, head.String() + "\r\n" + string(body)
}

func TestRequestsThatWouldSmuggle(t *testing.T) {
	w := newWorld(t)
	host := "Host: " + w.addr + "\r\n"
	for name, request := range map[string]string{
		"two lengths":                  "POST /login HTTP/1.1\r\n" + host + "Content-Length: 3\r\nContent-Length: 4\r\n\r\na=bc",
		"two encodings":                "POST /login HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
		"a length and an encoding":     "POST /login HTTP/1.1\r\n" + host + "Content-Length: 4\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
		"a length with a sign":         "POST /login HTTP/1.1\r\n" + host + "Content-Length: +4\r\n\r\na=bc",
		"two hosts":                    "GET / HTTP/1.1\r\n" + host + "Host: evil.example\r\n\r\n",
		"no host":                      "GET / HTTP/1.1\r\n\r\n",
		"NUL in a header":              "GET / HTTP/1.1\r\n" + host + "X-A: a\x00b\r\n\r\n",
		"a blank before the colon":     "GET / HTTP/1.1\r\n" + host + "Content-Length : 0\r\n\r\n",
		"a length folded":              "POST /login HTTP/1.1\r\n" + host + "Content-Length: 4\r\n 2\r\n\r\na=bc",
		"a bare carriage return":       "GET / HTTP/1.1\r\n" + host + "X-A: a\rX-B: c\r\n\r\n",
		"a chunk that is no number":    "POST /login HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
		"something that is no request": "HELO mail.example\r\n\r\n",
	} {
		if status, answer := w.raw(request); status != 400 && status != 501 && status != 421 {
			t.Errorf("%s: %d\n%s", name, status, answer)
		}
	}
}

func TestNothingIsInjectedIntoHeaders(t *testing.T) {
	w := newWorld(t)
	for _, evil := range []string{
		"/login?then=/%0d%0aSet-Cookie:%20x=y", "/desk?x=%0d%0aSet-Cookie:%20x=y", "/file%0d%0aSet-Cookie:%20x=y",
	} {
		_, answer := w.raw("GET " + evil + " HTTP/1.0\r\n\r\n")
		if head, _, _ := strings.Cut(answer, "\r\n\r\n"); strings.Contains(head, "X=y") || strings.Contains(head, "x=y\r\n") {
			t.Errorf("%s:\n%s", evil, head)
		}
	}
	b := w.browser()
	p := b.get("/").post("/display", "lang", "en\r\nSet-Cookie: x=y", "here", "/\r\nX-Evil: 1")
	if p.header.Get("X-Evil") != "" || len(p.header.Values("Set-Cookie")) != 1 || p.header.Get("Location") != "/" {
		t.Errorf("%v", p.header)
	}
}

func TestForeignHosts(t *testing.T) {
	w := newWorld(t, func(p *Parts, _ *[]route) { p.Config.Hosts = []string{"Board.example.cn"} })
	port := w.addr[strings.LastIndexByte(w.addr, ':'):]
	for host, want := range map[string]int{
		"evil.example": 421, "localhost.evil.example": 421, "127.0.0.1.evil.example": 421, "10.0.0.1": 421, "evil.example:80": 421, "[::1": 421,
		"board.example.cn": 200, "BOARD.EXAMPLE.CN:8080": 200, "board.example.cn.": 200,
		"localhost" + port: 200, "127.0.0.1": 200, w.addr: 200, "[::1]" + port: 200,
	} {
		if status, _ := w.raw("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"); status != want && !(want == 421 && status == 400) {
			t.Errorf("%s: %d", host, status)
		}
	}
	if status, _ := w.raw("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"); status != 421 {
		t.Errorf("an absolute address of another host: %d", status)
	}
	if status, answer := w.raw("GET /cases HTTP/1.0\r\n\r\n"); status != 303 || !strings.Contains(answer, "Location: /login?then") {
		t.Errorf("HTTP/1.0 without a Host: %d\n%s", status, answer)
	}
	_, answer := w.raw("GET /cases HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n")
	if strings.Contains(answer, "evil") {
		t.Errorf("a link was made from a header:\n%s", answer)
	}
}

func TestWhoIsAtTheOtherEnd(t *testing.T) {
	s := &Site{Parts: Parts{Config: Config{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}}}}
	proxy := netip.MustParseAddr("10.0.0.1")
	for hops, want := range map[string]string{
		"203.0.113.9":                        "203.0.113.9",
		"1.2.3.4, 203.0.113.9":               "203.0.113.9",
		"1.2.3.4, 203.0.113.9, 10.0.0.2":     "203.0.113.9",
		"10.0.0.3, 10.0.0.2":                 "10.0.0.3",
		"1.2.3.4, rubbish":                   "10.0.0.1",
		"2001:db8::7, fd00::1":               "2001:db8::7",
		"::ffff:203.0.113.9":                 "203.0.113.9",
		"6.6.6.6, 203.0.113.9, not an ip, x": "10.0.0.1",
	} {
		if got := s.outermost(list([][]byte{[]byte(hops)}), proxy); got.String() != want {
			t.Errorf("%s: %s", hops, got)
		}
	}
	if got := list([][]byte{[]byte("a, b"), []byte(" c ,, ")}); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("%q", got)
	}
}

func TestPlainHTTPFromOtherMachines(t *testing.T) {
	// A header of a proxy that nobody named: the browser is not on this machine.
	elsewhere := map[string]string{"X-Forwarded-For": "192.168.1.9", "X-Forwarded-Proto": "https"}
	w := newWorld(t)
	b := w.browser()
	b.head = elsewhere
	b.get("/").want(403, w.T("fault.door.plain"))

	lan := newWorld(t, func(p *Parts, _ *[]route) { p.Config.InsecureLAN = true }, demo)
	b = lan.browser()
	b.head = elsewhere
	b.logIn("13800138000")
	b.get("/staff/login").want(403, lan.T("fault.door.staff-plain"))
	staff := lan.browser().enter("desk")
	staff.head = elsewhere
	staff.get("/desk").want(403, lan.T("fault.door.staff-plain"))
	for _, path := range []string{"/demo", "/demo/phone"} {
		b.get(path).want(404)
	}
	if p := b.do("POST", "/demo/enter/dispatcher", url.Values{"token": {lan.token(b, "")}}); p.status != 404 {
		t.Errorf("the demo lets another machine in: %d", p.status)
	}
}

func TestCookies(t *testing.T) {
	w := newWorld(t, func(p *Parts, _ *[]route) {
		p.Config.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	})
	https := map[string]string{"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
	b := w.browser()
	b.head = https
	if set := b.do("GET", "/", nil).header.Values("Set-Cookie"); len(set) != 0 {
		t.Errorf("the home page sets %q", set)
	}
	p := b.do("GET", "/login", nil)
	set := p.header.Get("Set-Cookie")
	for _, part := range []string{"__Host-b=", "path=/", "HttpOnly", "secure", "SameSite=Lax"} {
		if !strings.Contains(strings.ToLower(set), strings.ToLower(part)) {
			t.Errorf("the login page sets %q, without %s", set, part)
		}
	}
	if p.header.Get("Strict-Transport-Security") == "" {
		t.Error("TLS without HSTS")
	}

	plain := newWorld(t).browser()
	before := plain.get("/login").cookie(browserCookie)
	plain.logIn("13800138000")
	if plain.cookie("__Host-s") != "" || plain.cookie("s") == "" || plain.cookie("s") == before {
		t.Error("the cookies of plain HTTP and TLS are mixed up")
	}
	session := plain.cookie("s")
	w2 := plain.world
	p = plain.get("/cases").post("/logout")
	if plain.cookie("s") != "" || p.header.Get("Clear-Site-Data") == "" {
		t.Errorf("logged out: %v", p.header)
	}
	if who, err := w2.office.Who(ctx, session); err != nil || who.IsResident() {
		t.Errorf("after the log-out the session lives on: %v, %v", who, err)
	}
}

func TestOpenRedirects(t *testing.T) {
	w := newWorld(t)
	for _, evil := range []string{
		"//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "http://evil.example", "https:evil.example",
		"/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example", "javascript:alert(1)", "data:text/html,x",
		"evil.example", "@evil.example", "/%2f/evil.example", "/%5cevil.example", "//evil.example/%2e%2e", "http:/evil.example",
		"//user@evil.example", "/\u0000/evil.example", "/\u2028/evil.example", "?//evil.example", "#//evil.example", ".//evil.example",
		"../evil.example", "http://127.0.0.1@evil.example", "//127.0.0.1:80@evil.example", "/\r\nLocation: http://evil.example",
		"////evil.example", "/\\/evil.example", "\\/evil.example", "/ /evil.example", "//evil。example", "file:///etc/passwd",
		"ftp://evil.example", "//[::1]", "http:\\\\evil.example", "/.//evil.example", "/..//evil.example", "%2f%2fevil.example",
	} {
		for _, p := range []*page{
			w.browser().get("/").post("/display", "here", evil),
			w.browser().do("GET", "/login?then="+url.QueryEscape(evil), nil),
			w.browser().do("GET", "/staff/login?then="+url.QueryEscape(evil), nil),
		} {
			to := p.header.Get("Location")
			if p.status == 200 {
				if v := p.form(strings.Split(p.path, "?")[0]).values; v.Has("then") {
					to = v.Get("then")
				}
			}
			base, err := url.Parse("http://home.example/login")
			w.must(err)
			if at, err := base.Parse(to); err != nil || at.Host != "home.example" || at.Scheme != "http" || strings.ContainsAny(to, "\\\r\n\t") || strings.HasPrefix(to, "//") {
				t.Errorf("%q leads from %s to %q", evil, p.path, to)
			}
		}
	}
}

func TestWhatIsKeptOfARequestStaysAsItWas(t *testing.T) {
	var kept []string
	keep := func(r *request) form {
		kept = append(kept, r.post("phone"), r.path, r.params["who"], r.browser, r.here, r.query["q"])
		return nothing{}
	}
	w := newWorld(t, func(_ *Parts, routes *[]route) {
		*routes = append(*routes, route{method: "POST", path: "/keep/:who", doors: []door{anyone}, form: keep, harmless: true})
	})
	b := w.browser()
	b.get("/login")
	var want []string
	for i := range 3 {
		phone, who := fmt.Sprintf("1380013800%d", i), strings.Repeat(string(rune('a'+i)), 8)
		b.do("POST", "/keep/"+who+"?q="+phone, url.Values{"phone": {phone}}).want(303)
		want = append(want, phone, "/keep/"+who, who, b.cookie(browserCookie), "/", phone)
	}
	for range 20 {
		b.do("GET", "/lookup?x="+strings.Repeat("z", 60), nil)
	}
	if !slices.Equal(kept, want) {
		t.Errorf("kept\n%q, was\n%q", kept, want)
	}
	if !w.site.app.Config().Immutable {
		t.Error("fiber hands out views into buffers that it uses again")
	}
}

// nothing is a form that does nothing.
type nothing struct{}

func (nothing) page(r *request) (views.Model, error) { return home(r) }
func (nothing) do(*request) (outcome, error)         { return see("/") }

func TestAPanicIsOnePageAndOneLine(t *testing.T) {
	w := newWorld(t, func(_ *Parts, routes *[]route) {
		*routes = append(*routes,
			route{method: "GET", path: "/panic", doors: []door{anyone}, page: func(r *request) (views.Model, error) {
				panic("王秀兰 13800138000")
			}},
			route{method: "GET", path: "/mistake", doors: []door{anyone}, page: func(r *request) (views.Model, error) {
				return nil, fmt.Errorf("case of 王秀兰\n13800138000: %w", errTest)
			}})
	})
	for _, path := range []string{"/panic", "/mistake"} {
		before := strings.Count(w.log.String(), "\n")
		p := w.browser().get(path).want(500, w.T("refused.accident"), w.T("message.request"))
		lines := w.log.String()
		if n := strings.Count(lines, "\n") - before; n != 1 {
			t.Errorf("%s: %d lines in the log", path, n)
		}
		number := p.text()[strings.Index(p.text(), w.T("message.request"))+len(w.T("message.request")):]
		if number = strings.Fields(number)[0]; !strings.Contains(lines, number) {
			t.Errorf("%s: the log does not know %s", path, number)
		}
	}
	if log := w.log.String(); strings.Contains(log, "王") || strings.Contains(log, "1380013") {
		t.Errorf("the log knows people:\n%s", log)
	}
	w.browser().get("/").want(200)
}

func TestRequestsTooBigToRead(t *testing.T) {
	w := newWorld(t)
	long := strings.Repeat("a", maxBody)
	status, answer := w.raw(fmt.Sprintf("POST /login HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n", len(long)+1))
	if status != 413 || !strings.Contains(answer, w.words.Words("en").T("fault.request.long")) || !strings.Contains(answer, "Content-Security-Policy") {
		t.Errorf("a long form: %d\n%s", status, answer)
	}
	status, answer = w.raw("GET / HTTP/1.1\r\nHost: localhost\r\nX-A: " + strings.Repeat("a", maxHeader) + "\r\n\r\n")
	if status != 431 || !strings.Contains(answer, w.T("fault.request.header")) {
		t.Errorf("a long header: %d\n%s", status, answer)
	}
}

func TestServeAsksForTLS(t *testing.T) {
	w := newWorld(t)
	l, err := net.Listen("tcp", "0.0.0.0:0")
	w.must(err)
	defer l.Close()
	if err := w.site.Serve(l); err == nil || !strings.Contains(err.Error(), "plain HTTP") {
		t.Errorf("a site in plain HTTP was opened to other machines: %v", err)
	}
}
