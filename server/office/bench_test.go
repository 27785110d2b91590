package office_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
	"lianxin/store/kv/bolt"
)

// BenchmarkDesk reads what a desk page needs: how much lies on every shelf of
// somebody who has them all, and 25 cases of one, with 100 and with 10,000
// cases in the county. A page may take twice as long with the latter.
func BenchmarkDesk(b *testing.B) {
	for _, cases := range []int{100, 10_000} {
		engine, err := bolt.Open(filepath.Join(b.TempDir(), "lianxin.db"), bolt.Options{})
		if err != nil {
			b.Fatal(err)
		}
		c := foundOn(b, engine, noon)
		c.fill(cases)
		boss := c.hire("boss", c.lamps, board.Dispatcher, board.Handler, board.Reviewer, board.Leader, board.Inspector)
		c.clock.add(48 * time.Hour) // what nobody has assigned is red
		for _, s := range boss.Shelves() {
			b.Run(fmt.Sprintf("%s of %d", s, cases), func(b *testing.B) {
				for b.Loop() {
					if _, err := c.Desks(ctx, boss); err != nil {
						b.Fatal(err)
					}
					if _, err := c.Desk(ctx, boss, s, "", 25); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
		b.Run(fmt.Sprintf("public of %d", cases), func(b *testing.B) {
			for b.Loop() {
				if _, err := c.Public(ctx, "东关镇", "building", "", 25); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// fill puts so many cases into the county: a third new, a third in hand, a third
// answered, every other one public.
func (c *county) fill(cases int) {
	c.t.Helper()
	who := office.Who{}
	rules := board.DefaultRules()
	by := func(days int) board.Date {
		return board.Date{At: noon.AddDate(0, 0, days), From: noon, Days: days}
	}
	for i := 0; i < cases; {
		c.must(c.store.Update(ctx, func(tx *store.Tx) error {
			for range 250 {
				if i == cases {
					return nil
				}
				if i%50 == 0 { // one person for fifty cases
					id, err := board.NewID(noon, staffIDs)
					c.must(err)
					who.Actor = board.Actor{Person: id, Roles: board.Roles{board.Resident}, Channel: board.Web}
					c.must(tx.Append(board.Join(id, who.Actor, board.Joined{Phone: phone, Lang: "zh-Hans"}, noon)))
				}
				c.must(c.lead(tx, who, i, rules, by))
				i++
			}
			return nil
		}))
	}
}

// lead makes one case and leads it along, without the deeds' texts and forms.
func (c *county) lead(tx *store.Tx, who office.Who, i int, rules board.Rules, by func(int) board.Date) error {
	now := noon.Add(time.Duration(i) * time.Second)
	id, err := board.NewID(now, staffIDs)
	if err != nil {
		return err
	}
	n, err := board.NewNumber(now, staffIDs)
	if err != nil {
		return err
	}
	d := lamp
	d.Kind, d.Public = board.Suggest, "yes"
	k := &board.Case{ID: id}
	then := func(e board.Event, err error) error {
		if err != nil {
			return err
		}
		k.Apply(e)
		return tx.Append(e)
	}
	err = then(board.File(id, who.Actor, who.Person, n, d, by(1), rules, now), nil)
	if err == nil && i%2 == 0 {
		err = then(k.Publish(c.dispatcher.Actor, board.Notice{Title: "路灯", Body: "路灯坏了"}, rules, now))
	}
	if err == nil && i%3 > 0 {
		charge := board.Charge{Lead: c.lamps, Co: []board.ID{c.water}, Topic: "building", SignBy: by(1), BackBy: by(2), Due: by(15)}
		if err = then(k.Assign(c.dispatcher.Actor, charge, rules, now)); err == nil {
			err = then(k.SignFor(c.handler.Actor, now))
		}
	}
	if err == nil && i%3 == 2 {
		err = then(k.Answer(c.handler.Actor, reply, board.Review{By: by(1)}, rules, now))
	}
	return err
}
