package bench

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

// What a county of many cases may cost.
const (
	few          = 1000
	importGoal   = 3000 // rows a second
	importRows   = 100_000
	importGrowth = 1.5 // memory at the end of an import, times that after a quarter of it
	startGoal    = time.Second
	sizeGoal     = 2.0 // a page takes at most so many times what it takes with few cases, at the 99th of a hundred
	memoryGoal   = 300 << 20
	filingGoal   = 0.7 // of the rate with few cases
	stallGoal    = time.Second

	// A page is asked for so often, and for so long, in each walk: of the quick
	// ones very often, since the slowest of few tell of the machine alone.
	asks     = 200
	walkTime = 400 * time.Millisecond
	walks    = 3
)

// Scale measures a county of so many cases against one of a thousand, and the
// works that go over all of it, and prints tables. The counties are made in
// folder, and found there the next time; "" makes them for once.
func Scale(w io.Writer, cases int, folder string) error {
	if folder == "" {
		temp, err := os.MkdirTemp("", "lianxin-bench-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(temp)
		folder = temp
	}
	m := &measure{table: tabwriter.NewWriter(w, 0, 0, 2, ' ', 0), cases: cases, folder: folder}
	for _, part := range []struct {
		name string
		do   func() error
	}{
		{"import", m.imports}, {"two counties", m.counties}, {"seal", m.seals}, {"pages", m.pages}, {"filing", m.filing},
		{"backup", m.backup}, {"works", m.works}, {"compact", m.compacts},
	} {
		if err := part.do(); err != nil {
			return fmt.Errorf("bench: %s: %w", part.name, err)
		}
		if err := m.table.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// measure is a run of it.
type measure struct {
	table        *tabwriter.Writer
	cases        int
	folder       string
	small, large string // folders of the two counties
}

func (m *measure) head(cells ...string) { fmt.Fprintln(m.table, strings.Join(cells, "\t")+"\t") }

// row is a line of the table: what, how much, the budget, and whether it is held.
func (m *measure) row(what, much, goal string, held bool) {
	verdict := "met"
	if !held {
		verdict = "missed"
	}
	if goal == "" {
		verdict = ""
	}
	fmt.Fprintf(m.table, "%s\t%s\t%s\t%s\t\n", what, much, goal, verdict)
}

func mb(bytes int64) string { return fmt.Sprintf("%d MB", bytes>>20) }

func secs(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

// imports brings a large table in with the command, into a county that is new.
func (m *measure) imports() error {
	folder := filepath.Join(m.folder, "import")
	defer os.RemoveAll(folder)
	if err := makeCounty(folder, 1, func(int) {}); err != nil {
		return err
	}
	file := filepath.Join(folder, "rows.csv")
	if err := os.WriteFile(file, []byte(table(few, importRows, time.Now())), 0o600); err != nil {
		return err
	}
	var memory []int64
	r, err := run(folder, func(now int64) { memory = append(memory, now) }, "import", file)
	if err != nil {
		return err
	}
	rate := importRows / r.took.Seconds()
	early := slices.Max(memory[:len(memory)/4+1])
	m.head("bringing in", "", "goal", "")
	m.row(fmt.Sprintf("%d rows of CSV, rows/s", importRows), fmt.Sprintf("%.0f", rate), fmt.Sprintf("≥ %d", importGoal), rate >= importGoal)
	m.row("memory (RssAnon), at most", mb(r.most), fmt.Sprintf("≤ %.1f × the most of the first quarter (%s)", importGrowth, mb(early)), float64(r.most) <= importGrowth*float64(early))
	return nil
}

// counties makes the two that are compared.
func (m *measure) counties() error {
	for _, c := range []struct {
		cases int
		to    *string
	}{{few, &m.small}, {m.cases, &m.large}} {
		*c.to = filepath.Join(m.folder, fmt.Sprint(c.cases))
		if _, err := os.Stat(*c.to); err == nil {
			continue
		}
		began, making := time.Now(), *c.to+".making"
		if err := os.RemoveAll(making); err != nil {
			return err
		}
		if err := makeCounty(making, c.cases, func(int) {}); err != nil {
			return err
		}
		if err := os.Rename(making, *c.to); err != nil {
			return err
		}
		m.row(fmt.Sprintf("a county of %d cases was made in", c.cases), secs(time.Since(began)), "", true)
	}
	return nil
}

func (m *measure) size() int64 {
	about, err := os.Stat(filepath.Join(m.large, "data", "lianxin.db"))
	if err != nil {
		return 0
	}
	return about.Size()
}

// seals lets the tree catch up with everything that was ever written, unless it
// has in an earlier run.
func (m *measure) seals() error {
	m.head(fmt.Sprintf("%d cases, %s", m.cases, mb(m.size())), "", "goal", "")
	r, err := run(m.large, nil, "checkpoint")
	if err != nil {
		return err
	}
	lines := strings.Split(r.said, "\n")
	if len(lines) < 2 { // the name of the box, how many events, the root
		return fmt.Errorf("no checkpoint: %s", r.said)
	}
	events, err := strconv.Atoi(lines[1])
	if err != nil {
		return err
	}
	m.row(fmt.Sprintf("sealing up to %d events that waited", events), secs(r.took), "", true)
	m.row("of it, a page of 500, for which others wait", ms(r.took/time.Duration(events/500+1))+" ms", "", true)
	m.row("memory (RssAnon), at most", mb(r.most), "≤ "+mb(memoryGoal), r.most <= memoryGoal)
	return nil
}

// pages asks both counties for every page in turn.
func (m *measure) pages() error {
	small, err := serve(m.small)
	if err != nil {
		return err
	}
	defer small.stop()
	large, err := serve(m.large)
	if err != nil {
		return err
	}
	defer large.stop()
	m.head(fmt.Sprintf("a server on %d cases", m.cases), "", "goal", "")
	m.row("from the command to the first page", secs(large.started), "≤ "+secs(startGoal), large.started <= startGoal)
	m.head(fmt.Sprintf("page with %d cases", m.cases), "median ms", "p99 ms", fmt.Sprintf("p99, times that with %d", few), "goal", "")
	doors := small.doors()
	for i, d := range large.doors() {
		if err := m.page(small, large, doors[i], d); err != nil {
			return err
		}
	}
	most := anon(large.process.Process.Pid)
	m.head("after all of these pages", "", "goal", "")
	m.row("memory (RssAnon)", mb(most), "≤ "+mb(memoryGoal), most <= memoryGoal)
	return nil
}

func (m *measure) page(small, large *house, a, b door) error {
	var all times
	var ratios, slow []float64
	for range walks {
		var ours, theirs times
		for begun := time.Now(); len(ours) < asks || time.Since(begun) < walkTime; {
			x, err := small.ask(a.who, a.path)
			if err != nil {
				return err
			}
			y, err := large.ask(b.who, b.path)
			if err != nil {
				return err
			}
			theirs, ours = append(theirs, x), append(ours, y)
		}
		all = append(all, ours...)
		ratios = append(ratios, float64(ours.at(99))/float64(theirs.at(99)))
		slow = append(slow, float64(ours.at(99).Microseconds())/1000)
	}
	ratio, verdict := median(ratios), "met"
	if ratio > sizeGoal {
		verdict = "missed"
	}
	fmt.Fprintf(m.table, "%s %s\t%s\t%.2f\t%.2f\t≤ %.1f\t%s\t\n", strings.TrimSpace(b.who), b.path, ms(all.at(50)), median(slow), ratio, sizeGoal, verdict)
	return nil
}

// openFiler opens a county that was made, with people who file.
func openFiler(folder string, writers int) (*hall, error) {
	c, err := openOffice(folder)
	if err != nil {
		return nil, err
	}
	h := &hall{Office: c.Office, store: c.store}
	err = c.store.View(context.Background(), func(tx *store.Tx) error {
		for i := range writers {
			people, err := tx.PersonsByPhone(board.Phone(fmt.Sprintf("138%08d", i%20)))
			if err != nil {
				return err
			}
			by := board.Actor{Person: people[0].ID, Roles: board.Roles{board.Resident}, Channel: board.Web}
			h.who = append(h.who, office.Who{Actor: by})
		}
		return nil
	})
	return h, err
}

// forms numbers the forms of all runs.
var forms atomic.Uint64

// fileOne files a case in a form that nobody had before.
func (h *hall) fileOne(number uint64) error {
	return h.file(uint64(time.Now().UnixMilli())<<24 | forms.Add(1)&0xff<<16 | number&0xffff)
}

// filing lets both counties file in turn.
func (m *measure) filing() error {
	m.head("durable filings", "filings/s", fmt.Sprintf("times the rate with %d cases", few), "goal", "")
	for _, writers := range []int{1, kvWriters} {
		small, err := openFiler(m.small, writers)
		if err != nil {
			return err
		}
		large, err := openFiler(m.large, writers)
		if err != nil {
			return err
		}
		a, b := &contestant{name: "many", deed: large.fileOne}, &contestant{name: "few", deed: small.fileOne}
		ratio, err := compete(a, b, writers, max(60/writers, 4))
		if err != nil {
			return err
		}
		verdict := "met"
		if ratio < filingGoal {
			verdict = "missed"
		}
		fmt.Fprintf(m.table, "%d writers\t%.0f\t%.2f\t≥ %.1f\t%s\t\n", writers, median(a.rates), ratio, filingGoal, verdict)
		if err := small.store.Close(); err != nil {
			return err
		}
		if err := large.store.Close(); err != nil {
			return err
		}
	}
	return nil
}
