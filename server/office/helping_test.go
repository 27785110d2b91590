package office_test

import (
	"slices"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

// helperOf is a helper of an area, at a browser of their own.
func (c *county) helperOf(login string, unit board.ID, areas ...board.Area) office.Who {
	c.t.Helper()
	id, err := board.NewID(c.clock.now(), staffIDs)
	c.must(err)
	roles := board.Roles{board.Helper}
	e, err := board.Hire(id, office.Box, board.Hired{Login: login, Name: login, Unit: unit, Roles: roles, Areas: areas}, noon)
	c.must(err)
	c.must(c.store.Update(ctx, func(tx *store.Tx) error { return tx.Append(e) }))
	return office.Who{
		Actor: board.Actor{Staff: id, Unit: unit, Roles: roles, Areas: areas, Channel: board.Web}, Name: login, Session: [32]byte(append(id[:], id[:]...)),
	}
}

var east = board.Area{Township: "东关镇", Village: "东关村"}

// neighbour is somebody of the helper's own village.
var neighbour = office.Helped{Name: "冯奶奶", Phone: "13700137000", Township: "东关镇", Village: "东关村", Lang: "zh-Hans", Tell: board.ByVoice}

// says is what somebody says to a helper.
func says(body string) board.Draft {
	return board.Draft{Kind: board.Help, Body: body, Township: "东关镇", Village: "东关村"}
}

// readBack begins a session and reads the words out.
func (c *county) readBack(who office.Who, p office.Helped, d board.Draft) {
	c.t.Helper()
	c.must(c.Help(ctx, who, p))
	c.must(c.SaveHelpDraft(ctx, who, d))
	_, err := c.ReadBack(ctx, who)
	c.must(err)
}

// helpedCode is the code in the newest text to a phone.
func (c *county) helpedCode(to board.Phone) string {
	c.t.Helper()
	texts := c.texts(to)
	if len(texts) == 0 || texts[len(texts)-1].Key != "sms.consent" {
		c.t.Fatalf("nobody asked %s for consent: %v", to, texts)
	}
	return texts[len(texts)-1].Args["Code"]
}

// helped files with the code that the person read out.
func (c *county) helped(who office.Who, p office.Helped, body string) board.Number {
	c.t.Helper()
	c.readBack(who, p, says(body))
	c.must(c.AskConsent(ctx, who))
	n, err := c.FileHelped(ctx, who, form(), office.Consent{Means: board.ByCode, Code: c.helpedCode(board.Phone(p.Phone)), Public: "no"})
	c.must(err)
	return n
}

// witnessed files what somebody else heard.
func (c *county) witnessed(who office.Who, p office.Helped, d board.Draft) (board.Number, error) {
	c.t.Helper()
	c.readBack(who, p, d)
	return c.FileHelped(ctx, who, form(), office.Consent{Means: board.ByWitness, Witness: "孙大姐", Public: "no"})
}

// tried lists why helpers were refused, as the person can see it.
func (c *county) tried(n board.Number) (why []string) {
	c.t.Helper()
	for _, e := range c.streamOf(board.Looks, c.at(n).Case.ID) {
		if f, ok := e.Hollow().Fact.(board.Tried); ok {
			why = append(why, f.Why)
		}
	}
	return why
}

func (c *county) streamOf(sort board.Sort, id board.ID) (events []board.Event) {
	c.t.Helper()
	c.must(c.store.View(ctx, func(tx *store.Tx) (err error) {
		events, err = tx.Events(board.Stream{Sort: sort, ID: id})
		return err
	}))
	return events
}

// Actor, subject and grant stand on what a helper did; the person hears of it at
// once, and no phone is proved by a code that was read out.
func TestWhatAHelperFilesSaysWhoForWhomAndByWhichConsent(t *testing.T) {
	each(t, func(c *county) {
		li := c.helperOf("li", board.ID{}, east)
		n := c.helped(li, neighbour, "村口的路灯坏了。")
		v := c.at(n)
		first, g := v.Events[0], v.Case.Filing()
		if first.Actor != li.Staff || first.Subject != v.Case.Person || g == nil || first.Grant != g.ID || first.Role != board.Helper || first.Channel != board.Assisted {
			c.t.Errorf("filed is %+v", first)
		}
		if g.Means != board.ByCode || g.Text == (board.Hash{}) || g.To != li.Staff || g.Scope != board.ToBoth {
			c.t.Errorf("the grant is %+v", g)
		}
		told := c.texts("13700137000")
		if last := told[len(told)-1]; last.Key != "sms.helped" || !last.Time.Equal(c.clock.now()) || last.Args["Helper"] != "li" {
			c.t.Errorf("the person is told %+v", last)
		}
		var p *board.Person
		c.must(c.store.View(ctx, func(tx *store.Tx) (err error) { p, err = tx.Person(v.Case.Person); return err }))
		if p.ProvedBy("13700137000", c.clock.now()) || !p.Reached("13700137000", c.clock.now()) {
			c.t.Error("a code that was read out to a helper proves whose phone it is")
		}
	})
}

// A consent code logs nobody in, and a login code is no consent.
func TestConsentCodesAndLoginCodesAreTwoThings(t *testing.T) {
	each(t, func(c *county) {
		li := c.helperOf("li", board.ID{}, east)
		attempt, err := c.SendCode(ctx, "13700137000", "zh-Hans", home)
		c.must(err)
		login := c.lastCode("13700137000")
		c.readBack(li, neighbour, says("村口的路灯坏了。"))
		c.must(c.AskConsent(ctx, li))
		consent := c.helpedCode("13700137000")
		for _, code := range []string{consent, consent + consent[:2], "00" + consent} {
			if code == login {
				continue
			}
			if token, err := c.LogIn(ctx, attempt, code, home); err == nil || token != "" {
				c.t.Errorf("%s logs in", code)
			}
		}
		for _, code := range []string{login, login[:4], login[2:]} {
			if code == consent {
				continue
			}
			_, err := c.FileHelped(ctx, li, form(), office.Consent{Means: board.ByCode, Code: code, Public: "no"})
			c.refused("a login code as consent", err, "assist.wrong")
		}
	})
}

// The same words cannot be filed twice, nor words that were not read out, nor
// long after they were.
func TestConsentIsToWhatWasReadOut(t *testing.T) {
	each(t, func(c *county) {
		li := c.helperOf("li", board.ID{}, east)
		pending := office.Consent{Means: board.Unshown, Public: "yes"}
		c.readBack(li, neighbour, says("村口的路灯坏了。"))
		once := form()
		n, err := c.FileHelped(ctx, li, once, pending)
		c.must(err)
		if again, err := c.FileHelped(ctx, li, once, pending); err != nil || again != n {
			c.t.Errorf("the same form again: %s, %v", again, err)
		}
		_, err = c.FileHelped(ctx, li, form(), pending)
		c.refused("a pending consent is used twice", err, "assist.read")
		if at := c.at(n); at.Case.Standing != board.Pending || at.Case.MayShow || at.Case.Counts() {
			c.t.Errorf("pending is %+v", at.Case)
		}
		c.readBack(li, neighbour, says("井盖没了。"))
		c.must(c.SaveHelpDraft(ctx, li, says("井盖没了，还有路灯。")))
		_, err = c.FileHelped(ctx, li, form(), pending)
		c.refused("other words", err, "assist.read")
		_, err = c.ReadBack(ctx, li)
		c.must(err)
		c.clock.add(board.ConsentLasts - time.Minute)
		_, err = c.Helping(ctx, li)
		c.must(err)
		c.must(c.SaveHelpDraft(ctx, li, says("井盖没了，还有路灯。"))) // keeps the session, not the reading
		c.clock.add(time.Minute)
		_, err = c.FileHelped(ctx, li, form(), pending)
		c.refused("half an hour later", err, "assist.old")
	})
}

// Each refusal is remembered where the person can see it.
func TestRefusalsOfAHelperAreRemembered(t *testing.T) {
	each(t, func(c *county) {
		li, other := c.helperOf("li", board.ID{}, east), c.helperOf("other", board.ID{}, east)
		lamps := c.helperOf("own", c.lamps, east)
		n := c.helped(li, neighbour, "村口的路灯坏了。")
		c.clock.add(11 * time.Minute)
		looks := func(what string, who office.Who, n board.Number, fault string) {
			c.t.Helper()
			_, err := c.HelpedCase(ctx, who, n)
			c.refused(what, err, fault)
			if why := c.tried(n); !slices.Contains(why, fault) {
				c.t.Errorf("%s is not remembered: %q", what, why)
			}
		}
		_, err := c.HelpedCase(ctx, li, n)
		c.must(err)
		looks("no grant", other, n, "assist.no-grant")

		c.readBack(li, neighbour, says("想问一件事。"))
		pending, err := c.FileHelped(ctx, li, form(), office.Consent{Means: board.Unshown, Public: "no"})
		c.must(err)
		looks("a grant for the filing only", li, pending, "assist.scope")

		c.clock.add(11 * time.Minute)
		own := c.helped(lamps, neighbour, "水管漏了。")
		c.must(c.Assign(ctx, c.dispatcher, own, form(), c.to(c.lamps)))
		looks("the own unit's case", lamps, own, "assist.own-unit")

		c.must(c.Disown(ctx, c.dispatcher, own, form(), "本人打电话来说不是他。"))
		v := c.at(n)
		owner := office.Who{Actor: board.Actor{Person: v.Case.Person, Roles: board.Roles{board.Resident}, Channel: board.Web}}
		c.must(c.EndGrant(ctx, owner, n, form(), li.Staff))
		looks("the person ended it", li, n, "assist.over")
	})
}

func TestAFrozenCaseAndAnOldOneAreNotRead(t *testing.T) {
	each(t, func(c *county) {
		li := c.helperOf("li", board.ID{}, east)
		n := c.helped(li, neighbour, "村口的路灯坏了。")
		if got := c.hear("x1", "13700137000", "不是我 "+string(n)); len(got) == 0 {
			c.t.Error("whoever says 不是我 is told nothing")
		}
		_, err := c.HelpedCase(ctx, li, n)
		c.refused("a frozen case", err, "assist.frozen")
		if people, err := c.People(ctx, li, ""); err != nil || len(people) != 0 {
			c.t.Errorf("the helper still lists %+v, %v", people, err)
		}
		c.clock.add(11 * time.Minute)
		old := c.helped(li, office.Helped{Name: "钱爷爷", Phone: "13600136000", Township: "东关镇", Village: "东关村", Tell: board.ByText}, "井盖没了。")
		c.handled(old)
		owner := office.Who{Actor: board.Actor{Person: c.at(old).Case.Person, Roles: board.Roles{board.Resident}, Channel: board.Web}}
		c.must(c.Rate(ctx, owner, old, form(), board.Rating{Outcome: board.Solved}))
		c.clock.add(29 * 24 * time.Hour)
		if _, err := c.HelpedCase(ctx, li, old); err != nil {
			c.t.Errorf("29 days after its end: %v", err)
		}
		c.clock.add(2 * 24 * time.Hour)
		_, err = c.HelpedCase(ctx, li, old)
		c.refused("31 days after its end", err, "assist.ended")
	})
}

// Who lives elsewhere may choose a helper, and shows it; a complaint about the
// helper's own office is somebody else's to write.
func TestAHelperKeepsToTheirArea(t *testing.T) {
	each(t, func(c *county) {
		li, lamps := c.helperOf("li", board.ID{}, east), c.helperOf("own", c.lamps, east)
		far := neighbour
		far.Village = "西关村"
		c.refused("another village", c.Help(ctx, li, far), "assist.area")
		far.Chosen = true
		_, err := c.witnessed(li, far, says("路太黑。"))
		c.refused("chosen, and only a witness", err, "assist.elsewhere")
		c.must(c.AskConsent(ctx, li))
		n, err := c.FileHelped(ctx, li, form(), office.Consent{Means: board.ByCode, Code: c.helpedCode("13700137000"), Public: "no"})
		c.must(err)
		if g := c.at(n).Case.Filing(); !g.Elsewhere {
			c.t.Errorf("the grant is %+v", g)
		}
		about := says("城管局的人骂人。")
		about.About = c.lamps
		c.readBack(lamps, neighbour, about)
		c.refused("a text about the own office", c.AskConsent(ctx, lamps), "assist.own-unit")
		_, err = c.FileHelped(ctx, lamps, form(), office.Consent{Means: board.ByWitness, Witness: "孙大姐", Public: "no"})
		c.refused("the own office", err, "assist.own-unit")
		if n := len(c.texts("13700137000")); n != 2 { // consent and receipt of the first
			c.t.Errorf("%d texts went out", n)
		}
	})
}

func TestAHelperFilesThirtyADay(t *testing.T) {
	each(t, func(c *county) {
		li := c.helperOf("li", board.ID{}, east)
		one := neighbour
		one.Phone = ""
		for i := range 30 {
			_, err := c.witnessed(li, one, says("第"+string(rune('一'+i))+"件。"))
			c.must(err)
		}
		_, err := c.witnessed(li, one, says("还有一件。"))
		c.refused("the thirty-first of a day", err, "assist.day")
		c.clock.add(25 * time.Hour)
		_, err = c.witnessed(li, one, says("还有一件。"))
		c.must(err)
	})
}
