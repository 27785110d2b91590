package office_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

func TestAStaffSessionEndsAfterTwelveHoursOfWork(t *testing.T) {
	each(t, func(c *county) {
		token, err := c.Enter(ctx, "desk")
		c.must(err)
		in := func() bool {
			who, err := c.Who(ctx, token)
			c.must(err)
			return who.IsStaff()
		}
		for range 3*12 - 1 {
			c.clock.add(20 * time.Minute)
			if !in() {
				c.t.Fatal("staff at work are out within twelve hours")
			}
		}
		c.clock.add(20*time.Minute - time.Second)
		if !in() {
			c.t.Error("out a second too early")
		}
		c.clock.add(time.Second)
		if in() {
			c.t.Error("after twelve hours they are in")
		}
	})
}

// Whoever leaves is out at once, everywhere, and comes in by nothing that they
// still have.
func TestWhoLeftIsOut(t *testing.T) {
	each(t, func(c *county) {
		k := c.hired("wang", board.Reviewer)
		who, err := k.try(c.Office, k.digits())
		c.must(err)
		token, err := c.Enter(ctx, "wang")
		c.must(err)
		_, cards := c.printed(board.CodeCard, 2)
		c.must(c.GiveStaffCard(ctx, c.admin.Actor, who.Staff, string(cards[0].Serial)))
		c.must(c.Leave(ctx, c.admin.Actor, who.Staff))
		if out, err := c.Who(ctx, token); err != nil || out.IsStaff() {
			c.t.Errorf("the session goes on: %+v, %v", out, err)
		}
		c.clock.add(time.Minute)
		_, err = k.try(c.Office, k.digits())
		c.refused("password and digits", err, "staff.refused")
		_, err = k.try(c.Office, cards[0].Codes[0])
		c.refused("password and card", err, "staff.refused")
		if err := c.GiveStaffCard(ctx, c.admin.Actor, who.Staff, string(cards[1].Serial)); err == nil {
			c.t.Error("they are given a new card")
		}
		asked := office.Who{Actor: board.Actor{Staff: who.Staff}, Session: who.Session}
		if err := c.ShowFactor(ctx, asked, k.digits(), home); err == nil {
			c.t.Error("they show their second factor")
		}
	})
}

// The role of somebody who is away goes to their deputy with its unit, and what
// a person or the county gave to one alone goes to nobody.
func TestWhatADeputyGets(t *testing.T) {
	each(t, func(c *county) {
		hire := func(login string, unit board.ID, roles ...board.Role) board.ID {
			post := office.NewStaff{Login: login, Name: login, Unit: unit, Roles: roles}
			if slices.Contains(roles, board.Helper) {
				post.Areas = []board.Area{{Township: "东关镇"}}
			}
			_, err := c.Hire(ctx, office.Box, post)
			c.must(err)
			return c.enter(login).Staff
		}
		deputyOf := func(deputy board.ID, unit board.ID, roles ...board.Role) {
			away := hire("away"+deputy.String()[20:], unit, roles...)
			posted := board.Posted{Name: "away", Unit: unit, Roles: roles, Deputy: deputy}
			if slices.Contains(roles, board.Helper) {
				posted.Areas = []board.Area{{Township: "东关镇"}}
			}
			c.must(c.PostStaff(ctx, c.admin.Actor, away, posted))
			c.must(c.GoAway(ctx, c.admin.Actor, away, c.clock.now().Add(24*time.Hour)))
		}
		for name, row := range map[string]struct {
			unit  board.ID
			roles board.Roles
			of    board.ID
			gives board.Roles
			has   board.Roles
			at    board.ID
		}{
			"of the same unit":   {c.lamps, board.Roles{board.Reviewer, board.Handler}, c.lamps, board.Roles{board.Handler}, board.Roles{board.Reviewer, board.Handler}, c.lamps},
			"of no unit":         {board.ID{}, board.Roles{board.Reviewer}, c.water, board.Roles{board.Handler}, board.Roles{board.Reviewer, board.Handler}, c.water},
			"of another unit":    {c.lamps, board.Roles{board.Handler}, c.water, board.Roles{board.Handler, board.Reviewer}, board.Roles{board.Handler, board.Reviewer}, c.lamps},
			"for the head":       {c.lamps, board.Roles{board.Handler}, c.lamps, board.Roles{board.Head}, board.Roles{board.Handler, board.Head}, c.lamps},
			"for another's head": {c.lamps, board.Roles{board.Handler}, c.water, board.Roles{board.Head}, board.Roles{board.Handler}, c.lamps},
			"for a helper":       {board.ID{}, board.Roles{board.Operator}, board.ID{}, board.Roles{board.Helper}, board.Roles{board.Operator}, board.ID{}},
			"for the dispatcher": {board.ID{}, board.Roles{board.Operator}, board.ID{}, board.Roles{board.Dispatcher}, board.Roles{board.Operator, board.Dispatcher}, board.ID{}},
			"for the same role":  {board.ID{}, board.Roles{board.Operator}, board.ID{}, board.Roles{board.Operator}, board.Roles{board.Operator}, board.ID{}},
		} {
			login := strings.ReplaceAll(name, " ", "-")
			deputyOf(hire(login, row.unit, row.roles...), row.of, row.gives...)
			if who := c.enter(login); !slices.Equal(who.Roles, row.has) || who.Unit != row.at {
				c.t.Errorf("a deputy %s is %v of %v", name, who.Roles, who.Unit)
			}
		}
	})
}

func TestWhoLeftHasNoDeputy(t *testing.T) {
	each(t, func(c *county) {
		c.must(c.PostStaff(ctx, c.admin.Actor, c.leader.Staff, board.Posted{Name: "lead", Roles: board.Roles{board.Leader}, Deputy: c.reviewer.Staff}))
		c.must(c.GoAway(ctx, c.admin.Actor, c.leader.Staff, c.clock.now().Add(24*time.Hour)))
		if !c.enter("check").Roles.Has(board.Leader) {
			c.t.Fatal("the deputy does not stand in")
		}
		c.must(c.Leave(ctx, c.admin.Actor, c.leader.Staff))
		if c.enter("check").Roles.Has(board.Leader) {
			c.t.Error("the deputy of somebody who left is a leader")
		}
	})
}
