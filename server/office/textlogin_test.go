package office_test

import (
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

// says has a text come in, from a phone for which the operator vouches or not.
func (c *county) says(phone board.Phone, text string, sure bool) {
	c.t.Helper()
	formNumber.Add(1)
	c.must(c.Hear(ctx, office.Inbound{ID: string(phone) + time.Duration(formNumber.Load()).String(), From: string(phone), Text: text, Time: c.clock.now(), Sure: sure}))
}

// expects begins a login that a text from the phone is to end.
func (c *county) expects(phone board.Phone, from office.Origin) (board.ID, string) {
	c.t.Helper()
	a, err := c.ExpectText(ctx, string(phone), "zh-Hans", from)
	c.must(err)
	t, err := c.AskText(ctx, a)
	c.must(err)
	if !grouped.MatchString(t.Code) {
		c.t.Errorf("what to send is shown as %q", t.Code)
	}
	return a, t.Code
}

func TestATextLogsIn(t *testing.T) {
	each(t, func(c *county) {
		a, code := c.expects("13800138000", home)
		if n := len(c.texts("13800138000")); n != 0 {
			c.t.Errorf("%d texts went out", n)
		}
		_, err := c.LogInByText(ctx, a, home)
		c.refused("before it came", err, "text-code.waits")
		c.says("13800138000", " "+code+"。", true)
		c.says("13800138000", code, true) // sent twice, as people do
		_, err = c.LogInByText(ctx, a, office.Origin{Browser: "other", Address: home.Address})
		c.refused("in another browser", err, "code.over")
		token, err := c.LogInByText(ctx, a, home)
		c.must(err)
		who, err := c.Who(ctx, token)
		if err != nil || !who.IsResident() {
			c.t.Errorf("logged in as %+v, %v", who, err)
		}
		p, err := c.Me(ctx, who)
		if err != nil || !p.ProvedBy("13800138000", c.clock.now()) {
			c.t.Error("the phone is not proved by it")
		}
		_, err = c.LogInByText(ctx, a, home)
		c.refused("once more", err, "code.used")
		if texts := c.texts("13800138000"); len(texts) != 2 || texts[0].Key != "sms.text-code" {
			c.t.Errorf("the phone hears %v", texts)
		}
	})
}

func TestATextThatLogsNobodyIn(t *testing.T) {
	each(t, func(c *county) {
		a, code := c.expects("13800138000", home)
		still := func(what string) {
			c.t.Helper()
			_, err := c.LogInByText(ctx, a, home)
			c.refused(what, err, "text-code.waits")
		}
		c.says("13800138000", code, false)
		still("from whom nobody vouches for")
		c.says("13900139000", code, true)
		still("from another phone")
		c.says("13800138000", "00 00 00", true)
		still("another number")
		_, err := c.LogIn(ctx, a, code, home)
		c.refused("typed where the code of a text belongs", err, "code.wrong")
		b := c.ask("13800138000", home)
		if b != a {
			c.t.Fatal("the browser began another attempt")
		}
		for _, t := range c.texts("13800138000") {
			if t.Key == "sms.code" {
				c.says("13800138000", t.Args["Code"], true)
			}
		}
		still("the code that we sent, sent back")
		c.clock.add(board.CodeLasts)
		c.says("13800138000", code, true)
		still("after ten minutes")

		a, code = c.expects("13800138001", home)
		c.says("13800138001", code, true)
		c.clock.add(board.CodeLasts)
		_, err = c.LogInByText(ctx, a, home)
		c.refused("pressed ten minutes after the text", err, "code.over")
	})
}

// When the budget is nearly used up, the page says that sending is the surer
// way; it says so to everybody alike.
func TestSendingIsTheWayInACrowd(t *testing.T) {
	c := plain(t)
	r := board.DefaultRules()
	r.DayTexts = 20
	c.must(c.SetRules(ctx, c.admin.Actor, r))
	for i := range 8 {
		c.ask(phoneOf(i), stranger(i))
	}
	for _, phone := range []board.Phone{"13800138000", board.Phone(phoneOf(1))} {
		a := c.ask(string(phone), stranger(100))
		if asked, err := c.AskText(ctx, a); err != nil || !asked.Scarce {
			t.Errorf("%s: %+v, %v", phone, asked, err)
		}
	}
}

func TestHowLongALoginLasts(t *testing.T) {
	for stay, idle := range map[office.Stay]time.Duration{
		office.StayBrief: 30 * time.Minute, office.StayWeek: 7 * 24 * time.Hour, office.StayMonth: 30 * 24 * time.Hour,
	} {
		c := plain(t)
		at := office.Origin{Browser: "b", Address: home.Address, Stay: stay}
		c.logIn("13800138000", at)
		token := func() string {
			c.clock.add(2 * time.Hour)
			a := c.ask("13800138000", at)
			token, err := c.LogIn(ctx, a, c.lastCode("13800138000"), at)
			c.must(err)
			return token
		}
		in := func(token string) bool {
			who, err := c.Who(ctx, token)
			c.must(err)
			return who.IsResident()
		}
		first := token()
		c.clock.add(idle - time.Second)
		if !in(first) {
			t.Errorf("%q: out before %s", stay, idle)
		}
		second := token()
		c.clock.add(idle)
		if in(second) {
			t.Errorf("%q: in after %s", stay, idle)
		}
	}
	c := plain(t)
	a := c.ask("13800138000", home)
	token, err := c.LogIn(ctx, a, c.lastCode("13800138000"), home)
	c.must(err)
	for day := range 31 {
		who, err := c.Who(ctx, token)
		c.must(err)
		if who.IsResident() != (day < 30) {
			t.Errorf("day %d: in is %t", day, who.IsResident())
		}
		c.clock.add(24 * time.Hour)
	}
}
