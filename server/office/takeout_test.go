package office_test

import (
	"fmt"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

// imports brings in n cases, of which the office knows nobody.
func (c *county) imports(n int) {
	c.t.Helper()
	var rows []office.Imported
	for i := range n {
		rows = append(rows, office.Imported{Line: i, Source: fmt.Sprint("old:", i), Kind: board.Ask, Title: fmt.Sprint("第", i, "件"),
			Body: "问社保", Filed: noon.Add(-time.Duration(i) * time.Minute)})
	}
	if _, _, faults, err := c.Import(ctx, rows); err != nil || len(faults) > 0 {
		c.t.Fatalf("%v %v", faults, err)
	}
}

// takenOut is what the county remembers of it.
func (c *county) takenOut() (all []board.TakenOut) {
	c.t.Helper()
	c.must(c.store.View(ctx, func(tx *store.Tx) error {
		events, err := tx.Events(board.CountyStream)
		for _, e := range events {
			if f, is := e.Fact.(board.TakenOut); is {
				all = append(all, f)
			}
		}
		return err
	}))
	return all
}

func TestAWholeShelfIsTakenAndRemembered(t *testing.T) {
	each(t, func(c *county) {
		c.imports(410) // more than two pages of a walk
		seen := map[board.Number]bool{}
		take := func(who office.Who, s office.Shelf, most int) (bool, error) {
			clear(seen)
			return c.TakeShelf(ctx, who, s, "csv", most, func(got *board.Case, _ board.Light) error { seen[got.Number] = true; return nil })
		}
		if more, err := take(c.leader, office.Newest, 1000); err != nil || more || len(seen) != 410 {
			t.Errorf("%d of 410, more %v: %v", len(seen), more, err)
		}
		if more, err := take(c.leader, office.Newest, 250); err != nil || !more || len(seen) != 250 {
			t.Errorf("%d of 250, more %v: %v", len(seen), more, err)
		}
		if more, err := take(c.handler, office.Leading, 1000); err != nil || more || len(seen) != 0 {
			t.Errorf("a unit that leads none took %d, more %v: %v", len(seen), more, err)
		}
		c.must(c.TakeAll(ctx, office.Box))
		want := []board.TakenOut{{What: "newest", Form: "csv", Cases: 410}, {What: "newest", Form: "csv", Cases: 250},
			{What: "leading", Form: "csv"}, {What: board.Everything, Form: "jsonl"}}
		if got := c.takenOut(); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("remembered is %+v", got)
		}
		for _, who := range []office.Who{c.reviewer, c.operator, c.admin, c.handler, {}} {
			_, err := take(who, office.Newest, 1000)
			c.refused("the newest", err, "deed.role")
		}
		c.refused("everything", c.TakeAll(ctx, c.leader.Actor), "deed.role")
		if got := c.takenOut(); len(got) != len(want) {
			t.Errorf("what was refused is remembered: %+v", got)
		}
	})
}
