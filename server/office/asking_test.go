package office_test

import (
	"slices"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

// asked are the keys of the texts that the clock sends to a phone when it
// strikes now.
func (c *county) asked(to board.Phone) (keys []string) {
	c.t.Helper()
	before := len(c.texts(to))
	_, err := c.Strike(ctx)
	c.must(err)
	for _, text := range c.texts(to)[before:] {
		keys = append(keys, text.Key)
	}
	return keys
}

// at9 is a second past nine o'clock in Beijing, so many days after noon of the first day.
func at9(days int) time.Duration { return time.Duration(days)*day - 3*time.Hour + time.Second }

// unsaid lets the time pass in which a resident is asked twice and says nothing.
func (c *county) unsaid() {
	c.t.Helper()
	for _, wait := range []time.Duration{4 * day, 25 * day, 31 * day} {
		c.clock.add(wait)
		_, err := c.Strike(ctx)
		c.must(err)
	}
}

func TestWhetherItIsSolvedIsAskedTwice(t *testing.T) {
	each(t, func(c *county) {
		n := c.file(c.logIn("13800138000", home))
		c.handled(n)
		answered := c.clock.now()
		for _, moment := range []struct {
			at   time.Duration
			want []string
		}{
			{at9(3) - time.Second, nil}, {at9(3), []string{"sms.remind"}}, {at9(3) + time.Minute, nil},
			{at9(28) - time.Second, nil}, {at9(28), []string{"sms.remind"}}, {at9(40), nil},
		} {
			c.clock.add(moment.at - c.clock.now().Sub(answered))
			if got := c.asked(phone); !slices.Equal(got, moment.want) {
				c.t.Errorf("%s after the answer the person gets %v, want %v", moment.at, got, moment.want)
			}
		}
		last := c.texts(phone)[len(c.texts(phone))-1].Dates["Date"]
		if want := answered.AddDate(0, 0, 58).In(board.Zone).Format(time.DateOnly); last.In(board.Zone).Format(time.DateOnly) != want {
			c.t.Errorf("the last day to say so is %s, want %s", last, want)
		}
		c.clock.add(last.Sub(c.clock.now()))
		if c.asked(phone); c.kept(n).Stage != board.Answered {
			c.t.Error("it is closed on the last day")
		}
		c.clock.add(time.Second)
		if got := c.asked(phone); len(got) != 0 || c.kept(n).Stage != board.Closed {
			c.t.Errorf("after the last day it is %s, and the person gets %v", c.kept(n).Stage, got)
		}
	})
}

func TestNobodyIsAskedWhatTheyHaveSaid(t *testing.T) {
	each(t, func(c *county) {
		her := c.logIn("13800138000", home)
		n := c.file(her)
		c.handled(n)
		c.clock.add(at9(3))
		c.asked(phone)
		if got := c.replies(phone, "1"); !slices.Equal(got, []string{"sms.rated"}) {
			c.t.Errorf("answered with %v", got)
		}
		c.clock.add(25 * day)
		if got := c.asked(phone); len(got) != 0 {
			c.t.Errorf("she has said so, and gets %v", got)
		}
		// It came back. Nothing else waits for her word, so she needs no number.
		if got, k := c.replies(phone, "没解决"), c.kept(n); !slices.Equal(got, []string{"sms.reopened"}) || k.Stage != board.InHand || k.Reopened != 1 {
			c.t.Errorf("answered with %v, and it is %s", got, k.Stage)
		}
		c.must(c.Answer(ctx, c.handler, n, form(), reply))
		c.must(c.Approve(ctx, c.reviewer, n, form()))
		c.clock.add(4 * day)
		if got := c.asked(phone); !slices.Equal(got, []string{"sms.remind"}) {
			c.t.Errorf("there is a new answer, and she gets %v", got)
		}
	})
}

func TestWhoIsNotAskedByText(t *testing.T) {
	each(t, func(c *county) {
		c.shares(0, 0)
		c.logIn(grannys, home)
		aide := c.aide("aide", board.ID{}, dongguan)
		byVoice := c.answeredFor(aide)
		secret := lamp
		secret.Private = true
		him := c.logIn("13900139000", browserOf("n"))
		hidden, err := c.File(ctx, him, form(), secret)
		c.must(err)
		c.handled(hidden)
		frozen := c.help(aide, granny, witness)
		c.handled(frozen)
		c.must(c.Disown(ctx, c.holder(frozen), frozen, form(), ""))
		c.clock.add(4 * day)
		if got := c.asked("13900139000"); !slices.Equal(got, []string{"sms.news"}) {
			c.t.Errorf("of a private case he gets %v", got)
		}
		if k := c.kept(frozen); len(k.AskAt) != 2 {
			c.t.Errorf("whose it is is not known, and they are asked whether it is solved: %v", k.AskAt)
		}
		if k := c.kept(byVoice); len(k.AskAt) != 1 || c.personOf(byVoice).Told() == board.ByText {
			c.t.Errorf("the page does not ask: %v", k.AskAt)
		}
		for _, text := range c.texts(grannys) {
			if text.Key == "sms.remind" {
				c.t.Error("who is told in another way is asked by text")
			}
		}
		c.must(c.Confirm(ctx, c.inspector, frozen, form(), "问过本人"))
		if c.asked(grannys); len(c.kept(frozen).AskAt) != 1 {
			c.t.Error("it is theirs after all, and nobody asks them")
		}
	})
}

func TestABoxThatWasOffAsksOnceAndGivesTheFullTime(t *testing.T) {
	each(t, func(c *county) {
		n := c.file(c.logIn("13800138000", home))
		c.handled(n)
		c.clock.add(70 * day)
		if got := c.asked(phone); !slices.Equal(got, []string{"sms.remind"}) || c.kept(n).Stage != board.Answered {
			c.t.Errorf("seventy days later they get %v, and it is %s", got, c.kept(n).Stage)
		}
		c.clock.add(31 * day)
		if c.asked(phone); c.kept(n).Stage != board.Closed {
			c.t.Error("it does not end")
		}
	})
}

func TestWhoWithdrewAfterAUnitReachedThemIsAskedOnce(t *testing.T) {
	each(t, func(c *county) {
		her := c.logIn("13800138000", home)
		file := func(reached bool) board.Number {
			n := c.file(her)
			c.clock.add(time.Hour)
			c.handledUntilSigned(n)
			c.must(c.Contact(ctx, c.handler, n, form(), reached, "打了电话"))
			c.must(c.Withdraw(ctx, her, n, form()))
			return n
		}
		if n := file(false); len(c.asked(phone)) != 0 {
			c.t.Errorf("nobody reached her, and she is asked about %s", n)
		}
		for text, want := range map[string]board.Pressed{"有人逼我": board.WasPressed, "9": board.OwnChoice} {
			n := file(true)
			if got := c.asked(phone); len(got) != 0 {
				c.t.Errorf("she is asked at once: %v", got)
			}
			c.clock.add(day)
			if got := c.asked(phone); !slices.Equal(got, []string{"sms.pressed"}) {
				c.t.Errorf("the next morning she gets %v", got)
			}
			if got := c.replies(phone, text); !slices.Equal(got, []string{"sms.press-said"}) || c.kept(n).Pressed != want {
				c.t.Errorf("%q is answered with %v, and kept is %q", text, got, c.kept(n).Pressed)
			}
			c.refused("twice", c.SayPressed(ctx, her, n, form(), board.WasPressed, ""), "deed.press-once")
		}
		n := file(true)
		c.must(c.SayPressed(ctx, her, n, form(), board.WasPressed, "局里的王科长"))
		c.clock.add(2 * day)
		if got := c.asked(phone); len(got) != 0 {
			c.t.Errorf("she has said it on the page, and gets %v", got)
		}
		c.readBy(n, map[string]office.Who{"inspector": c.inspector, "leader": c.leader, "herself": her}, "局里的王科长")
		c.readBy(n, map[string]office.Who{"unit": c.handler, "desk": c.dispatcher, "reviewer": c.reviewer}, "")
		if got := c.listOf(store.Flagged(store.FlagPressed)); len(got) != 2 {
			c.t.Errorf("the inspector's list holds %d", len(got))
		}
	})
}

// readBy sees to it that each of them reads these words, and what they mean, of
// who pressed the person; none when it is "".
func (c *county) readBy(n board.Number, readers map[string]office.Who, words string) {
	c.t.Helper()
	for name, who := range readers {
		v, err := c.Case(ctx, who, n)
		if err != nil {
			c.t.Fatal(name, err)
		}
		for _, e := range v.Events {
			if f, is := e.Fact.(board.PressSaid); is && (f.Words != words || (f.Pressed != "") != (words != "")) {
				c.t.Errorf("the %s reads %+v", name, f)
			}
		}
		if (v.Case.Pressed != "") != (words != "") {
			c.t.Errorf("the %s knows %q", name, v.Case.Pressed)
		}
	}
}
