package store

import (
	"context"
	"errors"
	"fmt"
	"time"

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

// ErrNoBlob says that a file is not there: it was erased, or lost.
var ErrNoBlob = blob.ErrMissing

// BlobsIn says in which folder the files lie. A store without one, "", keeps none,
// and checks none.
func (s *Store) BlobsIn(folder string) {
	if s.blobs = nil; folder != "" {
		s.blobs = blob.In(folder)
	}
}

func blobKey(name board.BlobName) part { return index("blob").text(string(name)) }

// blobPlace is what a file is bound to: its owner and its name.
func blobPlace(owner board.ID, name board.BlobName) []byte {
	return append(append([]byte("blob\x00"), owner[:]...), name...)
}

// personKey gives the key of a person as it is now.
func (s *Store) personKey(ctx context.Context, person board.ID) (key seal.Key, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		key, err = tx.keyOf(person)
		return err
	})
	return key, err
}

// KeepBlob seals a file for the person whose case it belongs to, and writes it.
// When it returns, the file is safe; the deed that names it comes after, within a
// day, and whoever does no such deed calls [Store.Forgo]. No room is ErrFull.
func (s *Store) KeepBlob(ctx context.Context, owner board.ID, plain []byte) (board.BlobName, error) {
	if err := s.Alive(); err != nil {
		return "", err
	}
	name, err := blob.NewName(s.random)
	if err != nil {
		return "", err
	}
	return board.BlobName(name), s.PutBlob(ctx, owner, board.BlobName(name), plain)
}

// PutBlob does the same under a name that the file had in another store.
func (s *Store) PutBlob(ctx context.Context, owner board.ID, name board.BlobName, plain []byte) error {
	switch {
	case s.Old():
		return ErrOlder
	case s.blobs == nil:
		return errNoFolder
	case len(plain) > MostBlob:
		return fmt.Errorf("a file of %d bytes (at most %d): %w", len(plain), MostBlob, kv.ErrTooBig)
	}
	key, err := s.personKey(ctx, owner)
	if err != nil {
		return err
	}
	sealed, err := key.Seal(s.random, blobPlace(owner, name), plain)
	if err != nil {
		return err
	}
	if err := s.blobs.Keep(string(name), sealed); err != nil {
		return fmt.Errorf("keep a file: %w", err)
	}
	return nil
}

var errNoFolder = errors.New("this store has no folder for files")

// Blob opens a file of a person's. ErrNoBlob, seal.ErrBroken or seal.ErrDestroyed
// say why it cannot be had.
func (s *Store) Blob(ctx context.Context, owner board.ID, name board.BlobName) ([]byte, error) {
	_, plain, err := s.blob(ctx, owner, name)
	return plain, err
}

// blob gives a file as it lies, and opened.
func (s *Store) blob(ctx context.Context, owner board.ID, name board.BlobName) (sealed, plain []byte, err error) {
	if s.blobs == nil {
		return nil, nil, errNoFolder
	}
	if sealed, err = s.blobs.Read(string(name), MostBlob+seal.Overhead); err != nil {
		return nil, nil, err
	}
	key, err := s.personKey(ctx, owner)
	if err != nil {
		return nil, nil, err
	}
	if plain, err = key.Open(blobPlace(owner, name), sealed); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", blob.Below(string(name)), err)
	}
	return sealed, plain, nil
}

// Forgo removes a file that its deed did not come to name. When it did, or nobody
// knows, the file stays.
func (s *Store) Forgo(ctx context.Context, name board.BlobName) error {
	named, err := s.StillNames(ctx, name)
	if err != nil || named {
		return err
	}
	if err := s.Update(ctx, func(*Tx) error { return nil }); err != nil { // an Update is answered only on firm ground
		return err
	}
	_, err = s.removeOrphan(ctx, name)
	return err
}

// named tells whether a case names the file.
func (tx *Tx) named(name board.BlobName) (bool, error) {
	id, err := tx.first(blobKey(name))
	return !id.IsZero(), err
}

// drop removes files that a deed, which is kept now, let go of. What cannot be
// removed is an orphan, and the sweep takes it.
func (s *Store) drop(ctx context.Context, names []board.BlobName) {
	if s.dropped != nil {
		*s.dropped = append(*s.dropped, names...)
		return
	}
	for _, name := range names {
		_, _ = s.removeOrphan(context.WithoutCancel(ctx), name)
	}
}

// removeOrphan removes a file unless a case names it.
func (s *Store) removeOrphan(ctx context.Context, name board.BlobName) (was bool, err error) {
	named, err := s.StillNames(ctx, name)
	if err != nil || named || s.blobs == nil {
		return false, err
	}
	return true, s.blobs.Remove(string(name))
}

// orphanStays is how long a file may lie that no case names: its deed may still
// come.
const orphanStays = 24 * time.Hour

// Swept is what a sweep of the files took away.
type Swept struct {
	Files int
	Bytes int64
}

// SweepBlobs removes the files that no case names, when they are a day old: those
// whose deed never came, and those that were let go of as somebody stopped the
// process. What is not ours it leaves alone.
func (s *Store) SweepBlobs(ctx context.Context, now time.Time) (swept Swept, err error) {
	if s.blobs == nil {
		return swept, nil
	}
	err = s.blobs.Walk(func(l blob.Lying) error {
		if ctx.Err() != nil || now.Sub(l.Time) < orphanStays {
			return ctx.Err()
		}
		removed := false
		switch {
		case l.Half:
			removed, err = true, s.blobs.Clear(l)
		case l.Name != "":
			removed, err = s.removeOrphan(ctx, board.BlobName(l.Name))
		}
		if removed && err == nil {
			swept.Files, swept.Bytes = swept.Files+1, swept.Bytes+l.Size
		}
		return err
	})
	return swept, err
}

// BlobSize tells how many files lie in the folder, and how many bytes they have.
func (s *Store) BlobSize() (files int, bytes int64, err error) {
	if s.blobs == nil {
		return 0, 0, nil
	}
	return s.blobs.Size()
}
