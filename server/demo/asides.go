package demo

import "lianxin/server/board"

// asking are units that asked the county desk for something: to take a case
// back, which waits for a ruling, and for more time, which was granted.
func (m *maker) asking() {
	m.file(3, "17:30", "何大山", board.Draft{
		Kind: board.Complain, Title: "拉石头的大车把村口的路压坏了", Township: "青石镇", Village: "青石村口", Public: "yes",
		Body: "石场的大车从早到晚走村口，去年新铺的水泥路压出两条沟，下雨积水，摩托车过去要摔跤。\n" +
			"车上的石头也不盖，一路往下掉。",
	}).
		assign(2, "09:40", urban).
		sign(2, "11:00").
		handBack(1, "16:10", "村口这条是乡道，路面和超载都归交通运输局管，我们没有执法权。石头掉下来的事，我们可以一起去查。")

	m.file(14, "08:20", "郑德厚", board.Draft{
		Kind: board.Help, Title: "灌溉的机井不出水了", Township: "城关镇", Village: "南关村西地", Public: "no",
		Body: "西地的机井从月初就不出水，二百多亩玉米等着浇。找人看过，说是泵坏在井底，村里没有吊车。",
	}).
		assign(13, "09:00", water).
		sign(13, "09:40").
		contact(12, "10:30", true, "老人说早晚都在地里，去之前打他电话就行。").
		progress(11, "17:00", "今天把泵吊上来了，电机烧了，井壁也塌了一处。先从东边的井接了管子过来浇，够用。").
		askTime(8, "15:30", 5, "井壁要下新管，厂里发货要一个星期，原来的日子赶不上。").
		rule(7, "09:20", board.Extend, "同意延长五天。东边的井接着供水，不能断。")
}

// declined is a case that the county did not take, and an objection that waits
// for a reviewer.
func (m *maker) declined() {
	m.file(3, "21:10", "马小军", board.Draft{
		Kind: board.Complain, Title: "手机套餐每个月多扣十五块钱", Township: "双桥镇", Village: "桥头村",
		Body: "办的是二十九块的套餐，每个月扣四十四。去镇上营业厅三次，说是我自己点的，我从来没有点过。请管一管。",
	}).
		decline(2, "10:20", "not-county", "套餐怎么收钱，归省里的通信管理局管，县里不能直接查。您可以打运营商的客服，十五天没有说法，"+
			"再向通信管理局申诉，电话 12300，不要钱。申诉要用的单子，镇便民中心可以帮您打印。").
		object(1, "19:40", "营业厅开在镇上，门口挂着县里发的牌子。我不会写申诉，能不能请你们跟他们说一说？")
}

// withdrawn is a case that settled itself; it can be taken up again for seven
// days.
func (m *maker) withdrawn() {
	m.file(2, "21:00", "赵丽华", board.Draft{
		Kind: board.Help, Title: "楼下的垃圾桶满了三天", Township: "城关镇", Village: "向阳小区",
		Body: "五号楼下的垃圾桶三天没人收，天热，味道大，苍蝇往屋里飞。",
	}).withdraw(1, "08:10")
}

// confidential is a case whose unit does not know who wrote it: the county desk
// passes messages on.
func (m *maker) confidential() {
	s := m.file(4, "22:15", "张国庆", board.Draft{
		Kind: board.Complain, Title: "工地欠我们四个人三个月的工钱", Township: "城关镇", Village: "新城工地", Hide: true,
		Body:   "我们四个人在新城工地做木工，从六月起工钱一分没有发，问就说等甲方结账。家里孩子要交学费了。",
		Remark: "不要让工头知道是谁说的，还想在那里做下去。",
	})
	s.assign(3, "09:00", insurance).
		sign(3, "09:30").
		progress(2, "16:00", "查了工地的工资专户，上个月到账的钱没有发。已经约总包明天上午带着工资表来。").
		note(1, "10:30", board.Dispatcher, board.Relay, "打电话告诉本人：明天上午局里见总包，不会提名字。工资表上要核对四个人的天数，本人说记工本还在，拍了照片交到总台。")
}

// private is a case that only its number and PIN open: nobody who picks up the
// phone learns of it.
func (m *maker) private() {
	m.file(3, "11:20", "张国庆", board.Draft{
		Kind: board.Ask, Title: "父亲的高龄补贴被别人领走了", Township: "城关镇", Village: "北关社区", Private: true, Hide: true,
		Body: "父亲八十八岁，补贴一直由我弟弟代领，父亲手里没有见过钱。不想为这个闹翻，想问问能不能改成打到父亲自己的卡上。",
	}).
		assign(2, "10:00", welfare).
		sign(2, "10:40")
}

// spoken is a case that an operator typed while somebody spoke on the
// telephone.
func (m *maker) spoken() {
	m.takeIn(1, "15:05", "", board.ByVoice, board.Draft{
		Kind: board.Help, Name: "刘桂英", Title: "院墙外面的老树要倒了", Township: "北山乡", Village: "上北山村",
		Body:   "院墙外面那棵老椿树，去年雷劈过，树心是空的，刮风就响。她一个人住，怕夜里倒下来砸了屋。树不是她家的，不敢动。",
		Remark: "不识字，没有手机。回话请打给村里小卖部，请人叫她来听。",
	})
}
