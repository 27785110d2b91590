package locales

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func opened(t *testing.T) *Bundle {
	t.Helper()
	b, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// frame is the least that a language file must hold, plus more.
func frame(more string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte(`{"language.name": "N", "language.dir": "ltr"` + more + `}`)}
}

func TestBrokenFileIsNamed(t *testing.T) {
	good := frame("")
	for name, c := range map[string]struct {
		files fstest.MapFS
		want  []string
	}{
		"no default":         {fstest.MapFS{"en.json": good}, []string{"zh-Hans.json"}},
		"torn":               {fstest.MapFS{"zh-Hans.json": good, "en.json": {Data: []byte(`{"a": "b`)}}, []string{"en.json"}},
		"empty":              {fstest.MapFS{"zh-Hans.json": good, "en.json": {}}, []string{"en.json", "language.name"}},
		"not a list of keys": {fstest.MapFS{"zh-Hans.json": good, "en.json": {Data: []byte(`"a"`)}}, []string{"en.json"}},
		"a number":           {fstest.MapFS{"zh-Hans.json": good, "en.json": frame(`, "a": 1`)}, []string{"en.json"}},
		"broken placeholder": {fstest.MapFS{"zh-Hans.json": good, "en.json": frame(`, "a.b": "on {{.Date"`)}, []string{"en.json", "a.b"}},
		"broken plural":      {fstest.MapFS{"zh-Hans.json": good, "en.json": frame(`, "a.b": {"one": "{{", "other": "x"}`)}, []string{"en.json", "a.b"}},
		"empty text":         {fstest.MapFS{"zh-Hans.json": frame(`, "a.b": ""`), "en.json": good}, []string{"zh-Hans.json", "a.b"}},
		"not a language":     {fstest.MapFS{"zh-Hans.json": good, "klingonese.json": good}, []string{"klingonese.json"}},
		"tag written wrong":  {fstest.MapFS{"zh-Hans.json": good, "EN-gb.json": good}, []string{"EN-gb.json", "en-GB.json"}},
		"no direction":       {fstest.MapFS{"zh-Hans.json": {Data: []byte(`{"language.name": "N"}`)}}, []string{"zh-Hans.json", "language.dir"}},
		"wrong direction":    {fstest.MapFS{"zh-Hans.json": {Data: []byte(`{"language.name": "N", "language.dir": "up"}`)}}, []string{"zh-Hans.json", "up"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := open(c.files)
			if err == nil {
				t.Fatal("opened")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error does not name %q: %v", want, err)
				}
			}
		})
	}
}

func TestLanguages(t *testing.T) {
	b := opened(t)
	if got, want := fmt.Sprint(b.Languages()), "[{zh-Hans 简体中文} {en English}]"; got != want {
		t.Errorf("languages %s, want %s", got, want)
	}
	for _, lang := range []string{"", "xx", "EN", "../en", "zh"} {
		if got := b.Words(lang).Lang; got != Default {
			t.Errorf("words of %q speak %s, want the default", lang, got)
		}
	}
	if w := b.Words("en"); w.Lang != "en" || w.Dir != "ltr" {
		t.Errorf("words of en: %s %s", w.Lang, w.Dir)
	}
}

func TestMatch(t *testing.T) {
	b := opened(t)
	for header, want := range map[string]string{
		"":                                     "zh-Hans",
		"en":                                   "en",
		"en-GB,en;q=0.9":                       "en",
		"zh-CN,zh;q=0.9,en;q=0.8":              "zh-Hans",
		"en;q=0.3, zh-CN;q=0.8":                "zh-Hans",
		"zh;q=0.2, en;q=0.7":                   "en",
		"zh-CN;q=0, en":                        "en",
		"zh-TW":                                "zh-Hans",
		"fr, de;q=0.5":                         "zh-Hans",
		"fr, en;q=0.1":                         "en",
		"*":                                    "zh-Hans",
		";;q=,,":                               "zh-Hans",
		"\x00\xff":                             "zh-Hans",
		strings.Repeat("a-", 20000):            "zh-Hans",
		"en;q=much":                            "zh-Hans",
		"x-klingon, en-US-u-ca-buddhist;q=0.1": "en",
	} {
		if got := b.Match(header); got != want {
			t.Errorf("Match(%.40q) = %s, want %s", header, got, want)
		}
	}
}

func TestT(t *testing.T) {
	b, err := open(fstest.MapFS{
		"zh-Hans.json": frame(`, "hello": "你好", "due": "{{.Date}}以前", "only": "只有中文", "tail": "剩{{.Count}}天",
			"left": {"other": "还有{{.Count}}件"}`),
		"en.json": frame(`, "hello": "Hello", "due": "by {{.Date}}", "tail": "{{.Count}} to go",
			"left": {"one": "one left", "other": "{{.Count}} left"}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	zh, en := b.Words("zh-Hans"), b.Words("en")
	type shout struct{}
	for _, c := range []struct{ got, want string }{
		{zh.T("hello"), "你好"},
		{en.T("hello", "Extra", 1), "Hello"},
		{en.T("due", "Date", "24 September"), "by 24 September"},
		{en.T("due", "Date", "<b>{{.Date}}"), "by <b>{{.Date}}"}, // people's words are not templates
		{en.T("left", "Count", 1), "one left"},
		{en.T("left", "Count", 0), "0 left"},
		{en.T("left", "Count", uint(7)), "7 left"},
		{en.T("left", "Count", int64(21)), "21 left"},
		{zh.T("left", "Count", 1), "还有1件"},
		{en.T("tail", "Count", 1), "1 to go"},
		{en.T("only"), "只有中文"},
		// What cannot be said is visible, and nothing panics.
		{en.T("no.such"), "[no.such]"},
		{en.T(""), "[]"},
		{en.T("due"), "[due]"},
		{en.T("due", "Date"), "[due]"},
		{en.T("due", 1, 2), "[due]"},
		{en.T("left", "Count", "many"), "[left]"},
		{en.T("left", "Count", shout{}), "[left]"},
		{Words{}.T("hello"), "[hello]"},
		{Words{}.Date(time.Time{}), "[date.full]"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestGapIsLoggedOnce(t *testing.T) {
	b := opened(t)
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	defer slog.SetDefault(before)
	for range 3 {
		b.Words("en").T("no.such.key")
		b.Words("en").T("date.full", "Year", "13812345678")
	}
	for _, id := range []string{"no.such.key", "date.full"} {
		if n := strings.Count(log.String(), id); n != 1 {
			t.Errorf("%s is logged %d times, want once:\n%s", id, n, &log)
		}
	}
	if strings.Contains(log.String(), "13812345678") {
		t.Errorf("an argument stands in the log:\n%s", &log)
	}
}

func TestDates(t *testing.T) {
	b := opened(t)
	zh, en := b.Words("zh-Hans"), b.Words("en")
	due := time.Date(2026, 9, 24, 7, 4, 0, 0, time.UTC) // 15:04 in Beijing
	for _, c := range []struct{ got, want string }{
		{zh.Date(due), "2026年9月24日"},
		{zh.Day(due), "9月24日（星期四）"},
		{zh.DateTime(due), "9月24日 15:04"},
		{zh.Stamp(due), "2026年9月24日 15:04"},
		{zh.Month(due), "2026年9月"},
		{en.Month(due), "September 2026"},
		{en.Date(due), "24 September 2026"},
		{en.Day(due), "Thursday 24 September"},
		{en.DateTime(due), "24 September, 15:04"},
		{en.Stamp(due), "24 September 2026, 15:04"},
		{zh.Date(time.Date(2026, 12, 31, 16, 0, 0, 0, time.UTC)), "2027年1月1日"}, // Beijing is ahead
		{zh.Day(time.Date(2026, 9, 27, 0, 0, 0, 0, zone)), "9月27日（星期日）"},
		{en.DateTime(time.Date(2026, 5, 4, 9, 5, 0, 0, zone)), "4 May, 09:05"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestPick(t *testing.T) {
	b := opened(t)
	both := map[string]string{"zh-Hans": "示范县", "en": "Shifan County"}
	for _, c := range []struct {
		lang  string
		names map[string]string
		want  string
	}{
		{"en", both, "Shifan County"},
		{"zh-Hans", both, "示范县"},
		{"en", map[string]string{"zh-Hans": "示范县", "en": ""}, "示范县"},
		{"en", map[string]string{"ug": "u", "bo": "b", "aa": ""}, "b"},
		{"en", nil, ""},
	} {
		if got := b.Words(c.lang).Pick(c.names); got != c.want {
			t.Errorf("%s of %v: %q, want %q", c.lang, c.names, got, c.want)
		}
	}
}
