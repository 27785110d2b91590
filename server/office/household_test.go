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
