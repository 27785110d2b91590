package office_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

// replies are the keys of the texts that a text brings about.
func (c *county) replies(from board.Phone, text string) []string {
	c.t.Helper()
	id := form()
	var keys []string
	for _, t := range c.hear(string(id[:]), string(from), text) {
		keys = append(keys, t.Key)
	}
	return keys
}

// answeredFor is an answered case of somebody whose phone a code has shown.
func (c *county) answeredFor(aide office.Who) board.Number {
	c.t.Helper()
	c.clock.add(24 * time.Hour) // texts are counted by the day
	n := c.help(aide, granny, office.Consent{Means: board.ByCode})
	c.handled(n)
	return n
}

func TestEverySpellingOfAWord(t *testing.T) {
	each(t, func(c *county) {
		c.shares(0, 0)
		aide := c.aide("aide", board.ID{}, dongguan)
		outcome := func(o board.Outcome) func(*board.Case) bool {
			return func(k *board.Case) bool { return k.Rating != nil && k.Rating.Outcome == o && !k.Rating.Apart }
		}
		frozen := func(k *board.Case) bool { return k.Standing == board.Frozen }
		for _, w := range []struct {
			means func(*board.Case) bool
			key   string
			texts []string
		}{
			{outcome(board.Solved), "sms.rated", []string{"1", "１", "解决了", "已解决。", "已经解决", "solved", "1 %s", "%s 1", "解决了%s"}},
			{outcome(board.Partly), "sms.rated", []string{"2", "部分解决", "解决一部分", "Partly", "2，%s", "%s 2"}},
			{outcome(board.NotSolved), "sms.reopened", []string{"3", "没解决", "没有解决！", "未解决", "不满意", "not solved", "3 %s", "%s 3", "没解决 %s"}},
			{frozen, "sms.frozen", []string{"不是我", "不是我 %s", "%s不是我", "不是本人", "不是我写的", "“不是我的意思”", "not me %s", "bushiwo", "It is not me"}},
		} {
			for _, text := range w.texts {
				n := c.answeredFor(aide)
				if text != "" && slices.Contains([]byte(text), '%') {
					text = fmt.Sprintf(text, n.Grouped())
				}
				got := c.replies(grannys, text)
				if k := c.kept(n); !w.means(k) || !slices.Equal(got, []string{w.key}) {
					c.t.Errorf("%q is answered with %v, and the case is %s, rated %+v", text, got, k.Standing, k.Rating)
				}
				switch k := c.kept(n); { // or the next text could mean this one as well
				case k.Standing == board.Frozen:
					c.must(c.Void(ctx, c.inspector, n, form()))
				case k.Stage == board.InHand:
					c.must(c.Withdraw(ctx, c.holder(n), n, form()))
				}
				c.clock.add(32 * 24 * time.Hour)
			}
		}
		for _, text := range []string{"是我", "是我 %s", "%s 是我", "是本人", "是我写的", "YES", "shiwo %s"} {
			c.clock.add(32 * 24 * time.Hour)
			n := c.help(aide, granny, pending)
			if slices.Contains([]byte(text), '%') {
				text = fmt.Sprintf(text, n)
			}
			if got := c.replies(grannys, text); c.kept(n).Standing != board.Confirmed || !slices.Equal(got, []string{"sms.confirmed"}) {
				c.t.Errorf("%q is answered with %v, and it is %s", text, got, c.kept(n).Standing)
			}
		}
	})
}

// A digit beside a number stands for itself, whatever blanks come with it: one
// number in ten would else be read as another.
func TestADigitBesideANumberIsNoPartOfIt(t *testing.T) {
	each(t, func(c *county) {
		c.shares(0, 0)
		aide := c.aide("aide", board.ID{}, dongguan)
		for range 12 {
			for _, form := range []string{"%s 1", "  %s 1\n", "1 %s", "\u30001 %s"} {
				n := c.answeredFor(aide)
				if got := c.replies(grannys, fmt.Sprintf(form, n.Grouped())); !slices.Equal(got, []string{"sms.rated"}) || c.kept(n).Rating.Outcome != board.Solved {
					c.t.Errorf(form+" is answered with %v", n, got)
				}
			}
		}
	})
}

func TestATextThatCouldMeanSeveral(t *testing.T) {
	each(t, func(c *county) {
		c.shares(0, 0)
		aide := c.aide("aide", board.ID{}, dongguan)
		one, two := c.answeredFor(aide), c.answeredFor(aide)
		for _, text := range []string{"1", "没解决", "不是我"} {
			if got := c.replies(grannys, text); !slices.Equal(got, []string{"sms.which"}) {
				c.t.Errorf("%q is answered with %v", text, got)
			}
		}
		if got := c.replies(grannys, "是我"); !slices.Equal(got, []string{"sms.how"}) { // none waits for that
			c.t.Errorf("answered with %v", got)
		}
		for _, n := range []board.Number{one, two} {
			if k := c.kept(n); k.Rating != nil || k.Standing != board.Confirmed {
				c.t.Errorf("and something was done: %+v", k)
			}
		}
		if got := c.replies(grannys, "3 "+string(two)); !slices.Equal(got, []string{"sms.reopened"}) || c.kept(two).Reopened != 1 || c.kept(one).Rating != nil {
			c.t.Errorf("with a number: %v", got)
		}
		if got := c.replies(grannys, "1 "+string(two)); !slices.Equal(got, []string{"sms.moved-on"}) {
			c.t.Errorf("of what is open again: %v", got)
		}
		theirs := c.file(c.logIn("13800138000", home))
		if got := c.replies(grannys, "不是我 "+string(theirs)); !slices.Equal(got, []string{"sms.unknown"}) {
			c.t.Errorf("of somebody else's: %v", got)
		}
		c.clock.add(24 * time.Hour)
		own := c.file(c.logIn("13800138000", home))
		if got := c.replies("13800138000", "不是我 "+string(own)); !slices.Equal(got, []string{"sms.unknown"}) {
			c.t.Errorf("of one's own: %v", got)
		}
	})
}

func TestAPrivateCaseIsMeantByItsNumberOnly(t *testing.T) {
	each(t, func(c *county) {
		c.shares(0, 0)
		aide := c.aide("aide", board.ID{}, dongguan)
		d := lamp
		d.Private = true
		n := c.helpWith(aide, granny, d, office.Consent{Means: board.ByCode})
		c.handled(n)
		for _, text := range []string{"1", "不是我", "查 " + string(n)} {
			c.replies(grannys, text)
			if k := c.kept(n); k.Rating != nil || k.Standing != board.Confirmed {
				c.t.Errorf("%q does something to a private case", text)
			}
		}
		c.replies(grannys, "不是我 "+string(n))
		if c.kept(n).Standing != board.Frozen {
			c.t.Error("with its number nobody can disown it")
		}
		for _, text := range c.texts(grannys) {
			if _, says := text.Args["Title"]; says && text.Key != "sms.consent" {
				c.t.Errorf("a text says of a private case %+v", text)
			}
		}
	})
}

func TestAPhoneThatNothingHasShown(t *testing.T) {
	each(t, func(c *county) {
		c.shares(0, 0)
		aide := c.aide("aide", board.ID{}, dongguan)
		n, m := c.help(aide, granny, witness), c.help(aide, granny, pending)
		c.handled(n)
		for _, text := range []string{"1 " + string(n), "没解决 " + string(n), "查 " + string(n)} {
			if got := c.replies(grannys, text); !slices.Equal(got, []string{"sms.unknown"}) || c.kept(n).Rating != nil {
				c.t.Errorf("%q is answered with %v", text, got)
			}
		}
		if got := c.replies("13900139000", "不是我 "+string(n)); !slices.Equal(got, []string{"sms.unknown"}) || c.kept(n).Standing != board.Confirmed {
			c.t.Errorf("a stranger disowns it: %v", got)
		}
		if got := c.replies(grannys, "不是我 "+string(n)); !slices.Equal(got, []string{"sms.frozen"}) { // that they may always
			c.t.Errorf("the number that was given for them: %v", got)
		}
		if got := c.replies(grannys, "是我 "+string(m)); !slices.Equal(got, []string{"sms.confirmed"}) {
			c.t.Errorf("a pending one: %v", got)
		}
		c.clock.add(24 * time.Hour)
		coded := c.answeredFor(aide)
		c.clock.add(91 * 24 * time.Hour)
		if got := c.replies(grannys, "1 "+string(coded)); !slices.Equal(got, []string{"sms.unknown"}) || c.kept(coded).Rating != nil {
			c.t.Errorf("after ninety-one days the number may be somebody else's: %v", got)
		}
	})
}

func TestNoughtAsksForACall(t *testing.T) {
	each(t, func(c *county) {
		c.shares(0, 0)
		aide := c.aide("aide", board.ID{}, dongguan)
		n := c.help(aide, granny, witness)
		for _, from := range []board.Phone{grannys, "13900139000"} { // known or not
			for range 2 {
				if got := c.replies(from, " ０ "); !slices.Equal(got, []string{"sms.callback"}) {
					c.t.Errorf("0 is answered with %v", got)
				}
			}
			c.clock.add(time.Minute)
		}
		items, _, err := c.Calls(ctx, c.operator, "")
		c.must(err)
		if len(items) != 2 || items[0].Person != c.kept(n).Person || items[0].Why != office.CallBackWanted || items[0].Case != nil || items[1].Phone != "139 0013 9000" {
			c.t.Fatalf("to be called are %+v", items)
		}
		if p := c.personOf(n); !p.Phones[0].Proved.IsZero() || !p.Phones[0].Agreed.IsZero() {
			c.t.Error("a text that anybody can forge shows whose phone it is")
		}
		for i := range 3 {
			c.must(c.CalledBack(ctx, c.operator, items[1].Person, form(), false))
			left, _, err := c.Calls(ctx, c.operator, "")
			if want := 2 - i/2; err != nil || len(left) != want {
				c.t.Errorf("after %d calls in vain %d are on the list, %v", i+1, len(left), err)
			}
		}
		token := form()
		for range 2 {
			c.must(c.CalledBack(ctx, c.operator, items[0].Person, token, true))
		}
		if left, _, _ := c.Calls(ctx, c.operator, ""); len(left) != 0 {
			c.t.Errorf("called, and still on the list: %+v", left)
		}
		c.refused("nobody asked", c.CalledBack(ctx, c.operator, items[0].Person, form(), true), "deed.moved-on")
		c.refused("a handler calls", c.CalledBack(ctx, c.handler, items[0].Person, form(), true), "deed.role")
	})
}

func TestWordsOfOursAnsweredByAMachineHaveAnEnd(t *testing.T) {
	each(t, func(c *county) {
		for _, text := range []string{"不是我", "1", "不换", "0"} {
			answered := 0
			for range 40 {
				answered += len(c.replies("13900139000", text))
			}
			if answered > 20 {
				c.t.Errorf("%q from a machine is answered %d times in a day", text, answered)
			}
			c.clock.add(25 * time.Hour)
		}
	})
}
