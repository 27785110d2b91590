package office_test

import (
	"slices"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

// complaint is one about an office.
func complaint(about board.ID, desk bool) board.Draft {
	d := lamp
	d.Kind, d.Body, d.About, d.AboutDesk = board.Complain, "办事的人不给办，还骂人", about, desk
	return d
}

func TestAComplaintNeverComesToTheOfficeItIsAbout(t *testing.T) {
	each(t, func(c *county) {
		own, aide := c.aide("own", c.lamps, dongguan), c.aide("aide", board.ID{}, dongguan)
		c.begun(own, granny, complaint(c.lamps, false))
		h, err := c.Helping(ctx, own)
		c.must(err)
		_, err = c.FileHelped(ctx, own, form(), witness)
		c.refused("a helper of that office files it", err, "assist.own-unit")
		if tries := c.tries(h.ID); !slices.Equal(tries, []string{"assist.own-unit"}) {
			c.t.Errorf("remembered: %v", tries)
		}
		clerk := c.hire("clerk", c.lamps, board.Operator)
		in := intake
		in.Draft = complaint(c.lamps, false)
		_, err = c.TakeIn(ctx, clerk, form(), in)
		c.refused("an operator of that office takes it in", err, "assist.own-unit")

		n := c.helpWith(aide, granny, complaint(c.lamps, false), witness)
		if k := c.kept(n); !k.Confidential || k.About != c.lamps {
			c.t.Errorf("%+v", k)
		}
		for _, a := range []office.Assignment{c.to(c.lamps), {Lead: c.water.String(), Co: []string{c.lamps.String()}}} {
			c.refused("assigned to it", c.Assign(ctx, c.dispatcher, n, form(), a), "assign.about")
		}
		other := c.file(c.logIn("13800138000", home))
		c.must(c.Assign(ctx, c.dispatcher, other, form(), c.to(c.lamps)))
		c.refused("merged into what it handles", c.Merge(ctx, c.dispatcher, n, form(), string(other)), "deed.not-office")
		third := c.takenInBy(board.Call)
		c.refused("what others say, merged into it", c.Merge(ctx, c.dispatcher, third, form(), string(n)), "merge.lead")
		c.barred("a helper of that office", own, n, "assist.own-unit")
		c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.water)))
		for name, who := range map[string]office.Who{"a handler of that office": c.handler, "its clerk": clerk} {
			_, err := c.Case(ctx, who, n)
			c.refused(name+" opens it", err, "case.missing")
		}
		if v, err := c.Case(ctx, c.handler2, n); err != nil || v.Case.Name != "" || v.Phone != "" {
			c.t.Errorf("whoever handles it knows who complains: %+v, %v", v, err)
		}
	})
}

func TestAnOfficeThatTakesOverIsComplainedAboutToo(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		file := func() board.Number { return c.helpWith(aide, granny, complaint(c.lamps, false), witness) }
		given, held, gone, ended, fresh := file(), file(), file(), file(), file()
		for _, n := range []board.Number{given, held, gone, ended} {
			c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.water)))
		}
		c.must(c.SignFor(ctx, c.handler2, held, form()))
		c.must(c.HandBack(ctx, c.handler2, held, form(), "也不归我们"))
		c.must(c.Withdraw(ctx, c.holder(gone), gone, form()))
		c.must(c.SignFor(ctx, c.handler2, ended, form()))
		c.must(c.Answer(ctx, c.handler2, ended, form(), reply))
		c.must(c.Approve(ctx, c.reviewer, ended, form()))
		c.must(c.Rate(ctx, c.holder(ended), ended, form(), board.Rating{Outcome: board.Solved}))
		due := c.kept(held).Due
		c.must(c.Dissolve(ctx, c.admin.Actor, c.lamps, c.water.String())) // the water office is the lamps office now
		for _, n := range []board.Number{given, held, gone, ended, fresh} {
			k := c.kept(n)
			if k.About != c.water || k.Lead == c.water || !k.Ended && !k.Move().By.Set() {
				c.t.Errorf("%s is about %v and with %v: %+v", k.Stage, k.About, k.Lead, k.Move())
			}
			_, err := c.Case(ctx, c.enter("lamps"), n)
			c.refused("a handler opens it", err, "case.missing")
			c.refused("another handler signs for it", c.SignFor(ctx, c.handler2, n, form()), "case.missing")
		}
		if k := c.kept(held); k.Stage != board.Received || k.Ask != nil || !k.Due.Same(due) || k.Move().Role != board.Dispatcher {
			c.t.Errorf("what it had in hand: %+v", k)
		}
		c.must(c.Restore(ctx, c.holder(gone), gone, form()))
		c.must(c.Rate(ctx, c.holder(ended), ended, form(), board.Rating{Outcome: board.NotSolved}))
		for _, n := range []board.Number{gone, ended, fresh} {
			if k := c.kept(n); k.Stage != board.Received || k.Move().Role != board.Dispatcher {
				c.t.Errorf("come to life again: %+v", k.Move())
			}
			c.refused("assigned to the heir", c.Assign(ctx, c.dispatcher, n, form(), c.to(c.water)), "assign.about")
		}
		late := file() // on a form that still names the old office
		if k := c.kept(late); k.About != c.water {
			c.t.Errorf("a complaint about an office that is no more is about %v", k.About)
		}
	})
}

func TestAnOfficeComplainedAboutTakesNothingOver(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		n := c.helpWith(aide, granny, complaint(c.lamps, false), witness)
		c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.water)))
		c.must(c.Dissolve(ctx, c.admin.Actor, c.water, c.lamps.String()))
		if k := c.kept(n); k.Stage != board.Received || !k.Lead.IsZero() || !k.Move().By.Set() {
			c.t.Errorf("its handler became the office complained about: %+v", k.Move())
		}
		parks, err := c.Found(ctx, office.Box, board.Founded{Name: board.Texts{"zh-Hans": "园林局"}})
		c.must(err)
		roads, err := c.Found(ctx, office.Box, board.Founded{Name: board.Texts{"zh-Hans": "公路局"}})
		c.must(err)
		c.must(c.Assign(ctx, c.dispatcher, n, form(), office.Assignment{Lead: parks.String(), Co: []string{roads.String()}}))
		c.must(c.Dissolve(ctx, c.admin.Actor, roads, c.lamps.String()))
		if k := c.kept(n); k.Lead != parks || len(k.Co) != 0 {
			c.t.Errorf("and helps with it: %v %v", k.Lead, k.Co)
		}
	})
}

func TestAComplaintAboutTheDeskIsTheInspectors(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		plain := c.help(aide, granny, witness)
		n := c.helpWith(aide, granny, complaint(board.ID{}, true), office.Consent{Means: board.ByCode})
		unseen := func(when string) {
			c.t.Helper()
			clerk := c.operator
			clerk.Roles = board.Roles{board.Operator, board.Dispatcher, board.Reviewer}
			for _, who := range []office.Who{c.dispatcher, c.reviewer, clerk} {
				_, err := c.Case(ctx, who, n)
				c.refused(when+": it is opened", err, "case.missing")
				_, err = c.Beside(ctx, who, n)
				c.refused(when+": what is beside it", err, "case.missing")
				for _, d := range board.Deeds {
					if _, err := c.kept(n).May(who.Actor, d.Deed, c.clock.now()); err == nil && !who.Roles.Has(board.Operator) && d.Deed != board.Reslip {
						c.t.Errorf("%s: %v may %s", when, who.Roles, d.Deed)
					}
				}
				desks, err := c.Desks(ctx, who)
				c.must(err)
				for _, desk := range desks {
					page, err := c.Desk(ctx, who, desk.Shelf, "", 10)
					c.must(err)
					if counted := desk.Shelf != office.Newest; counted && (page.Waiting != len(page.Cases) || desk.Waiting != len(page.Cases)) ||
						slices.ContainsFunc(page.Cases, func(k *board.Case) bool { return k.Number == n }) {
						c.t.Errorf("%s: on the shelf %s lie %d, counted %d and %d", when, desk.Shelf, len(page.Cases), page.Waiting, desk.Waiting)
					}
				}
			}
			if got := c.calls(clerk); got[n] != "" {
				c.t.Errorf("%s: they are to call about it", when)
			}
		}
		unseen("filed")
		on := func(s office.Shelf) bool {
			page, err := c.Desk(ctx, c.inspector, s, "", 10)
			c.must(err)
			return (s == office.Newest || page.Waiting == len(page.Cases)) && slices.ContainsFunc(page.Cases, func(k *board.Case) bool { return k.Number == n })
		}
		if !on("inspector") || !on(office.Newest) {
			c.t.Error("it is not on the inspector's desk")
		}
		c.refused("into a case of the desk's", c.Merge(ctx, c.inspector, n, form(), string(plain)), "deed.not-office")
		c.refused("the desk merges into it", c.Merge(ctx, c.dispatcher, plain, form(), string(n)), "merge.lead")
		c.clock.add(48 * time.Hour)
		unseen("overdue")
		if !on(office.Red) {
			c.t.Error("overdue, and not red for the inspector")
		}
		c.must(c.Disown(ctx, c.holder(n), n, form(), ""))
		unseen("frozen")
		if !on(office.Frozen) {
			c.t.Error("frozen, and not on the inspector's shelf")
		}
		c.must(c.Confirm(ctx, c.inspector, n, form(), "我去村里问的"))
		c.must(c.Assign(ctx, c.inspector, n, form(), c.to(c.lamps)))
		c.must(c.SignFor(ctx, c.handler, n, form()))
		c.must(c.HandBack(ctx, c.handler, n, form(), "不归我们"))
		unseen("handed back")
		c.must(c.Rule(ctx, c.inspector, n, form(), board.KeepWith, "归"))
		c.must(c.Answer(ctx, c.handler, n, form(), reply))
		unseen("answered")
		c.refused("the reviewer", c.Approve(ctx, c.reviewer, n, form()), "case.missing")
		c.must(c.Return(ctx, c.inspector, n, form(), "没写哪天"))
		c.must(c.Answer(ctx, c.handler, n, form(), reply))
		c.must(c.Approve(ctx, c.inspector, n, form()))
		unseen("approved")
		c.must(c.Rate(ctx, c.holder(n), n, form(), board.Rating{Outcome: board.Solved}))
		unseen("rated")
		if k := c.kept(n); k.Stage != board.Closed || !k.Counts() {
			c.t.Errorf("at the end: %+v", k)
		}
		declined := c.helpWith(aide, granny, complaint(board.ID{}, true), witness)
		c.must(c.Decline(ctx, c.inspector, declined, form(), board.DeclineReasons[0], "不受理"))
		c.must(c.Object(ctx, c.holder(declined), declined, form(), "不同意"))
		if next := c.kept(declined).Move(); next.Role != board.Leader { // the one inspector cannot rule on their own word
			c.t.Errorf("an objection waits for %+v", next)
		}
		c.refused("one's own refusal", c.Rule(ctx, c.inspector, declined, form(), board.Uphold, "维持"), "deed.not-own-refuse")
		c.must(c.Rule(ctx, c.leader, declined, form(), board.Overturn, "受理"))
		c.must(c.Decline(ctx, c.inspector, declined, form(), board.DeclineReasons[0], "不受理"))
		two := c.helpWith(aide, granny, complaint(board.ID{}, true), witness)
		second := c.hire("look2", board.ID{}, board.Inspector)
		c.must(c.Decline(ctx, c.inspector, two, form(), board.DeclineReasons[0], "不受理"))
		c.must(c.Object(ctx, c.holder(two), two, form(), "不同意"))
		if next := c.kept(two).Move(); next.Role != board.Inspector {
			c.t.Errorf("with a second inspector an objection waits for %+v", next)
		}
		c.must(c.Rule(ctx, second, two, form(), board.Overturn, "受理"))
	})
}

func TestAnOfficeIsDissolvedThoughWhoComplainedOfItIsErased(t *testing.T) {
	each(t, func(c *county) {
		n, err := c.File(ctx, c.logIn("13800138000", home), form(), complaint(c.lamps, false))
		c.must(err)
		c.must(second(c.ErasePerson(ctx, office.Box, c.kept(n).Person, false)))
		c.must(c.Dissolve(ctx, c.admin.Actor, c.lamps, c.water.String()))
		if last := c.history(c.kept(n).Stream()); last[len(last)-1].Kind != "erased" {
			c.t.Errorf("something happened to it afterwards: %s", last[len(last)-1].Kind)
		}
	})
}
