package board

import (
	"reflect"
	"strings"
	"testing"
)

// TestThePresets states the numbers once more, from the texts that they are
// taken from: product.md names each.
func TestThePresets(t *testing.T) {
	for name, want := range map[string]struct {
		screen, sign, review, rate, back, rule, extend, object int
		finish                                                 map[Kind]int
	}{
		"board":    {24, 1, 1, 30, 2, 1, 10, 15, map[Kind]int{Ask: 5, Suggest: 5, Thank: 5, Complain: 15, Help: 15}},
		"12345":    {24, 1, 1, 30, 2, 1, 10, 15, map[Kind]int{Ask: 5, Suggest: 5, Thank: 5, Complain: 5, Help: 5}},
		"beijing":  {2, 1, 1, 30, 2, 1, 10, 15, map[Kind]int{Ask: 1, Suggest: 11, Thank: 11, Complain: 5, Help: 5}},
		"petition": {360, 1, 1, 30, 5, 1, 21, 22, map[Kind]int{Ask: 42, Suggest: 42, Thank: 42, Complain: 42, Help: 42}},
	} {
		r, known := Preset(name)
		got := []int{r.ScreenHours, r.SignDays, r.ReviewDays, r.RateDays, r.BackDays, r.RuleDays, r.ExtendDays, r.ObjectDays}
		if !known || !reflect.DeepEqual(got, []int{want.screen, want.sign, want.review, want.rate, want.back, want.rule, want.extend, want.object}) ||
			!reflect.DeepEqual(r.FinishDays, want.finish) {
			t.Errorf("%s: %+v", name, r)
		}
		help := []int{r.ConfirmDays, r.AskDays, r.FollowDays, r.CheckShare, r.RateShare, r.HelperDay, r.KeepYears}
		if !reflect.DeepEqual(help, []int{10, 2, 30, 5, 20, 30, 5}) || r.SkipHead || r.HeadReply || r.AskFirst != 3 || r.AskLast != 28 || r.Check() != nil {
			t.Errorf("%s: %v of assisted mode, %v", name, help, r.Check())
		}
	}
	if _, known := Preset("mine"); known || len(Presets) != 4 {
		t.Error("a preset that nobody knows")
	}
}

// Every number of the rules has an end on both sides, and the field of its
// fault is the name under which it is kept.
func TestEveryRuleHasItsLimits(t *testing.T) {
	limits := map[string][2]int{"screenHours": {1, 720}, "keepYears": {1, 50}, "checkShare": {0, 100}, "rateShare": {0, 100}, "helperDay": {1, 500}, "dayTexts": {20, 100_000},
		"askFirst": {1, 89}, "askLast": {2, 90}, "maxTitle": {10, 100}, "maxBody": {100, 5000}, "maxRemark": {20, 5000}, "maxReply": {100, 5000}}
	sort := reflect.TypeFor[Rules]()
	for i := range sort.NumField() {
		if sort.Field(i).Type.Kind() == reflect.Bool {
			continue // yes or no has no end
		}
		name, _, _ := strings.Cut(sort.Field(i).Tag.Get("json"), ",")
		limit, special := limits[name]
		if !special {
			limit = [2]int{1, 90} // days
		}
		for _, try := range []struct {
			n    int
			good bool
		}{{limit[0] - 1, false}, {limit[0], true}, {limit[1], true}, {limit[1] + 1, false}} {
			r := DefaultRules()
			field := name
			r.AskFirst, r.AskLast = 1, 90 // neither is in the other's way
			if name == "finishDays" {
				r.FinishDays[Complain], field = try.n, "finishDays.complain"
			} else {
				reflect.ValueOf(&r).Elem().Field(i).SetInt(int64(try.n))
			}
			faults, _ := Faults(r.Check())
			if good := len(faults) == 0; good != try.good || !good && (len(faults) != 1 || faults[0].Field != field || faults[0].ID != "rules.number") {
				t.Errorf("%s = %d: %v", name, try.n, faults)
			}
		}
	}
}

func TestARuleTellsItsLimits(t *testing.T) {
	r := DefaultRules()
	r.SignDays = 91
	if faults, _ := Faults(r.Check()); len(faults) != 1 || len(faults[0].Args) != 4 || faults[0].Args[1] != 1 || faults[0].Args[3] != 90 {
		t.Errorf("%+v", faults)
	}
}

// What somebody wrote is taken up to its last allowed sign.
func TestTextsEndWhereTheRulesSay(t *testing.T) {
	s := &Settings{Townships: []Place{{Name: Texts{"zh-Hans": "东关镇"}}}}
	for field, change := range map[string]func(d *Draft, text string) int{
		"title":   func(d *Draft, text string) int { d.Title = text; return 30 },
		"body":    func(d *Draft, text string) int { d.Body = text; return 2000 },
		"remark":  func(d *Draft, text string) int { d.Remark = text; return 200 },
		"name":    func(d *Draft, text string) int { d.Name = text; return MaxName },
		"village": func(d *Draft, text string) int { d.Village = text; return MaxName },
	} {
		for over := range 2 {
			d := lamp
			most := change(&d, "")
			change(&d, strings.Repeat("字", most+over))
			if faults, _ := Faults(d.Check(s)); len(faults) != over || over == 1 && (faults[0].Field != field || faults[0].ID != "long") {
				t.Errorf("%s of %d signs: %v", field, most+over, faults)
			}
		}
	}
	for _, over := range []int{0, 1} {
		r := reply
		r.Done = strings.Repeat("字", rules.MaxReply+over)
		if faults, _ := Faults(r.Check(rules)); len(faults) != over {
			t.Errorf("a reply of %d signs: %v", rules.MaxReply+over, faults)
		}
	}
}
