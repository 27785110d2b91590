package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"lianxin/locales"
	"lianxin/server/board"
	"lianxin/store"
	"lianxin/store/backup"
	"lianxin/store/ledger"
	"lianxin/store/seal"
)

// copies are where backups go.
type copies struct {
	Backup string `env:"LIANXIN_BACKUP" default:"backup" type:"path" placeholder:"DIR" help:"Folder of the backups."`
	Second string `env:"LIANXIN_BACKUP_SECOND" type:"path" placeholder:"DIR" help:"A second place for each backup: another disk, a folder of another machine."`
}

type save struct {
	folders `json:"-"`
	copies
}

func (c *save) Run(t *terminal) error { return t.do(c.folders, "backup", c) }

func (c *save) work(b *bench) error {
	bar := b.bar(-1, b.words.T("cmd.backup.doing"))
	r, err := c.make(b, b.box, func(done int) { _ = bar.Set(done) })
	_ = bar.Clear()
	if errors.Is(err, errRoom) {
		return sentence(b.words.T("cmd.backup.room", "Folder", c.Backup))
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(b.out, b.words.T("cmd.backup.done", "File", r.File, "Size", size(r.Size), "Streams", r.Streams, "Events", r.Events, "Files", r.Files.Count, "Seconds", seconds(r.Took)))
	if c.Second != "" {
		fmt.Fprintln(b.out, b.words.T("cmd.backup.second", "Folder", c.Second))
	}
	if len(r.Lost) > 0 {
		return sentence(b.words.T("cmd.backup.lost", "Count", len(r.Lost)))
	}
	return nil
}

// make makes a backup, copies it to the second place, and throws away what is
// too old in both. What came of it is written down beside the backups.
func (c copies) make(ctx context.Context, b *box, progress func(done int)) (backup.Report, error) {
	r, err := c.write(ctx, b, progress)
	if ctx.Err() == nil {
		err = errors.Join(err, c.remember(backup.Made, r, b, err))
	}
	return r, err
}

func (c copies) write(ctx context.Context, b *box, progress func(done int)) (backup.Report, error) {
	gone := errors.Is(b.store.Alive(), store.ErrGone)
	if !gone { // else this is the rescue of what the server still holds
		if err := c.room(b); err != nil {
			return backup.Report{}, err
		}
		if _, err := b.store.Seal(ctx, b.now()); err != nil { // what it holds can be proved
			return backup.Report{}, err
		}
	}
	r, err := backup.Write(ctx, b.store, b.keys, c.Backup, b.now(), progress)
	if err != nil {
		return backup.Report{}, err
	}
	if err := c.carry(); err != nil {
		return r, err
	}
	if gone || b.office.ClockSuspect() { // nothing is thrown away now, nor by a clock that is in doubt
		return r, nil
	}
	return r, c.prune()
}

// carry copies the newest backup to the second place, when it is not there yet.
func (c copies) carry() error {
	files, err := backup.List(c.Backup)
	if err != nil || len(files) == 0 || c.Second == "" {
		return err
	}
	if _, err := os.Stat(filepath.Join(c.Second, filepath.Base(files[0]))); err == nil {
		return nil
	}
	return backup.Copy(files[0], c.Second)
}

// prune throws away what is too old, in both places.
func (c copies) prune() error {
	if _, err := backup.Prune(c.Backup); err != nil || c.Second == "" {
		return err
	}
	_, err := backup.Prune(c.Second)
	return err
}

// errRoom says that a backup, or its trial, would fill the disk, on which people
// write.
var errRoom = errors.New("there is not room enough on the disk")

// room refuses a backup for which there is no room: it needs the store twice,
// once as it is and once locked, and its files once.
func (c copies) room(b *box) error {
	about, err := os.Stat(filepath.Join(b.Data, store.File))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Backup, 0o700); err != nil {
		return err
	}
	_, files, err := b.store.BlobSize()
	if err != nil {
		return err
	}
	free, err := free(c.Backup)
	if err == nil && free < 2*about.Size()+files+roomIll {
		err = errRoom
	}
	return err
}

// remember writes down what came of a backup or a drill, when there is a folder
// to write it in.
func (c copies) remember(kind string, r backup.Report, b *box, err error) error {
	if _, e := os.Stat(c.Backup); e != nil {
		return nil // what was wrong is told already
	}
	return backup.Remember(c.Backup, backup.Of(kind, r, b.now(), err))
}

type drill struct {
	folders `json:"-"`
	copies
}

func (c *drill) Run(t *terminal) error { return t.do(c.folders, "drill", c) }

func (c *drill) work(b *bench) error {
	r, err := c.try(b, b.box)
	switch {
	case errors.Is(err, errNoBackup):
		return sentence(b.words.T("cmd.drill.none", "Folder", c.Backup))
	case errors.Is(err, errRoom):
		return sentence(b.words.T("cmd.drill.room", "Folder", c.Backup))
	}
	if refusal, told := refusedBackup(b.words, err, r.File, ""); told {
		return refusal
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(b.out, b.words.T("cmd.drill.done", "File", r.File, "Streams", r.Streams, "Events", r.Events, "Files", r.Files.Count, "Seconds", seconds(r.Took)))
	return nil
}

var errNoBackup = errors.New("there is no backup yet")

// try restores the newest backup where nobody sees it.
func (c copies) try(ctx context.Context, b *box) (backup.Report, error) {
	files, err := backup.List(c.Backup)
	if err != nil {
		return backup.Report{}, err
	}
	if len(files) == 0 {
		return backup.Report{}, errNoBackup
	}
	r, err := backup.Report{File: files[0]}, roomFor(files[0])
	if err == nil {
		r, err = backup.Drill(ctx, files[0], b.keys)
	}
	if ctx.Err() == nil {
		err = errors.Join(err, c.remember(backup.Tried, r, b, err))
	}
	return r, err
}

// roomFor refuses the trial of a backup for which there is no room: unpacked, it is
// as large as it is locked.
func roomFor(file string) error {
	about, err := os.Stat(file)
	if err != nil {
		return err
	}
	free, err := free(filepath.Dir(file))
	if err == nil && free < about.Size()+roomIll {
		err = errRoom
	}
	return err
}

type restore struct {
	folders
	copies
	File string `arg:"" type:"path" help:"The backup."`
}

// Run needs no server: it is for a folder that holds no county.
func (c *restore) Run(t *terminal) error {
	private()
	if err := seal.Apart(c.Keys, c.Data); err != nil {
		return err
	}
	if err := c.closed(t.words); err != nil {
		return err
	}
	keys, err := seal.Open(c.Keys)
	if errors.Is(err, seal.ErrNoKeys) {
		return sentence(t.words.T("cmd.restore.keys", "Folder", c.Keys))
	}
	if err != nil {
		return err
	}
	b := &bench{Context: t, words: t.words, out: t.out, err: t.err, live: t.live}
	bar := b.bar(-1, t.words.T("cmd.restore.doing"))
	erased := 0
	r, err := backup.RestoreAnd(t, c.File, c.Data, keys, func(done int) { _ = bar.Set(done) }, c.buried(t, keys, &erased))
	_ = bar.Clear()
	if refusal, told := refusedBackup(t.words, err, c.File, c.Data); told {
		return refusal
	}
	if errors.Is(err, os.ErrNotExist) {
		return sentence(t.words.T("cmd.import.file", "File", c.File, "Cause", cause(err)))
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(t.out, t.words.T("cmd.restore.done", "Folder", c.Data, "Made", r.Made.In(board.Zone).Format(time.DateTime),
		"Streams", r.Streams, "Events", r.Events, "Files", r.Files.Count, "Seconds", seconds(r.Took)))
	if len(r.Files.Gone) > 0 {
		fmt.Fprintln(t.out, t.words.T("cmd.restore.without", "Count", len(r.Files.Gone)))
	}
	if r.Sealed > 0 {
		fmt.Fprintln(t.out, t.words.T("cmd.restore.root", "Sealed", r.Sealed, "Root", r.Root))
	}
	if erased > 0 {
		fmt.Fprintln(t.out, t.words.T("cmd.restore.erased", "Count", erased))
	}
	return nil
}

// refusedBackup says in words why a file is not, or cannot be, restored.
func refusedBackup(w locales.Words, err error, file, folder string) (refusal error, told bool) {
	for why, key := range map[error]string{
		backup.ErrTaken: "cmd.restore.taken", backup.ErrKey: "cmd.restore.key", backup.ErrDamaged: "cmd.restore.damaged", backup.ErrNotOurs: "cmd.restore.not-ours",
	} {
		if errors.Is(err, why) {
			return sentence(w.T(key, "File", file, "Folder", folder)), true
		}
	}
	return nil, false
}

type verify struct {
	folders    `json:"-"`
	Checkpoint []string `json:"-" type:"path" placeholder:"FILE" help:"A checkpoint that was kept outside the box; may be repeated."`
	Kept       []kept   `kong:"-"`
}

// kept is a checkpoint's file, read where the command was typed: the server may
// not be allowed to look there.
type kept struct{ File, Text string }

func (c *verify) Run(t *terminal) error {
	for _, file := range c.Checkpoint {
		text, err := os.ReadFile(file)
		if err != nil {
			return sentence(t.words.T("cmd.import.file", "File", file, "Cause", cause(err)))
		}
		c.Kept = append(c.Kept, kept{filepath.Base(file), string(text)})
	}
	return t.do(c.folders, "verify", c)
}

func (c *verify) work(b *bench) error {
	var held []ledger.Checkpoint
	for _, k := range c.Kept {
		point, err := ledger.Parse(k.Text, b.box.store.VerifierKey())
		if err != nil {
			return sentence(b.words.T("cmd.verify.none", "File", k.File))
		}
		held = append(held, point)
	}
	bar := b.bar(-1, b.words.T("cmd.verify.doing"))
	audit, err := b.box.store.Verify(b, held, func(done int) { _ = bar.Set(done) })
	_ = bar.Clear()
	if err != nil {
		return err
	}
	for _, p := range audit.Problems {
		fmt.Fprintln(b.out, p)
	}
	if !audit.Clean() {
		return sentence(b.words.T("cmd.verify.problems"))
	}
	fmt.Fprintln(b.out, b.words.T("cmd.verify.clean", "Sealed", audit.Leaves, "Waiting", audit.Waiting, "Held", len(held)))
	return nil
}

type checkpoint struct {
	folders `json:"-"`
}

func (c *checkpoint) Run(t *terminal) error { return t.do(c.folders, "checkpoint", c) }

// work prints the newest checkpoint as it is, for a file or a printer.
func (c *checkpoint) work(b *bench) error {
	if _, err := b.box.store.Seal(b, b.box.now()); err != nil {
		return err
	}
	point, err := b.box.store.Checkpoint(b)
	if err != nil {
		return err
	}
	if point == nil {
		return sentence(b.words.T("cmd.checkpoint.none"))
	}
	_, err = fmt.Fprint(b.out, point.Text)
	return err
}

// size is a number of bytes as people read it.
func size(n int64) string {
	const mb, gb = 1 << 20, 1 << 30
	switch {
	case n < mb:
		return fmt.Sprintf("%d KB", (n+1023)/1024)
	case n < gb:
		return fmt.Sprintf("%.1f MB", float64(n)/mb)
	}
	return fmt.Sprintf("%.1f GB", float64(n)/gb)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f", d.Seconds()) }
