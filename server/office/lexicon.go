package office

// queryWords begin a text that asks how a case stands, in the languages and
// spellings that people text in. They are what people send, not what we say.
var queryWords = []string{"查询", "查", "CHAXUN", "CHA", "CX", "STATUS", "ASK"}

// textWord is what somebody says by a text.
type textWord int

const (
	saysNotMe textWord = iota + 1
	saysMe
	saysSolved
	saysPartly
	saysNotSolved
	saysCall
	saysKeep
	saysQuiet
	saysAlone
	saysPressed
	saysFree
)

// textWords are the words that people text, in capitals and without blanks; a
// word that holds another stands before it.
var textWords = []struct {
	means     textWord
	spellings []string
}{
	{saysNotMe, []string{"不是我的意思", "不是我写的", "不是本人", "不是我", "BUSHIWO", "ITISNOTME", "NOTME"}},
	{saysNotSolved, []string{"没有解决", "没解决", "未解决", "不满意", "NOTSOLVED", "3"}},
	{saysPartly, []string{"部分解决", "解决一部分", "PARTLY", "2"}},
	{saysSolved, []string{"已经解决", "解决了", "已解决", "SOLVED", "1"}},
	{saysMe, []string{"是我的意思", "是我写的", "是本人", "是我", "SHIWO", "ITISME", "YES"}},
	{saysKeep, []string{"不换", "BUHUAN", "KEEP"}},
	{saysQuiet, []string{"不要通知", "不用通知", "BUYAOTONGZHI", "NONOTICE"}},
	{saysAlone, []string{"不要代办", "不用代办", "BUYAODAIBAN", "NOAGENT"}},
	{saysFree, []string{"没有人逼我", "没人逼我", "没有人要我撤", "没人要我撤", "自己要撤", "自愿", "MYCHOICE", "9"}},
	{saysPressed, []string{"有人逼我", "有人要我撤", "有人让我撤", "有人叫我撤", "被逼", "PRESSED", "8"}},
	{saysCall, []string{"0"}},
}

// townRanks are what the names of townships and streets end with, and people
// leave out.
var townRanks = []string{"镇", "乡", "街道"}
