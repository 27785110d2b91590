package example

import (
	"fmt"

	"lianxin/views"
)

func staff(p views.Page) views.Page {
	p.Staff, p.Who = true, "周敏（交办员）"
	p.Nav = []views.Link{{Href: "/desk", Text: "工作台", Current: true}, {Href: "/", Text: "居民首页"}}
	return p
}

func desks(p views.Page) []Example {
	login := p
	login.Staff = true
	d := staff(p)
	desk := views.Desk{Page: d, Heading: "交办台", Section: "等待交办",
		Tabs: []views.Tab{
			{Href: "/desk?tab=new", Text: "等待交办", Count: "12", Current: true},
			{Href: "/desk?tab=back", Text: "申请退件", Count: "1"},
			{Href: "/desk?tab=review", Text: "等待审核", Count: "3"},
			{Href: "/desk?tab=all", Text: "全部", Count: "812"},
		}, Empty: "都办完了，没有等着的。"}
	empty := desk
	nothing := desk
	nothing.Query, nothing.Section, nothing.Empty = "井盖 北街", "找“井盖 北街”", "没有找到。换个词，或者用受理编号找。"
	desk.First, desk.More = "/desk?tab=new", "/desk?tab=new&after=50"
	for i := range 20 {
		r := views.Row{Href: fmt.Sprintf("/desk/case/3827194056%d", i), Number: fmt.Sprintf("3827 1940 56%d", i),
			Title: "东关村路灯坏了半个月", Kind: "求助", Place: "城关镇 东关村", Received: "9月18日", Age: "2 天前收到",
			Unit: "住房和城乡建设局", Left: "还有 3 个工作日", Due: "最晚 9月24日（星期四）", Task: "等答复", State: views.Stamp{Text: "办理中", Tone: views.ToneWork}}
		switch i % 4 {
		case 1:
			r.Title, r.Alarm = "关于县城北环路与人民路交叉口红绿灯时间太短老人过不去的问题", views.Stamp{Text: "快到期", Tone: views.ToneYellow}
		case 2:
			r.Title, r.Alarm = "医保断缴了两个月，能补吗", views.Stamp{Text: "已超期", Tone: views.ToneRed}
		case 3:
			r.Unit, r.State, r.Task = "", views.Stamp{Text: "已收到", Tone: views.ToneNew}, "等交办"
			r.Marks = []string{"督办", "没解决，重办"}
		}
		desk.Rows = append(desk.Rows, r)
	}
	wrong := with(staff(p), views.Error{Text: "用户名、密码或者动态验证码不对，请再试一次。"})
	wrong.Nav, wrong.Who = nil, ""
	desk.Take = []views.Link{{Href: "/desk/export/dispatcher.csv", Text: "存成 CSV"}, {Href: "/desk/export/dispatcher.xlsx", Text: "存成 Excel"}}
	watched := desk
	watched.Heading, watched.Rows, watched.Doubt = "县长的工作台", desk.Rows[:4], true
	watched.Filters = []views.Tab{{Href: "/desk?desk=leader", Text: "全部", Current: true}, {Href: "/desk?desk=leader&only=red", Text: "已超期", Count: "2"},
		{Href: "/desk?desk=leader&only=yellow", Text: "快到期", Count: "5"}, {Href: "/desk?desk=leader&only=again", Text: "重新办理", Count: "1"},
		{Href: "/desk?desk=leader&only=supervised", Text: "督办", Count: "3"}, {Href: "/desk?desk=leader&only=new", Text: "新来的", Count: "9"}}
	return append([]Example{
		{"desk-watched", false, watched}, {"staff-login-kept", true, views.StaffLogin{Page: login, Name: "zhoumin", Kept: "k7", Then: "/desk"}},
		{"staff-login", true, views.StaffLogin{Page: login}},
		{"staff-login-errors", true, views.StaffLogin{Page: wrong, Name: "zhoumin"}},
		{"desk", false, desk}, {"desk-empty", false, empty}, {"desk-found-nothing", false, nothing},
	}, deskCases(d)...)
}

func deskCases(p views.Page) []Example {
	p.Back = "/desk"
	units := []views.Option{{Label: "请选择"}, {Value: "zj", Label: "住房和城乡建设局"}, {Value: "jt", Label: "交通运输局"}, {Value: "wj", Label: "卫生健康局"}}
	c := views.DeskCase{Page: p, Number: "3827 1940 561", Heading: "东关村路灯坏了半个月",
		State: views.Stamp{Text: "已收到", Tone: views.ToneNew},
		Next:  &views.Next{What: "定下由哪个单位办", By: "9月19日 10:00"},
		Facts: []views.Fact{{Name: "类别", Value: "求助"}, {Name: "地点", Value: "城关镇 东关村"}, {Name: "收到", Value: "9月18日 10:00（网页）"}, {Name: "公开", Value: "本人不同意公开"}},
		Body:  Body, Timeline: moments(true)[:1],
		Person: []views.Fact{{Name: "姓名", Value: "王桂兰"}, {Name: "电话", Value: "138 0013 8000", Phone: true}},
		Remark: "晚上六点以后方便接电话。",
		Actions: []views.Action{
			{Deed: "assign", Title: "交办", Hint: "交给一个单位，期限从明天算起。", Post: "/desk/case/38271940561/assign", Once: token[:32], Button: "交办",
				Fields: []views.Field{
					{Name: "unit", Kind: views.Select, Label: "办理单位", Options: units},
					{Name: "words", Kind: views.Area, Rows: 3, Label: "交办意见（可以不填）", Hint: "单位看得到，居民看不到。"}}},
			{Deed: "decline", Title: "不受理", Secondary: true, Post: "/desk/case/38271940561/decline", Once: token[:32], Button: "不受理",
				Fields: []views.Field{{Name: "reason", Kind: views.Area, Rows: 3, Label: "理由", Hint: "原样告诉居民。"}}},
		}}
	c.Same = []views.Card{{Href: "/desk/case/44100827334", Number: "4410 0827 334", Title: "供销社门口的灯不亮", Filed: "9月16日", State: views.Stamp{Text: "办理中", Tone: views.ToneWork}}}
	c.Actions = append(c.Actions, views.Action{Deed: "merge", Title: "和另一件合并", Secondary: true, Post: "/desk/case/38271940561/merge", Once: token[:32], Button: "合并",
		Fields: []views.Field{
			{Name: "alike", Kind: views.Choice, Label: "看起来说的是同一件事", Hint: "先点开看看，是同一件再合并。",
				Options: []views.Option{{Value: "44100827334", Label: "供销社门口的灯不亮", Hint: "4410 0827 334 · 办理中"}}},
			{Name: "lead", Kind: views.Code, Label: "并到哪一件", Hint: "那一件的受理编号，空格写不写都行。"}}})
	wrong := c
	wrong.Page = with(p, views.Error{Field: "decline-reason", Text: "请写明理由，居民会看到。"})

	handler := c
	handler.State, handler.Timeline, handler.Alarm = views.Stamp{Text: "办理中", Tone: views.ToneWork}, moments(true), views.Stamp{Text: "快到期", Tone: views.ToneYellow}
	handler.Replies = []views.Reply{reply}
	handler.Files = attached("/desk/case/38271940561/file/")
	for i := range handler.Files {
		handler.Files[i].Who = "留言人"
	}
	handler.Person, handler.Remark = nil, ""
	handler.Actions = []views.Action{{Deed: "answer", Title: "答复", Post: "/desk/case/38271940561/answer", Once: token[:32], Button: "先看看居民看到的样子",
		Fields: []views.Field{
			{Name: "found", Kind: views.Area, Rows: 4, Label: "查到的情况", Hint: "什么时候、到哪里、看到了什么。"},
			{Name: "done", Kind: views.Area, Rows: 4, Label: "怎么办的", Hint: "办了什么；没办完的，哪天以前办完。"},
			{Name: "law", Kind: views.Text, Label: "依据（可以不填）"},
			{Name: "contact", Kind: views.Text, Label: "还有问题找谁", Hint: "姓名和电话。"}}},
		{Deed: "progress", Title: "记一笔进展", Secondary: true, Post: "/desk/case/38271940561/progress", Once: token[:32], Button: "记下",
			Fields: []views.Field{{Name: "words", Kind: views.Area, Rows: 3, Label: "进展", Hint: "居民看得到。"}}}}
	answer := &handler.Actions[0]
	answer.Fields = append(answer.Fields, views.Field{Name: "template", Kind: views.Select, Label: "用范本开头（可以不选）",
		Options: []views.Option{{Label: "不用"}, {Value: "t1", Label: "路灯维修"}, {Value: "t2", Label: "坑洼路面"}}})
	answer.Also = &views.Button{Name: "fill", Text: "把范本填进来"}
	none := c
	none.Actions, none.Next = nil, nil
	none.Flash, none.Onward = "记下了。", &views.Onward{Section: "等待交办", Shelf: "/desk?desk=dispatcher", Count: "0"}
	handler.Flash = "记下了。"
	handler.Onward = &views.Onward{Section: "等待办理", Shelf: "/desk?desk=handler", Count: "7", Next: &views.Row{
		Href: "/desk/case/44100827334", Title: "供销社门口的灯不亮", Task: "等签收", Left: "今天内"}}
	return append([]Example{
		{"desk-case", false, c}, {"desk-case-errors", false, wrong}, {"desk-case-handler", false, handler}, {"desk-case-nothing", false, none},
		{"desk-case-long", false, long(handler)}, {"desk-case-publish", false, publishing(c)},
		{"preview", false, views.AnswerPreview{Page: p, Number: c.Number, Heading: c.Heading, Reply: reply,
			Findings: []string{"没有写哪天以前办完。", "没有留电话。"}, Post: "/desk/case/38271940561/answer",
			Hidden: []views.Hidden{{Name: "found", Value: reply.Sections[0].Text}, {Name: "done", Value: reply.Sections[1].Text}}}},
		{"preview-clean", false, views.AnswerPreview{Page: p, Heading: c.Heading, Reply: reply, Post: "/desk/case/38271940561/answer"}},
	}, append(standing(c), files(p)...)...)
}

// files are a photo and a recording, opened on a desk.
func files(p views.Page) []Example {
	const path = "/desk/case/38271940561"
	all := attached(path + "/file/")
	p.Back = path
	photo := views.DeskFile{Page: p, Number: "3827 1940 561", File: all[0], Photo: true, Wide: 1600, High: 1200, Open: path + "/file/f1/open", Case: path,
		Facts: []views.Fact{{Name: "谁加的", Value: "留言人"}, {Name: "什么时候", Value: all[0].When}, {Name: "大小", Value: all[0].What}}}
	recording := photo
	recording.File, recording.Photo, recording.Open = all[1], false, path+"/file/f2/open"
	return []Example{{"desk-file", false, photo}, {"desk-file-recording", false, recording}}
}

func demo(p views.Page) []Example {
	return []Example{
		{"demo-enter", false, views.DemoEnter{Page: p, Entrances: []views.Entrance{
			{Role: "resident", Name: "居民 王桂兰", Does: "留言，看进度，评价"},
			{Role: "dispatcher", Name: "交办员 周敏", Does: "看每一件新来的留言，交给单位"},
			{Role: "handler", Name: "经办人 刘强（住建局）", Does: "签收，办理，写答复"},
			{Role: "reviewer", Name: "审核员 陈静", Does: "看答复行不行，不行就退回"}}}},
		{"phone", false, views.DemoPhone{Page: p, Handsets: []views.Handset{{Number: "138 0013 8000", Notes: []views.Note{
			{At: "2026-09-18T10:01:00+08:00", When: "9月18日 10:01", Text: "已收到您的留言，受理编号 3827 1940 561。"},
			{At: "2026-09-18T10:00:30+08:00", When: "9月18日 10:00", Text: "查 38271940561", In: true}}}}}},
		{"phone-errors", true, views.DemoPhone{Page: with(p, views.Error{Field: "from", Text: "请写手机号码，11 位数字。"}), From: "123", Text: "查"}},
	}
}

// long is a case after many turns.
func long(c views.DeskCase) views.DeskCase {
	c.Added = []views.Said{{At: "2026-09-19T08:00:00+08:00", When: "9月19日 08:00", Text: "昨晚又有两个孩子在那里摔了。"}}
	c.Asks = []views.OpenAsk{
		{What: "申请延期 5 个工作日", Who: "刘强（经办人）", When: "9月22日 09:00", Reason: "电缆要从市里调货，后天才到。", By: "最晚 9月23日定下来", State: views.Stamp{Text: "等待批准", Tone: views.ToneYellow}},
		{What: "申请退件", Who: "刘强（经办人）", When: "9月19日 10:00", Reason: "这段路灯归城管。", State: views.Stamp{Text: "没有同意", Tone: views.ToneStop}}}
	c.Contacts = []views.Moment{
		{At: "2026-09-21T09:40:00+08:00", When: "9月21日 09:40", What: "去了现场", Who: "刘强（经办人）", Note: "五盏灯都不亮，电缆在供销社门口断了。"},
		{At: "2026-09-20T18:20:00+08:00", When: "9月20日 18:20", What: "打电话，没有人接", Who: "刘强（经办人）"}}
	back := reply
	back.State, back.Note = views.Stamp{Text: "退回了", Tone: views.ToneStop}, "没有写哪天修好，请补上。"
	now := reply
	now.State = views.Stamp{Text: "等待审核", Tone: views.ToneWork}
	c.Replies = []views.Reply{now, back}
	c.Refusal = &views.Refusal{Reason: "写得不清楚，不知道要办什么。", Words: "请写明是哪一段路。", Ruling: "9月19日 陈静（审核员）：应当受理。"}
	done := views.Stamp{Text: "已合并", Tone: views.ToneStop}
	c.Merged = []views.Card{{Href: "/desk/case/44100827334", Number: "4410 0827 334", Title: "供销社门口的灯不亮", Filed: "9月19日", State: done},
		{Href: "/desk/case/77025518920", Number: "7702 5518 920", Title: "东关村天黑没法走路", Filed: "9月20日", State: done}}
	c.Into = &views.Card{Href: "/desk/case/90133306127", Number: "9013 3306 127", Title: "全县路灯没人管", Filed: "9月10日", State: c.State}
	c.Looks = []views.Look{{At: "2026-09-21T09:12:00+08:00", When: "9月21日 09:12", Who: "赵建国（领导）", What: "看了姓名和电话", Reason: "想亲自给她打个电话。"},
		{At: "2026-09-18T11:18:00+08:00", When: "9月18日 11:18", Who: "周敏（交办员）", What: "打开了留言"}}
	return c
}

// publishing is a case whose words are made ready for everybody.
func publishing(c views.DeskCase) views.DeskCase {
	act := views.Action{Deed: "publish", Title: "公开", Hint: "遮掉个人信息，再给大家看。", Post: "/desk/case/38271940561/publish", Once: token[:32], Button: "公开",
		Marked: []views.Span{{Text: "东关村供销社门口的路灯坏了，我的电话是 "}, {Text: "138 0013 8000", Hit: true}, {Text: "，身份证 "},
			{Text: "130129195803071234", Hit: true}, {Text: "。\n请尽快来修。"}},
		Fields: []views.Field{
			{Name: "title", Kind: views.Text, Label: "标题", Value: "路灯坏了半个月"},
			{Name: "body", Kind: views.Area, Rows: 7, Label: "给大家看的话", Value: Body}}}
	clean := act
	clean.Deed, clean.Title, clean.Marked = "again", "再公开一次", []views.Span{{Text: "路灯坏了。"}}
	units := views.Action{Deed: "with", Title: "加上协办单位", Secondary: true, Post: "/desk/case/38271940561/with", Once: token[:32], Button: "加上",
		Fields: []views.Field{{Name: "co", Kind: views.Ticks, Label: "哪些单位一起办？", Hint: "可以选几个，也可以不选。",
			Options: []views.Option{{Value: "jt", Label: "交通运输局", Checked: true}, {Value: "wj", Label: "卫生健康局"}}}}}
	c.Actions = []views.Action{act, clean, units}
	return c
}
