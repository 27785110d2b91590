package bolt

import (
	"time"

	"go.etcd.io/bbolt"
)

// Bare is bbolt with nothing of ours around it, on a file of the same making: the measure that the benchmark
// holds the engine to. It is here because bbolt is known to this package only; nothing else may use it.
type Bare struct{ file *file }

// OpenBare makes and opens a new file at path.
func OpenBare(path string) (Bare, error) {
	if err := create(path); err != nil {
		return Bare{}, err
	}
	d, err := openFile(path, addressSpace)
	return Bare{d}, err
}

// Update is DB.Update on the bucket.
func (b Bare) Update(write func(put func(key, value []byte) error) error) error {
	return b.file.db.Update(func(tx *bbolt.Tx) error { return write(tx.Bucket(bucket).Put) })
}

// Batch is DB.Batch on the bucket.
func (b Bare) Batch(write func(put func(key, value []byte) error) error) error {
	return b.file.db.Batch(func(tx *bbolt.Tx) error { return write(tx.Bucket(bucket).Put) })
}

// Tune sets how many calls of Batch fill a batch and how long one waits to be filled.
func (b Bare) Tune(calls int, wait time.Duration) {
	b.file.db.MaxBatchSize, b.file.db.MaxBatchDelay = calls, wait
}

// Close closes the file.
func (b Bare) Close() error { return b.file.db.Close() }
