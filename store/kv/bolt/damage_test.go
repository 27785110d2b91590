package bolt

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianxin/store/kv"
)

// A file that is cut short, or overwritten, under a running engine makes reads
// and writes fail and not the process: a fault in a map would be fatal.
func TestReadingADamagedFile(t *testing.T) {
	for name, spoil := range map[string]func(path string) error{
		"cut short": func(path string) error { return os.Truncate(path, 2*int64(os.Getpagesize())) },
		"overwritten": func(path string) error {
			f, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = f.WriteAt([]byte(strings.Repeat("\xa5", 1<<20)), 2*int64(os.Getpagesize()))
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "data.db")
			e := openAt(t, path)
			for i := range 200 {
				if err := e.Update(t.Context(), put(fmt.Sprintf("k%04d", i), strings.Repeat("v", 1000))); err != nil {
					t.Fatal(err)
				}
			}
			if err := spoil(path); err != nil {
				t.Fatal(err)
			}
			failed := func(read func(kv.Tx) error) {
				t.Helper()
				if err := e.View(t.Context(), read); err == nil || !strings.Contains(err.Error(), "damaged") {
					t.Errorf("reading gives %v", err)
				}
			}
			failed(func(tx kv.Tx) error { _, err := tx.Get([]byte("k0100")); return err })
			for _, scan := range []func(kv.Tx) error{
				func(tx kv.Tx) error {
					for _, err := range tx.Scan(nil, nil) {
						if err != nil {
							return err
						}
					}
					return nil
				},
				func(tx kv.Tx) error {
					for _, err := range tx.ScanBack(nil, nil) {
						if err != nil {
							return err
						}
					}
					return nil
				},
			} {
				failed(scan)
			}
			if err := e.Update(t.Context(), put("k0100", "w")); err == nil {
				t.Error("a write on a damaged file succeeds")
			}
		})
	}
}
