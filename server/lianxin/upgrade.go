package main

import (
	"errors"
	"fmt"
	"time"

	"lianxin/store/backup"
)

type upgrade struct {
	folders
	copies
}

// Run needs the folder for itself. The server does the same when it starts.
func (c *upgrade) Run(t *terminal) error {
	now, err := c.clock()
	if err != nil {
		return err
	}
	if !c.holdsStore() {
		return sentence(t.words.T("cmd.folder.none", "Folder", c.Data))
	}
	b, err := c.openStore(t.words, now)
	if err != nil {
		return err
	}
	if !b.store.Old() {
		fmt.Fprintln(t.out, t.words.T("cmd.upgrade.none", "Folder", c.Data, "Schema", b.store.Schema()))
		return b.Close()
	}
	return errors.Join(c.lift(t, b), b.Close())
}

// lift makes data of an older schema ours, and a backup of them before. Without
// that nothing is changed: it is the way back to the program of then.
func (c copies) lift(t *terminal, b *box) error {
	if !b.store.Old() {
		return nil
	}
	m := &bench{Context: t, box: b, words: t.words, out: t.out, err: t.err, live: t.live}
	begun, err := b.store.Upgrading(t)
	if err != nil {
		return err
	}
	if begun {
		fmt.Fprintln(t.out, t.words.T("cmd.upgrade.on", "Folder", c.Backup))
	} else if err := c.before(m); err != nil {
		return err
	}
	from, began := b.store.Schema(), time.Now()
	bar := m.bar(-1, t.words.T("cmd.upgrade.doing"))
	err = b.store.Upgrade(t, func(done int) { _ = bar.Set(done) })
	_ = bar.Clear()
	if err != nil {
		return err
	}
	fmt.Fprintln(t.out, t.words.T("cmd.upgrade.done", "From", from, "Schema", b.store.Schema(), "Seconds", seconds(time.Since(began))))
	return nil
}

// before makes the backup that comes before an upgrade.
func (c copies) before(m *bench) error {
	err := c.room(m.box)
	if errors.Is(err, errRoom) {
		return sentence(m.words.T("cmd.upgrade.room", "Folder", c.Backup))
	}
	var r backup.Report
	if err == nil {
		bar := m.bar(-1, m.words.T("cmd.backup.doing"))
		r, err = backup.Write(m, m.box.store, m.box.keys, c.Backup, m.box.now(), func(done int) { _ = bar.Set(done) })
		_ = bar.Clear()
	}
	if m.Err() != nil {
		return m.Err()
	}
	if err = errors.Join(err, c.remember(backup.Made, r, m.box, err)); err != nil {
		return sentence(m.words.T("cmd.upgrade.unsaved", "Cause", err.Error()))
	}
	fmt.Fprintln(m.out, m.words.T("cmd.upgrade.saved", "File", r.File, "Schema", r.Schema))
	return nil
}
