package office_test

import (
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/server/workday"
	"lianxin/store"
	"lianxin/store/kv"
	"lianxin/store/kv/kvtest"
)

// counted is a county of which it can be told how many pairs something reads.
func counted(t *testing.T) (*county, *kvtest.Reads) {
	reads := &kvtest.Reads{}
	return found(t, func(e kv.Engine) kv.Engine { reads.Engine = e; return reads }), reads
}

func (c *county) bring(from, n int) {
	c.t.Helper()
	for first := from; first < from+n; first += 100 {
		var rows []office.Imported
		for i := first; i < min(first+100, from+n); i++ {
			rows = append(rows, office.Imported{Line: i, Source: fmt.Sprint("12345:", i), Kind: board.Ask, Title: "路灯", Body: "路灯不亮",
				Filed: c.clock.now().Add(-time.Duration(i) * time.Minute)})
		}
		added, _, _, err := c.Import(ctx, rows)
		if c.must(err); added != len(rows) {
			c.t.Fatalf("of %d rows %d came in", len(rows), added)
		}
	}
}

// What lies on the desks is read a page at a time, however much it is.
func TestADeskReadsNoMoreThanAPage(t *testing.T) {
	c, reads := counted(t)
	measure := func() map[string]int {
		of := map[string]int{}
		for name, who := range map[string]office.Who{"dispatcher": c.dispatcher, "leader": c.leader, "inspector": c.inspector} {
			of[name] = reads.Of(func() { _, err := c.Desks(ctx, who); c.must(err) })
			for _, shelf := range who.Shelves() {
				of[name+" "+string(shelf)] = reads.Of(func() { _, err := c.Desk(ctx, who, shelf, "", 25); c.must(err) })
			}
		}
		return of
	}
	c.bring(0, 300)
	c.clock.add(10 * 24 * time.Hour) // all of it is late
	before := measure()
	c.bring(300, 600)
	c.clock.add(10 * 24 * time.Hour)
	for page, n := range measure() {
		if n > before[page] {
			t.Errorf("%s read %d pairs, and %d with three times as many cases", page, before[page], n)
		}
	}
}

// What stands out in one's filings is read again when it has changed, and then
// only that one's.
func TestPatternsAreReadWhenTheyChange(t *testing.T) {
	c, reads := counted(t)
	c.shares(0, 0)
	aide, other := c.aide("aide", board.ID{}, dongguan), c.aide("other", board.ID{}, dongguan)
	var n board.Number
	for i, name := range []string{"甲", "乙", "丙"} {
		p := granny
		p.Name, p.Phone = name, fmt.Sprintf("1370013701%d", i)
		n = c.help(aide, p, witness)
	}
	c.help(other, granny, witness)
	look := func() (all []office.Pattern, pairs int) {
		pairs = reads.Of(func() {
			var err error
			all, err = c.Patterns(ctx, c.inspector)
			c.must(err)
		})
		return all, pairs
	}
	_, first := look()
	all, again := look()
	if len(all) != 2 || all[0].Filed != 3 || again > 3*len(staffOf(c)) || again >= first {
		t.Errorf("%+v took %d pairs at first, %d again", all, first, again)
	}
	c.must(c.Disown(ctx, c.operator, n, form(), ""))
	all, pairs := look()
	if all[0].Frozen != 1 || pairs <= again || pairs >= first {
		t.Errorf("one froze: %+v took %d pairs, %d when nothing had changed, %d at first", all[0], pairs, again, first)
	}
	c.must(c.store.Update(ctx, func(tx *store.Tx) error { // all three move to one phone
		for _, phone := range []board.Phone{"13700137010", "13700137011"} {
			people, err := tx.PersonsByPhone(phone)
			if err != nil {
				return err
			}
			by := board.Actor{Person: people[0].ID, Roles: board.Roles{board.Resident}, Channel: board.Web}
			e, err := people[0].ChangePhone(by, "13700137012", true, c.clock.now())
			if err != nil {
				return err
			}
			if err := tx.Append(e); err != nil {
				return err
			}
		}
		return nil
	}))
	if all, _ = look(); all[0].SharedPhones != 1 {
		t.Errorf("one phone for three: %+v", all[0])
	}
}

func staffOf(c *county) map[board.ID]*board.Staff {
	county, err := c.County(ctx)
	c.must(err)
	return county.Staff
}

// The months are counted by the server and not by who reads them.
func TestNobodyWaitsForTheMonths(t *testing.T) {
	c, reads := counted(t)
	c.bring(0, 100)
	c.clock.add(40 * 24 * time.Hour)
	wait := func() int { return reads.Of(func() { _, err := c.Months(ctx); c.must(err) }) }
	keep := func() int { return reads.Of(func() { c.must(c.KeepMonths(ctx)) }) }
	if n := keep(); n < 100 || wait() != 0 || keep() != 0 {
		t.Errorf("the server read %d pairs, and a reader some again", n)
	}
	c.clock.add(23*time.Hour + time.Minute)
	if n := keep(); n < 100 || wait() != 0 {
		t.Errorf("before the day is over the server read %d pairs", n)
	}
	c.clock.add(25 * time.Hour) // nobody kept them
	if n := wait(); n < 100 {
		t.Errorf("after a day the reader read %d pairs", n)
	}
}

// An administrator looks through the sessions of staff, and not through those of
// a whole county.
func TestSessionsOfStaffAreFoundAmongMany(t *testing.T) {
	c, reads := counted(t)
	_, err := c.Enter(ctx, "desk")
	c.must(err)
	look := func() (n, pairs int) {
		pairs = reads.Of(func() {
			all, err := c.Sessions(ctx, c.admin)
			c.must(err)
			n = len(all)
		})
		return n, pairs
	}
	n, before := look()
	c.must(c.store.Update(ctx, func(tx *store.Tx) error {
		for i := range 300 {
			if err := tx.PutSession([32]byte{byte(i), byte(i >> 8)}, store.Session{Person: board.ID{1}, Ends: c.clock.now().Add(time.Hour)}); err != nil {
				return err
			}
		}
		return nil
	}))
	if again, pairs := look(); n != 1 || again != n || pairs != before {
		t.Errorf("%d sessions took %d pairs; with 300 people logged in %d took %d", n, before, again, pairs)
	}
	c.clock.add(31 * time.Minute)
	_, err = c.store.Sweep(ctx, c.clock.now())
	c.must(err)
	if n, pairs := look(); n != 0 || pairs >= before {
		t.Errorf("half an hour later %d sessions took %d pairs", n, pairs)
	}
}

// Dates that wait for a calendar are held against each calendar once, and not
// again at each start.
func TestAStartDoesNotReckonAgain(t *testing.T) {
	c, reads := counted(t)
	c.clock.add(time.Date(2027, 12, 31, 12, 0, 0, 0, board.Zone).Sub(c.clock.now()))
	c.bring(0, 50)
	list := 0
	c.must(c.store.View(ctx, func(tx *store.Tx) (err error) {
		list, err = tx.Count(store.Flagged(store.FlagProvisional), 100)
		return err
	}))
	strike := func() int {
		calendar, err := workday.Statutory()
		c.must(err)
		o, err := office.New(office.Parts{Store: c.store, Calendar: calendar, Now: c.clock.now,
			Random: &lockedReader{r: rand.NewChaCha8([32]byte{4})}, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
		c.must(err)
		return reads.Of(func() { _, err := o.Strike(ctx); c.must(err) })
	}
	first, again := strike(), strike()
	if list != 50 || first < list || again >= 10 {
		t.Errorf("%d dates are provisional; the first start read %d pairs, the next %d", list, first, again)
	}
}
