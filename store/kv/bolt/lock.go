package bolt

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"

	"lianxin/store/kv"
)

// same returns ErrGone when another file than mine, or none, is at path.
func same(mine os.FileInfo, path string) error {
	there, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) || err == nil && !os.SameFile(mine, there) {
		return fmt.Errorf("%s: %w", path, ErrGone)
	}
	return err
}

// A lock keeps others off the data. It is a file of its own: the data file changes hands when it is reopened,
// and a second process must stay out in that moment, and also when the data file was deleted under a running
// server.
type lock struct {
	handle *os.File
	id     os.FileInfo
}

// takeLock waits a second at most.
func takeLock(path string) (lock, error) {
	for try := 0; ; {
		l, err := tryLock(path)
		if err == nil {
			return l, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, ErrGone) {
			return lock{}, fmt.Errorf("lock %s: %w", path, err)
		}
		if try++; try == 20 {
			holder, _ := os.ReadFile(path)
			return lock{}, fmt.Errorf("lock %s: %w (process %s)", path, kv.ErrBusy, strings.TrimSpace(string(holder)))
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func tryLock(path string) (l lock, err error) {
	l.handle, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return lock{}, err
	}
	if err = syscall.Flock(int(l.handle.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err == nil {
		l.id, err = l.handle.Stat()
	}
	if err == nil {
		err = same(l.id, path) // it may have been deleted between the two
	}
	if err != nil {
		l.handle.Close()
		return lock{}, err
	}
	// The number is for people; the lock does not depend on it.
	_ = l.handle.Truncate(0)
	_, _ = fmt.Fprintf(l.handle, "%d\n", os.Getpid())
	return l, nil
}
