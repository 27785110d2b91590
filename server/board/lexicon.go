package board

// What many people make a password of, see CheckPassword.

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
