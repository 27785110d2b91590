package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"lianxin/store/backup"
	"lianxin/store/seal"
)

// The works that go over a whole county, and how long people wait meanwhile.

// beside lets one person after the other file while something goes on, and
// tells how long one waited at most.
func beside(h *hall, work func() error) (took, longest time.Duration, filed int, err error) {
	over := make(chan struct{})
	var wg sync.WaitGroup
	var failed error
	wg.Go(func() {
		for failed == nil {
			select {
			case <-over:
				return
			case <-time.After(10 * time.Millisecond):
			}
			began := time.Now()
			failed = h.fileOne(uint64(filed))
			longest = max(longest, time.Since(began))
			filed++
		}
	})
	began := time.Now()
	err = work()
	took = time.Since(began)
	close(over)
	wg.Wait()
	if err == nil {
		err = failed
	}
	return took, longest, filed, err
}

// backup makes one while people file.
func (m *measure) backup() error {
	h, err := openFiler(m.large, 20)
	if err != nil {
		return err
	}
	defer h.store.Close()
	keys, err := seal.Open(filepath.Join(m.large, "keys"))
	if err != nil {
		return err
	}
	dir := filepath.Join(m.large, "backup")
	_, calm, _, err := beside(h, func() error { time.Sleep(5 * time.Second); return nil })
	if err != nil {
		return err
	}
	took, longest, filed, err := beside(h, func() error {
		r, err := backup.Write(context.Background(), h.store, keys, dir, time.Now(), nil)
		if err != nil {
			return err
		}
		return os.Remove(r.File) // the works below make their own, and a disk is small
	})
	if err != nil {
		return err
	}
	m.head("a backup while people file", "", "goal", "")
	m.row("copied, checked, locked in", secs(took), "", true)
	m.row(fmt.Sprintf("the longest of %d filings meanwhile (before it: %s ms)", filed, ms(calm)), secs(longest), "≤ "+secs(stallGoal), longest <= stallGoal)
	return nil
}

// works runs the commands that go over all there is.
func (m *measure) works() error {
	saved, export, again := filepath.Join(m.folder, "saved"), filepath.Join(m.folder, "export"), filepath.Join(m.folder, "again")
	for _, dir := range []string{saved, export, again} {
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	}
	m.head("the whole county", "time", "memory (RssAnon), at most", "goal", "")
	for _, args := range [][]string{{"doctor", "--backup", saved}, {"check"}, {"verify"}, {"export", "--to", export}, {"backup", "--backup", saved}} {
		if err := m.work(m.large, args...); err != nil && args[0] != "doctor" { // who has something to say of a new box
			return err
		}
		if err := os.RemoveAll(export); err != nil { // a disk is small
			return err
		}
	}
	backups, err := backup.List(saved)
	if err != nil || len(backups) != 1 {
		return fmt.Errorf("%d backups: %w", len(backups), err)
	}
	if err := errors.Join(os.Mkdir(again, 0o700), os.Symlink(filepath.Join(m.large, "keys"), filepath.Join(again, "keys"))); err != nil {
		return err
	}
	if err := m.work(again, "restore", backups[0]); err != nil {
		return err
	}
	h, err := serve(again)
	if err != nil {
		return err
	}
	m.head("what was restored", "", "goal", "")
	m.row("from the command to the first page", secs(h.started), "≤ "+secs(startGoal), h.started <= startGoal)
	return h.stop()
}

// work runs a command and writes its row.
func (m *measure) work(folder string, args ...string) error {
	r, err := run(folder, nil, args...)
	verdict := "met"
	if r.most > memoryGoal {
		verdict = "missed"
	}
	fmt.Fprintf(m.table, "%s\t%s\t%s\t≤ %s\t%s\t\n", args[0], secs(r.took), mb(r.most), mb(memoryGoal), verdict)
	return err
}

// compacts writes the store anew while people file.
func (m *measure) compacts() error {
	h, err := openFiler(m.large, 20)
	if err != nil {
		return err
	}
	defer h.store.Close()
	var before, after int64
	took, longest, filed, err := beside(h, func() (err error) {
		before, after, err = h.store.Compact(context.Background())
		return err
	})
	if err != nil {
		return err
	}
	m.head("compaction", "", "goal", "")
	m.row(fmt.Sprintf("%s became %s in", mb(before), mb(after)), secs(took), "", true)
	m.row(fmt.Sprintf("the longest of %d filings meanwhile", filed), secs(longest), "≤ "+secs(stallGoal), longest <= stallGoal)
	return nil
}
