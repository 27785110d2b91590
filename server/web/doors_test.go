package web

import (
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
	owner.adds("/case/"+number, snapshot)
	w.photo = w.byNumber(number).Attachments[0].ID.String()
	desk := w.browser().enter("desk")
	desk.get("/desk/case/"+number).send("/desk/case/"+number+"/assign", "unit", w.units[0].String()).want(200)
	receipt, err := w.office.Receipt(ctx, w.who(owner), board.Number(number))
	w.must(err)
	neighbour := w.browser()
	neighbour.get("/lookup").send("/lookup", "number", number, "pin", receipt.PIN).want(200)
	all = []knocker{
		{"a stranger", w.browser(), []door{anyone}},
		{"somebody with the PIN", neighbour, []door{anyone, opener}},
		{"one of a family", family, []door{anyone, phoned}},
		{"the resident", owner, []door{anyone, phoned, board.Resident}},
		{"the dispatcher", desk, []door{anyone, board.Dispatcher}},
		{"the handler", w.browser().enter("unit"), []door{anyone, board.Handler}},
		{"the head", w.browser().enter("chief"), []door{anyone, board.Head}},
		{"the reviewer", w.browser().enter("review"), []door{anyone, board.Reviewer}},
		{"the operator", w.browser().enter("phone"), []door{anyone, board.Operator}},
		{"the leader", w.browser().enter("lead"), []door{anyone, board.Leader}},
		{"the inspector", w.browser().enter("watch"), []door{anyone, board.Inspector}},
		{"the admin", w.browser().enter("admin"), []door{anyone, board.Admin}},
		{"the helper", w.aide(), []door{anyone, board.Helper}},
	}
	for _, k := range all { // what a first visit and a first look write is written
		k.get("/")
		if w.who(k.browser).IsStaff() {
			k.do("GET", "/desk/case/"+number, nil)
			k.do("GET", "/assist/case/"+w.helped, nil)
		}
	}
	return number, all
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
	path := w.paths(number, ":step", "words", ":role", "mayor", ":name", "none.css", ":file", "none.csv")
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
			p := k.do(rt.method, w.aim(path, rt.path), form)
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

// aim is where a path leads for those who come to its door: helpers have a case
// of their own.
func (w *world) aim(path *strings.Replacer, at string) string {
	if strings.HasPrefix(at, "/assist/") {
		at = strings.ReplaceAll(at, ":number", w.helped)
	}
	return path.Replace(at)
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
	path := w.paths(number, ":step", "words", ":role", "dispatcher")
	stranger := w.browser().logIn("13700137000")
	for _, rt := range w.site.routes {
		if rt.method != "POST" {
			continue
		}
		for _, k := range all {
			if !slices.ContainsFunc(rt.doors, func(d door) bool { return slices.Contains(k.doors, d) }) {
				continue
			}
			at := w.aim(path, rt.path)
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
