package kvtest

import (
	"context"
	"iter"
	"sync/atomic"

	"lianxin/store/kv"
)

// Reads is an engine that counts how many pairs are read of another, so that a
// test can say what a page costs without a clock.
type Reads struct {
	kv.Engine
	n atomic.Int64
}

// Of tells how many pairs were read while do ran.
func (r *Reads) Of(do func()) int {
	before := r.n.Load()
	do()
	return int(r.n.Load() - before)
}

// View counts what read reads.
func (r *Reads) View(ctx context.Context, read func(kv.Tx) error) error {
	return r.Engine.View(ctx, func(tx kv.Tx) error { return read(counted{tx, &r.n}) })
}

// Update counts what write reads.
func (r *Reads) Update(ctx context.Context, write func(kv.Tx) error) error {
	return r.Engine.Update(ctx, func(tx kv.Tx) error { return write(counted{tx, &r.n}) })
}

type counted struct {
	kv.Tx
	n *atomic.Int64
}

func (c counted) Get(key []byte) ([]byte, error) {
	c.n.Add(1)
	return c.Tx.Get(key)
}

func (c counted) Scan(from, to []byte) iter.Seq2[kv.Pair, error] {
	return c.count(c.Tx.Scan(from, to))
}

func (c counted) ScanBack(from, to []byte) iter.Seq2[kv.Pair, error] {
	return c.count(c.Tx.ScanBack(from, to))
}

func (c counted) count(pairs iter.Seq2[kv.Pair, error]) iter.Seq2[kv.Pair, error] {
	return func(yield func(kv.Pair, error) bool) {
		for pair, err := range pairs {
			c.n.Add(1)
			if !yield(pair, err) {
				return
			}
		}
	}
}
