package seal

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// fileName is the only file of a key folder. It is text of three lines, so
// that it can be printed, put into an envelope and typed again.
const fileName = "master.key"

// heading is the first line; the number is the version of the layout.
const heading = "lianxin master key 1"

// Create makes a master key in a folder, and the folder when there is none.
// A key that is there already is never touched: ErrExists. The key comes from
// the operating system and from nowhere else, even in a demo.
//
// Whoever creates keys has them printed before anything is sealed with them:
// without the key the data are lost, and no backup holds it.
func Create(dir string) (*Keys, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("key folder: %w", err)
	}
	if err := private(dir); err != nil {
		return nil, err
	}
	master := make([]byte, keySize)
	rand.Read(master) // never fails: it ends the program instead
	if err := write(dir, master); err != nil {
		return nil, fmt.Errorf("key folder: %w", err)
	}
	return Open(dir)
}

// Open reads the master key. It refuses a folder or a file that anybody but
// the owner may read (ErrLoose), and a file that is not whole (ErrDamaged).
func Open(dir string) (*Keys, error) {
	master, err := read(dir)
	if err != nil {
		return nil, err
	}
	return derive(master)
}

func read(dir string) ([]byte, error) {
	if err := private(dir); err != nil {
		return nil, err
	}
	name := filepath.Join(dir, fileName)
	if err := private(name); err != nil {
		return nil, err
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("master key: %w", err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, 4096))
	if err != nil {
		return nil, fmt.Errorf("master key: %w", err)
	}
	master, err := parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return master, nil
}

// Paper gives the master key as it is put on paper: the file as it is, for a
// camera, and its digits in groups of four, for whoever copies it by hand. The
// last groups are the sum. Only the first run of a county asks for it.
func Paper(dir string) (whole string, groups []string, err error) {
	master, err := read(dir)
	if err != nil {
		return "", nil, err
	}
	for digits := hex.EncodeToString(master) + sum(master); digits != ""; digits = digits[4:] {
		groups = append(groups, digits[:4])
	}
	return format(master), groups, nil
}

// Apart is ErrInside when one of the two folders lies in the other or they are
// the same: then a copy of the data would carry its keys along. The folders
// need not exist yet; links are followed.
func Apart(keys, data string) error {
	k, err := resolve(keys)
	if err != nil {
		return fmt.Errorf("key folder: %w", err)
	}
	d, err := resolve(data)
	if err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	if within(k, d) || within(d, k) {
		return fmt.Errorf("%w: %s and %s", ErrInside, keys, data)
	}
	return nil
}

// private refuses a folder or file that is not there or that others can read.
func private(name string) error {
	about, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %w", name, ErrNoKeys)
	}
	if err != nil {
		return fmt.Errorf("key folder: %w", err)
	}
	if mode := about.Mode().Perm(); mode&0o077 != 0 {
		return fmt.Errorf("%w: %s has the mode %04o; mend it with: chmod go= %s", ErrLoose, name, mode, name)
	}
	return nil
}

// write puts the file there in one step that a power cut leaves done or not
// done. A link, not a rename: a rename would replace a key.
func write(dir string, master []byte) error {
	temp, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	_, err = io.WriteString(temp, format(master))
	err = errors.Join(err, temp.Chmod(0o400), temp.Sync(), temp.Close())
	if err != nil {
		return err
	}
	err = os.Link(temp.Name(), filepath.Join(dir, fileName))
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s: %w", dir, ErrExists)
	}
	if err != nil {
		return err
	}
	return errors.Join(settle(dir), settle(filepath.Dir(dir)))
}

// settle makes what a folder lists survive a power cut.
func settle(dir string) error {
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// format writes the key as text; the last line tells a typing error.
func format(master []byte) string {
	return heading + "\n" + hex.EncodeToString(master) + "\nsum " + sum(master) + "\n"
}

// parse reads what format wrote.
func parse(text string) ([]byte, error) {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	// The errors say what is wrong and never what stands there.
	if len(lines) != 3 || lines[0] != heading {
		return nil, fmt.Errorf("not the three lines of a master key that this program knows: %w", ErrDamaged)
	}
	master, err := hex.DecodeString(lines[1])
	if err != nil || len(master) != keySize {
		return nil, fmt.Errorf("the second line is not %d hexadecimal digits: %w", 2*keySize, ErrDamaged)
	}
	if lines[2] != "sum "+sum(master) {
		return nil, fmt.Errorf("the sum does not fit: %w", ErrDamaged)
	}
	return master, nil
}

func sum(master []byte) string {
	h := sha256.Sum256(append([]byte(heading), master...))
	return hex.EncodeToString(h[:4])
}

// resolve is a path without links; of what does not exist yet, the part that
// exists is followed.
func resolve(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	rest := ""
	for {
		found, err := filepath.EvalSymlinks(path)
		if err == nil {
			return filepath.Join(found, rest), nil
		}
		if !errors.Is(err, fs.ErrNotExist) || path == filepath.Dir(path) {
			return "", err
		}
		rest = filepath.Join(filepath.Base(path), rest)
		path = filepath.Dir(path)
	}
}

// within says whether a clean path is root or lies in it.
func within(path, root string) bool {
	rel, err := filepath.Rel(root, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
