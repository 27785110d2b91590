package office_test

import (
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

// drawing sets how many of a hundred are drawn for what is drawn by chance.
func (c *county) drawing(check, rate int) {
	c.t.Helper()
	r := board.DefaultRules()
	r.CheckShare, r.RateShare = check, rate
	c.must(c.SetRules(ctx, c.admin.Actor, r))
}

// waiting are the reasons of an operator's calls.
func (c *county) waiting(who office.Who) (whys []board.Why) {
	c.t.Helper()
	items, _, err := c.Calls(ctx, who, "")
	c.must(err)
	for _, it := range items {
		whys = append(whys, it.Why)
	}
	return whys
}

func (c *county) waits(who office.Who, want ...board.Why) {
	c.t.Helper()
	have := c.waiting(who)
	if len(have) != len(want) {
		c.t.Fatalf("to be called about %q, want %q", have, want)
	}
	for i := range have {
		if have[i] != want[i] {
			c.t.Fatalf("to be called about %q, want %q", have, want)
		}
	}
}

func TestACallInVainIsLeftAlone(t *testing.T) {
	each(t, func(c *county) {
		c.drawing(0, 0)
		n, err := c.TakeIn(ctx, c.operator, form(), intake)
		c.must(err)
		c.handled(n)
		for range board.MostTries - 1 {
			c.waits(c.operator, board.TellAnswer)
			c.must(c.Missed(ctx, c.operator, n, form()))
			c.waits(c.operator)
			c.refused("once more at once", c.Missed(ctx, c.operator, n, form()), "deed.moved-on")
			c.clock.add(board.TryAgain)
		}
		c.must(c.Missed(ctx, c.operator, n, form()))
		c.clock.add(board.TryAgain)
		c.waits(c.operator)
		letters, _, err := c.Letters(ctx, c.operator, "")
		c.must(err)
		if len(letters) != 1 || letters[0].Case.Number != n || letters[0].Lang != "zh-Hans" {
			c.t.Fatalf("letters %+v", letters)
		}
		c.must(c.LetterPrinted(ctx, c.operator, n, form()))
		if letters, _, err = c.Letters(ctx, c.operator, ""); err != nil || len(letters) != 0 {
			c.t.Errorf("a letter that is posted waits: %+v, %v", letters, err)
		}
	})
}

func TestOneCallAboutTwoThings(t *testing.T) {
	each(t, func(c *county) {
		c.drawing(100, 100)
		second := c.hire("call2", board.ID{}, board.Operator)
		n, err := c.TakeIn(ctx, c.operator, form(), intake)
		c.must(err)
		c.handled(n)
		c.clock.add(4 * 24 * time.Hour)
		c.waits(second, board.Recheck)
		c.waits(c.operator, board.TellAnswer) // whoever typed it does not check it
		c.must(c.Checked(ctx, second, n, form()))
		c.waits(second, board.TellAnswer)
		c.must(c.ReadOut(ctx, c.operator, n, form(), board.ReadOut{At: c.clock.now(), How: board.ByPhone}))
		c.waits(c.operator) // nor do they ask whether it is solved
		c.waits(second, board.AskRate)
		c.refused("who read it out asks", c.Spared(ctx, c.operator, n, form()), "deed.uninvolved")
		c.must(c.Spared(ctx, second, n, form()))
		c.waits(second)
		if v := c.at(n); v.Case.Rating != nil || v.Case.Stage != board.Answered {
			c.t.Errorf("who did not want to say has said %+v", v.Case.Rating)
		}
	})
}

func TestAPaperFormHasTheDayItCameIn(t *testing.T) {
	each(t, func(c *county) {
		_, papers := c.printed(board.BlankForm, 2)
		paper := intake
		paper.Channel, paper.Slip = board.Sheet, string(papers[0].Serial)
		for what, day := range map[string]time.Time{
			"no day": {}, "a day to come": noon.Add(time.Hour), "a day long ago": noon.AddDate(-1, 0, 0),
		} {
			paper.Draft.Received = day
			_, err := c.TakeIn(ctx, c.operator, form(), paper)
			c.refused(what, err, "intake.received")
		}
		paper.Draft.Received = noon.AddDate(0, 0, -3)
		n, err := c.TakeIn(ctx, c.operator, form(), paper)
		c.must(err)
		if got := c.at(n).Case; !got.Received.Equal(paper.Draft.Received) || !got.Filed.Equal(noon) {
			c.t.Errorf("received %v, filed %v", got.Received, got.Filed)
		}
		paper.Draft.Body = "又一件"
		_, err = c.TakeIn(ctx, c.operator, form(), paper)
		c.refused("the same paper", err, "paper.used")
		paper.Channel = board.Call // no paper, no day
		paper.Slip, paper.Draft.Received = "", time.Time{}
		_, err = c.TakeIn(ctx, c.operator, form(), paper)
		c.must(err)
	})
}
