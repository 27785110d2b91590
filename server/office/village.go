package office

import (
	"context"
	"slices"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// locate calls a filing's township and village by the names under which they are
// kept. A village that nobody knows stays as it was typed, and is noted for the
// county to say once what is meant.
func (o *Office) locate(tx *store.Tx, c board.ID, d *board.Draft, settings *board.Settings) error {
	d.Township = settings.PlaceName(d.Township)
	villages, err := tx.Villages(d.Township)
	if err != nil {
		return err
	}
	at := villages.Find(d.Village)
	d.Village = at.Text
	if at.Stray {
		return tx.PutStray(c, o.now())
	}
	return nil
}

// ParseArea reads where a helper helps. In a township whose villages are listed
// it is one of them, by its own name.
func (d *Directory) ParseArea(text string) (board.Area, error) {
	area, err := d.Settings.ParseArea(text)
	if err != nil || area.Village == "" {
		return area, err
	}
	at := d.Where(area.Township, area.Village)
	switch {
	case at.Known != "":
		area.Village = at.Known
	case len(at.Near) > 0:
		return area, board.Fault{Kind: board.Invalid, ID: "staff.village-near", Field: "areas",
			Args: []any{"Name", area.Village, "Town", area.Township, "Near", strings.Join(at.Near, "、")}}
	case d.Villages[area.Township] != nil && len(d.Villages[area.Township].List) > 0:
		return area, board.Fault{Kind: board.Invalid, ID: "staff.village", Field: "areas", Args: []any{"Name", area.Village, "Town", area.Township}}
	}
	return area, nil
}

// villages changes what is known of a township's villages.
func (o *Office) villages(ctx context.Context, by board.Actor, township string, change func(*store.Tx, *board.Villages) ([]board.Event, error)) error {
	_, _, err := o.rule(ctx, by, func(tx *store.Tx) (none board.ID, err error) {
		settings, err := tx.Settings()
		if err != nil {
			return none, err
		}
		if p, known := settings.Township(township); !known || p.Kept() != township {
			return none, missing
		}
		list, err := tx.Villages(township)
		if err != nil {
			return none, err
		}
		list.Township = township
		events, err := change(tx, list)
		if err != nil {
			return none, err
		}
		return none, join(tx.Append(events...), o.dropStrays(tx))
	})
	return err
}

// AddVillages adds to the villages of a township, which is called as cases keep
// it. Those it has already are left as they are. It tells how many were new.
func (o *Office) AddVillages(ctx context.Context, by board.Actor, township string, fresh []board.Place) (added int, err error) {
	err = o.villages(ctx, by, township, func(_ *store.Tx, v *board.Villages) ([]board.Event, error) {
		list := slices.Clone(v.List)
		for _, p := range fresh {
			if !slices.ContainsFunc(list, p.Is) {
				list = append(list, p)
			}
		}
		if added = len(list) - len(v.List); added == 0 {
			return nil, nil
		}
		e, err := board.ListVillages(by, township, list, o.now())
		return []board.Event{e}, err
	})
	return added, err
}

// RenameVillage gives a village another name. The old one goes on to mean it,
// and the helpers who help there help there still.
func (o *Office) RenameVillage(ctx context.Context, by board.Actor, township, village string, now board.Place) error {
	return o.villages(ctx, by, township, func(tx *store.Tx, v *board.Villages) ([]board.Event, error) {
		list := slices.Clone(v.List)
		at := slices.IndexFunc(list, func(p board.Place) bool { return p.Name["zh-Hans"] == village })
		if at < 0 {
			return nil, missing
		}
		list[at] = now
		e, err := board.ListVillages(by, township, list, o.now())
		if err != nil || now.Name["zh-Hans"] == village {
			return []board.Event{e}, err
		}
		v.Apply(e)
		meant, err := v.Mean(by, village, now.Name["zh-Hans"], o.now())
		if err != nil {
			return nil, err
		}
		moved, err := o.moveAreas(tx, by, board.Area{Township: township, Village: village}, now.Name["zh-Hans"])
		return append(moved, e, meant), err
	})
}

// moveAreas lets whoever helps in a village help in it under its other name.
func (o *Office) moveAreas(tx *store.Tx, by board.Actor, from board.Area, village string) (events []board.Event, err error) {
	staff, err := tx.StaffList()
	if err != nil {
		return nil, err
	}
	for _, s := range staff {
		at := slices.Index(s.Areas, from)
		if s.Left || at < 0 {
			continue
		}
		areas := slices.Clone(s.Areas)
		areas[at].Village = village
		e, err := s.Post(by, board.Posted{Name: s.Name, Unit: s.Unit, Roles: s.Roles, Areas: areas, Deputy: s.Deputy}, o.now())
		if err != nil {
			return nil, err
		}
		events = append(events, e)
	}
	return events, nil
}

// DropVillage takes a village off its township's list. What is kept under its
// name stays.
func (o *Office) DropVillage(ctx context.Context, by board.Actor, township, village string) error {
	return o.villages(ctx, by, township, func(_ *store.Tx, v *board.Villages) ([]board.Event, error) {
		list := slices.DeleteFunc(slices.Clone(v.List), func(p board.Place) bool { return p.Name["zh-Hans"] == village })
		e, err := board.ListVillages(by, township, list, o.now())
		return []board.Event{e}, err
	})
}

// MeanVillage says which village people mean by some words, now and whenever
// they are written again; "" none of the list.
func (o *Office) MeanVillage(ctx context.Context, by board.Actor, township, words, village string) error {
	return o.villages(ctx, by, township, func(_ *store.Tx, v *board.Villages) ([]board.Event, error) {
		e, err := v.Mean(by, words, village, o.now())
		return []board.Event{e}, err
	})
}

// Stray are words for a place that nobody knows, in one township.
type Stray struct {
	Township, Words string
	Count           int // messages in which they stand
	Last            time.Time
	Near            []string
}

// mostStrays is how many messages are looked through for them.
const mostStrays = 500

// Strays lists the words for places that nobody knows, the most frequent first:
// for those who keep the list, and for the county desk, which reads them in the
// messages anyway.
func (o *Office) Strays(ctx context.Context, who Who) ([]Stray, error) {
	if who.Roles.Meet(board.Roles{board.Admin, board.Dispatcher}) == "" {
		return nil, denied
	}
	var strays []Stray
	err := o.store.View(ctx, func(tx *store.Tx) error {
		strays = nil
		return o.eachStray(tx, func(c *board.Case, at board.Whereabouts) error {
			i := slices.IndexFunc(strays, func(s Stray) bool { return s.Township == c.Township && board.SameWords(s.Words, c.Village) })
			switch {
			case !at.Stray:
				return nil
			case i < 0:
				i, strays = len(strays), append(strays, Stray{Township: c.Township, Words: c.Village, Near: at.Near})
			}
			strays[i].Count++
			strays[i].Last = c.Filed
			return nil
		})
	})
	slices.SortStableFunc(strays, func(a, b Stray) int { return b.Count - a.Count })
	return strays, err
}

func (o *Office) eachStray(tx *store.Tx, do func(*board.Case, board.Whereabouts) error) error {
	cases, err := tx.Strays(mostStrays, o.now())
	if err != nil {
		return err
	}
	lists := map[string]*board.Villages{}
	for _, c := range cases {
		if lists[c.Township] == nil {
			if lists[c.Township], err = tx.Villages(c.Township); err != nil {
				return err
			}
		}
		if err := do(c, lists[c.Township].Find(c.Village)); err != nil {
			return err
		}
	}
	return nil
}

// dropStrays forgets the cases whose village is known by now.
func (o *Office) dropStrays(tx *store.Tx) error {
	return o.eachStray(tx, func(c *board.Case, at board.Whereabouts) error {
		if at.Stray {
			return nil
		}
		return tx.DropStray(c.ID)
	})
}

// BringPlaces takes in rows of a list of division codes: townships and streets,
// and the villages whose codes begin with a township's. What is known by its code
// under another name is renamed, and what is kept under the old one stays with
// it; what is known already is left as it is. It tells how many were new.
func (o *Office) BringPlaces(ctx context.Context, by board.Actor, rows []board.Place) (added int, err error) {
	_, _, err = o.rule(ctx, by, func(tx *store.Tx) (none board.ID, err error) {
		added = 0
		settings, err := tx.Settings()
		if err != nil {
			return none, err
		}
		towns, villages := slices.Clone(settings.Townships), map[string][]board.Place{}
		for _, p := range rows {
			switch town, above := strings.CutSuffix(p.Code, "000"); {
			case len(p.Code) == villageCode && above:
				p.Code = town
			case len(p.Code) == villageCode:
				villages[p.Code[:townCode]] = append(villages[p.Code[:townCode]], p)
				continue
			}
			if i := slices.IndexFunc(towns, p.Is); i < 0 {
				towns, added = append(towns, p), added+1
			} else if p.Code != "" && (towns[i].Code != p.Code || towns[i].Name["zh-Hans"] != p.Name["zh-Hans"]) {
				towns[i] = towns[i].Renamed(p)
			}
		}
		e, err := settings.ListPlaces(by, towns, o.now())
		if err != nil {
			return none, err
		}
		more, err := o.bringVillages(tx, by, towns, villages)
		added += more
		return none, join(err, tx.Append(e))
	})
	return added, err
}

// Lengths of division codes (GB/T 10114): a township's is 9 digits long, or 12
// with zeros behind, a village's 12.
const (
	townCode    = 9
	villageCode = 12
)

// bringVillages adds villages to their townships, which they name by its code.
func (o *Office) bringVillages(tx *store.Tx, by board.Actor, towns []board.Place, villages map[string][]board.Place) (added int, err error) {
	for _, town := range towns {
		fresh := villages[town.Code]
		if delete(villages, town.Code); len(fresh) == 0 {
			continue
		}
		v, err := tx.Villages(town.Kept())
		if err != nil {
			return added, err
		}
		list := slices.Clone(v.List)
		for _, p := range fresh {
			if !slices.ContainsFunc(list, p.Is) {
				list = append(list, p)
			}
		}
		e, err := board.ListVillages(by, town.Kept(), list, o.now())
		if err != nil {
			return added, err
		}
		if added += len(list) - len(v.List); len(list) == len(v.List) {
			continue
		}
		if err := tx.Append(e); err != nil {
			return added, err
		}
	}
	for code, lost := range villages {
		return added, board.Fault{Kind: board.Invalid, ID: "places.orphan", Field: "code", Args: []any{"Name", lost[0].Name["zh-Hans"], "Code", code}}
	}
	return added, o.dropStrays(tx)
}
