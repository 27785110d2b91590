package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"lianxin/locales"
	"lianxin/server/office"
	"lianxin/server/workday"
	"lianxin/store"
	"lianxin/store/seal"
)

// What lies in a data folder.
const (
	socketFile = "control.sock"
	spoolDir   = "spool"
	markFile   = "demo.json" // only in a folder that demo made
)

func (f folders) socket() string { return filepath.Join(f.Data, socketFile) }

// holdsStore tells whether a county lies here already.
func (f folders) holdsStore() bool {
	_, err := os.Stat(filepath.Join(f.Data, store.File))
	return err == nil
}

// elsewhere are the flags by which another command finds these folders.
func (f folders) elsewhere() string {
	flags := ""
	for _, at := range [][2]string{{"data", f.Data}, {"keys", f.Keys}} {
		if usual, err := filepath.Abs(at[0]); err != nil || usual != at[1] {
			flags += " --" + at[0] + " " + at[1]
		}
	}
	return flags
}

// box is a county's folders, opened. One process at a time has them.
type box struct {
	folders
	store    *store.Store
	keys     *seal.Keys
	now      func() time.Time
	calendar *workday.Calendar
	office   *office.Office
	newKeys  bool
}

// private keeps everything that this process makes from other users' eyes.
func private() { syscall.Umask(0o077) }

// open opens the county that lies in the folders, by the clock now.
func (f folders) open(w locales.Words, now func() time.Time, log *slog.Logger) (*box, error) {
	if !f.holdsStore() {
		return nil, sentence(w.T("cmd.folder.none", "Folder", f.Data))
	}
	return f.openOrMake(w, now, log)
}

// openOrMake makes what is missing, too.
func (f folders) openOrMake(w locales.Words, now func() time.Time, log *slog.Logger) (*box, error) {
	b, err := f.openStore(w, now)
	if err != nil {
		return nil, err
	}
	if b.store.Old() {
		return nil, errors.Join(sentence(w.T("cmd.upgrade.needed", "Folder", f.Data, "Flags", f.elsewhere())), b.Close())
	}
	return b, b.furnish(log)
}

// openStore opens the store alone, whose data may still have to be upgraded, and
// makes what is missing. Keys are made only for a county that is not there yet:
// a county whose keys are gone must be told so, not given others.
func (f folders) openStore(w locales.Words, now func() time.Time) (_ *box, err error) {
	private()
	if err := seal.Apart(f.Keys, f.Data); err != nil {
		return nil, err
	}
	if err := f.closed(w); err != nil {
		return nil, err
	}
	b := &box{folders: f, now: now}
	keys, err := seal.Open(f.Keys)
	if errors.Is(err, seal.ErrNoKeys) {
		if f.holdsStore() {
			return nil, sentence(w.T("cmd.keys.missing", "Folder", f.Keys, "Data", f.Data))
		}
		if keys, err = seal.Create(f.Keys); errors.Is(err, seal.ErrExists) {
			keys, err = seal.Open(f.Keys) // another process was first; the store's lock decides
		}
		b.newKeys = true
	}
	if err != nil {
		return nil, err
	}
	b.keys = keys
	if b.calendar, err = workday.Statutory(); err != nil {
		return nil, err
	}
	b.store, err = store.Open(f.Data, keys)
	if errors.Is(err, store.ErrGone) { // an empty county in its place would be taken for the true one
		return nil, sentence(w.T("cmd.folder.gone", "Folder", f.Data, "Flags", f.elsewhere()))
	}
	return b, err
}

// furnish gives a box its office. A box that cannot have one is closed.
func (b *box) furnish(log *slog.Logger) (err error) {
	b.office, err = office.New(office.Parts{Store: b.store, Calendar: b.calendar, Now: b.now, Random: rand.Reader, Log: log})
	if err != nil {
		return errors.Join(err, b.Close())
	}
	return nil
}

// closed refuses a data folder that other users can look into.
func (f folders) closed(w locales.Words) error {
	about, err := os.Stat(f.Data)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !about.IsDir():
		return sentence(w.T("cmd.folder.file", "Folder", f.Data))
	case about.Mode().Perm()&0o077 != 0:
		return sentence(w.T("cmd.folder.loose", "Folder", f.Data, "Mode", fmt.Sprintf("%04o", about.Mode().Perm())))
	}
	return nil
}

func (b *box) Close() error { return b.store.Close() }

// clock is the time by which a folder lives: the machine's, except in a made-up
// county, which may have been made on another day.
func (f folders) clock() (func() time.Time, error) {
	m, err := readMark(f.Data)
	if err != nil || m == nil {
		return time.Now, err
	}
	return m.now, nil
}
