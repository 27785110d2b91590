package office_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

func TestADeclineAndItsObjection(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn(phone, home)
		n := c.file(who)
		before := len(c.texts(phone))
		c.refused("a reason that is none", c.Decline(ctx, c.dispatcher, n, form(), "busy", "没空"), "decline.reason")
		c.must(c.Decline(ctx, c.dispatcher, n, form(), "in-court", "法院正在审理。"))
		if v, _ := c.Case(ctx, who, n); date(v.Case.LapseBy) != "2026-10-14 23:59:59" || v.Case.Refusal.Words != "法院正在审理。" {
			c.t.Errorf("the resident may object until %s", date(v.Case.LapseBy))
		}
		c.must(c.Object(ctx, who, n, form(), "没有起诉过"))
		jack := c.hire("jack", board.ID{}, board.Dispatcher, board.Reviewer)
		c.clock.add(time.Second)
		c.must(c.Rule(ctx, jack, n, form(), board.Overturn, "应当受理")) // another one than who declined it
		c.clock.add(time.Second)
		c.must(c.Decline(ctx, jack, n, form(), "unlawful", "无法办理。"))
		c.refused("a second objection", c.Object(ctx, who, n, form(), "还是不服"), "deed.object-once")
		complainer := c.logIn("13900139000", away)
		m := c.file(complainer)
		c.must(c.Divert(ctx, jack, m, form(), "arbitration", "请找仲裁委。"))
		c.must(c.Object(ctx, complainer, m, form(), "不去"))
		c.refused("who sent it away rules", c.Rule(ctx, jack, m, form(), board.Uphold, "对"), "deed.not-own-refuse")
		c.clock.add(100 * 24 * time.Hour)
		if moved, err := c.Strike(ctx); moved != 2 || err != nil || c.kept(m).Move().Role != board.Inspector {
			c.t.Errorf("%d moved, %v: the decline ends, the objection goes up and is never decided by silence", moved, err)
		}
		c.must(c.Rule(ctx, c.reviewer, m, form(), board.Uphold, "理由成立"))
		if c.at(m).Case.Move() != (board.Next{}) || c.at(n).Case.Move() != (board.Next{}) {
			c.t.Error("it still waits for somebody")
		}
		if got := c.keysOf(phone, before); got != "sms.declined sms.overturned sms.declined" {
			c.t.Errorf("texts %s", got)
		}
	})
}

var away2 = office.Origin{Browser: "b3", Address: away.Address.Next()}

func TestMergedCasesAreToldAndAsked(t *testing.T) {
	each(t, func(c *county) {
		one, two := c.logIn(phone, home), c.logIn("13900139000", away)
		lead, n := c.file(one), c.file(two)
		before := len(c.texts("13900139000"))
		c.refused("a number with a slip", c.Merge(ctx, c.dispatcher, n, form(), "1234567890"), "number.typo")
		c.refused("into itself", c.Merge(ctx, c.dispatcher, n, form(), string(n)), "merge.lead")
		c.clock.add(time.Second)
		c.must(c.Merge(ctx, c.dispatcher, n, form(), lead.Grouped()))
		c.refused("a chain", c.Merge(ctx, c.dispatcher, lead, form(), string(c.file(c.logIn("13700137000", away2)))), "merge.chain")
		c.clock.add(time.Second)
		c.must(c.Assign(ctx, c.dispatcher, lead, form(), c.to(c.lamps)))
		v, err := c.Case(ctx, two, n)
		c.must(err)
		if v.Case.Stage != board.Merged || v.Case.Lead != c.lamps || !v.Case.Due.At.Equal(c.at(lead).Case.Due.At) {
			c.t.Errorf("it does not follow: %+v", v.Case)
		}
		whole, err := json.Marshal(v)
		c.must(err)
		if strings.Contains(string(whole), string(lead)) || strings.Contains(string(whole), c.at(lead).Case.ID.String()) {
			c.t.Error("the author learns the number of another person's case")
		}
		c.must(c.SignFor(ctx, c.handler, lead, form()))
		c.clock.add(time.Second)
		c.must(c.AskTime(ctx, c.handler, lead, form(), 3, "等货"))
		c.must(c.Rule(ctx, c.dispatcher, lead, form(), board.Extend, ""))
		c.clock.add(time.Second)
		c.must(c.Answer(ctx, c.handler, lead, form(), reply))
		c.clock.add(time.Second)
		c.must(c.Approve(ctx, c.reviewer, lead, form()))
		v, err = c.Case(ctx, two, n)
		if err != nil || v.Case.Stage != board.Answered || v.Case.Published.Done != reply.Done {
			c.t.Errorf("answered, and its author reads %+v, %v", v.Case, err)
		}
		if got := c.keysOf("13900139000", before); got != "sms.merged sms.assigned sms.extended sms.answered" {
			c.t.Errorf("its author got %s", got)
		}
		c.must(c.Rate(ctx, two, n, form(), board.Rating{Outcome: board.NotSolved}))
		if m := c.at(n).Case.Move(); m.Role != board.Handler || m.Unit != c.lamps {
			c.t.Errorf("not solved for its author: waits for %+v", m)
		}
		if stage := c.at(lead).Case.Stage; stage != board.Answered {
			c.t.Errorf("and the other one is %s", stage)
		}
	})
}

func TestACaseThatIsNoLongerFollowedStandsOnItsOwn(t *testing.T) {
	each(t, func(c *county) {
		one, two := c.logIn(phone, home), c.logIn("13900139000", away)
		lead, n := c.file(one), c.file(two)
		c.must(c.Merge(ctx, c.dispatcher, n, form(), string(lead)))
		before := len(c.texts("13900139000"))
		c.must(c.Withdraw(ctx, one, lead, form()))
		if k := c.at(n).Case; k.Stage != board.Received || k.Move().Role != board.Dispatcher || !k.MergedInto.IsZero() {
			c.t.Errorf("the other is withdrawn, and this waits for %+v", k.Move())
		}
		if texts := c.texts("13900139000")[before:]; len(texts) != 1 || texts[0].Key != "sms.overturned" || texts[0].Dates["Date"].IsZero() {
			c.t.Errorf("its author got %+v", texts)
		}
		c.must(c.Restore(ctx, one, lead, form()))
		c.must(c.Merge(ctx, c.dispatcher, n, form(), string(lead)))
		c.must(c.Withdraw(ctx, two, n, form()))
		c.handled(lead)
		c.must(c.Restore(ctx, two, n, form()))
		if k := c.at(n).Case; k.Stage != board.Received || k.Move().By.At.Before(c.clock.now()) {
			c.t.Errorf("restored after the other was answered: %+v", k.Move())
		}
	})
}

func TestWhatAnybodyMayRead(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn(phone, home)
		shown := map[string]board.Number{}
		for i := range 7 {
			d := lamp
			d.Kind, d.Public, d.Township, d.Body = board.Suggest, "yes", "Dongguan", fmt.Sprintf("建议 %d，电话 13800138000", i)
			if i == 6 {
				d.Kind = board.Complain
			}
			n, err := c.File(ctx, who, form(), d)
			c.must(err)
			c.clock.add(time.Second)
			c.must(c.Publish(ctx, c.dispatcher, n, form(), board.Notice{Title: fmt.Sprint("建议", i), Body: "大家看的话"}))
			c.must(c.Assign(ctx, c.dispatcher, n, form(), office.Assignment{Lead: c.lamps.String(), Topic: "building"}))
			shown[fmt.Sprint("建议", i)] = n
		}
		list := func(township, topic string) (titles []string) {
			from := ""
			for range 10 {
				page, err := c.Public(ctx, township, topic, from, 2)
				c.must(err)
				for _, k := range page.Cases {
					titles = append(titles, k.Title)
					whole, _ := json.Marshal(k)
					for _, secret := range []string{"13800138000", "李桂芳", "东关村", "住三楼", who.Person.String()} {
						if strings.Contains(string(whole), secret) {
							c.t.Errorf("anybody reads %s", secret)
						}
					}
				}
				if from = page.Next; from == "" {
					return titles
				}
			}
			c.t.Fatal("the list has no end")
			return nil
		}
		if got := strings.Join(list("", ""), " "); got != "建议6 建议5 建议4 建议3 建议2 建议1 建议0" {
			c.t.Errorf("all: %s", got)
		}
		for _, place := range []string{"东关镇", "Dongguan"} {
			if got := len(list(place, "building")); got != 6 {
				c.t.Errorf("%s: %d are shown; a complaint does not tell where it is from", place, got)
			}
		}
		if got := len(list("", "building")); got != 7 {
			c.t.Errorf("of one topic: %d", got)
		}
		if got := len(list("西关镇", "")) + len(list("", "traffic")); got != 0 {
			c.t.Errorf("%d of elsewhere", got)
		}
		n := shown["建议0"]
		v, err := c.PublicCase(ctx, n)
		if err != nil || v.Case.Township != "东关镇" || v.Case.Body != "大家看的话" || len(v.Events) != 2 {
			c.t.Errorf("%+v, %v", v, err)
		}
		c.must(c.Hide(ctx, c.dispatcher, n, form(), "本人要求"))
		_, err = c.PublicCase(ctx, n)
		c.refused("hidden", err, "case.missing")
		n = shown["建议1"]
		c.must(c.Withdraw(ctx, who, n, form()))
		_, err = c.PublicCase(ctx, n)
		c.refused("withdrawn", err, "case.missing")
		if got := len(list("", "")); got != 5 {
			c.t.Errorf("%d are left", got)
		}
		_, err = c.PublicCase(ctx, c.file(c.logIn("13900139000", away)))
		c.refused("never shown", err, "case.missing")
		_, err = c.PublicCase(ctx, "0000000000")
		c.refused("nobody's", err, "case.missing")
		private := lamp
		private.Public, private.Private = "yes", true
		p, err := c.File(ctx, who, form(), private)
		c.must(err)
		c.refused("a private one", c.Publish(ctx, c.dispatcher, p, form(), board.Notice{Title: "a", Body: "b"}), "deed.may-be-shown")
	})
}
