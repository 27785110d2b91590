package bolt

import (
	"bytes"
	"iter"

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

func (s *snapshot) Get(key []byte) ([]byte, error) {
	if s.over {
		return nil, kv.ErrOver
	}
	return bytes.Clone(s.bucket.Get(key)), nil
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
func (s *snapshot) walk(start, step func(*bbolt.Cursor) ([]byte, []byte), inside func([]byte) bool) iter.Seq2[kv.Pair, error] {
	return func(yield func(kv.Pair, error) bool) {
		if s.over {
			yield(kv.Pair{}, kv.ErrOver)
			return
		}
		c := s.bucket.Cursor()
		for k, v := start(c); k != nil && inside(k); k, v = step(c) {
			if !yield(kv.Pair{Key: bytes.Clone(k), Value: bytes.Clone(v)}, nil) {
				return
			}
			if s.over {
				yield(kv.Pair{}, kv.ErrOver)
				return
			}
		}
	}
}
