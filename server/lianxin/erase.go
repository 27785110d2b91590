package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lianxin/locales"
	"lianxin/server/board"
	"lianxin/store/backup"
	"lianxin/store/seal"
)

// erase erases a person, whom the number of any of their cases names; or with
// Case that case alone. It cannot be undone, so the number is typed twice.
type erase struct {
	folders `json:"-"`
	copies
	Number string `arg:"" help:"The number of a case of the person, with or without blanks."`
	Case   bool   `help:"Only this case; the person stays."`
	Yes    bool   `json:"-" help:"Do not ask for the number again."`
}

func (c *erase) Run(t *terminal) error {
	n, err := board.ParseNumber(c.Number)
	if err != nil {
		return err
	}
	if !c.Yes {
		fmt.Fprint(t.err, t.words.T("cmd.erase.again", "Number", n.Grouped())+" ")
		line, err := bufio.NewReader(os.Stdin).ReadString('\n')
		if err != nil && err != io.EOF {
			return err
		}
		if again, err := board.ParseNumber(line); err != nil || again != n {
			return sentence(t.words.T("cmd.erase.differs"))
		}
	}
	return t.do(c.folders, "erase", c)
}

func (c *erase) work(b *bench) error {
	n, err := board.ParseNumber(c.Number)
	if err != nil {
		return err
	}
	person, matter, err := b.office.Named(b, n)
	if err != nil {
		return err
	}
	grave := tomb{b.box.now(), wholePerson, person}
	if c.Case {
		grave.what, grave.id = oneCase, matter
		person = board.ID{}
	} else {
		matter = board.ID{}
	}
	if err := b.office.Unheld(b, person, matter); err != nil {
		return err
	}
	if err := bury(b.box.keys, []tomb{grave}, c.notes(b.box)...); err != nil {
		return sentence(b.words.T("cmd.erase.note", "Cause", err.Error()))
	}
	cases, err := b.box.raze(b, grave, false)
	if _, refused := board.Faults(err); refused { // somebody held it at this moment
		return errors.Join(err, bury(b.box.keys, []tomb{{b.box.now(), spared, grave.id}}, c.notes(b.box)...))
	}
	if err != nil {
		return err
	}
	if _, _, err := b.box.store.Compact(b); err != nil {
		return err
	}
	return c.certify(b, n, cases)
}

// certify prints what the person is given, in every language of the county.
func (c *erase) certify(b *bench, n board.Number, cases int) error {
	now := b.box.now()
	if _, err := b.box.store.Seal(b, now); err != nil {
		return err
	}
	point, err := b.box.store.Checkpoint(b)
	if err != nil {
		return err
	}
	county, err := b.office.County(b)
	if err != nil {
		return err
	}
	for i, w := range []locales.Words{b.words.In("zh-Hans"), b.words.In("en")} {
		if i > 0 {
			fmt.Fprintln(b.out)
		}
		what := w.T("cmd.erase.person", "Number", n.Grouped(), "Count", cases)
		if c.Case {
			what = w.T("cmd.erase.case", "Number", n.Grouped())
		}
		for _, line := range []string{
			w.T("cmd.erase.title", "County", w.Pick(county.Name)), what, w.T("cmd.erase.left"), w.T("cmd.erase.copies"),
			w.T("cmd.erase.proof", "Time", now.In(board.Zone).Format(time.DateTime), "Size", point.Size, "Short", point.Short()),
		} {
			fmt.Fprintln(b.out, line)
		}
	}
	return nil
}

// compact lets go of every byte of what was deleted.
type compact struct {
	folders `json:"-"`
}

func (c *compact) Run(t *terminal) error { return t.do(c.folders, "compact", c) }

func (c *compact) work(b *bench) error {
	before, after, err := b.box.store.Compact(b)
	if err != nil {
		return err
	}
	fmt.Fprintln(b.out, b.words.T("cmd.compact.done", "Before", size(before), "After", size(after)))
	return nil
}

// buried erases again, in a folder that was just unpacked, whoever was erased
// after the backup was made. Only then does the folder count as restored.
func (c *restore) buried(t *terminal, keys *seal.Keys, erased *int) func(ctx context.Context, dir string) error {
	return func(ctx context.Context, dir string) (err error) {
		all, odd, err := tombs(keys, c.Data, c.Backup, c.Second, filepath.Dir(c.File))
		if err != nil || len(all)+odd == 0 {
			return err
		}
		if odd > 0 {
			fmt.Fprintln(t.err, t.words.T("cmd.restore.odd", "Count", odd))
		}
		b, err := folders{Data: dir, Keys: c.Keys}.open(t.words, time.Now, logTo(t.err))
		if err != nil {
			return err
		}
		defer closing(&err, b)
		for _, grave := range all {
			if _, err := b.raze(ctx, grave, true); err != nil {
				return err
			}
		}
		*erased = len(all)
		if _, _, err := b.store.Compact(ctx); err != nil {
			return err
		}
		own, _, err := tombs(keys, c.Data)
		if err != nil {
			return err
		}
		have := map[tomb]bool{}
		for _, grave := range own {
			have[grave] = true
		}
		lost := slices.DeleteFunc(all, func(t tomb) bool { return have[t] }) // with the folder
		if err := bury(keys, lost, c.Data); err != nil {
			return err
		}
		found, err := b.store.Check(ctx, nil)
		if err == nil && !found.Clean() {
			err = fmt.Errorf("%w: %s", backup.ErrUnsound, strings.Join(found.Problems, "; "))
		}
		return err
	}
}
