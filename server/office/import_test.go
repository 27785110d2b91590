package office_test

import (
	"fmt"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

// What was promised in another system is the date here too, unless it was done
// there; nothing is public because it was so there.
func TestPromisesOfAnotherSystemStand(t *testing.T) {
	each(t, func(c *county) {
		filed, due := noon.Add(-72*time.Hour), noon.Add(30*24*time.Hour)
		row := func(source string, there board.There) office.Imported {
			return office.Imported{Source: source, Kind: board.Help, Body: source, Filed: filed, There: there, Topic: "traffic", Township: "月亮镇"}
		}
		_, _, faults, err := c.Import(ctx, []office.Imported{row("open", board.There{Due: due, Shown: true, Unit: "城管局"}),
			row("late", board.There{Due: noon.Add(-time.Hour)}), row("done", board.There{Due: due, Done: filed}), row("none", board.There{})})
		if err != nil || len(faults) > 0 {
			c.t.Fatal(faults, err)
		}
		page, err := c.Desk(ctx, c.dispatcher, office.Shelf(board.Dispatcher), "", 10)
		c.must(err)
		for _, b := range page.Cases {
			c.must(c.Assign(ctx, c.dispatcher, b.Number, form(), c.to(c.lamps)))
			v := c.at(b.Number).Case
			switch b.Title {
			case "open":
				if !v.Due.At.Equal(due) || v.There.Unit != "城管局" || v.MayShow || v.Public == board.Shown || v.Township != "" {
					c.t.Errorf("a promise that is open: due %v, %+v", v.Due, v)
				}
			case "late":
				if c.Light(v.Due) != board.Red {
					c.t.Errorf("a promise that was broken there: %v", v.Due)
				}
			default:
				if v.Due.At.Equal(due) || v.Due.From.IsZero() {
					c.t.Errorf("%s: due %v", b.Title, v.Due)
				}
			}
		}
	})
}

// What was finished in another system is kept to be read: it lies on no desk,
// nothing is done to it but giving its author a slip, and the county does not count it as its own work.
func TestHistoryOfAnotherSystem(t *testing.T) {
	each(t, func(c *county) {
		c.file(c.logIn("13800138000", home))
		row := func(source string, there board.There) office.Imported {
			return office.Imported{Source: source, Kind: board.Help, Title: source, Body: source, Filed: noon.Add(-48 * time.Hour), There: there}
		}
		done := noon.Add(-24 * time.Hour)
		_, _, faults, err := c.Import(ctx, []office.Imported{row("open", board.There{Reply: "在看"}),
			row("over", board.There{Ended: true, Done: done, Reply: "修好了", Due: noon.Add(-30 * time.Hour)})})
		if err != nil || len(faults) > 0 {
			c.t.Fatal(faults, err)
		}
		for _, s := range []office.Shelf{office.Shelf(board.Dispatcher), office.Red} {
			page, err := c.Desk(ctx, c.dispatcher, s, "", 10)
			c.must(err)
			for _, b := range page.Cases {
				if b.Title == "over" {
					c.t.Errorf("what was finished elsewhere lies on %s", s)
				}
			}
		}
		all, err := c.Desk(ctx, c.dispatcher, office.Newest, "", 10)
		c.must(err)
		for _, b := range all.Cases {
			v := c.at(b.Number)
			author := board.Actor{Roles: board.Roles{board.Resident}, Person: v.Case.Person}
			operator := board.Actor{Roles: board.Roles{board.Operator}, Staff: c.dispatcher.Staff}
			_, quoted := v.Case.May(operator, board.Quote, noon)
			switch {
			case b.Title == "over" && (len(v.Case.Doable(author, noon)) > 0 || quoted == nil):
				c.t.Errorf("its author may %v, and may be quoted: %v", v.Case.Doable(author, noon), quoted)
			case b.Title == "over" && (v.Case.Stage != board.Closed || !v.Case.Ended || !v.Case.History() || fmt.Sprint(v.Doable) != "[reslip]" || v.Case.There.Reply != "修好了"):
				c.t.Errorf("%s, ended %v, %v", v.Case.Stage, v.Case.Ended, v.Doable)
			case b.Title == "open" && (v.Case.Stage != board.Received || v.Case.History()):
				c.t.Errorf("what is open there is %s here", v.Case.Stage)
			}
		}
		if len(all.Cases) != 3 {
			c.t.Errorf("%d can be found", len(all.Cases))
		}
		c.clock.add(31 * 24 * time.Hour)
		_, err = c.Strike(ctx)
		c.must(err)
		months, err := c.Months(ctx)
		if err != nil || len(months) == 0 || months[0].Filed != 2 {
			c.t.Errorf("the county counts %+v, %v", months, err)
		}
	})
}

func TestATrialOfAnImportKeepsNothing(t *testing.T) {
	each(t, func(c *county) {
		rows := []office.Imported{{Line: 2, Source: "a", Kind: board.Ask, Body: "问"}, {Line: 3, Source: "b", Kind: board.Ask}}
		for range 2 {
			added, known, faults, err := c.Try(ctx, rows)
			if err != nil || added != 1 || known != 0 || len(faults) != 1 || faults[0].Fault.ID != "filing.body.empty" {
				c.t.Errorf("%d, %d, %v, %v", added, known, faults, err)
			}
		}
	})
}

// Offices are called in many ways; where two may be meant, none is taken.
func TestUnitsAndPlacesAreKnownByLikeness(t *testing.T) {
	d := &office.Directory{Settings: &board.Settings{Name: board.Texts{"zh-Hans": "槐阳县"},
		Townships: []board.Place{{Name: board.Texts{"zh-Hans": "柳河镇", "en": "Liuhe"}}, {Name: board.Texts{"zh-Hans": "东关街道"}}}}}
	for _, name := range []string{"县城市管理局", "县教育局", "县人力资源和社会保障局", "县公安局", "县交通运输局", "县交通警察局", "水利局"} {
		d.List = append(d.List, &board.Unit{Name: board.Texts{"zh-Hans": name}})
	}
	for theirs, want := range map[string]string{
		"县城市管理局": "县城市管理局", "槐阳县城管局": "县城市管理局", "城管局": "县城市管理局", "人社局": "县人力资源和社会保障局", "县水利局": "水利局",
		"教育局": "县教育局", "市公安局": "", "省教育厅": "", "交通局": "", "公安": "", "": "", "县": "",
	} {
		got := ""
		if u := d.UnitLike(theirs); u != nil {
			got = u.Name["zh-Hans"]
		}
		if got != want {
			t.Errorf("%s was taken for %q, want %q", theirs, got, want)
		}
	}
	for text, want := range map[string]string{
		"柳河镇": "柳河镇", "柳河": "柳河镇", "槐阳县柳河镇东关村": "柳河镇", "东关": "东关街道", "liuhe": "柳河镇", "柳河路": "", "": "", "月亮镇": "",
	} {
		if got := d.TownshipLike(text); got != want {
			t.Errorf("%s was taken for %q, want %q", text, got, want)
		}
	}
}
