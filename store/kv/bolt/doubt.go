package bolt

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"syscall"

	"go.etcd.io/bbolt"

	"lianxin/store/kv"
	"lianxin/store/kv/overlay"
)

// After a failed commit nothing is written until the file has been opened anew: what bbolt remembers of it
// need not be what is in it.

// store commits writes in one transaction of bbolt.
func (e *Engine) store(writes *overlay.Tx) error {
	tx, err := e.file.Load().db.Begin(true)
	if err != nil {
		return fmt.Errorf("write %s: %w", e.path, err)
	}
	id := tx.ID()
	begun, err := apply(tx, writes)
	if err == nil {
		return nil
	}
	if !begun {
		return fmt.Errorf("write %s: %w", e.path, err)
	}

	// What is stored is what the file says, not what the error says. bbolt writes the pages of a transaction
	// first and its number last, so while the number cannot be seen nothing of it will ever be there. A
	// number that can be seen may or may not have reached the disk. Errors that are not about room stay
	// unknown in any case: then it is the disk that cannot be believed.
	e.doubt, e.retired = true, nil
	if e.reopen() == nil && full(err) && e.lastStored() < id {
		return fmt.Errorf("write %s: %w: %w", e.path, kv.ErrFull, err)
	}
	return fmt.Errorf("write %s: %w: %w", e.path, kv.ErrUnknown, err)
}

// apply makes the writes and commits; begun says whether the commit was begun.
func apply(tx *bbolt.Tx, writes *overlay.Tx) (begun bool, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("data file is damaged: %v", p)
		}
		if err != nil {
			abandon(tx)
		}
	}()
	if writes != nil {
		if err := writes.Flush(tx.Bucket(bucket)); err != nil {
			return false, err
		}
	}
	begun = true
	return begun, tx.Commit()
}

// abandon gives up a transaction that may have ended already, or may be past ending in order.
func abandon(tx *bbolt.Tx) {
	defer func() { _ = recover() }()
	_ = tx.Rollback()
}

// lastStored is the number of the last transaction that the file shows.
func (e *Engine) lastStored() int {
	id := 0
	_ = e.file.Load().db.View(func(tx *bbolt.Tx) error {
		id = tx.ID()
		return nil
	})
	return id
}

// reopen opens the file anew after a failed commit, for all reads from now on. Views that are open keep the
// old one until they end.
func (e *Engine) reopen() error {
	old := e.file.Load()
	if err := same(e.lock.id, e.path+".lock"); err != nil {
		return err
	}
	if err := same(old.id, e.path); err != nil {
		return err
	}
	// The new handle needs bbolt's lock; ours keeps strangers out meanwhile.
	old.unlock()
	fresh, err := openFile(e.path, e.size)
	if err != nil {
		return fmt.Errorf("reopen %s: %w", e.path, err)
	}
	e.file.Store(fresh)
	retired := make(chan struct{})
	e.retired = retired
	go func() {
		_ = old.db.Close() // waits for its Views; an error has nothing left to spoil
		close(retired)
	}()
	return nil
}

// firm returns nil when the file can be written to. After a failed commit that takes three steps: the file is
// reopened; the last View of the old one ends, because the new one does not know which pages that still
// reads; and an empty commit succeeds, which leaves on the disk, for good, whatever the failed one left in
// the kernel's memory only. An error means that nothing of the update was written.
func (e *Engine) firm(ctx context.Context) error {
	if err := e.settle(); err != nil {
		return fmt.Errorf("write %s: %w", e.path, kind(err))
	}
	if !e.doubt {
		return nil
	}
	if e.retired == nil {
		if err := e.reopen(); err != nil {
			return kind(err)
		}
	}
	select {
	case <-e.retired:
	case <-ctx.Done():
		return fmt.Errorf("waiting to write: %w", ctx.Err())
	}
	tx, err := e.file.Load().db.Begin(true)
	if err == nil {
		_, err = apply(tx, nil)
	}
	if err != nil {
		e.retired = nil
		return fmt.Errorf("write %s: %w", e.path, kind(err))
	}
	e.doubt, e.retired = false, nil
	return nil
}

// kind adds kv.ErrFull to an error that is about room.
func kind(err error) error {
	if full(err) && !errors.Is(err, kv.ErrFull) {
		return fmt.Errorf("%w: %w", kv.ErrFull, err)
	}
	return err
}

// full says whether err is about room: on the disk, in a quota, or in the longest file allowed.
func full(err error) bool {
	for _, cause := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
		// bbolt keeps only the text of an error in growing the file.
		if errors.Is(err, cause) || strings.Contains(err.Error(), cause.Error()) {
			return true
		}
	}
	return false
}
