package office_test

import (
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

// ticking is an office whose clock can be set, beside time that only runs.
type ticking struct {
	*county
	up time.Duration
}

// begun is a start of the county's office.
func (k *ticking) begun() *office.Office {
	k.t.Helper()
	p := k.parts()
	p.Uptime = func() time.Duration { return k.up }
	o, err := office.New(p)
	k.must(err)
	return o
}

// pass lets time pass, in looks of a minute or in one step, and tells whether the
// clock was doubted.
func (k *ticking) pass(o *office.Office, d time.Duration) bool {
	k.t.Helper()
	k.up += d
	k.clock.add(d)
	doubted, err := o.WatchClock(ctx)
	k.must(err)
	return doubted
}

// set sets the clock by so much, within a minute.
func (k *ticking) set(o *office.Office, d time.Duration) bool {
	k.t.Helper()
	k.clock.add(d)
	return k.pass(o, time.Minute)
}

// strikes tells how many cases the clock moves.
func (k *ticking) strikes(o *office.Office) int {
	k.t.Helper()
	n, err := o.Strike(ctx)
	k.must(err)
	return n
}

const day = 24 * time.Hour

func TestAClockThatJumpsForwardEndsNothing(t *testing.T) {
	each(t, func(c *county) {
		k := &ticking{county: c}
		n := c.file(c.logIn("13800138000", home))
		c.handled(n)
		o := k.begun()
		if k.pass(o, 0) || k.set(o, 9*time.Minute) || k.set(o, -9*time.Minute) {
			t.Error("doubted for a few minutes")
		}
		if !k.set(o, 40*day) || !o.ClockSuspect() || k.strikes(o) != 0 {
			t.Error("forty days in a minute are believed")
		}
		if k.pass(o, time.Minute) {
			t.Error("doubted twice")
		}
		again := k.begun()
		if !again.ClockSuspect() || k.pass(again, time.Minute) || k.strikes(again) != 0 {
			t.Error("a restart makes it right")
		}
		c.another(c.logIn("13900139000", browserOf("n")), "写在错的日子") // people go on writing meanwhile
		k.clock.add(-40 * day)                                      // somebody sets it right
		c.must(again.ConfirmClock(ctx))
		if again.ClockSuspect() || k.pass(again, time.Minute) || k.strikes(again) != 0 {
			t.Error("set right and confirmed, and still in doubt, or something ended")
		}
		if k.begun().ClockSuspect() || c.kept(n).Stage != board.Answered {
			t.Error("after the next start")
		}
		if k.pass(again, 40*day) || k.strikes(again) != 1 || len(c.kept(n).AskAt) != 0 {
			t.Error("forty days that passed do not count")
		}
	})
}

func TestAClockThatGoesBackEndsNothing(t *testing.T) {
	each(t, func(c *county) {
		k := &ticking{county: c}
		n := c.file(c.logIn("13800138000", home))
		c.handled(n)
		c.clock.add(4 * day)
		c.another(c.logIn("13900139000", browserOf("n")), "后来的事")
		c.clock.add(-time.Minute)
		o := k.begun()
		if k.pass(o, 0) {
			t.Error("doubted for a minute")
		}
		c.clock.add(-day)
		o = k.begun() // the battery was empty; nothing ran that could have seen it
		if !k.pass(o, 0) || k.strikes(o) != 0 {
			t.Error("a day before what was written last is believed")
		}
		c.clock.add(day)
		if k.pass(o, time.Minute); !o.ClockSuspect() {
			t.Error("the doubt ended by itself")
		}
		c.must(o.ConfirmClock(ctx))
		if k.pass(o, time.Minute) || k.strikes(o) != 1 {
			t.Error("confirmed, and what is due is not done")
		}
	})
}
