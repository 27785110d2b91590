package bolt

import (
	"bytes"
	"fmt"
	"iter"
	"runtime/debug"

	"go.etcd.io/bbolt"

	"lianxin/store/kv"
)

// bucket is where all pairs are: bbolt's own order of buckets is of no use to a single key space.
var bucket = []byte("kv")

// A snapshot reads the state after one commit. It stands on a read transaction even under an Update, because
// bbolt's cursor stops half-way going back over pages that the same transaction has emptied.
type snapshot struct {
	tx     *bbolt.Tx
	bucket *bbolt.Bucket
	over   bool
}

func (s *snapshot) end() {
	s.over = true
	_ = s.tx.Rollback() // fails only when called twice
}

func (s *snapshot) Get(key []byte) (value []byte, err error) {
	if s.over {
		return nil, kv.ErrOver
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer damaged(&err)
	return bytes.Clone(s.bucket.Get(key)), nil
}

// damaged makes an error of a panic: bbolt trusts the file, and reading where a file was cut short is a fault.
// Whoever defers it asks for panics on faults too.
func damaged(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("data file is damaged: %v", p)
	}
}

func (s *snapshot) Put(_, _ []byte) error { return kv.ErrReadOnly }

func (s *snapshot) Delete(_ []byte) error { return kv.ErrReadOnly }

func (s *snapshot) Scan(from, to []byte) iter.Seq2[kv.Pair, error] {
	start := func(c *bbolt.Cursor) ([]byte, []byte) { return c.Seek(from) }
	inside := func(key []byte) bool { return to == nil || bytes.Compare(key, to) < 0 }
	return s.walk(start, (*bbolt.Cursor).Next, inside)
}

func (s *snapshot) ScanBack(from, to []byte) iter.Seq2[kv.Pair, error] {
	start := func(c *bbolt.Cursor) ([]byte, []byte) {
		if to != nil {
			if k, _ := c.Seek(to); k != nil {
				return c.Prev()
			}
		}
		return c.Last()
	}
	inside := func(key []byte) bool { return bytes.Compare(key, from) >= 0 }
	return s.walk(start, (*bbolt.Cursor).Prev, inside)
}

// walk yields copies: what bbolt hands out is the mapped file, gone with the transaction and fatal to write to.
func (s *snapshot) walk(start, next move, inside func([]byte) bool) iter.Seq2[kv.Pair, error] {
	return func(yield func(kv.Pair, error) bool) {
		if s.over {
			yield(kv.Pair{}, kv.ErrOver)
			return
		}
		c := s.bucket.Cursor()
		for step := start; ; step = next {
			pair, err := take(c, step)
			if err == nil && (pair.Key == nil || !inside(pair.Key)) {
				return
			}
			if !yield(pair, err) || err != nil {
				return
			}
			if s.over {
				yield(kv.Pair{}, kv.ErrOver)
				return
			}
		}
	}
}

// A move takes a cursor to a pair, nil when there is none.
type move func(*bbolt.Cursor) (key, value []byte)

// take copies the pair that a move leads to.
func take(c *bbolt.Cursor, step move) (pair kv.Pair, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer damaged(&err)
	k, v := step(c)
	return kv.Pair{Key: bytes.Clone(k), Value: bytes.Clone(v)}, nil
}
