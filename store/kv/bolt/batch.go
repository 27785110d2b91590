package bolt

import (
	"context"
	"fmt"
	"runtime"
	"slices"

	"lianxin/store/kv"
	"lianxin/store/kv/overlay"
)

// Group commit. There is one turn, and a batch that is open while updates follow each other. An update waits
// for the turn, runs its closure in its own goroutine on an overlay over the batch, adds the overlay to the
// batch when the closure succeeds, and hands the turn to the next that waits. When nobody waits, it commits
// the batch, at once, for all who are in it: a lone writer is a batch of one, and a crowd fills the next
// batch while the last is on its way to the disk. A closure that fails or panics takes only its own overlay
// with it, in its own goroutine.

// The most that one commit carries, so that no update waits long for those behind it.
const (
	mostPairs = 1 << 14
	mostBytes = 8 << 20
)

// A batch is what the next commit will store.
type batch struct {
	base   *snapshot
	writes *overlay.Tx
	deeds  int
	done   chan struct{} // closed after the commit
	err    error         // of the commit; read after done
}

// Update runs write in its turn and returns when the batch it fell into is stored.
func (e *Engine) Update(ctx context.Context, write func(kv.Tx) error) error {
	if err := e.enter(ctx); err != nil {
		return err
	}
	b, err := e.run(ctx, write)
	if b == nil {
		return err
	}
	<-b.done
	if b.err != nil {
		return b.err
	}
	return err
}

// run runs one closure; it has the turn and gives it away. The batch it returns decides the outcome. That
// holds for a refusal too when there were writes before it in the batch: it may be a refusal because of them
// ("already answered"), and must not be told to anybody before they are stored.
func (e *Engine) run(ctx context.Context, write func(kv.Tx) error) (*batch, error) {
	defer e.leave()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := e.begin(ctx); err != nil {
		return nil, err
	}
	b := e.batch
	tx := overlay.New(b.writes)
	defer tx.End()
	err := write(tx)
	if err == nil && tx.Len() > 0 {
		err = tx.Flush(b.writes)
		b.deeds++
	}
	if b.writes.Len() == 0 {
		return nil, err
	}
	return b, err
}

// begin makes sure that a batch is open.
func (e *Engine) begin(ctx context.Context) error {
	if e.batch != nil {
		return nil
	}
	if err := e.firm(ctx); err != nil {
		return err
	}
	if err := same(e.file.Load().id, e.path); err != nil {
		return err
	}
	if e.tail != nil {
		e.tail.wait()
	}
	s, err := e.snapshot()
	if err != nil {
		return err
	}
	e.batch = &batch{base: s, writes: overlay.New(s), done: make(chan struct{})}
	return nil
}

// commit stores the open batch, if there is one.
func (e *Engine) commit() {
	b := e.batch
	if b == nil {
		return
	}
	e.batch = nil
	b.base.end() // first: a map that must grow waits for all who read
	if b.writes.Len() > 0 {
		b.err = e.store(b.writes)
		if e.tail != nil {
			e.tail.add(b.writes, b.err == nil)
		}
		e.before = b.deeds
	}
	close(b.done)
}

// enter waits for the turn, in the order of arrival, or until ctx ends.
func (e *Engine) enter(ctx context.Context) error {
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		return kv.ErrClosed
	}
	if !e.busy {
		e.busy = true
		e.mu.Unlock()
		return nil
	}
	turn := make(chan struct{})
	e.queue = append(e.queue, turn)
	e.mu.Unlock()

	select {
	case <-turn:
		return nil
	case <-ctx.Done():
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if i := slices.Index(e.queue, turn); i >= 0 {
		e.queue = slices.Delete(e.queue, i, i+1)
		return fmt.Errorf("waiting to write: %w", ctx.Err())
	}
	return nil // the turn came in the same moment, and whoever has it must pass it on: run does
}

// leave hands the turn to the next, with the batch open when it has room, else after the commit.
func (e *Engine) leave() {
	if b := e.batch; b != nil {
		room := b.writes.Len() < mostPairs && b.writes.Size() < mostBytes
		if room && e.pass() {
			return
		}
		// Those whom the last commit set free are about to come back with their next update, but only once
		// the processor is theirs. Without this a crowd would commit by turns one update and all the others.
		for i := 1; room && i < e.before && b.writes.Len() > 0; i++ {
			runtime.Gosched()
			if e.pass() {
				return
			}
		}
		e.commit()
	}
	e.free()
}

// pass hands the turn to the first in the queue and says whether there was one.
func (e *Engine) pass() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.next()
}

// free hands the turn on or, when nobody waits, to whoever comes.
func (e *Engine) free() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.busy = e.next()
}

func (e *Engine) next() bool {
	if len(e.queue) == 0 {
		return false
	}
	close(e.queue[0])
	e.queue = e.queue[1:]
	return true
}
