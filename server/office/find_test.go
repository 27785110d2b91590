package office_test

import (
	"slices"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

// called is what a page would call a case by.
func called(c *board.Case) []string {
	return []string{c.Township, c.Village, map[string]string{"traffic": "交通"}[c.Topic]}
}

// Staff find what they may open, by what they may read of it.
func TestFind(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn("13800138000", home)
		open := c.file(who)
		c.clock.add(11 * time.Minute)
		hush := lamp
		hush.Title, hush.Body, hush.Hide = "井盖没了", "北街的井盖没了，我是李桂芳。", true
		hidden, err := c.File(ctx, who, form(), hush)
		c.must(err)
		finds := func(who office.Who, words string, want ...board.Number) {
			c.t.Helper()
			found, err := c.Find(ctx, who, words, 20, called)
			c.must(err)
			var got []board.Number
			for _, f := range found.Cases {
				got = append(got, f.Number)
			}
			if !slices.Equal(got, want) {
				c.t.Errorf("%s finds by %q %v, want %v", who.Name, words, got, want)
			}
		}
		for words, want := range map[string][]board.Number{
			open.Grouped(): {open}, string(open)[6:]: {open}, "路灯": {open}, "井盖 北街": {hidden}, "井盖 路灯": nil, "东关镇": {hidden, open},
			"李桂芳": {hidden, open}, "李桂芳 路灯": {open}, "桂芳": {hidden}, "138 0013 8000": {hidden, open}, "13900139000": nil,
		} {
			finds(c.dispatcher, words, want...)
		}
		finds(c.handler, "路灯") // it lies with nobody yet
		finds(c.handler, string(open))
		c.must(c.Assign(ctx, c.dispatcher, open, form(), office.Assignment{Lead: c.lamps.String(), Topic: "traffic"}))
		c.must(c.Assign(ctx, c.dispatcher, hidden, form(), c.to(c.lamps)))
		finds(c.dispatcher, "东关 交通", open)
		finds(c.handler, "东关", open, hidden)
		finds(c.handler, "李桂芳", open) // the other one keeps the name from the unit
		finds(c.handler, "13800138000", open)
		finds(c.handler2, "路灯")
		for _, name := range []string{"李桂芳", "13800138000", "桂芳"} { // not even out of the words
			finds(c.reviewer, name)
			finds(c.leader, name)
			finds(c.inspector, name)
		}
		finds(c.leader, "路灯", open)
		finds(c.operator, "路灯")
		finds(c.admin, "路灯")
		_, err = c.Find(ctx, c.dispatcher, " ", 20, called)
		c.refused("nothing", err, "find.empty")
	})
}

// To find somebody by who they are is to look at whose a case is.
func TestWhoeverIsFoundByNameSeesWhoLooked(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn("13800138000", home)
		n := c.file(who)
		looks := func() int {
			looks, err := c.Looks(ctx, who, n)
			c.must(err)
			return len(looks)
		}
		for words, want := range map[string]int{"路灯": 0, string(n): 0} {
			if _, err := c.Find(ctx, c.dispatcher, words, 20, called); err != nil || looks() != want {
				c.t.Errorf("%q leaves %d looks, %v", words, looks(), err)
			}
		}
		_, err := c.Find(ctx, c.dispatcher, "李桂芳", 20, called)
		if c.must(err); looks() != 1 {
			c.t.Error("found by name, and the person does not see it")
		}
		c.clock.add(13 * time.Hour)
		_, err = c.Find(ctx, c.dispatcher, "13800138000", 20, called)
		if c.must(err); looks() != 2 {
			c.t.Error("found by phone, and the person does not see it")
		}
	})
}

// A search ends: it reads so many cases, however many there are.
func TestASearchEnds(t *testing.T) {
	c, reads := counted(t)
	c.bring(0, 30)
	found, err := c.Find(ctx, c.dispatcher, "路灯", 20, called)
	if c.must(err); len(found.Cases) != 20 || !found.More {
		t.Errorf("found are %d, more: %t", len(found.Cases), found.More)
	}
	c.bring(30, office.MostSought)
	found, err = c.Find(ctx, c.dispatcher, "井盖", 20, called)
	if c.must(err); len(found.Cases) != 0 || !found.Older {
		t.Errorf("found are %d; it is not said that older ones were left out", len(found.Cases))
	}
	few := reads.Of(func() { _, err := c.Find(ctx, c.dispatcher, "井盖", 20, called); c.must(err) })
	c.bring(30+office.MostSought, 300)
	if more := reads.Of(func() { _, err := c.Find(ctx, c.dispatcher, "井盖", 20, called); c.must(err) }); more > few {
		t.Errorf("a search read %d pairs, and %d with more cases", few, more)
	}
}
