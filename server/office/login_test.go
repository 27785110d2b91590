package office_test

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"lianxin/server/board"
	"lianxin/server/office"
)

func TestTheSameBrowserKeepsItsCode(t *testing.T) {
	each(t, func(c *county) {
		first, err := c.SendCode(ctx, "13800138000", "zh-Hans", home)
		c.must(err)
		code := c.lastCode("13800138000")
		c.clock.add(10 * time.Second)
		second, err := c.SendCode(ctx, "138 0013 8000", "zh-Hans", home)
		if err != nil || second != first {
			c.t.Errorf("asked again: %v, %v", second, err)
		}
		if n := len(c.texts("13800138000")); n != 1 {
			c.t.Errorf("%d texts within a minute", n)
		}
		c.clock.add(time.Minute)
		c.must(c.SendAgain(ctx, second, home))
		if again := c.lastCode("13800138000"); again != code || len(c.texts("13800138000")) != 2 {
			c.t.Errorf("sent again: %s, first %s", again, code)
		}
		if _, err := c.LogIn(ctx, first, code, home); err != nil {
			c.t.Errorf("the late code: %v", err)
		}
		_, err = c.LogIn(ctx, first, code, home)
		c.refused("the code once more", err, "code.used")
	})
}

func TestWrongCodes(t *testing.T) {
	each(t, func(c *county) {
		a, err := c.SendCode(ctx, "13800138000", "zh-Hans", home)
		c.must(err)
		code := board.Digits(c.lastCode("13800138000"))
		wrong := fmt.Sprintf("%06d", (atoi(code)+1)%1_000_000)
		for range board.CodeTries - 1 {
			_, err := c.LogIn(ctx, a, wrong, home)
			c.refused("wrong", err, "code.wrong")
		}
		_, err = c.LogIn(ctx, a, wrong, home)
		c.refused("the fifth", err, "code.tries")
		_, err = c.LogIn(ctx, a, code, home)
		c.refused("the right one, too late", err, "code.tries")
		_, err = c.LogIn(ctx, board.ID{1}, code, home)
		c.refused("an attempt that nobody began", err, "code.over")
		c.clock.add(2 * time.Minute)
		if who := c.logIn("13800138000", office.Origin{Browser: "other", Address: netip.MustParseAddr("10.9.9.9")}); !who.IsResident() {
			c.t.Error("a stranger's guesses lock the owner out")
		}
	})
}

func atoi(s string) (n int) {
	for _, r := range s {
		n = n*10 + int(r-'0')
	}
	return n
}

func TestLimitsOnCodesAreSilent(t *testing.T) {
	each(t, func(c *county) {
		sent := func() int { return len(c.texts("13800138000")) }
		for i := range 30 {
			from := office.Origin{Browser: fmt.Sprint("browser", i), Address: netip.AddrFrom4([4]byte{10, 1, 0, byte(i)})}
			if _, err := c.SendCode(ctx, "13800138000", "zh-Hans", from); err != nil {
				c.t.Fatalf("try %d is told: %v", i, err)
			}
			c.clock.add(10 * time.Minute)
		}
		if n := sent(); n == 0 || n > 10 {
			c.t.Errorf("%d texts to one phone in five hours from thirty browsers", n)
		}
	})
}

func TestAPhoneThatWasNotProvedFor90DaysStartsEmpty(t *testing.T) {
	each(t, func(c *county) {
		before := c.logIn("13800138000", home)
		n := c.file(before)
		c.clock.add(60 * 24 * time.Hour)
		if same := c.logIn("13800138000", home); same.Person != before.Person {
			c.t.Error("after 60 days it is another person")
		}
		c.clock.add(board.ProofLasts)
		after := c.logIn("13800138000", home)
		if after.Person == before.Person {
			c.t.Error("after 90 days it is the same person")
		}
		_, err := c.Case(ctx, after, n)
		c.refused("the old case", err, "case.missing")
		if cases, _ := c.Cases(ctx, after); len(cases) != 0 {
			c.t.Errorf("%d old cases are listed", len(cases))
		}
	})
}

func TestSessionsEnd(t *testing.T) {
	each(t, func(c *county) {
		a, err := c.SendCode(ctx, "13800138000", "zh-Hans", home)
		c.must(err)
		token, err := c.LogIn(ctx, a, c.lastCode("13800138000"), home)
		c.must(err)
		in := func(token string) bool {
			who, err := c.Who(ctx, token)
			c.must(err)
			return who.IsResident() || who.IsStaff()
		}
		for day := range 20 {
			c.clock.add(24 * time.Hour)
			if !in(token) {
				c.t.Fatalf("a resident who comes every day is out on day %d", day)
			}
		}
		c.clock.add(7 * 24 * time.Hour)
		if in(token) {
			c.t.Error("after a week away a resident is still in")
		}
		staff, err := c.Enter(ctx, "desk")
		c.must(err)
		for range 23 {
			c.clock.add(29 * time.Minute)
			if !in(staff) {
				c.t.Fatal("staff at work are thrown out")
			}
		}
		for range 3 {
			c.clock.add(29 * time.Minute)
		}
		if in(staff) {
			c.t.Error("staff are in after 12 hours, or after more than 30 idle minutes")
		}
		again, err := c.Enter(ctx, "desk")
		c.must(err)
		c.must(c.LogOut(ctx, again))
		if in(again) || in("") || in("never given") {
			c.t.Error("somebody is in without a session")
		}
	})
}

func TestStaffLogIn(t *testing.T) {
	each(t, func(c *county) {
		made, err := c.Hire(ctx, office.Box, office.NewStaff{Login: "wang", Name: "王", Roles: board.Roles{board.Reviewer}})
		c.must(err)
		code := func() string {
			s, err := totp.GenerateCode(made.Secret, c.clock.now())
			c.must(err)
			return s
		}
		try := func(login, password, code string) error {
			_, err := c.StaffLogIn(ctx, login, password, code, home)
			return err
		}
		c.refused("a wrong password", try("wang", "wrong horse", code()), "staff.refused")
		c.refused("a wrong code", try("wang", made.Password, "000000"), "staff.refused")
		c.refused("nobody", try("nobody", made.Password, code()), "staff.refused")
		c.refused("nothing", try("", "", ""), "staff.refused")
		right := code()
		token, err := c.StaffLogIn(ctx, " wang ", made.Password, right[:3]+" "+right[3:], home)
		c.must(err)
		if who, err := c.Who(ctx, token); err != nil || !who.Roles.Has(board.Reviewer) || who.Name != "王" {
			c.t.Errorf("logged in as %+v, %v", who, err)
		}
		c.refused("the same code again", try("wang", made.Password, right), "staff.refused")
		c.clock.add(30 * time.Second)
		c.refused("one wrong", try("wang", "x", code()), "staff.refused")
		c.refused("one wrong", try("wang", "x", code()), "staff.refused")
		c.refused("after five", try("wang", made.Password, code()), "staff.wait")
		elsewhere := office.Origin{Address: netip.MustParseAddr("192.0.2.4")}
		if _, err := c.StaffLogIn(ctx, "wang", made.Password, code(), elsewhere); err != nil {
			c.t.Errorf("a stranger's guesses lock staff out elsewhere: %v", err)
		}
		_, err = c.Hire(ctx, office.Box, office.NewStaff{Login: "wang", Roles: board.Roles{board.Reviewer}})
		c.refused("a login that is taken", err, "staff.taken")
		_, err = c.Hire(ctx, office.Box, office.NewStaff{Login: "li", Roles: board.Roles{board.Handler}})
		c.refused("a handler without a unit", err, "staff.unit")
		_, err = c.Hire(ctx, office.Box, office.NewStaff{Login: "li", Roles: board.Roles{board.Reviewer}, Password: "short"})
		c.refused("a short password", err, "staff.password")
	})
}
