package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"lianxin/server/board"
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
	if err != nil {
		return err
	}
	fmt.Fprintln(b.out, b.words.T("cmd.backup.done", "File", r.File, "Size", size(r.Size), "Streams", r.Streams, "Events", r.Events, "Seconds", seconds(r.Took)))
	if c.Second != "" {
		fmt.Fprintln(b.out, b.words.T("cmd.backup.second", "Folder", c.Second))
	}
	return nil
}

// make makes a backup, copies it to the second place, and throws away what is
// too old in both.
func (c copies) make(ctx context.Context, b *box, progress func(done int)) (backup.Report, error) {
	if _, err := b.store.Seal(ctx, b.now()); err != nil { // what it holds can be proved
		return backup.Report{}, err
	}
	r, err := backup.Write(ctx, b.store, b.keys, c.Backup, b.now(), progress)
	if err != nil {
		return r, err
	}
	if c.Second != "" {
		if err := backup.Copy(r.File, c.Second); err != nil {
			return r, err
		}
	}
	if b.office.ClockSuspect() { // nothing is thrown away by a clock that is in doubt
		return r, nil
	}
	if _, err := backup.Prune(c.Backup); err != nil || c.Second == "" {
		return r, err
	}
	_, err = backup.Prune(c.Second)
	return r, err
}

type drill struct {
	folders `json:"-"`
	copies
}

func (c *drill) Run(t *terminal) error { return t.do(c.folders, "drill", c) }

func (c *drill) work(b *bench) error {
	r, err := c.try(b, b.box)
	if errors.Is(err, errNoBackup) {
		return sentence(b.words.T("cmd.drill.none", "Folder", c.Backup))
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(b.out, b.words.T("cmd.drill.done", "File", r.File, "Streams", r.Streams, "Events", r.Events, "Seconds", seconds(r.Took)))
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
	return backup.Drill(ctx, files[0], b.keys)
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
	for refusal, key := range map[error]string{
		backup.ErrTaken: "cmd.restore.taken", backup.ErrKey: "cmd.restore.key", backup.ErrDamaged: "cmd.restore.damaged", backup.ErrNotOurs: "cmd.restore.not-ours",
	} {
		if errors.Is(err, refusal) {
			return sentence(t.words.T(key, "File", c.File, "Folder", c.Data))
		}
	}
	if errors.Is(err, os.ErrNotExist) {
		return sentence(t.words.T("cmd.import.file", "File", c.File, "Cause", cause(err)))
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(t.out, t.words.T("cmd.restore.done", "Folder", c.Data, "Made", r.Made.In(board.Zone).Format(time.DateTime),
		"Streams", r.Streams, "Events", r.Events, "Seconds", seconds(r.Took)))
	fmt.Fprintln(t.out, t.words.T("cmd.restore.root", "Sealed", r.Sealed, "Root", r.Root))
	if erased > 0 {
		fmt.Fprintln(t.out, t.words.T("cmd.restore.erased", "Count", erased))
	}
	return nil
}

type verify struct {
	folders    `json:"-"`
	Checkpoint []string `type:"path" placeholder:"FILE" help:"A checkpoint that was kept outside the box; may be repeated."`
}

func (c *verify) Run(t *terminal) error { return t.do(c.folders, "verify", c) }

func (c *verify) work(b *bench) error {
	var held []ledger.Checkpoint
	for _, file := range c.Checkpoint {
		text, err := os.ReadFile(file)
		if err != nil {
			return sentence(b.words.T("cmd.import.file", "File", file, "Cause", cause(err)))
		}
		point, err := ledger.Parse(string(text), b.box.store.VerifierKey())
		if err != nil {
			return sentence(b.words.T("cmd.verify.none", "File", filepath.Base(file)))
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
	const mb = 1 << 20
	if n < mb {
		return fmt.Sprintf("%d KB", (n+1023)/1024)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/mb)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f", d.Seconds()) }
