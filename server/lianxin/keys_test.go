package main

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sums are the hashes of a folder's files, but for the lock, which bears the
// number of whoever looked last.
func sums(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || strings.HasSuffix(path, ".lock") {
			return err
		}
		raw, err := os.ReadFile(path)
		sum := sha256.Sum256(raw)
		all[path] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// A county whose keys are lost, damaged or another's is told so in a sentence, by
// every command, and nothing is written.
func TestKeysThatDoNotFit(t *testing.T) {
	t.Parallel()
	c, _ := cast(t, t.TempDir())
	backups := filepath.Join(t.TempDir(), "backup")
	well(t, c.with("backup", "--backup", backups)...)
	file := only(t, backups)
	stranger := place(t)
	start(t, stranger, "serve").stop()
	raw, err := os.ReadFile(filepath.Join(c.keys, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	keysOf := func(name string, raw []byte) string {
		folder := filepath.Join(t.TempDir(), name)
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		if raw != nil {
			if err := os.WriteFile(filepath.Join(folder, "master.key"), raw, 0o400); err != nil {
				t.Fatal(err)
			}
		}
		return folder
	}
	bent := []byte(string(raw))
	bent[len(bent)/2] ^= 1
	words, nowhere := tongues(t)["en"], filepath.Join(t.TempDir(), "nowhere")
	lost := func(folder string) string { return words.T("cmd.keys.missing", "Folder", folder, "Data", c.data) }
	for _, row := range []struct {
		keys string
		says func(folder string) string
	}{
		{nowhere, lost},
		{keysOf("empty", nil), lost},
		{keysOf("cut", raw[:len(raw)/2]), func(string) string { return "not the three lines" }},
		{keysOf("bent", bent), func(string) string { return "master.key: " }},
		{stranger.keys, func(string) string { return "not the keys" }},
	} {
		before, kept := sums(t, c.data), sums(t, backups)
		for _, args := range [][]string{
			{"serve", "--addr", "127.0.0.1:0"}, {"check"}, {"verify"}, {"checkpoint"}, {"compact"}, {"backup", "--backup", backups},
			{"export", "--to", filepath.Join(t.TempDir(), "export")}, {"unit", "add", "县教育局"},
		} {
			badly(t, row.says(row.keys), append(args, "--data", c.data, "--keys", row.keys)...)
		}
		for path, sum := range before {
			if now := sums(t, c.data); now[path] != sum || len(now) != len(before) {
				t.Fatalf("with the keys in %s, %s was written to, or files were added: %v", row.keys, path, now)
			}
		}
		if now := sums(t, backups); len(now) != len(kept) {
			t.Errorf("with the keys in %s there are other backups: %v", row.keys, now)
		}
		empty := filepath.Join(t.TempDir(), "data")
		if said, code := typed(t, "restore", file, "--data", empty, "--keys", row.keys); code != refused || strings.Contains(said, "panic") {
			t.Errorf("restored with the keys in %s: %d\n%s", row.keys, code, said)
		}
		if (folders{Data: empty}).holdsStore() {
			t.Errorf("restored with the keys in %s", row.keys)
		}
	}
	if _, err := os.Stat(nowhere); err == nil {
		t.Error("keys were made")
	}
	well(t, c.with("check")...)
}
