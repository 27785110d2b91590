package sheet

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

func TestAMapRulesOverLikeness(t *testing.T) {
	m, err := ParseMap("# of the mailbox\n\nsource = 档案\nBODY＝回执\n标题 =\n")
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(strings.NewReader("工单号,档案,类型,标题,内容,回执\n1,A7,求助,题,文,说的话\n"), "", m)
	if err != nil {
		t.Fatal(err)
	}
	for row, err := range s.Rows() {
		if err != nil || row.Source != "A7" || row.Body != "说的话" || row.Title != "" {
			t.Errorf("%+v, %v", row, err)
		}
	}
	for _, wrong := range []string{"body", "weather = x", "body = a\nbody = b"} {
		_, err := ParseMap(wrong)
		if faults, ok := board.Faults(err); !ok || faults[0].ID != "sheet.map" {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	_, err = New(strings.NewReader(head), "", Map{topic: "领域之名"})
	if faults, ok := board.Faults(err); !ok || fmt.Sprint(faults[0].Args) != "[Columns 领域之名]" {
		t.Errorf("a column that is not there: %v", err)
	}
}

func TestColumnsAreFoundByTheirLikeness(t *testing.T) {
	s, err := New(strings.NewReader("热线工单编号,群众诉求类型,答复内容,群众诉求内容,首次受理时间,办结时间,要求办结时间\n"), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := "[{热线工单编号 source} {群众诉求类型 kind} {答复内容 reply} {群众诉求内容 body} {首次受理时间 filed} {办结时间 done} {要求办结时间 due}]"
	if got := fmt.Sprint(s.header.taken()); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// The report says what each word was taken for; a trial keeps nothing and says
// what an import then does.
func TestTrialSaysWhatAnImportDoes(t *testing.T) {
	o := founded(t)
	by := office.Box
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(o.NameCounty(t.Context(), by, board.CountyNamed{Name: board.Texts{"zh-Hans": "槐阳县"}, Hotline: "12345",
		Townships: []board.Place{{Name: board.Texts{"zh-Hans": "柳河镇"}}, {Name: board.Texts{"zh-Hans": "东关街道"}}}}))
	_, err := o.Found(t.Context(), by, board.Founded{Name: board.Texts{"zh-Hans": "县城市管理局"}})
	must(err)
	_, err = o.Found(t.Context(), by, board.Founded{Name: board.Texts{"zh-Hans": "县教育局"}})
	must(err)
	content := "工单号,诉求类型,标题,内容,受理时间,承办单位,要求办结时间,办结时间,领域,地点,是否公开\n" +
		"1,求助,灯,不亮,2026-09-01,槐阳县城管局,2026-09-25,,环保,柳河镇东关村,是\n" +
		"2,举报,灯,不亮,2026-09-01,县教育局,2026-09-20,2026-09-10,交通运输,东关,否\n" +
		"2,投诉,灯,不亮,2026-09-01,省教育厅,,,星星,月亮,\n" +
		"4,求助,灯,不亮,2026-09-01,,,,,,也许\n" +
		"5,求助,灯,不亮,2027-01-01,城管局,,,,,\n"
	var reports []string
	for _, try := range []bool{true, true, false, true} {
		var bad []string
		got, err := Import(t.Context(), o, strings.NewReader(content), Task{Try: try, Progress: nothing, Bad: func(b office.BadRow) {
			bad = append(bad, fmt.Sprintf("%d %s %s %s", b.Line, b.Column, b.Fault.ID, b.Raw[0]))
		}})
		must(err)
		var words []string
		for _, w := range got.Words {
			means := w.Means
			if id, err := board.ParseID(means); err == nil {
				d, err := o.County(t.Context())
				must(err)
				means = d.Units[id].Name["zh-Hans"]
			}
			words = append(words, fmt.Sprintf("%s %s=%s %d", w.Column, w.Word, means, w.Rows))
		}
		reports = append(reports, fmt.Sprintf("%s %v%s", figures(got), bad, strings.Join(words, ", ")))
	}
	words := " [5 是否公开 sheet.yes 4 6 受理时间 import.future 5]kind 求助=help 2, kind 举报=complain 1, kind 投诉=complain 1, " +
		"unit 县教育局=县教育局 1, unit 城管局=县城市管理局 1, unit 槐阳县城管局=县城市管理局 1, unit 省教育厅= 1, " +
		"topic 交通运输=traffic 1, topic 星星= 1, topic 环保=environment 1, " +
		"place 东关=东关街道 1, place 月亮= 1, place 柳河镇东关村=柳河镇 1"
	first := "read 5, added 2, known 1, bad 2, shown 1" + words
	for i, want := range []string{first, first, first, "read 5, added 0, known 3, bad 2, shown 1" + words} {
		if reports[i] != want {
			t.Errorf("round %d:\n%s\nwant\n%s", i, reports[i], want)
		}
	}
	if end := time.Date(2026, 9, 25, 23, 59, 59, 0, board.Zone); !end.Equal(promised(t, content)) {
		t.Errorf("promised for %v", promised(t, content))
	}
}

// promised is the first date that a table promises.
func promised(t *testing.T, content string) time.Time {
	s, err := New(strings.NewReader(content), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for row := range s.Rows() {
		return row.There.Due
	}
	return time.Time{}
}
