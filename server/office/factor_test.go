package office_test

import (
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"lianxin/server/board"
	"lianxin/server/office"
)

// keyed is a member of staff with what they log in with.
type keyed struct {
	*county
	login string
	keys  office.Credentials
}

func (c *county) hired(login string, roles ...board.Role) keyed {
	c.t.Helper()
	keys, err := c.Hire(ctx, office.Box, office.NewStaff{Login: login, Name: login, Roles: roles})
	c.must(err)
	return keyed{c, login, keys}
}

// digits are those of now.
func (k keyed) digits() string {
	k.t.Helper()
	digits, err := totp.GenerateCode(k.keys.Secret, k.clock.now())
	k.must(err)
	return digits
}

func (k keyed) try(o *office.Office, code string) (office.Who, error) {
	k.t.Helper()
	token, err := o.StaffLogIn(ctx, k.login, k.keys.Password, code, home)
	if err != nil {
		return office.Who{}, err
	}
	who, err := o.Who(ctx, token)
	k.must(err)
	return who, nil
}

func TestTheSecondFactorIsShownOnceMore(t *testing.T) {
	each(t, func(c *county) {
		k := c.hired("wang", board.Leader)
		first := k.digits()
		token, err := c.StaffLogIn(ctx, "wang", k.keys.Password, first, home)
		c.must(err)
		who := func() office.Who {
			t.Helper()
			who, err := c.Who(ctx, token)
			c.must(err)
			return who
		}
		show := func(code string) error { return c.ShowFactor(ctx, who(), code, home) }
		c.must(show("")) // it was shown a moment ago
		c.clock.add(5*time.Minute - time.Second)
		c.must(show(""))
		c.clock.add(time.Second)
		c.refused("five minutes later", show(""), "factor.empty")
		c.refused("no digits", show("一二三"), "factor.wrong")
		c.refused("the digits of the login", show(first), "factor.wrong")
		right := k.digits()
		c.must(show(right[:3] + " " + right[3:]))
		if !who().Shown {
			t.Error("shown, and not remembered")
		}
		c.clock.add(-time.Hour)
		if who().Shown {
			t.Error("what was shown in an hour to come counts")
		}
		c.clock.add(time.Hour)
		_, err = c.StaffLogIn(ctx, "wang", k.keys.Password, right, home)
		c.refused("digits that were shown, for a login", err, "staff.refused")
		c.clock.add(30 * time.Second)
		other, err := c.StaffLogIn(ctx, "wang", k.keys.Password, k.digits(), away)
		c.must(err)
		c.clock.add(5 * time.Minute)
		for range 2 { // three were counted before
			c.refused("a wrong one", show("000000"), "factor.wrong")
		}
		c.refused("the right one after five wrong", show(k.digits()), "staff.wait")
		stranger, err := c.Who(ctx, other)
		c.must(err)
		if err := c.ShowFactor(ctx, stranger, k.digits(), away); err != nil {
			t.Errorf("guesses in one place lock another: %v", err)
		}
		c.must(c.LogOut(ctx, other))
		c.refused("a session that is over", c.ShowFactor(ctx, asked(stranger), k.digits(), away), "deed.role")
	})
}

// asked is the same session later on.
func asked(who office.Who) office.Who { who.Shown = false; return who }

// A clock in doubt makes digits of a time that nobody knows: administrators need
// their card, others go on with their work.
func TestDigitsOfADoubtedClock(t *testing.T) {
	each(t, func(c *county) {
		k := &ticking{county: c}
		o := k.begun()
		boss, worker := c.hired("boss", board.Admin, board.Dispatcher), c.hired("worker", board.Dispatcher)
		_, cards := c.printed(board.CodeCard, 2)
		seat, err := boss.try(o, boss.digits())
		c.must(err)
		c.must(c.GiveStaffCard(ctx, c.admin.Actor, seat.Staff, string(cards[0].Serial)))
		if k.pass(o, 0) || !k.set(o, 40*day) {
			t.Fatal("not in doubt")
		}
		_, err = boss.try(o, boss.digits())
		c.refused("an administrator's digits", err, "staff.refused-clock")
		_, err = worker.try(o, "000000")
		c.refused("wrong digits", err, "staff.refused-clock")
		if _, err = worker.try(o, worker.digits()); err != nil {
			t.Errorf("a dispatcher's digits: %v", err)
		}
		in, err := boss.try(o, cards[0].Codes[0])
		if err != nil || !in.Shown {
			t.Fatalf("an administrator's card: %v", err)
		}
		k.pass(o, 6*time.Minute)
		in.Shown = false
		c.clock.add(time.Minute)
		c.refused("digits once more", o.ShowFactor(ctx, in, boss.digits(), home), "factor.wrong-clock")
		c.must(o.ShowFactor(ctx, in, cards[0].Codes[1], home))
		c.must(o.ConfirmClock(ctx))
		if _, err = boss.try(o, boss.digits()); err != nil {
			t.Errorf("after the clock was confirmed: %v", err)
		}
	})
}
