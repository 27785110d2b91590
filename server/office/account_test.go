package office_test

import (
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

// in is the session that a member of staff begins.
func (k keyed) in(password, code string, from office.Origin) (string, error) {
	k.t.Helper()
	k.clock.add(30 * time.Second)
	if code == "" {
		code = k.digits()
	}
	return k.StaffLogIn(ctx, k.login, password, code, from)
}

func (k keyed) who(token string) office.Who {
	k.t.Helper()
	who, err := k.Who(ctx, token)
	k.must(err)
	return who
}

func TestAPasswordOfOnesOwn(t *testing.T) {
	each(t, func(c *county) {
		k := c.hired("wang", board.Reviewer)
		here, err := k.in(k.keys.Password, "", home)
		c.must(err)
		other, err := k.in(k.keys.Password, "", away)
		c.must(err)
		c.clock.add(time.Second)
		const next = "河边柳树早市七点钟见"
		change := func(now, next string) error { return c.ChangePassword(ctx, k.who(here), now, next, home) }
		c.refused("a wrong one now", change("wrong horse", next), "account.now")
		c.refused("a short one", change(k.keys.Password, "short"), "staff.password")
		c.refused("one that is easily guessed", change(k.keys.Password, "wang示范县2026"), "staff.password-easy")
		c.must(change(k.keys.Password, next))
		c.must(change(k.keys.Password, next)) // the same form again
		if !k.who(here).IsStaff() {
			t.Error("whoever changes the password is logged out by it")
		}
		if k.who(other).IsStaff() {
			t.Error("another browser stays in with the old password")
		}
		_, err = k.in(k.keys.Password, "", home)
		c.refused("the old password", err, "staff.refused")
		if _, err = k.in(next, "", home); err != nil {
			t.Errorf("the new password: %v", err)
		}
		c.refused("one who left", c.ChangePassword(ctx, office.Who{}, next, next, home), "deed.role")
		for range 3 {
			c.refused("guessed in a browser that was left open", change("wrong horse", "korrekt pferd batterie"), "account.now")
		}
		c.refused("guessed too often", change(next, "korrekt pferd batterie"), "staff.wait")
	})
}

func TestRecoveryCodes(t *testing.T) {
	each(t, func(c *county) {
		k := c.hired("wang", board.Reviewer)
		codes := k.keys.Recovery
		if len(codes) != board.RecoveryCodes || len(codes[0]) != board.RecoveryDigits || codes[0] == codes[1] {
			t.Fatalf("the codes are %q", codes)
		}
		_, err := k.in(k.keys.Password, "1234567890123456", home)
		c.refused("a wrong one", err, "staff.refused")
		_, err = k.in("wrong horse", codes[0], home)
		c.refused("a wrong password", err, "staff.refused")
		spaced := codes[0][:4] + " " + codes[0][4:8] + "-" + codes[0][8:]
		token, err := k.in(k.keys.Password, spaced, home)
		c.must(err)
		if who := k.who(token); !who.IsStaff() || !who.Recovered {
			t.Errorf("in as %+v", who)
		}
		_, err = k.in(k.keys.Password, codes[0], home)
		c.refused("used once", err, "staff.refused")
		a, err := c.Account(ctx, k.who(token))
		c.must(err)
		if a.Recovery.Left() != 9 || !a.Recovery.Last.Equal(c.clock.now().Add(-30*time.Second).Truncate(time.Millisecond)) {
			t.Errorf("kept is %+v", a.Recovery)
		}
		c.clock.add(10 * time.Minute)
		c.must(c.ShowFactor(ctx, k.who(token), codes[1], home))
		c.clock.add(20 * time.Minute)

		fresh, err := c.NewRecovery(ctx, k.who(token))
		c.must(err)
		_, err = k.in(k.keys.Password, codes[2], home)
		c.refused("of the set before", err, "staff.refused")
		for _, code := range fresh {
			if _, err = k.in(k.keys.Password, code, home); err != nil {
				t.Errorf("of the new set: %v", err)
			}
		}
		if a, err = c.Account(ctx, k.who(token)); err != nil || a.Recovery.Left() != 0 {
			t.Errorf("after all ten %d are left, %v", a.Recovery.Left(), err)
		}
		twin := c.hired("zhao", board.Reviewer)
		_, err = twin.in(twin.keys.Password, fresh[0], home)
		c.refused("somebody else's", err, "staff.refused")

		again, err := c.Rekey(ctx, office.Box, a.ID)
		c.must(err)
		k.keys = again
		for _, code := range []string{codes[3], fresh[3]} {
			_, err = k.in(again.Password, code, away)
			c.refused("of before the new keys", err, "staff.refused")
		}
		if _, err = k.in(again.Password, again.Recovery[0], home); err != nil {
			t.Errorf("the code that came with the new keys: %v", err)
		}
	})
}

// Nothing that is stored tells a recovery code.
func TestRecoveryCodesAreNotStored(t *testing.T) {
	c := plain(t)
	k := c.hired("wang", board.Reviewer)
	county, err := c.County(ctx)
	c.must(err)
	for _, s := range county.Staff {
		if s.Login == "wang" && (s.Recovery.Set != 1 || s.Recovery.Used != nil || s.Password == k.keys.Password) {
			t.Errorf("kept is %+v", s)
		}
	}
}

func TestOnesOwnLogins(t *testing.T) {
	each(t, func(c *county) {
		k, twin := c.hired("wang", board.Reviewer), c.hired("zhao", board.Reviewer)
		here, err := k.in(k.keys.Password, "", home)
		c.must(err)
		other, err := k.in(k.keys.Password, "", away)
		c.must(err)
		theirs, err := twin.in(twin.keys.Password, "", away)
		c.must(err)
		a, err := c.Account(ctx, k.who(here))
		c.must(err)
		who := k.who(here)
		if len(a.Others) != 1 || a.Here.Key != hex.EncodeToString(who.Session[:]) || strings.Contains(a.Here.Key, here) {
			t.Errorf("the logins are %+v", a)
		}
		c.must(c.EndOthers(ctx, who))
		if !k.who(here).IsStaff() || k.who(other).IsStaff() || !twin.who(theirs).IsStaff() {
			t.Error("not the others of one person ended")
		}
		_, err = c.Account(ctx, office.Who{})
		c.refused("nobody's account", err, "deed.role")
		c.refused("nobody's logins", c.EndOthers(ctx, office.Who{}), "deed.role")
	})
}
