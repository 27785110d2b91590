package demo

import (
	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

// areas are where the helpers help: one in villages far out, one in town.
var areas = map[string][]board.Area{
	"limei":    {{Township: "柳河镇"}},
	"zhaohong": {{Township: "城关镇", Village: "东关村"}, {Township: "城关镇", Village: "北关社区"}},
	"mengqin":  {{Township: "城关镇"}},
}

// papers prints what helpers need, ten of each, and hands most of it to them.
func (m *maker) papers() {
	desk := m.first(board.Dispatcher).Actor
	m.at(since, "11:00")
	for _, kind := range []board.PaperKind{board.Slip, board.ConsentPaper, board.BlankForm} {
		m.do(string(kind), func() (err error) {
			var papers []office.Sealed
			m.series[kind], papers, err = m.office.PrintSeries(m.ctx, desk, kind, 10)
			for _, p := range papers {
				m.inside[p.Serial] = p
			}
			return err
		})
		for from, helper := range map[int]string{1: "李梅", 6: "赵红"} {
			m.do(string(kind), func() error {
				return m.office.HandOut(m.ctx, desk, m.series[kind].ID, from, from+3, m.staff[helper].Staff.String())
			})
		}
	}
}

// serial is what stands on one of those papers.
func (m *maker) serial(kind board.PaperKind, no int) board.Serial {
	if m.err != nil {
		return ""
	}
	return m.series[kind].Serial(no)
}

// assisted are the cases that helpers typed for people, with each of the ways
// to show that a person wants it. It comes before the other stories: the one
// code that somebody reads out must be the only text in the outbox.
func (m *maker) assisted() {
	m.papers()
	serial := func(kind board.PaperKind, no int) string { return string(m.serial(kind, no)) }
	m.helped(14, "09:20", "李梅", office.Helped{Name: "王秀兰", Phone: "14000000001", Township: "柳河镇", Village: "东柳村", Tell: board.ByText},
		board.Draft{Kind: board.Ask, Title: "养老金的卡磁条坏了，去哪里换", Body: "我养老金的卡刷不出来了，镇上的银行说要回县里办。我坐车晕，想问问能不能在镇上换，要带什么。"},
		office.Consent{Means: board.ByCode}).
		assign(13, "09:10", insurance)

	m.helped(12, "10:10", "李梅", office.Helped{Name: "冯桂英", Township: "柳河镇", Village: "西柳村", Tell: board.ByVoice},
		board.Draft{Kind: board.Help, Title: "高龄补贴停了两个月", Body: "我八十四了，高龄补贴每个月都是打到存折上，从七月起就没有了。我没有手机，不识字，儿子在外头。不知道是哪里不对。"},
		office.Consent{Means: board.ByPaper, Serial: serial(board.ConsentPaper, 1), Slip: serial(board.Slip, 1)}).
		assign(11, "09:30", welfare).
		sign(11, "10:20").
		answer(4, "15:40", board.Reply{
			Found:   "查了发放记录：您七月没有做每年一次的认证，系统自动停了。不是取消。",
			Done:    "昨天我们到您家里，当面替您做了认证。停的两个月和这个月一起，本月二十五号以前打到您的存折上。",
			Contact: "县民政局老龄股，林淑珍，0300-800 1218。",
		}).
		approve(3, "09:20")

	m.helped(3, "08:50", "赵红", office.Helped{Name: "刘长贵", Township: "城关镇", Village: "东关村", Tell: board.ByVoice},
		board.Draft{Kind: board.Help, Title: "门口的下水井盖碎了", Body: "东关村口第二根电线杆下面，井盖碎了半边，拿木板盖着。我眼睛不好，天黑不敢出门。"},
		office.Consent{Means: board.ByWitness, Witness: "马秀英"}).
		assign(2, "10:00", urban).
		sign(2, "15:00")

	m.helped(1, "09:40", "李梅", office.Helped{Name: "陈有田", Phone: "14000000008", Township: "柳河镇", Village: "东柳村", Tell: board.ByText},
		board.Draft{Kind: board.Suggest, Title: "村口修个等车的棚子", Body: "村口等车没有地方躲雨，修个小棚子就行。"},
		office.Consent{Means: board.Unshown})

	// Who asked for nothing says so by a text: the case is frozen.
	m.helped(2, "14:10", "赵红", office.Helped{Name: "吴广田", Phone: "14000000019", Township: "城关镇", Village: "北关社区", Tell: board.ByText},
		board.Draft{Kind: board.Thank, Title: "感谢社区组织体检", Body: "社区上个月组织老人体检，安排得很周到，谢谢。"},
		office.Consent{Means: board.ByWitness, Witness: "钱小军"}).
		deed(2, "15:02", "disown", func() error {
			return m.office.Hear(m.ctx, office.Inbound{ID: "demo-disown", From: "14000000019", Text: "不是我"})
		})

	m.helped(1, "16:20", "赵红", office.Helped{Name: "周玉芬", Phone: "14000000009", Township: "云溪镇", Village: "下河村", Tell: board.ByCall, Chosen: true},
		board.Draft{Kind: board.Complain, AboutDesk: true, Title: "留言被说成不归县里管，没有人解释", Body: "我上个月说桥上的栏杆断了，县里说不归他们管，也没有说归谁管。桥天天有孩子走。"},
		office.Consent{Means: board.ByPaper, Serial: serial(board.ConsentPaper, 6), Slip: serial(board.Slip, 6)})
}

// helped begins a story that a helper typed: words, read back, consent.
func (m *maker) helped(ago int, clock, helper string, p office.Helped, d board.Draft, c office.Consent) *story {
	s := &story{m: m}
	p.Lang, c.Public = "zh-Hans", "no"
	who := m.staff[helper]
	return s.deed(ago, clock, "help", func() error {
		if err := m.office.Help(m.ctx, who, p); err != nil {
			return err
		}
		d.Name, d.Township, d.Village = p.Name, p.Township, p.Village
		if err := m.office.SaveHelpDraft(m.ctx, who, d); err != nil {
			return err
		}
		if _, err := m.office.ReadBack(m.ctx, who); err != nil {
			return err
		}
		if c.Means == board.ByCode {
			if err := m.office.AskConsent(m.ctx, who); err != nil {
				return err
			}
			code := func(t store.Text) string { return t.Args["Code"] }
			if _, err := m.office.Post(m.ctx, code, m.codes); err != nil {
				return err
			}
			c.Code = m.codes[board.Phone(p.Phone).E164()]
		}
		var err error
		if s.number, err = m.office.FileHelped(m.ctx, who, m.form(), c); err != nil {
			return err
		}
		return m.office.EndHelp(m.ctx, who)
	})
}
