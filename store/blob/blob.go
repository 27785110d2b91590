// Package blob keeps sealed bytes as files in a folder, each named by the SHA-256
// of what lies in it. So a name says whether its file is whole, equal bytes are
// one file, and nothing is ever written over. It knows no keys and nothing of
// what the bytes are.
package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"

	"lianxin/store/kv"
)

// Folder is where the files lie: the first two digits of a name are its folder
// there, the other 62 its file.
type Folder string

// temp is what a file that is still being written ends with.
const temp = ".new"

var (
	// ErrMissing: there is no such file.
	ErrMissing = errors.New("the file is not there")
	// ErrDamaged: what lies in the file is not what its name says.
	ErrDamaged = errors.New("the file is damaged")
)

// Name is the name of these bytes.
func Name(sealed []byte) string {
	sum := sha256.Sum256(sealed)
	return hex.EncodeToString(sum[:])
}

var named = regexp.MustCompile(`^[0-9a-f]{64}$`)

func (f Folder) path(name string) (string, error) {
	if !named.MatchString(name) { // or it would lead elsewhere
		return "", fmt.Errorf("%q names no file: %w", name, ErrMissing)
	}
	return filepath.Join(string(f), name[:2], name[2:]), nil
}

// Keep writes a file, and gives its name when it would survive a power cut. When
// there is no room the error wraps [kv.ErrFull].
func (f Folder) Keep(sealed []byte) (name string, err error) {
	name = Name(sealed)
	path, err := f.path(name)
	if err != nil {
		return "", err
	}
	if err := f.write(path, sealed); err != nil {
		for _, cause := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
			if errors.Is(err, cause) {
				err = fmt.Errorf("%w: %w", kv.ErrFull, err)
			}
		}
		return "", err
	}
	return name, nil
}

func (f Folder) write(path string, sealed []byte) error {
	dir := filepath.Dir(path)
	if err := f.makeFolder(dir); err != nil {
		return err
	}
	file, err := os.OpenFile(path+temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(sealed)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(path+temp, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(path+temp))
	}
	return settle(dir)
}

// makeFolder makes the folder of a file, and settles each folder that is new in
// the one above it.
func (f Folder) makeFolder(dir string) error {
	for _, dir := range []string{string(f), dir} {
		err := os.Mkdir(dir, 0o700)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err == nil {
			err = settle(filepath.Dir(dir))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// settle makes what was made, renamed or removed in a folder survive a power cut.
func settle(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Read gives what lies in a file of at most so many bytes, held against its name:
// ErrMissing or ErrDamaged when it cannot be had.
func (f Folder) Read(name string, most int) ([]byte, error) {
	path, err := f.path(name)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", name, ErrMissing)
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	sealed, err := io.ReadAll(io.LimitReader(file, int64(most)+1))
	switch {
	case err != nil:
		return nil, err
	case len(sealed) > most || Name(sealed) != name:
		return nil, fmt.Errorf("%s: %w", name, ErrDamaged)
	}
	return sealed, nil
}

// Remove removes files. One that is not there is removed already.
func (f Folder) Remove(names ...string) error {
	var errs []error
	for _, name := range names {
		path, err := f.path(name)
		if err == nil {
			err = os.Remove(path)
		}
		switch {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, ErrMissing):
		case err != nil:
			errs = append(errs, err)
		default:
			errs = append(errs, settle(filepath.Dir(path)))
		}
	}
	return errors.Join(errs...)
}

// Lying is something in the folder.
type Lying struct {
	Name string // of a file of ours; "" when it is not one
	Path string // below the folder
	Size int64  // bytes
	Time time.Time
}

// Half tells whether a file was being written when somebody stopped.
func (l Lying) Half() bool { return l.Name == "" && strings.HasSuffix(l.Path, temp) }

// Walk calls each for everything that lies in the folder, in the order of names.
// A folder that is not there holds nothing.
func (f Folder) Walk(each func(Lying) error) error {
	err := filepath.WalkDir(string(f), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		below, err := filepath.Rel(string(f), path)
		if err != nil {
			return err
		}
		l := Lying{Path: below, Size: info.Size(), Time: info.ModTime()}
		if name := strings.Join(strings.Split(below, string(filepath.Separator)), ""); named.MatchString(name) {
			if at, _ := f.path(name); at == path {
				l.Name = name
			}
		}
		return each(l)
	})
	if errors.Is(err, fs.ErrNotExist) { // the folder, or a file that went while we walked
		return nil
	}
	return err
}
