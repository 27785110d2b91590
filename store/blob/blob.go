// Package blob keeps sealed bytes as files in a folder. A file has a name of 64
// hexadecimal digits that was drawn by chance: nothing is ever written over, and
// nobody learns anything from a name. It knows no keys and nothing of what the
// bytes are.
package blob

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"time"

	"lianxin/store/kv"
)

// Folder is where the files lie: the first two digits of a name are its folder
// there, the other 62 its file. It is safe for concurrent use.
type Folder struct {
	dir string

	mu    sync.Mutex
	known bool // how much lies here
	files int
	bytes int64
}

// In is the folder at dir. It is made with its first file.
func In(dir string) *Folder { return &Folder{dir: dir} }

// temp is what a file that is still being written ends with.
const temp = ".new"

// ErrMissing says that there is no such file.
var ErrMissing = errors.New("the file is not there")

// NewName draws a name. It fails only when random does.
func NewName(random io.Reader) (string, error) {
	name := make([]byte, 32)
	if _, err := io.ReadFull(random, name); err != nil {
		return "", fmt.Errorf("random source: %w", err)
	}
	return hex.EncodeToString(name), nil
}

var named = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Below is where a file of this name lies below its folder, with slashes; "" when
// it is no name.
func Below(name string) string {
	if !named.MatchString(name) { // or it would lead elsewhere
		return ""
	}
	return name[:2] + "/" + name[2:]
}

// At is the name of the file that lies there; "" when none of ours can.
func At(below string) string {
	name := strings.Replace(below, "/", "", 1)
	if Below(name) != below {
		return ""
	}
	return name
}

func (f *Folder) path(name string) (string, error) {
	below := Below(name)
	if below == "" {
		return "", fmt.Errorf("%q names no file: %w", name, ErrMissing)
	}
	return filepath.Join(f.dir, filepath.FromSlash(below)), nil
}

// Keep writes a file. When it returns nil, the file would survive a power cut; if
// not, there is none. When there is no room the error wraps [kv.ErrFull].
func (f *Folder) Keep(name string, sealed []byte) error {
	path, err := f.path(name)
	if err != nil {
		return err
	}
	if err := f.write(path, sealed); err != nil {
		for _, cause := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG} {
			if errors.Is(err, cause) {
				return fmt.Errorf("%w: %w", kv.ErrFull, err)
			}
		}
		return err
	}
	f.count(1, int64(len(sealed)))
	return nil
}

func (f *Folder) write(path string, sealed []byte) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(fs.ErrExist, err)
	}
	if err := f.makeFolder(filepath.Dir(path)); err != nil {
		return err
	}
	file, err := os.OpenFile(path+temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
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
	if err := settle(filepath.Dir(path)); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// makeFolder makes the folder of a file, and settles each folder that is new in
// the one above it.
func (f *Folder) makeFolder(dir string) error {
	for _, dir := range []string{f.dir, dir} {
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

// Read gives what lies in a file, or ErrMissing. A file of more than so many bytes
// is none of ours, and an error.
func (f *Folder) Read(name string, most int) ([]byte, error) {
	path, err := f.path(name)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", Below(name), ErrMissing)
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	sealed, err := io.ReadAll(io.LimitReader(file, int64(most)+1))
	if err == nil && len(sealed) > most {
		err = fmt.Errorf("%s has more than %d bytes", path, most)
	}
	return sealed, err
}

// Remove removes a file. One that is not there is removed already.
func (f *Folder) Remove(name string) error {
	path, err := f.path(name)
	if err != nil {
		return err
	}
	about, err := os.Stat(path)
	if err == nil {
		err = os.Remove(path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	f.count(-1, -about.Size())
	return settle(filepath.Dir(path))
}

// count adds to what lies here.
func (f *Folder) count(files int, bytes int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.known {
		f.files, f.bytes = f.files+files, f.bytes+bytes
	}
}

// Size tells how many files lie here, and how many bytes they have. The first time
// it counts them; after that it knows.
func (f *Folder) Size() (files int, bytes int64, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.known {
		return f.files, f.bytes, nil
	}
	f.files, f.bytes = 0, 0
	err = f.Walk(func(l Lying) error {
		if l.Name != "" {
			f.files, f.bytes = f.files+1, f.bytes+l.Size
		}
		return nil
	})
	f.known = err == nil
	return f.files, f.bytes, err
}

// Lying is something in the folder.
type Lying struct {
	Name string // of a file of ours, "" when it is none
	Path string // below the folder
	Size int64  // bytes
	Time time.Time
	Half bool // a file of ours that was never written to its end
}

// Walk calls each for everything that lies in the folder, in the order of names.
// A folder that is not there holds nothing.
func (f *Folder) Walk(each func(Lying) error) error {
	return filepath.WalkDir(f.dir, func(path string, entry fs.DirEntry, err error) error {
		var about fs.FileInfo
		if err == nil && !entry.IsDir() {
			about, err = entry.Info()
		}
		if errors.Is(err, fs.ErrNotExist) { // it went while we walked
			return nil
		}
		if err != nil || about == nil {
			return err
		}
		l := Lying{Size: about.Size(), Time: about.ModTime()}
		if l.Path, err = filepath.Rel(f.dir, path); err != nil {
			return err
		}
		whole, half := strings.CutSuffix(filepath.ToSlash(l.Path), temp)
		if name := At(whole); half {
			l.Half = name != ""
		} else {
			l.Name = name
		}
		return each(l)
	})
}

// Clear removes a half of a file.
func (f *Folder) Clear(l Lying) error {
	if !l.Half {
		return fmt.Errorf("%s is no half of a file", l.Path)
	}
	return os.Remove(filepath.Join(f.dir, l.Path))
}

// Move moves all files to another folder, which may hold some.
func (f *Folder) Move(to *Folder) error {
	err := f.Walk(func(l Lying) error {
		if l.Name == "" {
			return nil
		}
		from, _ := f.path(l.Name)
		path, _ := to.path(l.Name)
		if err := to.makeFolder(filepath.Dir(path)); err != nil {
			return err
		}
		return errors.Join(os.Rename(from, path), settle(filepath.Dir(path)))
	})
	return err
}
