package reading

import (
	"slices"
	"strings"
	"testing"
)

// found are the pieces of a text that are personal.
func found(text string, words ...string) []string {
	var all []string
	for _, p := range Pieces(text, words...) {
		if p.Kind != Plain {
			all = append(all, string(p.Kind)+" "+p.Text)
		}
	}
	return all
}

func TestWhatIsFound(t *testing.T) {
	for text, want := range map[string][]string{
		"":                            nil,
		"路灯坏了半个月":                     nil,
		"我的电话13800138000，请打":          {"mobile 13800138000"},
		"电话 138 0013 8000。":           {"mobile 138 0013 8000"},
		"138-0013-8000 或 13900139000": {"mobile 138-0013-8000", "mobile 13900139000"},
		"13800138000 13900139000":     {"mobile 13800138000", "mobile 13900139000"},
		"１３８００１３８０００":                 {"mobile １３８００１３８０００"},
		"1 3 8 0 0 1 3 8 0 0 0":       {"mobile 1 3 8 0 0 1 3 8 0 0 0"},
		"+86 138 0013 8000":           {"mobile 86 138 0013 8000"},
		"008613800138000":             {"mobile 008613800138000"},
		"0311-80001234":               {"landline 0311-80001234"},
		"（0311）8000 1234":             {"landline 0311）8000 1234"},
		"010-65001234":                {"landline 010-65001234"},
		"0311 8000123":                {"landline 0311 8000123"},
		"身份证 520323197806058856":      {"identity 520323197806058856"},
		"520323 19780605 8856":        {"identity 520323 19780605 8856"},
		"５２０３２３１９７８０６０５８８５６":                    {"identity ５２０３２３１９７８０６０５８８５６"},
		"11010519491231002X，11010519491231002x": {"identity 11010519491231002X", "identity 11010519491231002x"},
		"老身份证 110101491001001":                  {"identity 110101491001001"},
		"120323204912318859":                    {"identity 120323204912318859"},
		"120323190001018850":                    {"identity 120323190001018850"},
		"210323197806058853":                    {"identity 210323197806058853"},
		"１１０１０５１９４９１２３１００２Ｘ":                    {"identity １１０１０５１９４９１２３１００２Ｘ"},
		"１１０１０５１９４９１２３１００２ｘ":                    {"identity １１０１０５１９４９１２３１００２ｘ"},
		"021-65001234":                          {"landline 021-65001234"},
		"0351 80001234":                         {"landline 0351 80001234"},

		"520323197806058857":           nil, // the check digit is wrong
		"520323197813058856":           nil, // no such month
		"990323197806058856":           nil, // no such province
		"138001380001":                 nil, // one digit too many
		"1380013800":                   nil, // one too few
		"12800138000":                  nil, // no mobile begins so
		"12345，110，12388，400-800-1234": nil, // hotlines are no secret
		"2026-09-17 到 2026-10-14":      nil,
		"受理编号 3827 1940 561":           nil,
		"共15,000,000,000元，3.14":        nil,
		"138001\n38000":                nil, // two lines are two things
		"80001234":                     nil, // might be a date
		"5203231978060X8856":           nil, // X only at the end
		"520323197806328852":           nil, // a day that is none, with the check digit of it
		"990323197806058853":           nil, // a province that is none, with its check digit
		"120323189906058859":           nil, // born before 1900
		"120323205006058850":           nil, // born in 2050
		"990101491001001":              nil, // no such province in the old form
		"021-6500123":                  nil, // a digit too few behind 021
		"0211 65001234":                nil, // and one too many
		"0101 65001234":                nil,
		"0111 80001234":                nil, // no area begins so
		"0311 800012345":               nil,
		"1380013800X":                  nil, // X ends an identity number only
		"1380013800X 138001380002":     nil,
	} {
		if got := found(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestWordsOfSomebody(t *testing.T) {
	text := "我叫王秀兰，王秀兰的邻居是李娜，电话13800138000"
	if got := found(text, "王秀兰", "李", "", "1380013", "话138"); !slices.Equal(got, []string{"named 王秀兰", "named 王秀兰", "mobile 话13800138000"}) {
		t.Errorf("%q", got)
	}
}

func TestMasked(t *testing.T) {
	text := "王秀兰，138 0013 8000，身份证520323197806058856。\n请修路灯，2026年9月。"
	if got := Masked(Pieces(text, "王秀兰")); got != "****，****，身份证****。\n请修路灯，2026年9月。" {
		t.Error(got)
	}
}

// Whatever comes in, the pieces put together are the text again, and what was
// masked has nothing left to find.
func FuzzPieces(f *testing.F) {
	for _, text := range []string{"", "138 0013 8000 x", "（0311）8000 1234X", "\xff1380013800０", "王秀兰1380013王秀兰8000"} {
		f.Add(text, "王秀兰")
	}
	f.Fuzz(func(t *testing.T, text, word string) {
		pieces := Pieces(text, word)
		var whole strings.Builder
		for _, p := range pieces {
			if p.Text == "" {
				t.Error("a piece of nothing")
			}
			whole.WriteString(p.Text)
		}
		if whole.String() != text {
			t.Errorf("%q became %q", text, whole.String())
		}
	})
}

// The vectors are those of validator.js (MIT, copyright 2018 Chris O'Hara), as
// far as they are about mainland China. It takes 92… and 98… for mobile
// numbers, which MIIT's plan does not know, and they are left out.
func TestVectors(t *testing.T) {
	for _, v := range strings.Fields(`235407195106112745 210203197503102721 520323197806058856 110101491001001`) {
		if got := found("证号" + v + "。"); !slices.Equal(got, []string{"identity " + v}) {
			t.Errorf("%s: %q", v, got)
		}
	}
	for _, v := range strings.Fields(`160323197806058856 010203197503102721 520323297806058856 520323197802318856 235407195106112742
		010101491001001 110101491041001 160101491001001 110101940231001 123456789546 123456789 023456789 235407207006112742`) {
		if got := found("证号" + v + "。"); got != nil {
			t.Errorf("%s: %q", v, got)
		}
	}
	for _, v := range strings.Fields(`13523333233 13838389438 14899230918 14999230918 15323456787 15052052020 16237108167 008616238234822
		16565600001 17269427292 17469427292 18199617480 19151751717 19651751717 008618812341234 008617269427292`) {
		if got := found("电话" + v + "。"); !slices.Equal(got, []string{"mobile " + v}) {
			t.Errorf("%s: %q", v, got)
		}
	}
}
