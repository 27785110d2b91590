package office_test

import (
	"slices"
	"testing"
	"time"

	"lianxin/server/board"
)

// Who screens a case is shown what it may be merged with, and who may be in charge.
func TestWhatIsLikely(t *testing.T) {
	each(t, func(c *county) {
		files := func(phone board.Phone, title, body string) board.Number {
			c.clock.add(11 * time.Minute)
			d := lamp
			d.Title, d.Body = title, body
			n, err := c.File(ctx, c.logIn(phone, home), form(), d)
			c.must(err)
			return n
		}
		lampDown := files("13800138000", "桥头路灯不亮", "桥头到小学那段路，路灯不亮了，孩子放学看不见。")
		dry := files("13800138001", "自来水停了", "坡上的自来水三天一停，做饭都没有水。")
		c.must(c.Assign(ctx, c.dispatcher, lampDown, form(), c.to(c.lamps)))
		c.must(c.Assign(ctx, c.dispatcher, dry, form(), c.to(c.water)))
		dark := files("13800138002", "桥头太黑", "桥头到小学那段路晚上太黑，路灯坏了。")
		l, err := c.Likely(ctx, c.dispatcher, dark)
		c.must(err)
		if len(l.Same) != 1 || l.Same[0].Number != lampDown || l.Same[0].Name != "" || l.Same[0].Body != "" {
			c.t.Errorf("likely the same: %+v", l.Same)
		}
		if len(l.Units) == 0 || l.Units[0] != c.lamps || slices.Contains(l.Units, c.water) {
			c.t.Errorf("likely in charge: %v", l.Units)
		}
		// What is finished is merged with nothing; who had it is still told.
		c.must(c.SignFor(ctx, c.handler, lampDown, form()))
		c.must(c.Answer(ctx, c.handler, lampDown, form(), reply))
		c.must(c.Approve(ctx, c.reviewer, lampDown, form()))
		l, err = c.Likely(ctx, c.dispatcher, dark)
		if c.must(err); len(l.Same) != 0 || len(l.Units) == 0 || l.Units[0] != c.lamps {
			c.t.Errorf("after it was answered: %+v", l)
		}
		for _, who := range []struct {
			name string
			n    board.Number
		}{{"nobody else screens it", dark}, {"it is screened", dry}} {
			screens := c.handler
			if who.n == dry {
				screens = c.dispatcher
			}
			if l, err = c.Likely(ctx, screens, who.n); err != nil || len(l.Same)+len(l.Units) != 0 {
				c.t.Errorf("%s: %+v, %v", who.name, l, err)
			}
		}
	})
}
