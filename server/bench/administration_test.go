package bench

import (
	"context"
	"fmt"
	"io"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

// What a county of real size has.
const (
	realTowns, realVillages = 20, 40 // villages of each township
	realUnits, realStaff    = 150, 400
	realTopics              = 200

	adminBytes = 30 << 10
	adminTime  = 20.0 // ms on one core
)

// settle makes a town's county as large as a real one. Nobody new gets a password:
// hashing 400 of them takes longer than all that is measured.
func (t *town) settle() error {
	ctx := context.Background()
	var towns []board.Place
	for i := range realTowns {
		towns = append(towns, board.Place{Name: board.Texts{"zh-Hans": fmt.Sprintf("第%d街道", i)}})
	}
	if err := t.ListPlaces(ctx, office.Box, towns); err != nil {
		return err
	}
	for _, p := range towns {
		var villages []board.Place
		for i := range realVillages {
			villages = append(villages, board.Place{Name: board.Texts{"zh-Hans": fmt.Sprintf("%s家庄%d村", string(rune('一'+7*i)), i)}})
		}
		if _, err := t.AddVillages(ctx, office.Box, p.Kept(), villages); err != nil {
			return err
		}
	}
	topics := board.DefaultTopics()
	for i := range realTopics - len(topics) {
		topics = append(topics, board.Topic{ID: fmt.Sprintf("t%d", i), Parent: topics[i%14].ID, Name: board.Texts{"zh-Hans": fmt.Sprintf("第%d个主题", i)}})
	}
	if err := t.ListTopics(ctx, office.Box, topics); err != nil {
		return err
	}
	var units []board.ID
	for i := range realUnits {
		id, err := t.Found(ctx, office.Box, board.Founded{Name: board.Texts{"zh-Hans": fmt.Sprintf("第%d公共服务中心", i)}, Does: board.Texts{"zh-Hans": fmt.Sprintf("第%d类证照的申请和发放", i)}})
		if err != nil {
			return err
		}
		units = append(units, id)
	}
	return t.store.Update(ctx, func(tx *store.Tx) error {
		for i := range realStaff {
			h := board.Hired{Login: fmt.Sprintf("clerk%d", i), Name: fmt.Sprintf("欧阳第%d号", i), Unit: units[i%len(units)], Roles: board.Roles{board.Handler}}
			e, err := board.Hire(board.ID{15: byte(i), 14: byte(i >> 8), 0: 9}, office.Box, h, t.Now())
			if err != nil {
				return err
			}
			if err := tx.Append(e); err != nil {
				return err
			}
		}
		return nil
	})
}

// administration holds the pages that a county's lists stand on, and those that
// choose from them, to a size and a time.
func (t *town) administration(w io.Writer) error {
	if err := t.settle(); err != nil {
		return fmt.Errorf("a county of real size: %w", err)
	}
	fmt.Fprintf(w, "page with %d units, %d staff, %d villages\tKB\tms\tgoal\t\n", realUnits, realStaff, realTowns*realVillages)
	county, err := t.County(context.Background())
	if err != nil {
		return err
	}
	unit := county.List[0].ID.String()
	for _, page := range []struct {
		role board.Role
		path string
	}{
		{board.Admin, "/admin"}, {board.Admin, "/admin/units"}, {board.Admin, "/admin/units/" + unit}, {board.Admin, "/admin/units?q=140"}, {board.Admin, "/admin/places"},
		{board.Admin, "/admin/topics"}, {board.Admin, "/admin/staff"}, {board.Admin, "/villages"}, {board.Admin, "/changes"},
		{board.Dispatcher, "/desk"}, {board.Dispatcher, "/desk/case/" + string(t.sample)}, {board.Operator, "/desk/intake"}, {board.Operator, "/batch"}, {board.Helper, "/assist/new"},
		{"", "/units"}, {"", "/units?q=" + "%E8%AF%81%E7%85%A7"},
	} {
		ask := t.site.Knocker(t.desks[page.role])
		status, body := ask(page.path, "")
		if status != 200 {
			return fmt.Errorf("%s answers %d to the %s", page.path, status, page.role)
		}
		var times []float64
		for round := range pageRounds {
			if n := knocks(ask, page.path); round > 0 {
				times = append(times, 1000/n)
			}
		}
		took, held := median(times), "met"
		if took > adminTime || len(body) > adminBytes {
			held = "missed"
		}
		fmt.Fprintf(w, "%s %s\t%.1f\t%.2f\t≤ %d KB, ≤ %.0f ms %s\t\n", page.role, page.path, float64(len(body))/1024, took, adminBytes>>10, adminTime, held)
	}
	return nil
}
