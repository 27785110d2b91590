package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"lianxin/server/board"
	"lianxin/server/cert"
	"lianxin/store"
	"lianxin/store/backup"
)

// doctor looks at what a county's box needs and says in a line each what is
// well and what is not. It mends nothing.
type doctor struct {
	folders `json:"-"`
	copies
	TLSCert string `name:"tls-cert" env:"LIANXIN_TLS_CERT" type:"path" placeholder:"FILE" help:"The site's certificate, to see how long it lasts."`
	At      string `kong:"-"` // the data folder, for the server that looks
}

func (c *doctor) Run(t *terminal) error {
	c.At = c.Data
	return t.do(c.folders, "doctor", c)
}

// finding is a line of what the doctor says.
type finding struct {
	level level
	key   string
	args  []any
}

type level int

const (
	good level = iota
	soon       // something will be wanted
	ill
)

func (c *doctor) work(b *bench) error {
	found, err := c.findings(b)
	if err != nil {
		return err
	}
	sick := 0
	for _, f := range found {
		if f.level == ill {
			sick++
		}
		fmt.Fprintf(b.out, "%s  %s\n", b.words.T(f.level.key()), b.words.T(f.key, f.args...))
	}
	if sick > 0 {
		return sentence(b.words.T("cmd.doctor.sick", "Count", sick))
	}
	return nil
}

// key is the word for a level.
func (l level) key() string {
	return [...]string{"cmd.doctor.well", "cmd.doctor.soon", "cmd.doctor.ill"}[l]
}

// findings is all that the doctor says, in its order.
func (c *doctor) findings(b *bench) (found []finding, err error) {
	if err := b.box.store.Alive(); err != nil { // nothing else matters now
		return []finding{{ill, "cmd.gone", nil}}, nil
	}
	looks := []func(*bench) (finding, error){
		c.disk, c.files, c.clock, c.secrets, c.saved, c.sealed, c.certificate, c.outgoing, c.unread, c.spending, c.guessing, c.calendar, c.desks, c.keeping,
	}
	for _, look := range looks {
		f, err := look(b)
		if err != nil {
			return nil, err
		}
		if f.key != "" { // it does not concern this box
			found = append(found, f)
		}
	}
	return found, nil
}

// Room on a disk below which the doctor speaks: a busy county writes some
// 20 MB a day, and a backup needs the size of the store.
const (
	roomSoon = 2 << 30
	roomIll  = 200 << 20
)

func (c *doctor) disk(b *bench) (finding, error) {
	free, err := free(c.At)
	if err != nil {
		return finding{}, err
	}
	level := good
	switch {
	case free < roomIll:
		level = ill
	case free < roomSoon:
		level = soon
	}
	return finding{level, "cmd.doctor.disk", []any{"Free", size(free)}}, nil
}

// files: how many photos and recordings hang on messages. Those that the newest
// backup had to do without are lost.
func (c *doctor) files(b *bench) (finding, error) {
	count, bytes, err := b.box.store.BlobSize()
	if err != nil {
		return finding{}, err
	}
	if c.Backup != "" {
		notes, err := backup.History(c.Backup)
		if err != nil { // figures; the doctor tells of the backups themselves
			notes = nil
		}
		if last, was := backup.Last(notes, backup.Made, b.box.now()); was && last.Lost > 0 {
			return finding{ill, "cmd.doctor.lost", []any{"Count", last.Lost}}, nil
		}
	}
	if count == 0 {
		return finding{}, nil
	}
	return finding{good, "cmd.doctor.files", []any{"Count", count, "Size", size(bytes)}}, nil
}

// free is the room on the disk of a folder, as far as this process may use it.
func free(dir string) (int64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, err
	}
	return int64(s.Bavail) * s.Bsize, nil
}

// clock holds the machine's time against the last thing that was written: time
// that runs backwards would make dates wrong.
func (c *doctor) clock(b *bench) (finding, error) {
	last, err := b.box.store.LastEvent(b)
	if err != nil {
		return finding{}, err
	}
	now := b.box.now()
	if b.office.ClockSuspect() {
		return finding{ill, "cmd.doctor.clock-suspect", []any{"Now", now.In(board.Zone).Format(time.DateTime)}}, nil
	}
	args := []any{"Now", now.In(board.Zone).Format(time.DateTime), "Last", last.In(board.Zone).Format(time.DateTime)}
	back, err := b.office.ClockBack(b)
	if err != nil {
		return finding{}, err
	}
	if back {
		return finding{ill, "cmd.doctor.clock-back", args}, nil
	}
	return finding{good, "cmd.doctor.clock", args}, nil
}

// secrets: the store opened, so the keys are the right ones; nobody else may
// read either folder.
func (c *doctor) secrets(b *bench) (finding, error) {
	for _, dir := range []string{c.At, b.box.Keys} {
		about, err := os.Stat(dir)
		if err != nil {
			return finding{}, err
		}
		if about.Mode().Perm()&0o077 != 0 {
			return finding{ill, "cmd.doctor.loose", []any{"Folder", dir}}, nil
		}
	}
	return finding{good, "cmd.doctor.keys", []any{"Fingerprint", b.box.keys.Fingerprint()}}, nil
}

// saved: there is a backup of these days, here and in the second place.
func (c *doctor) saved(b *bench) (finding, error) {
	if c.Backup == "" { // a made-up county
		return finding{}, nil
	}
	files, err := backup.List(c.Backup)
	if err != nil {
		return finding{ill, "cmd.doctor.backup-folder", []any{"Folder", c.Backup, "Cause", cause(err)}}, nil
	}
	if len(files) == 0 {
		return finding{ill, "cmd.doctor.unsaved", []any{"Folder", c.Backup}}, nil
	}
	now := b.box.now()
	args := []any{"File", filepath.Base(files[0]), "Count", len(files), "Folder", c.Second}
	if now.Sub(newest(files, now)) > staleBackup {
		return finding{ill, "cmd.doctor.old", args}, nil
	}
	if c.Second == "" {
		return finding{soon, "cmd.doctor.second", args}, nil
	}
	if others, err := backup.List(c.Second); err != nil || now.Sub(newest(others, now)) > staleBackup {
		return finding{ill, "cmd.doctor.second-old", args}, nil
	}
	return finding{good, "cmd.doctor.saved", args}, nil
}

// staleBackup is when the newest backup is none for a night's sleep.
const staleBackup = 48 * time.Hour

func (c *doctor) sealed(b *bench) (finding, error) {
	point, err := b.box.store.Checkpoint(b)
	if err != nil {
		return finding{}, err
	}
	if point == nil {
		return finding{soon, "cmd.doctor.unsealed", nil}, nil
	}
	return finding{good, "cmd.doctor.sealed", []any{"Size", point.Size, "Short", point.Short(), "Time", point.Time.In(board.Zone).Format(time.DateTime)}}, nil
}

// certificate: a browser that is shown an old one turns people away. Those from
// Let's Encrypt and the county's own renew themselves; the county's authority
// does not.
func (c *doctor) certificate(b *bench) (finding, error) {
	file := c.TLSCert
	if file == "" {
		file = filepath.Join(b.box.authorityDir(), cert.AuthorityFile)
		if _, err := os.Stat(file); err != nil {
			return finding{}, nil
		}
	}
	ends, err := cert.Ends(file)
	if err != nil {
		return finding{ill, "cmd.doctor.cert-unread", []any{"File", file, "Cause", cause(err)}}, nil
	}
	args := []any{"File", filepath.Base(file), "Date", ends.In(board.Zone).Format(time.DateOnly)}
	switch left := ends.Sub(b.box.now()); {
	case left < 3*24*time.Hour:
		return finding{ill, "cmd.doctor.cert-over", args}, nil
	case left < 30*24*time.Hour:
		return finding{soon, "cmd.doctor.cert-over", args}, nil
	}
	return finding{good, "cmd.doctor.cert", args}, nil
}

// outgoing: texts that wait for long do not leave this box.
func (c *doctor) outgoing(b *bench) (finding, error) {
	var waiting []store.Text
	err := b.box.store.View(b, func(tx *store.Tx) (err error) {
		waiting, err = tx.Outbox(1000, b.box.now())
		return err
	})
	if err != nil {
		return finding{}, err
	}
	if len(waiting) > 0 && b.box.now().Sub(waiting[0].Time) > 10*time.Minute {
		return finding{ill, "cmd.doctor.stuck", []any{"Count", len(waiting)}}, nil
	}
	lying, err := filepath.Glob(filepath.Join(c.At, spoolDir, "out", "*.json"))
	if err != nil {
		return finding{}, err
	}
	if len(lying) > 0 {
		return finding{soon, "cmd.doctor.spool", []any{"Count", len(lying), "Folder", filepath.Join(c.At, spoolDir, "out")}}, nil
	}
	return finding{good, "cmd.doctor.texts", nil}, nil
}

// unread: what came in and is no text.
func (c *doctor) unread(*bench) (finding, error) {
	dir := filepath.Join(c.At, spoolDir, "in", "bad")
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return finding{}, err
	}
	if len(entries) > 0 {
		return finding{soon, "cmd.doctor.bad", []any{"Count", len(entries), "Folder", dir}}, nil
	}
	return finding{good, "cmd.doctor.heard", nil}, nil
}

// spending: what strangers ask for has a budget; near its end codes are kept for
// people whom the county knows.
func (c *doctor) spending(b *bench) (finding, error) {
	s, err := b.office.Spending(b)
	if err != nil {
		return finding{}, err
	}
	f := finding{good, "cmd.doctor.budget", []any{"Day", s.Day, "MostDay", s.MostDay, "Hour", s.Hour, "MostHour", s.MostHour}}
	switch {
	case s.Spent():
		f.level, f.key = ill, "cmd.doctor.budget-spent"
	case s.Scarce():
		f.level, f.key = ill, "cmd.doctor.budget-scarce"
	}
	return f, nil
}

// guessing: many wrong codes in an hour are no slips of the finger.
func (c *doctor) guessing(b *bench) (finding, error) {
	s, err := b.office.Spending(b)
	if err != nil || !s.Loud() {
		return finding{}, err
	}
	return finding{ill, "cmd.doctor.guessing", []any{"Count", s.Wrong}}, nil
}

// calendar: from November on the State Council has published the next year's
// holidays, or will in days.
func (c *doctor) calendar(b *bench) (finding, error) {
	now := b.box.now().In(board.Zone)
	year := now.Year()
	if now.Month() >= time.November {
		year++
	}
	if b.office.Published(year) {
		return finding{good, "cmd.doctor.calendar", []any{"Year", year}}, nil
	}
	level := soon
	if year == now.Year() {
		level = ill
	}
	return finding{level, "cmd.doctor.unpublished", []any{"Year", year}}, nil
}

// desks: a role that nobody holds is work that nobody does.
func (c *doctor) desks(b *bench) (finding, error) {
	county, err := b.office.County(b)
	if err != nil {
		return finding{}, err
	}
	var empty board.Roles
	for _, role := range []board.Role{board.Operator, board.Dispatcher, board.Handler, board.Reviewer, board.Inspector, board.Admin} {
		held := false
		for _, s := range county.Staff {
			held = held || !s.Left && s.Roles.Has(role)
		}
		if !held {
			empty = append(empty, role)
		}
	}
	if len(empty) > 0 {
		names := make([]string, len(empty))
		for i, role := range empty {
			names[i] = b.words.T("role." + string(role))
		}
		return finding{ill, "cmd.doctor.nobody", []any{"Roles", strings.Join(names, b.words.T("admin.and"))}}, nil
	}
	return finding{good, "cmd.doctor.staffed", nil}, nil
}

// keeping: what went by the county's rule, what goes next, and what is held.
func (c *doctor) keeping(b *bench) (finding, error) {
	out, err := b.office.Outlook(b)
	if err != nil {
		return finding{}, err
	}
	args := []any{"Years", out.Rule, "Cases", out.Cases, "Persons", out.Persons, "Due", out.Due, "Next", out.Next, "Held", out.Held,
		"Night", out.Looked.In(board.Zone).Format(time.DateOnly), "Date", out.By.In(board.Zone).Format(time.DateOnly), "Until", out.Wait.In(board.Zone).Format(time.DateTime)}
	switch {
	case out.Due > 0 && b.box.now().Before(out.Wait):
		return finding{soon, "cmd.doctor.keeping-waits", args}, nil
	case out.Looked.IsZero():
		return finding{good, "cmd.doctor.keeping-new", args}, nil
	}
	return finding{good, "cmd.doctor.keeping", args}, nil
}
