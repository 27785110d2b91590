package web

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"lianxin/views"
)

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
			if path == css && (name == "Content-Security-Policy" || name == "Cross-Origin-Opener-Policy") {
				want = "" // they speak of documents, and a first visit pays for each byte
			}
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

// A packed body of the size that passes would become sixty megabytes. No door
// unpacks it, and none makes room for it.
func TestPackedBodiesAreRefusedUnread(t *testing.T) {
	w := loneWorld(t, demo)
	var bomb bytes.Buffer
	pack := gzip.NewWriter(&bomb)
	_, err := io.CopyN(pack, zeros{}, 60<<20)
	w.must(errors.Join(err, pack.Close()))
	if bomb.Len() >= maxBody {
		t.Fatalf("this bomb is stopped by its size: %d", bomb.Len())
	}
	path, doors := w.paths("1", ":step", "words", ":role", "admin", ":name", "x", ":file", "x"), 0
	before := allocated()
	for _, rt := range w.site.routes {
		if rt.method != "POST" {
			continue
		}
		doors++
		request := "POST " + path.Replace(rt.path) + " HTTP/1.1\r\nHost: " + w.addr + "\r\nContent-Type: application/x-www-form-urlencoded\r\n" +
			"Content-Encoding: gzip\r\nContent-Length: " + strconv.Itoa(bomb.Len()) + "\r\n\r\n" + bomb.String()
		if status, _ := w.raw(request); status != 415 {
			t.Errorf("%s: %d", rt.path, status)
		}
	}
	if each := (allocated() - before) / uint64(doors); doors < 100 || each > 2<<20 {
		t.Errorf("%d doors take %d KB each", doors, each>>10)
	}
}

// allocated is all the memory that was ever asked for.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// zeros never ends.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// raw sends bytes as they are and gives the status and the rest of the answer.
func (w *world) raw(request string) (status int, answer string) {
	w.t.Helper()
	c, err := net.Dial("tcp", w.addr)
	w.must(err)
	defer c.Close()
	w.must(c.SetDeadline(time.Now().Add(20 * time.Second)))
	_, err = io.WriteString(c, request)
	w.must(err)
	method, _, _ := strings.Cut(request, " ")
	resp, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: method})
	w.must(err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	w.must(err)
	var head strings.Builder
	w.must(resp.Header.Write(&head))
	return resp.StatusCode, head.String() + "\r\n" + string(body)
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

func TestBrokenRequestsLeaveNobodyInTheLog(t *testing.T) {
	w := newWorld(t)
	for _, request := range []string{
		"GET /lookup HTTP/1.1\r\nHost: localhost\r\nX-Phone: 13800138000\x00\r\n\r\n",
		"POST /login HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nphone=13800138000\r\n\r\n",
		"phone=13800138000\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: localhost\r\nX-Phone: " + strings.Repeat("13800138000", maxHeader/11+1) + "\r\n\r\n",
	} {
		if status, _ := w.raw(request); status < 400 || status > 431 {
			t.Errorf("%.40q: %d", request, status)
		}
	}
	if log := w.log.String(); strings.Contains(log, "1380013") || !strings.Contains(log, "connection") {
		t.Errorf("the log:\n%s", log)
	}
}

func TestRequestsTooBigToRead(t *testing.T) {
	w := newWorld(t)
	long := strings.Repeat("a", maxBody)
	status, answer := w.raw(fmt.Sprintf("POST /login HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n", len(long)+1))
	if status != 413 || !strings.Contains(answer, w.words.Words("en").T("fault.request.long")) || !strings.Contains(answer, "Content-Security-Policy") {
		t.Errorf("a long form: %d\n%s", status, answer)
	}
	// All of it is sent before the answer is read, as browsers do: the refusal
	// arrives even so.
	long = strings.Repeat("a", 4<<20)
	status, answer = w.raw(fmt.Sprintf("POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", len(long), long))
	if status != 413 || !strings.Contains(answer, w.T("fault.request.long")) {
		t.Errorf("a file of 4 MB: %d\n%s", status, answer)
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

func TestAShutdownBeforeServing(t *testing.T) {
	w := newWorld(t)
	site, err := New(w.site.Parts)
	w.must(err)
	w.must(site.Shutdown(ctx))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	w.must(err)
	if err := site.Serve(l); err != nil {
		t.Error(err)
	}
	if _, err := l.Accept(); err == nil {
		t.Error("it listens on")
	}
}
