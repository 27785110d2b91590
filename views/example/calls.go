package example

import "lianxin/views"

// calls are the operators' lists, calls and letters, and the forms of the county
// desk that somebody at the telephone or with a pile of paper fills.
func calls(p views.Page) []Example {
	d := staff(p)
	d.Who = "方小雅（话务员）"
	list := views.Calls{Page: d, More: "/calls?from=25", Rows: []views.CallRow{
		{Href: "/calls/person/7", Name: "郑德厚", Why: "请我们打电话", Since: "9月18日 09:12（25 分钟前）"},
		{Href: "/calls/38271940561", Name: "王桂兰", About: "东关村路灯坏了半个月", Why: "把答复念给本人听", Since: "9月16日（2 天前）", Tries: "2 次没有人接"},
		{Href: "/calls/44100827334", Name: "没有留姓名", About: "关于县城北环路与人民路交叉口红绿灯时间太短老人过不去的问题", Why: "问一问，是不是本人的意思", Since: "9月15日（3 天前）"},
		{Href: "/calls/77025518920", Name: "马小军", About: "医保断缴了两个月，能补吗", Why: "问一问，解决了没有", Since: "9月10日（8 天前）", Tries: "1 次没有人接"}}}
	rest := views.Calls{Page: d, Rows: list.Rows[:1], First: "/calls"}
	all := []Example{{"calls", false, list}, {"calls-rest", false, rest}, {"calls-empty", false, views.Calls{Page: d}}}
	return append(append(append(all, oneCall(d)...), letters(d)...), forms(d)...)
}

func oneCall(d views.Page) []Example {
	const path = "/calls/38271940561"
	d.Back = "/calls"
	missed := views.Action{Deed: "missed", Title: "没有人接，或者本人不在", Hint: "过些时候会再排上来。", Secondary: true, Post: path + "/missed", Once: token[:32], Button: "记下：没有人接"}
	hello := views.Line{Say: "“您好，我是示范县留言板的方小雅。请问是王桂兰吗？”", Note: "不是本人，就只说“我过些时候再打”，别说是什么事。"}
	c := views.Call{Page: d, Heading: "打给王桂兰", Phone: "138 0013 8000", Why: "把答复念给本人听", Tries: "2 次没有人接",
		Script: []views.Line{hello,
			{Say: "“您9月12日说的事，县里有答复了。我慢慢念给您听，好吗？”"}, {Reply: &reply, Note: "慢慢念，一段一停。"},
			{Say: "“念完了。听清楚了吗？要不要再念一遍？”"}, {Say: "“解决了没有，由您自己说。想好了，打0300-800 1234，报编号 382 719 4056。”"}},
		Actions: []views.Action{{Deed: "told", Title: "念完了，本人听清楚了", Hint: "本人听清楚了才算。", Post: path + "/told", Once: token[:32], Button: "记下：念过了",
			Fields: []views.Field{{Name: "at", Kind: views.Text, Value: "2026-09-18 10:05", Label: "什么时候念的", Hint: "例如：9-18 10:05"},
				{Name: "words", Kind: views.Area, Rows: 3, Label: "本人怎么说（可以不填）"}}}, missed},
		Case: &views.CallCase{Number: "382 719 4056", Heading: "东关村路灯坏了半个月", Body: Body, Timeline: moments(false),
			State: views.Stamp{Text: "已答复", Tone: views.ToneDone}, Facts: []views.Fact{{Name: "地点", Value: "城关镇 东关村"}, {Name: "收到", Value: "9月12日 10:00"}}}}
	wrong := c
	wrong.Page = with(d, views.Error{Field: "told-at", Text: "请写明哪天、几点念的。"})
	check := c
	check.Why, check.Tries = "问一问，是不是本人的意思", ""
	check.Script = []views.Line{hello, {Say: "“最近有没有人替您给县里留过言？说的是什么事？”", Note: "先听本人说，不要提醒。"},
		{Say: "“9月12日，李梅替您写了一段话。我念给您听。”", Own: Body}, {Say: "“这是您的意思吗？”", Note: "本人说不知道，或者说不清，都算“不是”。"}}
	check.Actions = []views.Action{
		{Deed: "checked", Title: "是本人的意思", Hint: "本人说：是我让写的，写得也对。", Post: path + "/checked", Once: token[:32], Button: "记下：是本人的意思"},
		{Deed: "disown", Title: "不是本人的意思", Secondary: true, Hint: "这件事会马上冻结，由别的同志再去问本人。", Post: path + "/disown", Once: token[:32], Button: "记下：不是本人的意思",
			Fields: []views.Field{{Name: "words", Kind: views.Area, Rows: 3, Label: "本人的原话"}}}, missed}
	rated := c
	rated.Why = "问一问，解决了没有"
	rated.Actions = []views.Action{{Deed: "rated", Title: "本人说了", Post: path + "/rated", Once: token[:32], Button: "记下：本人这样说", Fields: views.RateFields(d, "", "", "", "")}, missed}
	back := views.Call{Page: d, Heading: "打给没有留姓名的人", Why: "请我们打电话",
		Script: []views.Line{{Say: "“您发短信叫我们打电话，您说，我听着呢。”", Note: "用对方自己的话记。"}},
		Links:  []views.Link{{Href: "/desk/intake?call=7", Text: "替这个人登记一件新的留言"}}, Actions: []views.Action{missed}}
	return []Example{{"call", false, c}, {"call-errors", false, wrong}, {"call-check", false, check}, {"call-rate", false, rated}, {"call-back", false, back}}
}

func letters(d views.Page) []Example {
	list := views.Letters{Page: d, More: "/letters?from=25", First: "/letters", Rows: []views.LetterRow{
		{Href: "/letters/38271940561", Name: "王桂兰", Place: "城关镇 东关村", About: "东关村路灯坏了半个月", Since: "9月16日"},
		{Href: "/letters/44100827334", Name: "没有留姓名", About: "医保断缴了两个月，能补吗", Since: "9月17日"}}}
	d.Back = "/letters"
	letter := views.Letter{Page: d, Heading: "给王桂兰的信", Phone: "138 0013 8000",
		Mail: views.AnswerSheet{Words: d.Words, County: d.County, Hotline: d.Hotline, Name: "王桂兰", To: []string{"城关镇 东关村", "王桂兰 收"}, Number: "382 719 4056",
			About: "东关村路灯坏了半个月", Filed: "9月12日", Today: "2026年9月18日", Reply: &reply, Slip: "1000 7124", Seal: sealLine},
		Done: views.Action{Deed: "printed", Title: "印好了吗？", Hint: "点了以后，这封信就从名单里拿走。", Post: "/letters/38271940561", Once: token[:32], Button: "印好了，寄走了"}}
	bare := letter
	bare.Mail.Name, bare.Mail.To, bare.Mail.Slip, bare.Heading, bare.Phone = "", []string{"城关镇"}, "", "给没有留姓名的人的信", ""
	return []Example{{"letters", false, list}, {"letters-empty", false, views.Letters{Page: d}}, {"letter", false, letter}, {"letter-nobody", false, bare}}
}

// forms are the paper forms, what somebody says on the telephone, and what stands
// before a list that is saved.
func forms(d views.Page) []Example {
	offices := []views.Option{{Value: "zj", Label: "住房和城乡建设局"}, {Value: "jt", Label: "交通运输局"}, {Value: "desk", Label: "县级受理台"}}
	empty := views.Batch{Page: d, Filing: answers(d), Received: "2026-09-18", Abouts: offices, Post: "/batch"}
	next := empty
	next.Flash, next.Attach = "已登记 261 482 9130，请写在回执联上。", "/desk/intake/2614829130/attach"
	full := empty
	full.Page = with(d, views.Error{Field: "slip", Text: "编号不对，请照纸上再录一遍。"}, views.Error{Field: "signed", Text: "没有签名的表，不能登记。"})
	full.Slip, full.Name, full.Place, full.Village, full.Phone = "1000 7123", "王桂兰", "t1", "东关村", "138 0013 8000"
	full.Kind, full.Body, full.About, full.Public, full.Hide, full.Tell = "help", Body, "jt", "yes", "yes", views.TellLetter
	d.Back = "/desk"
	freeze := views.AdminForm{Page: d, Heading: "有人说“不是我”", Lead: []string{"不用证明，先冻结，再由别的同志去问本人。"}, Post: "/desk/freeze", Button: "冻结这件留言",
		Groups: []views.Group{{Fields: []views.Field{{Name: "number", Kind: views.Code, Label: "受理编号", Hint: "10 位数字，短信里和回执上都有"},
			{Name: "words", Kind: views.Area, Rows: 3, Label: "对方怎么说的", Hint: "照原话写。"}}}}}
	freeze.Once = token[:32]
	take := views.AdminForm{Page: with(d, views.Error{Field: "factor", Text: "动态验证码不对，或者刚才用过了。等手机上的数字换过，再输一次。"}), Heading: "超期", Lead: []string{"这张单子里有很多人的事。再输一次动态验证码，就存下来。五分钟以内不再问。"}, Post: "/desk/take/red.csv", Button: "存成 CSV",
		Groups: []views.Group{{Fields: []views.Field{{Name: "factor", Kind: views.Code, Autocomplete: "one-time-code", Label: "动态验证码", Hint: "手机验证器上换过以后的 6 位数字"}}}}}
	take.Back = "/desk?desk=red"
	return []Example{{"batch", false, empty}, {"batch-next", false, next}, {"batch-errors", false, full}, {"freeze", false, freeze}, {"desk-take-errors", false, take}}
}
