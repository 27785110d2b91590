package bolt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"

	"lianxin/store/kv"
)

const (
	stepSize = 8 << 20 // bytes that one transaction of a compaction carries: it bounds the memory
	drains   = 20      // how often what was missed is written without anybody waiting: a crowd may write without end
)

// Compact writes the data into a new file and puts it in the place of the old one, so that nothing is left of what
// was deleted before: bbolt frees pages and never wipes them. Views and updates go on. What is written while the rest
// is copied is made once more in the new file, and only for the last of it do updates wait. A compaction that breaks
// off leaves everything as it was. It tells how long the file was, and how long it is.
func (e *Engine) Compact(ctx context.Context) (before, after int64, err error) {
	e.compacting.Lock()
	defer e.compacting.Unlock()
	from, missed, err := e.beginCompaction(ctx)
	if err != nil {
		return 0, 0, err
	}
	temp := e.path + compactSuffix
	db, err := rewrite(from, temp, func() error { return errors.Join(e.goesOn(ctx), missed.broken()) }, missed)
	from.end()
	missed.end()
	if err != nil {
		e.dropTail()
		return 0, 0, errors.Join(fmt.Errorf("compact %s: %w", e.path, kind(err)), remove(temp))
	}
	return e.endCompaction(ctx, db, temp, missed)
}

const compactSuffix = ".compact"

// beginCompaction takes a snapshot; what is written from now on goes into the tail, too.
func (e *Engine) beginCompaction(ctx context.Context) (*snapshot, *tail, error) {
	if err := e.enter(ctx); err != nil {
		return nil, nil, err
	}
	defer e.free()
	e.commit()
	if err := e.firm(ctx); err != nil {
		return nil, nil, err
	}
	if err := same(e.file.Load().id, e.path); err != nil {
		return nil, nil, err
	}
	from, err := e.snapshot()
	if err != nil {
		return nil, nil, err
	}
	e.tail = newTail()
	return from, e.tail, nil
}

// dropTail ends the remembering of what is written.
func (e *Engine) dropTail() {
	if e.enter(context.Background()) == nil { // when closed, nothing is written any more
		e.tail = nil
		e.leave()
	}
}

// goesOn says whether anybody still wants the compaction.
func (e *Engine) goesOn(ctx context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return kv.ErrClosed
	}
	return ctx.Err()
}

// rewrite copies what a snapshot shows into a new file at temp, and then most of what was missed.
func rewrite(from *snapshot, temp string, goesOn func() error, missed *tail) (db *bbolt.DB, err error) {
	defer func() {
		if p := recover(); p != nil { // bbolt trusts the file
			err = fmt.Errorf("data file is damaged: %v", p)
		}
		if err != nil && db != nil {
			err = errors.Join(err, db.Close())
		}
	}()
	if err := remove(temp); err != nil {
		return nil, err
	}
	// Nothing is believed of the new file before the sync at the end, so its transactions need none.
	db, err = bbolt.Open(temp, 0o600, &bbolt.Options{Timeout: time.Second, NoSync: true})
	if err != nil {
		return nil, err
	}
	if err := copyTo(db, from, goesOn); err != nil {
		return db, err
	}
	for round, few := 0, false; !few && round < drains; round++ {
		if err := goesOn(); err != nil {
			return db, err
		}
		if few, err = missed.drain(db); err != nil {
			return db, err
		}
	}
	return db, nil
}

// copyTo copies pair by pair, in steps, each brought to the disk: thousands of megabytes at the end would hold up the
// commits of everybody else.
func copyTo(db *bbolt.DB, from *snapshot, goesOn func() error) error {
	c := from.bucket.Cursor()
	for k, v, begun := []byte(nil), []byte(nil), false; !begun || k != nil; {
		err := db.Update(func(tx *bbolt.Tx) error {
			to, err := tx.CreateBucketIfNotExists(bucket)
			if err != nil {
				return err
			}
			to.FillPercent = 0.9 // the keys come in their order
			if !begun {
				k, v = c.First()
				begun = true
			}
			for size := 0; k != nil && size < stepSize; k, v = c.Next() {
				if err := to.Put(k, v); err != nil {
					return err
				}
				size += len(k) + len(v)
			}
			return nil
		})
		if err := errors.Join(err, goesOn(), db.Sync()); err != nil {
			return err
		}
	}
	return nil
}

// endCompaction writes what is still missed while updates wait, and lets the new file take the place of the old one.
func (e *Engine) endCompaction(ctx context.Context, db *bbolt.DB, temp string, missed *tail) (before, after int64, err error) {
	fail := func(err error) (int64, int64, error) {
		return 0, 0, errors.Join(fmt.Errorf("compact %s: %w", e.path, kind(err)), db.Close(), remove(temp))
	}
	if err := e.enter(context.WithoutCancel(ctx)); err != nil {
		return fail(err)
	}
	defer e.free()
	e.commit()
	e.tail = nil
	old := e.file.Load()
	if err := errors.Join(e.firm(ctx), same(old.id, e.path)); err != nil {
		return fail(err)
	}
	if _, err := missed.drain(db); err != nil {
		return fail(err)
	}
	if err := errors.Join(db.Close(), syncPath(temp)); err != nil {
		return fail(err)
	}
	fresh, err := openFile(temp, e.size)
	if err != nil {
		return fail(err)
	}
	if before, after, err = lengths(old, fresh); err == nil {
		err = e.swap(fresh, temp)
	}
	if err != nil {
		return 0, 0, fmt.Errorf("compact %s: %w", e.path, err)
	}
	return before, after, nil
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
