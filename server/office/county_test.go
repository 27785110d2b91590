package office_test

import (
	"io"
	"log/slog"
	"math/rand/v2"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/server/workday"
)

func TestADissolvedUnitLeavesNothingBehind(t *testing.T) {
	each(t, func(c *county) {
		who, other := c.logIn(phone, home), c.logIn("13900139000", away)
		open, closed := c.file(who), c.file(other)
		helped := c.file(c.logIn("13700137000", away2))
		c.must(c.Assign(ctx, c.dispatcher, open, form(), c.to(c.lamps)))
		c.must(c.Assign(ctx, c.dispatcher, helped, form(), office.Assignment{Lead: c.water.String(), Co: []string{c.lamps.String()}}))
		c.handled(closed)
		c.must(c.Rate(ctx, other, closed, form(), board.Rating{Outcome: board.Solved}))
		stood := c.at(open).Case
		heir, err := c.Found(ctx, office.Box, board.Founded{Name: board.Texts{"zh-Hans": "综合执法局"}})
		c.must(err)
		c.refused("a dispatcher dissolves", c.Dissolve(ctx, c.dispatcher.Actor, c.lamps, heir.String()), "deed.role")
		c.refused("without an heir", c.Dissolve(ctx, c.admin.Actor, c.lamps, ""), "unit.heir")
		c.refused("its own heir", c.Dissolve(ctx, c.admin.Actor, c.lamps, c.lamps.String()), "unit.heir")
		c.must(c.Dissolve(ctx, c.admin.Actor, c.lamps, heir.String()))
		c.refused("twice", c.Dissolve(ctx, c.admin.Actor, c.lamps, c.water.String()), "unit.closed")
		c.refused("a case for it", c.Assign(ctx, c.dispatcher, c.another(who, "另一件事"), form(), c.to(c.lamps)), "assign.unit")
		if k := c.at(open).Case; k.Lead != heir || !k.Due.At.Equal(stood.Due.At) || k.Move().Unit != heir {
			c.t.Errorf("its open case is with %v by %s", k.Lead, date(k.Due))
		}
		if k := c.at(helped).Case; k.Lead != c.water || len(k.Co) != 1 || k.Co[0] != heir {
			c.t.Errorf("what it helped with is helped by %v", k.Co)
		}
		c.handler = c.enter("lamps")
		if c.handler.Unit != heir {
			c.t.Error("its people are left behind")
		}
		c.must(c.SignFor(ctx, c.handler, open, form()))
		c.must(c.Rate(ctx, other, closed, form(), board.Rating{Outcome: board.NotSolved}))
		if m := c.at(closed).Case.Move(); m.Role != board.Handler || m.Unit != heir {
			c.t.Errorf("a case that comes to life again waits for %+v", m)
		}
		last, err := c.Found(ctx, office.Box, board.Founded{Name: board.Texts{"zh-Hans": "大队"}})
		c.must(err)
		c.must(c.Dissolve(ctx, c.admin.Actor, heir, last.String()))
		if c.at(open).Case.Lead != last || c.at(closed).Case.Lead != last {
			c.t.Error("the heir's heir does not get its cases")
		}
	})
}

// another files other words than lamp's.
func (c *county) another(who office.Who, body string) board.Number {
	c.t.Helper()
	d := lamp
	d.Body, d.Township = body, ""
	n, err := c.File(ctx, who, form(), d)
	c.must(err)
	return n
}

// newYear is a made-up calendar of 2027: only the first Monday is off, so that
// dates behind it move by a day.
const newYear = `{"year":2027,"papers":["国办发明电〔2026〕1号"],"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true},{"name":"元旦","date":"2027-01-04","isOffDay":true}]}`

func TestACalendarConfirmsAndCorrectsWhatWasPromised(t *testing.T) {
	each(t, func(c *county) {
		c.clock.at = time.Date(2026, 12, 21, 10, 0, 0, 0, board.Zone)
		who := c.logIn(phone, home)
		long := c.file(who)
		ask := lamp
		ask.Kind, ask.Body = board.Ask, "问一下"
		short, err := c.File(ctx, who, form(), ask)
		c.must(err)
		for _, n := range []board.Number{long, short} {
			c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.lamps)))
		}
		twin := c.file(c.logIn("13900139000", away))
		c.must(c.Merge(ctx, c.dispatcher, twin, form(), string(long)))
		if d := c.at(long).Case.Due; !d.Provisional || date(d) != "2027-01-11 23:59:59" {
			c.t.Fatalf("promised %s, provisional %v", date(d), d.Provisional)
		}
		if d := c.at(short).Case.Due; d.Provisional {
			c.t.Fatalf("promised %s, provisional", date(d))
		}
		before, events := len(c.texts(phone)), len(c.at(short).Events)
		_, _, err = c.AnnounceYear(ctx, c.admin.Actor, []byte("holidays"))
		c.refused("no calendar", err, "calendar.file")
		_, _, err = c.AnnounceYear(ctx, c.dispatcher.Actor, []byte(newYear))
		c.refused("a dispatcher announces it", err, "deed.role")
		year, corrected, err := c.AnnounceYear(ctx, c.admin.Actor, []byte(newYear))
		if year != 2027 || corrected != 1 || err != nil {
			c.t.Errorf("%d: %d corrected, %v", year, corrected, err)
		}
		v, err := c.Case(ctx, who, long)
		c.must(err)
		if date(v.Case.Due) != "2027-01-13 23:59:59" || v.Case.Due.Provisional || v.Events[len(v.Events)-1].Kind != "redated" {
			c.t.Errorf("corrected to %s by %s", date(v.Case.Due), v.Events[len(v.Events)-1].Kind)
		}
		if d := c.at(twin).Case.Due; !d.At.Equal(v.Case.Due.At) || d.Provisional {
			c.t.Errorf("what follows it is due %s", date(d))
		}
		if len(c.at(short).Events) != events {
			c.t.Error("a date that was certain is confirmed")
		}
		if got := c.keysOf(phone, before); got != "sms.extended" {
			c.t.Errorf("texts %s", got)
		}
		if year, corrected, err = c.AnnounceYear(ctx, c.admin.Actor, []byte(newYear)); corrected != 0 || err != nil {
			c.t.Errorf("announced again: %d, %d corrected, %v", year, corrected, err)
		}
	})
}

// A calendar may come with a newer program instead: whoever starts it then gets
// the same.
func TestANewProgramBringsItsCalendar(t *testing.T) {
	each(t, func(c *county) {
		c.clock.at = time.Date(2026, 12, 21, 10, 0, 0, 0, board.Zone)
		n := c.file(c.logIn(phone, home))
		c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.lamps)))
		statutory, err := workday.Statutory()
		c.must(err)
		newer, _, err := statutory.With([]byte(newYear))
		c.must(err)
		upgraded, err := office.New(office.Parts{Store: c.store, Calendar: newer, Now: c.clock.now,
			Random: &lockedReader{r: rand.NewChaCha8([32]byte{10})}, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
		c.must(err)
		for range 2 {
			if moved, err := upgraded.Strike(ctx); moved != 0 || err != nil {
				c.t.Errorf("%d moved, %v", moved, err)
			}
		}
		if v := c.at(n); date(v.Case.Due) != "2027-01-13 23:59:59" || v.Case.Provisional() || len(v.Events) != 3 {
			c.t.Errorf("due %s after %d events", date(v.Case.Due), len(v.Events))
		}
	})
}

func TestADeputyStandsInWhileSomebodyIsAway(t *testing.T) {
	each(t, func(c *county) {
		admin := c.admin.Actor
		c.refused("away without a deputy", c.GoAway(ctx, admin, c.handler.Staff, c.clock.now().Add(time.Hour)), "staff.deputy")
		c.refused("a deputy who does not work here", c.PostStaff(ctx, admin, c.handler.Staff,
			board.Posted{Name: "lamps", Unit: c.lamps, Roles: board.Roles{board.Handler}, Deputy: board.ID{9}}), "staff.deputy")
		for staff, post := range map[board.ID]board.Posted{
			c.handler.Staff:  {Name: "lamps", Unit: c.lamps, Roles: board.Roles{board.Handler}, Deputy: c.reviewer.Staff},
			c.handler2.Staff: {Name: "water", Unit: c.water, Roles: board.Roles{board.Handler}, Deputy: c.handler.Staff},
			c.admin.Staff:    {Name: "admin", Roles: board.Roles{board.Admin}, Deputy: c.reviewer.Staff},
		} {
			c.must(c.PostStaff(ctx, admin, staff, post))
		}
		soon := c.clock.now().Add(time.Hour)
		c.must(c.GoAway(ctx, admin, c.handler2.Staff, soon))
		if two := c.enter("lamps"); two.Unit != c.lamps {
			c.t.Error("a handler gets a second unit")
		}
		c.refused("who stands in goes away, too", c.GoAway(ctx, admin, c.handler.Staff, soon), "staff.stands-in")
		c.must(c.GoAway(ctx, admin, c.handler2.Staff, c.clock.now()))
		c.must(c.GoAway(ctx, admin, c.handler.Staff, soon))
		c.refused("whose deputy is away goes away, too", c.GoAway(ctx, admin, c.handler2.Staff, soon), "staff.deputy-away")
		c.must(c.GoAway(ctx, admin, c.admin.Staff, soon))
		deputy := c.enter("check")
		if !deputy.Roles.Has(board.Handler) || deputy.Unit != c.lamps || deputy.Roles.Has(board.Admin) || !deputy.Roles.Has(board.Reviewer) {
			c.t.Errorf("the deputy is %v of %v", deputy.Roles, deputy.Unit)
		}
		n := c.file(c.logIn(phone, home))
		c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.lamps)))
		c.must(c.SignFor(ctx, deputy, n, form()))
		c.must(c.Answer(ctx, deputy, n, form(), reply))
		c.refused("the deputy reviews what they wrote", c.Approve(ctx, deputy, n, form()), "deed.not-own-reply")
		c.clock.add(time.Hour)
		if deputy = c.enter("check"); deputy.Roles.Has(board.Handler) || !deputy.Unit.IsZero() {
			c.t.Errorf("after that they are %v of %v", deputy.Roles, deputy.Unit)
		}
	})
}

// Without a dispatcher, a reviewer, an inspector or an administrator cases lie
// still, and without its last handler those of a unit do.
func TestTheLastOfARoleStays(t *testing.T) {
	each(t, func(c *county) {
		admin := c.admin.Actor
		for role, who := range map[board.Role]office.Who{board.Dispatcher: c.dispatcher, board.Reviewer: c.reviewer, board.Inspector: c.inspector} {
			c.refused("the last "+string(role)+" leaves", c.Leave(ctx, admin, who.Staff), "staff.last")
			c.refused("the last "+string(role)+" gives it up", c.PostStaff(ctx, admin, who.Staff, board.Posted{Name: "x", Roles: board.Roles{board.Leader}}), "staff.last")
		}
		c.refused("the last administrator gives it up", c.PostStaff(ctx, office.Box, c.admin.Staff, board.Posted{Name: "x", Roles: board.Roles{board.Leader}}), "staff.last")
		c.must(c.PostStaff(ctx, admin, c.leader.Staff, board.Posted{Name: "lead", Roles: board.Roles{board.Leader, board.Reviewer}}))
		c.must(c.Leave(ctx, admin, c.reviewer.Staff))

		n := c.file(c.logIn(phone, home))
		c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.lamps)))
		c.refused("the last handler of a unit with a case leaves", c.Leave(ctx, admin, c.handler.Staff), "staff.last-handler")
		elsewhere := board.Posted{Name: "lamps", Unit: c.water, Roles: board.Roles{board.Handler}}
		c.refused("they go to another unit", c.PostStaff(ctx, admin, c.handler.Staff, elsewhere), "staff.last-handler")
		elsewhere.Unit = c.lamps
		c.must(c.PostStaff(ctx, admin, c.handler.Staff, elsewhere))
		c.must(c.PostStaff(ctx, admin, c.handler2.Staff, elsewhere))
		c.must(c.Leave(ctx, admin, c.handler.Staff))
		c.refused("a deputy who has left", c.PostStaff(ctx, admin, c.handler2.Staff, board.Posted{Name: "water", Unit: c.lamps, Roles: board.Roles{board.Handler}, Deputy: c.handler.Staff}), "staff.deputy")
	})
}

func TestSessionsOfStaffAreEnded(t *testing.T) {
	each(t, func(c *county) {
		in := func(token string) bool {
			who, err := c.Who(ctx, token)
			c.must(err)
			return who.IsStaff()
		}
		enter := func(login string) string {
			token, err := c.Enter(ctx, login)
			c.must(err)
			if !in(token) {
				c.t.Fatalf("%s cannot enter", login)
			}
			return token
		}
		lamps, water, check := enter("lamps"), enter("water"), enter("check")
		sessions, err := c.Sessions(ctx, c.admin)
		if err != nil || len(sessions) != 3 {
			c.t.Fatalf("%d sessions, %v", len(sessions), err)
		}
		_, err = c.Sessions(ctx, c.dispatcher)
		c.refused("a dispatcher lists them", err, "deed.role")
		for _, s := range sessions {
			if s.Staff == c.handler.Staff {
				c.refused("a dispatcher ends one", c.EndSession(ctx, c.dispatcher, s.Key), "deed.role")
				c.must(c.EndSession(ctx, c.admin, s.Key))
			}
		}
		c.must(c.Leave(ctx, c.admin.Actor, c.handler2.Staff))
		c.refused("oneself", c.Leave(ctx, c.admin.Actor, c.admin.Staff), "staff.self")
		c.clock.add(time.Second)
		if _, err := c.Rekey(ctx, c.admin.Actor, c.reviewer.Staff); err != nil {
			c.t.Error(err)
		}
		if in(lamps) || in(water) || in(check) {
			c.t.Error("somebody is in whose session was ended, who left, or whose keys are new")
		}
		if c.clock.add(time.Second); !in(enter("check")) {
			c.t.Error("with the new keys they cannot enter")
		}
	})
}

func TestWhatAnAdministratorSets(t *testing.T) {
	each(t, func(c *county) {
		admin := c.admin.Actor
		rules := board.DefaultRules()
		rules.FinishDays[board.Help] = 5
		c.must(c.SetRules(ctx, admin, rules))
		c.must(c.SetDuty(ctx, admin, []string{"2026-09-26"}))
		c.must(c.ListTopics(ctx, admin, []board.Topic{{ID: "roads", Name: board.Texts{"zh-Hans": "道路"}}}))
		c.must(c.ListPlaces(ctx, admin, []board.Place{{Code: "130100001000", Name: board.Texts{"zh-Hans": "西关镇", "en": "Xiguan"}}}))
		who := c.logIn(phone, home)
		_, err := c.File(ctx, who, form(), lamp)
		c.refused("a township that is no more", err, "filing.township")
		here := lamp
		here.Township = "Xiguan"
		n, err := c.File(ctx, who, form(), here)
		c.must(err)
		c.refused("a topic that is no more", c.Assign(ctx, c.dispatcher, n, form(), office.Assignment{Lead: c.lamps.String(), Topic: "building"}), "assign.topic")
		c.must(c.Assign(ctx, c.dispatcher, n, form(), office.Assignment{Lead: c.lamps.String(), Topic: "roads"}))
		if k := c.at(n).Case; k.Township != "西关镇" || date(k.Due) != "2026-09-23 23:59:59" {
			c.t.Errorf("from %s, due %s", k.Township, date(k.Due))
		}
		c.clock.at = time.Date(2026, 9, 25, 10, 0, 0, 0, board.Zone) // the day before a Saturday with somebody at the desk
		if d := c.at(c.another(who, "另一件事")).Case.ScreenBy; date(d) != "2026-09-26 10:00:00" {
			c.t.Errorf("on duty: screened by %s", date(d))
		}
		c.clock.add(24 * time.Hour)
		if d := c.at(c.another(who, "又一件事")).Case.ScreenBy; date(d) != "2026-09-28 23:59:59" {
			c.t.Errorf("nobody on duty: screened by %s", date(d))
		}
		_, err = c.Found(ctx, admin, board.Founded{Name: board.Texts{"zh-Hans": "水务局"}})
		c.refused("a second unit of one name", err, "unit.taken")
		c.refused("renamed to another's name", c.Rename(ctx, admin, c.lamps, board.Founded{Name: board.Texts{"zh-Hans": "水务局"}}), "unit.taken")
		c.must(c.Rename(ctx, admin, c.lamps, board.Founded{Name: board.Texts{"zh-Hans": "城管局"}, Phone: "12345", Does: board.Texts{"zh-Hans": "路灯"}}))
		county, err := c.County(ctx)
		if err != nil || county.Units[c.lamps].Phone != "12345" {
			c.t.Errorf("%+v, %v", county.Units[c.lamps], err)
		}
		_, err = c.Case(ctx, c.admin, n)
		c.refused("an administrator opens a case", err, "case.missing")
	})
}
