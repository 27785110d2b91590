package office_test

import (
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

func TestARelativeActs(t *testing.T) {
	each(t, func(c *county) {
		her := c.in(mother, home)
		c.must(c.ChangeMe(ctx, her(), "王秀兰", board.ByVoice))
		private := lamp
		private.Private, private.Name = true, "王秀兰"
		secret, err := c.File(ctx, her(), form(), private)
		c.must(err)
		open := lamp
		open.Name = "王秀兰"
		n, err := c.File(ctx, her(), form(), open)
		c.must(err)
		token := form()
		for range 2 {
			c.must(c.BindKin(ctx, her(), token, board.Kin{Phone: "137 0013 7000", Name: "儿子", Scope: board.KinActs}))
		}
		if got := c.keysOf(son, 0); got != "sms.kin.act" {
			c.t.Errorf("the son is told %s", got)
		}
		his := c.in(son, away)
		if his().IsResident() {
			c.t.Fatal("there was nothing to choose")
		}
		h, err := c.Household(ctx, his())
		if err != nil || len(h.Acts) != 1 || h.Acts[0].Name != "王秀兰" || len(h.People) != 1 {
			c.t.Fatalf("%+v %v", h, err)
		}
		c.must(c.Choose(ctx, his(), h.Acts[0].ID.String()))
		who := his()
		if who.Person != her().Person || who.Agent != h.People[0].ID || who.Grant.IsZero() || who.Name != "王秀兰" {
			c.t.Fatalf("acts as %+v", who)
		}
		cases, err := c.Cases(ctx, who)
		if err != nil || len(cases) != 1 || cases[0].Number != n {
			c.t.Errorf("sees %+v, %v", cases, err)
		}
		_, err = c.Case(ctx, who, secret)
		c.refused("a private case", err, "case.missing")
		open.Body = "水管也漏了"
		filed, err := c.File(ctx, who, form(), open)
		c.must(err)
		e := c.at(filed).Events[0]
		if e.Actor != who.Agent || e.Subject != her().Person || e.Grant != who.Grant {
			c.t.Errorf("the record says %+v", e.Header)
		}
		if r, err := c.Receipt(ctx, who, filed); err != nil || r.PIN != "" {
			c.t.Errorf("the relative's receipt has the PIN %q, %v", r.PIN, err)
		}
		c.must(c.SaveDraft(ctx, her(), board.Draft{Body: "还没想好"}))
		c.must(c.SaveDraft(ctx, who, board.Draft{Body: "替她写的"}))
		if d, err := c.Draft(ctx, her()); err != nil || d.Body != "还没想好" {
			c.t.Errorf("her draft is %+v, %v", d, err)
		}
		if d, err := c.Draft(ctx, who); err != nil || d.Body != "替她写的" {
			c.t.Errorf("his draft for her is %+v, %v", d, err)
		}
		private.Body = "别告诉别人"
		_, err = c.File(ctx, who, form(), private)
		c.refused("filing privately", err, "filing.private.agent")
		r, err := c.Receipt(ctx, her(), secret)
		c.must(err)
		_, _, err = c.LookUp(ctx, c.token, string(secret), r.PIN, away)
		c.refused("opening it with number and PIN", err, "lookup.agent")
		c.refused("binding", c.BindKin(ctx, who, form(), board.Kin{Phone: "13600136000", Name: "我朋友", Scope: board.KinActs}), "deed.own")
		c.refused("freeing", c.FreeKin(ctx, who, who.Grant.String()), "deed.own")
		_, err = c.AskChange(ctx, who, "13600136000", "zh-Hans", away)
		c.refused("the number", err, "deed.own")
		_, err = c.AskParent(ctx, who, office.Parent{Name: "王老", Phone: "13600136000"}, "zh-Hans", away)
		c.refused("for a third", err, "deed.own")

		before := len(c.texts(son))
		c.handled(n)
		if got := c.keysOf(son, before); got != "sms.kin.assigned sms.kin.answered" {
			c.t.Errorf("the son hears %s", got)
		}
		for _, text := range c.texts(mother) {
			if text.Key == "sms.answered" {
				c.t.Error("she wants it read to her, and gets a text")
			}
		}
		c.must(c.FreeKin(ctx, her(), who.Grant.String()))
		if his().IsResident() {
			c.t.Error("still acts")
		}
		_, err = c.File(ctx, his(), form(), open)
		c.refused("filing after that", err, "deed.role")
	})
}

func TestARelativeHearsNothingOfAPrivateCase(t *testing.T) {
	each(t, func(c *county) {
		her := c.in(mother, home)
		c.must(c.BindKin(ctx, her(), form(), board.Kin{Phone: son, Name: "儿子", Scope: board.KinNotified}))
		private := lamp
		private.Private = true
		n, err := c.File(ctx, her(), form(), private)
		c.must(err)
		c.handled(n)
		if got := c.keysOf(son, 0); got != "sms.kin.notify" {
			c.t.Errorf("hears %s", got)
		}
		his := c.in(son, away)
		if !his().IsResident() {
			c.t.Error("who is only told is asked for whom they act")
		}
		c.refused("acting", c.Choose(ctx, his(), her().Person.String()), "who.choose")
	})
}

func TestARelativesNumberThatChangedHands(t *testing.T) {
	each(t, func(c *county) {
		her := c.in(mother, home)
		c.must(c.BindKin(ctx, her(), form(), board.Kin{Phone: son, Name: "儿子", Scope: board.KinActs}))
		his := c.in(son, away)
		c.must(c.Choose(ctx, his(), her().Person.String()))
		c.clock.add(board.ProofLasts)
		stranger := c.in(son, browserOf("stranger"))
		if h, err := c.Household(ctx, stranger()); err != nil || !stranger().IsResident() || len(h.Acts) != 0 {
			c.t.Errorf("the number's new owner may act for her: %+v, %v", h, err)
		}
		n := c.file(c.in(mother, browserOf("b"))())
		before := len(c.texts(son))
		c.handled(n)
		for _, text := range c.texts(son)[before:] {
			if text.Key != "sms.kin.news" || text.Args["Name"] != "" || len(text.Dates) > 0 {
				c.t.Errorf("the new owner reads %+v", text)
			}
		}
	})
}

func TestAChildFilesForAParent(t *testing.T) {
	each(t, func(c *county) {
		child := c.in(son, away)
		ask := office.Parent{Name: "王秀兰", Phone: string(mother)}
		_, err := c.AskParent(ctx, child(), ask, "zh-Hans", away)
		c.refused("nobody knows who asks", err, "parent.self")
		ask.Self = "小明"
		_, err = c.AskParent(ctx, child(), office.Parent{Name: "王秀兰", Phone: string(son), Self: "小明"}, "zh-Hans", away)
		c.refused("on their own phone", err, "parent.same")
		proof, err := c.AskParent(ctx, child(), ask, "zh-Hans", away)
		c.must(err)
		code := c.consentCode(mother)
		if text := c.texts(mother)[0]; len(code) != 4 || text.Args["Name"] != "小明" || text.Key == "sms.code" {
			c.t.Errorf("the parent reads %+v", text)
		}
		c.refused("a wrong code", c.ConsentParent(ctx, child(), proof, other4(code), away), "code.wrong")
		c.refused("six digits", c.ConsentParent(ctx, child(), proof, "123456", away), "consent.shape")
		stranger := c.in("13600136000", browserOf("q"))
		c.refused("somebody else's browser", c.ConsentParent(ctx, stranger(), proof, code, browserOf("q")), "code.over")
		c.must(c.ConsentParent(ctx, child(), proof, code, away))
		who := child()
		p := c.person(who.Person)
		if who.Agent.IsZero() || who.Agent == who.Person || p.Name != "王秀兰" || p.Proved(mother) || !p.Reached(mother, c.clock.now()) {
			c.t.Fatalf("acts as %+v for %+v", who, p)
		}
		c.clock.add(time.Second)
		n := c.file(who)
		if got := c.keysOf(mother, 0); got != "sms.parent.code sms.parent.bound sms.filed" {
			c.t.Errorf("she is told %s", got)
		}
		her := c.in(mother, home)
		c.must(c.Claim(ctx, her(), "王秀兰", home)) // whatever name the child filed under
		if _, err := c.Case(ctx, her(), n); err != nil {
			c.t.Error(err)
		}
		if me := c.person(her().Person); me.ID != p.ID || len(me.Kin) != 1 || me.Kin[0].Name != "小明" || !me.Kin[0].Coded {
			c.t.Errorf("who acts for her: %+v", me.Kin)
		}
	})
}

func other4(code string) string {
	if code[0] == '0' {
		return "1" + code[1:]
	}
	return "0" + code[1:]
}

func TestARelativeWantsNoTexts(t *testing.T) {
	each(t, func(c *county) {
		her := c.in(mother, home)
		c.must(c.BindKin(ctx, her(), form(), board.Kin{Phone: son, Name: "儿子", Scope: board.KinActs}))
		if got := c.hear("q1", string(son), "不要通知。"); len(got) != 1 || got[0].Key != "sms.quiet" {
			c.t.Errorf("answered %+v", got)
		}
		before := len(c.texts(son))
		c.handled(c.file(her()))
		if got := c.keysOf(son, before); got != "" {
			c.t.Errorf("he hears %s", got)
		}
		if got := c.hear("q2", string(mother), "不要通知"); len(got) != 1 || got[0].Key != "sms.how" {
			c.t.Errorf("who is no relative is answered %+v", got)
		}
	})
}

func TestAParentEndsItByText(t *testing.T) {
	each(t, func(c *county) {
		child := c.in(son, away)
		proof, err := c.AskParent(ctx, child(), office.Parent{Name: "王秀兰", Phone: string(mother), Self: "小明"}, "zh-Hans", away)
		c.must(err)
		c.must(c.ConsentParent(ctx, child(), proof, c.consentCode(mother), away))
		if got := c.hear("a1", string(son), "不要代办"); len(got) != 1 || got[0].Key != "sms.how" || !child().IsResident() {
			c.t.Errorf("from the child's phone: %+v", got)
		}
		if got := c.hear("a2", string(mother), "不要代办"); len(got) != 1 || got[0].Key != "sms.alone" || child().IsResident() {
			c.t.Errorf("from the parent's: %+v", got)
		}
	})
}
