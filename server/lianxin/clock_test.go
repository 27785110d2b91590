package main

import (
	"strings"
	"testing"

	"lianxin/locales"
)

// What is due by the clock is done when the county opens: an answer that nobody
// rated for thirty days is closed before anybody reads a page.
func TestClockStrikes(t *testing.T) {
	bundle, err := locales.Open()
	if err != nil {
		t.Fatal(err)
	}
	closed := bundle.Words("zh-Hans").T("state.closed")
	c := place(t)
	for _, day := range []struct {
		now  string
		over bool
	}{{friday, false}, {"2026-11-20T10:00", true}} {
		r := start(t, c, "demo", "--now", day.now)
		b := r.browser()
		b.must("/cases")(b.fill("/demo", "/demo/enter/resident"))
		page, err := b.get("/cases")
		if err != nil || strings.Contains(page.page, closed) != day.over {
			t.Errorf("on %s the answer that waits for a rating is closed: %t, want %t (%v)", day.now, !day.over, day.over, err)
		}
		r.stop()
	}
	if said := well(t, "check", "--data", c.data, "--keys", c.keys); !strings.HasPrefix(said, "Clean") {
		t.Errorf("check says %s", said)
	}
}
