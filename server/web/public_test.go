package web

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// shown files a case, lets everybody read it, and gives its number.
func (w *world) shown(b *browser, kind board.Kind, town, topic, title string) string {
	w.t.Helper()
	w.clock.add(11 * time.Minute)
	check := b.get("/file").send("/file", "kind", string(kind), "body", said, "place", town, "village", "东关村", "name", "王秀兰", "remark", "晚上在家", "public", "yes")
	n := b.number(check.post("/file/check"))
	w.must(w.office.Assign(ctx, w.as("desk"), board.Number(n), w.form(), office.Assignment{Lead: w.units[0].String(), Topic: topic}))
	w.must(w.office.Publish(ctx, w.as("desk"), board.Number(n), w.form(), board.Notice{Title: title, Body: "一处路灯坏了，请修一修。"}))
	return n
}

func TestWhatAnybodyMayRead(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	b.get("/").want(200, w.T("home.public")).get("/public").want(200, w.T("public.empty"))
	writer := w.browser().logIn("13800138000")
	hidden := writer.file()
	complaint := w.shown(writer, board.Complain, "东关镇", "traffic", "有人乱停车")
	n := w.shown(writer, board.Suggest, "城关镇", "building", "路灯坏了")

	list := b.get("/public").want(200, "路灯坏了", "有人乱停车", "城关镇", w.T("topic.building"), w.T("state.assigned"))
	list.hides("王秀兰", "0013 8000", "东关村", "晚上在家", "供销社", hidden)
	b.get("/public?place=城关镇").want(200, "路灯坏了").hides("有人乱停车")
	b.get("/public?place=Chengguan&topic=building").want(200, "路灯坏了").hides("有人乱停车")
	b.get("/public?topic=farming").want(200, w.T("public.empty.sifted"))
	b.get("/public?place=别的县&topic=riot&from=zz").want(200, "路灯坏了", "有人乱停车")
	filter := b.get("/public?place=城关镇&topic=building").form("/public").values
	if filter.Get("place") != "城关镇" || filter.Get("topic") != "building" {
		t.Errorf("the choice is not kept: %v", filter)
	}
	for _, at := range []string{complaint, hidden} {
		b.get("/public/"+at).hides("东关镇", "东关村", "王秀兰", "晚上在家", "供销社", "13800138000", "138 0013", "138 *")
	}

	w.must(w.office.SignFor(ctx, w.as("unit"), board.Number(n), w.form()))
	w.must(w.office.Progress(ctx, w.as("unit"), board.Number(n), w.form(), "约了王秀兰周五到场"))
	w.must(w.office.Contact(ctx, w.as("unit"), board.Number(n), w.form(), true, "打了 13800138000"))
	writer.get("/case/"+n+"/add").send("/case/"+n+"/add", "words", "我是王秀兰，住村东头").want(200)
	w.must(w.office.Answer(ctx, w.as("unit"), board.Number(n), w.form(), board.Reply{Found: "电缆老化", Done: "换好了", Contact: "建设局"}))
	b.get("/public/" + n).hides("电缆老化")
	w.must(w.office.Approve(ctx, w.as("review"), board.Number(n), w.form()))
	rate := "/case/" + n + "/rate"
	writer.get(rate).send(rate, "solved", "yes", "words", "谢谢李师傅").want(200)
	page := b.get("/public/"+n).want(200, "路灯坏了", "一处路灯坏了", "城关镇", w.T("topic.building"), "住房和城乡建设局", "电缆老化",
		w.T("publiccase.outcome", "Outcome", w.T("outcome.solved")), w.T("event.signed"))
	page.hides("王秀兰", "13800138000", "东关村", "晚上在家", "供销社", "周五到场", "村东头", "谢谢李师傅", "周岚", "李建平", "何敏", w.T("event.contacted"), w.T("event.added"))
	b.sound("/public")
	b.sound("/public/" + n)
	writer.get("/case/"+n).want(200, w.T("case.public.shown"), "/public/"+n)

	w.must(w.office.Hide(ctx, w.as("desk"), board.Number(n), w.form(), "本人要求"))
	none := b.get("/public/2600000000").want(404)
	for _, at := range []string{n, hidden, "1", "x"} {
		if p := b.get("/public/" + at); p.status != 404 || p.text() != none.text() {
			t.Errorf("%s: %d", at, p.status)
		}
	}
	b.get("/public").hides("路灯坏了")
}

func TestThePublicListPageByPage(t *testing.T) {
	w := newWorld(t)
	writer := w.browser().logIn("13800138000")
	for i := range publicRows + 2 {
		w.shown(writer, board.Ask, "城关镇", "building", fmt.Sprintf("第%d件事", 100+i))
	}
	b := w.browser()
	b.sound("/public")
	seen := map[string]int{}
	p := b.get("/public?place=城关镇")
	for pages := 0; ; pages++ {
		for i := range publicRows + 2 {
			if title := fmt.Sprintf("第%d件事", 100+i); strings.Contains(p.text(), title) {
				seen[title]++
			}
		}
		if pages > 0 && !strings.Contains(p.text(), w.T("desk.first")) {
			t.Error("a later page does not lead back to the first")
		}
		next := p.leads(w.T("cases.more"))
		if next == "" {
			break
		}
		if !strings.Contains(next, "place=") {
			t.Errorf("the next page forgets the place: %s", next)
		}
		p = b.get(next)
	}
	if len(seen) != publicRows+2 {
		t.Errorf("%d cases seen", len(seen))
	}
	for title, n := range seen {
		if n != 1 {
			t.Errorf("%s was seen %d times", title, n)
		}
	}
}

// leads is where a link with this text leads, "" when there is none.
func (p *page) leads(text string) string {
	for n := range p.tree.Descendants() {
		if n.Data == "a" && strings.TrimSpace(inner(n)) == text {
			return attr(n, "href")
		}
	}
	return ""
}

func TestWhoIsInChargeOfWhat(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	w.must(w.office.Rename(ctx, office.Box, w.units[0], board.Founded{
		Name: board.Texts{"zh-Hans": "住房和城乡建设局", "en": "Housing Bureau"}, Does: board.Texts{"zh-Hans": "房子、路灯、下水道"}, Phone: "0300-800 5678",
	}))
	b.get("/units").want(200, "住房和城乡建设局", "房子、路灯、下水道", "0300-800 5678", "水利局")
	w.must(w.office.Dissolve(ctx, office.Box, w.units[1], w.units[0].String()))
	b.get("/units").hides("水利局")
	b.sound("/units")
}

func TestPagesToBeRead(t *testing.T) {
	w := newWorld(t)
	b := w.browser()
	home := b.get("/")
	for _, name := range views.Guides {
		if !strings.Contains(home.body, `href="/`+name+`"`) {
			t.Errorf("home does not lead to %s", name)
		}
		b.sound("/" + name)
	}
	// Whatever home leads to is there.
	for n := range home.tree.Descendants() {
		if href := attr(n, "href"); n.Data == "a" && strings.HasPrefix(href, "/") {
			b.get(href).want(200)
		}
	}
}
