package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"lianxin/locales"
	"lianxin/server/board"
	"lianxin/store"
	"lianxin/store/seal"
)

// What is due by the clock is done when the county opens: an answer that nobody
// rated, though its person was asked, is closed before anybody reads a page.
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
	}{{friday, false}, {"2026-11-20T10:00", false}, {"2027-01-05T10:00", true}} {
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

// A clock that lies before what was written last is doubted from the start, and
// told of by the doctor, until somebody says that it is right.
func TestDoubtedClock(t *testing.T) {
	c := place(t)
	keys, err := seal.Create(c.keys)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(c.data, keys)
	if err != nil {
		t.Fatal(err)
	}
	later := time.Now().Add(24 * time.Hour)
	e := board.Join(board.ID{1}, board.Actor{Roles: board.Roles{board.System}, Channel: board.Import}, board.Joined{Name: "试一"}, later)
	if err := errors.Join(s.Update(t.Context(), func(tx *store.Tx) error { return tx.Append(e) }), s.Close()); err != nil {
		t.Fatal(err)
	}
	badly(t, "lies before what was written last", c.with("doctor")...)
	r := start(t, c, "serve")
	r.says("the clock is in doubt")
	badly(t, "lianxin clock confirm", c.with("doctor")...)
	r.stop()
	badly(t, "lianxin clock confirm", c.with("doctor")...)
	well(t, c.with("clock", "confirm")...)
	if said, _ := typed(t, c.with("doctor")...); strings.Contains(said, "clock confirm") || strings.Contains(said, "lies before") {
		t.Errorf("confirmed, and the doctor says\n%s", said)
	}
	if said := start(t, c, "serve").words(); strings.Contains(said, "in doubt") {
		t.Errorf("confirmed, and the server says\n%s", said)
	}
}
