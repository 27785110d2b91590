package office_test

import (
	"slices"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

func TestAHelperLeaves(t *testing.T) {
	each(t, func(c *county) {
		c.shares(0, 0)
		aide, heir, lamps := c.aide("aide", board.ID{}, dongguan), c.aide("heir", board.ID{}, dongguan), c.aide("lampsaide", c.lamps, dongguan)
		answered, open, private, theirs := c.help(aide, granny, witness), c.help(aide, granny, witness), board.Number(""), c.help(heir, granny, witness)
		d := lamp
		d.Private = true
		private = c.helpWith(aide, granny, d, witness)
		c.handled(answered) // the lamps office handles it
		for what, h := range map[string]board.ID{"nobody": {9}, "no helper": c.operator.Staff, "themself": aide.Staff} {
			_, err := c.LeaveTo(ctx, c.admin.Actor, aide.Staff, h)
			c.refused("to "+what, err, "staff.heir")
		}
		_, err := c.LeaveTo(ctx, c.dispatcher.Actor, aide.Staff, heir.Staff)
		c.refused("by the desk", err, "deed.role")
		c.clock.add(time.Second)
		moved, err := c.LeaveTo(ctx, c.admin.Actor, aide.Staff, heir.Staff)
		if err != nil || moved != 3 {
			c.t.Errorf("%d cases moved, %v", moved, err)
		}
		for _, n := range []board.Number{answered, open, private} {
			if k := c.kept(n); !slices.Equal(k.Helpers(), []board.ID{heir.Staff}) || k.TakenBy != aide.Staff {
				c.t.Errorf("read by %v, typed by %v", k.Helpers(), k.TakenBy)
			}
			if _, err := c.HelpedCase(ctx, heir, n); err != nil {
				c.t.Errorf("whoever goes on: %v", err)
			}
			_, err := c.HelpedCase(ctx, aide, n)
			c.refused("who left", err, "assist.no-grant")
		}
		if tasks, err := c.Tasks(ctx, heir); err != nil || len(tasks) != 1 || tasks[0].Cases[0].Number != answered {
			c.t.Errorf("tasks of whoever goes on: %+v, %v", tasks, err)
		}
		told := map[string]int{}
		for _, text := range c.texts(grannys) {
			told[text.Key]++
			if text.Key == "sms.help-moved" && text.Args["Helper"] != heir.Name {
				c.t.Errorf("they are told %+v", text)
			}
		}
		if told["sms.help-moved"] != 2 || told["sms.news"] != 1 {
			c.t.Errorf("they are told %v", told)
		}
		c.must(c.ReadOut(ctx, heir, answered, form(), board.ReadOut{At: c.clock.now(), How: board.FaceToFace}))
		again, third := c.help(heir, granny, witness), c.help(heir, granny, witness)
		for _, n := range []board.Number{again, third} {
			unit := c.lamps
			if n == third {
				unit = c.water
			}
			c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(unit)))
		}
		c.must(c.SignFor(ctx, c.handler, again, form()))
		c.must(c.Answer(ctx, c.handler, again, form(), reply))
		c.must(c.Approve(ctx, c.reviewer, again, form()))
		_, err = c.LeaveTo(ctx, c.admin.Actor, heir.Staff, lamps.Staff) // whose own office handles one of them
		c.must(err)
		if k := c.kept(again); len(k.Helpers()) != 0 || c.calls(c.operator)[again] != board.TellAnswer {
			c.t.Errorf("the case of their own office went to %v, to be called: %v", k.Helpers(), c.calls(c.operator))
		}
		if k := c.kept(third); !slices.Equal(k.Helpers(), []board.ID{lamps.Staff}) {
			c.t.Errorf("another went to %v", k.Helpers())
		}
		_, err = c.LeaveTo(ctx, c.admin.Actor, lamps.Staff, board.ID{})
		c.must(err)
		for _, n := range []board.Number{open, third, theirs} {
			if len(c.kept(n).Helpers()) != 0 {
				c.t.Error("nobody goes on, and somebody may read it")
			}
		}
		if !slices.ContainsFunc(c.texts(grannys), func(text store.Text) bool { return text.Key == "sms.help-left" }) {
			c.t.Error("nobody told them that the county calls from now on")
		}
	})
}

func TestATaskThatWasHandedMovesToo(t *testing.T) {
	each(t, func(c *county) {
		c.shares(0, 0)
		aide, other, heir := c.aide("aide", board.ID{}, dongguan), c.aide("other", board.ID{}, dongguan), c.aide("heir", board.ID{}, dongguan)
		p := granny
		p.Phone, p.Tell = "", board.ByCall
		n, m := c.help(aide, p, witness), c.help(aide, p, pending)
		c.handled(n)
		c.clock.add(24 * time.Hour)
		c.must(c.HandTo(ctx, c.operator, n, form(), other.Staff))
		c.refused("to who typed it", c.HandTo(ctx, c.operator, m, form(), aide.Staff), "handto.taker")
		c.must(c.HandTo(ctx, c.operator, m, form(), other.Staff))
		if tasks, err := c.Tasks(ctx, other); err != nil || len(tasks) != 2 {
			c.t.Errorf("they were handed %+v, %v", tasks, err)
		}
		_, err := c.LeaveTo(ctx, c.admin.Actor, other.Staff, heir.Staff)
		c.must(err)
		tasks, err := c.Tasks(ctx, heir)
		if err != nil || len(tasks) != 1 || tasks[0].Cases[0].Number != n || c.calls(c.operator)[m] != board.Recheck {
			c.t.Errorf("the answer is told by %+v, and the question asked by %v, %v", tasks, c.calls(c.operator), err)
		}
	})
}

func TestATaskLeavesAHelperWhoMayReadNoMore(t *testing.T) {
	each(t, func(c *county) {
		c.shares(0, 0)
		parks, err := c.Found(ctx, office.Box, board.Founded{Name: board.Texts{"zh-Hans": "园林局"}})
		c.must(err)
		posted := func(who office.Who, unit board.ID, roles ...board.Role) error {
			return c.PostStaff(ctx, c.admin.Actor, who.Staff, board.Posted{Name: who.Name, Unit: unit, Roles: roles, Areas: who.Areas})
		}
		for what, change := range map[string]func(office.Who) error{
			"posted to the office": func(who office.Who) error { return posted(who, c.lamps, board.Helper) },
			"helps no more":        func(who office.Who) error { return posted(who, board.ID{}, board.Operator) },
		} {
			aide := c.aide("aide-"+what[:5], board.ID{}, dongguan)
			n := c.help(aide, granny, witness)
			c.handled(n)
			if c.kept(n).FollowUps[0].To != aide.Staff {
				c.t.Fatalf("%s: nothing was to be read", what)
			}
			c.must(change(aide))
			if c.calls(c.operator)[n] != board.TellAnswer {
				c.t.Errorf("%s: and nobody tells the answer: %+v", what, c.kept(n).FollowUps)
			}
		}
		aide, near := c.aide("aide", parks, dongguan), c.aide("near", c.water, dongguan)
		n := c.help(aide, granny, witness)
		c.handled(n)
		c.must(c.Dissolve(ctx, c.admin.Actor, c.lamps, parks.String()))
		m := c.help(near, granny, witness)
		c.must(c.Assign(ctx, c.dispatcher, m, form(), c.to(parks)))
		lamps := c.enter("lamps")
		c.must(c.SignFor(ctx, lamps, m, form()))
		c.must(c.Answer(ctx, lamps, m, form(), reply))
		c.must(c.Approve(ctx, c.reviewer, m, form()))
		c.must(c.Dissolve(ctx, c.admin.Actor, c.water, parks.String()))
		for what, n := range map[string]board.Number{"the case came to their office": n, "they came to its office": m} {
			if c.calls(c.operator)[n] != board.TellAnswer {
				c.t.Errorf("%s: and nobody tells the answer: %+v", what, c.kept(n).FollowUps)
			}
		}
	})
}

func TestMonths(t *testing.T) {
	each(t, func(c *county) {
		c.shares(0, 100)
		aide, clerk := c.aide("aide", board.ID{}, dongguan), c.hire("clerk", board.ID{}, board.Operator)
		p := granny
		p.Tell = board.ByCall
		if months, err := c.Months(ctx); err != nil || len(months) != 0 {
			c.t.Errorf("before anything: %v, %v", months, err)
		}
		c.clock.add(24 * time.Hour)
		for _, o := range board.Outcomes {
			n := c.help(aide, p, witness)
			c.handled(n)
			c.clock.add(4 * 24 * time.Hour)
			c.must(c.RateFor(ctx, clerk, n, form(), board.Rating{Outcome: o}))
		}
		c.takenInBy(board.Call)
		who := c.logIn("13800138000", home)
		own := c.file(who)
		c.handled(own)
		c.must(c.Rate(ctx, who, own, form(), board.Rating{Outcome: board.Solved})) // that is no second rate
		void, unsure := c.help(aide, p, witness), c.help(aide, p, pending)
		c.must(c.Disown(ctx, clerk, void, form(), ""))
		c.must(c.Void(ctx, c.inspector, void, form()))
		if months, err := c.Months(ctx); err != nil || len(months) != 0 {
			c.t.Errorf("before the month is over: %v, %v", months, err)
		}
		c.clock.add(time.Date(2026, 10, 1, 0, 0, 1, 0, board.Zone).Sub(c.clock.now()))
		want := office.Month{First: time.Date(2026, 9, 1, 0, 0, 0, 0, board.Zone), Filed: 5, Assisted: 4, Asked: 3, Solved: 1, Partly: 1}
		if months, err := c.Months(ctx); err != nil || len(months) != 1 || months[0] != want {
			c.t.Errorf("the month was %+v, %v, want %+v", months, err, want)
		}
		c.must(c.Confirm(ctx, c.holder(unsure), unsure, form(), ""))
		if months, _ := c.Months(ctx); months[0] != want {
			c.t.Error("it is counted anew at each look")
		}
		c.clock.add(24 * time.Hour)
		want.Filed, want.Assisted = 6, 5
		if months, _ := c.Months(ctx); months[0] != want {
			c.t.Errorf("a day later: %+v, want %+v", months[0], want)
		}
	})
}

func TestPatterns(t *testing.T) {
	each(t, func(c *county) {
		c.shares(0, 0)
		aide, calm := c.aide("aide", board.ID{}, dongguan), c.aide("calm", board.ID{}, dongguan)
		for _, who := range []office.Who{c.dispatcher, c.leader, c.admin, aide} {
			_, err := c.Patterns(ctx, who)
			c.refused("patterns", err, "deed.role")
			_, _, err = c.PatternCases(ctx, who, aide.Staff)
			c.refused("cases of a pattern", err, "deed.role")
		}
		of := func(who office.Who) office.Pattern {
			c.t.Helper()
			all, err := c.Patterns(ctx, c.inspector)
			c.must(err)
			for _, p := range all {
				if p.Staff.ID == who.Staff {
					p.Staff = nil
					return p
				}
			}
			return office.Pattern{}
		}
		alone := func(i int) office.Helped {
			p := granny
			p.Name, p.Phone = "老人"+string(rune('甲'+i)), []string{"13700137000", "13700137001", "13700137002", "13700137003", "13700137004"}[i%5]
			return p
		}
		for i := range 4 {
			c.help(aide, alone(i), witness)
		}
		c.help(aide, alone(4), pending)
		if got := of(aide); got != (office.Pattern{Filed: 5, Pending: 1}) {
			c.t.Errorf("at first: %+v", got)
		}
		frozen, gone, device := c.help(aide, alone(0), witness), c.help(aide, alone(1), witness), c.help(aide, alone(2), witness)
		c.must(c.Disown(ctx, c.operator, frozen, form(), ""))
		c.must(c.Assign(ctx, c.dispatcher, gone, form(), c.to(c.lamps)))
		c.must(c.SignFor(ctx, c.handler, gone, form()))
		c.must(c.Contact(ctx, c.handler, gone, form(), true, "打过了"))
		c.must(c.Withdraw(ctx, c.holder(gone), gone, form()))
		c.handled(device)
		here := c.holder(device)
		here.Device = true
		c.must(c.Rate(ctx, here, device, form(), board.Rating{Outcome: board.Solved}))
		if got := of(aide); got != (office.Pattern{Filed: 8, Pending: 1, Frozen: 1, Gone: 1, Apart: 1, Alarm: true}) { // two in eight
			c.t.Errorf("what stands out: %+v", got)
		}
		c.help(aide, alone(3), witness)
		c.help(aide, alone(3), witness)
		if got := of(aide); got.Alarm { // two in ten is one in five, and no more
			c.t.Errorf("an alarm at one in five: %+v", got)
		}
		c.must(c.Void(ctx, c.inspector, frozen, form()))
		shared := alone(4)
		for _, name := range []string{"乙", "丙"} {
			shared.Name = name
			c.help(aide, shared, witness)
		}
		if got := of(aide); got.SharedPhones != 1 || got.Frozen != 0 || got.NotTheirs != 1 || got.Filed != 12 {
			c.t.Errorf("one phone for three: %+v", got)
		}
		p, odd, err := c.PatternCases(ctx, c.inspector, aide.Staff)
		if err != nil || p.Filed != 12 || len(odd) != 6 { // pending, not theirs, gone, device, and two more on the shared phone
			c.t.Errorf("%d cases stand out, %+v, %v", len(odd), p, err)
		}
		for _, k := range odd {
			if k.Name != "" || k.Village != "" {
				c.t.Errorf("the inspector reads %q, %q", k.Name, k.Village)
			}
		}
		for i := range 4 { // four of four, and too few to say anything
			n := c.help(calm, alone(i), witness)
			c.must(c.Disown(ctx, c.operator, n, form(), ""))
		}
		if got := of(calm); got.Alarm || got.Frozen != 4 {
			c.t.Errorf("four filings: %+v", got)
		}
		c.clock.add(91 * 24 * time.Hour)
		if all, err := c.Patterns(ctx, c.inspector); err != nil || len(all) != 0 {
			c.t.Errorf("three months later: %v, %v", all, err)
		}
	})
}
