package web

import (
	"errors"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store/seal"
	"lianxin/views"
)

const printed = "k7mq-2xw9-p4rd"

// newFolder is a county that nobody works in yet, and its site.
func newFolder(t *testing.T, settings ...setting) *world {
	t.Helper()
	w := &world{t: t, clock: &clock{at: noon}, phones: &phones{}, log: &lockedBuffer{}, staff: map[string]office.Credentials{}}
	dir := t.TempDir()
	keys := filepath.Join(dir, "keys")
	_, err := seal.Create(keys)
	w.must(err)
	w.office, w.engine, err = openOffice(dir, w.clock.now, w.log)
	w.must(err)
	t.Cleanup(func() {
		found, err := w.office.Check(ctx, nil)
		if err != nil || !found.Clean() {
			t.Errorf("after the test the store is not sound: %v", err)
		}
		w.must(w.engine.Close())
	})
	first := func(p *Parts, _ *[]route) {
		p.First = &First{Code: printed, Key: func() (string, []string, error) { return seal.Paper(keys) }}
	}
	w.open(append([]setting{first}, settings...)...)
	return w
}

// secret is the second factor that the page shows.
func (p *page) secret() string {
	p.t.Helper()
	key := strings.ReplaceAll(after(p.text(), p.T("first.totp.type")), " ", "")
	if len(key) < 16 {
		p.t.Fatalf("no key for a phone on\n%s", p.text())
	}
	return key
}

// group is the group of the key that the page asks for, read off the page as
// somebody with the sheet in hand does.
func (p *page) group() string {
	p.t.Helper()
	var groups []string
	for n := range p.tree.Descendants() {
		if n.Data == "ol" && attr(n, "class") == "key" {
			for li := range n.Descendants() {
				if li.Data == "li" {
					groups = append(groups, inner(li))
				}
			}
		}
	}
	for i, g := range groups {
		if strings.Contains(p.text(), p.T("first.part.label", "Group", i+1)) {
			return g
		}
	}
	p.t.Fatalf("no group is asked for on\n%s", p.text())
	return ""
}

func TestACountyHasItsFirstRun(t *testing.T) {
	w := newFolder(t)
	b := w.browser()
	p := b.get("/").want(200, w.T("first.open.title"))
	p.post("/first", "opening", "k7mq-2xw9-p4re").want(422, w.T("fault.first.code"))
	p = p.send("/first", "opening", " K7MQ 2XW9—P4RD ").want(200, w.T("first.county.title"))

	wrong := p.post("/first", "name-zh-Hans", " ", "name-en", "Trial County", "hotline", "0300-1").want(422, w.T("fault.county.name"), "Trial County", "0300-1")
	p = wrong.send("/first", "name-zh-Hans", "试县").want(200, w.T("first.admin.title"))

	secret := p.secret()
	code, err := totp.GenerateCode(secret, w.clock.now())
	w.must(err)
	wrong = p.post("/first", "name", "孙伟", "login", "sun wei", "password", "short", "code", "000000").
		want(422, w.T("fault.staff.login"), w.T("fault.staff.password", "Min", 10), w.T("fault.staff.digits"))
	if v := wrong.form("/first").values; v.Get("name") != "孙伟" || v.Get("login") != "sun wei" || v.Get("password") != "" || v.Get("code") != "" {
		t.Errorf("given back are %v", v)
	}
	if wrong.secret() != secret {
		t.Error("the key changed under the hands of whoever types its digits")
	}
	p = wrong.send("/first", "login", "sunwei", "password", "河边柳树早市七点钟见", "code", code).want(200, w.T("first.keys.title"))
	if len(w.county().Staff) != 0 || len(w.county().Name) != 0 {
		t.Error("something is kept before the key is on paper")
	}

	p.post("/first", "part", "zzzz").want(422, w.T("fault.first.part"))
	p = b.get("/first").want(200, w.T("first.keys.title")) // a reload changes nothing
	p.post("/first", "part", strings.ToUpper(p.group())).want(200, w.T("first.done.title"), "试县")

	county := w.county()
	if county.Name["zh-Hans"] != "试县" || county.Name["en"] != "Trial County" || county.Hotline != "0300-1" || len(county.Staff) != 1 {
		t.Errorf("the county is %v", county)
	}
	w.staff["sunwei"] = office.Credentials{Password: "河边柳树早市七点钟见", Secret: secret}
	w.browser().enter("sunwei").get("/").want(200, "试县")
	w.browser().enter("sunwei").get("/admin").want(200, w.T("admin.title"))
}

// foundBy is a first run to its end, in one browser.
func (w *world) foundBy(b *browser) *page {
	w.t.Helper()
	p := b.get("/first").send("/first", "opening", printed).send("/first", "name-zh-Hans", "试县")
	code, err := totp.GenerateCode(p.secret(), w.clock.now())
	w.must(err)
	p = p.send("/first", "name", "孙伟", "login", "sunwei", "password", "河边柳树早市七点钟见", "code", code)
	return p.want(200, w.T("first.keys.title"))
}

func TestTheFirstRunIsClosedForEver(t *testing.T) {
	w := newFolder(t)
	b := w.browser()
	p := w.foundBy(b)
	last := p.form("/first").values
	last.Set("part", p.group())
	b.do("POST", "/first", last).want(200, w.T("first.done.title"))
	b.do("POST", "/first", last).want(404)
	for _, who := range []*browser{b, w.browser(), w.browser().enterAs("sunwei")} {
		if got := who.do("GET", "/first", nil); got.status != 404 {
			t.Errorf("the first run is open again: %d", got.status)
		}
		if got := who.do("POST", "/first", url.Values{"opening": {printed}}); got.status != 404 && got.status != 422 {
			t.Errorf("the code works again: %d", got.status)
		}
	}
	if n := len(w.county().Staff); n != 1 {
		t.Errorf("%d people work here", n)
	}
	w.browser().get("/login").want(200)
}

// enterAs enters without a password.
func (b *browser) enterAs(login string) *browser {
	b.t.Helper()
	token, err := b.office.Enter(ctx, login)
	b.must(err)
	u, err := url.Parse("http://" + b.addr + "/")
	b.must(err)
	b.http.Jar.SetCookies(u, []*http.Cookie{{Name: sessionCookie, Value: token}})
	return b
}

// Nothing else is open before it, and nobody but whoever has the code comes on.
func TestBeforeTheFirstRun(t *testing.T) {
	w := newFolder(t)
	for _, rt := range w.site.routes {
		if rt.early || rt.file != nil {
			continue
		}
		path := strings.NewReplacer(":number", "1", ":step", "words").Replace(rt.path)
		p := w.browser().do(rt.method, path, nil)
		if rt.method == "GET" && (p.status != 303 || p.header.Get("Location") != "/first") || rt.method == "POST" && p.status != 403 {
			t.Errorf("%s %s before the first run: %d", rt.method, path, p.status)
		}
	}
	w.untouched("a stranger at the first run", func() {
		b := w.browser()
		b.get("/").want(200, w.T("first.open.title"))
		for _, step := range views.FirstSteps {
			p := b.do("GET", "/first?step="+step, nil)
			if p.status != 200 || strings.Contains(p.body, `class="key"`) || strings.Contains(p.body, w.T("first.totp.type")) {
				t.Errorf("a stranger comes to %s: %d", step, p.status)
			}
			form := p.form("/first").values
			form.Set("step", step)
			form.Set("part", "0000")
			form.Set("name-zh-Hans", "贼县")
			b.do("POST", "/first", form).want(422, w.T("fault.first.again"))
		}
		b.do("POST", "/first", url.Values{"step": {"code"}, "opening": {printed}}).want(422) // no token of a page
	})
	if log := w.log.String(); strings.Contains(log, printed) {
		t.Error("the code is in the log")
	}
}

// The code that is typed in another browser takes the run along; the one before
// it sees no key any more.
func TestTheFirstRunMovesOn(t *testing.T) {
	w := newFolder(t)
	b := w.browser()
	shown := w.foundBy(b)
	other := w.browser()
	other.get("/first").send("/first", "opening", printed).want(200, w.T("first.keys.title"))
	if p := b.get("/first").want(200, w.T("first.open.title")); strings.Contains(p.body, `class="key"`) {
		t.Error("the browser that is out still sees the key")
	}
	shown.post("/first", "part", shown.group()).want(422, w.T("fault.first.again"))
	// Back a step or two, what was typed stands there.
	p := other.get("/first?step=county").want(200, w.T("first.county.title"))
	if v := p.form("/first").values; v.Get("name-zh-Hans") != "试县" {
		t.Errorf("the name is lost: %v", v)
	}
	other.get("/first?step=done").want(200, w.T("first.keys.title"))
}

// A county that is set up by commands has no first run left.
func TestCommandsEndTheFirstRun(t *testing.T) {
	w := newFolder(t)
	b := w.browser()
	p := w.foundBy(b)
	w.must(w.office.NameCounty(ctx, office.Box, board.CountyNamed{Name: board.Texts{"zh-Hans": "另县"}}))
	_, err := w.office.Hire(ctx, office.Box, office.NewStaff{Login: "zhou", Name: "周一", Roles: board.Roles{board.Dispatcher}})
	w.must(err)
	p.post("/first", "part", p.group()).want(404)
	b.get("/").want(200, "另县")
	if n := len(w.county().Staff); n != 1 {
		t.Errorf("%d people work here", n)
	}
}

// Passwords and keys do not go over a line that others can read.
func TestTheFirstRunIsNotInTheOpen(t *testing.T) {
	w := newFolder(t, func(p *Parts, _ *[]route) { p.Config.InsecureLAN = true })
	b := w.browser()
	b.head = map[string]string{"X-Forwarded-For": "192.168.1.9"}
	b.get("/").want(403, w.T("fault.first.closed"))
	b.get("/first").want(403, w.T("fault.first.closed"))
}

func TestAKeyThatCannotBeRead(t *testing.T) {
	w := newFolder(t, func(p *Parts, _ *[]route) {
		p.First.Key = func() (string, []string, error) { return "", nil, errors.New("the key is gone") }
	})
	b := w.browser()
	p := b.get("/first").send("/first", "opening", printed).send("/first", "name-zh-Hans", "试县")
	code, err := totp.GenerateCode(p.secret(), w.clock.now().Add(-time.Second))
	w.must(err)
	p.send("/first", "name", "孙伟", "login", "sunwei", "password", "河边柳树早市七点钟见", "code", code).want(500)
	if len(w.county().Staff) != 0 {
		t.Error("a county whose key nobody has seen is open")
	}
}
