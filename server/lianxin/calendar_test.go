package main

import (
	"strings"
	"testing"
)

func TestCalendarDue(t *testing.T) {
	for _, row := range []struct {
		from, days string
		want       []string // in this order
	}{
		{"2026-09-18T10:00", "5", []string{"Due: 2026-09-24", "2026-09-19", "weekend", "2026-09-20", "make-up"}},
		{"2026-09-30", "5", []string{"Due: 2026-10-13", "2026-10-01", "holiday, 国庆节", "2026-10-10", "make-up", "2026-10-11", "weekend"}},
		{"2026-02-13 23:59", "5", []string{"Due: 2026-02-27"}},
		{"2026-12-28", "3", []string{"Due: 2026-12-31", "2027 is not yet published"}},
		{"2027-03-01", "1", []string{"Due: 2027-03-02", "2027 is not yet published"}},
		{"2026-09-17T20:00:00Z", "0", []string{"Due: 2026-09-18"}},
	} {
		said := well(t, "calendar", "due", row.from, row.days)
		rest := said
		for _, want := range row.want {
			_, after, found := strings.Cut(rest, want)
			if !found {
				t.Errorf("due %s %s does not say %q in its place:\n%s", row.from, row.days, want, said)
				break
			}
			rest = after
		}
		if strings.Contains(said, "not yet published") != strings.Contains(strings.Join(row.want, " "), "not yet published") {
			t.Errorf("due %s %s:\n%s", row.from, row.days, said)
		}
	}
}

func TestCalendarRefuses(t *testing.T) {
	badly(t, "is no date", "calendar", "due", "2026-02-30", "5")
	badly(t, "is no date", "calendar", "due", "soon", "5")
	badly(t, "from 0 to 1000", "calendar", "due", "2026-09-18", "1001")
	badly(t, "from 0 to 1000", "calendar", "due", "2026-09-18", "five")
	badly(t, "0 到 1000", "--lang", "zh-Hans", "calendar", "due", "2026-09-18", "99999999999999999999")
}

func TestVersion(t *testing.T) {
	if said := well(t, "version"); said != "lianxin dev\n" {
		t.Errorf("version says %q", said)
	}
}

func TestMisuse(t *testing.T) {
	for _, args := range [][]string{{}, {"fly"}, {"check", "--fast"}, {"calendar", "due", "2026-09-18"}} {
		if said, code := typed(t, args...); code != misused || !strings.Contains(said, "--help") {
			t.Errorf("%q ended with %d and says\n%s", args, code, said)
		}
	}
}
