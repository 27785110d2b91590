package web

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
)

// The whole loop, by hand as it were: only pages, and the forms on them.
func TestACaseGoesRound(t *testing.T) {
	w := newWorld(t)
	wang := w.browser().logIn("13800138000")
	n := wang.file()
	shown := board.Number(n).Grouped()
	receipt := wang.get("/receipt/"+n).want(200, shown, w.T("receipt.title"))
	if !strings.Contains(receipt.text(), "138 **** 8000") {
		t.Error("the receipt does not say where texts go")
	}
	if !strings.Contains(receipt.text(), wang.addr) {
		t.Errorf("the receipt does not say where the site is, %s:\n%s", wang.addr, receipt.text())
	}

	zhou := w.browser().enter("desk")
	zhou.get("/desk").want(200, shown, "城关镇")
	zhou.get("/desk/case/"+n).want(200, said, "王秀兰", "138 0013 8000").
		send("/desk/case/"+n+"/assign", "unit", w.units[0].String()).want(200, w.T("state.assigned"), "住房和城乡建设局")
	wang.get("/case/"+n).want(200, w.T("state.assigned"), "住房和城乡建设局", "10月14日")

	li := w.browser().enter("unit")
	li.get("/desk").want(200, shown)
	li.get("/desk/case/"+n).send("/desk/case/"+n+"/sign").want(200, w.T("state.in-hand"))
	li.get("/desk/case/"+n).send("/desk/case/"+n+"/progress", "note", "已约电工周五到场").want(200, "已约电工周五到场")
	wang.get("/case/"+n).want(200, "已约电工周五到场", w.T("next.in-hand"))
	answer := "/desk/case/" + n + "/answer"
	preview := li.get("/desk/case/"+n).send(answer, "found", "五盏灯的电缆老化", "done", "九月二十日已全部换好", "contact", "李建平 0300-8001111").
		want(200, w.T("preview.title"), "五盏灯的电缆老化")
	preview.send(answer, "change", "x").want(200, w.T("deed.answer.title"), "五盏灯的电缆老化")
	preview.send(answer).want(200, w.T("next.review"))
	if page := wang.get("/case/" + n); strings.Contains(page.text(), "五盏灯") {
		t.Error("a reply that nobody has approved is on the resident's page")
	}

	he := w.browser().enter("review")
	review := he.get("/desk").want(200, shown).get("/desk/case/"+n).want(200, "五盏灯的电缆老化")
	if strings.Contains(review.text(), "王秀兰") || strings.Contains(review.text(), "0013 8000") {
		t.Error("a reviewer reads who the resident is")
	}
	review.send("/desk/case/"+n+"/return", "reason", "没有写清有没有都亮").want(200)
	if page := wang.get("/case/" + n); strings.Contains(page.text(), "没有写清") {
		t.Error("the reason of a return is on the resident's page")
	}
	again := li.get("/desk/case/"+n).want(200, "没有写清有没有都亮", "五盏灯的电缆老化")
	again.send(answer, "done", "九月二十日已全部换好，都亮了").send(answer).want(200, w.T("next.review"))
	he.get("/desk/case/"+n).send("/desk/case/"+n+"/approve").want(200, w.T("state.answered"))

	wang.get("/case/"+n).want(200, w.T("case.reply"), "都亮了", w.T("rate.title"))
	wang.get("/cases").want(200, w.T("cases.rate"))
	wang.get("/case/"+n).send("/case/"+n+"/rate", "solved", "yes", "words", "谢谢").want(200, w.T("state.closed"), w.T("outcome.solved"))
	zhou.get("/desk/case/"+n).want(200, w.T("state.closed"), "谢谢")
	if log := w.log.String(); log != "" {
		t.Errorf("a day without trouble leaves in the log:\n%s", log)
	}
}

func TestOneQuestionAPage(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	p := b.get("/file/step/kind").send("/file/step/kind", "kind", "ask")
	p = p.want(200, w.T("file.words.title")).send("/file/step/words", "body", said)
	p = p.want(200, w.T("file.place.title")).send("/file/step/place", "place", "东关镇", "village", "东关村")
	p = p.want(200, w.T("file.you.title")).send("/file/step/you", "name", "王秀兰")
	p.want(200, w.T("check.title"), said, "东关镇", "东关村", "王秀兰", w.T("kind.ask"))
	// A change leads straight back to the check.
	p = b.get("/file/step/kind").send("/file/step/kind", "kind", "help").want(200, w.T("check.title"), w.T("kind.help"))
	n := b.number(p.post("/file/check"))
	b.get("/case/"+n).want(200, said)
}

func TestNumberAndPIN(t *testing.T) {
	w := newWorld(t)
	owner := w.browser().logIn("13800138000")
	n := owner.file()
	r, err := w.office.Receipt(ctx, w.who(owner), board.Number(n))
	w.must(err)
	neighbour := w.browser()
	p := neighbour.get("/lookup").send("/lookup", "number", board.Number(n).Grouped(), "pin", r.PIN)
	p.want(200, w.T("case.looked"), w.T("state.received"))
	for _, secret := range []string{said, "王秀兰", "13800138000", "138 0013", "138 *"} {
		if strings.Contains(p.text(), secret) {
			t.Errorf("number and PIN show %q", secret)
		}
	}
	neighbour.get("/case/"+n).want(200, w.T("who.pin"))
	if p := neighbour.do("GET", "/cases", nil); p.header.Get("Location") != "/login?then=%2Fcases" {
		t.Errorf("the list of cases is open to a PIN: %d %q", p.status, p.header.Get("Location"))
	}
	// A resident who is logged in keeps their login when they open another case.
	other := w.browser().logIn("13900139000")
	other.get("/lookup").send("/lookup", "number", n, "pin", r.PIN).want(200, w.T("case.looked"))
	other.get("/cases").want(200, w.T("cases.empty"))
}

func TestADeskIsTurnedPageByPage(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	want := map[string]bool{}
	for range deskRows + 3 {
		w.clock.add(11 * time.Minute) // the same words sooner would look like a second click
		want["/desk/case/"+b.file()] = true
	}
	desk := w.browser().enter("desk")
	first := desk.get("/desk").want(200, w.T("desk.section.dispatcher"), strconv.Itoa(deskRows+3))
	next := first.link(w.T("desk.more"))
	second := desk.get(next).want(200, w.T("desk.first"))
	for i, p := range []*page{first, second} {
		rows := p.links("/desk/case/")
		if len(rows) != []int{deskRows, 3}[i] {
			t.Errorf("page %d has %d rows", i+1, len(rows))
		}
		for _, row := range rows {
			if !want[row] {
				t.Errorf("page %d: %s is there twice, or nobody's", i+1, row)
			}
			delete(want, row)
		}
	}
	if len(want) != 0 {
		t.Errorf("%d cases are on no page", len(want))
	}
	desk.get("/desk?from=rubbish&desk=mayor").want(200, w.T("desk.section.dispatcher"))
}
