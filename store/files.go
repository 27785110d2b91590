package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"lianxin/server/board"
	"lianxin/store/blob"
	"lianxin/store/seal"
)

// Kept is a file that a case names.
type Kept struct {
	Case, Owner board.ID
	board.Attachment
}

// filesPage is how many files are listed in one view.
const filesPage = 200

// Files calls each for every file that a case names, outside of any view: it may
// take its time.
func (s *Store) Files(ctx context.Context, each func(Kept) error) error {
	for from := index("blob"); from != nil; {
		var page []Kept
		var next part
		err := s.View(ctx, func(tx *Tx) (err error) {
			page, next, err = tx.files(from)
			return err
		})
		if err != nil {
			return err
		}
		for _, file := range page {
			if err := each(file); err != nil {
				return err
			}
		}
		from = next
	}
	return nil
}

// files lists a page of the files from a key on, and gives the key of the next. An
// entry that leads to no file, or to a case that cannot be read, is passed over:
// Check tells of it.
func (tx *Tx) files(from part) (page []Kept, next part, err error) {
	for pair, err := range tx.kv.Scan(from, after(index("blob"))) {
		if err != nil {
			return nil, nil, err
		}
		if len(page) == filesPage {
			return page, pair.Key, nil
		}
		name, _ := blobOf(pair.Key)
		c, err := tx.Case(lastID(pair.Key))
		for i := 0; err == nil && c != nil && i < len(c.Attachments); i++ {
			if a := c.Attachments[i]; a.Blob == name {
				page = append(page, Kept{c.ID, c.Person, a})
			}
		}
	}
	return page, nil, nil
}

// blobOf is the file that an entry of the index names, when it is of that index.
func blobOf(key part) (name board.BlobName, is bool) {
	rest, is := bytes.CutPrefix(key, index("blob"))
	if !is {
		return "", false
	}
	return board.BlobName(rest[:len(rest)-1-len(board.ID{})]), true
}

// OpenKept opens a file, and holds it against what the record says of it. It gives
// the sealed bytes too.
func (s *Store) OpenKept(ctx context.Context, k Kept) (sealed, plain []byte, err error) {
	sealed, plain, err = s.blob(ctx, k.Owner, k.Blob)
	if err == nil && (int64(len(plain)) != k.Size || sha256.Sum256(plain) != k.Sum) {
		err = fmt.Errorf("%s: %w: it is not what was added", blob.Below(string(k.Blob)), seal.ErrBroken)
	}
	return sealed, plain, err
}

// StillNames tells whether the file is named still: somebody may have let go of it
// since it was listed.
func (s *Store) StillNames(ctx context.Context, name board.BlobName) (named bool, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		named, err = tx.named(name)
		return err
	})
	return named, err
}

// Missing is a file that a copy of a store names, and that is not to be had: it was
// let go of since the copy was made, or, when there is a cause, lost.
type Missing struct {
	Kept
	Cause error
}

// FilesOf opens every file that a copy of this store names, one at a time.
func (s *Store) FilesOf(ctx context.Context, copied *Store, each func(k Kept, sealed, plain []byte) error) (missing []Missing, err error) {
	copied.blobs = s.blobs
	err = copied.Files(ctx, func(k Kept) error {
		sealed, plain, cause := copied.OpenKept(ctx, k)
		if cause == nil {
			return each(k, sealed, plain)
		}
		named, err := s.StillNames(ctx, k.Blob)
		if err != nil || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		if !named {
			cause = nil
		}
		missing = append(missing, Missing{k, cause})
		return nil
	})
	return missing, err
}

// CheckFiles opens each file that a case names, and looks at what else lies in the
// folder; the rest of the store is not looked at.
func (s *Store) CheckFiles(ctx context.Context) (*Findings, error) {
	f := &Findings{}
	return f, s.checkFiles(ctx, f)
}

func (s *Store) checkFiles(ctx context.Context, f *Findings) error {
	if s.blobs == nil {
		return nil
	}
	if err := s.Files(ctx, func(k Kept) error { return s.checkFile(ctx, f, k) }); err != nil {
		return err
	}
	return s.blobs.Walk(func(l blob.Lying) error {
		switch {
		case l.Half:
			f.Orphans++
		case l.Name == "":
			f.Strangers = append(f.Strangers, l.Path)
		default:
			named, err := s.StillNames(ctx, board.BlobName(l.Name))
			if err == nil && !named {
				f.Orphans++
			}
			return errors.Join(err, ctx.Err())
		}
		return nil
	})
}

// checkFilesOf opens each file of these cases.
func (s *Store) checkFilesOf(ctx context.Context, f *Findings, streams map[board.Stream]bool) error {
	for stream := range streams {
		if stream.Sort != board.Cases || s.blobs == nil {
			continue
		}
		var c *board.Case
		err := s.View(ctx, func(tx *Tx) (err error) {
			c, err = tx.Case(stream.ID)
			return err
		})
		for i := 0; err == nil && c != nil && i < len(c.Attachments); i++ { // a case that cannot be read is told of already
			if err := s.checkFile(ctx, f, Kept{c.ID, c.Person, c.Attachments[i]}); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// checkFile opens a file. One that was let go of since it was listed is no finding.
func (s *Store) checkFile(ctx context.Context, f *Findings, k Kept) error {
	f.Files++
	_, _, broken := s.OpenKept(ctx, k)
	if broken == nil || ctx.Err() != nil {
		return ctx.Err()
	}
	named, err := s.StillNames(ctx, k.Blob)
	if err == nil && named {
		f.lose("a file of c-%s: %v", k.Case, broken)
	}
	return err
}

// Lose takes files out of their cases that a copy of the county came without: they
// were let go of while it was made, or lost. The record says so.
func (s *Store) Lose(ctx context.Context, names []board.BlobName, now time.Time) error {
	lost := map[board.BlobName]bool{}
	for _, name := range names {
		lost[name] = true
	}
	var gone []Kept
	err := s.Files(ctx, func(k Kept) error {
		if lost[k.Blob] {
			gone = append(gone, k)
		}
		return nil
	})
	if err != nil || len(gone) == 0 {
		return err
	}
	return s.Update(ctx, func(tx *Tx) error {
		for _, k := range gone {
			c, err := tx.Case(k.Case)
			if err != nil {
				return err
			}
			if err := tx.Append(c.Lose(k.ID, now)); err != nil {
				return err
			}
		}
		return nil
	})
}
