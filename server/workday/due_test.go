package workday

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The dates of product.md §3.
func TestGoldenDates(t *testing.T) {
	c := statutory(t)
	for _, row := range []struct {
		from string
		days int
		want string
	}{
		{"2026-02-13", 5, "2026-02-27"},
		{"2026-02-27", 5, "2026-03-05"},
		{"2026-04-30", 5, "2026-05-11"},
		{"2026-09-18", 5, "2026-09-24"},
		{"2026-09-30", 5, "2026-10-13"},
		{"2026-10-09", 2, "2026-10-12"},
	} {
		for _, hour := range []string{" 00:00:00", " 10:00:00", " 23:59:59"} {
			due := c.Due(at(t, row.from+hour), row.days)
			if want := at(t, row.want+" 23:59:59"); !due.At.Equal(want) || due.Provisional {
				t.Errorf("%s%s and %d days: %s provisional %t, want %s", row.from, hour, row.days, due.At, due.Provisional, want)
			}
		}
	}
}

func TestDueProvesItself(t *testing.T) {
	due := statutory(t).Due(at(t, "2026-09-18 10:00:00"), 6)
	var days, skipped []string
	for _, d := range due.Days {
		days = append(days, d.Format("01-02"))
	}
	for _, s := range due.Skipped {
		skipped = append(skipped, s.Date.Format("01-02")+" "+string(s.Reason)+" "+s.Name)
	}
	if got, want := strings.Join(days, ","), "09-20,09-21,09-22,09-23,09-24,09-28"; got != want {
		t.Errorf("counted %s, want %s", got, want)
	}
	want := "09-19 weekend ,09-25 holiday 中秋节,09-26 holiday 中秋节,09-27 holiday 中秋节"
	if got := strings.Join(skipped, ","); got != want {
		t.Errorf("skipped %s, want %s", got, want)
	}
	if due.Version != statutory(t).Version() {
		t.Errorf("the version is %q", due.Version)
	}
}

func TestProvisional(t *testing.T) {
	c := statutory(t)
	for _, row := range []struct {
		from string
		days int
		want string
		prov bool
	}{
		{"2026-12-21", 5, "2026-12-28", false},
		{"2026-12-22", 5, "2026-12-29", true}, // the notice for 2027 may still move it
		{"2026-12-28", 5, "2027-01-04", true},
		{"2027-02-01", 5, "2027-02-08", true},
		{"2027-09-30", 1, "2027-10-01", true},
		{"2006-12-01", 1, "2006-12-04", true},
	} {
		due := c.Due(at(t, row.from), row.days)
		if got := due.At.Format(time.DateOnly); got != row.want || due.Provisional != row.prov {
			t.Errorf("%s and %d days: %s provisional %t", row.from, row.days, got, due.Provisional)
		}
	}
}

func TestNoDays(t *testing.T) {
	c := statutory(t)
	for _, days := range []int{0, -1} {
		due := c.Due(at(t, "2026-10-01 09:00:00"), days)
		if !due.At.Equal(at(t, "2026-10-01 23:59:59")) || len(due.Days)+len(due.Skipped) != 0 {
			t.Errorf("%d days: %+v", days, due)
		}
	}
	if due := c.Due(at(t, "2026-01-01"), Longest); len(due.Days) != Longest {
		t.Errorf("the longest period has %d days", len(due.Days))
	}
	defer func() {
		if recover() == nil {
			t.Error("a period too long was reckoned")
		}
	}()
	c.Due(at(t, "2026-01-01"), Longest+1)
}

// Whatever the moment and the period: the last day is a working day, each day
// on the way is accounted for once, a longer period ends later, a later start
// never ends earlier, and Between counts the days back.
func TestDueHoldsAnywhere(t *testing.T) {
	c := statutory(t)
	dice := rand.New(rand.NewPCG(1, 2))
	for range 4000 {
		from := at(t, "2006-06-01").Add(time.Duration(dice.Int64N(22*365*24*3600)) * time.Second)
		n := 1 + dice.IntN(70)
		due := c.Due(from, n)
		fail := func(what string) { t.Fatalf("%d days from %s: %s: %s", n, from, what, due.At) }
		if !c.Working(due.At) || len(due.Days) != n {
			fail("does not end on the last of the working days")
		}
		if days := int(number(due.At) - number(from)); days != len(due.Days)+len(due.Skipped) {
			fail("a day on the way is not accounted for")
		}
		for _, s := range due.Skipped {
			if c.Working(s.Date) {
				fail("a working day was skipped")
			}
		}
		if due.At.Format("15:04:05 -0700") != "23:59:59 +0800" {
			fail("does not end with the day in Beijing")
		}
		if !c.Due(from, n+1).At.After(due.At) {
			fail("a longer period does not end later")
		}
		if c.Due(from.Add(time.Duration(dice.Int64N(240))*time.Hour), n).At.Before(due.At) {
			fail("a later start ends earlier")
		}
		if c.Between(from, due.At) != n || c.Between(due.At, from) != -n {
			fail("Between does not count it back")
		}
	}
}

func TestBetween(t *testing.T) {
	c := statutory(t)
	for _, row := range []struct {
		a, b string
		want int
	}{
		{"2026-09-18 10:00:00", "2026-09-18 23:59:59", 0},
		{"2026-09-18", "2026-09-19", 0}, // Saturday
		{"2026-09-18", "2026-09-20", 1}, // Sunday that makes up
		{"2026-09-24", "2026-09-28", 1}, // over Mid-Autumn
		{"2026-09-28", "2026-09-24", -1},
		{"2026-10-13", "2026-09-30", -5},
	} {
		if got := c.Between(at(t, row.a), at(t, row.b)); got != row.want {
			t.Errorf("Between(%s, %s) = %d, want %d", row.a, row.b, got, row.want)
		}
	}
}

// Deadlines that a real board gave its units. They have no licence, so they
// lie beside the project and not in it.
func TestRealDeadlines(t *testing.T) {
	paths, err := filepath.Glob("../../../shared/data/deadlines/*.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		if os.Getenv("CI") == "true" {
			t.Fatal("the real deadlines are missing")
		}
		t.Log("left out: there are no real deadlines beside the project")
		return
	}
	c := statutory(t)
	rows := 0
	for _, path := range paths {
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		lines.Scan() // the heading
		for lines.Scan() {
			rows++
			if err := hold(t, c, strings.Split(lines.Text(), "\t")); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
		if lines.Err() != nil {
			t.Fatal(lines.Err())
		}
	}
	if rows < 290 {
		t.Errorf("there were %d rows, want 290", rows)
	}
}

// hold compares one row: id, sort, created, assigned, deadline, working days.
func hold(t *testing.T, c *Calendar, row []string) error {
	if len(row) != 6 {
		return fmt.Errorf("%d columns", len(row))
	}
	days, err := strconv.Atoi(row[5])
	if err != nil {
		return err
	}
	if got := c.Due(at(t, row[3]), days).At; !got.Equal(at(t, row[4])) {
		return fmt.Errorf("%s: assigned %s, %d days: %s, want %s", row[0], row[3], days, got.Format(time.DateTime), row[4])
	}
	return nil
}
