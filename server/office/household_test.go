package office_test

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

// browserOf is a browser and an address of its own for each name.
func browserOf(name string) office.Origin {
	return office.Origin{Browser: name, Address: netip.MustParseAddr("10.2.0." + string('1'+name[0]%9))}
}

// in logs a phone in, and tells who is at the page whenever it is asked.
func (c *county) in(phone board.Phone, from office.Origin) func() office.Who {
	c.t.Helper()
	c.clock.add(2 * time.Minute)
	a, err := c.SendCode(ctx, string(phone), "zh-Hans", from)
	c.must(err)
	token, err := c.LogIn(ctx, a, c.lastCode(phone), from)
	c.must(err)
	c.token = token
	return func() office.Who {
		c.t.Helper()
		who, err := c.Who(ctx, token)
		c.must(err)
		return who
	}
}

func (c *county) person(id board.ID) *board.Person {
	c.t.Helper()
	p, err := c.Me(ctx, office.Who{Actor: board.Actor{Person: id}})
	c.must(err)
	return p
}

// taken is a case that an operator typed for somebody.
func (c *county) taken(name string, phone board.Phone) board.Number {
	c.t.Helper()
	in := intake
	in.Draft.Name, in.Phone, in.Tell = name, string(phone), board.ByText
	n, err := c.TakeIn(ctx, c.operator, form(), in)
	c.must(err)
	return n
}

func TestWhatWasFiledForSomebodyIsClaimedByName(t *testing.T) {
	each(t, func(c *county) {
		n := c.taken("王 秀兰", phone)
		now := c.in(phone, home)
		if who := now(); who.IsResident() {
			c.t.Fatalf("in at once as %+v", who)
		}
		h, err := c.Household(ctx, now())
		if err != nil || !h.Claim || len(h.People) != 0 {
			c.t.Errorf("%+v, %v", h, err)
		}
		c.refused("no name", c.Claim(ctx, now(), " ", home), "who.claim.name")
		c.refused("a wrong name", c.Claim(ctx, now(), "王秀", home), "who.claim.wrong")
		if cases, _ := c.Cases(ctx, now()); len(cases) != 0 {
			c.t.Error("seen before it was claimed")
		}
		c.must(c.Claim(ctx, now(), " 王秀兰", home))
		if _, err := c.Case(ctx, now(), n); err != nil {
			c.t.Error(err)
		}
		p := c.person(now().Person)
		if !p.Proved(phone) {
			c.t.Error("not proved")
		}
		if same := c.in(phone, away)(); same.Person != p.ID {
			c.t.Error("the next login asks again")
		}
	})
}

func TestWrongNamesAreCounted(t *testing.T) {
	each(t, func(c *county) {
		c.taken("王秀兰", phone)
		now := c.in(phone, home)
		for range 5 {
			c.refused("wrong", c.Claim(ctx, now(), "李", browserOf("x")), "who.claim.wrong")
		}
		c.refused("the right one, too late", c.Claim(ctx, now(), "王秀兰", browserOf("y")), "who.claim.wait")
		c.must(c.Arrive(ctx, now(), "新来的", "zh-Hans")) // whoever it is can go on
		other := c.in("13900139000", browserOf("x"))
		c.taken("李大山", "13900139000")
		c.must(c.Claim(ctx, other(), "李大山", browserOf("z"))) // another phone is not locked
		c.clock.add(time.Hour)
		c.must(c.Claim(ctx, now(), "王秀兰", home))
	})
}

func TestANumberThatChangedHandsHasNothingToClaim(t *testing.T) {
	each(t, func(c *county) {
		n := c.taken("王秀兰", phone)
		c.clock.add(board.ProofLasts)
		who := c.in(phone, home)
		if !who().IsResident() {
			c.t.Fatal("somebody new is asked for a name")
		}
		c.refused("the name", c.Claim(ctx, who(), "王秀兰", home), "who.claim.wrong")
		_, err := c.Case(ctx, who(), n)
		c.refused("the case", err, "case.missing")
	})
}

func TestNoPathProvesAPhoneButItsLoginCode(t *testing.T) {
	each(t, func(c *county) {
		n := c.taken("王秀兰", "13700137000")
		entered := c.at(n).Case.Person
		c.hear("m1", "13700137000", "查 "+string(n))
		she := neighbour
		she.Name, she.Tell = "王秀兰", board.ByText
		c.clock.add(time.Second) // after the texts before
		c.helped(c.helperOf("aide", board.ID{}, east), she, "水管漏了")
		c.hear("m2", "13700137000", "是我 "+string(n))
		if c.at(n).Case.Person != entered || len(c.ofPerson(entered)) != 2 {
			c.t.Fatal("the helper filed for somebody else")
		}
		child := c.in(phone, home)
		proof, err := c.AskParent(ctx, child(), office.Parent{Name: "王秀兰", Phone: "13700137000", Self: "小明"}, "zh-Hans", home)
		c.must(err)
		c.must(c.ConsentParent(ctx, child(), proof, c.consentCode("13700137000"), home))
		if child().Person != entered {
			c.t.Error("the parent is not found")
		}
		_, _, faults, err := c.Import(ctx, []office.Imported{{Line: 2, Source: "old:1", Kind: board.Ask, Body: "问社保", Filed: noon.Add(-time.Hour)}})
		if err != nil || len(faults) > 0 {
			c.t.Fatal(faults, err)
		}
		c.must(c.MovePhone(ctx, c.operator, form(), office.Move{Of: string(n), Name: "王秀兰", Phone: "13600136000", Checked: true}))
		p := c.person(entered)
		for _, b := range p.Phones {
			if !b.Proved.IsZero() || p.ProvedBy(b.Phone, c.clock.now()) || p.Served(b.Phone, c.clock.now()) {
				c.t.Errorf("%s counts as proved", b.Phone)
			}
		}
		if who := c.in("13600136000", away)(); who.Person != entered || !c.person(entered).Proved("13600136000") {
			c.t.Error("the login code on the new number does not prove it")
		}
	})
}

func (c *county) ofPerson(id board.ID) (cases []*board.Case) {
	c.t.Helper()
	c.must(c.store.View(ctx, func(tx *store.Tx) (err error) {
		cases, _, err = tx.List(store.OfPerson(id), nil, 10)
		return err
	}))
	return cases
}

// consentCode is the code that a parent reads out.
func (c *county) consentCode(to board.Phone) string {
	c.t.Helper()
	texts := c.texts(to)
	for i := len(texts) - 1; i >= 0; i-- {
		if texts[i].Key == "sms.parent.code" {
			return texts[i].Args["Code"]
		}
	}
	c.t.Fatalf("no consent code has come to %s", to)
	return ""
}

const mother, son = board.Phone("13800138000"), board.Phone("13700137000")

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

func TestFiveWrongConsentCodes(t *testing.T) {
	each(t, func(c *county) {
		child := c.in(son, away)
		proof, err := c.AskParent(ctx, child(), office.Parent{Name: "王秀兰", Phone: string(mother), Self: "小明"}, "zh-Hans", away)
		c.must(err)
		code := c.consentCode(mother)
		for range board.CodeTries - 1 {
			c.refused("wrong", c.ConsentParent(ctx, child(), proof, other4(code), away), "code.wrong")
		}
		c.refused("the fifth", c.ConsentParent(ctx, child(), proof, other4(code), away), "code.tries")
		c.refused("the right one", c.ConsentParent(ctx, child(), proof, code, away), "code.tries")
		c.clock.add(time.Hour)
		second, err := c.AskParent(ctx, child(), office.Parent{Name: "王秀兰", Phone: string(mother), Self: "小明"}, "zh-Hans", away)
		c.must(err)
		c.clock.add(board.CodeLasts)
		c.refused("ten minutes later", c.ConsentParent(ctx, child(), second, c.consentCode(mother), away), "code.old")
	})
}

func TestCodesWorkOnlyWhereTheyBelong(t *testing.T) {
	each(t, func(c *county) {
		child := c.in(son, away)
		attempt, err := c.SendCode(ctx, string(mother), "zh-Hans", home)
		c.must(err)
		login := board.Digits(c.lastCode(mother))
		c.clock.add(time.Minute)
		proof, err := c.AskParent(ctx, child(), office.Parent{Name: "王秀兰", Phone: string(mother), Self: "小明"}, "zh-Hans", away)
		c.must(err)
		consent := c.consentCode(mother)
		c.clock.add(2 * time.Minute)
		change, err := c.AskChange(ctx, child(), string(mother), "zh-Hans", away)
		c.must(err)
		texts := c.texts(mother)
		moved := board.Digits(texts[len(texts)-1].Args["Code"])

		for name, try := range map[string]func() error{
			"a login code as consent":    func() error { return c.ConsentParent(ctx, child(), proof, login, away) },
			"part of it":                 func() error { return c.ConsentParent(ctx, child(), proof, login[:4], away) },
			"a login code for a change":  func() error { return c.ChangePhone(ctx, child(), change, login, away) },
			"consent at login":           func() error { _, err := c.LogIn(ctx, attempt, consent, home); return err },
			"a change's code at login":   func() error { _, err := c.LogIn(ctx, attempt, moved, home); return err },
			"a change's code as consent": func() error { return c.ConsentParent(ctx, child(), proof, moved, away) },
			"consent as an attempt":      func() error { _, err := c.LogIn(ctx, proof, login, away); return err },
			"a change as an attempt":     func() error { _, err := c.LogIn(ctx, change, moved, away); return err },
			"an attempt as consent":      func() error { return c.ConsentParent(ctx, child(), attempt, consent, away) },
			"a change as consent":        func() error { return c.ConsentParent(ctx, child(), change, consent, away) },
			"consent as a change":        func() error { return c.ChangePhone(ctx, child(), proof, moved, away) },
		} {
			if err := try(); err == nil {
				c.t.Errorf("%s works", name)
			} else if _, refused := board.Faults(err); !refused {
				c.t.Errorf("%s: %v", name, err)
			}
		}
		if strings.Contains(login, consent) && login == moved {
			c.t.Error("the codes are the same")
		}
		c.must(c.ConsentParent(ctx, child(), proof, consent, away))
	})
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
