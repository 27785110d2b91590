package backup

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"

	"lianxin/store"
	"lianxin/store/blob"
	"lianxin/store/seal"
)

// What a backup can be refused for.
var (
	ErrNotOurs = errors.New("not a backup of this program")
	ErrKey     = errors.New("locked with another master key")
	ErrDamaged = errors.New("the backup is damaged")
	ErrTaken   = store.ErrTaken
)

// Restore unpacks a backup into the folder data, which must not hold a county.
// Nothing stands under its name there until all of it was unpacked, found sound
// and, when an older program wrote it, upgraded; a restore that broke off is
// begun again from nothing.
func Restore(ctx context.Context, file, data string, keys *seal.Keys, progress func(done int)) (Report, error) {
	return RestoreAnd(ctx, file, data, keys, progress, nil)
}

// RestoreAnd does the same, and has amend change what was unpacked, in the folder
// it is given, before anything of it stands under its name.
func RestoreAnd(ctx context.Context, file, data string, keys *seal.Keys, progress func(done int), amend func(ctx context.Context, dir string) error) (Report, error) {
	r := Report{File: file}
	began := time.Now()
	err := store.Stage(data, ".restoring", func(dir string) error {
		m, files, err := unlock(file, dir, keys)
		if err != nil {
			return err
		}
		r.Manifest, r.Files = m, files
		if err := inspect(ctx, dir, keys, &r.Manifest, progress); err != nil {
			return err
		}
		if r.Manifest != m {
			return fmt.Errorf("%w: it holds something else than it says", ErrDamaged)
		}
		if err := r.mend(ctx, dir, keys); err != nil || amend == nil {
			return err
		}
		return amend(ctx, dir)
	})
	if err != nil {
		return r, err
	}
	r.Took = time.Since(began)
	return r, nil
}

// mend makes what an older program wrote ours, and holds it against itself again;
// the backup stays the copy of how it was. Files that the backup came without leave
// their cases, and each of the others must open.
func (r *Report) mend(ctx context.Context, dir string, keys *seal.Keys) error {
	s, err := store.Open(dir, keys)
	if err != nil {
		return err
	}
	old := s.Old()
	err = s.Upgrade(ctx, nil)
	if err == nil {
		err = s.Lose(ctx, r.Files.Gone, r.Made)
	}
	var found *store.Findings
	if err == nil {
		found, err = s.CheckFiles(ctx)
	}
	if err := errors.Join(err, s.Close()); err != nil {
		return err
	}
	if !found.Clean() || found.Files != r.Files.Count {
		return fmt.Errorf("%w: it has %d files, and %d are wanted: %s", ErrDamaged, r.Files.Count, found.Files, strings.Join(found.Lost, "; "))
	}
	if !old {
		return nil
	}
	return inspect(ctx, dir, keys, new(Manifest), nil)
}

// Drill restores a backup into a folder that nobody uses, and throws that away:
// so somebody knows that it can be done, and how long it takes.
func Drill(ctx context.Context, file string, keys *seal.Keys) (Report, error) {
	dir := filepath.Dir(file)
	busy.Lock()
	defer busy.Unlock()
	scratch, err := bench(dir, ".drill-")
	if err != nil {
		return Report{File: file}, err
	}
	defer os.RemoveAll(scratch)
	return Restore(ctx, file, filepath.Join(scratch, "data"), keys, nil)
}

// unlock unpacks a backup into dir and gives what it says of itself.
func unlock(file, dir string, keys *seal.Keys) (m Manifest, files Files, err error) {
	f, err := os.Open(file)
	if err != nil {
		return m, files, err
	}
	defer f.Close()
	identity, err := age.NewScryptIdentity(keys.Backup())
	if err != nil {
		return m, files, err
	}
	plain, err := age.Decrypt(f, identity)
	var wrong *age.NoIdentityMatchError
	switch {
	case errors.As(err, &wrong):
		return m, files, fmt.Errorf("%s: %w", file, ErrKey)
	case err != nil:
		return m, files, fmt.Errorf("%s: %w: %w", file, ErrNotOurs, err)
	}
	t := tar.NewReader(plain)
	err = readManifest(t, &m)
	if err == nil {
		err = unpack(t, filepath.Join(dir, store.File), m)
	}
	if err == nil {
		files, err = unpackFiles(t, blob.In(filepath.Join(dir, store.BlobFolder)), m)
	}
	if err != nil {
		return m, files, fmt.Errorf("%s: %w", file, err)
	}
	// age tells of a cut-off end only when it is read to.
	if _, err := io.Copy(io.Discard, plain); err != nil {
		return m, files, fmt.Errorf("%s: %w: %w", file, ErrDamaged, err)
	}
	return m, files, nil
}

func readManifest(t *tar.Reader, m *Manifest) error {
	h, err := t.Next()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if h.Name != manifestName {
		return ErrNotOurs
	}
	raw, err := io.ReadAll(io.LimitReader(t, 1<<16))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if err := json.Unmarshal(raw, m); err != nil || m.Layout != layout {
		return ErrNotOurs
	}
	return nil
}

func unpack(t *tar.Reader, to string, m Manifest) (err error) {
	h, err := t.Next()
	if err != nil || h.Name != store.File || h.Size != m.Size {
		return fmt.Errorf("%w: there is no store in it", ErrDamaged)
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Sync(), f.Close()) }()
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(store.Steady(f), sum), t)
	if err != nil && !errors.Is(err, fs.ErrInvalid) {
		var path *fs.PathError
		if errors.As(err, &path) { // our disk, not the backup
			return err
		}
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if n != m.Size || hex.EncodeToString(sum.Sum(nil)) != m.SHA256 {
		return fmt.Errorf("%w: its sum is another", ErrDamaged)
	}
	return nil
}

// fileless is the last schema whose backups end with the store.
const fileless = 3

// unpackFiles puts the files of a backup into a folder, and gives what stands
// behind them.
func unpackFiles(t *tar.Reader, to *blob.Folder, m Manifest) (files Files, err error) {
	if m.Schema <= fileless {
		return files, nil
	}
	var seen Files
	for {
		h, err := t.Next()
		if err != nil {
			return files, fmt.Errorf("%w: its files have no end: %w", ErrDamaged, err)
		}
		raw, err := io.ReadAll(io.LimitReader(t, mostOfFile))
		if err != nil {
			return files, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if h.Name == filesName {
			if err := json.Unmarshal(raw, &files); err != nil || files.Count != seen.Count || files.Bytes != seen.Bytes {
				return files, fmt.Errorf("%w: it has %d files of %d bytes, and says %d of %d", ErrDamaged, seen.Count, seen.Bytes, files.Count, files.Bytes)
			}
			return files, nil
		}
		below, ours := strings.CutPrefix(h.Name, store.BlobFolder+"/")
		if name := blob.At(below); !ours || name == "" {
			return files, fmt.Errorf("%w: there is something else in it", ErrDamaged)
		} else if err := to.Keep(name, raw); err != nil {
			return files, err
		}
		seen.Count, seen.Bytes = seen.Count+1, seen.Bytes+int64(len(raw))
	}
}

// mostOfFile is more than any file of a backup has behind the store, in bytes.
const mostOfFile = 2 * store.MostBlob
