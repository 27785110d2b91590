package bolt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"
)

// stepSize is how many bytes one transaction of a compaction carries: it bounds the memory.
const stepSize = 8 << 20

// Compact writes the data into a new file and puts it in the place of the old one, so that nothing is left of what
// was deleted: bbolt frees pages and never wipes them. Updates wait until it is done; Views go on, and those that are
// open keep the old file until they end. A compaction that breaks off leaves everything as it was. It tells how long
// the file was, and how long it is.
func (e *Engine) Compact(ctx context.Context) (before, after int64, err error) {
	if err := e.enter(ctx); err != nil {
		return 0, 0, err
	}
	defer e.free()
	e.commit()
	if err := e.firm(ctx); err != nil {
		return 0, 0, err
	}
	old := e.file.Load()
	if err := same(old.id, e.path); err != nil {
		return 0, 0, err
	}
	temp := e.path + compactSuffix
	fresh, err := rewrite(old, temp, e.size)
	if err != nil {
		return 0, 0, errors.Join(fmt.Errorf("compact %s: %w", e.path, kind(err)), remove(temp))
	}
	if before, after, err = lengths(old, fresh); err == nil {
		err = e.swap(fresh, temp)
	}
	if err != nil {
		return 0, 0, fmt.Errorf("compact %s: %w", e.path, err)
	}
	return before, after, nil
}

const compactSuffix = ".compact"

// rewrite copies what is stored into a new file at temp, makes it durable and opens it.
func rewrite(old *file, temp string, size int) (fresh *file, err error) {
	defer func() {
		if p := recover(); p != nil { // bbolt trusts the file
			err = fmt.Errorf("data file is damaged: %v", p)
		}
	}()
	if err := remove(temp); err != nil {
		return nil, err
	}
	// Nothing is believed of the new file before the sync below, so its transactions need none.
	db, err := bbolt.Open(temp, 0o600, &bbolt.Options{Timeout: time.Second, NoSync: true})
	if err != nil {
		return nil, err
	}
	err = bbolt.Compact(db, old.db, stepSize)
	if err = errors.Join(err, db.Close()); err != nil {
		return nil, err
	}
	if err := syncPath(temp); err != nil {
		return nil, err
	}
	return openFile(temp, size)
}

func lengths(old, fresh *file) (before, after int64, err error) {
	was, err := old.handle.Stat()
	if err != nil {
		return 0, 0, err
	}
	return was.Size(), fresh.id.Size(), nil
}

// swap puts the new file in the place of the old one.
func (e *Engine) swap(fresh *file, temp string) error {
	e.moving.Lock()
	defer e.moving.Unlock()
	if err := os.Rename(temp, e.path); err != nil {
		return errors.Join(err, fresh.db.Close(), remove(temp))
	}
	old := e.file.Swap(fresh)
	e.old.Go(func() { _ = old.db.Close() }) // waits for its Views; an error has nothing left to spoil
	e.unsettled = true
	return e.settle()
}

// settle makes a swap survive a power cut. Until it has, the old file may come back, so nothing is written.
func (e *Engine) settle() error {
	if !e.unsettled {
		return nil
	}
	if err := syncPath(filepath.Dir(e.path)); err != nil {
		return err
	}
	e.unsettled = false
	return nil
}

func remove(path string) error {
	if err := os.Remove(path); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
