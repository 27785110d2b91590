package bolt

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"

	"lianxin/store/kv"
)

// A file is the data file, opened.
type file struct {
	db     *bbolt.DB
	handle *os.File // the one that db uses
	id     os.FileInfo
}

// create makes an empty data file, whole or not at all: bbolt's own way of making one can leave an unusable
// file behind when the power goes.
func create(path string) error {
	temp := path + ".new"
	if err := os.Remove(temp); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	db, err := bbolt.Open(temp, 0o600, nil)
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucket(bucket)
		return err
	})
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	if err := syncPath(temp); err != nil {
		return err
	}
	return os.Rename(temp, path)
}

func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// openFile opens a data file that exists, with a map of size bytes or of what the system has left.
func openFile(path string, size int) (*file, error) {
	for {
		d, err := tryFile(path, size)
		if !errors.Is(err, syscall.ENOMEM) || size == 0 {
			return d, err
		}
		if size /= 8; size < 1<<20 {
			size = 0 // as much as the file needs now
		}
	}
}

// unlock gives up bbolt's lock. Closing the handle is not enough: a map of the file holds the lock too, and
// after a panic nobody can take the map down.
func (d *file) unlock() { _ = syscall.Flock(int(d.handle.Fd()), syscall.LOCK_UN) }

func tryFile(path string, size int) (opened *file, err error) {
	d := &file{}
	// bbolt trusts the file: a damaged one makes it panic, one cut short is a fault in the map.
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("data file is damaged: %v", p)
		}
		if err != nil && d.handle != nil {
			d.unlock()
			d.handle.Close()
		}
	}()
	d.db, err = bbolt.Open(path, 0o600, &bbolt.Options{
		Timeout:         time.Second,
		InitialMmapSize: size,
		FreelistType:    bbolt.FreelistMapType,
		NoStatistics:    true,
		NoSync:          noSync,
		OpenFile: func(path string, flag int, mode os.FileMode) (*os.File, error) {
			// Not O_CREATE: a file that vanished must not come back empty, see create.
			f, err := os.OpenFile(path, flag&^os.O_CREATE, mode)
			if err != nil {
				return nil, err
			}
			d.handle = f
			if d.id, err = f.Stat(); err == nil && d.id.Size() == 0 {
				err = errors.New("data file is empty: put a backup in its place, or delete it to begin anew")
			}
			return f, err
		},
	})
	if errors.Is(err, bbolterrors.ErrTimeout) {
		return nil, fmt.Errorf("%w: %w", kv.ErrBusy, err)
	}
	if err != nil {
		return nil, err
	}
	if err := d.check(); err != nil {
		return nil, errors.Join(err, d.db.Close())
	}
	return d, nil
}

// check looks for what bbolt does not: a file cut short, and a bbolt file of another program.
func (d *file) check() error {
	return d.db.View(func(tx *bbolt.Tx) error {
		if d.id.Size() < tx.Size() {
			return fmt.Errorf("data file is damaged: %d bytes long, and says it has %d", d.id.Size(), tx.Size())
		}
		if tx.Bucket(bucket) == nil {
			return errors.New("data file belongs to another program")
		}
		return nil
	})
}
