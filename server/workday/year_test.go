package workday

import (
	"strings"
	"testing"
	"time"
)

// made is a year as a county loads it.
const made = `{"year":2027,"papers":["国办发明电〔2026〕1号"],"days":[
	{"name":"元旦","date":"2026-12-31","isOffDay":true},
	{"name":"元旦","date":"2027-01-01","isOffDay":true},
	{"name":"元旦","date":"2027-01-02","isOffDay":false}]}`

func TestAYearThatIsLoaded(t *testing.T) {
	c := statutory(t)
	version := c.Version()
	with, year, err := c.With([]byte(made))
	if err != nil || year != 2027 {
		t.Fatal(year, err)
	}
	if c.Published(2027) || c.Version() != version || !c.Working(at(t, "2026-12-31")) {
		t.Error("the calendar it was added to has changed")
	}
	if !with.Published(2027) || with.Version() == version || !strings.HasPrefix(with.Version(), "2027-") {
		t.Error("the year is not published, or nobody can tell")
	}
	for date, want := range map[string]bool{"2026-12-31": false, "2027-01-01": false, "2027-01-02": true, "2026-10-08": true, "2026-10-10": true} {
		if got := with.Working(at(t, date)); got != want {
			t.Errorf("%s: %v", date, got)
		}
	}
	due := with.Due(at(t, "2026-12-30"), 1)
	if due.Provisional || due.At.Format(time.DateOnly) != "2027-01-02" {
		t.Errorf("one working day after 2026-12-30: %+v", due)
	}
	if !c.Due(at(t, "2026-12-30"), 1).Provisional {
		t.Error("before it was loaded the date was certain")
	}
	// Loaded once more, with a day less, it takes the place of what was there.
	less := strings.Replace(made, `{"name":"元旦","date":"2026-12-31","isOffDay":true},`, "", 1)
	again, _, err := with.With([]byte(less))
	if err != nil || !again.Working(at(t, "2026-12-31")) || again.Working(at(t, "2027-01-01")) {
		t.Errorf("loaded again: %v", err)
	}
	back, _, err := again.With([]byte(made))
	if err != nil || back.Version() != with.Version() {
		t.Errorf("the same days have another version: %v", err)
	}
}

func TestAYearThatCannotBeLoaded(t *testing.T) {
	for name, raw := range map[string]string{
		"no calendar":         "holidays",
		"no days":             `{"year":2027,"papers":["x"],"days":[]}`,
		"no notice":           strings.Replace(made, `"国办发明电〔2026〕1号"`, "", 1),
		"no such year":        strings.Replace(made, `"year":2027`, `"year":27`, 1),
		"of another year":     strings.Replace(made, "2027-01-02", "2028-01-02", 1),
		"of two years before": strings.Replace(made, "2026-12-31", "2025-12-31", 1),
		"before December":     strings.Replace(made, "2026-12-31", "2026-11-30", 1),
		"of long ago":         strings.NewReplacer("2027", "1999", "2026-12-31", "1998-12-31").Replace(made),
		"of a time to come":   strings.NewReplacer("2027", "3000", "2026-12-31", "2999-12-31").Replace(made),
		"no such day":         strings.Replace(made, "2027-01-02", "2027-02-30", 1),
		"a day twice":         strings.Replace(made, "2027-01-02", "2027-01-01", 1),
		"a day of nothing":    strings.Replace(made, `"name":"元旦","date":"2027-01-02"`, `"name":"","date":"2027-01-02"`, 1),
	} {
		c := statutory(t)
		if with, _, err := c.With([]byte(raw)); err == nil || with != nil {
			t.Errorf("%s is taken", name)
		}
	}
}
