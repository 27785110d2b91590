package workday

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func statutory(t *testing.T) *Calendar {
	t.Helper()
	c, err := Statutory()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func at(t *testing.T, text string) time.Time {
	t.Helper()
	layout := time.DateTime
	if len(text) == len(time.DateOnly) {
		layout = time.DateOnly
	}
	moment, err := time.ParseInLocation(layout, text, zone)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

func TestPublishedYears(t *testing.T) {
	c := statutory(t)
	for year := 2007; year <= 2026; year++ {
		if !c.Published(year) {
			t.Errorf("%d is not published", year)
		}
	}
	for _, year := range []int{2006, 2027, 2028} {
		if c.Published(year) {
			t.Errorf("%d is published", year)
		}
	}
}

func TestWorking(t *testing.T) {
	c := statutory(t)
	for date, want := range map[string]bool{
		"2026-09-24": true,  // Thursday
		"2026-09-25": false, // Mid-Autumn
		"2026-09-20": true,  // Sunday that makes up
		"2026-09-19": false, // Saturday
		"2026-02-14": true,  // Saturday that makes up
		"2026-10-08": true,  // Thursday after the holiday
		"2018-12-29": true,  // Saturday that the notice for 2019 turned into a workday
		"2018-12-31": false, // Monday that it turned into a holiday
		"2027-10-01": true,  // not published: only the weekday counts
		"2027-10-02": false,
	} {
		if got := c.Working(at(t, date)); got != want {
			t.Errorf("Working(%s) = %t", date, got)
		}
	}
	// Beijing's date counts: this is 07:00 of Saturday the 19th.
	if c.Working(time.Date(2026, 9, 18, 23, 0, 0, 0, time.UTC)) {
		t.Error("the date of another zone was used")
	}
}

func TestSettled(t *testing.T) {
	c := statutory(t)
	for date, want := range map[string]bool{
		"2007-01-01": true,
		"2006-12-30": false,
		"2025-12-31": true,
		"2026-11-30": true, // no notice reaches back that far
		"2026-12-28": true,
		"2026-12-29": false, // the notice for 2027 may still move it
		"2027-01-01": false,
	} {
		if got := c.Settled(at(t, date)); got != want {
			t.Errorf("Settled(%s) = %t", date, got)
		}
	}
}

func TestVersion(t *testing.T) {
	const days = `{"year": 2030, "papers": ["u"], "days": [{"name": "A", "date": "2030-01-01", "isOffDay": true}]}`
	read := func(text string) *Calendar {
		c, err := Read(fstest.MapFS{"2030.json": {Data: []byte(text)}})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	first := read(days).Version()
	if first != read(days).Version() || !strings.HasPrefix(first, "2030-") || len(first) > 16 {
		t.Errorf("version %q is not short and stable", first)
	}
	if got := read(strings.Replace(days, `"A"`, `"B"`, 1)).Version(); got != first {
		t.Errorf("another name made another version: %s, %s", first, got)
	}
	for _, other := range []string{
		strings.Replace(days, "true", "false", 1),
		strings.Replace(days, "01-01", "01-02", 1),
		`{"year": 2030, "papers": [], "days": []}`,
	} {
		if got := read(other).Version(); got == first {
			t.Errorf("the version does not tell %s apart", other)
		}
	}
	if v := statutory(t).Version(); v == first || !strings.HasPrefix(v, "2026-") {
		t.Errorf("the statutory calendar has the version %s", v)
	}
}

func TestYearNotAnnounced(t *testing.T) {
	c, err := Read(fstest.MapFS{"2027.json": {Data: []byte(`{"year": 2027, "papers": [], "days": []}`)}})
	if err != nil {
		t.Fatal(err)
	}
	if c.Published(2027) {
		t.Error("an empty year counts as published")
	}
}

func TestBadFileIsNamed(t *testing.T) {
	for text, want := range map[string]string{
		``:                                    "2030.json",
		`null`:                                "2030.json",
		`{"year": 2030, "papers": ["u"], "da`: "2030.json",
		`{"year": 2031, "papers": ["u"], "days": [{"name": "A", "date": "2031-01-01", "isOffDay": true}]}`:                                 "2031.json",
		`{"year": 2030, "days": [{"name": "A", "date": "2030-01-01", "isOffDay": true}]}`:                                                  "notice",
		`{"year": 2030, "papers": ["u"], "days": []}`:                                                                                      "no days",
		`{"year": 2030, "papers": ["u"], "days": [{"name": "A", "date": "2030-02-30", "isOffDay": true}]}`:                                 "2030-02-30",
		`{"year": 2030, "papers": ["u"], "days": [{"name": "A", "date": "2032-01-01", "isOffDay": true}]}`:                                 "2032-01-01",
		`{"year": 2030, "papers": ["u"], "days": [{"name": "A", "date": "2029-11-30", "isOffDay": true}]}`:                                 "2029-11-30",
		`{"year": 2030, "papers": ["u"], "days": [{"name": "A", "date": "2030-01-01"}]}`:                                                   "isOffDay",
		`{"year": 2030, "papers": ["u"], "days": [{"date": "2030-01-01", "isOffDay": true}]}`:                                              "name",
		`{"year": 2030, "papers": ["u"], "days": [` + strings.Repeat(`{"name": "A", "date": "2030-01-01", "isOffDay": true},`, 2) + `{}]}`: "before",
	} {
		_, err := Read(fstest.MapFS{"2030.json": {Data: []byte(text)}})
		if err == nil {
			t.Errorf("read %s", text)
			continue
		}
		for _, want := range []string{"2030.json", want} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: the error does not name %q: %v", text, want, err)
			}
		}
	}
}
