package office_test

import (
	"slices"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

// shares sets how many of a hundred are drawn for a check and for the second
// rate.
func (c *county) shares(check, rate int) {
	c.t.Helper()
	r := board.DefaultRules()
	r.CheckShare, r.RateShare = check, rate
	c.must(c.SetRules(ctx, c.admin.Actor, r))
}

// calls lists the numbers that an operator is to call about, and why.
func (c *county) calls(who office.Who) map[board.Number]board.Why {
	c.t.Helper()
	items, _, err := c.Calls(ctx, who, "")
	c.must(err)
	why := map[board.Number]board.Why{}
	for _, item := range items {
		if item.Case != nil {
			why[item.Case.Number] = item.Why
		}
	}
	return why
}

func (c *county) letters(who office.Who) (numbers []board.Number) {
	c.t.Helper()
	items, _, err := c.Letters(ctx, who, "")
	c.must(err)
	for _, item := range items {
		numbers = append(numbers, item.Case.Number)
	}
	return numbers
}

func TestAnAnswerIsToldInThePersonsOwnWay(t *testing.T) {
	each(t, func(c *county) {
		c.shares(0, 0)
		aide := c.aide("aide", board.ID{}, dongguan)
		n := map[board.Way]board.Number{}
		for _, way := range board.Ways {
			p := granny
			p.Tell, p.Name = way, granny.Name+string(way)
			n[way] = c.help(aide, p, witness)
			if c.calls(c.operator)[n[way]] != "" {
				c.t.Error("something is to be told before there is an answer")
			}
			c.handled(n[way])
			c.clock.add(time.Second)
		}
		if got := c.calls(c.operator); len(got) != 1 || got[n[board.ByCall]] != board.TellAnswer {
			c.t.Errorf("to be called about: %v", got)
		}
		if got := c.letters(c.operator); !slices.Equal(got, []board.Number{n[board.ByLetter]}) {
			c.t.Errorf("to be written to: %v", got)
		}
		tasks, err := c.Tasks(ctx, aide)
		if err != nil || len(tasks) != 1 || tasks[0].Tasks != 1 || tasks[0].Cases[0].Number != n[board.ByVoice] {
			c.t.Errorf("to be read to: %+v, %v", tasks, err)
		}
		c.refused("an operator reads what a helper is to", c.ReadOut(ctx, c.operator, n[board.ByVoice], form(), board.ReadOut{At: c.clock.now(), How: board.ByPhone}), "deed.their-reading")
		for what, told := range map[string]board.ReadOut{"readout.how": {At: c.clock.now(), How: "shouted"}, "readout.at": {At: c.clock.now().Add(time.Hour), How: board.FaceToFace}} {
			c.refused("told "+what, c.ReadOut(ctx, aide, n[board.ByVoice], form(), told), what)
		}
		token := form()
		for range 2 {
			c.must(c.ReadOut(ctx, aide, n[board.ByVoice], token, board.ReadOut{At: c.clock.now(), How: board.FaceToFace, Words: "听明白了"}))
		}
		c.must(c.ReadOut(ctx, c.operator, n[board.ByCall], form(), board.ReadOut{At: c.clock.now(), How: board.ByPhone}))
		c.must(c.LetterPrinted(ctx, c.operator, n[board.ByLetter], form()))
		tasks, err = c.Tasks(ctx, aide)
		if left := len(c.calls(c.operator)) + len(c.letters(c.operator)) + len(tasks); left != 0 || err != nil {
			c.t.Errorf("told, and %d wait, %v", left, err)
		}
		if k := c.kept(n[board.ByVoice]); !slices.Equal(k.Readers, []board.ID{aide.Staff}) || k.Stage != board.Answered || k.Rating != nil {
			c.t.Errorf("read out: %+v", k)
		}
	})
}

func TestAReadingTaskIsPassedBack(t *testing.T) {
	each(t, func(c *county) {
		c.shares(0, 0)
		aide := c.aide("aide", board.ID{}, dongguan)
		n := c.help(aide, granny, witness)
		c.handled(n)
		c.refused("no reason", c.PassBack(ctx, aide, n, form(), " "), "passback.reason")
		c.must(c.PassBack(ctx, aide, n, form(), "老人去了女儿家"))
		if tasks, _ := c.Tasks(ctx, aide); len(tasks) != 0 || c.calls(c.operator)[n] != board.TellAnswer {
			c.t.Errorf("passed back: %v, %v", tasks, c.calls(c.operator))
		}
		c.refused("read out after that", c.ReadOut(ctx, aide, n, form(), board.ReadOut{At: c.clock.now(), How: board.FaceToFace}), "deed.their-reading")
		if _, err := c.HelpedCase(ctx, aide, n); err != nil {
			c.t.Errorf("and their grant is gone with it: %v", err)
		}
		item, v, err := c.Call(ctx, c.operator, n)
		if err != nil || item.Name != granny.Name || v.Case.Published == nil || v.Case.Remark != "" || v.Case.Draft != nil {
			c.t.Errorf("the operator has %+v, %+v, %v", item, v.Case, err)
		}
		if looks := c.history(board.Stream{Sort: board.Looks, ID: c.kept(n).ID}); looks[len(looks)-1].Actor != c.operator.Staff || looks[len(looks)-1].Role != board.Operator {
			c.t.Errorf("the operator's look leaves %v", looks)
		}
	})
}

func TestThreeCallsInVainAreEnough(t *testing.T) {
	each(t, func(c *county) {
		c.shares(100, 100)
		p := granny
		p.Tell = board.ByCall
		aide, clerk := c.aide("aide", board.ID{}, dongguan), c.hire("clerk", board.ID{}, board.Operator)
		n := c.help(aide, p, witness)
		c.clock.add(24 * time.Hour)
		for _, want := range []struct {
			why  board.Why
			from time.Duration
		}{{board.Recheck, 0}, {board.TellAnswer, 0}, {board.AskRate, 3 * 24 * time.Hour}} {
			if want.why == board.TellAnswer {
				c.handled(n)
			}
			c.clock.add(want.from)
			for i := range 3 {
				if got := c.calls(c.operator)[n]; got != want.why {
					c.t.Fatalf("call %d is for %q, want %q", i, got, want.why)
				}
				c.must(c.Missed(ctx, []office.Who{c.operator, clerk}[i%2], n, form()))
				c.clock.add(24 * time.Hour)
			}
		}
		if got := c.calls(c.operator); len(got) != 0 {
			c.t.Errorf("after three calls in vain each: %v", got)
		}
		c.refused("a fourth", c.Missed(ctx, c.operator, n, form()), "deed.moved-on")
		if !slices.Equal(c.letters(c.operator), []board.Number{n}) {
			c.t.Error("nobody answered, and the answer does not go out by letter")
		}
		if items, _, _ := c.Calls(ctx, c.operator, ""); len(items) != 0 {
			c.t.Errorf("%v", items)
		}
	})
}

func TestTheSecondRate(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		p := granny
		p.Tell = board.ByCall
		rating := board.Rating{Outcome: board.Solved}
		c.shares(0, 0)
		none := c.help(aide, p, witness)
		c.handled(none)
		c.must(c.ReadOut(ctx, c.operator, none, form(), board.ReadOut{At: c.clock.now(), How: board.ByPhone}))
		c.clock.add(4 * 24 * time.Hour)
		c.refused("not drawn", c.RateFor(ctx, c.operator, none, form(), rating), "deed.open-rate")
		c.shares(0, 100)
		own := c.file(c.logIn("13800138000", home))
		c.handled(own)
		n := c.help(aide, p, witness)
		c.handled(n)
		c.must(c.ReadOut(ctx, c.operator, n, form(), board.ReadOut{At: c.clock.now(), How: board.ByPhone}))
		if got := c.calls(c.operator); len(got) != 0 {
			c.t.Errorf("asked before the answer has settled: %v", got)
		}
		c.clock.add(3 * 24 * time.Hour)
		clerk := c.hire("clerk", board.ID{}, board.Operator)
		if c.calls(clerk)[n] != board.AskRate || c.calls(clerk)[own] != "" {
			c.t.Errorf("to be asked: %v", c.calls(clerk))
		}
		if c.calls(c.operator)[n] != "" {
			c.t.Error("who read the answer out is to ask about it")
		}
		c.refused("who read it out", c.RateFor(ctx, c.operator, n, form(), rating), "deed.uninvolved")
		both := clerk
		both.Staff = aide.Staff
		c.refused("who typed it", c.RateFor(ctx, both, n, form(), rating), "deed.uninvolved")
		c.must(c.RateFor(ctx, clerk, n, form(), rating))
		if r := c.kept(n).Rating; r == nil || !r.Apart || !r.Called || r.Device || c.kept(n).Stage != board.Closed {
			c.t.Errorf("the second rate is %+v", r)
		}
		taken := c.takenInBy(board.Call)
		c.handled(taken)
		c.clock.add(4 * 24 * time.Hour)
		c.refused("who took it in", c.RateFor(ctx, c.operator, taken, form(), rating), "deed.uninvolved")
	})
}

func TestWhoDoesNotRateForThePerson(t *testing.T) {
	each(t, func(c *county) {
		for name, change := range map[string]func(*office.Who){
			"own hand":        func(*office.Who) {},
			"a desk's device": func(w *office.Who) { w.Device = true },
			"a relative":      func(w *office.Who) { w.Agent, w.Grant = board.ID{9}, board.ID{8} },
		} {
			who := c.logIn("13800138000", home)
			n := c.file(who)
			c.handled(n)
			change(&who)
			c.must(c.Rate(ctx, who, n, form(), board.Rating{Outcome: board.Partly, Apart: name == "own hand", Called: true}))
			r := c.kept(n).Rating
			if r.Apart == (name == "own hand") || r.Device != (name == "a desk's device") {
				c.t.Errorf("%s: %+v", name, r)
			}
			c.clock.add(time.Hour)
		}
		n := c.file(c.logIn("13800138000", home))
		c.handled(n)
		for _, who := range []office.Who{c.dispatcher, c.handler, c.reviewer, c.leader, c.inspector} {
			if err := c.Rate(ctx, who, n, form(), board.Rating{Outcome: board.Solved}); err == nil {
				c.t.Errorf("%v rate", who.Roles)
			}
		}
	})
}

func TestAChanceIsAsked(t *testing.T) {
	each(t, func(c *county) {
		aide, clerk := c.aide("aide", board.ID{}, dongguan), c.hire("clerk", board.ID{}, board.Operator)
		c.shares(0, 0)
		none, unsure := c.help(aide, granny, witness), c.help(aide, granny, pending)
		c.clock.add(24 * time.Hour)
		if got := c.calls(c.operator); got[none] != "" || got[unsure] != board.Recheck {
			c.t.Errorf("with a share of 0: %v", got)
		}
		c.shares(100, 0)
		n, taken := c.help(aide, granny, witness), c.takenInBy(board.Call)
		if got := c.calls(c.operator); got[n] != "" {
			c.t.Errorf("on the same day: %v", got)
		}
		c.clock.add(24 * time.Hour)
		if got := c.calls(clerk); got[n] != board.Recheck || got[taken] != board.Recheck {
			c.t.Errorf("with a share of 100: %v", got)
		}
		if got := c.calls(c.operator); got[taken] != "" || got[n] != board.Recheck {
			c.t.Errorf("who typed it is to ask: %v", got)
		}
		c.refused("who typed it", c.Checked(ctx, c.operator, taken, form()), "deed.not-taker")
		for range 3 { // nor can they make away with the question
			if err := c.Missed(ctx, c.operator, taken, form()); err == nil {
				c.t.Error("who typed it calls in vain")
			}
		}
		c.must(c.Checked(ctx, clerk, taken, form()))
		c.must(c.Checked(ctx, clerk, unsure, form()))
		if k := c.kept(unsure); k.Standing != board.Confirmed || len(k.FollowUps) != 0 {
			c.t.Errorf("they said yes to the operator: %+v", k)
		}
		c.must(c.Disown(ctx, clerk, n, form(), "说没写过"))
		if k := c.kept(n); k.Standing != board.Frozen || len(c.calls(clerk)) != 0 {
			c.t.Errorf("they said no: %+v, %v", k, c.calls(clerk))
		}
	})
}

func TestWhatWasToBeToldWaitsWhileItIsFrozen(t *testing.T) {
	each(t, func(c *county) {
		c.shares(0, 0)
		p := granny
		p.Tell = board.ByCall
		aide := c.aide("aide", board.ID{}, dongguan)
		n, m := c.help(aide, p, witness), c.help(aide, granny, witness)
		c.handled(n)
		c.handled(m)
		for _, n := range []board.Number{n, m} {
			c.must(c.Disown(ctx, c.dispatcher, n, form(), ""))
		}
		if tasks, _ := c.Tasks(ctx, aide); len(c.calls(c.operator))+len(tasks) != 0 {
			c.t.Errorf("somebody who says not me is told the answer: %v, %v", c.calls(c.operator), tasks)
		}
		c.refused("told", c.ReadOut(ctx, c.operator, n, form(), board.ReadOut{At: c.clock.now(), How: board.ByPhone}), "deed.their-reading")
		for _, n := range []board.Number{n, m} {
			c.must(c.Confirm(ctx, c.dispatcher, n, form(), "问过了，是"))
		}
		if got := c.calls(c.operator); got[n] != board.TellAnswer || got[m] != board.TellAnswer {
			c.t.Errorf("it is theirs, and nobody tells them the answer: %v", got)
		}
	})
}
