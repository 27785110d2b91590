package web

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"
)

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

// What a form's browser says of where the form stood, and whether that is here.
func TestWhereAFormStood(t *testing.T) {
	proxied := func(p *Parts, _ *[]route) { p.Config.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} }
	named := func(p *Parts, _ *[]route) { p.Config.Origin = "https://board.example/" }
	for name, row := range map[string]struct {
		set  []setting
		head map[string]string // %s is the address by which the browser knows the board
		in   bool
	}{
		"on a page of ours":                {nil, map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"}, true},
		"typed by hand":                    {nil, map[string]string{"Sec-Fetch-Site": "none"}, true},
		"next door":                        {nil, map[string]string{"Sec-Fetch-Site": "same-site", "Origin": "http://%s"}, false},
		"here, says an older browser":      {nil, map[string]string{"Origin": "http://%s", "Referer": "http://evil.example/"}, true},
		"here, in another scheme":          {nil, map[string]string{"Origin": "https://%s"}, false},
		"here, says its Referer":           {nil, map[string]string{"Referer": "http://%s/file?x=1"}, true},
		"elsewhere, says its Referer":      {nil, map[string]string{"Referer": "http://evil.example/%s"}, false},
		"nobody says where":                {nil, nil, true},
		"behind a proxy with TLS":          {[]setting{proxied}, map[string]string{"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9", "Origin": "https://%s"}, true},
		"behind it, in plain HTTP":         {[]setting{proxied}, map[string]string{"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9", "Origin": "http://%s"}, false},
		"under the name of the board":      {[]setting{named}, map[string]string{"Origin": "HTTPS://board.example"}, true},
		"under an address that is no name": {[]setting{named}, map[string]string{"Origin": "http://%s"}, false},
	} {
		w := loneWorld(t, row.set...)
		b := w.browser()
		for key, value := range row.head {
			b.head[key] = strings.ReplaceAll(value, "%s", w.addr)
		}
		if p := b.do("POST", "/display", url.Values{"here": {"/"}}); (p.status == 303) != row.in || !row.in && p.status != 403 {
			t.Errorf("%s: %d", name, p.status)
		}
	}
}

// Behind a proxy it is the person's own address that counts, so that one does
// not use up the tries of all.
func TestWhoIsCountedBehindAProxy(t *testing.T) {
	w := newWorld(t, func(p *Parts, _ *[]route) {
		p.Config.Proxies, p.Config.InsecureLAN = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, true
	})
	owner := w.browser().logIn("13800138000")
	n := owner.file()
	right := w.pin(owner, n)
	looks := func(from, pin string) *page {
		b := w.browser()
		b.head["X-Forwarded-For"] = "198.51.100.1, " + from // what stands first anybody may have written
		return b.get("/lookup").post("/lookup", "number", n, "pin", pin)
	}
	for range 5 {
		looks("203.0.113.9", wrongPIN(right)).want(422)
	}
	looks("203.0.113.9", right).want(429)
	looks("203.0.113.10", right).want(303)
}

// wrongPIN is another than the right one.
func wrongPIN(right string) string {
	return right[1:] + string('0'+(right[0]-'0'+1)%10)
}

func TestPlainHTTPFromOtherMachines(t *testing.T) {
	// A header of a proxy that nobody named: the browser is not on this machine.
	elsewhere := map[string]string{"X-Forwarded-For": "192.168.1.9", "X-Forwarded-Proto": "https"}
	w := newWorld(t)
	b := w.browser()
	b.head = elsewhere
	b.get("/").want(403, w.T("fault.door.plain"))

	lan := loneWorld(t, func(p *Parts, _ *[]route) { p.Config.InsecureLAN = true }, demo)
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

	plain := loneWorld(t).browser()
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
