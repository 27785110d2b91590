package example

import (
	"fmt"

	"lianxin/views"
)

// papers are the county desk's numbered papers, and the login with a card.
func papers(p views.Page) []Example {
	d := staff(p)
	d.Nav = append(d.Nav, views.Link{Href: "/papers", Text: "单据"})
	list := views.Register{Page: d, Links: []views.Link{{Href: "/papers/card", Text: "发验证码卡"}}, Print: views.Action{
		Deed: "print", Title: "印一批", Hint: "先把打印机准备好。", Post: "/papers", Once: token[:32], Button: "印",
		Fields: []views.Field{{Name: "kind", Kind: views.Choice, Label: "印哪一种？", Options: []views.Option{
			{Value: "slip", Label: "密封查询单", Hint: "里面是查询码，一份给一件留言。"}, {Value: "card", Label: "验证码卡", Hint: "没有手机也能登录。"},
			{Value: "consent", Label: "同意书", Hint: "请人代填时签。"}, {Value: "form", Label: "空白留言表", Hint: "用笔填。"}}},
			{Name: "count", Kind: views.Text, InputMode: "numeric", Value: "10", Label: "印几份？", Hint: "一般 10 份，最多 99 份。"}}}}
	empty, wrong := list, list
	wrong.Page = with(d, views.Error{Field: "print-kind", Text: "请选择印哪一种。"}, views.Error{Field: "serial", Text: "编号里有一位数字不对，请对着纸再填一遍。"})
	wrong.Serial = "1000 7125"
	for i := range 12 {
		list.Rows = append(list.Rows, views.AdminRow{Href: fmt.Sprintf("/papers/%032d", i), Name: fmt.Sprintf("密封查询单，第 %d 批", 12-i),
			Cells: []string{"9月18日", "周敏", "10", fmt.Sprint(10 - i%4)}})
	}
	list.More, list.First = "/papers?from=12", "/papers"
	return append([]Example{{"papers", false, list}, {"papers-empty", false, empty}, {"papers-errors", false, wrong}}, append(oneSeries(d), sheets(d, p)...)...)
}

func oneSeries(d views.Page) []Example {
	d.Back = "/papers"
	people := []views.Option{{Label: "收回县里"}, {Value: "a", Label: "李大姐"}, {Value: "b", Label: "钱多"}}
	span := func(from, until string) []views.Field {
		return []views.Field{{Name: from, Kind: views.Text, InputMode: "numeric", Label: "从第几份", Value: "1"}, {Name: until, Kind: views.Text, InputMode: "numeric", Label: "到第几份", Value: "10"}}
	}
	s := views.Series{Page: d, Heading: "密封查询单，第 7 批", Facts: []views.Fact{{Name: "哪天印的", Value: "9月18日 10:00"}, {Name: "谁印的", Value: "周敏"}, {Name: "还没用的", Value: "7 / 10"}},
		Actions: []views.Action{
			{Deed: "handout", Title: "交给谁", Hint: "从第几份到第几份，交到谁手里。", Post: "/papers/7/handout", Once: token[:32], Button: "记下",
				Fields: append(span("from", "until"), views.Field{Name: "staff", Kind: views.Select, Label: "交给谁？", Options: people})},
			{Deed: "revoke", Title: "作废", Hint: "作废以后不能再用。", Post: "/papers/7/revoke", Once: token[:32], Button: "作废", Secondary: true,
				Fields: append(span("first", "last"), views.Field{Name: "why", Kind: views.Text, Label: "为什么？"}, views.Field{Name: "sure", Kind: views.Tick, Label: "我确定要作废"})}}}
	for i := range 10 {
		row := views.PaperRow{No: fmt.Sprint(i + 1), Serial: fmt.Sprintf("1 0007 %02d4", i+1), With: "县里", State: views.Stamp{Text: "没用", Tone: views.ToneNew}}
		switch {
		case i < 2:
			row.With, row.When, row.State = "李大姐", "9月19日 08:30", views.Stamp{Text: "用了", Tone: views.ToneDone}
		case i == 2:
			row.With, row.Why, row.State = "", "封口开了", views.Stamp{Text: "作废", Tone: views.ToneStop}
		case i < 5:
			row.With = "李大姐"
		}
		s.Papers = append(s.Papers, row)
	}
	wrong, done := s, s
	wrong.Page = with(d, views.Error{Field: "handout-from", Text: "这几份都已经用过或作废了。"}, views.Error{Field: "revoke-why", Text: "请写明为什么作废。"})
	done.Heading, done.Actions, done.Papers = "密封查询单，第 6 批", nil, s.Papers[:3]
	return []Example{{"papers-series", false, s}, {"papers-series-errors", false, wrong}, {"papers-series-done", false, done}}
}

func sheets(d, p views.Page) []Example {
	d.Bare = true
	paper := views.Sheet{Serial: "1 0007 124", PIN: "48 29 13"}
	sheet := func(kind, heading string, all ...views.Sheet) views.Sheets {
		return views.Sheets{Page: d, Heading: heading, Kind: kind, Papers: all, Register: "/papers",
			Kinds: []string{p.T("kind.ask"), p.T("kind.suggest"), p.T("kind.complain"), p.T("kind.help"), p.T("kind.thank")},
			Ways:  []string{p.T("tell.text.label"), p.T("tell.call.label"), p.T("tell.read.label"), p.T("tell.letter.label")}}
	}
	card := views.Sheet{Serial: "2 0001 013"}
	for i := range 20 {
		card.Codes = append(card.Codes, fmt.Sprintf("%04d %04d", 1307+411*i, 9999-377*i))
	}
	first := views.LoginCard{Page: p}
	first.Back = "/login"
	wrong, second, again := first, first, first
	wrong.Page = with(first.Page, views.Error{Field: "serial", Text: "编号里有一位数字不对，请对着卡再填一遍。"})
	wrong.Serial = "2 0001 014"
	second.Serial, second.Asked = "2 0001 013", 7
	again = second
	again.Page = with(first.Page, views.Error{Field: "code", Text: "编号和验证码对不上。"})
	again.Code = "4829 1308"
	return []Example{
		{"sheets-slip", false, sheet("slip", "密封查询单，第 7 批", paper, paper, paper)},
		{"sheets-card", false, sheet("card", "验证码卡，第 1 批", card)},
		{"sheets-consent", false, sheet("consent", "同意书，第 2 批", views.Sheet{Serial: "3 0002 017"})},
		{"sheets-form", false, sheet("form", "空白留言表，第 3 批", views.Sheet{Serial: "4 0003 025", PIN: "07 31 66"})},
		{"login-card", true, first}, {"login-card-errors", true, wrong}, {"login-card-code", true, second}, {"login-card-code-errors", true, again},
	}
}
