package board

// Words and signs with which people write where they live. They are what people
// write, not what we say.

// villageRanks are what the names of villages and communities end with and people
// leave out; one that holds another stands before it.
var villageRanks = []string{
	"社区居民委员会", "社区居委会", "社区村民委员会", "村民委员会", "居民委员会", "村委会", "居委会", "行政村", "自然村", "村委", "居委", "社区", "村",
}

// villageSign stays where a name would have one sign without it.
const villageSign = "村"

// countSigns count the groups and houses of a village, houseSigns stand around
// them.
const (
	countSigns = "0123456789一二三四五六七八九十百"
	houseSigns = countSigns + "第组社队号栋幢座楼单元室户门排弄小大村民屋第-"
)

// commonSigns are in the names of many villages of any county.
const commonSigns = "村庄家沟湾坪山河桥店屯寨岗堡营楼集坡岭塘坝口头洼台铺圩冲垸港洲滩泉井园场镇乡社大小上下东西南北前后中新老"

// alikeSigns are often written for each other, because they sound or look alike.
var alikeSigns = []string{
	"关官馆光", "丘邱秋", "坨砣陀", "凹洼瓦", "庄装妆", "岗冈港", "湾弯", "桥乔侨", "坪平评萍屏", "沟勾构", "塘堂糖唐", "垭丫崖", "坝把霸",
	"王玉主汪", "张章", "刘柳流", "李里理礼", "杨扬羊阳洋", "陈程成城", "何河荷和合", "徐许", "魏卫韦", "彭朋", "龙隆垄", "冯丰峰凤", "付傅富福",
	"郭锅", "石十时", "东冬", "新兴心信辛", "泉全", "溪西希", "井景静", "店垫淀", "堡铺", "寨塞", "屯囤", "村存", "芦庐卢鲁", "马码", "胡湖",
	"白百柏", "沙砂", "下夏", "上尚", "前千钱", "北贝", "南楠兰", "中钟", "桃陶", "梁粮良", "营迎莹", "坡波", "坎砍", "岔叉", "垌峒洞", "埠阜",
	"己已巳", "未末", "土士", "日曰", "太大", "宋送", "贾甲", "苏书", "田天", "于余鱼", "孟梦", "姚遥", "袁园元原", "邓登", "曹草",
}

// simpleSigns are the signs of village names in the traditional script.
var simpleSigns = pairs("東东莊庄灣湾溝沟橋桥嶺岭樓楼龍龙馬马張张陳陈劉刘楊杨趙赵鄭郑吳吴孫孙蘇苏葉叶鄉乡鎮镇鄧邓蔣蒋許许韓韩馮冯魯鲁錢钱賈贾閻阎羅罗謝谢盧卢" +
	"譚谭關关門门廟庙廠厂雙双興兴華华豐丰寶宝寧宁義义禮礼聖圣榮荣樂乐長长陽阳陰阴雲云鳳凤鶴鹤鳥鸟魚鱼塊块壩坝壟垄墳坟營营崗岗岡冈島岛澤泽澗涧濱滨濟济爐炉牆墙" +
	"黃黄萬万蓮莲紅红綠绿線线頭头邊边過过園园圍围廣广慶庆發发開开畝亩縣县區区國国後后裡里裏里個个蘭兰衛卫觀观貴贵車车軍军達达遠远連连運运鄰邻鎖锁鐵铁鋪铺閘闸" +
	"間间陸陆隊队隴陇電电靈灵順顺飛飞館馆驛驿龜龟學学組组號号棟栋單单戶户委委會会圩圩臺台灘滩溫温潁颍澇涝戰战寬宽實实專专劃划勝胜協协呂吕喬乔嚴严圖图場场塵尘" +
	"壽寿夾夹奪夺婁娄孟孟尋寻巖岩幹干幾几庫库廖廖彎弯惠惠懷怀戲戏撐撑攔拦數数時时晉晋條条楓枫榆榆槍枪樁桩樹树櫃柜歐欧歲岁漢汉漁渔潤润潘潘無无熱热燈灯獅狮環环" +
	"畢毕盤盘礦矿祿禄種种穀谷積积窯窑竇窦筆笔節节範范糧粮紀纪純纯紙纸紡纺絲丝經经網网羣群聯联肅肃腳脚膠胶臥卧舊旧艙舱藍蓝藥药蘆芦蘇苏處处虛虚號号蝦虾螞蚂術术")

func pairs(signs string) map[rune]rune {
	runes, simple := []rune(signs), map[rune]rune{}
	for i := 0; i+1 < len(runes); i += 2 {
		simple[runes[i]] = runes[i+1]
	}
	return simple
}

// keyRows are the rows in which fingers and children run.
var keyRows = []string{
	"01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm",
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm", "147258369", "一二三四五六七八九十",
}

// commonWords are the words that most passwords of most lists are made of; runs,
// years and repeats are found without a list. They are set down from what is
// widely known, and copied from no list.
var commonWords = []string{
	"password", "passwort", "passw0rd", "p4ssword", "passwd", "pass", "pwd", "admin", "administrator", "root", "user", "guest", "login",
	"welcome", "letmein", "changeme", "default", "master", "secret", "test", "demo", "system", "server", "computer", "internet", "windows",
	"iloveyou", "loveyou", "love", "monkey", "dragon", "football", "baseball", "basketball", "sunshine", "princess", "shadow", "superman",
	"batman", "michael", "jordan", "charlie", "hello", "freedom", "whatever", "trustno1", "starwars", "google", "taobao", "alibaba", "tencent",
	"weixin", "huawei", "xiaomi", "baidu", "china", "beijing", "shanghai",
	"woaini", "aini", "woaiwojia", "woshishei", "mima", "wodemima", "guanliyuan", "nihao", "zhongguo", "laopo", "laogong", "baobei", "mama", "baba",
	"5201314", "1314520", "52013", "1314", "a123", "abc123", "123abc", "qwe123", "123qwe", "qaz", "wsx", "asd", "zxc", "147", "159", "357", "168",
	"密码", "管理员", "我爱你", "你好", "中国", "领导", "政府", "留言", "人民", "服务",
	"lianxin", "连心", "liuyan", "zhengfu", "renmin",
}
