package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
	"lianxin/store/backup"
)

// watcher is a box whose nights a test lets pass.
type watcher struct {
	*testing.T
	*night
	at    time.Time
	said  bytes.Buffer
	units int
}

func newWatcher(t *testing.T, at string) *watcher {
	t.Helper()
	c, w := place(t), &watcher{T: t}
	w.to(at)
	log := slog.New(slog.NewTextHandler(&w.said, nil))
	b, err := folders{c.data, c.keys}.openOrMake(tongues(t)["en"], func() time.Time { return w.at }, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	w.night = &night{copies: copies{Backup: filepath.Join(t.TempDir(), "backup")}, box: b, log: log}
	return w
}

// to sets the clock: "2026-09-18 02:50", in Beijing.
func (w *watcher) to(at string) {
	w.Helper()
	var err error
	if w.at, err = time.ParseInLocation("2006-01-02 15:04", at, board.Zone); err != nil {
		w.Fatal(err)
	}
}

// look lets the watch look at a time and gives what it did.
func (w *watcher) look(at string) string {
	w.Helper()
	w.to(at)
	w.said.Reset()
	w.watch(w.Context())
	var did []string
	for _, what := range []string{"sealed", "backed up", "on trial", "level=ERROR"} {
		if strings.Contains(w.said.String(), what) {
			did = append(did, what)
		}
	}
	return strings.Join(did, ", ")
}

func (w *watcher) want(at, did string) {
	w.Helper()
	if got := w.look(at); got != did {
		w.Errorf("at %s it did %q, want %q\n%s", at, got, did, w.said.String())
	}
}

// happen lets something be written.
func (w *watcher) happen() {
	w.Helper()
	w.units++
	name := board.Texts{"zh-Hans": strings.Repeat("县", w.units) + "局"}
	if _, err := w.box.office.Found(context.Background(), office.Box, board.Founded{Name: name}); err != nil {
		w.Fatal(err)
	}
}

func TestNights(t *testing.T) {
	w := newWatcher(t, "2026-09-14 10:00") // a Monday
	w.happen()
	w.want("2026-09-14 10:00", "sealed, backed up, on trial") // a new box does not wait for the night
	w.want("2026-09-14 10:10", "")
	w.happen()
	w.want("2026-09-14 10:50", "")
	w.want("2026-09-14 11:00", "sealed") // an hour after the last
	w.want("2026-09-15 02:50", "")
	w.want("2026-09-15 03:00", "backed up")
	w.want("2026-09-15 03:10", "")
	w.want("2026-09-16 03:00", "backed up")
	// Off for two days, it makes up for the night as soon as it is on.
	w.want("2026-09-18 15:20", "backed up")
	w.want("2026-09-18 15:30", "")
	w.want("2026-09-19 03:00", "backed up")
	w.want("2026-09-21 03:00", "backed up") // the trial's week is not over
	w.want("2026-09-21 12:00", "")          // by day it waits for the night
	w.want("2026-09-22 03:00", "backed up, on trial")
	// Never on at night, it tries by day, a day later.
	w.want("2026-09-29 12:00", "backed up")
	w.want("2026-09-30 12:10", "backed up, on trial")
	notes, err := backup.History(w.Backup)
	if err != nil || len(notes) < 10 || notes[0].Kind != backup.Tried || notes[0].Events != 2 || notes[0].Failed != "" {
		t.Errorf("what is remembered: %+v %v", notes, err)
	}
}

// A thousand events wait for no hour, and fewer do.
func TestMuchIsSealedSooner(t *testing.T) {
	w := newWatcher(t, "2026-09-14 10:00")
	w.happen()
	w.Backup = "" // seals are all there is to see
	w.want("2026-09-14 10:00", "sealed")
	w.bringIn(1, 499) // 998 events: somebody and their case, each
	w.happen()
	w.want("2026-09-14 10:10", "")
	w.happen()
	w.want("2026-09-14 10:20", "sealed")
	w.want("2026-09-14 10:30", "")
	w.bringIn(500, 1600)
	w.want("2026-09-14 10:40", "sealed")
	if left, err := w.box.store.Unsealed(w.Context(), 10); left != 0 || err != nil {
		t.Errorf("%d events wait still, %v", left, err)
	}
	w.bringIn(2100, 30)
	if some, err := w.box.store.Unsealed(w.Context(), 10); some != 10 || err != nil {
		t.Errorf("counted %d, %v", some, err)
	}
}

// What no message names goes when it is a day old, once a day is often enough; by a
// clock that is in doubt nothing is a day old.
func TestLeftoversGoByNight(t *testing.T) {
	w := newWatcher(t, "2026-09-14 10:00")
	w.Backup = ""
	w.happen()
	old, young := w.leftover("0", "2026-09-13 09:00"), w.leftover("1", "2026-09-13 11:00")
	w.look("2026-09-14 10:00")
	if there(old) || !there(young) {
		t.Errorf("at 10:00: the old one lies there: %v, the young one: %v", there(old), there(young))
	}
	w.look("2026-09-14 12:00")
	if !there(young) {
		t.Error("it looks more than once a day")
	}
	w.look("2026-09-15 10:00")
	if there(young) {
		t.Error("a day later it lies there still")
	}
}

// leftover is a file that no message names, written then.
func (w *watcher) leftover(digit, at string) string {
	w.Helper()
	name := filepath.Join(w.box.Data, store.BlobFolder, "aa", strings.Repeat(digit, 62))
	w.to(at)
	err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o700), os.WriteFile(name, []byte("left over"), 0o600), os.Chtimes(name, w.at, w.at))
	if err != nil {
		w.Fatal(err)
	}
	return name
}

func there(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// bringIn brings n cases of another system in, numbered there from this one on.
func (w *watcher) bringIn(from, n int) {
	w.Helper()
	var rows []office.Imported
	for i := range n {
		rows = append(rows, office.Imported{Source: fmt.Sprint("12345:", from+i), Kind: board.Help, Body: "井盖坏了", Filed: w.at})
	}
	if added, _, _, err := w.box.office.Import(w.Context(), rows); added != n || err != nil {
		w.Fatal(added, err)
	}
}

// What was done before a restart is not done again, and a backup from a day to
// come, made while the clock was wrong, keeps nobody from making others.
func TestNightsAfterARestart(t *testing.T) {
	w := newWatcher(t, "2026-09-14 03:00")
	w.happen()
	w.want("2026-09-14 03:00", "sealed, backed up, on trial")
	again := &night{copies: w.copies, box: w.box, log: w.log}
	w.night = again
	w.want("2026-09-14 03:10", "")
	files, err := backup.List(w.Backup)
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	if err := os.Rename(files[0], filepath.Join(w.Backup, "lianxin-20400101T000000Z.age")); err != nil {
		t.Fatal(err)
	}
	w.want("2026-09-15 03:00", "backed up")
	w.want("2026-09-15 03:10", "")
}

// A night that fails is told and tried again, after an hour and not sooner; a
// second place that was away gets its copy when it is back.
func TestNightsThatFail(t *testing.T) {
	w := newWatcher(t, "2026-09-14 03:00")
	w.happen()
	if err := os.MkdirAll(w.Backup, 0o700); err != nil {
		t.Fatal(err)
	}
	blocked := filepath.Join(t.TempDir(), "usb")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil { // no folder: it cannot be written to
		t.Fatal(err)
	}
	w.Second = blocked
	w.want("2026-09-14 03:00", "sealed, on trial, level=ERROR") // the copy here is good
	w.want("2026-09-14 03:10", "level=ERROR")                   // the other is still wanted
	if err := os.Remove(blocked); err != nil {
		t.Fatal(err)
	}
	w.want("2026-09-14 03:20", "")
	if files, err := backup.List(blocked); err != nil || len(files) != 1 {
		t.Errorf("the second place has %v %v", files, err)
	}
	// A backup that cannot be restored is told once a day, until one can.
	file := filepath.Join(w.Backup, "lianxin-20260920T190000Z.age")
	if err := os.WriteFile(file, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.want("2026-09-21 03:10", "level=ERROR")
	w.want("2026-09-21 03:20", "")
	w.want("2026-09-22 03:10", "backed up, on trial")
	notes, err := backup.History(w.Backup)
	if err != nil || notes[2].Failed == "" || notes[2].Kind != backup.Tried {
		t.Errorf("what failed is not remembered: %+v %v", notes, err)
	}
	// A backup that cannot be made is tried again after an hour.
	w.to("2026-09-23 03:00")
	if err := backup.Remember(w.Backup, backup.Of(backup.Made, backup.Report{}, w.at, errRoom)); err != nil {
		t.Fatal(err)
	}
	w.want("2026-09-23 03:50", "")
	w.want("2026-09-23 04:00", "backed up")
}

func TestKilledBackupsAreClearedAway(t *testing.T) {
	w := newWatcher(t, "2026-09-14 03:00")
	w.happen()
	w.Second = filepath.Join(t.TempDir(), "usb")
	left := []string{filepath.Join(w.Backup, ".making-123"), filepath.Join(w.Backup, ".history-123"), filepath.Join(w.Second, ".copying-123")}
	for _, l := range left {
		if err := os.MkdirAll(l, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	w.want("2026-09-14 03:00", "sealed, backed up, on trial")
	for _, l := range left {
		if _, err := os.Stat(l); err == nil {
			t.Errorf("what a killed backup left behind is still there: %s", l)
		}
	}
}
