package board

import "testing"

// What a template leaves to be filled in must not reach the resident.
func TestAReplyWithAGapIsRefused(t *testing.T) {
	whole := Reply{Found: "九月十八日到现场看了", Done: "换了灯", Basis: "县政发【2026】12号", Contact: "李建平 0300-8001111"}
	if err := whole.Check(DefaultRules()); err != nil {
		t.Errorf("a whole reply: %v", err)
	}
	for field, r := range map[string]Reply{
		"found":   {Found: "【日期】到现场看了", Done: "换了灯", Contact: "李建平"},
		"done":    {Found: "看了", Done: "【换了什么】，【2026】年", Contact: "李建平"},
		"basis":   {Found: "看了", Done: "换了灯", Basis: "【 】", Contact: "李建平"},
		"contact": {Found: "看了", Done: "换了灯", Contact: "【姓名】0300-8001111"},
	} {
		faults, _ := Faults(r.Check(DefaultRules()))
		if len(faults) != 1 || faults[0].Field != field || faults[0].ID != "reply.gap" {
			t.Errorf("%s: %v", field, faults)
		}
	}
}
