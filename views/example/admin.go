package example

import (
	"fmt"
	"strings"

	"lianxin/views"
)

// intake is the operator's page, its receipt, and a unit's templates.
func intake(p views.Page) []Example {
	d := staff(p)
	d.Back = "/desk"
	empty := views.Intake{Page: d, Filing: answers(p), Post: "/desk/intake"}
	full := empty
	full.Channel, full.Kind, full.Body, full.Name, full.Place = views.ChannelCall, "help", Body, "王桂兰", "t1"
	full.Phone, full.Tell, full.Agreed, full.Hide = "138 0013 8000", views.TellRead, true, "yes"
	wrong := empty
	wrong.Page = with(d,
		views.Error{Field: "channel", Text: "请选一下，是打电话来的，还是到窗口来的。"},
		views.Error{Field: "agreed", Text: "请先念给本人听，本人同意了再勾。"})
	receipt := views.Receipt{Page: d, Seal: sealLine, Number: "3827 1940 561", PIN: "482 913", Address: "lianxin.shifan.gov.cn", Filed: "9月18日 10:00", ScreenBy: "9月19日 10:00",
		Told: "打电话念给本人听", Slip: "1000 7124", Another: "/desk/intake", Attach: "/desk/intake/38271940561/attach"}

	remove := views.Action{Post: "/desk/templates", Once: token[:32], Button: "删掉这个范本", Hidden: []views.Hidden{{Name: "remove", Value: "t1"}}}
	list := views.Templates{Page: d, Unit: "住房和城乡建设局", Add: views.Action{Post: "/desk/templates", Once: token[:32]}, Items: []views.Draft{
		{Name: "路灯维修", Found: "【日期】我们到【地点】看过，【几】盏路灯不亮，原因是【原因】。", Done: "【日期】已经修好，当晚亮灯。", Contact: "路灯管理所【姓名】，0311-8000 5678。", Remove: remove},
		{Name: "坑洼路面", Found: "【日期】到现场量过，坑深【几】厘米。", Done: "【日期】前补好。", Basis: "《城市道路管理条例》第二十一条。", Remove: remove}}}
	none := views.Templates{Page: d, Unit: list.Unit, Add: list.Add}
	bad := list
	bad.Page, bad.Draft = with(d, views.Error{Field: "add-name", Text: "请给范本起个名字。"}), views.Draft{Found: "【日期】我们到现场看过。"}
	return []Example{{"intake", false, empty}, {"intake-full", false, full}, {"intake-errors", false, wrong}, {"receipt-desk", false, receipt},
		{"templates", false, list}, {"templates-empty", false, none}, {"templates-errors", false, bad}}
}

func admin(p views.Page) []Example {
	a := staff(p)
	a.Who = "孙伟（管理员）"
	a.Nav = []views.Link{{Href: "/admin", Text: "管理", Current: true}, {Href: "/", Text: "居民首页"}}
	cards := views.Admin{Page: a, Cards: []views.AdminCard{
		{Href: "/admin/units", Name: "单位", What: "加上、改名、停用，停用要有接手的单位"},
		{Href: "/admin/places", Name: "乡镇和村", What: "可以用区划代码一次放进来"},
		{Href: "/admin/staff", Name: "人员", What: "谁是什么身份，谁代班"},
		{Href: "/admin/settings", Name: "规矩", What: "期限、字数和别的数字"},
		{Href: "/admin/calendar", Name: "日历", What: "放假和调休", State: views.Stamp{Text: "缺 2027 年", Tone: views.ToneYellow}}}}
	a.Back = "/admin"
	machine := box(a)
	list := views.AdminList{Page: a, Heading: "人员", Lead: []string{"一个人可以有几个身份。同一件事，写答复的人不能自己审核。"}, Caption: "现在的人员",
		Columns: []string{"姓名", "身份", "单位", "代班"}, Empty: "还没有人员。",
		Add: &views.Action{Deed: "add", Title: "加一个人", Hint: "密码和验证器密钥在下一页显示一次。", Post: "/admin/staff", Once: token[:32], Button: "加上",
			Fields: []views.Field{{Name: "name", Kind: views.Text, Label: "姓名"}, {Name: "login", Kind: views.Text, Label: "用户名", Hint: "登录时用，不能有空格。"},
				{Name: "roles", Kind: views.Ticks, Short: true, Label: "身份", Hint: "可以选几个。", Options: []views.Option{
					{Value: "operator", Label: "话务员"}, {Value: "dispatcher", Label: "交办员"}, {Value: "handler", Label: "经办人", Checked: true},
					{Value: "reviewer", Label: "审核员"}, {Value: "leader", Label: "领导"}, {Value: "inspector", Label: "督办员"}, {Value: "admin", Label: "管理员"}}},
				{Name: "unit", Kind: views.Select, Label: "单位", Hint: "经办人要有单位。", Options: []views.Option{{Label: "请选择"}, {Value: "zj", Label: "住房和城乡建设局"}}}}}}
	empty, wrong, plain := list, list, list
	wrong.Page = with(a, views.Error{Field: "add-login", Text: "这个用户名已经有人用了，请换一个。"}, views.Error{Field: "add-roles", Text: "至少要有一个身份。"})
	for i := range 12 {
		r := views.AdminRow{Href: fmt.Sprintf("/admin/staff/%d", i), Name: "周敏", Note: "zhoumin", Cells: []string{"交办员、审核员", "", "陈静"},
			Acts: []views.Action{{Post: "/admin/staff", Once: token[:32], Button: "让他退出登录", Hidden: []views.Hidden{{Name: "out", Value: fmt.Sprint(i)}}}}}
		if i%3 == 1 {
			r.Name, r.Note, r.Cells = "刘强", "liuqiang", []string{"经办人", "住房和城乡建设局", ""}
			r.State = views.Stamp{Text: "休假", Tone: views.ToneStop}
		}
		list.Rows = append(list.Rows, r)
	}
	list.More = "/admin/staff?from=12"
	list.Links = []views.Link{{Href: "/admin/roster", Text: "值班表"}}
	plain.Heading, plain.Caption, plain.Columns, plain.Add, plain.First = "改过什么", "最近的改动", []string{"什么时候", "谁", "改了什么"}, nil, "/admin/revisions"
	plain.Lead = nil
	plain.Rows = []views.AdminRow{{Name: "9月18日 10:00", Cells: []string{"孙伟", "加了单位：住房和城乡建设局"}}, {Name: "9月17日 16:20", Cells: []string{"孙伟", "答复期限：投诉 15 → 10 个工作日"}}}
	table := views.Table{Page: a, Heading: "导入别的系统的留言", Lead: []string{"看过了，还什么都没有存。读了 803 行：可以新增 801，已经有的 0，不能导入 2。"},
		Groups: []views.FactGroup{
			{Title: "不能导入的行", Note: "下面是前 50 行。", Facts: []views.Fact{{Name: "第 12 行", Value: "“诉求类型”写的是“闲聊”，认不出来。请写成：咨询 / 投诉 / 求助 / 建议 / 感谢。"}}},
			{Title: "每一列是什么", Facts: []views.Fact{{Name: "工单号", Value: "编号"}, {Name: "诉求类型", Value: "类型"}, {Name: "回访结果", Value: "不导入"}}},
			{Title: "承办单位", Facts: []views.Fact{{Name: "城管局", Value: "县城市管理局（120 行）"}, {Name: "省教育厅", Value: "对不上（3 行）"}}}},
		Acts: []views.Action{{Deed: "go", Title: "导入", Hint: "导入的留言都到县里的办公桌上。", Post: "/admin/import/report", Button: "导入 801 件",
			Hidden: []views.Hidden{{Name: "mark", Value: token[:32]}}}, {Deed: "drop", Title: "不要这个文件了", Post: "/admin/import/drop", Button: "不要这个文件了", Secondary: true}},
		Links: []views.Link{{Href: "/admin/import/bad", Text: "下载不能导入的行（CSV），改好再导入"}, {Href: "/admin/import", Text: "另外选一个文件"}}}
	running := views.Table{Page: a, Heading: table.Heading, Lead: []string{"正在导入。可以离开这一页。", "读到 40%"},
		Links: []views.Link{{Href: "/admin/import/report", Text: "查看进度"}}}
	return append([]Example{{"admin-table", false, table}, {"admin-table-running", false, running}, {"admin", false, cards}, {"admin-list", false, list}, {"admin-list-empty", false, empty}, {"admin-list-errors", false, wrong},
		{"admin-list-plain", false, plain}, {"admin-box", false, machine}, {"admin-box-new", false, views.AdminBox{Page: a}}}, adminForms(a)...)
}

// box is what a machine says of itself on a bad morning.
func box(a views.Page) views.AdminBox {
	well, ill := views.Stamp{Text: "好", Tone: views.ToneDone}, views.Stamp{Text: "要处理", Tone: views.ToneRed}
	done, failed := views.Stamp{Text: "成功", Tone: views.ToneDone}, views.Stamp{Text: "没有成功", Tone: views.ToneRed}
	return views.AdminBox{Page: a, Seal: sealLine, Findings: []views.BoxFinding{
		{State: well, Text: "硬盘还有 23.6 GB"}, {State: well, Text: "时钟 2026-09-18 15:02:11，最后一次写入 2026-09-18 15:01:40"},
		{State: ill, Text: "第二个地方 /mnt/usb/lianxin 两天没有新备份，请看一看它接好没有"},
		{State: views.Stamp{Text: "留意", Tone: views.ToneYellow}, Text: "/var/lib/lianxin/data/spool/out 里有 12 条短信，等网关取走；没有网关，短信就出不了这台机器"}},
		Works: []views.BoxWork{
			{When: "9月18日 03:00", What: "备份", State: failed, Failed: "second place: mkdir /mnt/usb/lianxin: read-only file system"},
			{When: "9月18日 03:00", What: "到期清理：3 件，1 人", State: done},
			{When: "9月17日 03:10", What: "试恢复", State: done, Size: "182.4 MB", Events: "12873", Seconds: "6.4"},
			{When: "9月17日 03:00", What: "备份", State: done, Size: "182.4 MB", Events: "12873", Seconds: "8.1"}}}
}

func adminForms(a views.Page) []Example {
	unit := views.AdminForm{Page: a, Heading: "住房和城乡建设局", Lead: []string{"名称、管什么事，居民都看得到。"},
		Facts: []views.Fact{{Name: "正在办的", Value: "23 件"}, {Name: "人员", Value: "4 位"}}, Post: "/admin/units/zj", Button: "记下来", After: "马上生效，改之前的也留着。",
		Groups: []views.Group{
			{Fields: []views.Field{{Name: "name-zh-Hans", Kind: views.Text, Label: "名称（简体中文）", Value: "住房和城乡建设局"}, {Name: "name-en", Kind: views.Text, Label: "名称（English）"}}},
			{Title: "居民看到的", Fields: []views.Field{{Name: "does", Kind: views.Area, Rows: 3, Label: "管什么事", Value: "房子、街道、路灯、下水道。"}, {Name: "phone", Kind: views.Tel, Label: "电话"}}}},
		Danger: []views.Action{{Deed: "close", Title: "停用这个单位", Hint: "正在办的事都转给接手的单位，期限不变。", Post: "/admin/units/zj/close", Once: token[:32], Button: "停用",
			Fields: []views.Field{{Name: "successor", Kind: views.Select, Label: "接手的单位", Options: []views.Option{{Label: "请选择"}, {Value: "jt", Label: "交通运输局"}}},
				{Name: "sure", Kind: views.Tick, Label: "我确定要停用"}}}},
		Links: []views.Link{{Href: "/admin/revisions", Text: "改过什么"}}}
	wrong := unit
	wrong.Page = with(a, views.Error{Field: "name-zh-Hans", Text: "请填写单位的中文名称。"}, views.Error{Field: "close-sure", Text: "请先勾上“我确定”。"})
	file := views.AdminForm{Page: a, Heading: "放进新一年的日历", Lead: []string{"国务院办公厅公布放假安排以后，把文件放进来。"}, Post: "/admin/calendar", Button: "放进来",
		Groups: []views.Group{{Fields: []views.Field{{Name: "year", Kind: views.Upload, Label: "日历文件", Hint: "JSON 文件，例如 2027.json。"}}}}}
	secret := views.AdminForm{Page: a, Heading: "孙桂芳", Facts: []views.Fact{{Name: "用户名", Value: "sunguifang"}},
		Secret: &views.Secret{Password: "河边-柳树-早市-七点", TOTP: "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP", QR: square(), Recovery: recovery},
		Links:  []views.Link{{Href: "/admin/staff", Text: "回到人员"}}}
	return []Example{{"admin-form", false, unit}, {"admin-form-errors", false, wrong}, {"admin-form-file", false, file}, {"admin-form-secret", false, secret}}
}

// square is as large as the QR of a secret's address.
func square() *views.QR {
	const side = 45
	var path strings.Builder
	for y := 4; y < side-4; y++ {
		for x := 4; x < side-4; x++ {
			if (x*7+y*11+x*y)%3 == 0 {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x, y)
			}
		}
	}
	return &views.QR{Size: side, Path: path.String(), Name: "QR"}
}

// recovery are a set of recovery codes.
var recovery = strings.Split("4829 1357 0021 7766,1190 8342 7755 0618,7301 4498 2216 5087,0054 9981 3372 6640,6617 2205 8894 1133,"+
	"2948 7160 5531 0079,8812 0467 3395 2210,3376 5128 9904 4471,5563 1840 2297 7008,9021 6634 1175 8859", ",")

func first(p views.Page) []Example {
	p.Staff, p.Demo, p.Hotline = true, false, ""
	names := []views.Tongue{{Tag: "zh-Hans", Language: "简体中文"}, {Tag: "en", Language: "English"}}
	county := views.FirstRun{Page: p, Step: views.FirstCounty, Post: "/first", Names: names}
	county.County = ""
	wrong := county
	wrong.Page = with(county.Page, views.Error{Field: "name-zh-Hans", Text: "请填写县的中文名称。"})
	wrong.Hotline = "0311-8000 1234"
	admin := views.FirstRun{Page: p, Step: views.FirstAdmin, Post: "/first", MinPassword: 10, TOTP: "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP", QR: square()}
	bad := admin
	bad.Page = with(p, views.Error{Field: "code", Text: "验证码不对，请看验证器上现在的数字。"})
	bad.Name, bad.Login = "孙伟", "sunwei"
	keys := views.FirstRun{Page: p, Step: views.FirstKeys, Post: "/first", Group: 7, KeyQR: square(),
		Key: strings.Fields("3f9a 2c71 0be4 88d2 5a16 c07e 91b3 4d5f 6e20 a8c9 17f4 b35d e862 049a 7cb1 d5e3")}
	torn := keys
	torn.Page = with(p, views.Error{Field: "part", Text: "和纸上的第 7 组不一样，请再看一遍。"})
	door := views.FirstRun{Page: county.Page, Step: views.FirstCode, Post: "/first"}
	shut := door
	shut.Page = with(county.Page, views.Error{Field: "opening", Text: "代码不对，请看启动程序的那个窗口。"})
	return []Example{{"first-open", false, door}, {"first-open-errors", false, shut}, {"first-county", false, county}, {"first-county-errors", false, wrong}, {"first-admin", false, admin}, {"first-admin-errors", false, bad},
		{"first-keys", false, keys}, {"first-keys-errors", false, torn}, {"first-done", false, views.FirstRun{Page: p, Step: views.FirstDone, Recovery: recovery, Next: "/staff/login"}}}
}
