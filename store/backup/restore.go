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
	"time"

	"filippo.io/age"

	"lianxin/store"
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
		m, err := unlock(file, dir, keys)
		if err != nil {
			return err
		}
		r.Manifest = m
		if err := inspect(ctx, dir, keys, &r.Manifest, progress); err != nil {
			return err
		}
		if r.Manifest != m {
			return fmt.Errorf("%w: it holds something else than it says", ErrDamaged)
		}
		if err := upgrade(ctx, dir, keys); err != nil || amend == nil {
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

// upgrade makes what an older program wrote ours, and holds it against itself
// again. The backup stays the copy of how it was.
func upgrade(ctx context.Context, dir string, keys *seal.Keys) error {
	s, err := store.Open(dir, keys)
	if err != nil {
		return err
	}
	old := s.Old()
	if err := errors.Join(s.Upgrade(ctx, nil), s.Close()); err != nil || !old {
		return err
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

// unlock unpacks a backup into dir and gives its manifest.
func unlock(file, dir string, keys *seal.Keys) (Manifest, error) {
	var m Manifest
	f, err := os.Open(file)
	if err != nil {
		return m, err
	}
	defer f.Close()
	identity, err := age.NewScryptIdentity(keys.Backup())
	if err != nil {
		return m, err
	}
	plain, err := age.Decrypt(f, identity)
	var wrong *age.NoIdentityMatchError
	switch {
	case errors.As(err, &wrong):
		return m, fmt.Errorf("%s: %w", file, ErrKey)
	case err != nil:
		return m, fmt.Errorf("%s: %w: %w", file, ErrNotOurs, err)
	}
	t := tar.NewReader(plain)
	if err := readManifest(t, &m); err != nil {
		return m, fmt.Errorf("%s: %w", file, err)
	}
	if err := unpack(t, filepath.Join(dir, store.File), m); err != nil {
		return m, fmt.Errorf("%s: %w", file, err)
	}
	// age tells of a cut-off end only when it is read to.
	if _, err := io.Copy(io.Discard, plain); err != nil {
		return m, fmt.Errorf("%s: %w: %w", file, ErrDamaged, err)
	}
	return m, nil
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
