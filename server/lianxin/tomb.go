package main

import (
	"bufio"
	"cmp"
	"context"
	"crypto/hmac"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store/seal"
)

// A backup that is older than an erasure still holds who was erased. So each
// erasure is noted beside the data and beside the backups, and a restore erases
// again before anybody can read what it brought back. A note holds no name: a
// time, an ID that nothing outside the store explains, and a sum that only the
// county's keys can make.

// tombFile is where erasures are noted, in each of those folders.
const tombFile = "erased.log"

// tomb is one erasure.
type tomb struct {
	at   time.Time
	what string
	id   board.ID
}

// What lies in a tomb.
const (
	wholePerson = "person"
	oneCase     = "case"
	aged        = "aged"   // a case that the county's rule put away
	faded       = "faded"  // a person whom it forgot
	spared      = "spared" // nothing: a hold came in between
)

func (t tomb) text() string {
	return t.at.UTC().Format(time.RFC3339) + " " + t.what + " " + t.id.String()
}

func (t tomb) line(keys *seal.Keys) string {
	sum := keys.Form().Sum("erased", t.text())
	return t.text() + " " + hex.EncodeToString(sum[:16]) + "\n"
}

// bury notes erasures in every folder, before anything is erased.
func bury(keys *seal.Keys, graves []tomb, dirs ...string) error {
	var lines strings.Builder
	for _, t := range graves {
		lines.WriteString(t.line(keys))
	}
	for _, dir := range folderSet(dirs) {
		if err := note(dir, lines.String()); err != nil {
			return fmt.Errorf("%s: %w", filepath.Join(dir, tombFile), err)
		}
	}
	return nil
}

func note(dir, lines string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(dir, tombFile), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(lines)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// tombs reads what is noted in these folders, the oldest first and each once, but
// for what was spared. Lines that the county's keys did not make are counted as
// odd: a half of one after a power cut, or a stranger's.
func tombs(keys *seal.Keys, dirs ...string) (all []tomb, odd int, err error) {
	set, living := map[tomb]bool{}, map[board.ID]time.Time{}
	for _, dir := range folderSet(dirs) {
		f, err := os.Open(filepath.Join(dir, tombFile))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, 0, err
		}
		lines := bufio.NewScanner(f)
		for lines.Scan() {
			t, ok := parseTomb(keys, lines.Text())
			switch {
			case !ok:
				odd++
			case t.what == spared:
				living[t.id] = t.at
			default:
				set[t] = true
			}
		}
		if err := errors.Join(lines.Err(), f.Close()); err != nil {
			return nil, 0, err
		}
	}
	maps.DeleteFunc(set, func(t tomb, _ bool) bool { at, lives := living[t.id]; return lives && !at.Before(t.at) })
	return slices.SortedFunc(maps.Keys(set), tomb.compare), odd, nil
}

// compare puts the older before the younger.
func (t tomb) compare(other tomb) int {
	return cmp.Or(t.at.Compare(other.at), strings.Compare(t.text(), other.text()))
}

func parseTomb(keys *seal.Keys, line string) (t tomb, ok bool) {
	words := strings.Fields(line)
	if len(words) != 4 {
		return t, false
	}
	at, err := time.Parse(time.RFC3339, words[0])
	id, err2 := board.ParseID(words[2])
	t = tomb{at.UTC(), words[1], id}
	return t, err == nil && err2 == nil && hmac.Equal([]byte(t.line(keys)), []byte(line+"\n"))
}

// folderSet are the folders that are named, each once.
func folderSet(dirs []string) (set []string) {
	for _, dir := range dirs {
		if dir != "" && !slices.Contains(set, filepath.Clean(dir)) {
			set = append(set, filepath.Clean(dir))
		}
	}
	return set
}

// raze erases what a tomb names, and tells how many cases that were. Again means
// that it was erased before and came back with an older copy.
func (b *box) raze(ctx context.Context, t tomb, again bool) (cases int, err error) {
	switch t.what {
	case wholePerson:
		return b.office.ErasePerson(ctx, office.Box, t.id, again)
	case aged:
		_, err = b.office.Anonymise(ctx, t.id, again)
	case faded:
		_, err = b.office.Fade(ctx, t.id, again)
	default:
		_, err = b.office.EraseCase(ctx, office.Box, t.id, again)
	}
	return 1, err
}
