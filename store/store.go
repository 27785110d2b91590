// Package store remembers what the board knows, in one ordered key space over
// an engine (package kv). It keeps each stream as its events, with a snapshot
// that is the stored fold and indexes that are derived from the snapshot; it
// chains and commits every event, and seals what belongs to a person with that
// person's own key, so that destroying the key erases the person and leaves
// the chain provable.
//
// A reader starts with keys.go (what is where), then stream.go (how an event
// is kept), record.go (what is no event and expires), blobs.go (photos and
// recordings, which lie beside the engine), check.go (how all of it is held
// against itself), upgrade.go (how data of an older program become ours).
package store

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"lianxin/server/board"
	"lianxin/store/blob"
	"lianxin/store/kv"
	"lianxin/store/kv/bolt"
	"lianxin/store/kv/overlay"
	"lianxin/store/seal"
)

// Schema is the version of what this program writes; MinReader is the oldest
// program that can still read it. Newer data makes an older program refuse;
// older data is read as it is, and written when it was upgraded.
const (
	Schema    = 4
	MinReader = 4
)

// Store is one county's memory.
type Store struct {
	engine kv.Engine
	keys   *seal.Keys
	random io.Reader
	schema uint32       // of the data as they are now
	blobs  *blob.Folder // where the files lie, nil for a store that keeps none

	dropped *[]board.BlobName // where a store of Together puts the files that its deeds let go of
}

// Tx is one look at the store, or one deed in it. It is valid only inside the
// closure that received it.
type Tx struct {
	kv      kv.Tx
	s       *Store
	dropped []board.BlobName // files that it lets go of when it is kept
}

// Open opens the store in the folder data, and makes it when there is none. The
// keys must be those it was made with. Only one process can have it open.
func Open(data string, keys *seal.Keys) (*Store, error) {
	if err := os.MkdirAll(data, 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	engine, err := bolt.Open(filepath.Join(data, File), bolt.Options{})
	if err != nil {
		return nil, err
	}
	s, err := New(engine, keys)
	if err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	s.BlobsIn(filepath.Join(data, BlobFolder))
	return s, nil
}

// New is a store over an engine that is open already; Close closes it. It keeps
// files once it was told where: see [Store.BlobsIn].
func New(engine kv.Engine, keys *seal.Keys) (*Store, error) {
	s := &Store{engine: engine, keys: keys, random: rand.Reader}
	if err := s.welcome(context.Background()); err != nil {
		return nil, err
	}
	return s, nil
}

// What a caller can make of a failed deed.
var (
	ErrFull    = kv.ErrFull    // nothing was written; there is no room
	ErrUnknown = kv.ErrUnknown // it may or may not be written: look, do not repeat
	ErrBusy    = kv.ErrBusy    // another process has the folder
	ErrGone    = kv.ErrGone    // nothing was written; the file is there no more
	ErrNewer   = errors.New("written by a newer program")
	ErrOlder   = errors.New("written by an older program, and not upgraded yet")
)

// Sum is a keyed hash for a use that other keyed hashes are not mistaken for:
// of PINs, of forms. It cannot be made without this box's keys.
func (s *Store) Sum(use string, parts ...string) [32]byte {
	return s.keys.Form().Sum(append([]string{use}, parts...)...)
}

// View shows one consistent state.
func (s *Store) View(ctx context.Context, read func(*Tx) error) error {
	return s.engine.View(ctx, func(tx kv.Tx) error { return read(&Tx{kv: tx, s: s}) })
}

// Update does one deed, whole or not at all. The closure may run more than
// once: it must not send, log, count in memory, or append to a slice from
// outside. An error that wraps kv.ErrUnknown may mean that it was stored. Data
// of an older schema are not written: ErrOlder.
func (s *Store) Update(ctx context.Context, write func(*Tx) error) error {
	if s.Old() {
		return ErrOlder
	}
	var dropped []board.BlobName
	err := s.engine.Update(ctx, func(engine kv.Tx) error {
		tx := &Tx{kv: engine, s: s}
		err := write(tx)
		dropped = tx.dropped
		return err
	})
	if err == nil {
		s.drop(ctx, dropped)
	}
	return err
}

// Together does many deeds as one: all are kept, or none. Each sees those before
// it, and one that fails leaves nothing. The disk is waited for once and not for
// each, so it is for making counties up, where nobody waits for the first of them.
// The closure may run more than once.
func (s *Store) Together(ctx context.Context, deeds func(*Store) error) error {
	if s.Old() {
		return ErrOlder
	}
	var dropped []board.BlobName
	err := s.engine.Update(ctx, func(tx kv.Tx) error {
		dropped = nil
		return deeds(&Store{engine: overlay.Within(tx), keys: s.keys, random: s.random, schema: s.schema, blobs: s.blobs, dropped: &dropped})
	})
	if err == nil {
		s.drop(ctx, dropped)
	}
	return err
}

// CopyTo writes a copy of everything as it is now, while reads and writes go on.
func (s *Store) CopyTo(w io.Writer) (int64, error) {
	engine, can := s.engine.(io.WriterTo)
	if !can {
		return 0, errors.New("this engine makes no copies of itself")
	}
	return engine.WriteTo(w)
}

// Alive says whether what is written now will be found after a restart: nil, or
// ErrGone when somebody deleted or replaced the file. It reads nothing of it.
func (s *Store) Alive() error {
	if keeper, is := s.engine.(kv.Keeper); is {
		return keeper.Alive()
	}
	return nil
}

// Close waits for what is under way and lets go of the folder.
func (s *Store) Close() error { return s.engine.Close() }

// welcome marks a new store with its schema and its key ring, and refuses one
// that a newer program wrote or that other keys belong to.
func (s *Store) welcome(ctx context.Context) error {
	err := s.View(ctx, func(tx *Tx) error {
		found, err := tx.kv.Get(metaKey("keys"))
		if err != nil || found == nil {
			return err
		}
		if err := s.keys.Check(string(found)); err != nil {
			return err
		}
		reader, err := tx.mark("min-reader")
		if err != nil {
			return err
		}
		if reader > Schema {
			return fmt.Errorf("the data are %w: they need one of schema %d, this is one of schema %d", ErrNewer, reader, Schema)
		}
		s.schema, err = tx.mark("schema")
		return err
	})
	if err != nil || s.schema != 0 {
		return err
	}
	s.schema = Schema
	return s.Update(ctx, func(tx *Tx) error {
		return errors.Join(
			tx.kv.Put(metaKey("keys"), []byte(s.keys.Fingerprint())),
			tx.putMark("schema", Schema),
			tx.putMark("min-reader", MinReader),
		)
	})
}

// mark is a version among the facts about the folder.
func (tx *Tx) mark(name string) (uint32, error) {
	b, err := tx.kv.Get(metaKey(name))
	if err != nil {
		return 0, err
	}
	if len(b) != 4 || binary.BigEndian.Uint32(b) == 0 {
		return 0, fmt.Errorf("the mark %q of the data folder is damaged", name)
	}
	return binary.BigEndian.Uint32(b), nil
}

func (tx *Tx) putMark(name string, version uint32) error {
	return tx.kv.Put(metaKey(name), binary.BigEndian.AppendUint32(nil, version))
}

// walkPage is how many keys a walk reads in one View: short enough that a
// writer who must grow the file never waits long for it.
const walkPage = 1000

// walk calls each for every pair from from to to, in Views of walkPage keys, so
// that it can take as long as it likes.
func (s *Store) walk(ctx context.Context, from, to []byte, each func(*Tx, kv.Pair) error) error {
	for from != nil {
		next := []byte(nil)
		err := s.View(ctx, func(tx *Tx) error {
			n := 0
			for pair, err := range tx.kv.Scan(from, to) {
				if err != nil {
					return err
				}
				if n++; n > walkPage {
					next = pair.Key
					return nil
				}
				if err := each(tx, pair); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		from = next
	}
	return nil
}
