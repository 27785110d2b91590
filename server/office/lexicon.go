package office

// queryWords begin a text that asks how a case stands, in the languages and
// spellings that people text in. They are what people send, not what we say.
var queryWords = []string{"查询", "查", "CHAXUN", "CHA", "CX", "STATUS", "ASK"}
