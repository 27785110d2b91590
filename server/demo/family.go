package demo

import (
	"net/netip"

	"lianxin/server/board"
	"lianxin/server/office"
)

// families are several people on one phone, and a daughter who acts for her
// father.
func (m *maker) families() {
	m.file(8, "07:40", "孙长顺", board.Draft{
		Kind: board.Ask, Title: "灵活就业的医保断了两个月", Township: "青石镇", Village: "石湾村",
		Body: "跑车这两个月没顾上缴，现在补上，中间住院能不能报？补缴要不要罚钱？",
	}).
		assign(7, "09:00", medical).
		sign(7, "09:50").
		answer(5, "15:40", board.Reply{
			Found:   "您断了两个月，没有超过三个月。",
			Done:    "三个月以内补上，就当没有断过，补上以后断的那段住院也能报。没有罚款，手机上就能补，或者到镇便民中心。这个月二十五号以前补上。",
			Contact: "县医疗保障局，程玉，0300-800 1373。",
		}).
		approve(4, "10:20").
		rate(3, "21:30", board.Rating{Outcome: board.Solved, Attitude: 5, Speed: 5})

	m.file(4, "20:05", "周秀英", board.Draft{
		Kind: board.Suggest, Title: "妇女体检能不能放在农闲", Township: "青石镇", Village: "石湾村", Public: "yes",
		Body: "每年体检都在收麦子那几天，家家忙得脚不沾地，去的人没几个。放到腊月里，人都在家。",
	}).
		assign(3, "10:00", health).
		sign(3, "15:20").
		progress(2, "16:00", "跟体检车排了日子：腊月初六、初七两天开到石湾村，那时候人都在家。再问问另外三个村。")

	m.file(10, "20:10", "吴守田 由吴婷", board.Draft{
		Kind: board.Help, Name: "吴守田", Title: "父亲的电动轮椅上不了村部的台阶", Township: "双桥镇", Village: "桥头村",
		Body: "我爸坐电动轮椅，村部门口三级台阶，每次盖章都是别人抬上去，七八十斤的轮椅，抬一次提心吊胆。",
	}).
		assign(9, "09:00", welfare).
		sign(9, "09:20").
		answer(5, "10:40", board.Reply{
			Found:   "村部门口三级台阶，高四十五厘米，没有坡道。",
			Done:    "昨天做好了坡道，长五米半，两边有扶手，您父亲下午自己开上去试过。镇里另外六个村部也量了，年底前都补上。",
			Basis:   "《无障碍环境建设法》。",
			Contact: "县民政局，林淑珍，0300-800 1218。",
		}).
		approve(4, "09:10").
		rate(3, "20:40", board.Rating{Outcome: board.Solved, Attitude: 5, Words: "我爸自己上去盖了一回章，高兴得打电话告诉我。"})
}

// related lets a wife share her husband's phone, and a daughter act for her
// father, while their phones are logged in.
func (m *maker) related() {
	m.at(since, "10:50")
	m.do("share", func() error {
		if err := m.office.Arrive(m.ctx, m.residents["孙长顺"], "周秀英", "zh-Hans"); err != nil {
			return err
		}
		return m.is("周秀英", "孙长顺")
	})
	m.do("bind", func() error {
		return m.office.BindKin(m.ctx, m.residents["吴守田"], m.form(), board.Kin{Phone: "14000001025", Name: "闺女", Scope: board.KinActs})
	})
	m.do("bind", func() error {
		return m.office.BindKin(m.ctx, m.residents["宋老根"], m.form(), board.Kin{Phone: "14000001026", Name: "小儿子", Scope: board.KinNotified})
	})
	m.do("act", func() error {
		if err := m.office.Choose(m.ctx, m.residents["吴婷"], m.residents["吴守田"].Person.String()); err != nil {
			return err
		}
		return m.is("吴守田 由吴婷", "吴婷")
	})
}

// withPIN lets the person go on with number and PIN, as from a neighbour's phone.
func (s *story) withPIN(ago int, clock string) *story {
	return s.deed(ago, clock, "receipt", func() error {
		r, err := s.m.office.Receipt(s.m.ctx, s.resident, s.number)
		if err != nil {
			return err
		}
		return s.open(r.PIN)
	})
}

// stub lets the person go on with the PIN inside a paper of theirs.
func (s *story) stub(ago int, clock, serial string) *story {
	return s.deed(ago, clock, "stub", func() error { return s.open(s.m.inside[board.Serial(serial)].PIN) })
}

func (s *story) open(pin string) error {
	from := office.Origin{Address: netip.AddrFrom4([4]byte{192, 0, 2, 200})}
	token, _, err := s.m.office.LookUp(s.m.ctx, "", string(s.number), pin, from)
	if err != nil {
		return err
	}
	s.resident, err = s.m.office.Who(s.m.ctx, token)
	return err
}
