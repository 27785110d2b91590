package board

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 9, 18, 12, 0, 0, 0, Zone)

func TestNumberNoticesEverySlipOfTheFinger(t *testing.T) {
	random := rand.NewChaCha8([32]byte{1})
	for range 200 {
		n, err := NewNumber(noon, random)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := ParseNumber(n.Grouped()); err != nil || got != n {
			t.Fatalf("ParseNumber(%q) = %q, %v", n.Grouped(), got, err)
		}
		if !strings.HasPrefix(string(n), "26") {
			t.Errorf("number %s does not begin with its year", n)
		}
		for i := range n {
			for d := byte('0'); d <= '9'; d++ {
				wrong := []byte(n)
				if wrong[i] = d; d == n[i] {
					continue
				}
				refused(t, "one wrong digit "+string(wrong), "number.typo", func() error { _, err := ParseNumber(string(wrong)); return err })
			}
			if i > 0 && n[i] != n[i-1] {
				swapped := []byte(n)
				swapped[i], swapped[i-1] = swapped[i-1], swapped[i]
				refused(t, "swapped "+string(swapped), "number.typo", func() error { _, err := ParseNumber(string(swapped)); return err })
			}
		}
	}
}

func TestNumberIsReadAsPeopleWriteIt(t *testing.T) {
	n, _ := NewNumber(noon, rand.NewChaCha8([32]byte{2}))
	wide := strings.Map(func(r rune) rune { return r - '0' + '０' }, string(n))
	for _, text := range []string{string(n), " " + n.Grouped() + "\n", string(n[:4]) + "-" + string(n[4:]), wide, "\u202d" + string(n) + "\u202c"} {
		if got, err := ParseNumber(text); err != nil || got != n {
			t.Errorf("ParseNumber(%q) = %q, %v", text, got, err)
		}
	}
	for text, id := range map[string]string{"": "number.empty", "  ": "number.empty", "123": "number.length", "12345678901": "number.length", "abcdefghij": "number.typo"} {
		refused(t, text, id, func() error { _, err := ParseNumber(text); return err })
	}
}

func TestPhone(t *testing.T) {
	for _, text := range []string{"13800138000", "138 0013 8000", "138-0013-8000", "１３８００１３８０００", "+8613800138000", "+86 138 0013 8000",
		"008613800138000", "8613800138000", "(138)00138000", "\u202d13800138000\u202c", "138\u200b00138000"} {
		if p, err := ParsePhone(text); err != nil || p != "13800138000" {
			t.Errorf("ParsePhone(%q) = %q, %v", text, p, err)
		}
	}
	for text, id := range map[string]string{
		"": "phone.empty", " ": "phone.empty", "12800138000": "phone.mobile", "1380013800": "phone.short", "138001380000": "phone.long",
		"010-62345678": "phone.landline", "0311-8234567": "phone.landline", "62345678": "phone.landline", "+12025550123": "phone.foreign",
		"0044 20 7946 0018": "phone.foreign", "1380013800a": "phone.signs", "我的电话": "phone.signs", "+86 10 62345678": "phone.short",
	} {
		refused(t, text, id, func() error { _, err := ParsePhone(text); return err })
	}
	if got := Phone("13800138000").Masked(); got != "138 **** 8000" {
		t.Errorf("Masked() = %q", got)
	}
}

func FuzzParsePhone(f *testing.F) {
	f.Add("138 0013 8000")
	f.Add("+8613800138000")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ParsePhone(text)
		if err == nil && (len(p) != 11 || !AllDigits(string(p)) || p[0] != '1' || p[1] < '3') {
			t.Errorf("ParsePhone(%q) = %q", text, p)
		}
		if _, ok := Faults(err); err != nil && !ok {
			t.Errorf("ParsePhone(%q) fails with %v, which is no fault", text, err)
		}
	})
}

func TestDraftTellsEveryWrongAnswerAtOnce(t *testing.T) {
	county := &Settings{Townships: []Place{{Name: Texts{"zh-Hans": "东关镇", "en": "Dongguan"}}}}
	good := Draft{Kind: Help, Body: "路灯坏了", Township: "Dongguan", Public: "no"}
	if err := good.Check(county); err != nil {
		t.Errorf("a good draft is refused: %v", err)
	}
	if err := (Draft{Kind: Ask, Body: "问一下"}).Check(county); err != nil {
		t.Errorf("kind and words are enough, and are refused: %v", err)
	}
	bad := Draft{Kind: "shout", Body: " \u3000\n\t\u200b", Title: strings.Repeat("长", 31), Remark: strings.Repeat("x", 201),
		Township: "Atlantis", Village: strings.Repeat("村", 41), Name: strings.Repeat("名", 41), Public: "maybe"}
	faults, ok := Faults(bad.Check(county))
	if !ok {
		t.Fatal("a bad draft passes")
	}
	var fields []string
	for _, f := range faults {
		fields = append(fields, f.Field)
	}
	want := "kind body title remark township village public name"
	if got := strings.Join(fields, " "); got != want {
		t.Errorf("faults at %q, want %q", got, want)
	}
	long := good
	long.Body = strings.Repeat("字", 2003)
	faults, _ = Faults(long.Check(county, StepWords))
	if len(faults) != 1 || faults[0].ID != "long" || fmt.Sprint(faults[0].Args) != "[Max 2000 Over 3]" {
		t.Errorf("2003 characters: %v", faults)
	}
}

func TestHeadingIsTheTitleOrTheFirstSentence(t *testing.T) {
	for _, c := range []struct{ title, body, want string }{
		{"路灯", "坏了很久。", "路灯"},
		{" ", "村口的路灯坏了。晚上看不见。", "村口的路灯坏了"},
		{"", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九…"},
	} {
		if got := (Draft{Title: c.title, Body: c.body}).Heading(30); got != c.want {
			t.Errorf("Heading(%q, %q) = %q, want %q", c.title, c.body, got, c.want)
		}
	}
}

func TestAttempt(t *testing.T) {
	begin := func() *Attempt { return &Attempt{Begun: noon, Fresh: noon} }
	sent := func() *Attempt { return &Attempt{Begun: noon, Fresh: noon, Sends: 1} }
	t.Run("a re-send repeats the code until three minutes are left", func(t *testing.T) {
		a := begin()
		for _, after := range []time.Duration{0, 7 * time.Minute} {
			if err := a.Again(noon.Add(after)); err != nil || a.Round != 0 {
				t.Fatalf("after %s: round %d, %v", after, a.Round, err)
			}
		}
		if err := a.Again(noon.Add(7*time.Minute + time.Second)); err != nil || a.Round != 1 {
			t.Fatalf("round %d, %v", a.Round, err)
		}
		refused(t, "a fourth text", "code.sends", func() error { return a.Again(noon.Add(8 * time.Minute)) })
	})
	t.Run("five wrong codes end it, the right one too", func(t *testing.T) {
		a := sent()
		for left := CodeTries - 1; left > 0; left-- {
			f, _ := Faults(a.Try("000000", "123456", noon))
			if len(f) != 1 || f[0].ID != "code.wrong" || f[0].Args[1] != left {
				t.Fatalf("%d tries left: %v", left, f)
			}
		}
		refused(t, "the fifth", "code.tries", func() error { return a.Try("000000", "123456", noon) })
		refused(t, "the right one after that", "code.tries", func() error { return a.Try("123456", "123456", noon) })
	})
	t.Run("a code works once and for ten minutes", func(t *testing.T) {
		a := sent()
		refused(t, "after ten minutes", "code.old", func() error { return a.Try("123456", "123456", noon.Add(CodeLasts)) })
		if err := a.Try("123456", "123456", noon.Add(CodeLasts-time.Second)); err != nil {
			t.Fatal(err)
		}
		refused(t, "again", "code.used", func() error { return a.Try("123456", "123456", noon) })
	})
}

func TestCodeIsReadAsPeopleTypeIt(t *testing.T) {
	for _, text := range []string{"48 29 13", "482913", "４８２９１３", "48-29-13", " 482913\n"} {
		if code, err := ParseCode(text); err != nil || code != "482913" {
			t.Errorf("ParseCode(%q) = %q, %v", text, code, err)
		}
	}
	if got := GroupCode("482913"); got != "48 29 13" {
		t.Errorf("GroupCode = %q", got)
	}
	refused(t, "five digits", "code.shape", func() error { _, err := ParseCode("12345"); return err })
}

func TestFaultsAreNothingElse(t *testing.T) {
	mixed := errors.Join(Fault{Kind: Invalid, ID: "a"}, errors.New("disk"))
	if _, ok := Faults(mixed); ok {
		t.Error("an error that holds more than faults counts as a refusal")
	}
	wrapped := fmt.Errorf("keep: %w", errors.Join(Fault{Kind: Invalid, ID: "a"}, Fault{Kind: Denied, ID: "b"}))
	if f, ok := Faults(errors.Unwrap(wrapped)); !ok || len(f) != 2 {
		t.Errorf("Faults = %v, %v", f, ok)
	}
	if _, ok := Faults(nil); ok {
		t.Error("nothing counts as a refusal")
	}
}

func TestEveryFactComesBackAsItWas(t *testing.T) {
	for _, k := range EventKinds() {
		fact, err := ParseFact(k, nil)
		if err != nil || fact.Kind() != k {
			t.Errorf("empty fact of %q: %v, %v", k, fact, err)
		}
		if _, err := ParseFact(k, []byte(`{"of a later version":1}`)); err == nil {
			t.Errorf("a fact of %q with a field nobody knows is read in silence", k)
		}
	}
	if _, err := ParseFact("never heard of", []byte("{}")); err == nil {
		t.Error("an unknown kind is read in silence")
	}
}

func TestIDsSortByAge(t *testing.T) {
	random := rand.NewChaCha8([32]byte{3})
	young, _ := NewID(noon.Add(time.Millisecond), random)
	old, _ := NewID(noon, random)
	if bytes.Compare(old[:], young[:]) >= 0 {
		t.Error("the older id does not come first")
	}
	if back, err := ParseID(old.String()); err != nil || back != old {
		t.Errorf("ParseID = %v, %v", back, err)
	}
	if _, err := ParseID("xyz"); err == nil {
		t.Error("ParseID takes xyz")
	}
}

// refused fails the test unless do is refused with exactly one fault, id.
func refused(t *testing.T, what, id string, do func() error) {
	t.Helper()
	err := do()
	faults, ok := Faults(err)
	if !ok || len(faults) != 1 || faults[0].ID != id {
		t.Errorf("%s: %v, want the fault %q", what, err, id)
	}
}
