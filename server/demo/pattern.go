package demo

import (
	"lianxin/server/board"
	"lianxin/server/office"
)

// doubted are filings by helpers behind which nobody stands yet, or stood late,
// or not at all. One helper has more of them than an inspector overlooks.
func (m *maker) doubted() {
	m.sharedPhone()
	m.unconfirmed()
	m.misheard()
	m.readAloud()
}

// eastVillager is somebody of a village where 赵红 helps. Who has no phone is
// told by voice.
func eastVillager(name, phone string) office.Helped {
	p := office.Helped{Name: name, Phone: phone, Township: "城关镇", Village: "东关村", Tell: board.ByVoice}
	if phone != "" {
		p.Tell = board.ByText
	}
	return p
}

// sharedPhone is one phone that was given for four people, and praise that one
// of them never gave.
func (m *maker) sharedPhone() {
	const shared = "14000001040"
	m.helped(4, "09:10", "赵红", eastVillager("郝桂芝", shared),
		board.Draft{Kind: board.Thank, Title: "村口的路修平了", Body: "村口的路修平了，推小车不颠了，谢谢修路的人。"},
		office.Consent{Means: board.ByWitness, Witness: "钱小军"}).
		assign(3, "09:05", transport).
		sign(3, "10:00")
	m.helped(4, "09:25", "赵红", eastVillager("魏玉山", shared),
		board.Draft{Kind: board.Thank, Title: "东关的广场真亮堂", Body: "晚上广场亮堂了，我天天去走三圈，腿脚都轻快。"},
		office.Consent{Means: board.ByWitness, Witness: "钱小军"}).
		assign(3, "09:08", urban).
		sign(3, "11:00")
	m.helped(4, "09:33", "赵红", eastVillager("罗菊英", shared),
		board.Draft{Kind: board.Thank, Title: "村医量血压不嫌烦", Body: "村医每个月上门量血压，我忘了吃药他还打电话问，是个好后生。"},
		office.Consent{Means: board.ByWitness, Witness: "钱小军"}).
		assign(3, "09:11", health).
		sign(3, "11:20")
	m.helped(4, "09:40", "赵红", eastVillager("邵凤仙", shared),
		board.Draft{Kind: board.Thank, Title: "感谢帮办员小赵", Body: "小赵对我们老年人特别好，跑前跑后，请领导表扬她。"},
		office.Consent{Means: board.ByWitness, Witness: "钱小军"}).
		disowned(3, "10:20", "丁兰", "本人到窗口来：没有说过这个话，也没有见过什么小赵。").
		settle(2, "15:00", board.Void, "")
}

// unconfirmed are filings that nobody has shown to be wanted.
func (m *maker) unconfirmed() {
	pending := office.Consent{Means: board.Unshown}
	// Ten working days are over; the county desk has to decide.
	m.helped(13, "16:10", "孟琴", eastVillager("崔福来", ""),
		board.Draft{Kind: board.Complain, Title: "低保少了一个人的", Body: "家里三口人，低保只给两口的，我孙子那份从春上就没有了。"}, pending)
	// Nobody could be asked, and what it says is true all the same.
	m.helped(15, "10:30", "赵红", eastVillager("龚大成", ""),
		board.Draft{Kind: board.Help, Title: "村东的桥栏杆断了一截", Body: "桥栏杆断了三四步长一截，底下两人深的水，放学的孩子爱趴在那儿看鱼。"}, pending).
		handTo(13, "09:30", "丁兰", "孟琴").
		settle(3, "09:50", board.Proceed, "本人出远门看病，问不到。栏杆断了是真的，先修。").
		assign(3, "10:00", transport)
	// Asked by a helper of the place, who did not type it.
	m.helped(8, "15:20", "赵红", eastVillager("安桂兰", ""),
		board.Draft{Kind: board.Ask, Title: "老伴的抚恤金该找谁", Body: "老伴走了两个月，他原来是农机厂退休的，听说有一笔丧葬费，不知道找谁领。"}, pending).
		handTo(6, "09:10", "丁兰", "孟琴").
		checked(5, "16:40", "孟琴").
		assign(4, "09:00", insurance).
		sign(4, "09:30").
		answer(1, "14:20", board.Reply{
			Found:   "您老伴按企业退休人员，丧葬补助金和抚恤金都没有领过。",
			Done:    "两笔可以一起领。孟琴同志星期四下午带着表到您家，您准备好死亡证明、户口本、存折，签个字就行，二十个工作日内到账。",
			Contact: "县人力资源和社会保障局，陈晓雨，0300-800 1206。",
		})
	// Its person said so by a text, and somebody who was called said so too.
	m.helped(7, "11:00", "李梅", office.Helped{Name: "田有福", Phone: "14000001041", Township: "柳河镇", Village: "西柳村", Tell: board.ByText},
		board.Draft{Kind: board.Complain, Title: "收粮的秤坐着个人", Body: "贩子来村里收玉米，磅秤底下压了砖头，一车少算一百多斤，村里好几户都吃了亏。"}, pending).
		text(6, "12:40", "14000001041", "是我").
		assign(6, "15:00", market).
		sign(5, "09:00")
	m.helped(6, "14:30", "李梅", office.Helped{Name: "万素芬", Phone: "14000001042", Township: "柳河镇", Village: "东柳村", Tell: board.ByCall},
		board.Draft{Kind: board.Help, Title: "想给孙子办个困难补助", Body: "儿子出事以后儿媳走了，我带着孙子，孙子上初二，学费是借的。"}, pending).
		checked(5, "10:10", "方小雅").
		assign(5, "11:00", schools).
		sign(4, "09:10")
}

// misheard was disowned by mistake, and is its person's after all.
func (m *maker) misheard() {
	m.helped(10, "09:30", "李梅", office.Helped{Name: "侯玉柱", Phone: "14000001043", Township: "柳河镇", Village: "西柳村", Tell: board.ByText},
		board.Draft{Kind: board.Help, Title: "危房鉴定等了半年", Body: "西屋的梁裂了，用两根木头顶着。春上登记的危房鉴定，到现在没有人来。"},
		office.Consent{Means: board.ByWitness, Witness: "村组长老侯"}).
		text(10, "10:05", "14000001043", "不是我").
		settle(9, "10:30", board.Confirm, "打电话问了，孙子拿着手机玩，看见短信随手回的。事情是真的，本人等着。").
		assign(9, "11:00", land).
		sign(9, "14:40").
		progress(6, "16:00", "鉴定的人今天去了，梁是裂了三分之二，定为 D 级，不能住人。当天帮老人把铺盖搬到了东屋。")
}

// readAloud are answers that were told by a helper, or could not be.
func (m *maker) readAloud() {
	serial := func(kind board.PaperKind, no int) string { return string(m.serial(kind, no)) }
	eyes := m.helped(17, "10:00", "李梅", office.Helped{Name: "常老栓", Township: "柳河镇", Village: "东柳村", Tell: board.ByVoice},
		board.Draft{Kind: board.Help, Title: "白内障手术听说有补助", Body: "两只眼看人都是影子。听广播说做白内障有补助，六十以上不要钱，不知道真的假的，我八十了。"},
		office.Consent{Means: board.ByPaper, Serial: serial(board.ConsentPaper, 4), Slip: serial(board.Slip, 4)}).
		assign(16, "09:00", health).
		sign(16, "09:20").
		answer(12, "15:00", board.Reply{
			Found:   "是真的：县医院每年给六十岁以上的困难老人免费做，您家是低保户，符合。",
			Done:    "给您排在下个月十二号，早上七点半有车到村口接，做完住一晚，第二天送回来。去之前三天不要吃阿司匹林。",
			Contact: "县医院眼科，或者县卫生健康局，叶青，0300-800 1330。",
		}).
		approve(11, "09:40").
		readOut(10, "16:10", "李梅", board.FaceToFace, "念了两遍，他说记住了，十二号，不吃那个药。")
	eyes.reslip(6, "10:20", "丁兰", m.serial(board.Slip, 5))
	m.helped(16, "15:10", "李梅", office.Helped{Name: "毕桂花", Phone: "14000001044", Township: "柳河镇", Village: "西柳村", Tell: board.ByVoice},
		board.Draft{Kind: board.Ask, Title: "新农保断了能接上吗", Body: "前些年在外头捡棉花，养老保险断了四年，今年五十九，再不接怕领不上。"},
		office.Consent{Means: board.ByWitness, Witness: "毕家嫂子"}).
		assign(15, "09:00", insurance).
		sign(15, "09:15").
		answer(12, "10:10", board.Reply{
			Found:   "您一共缴了九年，断了四年，档案都在。",
			Done:    "能接上。断的四年可以补缴，按最低一档一年二百元，补完再缴两年，到六十一岁就够十五年，开始领。补缴在镇便民中心，带身份证和存折。",
			Contact: "县人力资源和社会保障局，陈晓雨，0300-800 1206。",
		}).
		approve(11, "10:00").
		passBack(8, "17:00", "李梅", "去了三趟都锁着门，邻居说她住到闺女家去了。")

	// What a helper may read ends when the person says so.
	m.helped(5, "09:30", "李梅", office.Helped{Name: "王秀兰", Phone: "14000000001", Township: "柳河镇", Village: "东柳村", Tell: board.ByText},
		board.Draft{Kind: board.Suggest, Title: "卫生室的门槛太高", Body: "村卫生室门口有道高门槛，打针的老人小孩天天绊。锯掉或者垫个斜坡都行。"},
		office.Consent{Means: board.ByWitness, Witness: "村医小陶"}).
		as("王秀兰").
		assign(4, "10:00", health).
		sign(4, "15:30").
		endHelp(4, "20:10", "李梅")
}
