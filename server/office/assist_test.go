package office_test

import (
	"slices"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

var (
	dongguan = board.Area{Township: "东关镇"}
	granny   = office.Helped{Name: "赵奶奶", Phone: "13700137000", Township: "东关镇", Village: "东关村", Lang: "zh-Hans", Tell: board.ByVoice}
	witness  = office.Consent{Means: board.ByWitness, Witness: "王五", Public: "no"}
	pending  = office.Consent{Means: board.Unshown, Public: "no"}
)

const grannys = board.Phone("13700137000")

// begun has a helper begin a session and read the words back.
func (c *county) begun(who office.Who, p office.Helped, d board.Draft) {
	c.t.Helper()
	c.must(c.Help(ctx, who, p))
	c.must(c.SaveHelpDraft(ctx, who, d))
	_, err := c.ReadBack(ctx, who)
	c.must(err)
}

// help files for somebody; consent by code brings the code that came.
func (c *county) help(who office.Who, p office.Helped, in office.Consent) board.Number {
	c.t.Helper()
	return c.helpWith(who, p, lamp, in)
}

func (c *county) helpWith(who office.Who, p office.Helped, d board.Draft, in office.Consent) board.Number {
	c.t.Helper()
	c.begun(who, p, d)
	if in.Means == board.ByCode && in.Code == "" {
		c.must(c.AskConsent(ctx, who))
		in.Code = c.helperCode(board.Phone(p.Phone))
	}
	n, err := c.FileHelped(ctx, who, form(), in)
	c.must(err)
	return n
}

// kept is a case with everything that is kept of it.
func (c *county) kept(n board.Number) (k *board.Case) {
	c.t.Helper()
	c.must(c.store.View(ctx, func(tx *store.Tx) (err error) {
		k, err = tx.CaseByNumber(n)
		return err
	}))
	return k
}

func (c *county) history(s board.Stream) (events []board.Event) {
	c.t.Helper()
	c.must(c.store.View(ctx, func(tx *store.Tx) (err error) {
		events, err = tx.Events(s)
		return err
	}))
	return events
}

func (c *county) personOf(n board.Number) (p *board.Person) {
	c.t.Helper()
	c.must(c.store.View(ctx, func(tx *store.Tx) (err error) {
		p, err = tx.Person(c.kept(n).Person)
		return err
	}))
	return p
}

// tries lists why somebody was refused, as it is remembered at a case or a
// person.
func (c *county) tries(at board.ID) (why []string) {
	for _, e := range c.history(board.Stream{Sort: board.Looks, ID: at}) {
		if f, is := e.Fact.(board.Tried); is {
			why = append(why, f.Why)
		}
	}
	return why
}

// signed gives a helper a numbered consent paper.
func (c *county) signed(who office.Who) string {
	c.t.Helper()
	s, papers := c.printed(board.ConsentPaper, 1)
	c.must(c.HandOut(ctx, c.dispatcher.Actor, s.ID, 1, 1, who.Staff.String()))
	return string(papers[0].Serial)
}

func TestEachFilingForSomebodySaysWhoForWhomAndByWhichConsent(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		for name, w := range map[string]struct {
			file    func() board.Number
			who     office.Who
			role    board.Role
			channel board.Channel
			means   board.Means
			scope   board.Scope
		}{
			"code": {func() board.Number { return c.help(aide, granny, office.Consent{Means: board.ByCode}) }, aide, board.Helper, board.Assisted, board.ByCode, board.ToBoth},
			"paper": {func() board.Number {
				return c.help(aide, granny, office.Consent{Means: board.ByPaper, Serial: c.signed(aide)})
			}, aide, board.Helper, board.Assisted, board.ByPaper, board.ToBoth},
			"witness": {func() board.Number { return c.help(aide, granny, witness) }, aide, board.Helper, board.Assisted, board.ByWitness, board.ToBoth},
			"pending": {func() board.Number { return c.help(aide, granny, pending) }, aide, board.Helper, board.Assisted, board.Unshown, board.ToFile},
			"phone":   {func() board.Number { return c.takenInBy(board.Call) }, c.operator, board.Operator, board.Call, board.ByEar, board.ToFile},
			"window":  {func() board.Number { return c.takenInBy(board.Counter) }, c.operator, board.Operator, board.Counter, board.InPerson, board.ToFile},
		} {
			n := w.file()
			k := c.kept(n)
			events := c.history(k.Stream())
			filed, is := events[0].Fact.(board.Filed)
			if !is || filed.Grant == nil {
				c.t.Fatalf("%s: %+v", name, events[0])
			}
			e, g := events[0], *filed.Grant
			if e.Actor != w.who.Staff || e.Subject != k.Person || e.Subject.IsZero() || e.Role != w.role || e.Channel != w.channel || e.Grant != g.ID || g.ID.IsZero() {
				c.t.Errorf("%s: the event says %+v", name, e.Header)
			}
			if g.To != w.who.Staff || g.Means != w.means || g.Scope != w.scope || g.Given.IsZero() || (w.role == board.Helper) == (g.Text == board.Hash{}) {
				c.t.Errorf("%s: the grant is %+v", name, g)
			}
			if joined := c.history(c.personOf(n).Stream())[0]; joined.Role != w.role && name == "phone" {
				c.t.Errorf("%s: the person joins through %+v", name, joined.Header)
			}
			if p := c.personOf(n); len(p.Phones) > 0 && !p.Phones[0].Proved.IsZero() {
				c.t.Errorf("%s: a phone is proved, and no login code came back", name)
			}
			c.clock.add(time.Hour)
		}
	})
}

// takenInBy has the operator take in a case.
func (c *county) takenInBy(channel board.Channel) board.Number {
	c.t.Helper()
	in := intake
	in.Channel = channel
	n, err := c.TakeIn(ctx, c.operator, form(), in)
	c.must(err)
	return n
}

func TestAHelpersDeedsNameTheGrant(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		n := c.help(aide, granny, witness)
		c.handled(n)
		c.must(c.PassBack(ctx, aide, n, form(), "下周不在"))
		m := c.help(aide, granny, witness)
		c.handled(m)
		c.must(c.ReadOut(ctx, aide, m, form(), board.ReadOut{At: c.clock.now(), How: board.FaceToFace}))
		for n, kind := range map[board.Number]board.EventKind{n: "passed-back", m: "read-out"} {
			k := c.kept(n)
			events := c.history(k.Stream())
			i := slices.IndexFunc(events, func(e board.Event) bool { return e.Kind == kind })
			if e := events[i]; e.Actor != aide.Staff || e.Subject != k.Person || e.Grant != k.Grants[0].ID || e.Channel != board.Assisted || e.Role != board.Helper {
				c.t.Errorf("%s says %+v", kind, e.Header)
			}
		}
	})
}

func (c *county) listOf(l store.List) (cases []*board.Case) {
	c.t.Helper()
	c.must(c.store.View(ctx, func(tx *store.Tx) (err error) {
		cases, _, err = tx.List(l, nil, 1000)
		return err
	}))
	return cases
}

func TestASessionEndsAndTheWordsStay(t *testing.T) {
	each(t, func(c *county) {
		aide, other := c.aide("aide", board.ID{}, dongguan), c.aide("other", board.ID{}, dongguan)
		none := func(when string, who office.Who) {
			c.t.Helper()
			if h, err := c.Helping(ctx, who); err != nil || h != nil {
				c.t.Errorf("%s: %+v, %v", when, h, err)
			}
			_, err := c.HelpDraft(ctx, who)
			c.refused(when, err, "assist.none")
			_, err = c.FileHelped(ctx, who, form(), witness)
			c.refused(when, err, "assist.none")
			c.refused(when, c.AskConsent(ctx, who), "assist.none")
			c.refused(when, c.SaveHelpDraft(ctx, who, lamp), "assist.none")
		}
		none("before it began", aide)
		c.begun(aide, granny, lamp)
		none("in another browser", other)
		c.clock.add(30*time.Minute - time.Second)
		if h, err := c.Helping(ctx, aide); err != nil || h == nil || h.Name != granny.Name {
			c.t.Errorf("within half an hour: %+v, %v", h, err)
		}
		c.clock.add(time.Second)
		none("after half an hour", aide)
		c.must(c.Help(ctx, aide, granny))
		if d := mustDraft(c, aide); d.Body != lamp.Body {
			c.t.Errorf("the words did not stay: %+v", d)
		}
		c.must(c.EndHelp(ctx, aide))
		c.must(c.EndHelp(ctx, aide))
		none("when it was ended", aide)
		c.must(c.Help(ctx, other, granny))
		if d := mustDraft(c, other); d.Body != "" {
			c.t.Error("one helper reads what another typed")
		}
		somebody := granny
		somebody.Name = "钱爷爷"
		c.must(c.Help(ctx, aide, somebody))
		if d := mustDraft(c, aide); d.Body != "" {
			c.t.Error("what one person said is there for another")
		}
		c.clock.add(7*24*time.Hour - 31*time.Minute)
		c.must(c.Help(ctx, aide, granny))
		if d := mustDraft(c, aide); d.Body != lamp.Body {
			c.t.Error("before a week is over, the words are gone")
		}
		c.clock.add(2 * time.Hour)
		c.must(c.Help(ctx, aide, granny))
		if d := mustDraft(c, aide); d.Body != "" {
			c.t.Error("after a week they are still there")
		}
	})
}

func TestSomebodyOnAPhoneOfSeveralIsHelped(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		grandpa := granny
		grandpa.Name = "钱爷爷"
		one, two, again := c.help(aide, granny, witness), c.help(aide, grandpa, witness), c.help(aide, granny, pending)
		if c.kept(one).Person == c.kept(two).Person || c.kept(one).Person != c.kept(again).Person {
			c.t.Error("a name on a phone is not who it was")
		}
		people, err := c.People(ctx, aide, "")
		if err != nil || len(people) != 2 {
			c.t.Errorf("%d people, %v", len(people), err)
		}
		for q, want := range map[string]int{"钱": 1, "东关村": 2, "0137": 2, "没有": 0} {
			if found, err := c.People(ctx, aide, q); err != nil || len(found) != want {
				c.t.Errorf("%q finds %d, %v", q, len(found), err)
			}
		}
		who := c.logIn("13800138000", home)
		c.file(who) // 李桂芳
		known := granny
		known.Name, known.Phone = lamp.Name, "13800138000"
		n := c.help(aide, known, pending)
		if c.kept(n).Person != who.Person {
			c.t.Error("who is known by name on a phone does not find there what was filed for them")
		}
		if mine, err := c.Cases(ctx, who); err != nil || len(mine) != 2 {
			c.t.Errorf("they see %d cases, %v", len(mine), err)
		}
	})
}

func TestAHelperFilesSoMuchADay(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		r := board.DefaultRules()
		r.HelperDay = 2
		c.must(c.SetRules(ctx, c.admin.Actor, r))
		c.help(aide, granny, witness)
		c.help(aide, granny, pending)
		c.begun(aide, granny, lamp)
		_, err := c.FileHelped(ctx, aide, form(), witness)
		c.refused("a third", err, "assist.day")
		c.clock.add(24 * time.Hour)
		c.help(aide, granny, witness)
	})
}
