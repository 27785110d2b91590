package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"golang.org/x/net/html"

	"lianxin/locales"
	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/server/workday"
	"lianxin/store"
	"lianxin/store/kv"
	"lianxin/store/kv/bolt"
	"lianxin/store/seal"
	"lianxin/views"
)

var (
	ctx  = context.Background()
	noon = time.Date(2026, 9, 17, 12, 0, 0, 0, board.Zone) // a Thursday
)

// clock is a time that a test moves.
type clock struct {
	sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time { c.Lock(); defer c.Unlock(); return c.at }
func (c *clock) add(d time.Duration) {
	c.Lock()
	defer c.Unlock()
	c.at = c.at.Add(d)
}

// counting is an engine that counts its writes, and that can be made full.
type counting struct {
	kv.Engine
	writes atomic.Int64
	full   atomic.Bool
}

func (e *counting) Update(ctx context.Context, write func(kv.Tx) error) error {
	e.writes.Add(1)
	if e.full.Load() {
		return kv.ErrFull
	}
	return e.Engine.Update(ctx, write)
}

// phones is where texts arrive, and from where the demo's texts go in.
type phones struct {
	sync.Mutex
	texts []Text
}

func (p *phones) Send(_ context.Context, _, to, text string, at time.Time) error {
	p.Lock()
	defer p.Unlock()
	p.texts = append(p.texts, Text{Number: to, Text: text, Time: at})
	return nil
}

func (p *phones) Out(context.Context) ([]Text, error) {
	p.Lock()
	defer p.Unlock()
	return append([]Text{}, p.texts...), nil
}

func (p *phones) In(_ context.Context, from, text string) error {
	p.Lock()
	defer p.Unlock()
	p.texts = append(p.texts, Text{Number: from, Text: text, Time: noon, In: true})
	return nil
}

// world is a county on real files, with a site that listens on the loopback.
type world struct {
	t      *testing.T
	office *office.Office
	engine *counting
	clock  *clock
	phones *phones
	words  *locales.Bundle
	log    *lockedBuffer
	site   *Site
	addr   string
	units  []board.ID
	staff  map[string]office.Credentials
}

type lockedBuffer struct {
	sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.Lock()
	defer b.Unlock()
	return b.Buffer.Write(p)
}
func (b *lockedBuffer) String() string { b.Lock(); defer b.Unlock(); return b.Buffer.String() }

// setting changes the parts of a world's site before it is made.
type setting func(*Parts, *[]route)

func newWorld(t *testing.T, settings ...setting) *world {
	t.Helper()
	w := &world{t: t, clock: &clock{at: noon}, phones: &phones{}, log: &lockedBuffer{}, staff: map[string]office.Credentials{}}
	w.openOffice()
	w.people()
	w.open(settings...)
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) openOffice() {
	dir := w.t.TempDir()
	keys, err := seal.Create(filepath.Join(dir, "keys"))
	w.must(err)
	engine, err := bolt.Open(filepath.Join(dir, "board.db"), bolt.Options{})
	w.must(err)
	w.engine = &counting{Engine: engine}
	st, err := store.New(w.engine, keys)
	w.must(err)
	w.t.Cleanup(func() {
		w.engine.full.Store(false)
		found, err := w.office.Check(ctx, nil)
		if err != nil {
			w.t.Error(err)
		} else if !found.Clean() {
			w.t.Errorf("after the test the store is not sound: %q", found.Problems)
		}
		st.Close()
	})
	calendar, err := workday.Statutory()
	w.must(err)
	w.office, err = office.New(office.Parts{Store: st, Calendar: calendar, Now: w.clock.now, Random: rand.Reader, Log: slog.New(slog.NewTextHandler(w.log, nil))})
	w.must(err)
}

// people names the county and takes on somebody for every role.
func (w *world) people() {
	w.must(w.office.NameCounty(ctx, office.Box, board.CountyNamed{
		Name: board.Texts{"zh-Hans": "示范县", "en": "Demonstration County"}, Hotline: "0300-800 1234",
		Townships: []board.Place{{Name: board.Texts{"zh-Hans": "城关镇", "en": "Chengguan"}}, {Name: board.Texts{"zh-Hans": "东关镇", "en": "Dongguan"}}},
	}))
	for _, name := range []board.Texts{{"zh-Hans": "住房和城乡建设局", "en": "Housing Bureau"}, {"zh-Hans": "水利局", "en": "Water Bureau"}} {
		id, err := w.office.Found(ctx, office.Box, board.Founded{Name: name})
		w.must(err)
		w.units = append(w.units, id)
	}
	for login, n := range map[string]office.NewStaff{
		"desk":   {Name: "周岚", Roles: board.Roles{board.Dispatcher}},
		"unit":   {Name: "李建平", Roles: board.Roles{board.Handler}, Unit: w.units[0]},
		"other":  {Name: "孙桂芳", Roles: board.Roles{board.Handler}, Unit: w.units[1]},
		"review": {Name: "何敏", Roles: board.Roles{board.Reviewer}},
		"phone":  {Name: "钱多", Roles: board.Roles{board.Operator}},
		"lead":   {Name: "田书记", Roles: board.Roles{board.Leader}},
		"watch":  {Name: "严正", Roles: board.Roles{board.Inspector}},
		"admin":  {Name: "孙伟", Roles: board.Roles{board.Admin}},
	} {
		n.Login = login
		c, err := w.office.Hire(ctx, office.Box, n)
		w.must(err)
		w.staff[login] = c
	}
}

func (w *world) open(settings ...setting) {
	var err error
	w.words, err = locales.Open()
	w.must(err)
	pages, err := views.Open()
	w.must(err)
	parts := Parts{Office: w.office, Words: w.words, Views: pages, Random: rand.Reader, Log: slog.New(slog.NewTextHandler(w.log, nil))}
	routes := []route{}
	for _, set := range settings {
		set(&parts, &routes)
	}
	w.site, err = build(parts, append(table(parts), routes...))
	w.must(err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	w.must(err)
	w.addr = l.Addr().String()
	done := make(chan error, 1)
	go func() { done <- w.site.Serve(l) }()
	w.t.Cleanup(func() {
		if err := w.site.Shutdown(ctx); err != nil {
			w.t.Error(err)
		}
		if err := <-done; err != nil {
			w.t.Error(err)
		}
	})
}

// demo is the made-up county's ways in.
func demo(p *Parts, _ *[]route) {
	d := &Demo{Phone: &phones{}}
	for _, e := range []struct {
		role  board.Role
		login string
	}{{board.Dispatcher, "desk"}, {board.Handler, "unit"}, {board.Reviewer, "review"}} {
		d.Entrances = append(d.Entrances, Entrance{e.role, e.login, func(ctx context.Context) (string, error) { return p.Office.Enter(ctx, e.login) }})
	}
	p.Demo = d
}

// T is a text that the pages say.
func (w *world) T(id string, pairs ...any) string { return w.words.Words("zh-Hans").T(id, pairs...) }

// code is the one-time code that last reached a phone.
func (w *world) code(phone string) string {
	w.t.Helper()
	_, err := w.office.Post(ctx, func(t store.Text) string { return t.Args["Code"] }, w.phones)
	w.must(err)
	w.phones.Lock()
	defer w.phones.Unlock()
	for i := len(w.phones.texts) - 1; i >= 0; i-- {
		if t := w.phones.texts[i]; t.Text != "" && strings.HasSuffix(t.Number, phone) {
			return t.Text
		}
	}
	w.t.Fatalf("no code reached %s", phone)
	return ""
}

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
					v.Set(attr(n, "name"), attr(o, "value"))
				}
			}
		}
	}
	return v
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
