package bench

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"text/tabwriter"
	"time"

	"lianxin/locales"
	"lianxin/server/board"
	"lianxin/server/channel/sheet"
	"lianxin/server/office"
	"lianxin/server/web"
	"lianxin/store"
	"lianxin/views"
)

const (
	pageGoal   = 0.6 // of what a bare fiber app gives, for public pages
	growthGoal = 2.0 // a desk page with 10,000 cases takes at most so many times that with 100
	pageRounds = 15
	roundTime  = 100 * time.Millisecond
)

// Pages measures, on one core, the public pages against a fiber app that sends
// the same bytes through the same middleware, and every shelf of the desks with
// 10,000 cases against 100, then the lists of a county of real size, and prints
// three tables.
func Pages(w io.Writer) error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	folder, err := os.MkdirTemp("", "lianxin-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	small, err := openTown(filepath.Join(folder, "small"), 100)
	if err != nil {
		return err
	}
	defer small.store.Close()
	large, err := openTown(filepath.Join(folder, "large"), 10_000)
	if err != nil {
		return err
	}
	defer large.store.Close()
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	if err := large.public(table); err != nil {
		return err
	}
	if err := growth(table, small, large); err != nil {
		return err
	}
	if err := small.administration(table); err != nil {
		return err
	}
	return table.Flush()
}

// town is a hall with a site and staff, and cases brought in from elsewhere.
type town struct {
	*hall
	site   *web.Site
	desks  map[board.Role]string // a session's cookie for each role
	sample board.Number          // one of the public cases
}

func openTown(folder string, cases int) (*town, error) {
	h, err := openHall(folder, 1)
	if err != nil {
		return nil, err
	}
	t := &town{hall: h, desks: map[board.Role]string{}}
	for _, make := range []func() error{t.openSite, t.hire, func() error { return t.bringIn(cases) }, t.publish} {
		if err := make(); err != nil {
			return nil, fmt.Errorf("a town of %d cases: %w", cases, err)
		}
	}
	return t, nil
}

func (t *town) openSite() error {
	words, err := locales.Open()
	if err != nil {
		return err
	}
	pages, err := views.Open()
	if err != nil {
		return err
	}
	t.site, err = web.New(web.Parts{Office: t.Office, Words: words, Views: pages, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
		Tables: func(form string, w io.Writer) (web.Table, error) { return sheet.NewWriter(form, w) },
		Config: web.Config{Hosts: []string{"127.0.0.1"}}})
	return err
}

// hire takes on somebody for every role, all handlers of one unit.
func (t *town) hire() error {
	ctx := context.Background()
	err := t.NameCounty(ctx, office.Box, board.CountyNamed{Name: board.Texts{"zh-Hans": "示范县"}, Hotline: "12345"})
	if err != nil {
		return err
	}
	unit, err := t.Found(ctx, office.Box, board.Founded{Name: board.Texts{"zh-Hans": "城管局"}})
	if err != nil {
		return err
	}
	for _, role := range board.StaffRoles {
		n := office.NewStaff{Login: string(role), Name: string(role), Unit: unit, Roles: board.Roles{role}}
		if role == board.Helper {
			n.Areas = []board.Area{{Township: townships[0]}}
		}
		if _, err := t.Hire(ctx, office.Box, n); err != nil {
			return err
		}
		token, err := t.Enter(ctx, string(role))
		if err != nil {
			return err
		}
		t.desks[role] = "s=" + token
	}
	return nil
}

func (t *town) bringIn(cases int) error {
	batch := make([]office.Imported, 0, 100)
	for i := range cases {
		batch = append(batch, office.Imported{Line: i, Source: fmt.Sprintf("bench:%d", i), Kind: board.Ask, Title: fmt.Sprintf("第 %d 盏路灯", i),
			Body: "村口的路灯坏了，晚上走路看不见，老人孩子都怕摔跤，请来修一修。", Filed: t.Now().Add(-time.Duration(i) * time.Minute)})
		if len(batch) == cap(batch) || i == cases-1 {
			if _, _, _, err := t.Import(context.Background(), batch); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	return nil
}

// publish files a few cases whose people agreed, and lets anybody read them.
func (t *town) publish() error {
	ctx := context.Background()
	county, err := t.County(ctx)
	if err != nil {
		return err
	}
	desk := office.Who{}
	for id, s := range county.Staff {
		if s.Roles.Has(board.Dispatcher) {
			desk.Actor = board.Actor{Staff: id, Roles: s.Roles, Channel: board.Web}
		}
	}
	for i := range 25 {
		var form [2]store.Once
		for f := range form {
			binary.BigEndian.PutUint64(form[f][:], uint64(1000+2*i+f))
		}
		n, err := t.File(ctx, t.who[0], form[0], board.Draft{Kind: board.Ask, Public: "yes", Body: fmt.Sprintf("请问第 %d 路公交车周末几点收车？", i)})
		if err != nil {
			return err
		}
		err = t.Publish(ctx, desk, n, form[1], board.Notice{Title: "公交车几点收车", Body: fmt.Sprintf("请问第 %d 路公交车周末几点收车？", i)})
		if err != nil {
			return err
		}
		t.sample = n
	}
	return nil
}

// public holds the public pages against the bare app.
func (t *town) public(w io.Writer) error {
	fmt.Fprintf(w, "pages on one core, packed\tpages/s\tours is\tgoal\t\n")
	for _, path := range []string{"/public", "/public/" + string(t.sample)} {
		ours := t.site.Knocker("")
		status, body := ours(path, "")
		if status != 200 {
			return fmt.Errorf("%s answers %d", path, status)
		}
		bare := web.BareKnocker(body)
		var ratios, rates []float64
		for round := range pageRounds {
			a, b := knocks(ours, path), knocks(bare, path)
			if round > 0 { // the first warms up
				ratios, rates = append(ratios, a/b), append(rates, a)
			}
		}
		ratio, held := median(ratios), "met"
		if ratio < pageGoal {
			held = "missed"
		}
		fmt.Fprintf(w, "%s (%d bytes)\t%.0f\t%.2f of it\t≥ %.1f %s\t\n", path, len(body), median(rates), ratio, pageGoal, held)
	}
	return nil
}

// knocks asks for a page as often as a round's time allows, and gives pages a
// second.
func knocks(k web.Knock, path string) float64 {
	n, begun := 0, time.Now()
	for time.Since(begun) < roundTime {
		k(path, "gzip")
		n++
	}
	return float64(n) / time.Since(begun).Seconds()
}

// growth holds every shelf with many cases against the same with few.
func growth(w io.Writer, small, large *town) error {
	fmt.Fprintf(w, "desk page with 10,000 cases\tms\ttimes that with 100\tgoal\t\n")
	for _, role := range board.StaffRoles {
		who := office.Who{Actor: board.Actor{Staff: board.ID{1}, Roles: board.Roles{role}}}
		for _, shelf := range who.Shelves() {
			path := "/desk?desk=" + string(shelf)
			a, b := small.site.Knocker(small.desks[role]), large.site.Knocker(large.desks[role])
			if status, _ := b(path, ""); status != 200 {
				return fmt.Errorf("%s answers %d to the %s", path, status, role)
			}
			var ratios, times []float64
			for round := range pageRounds {
				few, many := knocks(a, path), knocks(b, path)
				if round > 0 {
					ratios, times = append(ratios, few/many), append(times, 1000/many)
				}
			}
			ratio, held := median(ratios), "met"
			if ratio > growthGoal {
				held = "missed"
			}
			fmt.Fprintf(w, "%s: %s\t%.2f\t%.2f\t≤ %.1f %s\t\n", role, shelf, median(times), ratio, growthGoal, held)
		}
	}
	return nil
}
