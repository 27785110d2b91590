package office_test

import (
	"strings"
	"testing"

	"lianxin/server/board"
)

// A unit may write whom it spoke with; what becomes public does not say it.
func TestAPublicAnswerNamesNobody(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn("13800138000", home)
		d := lamp
		d.Public = "yes"
		n, err := c.File(ctx, who, form(), d)
		c.must(err)
		c.must(c.Publish(ctx, c.dispatcher, n, form(), board.Notice{Title: "路灯坏了", Body: "村口的路灯坏了"}))
		c.handledWith(n, board.Reply{Found: "给李桂芳打了电话 138 0013 8000，她说灯还黑着。", Done: "已经换好。", Contact: "王工 0311-82345678"})
		v, err := c.PublicCase(ctx, n)
		c.must(err)
		said := v.Case.Published.Found + v.Case.Published.Done
		if strings.Contains(said, "李桂芳") || strings.Contains(said, "8000") {
			c.t.Errorf("anybody reads %q", said)
		}
		if v.Case.Published.Contact != "王工 0311-82345678" {
			c.t.Errorf("nobody reads whom to call: %q", v.Case.Published.Contact)
		}
		if v, err := c.Case(ctx, who, n); err != nil || !strings.Contains(v.Case.Published.Found, "李桂芳") {
			c.t.Errorf("the person's own answer is blotted: %v", err)
		}
	})
}

// The answer to one case goes to the author of a case merged into it, and does
// not say whose the other is.
func TestAnAnswerSharedNamesNobody(t *testing.T) {
	each(t, func(c *county) {
		n := c.file(c.logIn("13800138000", home))
		other := c.logIn("13900139000", away)
		m := c.file(other)
		c.must(c.Merge(ctx, c.dispatcher, m, form(), string(n)))
		c.handledWith(n, board.Reply{Found: "给李桂芳打了电话 138 0013 8000。", Done: "已经换好。", Contact: "王工 0311-82345678"})
		v, err := c.Case(ctx, other, m)
		c.must(err)
		if v.Case.Published == nil || strings.Contains(v.Case.Published.Found, "李桂芳") || strings.Contains(v.Case.Published.Found, "8000") {
			c.t.Errorf("the other author reads %+v", v.Case.Published)
		}
	})
}
