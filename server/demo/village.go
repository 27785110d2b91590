package demo

import "lianxin/server/board"

// village are matters of the villages, most of them settled: each person says
// in their own way what came of it.
func (m *maker) village() {
	m.busStop()
	m.seeds()
	m.fertiliser()
	m.housePlot()
	m.boundary()
	m.ditch()
	m.dogs()
	m.signs()
}

// busStop was solved, and another unit helps with what is left of it.
func (m *maker) busStop() {
	m.file(18, "08:45", "宋老根", board.Draft{
		Kind: board.Suggest, Title: "逢集那天班车在集市口停一下", Township: "南坡乡", Village: "南坡集", Public: "yes",
		Body: "逢三逢八是南坡集。班车停在乡政府，离集市一里多，都是上坡。卖菜的、挑担的、抱孩子的，一趟走得直喘。司机说没有站牌不敢停。",
	}).
		assign(17, "09:20", transport).
		sign(17, "10:10").
		progress(15, "16:00", "上个集日在路口数了一上午，四趟车上下一百三十七个人，有一半是往集市去的。").
		answer(13, "15:30", board.Reply{
			Found:   "集市口路面够宽，停车不挡道。以前不停，是因为站点表上没有这一站。",
			Done:    "站点表里加了「南坡集」，逢三、逢八停，平常不停，车钱不变。站牌和一条长凳已经立好，下个集日起生效，司机都通知到了。",
			Contact: "县交通运输局客运股，段志强，0300-800 1109。",
		}).
		approve(12, "09:30").
		rate(10, "19:10", board.Rating{Outcome: board.Solved, Attitude: 5, Speed: 5, Words: "今天赶集坐上了，下车就是集口。凳子给老伴歇了脚。"}).
		publish(10, "09:40", "逢集那天班车在集市口停一下",
			"逢三逢八是集日，班车停在乡政府，离集市一里多，都是上坡。希望班车逢集在集市口停一下。")

	m.file(6, "07:30", "宋老根", board.Draft{
		Kind: board.Suggest, Title: "集上收摊以后烂菜叶没人扫", Township: "南坡乡", Village: "南坡集",
		Body: "车站的事办好了，再说一件。散集以后烂菜叶子堆在站牌底下，第二天就臭。能不能放个大桶，散集的时候有人来拉。",
	}).
		given(5, "10:30", transport, urban, "environment", "站牌边上的垃圾桶请城管局配合。").
		sign(5, "15:40")
}

// seeds asked for more time, did not get it, and was done in time.
func (m *maker) seeds() {
	m.file(26, "20:40", "余大勇", board.Draft{
		Kind: board.Complain, Title: "玉米种子出苗不到一半", Township: "马家湾乡", Village: "前湾村", Public: "yes",
		Body: "在乡上种子店买的玉米种，六亩地，出苗不到一半。同一条渠，别人家买的别的种子齐刷刷。\n" +
			"去找店里，说是我埋得深。我种了二十年地，埋深埋浅还不知道吗。袋子和收据都留着。",
	}).
		assign(25, "09:10", market).
		sign(25, "10:30").
		visit(24, "11:00", "到前湾村看了地，和农技站的人一起挖了十处，种子在土里发霉没有芽，不是埋深的问题。封了店里同批的四十一袋。").
		askTime(20, "16:20", 10, "种子要送市里做发芽试验，排队的多。").
		endorsed(20, "17:30").
		rule(19, "10:00", board.HoldTo, "补种的日子不等人。发芽试验七天能出，请按原来的日子答复。").
		answer(14, "17:00", board.Reply{
			Found: "送检的种子发芽率百分之五十二，标签上写的是百分之八十五以上，不合格。您埋的深浅没有问题。",
			Done: "店里退了您六亩的种子钱，另外赔了补种的种子、化肥和耕地的工钱，共一千八百六十元，昨天已经打到您卡上。" +
				"同批种子全部下架，买过的三十四户我们挨户打了电话，都按这个办法赔。对这家店已经立案处罚，处罚决定会贴在乡政府门口。",
			Basis:   "《种子法》：因种子质量问题受到损失的，可以要求卖种子的赔偿。",
			Contact: "县市场监督管理局稽查股，贺志刚，0300-800 1361；补种怎么种，问乡农技站。",
		}).
		approve(13, "10:40").
		rate(12, "21:15", board.Rating{Outcome: board.Solved, Attitude: 5, Speed: 4, Words: "钱收到了，补种的也出来了。说话算数。"}).
		publish(12, "14:30", "玉米种子出苗不到一半", "在乡上买的玉米种子出苗不到一半，店里说是埋得深。请查一查种子。").
		hold(11, "10:00", board.Preserve, "种子店对处罚申请行政复议，材料先原样保存。").
		hold(3, "16:40", board.Release, "复议申请已经撤回，不用再保存。")
}

// fertiliser was answered, and rated by a text.
func (m *maker) fertiliser() {
	m.file(16, "12:10", "石磊", board.Draft{
		Kind: board.Ask, Title: "麦子该上多少底肥，哪里能测土", Township: "云溪镇", Village: "上河村",
		Body: "往年一亩地底肥下一百斤，今年听说多了也白下，还烧苗。听讲县里能测土，不知道要不要钱，土怎么取，送到哪儿。",
	}).
		assign(15, "09:00", farming).
		sign(15, "09:35").
		answer(13, "11:10", board.Reply{
			Found: "您村的土前年测过：磷够了，钾差一点。一百斤复合肥确实偏多。",
			Done: "一般的地块，一亩底肥六十斤上下就够，返青再看苗追十五斤尿素。测土不要钱：在地里走个「之」字，取五处，" +
				"每处挖一拃深，混在一起装一斤，写上姓名和地块，交到镇农技站，十天出单子，单子上写着下多少。",
			Contact: "镇农技站，或者县农业农村局土肥站，韩立新，0300-800 1340。",
		}).
		approve(12, "15:20").
		text(11, "13:02", "14000001020", "1")
}

// housePlot had its answer, its person was asked twice and said nothing: the
// calendar closes it.
func (m *maker) housePlot() {
	m.file(63, "19:50", "罗志勇", board.Draft{
		Kind: board.Ask, Title: "老宅基地旁边能不能再批一块", Township: "双桥镇", Village: "后桥村",
		Body: "兄弟两个分了家，父母的老宅归我哥。我一家四口租房住，户口还在村里。想问能不能再批一块宅基地，要什么条件，找谁。",
	}).
		assign(62, "10:20", farming).
		sign(62, "11:00").
		answer(60, "10:00", board.Reply{
			Found: "您和您哥哥已经分户，老宅登记在您哥哥名下，您名下没有宅基地。",
			Done: "一户只能有一处宅基地，您这一户还没有，可以申请。先向村民小组提出，村里开会讨论、公示，再报镇政府批。" +
				"要带户口本、身份证和分家的协议。申请表在镇便民中心拿，填不好有人帮您填。",
			Basis:   "《土地管理法》第六十二条。",
			Contact: "双桥镇便民中心；镇上说不清的，打县农业农村局，韩立新，0300-800 1340。",
		}).
		approve(59, "09:10").
		strike(56, "09:00").
		strike(38, "09:00")
}

// boundary came to the wrong unit first, which gave it back.
func (m *maker) boundary() {
	m.file(11, "18:20", "彭秀英", board.Draft{
		Kind: board.Complain, Title: "地头的界石被人挪了两步", Township: "马家湾乡", Village: "后湾村",
		Body:   "我家承包地和邻居家中间有块界石，是分地那年埋的。上个月修机耕路以后，界石往我家这边进了两步，一长条子地就没有了。\n村里说是修路的车碰的，碰能碰得那么直吗。",
		Remark: "两家原来处得好，不想打官司，有人来量一量就行。",
	}).
		assign(10, "09:30", transport).
		handBack(9, "15:00", "路是我们修的，量地和埋界石要自然资源局。修路时的照片我们可以提供。").
		rule(8, "10:10", board.GiveBack, "改派自然资源局，交通局把照片送过去。").
		assign(8, "10:30", land).
		sign(8, "14:20").
		contact(7, "09:00", true, "说好这个星期六上午两家都在。").
		visit(4, "10:40", "两家和村组长都到了。拿分地时的底图量，界石往东偏了一米三。修路的照片上石头还在原处。").
		progress(3, "16:30", "量好了，两家在图上都按了手印。新界石已经请人做，后天埋，埋的时候请你们两家再来看着。")
}

// ditch was not solved, opened again, and was done the second time.
func (m *maker) ditch() {
	m.file(28, "06:50", "汪建国", board.Draft{
		Kind: board.Help, Title: "下游三十亩地浇不上水", Township: "柳河镇", Village: "西柳村六组", Public: "yes",
		Body: "我们在渠尾，上游一放水，到我们这儿就成了尿线线。问了才知道中间有一段渠塌了，水都跑沟里去了。麦子等着浇封冻水。",
	}).
		assign(27, "09:00", water).
		sign(27, "09:50").
		answer(22, "16:40", board.Reply{
			Found:   "三号斗门下面有十二米渠帮塌了，水从缺口跑掉。",
			Done:    "用沙袋堵了缺口，试水能流到渠尾。开春再用水泥修。",
			Contact: "县水利局灌区站，孙桂芳，0300-800 1125。",
		}).
		approve(21, "10:20").
		rate(20, "07:15", board.Rating{Outcome: board.NotSolved, Attitude: 3, Speed: 3, Words: "放了两天水，沙袋冲跑了，还是老样子。"}).
		progress(18, "11:30", "沙袋不行。今天把缺口挖开，看见底下是空的，改用水泥管，已经拉来六根。").
		answer(14, "15:10", board.Reply{
			Found: "沙袋被冲走，是因为渠底下被水掏空了两米，上次没有挖开看，是我们没看仔细。",
			Done: "换了六根水泥管，接口抹死，回填夯实。上个星期三、星期四各放了一次水，渠尾的水有一拃深，六组三十一亩都浇完了。" +
				"开春把剩下的四十米土渠也换成管子，村里已经报了计划。",
			Contact: "县水利局灌区站，孙桂芳，0300-800 1125，放水的日子会提前一天在村口喊。",
		}).
		approve(13, "09:20").
		rate(12, "20:00", board.Rating{Outcome: board.Solved, Attitude: 4, Speed: 3, Words: "这回浇透了。下次一来就挖开看，能省一个月。"}).
		publish(11, "10:30", "渠尾三十亩地浇不上水", "我们在渠尾，中间有一段渠塌了，水到不了。麦子等着浇封冻水。")
}

// dogs was partly solved.
func (m *maker) dogs() {
	m.file(17, "21:30", "贾文静", board.Draft{
		Kind: board.Complain, Title: "小学门口一群野狗，孩子不敢走", Township: "青石镇", Village: "青石小学", Public: "yes",
		Body: "放学的时候总有七八条狗在校门口翻垃圾，前天追着一年级的孩子跑，书包带子都咬断了。我家闺女现在要我背着过去。",
	}).
		assign(16, "09:00", urban).
		sign(16, "09:20").
		progress(16, "17:30", "今天放学派了两个人在门口守着，以后每天四点到五点半都在，直到抓完。").
		answer(9, "11:00", board.Reply{
			Found:   "校门口的垃圾点没有盖，狗是来找吃的。一共九条，三条有主人，六条没有。",
			Done:    "没主的六条送到了县里的收容点；有主的三家都上门说了，登记办了证，要拴绳。垃圾点挪到了路对面，换成带盖的桶。",
			Contact: "县城市管理局执法中队，李建平，0300-800 1102。再看见，拍张照打这个电话，半个小时到。",
		}).
		approve(8, "10:10").
		rate(7, "18:40", board.Rating{Outcome: board.Partly, Attitude: 5, Speed: 4, Words: "少了很多。卖肉那家的大黄狗还是不拴，早上照样在路中间趴着。"}).
		publish(7, "15:00", "小学门口一群野狗，孩子不敢走", "放学的时候总有七八条狗在校门口翻垃圾，追着孩子跑。请管一管。")
}

// signs was public, and was taken off the list again.
func (m *maker) signs() {
	m.file(13, "15:30", "陶金花", board.Draft{
		Kind: board.Suggest, Title: "两条巷子都叫东巷，快递送错", Township: "城关镇", Village: "东门社区", Public: "yes",
		Body: "东门里有两条东巷，一条朝南一条朝北，门牌都是从一号排。快递、看病的、走亲戚的，十回有五回走错。给其中一条改个名字吧。",
	}).
		assign(12, "10:10", welfare).
		sign(12, "11:20").
		publish(12, "15:00", "两条巷子都叫东巷，快递送错", "有两条巷子重名，门牌都从一号排，快递、看病的常常走错。给其中一条改个名字吧。").
		hide(11, "09:05", "写明了是哪两条巷子，住户不多，改好文字再公开。").
		progress(9, "16:00", "两条巷子的住户都问过了，朝北那条十九户，十七户同意改成「槐荫巷」，因为巷口有棵老槐树。下一步在巷口贴公告，七天没有人反对就报批。")
}
