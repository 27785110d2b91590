package demo

import (
	"net/netip"

	"lianxin/server/board"
	"lianxin/server/office"
)

// everybody asks everybody who has no way of their own whether it is solved:
// some are drawn by chance else, and a made-up county must have one.
func (m *maker) everybody() {
	m.rules(since, "09:30", func(r *board.Rules) { r.RateShare = 100 })
}

// usual goes back to the county's usual numbers.
func (m *maker) usual() { m.rules(1, "20:30", func(*board.Rules) {}) }

func (m *maker) rules(ago int, clock string, change func(*board.Rules)) {
	m.at(ago, clock)
	m.do("rules", func() error {
		r := board.DefaultRules()
		change(&r)
		return m.office.SetRules(m.ctx, office.Box, r)
	})
}

// erased is a case whose person had everything deleted that the county kept of
// them; what anybody could read stays, without them.
func (m *maker) erased() {
	lamps := m.intake(27, "10:10", office.Intake{Channel: board.Call, Phone: "14000001038", Tell: board.ByText, Draft: board.Draft{
		Kind: board.Help, Name: "蓝天明", Title: "公厕的门关不上", Township: "城关镇", Village: "东门外", Public: "yes",
		Body: "东门外公厕女厕的门掉了合页，关不上，晚上没有人敢进去。",
	}}).
		assign(26, "09:00", urban).
		sign(26, "09:30").
		answer(24, "16:00", board.Reply{
			Found:   "两扇门的合页都锈断了，灯也坏了一盏。",
			Done:    "门换了新合页，里面加了插销，灯换成常亮的，晚上十点有人去查一遍。",
			Contact: "县城市管理局环卫所，李建平，0300-800 1102。",
		}).
		approve(23, "10:00").
		publish(23, "15:10", "公厕的门关不上", "公厕女厕的门关不上，晚上没有人敢进去。").
		quote(21, "09:50", "丁兰", board.Rating{Outcome: board.Solved, Attitude: 4})
	lamps.deed(6, "11:00", "erase", func() error {
		person, _, err := m.office.Named(m.ctx, lamps.number)
		if err != nil {
			return err
		}
		_, err = m.office.ErasePerson(m.ctx, office.Box, person, false)
		return err
	})
}

// old is a case of the county's first year. It ended so long ago that the county
// has let go of whose it was and what they said; what anybody could read stays.
func (m *maker) old() {
	const first = longAgo - 10
	s := &story{m: m}
	m.at(first, "08:50")
	m.do("晏小满", func() (err error) {
		from := office.Origin{Browser: "first", Address: netip.AddrFrom4([4]byte{192, 0, 2, 202})}
		s.resident, err = m.arrive("14000001050", "晏小满", from)
		return err
	})
	d := board.Draft{Kind: board.Suggest, Name: "晏小满", Title: "渡口装个救生圈", Township: "云溪镇", Village: "渡口", Public: "yes",
		Body: "渡口夏天游泳的孩子多，去年差点出事。挂两个救生圈，立一根长竹竿，花不了几个钱。"}
	s.deed(first, "09:00", "file", func() (err error) {
		s.number, err = m.office.File(m.ctx, s.resident, m.form(), d)
		return err
	}).
		assign(first-1, "09:00", water).
		sign(first-1, "09:40").
		answer(first-3, "16:00", board.Reply{
			Found:   "渡口水深三米，没有任何救生的东西。",
			Done:    "挂了四个救生圈，竹竿两根，立了牌子写着哪里水深。暑假每天下午有人值守。",
			Contact: "县水利局，0300-800 1125。",
		}).
		approve(first-4, "09:30").
		publish(first-4, "15:00", "渡口装个救生圈", "渡口夏天游泳的孩子多。挂两个救生圈，立一根长竹竿，花不了几个钱。").
		rate(first-5, "19:00", board.Rating{Outcome: board.Solved, Attitude: 5, Speed: 5}).
		deed(4, "03:10", "anonymise", func() error {
			_, matter, err := m.office.Named(m.ctx, s.number)
			if err == nil {
				_, err = m.office.Anonymise(m.ctx, matter, false)
			}
			return err
		})
}

// strike lets the calendar do what it demands.
func (m *maker) strike() { (&story{m: m}).strike(1, "20:00") }

func (s *story) strike(ago int, clock string) *story {
	return s.deed(ago, clock, "strike", func() error {
		_, err := s.m.office.Strike(s.m.ctx)
		return err
	})
}
