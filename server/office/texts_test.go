package office_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

func (c *county) hear(id, from, text string) []store.Text {
	c.t.Helper()
	phone, err := board.ParsePhone(from)
	c.must(err)
	before := len(c.texts(phone))
	c.must(c.Hear(ctx, office.Inbound{ID: id, From: from, Text: text, Time: c.clock.now()}))
	return c.texts(phone)[before:]
}

func TestATextAsksHowACaseStands(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn("13800138000", home)
		n := c.file(who)
		for i, text := range []string{"查 " + n.Grouped(), "查" + string(n), "查询：" + string(n) + "。", "cx " + string(n), "ASK " + n.Grouped(), n.Grouped()} {
			if got := c.hear(string(rune('a'+i)), "+8613800138000", text); len(got) != 1 || got[0].Key != "sms.state.received" {
				c.t.Errorf("%q is answered with %+v", text, got)
			}
		}
		if got := c.hear("a", "+8613800138000", "查 "+string(n)); len(got) != 0 {
			c.t.Errorf("a message that came twice is answered twice: %+v", got)
		}
		if got := c.hear("s1", "13900139000", "查 "+string(n)); len(got) != 1 || got[0].Key != "sms.unknown" {
			c.t.Errorf("a stranger is told %+v", got)
		}
		c.handled(n)
		if got := c.hear("z", "13800138000", "查 "+string(n)); len(got) != 1 || got[0].Key != "sms.state.answered" || got[0].Dates["Date"].IsZero() {
			c.t.Errorf("answered: %+v", got)
		}
		c.clock.add(board.ProofLasts)
		if got := c.hear("old", "13800138000", "查 "+string(n)); len(got) != 1 || got[0].Key != "sms.unknown" {
			c.t.Errorf("a phone not proved for 90 days is told %+v", got)
		}
	})
}

func TestTwoMachinesDoNotTalkForEver(t *testing.T) {
	each(t, func(c *county) {
		answered := 0
		for i := range 40 {
			answered += len(c.hear(time.Duration(i).String(), "13900139000", "您好，我现在不在"))
		}
		if answered != 3 {
			c.t.Errorf("%d answers to a machine", answered)
		}
		c.must(c.Hear(ctx, office.Inbound{ID: "10086", From: "10086", Text: "话费", Time: noon}))
	})
}

func TestATextLeavesOnceWhateverHappens(t *testing.T) {
	each(t, func(c *county) {
		_, err := c.SendCode(ctx, "13800138000", "zh-Hans", home)
		c.must(err)
		broken := errors.New("no signal")
		words := func(t store.Text) string { return t.Key }
		if _, err := c.Post(ctx, words, sender(func(string) error { return broken })); !errors.Is(err, broken) {
			c.t.Fatalf("a sender that fails: %v", err)
		}
		seen := map[string]bool{}
		n, err := c.Post(ctx, words, sender(func(id string) error { seen[id] = true; return nil }))
		if n != 1 || err != nil || len(seen) != 1 {
			c.t.Errorf("after that: %d, %v", n, err)
		}
		if n, err := c.Post(ctx, words, sender(func(string) error { return broken })); n != 0 || err != nil {
			c.t.Errorf("an empty outbox: %d, %v", n, err)
		}
	})
}

type sender func(id string) error

func (s sender) Send(_ context.Context, id, _, _ string, _ time.Time) error { return s(id) }

func TestImportBringsEachCaseInOnce(t *testing.T) {
	each(t, func(c *county) {
		rows := []office.Imported{
			{Line: 2, Source: "old:1", Kind: board.Ask, Title: "问社保", Body: "社保怎么交", Filed: noon.Add(-72 * time.Hour), There: board.There{Unit: "社保局"}},
			{Line: 3, Source: "old:2", Kind: board.Complain, Body: "夜里施工。很吵", Filed: noon.Add(-48 * time.Hour)},
			{Line: 4, Source: "", Kind: board.Ask, Body: "没有编号"},
			{Line: 5, Source: "old:5", Kind: board.Ask, Body: "  "},
			{Line: 6, Source: "old:6", Kind: board.Ask, Body: "明天写的", Filed: noon.Add(24 * time.Hour)},
			{Line: 7, Source: "old:7", Kind: "", Body: "不知道哪一种"},
			{Line: 8, Source: "old:1", Kind: board.Ask, Body: "又来一次"},
		}
		added, known, faults, err := c.Import(ctx, rows)
		if err != nil || added != 2 || known != 1 || len(faults) != 4 {
			c.t.Fatalf("added %d, known %d, faults %v, %v", added, known, faults, err)
		}
		for i, want := range []struct {
			line int
			id   string
		}{{4, "import.source"}, {5, "filing.body.empty"}, {6, "import.future"}, {7, "filing.kind"}} {
			if faults[i].Line != want.line || faults[i].Fault.ID != want.id {
				c.t.Errorf("fault %d: %+v, want %+v", i, faults[i], want)
			}
		}
		if added, known, _, err = c.Import(ctx, rows); err != nil || added != 0 || known != 3 {
			c.t.Errorf("again: added %d, known %d, %v", added, known, err)
		}
		page, err := c.Desk(ctx, c.dispatcher, office.Shelf(board.Dispatcher), "", 10)
		if err != nil || len(page.Cases) != 2 || page.Waiting != 2 {
			c.t.Fatalf("on the desk: %+v, %v", page, err)
		}
		for _, imported := range page.Cases {
			if imported.MayShow {
				c.t.Error("an imported case is public")
			}
			if imported.Title == "夜里施工" {
				c.handled(imported.Number)
			}
		}
		if texts := c.texts(""); len(texts) != 0 {
			c.t.Errorf("nobody has a phone, and is sent %v", texts)
		}
	})
}

func TestDesksShowWhatWaitsAndHowNear(t *testing.T) {
	each(t, func(c *county) {
		n := c.file(c.logIn("13800138000", home))
		desks := func(who office.Who) (waiting int) {
			ds, err := c.Desks(ctx, who)
			c.must(err)
			return ds[0].Waiting // one's own work comes first
		}
		if desks(c.dispatcher) != 1 || desks(c.handler) != 0 || desks(c.reviewer) != 0 {
			c.t.Error("a new case does not wait at the county desk alone")
		}
		light := func(who office.Who, r board.Role) board.Light {
			page, err := c.Desk(ctx, who, office.Shelf(r), "", 5)
			if err != nil || len(page.Lights) != 1 {
				c.t.Fatalf("%s: %+v, %v", r, page, err)
			}
			return page.Lights[0]
		}
		if got := light(c.dispatcher, board.Dispatcher); got != board.Yellow {
			c.t.Errorf("a day is left: %s", got)
		}
		c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.lamps)))
		c.must(c.SignFor(ctx, c.handler, n, form()))
		if got := light(c.handler, board.Handler); got != board.Green {
			c.t.Errorf("fifteen working days are left: %s", got)
		}
		c.clock.add(28 * 24 * time.Hour)
		if got := light(c.handler, board.Handler); got != board.Red {
			c.t.Errorf("four weeks later: %s", got)
		}
		if desks(c.handler2) != 0 {
			c.t.Error("it waits at another unit")
		}
		if page, err := c.Desk(ctx, c.handler, office.Shelf(board.Handler), "not a cursor", 5); err != nil || len(page.Cases) != 1 {
			c.t.Errorf("a broken link: %+v, %v", page, err)
		}
	})
}
