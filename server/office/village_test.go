package office_test

import (
	"slices"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

func named(names ...string) (places []board.Place) {
	for _, name := range names {
		places = append(places, board.Place{Name: board.Texts{"zh-Hans": name}})
	}
	return places
}

// However a village is written, it is kept by its own name, on every way in; and a
// helper's area is known by it.
func TestAVillageIsKeptByItsOwnName(t *testing.T) {
	each(t, func(c *county) {
		_, err := c.AddVillages(ctx, office.Box, "东关镇", named("东关村", "西关村"))
		c.must(err)
		at := func(n board.Number) string { return c.at(n).Case.Village }

		d := lamp
		d.Township, d.Village = "东关镇", "東關 3组"
		n, err := c.File(ctx, c.logIn(phone, home), form(), d)
		c.must(err)
		if got := at(n); got != "东关村3组" {
			c.t.Errorf("a resident's is kept as %q", got)
		}

		li := c.helperOf("li", board.ID{}, east)
		near := neighbour
		near.Village = "东关村委会"
		if got := at(c.helped(li, near, "村口的路灯坏了。")); got != "东关村" {
			c.t.Errorf("a helper's is kept as %q", got)
		}
		west := neighbour
		west.Village = "西关"
		c.refused("of another village", c.Help(ctx, li, west), "assist.area")

		_, _, faults, err := c.Import(ctx, []office.Imported{{Line: 1, Source: "x:1", Kind: board.Help, Title: "灯", Body: "灯坏了", Filed: c.clock.now(),
			Township: "东关镇", There: board.There{Place: "示范县东关镇西关村2组12号", Unit: "城管"}}})
		c.must(err)
		page, err := c.Desk(ctx, c.dispatcher, office.Shelf(board.Dispatcher), "", 10)
		c.must(err)
		brought := slices.ContainsFunc(page.Cases, func(k *board.Case) bool { return k.Source == "x:1" && k.Village == "西关村" })
		if len(faults) > 0 || !brought {
			c.t.Errorf("an imported case does not lie in its village, %v", faults)
		}
	})
}

// Words that nobody knows wait for somebody to say what they mean, and no longer.
func TestStraysAreSaidOnce(t *testing.T) {
	each(t, func(c *county) {
		_, err := c.AddVillages(ctx, office.Box, "东关镇", named("东关村", "西关村"))
		c.must(err)
		who := c.logIn(phone, home)
		for i, words := range []string{"老油坊", "老油坊", "河滩"} {
			d := lamp
			d.Body, d.Township, d.Village = d.Body+string(rune('一'+i)), "东关镇", words
			c.clock.add(time.Minute)
			_, err := c.File(ctx, who, form(), d)
			c.must(err)
		}
		strays, err := c.Strays(ctx, c.dispatcher)
		c.must(err)
		if len(strays) != 2 || strays[0].Words != "老油坊" || strays[0].Count != 2 {
			c.t.Errorf("the strays are %+v", strays)
		}
		_, err = c.Strays(ctx, c.handler)
		c.refused("a handler reads them", err, "deed.role")
		c.refused("a handler says what is meant", c.MeanVillage(ctx, c.handler.Actor, "东关镇", "老油坊", "东关村"), "deed.role")
		c.refused("a village of no list", c.MeanVillage(ctx, c.dispatcher.Actor, "东关镇", "老油坊", "南关村"), "villages.none")
		c.refused("a township of no list", c.MeanVillage(ctx, c.dispatcher.Actor, "某镇", "老油坊", ""), "case.missing")
		c.must(c.MeanVillage(ctx, c.dispatcher.Actor, "东关镇", "老油坊", "东关村"))
		if strays, err = c.Strays(ctx, c.dispatcher); err != nil || len(strays) != 1 || strays[0].Words != "河滩" {
			c.t.Errorf("after one was said they are %+v, %v", strays, err)
		}
		c.clock.add(91 * 24 * time.Hour)
		if strays, err = c.Strays(ctx, c.dispatcher); err != nil || len(strays) != 0 {
			c.t.Errorf("after a quarter of a year they are %+v, %v", strays, err)
		}
	})
}
