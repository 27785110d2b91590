package store

import (
	"context"
	"errors"
	"fmt"

	"lianxin/server/board"
	"lianxin/store/blob"
	"lianxin/store/kv"
	"lianxin/store/seal"
)

// Files that hang on cases lie beside the engine, each sealed with the key of the
// case's person. A file is written before the deed that names it, so whatever a
// case names is there; a file that no case names is an orphan, and goes. Which
// case names a file is an index, derived from the case like any other.

// BlobFolder is the name of the folder of files in that of the data.
const BlobFolder = "blobs"

// MostBlob is how large a file can be before it is sealed, in bytes.
const MostBlob = 8 << 20

var (
	ErrNoBlob     = blob.ErrMissing // the file is not there: it was erased, or lost
	ErrBrokenBlob = blob.ErrDamaged // what lies in the file is not what was kept
)

// BlobsIn says in which folder the files lie. A store without one keeps none.
func (s *Store) BlobsIn(folder string) { s.blobs = blob.Folder(folder) }

func blobKey(name board.BlobName) part { return index("blob").text(string(name)) }

// blobPlace is what a file is bound to: it opens for its owner alone.
func blobPlace(owner board.ID) []byte { return append([]byte("blob\x00"), owner[:]...) }

// keyFor gives the key of a person as it is now.
func (s *Store) keyFor(ctx context.Context, person board.ID) (key seal.Key, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		key, err = tx.keyOf(person)
		return err
	})
	return key, err
}

// KeepBlob seals a file for the person whose case it belongs to, and writes it.
// When it returns, the file is safe; the deed that names it comes after, and whoever
// does no such deed calls [Store.Forgo]. No room is ErrFull.
func (s *Store) KeepBlob(ctx context.Context, owner board.ID, plain []byte) (board.BlobName, error) {
	switch {
	case s.Old():
		return "", ErrOlder
	case s.blobs == "":
		return "", errors.New("this store has no folder for files")
	case len(plain) > MostBlob:
		return "", fmt.Errorf("a file of %d bytes (at most %d): %w", len(plain), MostBlob, kv.ErrTooBig)
	}
	if err := s.Alive(); err != nil {
		return "", err
	}
	key, err := s.keyFor(ctx, owner)
	if err != nil {
		return "", err
	}
	sealed, err := key.Seal(s.random, blobPlace(owner), plain)
	if err != nil {
		return "", err
	}
	name, err := s.blobs.Keep(sealed)
	if err != nil {
		return "", fmt.Errorf("keep a file: %w", err)
	}
	return board.BlobName(name), nil
}

// Blob opens a file of a person's. ErrNoBlob, ErrBrokenBlob, seal.ErrBroken or
// seal.ErrDestroyed say why it cannot be had.
func (s *Store) Blob(ctx context.Context, owner board.ID, name board.BlobName) ([]byte, error) {
	sealed, err := s.blobs.Read(string(name), MostBlob+seal.Overhead)
	if err != nil {
		return nil, err
	}
	key, err := s.keyFor(ctx, owner)
	if err != nil {
		return nil, err
	}
	return key.Open(blobPlace(owner), sealed)
}

// Forgo removes a file that its deed did not come to name. When it did, or nobody
// knows, the file stays.
func (s *Store) Forgo(ctx context.Context, name board.BlobName) error {
	named := true
	err := s.Update(ctx, func(tx *Tx) (err error) { // an Update is answered only on firm ground
		named, err = tx.named(name)
		return err
	})
	if err != nil || named {
		return err
	}
	return s.blobs.Remove(string(name))
}

// named tells whether a case names the file.
func (tx *Tx) named(name board.BlobName) (bool, error) {
	id, err := tx.first(blobKey(name))
	return !id.IsZero(), err
}
