package web

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"
	"golang.org/x/net/html"

	"lianxin/server/office"
)

// browser is somebody with a browser: cookies, and the last page they saw.
type browser struct {
	*world
	http *http.Client
	head map[string]string
}

func (w *world) browser() *browser {
	jar, err := cookiejar.New(nil)
	w.must(err)
	return &browser{world: w, http: &http.Client{
		Jar:           jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, head: map[string]string{}}
}

// page is what a browser got.
type page struct {
	*browser
	path   string
	status int
	header http.Header
	body   string
	tree   *html.Node
}

// do asks once and follows nothing.
func (b *browser) do(method, path string, form url.Values) *page {
	b.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequest(method, "http://"+b.addr+path, body)
	b.must(err)
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range b.head {
		req.Header.Set(name, value)
	}
	resp, err := b.http.Do(req)
	b.must(err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	b.must(err)
	tree, err := html.Parse(bytes.NewReader(text))
	b.must(err)
	return &page{b, path, resp.StatusCode, resp.Header, string(text), tree}
}

// follow goes on to where a page leads.
func (p *page) follow() *page {
	p.t.Helper()
	for range 5 {
		if p.status != http.StatusSeeOther {
			return p
		}
		p = p.do("GET", p.header.Get("Location"), nil)
	}
	p.t.Fatal("it leads on and on")
	return p
}

func (b *browser) get(path string) *page { b.t.Helper(); return b.do("GET", path, nil).follow() }

// form is a form of a page as a browser holds it.
type filled struct {
	action string
	values url.Values
	submit []string // names of the buttons that send something
}

// form reads the page's form that posts to a path.
func (p *page) form(action string) filled {
	p.t.Helper()
	for n := range p.tree.Descendants() {
		if n.Data != "form" || n.Type != html.ElementNode {
			continue
		}
		if at, _, _ := strings.Cut(attr(n, "action"), "#"); at == action {
			return filled{at, values(n), nil}
		}
	}
	p.t.Fatalf("%s (%d) has no form for %s:\n%s", p.path, p.status, action, p.text())
	return filled{}
}

func values(form *html.Node) url.Values {
	v := url.Values{}
	for n := range form.Descendants() {
		switch {
		case n.Type != html.ElementNode || attr(n, "name") == "":
		case n.Data == "input" && attr(n, "type") == "submit":
		case n.Data == "input" && (attr(n, "type") == "radio" || attr(n, "type") == "checkbox"):
			if has(n, "checked") {
				v.Set(attr(n, "name"), attr(n, "value"))
			}
		case n.Data == "input":
			v.Set(attr(n, "name"), attr(n, "value"))
		case n.Data == "textarea":
			v.Set(attr(n, "name"), inner(n))
		case n.Data == "select":
			for o := range n.Descendants() {
				if o.Data == "option" && (has(o, "selected") || !v.Has(attr(n, "name"))) {
					v.Set(attr(n, "name"), chosen(o))
				}
			}
		}
	}
	return v
}

// chosen is what an option stands for: its value, or else its words.
func chosen(option *html.Node) string {
	if has(option, "value") {
		return attr(option, "value")
	}
	return strings.TrimSpace(inner(option))
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func inner(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// text is what a person reads on the page.
func (p *page) text() string {
	var b strings.Builder
	for d := range p.tree.Descendants() {
		if d.Type == html.TextNode && strings.TrimSpace(d.Data) != "" {
			b.WriteString(strings.TrimSpace(d.Data) + "\n")
		}
	}
	return b.String()
}

// post fills a form of the page and sends it, going nowhere yet.
func (p *page) post(action string, pairs ...string) *page {
	p.t.Helper()
	f := p.form(action)
	for i := 0; i < len(pairs); i += 2 {
		f.values.Set(pairs[i], pairs[i+1])
	}
	return p.do("POST", action, f.values)
}

// send is post, and on to the next page.
func (p *page) send(action string, pairs ...string) *page {
	p.t.Helper()
	return p.post(action, pairs...).follow()
}

func (p *page) want(status int, texts ...string) *page {
	p.t.Helper()
	if p.status != status {
		p.t.Fatalf("%s answered %d, want %d:\n%s", p.path, p.status, status, p.text())
	}
	for _, text := range texts {
		if !strings.Contains(p.text(), text) && !strings.Contains(p.body, html.EscapeString(text)) {
			p.t.Fatalf("%s does not say %q:\n%s", p.path, text, p.text())
		}
	}
	return p
}

// logIn is the way of a resident to a session.
func (b *browser) logIn(phone string) *browser {
	b.t.Helper()
	code := b.get("/login").send("/login", "phone", phone)
	code.want(200).send("/login/code", "code", b.code(phone)).want(200, b.T("cases.title"))
	return b
}

// enter is the way of staff.
func (b *browser) enter(login string) *browser {
	b.t.Helper()
	b.get("/staff/login").send("/staff/login", "name", login, "password", b.staff[login].Password, "code", b.digits(login)).want(200)
	return b
}

// digits are the next six of somebody's second factor; each works once.
func (w *world) digits(login string) string {
	w.t.Helper()
	w.clock.add(30 * time.Second)
	digits, err := totp.GenerateCode(w.staff[login].Secret, w.clock.now())
	w.must(err)
	return digits
}

// post is a form that nobody showed to this browser, with good tokens.
func (b *browser) post(w *world, path string, pairs ...string) url.Values {
	v := url.Values{"token": {w.token(b, "")}, "once": {w.token(b, path)}}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

const said = "东关村供销社门口的路灯坏了半个月，晚上什么也看不见。请修一修。"

// file is the way to a case; it gives the case's number.
func (b *browser) file() string {
	b.t.Helper()
	check := b.get("/file").send("/file", "kind", "help", "body", said, "place", "城关镇", "name", "王秀兰").want(200, said)
	return b.number(check.post("/file/check"))
}

// number is the number of the receipt that a page leads to.
func (b *browser) number(p *page) string {
	b.t.Helper()
	n, ok := strings.CutPrefix(p.header.Get("Location"), "/receipt/")
	if p.status != http.StatusSeeOther || !ok {
		b.t.Fatalf("no receipt: %d %s\n%s", p.status, p.header.Get("Location"), p.text())
	}
	return n
}

var errTest = errors.New("a mistake in a test")

// who is whoever a browser is logged in as.
func (w *world) who(b *browser) office.Who {
	w.t.Helper()
	who, err := w.office.Who(ctx, b.cookie(sessionCookie))
	w.must(err)
	return who
}

// cookie is the value of a cookie that the browser holds.
func (b *browser) cookie(name string) string {
	u, err := url.Parse("http://" + b.addr + "/")
	b.must(err)
	for _, c := range b.http.Jar.Cookies(u) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

// links are where the page leads, below a path.
func (p *page) links(below string) (to []string) {
	for n := range p.tree.Descendants() {
		if n.Type == html.ElementNode && n.Data == "a" && strings.HasPrefix(attr(n, "href"), below) {
			to = append(to, attr(n, "href"))
		}
	}
	return to
}

// link is where a link with these words leads.
func (p *page) link(words string) string {
	p.t.Helper()
	for n := range p.tree.Descendants() {
		if n.Type == html.ElementNode && n.Data == "a" && strings.TrimSpace(inner(n)) == words {
			return attr(n, "href")
		}
	}
	p.t.Fatalf("%s has no link %q:\n%s", p.path, words, p.text())
	return ""
}
