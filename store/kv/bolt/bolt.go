// Package bolt is the embedded engine: one bbolt file, one process, durable when Update returns.
//
// Updates that wait for each other share one commit (see batch.go). A failed commit leaves the file in doubt,
// so it is opened anew before the next write (see doubt.go). Reads go on through all of it.
package bolt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	bbolterrors "go.etcd.io/bbolt/errors"

	"lianxin/store/kv"
)

// addressSpace is the part of the address space the file is mapped into: 64 GiB, where addresses have 64
// bits. It costs no memory; a map too small for the file has to be made anew as the file grows, and that
// waits for every open View.
const addressSpace = 1 << (36 * (^uint(0) >> 63))

// Options say how to open. The zero value is right for a server.
type Options struct {
	// Map is the address space in bytes to map the file into; 0 means 64 GiB. When the system refuses that
	// much, less is taken.
	Map int
}

// An Engine is a kv.Engine on one file.
type Engine struct {
	path string
	size int  // of the map
	lock lock // held from Open to Close
	fell atomic.Bool
	file atomic.Pointer[file]

	mu         sync.Mutex
	queue      []chan struct{} // updates that wait for their turn, the first first
	busy       bool            // somebody has the turn
	closed     bool
	close      sync.Once
	compacting sync.Mutex     // held from the beginning of a compaction to its end
	moving     sync.RWMutex   // held while a compacted file takes the place of the old one
	old        sync.WaitGroup // files of before a compaction, until their Views end

	// What follows belongs to whoever has the turn.
	batch   *batch        // open, with nobody in it but those who wait for its commit
	before  int           // how many updates the last commit carried
	doubt   bool          // a commit failed; nothing may be written before firm said so
	retired chan struct{} // closed when no View uses the file of before the doubt; nil until it is reopened

	tail *tail // of the compaction that goes on, nil when none does

	unsettled bool // a compacted file is in place, and the folder may not have it on the disk
}

// Open opens the data file at path and makes it when there is none; its folder must exist. The error is
// kv.ErrBusy, within two seconds, when another process has it open, and kv.ErrFull when there is no room to
// make it. An empty or damaged file is refused, never written over; one that was there, as its lock still knows, and
// was deleted since is not made again: kv.ErrGone.
func Open(path string, o Options) (*Engine, error) {
	if o.Map == 0 {
		o.Map = addressSpace
	}
	l, err := takeLock(path + ".lock")
	if err != nil {
		return nil, err
	}
	err = remove(path + compactSuffix) // of a compaction that broke off
	if _, e := os.Stat(path); err == nil && errors.Is(e, os.ErrNotExist) {
		if l.used {
			err = kv.ErrGone
		} else {
			err = create(path)
		}
	}
	if err == nil {
		// At every start: the one that made the file may have failed just before this.
		err = syncPath(filepath.Dir(path))
	}
	var d *file
	if err == nil {
		d, err = openFile(path, o.Map)
	}
	if err != nil {
		l.handle.Close()
		return nil, fmt.Errorf("open %s: %w", path, kind(err))
	}
	l.write(heldBy)
	e := &Engine{path: path, size: o.Map, lock: l}
	e.fell.Store(l.fell)
	e.file.Store(d)
	return e, nil
}

// View calls read with a snapshot of the last commit.
func (e *Engine) View(ctx context.Context, read func(kv.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s, err := e.snapshot()
	if err != nil {
		return err
	}
	defer s.end()
	return read(s)
}

// WriteTo writes a copy of the data file as of now, while reads and writes go on. The copy can be opened.
func (e *Engine) WriteTo(w io.Writer) (int64, error) {
	s, err := e.snapshot()
	if err != nil {
		return 0, err
	}
	defer s.end()
	return s.tx.WriteTo(w)
}

// Alive says whether the files at their paths are still those that are open: nil, ErrGone or kv.ErrClosed. It
// costs two looks at the folder; poll it, so that somebody hears of a deleted file before the restart that
// would make the loss final. (Updates look for themselves.)
func (e *Engine) Alive() error {
	e.mu.Lock()
	closed := e.closed
	e.mu.Unlock()
	if closed {
		return kv.ErrClosed
	}
	e.moving.RLock()
	defer e.moving.RUnlock()
	if err := same(e.file.Load().id, e.path); err != nil {
		return err
	}
	return same(e.lock.id, e.path+".lock")
}

// Fell says whether the data may have been left in the middle of something; see kv.Keeper.
func (e *Engine) Fell() bool { return e.fell.Load() }

// Rise says that they are sound all the same.
func (e *Engine) Rise() { e.fell.Store(false) }

// Close lets the updates that wait have their turn, waits for all transactions, and gives the file free.
func (e *Engine) Close() (err error) {
	e.close.Do(func() {
		turn := make(chan struct{})
		e.mu.Lock()
		e.closed = true
		if e.busy {
			e.queue = append(e.queue, turn)
		} else {
			e.busy = true
			close(turn)
		}
		e.mu.Unlock()
		<-turn // and never given back

		e.commit()
		e.compacting.Lock() // one that goes on sees that nobody wants it any more
		defer e.compacting.Unlock()
		if e.retired != nil {
			<-e.retired
		}
		e.old.Wait()
		err = e.file.Load().db.Close()
		err = errors.Join(err, e.lock.letGo(err == nil && !e.doubt && !e.Fell()))
	})
	return err
}

// snapshot begins to read, in the file that is now the right one.
func (e *Engine) snapshot() (*snapshot, error) {
	for {
		d := e.file.Load()
		tx, err := d.db.Begin(false)
		switch {
		case err == nil:
			return &snapshot{tx: tx, bucket: tx.Bucket(bucket)}, nil
		case !errors.Is(err, bbolterrors.ErrDatabaseNotOpen):
			return nil, fmt.Errorf("read %s: %w", e.path, err)
		case e.file.Load() == d:
			return nil, kv.ErrClosed
		}
		// The file was reopened between the two lines above.
	}
}
