package office_test

import (
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

const fresh = board.Phone("13900139000")

// moved changes the number of whoever is at the page.
func (c *county) moved(now func() office.Who, to board.Phone) {
	c.t.Helper()
	proof, err := c.AskChange(ctx, now(), string(to), "zh-Hans", home)
	c.must(err)
	texts := c.texts(to)
	if len(texts) == 0 || texts[len(texts)-1].Key != "sms.change.code" {
		c.t.Fatalf("no code has come to %s: %+v", to, texts)
	}
	c.refused("a wrong code", c.ChangePhone(ctx, now(), proof, wrong6(texts[len(texts)-1].Args["Code"]), home), "code.wrong")
	c.must(c.ChangePhone(ctx, now(), proof, texts[len(texts)-1].Args["Code"], home))
}

func wrong6(code string) string { return other4(board.Digits(code)) }

func TestTheNumberIsChanged(t *testing.T) {
	each(t, func(c *county) {
		old := c.in(phone, home)
		c.must(c.ChangeMe(ctx, old(), "王秀兰", board.ByCall)) // and is told all the same
		n := c.file(old())
		c.moved(old, fresh)
		texts := c.texts(phone)
		if last := texts[len(texts)-1]; last.Key != "sms.change.notice" || last.Args["Phone"] != "139 **** 9000" || !last.Dates["Date"].Equal(c.clock.now().Add(board.UndoChange).Truncate(time.Millisecond)) {
			c.t.Errorf("the old number reads %+v", last)
		}
		now := c.in(fresh, away)
		if now().Person != old().Person {
			c.t.Fatal("the new number is somebody else")
		}
		if _, err := c.Case(ctx, now(), n); err != nil {
			c.t.Error(err)
		}
		c.refused("the new number cannot undo", c.KeepPhone(ctx, now(), form()), "change.none")
		_, err := c.AskChange(ctx, now(), "13600136000", "zh-Hans", away)
		c.refused("nor hurry on", err, "change.running")
		c.clock.add(board.UndoChange)
		if old().IsResident() {
			c.t.Error("after 72 hours the old number's session goes on")
		}
		if c.in(phone, browserOf("next"))().Person == now().Person {
			c.t.Error("after 72 hours the old number logs in")
		}
		if !now().IsResident() {
			c.t.Error("and the new one does not")
		}
	})
}

func TestAChangeIsUndone(t *testing.T) {
	each(t, func(c *county) {
		old := c.in(phone, home)
		c.moved(old, fresh)
		thief := c.in(fresh, away)
		c.clock.add(board.UndoChange - time.Hour)
		back := c.in(phone, browserOf("back"))
		c.must(c.KeepPhone(ctx, back(), form()))
		if thief().IsResident() {
			c.t.Error("the undone number's session goes on")
		}
		if c.in(fresh, browserOf("again"))().Person == back().Person {
			c.t.Error("the undone number logs in")
		}
		c.clock.add(board.UndoChange)
		if !back().IsResident() || c.person(back().Person).Phone() != phone {
			c.t.Error("the kept number is not kept")
		}
		c.refused("once more", c.KeepPhone(ctx, back(), form()), "change.none")
	})
}

func TestWhoMayChangeANumber(t *testing.T) {
	each(t, func(c *county) {
		n := c.file(c.in(phone, home)())
		r, err := c.Receipt(ctx, c.in(phone, home)(), n)
		c.must(err)
		token, _, err := c.LookUp(ctx, "", string(n), r.PIN, away)
		c.must(err)
		pin, err := c.Who(ctx, token)
		c.must(err)
		for name, who := range map[string]office.Who{"by PIN": pin, "nobody": {}, "staff": c.operator} {
			_, err := c.AskChange(ctx, who, string(fresh), "zh-Hans", away)
			c.refused(name, err, "deed.own")
			c.refused(name, c.BindKin(ctx, who, form(), board.Kin{Phone: fresh, Name: "x", Scope: board.KinActs}), "deed.own")
		}
		who := c.in(phone, home)
		_, err = c.AskChange(ctx, who(), string(phone), "zh-Hans", home)
		c.refused("the same", err, "change.same")
		for range 5 { // no session outlives the proof of its phone
			c.clock.add(6 * 24 * time.Hour)
			who()
		}
		_, err = c.AskChange(ctx, who(), string(fresh), "zh-Hans", home)
		c.refused("30 days after the code", err, "deed.own")
	})
}

func TestTheWindowMovesANumber(t *testing.T) {
	each(t, func(c *county) {
		who := c.in(phone, home)
		c.must(c.ChangeMe(ctx, who(), "李桂芳", board.ByText))
		n := c.file(who())
		m := office.Move{Of: n.Grouped(), Name: "李 桂芳", Phone: string(fresh), Checked: true}
		for fault, change := range map[string]func(*office.Move){
			"move.of":      func(m *office.Move) { m.Of = " " },
			"move.name":    func(m *office.Move) { m.Name = "" },
			"move.checked": func(m *office.Move) { m.Checked = false },
			"phone.short":  func(m *office.Move) { m.Phone = "139" },
			"move.nobody":  func(m *office.Move) { m.Name = "李桂" },
			"change.same":  func(m *office.Move) { m.Phone = string(phone) },
		} {
			wrong := m
			change(&wrong)
			c.refused(fault, c.MovePhone(ctx, c.operator, form(), wrong), fault)
		}
		c.refused("a dispatcher", c.MovePhone(ctx, c.dispatcher, form(), m), "deed.role")
		token := form()
		c.clock.add(time.Second)
		for range 2 {
			c.must(c.MovePhone(ctx, c.operator, token, m))
		}
		if got := c.texts(phone); got[len(got)-1].Key != "sms.change.notice" {
			c.t.Errorf("the old number reads %+v", got[len(got)-1])
		}
		c.handled(n)
		if got := c.keysOf(fresh, 0); got != "sms.news sms.news" {
			c.t.Errorf("the new number, not proved yet, reads %s", got)
		}
		if now := c.in(fresh, away); now().Person != who().Person {
			c.t.Error("the new number does not log in")
		}
		c.must(c.KeepPhone(ctx, who(), form()))
		again := office.Move{Of: string(phone), Name: "李桂芳", Phone: string(fresh), Checked: true}
		c.must(c.MovePhone(ctx, c.operator, form(), again))
	})
}

func TestATextTakesAChangeBack(t *testing.T) {
	each(t, func(c *county) {
		old := c.in(phone, home)
		c.moved(old, fresh)
		if got := c.hear("k0", string(fresh), "不换"); len(got) != 1 || got[0].Key != "sms.how" {
			c.t.Errorf("from the new number: %+v", got)
		}
		if got := c.hear("k1", string(phone), "不换"); len(got) != 1 || got[0].Key != "sms.phone-kept" {
			c.t.Errorf("from the old one: %+v", got)
		}
		if p := c.person(old().Person); p.Phone() != phone || len(p.Phones) != 1 {
			c.t.Errorf("%+v", p.Phones)
		}
	})
}
