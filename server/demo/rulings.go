package demo

import "lianxin/server/board"

// rulings are what passes between units, the county desk and the reviewer.
func (m *maker) rulings() {
	m.passed()
	m.silence()
	m.twiceOpened()
	m.inCourt()
	m.fibre()
	m.unclear()
	m.debtor()
	m.paths()
}

// passed is handed back twice and goes on with a third unit.
func (m *maker) passed() {
	m.file(17, "14:20", "彭秀英", board.Draft{
		Kind: board.Help, Title: "水沟边的路塌了半边", Township: "马家湾乡", Village: "后湾村口",
		Body: "村口沿水沟那段路，一场雨塌下去半边，三轮车过不去，收秋的车都绕五里路。",
	}).
		assign(16, "09:10", water).
		handBack(15, "10:00", "沟是排水沟，不是河道，归乡里和农业农村局。").
		rule(14, "09:00", board.GiveBack, "先看是沟冲垮的还是路基的事，改派农业农村局。").
		assign(14, "09:20", farming).
		handBack(13, "15:30", "沟没有动，是路基没有夯实，路是交通局去年修的。").
		rule(12, "10:00", board.GiveBack, "两家都看过了，以农业农村局拍的照片为准，路基的事交给交通局，不再退。").
		assign(12, "10:15", transport).
		sign(12, "11:00").
		progress(10, "16:20", "塌的地方先用石料填平，三轮车能过。挡土墙放了线，九米长。").
		askTime(7, "09:40", 6, "挡土墙浇好要养护七天，养不够就拆模板，明年还要塌。").
		rule(6, "10:30", board.Extend, "同意。养护这几天晚上要挂灯。")
}

// silence is an ask on which nobody ruled: the calendar says no.
func (m *maker) silence() {
	m.file(13, "19:00", "汪建国", board.Draft{
		Kind: board.Suggest, Title: "灌溉的日子能不能发个短信", Township: "柳河镇", Village: "西柳村",
		Body: "放水全靠喇叭喊，在镇上干活的听不见，回来水都过去了。现在谁没有手机，发个短信多省事。",
	}).
		assign(12, "10:30", water).
		handBack(11, "16:00", "发短信要信息中心做，我们没有这个系统。")
}

// twiceOpened was not solved twice: the second time the county desk has it.
func (m *maker) twiceOpened() {
	m.file(30, "21:50", "赵丽华", board.Draft{
		Kind: board.Complain, Title: "化粪池往路面冒水", Township: "城关镇", Village: "向阳小区三号楼", Public: "yes",
		Body: "三号楼门口的井盖往外冒脏水，一下雨流得满路都是，老人出门要踮着脚。物业说管子是市政的，市政说是小区的。",
	}).
		assign(29, "09:00", urban).
		sign(29, "10:00").
		answer(25, "16:00", board.Reply{
			Found: "井盖下面的管子堵了。", Done: "昨天疏通了，水下去了。", Contact: "县城市管理局排水所，李建平，0300-800 1102。",
		}).
		approve(24, "09:30").
		rate(23, "20:10", board.Rating{Outcome: board.NotSolved, Attitude: 3, Speed: 4, Words: "通了三天又冒。"}).
		progress(20, "10:30", "用摄像头下去看了，小区出口那根管子断了，往里塌。").
		answer(16, "15:20", board.Reply{
			Found:   "出口的管子断在围墙下面，一半在小区，一半在路上，两边都不肯挖。",
			Done:    "路上的一半我们换了新管。小区里的一半请物业来换，已经书面通知。",
			Contact: "县城市管理局排水所，李建平，0300-800 1102。",
		}).
		approve(15, "10:40").
		rate(2, "19:30", board.Rating{Outcome: board.NotSolved, Attitude: 2, Speed: 2, Words: "物业到今天没动。门口还是臭的。住在这里的人不管管子是谁的。"})
}

// inCourt was declined; the person objected, and the reviewer let it stand.
func (m *maker) inCourt() {
	m.file(14, "10:50", "余大勇", board.Draft{
		Kind: board.Complain, Title: "邻居的滴水滴到我家墙上", Township: "马家湾乡", Village: "前湾村",
		Body: "邻居新盖的房檐伸过来一尺，雨水全滴在我家山墙上，墙皮都泡掉了。法院开过一次庭，说要再等。",
	}).
		decline(13, "09:40", "in-court", "这件事法院已经在审，县里不能另外做决定，不然两边说法不一样，您更为难。"+
			"墙现在漏，可以向法院申请先予执行，先让他把檐口截短；不会写的，打 12348 找免费的法律援助，带上传票就行。").
		object(11, "20:30", "法院慢，墙等不了。县里不能先来个人把檐子拆了吗？").
		judge(10, "10:00", board.Uphold, "理解您着急。可拆檐子要有法院的文书，县里派人去拆就是违法。"+
			"我们替您问了法律援助中心，明天上午有律师在乡司法所，专门等您，能当场把申请写好。")
}

// fibre was declined as done already; it was not, and the reviewer took that
// back.
func (m *maker) fibre() {
	m.file(12, "20:15", "石磊", board.Draft{
		Kind: board.Help, Title: "沟里八户人家没有宽带", Township: "云溪镇", Village: "上河村八组", Public: "yes",
		Body: "全村都通了宽带，就我们沟里八户没有。孩子上网课要爬到坡顶，手都冻裂了。",
	}).
		decline(11, "09:30", "done-already", "上河村的宽带今年五月已经通了，可以直接到镇上营业厅报装，带身份证，当天能装。").
		object(10, "19:00", "通的是河这边，沟里没有。营业厅的人也说装不了，线不够长。").
		judge(9, "10:20", board.Overturn, "查了图，五月通的只到村部，沟里八户不在内。不受理的话收回，重新办，也向这八户说声对不住。").
		assign(9, "11:00", transport).
		sign(9, "15:00").
		contact(8, "10:10", true, "沟里八户，六户要装，两户老人不要。").
		progress(4, "16:30", "电信公司来看了，要栽七根杆子。路边栽杆的手续我们今天当场批了，他们定在这个月底前拉线。").
		askTime(1, "16:10", 5, "杆子栽了五根，还有两根在石头上，要等钻机。")
}

// unclear was left as it is, and ended by itself.
func (m *maker) unclear() {
	m.file(26, "23:10", "康海龙", board.Draft{
		Kind: board.Complain, Title: "管一管他们", Township: "马家湾乡",
		Body: "太不像话了，你们管一管。",
	}).
		decline(25, "09:20", "unclear", "您没有写是哪里、什么人、什么事，没有留下可以问您的话。请再写一次，哪怕一句：在哪里，看见了什么。"+
			"不想写字，就打热线，有人替您写。")
}

// debtor asks for something that the law forbids.
func (m *maker) debtor() {
	m.file(5, "09:05", "罗志勇", board.Draft{
		Kind: board.Help, Title: "把欠钱的人住哪里告诉我", Township: "双桥镇", Village: "后桥村",
		Body: "他欠我两万块躲起来了。你们有户口有手机，查一下他住哪里，告诉我，我自己去要。",
	}).
		decline(4, "10:00", "unlawful", "别人的住址和电话，县里不能查给您，就像谁也不能来查您的。"+
			"有借条就可以向人民法院起诉，地址法院会去查。写诉状不会，打 12348，不要钱。")
}

// paths are matters that have a way of their own by law.
func (m *maker) paths() {
	m.file(9, "18:10", "邓凡", board.Draft{
		Kind: board.Complain, Title: "干了五年，一句话就不让去了", Township: "城关镇", Village: "纸箱厂",
		Body: "在纸箱厂干了五年，上个月说活少，让我别去了，一分钱没给，合同也没有签过。",
	}).divert(8, "09:50", "arbitration", "这是劳动争议，要由劳动人事争议仲裁委员会裁，不收费。从不让您去那天起一年以内都能申请。"+
		"窗口在县政务大厅二楼，带工资条、工牌、同事的证言，没有的话银行流水也行。不会写申请，窗口有人帮着写。")

	m.file(8, "21:20", "贾文静", board.Draft{
		Kind: board.Complain, Title: "店门口摆两盆花罚了五百", Township: "青石镇", Village: "青石街",
		Body: "门口摆两盆花，说是占道，罚五百。隔壁摆货架的不罚。我不服。",
	}).divert(7, "10:10", "review", "对罚款不服，可以申请行政复议，从收到处罚决定书那天起六十天以内，向县人民政府提出，不收费。"+
		"材料交到县司法局，0300-800 1385；照片里隔壁的货架也一起交上去。")

	m.file(7, "08:00", "宋老根", board.Draft{
		Kind: board.Help, Title: "借出去的三万块要不回来", Township: "南坡乡", Village: "南坡村",
		Body: "三年前借给老邻居三万块娶媳妇，有借条，现在见了我绕着走。我不识几个字，不晓得到哪里说理。",
	}).divert(6, "09:20", "court", "借钱不还，要由法院判。借条写的还钱日子过了三年，就可能要不回来，所以要抓紧。"+
		"南坡乡司法所星期二、星期四上午有人免费替您写诉状，带借条和身份证去，找调解员先劝一劝也行。")

	m.file(4, "20:45", "范玉兰", board.Draft{
		Kind: board.Help, Title: "电话里说我中奖，转了六千", Township: "城关镇", Village: "西关社区",
		Body: "电话里说我中了冰箱，先交税，我转了六千，再打就不通了。不敢跟孩子说。",
	}).divert(4, "21:10", "police", "这是诈骗，请现在就打 110，或者打反诈专线 96110，越早越可能把钱拦住。转账的记录和那个电话号码不要删。"+
		"不是您一个人上当，骗子天天换说法。跟孩子说一声，没有人会怪您。")

	m.file(6, "22:00", "汪建国", board.Draft{
		Kind: board.Complain, Title: "村里的救济粮发给了谁", Township: "柳河镇", Village: "西柳村", Private: true, Hide: true,
		Body: "今年的救济粮，名单没有贴过。该有的没有，开小卖部的倒有。我怕得罪人，就说到这里。",
	}).divert(5, "09:30", "discipline", "这件事要由纪委监委来查，我们不留底、不转给镇村。请打 12388，或者把信寄到县纪委监委信访室，可以不写名字，"+
		"写清哪一年、哪一批、您看见了什么就够了。")

	m.file(3, "10:40", "彭秀英", board.Draft{
		Kind: board.Complain, Title: "对镇里的信访答复不服", Township: "马家湾乡", Village: "后湾村",
		Body: "去年修路占了我家菜地，上个月镇里给了信访答复，说补过了。补的是地，没有补青苗。",
	}).divert(2, "10:20", "petition", "镇里已经按信访给了您书面答复，不服的话，从收到那天起三十天以内，可以请上一级复查。"+
		"申请交到县信访局，带上那张答复；青苗怎么补，县里有标准，复查的时候会一起看。依据是《信访工作条例》第三十五条。")
}
