package demo

import (
	"errors"
	"fmt"
	"net/netip"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

// voices are people without a page of their own: they rang, came to the window,
// filled in a form on paper, or sent a text. Each is told, and asked, in the way
// that they chose.
func (m *maker) voices() {
	m.rang()
	m.atTheWindow()
	m.onPaper()
	m.texts()
}

// rang are those who telephoned; what came of it is told on the telephone too.
func (m *maker) rang() {
	m.takeIn(19, "09:15", "14000001032", board.ByCall, board.Draft{
		Kind: board.Help, Name: "蒋满仓", Title: "坡上的自来水三天一停", Township: "北山乡", Village: "上北山村",
		Body: "三天来一次水，来的时候是半夜，得守着接。他腿不好，从窖里提水提不动，儿子一个月回来一次替他挑满缸。",
	}).
		assign(18, "09:00", water).
		sign(18, "10:20").
		visit(16, "15:00", "上北山村在水塔最高处，白天下面村子用水，压力上不去。").
		answer(12, "16:30", board.Reply{
			Found:   "您住的地方比水塔只低四米，白天下面用水，上面就没有压力。",
			Done:    "坡腰上加了一台小泵，定时早上六点到七点、晚上五点到六点各打一次，昨天试了，您家水龙头流了四十分钟。电费村里出。",
			Contact: "县水利局供水站，孙桂芳，0300-800 1125。泵不响了，打这个电话。",
		}).
		approve(11, "09:40").
		readOut(10, "10:10", "方小雅", board.ByPhone, "他说昨天接了满满一缸，问能不能晚半个小时，已经告诉水站。").
		rateFor(6, "10:30", "丁兰", board.Rating{Outcome: board.Solved, Attitude: 5, Speed: 4, Words: "水是有了。晚上那一趟改成六点半更好，那时候我才从地里回来。"})

	m.takeIn(17, "16:40", "14000001033", board.ByCall, board.Draft{
		Kind: board.Complain, Name: "屈春生", Title: "网约车绕路多收十八块", Township: "城关镇", Village: "老汽车站",
		Body: "从汽车站到医院平常十二块，司机绕到环城路，收了三十。他说走近路堵，可是那天是星期天早上。",
	}).
		assign(16, "10:00", transport).
		sign(16, "10:30").
		answer(11, "11:20", board.Reply{
			Found:   "调了车的轨迹：走了九点四公里，近路是三点一公里，那个时候不堵。",
			Done:    "司机退了十八元，平台扣了他的分。钱三天内退到您付款的手机上。",
			Contact: "县交通运输局，段志强，0300-800 1109。",
		}).
		approve(10, "10:00").
		missed(9, "09:20", "方小雅").
		missed(8, "15:10", "方小雅").
		missed(7, "18:05", "丁兰") // from now on by letter

	m.takeIn(14, "11:05", "14000001034", board.ByCall, board.Draft{
		Kind: board.Ask, Name: "苗凤英", Title: "孙女转学要哪些东西", Township: "云溪镇", Village: "下河村",
		Body: "儿子儿媳回来了，孙女要从外省转回镇小学三年级，问要不要先去原来的学校开什么。",
	}).
		assign(13, "09:10", schools).
		sign(13, "09:30").
		answer(11, "09:50", board.Reply{
			Found:   "镇小学三年级有空位，孩子户口在下河村，可以转。",
			Done:    "不用跑原来的学校，两边在网上办。带户口本和孩子的学籍号到镇小学教务处，学校发起，五个工作日内办好。这几天可以先来上课。",
			Contact: "镇小学教务处，或者县教育局，吴海燕，0300-800 1315。",
		}).
		approve(10, "15:00").
		readOut(9, "09:40", "丁兰", board.ByPhone, "").
		quote(4, "10:20", "丁兰", board.Rating{Outcome: board.Solved, Attitude: 5, Words: "打电话来说：孩子已经坐在教室里了。"})
}

// atTheWindow are those who came; they are told by letter.
func (m *maker) atTheWindow() {
	ride := m.intake(16, "10:00", office.Intake{Channel: board.Counter, Tell: board.ByLetter, Draft: board.Draft{
		Kind: board.Ask, Name: "黄德山", Title: "老年乘车卡在哪里办", Township: "南坡乡", Village: "黄土岭",
		Body: "今年七十一了，听说坐公交不要钱，来问卡在哪里办。来县城一趟两个钟头，想一次办好。",
	}}).
		assign(15, "09:00", transport).
		sign(15, "09:20").
		answer(13, "10:10", board.Reply{
			Found:   "七十岁以上坐县里的公交不收钱，卡可以在乡里办，不用来县城。",
			Done:    "您那天留的照片和身份证复印件已经替您办了，卡随这封信一起寄来。上车刷一下就行，丢了到乡便民中心补，工本费也不收。",
			Contact: "县交通运输局，段志强，0300-800 1109。",
		}).
		approve(12, "10:30").
		letter(11, "16:00", "丁兰")
	m.card(8, "10:30", ride)
	ride.rate(8, "10:50", board.Rating{Outcome: board.Solved, Attitude: 5, Speed: 5, Words: "卡收到了，今天就是刷着来的。"})
}

// card gives a code card to somebody without a phone, who reads the answer at a
// neighbour's with it.
func (m *maker) card(ago int, clock string, s *story) {
	m.at(ago, clock)
	m.do("card", func() error {
		_, cards, err := m.office.PrintSeries(m.ctx, m.first(board.Dispatcher).Actor, board.CodeCard, 3)
		if err != nil {
			return err
		}
		serial := string(cards[0].Serial)
		if err := m.office.HoldCard(m.ctx, m.staff["丁兰"], serial, office.Holder{Number: string(s.number), Checked: true}); err != nil {
			return err
		}
		from := office.Origin{Address: netip.AddrFrom4([4]byte{192, 0, 2, 201})}
		token, err := m.office.CardLogIn(m.ctx, serial, cards[0].Codes[0], from)
		if err != nil {
			return err
		}
		s.resident, err = m.office.Who(m.ctx, token)
		return err
	})
}

// onPaper are forms that people filled in at home; the PIN is on their stub.
func (m *maker) onPaper() {
	form := func(no int) string { return string(m.serial(board.BlankForm, no)) }
	m.intake(15, "14:20", office.Intake{Channel: board.Sheet, Slip: form(5), Phone: "14000001035", Tell: board.ByText, Draft: board.Draft{
		Kind: board.Help, Name: "祁秀莲", Title: "院里的井水有股子味", Township: "柳河镇", Village: "东柳村",
		Body: "井水烧开了有味，跟铁锈不一样。隔壁也是。家里有个月娃子，现在买桶装水吃，一桶八块钱。",
	}}).
		assign(14, "09:30", water).
		sign(14, "10:10").
		answer(9, "16:20", board.Reply{
			Found:   "取了三口井的水化验：氨氮偏高，是村东头猪场的粪坑离水源太近。",
			Done:    "粪坑上个星期已经清空、挪走，做了防渗。井水这个月先不要喝，村里每户每天送两桶水，不要钱，到再次化验合格为止，结果贴在村口。",
			Contact: "县水利局，孙桂芳，0300-800 1125；送水找村主任。",
		}).
		approve(8, "09:30").
		stub(7, "19:10", form(5)).
		rate(7, "19:12", board.Rating{Outcome: board.Partly, Attitude: 4, Speed: 4, Words: "水天天送来。味道还在，等第二次化验。"})

	m.intake(2, "15:00", office.Intake{Channel: board.Sheet, Slip: form(10), Tell: board.ByVoice, Draft: board.Draft{
		Kind: board.Suggest, Name: "单老六", Title: "电影队一年能不能来两回", Township: "马家湾乡", Village: "前湾村",
		Body: "从前一年来四五回，现在一回都没有。电视各看各的，凑在场院里看一场，热闹。",
	}}).
		assign(1, "09:20", welfare)
}

// texts are what came in by text alone: who sends 0 is called.
func (m *maker) texts() {
	m.text(1, "17:20", "14000000007", "0")
	m.text(1, "17:41", "14000001036", "0") // nobody whom the county knows
	m.text(2, "08:30", "14000001037", "0")
	m.at(1, "10:00")
	m.do("call back", func() error {
		items, _, err := m.office.Calls(m.ctx, m.staff["丁兰"], "")
		if err != nil {
			return err
		}
		for _, item := range items {
			if item.Why == office.CallBackWanted {
				return m.office.CalledBack(m.ctx, m.staff["丁兰"], item.Person, m.form(), true)
			}
		}
		return nil
	})
}

// brought are cases of the hotline that the county had before: brought in, with
// what was promised there.
func (m *maker) brought() {
	m.at(11, "08:30")
	day := func(ago int) time.Time { return m.now.AddDate(0, 0, -ago) }
	rows := []office.Imported{
		{Source: "12345:20260108", Kind: board.Help, Title: "楼道灯一年没亮过", Township: "城关镇", Topic: "building",
			Body:  "来电人反映城关镇粮站家属院三单元楼道灯一年没亮过，去年摔过一个老人，要求修理。",
			Filed: day(20), There: board.There{Unit: "城管局", Place: "城关镇", Due: day(-4)}},
		{Source: "12345:20260111", Kind: board.Complain, Title: "工地夜里卸钢筋", Township: "城关镇", Topic: "environment",
			Body:  "来电人反映新城工地连续三夜凌晨两点卸钢筋，孩子吓哭，要求制止。",
			Filed: day(40), There: board.There{Unit: "城管局", Due: day(26), Done: day(27)}},
		{Source: "12345:20260117", Kind: board.Ask, Title: "独生子女费发到多大", Township: "云溪镇", Topic: "health",
			Body:  "来电人咨询独生子女父母奖励金发放到孩子多大年龄，去年没有收到。",
			Filed: day(16), There: board.There{Unit: "卫健局", Due: day(9), Shown: true}},
		{Source: "12345:20260120", Kind: board.Suggest, Title: "公园里加两个秋千",
			Body:  "来电人建议滨河公园增设儿童秋千，现在只有滑梯，节假日排长队。",
			Filed: day(14), There: board.There{Unit: "城管局"}},
	}
	m.do("import", func() error {
		added, _, _, err := m.office.Import(m.ctx, rows)
		if err == nil && added != len(rows) {
			err = fmt.Errorf("%d of %d rows came in", added, len(rows))
		}
		return err
	})
	m.imported("12345:20260108").
		assign(10, "09:10", urban).
		sign(10, "10:00").
		progress(9, "15:30", "三单元六层的灯今天都换了，改成声控的。一、二单元也是坏的，顺手一起换，还差四个灯头，明天到。")
	m.imported("12345:20260117").assign(10, "09:30", health) // promised there, and red here
	m.imported("12345:20260120").assign(3, "10:20", urban).
		sign(3, "14:00")
	m.imported("12345:20260111").decline(10, "09:40", "done-already", "工地当月已经停了夜里的活，罚过一次，到现在没有再犯。再听见响动，夜里也可以打 0300-800 1234。")
}

// imported goes on with a case that was brought in.
func (m *maker) imported(source string) *story {
	s := &story{m: m}
	m.do(source, func() error {
		return m.parts.Store.View(m.ctx, func(tx *store.Tx) error {
			c, err := tx.CaseBySource(source)
			if err == nil && c == nil {
				err = errors.New("it is not there")
			}
			if err == nil {
				s.number = c.Number
			}
			return err
		})
	})
	return s
}
