package web

import (
	"net/http"
	"strings"
	"testing"

	"lianxin/server/board"
	"lianxin/server/office"
)

// taken is what an operator types.
func taken(pairs ...string) []string {
	return append([]string{"channel", "counter", "phone", "138 0013 8000", "name", "王秀兰", "kind", "help", "body", said, "place", "城关镇",
		"village", "东关村", "tell", "text", "hide", "no", "public", "no", "agreed", "yes"}, pairs...)
}

func TestAnOperatorWritesDownWhatIsSaid(t *testing.T) {
	w := newWorld(t)
	phone := w.browser().enter("phone")
	form := phone.get("/desk").want(200, w.T("intake.title"))
	for _, wrong := range []struct{ field, value, fault string }{
		{"phone", "12", w.T("fault.phone.short", "Digits", 2)}, {"phone", "0311 8000 1234", w.T("fault.phone.landline")},
		{"body", " ", w.T("fault.filing.body.empty")}, {"place", "月亮", w.T("fault.filing.township")},
		{"title", strings.Repeat("长", 31), w.T("fault.long", "Max", 30, "Over", 1)}, {"channel", "moon", w.T("fault.intake.channel")},
	} {
		page := form.post("/desk/intake", taken(wrong.field, wrong.value)...).want(422, wrong.fault)
		if v := page.form("/desk/intake").values; v.Get("village") != "东关村" || v.Get("name") != "王秀兰" || v.Get("agreed") != "yes" {
			t.Errorf("%s: lost %v", wrong.field, v)
		}
	}
	unagreed := form.post("/desk/intake", taken("agreed", "")...).wrong(422, "agreed", w.T("fault.intake.agreed"), "body", said)
	cases := func() int {
		w.t.Helper()
		page, err := w.office.Desk(ctx, w.as("desk"), office.Shelf(board.Dispatcher), "", 9)
		w.must(err)
		return len(page.Cases)
	}
	if n := cases(); n != 0 {
		t.Fatalf("%d cases from what nobody agreed to", n)
	}
	got := unagreed.post("/desk/intake", "agreed", "yes")
	n, ok := strings.CutPrefix(got.header.Get("Location"), "/desk/intake/")
	if got.status != http.StatusSeeOther || !ok {
		t.Fatalf("%d %s\n%s", got.status, got.header.Get("Location"), got.text())
	}
	if again := unagreed.post("/desk/intake", "agreed", "yes"); again.header.Get("Location") != "/desk/intake/"+n || cases() != 1 {
		t.Errorf("a second click leads to %s, %d cases", again.header.Get("Location"), cases())
	}
	receipt := phone.get("/desk/intake/"+n).want(200, board.Number(n).Grouped(), "138 **** 8000", w.T("receipt.desk")).
		hides("138 0013 8000", "王秀兰", w.T("receipt.pin"), w.T("receipt.pin.gone"), said)
	receipt.get("/desk/intake").want(200).hides(said)
	phone.sound("/desk/intake/" + n)
	phone.sound("/desk/intake")
	phone.get("/desk/case/" + n).want(403)
	w.browser().enter("desk").get("/desk/case/"+n).want(200, said, "王秀兰", "138 0013 8000", w.T("role.operator"))
	other := w.browser()
	asks := other.get("/login").send("/login", "phone", "13800138000").send("/login/code", "code", other.code("13800138000"))
	asks.want(200, w.T("who.claim.label")).hides("王秀兰", "王*兰", board.Number(n).Grouped()) // the phone was only said, and never shown to be theirs
	asks.post("/who", "name", "李大山").wrong(422, "name", w.T("fault.who.claim.wrong"))
	other.do("GET", "/case/"+n, nil).want(303)
	asks.send("/who", "name", "王秀兰").want(200, board.Number(n).Grouped(), w.T("cases.typed"))
}

func TestWhoHasNoPhoneIsHeardToo(t *testing.T) {
	w := newWorld(t)
	phone := w.browser().enter("phone")
	form := phone.get("/desk/intake")
	form.post("/desk/intake", taken("phone", "", "tell", "text")...).wrong(422, "tell", w.T("fault.intake.tell"), "body", said)
	receipt := form.send("/desk/intake", taken("phone", "", "name", "", "tell", "read", "channel", "call")...).want(200, w.T("receipt.title"), w.T("tell.read.label"))
	receipt.hides(w.T("receipt.next.assign", "Phone", ""))
}

func TestAnotherOperatorHasNoReceipt(t *testing.T) {
	w := newWorld(t)
	n := w.browser().logIn("13800138000").file()
	phone := w.browser().enter("phone")
	phone.get("/desk/intake/" + n).want(404) // a resident filed it
	got := phone.get("/desk/intake").post("/desk/intake", taken("phone", "13900139000")...)
	_, err := w.office.Hire(ctx, office.Box, office.NewStaff{Login: "phone2", Name: "小钱", Roles: board.Roles{board.Operator}})
	w.must(err)
	second := w.browser()
	token, err := w.office.Enter(ctx, "phone2")
	w.must(err)
	second.head["Cookie"] = sessionCookie + "=" + token
	second.get(got.header.Get("Location")).want(404)
}
