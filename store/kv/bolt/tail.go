package bolt

import (
	"errors"
	"sync"

	"go.etcd.io/bbolt"

	"lianxin/store/kv/overlay"
)

// A tail is what is written while a compaction copies what was there before:
// the batches, to be made once more in the new file. It is bounded: when it is
// full, updates wait as long as it is.
type tail struct {
	mu      sync.Mutex
	room    sync.Cond
	batches []*overlay.Tx
	size    int
	held    bool // somebody waits, or has
	lost    bool // nobody knows what a batch left in the old file
	over    bool // nobody need wait any more
}

const (
	tailMost = 64 << 20 // bytes
	tailFew  = 1 << 20  // what can be written while everybody waits
)

var errLost = errors.New("a write failed meanwhile")

func newTail() *tail {
	t := &tail{}
	t.room.L = &t.mu
	return t
}

// wait waits until there is room. Whoever writes calls it first.
func (t *tail) wait() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.size >= tailMost && !t.lost && !t.over {
		t.held = true
		t.room.Wait()
	}
}

// add takes up a batch that was stored; one whose commit failed makes the rest
// worthless.
func (t *tail) add(writes *overlay.Tx, stored bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !stored {
		t.lost, t.batches, t.size = true, nil, 0
		t.room.Broadcast()
	}
	if t.lost {
		return
	}
	t.batches, t.size = append(t.batches, writes), t.size+writes.Size()
}

// take gives what has come together, and the room free.
func (t *tail) take() (batches []*overlay.Tx, size int, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.lost {
		return nil, 0, errLost
	}
	batches, size = t.batches, t.size
	t.batches, t.size = nil, 0
	t.room.Broadcast()
	return batches, size, nil
}

// broken says whether the rest is worthless.
func (t *tail) broken() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.lost {
		return errLost
	}
	return nil
}

// end lets nobody wait any more.
func (t *tail) end() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.over = true
	t.room.Broadcast()
}

// drain makes, in a new file, what was written since; few says that it was so
// little that the rest can be written while everybody waits.
func (t *tail) drain(db *bbolt.DB) (few bool, err error) {
	batches, size, err := t.take()
	if err != nil {
		return false, err
	}
	for _, writes := range batches {
		if err := db.Update(func(tx *bbolt.Tx) error { return writes.Again(tx.Bucket(bucket)) }); err != nil {
			return false, err
		}
	}
	return size <= tailFew, db.Sync()
}
