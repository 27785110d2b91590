package views_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"lianxin/locales"
	"lianxin/views"
)

// drawn is one page in Chinese, taken apart.
func drawn(t *testing.T, model func(views.Page) views.Model) *html.Node {
	t.Helper()
	bundle, err := locales.Open()
	if err != nil {
		t.Fatal(err)
	}
	pages, err := views.Open()
	if err != nil {
		t.Fatal(err)
	}
	var w bytes.Buffer
	if err := pages.Render(&w, model(views.Page{Words: bundle.Words("zh-Hans"), Token: "t"})); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(&w)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// A page for everybody names nobody, even when whoever fills it forgot to take
// the names out.
func TestPublicCaseNamesNobody(t *testing.T) {
	root := drawn(t, func(p views.Page) views.Model {
		return views.PublicCase{Page: p, Heading: "路灯", Body: "坏了。",
			Timeline: []views.Moment{{When: "9月18日", What: "收到留言", Who: "王桂兰"}}}
	})
	if text := words(root); strings.Contains(text, "王桂兰") || !strings.Contains(text, "收到留言") {
		t.Errorf("the public case says %q", text)
	}
}

// Every guide is written out in every language: no key shows through, no
// section is empty, and no two share a heading.
func TestGuidesAreWritten(t *testing.T) {
	bundle, err := locales.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range bundle.Languages() {
		for _, name := range views.Guides {
			g := views.Guide{Page: views.Page{Words: bundle.Words(l.Tag)}, Of: name}
			var headings []string
			for _, s := range g.Sections() {
				if len(s.Text) < 20 || strings.Contains(s.Heading, name+".") || strings.Contains(s.Text, name+".") {
					t.Errorf("%s: %s: %q says %q", l.Tag, name, s.Heading, s.Text)
				}
				if slices.Contains(headings, s.Heading) {
					t.Errorf("%s: %s has %q twice", l.Tag, name, s.Heading)
				}
				headings = append(headings, s.Heading)
			}
			if len(headings) < 5 || g.Lead() == "" {
				t.Errorf("%s: %s has %d sections and begins with %q", l.Tag, name, len(headings), g.Lead())
			}
		}
	}
}

// What looks like personal data is marked in its place, and listed: not everyone
// sees a mark.
func TestMarks(t *testing.T) {
	root := drawn(t, func(p views.Page) views.Model {
		return views.DeskCase{Page: p, Heading: "路灯", Actions: []views.Action{{Deed: "publish", Title: "公开", Button: "公开", Post: "/p",
			Marked: []views.Span{{Text: "电话 "}, {Text: "13800138000", Hit: true}, {Text: " 或 "}, {Text: "13800138000", Hit: true}}}}}
	})
	if marks := named(root, "mark"); len(marks) != 2 || words(marks[0]) != "13800138000" {
		t.Errorf("%d marks", len(marks))
	}
	items := 0
	for _, li := range named(named(root, "main")[0], "li") {
		if words(li) == "13800138000" {
			items++
		}
	}
	if items != 1 {
		t.Errorf("what is marked is listed %d times, want once", items)
	}
}

// Nobody need rate how they were treated: saying nothing is chosen at first, and
// can be chosen again.
func TestScalesMayBeLeftOut(t *testing.T) {
	root := drawn(t, func(p views.Page) views.Model { return views.Rate{Page: p, Post: "/rate"} })
	for _, name := range []string{"attitude", "speed"} {
		var values, chosen []string
		for _, n := range fields(root) {
			if attr(n, "name") == name {
				values = append(values, attr(n, "value"))
				if has(n, "checked") {
					chosen = append(chosen, attr(n, "value"))
				}
			}
		}
		slices.Sort(values)
		if !slices.Equal(values, []string{"", "1", "2", "3", "4", "5"}) || !slices.Equal(chosen, []string{""}) {
			t.Errorf("%s offers %q with %q chosen", name, values, chosen)
		}
	}
}

// A refusal always says what can be done: object while it may be, and never when
// it was ruled on.
func TestRefusalSaysWhatCanBeDone(t *testing.T) {
	refused := func(r views.Refusal) string {
		root := drawn(t, func(p views.Page) views.Model {
			return views.Case{Page: p, Heading: "路灯", State: views.Stamp{Text: "不受理", Tone: views.ToneStop}, Refusal: &r}
		})
		return words(named(root, "main")[0])
	}
	may := refused(views.Refusal{Reason: "正在打官司。", Words: "请问法官。", Until: "10月15日", Object: "/case/1/object"})
	if !strings.Contains(may, "10月15日前可以提一次") || !strings.Contains(may, "我不同意") || !strings.Contains(may, "请问法官。") {
		t.Errorf("a fresh refusal says %q", may)
	}
	ruled := refused(views.Refusal{Reason: "正在打官司。", Words: "请问法官。", Until: "10月15日", Ruling: "另一位看过了，还是这样。"})
	if strings.Contains(ruled, "可以提一次") || !strings.Contains(ruled, "还是这样") {
		t.Errorf("a refusal that was ruled on says %q", ruled)
	}
}
