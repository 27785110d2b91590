package demo

import "lianxin/server/board"

// town are matters of clinics, schools, markets and streets.
func (m *maker) town() {
	m.nightDoctor()
	m.lunch()
	m.hospitalBill()
	m.dancing()
	m.scales()
	m.disabled()
	m.wages()
	m.thanks()
	m.tricycle()
	m.stall()
}

// nightDoctor is under supervision of the inspector, and red.
func (m *maker) nightDoctor() {
	m.file(20, "23:50", "康海龙", board.Draft{
		Kind: board.Complain, Title: "卫生院夜里敲不开门", Township: "马家湾乡", Village: "乡卫生院", Public: "yes",
		Body: "孩子夜里烧到四十度，敲了二十分钟门没有人应，门口贴的值班电话是空号。只好骑摩托跑三十里去县里。孩子没事，可下次呢？",
	}).
		assign(19, "08:40", health).
		sign(19, "09:10").
		progress(18, "17:00", "已经查了那天夜里的值班：排了人，人回家了。值班电话当天就换成能打通的号，贴在门上。").
		note(4, "09:30", board.Inspector, board.Supervise, "只换了电话，没有说夜里到底有没有人。请三天内写清楚排班和谁来查岗。").
		note(3, "08:20", board.Leader, board.Annotate, "夜里有人看病，是卫生院最起码的事。卫健局自己去夜里敲一次门。")
	m.file(7, "13:20", "康海龙", board.Draft{
		Kind: board.Ask, Title: "孩子的疫苗本丢了能补吗", Township: "马家湾乡", Village: "前湾村",
		Body: "搬家把孩子的预防接种证丢了，过几天上幼儿园要交。在外省打过三针，在县里打过五针，都能查到吗？",
	}).
		assign(6, "09:00", health).
		sign(6, "09:25").
		answer(4, "10:50", board.Reply{
			Found:   "系统里查到您孩子一共八针，外省的三针也在。",
			Done:    "接种证可以补，不要钱。您带户口本，工作日上午到马家湾乡卫生院接种室，当场打印盖章。已经跟接种室说了，您报孩子的名字就行。",
			Contact: "县卫生健康局，叶青，0300-800 1330；接种室早上八点开门。",
		}).
		approve(3, "11:30").
		note(2, "10:15", board.Leader, board.Reveal, "想当面问问那天夜里的事，给他家打个电话。")
}

// lunch was sent back by the reviewer twice before it went out.
func (m *maker) lunch() {
	m.file(21, "17:40", "韩冬梅", board.Draft{
		Kind: board.Complain, Title: "学校的午饭到嘴里是凉的", Township: "北山乡", Village: "北山中心校", Public: "yes",
		Body: "孩子说饭送来的时候就不热了，菜上面一层白油。天越来越冷，吃了拉肚子。交的钱不少，就想让娃吃口热的。",
	}).
		assign(20, "09:15", schools).
		sign(20, "10:00").
		visit(18, "12:20", "十一点五十送到，量了三盒：米饭四十六度，菜三十八度。保温箱的盖子裂了，路上要走五十分钟。").
		answer(16, "16:10", board.Reply{
			Found: "经核实，配餐公司配送流程符合要求。", Done: "已要求其进一步提高服务质量。", Contact: "县教育局，0300-800 1315。",
		}).
		giveBack(15, "09:30", "你们自己量过是三十八度，怎么写符合要求？写实话：多少度，为什么，怎么改，哪天起。").
		answer(14, "11:40", board.Reply{
			Found: "中午到校量过，米饭四十六度，菜三十八度，确实凉了。保温箱的盖子裂了，没有换。", Done: "会换箱子。", Contact: "县教育局，吴海燕，0300-800 1315。",
		}).
		giveBack(13, "10:05", "前半截好。哪天换好？路上五十分钟怎么办？家长想知道的是这个。").
		answer(11, "15:50", board.Reply{
			Found: "中午到校量过，米饭四十六度，菜三十八度，确实凉了。保温箱的盖子裂了没有换，车还要绕两个学校，路上五十分钟。",
			Done: "十二个保温箱前天全换了新的。从这个星期一起，北山单独一辆车，路上二十五分钟。昨天量，米饭六十八度，菜六十一度。" +
				"每天的温度写在食堂门口的本子上，家长谁都可以翻。",
			Contact: "县教育局，吴海燕，0300-800 1315；中午送到时想看的家长，跟门卫说一声就能进。",
		}).
		approve(10, "09:00").
		rate(8, "19:25", board.Rating{Outcome: board.Partly, Attitude: 4, Speed: 2, Words: "现在是热的了。前面拖了十来天，孩子又凉着肚子吃了十来天。"}).
		publish(8, "10:30", "学校的午饭到嘴里是凉的", "孩子说饭送来的时候就不热了，天越来越冷，就想让孩子吃口热的。")
}

// hospitalBill asks about a bill; the answer is there, and it waits for a word.
func (m *maker) hospitalBill() {
	m.file(10, "10:25", "范玉兰", board.Draft{
		Kind: board.Ask, Title: "在外地住院，回来还能报销吗", Township: "城关镇", Village: "西关社区",
		Body: "老头子在闺女那边突然病了，住了九天院，花了两万三，当时没有备案。发票、出院小结都在。回县里还能报吗？报多少？",
	}).
		assign(9, "09:00", medical).
		sign(9, "09:30").
		answer(6, "14:30", board.Reply{
			Found: "您家是城乡居民医保，今年缴了费。急诊住院，出院以后补办备案也可以报。",
			Done: "我们已经按急诊替您补了备案。您带身份证、医保卡、发票、费用清单、出院小结，到县政务大厅医保窗口，当天收件，" +
				"二十个工作日内打到卡上。能报多少要看清单上哪些在目录里，窗口会当面算给您看。",
			Contact: "县医疗保障局待遇股，程玉，0300-800 1373。来不了的，让社区帮办员代交。",
		}).
		approve(5, "09:40")
}

// dancing is a thing on which two sides must agree: partly solved, and rated
// with number and PIN.
func (m *maker) dancing() {
	m.file(15, "20:30", "贾文静", board.Draft{
		Kind: board.Complain, Title: "广场舞的音响震得窗户响", Township: "城关镇", Village: "滨河小区", Hide: true,
		Body: "每天晚上七点到九点半，三支队伍比着放，我家窗户嗡嗡响，孩子写不了作业。不是不让跳，声音小一点，早一点散，行不行。",
	}).
		assign(14, "09:10", urban).
		sign(14, "10:00").
		note(13, "09:30", board.Dispatcher, board.Relay, "问了本人：八点半散就能接受，最好离二号楼远一点。").
		answer(8, "10:30", board.Reply{
			Found:   "三支队伍都在二号楼前面的空地，晚上八点量，楼上窗口七十一分贝。",
			Done:    "请三位领队坐下来商量了两次，定了三条：挪到河边亭子那头；八点半散；音量旋钮上画了红线。牌子已经立在亭子边，写着这三条和电话。",
			Basis:   "《噪声污染防治法》第六十四条。",
			Contact: "县城市管理局，李建平，0300-800 1102；晚上打 0300-800 1234。",
		}).
		approve(7, "09:15").
		withPIN(5, "21:30").
		rate(5, "21:40", board.Rating{Outcome: board.Partly, Attitude: 5, Speed: 4, Words: "挪远了，好多了。星期六那支队伍还是拖到九点多。"})
}

// scales are short weight on the market; the unit's ask for time waits so long
// that the calendar refuses it.
func (m *maker) scales() {
	m.file(12, "11:15", "邓凡", board.Draft{
		Kind: board.Complain, Title: "菜市场买三斤肉少二两", Township: "城关镇", Village: "南门菜市场",
		Body: "连着三回，三斤肉回家一称二斤八。跟摊主说，他说我家秤不准。我拿到药店的秤上称，还是二斤八。",
	}).
		assign(11, "09:20", market).
		sign(11, "10:10").
		progress(9, "11:00", "今天早上查了十七台秤，三台不准，当场封了。市场门口的公平秤坏了半年，也拉去修。").
		askTime(7, "17:10", 5, "三台秤要送市计量所定一下是坏了还是动过手脚。")
}

// disabled waits for a letter: its person wants to be told on paper.
func (m *maker) disabled() {
	m.takeIn(15, "10:40", "14000001031", board.ByLetter, board.Draft{
		Kind: board.Ask, Name: "葛成才", Title: "残疾证到期了怎么换", Township: "青石镇", Village: "石湾村",
		Body: "左手在机器上没了，证是十年前办的，下个月到期。换证要不要再去市里鉴定？他说走不开，家里喂着猪。",
	}).
		assign(14, "09:00", welfare).
		sign(14, "09:40").
		answer(10, "15:20", board.Reply{
			Found:   "查到您的证下个月九号到期，截肢属于不会变的情况。",
			Done:    "不用再去鉴定。您把旧证、身份证和两张照片交给村里，村里送到镇上，十个工作日内新证送回村。到期前后这段时间，补贴照发。",
			Contact: "县民政局，林淑珍，0300-800 1218；石湾村村部也能问。",
		}).
		approve(9, "10:10")
}

// wages was settled, and its person says thank you in a case of its own.
func (m *maker) wages() {
	m.file(24, "22:30", "张国庆", board.Draft{
		Kind: board.Help, Title: "包工头走了，七个人的工钱没着落", Township: "城关镇", Village: "北关社区", Hide: true,
		Body: "我们七个人给开发区的厂房刷墙，说好完工给钱，完工第二天包工头电话就关机。一个人少的四千，多的九千。快过年了。",
	}).
		assign(23, "09:00", insurance).
		sign(23, "09:15").
		answer(16, "17:20", board.Reply{
			Found: "厂房的总包是县建筑二公司，把粉刷包给了没有资质的个人，你们七个人的工天，门卫的本子上都有。",
			Done: "人找不到，钱总包先垫。七个人一共四万三千二百元，前天下午在我们局里当面发的，七个人都签了字。" +
				"包工头我们继续找，找到了总包跟他算。",
			Basis:   "《保障农民工工资支付条例》第三十条、第三十六条。",
			Contact: "县劳动保障监察大队，陈晓雨，0300-800 1206。再遇到这种事，先打电话，不用先垫路费。",
		}).
		approve(15, "09:30").
		rate(14, "20:20", board.Rating{Outcome: board.Solved, Attitude: 5, Speed: 5, Words: "钱都拿到了。七家人给你们磕头都不为过。"}).
		hold(12, "10:20", board.Preserve, "总包起诉包工头，法院要调这件事的材料，判决生效以前原样保存。")
}

func (m *maker) thanks() {
	m.file(9, "09:45", "陶金花", board.Draft{
		Kind: board.Thank, Title: "谢谢夜里送药的小叶医生", Township: "城关镇", Village: "东门社区", Public: "yes",
		Body: "前天半夜我胸口疼，社区的叶医生披着衣裳就来了，守到救护车到。出院才知道，那天她自己孩子也发着烧。请替我说声谢谢。",
	}).
		assign(8, "09:20", health).
		sign(8, "09:30").
		answer(7, "10:20", board.Reply{
			Found:   "那天值班的是叶医生，夜里一点四十出的门。",
			Done:    "您的话昨天晨会上念给大家听了，她红了脸，说您按时吃药就是谢她。她孩子已经退烧。下个月三号别忘了去复查。",
			Contact: "东门社区卫生服务站，白天晚上都有人，0300-800 1330 转 6。",
		}).
		approve(6, "11:10").
		onDevice(). // at the counter, on the operator's machine
		rate(6, "16:30", board.Rating{Outcome: board.Solved, Attitude: 5, Speed: 5})
}

// tricycle complains about an office: another looks into it.
func (m *maker) tricycle() {
	m.file(6, "16:30", "邓凡", board.Draft{
		Kind: board.Complain, About: m.units[urban], Title: "三轮车被拉走，没给一张单子", Township: "城关镇", Village: "南门菜市场",
		Body: "我在路边卖红薯，该罚我认。可是三轮车连红薯一起拉走，一张纸都没有给，问去哪里拿，说等通知。红薯都要烂了。",
	}).
		assign(5, "09:00", justice).
		sign(5, "09:30").
		progress(3, "15:40", "调了那天的执法记录仪。扣车要当场给决定书和清单，那天没有给，是他们不对。车今天可以先领回，我们跟着去。")
}

// stall was taken back by its person after the unit had talked to them: what
// an inspector looks at.
func (m *maker) stall() {
	m.file(9, "08:10", "罗志勇", board.Draft{
		Kind: board.Complain, Title: "摊位费一年涨了三回", Township: "双桥镇", Village: "双桥集贸市场",
		Body: "卖鞋的摊位，年初一个月一百二，现在两百六。问凭什么，市场的人说不愿意摆就走。",
	}).
		assign(8, "09:00", market).
		sign(8, "09:40").
		contact(7, "10:10", true, "本人说市场里的人知道是他说的了，不想再提。").
		withdraw(6, "12:30").
		pressed(5, "19:40", "市场管理站的老马在摊子前面当着大家说：谁告的谁明年没有摊位。")

	m.file(8, "13:10", "石磊", board.Draft{
		Kind: board.Help, Title: "村口的变压器嗡嗡响还冒火星", Township: "云溪镇", Village: "上河村",
		Body: "雨天变压器冒火星，底下就是孩子上学的路。",
	}).
		edit(8, "13:16", board.Draft{
			Kind: board.Help, Title: "村口的变压器下雨冒火星", Township: "云溪镇", Village: "上河村",
			Body: "村口的变压器一下雨就冒火星，滋滋响，底下就是孩子上学的路。供电所来看过，说归村里报。请帮忙催一催，先围起来也行。",
		}).
		withdraw(7, "09:00").
		restore(6, "20:20").
		assign(5, "08:50", transport).
		handBack(5, "11:00", "电力设施不归我们管。").
		rule(4, "09:10", board.KeepWith, "变压器立在公路边上，围挡和绕行是你们的事；换变压器由县里找供电公司，两头一起办。").
		sign(4, "10:00").
		progress(3, "17:00", "围挡今天立好了，小学生走路那一侧留了一米五。供电公司答应下个星期三停电换，停电前一天喊喇叭。")
}
