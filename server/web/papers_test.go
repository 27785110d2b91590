package web

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"lianxin/server/board"
	"lianxin/server/office"
)

// classed are the texts of the elements that bear a class.
func (p *page) classed(name, class string) (texts []string) {
	for n := range p.tree.Descendants() {
		if n.Type == html.ElementNode && n.Data == name && slices.Contains(strings.Fields(attr(n, "class")), class) {
			texts = append(texts, strings.Join(strings.Fields(inner(n)), " "))
		}
	}
	return texts
}

// within is every line of what is inside the papers of a page.
func (p *page) within() (lines []string) {
	for n := range p.tree.Descendants() {
		if n.Type != html.ElementNode || n.Data != "b" {
			continue
		}
		for above := range n.Ancestors() {
			if attr(above, "class") == "within" {
				lines = append(lines, inner(n))
			}
		}
	}
	return lines
}

var (
	serials = regexp.MustCompile(`\b[1-4] \d{4} \d{3}\b`)
	pins    = regexp.MustCompile(`\b\d\d \d\d \d\d\b`)
	codes   = regexp.MustCompile(`\b\d{4} \d{4}\b`)
)

// Every kind is printed with what belongs inside, once: the same form again says
// so, and no page of the desk ever shows it any more.
func TestASeriesIsPrintedOnce(t *testing.T) {
	w := newWorld(t)
	desk := w.browser().enter("desk")
	for kind, c := range map[board.PaperKind]struct{ pins, codes int }{
		board.Slip: {3, 0}, board.CodeCard: {0, 60}, board.ConsentPaper: {0, 0}, board.BlankForm: {3, 0},
	} {
		register := desk.get("/papers").want(200, w.T("papers.title"))
		filled := register.form("/papers").values
		filled.Set("kind", string(kind))
		filled.Set("count", "３")
		sheets := desk.do("POST", "/papers", filled).want(200, w.T("sheets.once"))
		within := strings.Join(sheets.within(), "\n")
		if got := serials.FindAllString(strings.Join(sheets.classed("p", "no"), "\n"), -1); len(slices.Compact(got)) != 3 {
			t.Errorf("%s: serials %v", kind, got)
		}
		if p, n := len(pins.FindAllString(within, -1)), len(codes.FindAllString(within, -1)); p != c.pins || n != c.codes {
			t.Errorf("%s has %d PINs and %d codes inside, want %d and %d", kind, p, n, c.pins, c.codes)
		}
		desk.do("POST", "/papers", filled).want(409, w.T("fault.papers.shown"))
		filled.Set("count", "4")
		desk.do("POST", "/papers", filled).want(409, w.T("fault.form.sent"))
		register = desk.get("/papers").want(200, w.T("paper."+string(kind)))
		for _, to := range append(register.links("/papers/"), "/papers") {
			after := desk.get(to).want(200)
			for _, secret := range append(pins.FindAllString(within, -1), codes.FindAllString(within, -1)...) {
				if strings.Contains(after.text(), secret) || strings.Contains(after.body, strings.ReplaceAll(secret, " ", "")) {
					t.Errorf("%s shows what is inside: %s", to, secret)
				}
			}
		}
	}
}

func TestWhatCannotBePrinted(t *testing.T) {
	w := newWorld(t)
	desk := w.browser().enter("phone")
	for _, c := range []struct{ kind, count, key string }{
		{"", "10", "fault.papers.kind"}, {"money", "10", "fault.papers.kind"}, {"slip", "", "fault.papers.count"}, {"slip", "100", "fault.papers.count"}, {"slip", "x", "fault.papers.count"},
	} {
		desk.get("/papers").post("/papers", "kind", c.kind, "count", c.count).want(422, w.T(c.key, "Max", board.MostPapers))
	}
	if all, _, err := w.office.Papers(ctx, w.who(desk), "", 10); err != nil || len(all) != 0 {
		t.Errorf("a refused form has printed %v, %v", all, err)
	}
}

func TestPapersAreFoundHandedOutAndRevoked(t *testing.T) {
	w := newWorld(t)
	desk := w.browser().enter("desk")
	desk.get("/papers").post("/papers", "kind", "slip", "count", "5").want(200)
	serial := func(no int) string { return board.NewSerial(board.Slip, 1, no).Grouped() }
	series := desk.get("/papers?serial="+strings.ReplaceAll(serial(2), " ", "+")).want(200, serial(1), serial(5), w.T("papers.state.free"))
	desk.do("GET", "/papers?serial=12", nil).want(422, w.T("fault.serial.length", "Digits", 8))
	desk.do("GET", "/papers?serial="+string(board.NewSerial(board.Slip, 2, 1)), nil).want(422, w.T("fault.paper.unknown"))
	path := series.path
	operator := w.member("phone")
	if !strings.Contains(series.body, operator.ID.String()) || strings.Contains(series.body, w.member("unit").ID.String()) {
		t.Error("papers can be handed to other people than they should be")
	}
	series.send(path+"/handout", "from", "2", "until", "3", "staff", operator.ID.String()).want(200, operator.Name, w.T("admin.said.saved"))
	series = desk.get(path)
	series.post(path+"/handout", "from", "3", "until", "9", "staff", operator.ID.String()).want(422, w.T("fault.papers.span", "Max", 5))
	series.post(path+"/revoke", "first", "2", "last", "2", "why", "封口开了").want(422, w.T("fault.admin.sure"))
	wrong := series.post(path+"/revoke", "first", "4", "last", "2", "why", "封口开了", "sure", "yes").want(422, w.T("fault.papers.span", "Max", 5))
	if !strings.Contains(wrong.body, `href="#f-revoke-first"`) {
		t.Error("the fault does not lead to its field")
	}
	series.post(path+"/revoke", "first", "2", "last", "2", "why", " ", "sure", "yes").want(422, w.T("fault.papers.why"))
	series.send(path+"/revoke", "first", "2", "last", "2", "why", "封口开了", "sure", "yes").want(200, w.T("papers.state.revoked"), "封口开了")
	desk.get(path).send(path+"/revoke", "first", "1", "last", "5", "why", "印坏了", "sure", "yes").want(200)
	if over := desk.get(path); strings.Contains(over.body, path+"/revoke") || strings.Contains(over.body, path+"/handout") {
		t.Error("there is still something to do with a series that is used up")
	}
	desk.do("GET", "/papers/"+strings.Repeat("0", 31)+"1", nil).want(404)
	desk.do("GET", "/papers/x", nil).want(404)
}

// No helper comes near the register, and none of a helper's pages has a PIN.
func TestAHelperSeesNoSecret(t *testing.T) {
	w := newWorld(t)
	_, papers, err := w.office.PrintSeries(ctx, board.Actor{Staff: w.member("desk").ID, Roles: board.Roles{board.Dispatcher}}, board.Slip, 5)
	w.must(err)
	series := "/papers/" + w.series().ID.String()
	helper := w.browser().enter("help")
	for _, path := range []string{"/papers", "/papers/card", series, "/papers?serial=" + string(papers[0].Serial)} {
		helper.do("GET", path, nil).want(403)
	}
	for _, path := range []string{"/papers", "/papers/card", series + "/handout", series + "/revoke"} {
		helper.do("POST", path, helper.post(w, path, "kind", "slip", "count", "1")).want(403)
	}
	for _, rt := range w.site.routes {
		if rt.page == nil || !rt.admits(w.who(helper)) {
			continue
		}
		body := helper.get(w.paths("0", ":step", "words").Replace(rt.path)).body
		for _, p := range papers {
			if strings.Contains(body, p.PIN) || strings.Contains(body, board.GroupCode(p.PIN)) {
				t.Errorf("%s tells a helper a PIN", rt.path)
			}
		}
	}
}

// card gives somebody a card of a series that the dispatcher printed.
func (w *world) card(n string) office.Sealed {
	w.t.Helper()
	_, cards, err := w.office.PrintSeries(ctx, board.Actor{Staff: w.member("desk").ID, Roles: board.Roles{board.Dispatcher}}, board.CodeCard, 2)
	w.must(err)
	counter := w.browser().enter("phone")
	give := counter.get("/papers/card").want(200, w.T("papers.give.lead"))
	give.post("/papers/card", "serial", string(cards[0].Serial), "number", n).want(422, w.T("fault.card.checked"))
	give.post("/papers/card", "serial", "", "number", n, "checked", "yes").want(422, w.T("fault.serial.empty"))
	give.send("/papers/card", "serial", cards[0].Serial.Grouped(), "number", n, "checked", "yes").want(200, w.T("admin.said.saved"))
	give.post("/papers/card", "serial", string(cards[1].Serial), "number", n, "checked", "yes").want(409, w.T("fault.form.sent"))
	return cards[0]
}

func TestLogInWithACard(t *testing.T) {
	w := newWorld(t)
	number := w.browser().logIn("13800138000").file()
	card := w.card(number)
	b := w.browser()
	first := b.get("/login/card").want(200, w.T("card.lead"))
	first.post("/login/card", "serial", "").want(422, w.T("fault.serial.empty"))
	first.post("/login/card", "serial", string(board.NewSerial(board.Slip, 1, 1))).want(422, w.T("fault.paper.kind"))
	second := first.post("/login/card", "serial", card.Serial.Grouped()).want(200, w.T("card.code.label", "No", 1), card.Serial.Grouped())
	second.post("/login/card", "code", "12").want(422, w.T("fault.card.shape", "Digits", 8), w.T("card.code.label", "No", 1))
	again := second.post("/login/card", "code", card.Codes[4]).want(422, w.T("fault.card.wrong"))
	in := again.send("/login/card", "code", groups(card.Codes[0])).want(200, w.T("cases.title"))
	if !slices.Contains(in.links("/case/"), "/case/"+number) {
		t.Errorf("the person's case is not there: %v", in.links("/case/"))
	}
	b.get("/login/card").want(200, w.T("cases.title"))
	other := w.browser()
	third := other.get("/login/card").post("/login/card", "serial", string(card.Serial)).want(200, w.T("card.code.label", "No", 2))
	for range 4 {
		third.post("/login/card", "code", "00000000").want(422)
	}
	third.post("/login/card", "code", "00000000").want(429)
	third.post("/login/card", "code", card.Codes[1]).want(429)
	w.clock.add(16 * time.Minute)
	third.send("/login/card", "code", card.Codes[1]).want(200, w.T("cases.title"))
	if p := w.browser().do("POST", "/login/card", third.form("/login/card").values); p.status != 422 {
		t.Errorf("the form in another browser: %d", p.status)
	}
	nobody := w.browser()
	nobody.get("/login/card").post("/login/card", "serial", string(board.NewSerial(board.CodeCard, 77, 1))).want(http.StatusOK, "77")
}

func TestAnAdminGivesStaffACard(t *testing.T) {
	w := newWorld(t)
	_, cards, err := w.office.PrintSeries(ctx, board.Actor{Staff: w.member("desk").ID, Roles: board.Roles{board.Dispatcher}}, board.CodeCard, 2)
	w.must(err)
	admin := w.browser().enter("admin")
	path := "/admin/staff/" + w.member("review").ID.String()
	wrong := admin.get(path).post(path+"/card", "serial", "123").want(422, w.T("fault.serial.length", "Digits", 8))
	if !strings.Contains(wrong.body, `href="#f-card-serial"`) {
		t.Error("the fault does not lead to its field")
	}
	given := wrong.send(path+"/card", "serial", cards[0].Serial.Grouped()).want(200, w.T("admin.staff.card.is"), cards[0].Serial.Grouped())
	for _, code := range cards[0].Codes {
		if strings.Contains(given.body, code) || strings.Contains(given.body, groups(code)) {
			t.Error("an admin sees a code")
		}
	}
	b := w.browser()
	login := b.get("/staff/login")
	login.post("/staff/login", "name", "review", "password", w.staff["review"].Password, "code", cards[1].Codes[0]).want(403, w.T("fault.staff.refused"))
	login.send("/staff/login", "name", "review", "password", w.staff["review"].Password, "code", groups(cards[0].Codes[0]))
	if !w.who(b).IsStaff() {
		t.Error("the card does not let its holder in")
	}
}
