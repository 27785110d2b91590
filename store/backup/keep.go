package backup

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// How many backups are kept: the last of each of so many days, weeks and
// months that have one. One of before an upgrade is the only way back to the
// program of then, so it is kept for so many days in any case.
const (
	Days    = 7
	Weeks   = 4
	Months  = 12
	Upgrade = 30
)

// name is what a backup is called.
func name(now time.Time, s *store.Store) string {
	name := prefix + now.UTC().Format(stamp)
	if s.Old() {
		name += older + strconv.Itoa(s.Schema())
	}
	return name + suffix
}

// List gives the backups of a folder, the newest first; none when there is no
// folder.
func List(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var files []string
	for _, e := range entries {
		if _, is := made(e.Name()); is {
			files = append(files, filepath.Join(dir, e.Name()))
		}
	}
	slices.Sort(files)
	slices.Reverse(files)
	return files, err
}

// made reads from its name when a backup was made.
func made(name string) (time.Time, bool) {
	middle, ok := strings.CutPrefix(filepath.Base(name), prefix)
	middle, is := strings.CutSuffix(middle, suffix)
	middle, _, _ = strings.Cut(middle, older)
	at, err := time.Parse(stamp, middle)
	return at.In(board.Zone), ok && is && err == nil
}

// Time is when a backup was made.
func Time(file string) time.Time {
	at, _ := made(file)
	return at
}

// Prune throws away what is too old and gives what it threw away. What another
// program left in the folder it never touches.
func Prune(dir string) (gone []string, err error) {
	files, err := List(dir)
	if err != nil {
		return nil, err
	}
	kept := map[string]bool{}
	for _, by := range []struct {
		most  int
		named func(time.Time) string
	}{
		{Days, func(t time.Time) string { return t.Format(time.DateOnly) }},
		{Weeks, func(t time.Time) string { y, w := t.ISOWeek(); return fmt.Sprint(y, "-", w) }},
		{Months, func(t time.Time) string { return t.Format("2006-01") }},
	} {
		seen := map[string]bool{}
		for _, f := range files {
			at, _ := made(f)
			if span := by.named(at); !seen[span] && len(seen) < by.most {
				seen[span], kept[f] = true, true
			}
		}
	}
	for _, f := range files {
		if kept[f] || strings.Contains(filepath.Base(f), older) && Time(f).After(Time(files[0]).AddDate(0, 0, -Upgrade)) {
			continue
		}
		if err := os.Remove(f); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return gone, err
		}
		gone = append(gone, f)
	}
	return gone, nil
}

// Copy puts a backup into a second place too, under the same name, whole or not
// at all.
func Copy(file, dir string) (err error) {
	busy.Lock()
	defer busy.Unlock()
	if err := errors.Join(os.MkdirAll(dir, 0o700), tidy(dir, ".copying-*")); err != nil {
		return fmt.Errorf("second place: %w", err)
	}
	from, err := os.Open(file)
	if err != nil {
		return err
	}
	defer from.Close()
	temp, err := os.CreateTemp(dir, ".copying-")
	if err != nil {
		return fmt.Errorf("second place: %w", err)
	}
	defer os.Remove(temp.Name())
	_, err = io.Copy(store.Steady(temp), from)
	if err = errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return fmt.Errorf("second place: %w", err)
	}
	return errors.Join(os.Rename(temp.Name(), filepath.Join(dir, filepath.Base(file))), store.Settle(dir))
}
