package office_test

import (
	"slices"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

// Whatever a helper is refused for want of a right stays as an event beside the
// case or the person, once in half a day, and the person reads it.

// barred says that this helper may neither read nor do anything, for this
// reason, and that the case remembers it.
func (c *county) barred(what string, who office.Who, n board.Number, why string) {
	c.t.Helper()
	c.clock.add(13 * time.Hour) // tries within half a day count as one
	k := c.kept(n)
	before := len(c.tries(k.ID))
	_, err := c.HelpedCase(ctx, who, n)
	c.refused(what+": reads it", err, why)
	_, err = c.HelpedCase(ctx, who, n)
	c.refused(what+": reads it again", err, why)
	if tries := c.tries(k.ID); len(tries) != before+1 || tries[before] != why {
		c.t.Errorf("%s: remembered are %v", what, tries)
	}
	_, err = c.Case(ctx, who, n)
	c.refused(what+": opens it", err, "case.missing")
	c.refused(what+": reads it out", c.ReadOut(ctx, who, n, form(), board.ReadOut{At: c.clock.now(), How: board.FaceToFace}), "case.missing")
	c.refused(what+": passes it back", c.PassBack(ctx, who, n, form(), "x"), "case.missing")
	c.refused(what+": rates", c.Rate(ctx, who, n, form(), board.Rating{Outcome: board.Solved}), "case.missing")
	people, err := c.People(ctx, who, "")
	c.must(err)
	for _, p := range people {
		if slices.ContainsFunc(p.Cases, func(k *board.Case) bool { return k.Number == n }) {
			c.t.Errorf("%s: it is listed", what)
		}
	}
}

func TestWithoutALivingGrantNothingIsRead(t *testing.T) {
	each(t, func(c *county) {
		aide, other := c.aide("aide", board.ID{}, dongguan), c.aide("other", board.ID{}, dongguan)
		n := c.help(aide, granny, office.Consent{Means: board.ByCode})
		if v, err := c.HelpedCase(ctx, aide, n); err != nil || v.Case.Name != granny.Name || !v.Private {
			c.t.Errorf("with a grant: %+v, %v", v, err)
		}
		if looks := c.history(board.Stream{Sort: board.Looks, ID: c.kept(n).ID}); len(looks) != 1 || looks[0].Actor != aide.Staff {
			c.t.Errorf("the look leaves %v", looks)
		}
		c.barred("no grant", other, n, "assist.no-grant")
		mine := c.holder(n)
		c.must(c.EndGrant(ctx, mine, n, form(), aide.Staff))
		c.barred("the person ended it", aide, n, "assist.over")
		c.refused("ended twice", c.EndGrant(ctx, mine, n, form(), aide.Staff), "deed.moved-on")
		looks, err := c.Looks(ctx, mine, n)
		c.must(err)
		if i := slices.IndexFunc(looks, func(e board.Event) bool { return e.Kind == "tried" && e.Actor == other.Staff }); i < 0 {
			c.t.Errorf("the person does not see who tried: %v", looks)
		}
		c.handled(n)
		if tasks, err := c.Tasks(ctx, aide); err != nil || len(tasks) != 0 {
			c.t.Errorf("and still has to read it out: %v, %v", tasks, err)
		}
	})
}

func TestAGrantEndsThirtyDaysAfterTheEnd(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		texted := granny
		texted.Tell = board.ByText
		n := c.help(aide, texted, witness)
		c.handled(n)
		c.must(c.Rate(ctx, c.holder(n), n, form(), board.Rating{Outcome: board.Solved}))
		person := c.kept(n).Person
		c.clock.add(30*24*time.Hour - time.Second)
		if _, err := c.HelpedCase(ctx, aide, n); err != nil {
			c.t.Errorf("on the thirtieth day: %v", err)
		}
		c.must(c.HelpAgain(ctx, aide, person))
		c.clock.add(time.Second)
		c.barred("after thirty days", aide, n, "assist.ended")
		c.refused("helping again", c.HelpAgain(ctx, aide, person), "assist.no-grant")
		if tries := c.tries(person); len(tries) != 1 || tries[0] != "assist.no-grant" {
			c.t.Errorf("remembered at the person: %v", tries)
		}
	})
}

func TestAPendingGrantFilesOnceAndReadsNothing(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		open := pending
		open.Public = "yes"
		n := c.help(aide, granny, open)
		k := c.kept(n)
		if k.Standing != board.Pending || !k.ConfirmBy.Set() || !k.DecideBy.Set() || k.MayShow || k.Counts() {
			c.t.Errorf("%+v", k)
		}
		c.barred("pending", aide, n, "assist.scope")
		c.must(c.EndHelp(ctx, aide))
		c.refused("used once more", c.HelpAgain(ctx, aide, k.Person), "assist.no-grant")
		if tries := c.tries(k.Person); len(tries) != 1 || tries[0] != "assist.no-grant" {
			c.t.Errorf("remembered at the person: %v", tries)
		}
		c.refused("publish", c.Publish(ctx, c.dispatcher, n, form(), board.Notice{Title: "灯", Body: "灯坏了"}), "deed.may-be-shown")
		r, err := c.HelpedReceipt(ctx, aide, n)
		if err != nil || r.PIN != "" || r.Standing != board.Pending || r.By != aide.Name || !r.ConfirmBy.Set() {
			c.t.Errorf("the receipt of what was just filed: %+v, %v", r, err)
		}
		c.must(c.Confirm(ctx, c.holder(n), n, form(), ""))
		if _, err := c.HelpedCase(ctx, aide, n); err != nil {
			c.t.Errorf("the person confirmed, and who helped them may not follow it: %v", err)
		}
		m, k := c.takenInBy(board.Call), c.kept(n)
		if _, err := c.HelpedCase(ctx, aide, m); err == nil || k.Person == c.kept(m).Person {
			c.t.Errorf("another scope is read: %v", err)
		}
	})
}

func TestWhatWasTakenInByPhoneIsNotReadAsAHelper(t *testing.T) {
	each(t, func(c *county) {
		both := c.aide("both", board.ID{}, dongguan)
		both.Roles = board.Roles{board.Helper, board.Operator}
		n, err := c.TakeIn(ctx, both, form(), intake)
		c.must(err)
		_, err = c.HelpedCase(ctx, both, n)
		c.refused("a grant to file is none to read", err, "assist.scope")
		if tries := c.tries(c.kept(n).ID); !slices.Equal(tries, []string{"assist.scope"}) {
			c.t.Errorf("remembered: %v", tries)
		}
		if people, err := c.People(ctx, both, ""); err != nil || len(people) != 0 {
			c.t.Errorf("and they are listed: %v, %v", people, err)
		}
	})
}

func TestSomebodyOfAnotherArea(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, board.Area{Township: "东关镇", Village: "西关村"})
		c.refused("from elsewhere", c.Help(ctx, aide, granny), "assist.area")
		if h, err := c.Helping(ctx, aide); err != nil || h != nil {
			c.t.Errorf("and a session runs: %v, %v", h, err)
		}
		chosen := granny
		chosen.Chosen = true
		c.begun(aide, chosen, lamp)
		h, err := c.Helping(ctx, aide)
		c.must(err)
		for _, in := range []office.Consent{witness, pending} {
			_, err := c.FileHelped(ctx, aide, form(), in)
			c.refused("they chose this helper, by "+string(in.Means), err, "assist.elsewhere")
		}
		if tries := c.tries(h.ID); !slices.Equal(tries, []string{"assist.elsewhere", "assist.elsewhere"}) {
			c.t.Errorf("remembered: %v", tries)
		}
		n := c.help(aide, chosen, office.Consent{Means: board.ByCode})
		if g := c.kept(n).Grants[0]; !g.Elsewhere {
			c.t.Errorf("the grant does not say so: %+v", g)
		}
		c.must(c.HelpAgain(ctx, aide, c.kept(n).Person))
		c.must(c.SaveHelpDraft(ctx, aide, lamp))
		_, err = c.ReadBack(ctx, aide)
		c.must(err)
		_, err = c.FileHelped(ctx, aide, form(), witness)
		c.refused("the next time without an own proof", err, "assist.elsewhere")
		if tries := c.tries(c.kept(n).Person); !slices.Equal(tries, []string{"assist.elsewhere"}) {
			c.t.Errorf("remembered at the person: %v", tries)
		}
		whole := c.aide("whole", board.ID{}, dongguan)
		c.help(whole, granny, witness) // the whole township is theirs
	})
}

func TestTheOwnOfficesCaseIsNotAHelpersToSee(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", c.lamps, dongguan)
		n := c.help(aide, granny, witness)
		if _, err := c.HelpedCase(ctx, aide, n); err != nil {
			c.t.Errorf("before it has to do with the own office: %v", err)
		}
		c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.lamps)))
		c.barred("the own office handles it", aide, n, "assist.own-unit")
		c.must(c.SignFor(ctx, c.handler, n, form()))
		c.must(c.Answer(ctx, c.handler, n, form(), reply))
		c.must(c.Approve(ctx, c.reviewer, n, form()))
		if f := c.kept(n).FollowUps; len(f) == 0 || !f[0].To.IsZero() {
			c.t.Errorf("the answer is to be read by somebody who may not open it: %+v", f)
		}
		m := c.help(aide, granny, witness)
		c.must(c.Assign(ctx, c.dispatcher, m, form(), office.Assignment{Lead: c.water.String(), Co: []string{c.lamps.String()}}))
		c.barred("the own office helps with it", aide, m, "assist.own-unit")
	})
}

func TestAFrozenCaseIsShut(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		n := c.help(aide, granny, witness)
		c.must(c.Disown(ctx, c.operator, n, form(), "老人说没让人写"))
		c.barred("frozen", aide, n, "assist.frozen")
		c.must(c.Confirm(ctx, c.dispatcher, n, form(), "电话里又说是"))
		c.barred("confirmed, after the person had said no", aide, n, "assist.over")
	})
}
