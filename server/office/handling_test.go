package office_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

// keysOf lists which texts a phone got after the first so many.
func (c *county) keysOf(to board.Phone, after int) string {
	c.t.Helper()
	var keys []string
	for _, text := range c.texts(to)[after:] {
		keys = append(keys, text.Key)
	}
	return strings.Join(keys, " ")
}

// at is a case as the county desk sees it.
func (c *county) at(n board.Number) office.View {
	c.t.Helper()
	v, err := c.Case(ctx, c.dispatcher, n)
	c.must(err)
	return v
}

func date(d board.Date) string { return d.At.In(board.Zone).Format("2006-01-02 15:04:05") }

const phone = board.Phone("13800138000")

func TestACaseHandedBackKeepsItsDate(t *testing.T) {
	each(t, func(c *county) {
		n := c.file(c.logIn(phone, home))
		c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.lamps)))
		first := c.at(n).Case
		// Sunday 2026-09-20 makes up for a holiday: people work on it.
		if date(first.BackBy) != "2026-09-20 23:59:59" || date(first.SignBy) != "2026-09-18 23:59:59" {
			c.t.Errorf("sign by %s, hand back by %s", date(first.SignBy), date(first.BackBy))
		}
		c.refused("another unit hands it back", c.HandBack(ctx, c.handler2, n, form(), "不归"), "case.missing")
		c.refused("without a reason", c.HandBack(ctx, c.handler, n, form(), " "), "handback.reason")
		c.must(c.HandBack(ctx, c.handler, n, form(), "归水务局"))
		if m := c.at(n).Case.Move(); m.Role != board.Dispatcher || date(m.By) != "2026-09-18 23:59:59" {
			c.t.Errorf("asked back: waits for %+v", m)
		}
		if v, err := c.Case(ctx, c.handler, n); err != nil || v.Case.Lead != c.lamps {
			c.t.Errorf("before the ruling it has left the unit: %v", err)
		}
		c.must(c.Rule(ctx, c.dispatcher, n, form(), board.GiveBack, ""))
		_, err := c.Case(ctx, c.handler, n)
		c.refused("the first unit looks again", err, "case.missing")
		c.clock.add(24 * time.Hour)
		c.must(c.Assign(ctx, c.dispatcher, n, form(), office.Assignment{Lead: c.water.String(), Topic: "building", Words: "请尽快"}))
		if second := c.at(n).Case; second.Due.At.Equal(first.Due.At) == false || second.Lead != c.water || second.Topic != "building" {
			c.t.Errorf("assigned anew: due %s, first %s", date(second.Due), date(first.Due))
		}
		c.refused("a topic that nobody has", c.Assign(ctx, c.dispatcher, c.file(c.logIn("13900139000", away)), form(),
			office.Assignment{Lead: c.water.String(), Topic: "moon"}), "assign.topic")
	})
}

var away = office.Origin{Browser: "b2", Address: home.Address.Next()}

func TestSilenceOfTheDeskIsANo(t *testing.T) {
	each(t, func(c *county) {
		n, m := c.file(c.logIn(phone, home)), c.file(c.logIn("13900139000", away))
		for _, number := range []board.Number{n, m} {
			c.must(c.Assign(ctx, c.dispatcher, number, form(), c.to(c.lamps)))
			c.must(c.SignFor(ctx, c.handler, number, form()))
		}
		c.must(c.HandBack(ctx, c.handler, n, form(), "归水务局"))
		c.must(c.AskTime(ctx, c.handler, m, form(), 5, "等灯杆"))
		c.clock.add(36*time.Hour - time.Second) // 23:59:59 of the next working day
		if moved, err := c.Strike(ctx); moved != 0 || err != nil {
			c.t.Errorf("before the date: %d, %v", moved, err)
		}
		c.clock.add(time.Second)
		if moved, err := c.Strike(ctx); moved != 2 || err != nil {
			c.t.Errorf("after it: %d, %v", moved, err)
		}
		if moved, err := c.Strike(ctx); moved != 0 || err != nil {
			c.t.Errorf("once more: %d, %v", moved, err)
		}
		for _, number := range []board.Number{n, m} {
			v := c.at(number)
			last := v.Events[len(v.Events)-1]
			if v.Case.Ask != nil || v.Case.Lead != c.lamps || v.Case.Extended || last.Role != board.System || last.Channel != board.Clock {
				c.t.Errorf("%s: %+v by %+v", number, v.Case, last.Header)
			}
		}
		c.refused("asked back again", c.HandBack(ctx, c.handler, n, form(), "真不归"), "deed.back-time")
	})
}

func TestAnExtensionIsToldWithItsReason(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn(phone, home)
		n := c.file(who)
		c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.lamps)))
		c.must(c.SignFor(ctx, c.handler, n, form()))
		before := len(c.texts(phone))
		c.refused("too many days", c.AskTime(ctx, c.handler, n, form(), 11, "等灯杆"), "asktime.days")
		c.must(c.AskTime(ctx, c.handler, n, form(), 5, "等灯杆"))
		if v, err := c.Case(ctx, who, n); err != nil || v.Case.Ask == nil || v.Case.Ask.Reason != "" {
			c.t.Errorf("the resident sees what was asked, and not why: %+v, %v", v.Case.Ask, err)
		}
		c.must(c.Rule(ctx, c.dispatcher, n, form(), board.Extend, ""))
		v, err := c.Case(ctx, who, n)
		c.must(err)
		if date(v.Case.Due) != "2026-10-21 23:59:59" { // 15 and 5 working days after 2026-09-17
			c.t.Errorf("extended to %s", date(v.Case.Due))
		}
		if f, is := v.Events[len(v.Events)-1].Fact.(board.Extended); !is || f.Reason != "等灯杆" {
			c.t.Errorf("the resident reads %+v", f)
		}
		texts := c.texts(phone)[before:]
		if len(texts) != 1 || texts[0].Key != "sms.extended" || !texts[0].Dates["Date"].Equal(v.Case.Due.At) {
			c.t.Errorf("texts %+v", texts)
		}
		c.refused("a second one", c.AskTime(ctx, c.handler, n, form(), 1, "再等"), "deed.extend-once")
		c.refused("a ruling on nothing", c.Rule(ctx, c.dispatcher, n, form(), board.Extend, ""), "deed.moved-on")
		c.refused("a ruling that is none", c.Rule(ctx, c.dispatcher, n, form(), board.Assign, ""), "deed.role")
	})
}

func TestUnitsThatHelp(t *testing.T) {
	each(t, func(c *county) {
		n := c.file(c.logIn(phone, home))
		both := office.Assignment{Lead: c.lamps.String(), Co: []string{c.water.String(), c.water.String()}}
		c.refused("a lead that helps itself", c.Assign(ctx, c.dispatcher, n, form(), office.Assignment{Lead: c.lamps.String(), Co: []string{c.lamps.String()}}), "assign.co")
		c.refused("a unit that is none", c.Assign(ctx, c.dispatcher, n, form(), office.Assignment{Lead: c.lamps.String(), Co: []string{"x"}}), "assign.unit")
		c.must(c.Assign(ctx, c.dispatcher, n, form(), both))
		c.must(c.SignFor(ctx, c.handler, n, form()))
		c.must(c.Progress(ctx, c.handler2, n, form(), "管子我们来换"))
		c.must(c.Note(ctx, c.handler2, n, form(), board.Visit, "到现场看了"))
		c.refused("who helps answers", c.Answer(ctx, c.handler2, n, form(), reply), "deed.own-unit")
		if got := c.at(n).Case.Co; !slices.Equal(got, []board.ID{c.water}) {
			c.t.Errorf("helped by %v", got)
		}
		page, err := c.Desk(ctx, c.handler2, office.Helping, "", 10)
		if err != nil || len(page.Cases) != 1 {
			c.t.Errorf("on the desk of who helps: %+v, %v", page, err)
		}
	})
}

func TestNobodyIsOnBothSides(t *testing.T) {
	each(t, func(c *county) {
		jack := c.hire("jack", c.lamps, board.Operator, board.Handler, board.Reviewer, board.Dispatcher)
		n, err := c.TakeIn(ctx, jack, form(), intake)
		c.must(err)
		c.must(c.Assign(ctx, jack, n, form(), c.to(c.lamps)))
		c.refused("who took it in signs for it", c.SignFor(ctx, jack, n, form()), "deed.not-taker")
		c.must(c.SignFor(ctx, c.handler, n, form()))
		c.must(c.Answer(ctx, c.handler, n, form(), reply))
		c.refused("who took it in reviews", c.Approve(ctx, jack, n, form()), "deed.not-taker")
		m := c.file(c.logIn(phone, home))
		c.must(c.Assign(ctx, c.dispatcher, m, form(), c.to(c.lamps)))
		c.must(c.SignFor(ctx, jack, m, form()))
		c.must(c.Answer(ctx, jack, m, form(), reply))
		c.refused("who wrote it reviews it", c.Approve(ctx, jack, m, form()), "deed.not-own-reply")
		c.must(c.Approve(ctx, c.reviewer, m, form()))
	})
}

// TestEveryDeedOfAFormHappensOnce sends each form twice.
func TestEveryDeedOfAFormHappensOnce(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn(phone, home)
		n := c.file(who)
		lead := c.file(c.logIn("13900139000", away))
		target := c.file(c.logIn("13700137000", away2))
		for _, d := range []struct {
			deed board.Deed
			do   func(store.Once) error
		}{
			{board.Edit, func(f store.Once) error {
				return c.Edit(ctx, who, n, f, board.Draft{Kind: board.Help, Body: "两盏路灯坏了"})
			}},
			{board.Add, func(f store.Once) error { return c.Add(ctx, who, n, f, "又坏了一盏") }},
			{board.Withdraw, func(f store.Once) error { return c.Withdraw(ctx, who, n, f) }},
			{board.Restore, func(f store.Once) error { return c.Restore(ctx, who, n, f) }},
			{board.Decline, func(f store.Once) error { return c.Decline(ctx, c.dispatcher, n, f, "in-court", "在审") }},
			{board.Object, func(f store.Once) error { return c.Object(ctx, who, n, f, "没有") }},
			{board.Overturn, func(f store.Once) error { return c.Rule(ctx, c.reviewer, n, f, board.Overturn, "受理") }},
			{board.Assign, func(f store.Once) error { return c.Assign(ctx, c.dispatcher, n, f, c.to(c.lamps)) }},
			{board.SignFor, func(f store.Once) error { return c.SignFor(ctx, c.handler, n, f) }},
			{board.Contact, func(f store.Once) error { return c.Contact(ctx, c.handler, n, f, true, "打了电话") }},
			{board.Visit, func(f store.Once) error { return c.Note(ctx, c.handler, n, f, board.Visit, "看了") }},
			{board.Progress, func(f store.Once) error { return c.Progress(ctx, c.handler, n, f, "明天换") }},
			{board.AskTime, func(f store.Once) error { return c.AskTime(ctx, c.handler, n, f, 2, "等货") }},
			{board.Extend, func(f store.Once) error { return c.Rule(ctx, c.dispatcher, n, f, board.Extend, "") }},
			{board.HandBack, func(f store.Once) error { return c.HandBack(ctx, c.handler, n, f, "不归") }},
			{board.KeepWith, func(f store.Once) error { return c.Rule(ctx, c.dispatcher, n, f, board.KeepWith, "") }},
			{board.Annotate, func(f store.Once) error { return c.Note(ctx, c.leader, n, f, board.Annotate, "抓紧") }},
			{board.Supervise, func(f store.Once) error { return c.Note(ctx, c.inspector, n, f, board.Supervise, "督办") }},
			{board.Reveal, func(f store.Once) error { return c.Note(ctx, c.leader, n, f, board.Reveal, "上门看望") }},
			{board.Answer, func(f store.Once) error { return c.Answer(ctx, c.handler, n, f, reply) }},
			{board.Return, func(f store.Once) error { return c.Return(ctx, c.reviewer, n, f, "没写日期") }},
			{board.Answer, func(f store.Once) error { return c.Answer(ctx, c.handler, n, f, reply) }},
			{board.Approve, func(f store.Once) error { return c.Approve(ctx, c.reviewer, n, f) }},
			{board.Rate, func(f store.Once) error { return c.Rate(ctx, who, n, f, board.Rating{Outcome: board.Solved}) }},
			{board.Merge, func(f store.Once) error { return c.Merge(ctx, c.dispatcher, lead, f, string(target)) }},
		} {
			before, token := len(c.at(n).Events)+len(c.at(lead).Events), form()
			for range 2 {
				if err := d.do(token); err != nil {
					c.t.Fatalf("%s: %v", d.deed, err)
				}
			}
			if got := len(c.at(n).Events) + len(c.at(lead).Events) - before; got != 1 {
				c.t.Errorf("%s sent twice is %d events", d.deed, got)
			}
			c.clock.add(time.Second)
		}
	})
}

func TestShelves(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn(phone, home)
		n := c.file(who)
		on := func(who office.Who, s office.Shelf) int {
			page, err := c.Desk(ctx, who, s, "", 10)
			c.must(err)
			if s != office.Newest && page.Waiting != len(page.Cases) || page.Shelf != s {
				c.t.Errorf("%s: %d wait, %d are shown", s, page.Waiting, len(page.Cases))
			}
			return len(page.Cases)
		}
		for name, w := range map[string]struct {
			office.Who
			shelves []office.Shelf
		}{
			"dispatcher": {c.dispatcher, []office.Shelf{"dispatcher", office.Frozen, office.Unsure, office.Red, office.Newest}},
			"handler":    {c.handler, []office.Shelf{"handler", office.Leading, office.Helping}},
			"head":       {c.hire("chief", c.lamps, board.Head), []office.Shelf{"head", office.Leading, office.Helping}},
			"reviewer":   {c.reviewer, []office.Shelf{"reviewer"}},
			"leader":     {c.leader, []office.Shelf{"leader", office.Red, office.Reopened, office.Supervised, office.Pressed, office.Newest}},
			"inspector":  {c.inspector, []office.Shelf{"inspector", office.Red, office.Reopened, office.Supervised, office.Unruled, office.Gone, office.Pressed, office.Frozen, office.Unsure, office.Newest}},
			"operator":   {c.operator, nil},
			"admin":      {c.admin, nil},
			"resident":   {who, nil},
		} {
			if got := w.Shelves(); !slices.Equal(got, w.shelves) {
				c.t.Errorf("%s has the shelves %v", name, got)
			}
			for _, s := range []office.Shelf{"dispatcher", "handler", "head", "reviewer", "leader", "inspector", office.Unruled, office.Leading, office.Helping, office.Red, office.Reopened,
				office.Supervised, office.Gone, office.Pressed, office.Frozen, office.Unsure, office.Newest, "none"} {
				if _, err := c.Desk(ctx, w.Who, s, "", 10); !slices.Contains(w.shelves, s) {
					c.refused(name+" reads "+string(s), err, "deed.role")
				}
			}
		}
		if on(c.leader, office.Newest) != 1 || on(c.leader, office.Red) != 0 {
			c.t.Error("a new case is not the newest, or it is red")
		}
		c.clock.add(24*time.Hour + time.Second)
		if on(c.leader, office.Red) != 1 || on(c.dispatcher, office.Red) != 1 {
			c.t.Error("a case that nobody assigned in a day is not red")
		}
		c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.lamps)))
		c.must(c.SignFor(ctx, c.handler, n, form()))
		c.must(c.Note(ctx, c.leader, n, form(), board.Supervise, "抓紧"))
		if on(c.leader, office.Red) != 0 || on(c.inspector, office.Supervised) != 1 || on(c.handler, office.Leading) != 1 || on(c.handler2, office.Leading) != 0 {
			c.t.Error("a supervised case in hand lies on other desks")
		}
		c.must(c.Contact(ctx, c.handler, n, form(), true, "打通了"))
		c.clock.add(40 * 24 * time.Hour)
		c.must(c.Answer(ctx, c.handler, n, form(), reply))
		if on(c.leader, office.Red) != 1 {
			c.t.Error("the day that was promised is over, and a reply in review is not red")
		}
		c.must(c.Withdraw(ctx, who, n, form()))
		c.clock.add(8 * 24 * time.Hour)
		if moved, err := c.Strike(ctx); moved != 2 || err != nil { // asked who pressed them, and ended
			c.t.Errorf("%d times the hour moved it, %v", moved, err)
		}
		if on(c.inspector, office.Gone) != 1 || on(c.leader, office.Red) != 0 || on(c.handler, office.Leading) != 0 {
			c.t.Error("withdrawn after contact, and it is out of sight; or it still waits")
		}
	})
}
