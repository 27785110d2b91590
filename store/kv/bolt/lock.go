package bolt

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"time"

	"lianxin/store/kv"
)

// same returns kv.ErrGone when another file than mine, or none, is at path.
func same(mine os.FileInfo, path string) error {
	there, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) || err == nil && !os.SameFile(mine, there) {
		return fmt.Errorf("%s: %w", path, kv.ErrGone)
	}
	return err
}

// A lock keeps others off the data. It is a file of its own: the data file changes hands when it is reopened,
// and a second process must stay out in that moment, and also when the data file was deleted under a running
// server. It also says who has the data, or who had them last and closed them: so the next one knows of a fall.
type lock struct {
	handle *os.File
	id     os.FileInfo
	used   bool // somebody has had the data open before
	fell   bool // whoever had them last did not let go of them
}

// What stands in a lock before the number of a process; of one length, so that it can be written on a full disk.
const (
	heldBy = "held by "
	leftBy = "left by "
)

// takeLock waits a second at most.
func takeLock(path string) (lock, error) {
	for try := 0; ; {
		l, err := tryLock(path)
		if err == nil {
			return l, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, kv.ErrGone) {
			return lock{}, fmt.Errorf("lock %s: %w", path, err)
		}
		if try++; try == 20 {
			holder, _ := os.ReadFile(path)
			return lock{}, fmt.Errorf("lock %s: %w (%s)", path, kv.ErrBusy, strings.TrimSpace(string(holder)))
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
	last, err := io.ReadAll(l.handle)
	if err != nil {
		l.handle.Close()
		return lock{}, err
	}
	l.fell = bytes.HasPrefix(last, []byte(heldBy))
	l.used = l.fell || bytes.HasPrefix(last, []byte(leftBy))
	return l, nil
}

// write says how it is with the data. The lock does not depend on it: on a disk that takes no more nobody is kept
// from reading.
func (l lock) write(how string) {
	line := fmt.Sprintf("%s%d\n", how, os.Getpid())
	if _, err := l.handle.WriteAt([]byte(line), 0); err == nil {
		_ = errors.Join(l.handle.Truncate(int64(len(line))), l.handle.Sync())
	}
}

// letGo gives the data to others; well means that they are closed.
func (l lock) letGo(well bool) error {
	if well {
		l.write(leftBy)
	}
	return l.handle.Close()
}
