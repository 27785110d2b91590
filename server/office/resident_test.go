package office_test

import (
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

func TestWhatAResidentMayTakeBack(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn(phone, home)
		n := c.file(who)
		c.refused("nothing in its place", c.Edit(ctx, who, n, form(), board.Draft{Kind: board.Help}), "filing.body.empty")
		c.must(c.Edit(ctx, who, n, form(), board.Draft{Kind: board.Help, Body: "两盏路灯坏了。", Remark: "住四楼"}))
		if k := c.at(n).Case; k.Body != "两盏路灯坏了。" || k.Title != "两盏路灯坏了" || k.Remark != "住四楼" || k.Township != "东关镇" {
			c.t.Errorf("%+v", k)
		}
		if v, err := c.Case(ctx, c.reviewer, n); err != nil || v.Events[1].Fact.(board.Edited).Remark != "" {
			c.t.Errorf("the reviewer reads the remark that was changed: %v", err)
		}
		c.clock.add(10 * time.Minute)
		c.refused("ten minutes later", c.Edit(ctx, who, n, form(), board.Draft{Kind: board.Help, Body: "x"}), "deed.undo-time")
		c.must(c.Add(ctx, who, n, form(), "又坏了一盏"))
		c.handledUntilSigned(n)
		stood := c.at(n).Case
		c.must(c.Withdraw(ctx, who, n, form()))
		c.refused("the unit answers", c.Answer(ctx, c.handler, n, form(), reply), "deed.moved-on")
		c.clock.add(7 * 24 * time.Hour)
		c.must(c.Restore(ctx, who, n, form()))
		if k := c.at(n).Case; k.Stage != stood.Stage || !k.Due.At.Equal(stood.Due.At) || k.Lead != stood.Lead {
			c.t.Errorf("restored to %s by %s, it stood at %s by %s", k.Stage, date(k.Due), stood.Stage, date(stood.Due))
		}
		c.must(c.Withdraw(ctx, who, n, form()))
		c.clock.add(7*24*time.Hour + time.Second)
		c.refused("too late", c.Restore(ctx, who, n, form()), "deed.restore-time")
		if moved, err := c.Strike(ctx); moved != 1 || err != nil || c.at(n).Case.Move() != (board.Next{}) {
			c.t.Errorf("%d ended, %v", moved, err)
		}
	})
}

// handledUntilSigned leads a case into the hands of the lamps' unit.
func (c *county) handledUntilSigned(n board.Number) {
	c.t.Helper()
	c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.lamps)))
	c.must(c.SignFor(ctx, c.handler, n, form()))
}

func TestAPrivateCaseIsNamedNowhere(t *testing.T) {
	each(t, func(c *county) {
		a, err := c.SendCode(ctx, string(phone), "zh-Hans", home)
		c.must(err)
		token, err := c.LogIn(ctx, a, c.lastCode(phone), home)
		c.must(err)
		who, err := c.Who(ctx, token)
		c.must(err)
		private := lamp
		private.Private = true
		n, err := c.File(ctx, who, form(), private)
		c.must(err)
		if who, err = c.Who(ctx, token); err != nil {
			c.t.Fatal(err)
		}
		r, err := c.Receipt(ctx, who, n) // the session that filed it gets its receipt
		c.must(err)
		list := func(w office.Who) int {
			cases, err := c.Cases(ctx, w)
			c.must(err)
			return len(cases)
		}
		c.clock.add(2 * time.Minute)
		again := c.logIn(phone, away)
		if list(who)+list(again) != 0 {
			c.t.Error("it is listed after login")
		}
		_, err = c.Case(ctx, again, n)
		c.refused("opened by login", err, "case.missing")
		_, err = c.Receipt(ctx, again, n)
		c.refused("the PIN by login", err, "case.missing")
		c.handled(n)
		for _, text := range c.texts(phone) {
			if text.Key != "sms.code" && (text.Key != "sms.news" || len(text.Dates) != 0) {
				c.t.Errorf("a text says %s", text.Key)
			}
		}
		if got := c.hear("q", string(phone), "查 "+string(n)); len(got) != 1 || got[0].Key != "sms.unknown" {
			c.t.Errorf("asked by text: %+v", got)
		}
		opened, _, err := c.LookUp(ctx, "", string(n), r.PIN, away)
		c.must(err)
		by, err := c.Who(ctx, opened)
		c.must(err)
		if v, err := c.Case(ctx, by, n); err != nil || v.Case.Name != "" || v.Private {
			c.t.Errorf("by number and PIN: %+v, %v", v.Case, err)
		}
		c.must(c.Rate(ctx, by, n, form(), board.Rating{Outcome: board.Solved}))
	})
}

func TestSeveralPeopleOnOnePhone(t *testing.T) {
	each(t, func(c *county) {
		a, err := c.SendCode(ctx, string(phone), "zh-Hans", home)
		c.must(err)
		token, err := c.LogIn(ctx, a, c.lastCode(phone), home)
		c.must(err)
		now := func(token string) office.Who {
			who, err := c.Who(ctx, token)
			c.must(err)
			return who
		}
		first := now(token)
		private := lamp
		private.Private = true
		p, err := c.File(ctx, first, form(), private)
		c.must(err)
		n := c.file(first)
		c.clock.add(time.Second)
		c.refused("somebody without a name", c.Arrive(ctx, first, " ", "zh-Hans"), "who.name")
		c.must(c.Arrive(ctx, first, "王大山", "zh-Hans"))
		second := now(token)
		if second.Person == first.Person || second.Name != "王大山" || !second.Several {
			c.t.Errorf("at the page is %+v", second)
		}
		for _, secret := range []board.Number{p, n} {
			_, err := c.Case(ctx, second, secret)
			c.refused("one opens what the other wrote", err, "case.missing")
		}
		his := lamp
		his.Name = "王大山"
		mine, err := c.File(ctx, second, form(), his)
		c.must(err)
		c.clock.add(2 * time.Minute)
		later, err := c.SendCode(ctx, string(phone), "zh-Hans", away)
		c.must(err)
		other, err := c.LogIn(ctx, later, c.lastCode(phone), away)
		c.must(err)
		undecided := now(other)
		if undecided.IsResident() || !undecided.Several || undecided.Phone != "138 **** 8000" {
			c.t.Errorf("before anybody was chosen it is %+v", undecided)
		}
		_, err = c.File(ctx, undecided, form(), lamp)
		c.refused("nobody files", err, "deed.role")
		house, err := c.Household(ctx, undecided)
		choices := house.People
		if err != nil || len(choices) != 2 || choices[0].Name != "李桂芳" || choices[1].Name != "王大山" {
			c.t.Errorf("choices %+v, %v", choices, err)
		}
		stranger := c.logIn("13900139000", away2)
		c.refused("somebody of another phone", c.Choose(ctx, undecided, stranger.Person.String()), "who.choose")
		c.refused("nobody", c.Choose(ctx, undecided, "x"), "who.choose")
		c.must(c.Choose(ctx, undecided, second.Person.String()))
		if cases, err := c.Cases(ctx, now(other)); err != nil || len(cases) != 1 || cases[0].Number != mine {
			c.t.Errorf("the chosen one has %+v, %v", cases, err)
		}
		c.refused("a stranger's session", c.Arrive(ctx, office.Who{}, "王小明", "zh-Hans"), "deed.role")
		for i := range board.MostPersons - 2 {
			c.must(c.Arrive(ctx, now(token), "孩子"+string(rune('0'+i)), "zh-Hans"))
		}
		c.refused("one too many", c.Arrive(ctx, now(token), "再来一个", "zh-Hans"), "who.many")
	})
}

func TestHowToBeCalledAndTold(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn(phone, home)
		me := func() *board.Person {
			p, err := c.Me(ctx, who)
			c.must(err)
			return p
		}
		if p := me(); p.Told() != board.ByText || p.Name != "" {
			c.t.Errorf("at first: %+v", p)
		}
		c.must(c.ChangeMe(ctx, who, " 李奶奶 ", board.ByVoice))
		if p := me(); p.Told() != board.ByVoice || p.Name != "李奶奶" {
			c.t.Errorf("changed: %+v", p)
		}
		count := me().Changed.Count
		c.must(c.ChangeMe(ctx, who, "李奶奶", board.ByVoice))
		if got := me().Changed.Count; got != count {
			c.t.Error("nothing changed, and something was kept")
		}
		c.refused("no such way", c.ChangeMe(ctx, who, "李奶奶", "smoke"), "person.tell")
		c.refused("nobody", c.ChangeMe(ctx, office.Who{}, "x", board.ByText), "deed.role")
	})
}

func TestWhoLookedAtACase(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn(phone, home)
		n := c.file(who)
		c.handledUntilSigned(n)
		look := func(w office.Who) { c.must(c.Look(ctx, w, n)) } // a look that sees nobody leaves no trace
		for _, w := range []office.Who{c.dispatcher, c.handler, c.handler, c.handler2, c.reviewer, c.leader, c.inspector, c.operator, c.admin, who} {
			look(w)
		}
		c.must(c.Note(ctx, c.leader, n, form(), board.Reveal, "上门看望"))
		look(c.leader)
		c.clock.add(13 * time.Hour)
		look(c.handler)
		looks, err := c.Looks(ctx, who, n)
		c.must(err)
		var got []board.ID
		for _, l := range looks {
			got = append(got, l.Actor)
		}
		want := []board.ID{c.dispatcher.Staff, c.handler.Staff, c.leader.Staff, c.handler.Staff}
		if len(got) != len(want) {
			c.t.Fatalf("%d looks: %v", len(got), looks)
		}
		for i := range want {
			if got[i] != want[i] {
				c.t.Errorf("look %d is of %v", i, looks[i].Header)
			}
		}
		_, err = c.Looks(ctx, c.dispatcher, n)
		c.refused("staff read who looked", err, "case.missing")
	})
}

func TestALeaderSeesWhoItIsOnlyForAReason(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn(phone, home)
		n := c.file(who)
		c.handledUntilSigned(n)
		c.must(c.Contact(ctx, c.handler, n, form(), true, "打 13800138000 通了"))
		sees := func(w office.Who) (name, phone, log string) {
			v, err := c.Case(ctx, w, n)
			c.must(err)
			for _, e := range v.Events {
				if f, is := e.Fact.(board.Contacted); is {
					log = f.Words
				}
			}
			return v.Case.Name, v.Phone, log
		}
		for _, w := range []office.Who{c.leader, c.reviewer, c.inspector} {
			if name, phone, log := sees(w); name+phone+log != "" {
				c.t.Errorf("%v sees %q %q %q", w.Roles, name, phone, log)
			}
		}
		c.refused("without a reason", c.Note(ctx, c.leader, n, form(), board.Reveal, ""), "reveal.words")
		c.refused("an inspector", c.Note(ctx, c.inspector, n, form(), board.Reveal, "想看"), "deed.role")
		c.must(c.Note(ctx, c.leader, n, form(), board.Reveal, "上门看望"))
		if name, phone, log := sees(c.leader); name != "李桂芳" || phone != "138 0013 8000" || log == "" {
			c.t.Errorf("the leader sees %q %q %q", name, phone, log)
		}
		other := c.hire("lead2", board.ID{}, board.Leader)
		if name, phone, _ := sees(other); name+phone != "" {
			c.t.Error("another leader sees it with the first one's reason")
		}
		v, err := c.Case(ctx, who, n)
		c.must(err)
		last := v.Events[len(v.Events)-1]
		if f, is := last.Fact.(board.Revealed); !is || f.Reason != "上门看望" || last.Actor != c.leader.Staff {
			c.t.Errorf("the resident does not read who looked, and why: %+v", last)
		}
	})
}

func TestANameKeptFromTheUnit(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn(phone, home)
		hidden := lamp
		hidden.Hide = true
		n, err := c.File(ctx, who, form(), hidden)
		c.must(err)
		c.handledUntilSigned(n)
		v, err := c.Case(ctx, c.handler, n)
		if err != nil || v.Case.Name != "" || v.Phone != "" || v.Case.Remark != "" || v.Case.Village != "东关村" || v.Private {
			c.t.Errorf("the unit sees %+v %q, %v", v.Case, v.Phone, err)
		}
		c.refused("the unit relays", c.Note(ctx, c.handler, n, form(), board.Relay, "请转告"), "deed.role")
		c.must(c.Note(ctx, c.dispatcher, n, form(), board.Relay, "本人说晚上在家"))
		if v, err = c.Case(ctx, c.handler, n); err != nil || v.Events[len(v.Events)-1].Fact.(board.Relayed).Words != "本人说晚上在家" {
			c.t.Errorf("what was passed on does not reach the unit: %v", err)
		}
		if d, err := c.Case(ctx, c.dispatcher, n); err != nil || d.Phone != "138 0013 8000" || d.Case.Name != "李桂芳" {
			c.t.Errorf("the desk cannot call: %q, %v", d.Phone, err)
		}
		open := c.file(c.logIn("13900139000", away))
		c.refused("a name that is not hidden", c.Note(ctx, c.dispatcher, open, form(), board.Relay, "x"), "deed.is-hidden")
	})
}

func TestAPhoneNotProvedGetsNeutralTexts(t *testing.T) {
	each(t, func(c *county) {
		n := c.file(c.logIn(phone, home))
		c.clock.add(board.ProofLasts)
		before := len(c.texts(phone))
		c.handled(n)
		for _, text := range c.texts(phone)[before:] {
			if text.Key != "sms.news" || len(text.Dates) != 0 {
				c.t.Errorf("90 days after the last code it gets %+v", text)
			}
		}
	})
}
