package example

import (
	"fmt"

	"lianxin/views"
)

// Body is what a person wrote.
const Body = `东关村供销社门口到小学那段路，路灯坏了快半个月了，一共五盏，一盏都不亮。
孩子们下晚自习摸黑走，前天有个老人绊了一跤。村里说报上去了，一直没人来。
请县里给问一问，什么时候能修好。`

func answers(p views.Page) views.Filing {
	return views.Filing{
		Kinds: []views.Option{
			{Value: "ask", Label: "咨询", Hint: "想问清楚一件事、一个政策"},
			{Value: "suggest", Label: "建言", Hint: "想出个主意，让大家更方便"},
			{Value: "complain", Label: "投诉", Hint: "有人没办好，或者办得不对"},
			{Value: "help", Label: "求助", Hint: "有难处，要人帮一把"},
			{Value: "thank", Label: "感谢", Hint: "有人办得好，想说声谢谢"},
		},
		Places: []views.Option{
			{Value: "t1", Label: "城关镇"}, {Value: "t2", Label: "东河镇"}, {Value: "t3", Label: "西岭乡"},
			{Value: "t4", Label: "南坪镇"}, {Value: "t5", Label: "北寨乡"}, {Value: "t6", Label: "柳林镇"},
			{Value: "t7", Label: "石桥镇"}, {Value: "t8", Label: "清水乡"}, {Value: "t9", Label: "大王庄镇"},
			{Value: "t10", Label: "赵家沟乡"}, {Value: "t11", Label: "开发区街道"}, {Value: "t12", Label: "新华街道"},
		},
		MaxBody: 2000, MaxHeading: 30, MaxRemark: 200,
	}
}

func filing(p views.Page) []Example {
	p = in(p, "/")
	empty := answers(p)
	full := empty
	full.Kind, full.Body, full.Heading = "help", Body, "东关村路灯坏了半个月"
	full.Place, full.Village, full.Name = "t1", "东关村，供销社门口", "王桂兰"
	full.Remark, full.Public, full.Hide = "晚上六点以后方便接电话。", "yes", "yes"
	told := full
	told.Place = "城关镇"
	unsure := told
	unsure.Village, unsure.Near = "东官村", []string{"东关村", "东光村"}
	wrong := with(p,
		views.Error{Field: "kind", Text: "请在五种里选一种，选不准就选“求助”。"},
		views.Error{Field: "body", Text: "这里还空着，请写几句话，说说是什么事。"})

	// A county with as many townships as there are anywhere, all on one page.
	many := views.File{Page: p, Filing: empty}
	many.Demo = false
	for i := len(many.Places); i < 30; i++ {
		many.Places = append(many.Places, views.Option{Value: fmt.Sprintf("t%d", i+1), Label: "石家庄窑乡"})
	}

	all := []Example{
		{"file-thirty", true, many},
		{"file", true, views.File{Page: p, Filing: empty}},
		{"file-full", true, views.File{Page: p, Filing: full}},
		{"file-errors", true, views.File{Page: wrong, Filing: empty}},
	}
	for _, step := range []string{views.StepKind, views.StepWords, views.StepPlace, views.StepYou} {
		all = append(all,
			Example{"step-" + step, true, views.FileStep{Page: p, Filing: empty, Step: step}},
			Example{"step-" + step + "-full", true, views.FileStep{Page: p, Filing: full, Step: step}})
	}
	return append(all,
		Example{"step-kind-errors", true, views.FileStep{Page: with(p, wrong.Errors[0]), Filing: empty, Step: views.StepKind}},
		Example{"check", true, views.Check{Page: p, Filing: told, Kind: "求助", Phone: "138****8000"}},
		Example{"check-village", true, views.Check{Page: p, Filing: unsure, Kind: "求助", Phone: "138****8000"}},
		Example{"check-steps", true, views.Check{Page: p, Filing: views.Filing{Body: "路灯坏了。"}, Steps: true, Kind: "投诉", Phone: "138****8000"}},
		Example{"check-private", true, views.Check{Page: p, Filing: views.Filing{Body: "路灯坏了。", Public: views.PublicPrivate}, Kind: "投诉", Phone: "138****8000"}},
		Example{"check-about", true, views.Check{Page: p, Filing: views.Filing{Body: "路灯坏了。"}, Kind: "投诉", Phone: "138****8000", OfDesk: true}},
		Example{"receipt", false, views.Receipt{Page: p, Number: "3827 1940 561", PIN: "482 913", Address: "lianxin.shifan.gov.cn",
			Filed: "9月18日 10:00", ScreenBy: "9月19日 10:00", Phone: "138****8000", Case: "/case/38271940561", UndoBy: "今天 10:10", Attach: "/case/38271940561/attach",
			Undo: []views.Link{{Href: "/case/38271940561/edit", Text: "改一改您写的"}, {Href: "/case/38271940561/withdraw", Text: "撤回"}}}},
		Example{"receipt-private", false, views.Receipt{Page: p, Number: "3827 1940 561", PIN: "482 913", Address: "lianxin.shifan.gov.cn", Private: true,
			Filed: "9月18日 10:00", ScreenBy: "9月19日 10:00", Phone: "138****8000", Case: "/case/38271940561"}},
		Example{"receipt-again", false, views.Receipt{Page: p, Number: "3827 1940 561",
			Filed: "9月18日 10:00", ScreenBy: "9月19日 10:00", Phone: "138****8000", Case: "/case/38271940561"}})
}

var reply = views.Reply{From: "示范县住房和城乡建设局", Date: "2026年9月23日", Sections: []views.Section{
	{Heading: "查到的情况", Text: "9月21日上午我们到现场看过：供销社到小学的五盏路灯，是地下电缆被挖断了。"},
	{Heading: "怎么办的", Text: "电缆9月22日已经接好，五盏灯都换了新灯泡，当晚全部亮了。\n以后每月查一次线路。"},
	{Heading: "依据", Text: "《城市照明管理规定》第二十二条。"},
	{Heading: "还有问题找谁", Text: "路灯管理所 李师傅，0311-8000 5678。"},
}}

func moments(who bool) []views.Moment {
	all := []views.Moment{
		{At: "2026-09-18T10:00:00+08:00", When: "9月18日 10:00", What: "收到您的留言", Who: "王桂兰"},
		{At: "2026-09-18T11:20:00+08:00", When: "9月18日 11:20", What: "交给示范县住房和城乡建设局办理", Who: "周敏（交办员）"},
		{At: "2026-09-19T09:05:00+08:00", When: "9月19日 09:05", What: "单位签收了", Who: "刘强（经办人）"},
		{At: "2026-09-21T16:40:00+08:00", When: "9月21日 16:40", What: "办理进展", Who: "刘强（经办人）", Note: "到现场看过，是电缆断了，明天来修。"},
		{At: "2026-09-23T15:30:00+08:00", When: "9月23日 15:30", What: "答复了您", Who: "陈静（审核员）"},
	}
	if !who {
		for i := range all {
			all[i].Who = ""
		}
	}
	return all
}

func following(p views.Page) []Example {
	working := views.Case{Page: in(p, "/cases"), Number: "3827 1940 561", Heading: "东关村路灯坏了半个月",
		Kind: "求助", Place: "城关镇 东关村", Filed: "9月18日 10:00", Public: "不公开",
		State: views.Stamp{Text: "办理中", Tone: views.ToneWork},
		Next: &views.Next{What: "单位查清楚以后给您答复", Who: "示范县住房和城乡建设局", By: "9月24日（星期四）",
			Note: "这个日子可能会变：2027 年的放假安排还没有公布。"},
		Timeline: moments(false)[:4], Body: Body, Remark: "晚上六点以后方便接电话。", Refresh: "/case/38271940561"}
	done := working
	done.State, done.Timeline, done.Reply = views.Stamp{Text: "已答复", Tone: views.ToneDone}, moments(false), &reply
	done.Next = &views.Next{What: "请您说一说，解决了没有", By: "10月23日"}
	done.Solved = &views.Rate{Page: working.Page, Post: "/case/38271940561/rate", Below: true}
	done.Flash = "收到，谢谢您。"
	asked := done
	asked.Ask = &views.Question{What: "这件事解决了吗？", Text: "11月14日（星期六）前，您都可以说。", Href: "#rate", Button: "解决了吗？说一说"}
	asked.Next = &views.Next{What: "请您说一说，解决了没有", By: "11月14日（星期六）", Note: "10月15日（星期四），会再问您一次。"}
	looked := done
	looked.Page, looked.Body, looked.Remark, looked.Looked, looked.Ask, looked.Solved = p, "", "", true, nil, nil
	looked.Rating, looked.Next, looked.Refresh = "解决了一部分", nil, ""
	looked.Back = "/lookup"

	rate := views.Rate{Page: in(p, "/case/38271940561"), Post: "/case/38271940561/rate", Number: working.Number, Heading: working.Heading, Reply: &reply}
	wrong := rate
	wrong.Page = with(rate.Page, views.Error{Field: "solved", Text: "请选一个：解决了、解决了一部分、没有解决。"})
	wrong.Comment = "灯亮了，路还是坑坑洼洼。"
	list := views.Cases{Page: in(p, "/"), More: "/cases?from=3", Cards: []views.Card{
		{Href: "/case/38271940561", Number: working.Number, Title: working.Heading, Filed: "9月18日", State: done.State, Next: "请您说一说，解决了没有", Rate: true},
		{Href: "/case/38271940562", Number: "4410 0827 334", Title: "医保断缴了两个月，能补吗", Filed: "9月15日", State: working.State, Next: "最晚 9月22日 答复您"},
		{Href: "/case/38271940563", Number: "7702 5518 920", Title: "建议小学门口加一个红绿灯", Filed: "9月12日", State: views.Stamp{Text: "已收到", Tone: views.ToneNew}, Next: "最晚 9月14日 定下由谁办"},
		{Href: "/case/38271940564", Number: "9013 3306 127", Title: "麦地里有人倒垃圾", Filed: "8月30日", State: views.Stamp{Text: "已撤回", Tone: views.ToneStop}},
	}}
	full, apart := rate, rate
	apart.Apart = true
	full.Solved, full.Attitude, full.Speed, full.Comment = "partly", "5", "2", wrong.Comment
	return append([]Example{
		{"case", false, working}, {"case-answered", false, done}, {"case-asked", false, asked}, {"case-looked", false, looked},
		{"cases", false, list}, {"cases-empty", false, views.Cases{Page: in(p, "/")}},
		{"rate", true, rate}, {"rate-full", true, full}, {"rate-errors", true, wrong}, {"rate-apart", true, apart},
	}, append(turns(working), typed(working)...)...)
}

// turns are the ways that a case may take besides the straight one.
func turns(c views.Case) []Example {
	const path = "/case/38271940561"
	fresh := c
	fresh.State, fresh.Timeline, fresh.Hide = views.Stamp{Text: "已收到", Tone: views.ToneNew}, moments(false)[:1], true
	fresh.Next = &views.Next{What: "县里看留言，定下由哪个单位办", By: "9月19日 10:00"}
	fresh.Actions = []views.Link{{Href: path + "/edit", Text: "改一改您写的（10:10 以前）"},
		{Href: path + "/add", Text: "再补充几句"}, {Href: path + "/attach", Text: "加照片或录音"}, {Href: path + "/withdraw", Text: "撤回"}}
	fresh.Looks = path + "/looks"

	long := c
	long.Added = []views.Said{
		{At: "2026-09-19T08:00:00+08:00", When: "9月19日 08:00", Text: "昨晚又有两个孩子在那里摔了。"},
		{At: "2026-09-20T19:30:00+08:00", When: "9月20日 19:30", Text: "村里说明天有人来看。"}}
	long.Files = attached(path + "/file/")
	long.Timeline = append(moments(false)[:1:1], views.Moment{At: "2026-09-18T10:05:00+08:00", When: "9月18日 10:05", What: "加了一张照片",
		Open: &views.Link{Href: path + "/file/f1", Text: "打开看看"}})
	long.Merged, long.Public, long.Shown = true, "已经公开", "/public/38271940561"
	long.Rating, long.Rate, long.Next = "没有解决", path+"/rate", nil
	long.Actions, long.Looks = fresh.Actions[1:], fresh.Looks

	declined := c
	declined.State, declined.Timeline, declined.Next = views.Stamp{Text: "不受理", Tone: views.ToneStop}, moments(false)[:1], nil
	declined.Refusal = &views.Refusal{Reason: "这件事正在法院打官司。", Until: "10月15日", Object: path + "/object",
		Words: "法院判决以前，县里不能另外作决定。\n您可以问承办法官：0311-8000 2222。"}
	diverted := declined
	diverted.Refusal = &views.Refusal{Diverted: true, Reason: "劳动争议仲裁", Words: "请带上劳动合同、工资条，到县劳动人事争议仲裁委员会申请，不收费。",
		Ruling: "另一位同志看过了，还是要走这条路。"}
	gone := c
	gone.State, gone.Timeline = views.Stamp{Text: "已撤回", Tone: views.ToneStop}, moments(false)[:2]
	gone.Next = &views.Next{What: "您撤回了这件留言，现在没有人办", By: "9月26日 10:00"}
	gone.Actions = []views.Link{{Href: path + "/restore", Text: "拿回来，接着办"}}
	pressed := gone
	pressed.Ask = &views.Question{What: "撤回这件事，有人要您这样做吗？", Text: "办事的单位看不到您说的话。只有督办员和领导看得到。", Href: path + "/press", Button: "说一说"}
	gone.Pressed = "您说：是自己要撤的。"
	return []Example{{"case-fresh", false, fresh}, {"case-long", false, long}, {"case-declined", false, declined},
		{"case-diverted", false, diverted}, {"case-withdrawn", false, gone}, {"case-pressed", false, pressed}}
}

// deeds are what a resident does to a case, a page each.
func deeds(p views.Page) []Example {
	const path = "/case/38271940561"
	p = in(p, path)
	var all []Example
	for _, name := range views.CaseDeeds {
		d := views.CaseDeed{Page: p, Deed: name, Post: path + "/" + name, Number: "3827 1940 561", Subject: "东关村路灯坏了半个月",
			Until: "9月18日 10:10", MaxWords: 2000, MaxHeading: 30, MaxShort: 200}
		if name == views.DeedEdit {
			d.Body, d.Heading, d.Remark = Body, d.Subject, "晚上六点以后方便接电话。"
		}
		d.By = "李梅（帮办员）"
		d.Helpers = []views.Option{{Value: "h1", Label: "李梅（帮办员）"}, {Value: "h2", Label: "张建军（帮办员）"}}
		all = append(all, Example{name, true, d})
		if name == views.DeedAdd {
			d.Page = with(p, views.Error{Field: "words", Text: "这里还空着，请写几句要补充的话。"})
			all = append(all, Example{"add-errors", true, d})
		}
	}
	looks := views.Looks{Page: p, Number: "3827 1940 561", Heading: "东关村路灯坏了半个月"}
	empty := looks
	looks.More, looks.End = path+"/looks?from=3", path+"/endhelp"
	looks.Looks = []views.Look{
		{At: "2026-09-21T09:12:00+08:00", When: "9月21日 09:12", Who: "赵建国（领导）", What: "看了您的姓名和电话", Reason: "想亲自给她打个电话，问问路灯的事。"},
		{At: "2026-09-19T09:05:00+08:00", When: "9月19日 09:05", Who: "刘强（经办人，住房和城乡建设局）", What: "打开了留言"},
		{At: "2026-09-18T11:18:00+08:00", When: "9月18日 11:18", Who: "周敏（交办员）", What: "打开了留言"},
		{At: "2026-09-18T10:30:00+08:00", When: "9月18日 10:30", Who: "张建军（帮办员）", What: "想看，没有让看"},
	}
	return append(append(all, Example{"looks", false, looks}, Example{"looks-empty", false, empty}), attaching(p)...)
}

// attached are the files of a case, which open behind a path.
func attached(open string) []views.AttachedFile {
	return []views.AttachedFile{
		{Name: "照片 1", What: "312 KB", At: "2026-09-18T10:05:00+08:00", When: "9月18日 10:05", Open: &views.Link{Href: open + "f1", Text: "打开照片 1"}},
		{Name: "录音 1", What: "1 分 5 秒 · 1.2 MB", At: "2026-09-18T10:07:00+08:00", When: "9月18日 10:07", Open: &views.Link{Href: open + "f2", Text: "打开录音 1"}},
	}
}

// attaching is where photos and recordings are added.
func attaching(p views.Page) []Example {
	const path = "/case/38271940561"
	empty := views.Attach{Page: p, Post: path + "/attach", Subject: "东关村路灯坏了半个月", Room: true, Done: path,
		MaxPhoto: 8, MaxRecording: 5, MaxMinutes: 10, SlowSize: 3, SlowMinutes: 6}
	full := empty
	full.Flash, full.Files = "照片已加上。", attached(path+"/file/")
	for i, f := range full.Files {
		full.Files[i].Remove = &views.Action{Post: path + "/detach/f1", Once: token[:32], Button: "拿掉" + f.Name}
	}
	wrong := full
	wrong.Flash, wrong.Page = "", with(p, views.Error{Field: "file", Text: "这是 HEIC 格式的照片，我们打不开。截一张图来加也行。"})
	closed := full
	closed.Flash, closed.Room, closed.Files = "", false, attached(path+"/file/")
	typed := empty
	typed.Staff, typed.Who, typed.Subject, typed.Done = true, "钱多", "", "/desk/intake/38271940561"
	return []Example{{"attach", true, empty}, {"attach-full", true, full}, {"attach-errors", true, wrong},
		{"attach-closed", true, closed}, {"attach-staff", true, typed}}
}

// people is a phone that several share.
func people(p views.Page) []Example {
	who := views.Who{Page: in(p, "/login"), Phone: "138****8000", Attempt: "3f9a2c", Kept: "k7", Then: "/file",
		People: []views.Option{{Value: "p1", Label: "王*兰"}, {Value: "p2", Label: "李*"}, {Value: "p3", Label: "没有留名字的", Hint: "9月12日留过言"}}}
	wrong := who
	wrong.Page = with(who.Page, views.Error{Field: "name", Text: "请写一写怎么称呼您，写个姓也行。"})
	wrong.Person = views.NewPerson
	me := views.Me{Page: in(p, "/cases"), Phone: "138****8000", Name: "王桂兰", Tell: views.TellRead, Others: []string{"李*", "没有留名字的"}}
	bad := views.Me{Page: with(in(p, "/cases"), views.Error{Field: "tell", Text: "请选一种办法。"}), Phone: "138****8000", Tell: "pigeon"}
	claim := who
	claim.People, claim.Claim, claim.Person = nil, true, views.ClaimPerson
	claim.Page = with(who.Page, views.Error{Field: "name", Text: "这个名字对不上。请看看是不是写了小名或者别的字。"})
	acts := who
	acts.People = acts.People[:1]
	acts.Acts = []views.Option{{Value: "p4", Label: "替 王*英 办事", Hint: "对方登记了您，您可以替对方留言、看进度"}}
	mine := me
	mine.Acts = []string{"王*英"}
	mine.Ways = []views.Link{{Href: "/me/parent", Text: "替家里人留言"}, {Href: "/me/family", Text: "登记家里人"}, {Href: "/me/phone", Text: "换手机号"}}
	mine.Changing = &views.Changing{Text: "要换成 139 **** 9000。9月20日 12:00以前，旧号码也能用，还可以反悔。", Once: token[:32]}
	agent := me
	agent.Page.For = "王秀英"
	return append([]Example{
		{"who", true, who}, {"who-errors", true, wrong}, {"who-claim-errors", true, claim}, {"who-acts", true, acts},
		{"me", true, me}, {"me-all", false, mine}, {"me-agent", true, agent}, {"me-errors", true, bad},
	}, family(p)...)
}

// family are relatives, and the number that is changed.
func family(p views.Page) []Example {
	p = in(p, "/me")
	bound := views.Family{Page: p, Scope: views.ScopeNotify, Relatives: []views.Relative{
		{Kin: "k1", Name: "儿子", Phone: "137 **** 7000", Can: "可以替您办"},
		{Kin: "k2", Name: "小芳", Phone: "136 **** 6000", Can: "只通知", Note: "对方不要短信"},
	}}
	wrong := views.Family{Page: with(p, views.Error{Field: "phone", Text: "这是您自己的号码，请写家里人的号码。"}), Name: "儿子", Phone: "138 0013 8000"}
	parent := views.Ask{Page: p, Heading: "替家里人留言", Post: "/me/parent", Button: "发短信给家里人",
		Lead: []string{"家里老人有自己的手机：我们发一条短信过去，老人同意，就把短信里的 4 位数念给您。"},
		Fields: []views.Field{
			{Name: "name", Kind: views.Text, Label: "家里人的名字", Hint: "写全名，以后家里人自己登录要用"},
			{Name: "phone", Kind: views.Tel, Label: "家里人的手机号", Hint: "短信发到这个号码"},
		},
		Links: []views.Link{{Href: "/who", Text: "家里人没有手机，和我共用"}}}
	code := views.Ask{Page: with(p, views.Error{Field: "code", Text: "验证码是 4 位数字，请家里人照短信再念一遍。"}),
		Heading: "请 王秀英 念 4 位数", Post: "/me/parent/code", Button: "同意了，去留言", Attempt: "3f9a2c",
		Lead:   []string{"短信发到了 138 **** 8000。请家里人看短信，同意了，把里面的 4 位数念给您。"},
		Fields: []views.Field{{Name: "code", Kind: views.Code, Label: "4 位数", Value: "48"}}}
	desk := views.Ask{Page: p, Heading: "替人换手机号", Post: "/desk/phone", Button: "换号",
		Lead: []string{"请本人拿身份证到窗口来。"},
		Fields: []views.Field{
			{Name: "of", Kind: views.Text, InputMode: "numeric", Label: "受理编号，或者旧手机号", Hint: "写一个就行"},
			{Name: "checked", Kind: views.Tick, Label: "身份证核对过了，是本人"},
		}}
	desk.Page.Who, desk.Page.Back, desk.Page.Staff = "钱多", "", true
	return []Example{
		{"family", true, bound}, {"family-none", true, views.Family{Page: p}}, {"family-errors", true, wrong},
		{"ask-parent", true, parent}, {"ask-code-errors", true, code}, {"ask-desk", true, desk},
	}
}
