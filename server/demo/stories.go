package demo

import "lianxin/server/board"

// tell leads a case into every state that there is.
func (m *maker) tell() {
	m.received()
	m.assigned()
	m.inHand()
	m.waiting()
	m.returned()
	m.answered()
	m.closed()
	m.reopened()
	m.asking()
	m.declined()
	m.withdrawn()
	m.confidential()
	m.private()
	m.spoken()
	m.village()
	m.town()
	m.rulings()
	m.voices()
	m.brought()
	m.families()
	m.doubted()
	m.erased()
	m.heads()
	m.strike()
	m.usual()
}

func (m *maker) received() {
	m.file(1, "16:20", "郑德厚", board.Draft{
		Kind: board.Suggest, Title: "汽车站候车的地方放几把椅子", Township: "城关镇", Village: "老汽车站", Public: "yes",
		Body: "老汽车站等车的棚子下面没有坐的地方。赶集那天，上了年纪的人提着东西，一站就是半个多钟头。\n" +
			"建议放三四把带靠背的长椅，再装一个扶手，起来的时候好使劲。",
	})
	m.file(1, "18:05", "冯春燕", board.Draft{
		Kind: board.Thank, Title: "谢谢帮我母亲办高龄补贴的同志", Township: "云溪镇", Village: "下河村",
		Body: "我在外地打工，母亲八十三岁，不会用手机。上个星期镇上的同志到家里来，照了相，填了表，一趟就办好了。" +
			"不知道该写给谁，就写在这里。谢谢你们。",
	})
}

func (m *maker) assigned() {
	lamps := m.file(2, "20:15", "马小军", board.Draft{
		Kind: board.Help, Title: "桥头到小学那段路，路灯不亮了", Township: "双桥镇", Village: "桥头村到中心小学", Public: "yes",
		Body: "从桥头到中心小学大约三百米，六盏路灯有四盏不亮，快半个月了。早晚接送孩子都要走这段路，旁边就是水沟，看不清。\n" +
			"请帮忙修一修。",
		Remark: "我白天在工地，晚上七点以后方便接电话。",
	}).assign(1, "09:30", urban)
	// The same lamps, said by somebody else: handled once, and both are told.
	m.file(1, "06:50", "冯春燕", board.Draft{
		Kind: board.Help, Title: "桥头那段路晚上太黑", Township: "双桥镇", Village: "桥头村", Public: "yes",
		Body: "我婆婆每天早上去小学旁边卖豆腐，走的是桥头那段路。路灯坏了好多天，她拿着手电走，我在外面实在不放心。",
	}).merge(1, "10:15", lamps)
	// Nobody has signed for this one: it is red on the leader's desk.
	m.file(5, "12:40", "马小军", board.Draft{
		Kind: board.Ask, Title: "给孩子打疫苗，星期六能去吗", Township: "双桥镇", Village: "桥头村",
		Body: "我平时在工地，只有星期六有空。县里的接种门诊星期六上午开不开？要不要先打电话？",
	}).assign(4, "09:10", health)
}

func (m *maker) inHand() {
	m.file(6, "07:50", "王秀兰", board.Draft{
		Kind: board.Help, Title: "自来水放出来是黄的", Township: "柳河镇", Village: "东柳村三组", Public: "yes",
		Body: "我们三组从上个星期起，早上头一桶水是黄的，放一会儿才清，桶底有一层细沙。家里有吃奶的孩子，不敢用。\n" +
			"别的组没有这个情况，是不是我们这条管子有什么问题？",
		Remark: "我耳朵不太好，打电话请大声一点。",
	}).
		attach(6, "07:56", bucket()).
		attach(6, "07:58", bucket()).
		detach(6, "08:01"). // twice the same
		assign(6, "10:40", water).
		sign(6, "15:10").
		progress(4, "11:30", "今天上午到三组看了，取了四户的水样，送县里化验，三天出结果。这几天请先放水五分钟再用，吃的水我们每天早上七点在村口送。").
		progress(1, "16:45", "化验结果出来了：水里是铁锈和泥沙，没有细菌超标。原因是村口一段老铁管锈穿了。管子已经运到，准备换新管。").
		publish(5, "09:30", "自来水放出来是黄的",
			"我们组从上个星期起，早上头一桶水是黄的，放一会儿才清，桶底有一层细沙。别的组没有这个情况，是不是我们这条管子有什么问题？").
		add(1, "19:20", "今天放了五分钟，水清了，谢谢。新管子哪天换，请早一天说，我们好存水。")
}

func (m *maker) waiting() {
	m.file(5, "10:05", "张国庆", board.Draft{
		Kind: board.Ask, Title: "养老保险中间断了三年，能不能补", Township: "城关镇", Village: "北关社区",
		Body: "我今年五十八，以前在县农机厂交了九年养老保险，厂子关了以后断了三年，后来自己接着交到现在。" +
			"请问断的那三年还能补吗？不补的话，到退休的时候能不能领？",
	}).
		assign(4, "09:15", insurance).
		sign(4, "10:00").
		answer(1, "11:20", board.Reply{
			Found: "查了您的缴费记录：一共交了十六年四个月。您个人断缴的那三年，按规定不能补交。",
			Done: "断的年份不影响以前交的，前后合在一起算。到您法定退休的时候，累计年限够当年规定的最低年限，就可以按月领；" +
				"还差几个月的，可以接着交满再领。我们把您的缴费明细打印好了，放在北关社区服务站，您带身份证去拿就行。",
			Basis:   "社会保险法第十六条。",
			Contact: "县人力资源和社会保障局居民养老股，陈晓雨，0300-800 1206，工作日上午八点半到下午五点半。",
		})
}

func (m *maker) returned() {
	m.file(9, "22:40", "赵丽华", board.Draft{
		Kind: board.Complain, Title: "楼下夜里十二点还在切瓷砖", Township: "城关镇", Village: "向阳小区五号楼",
		Body: "五号楼一楼的门面在装修，连着一个星期，夜里十一二点还在切瓷砖，整栋楼都睡不着。楼里有两个要高考的孩子。\n" +
			"白天去说过，答应得好好的，到了晚上照旧。",
		Remark: "请不要说是谁反映的，都是邻居。",
	}).
		record(9, "23:58", 8, cutter).
		assign(8, "09:05", urban).
		sign(8, "14:30").
		progress(7, "23:10", "今天夜里十点半到了现场，当场叫停，登记了装修队和房主。").
		answer(3, "10:15", board.Reply{
			Found:   "您反映的情况已转交相关中队，中队高度重视。",
			Done:    "下一步将加强巡查，感谢您的监督。",
			Contact: "县城市管理局，0300-800 1102。",
		}).
		giveBack(2, "09:40", "请写清楚：那天夜里查到了什么，怎么处理的，现在几点以后不许施工，再吵找谁。赵女士看了要能睡得着觉。")
}

func (m *maker) answered() {
	m.file(10, "12:30", "王秀兰", board.Draft{
		Kind: board.Suggest, Title: "校车能不能晚二十分钟到我们村", Township: "柳河镇", Village: "东柳村", Public: "yes",
		Body: "校车早上六点二十到东柳村，我孙子五点半就得起来，冬天天还黑着。坐到学校六点五十，离开门还有二十分钟，一群孩子就在风里等。\n" +
			"能不能晚二十分钟来？",
	}).
		assign(9, "09:20", schools).
		sign(9, "11:00").
		progress(8, "15:20", "今天跟着校车走了一趟，从东柳村到学校用了三十一分钟，路上停五个站。").
		answer(6, "16:30", board.Reply{
			Found: "跟车看过：东柳村是头一站，到校比开校门早十九分钟。五个站的家长我们都问了，都同意晚一些。",
			Done: "从下个星期一起，校车六点四十到东柳村，七点十一分到校，正好开门。下雪天路滑，按老时间走，前一天晚上发短信告诉家长。" +
				"那几天学校提前开门，孩子可以进教室等。",
			Basis:   "《校车安全管理条例》。",
			Contact: "县教育局安全股，吴海燕，0300-800 1315，工作日。",
		}).
		approve(5, "10:10").
		publish(5, "14:20", "校车能不能晚二十分钟到我们村",
			"校车早上六点二十到我们村，孩子五点半就得起来，冬天天还黑着。坐到学校离开门还有二十分钟，一群孩子就在风里等。能不能晚二十分钟来？")
}

func (m *maker) closed() {
	m.file(22, "09:10", "何大山", board.Draft{
		Kind: board.Help, Title: "卫生所门口的坡没有扶手", Township: "青石镇", Village: "青石村卫生所", Public: "yes",
		Body: "卫生所门口的坡陡，下雨天滑。上个月我老伴去量血压摔了一跤，手腕肿了十来天。请装个扶手，我们老人上去心里踏实。",
	}).
		assign(21, "09:00", urban).
		sign(21, "09:50").
		progress(19, "10:20", "到卫生所量了坡，长六米二，确实陡了一些。扶手已经请人做，两边都装。").
		answer(15, "15:00", board.Reply{
			Found:   "坡长六米二，原来没有扶手，水泥面磨光了，下雨打滑。",
			Done:    "两边都装了不锈钢扶手，高处低处各一道，坐轮椅也够得着；坡面重新拉了防滑槽。卫生所的医生试走过。",
			Contact: "县城市管理局设施股，李建平，0300-800 1102。松了、坏了，打这个电话就来修。",
		}).
		approve(14, "09:30").
		rate(12, "08:40", board.Rating{Outcome: board.Solved, Attitude: 5, Speed: 4, Words: "装好了，两边都有，扶着上坡稳当多了。"}).
		publish(12, "09:10", "卫生所门口的坡没有扶手",
			"卫生所门口的坡陡，下雨天滑，有老人摔过。请装个扶手，我们老人上去心里踏实。")
}

func (m *maker) reopened() {
	m.file(20, "19:25", "郑德厚", board.Draft{
		Kind: board.Complain, Title: "巷子里的排水沟堵了，下雨就进水", Township: "城关镇", Village: "南门巷", Public: "yes",
		Body: "南门巷中间的排水沟堵了一年多，一下大雨，水就漫到十一号到十七号的屋里。去年报过一次，来人看了看就没有下文了。",
	}).
		assign(19, "09:00", urban).
		sign(19, "10:30").
		progress(17, "14:00", "打开三块盖板看了，沟里是泥和装修垃圾，准备雇吸污车来清。").
		answer(12, "11:00", board.Reply{
			Found:   "南门巷排水沟有四十米堵了，里面是泥沙和建筑垃圾。",
			Done:    "用吸污车清了两天，运走六车。换了两块断了的盖板。",
			Contact: "县城市管理局排水所，李建平，0300-800 1102。",
		}).
		approve(11, "10:00").
		rate(3, "20:30", board.Rating{Outcome: board.NotSolved, Attitude: 4, Speed: 2, Words: "清过以后好一些，可是十五号门口那一截还是堵的，前天下雨又进水了。"}).
		note(2, "08:50", board.Leader, board.Annotate, "请城管局把整条沟查一遍，不要只清看得见的。雨季前办好。")
}
