package example

import (
	"fmt"

	"lianxin/views"
)

// typed are messages that somebody else typed, as their person reads them.
func typed(c views.Case) []Example {
	const path = "/case/38271940561"
	pending, frozen, own := c, c, c
	pending.Typed = &views.Typed{By: "李梅（帮办员）", State: views.Stamp{Text: "等您说一声", Tone: views.ToneYellow},
		What:    "请您说一声，这是不是您的意思。9月30日（星期三）以前没有说，县里会另外请人来问您。",
		Confirm: path + "/confirm", Disown: path + "/disown"}
	frozen.Typed = &views.Typed{By: "李梅（帮办员）", State: views.Stamp{Text: "正在问清楚", Tone: views.ToneStop},
		What:    "有人告诉我们，这不是您的意思。最晚9月21日（星期一），县里会请另一个人来问您。替您填的人不来问。",
		Confirm: path + "/confirm"}
	own.Typed = &views.Typed{By: "钱多（话务员）", Disown: path + "/disown"}
	own.Looks = path + "/looks"
	return []Example{{"case-pending", false, pending}, {"case-frozen", false, frozen}, {"case-typed", false, own}}
}

// standing is the same on a desk.
func standing(c views.DeskCase) []Example {
	const path = "/desk/case/38271940561"
	action := func(deed, title, hint, button string, fields ...views.Field) views.Action {
		return views.Action{Deed: deed, Title: title, Hint: hint, Button: button, Post: path + "/" + deed, Once: token[:32], Fields: fields}
	}
	through := views.Field{Name: "through", Kind: views.Text, Label: "谁问的，怎么问的", Hint: "例如：话务员钱多，9月20日打的电话"}
	words := views.Field{Name: "words", Kind: views.Area, Rows: 3, Label: "本人怎么说的", Hint: "写本人的原话"}
	c.Standing = &views.Standing{State: views.Stamp{Text: "冻结", Tone: views.ToneRed},
		What: "有人说这不是本人的意思。9月21日以前，请另找一个人问本人，替填的人不能去问。期限照算，急的事照办。",
		Facts: []views.Fact{{Name: "谁填的", Value: "李梅（帮办员）"}, {Name: "本人怎么同意的", Value: "编号的同意书"},
			{Name: "同意书编号", Value: "3 0007 12 4"}, {Name: "投诉的单位", Value: "东关村村委会"}}}
	c.Actions = []views.Action{
		action("confirm", "本人说是自己的", "另找人问过本人，本人说是自己的意思。", "记下，接着办", through, words),
		action("void", "真的不是本人的", "马上办结。姓名、电话、留言内容都删掉，拿不回来。", "删掉，办结",
			views.Field{Name: "sure", Kind: views.Tick, Label: "另找人问过，本人说不是自己的", Hint: "删掉的拿不回来，请再看一看"})}
	wrong := c
	wrong.Page = with(c.Page, views.Error{Field: "confirm-through", Text: "请写明是谁问的、怎么问的。"}, views.Error{Field: "void-sure", Text: "这一步拿不回来，请先勾上。"})
	erased := views.DeskCase{Page: c.Page, Number: c.Number, Heading: "已按本人要求删除", State: views.Stamp{Text: "已办结", Tone: views.ToneDone},
		Standing: &views.Standing{State: views.Stamp{Text: "已按本人要求删除", Tone: views.ToneStop},
			What: "这条留言的内容、姓名和电话都已删除，不再有人能看到。已经公开的部分不带姓名，仍可查阅。"},
		Facts: c.Facts[:1], Timeline: []views.Moment{
			{At: "2026-09-22T10:00:00+08:00", When: "9月22日 10:00", What: "按本人要求删除了内容"},
			{At: "2026-09-18T10:00:00+08:00", When: "9月18日 10:00", What: "收到您的留言"}}}
	return []Example{{"desk-case-frozen", false, c}, {"desk-case-frozen-errors", false, wrong}, {"desk-case-erased", false, erased}}
}

// patterns is the inspector's page of those who type for others.
func patterns(p views.Page) []Example {
	d := staff(p)
	d.Who, d.Back = "严正华（督办员）", "/desk"
	m := views.Patterns{Page: d}
	empty := m
	for i := range 12 {
		r := views.Pattern{Href: fmt.Sprintf("/patterns/%d", i), Name: "李梅", Note: "帮办员 · 柳河镇 东关村", Cells: []string{"14", "2", "0", "0", "1", "0", "1"}}
		switch i % 4 {
		case 1:
			r.Name, r.Note, r.Cells = "钱多", "话务员", []string{"31", "0", "0", "0", "0", "2", "0"}
		case 2:
			r.Name, r.Note, r.Cells = "张建军", "帮办员 · 城关镇", []string{"9", "3", "1", "2", "1", "4", "3"}
			r.Alarm = views.Stamp{Text: "要看一看", Tone: views.ToneRed}
		}
		m.Rows = append(m.Rows, r)
	}
	return []Example{{"patterns", false, m}, {"patterns-empty", false, empty}}
}

// share is what everybody reads of it.
func share(p views.Page) []Example {
	p.Back = "/public"
	m := views.Assisted{Page: p, Least: "10"}
	empty := m
	for i := range 12 {
		name := fmt.Sprintf("2026年%d月", 8-i)
		if i > 7 {
			name = fmt.Sprintf("2025年%d月", 20-i)
		}
		month := views.AssistedMonth{Name: name, Filed: fmt.Sprint(120 - 3*i), Assisted: fmt.Sprint(20 + 4*i), Percent: 17 + 4*i}
		if i == 6 {
			month = views.AssistedMonth{Name: name}
		}
		if i < 2 {
			m.Asked = append(m.Asked, views.AskedMonth{Name: name, Asked: "14", Solved: "64%", Partly: "21%"})
		}
		m.Months = append(m.Months, month)
	}
	m.Asked = append(m.Asked, views.AskedMonth{Name: "12 个月合起来", Asked: "63", Solved: "59%", Partly: "19%"})
	few := m
	few.Months, few.Asked = []views.AssistedMonth{{Name: "2026年8月"}}, []views.AskedMonth{{Name: "12 个月合起来"}}
	about := views.AboutDesk{Page: p}
	about.Back = "/help"
	chosen := views.AboutDesk{Page: in(p, "/help"), Chosen: true}
	return []Example{{"assisted", false, m}, {"assisted-few", false, few}, {"assisted-empty", false, empty},
		{"about-desk", false, about}, {"about-desk-chosen", false, chosen}}
}
