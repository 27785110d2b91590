// Package backup keeps copies of a store: made while it is in use, held against
// themselves before they count, locked with a phrase that follows from the
// master key, and thrown away by age. A copy holds no key: what belongs to
// people stays sealed in it.
//
// A backup is a tar of manifest.json, lianxin.db, the files that its cases name
// (blobs/…) and, last, files.json; locked as age files are (age-encryption.org/v1,
// a passphrase), so that it can be opened without this program.
package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"filippo.io/age"

	"lianxin/server/board"
	"lianxin/store"
	"lianxin/store/blob"
	"lianxin/store/seal"
)

const (
	manifestName = "manifest.json"
	filesName    = "files.json"
	layout       = "lianxin backup 1"
	prefix       = "lianxin-"
	older        = "-schema" // and its number, when it is of before an upgrade
	suffix       = ".age"
	stamp        = "20060102T150405Z"

	// The phrase has 256 bits of its own; stretching it would only cost time.
	workFactor = 10
)

// Manifest says what a backup holds.
type Manifest struct {
	Layout  string    `json:"layout"`
	Made    time.Time `json:"made"`
	Keys    string    `json:"keys"` // fingerprint of the master key that it belongs to
	Schema  int       `json:"schema"`
	Size    int64     `json:"size"` // bytes of the store
	SHA256  string    `json:"sha256"`
	Streams int       `json:"streams"`
	Events  int       `json:"events"`
	Sealed  int64     `json:"sealed"`         // events in the tree
	Root    string    `json:"root,omitempty"` // its hash, hexadecimal
}

// Files says which files a backup holds. It stands behind them, for nobody knows
// before they were read which are to be had.
type Files struct {
	Count int   `json:"count"`
	Bytes int64 `json:"bytes"` // sealed, as they lie
	// Gone are those that the store names and the backup does not hold: they were
	// let go of while it was made, or lost.
	Gone []board.BlobName `json:"gone,omitempty"`
}

// Report is what came of making or trying a backup.
type Report struct {
	Manifest
	Files Files
	Lost  []error // why files could not be backed up that somebody still counts on
	File  string
	Took  time.Duration
}

// ErrUnsound says that a copy contradicts itself. It is not kept.
var ErrUnsound = errors.New("the copy contradicts itself")

// Write makes a backup in the folder dir. It counts only when all of it was
// read back and found sound: until then it bears another name. Data that are
// still to be upgraded are kept as they are, and the name tells their schema.
func Write(ctx context.Context, s *store.Store, keys *seal.Keys, dir string, now time.Time, progress func(done int)) (Report, error) {
	r := Report{File: filepath.Join(dir, name(now, s))}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return r, fmt.Errorf("backup folder: %w", err)
	}
	busy.Lock()
	defer busy.Unlock()
	scratch, err := bench(dir, ".making-")
	if err != nil {
		return r, fmt.Errorf("backup folder: %w", err)
	}
	defer os.RemoveAll(scratch)
	began := time.Now()
	copied := filepath.Join(scratch, store.File)
	r.Manifest = Manifest{Layout: layout, Made: now.UTC(), Keys: keys.Fingerprint()}
	if r.Size, r.SHA256, err = copyStore(s, copied); err != nil {
		return r, err
	}
	if err := inspect(ctx, scratch, keys, &r.Manifest, progress); err != nil {
		return r, err
	}
	locked := filepath.Join(scratch, "locked")
	if err := lock(locked, keys, func(w io.Writer) error { return r.pack(ctx, w, s, scratch, keys) }); err != nil {
		return r, err
	}
	if err := errors.Join(os.Rename(locked, r.File), store.Settle(dir)); err != nil {
		return r, err
	}
	r.Took = time.Since(began)
	return r, nil
}

// busy is held by whoever works in a folder of backups: one at a time is enough
// for a small disk.
var busy sync.Mutex

// bench makes a folder to work in, and clears away what work left there that was
// killed: a whole store, which would fill the disk one night after the other.
func bench(dir, named string) (string, error) {
	if err := tidy(dir, ".making-*", ".drill-*", ".history-*"); err != nil {
		return "", err
	}
	return os.MkdirTemp(dir, named)
}

// tidy removes what bears one of these names in a folder.
func tidy(dir string, names ...string) (err error) {
	for _, name := range names {
		old, e := filepath.Glob(filepath.Join(dir, name))
		err = errors.Join(err, e)
		for _, o := range old {
			err = errors.Join(err, os.RemoveAll(o))
		}
	}
	return err
}

func copyStore(s *store.Store, to string) (size int64, sum string, err error) {
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, "", err
	}
	h := sha256.New()
	size, err = s.CopyTo(io.MultiWriter(store.Steady(f), h))
	return size, hex.EncodeToString(h.Sum(nil)), errors.Join(err, f.Sync(), f.Close())
}

// inspect opens a copy as a store and holds it against itself. Its files are looked
// at one by one when they are packed and unpacked.
func inspect(ctx context.Context, dir string, keys *seal.Keys, m *Manifest, progress func(done int)) (err error) {
	s, err := store.Open(dir, keys)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	s.BlobsIn("")
	found, err := s.Check(ctx, progress)
	if err != nil {
		return err
	}
	audit, err := s.Verify(ctx, nil, nil)
	if err != nil {
		return err
	}
	if problems := append(found.Problems, audit.Problems...); len(problems) > 0 {
		return fmt.Errorf("%w: %s", ErrUnsound, strings.Join(problems, "; "))
	}
	root := audit.Root
	m.Schema, m.Streams, m.Events, m.Sealed, m.Root = s.Schema(), found.Streams, found.Events, audit.Leaves, hex.EncodeToString(root[:])
	return nil
}

// lock writes a file that only these keys open.
func lock(to string, keys *seal.Keys, write func(io.Writer) error) (err error) {
	recipient, err := age.NewScryptRecipient(keys.Backup())
	if err != nil {
		return err
	}
	recipient.SetWorkFactor(workFactor)
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Sync(), f.Close()) }()
	w, err := age.Encrypt(store.Steady(f), recipient)
	if err != nil {
		return err
	}
	return errors.Join(write(w), w.Close())
}

// pack writes the tar: of the copy in the folder dir, and of the files of the
// store itself that the copy names.
func (r *Report) pack(ctx context.Context, w io.Writer, s *store.Store, dir string, keys *seal.Keys) error {
	t := tar.NewWriter(w)
	add := func(name string, size int64, from io.Reader) error {
		if err := t.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: size, ModTime: r.Made, Format: tar.FormatPAX}); err != nil {
			return err
		}
		_, err := io.Copy(t, from)
		return err
	}
	tell := func(name string, v any) error {
		about, err := json.MarshalIndent(v, "", "  ")
		if err != nil {
			return err
		}
		return add(name, int64(len(about)), bytes.NewReader(about))
	}
	if err := tell(manifestName, r.Manifest); err != nil {
		return err
	}
	f, err := os.Open(filepath.Join(dir, store.File))
	if err != nil {
		return err
	}
	if err := errors.Join(add(store.File, r.Size, f), f.Close()); err != nil {
		return err
	}
	copied, err := store.Open(dir, keys)
	if err != nil {
		return err
	}
	missing, err := s.FilesOf(ctx, copied, func(k store.Kept, sealed, _ []byte) error {
		r.Files.Count, r.Files.Bytes = r.Files.Count+1, r.Files.Bytes+int64(len(sealed))
		return add(path.Join(store.BlobFolder, blob.Below(string(k.Blob))), int64(len(sealed)), bytes.NewReader(sealed))
	})
	if err := errors.Join(err, copied.Close()); err != nil {
		return err
	}
	for _, m := range missing {
		if r.Files.Gone = append(r.Files.Gone, m.Blob); m.Cause != nil {
			r.Lost = append(r.Lost, fmt.Errorf("a file of c-%s: %w", m.Case, m.Cause))
		}
	}
	return errors.Join(tell(filesName, r.Files), t.Close())
}
