package main

import (
	"crypto/rand"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
	"lianxin/store/backup"
	"lianxin/store/seal"
)

// solved joins somebody and files a case of theirs that ends at a time.
func (b *box) solved(t *testing.T, phone board.Phone, body string, ended time.Time) (person, matter board.ID, n board.Number) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	n, err := board.NewNumber(ended, rand.Reader)
	must(err)
	ids := [2]board.ID{}
	for i := range ids {
		ids[i], err = board.NewID(ended, rand.Reader)
		must(err)
	}
	person, matter = ids[0], ids[1]
	by := board.Actor{Person: person, Roles: board.Roles{board.Resident}, Channel: board.Web}
	d := board.Draft{Kind: board.Suggest, Body: body, Name: "SECRETNAME", Public: "yes"}
	desk := board.Actor{Staff: board.ID{7}, Roles: board.Roles{board.Dispatcher}, Channel: board.Web}
	rules := board.DefaultRules()
	must(b.store.Update(t.Context(), func(tx *store.Tx) error {
		return tx.Append(board.Join(person, by, board.Joined{Phone: phone, Lang: "zh-Hans"}, ended),
			board.File(matter, by, person, n, d, board.Date{At: ended.Add(24 * time.Hour)}, rules, ended))
	}))
	for _, do := range []func(*board.Case) (board.Event, error){
		func(c *board.Case) (board.Event, error) {
			return c.Publish(desk, board.Notice{Title: "路灯", Body: "路灯坏了"}, rules, ended)
		},
		func(c *board.Case) (board.Event, error) {
			return c.Divert(desk, board.Paths[0], "另找", board.Date{At: ended}, rules, ended)
		},
		func(c *board.Case) (board.Event, error) {
			e, moves := c.Lapse(board.Date{}, ended.Add(time.Minute))
			if !moves {
				t.Fatal("it does not end")
			}
			return e, nil
		},
	} {
		must(b.store.Update(t.Context(), func(tx *store.Tx) error {
			c, err := tx.Case(matter)
			if err != nil {
				return err
			}
			e, err := do(c)
			if err != nil {
				return err
			}
			return tx.Append(e)
		}))
	}
	return person, matter, n
}

// standing is how a case stands.
func (b *box) standing(t *testing.T, matter board.ID) (s board.Standing) {
	t.Helper()
	if err := b.store.View(t.Context(), func(tx *store.Tx) error {
		c, err := tx.Case(matter)
		if err == nil {
			s = c.Standing
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return s
}

// inspector is one who holds cases.
var inspector = office.Who{Actor: board.Actor{Staff: board.ID{8}, Roles: board.Roles{board.Inspector}, Channel: board.Web}}

// The nights put away what is due, once each, tell of it, and compact the file
// within a week; a backup from before gives it back to nobody.
func TestNightsPutAway(t *testing.T) {
	w := newWatcher(t, "2026-09-14 03:00")
	w.look("2026-09-14 03:00") // a new box waits a day
	sixAgo, fourAgo := w.at.AddDate(-6, 0, 0), w.at.AddDate(-4, 0, 0)
	_, old, _ := w.box.solved(t, "13800138000", "SECRETOLD", sixAgo)
	_, held, n := w.box.solved(t, "13900139000", "SECRETHELD", sixAgo)
	_, young, _ := w.box.solved(t, "13700137000", "SECRETYOUNG", fourAgo)
	if err := w.box.office.Preserve(t.Context(), inspector, n, store.Once{1}, "法院调卷"); err != nil {
		t.Fatal(err)
	}
	stand := func(when string, want ...board.Standing) {
		t.Helper()
		for i, matter := range []board.ID{old, held, young} {
			if got := w.box.standing(t, matter); got != want[i] {
				t.Errorf("%s: case %d is %s, want %s", when, i, got, want[i])
			}
		}
	}
	w.look("2026-09-15 02:50")
	stand("the day is not over", board.Confirmed, board.Confirmed, board.Confirmed)
	w.look("2026-09-15 03:10")
	stand("the next night", board.Anonymised, board.Confirmed, board.Confirmed)
	if !strings.Contains(w.said.String(), "let go of") || !strings.Contains(w.said.String(), "cases=1 persons=1") {
		t.Errorf("the log says\n%s", w.said.String())
	}
	notes, err := backup.History(w.Backup)
	if err != nil || !hasNote(notes, 1, 1) {
		t.Errorf("the notes are %+v, %v", notes, err)
	}
	raw, err := os.ReadFile(filepath.Join(w.box.Data, tombFile))
	if err != nil || strings.Count(string(raw), "\n") != 2 || strings.Contains(string(raw), "138") {
		t.Errorf("noted is %q, %v", raw, err)
	}
	w.look("2026-09-15 03:20")
	if strings.Contains(w.said.String(), "let go of") {
		t.Error("twice in one night")
	}
	w.look("2026-09-16 03:10")
	w.look("2026-09-17 03:10")
	if since, err := w.box.store.Litter(t.Context()); err != nil || since.IsZero() {
		t.Errorf("it was compacted already: %v", err)
	}
	w.look("2026-09-18 04:00")
	if since, err := w.box.store.Litter(t.Context()); err != nil || !since.IsZero() || !strings.Contains(w.said.String(), "compacted") {
		t.Errorf("after three nights it still lies since %s, %v\n%s", since, err, w.said.String())
	}
	stand("days later", board.Anonymised, board.Confirmed, board.Confirmed)
	found, err := w.box.store.Check(t.Context(), nil)
	if err != nil || !found.Clean() {
		t.Errorf("check finds %q, %v", found.Problems, err)
	}
}

func hasNote(notes []backup.Note, cases, persons int) bool {
	for _, n := range notes {
		if n.Kind == backup.LetGo {
			return n.Cases == cases && n.Persons == persons
		}
	}
	return false
}

// A clock that is forty days on lets nothing go, nor does the first day after
// somebody said that it is right.
func TestAWrongClockPutsNothingAway(t *testing.T) {
	w := newWatcher(t, "2026-09-14 03:00")
	var up time.Duration
	fixed, err := office.New(office.Parts{Store: w.box.store, Calendar: w.box.calendar, Now: w.box.now, Uptime: func() time.Duration { return up }, Random: rand.Reader, Log: w.log})
	if err != nil {
		t.Fatal(err)
	}
	w.box.office = fixed
	_, matter, _ := w.box.solved(t, "13800138000", "SECRET", w.at.AddDate(-5, 0, 20)) // in three weeks it is time
	watch := func(at string, passed time.Duration) bool {
		t.Helper()
		w.to(at)
		up += passed
		if _, err := fixed.WatchClock(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.watch(t.Context())
		return fixed.ClockSuspect()
	}
	watch("2026-09-14 03:00", 0)
	watch("2026-09-15 03:10", 24*time.Hour+10*time.Minute)
	fresh := w.leftover("0", "2026-09-15 03:10")
	if !watch("2026-10-25 03:10", time.Minute) || w.box.standing(t, matter) != board.Confirmed || !there(fresh) {
		t.Error("forty days in a minute are believed")
	}
	w.to("2026-09-15 03:30")
	if err := fixed.ConfirmClock(t.Context()); err != nil {
		t.Fatal(err)
	}
	if watch("2026-09-15 03:40", 10*time.Minute) || w.box.standing(t, matter) != board.Confirmed {
		t.Error("set right, and it went")
	}
	// Left wrong and confirmed all the same, there is a day to think again.
	up += time.Minute
	w.to("2026-10-25 03:40")
	if _, err := fixed.WatchClock(t.Context()); err != nil || !fixed.ClockSuspect() {
		t.Fatal("believed", err)
	}
	if err := fixed.ConfirmClock(t.Context()); err != nil {
		t.Fatal(err)
	}
	watch("2026-10-25 03:50", 10*time.Minute)
	watch("2026-10-26 03:05", 23*time.Hour+15*time.Minute)
	if w.box.standing(t, matter) != board.Confirmed {
		t.Error("it went within the first day")
	}
	watch("2026-10-27 03:05", 24*time.Hour)
	if w.box.standing(t, matter) != board.Anonymised {
		t.Error("the clock was right, and nothing goes")
	}
}

// What the rule put away is put away again when an older backup is restored, before
// anybody can read it; what is held there stays, and is told by the command that
// erases.
func TestPutAwayStaysPutAway(t *testing.T) {
	c := place(t)
	copies := t.TempDir()
	kept := func(args ...string) []string { return append(c.with(args...), "--backup", copies) }
	keys, err := seal.Create(c.keys)
	if err != nil {
		t.Fatal(err)
	}
	open := func(dir string) *box {
		t.Helper()
		b, err := folders{dir, c.keys}.openOrMake(tongues(t)["en"], time.Now, logTo(io.Discard))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	b := open(c.data)
	sixAgo := time.Now().AddDate(-6, 0, 0)
	her, old, _ := b.solved(t, "13800138000", "SECRETOLD", sixAgo)
	_, held, n := b.solved(t, "13900139000", "SECRETHELD", sixAgo)
	_, young, _ := b.solved(t, "13700137000", "SECRETYOUNG", time.Now().AddDate(-1, 0, 0))
	if err := errors.Join(b.office.Preserve(t.Context(), inspector, n, store.Once{1}, "法院调卷"), b.Close()); err != nil {
		t.Fatal(err)
	}
	well(t, kept("backup")...)
	if said := well(t, kept("retention", "--dry-run")...); !strings.Contains(said, "Due now: messages 1") || !strings.Contains(said, "On hold: messages 1") || !strings.Contains(said, "5 years") {
		t.Errorf("it would\n%s", said)
	}
	for _, what := range [][]string{{"erase", string(n), "--yes"}, {"erase", string(n), "--yes", "--case"}} {
		badly(t, "法院调卷", kept(what...)...)
	}
	if _, err := os.Stat(filepath.Join(c.data, tombFile)); err == nil {
		t.Error("what was refused is noted as done")
	}
	if said := well(t, kept("retention")...); !strings.Contains(said, "Put away: messages 1, people 1") {
		t.Errorf("it did\n%s", said)
	}
	if said := well(t, kept("retention")...); !strings.Contains(said, "Put away: messages 0, people 0") {
		t.Errorf("the second time it did\n%s", said)
	}
	if said, _ := typed(t, kept("doctor")...); !strings.Contains(said, "on hold 1") {
		t.Errorf("the doctor says\n%s", said)
	}
	files, err := filepath.Glob(filepath.Join(copies, "*.age"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	back := county{filepath.Join(t.TempDir(), "back"), c.keys}
	if said := well(t, back.with("restore", files[0])...); !strings.Contains(said, "2 erasures noted") {
		t.Errorf("the restore says\n%s", said)
	}
	out := filepath.Join(t.TempDir(), "export")
	well(t, c.with("export", "--to", out)...)
	loaded := county{filepath.Join(t.TempDir(), "loaded"), c.keys}
	well(t, loaded.with("load", out)...)
	for _, dir := range []string{c.data, back.data, loaded.data} {
		b := open(dir)
		for matter, want := range map[board.ID]board.Standing{old: board.Anonymised, held: board.Confirmed, young: board.Confirmed} {
			if got := b.standing(t, matter); got != want {
				t.Errorf("in %s: %s, want %s", dir, got, want)
			}
		}
		if err := errors.Join(b.store.View(t.Context(), func(tx *store.Tx) error {
			p, err := tx.Person(her)
			if err == nil && !p.Forgotten {
				t.Errorf("in %s she is not forgotten", dir)
			}
			return err
		}), b.Close()); err != nil {
			t.Error(err)
		}
	}
	for _, look := range []string{"check", "verify"} {
		well(t, back.with(look)...)
		well(t, loaded.with(look)...)
	}
	all, odd, err := tombs(keys, back.data)
	if err != nil || odd != 0 || len(all) != 2 {
		t.Errorf("the restored folder notes %v, %d odd, %v", all, odd, err)
	}
	if err := bury(keys, []tomb{{time.Now(), spared, old}}, back.data); err != nil {
		t.Fatal(err)
	}
	if all, _, err := tombs(keys, back.data); err != nil || len(all) != 1 || all[0].what != faded {
		t.Errorf("what was spared is erased again: %v, %v", all, err)
	}
}
