package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"lianxin/store/blob"
)

// File is the name of the store's file in its folder.
const File = "lianxin.db"

// ErrTaken says that a folder holds something already, and was left alone.
var ErrTaken = errors.New("the folder is taken already")

// Stage puts a store into the folder data, which must not hold one. build makes
// it in a folder of its own, named scratch, inside; nothing stands under its name
// until build was content; the store itself comes last. What broke off is begun again from nothing.
func Stage(data, scratch string, build func(dir string) error) error {
	target := filepath.Join(data, File)
	if _, err := os.Stat(target); err == nil {
		return fmt.Errorf("%w: %s", ErrTaken, data)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	dir := filepath.Join(data, scratch)
	if err := errors.Join(os.MkdirAll(data, 0o700), os.RemoveAll(dir), os.Mkdir(dir, 0o700)); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	defer os.RemoveAll(dir)
	if err := build(dir); err != nil {
		return err
	}
	if err := blob.In(filepath.Join(dir, BlobFolder)).Move(blob.In(filepath.Join(data, BlobFolder))); err != nil {
		return err
	}
	return errors.Join(os.Rename(filepath.Join(dir, File), target), Settle(data))
}

// Settle makes what was renamed in a folder survive a power cut.
func Settle(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
