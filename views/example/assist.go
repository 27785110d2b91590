package example

import (
	"fmt"

	"lianxin/views"
)

// helper is the desk of somebody who writes for others, in a session or not.
func helper(p views.Page, back string, helping bool) views.Page {
	p.Staff, p.Who, p.Back = true, "李梅（帮办员）", back
	p.Nav = []views.Link{{Href: "/assist", Text: "帮办台", Current: back == ""}, {Href: "/", Text: "居民首页"}}
	if helping {
		p.Helping = &views.Helping{Who: "王桂兰（东关村）", Href: "/assist/words"}
	}
	return p
}

// assist is the helper's own desk.
func assist(p views.Page) []Example {
	begin := func(name string) views.Action {
		return views.Action{Post: "/assist/start", Button: "替" + name + "留言",
			Hidden: []views.Hidden{{Name: "person", Value: "0196a3c0d1e27f00aa11bb22cc33dd44"}}}
	}
	card := views.Card{Href: "/assist/case/38271940561", Number: "3827 1940 561", Title: "东关村路灯坏了半个月", Filed: "9月18日",
		State: views.Stamp{Text: "办理中", Tone: views.ToneWork}}
	desk := views.Assist{Page: helper(p, "", false), Tasks: "有 2 个人等着听答复", More: "/assist?from=12"}
	for i := range 12 {
		h := views.Helpee{Name: fmt.Sprintf("王桂兰%d", i), Place: "城关镇 东关村", Phone: "138****8000", Begin: begin("王桂兰"), Cases: []views.Card{card}}
		if i%4 == 1 {
			h.Phone, h.Task = "", &views.Link{Href: "/assist/tasks", Text: "有 1 件答复要读"}
		}
		desk.People = append(desk.People, h)
	}
	found := views.Assist{Page: helper(p, "", true), Query: "8000", First: "/assist"}
	found.People = append(found.People, views.Helpee{Name: "王桂兰", Place: "城关镇 东关村", Phone: "138****8000", Begin: begin("王桂兰"), Focus: true})
	return append([]Example{
		{"assist", false, desk}, {"assist-found", false, found}, {"assist-empty", false, views.Assist{Page: helper(p, "", false)}},
		{"assist-lost", false, views.Assist{Page: helper(p, "", false), Query: "张三", First: "/assist"}},
	}, append(helping(p), readings(p)...)...)
}

// helping is a session, from somebody new to the receipt.
func helping(p views.Page) []Example {
	who := views.AssistNew{Page: helper(p, "/assist", false), Filing: views.Filing{Places: answers(p).Places[:2]}}
	full := who
	full.Areas = "东关村、西关村"
	full.Name, full.Place, full.Village, full.Other, full.Phone, full.Tell = "王桂兰", "t1", "东关村", true, "138 0013 8000", views.TellRead
	wrong := full
	wrong.Page = with(who.Page, views.Error{Field: "phone", Text: "手机号码是 11 位数字，您写了 10 位，请再看一看。"})

	words := views.AssistWords{Page: helper(p, "/assist", true), Filing: answers(p), Person: "王桂兰",
		Units: []views.Option{{Value: "desk", Label: "县里的受理台"}, {Value: "u1", Label: "住房和城乡建设局"}}}
	words.Kind, words.Place, words.Village = "help", "t1", "东关村"
	written := words
	written.Kind, written.Body, written.Remark, written.About = "complain", Body, "晚上六点以后方便接电话。", "desk"
	unread := words
	unread.Page = with(words.Page, views.Error{Field: "body", Text: "请把您想说的事写下来，几个字也行。"})

	read := views.AssistRead{Page: helper(p, "/assist/words", true), Person: "王桂兰", Place: "城关镇 东关村", Kind: "求助", Body: Body,
		Phone: "138****8000", Days: 10}
	bare := read
	bare.Phone, bare.About, bare.Remark = "", "住房和城乡建设局", "晚上六点以后方便接电话。"
	bad := bare
	bad.Page, bad.Paper, bad.Public, bad.Slip = with(read.Page, views.Error{Field: "paper", Text: "这个编号不对，请照纸上再填一次。"}), "3000 7129", "yes", "1000 7124"
	code := views.AssistCode{Page: helper(p, "/assist/read", true), Person: "王桂兰", Phone: "138****8000"}
	other := code
	other.Page, other.Code = with(code.Page, views.Error{Field: "code", Text: "数字不对，请照短信再念一次。"}), "4829"

	receipt := views.AssistReceipt{Page: helper(p, "/assist", true), Number: "3827 1940 561", Slip: "1000 7124", Person: "王桂兰", Helper: "李梅", Seal: sealLine,
		Filed: "2026年9月18日 10:00", ScreenBy: "9月19日 10:00", Told: "念给我听", Other: "/assist/receipt/38271940561?paper=80", Attach: "/assist/receipt/38271940561/attach",
		QR: &views.QR{Size: 29, Path: "M4 4h7v7h-7z", Name: "受理编号，用手机扫"}}
	narrow := receipt
	narrow.Paper, narrow.Slip, narrow.ConfirmBy, narrow.Other = views.PaperTill, "", "10月10日", "/assist/receipt/38271940561"
	return []Example{
		{"assist-new", true, who}, {"assist-new-full", true, full}, {"assist-new-errors", true, wrong},
		{"assist-words", true, words}, {"assist-words-full", true, written}, {"assist-words-errors", true, unread},
		{"assist-read", true, read}, {"assist-read-bare", true, bare}, {"assist-read-errors", true, bad},
		{"assist-code", true, code}, {"assist-code-errors", true, other},
		{"assist-receipt", false, receipt}, {"assist-receipt-narrow", false, narrow},
	}
}

// readings are the answers that a helper reads aloud.
func readings(p views.Page) []Example {
	tasks := views.AssistTasks{Page: helper(p, "/assist", false), People: []views.Listener{
		{Name: "王桂兰", Place: "城关镇 东关村", Phone: "138****8000", Cases: []views.Link{
			{Href: "/assist/case/38271940561", Text: "东关村路灯坏了半个月"}, {Href: "/assist/case/44100827334", Text: "医保断缴了两个月，能补吗"}}},
		{Name: "李大山", Place: "城关镇 西关村", Cases: []views.Link{{Href: "/assist/case/77025518920", Text: "建议小学门口加一个红绿灯"}}},
	}}
	const path = "/assist/case/38271940561"
	c := views.AssistCase{Page: helper(p, "/assist", false), Number: "3827 1940 561", Heading: "东关村路灯坏了半个月", Person: "王桂兰", Phone: "138 0013 8000",
		State: views.Stamp{Text: "办理中", Tone: views.ToneWork}, Next: &views.Next{What: "单位办理，然后答复", Who: "住房和城乡建设局", By: "9月24日"},
		Standing: "还没有本人确认。最晚 10月10日 确认。", Timeline: moments(false)[:2]}
	done := c
	done.State, done.Next, done.Standing, done.Timeline = views.Stamp{Text: "已答复", Tone: views.ToneDone}, nil, "", moments(false)
	done.Answer = &views.AnswerSheet{Words: p.Words, County: p.County, Hotline: p.Hotline, Name: "王桂兰", Number: c.Number,
		About: c.Heading, Filed: "9月12日", Today: "2026年9月18日", Reply: &reply, Slip: "1000 7124"}
	done.Actions = []views.Action{
		{Deed: "readout", Title: "读给本人听了", Hint: "不要替本人说解决了没有。", Button: "记下：读过了", Post: path + "/readout", Once: token[:32], Fields: []views.Field{
			{Name: "day", Kind: views.Text, Label: "哪一天", Hint: "例如 2026-09-24", Value: "2026-09-24"}, {Name: "time", Kind: views.Text, Label: "几点", Value: "10:30"},
			{Name: "how", Kind: views.Choice, Short: true, Label: "怎么读的", Value: "face", Options: []views.Option{{Value: "face", Label: "当面读的"}, {Value: "phone", Label: "打电话读的"}}},
			{Name: "words", Kind: views.Area, Rows: 3, Label: "本人说了什么（可以不填）"}}},
		{Deed: "passback", Title: "办不了，交回县里", Button: "交回县里", Secondary: true, Post: path + "/passback", Once: token[:32],
			Fields: []views.Field{{Name: "reason", Kind: views.Area, Rows: 3, Label: "为什么"}}}}
	wrong := done
	wrong.Page = with(done.Page, views.Error{Field: "passback-reason", Text: "请写明为什么，县里好接着办。"})
	return []Example{
		{"assist-tasks", false, tasks}, {"assist-tasks-empty", false, views.AssistTasks{Page: tasks.Page}},
		{"assist-case", false, c}, {"assist-case-answered", false, done}, {"assist-case-errors", false, wrong},
	}
}
