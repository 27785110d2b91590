// Package kv is the seam between the store and the engines that keep its bytes: one ordered key space, two
// kinds of transaction, five operations. Nothing above it knows which engine runs below; kvtest is the one
// test that every engine passes.
package kv

import (
	"context"
	"errors"
	"fmt"
	"iter"
)

// The largest key and value, in bytes. They are what every engine can hold without a special case; a larger
// thing is a blob and lives in a file of its own.
const (
	MaxKey   = 1 << 10
	MaxValue = 1 << 20
)

// What a caller can act on. Engines wrap the cause beside the kind, so errors.Is finds both.
var (
	// ErrTooBig: a key or value is over its limit. Nothing was put.
	ErrTooBig = errors.New("too big")
	// ErrFull: there is no room on the disk. Nothing of the update was or will be written; reads go on, and
	// writes work again by themselves when there is room.
	ErrFull = errors.New("no room left to write")
	// ErrBusy: another process holds the data.
	ErrBusy = errors.New("in use by another process")
	// ErrUnknown: the engine failed while it was committing, so the update may or may not be stored. The
	// caller must look (in an Update, which is answered only when the engine stands on firm ground again)
	// and must not simply repeat. Every error that is not this one means: nothing was written.
	ErrUnknown = errors.New("unknown whether it was written")

	// ErrGone: the data were deleted or replaced. When that happens while they are in use, what would be written
	// would be lost with this process, so nothing is written any more; reads, and copies, still give what was.
	ErrGone = errors.New("data file was deleted or replaced")

	// ErrClosed: the engine is closed.
	ErrClosed = errors.New("engine is closed")
	// ErrNoKey: a value was put under an empty key.
	ErrNoKey = errors.New("empty key")
	// ErrReadOnly: a View tried to write.
	ErrReadOnly = errors.New("view cannot write")
	// ErrOver: a Tx, or a scan of it, was used after its transaction ended.
	ErrOver = errors.New("transaction is over")
)

// An Engine keeps pairs of bytes in the order of their keys. All its methods may be called from many
// goroutines; a transaction must not be started inside another one.
type Engine interface {
	// View calls read once with one unchanging snapshot, whatever is written meanwhile.
	View(ctx context.Context, read func(Tx) error) error

	// Update calls write and stores all it wrote, or nothing: nothing when write returns an error, which is
	// then the error of Update, or panics. It returns when the writes are durable. Updates stand in one
	// order, and each sees everything written by those before it. write may run more than once, so it must
	// leave no trace outside the Tx. When ctx ends before write is started, nothing is written; once
	// started, the update runs to its end and Update tells the true outcome.
	Update(ctx context.Context, write func(Tx) error) error

	// Close waits for the transactions that run and gives the data free. Everything after it is ErrClosed.
	Close() error
}

// A Compacter is an engine that can let go of what was deleted before the call, so that no byte of it is left.
// Views and updates go on meanwhile. It tells how many bytes it took before and takes now.
type Compacter interface {
	Compact(ctx context.Context) (before, after int64, err error)
}

// A Keeper is an engine that has files of its own, and knows how it fares with them.
type Keeper interface {
	// Alive says whether what is written now will be found after a restart: nil, ErrGone or ErrClosed.
	Alive() error

	// Fell says whether the process that had the data last ended without closing them: by a kill, or with the
	// machine. The mark of it stays, from one process to the next, until somebody who has held the data
	// against themselves calls Rise.
	Fell() bool
	Rise()
}

// A Tx is a transaction, for one goroutine and until the function it was given to returns. The bytes it
// hands out are the caller's own: they stay good afterwards and may be changed. It keeps none of the bytes
// it is given.
type Tx interface {
	// Get returns nil when there is no such key. An empty value is not nil.
	Get(key []byte) ([]byte, error)

	// Put stores value, which may be empty or nil, under key, which has 1 to MaxKey bytes.
	Put(key, value []byte) error

	// Delete is content when there is no such key.
	Delete(key []byte) error

	// Scan goes through the pairs from ≤ key < to, in order; a nil bound is open. It may be read from and
	// written to inside the loop: a scan shows the pairs as they stood when its loop began, so what the
	// loop writes is seen by Get and by the next scan, and never makes the loop endless. After an error,
	// which comes with an empty Pair, it stops.
	Scan(from, to []byte) iter.Seq2[Pair, error]

	// ScanBack goes through the same pairs from ≤ key < to, the last first.
	ScanBack(from, to []byte) iter.Seq2[Pair, error]
}

// A Pair is a key and its value.
type Pair struct{ Key, Value []byte }

// Fits says whether a pair can be stored: nil, ErrNoKey or ErrTooBig. It is the one place for the limits, so
// that no engine holds what another would refuse.
func Fits(key, value []byte) error {
	switch {
	case len(key) == 0:
		return ErrNoKey
	case len(key) > MaxKey:
		return fmt.Errorf("key of %d bytes (at most %d): %w", len(key), MaxKey, ErrTooBig)
	case len(value) > MaxValue:
		return fmt.Errorf("value of %d bytes (at most %d): %w", len(value), MaxValue, ErrTooBig)
	}
	return nil
}
