package sms

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf16"

	"lianxin/locales"
	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/server/workday"
	"lianxin/store"
	"lianxin/store/seal"
)

// founded is an office with nothing in it yet, whose clock is that of the test.
func founded(t *testing.T) *office.Office {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	keys, err := seal.Create(filepath.Join(t.TempDir(), "keys"))
	must(err)
	data, err := store.Open(t.TempDir(), keys)
	must(err)
	t.Cleanup(func() { must(data.Close()) })
	calendar, err := workday.Statutory()
	must(err)
	o, err := office.New(office.Parts{Store: data, Calendar: calendar, Random: rand.NewChaCha8([32]byte{3}),
		Now: func() time.Time { return time.Now().In(board.Zone) }, Log: slog.New(slog.DiscardHandler)})
	must(err)
	return o
}

func words(t *testing.T) *locales.Bundle {
	t.Helper()
	all, err := locales.Open()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// texts are the words that have left, the newest first.
func texts(t *testing.T, s *Spool) []string {
	t.Helper()
	synctest.Wait()
	notes, err := s.Out()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, n := range notes {
		all = append(all, n.To+" "+n.Text)
	}
	return all
}

func TestTextsLeaveAfterTheDeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := opened(t)
		o := founded(t)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan bool)
		go func() {
			Run(ctx, o, s, words(t), slog.New(slog.DiscardHandler))
			close(ended)
		}()
		go s.Listen(ctx, o.Hear)
		synctest.Wait()

		from := office.Origin{Browser: "b", Address: netip.MustParseAddr("10.0.0.7")}
		if _, err := o.SendCode(ctx, "13800138000", "zh-Hans", from); err != nil {
			t.Fatal(err)
		}
		got := texts(t, s)
		if len(got) != 1 || !regexp.MustCompile(`^\+8613800138000 \d\d \d\d \d\d .*验证码`).MatchString(got[0]) {
			t.Fatalf("after the deed: %q", got)
		}

		pass(time.Minute)
		if err := s.Drop("13900139000", "在吗", time.Now()); err != nil {
			t.Fatal(err)
		}
		if got = texts(t, s); len(got) != 2 || !strings.HasPrefix(got[0], "+8613900139000 ") {
			t.Errorf("after a text that came in: %q", got)
		}
		stop()
		<-ended
	})
}

func TestTextsWaitWhileTheSpoolIsBroken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, dir := opened(t)
		o := founded(t)
		if err := os.RemoveAll(filepath.Join(dir, "out")); err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan bool)
		var log lines
		go func() {
			Run(ctx, o, s, words(t), slog.New(slog.NewTextHandler(&log, nil)))
			close(ended)
		}()
		from := office.Origin{Browser: "b", Address: netip.MustParseAddr("10.0.0.7")}
		if _, err := o.SendCode(ctx, "13800138000", "en", from); err != nil {
			t.Fatal(err)
		}
		pass(time.Hour)
		if n := strings.Count(string(log), "\n"); n < 50 || n > 150 {
			t.Errorf("%d lines about it in an hour", n)
		}
		if err := os.Mkdir(filepath.Join(dir, "out"), 0o700); err != nil {
			t.Fatal(err)
		}
		pass(2 * longest)
		if got := texts(t, s); len(got) != 1 || !strings.Contains(got[0], "login code") {
			t.Errorf("when it is mended: %q", got)
		}
		if strings.Contains(string(log), "138") {
			t.Errorf("the log tells the number:\n%s", log)
		}
		stop()
		<-ended
	})
}

type lines []byte

func (l *lines) Write(p []byte) (int, error) { *l = append(*l, p...); return len(p), nil }

func TestWordsAreInTheTextsOwnLanguage(t *testing.T) {
	say := Render(words(t))
	due := time.Date(2026, 9, 24, 23, 59, 59, 0, board.Zone)
	text := store.Text{Key: "sms.assigned", Args: map[string]string{"Number": "2612 345 674"}, Dates: map[string]time.Time{"Date": due.UTC()}}
	for lang, want := range map[string][]string{"zh-Hans": {"2612 345 674", "9月24日（星期四）"}, "en": {"2612 345 674", "Thursday 24 September"}} {
		text.Lang = lang
		for _, w := range want {
			if got := say(text); !strings.Contains(got, w) {
				t.Errorf("%s lacks %q: %s", lang, w, got)
			}
		}
	}
}

// Some phones join three parts at most, and each part is paid for.
func TestEveryTextFitsThreeParts(t *testing.T) {
	long := map[string]string{
		"Code": "48 29 13 07", "Number": "2612 345 674", "PIN": "482 913", "Count": "120", "Hotline": "0311-12345678",
		"Unit": "城市管理综合行政执法局（住房和城乡建设局）", "County": "赞皇自治县", "Minutes": "30", "Reason": "已转有权处理的机关",
		"Helper": "阿卜杜热西提·买买提", "Title": strings.Repeat("长", board.DefaultRules().MaxTitle),
		"Name": "阿卜杜热西提·买买提", "Phone": "138 **** 8000",
	}
	all := words(t)
	say := Render(all)
	late := time.Date(2026, 12, 30, 12, 0, 0, 0, board.Zone) // Wednesday 30 December
	seen := 0
	for _, lang := range all.Languages() {
		for key, text := range smsTexts(t, lang.Tag) {
			seen++
			filled := store.Text{Key: key, Lang: lang.Tag, Args: map[string]string{}, Dates: map[string]time.Time{}}
			for _, hole := range regexp.MustCompile(`{{\s*\.(\w+)\s*}}`).FindAllStringSubmatch(text, -1) {
				if value, ok := long[hole[1]]; ok {
					filled.Args[hole[1]] = value
				} else if strings.HasSuffix(hole[1], "Date") {
					filled.Dates[hole[1]] = late
				} else {
					t.Errorf("%s: %s: this test knows no long {{.%s}}", lang.Tag, key, hole[1])
				}
			}
			said := say(filled)
			if n := parts(said); n > 3 || strings.Contains(said, "[") {
				t.Errorf("%s: %s takes %d parts: %s", lang.Tag, key, n, said)
			}
		}
	}
	if seen == 0 {
		t.Error("there are no texts")
	}
}

// What nearly everyone gets is one text in Chinese: read at one glance on the
// smallest phone, and paid for once.
func TestTheCommonTextsFitOnePart(t *testing.T) {
	say := Render(words(t))
	late := time.Date(2026, 12, 30, 12, 0, 0, 0, board.Zone)
	for _, key := range []string{"code", "filed", "assigned", "answered", "extended", "rated", "reopened", "news", "declined",
		"merged", "callback", "change.notice", "state.received", "state.assigned", "state.in-hand", "state.answered", "state.closed"} {
		said := say(store.Text{Key: "sms." + key, Lang: "zh-Hans", Dates: map[string]time.Time{"Date": late},
			Args: map[string]string{"Code": "48 29 13 07", "Number": "2612 345 674", "Phone": "138 **** 8000"}})
		if n := parts(said); n != 1 || strings.Contains(said, "[") {
			t.Errorf("sms.%s takes %d parts (%d characters): %s", key, n, len([]rune(said)), said)
		}
	}
}

// smsTexts reads the texts of a language that go to phones, each plural form
// as a text.
func smsTexts(t *testing.T, lang string) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "..", "locales", lang+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var file map[string]any
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for key, value := range file {
		if strings.HasPrefix(key, "sms.") {
			found[key] = fmt.Sprint(value)
		}
	}
	return found
}

// parts is how many texts a phone network makes of one: 70 UTF-16 units, or 67
// each when joined, never parting a surrogate pair.
func parts(text string) int {
	units := utf16.Encode([]rune(text))
	if len(units) <= 70 {
		return 1
	}
	n := 0
	for len(units) > 0 {
		cut := min(67, len(units))
		if cut < len(units) && units[cut] >= 0xdc00 && units[cut] < 0xe000 {
			cut--
		}
		units, n = units[cut:], n+1
	}
	return n
}

func TestPartsAreCountedAsNetworksDo(t *testing.T) {
	for text, want := range map[string]int{
		"": 1, strings.Repeat("字", 70): 1, strings.Repeat("字", 71): 2, strings.Repeat("字", 134): 2, strings.Repeat("字", 135): 3,
		strings.Repeat("字", 66) + "😀" + strings.Repeat("字", 66): 3,
	} {
		if got := parts(text); got != want {
			t.Errorf("%d characters: %d parts, want %d", len([]rune(text)), got, want)
		}
	}
}
