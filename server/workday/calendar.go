// Package workday reckons in working days of the People's Republic of China:
// weekends, the holidays that the State Council announces each year, and the
// make-up workdays (调休补班) on weekends that pay for them.
//
// The days lie in the folder calendar, a file a year, from
// github.com/NateScarlet/holiday-cn (MIT, see calendar/LICENSE), which takes
// them from the State Council's notices; each file names its notice.
//
// A day is any moment of it: only its date in Beijing counts. The package has
// no clock. Every value is fixed once made and safe for concurrent use.
package workday

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"time"
)

// zone is Beijing time, whatever the machine thinks.
var zone = time.FixedZone("CST", 8*3600)

//go:embed calendar/*.json
var files embed.FS

// Calendar knows the special days of the years that are published.
type Calendar struct {
	special map[int64]special // by day number
	yearOf  map[int64]int     // whose notice a special day stands in
	years   map[int]bool      // published
	version string
}

// special is a day that is not what its weekday says, or a weekend day that a
// holiday covers.
type special struct {
	name string // of the holiday, as announced
	off  bool
}

// year is one file, in the layout of holiday-cn.
type year struct {
	Year   int      `json:"year"`
	Papers []string `json:"papers"`
	Days   []struct {
		Name string `json:"name"`
		Date string `json:"date"`
		Off  *bool  `json:"isOffDay"`
	} `json:"days"`
}

// Statutory is the calendar that is built in.
func Statutory() (*Calendar, error) {
	folder, err := fs.Sub(files, "calendar")
	if err != nil {
		return nil, fmt.Errorf("workday: %w", err)
	}
	return Read(folder)
}

// Read takes every file YEAR.json of a folder. A year that has no file, or
// whose file lists no notice and no days yet, is not published. An error names
// the file.
func Read(folder fs.FS) (*Calendar, error) {
	names, err := fs.Glob(folder, "*.json")
	if err != nil {
		return nil, fmt.Errorf("workday: %w", err)
	}
	c := &Calendar{special: map[int64]special{}, years: map[int]bool{}}
	for _, name := range names {
		raw, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, fmt.Errorf("workday: %w", err)
		}
		if err := c.add(name, raw); err != nil {
			return nil, fmt.Errorf("workday: %s: %w", name, err)
		}
	}
	c.version = c.fingerprint()
	return c, nil
}

// With is the calendar with one year more, in the layout of holiday-cn, in the
// place of that year when it was there before. It tells which year it was.
func (c *Calendar) With(raw []byte) (*Calendar, int, error) {
	var y year
	if err := json.Unmarshal(raw, &y); err != nil {
		return nil, 0, fmt.Errorf("workday: %w", err)
	}
	if len(y.Days) == 0 || y.Year < 2000 || y.Year > 2999 {
		return nil, 0, fmt.Errorf("workday: the year %d has no days in this file", y.Year)
	}
	more := &Calendar{special: map[int64]special{}, years: maps.Clone(c.years)}
	for n, s := range c.special {
		if c.yearOf[n] != y.Year {
			more.put(n, s, c.yearOf[n])
		}
	}
	if err := more.add(fmt.Sprintf("%04d.json", y.Year), raw); err != nil {
		return nil, 0, fmt.Errorf("workday: year %d: %w", y.Year, err)
	}
	more.version = more.fingerprint()
	return more, y.Year, nil
}

// put enters a day that the notice of a year tells of.
func (c *Calendar) put(n int64, s special, year int) {
	if c.yearOf == nil {
		c.yearOf = map[int64]int{}
	}
	c.special[n], c.yearOf[n] = s, year
}

// add takes the days of one file.
func (c *Calendar) add(name string, raw []byte) error {
	var y year
	if err := json.Unmarshal(raw, &y); err != nil {
		return err
	}
	if want := fmt.Sprintf("%04d.json", y.Year); name != want {
		return fmt.Errorf("holds the year %d, so it must be called %s", y.Year, want)
	}
	if len(y.Papers) == 0 && len(y.Days) == 0 {
		return nil // not announced yet
	}
	if len(y.Papers) == 0 {
		return errors.New("names no notice for its days")
	}
	if len(y.Days) == 0 {
		return errors.New("names a notice but no days")
	}
	for _, d := range y.Days {
		date, err := time.ParseInLocation(time.DateOnly, d.Date, zone)
		if err != nil {
			return fmt.Errorf("the date %q is none", d.Date)
		}
		if d.Name == "" || d.Off == nil {
			return fmt.Errorf("%s lacks its name or isOffDay", d.Date)
		}
		// A notice for a year may move the last days of the year before.
		if date.Year() != y.Year && !(date.Year() == y.Year-1 && date.Month() == time.December) {
			return fmt.Errorf("%s is not a day of %d", d.Date, y.Year)
		}
		if _, twice := c.special[number(date)]; twice {
			return fmt.Errorf("%s was given before", d.Date)
		}
		c.put(number(date), special{d.Name, *d.Off}, y.Year)
	}
	c.years[y.Year] = true
	return nil
}

// Published says whether the State Council's notice for the year is known.
func (c *Calendar) Published(year int) bool { return c.years[year] }

// Settled says whether nothing can change any more about a day. The days of a
// year without a notice are not settled, nor are the last three of the year
// before it: five notices of 2007–2026 reached back that far.
func (c *Calendar) Settled(day time.Time) bool {
	y, m, d := day.In(zone).Date()
	return c.years[y] && (m < time.December || d < 29 || c.years[y+1])
}

// Version is a short name for everything in the calendar that decides a date.
// It is stored with each due date; two calendars of one version give the same
// dates. Names of holidays do not count.
func (c *Calendar) Version() string { return c.version }

// fingerprint is the last published year and a hash, like "2026-1f0c22e9ab".
func (c *Calendar) fingerprint() string {
	h := sha256.New()
	last := 0
	for _, y := range slices.Sorted(maps.Keys(c.years)) {
		fmt.Fprintf(h, "year %d\n", y)
		last = y
	}
	for _, n := range slices.SortedFunc(maps.Keys(c.special), cmp.Compare) {
		fmt.Fprintf(h, "%d %t\n", n, c.special[n].off)
	}
	return fmt.Sprintf("%d-%x", last, h.Sum(nil)[:5])
}

// start is 00:00:00 of a day in Beijing.
func start(day time.Time) time.Time {
	y, m, d := day.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, zone)
}

// number counts the days since 1970, so that a date can be a key.
func number(day time.Time) int64 {
	y, m, d := day.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400
}
