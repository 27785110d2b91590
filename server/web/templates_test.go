package web

import (
	"strings"
	"testing"

	"lianxin/server/board"
)

func TestTemplatesOfAUnit(t *testing.T) {
	w := newWorld(t)
	unit := w.browser().enter("unit")
	page := unit.get("/desk/templates").want(200, w.T("templates.empty"), "住房和城乡建设局")
	page.post("/desk/templates", "name", "", "found", "【哪天】到现场看了").wrong(422, "add-name", w.T("fault.model.name"), "found", "【哪天】到现场看了")
	page.post("/desk/templates", "name", "长", "done", strings.Repeat("长", 1001)).wrong(422, "add-done", w.T("fault.long", "Max", 1000, "Over", 1), "name", "长")
	page.send("/desk/templates", "name", "路灯维修", "found", "【哪天】到现场看了", "done", "换了灯", "contact", "李建平").want(200, "路灯维修", w.T("flash.done"))
	page.send("/desk/templates", "name", "路灯维修", "found", "【哪天】到现场看了", "done", "换了灯", "contact", "李建平").want(200) // a second click
	page.post("/desk/templates", "name", "路灯维修", "found", "别的").wrong(422, "add-name", w.T("fault.model.taken"), "found", "别的")
	unit.sound("/desk/templates")
	w.browser().enter("other").get("/desk/templates").want(200, w.T("templates.empty")).hides("李建平\n")

	n := w.browser().logIn("13800138000").file()
	at, answer := "/desk/case/"+n, "/desk/case/"+n+"/answer"
	w.assign(n)
	unit.get(at).send(at + "/sign")
	form := unit.get(at).want(200, w.T("deed.answer.template.label"))
	filled := form.post(answer, "template", "路灯维修", "done", "九月二十日换了五盏灯", "fill", "x").want(200)
	v := filled.form(answer).values
	if v.Get("found") != "【哪天】到现场看了" || v.Get("done") != "九月二十日换了五盏灯" || v.Get("contact") != "李建平" {
		t.Errorf("filled in: %v", v)
	}
	if v := form.post(answer, "template", "", "found", "看了", "fill", "x").want(200).form(answer).values; v.Get("found") != "看了" || v.Get("done") != "" {
		t.Errorf("filled in from nothing: %v", v)
	}
	filled.post(answer).wrong(422, "answer-found", w.T("fault.reply.gap", "Gap", "【哪天】"), "done", "九月二十日换了五盏灯")
	filled.send(answer, "found", "九月十八日到现场看了").want(200, w.T("preview.title")).send(answer).want(200, w.T("next.review"))

	page = unit.get("/desk/templates")
	page.send("/desk/templates/drop").want(200, w.T("templates.empty"))
	page.send("/desk/templates/drop").want(200)
	unit.get("/desk/case/" + n).hides(w.T("deed.answer.template.label"))
}

// A unit that fills every template to the brim can still keep them.
func TestAsManyTemplatesAsThereCanBe(t *testing.T) {
	w := newWorld(t)
	unit := w.as("unit")
	long := strings.Repeat("长", 1000)
	for i := range board.MostModels {
		w.must(w.office.AddModel(ctx, unit, board.Model{
			Name: strings.Repeat("名", i%39+1) + string(rune('a'+i/39)), Reply: board.Reply{Found: long, Done: long, Basis: long, Contact: long},
		}))
	}
	page := w.browser().enter("unit").get("/desk/templates")
	page.post("/desk/templates", "name", "又一个").wrong(422, "add-name", w.T("fault.model.many", "Max", board.MostModels), "name", "又一个")
}

func TestTwoColleaguesAddTemplatesAtOnce(t *testing.T) {
	w := newWorld(t)
	one, two := w.browser().enter("unit"), w.browser().enter("unit")
	first, second := one.get("/desk/templates"), two.get("/desk/templates")
	first.send("/desk/templates", "name", "路灯维修").want(200)
	second.send("/desk/templates", "name", "坑洼路面").want(200, "路灯维修", "坑洼路面")
}
