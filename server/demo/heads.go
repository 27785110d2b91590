package demo

import "lianxin/server/board"

// heads are what waits for the head of a unit, what was left lying, and went on
// to somebody else by itself.
func (m *maker) heads() {
	m.rules(9, "08:30", func(r *board.Rules) { r.RateShare, r.HeadReply = 100, true })
	m.weighed()
	m.expired()
	m.pesticide()
	m.lidless()
	m.forgotten()
	m.brushedOff()
}

// weighed was sent back by the head once, and then passed to the reviewer.
func (m *maker) weighed() {
	m.file(7, "09:40", "郑德厚", board.Draft{
		Kind: board.Complain, Title: "液化气罐总是充不满", Township: "城关镇", Village: "南门巷",
		Body: "换一罐气原来用四十天，现在用三十天就没火了。我把空罐和满罐都拿到废品站的磅上过了一下，差的不是一点。",
	}).
		assign(6, "09:10", market).
		sign(6, "10:00").
		answer(4, "16:00", board.Reply{
			Found: "气站抽了六罐，两罐短斤，短的都超过半斤。", Done: "气站写了检讨。", Contact: "县市场监督管理局，贺志刚，0300-800 1361。",
		}).
		amend(3, "09:20", "检讨不顶用。短的气补不补，哪天补，怎么不再短，写清楚了再报。").
		answer(2, "15:40", board.Reply{
			Found: "气站抽了六罐，两罐短斤，短的都超过半斤，是充气的秤坏了没有修。",
			Done: "秤昨天换了，以后每个月由我们带砝码来校一次，校的日子贴在气站门口。近两个月换过气的八十三户，凭换气单每罐退六块，" +
				"您的十二块今天下午送到家。",
			Contact: "县市场监督管理局，贺志刚，0300-800 1361。",
		}).
		passed(2, "17:10").
		approve(1, "09:20")
}

// expired waits for the head of the unit.
func (m *maker) expired() {
	m.file(4, "18:20", "韩冬梅", board.Draft{
		Kind: board.Complain, Title: "小卖部卖过期奶给孩子", Township: "青石镇", Village: "青石小学门口",
		Body: "校门口小卖部的奶，日期是三个月前的，孩子喝了肚子疼。奶盒我留着。",
	}).
		assign(3, "09:00", market).
		sign(3, "09:20").
		visit(3, "12:10", "中午放学的时候去的，货架上有九盒过期的，当场封了。").
		answer(1, "15:30", board.Reply{
			Found: "货架上九盒奶过期，最久的过了三个月，店主说进货多忘了看。",
			Done: "九盒全部收走，另外罚了两千元。镇上所有校门口的店这个星期查一遍，查的结果下星期一贴在校门口。孩子看病的单子请给我们，" +
				"我们叫店主赔。",
			Basis:   "《食品安全法》第三十四条。",
			Contact: "县市场监督管理局，贺志刚，0300-800 1361。",
		})
}

// pesticide asks the head of the unit for more time.
func (m *maker) pesticide() {
	m.file(5, "20:10", "宋老根", board.Draft{
		Kind: board.Complain, Title: "打了农药虫子不死", Township: "南坡乡", Village: "南坡村",
		Body: "在乡里买的药，照袋子上写的打了两遍，虫子照样爬。别人说是假的，我也不懂。",
	}).
		assign(4, "09:30", market).
		sign(4, "11:00").
		askTime(1, "10:30", 5, "药送到市里验成分，排到下星期三出结果。")
}

// lidless was written, and the reviewer did not come to it: another one has it.
func (m *maker) lidless() {
	m.file(8, "07:30", "何大山", board.Draft{
		Kind: board.Help, Title: "田边的机井没有盖", Township: "青石镇", Village: "青石村北边",
		Body: "田边两口废机井，口子敞着，草长起来根本看不见。去年掉进去一只羊，今年别掉进去一个人。",
	}).
		assign(7, "09:00", water).
		sign(7, "09:40").
		progress(6, "16:00", "两口井今天先用树枝和红绳围上了，盖板量好尺寸去订。").
		answer(4, "11:00", board.Reply{
			Found:   "是二十年前打的灌溉井，水位下去以后不用了，一共三口，您说的是两口，东头还有一口。",
			Done:    "三口井昨天都盖了水泥板，用螺栓锁住，旁边立了牌子。钥匙在村部。",
			Contact: "县水利局，孙桂芳，0300-800 1125。",
		}).
		strike(2, "09:00")
}

// forgotten was assigned by nobody: it has gone up to the inspector.
func (m *maker) forgotten() {
	m.file(4, "21:30", "汪建国", board.Draft{
		Kind: board.Ask, Title: "渠道清淤算不算义务工", Township: "柳河镇", Village: "西柳村",
		Body: "村里喊去清渠，说不去就按天扣钱。我在外面打工回不来，想问问这个有没有规定。",
	})
}

// brushedOff complains about the county desk. The one inspector declined it, so
// that the objection lies with a leader.
func (m *maker) brushedOff() {
	s := m.file(3, "12:40", "陶金花", board.Draft{
		Kind: board.Complain, AboutDesk: true, Title: "留言三次都合并到别人那里去了", Township: "城关镇", Village: "西关社区",
		Body: "我说的是我家楼道漏水，三次都被并到隔壁小区的水管里。那边修好了，我这边还在滴。",
	})
	s.deed(2, "09:30", "decline", func() error {
		return m.office.Decline(m.ctx, m.first(board.Inspector), s.number, m.form(), "done-already", "楼上的水管上个月已经换过，登记的是修好了。")
	})
	s.object(1, "18:20", "换的是二单元，我住三单元。请来个人看一眼。")
}
