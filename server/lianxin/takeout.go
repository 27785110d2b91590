package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store/seal"
	"lianxin/store/takeout"
)

type takeAll struct {
	folders `json:"-"`
	To      string `required:"" type:"path" placeholder:"DIR" help:"An empty folder for it."`
}

func (c *takeAll) Run(t *terminal) error { return t.do(c.folders, "export", c) }

// work remembers the deed before it does it: so it stands in the export too.
func (c *takeAll) work(b *bench) error {
	if err := takeout.Empty(c.To); errors.Is(err, takeout.ErrTaken) {
		return sentence(b.words.T("cmd.export.taken", "Folder", c.To))
	} else if err != nil {
		return err
	}
	if err := b.office.TakeAll(b, office.Box); err != nil {
		return err
	}
	bar := b.bar(-1, b.words.T("cmd.export.doing"))
	r, err := takeout.Write(b, b.box.store, b.box.keys, c.To, b.box.now(), func(done int) { _ = bar.Set(done) })
	_ = bar.Clear()
	if err != nil {
		return err
	}
	fmt.Fprintln(b.out, b.words.T("cmd.export.done", "Folder", c.To, "Streams", r.Streams, "Events", r.Events, "Files", r.Attached, "Seconds", seconds(r.Took)))
	fmt.Fprintln(b.out, b.words.T("cmd.export.open"))
	if len(r.Lost) > 0 {
		return sentence(b.words.T("cmd.export.lost", "Count", len(r.Lost)))
	}
	return nil
}

type load struct {
	folders
	copies
	Dir string `arg:"" type:"path" help:"The folder of the export."`
}

// Run needs no server: it is for a folder that holds no county. Keys are made
// when there are none.
func (c *load) Run(t *terminal) error {
	private()
	if err := seal.Apart(c.Keys, c.Data); err != nil {
		return err
	}
	if err := c.closed(t.words); err != nil {
		return err
	}
	if c.holdsStore() {
		return sentence(t.words.T("cmd.restore.taken", "Folder", c.Data))
	}
	now, err := c.clock()
	if err != nil {
		return err
	}
	keys, err := seal.Open(c.Keys)
	made := errors.Is(err, seal.ErrNoKeys)
	if made {
		keys, err = seal.Create(c.Keys)
	}
	if err != nil {
		return err
	}
	b := &bench{Context: t, words: t.words, out: t.out, err: t.err, live: t.live}
	bar := b.bar(-1, t.words.T("cmd.load.doing"))
	erased := 0
	l, err := takeout.Load(t, c.Dir, c.Data, keys, now(), func(done int) { _ = bar.Set(done) }, c.as().buried(t, keys, &erased))
	_ = bar.Clear()
	if err != nil {
		return c.explain(t, err)
	}
	c.tell(t, l)
	if erased > 0 {
		fmt.Fprintln(t.out, t.words.T("cmd.restore.erased", "Count", erased))
	}
	if made {
		fmt.Fprintln(t.out, t.words.T("cmd.keys.made", "Folder", c.Keys))
	}
	return nil
}

// as is the same as a restore: whoever was erased after an export was made is
// erased again when it is loaded.
func (c *load) as() *restore {
	return &restore{folders: c.folders, copies: c.copies, File: filepath.Join(c.Dir, "manifest.json")}
}

func (c *load) explain(t *terminal, err error) error {
	switch {
	case errors.Is(err, takeout.ErrTaken):
		return sentence(t.words.T("cmd.restore.taken", "Folder", c.Data))
	case errors.Is(err, takeout.ErrNotOurs):
		return sentence(t.words.T("cmd.load.not-ours", "Folder", c.Dir))
	case errors.Is(err, takeout.ErrNewer):
		return sentence(t.words.T("cmd.load.newer", "Folder", c.Dir))
	case errors.Is(err, takeout.ErrDamaged):
		return sentence(t.words.T("cmd.load.damaged", "Folder", c.Dir, "Cause", err.Error()))
	}
	return err
}

func (c *load) tell(t *terminal, l takeout.Loaded) {
	fmt.Fprintln(t.out, t.words.T("cmd.load.done", "Folder", c.Data, "Made", l.Made.In(board.Zone).Format(time.DateTime),
		"Streams", l.Streams, "Events", l.Events, "Files", l.Attached, "Seconds", seconds(l.Took)))
	if len(l.Gone) > 0 {
		fmt.Fprintln(t.out, t.words.T("cmd.restore.without", "Count", len(l.Gone)))
	}
	if l.Same {
		fmt.Fprintln(t.out, t.words.T("cmd.load.same"))
	} else {
		fmt.Fprintln(t.out, t.words.T("cmd.load.other"))
	}
}
