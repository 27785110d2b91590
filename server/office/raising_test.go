package office_test

import (
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

// waitsFor is whose move a case is after the clock struck, and by which day.
func (c *county) waitsFor(n board.Number) (board.Role, string) {
	c.t.Helper()
	_, err := c.Strike(ctx)
	c.must(err)
	next := c.kept(n).Move()
	return next.Role, date(next.By)
}

// wantNext holds whose move a case is against what it should be.
func (c *county) wantNext(when string, n board.Number, role board.Role, by string) {
	c.t.Helper()
	if r, d := c.waitsFor(n); r != role || d != by {
		c.t.Errorf("%s it waits for the %s until %s, want the %s until %s", when, r, d, role, by)
	}
}

// on tells how many cases lie on a shelf of somebody's.
func (c *county) on(who office.Who, s office.Shelf) int {
	c.t.Helper()
	page, err := c.Desk(ctx, who, s, "", 50)
	c.must(err)
	return len(page.Cases)
}

func TestWhatNobodyAssignsGoesToTheInspector(t *testing.T) {
	each(t, func(c *county) {
		n := c.file(c.logIn("13800138000", home))
		c.wantNext("at first", n, board.Dispatcher, "2026-09-18 12:00:00")
		c.clock.add(day)
		c.wantNext("at the last moment", n, board.Dispatcher, "2026-09-18 12:00:00")
		c.refused("before it went up", c.Assign(ctx, c.inspector, n, form(), c.to(c.lamps)), "deed.role")
		c.clock.add(time.Second)
		c.wantNext("a day later", n, board.Inspector, "2026-09-20 23:59:59") // a make-up workday
		if c.on(c.inspector, office.Shelf(board.Inspector)) != 1 || c.on(c.dispatcher, office.Shelf(board.Dispatcher)) != 1 || c.on(c.leader, office.Red) != 1 {
			c.t.Error("it lies not with the inspector, the desk, and red on the leader's page")
		}
		c.clock.add(10 * day)
		c.wantNext("and stays there", n, board.Inspector, "2026-09-20 23:59:59")
		c.refused("the leader has it not", c.Assign(ctx, c.leader, n, form(), c.to(c.lamps)), "deed.role")
		c.must(c.Assign(ctx, c.inspector, n, form(), c.to(c.lamps)))
		if k := c.kept(n); k.Raised != nil || k.Move().Role != board.Handler {
			c.t.Errorf("assigned, and it waits for %+v", k.Move())
		}
	})
}

func TestTheDeskMayStillDoWhatWentUp(t *testing.T) {
	each(t, func(c *county) {
		n := c.file(c.logIn("13800138000", home))
		c.clock.add(2 * day)
		c.waitsFor(n)
		c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.lamps)))
	})
}

func TestAReplyGoesToAnotherReviewerAndThenToTheInspector(t *testing.T) {
	each(t, func(c *county) {
		second := c.hire("check2", board.ID{}, board.Reviewer)
		n := c.file(c.logIn("13800138000", home))
		c.handledUntilSigned(n)
		c.must(c.Answer(ctx, c.handler, n, form(), reply))
		first := c.kept(n).Reviewer
		if first != second.Staff && first != c.reviewer.Staff {
			c.t.Fatalf("nobody has the reply: %s", first)
		}
		c.wantNext("written", n, board.Reviewer, "2026-09-18 23:59:59")
		c.clock.add(36*time.Hour + time.Second) // Saturday, 0:00:01
		c.wantNext("a working day later", n, board.Reviewer, "2026-09-20 23:59:59")
		if other := c.kept(n).Reviewer; other == first || other.IsZero() {
			c.t.Errorf("the same one has it")
		}
		c.clock.add(2 * day)
		c.wantNext("two working days later", n, board.Inspector, "2026-09-22 23:59:59")
		c.clock.add(3 * day)
		c.wantNext("silence approves nothing", n, board.Inspector, "2026-09-22 23:59:59")
		if k := c.kept(n); k.Reply != board.Waiting {
			c.t.Errorf("the reply is %s", k.Reply)
		}
		c.must(c.Return(ctx, c.inspector, n, form(), "没写日期"))
		c.must(c.Answer(ctx, c.handler, n, form(), reply))
		if k := c.kept(n); k.Raised != nil || k.Relieved || k.Reviewer.IsZero() {
			c.t.Errorf("written anew, and it is not in review as at first: %+v", k.Move())
		}
	})
}

// Whoever wrote it is the only reviewer there is: it does not wait for them.
func TestAReplyThatNobodyMayReviewGoesUpAtOnce(t *testing.T) {
	each(t, func(c *county) {
		both := c.hire("both", c.lamps, board.Handler, board.Reviewer)
		c.must(c.Leave(ctx, c.admin.Actor, c.reviewer.Staff))
		n := c.file(c.logIn("13800138000", home))
		c.handledUntilSigned(n)
		c.must(c.Answer(ctx, both, n, form(), reply))
		c.wantNext("written by the only reviewer", n, board.Inspector, "2026-09-18 23:59:59")
		c.must(c.Approve(ctx, c.inspector, n, form()))
	})
}

func TestTheSecondReopeningIsTheInspectors(t *testing.T) {
	each(t, func(c *county) {
		her := c.logIn("13800138000", home)
		n := c.file(her)
		c.handled(n)
		no := board.Rating{Outcome: board.NotSolved}
		c.must(c.Rate(ctx, her, n, form(), no))
		if k := c.kept(n); k.Move().Role != board.Handler || !k.Supervised || k.Lead != c.lamps {
			c.t.Errorf("the first time it waits for %+v, supervised %v", k.Move(), k.Supervised)
		}
		c.must(c.Answer(ctx, c.handler, n, form(), reply))
		c.must(c.Approve(ctx, c.reviewer, n, form()))
		c.must(c.Rate(ctx, her, n, form(), no))
		c.wantNext("the second time", n, board.Inspector, "2026-09-18 12:00:00")
		c.must(c.Assign(ctx, c.inspector, n, form(), c.to(c.water)))
	})
}

func TestAnObjectionIsNeverDecidedBySilence(t *testing.T) {
	each(t, func(c *county) {
		her := c.logIn("13800138000", home)
		n := c.file(her)
		c.must(c.Decline(ctx, c.dispatcher, n, form(), "in-court", "法院在审"))
		c.must(c.Object(ctx, her, n, form(), "没有起诉过"))
		c.wantNext("at first", n, board.Reviewer, "2026-09-18 23:59:59")
		c.clock.add(2 * day)
		c.wantNext("a working day later", n, board.Inspector, "2026-09-20 23:59:59")
		c.clock.add(2 * day)
		c.wantNext("and one more", n, board.Leader, "2026-09-22 23:59:59")
		c.clock.add(30 * day)
		c.wantNext("a month later", n, board.Leader, "2026-09-22 23:59:59")
		if c.on(c.leader, office.Shelf(board.Leader)) != 1 {
			c.t.Error("the leader does not see it")
		}
		c.must(c.Rule(ctx, c.leader, n, form(), board.Overturn, "应当受理"))
	})
}

func TestAnExtensionNeedsTheHeadAndThenTheDesk(t *testing.T) {
	each(t, func(c *county) {
		head := c.hire("chief", c.lamps, board.Head)
		other := c.hire("chief2", c.water, board.Head)
		her := c.logIn("13800138000", home)
		asked := func() board.Number {
			c.clock.add(time.Hour)
			n := c.file(her)
			c.handledUntilSigned(n)
			c.must(c.AskTime(ctx, c.handler, n, form(), 5, "等配件"))
			return n
		}
		n := asked()
		c.wantNext("asked", n, board.Head, "2026-09-18 23:59:59")
		c.refused("the desk before the head", c.Rule(ctx, c.dispatcher, n, form(), board.Extend, ""), "deed.moved-on")
		c.refused("another unit's head", c.Rule(ctx, other, n, form(), board.Endorse, ""), "case.missing")
		c.must(c.Rule(ctx, head, n, form(), board.Endorse, ""))
		c.wantNext("endorsed", n, board.Dispatcher, "2026-09-18 23:59:59")
		c.must(c.Rule(ctx, c.dispatcher, n, form(), board.Extend, ""))
		if v, _ := c.Case(ctx, her, n); !c.kept(n).Extended || !tellsReason(v.Events, "等配件") {
			c.t.Error("the resident is not told why")
		}
		m := asked()
		c.must(c.Rule(ctx, head, m, form(), board.Deny, "不用等"))
		if k := c.kept(m); k.Ask != nil || k.Silent != 0 || k.Move().Role != board.Handler {
			c.t.Errorf("denied, and %+v", k.Move())
		}
		left := asked()
		c.clock.add(2 * day)
		c.waitsFor(left)
		if k := c.kept(left); k.Ask != nil || k.Extended || k.Silent != 1 || c.on(c.inspector, office.Unruled) != 1 {
			c.t.Errorf("the head said nothing, and it is %+v, extended %v, or the inspector does not see it", k.Ask, k.Extended)
		}
	})
}

func tellsReason(events []board.Event, words string) bool {
	for _, e := range events {
		if f, is := e.Fact.(board.Extended); is && f.Reason == words {
			return true
		}
	}
	return false
}

func TestWithoutAHeadTheDeskRulesAlone(t *testing.T) {
	each(t, func(c *county) {
		her := c.logIn("13800138000", home)
		for _, who := range []func() office.Who{
			func() office.Who { return c.handler },                                          // nobody is head there
			func() office.Who { return c.hire("self", c.lamps, board.Handler, board.Head) }, // it is their own word
			func() office.Who {
				c.rule(func(r *board.Rules) { r.SkipHead = true })
				return c.handler
			},
		} {
			c.clock.add(time.Hour)
			n, asker := c.file(her), who()
			c.handledUntilSigned(n)
			c.must(c.AskTime(ctx, asker, n, form(), 5, "等配件"))
			if role, _ := c.waitsFor(n); role != board.Dispatcher {
				c.t.Errorf("it waits for the %s", role)
			}
		}
		jack := c.hire("jack", c.lamps, board.Handler, board.Dispatcher)
		c.clock.add(time.Hour)
		n := c.file(her)
		c.handledUntilSigned(n)
		c.must(c.AskTime(ctx, jack, n, form(), 5, "等配件"))
		c.refused("one's own ask", c.Rule(ctx, jack, n, form(), board.Extend, ""), "deed.not-own-ask")
		c.must(c.Rule(ctx, c.dispatcher, n, form(), board.Extend, ""))
	})
}

func TestAReplyPassesTheHeadWhereTheCountyWantsIt(t *testing.T) {
	each(t, func(c *county) {
		c.rule(func(r *board.Rules) { r.HeadReply = true })
		head := c.hire("chief", c.lamps, board.Head, board.Reviewer)
		n := c.file(c.logIn("13800138000", home))
		c.handledUntilSigned(n)
		c.must(c.Answer(ctx, c.handler, n, form(), reply))
		c.wantNext("written", n, board.Head, "2026-09-18 23:59:59")
		c.refused("before the head", c.Approve(ctx, c.reviewer, n, form()), "deed.moved-on")
		c.must(c.Amend(ctx, head, n, form(), "写上日期"))
		if k := c.kept(n); k.Reply != board.Returned || k.Returns != 0 || k.Reason != "写上日期" {
			c.t.Errorf("sent back: %s, %d returns, %q", k.Reply, k.Returns, k.Reason)
		}
		c.must(c.Answer(ctx, c.handler, n, form(), reply))
		c.must(c.Pass(ctx, head, n, form()))
		if k := c.kept(n); k.Move().Role != board.Reviewer || k.Reviewer != c.reviewer.Staff {
			c.t.Errorf("passed: it waits for %+v of %s", k.Move(), k.Reviewer)
		}
		c.refused("who was for it", c.Approve(ctx, head, n, form()), "deed.not-own-reply")
		c.must(c.Return(ctx, c.reviewer, n, form(), "没写结果"))
		c.must(c.Answer(ctx, c.handler, n, form(), reply))
		c.clock.add(2 * day)
		c.wantNext("the head says nothing", n, board.Inspector, "2026-09-20 23:59:59")
		c.must(c.Pass(ctx, c.inspector, n, form()))
		c.must(c.Approve(ctx, c.reviewer, n, form()))
	})
}
