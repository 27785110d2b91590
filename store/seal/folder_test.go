package seal

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCreateAndOpen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "some", "keys")
	if _, err := Open(dir); !errors.Is(err, ErrNoKeys) {
		t.Errorf("opened keys that are not there: %v", err)
	}
	made, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if made.Fingerprint() != opened.Fingerprint() {
		t.Error("the keys opened are not those made")
	}
	for name, want := range map[string]fs.FileMode{dir: 0o700, filepath.Join(dir, fileName): 0o400} {
		about, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := about.Mode().Perm(); got != want {
			t.Errorf("%s has the mode %04o, want %04o", name, got, want)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("something else lies in the key folder: %v, %v", entries, err)
	}
}

func TestCreateNeverReplacesAKey(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	first, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Create(dir); !errors.Is(err, ErrExists) {
		t.Errorf("created twice: %v", err)
	}
	if again, err := Open(dir); err != nil || again.Fingerprint() != first.Fingerprint() {
		t.Errorf("the first key is gone: %v", err)
	}
}

func TestEmptyFolderHasNoKeys(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); !errors.Is(err, ErrNoKeys) {
		t.Errorf("opened an empty folder: %v", err)
	}
	if _, err := Create(dir); err != nil {
		t.Errorf("an empty folder cannot take a key: %v", err)
	}
}

func TestLooseFolder(t *testing.T) {
	for _, mode := range []fs.FileMode{0o750, 0o705, 0o710, 0o755, 0o777} {
		dir := filepath.Join(t.TempDir(), "keys")
		if _, err := Create(dir); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir); !errors.Is(err, ErrLoose) || !strings.Contains(err.Error(), "chmod go= "+dir) {
			t.Errorf("folder with mode %o: %v", mode, err)
		}
		if _, err := Create(dir); !errors.Is(err, ErrLoose) {
			t.Errorf("created in a folder with mode %o: %v", mode, err)
		}
	}
}

func TestLooseFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	if _, err := Create(dir); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, fileName)
	for _, mode := range []fs.FileMode{0o440, 0o404, 0o644, 0o420} {
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir); !errors.Is(err, ErrLoose) || !strings.Contains(err.Error(), name) {
			t.Errorf("file with mode %o: %v", mode, err)
		}
	}
}

func TestDamagedFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	if _, err := Create(dir); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, fileName)
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	good := string(raw)
	digits := strings.Split(good, "\n")[1]
	other := "0"
	if digits[10] == '0' {
		other = "1"
	}
	opens := func(text string) error {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o400); err != nil {
			t.Fatal(err)
		}
		_, err := Open(dir)
		return err
	}
	// Torn anywhere: but for the last newline, a beginning is not the whole.
	for n := range len(good) - 1 {
		if err := opens(good[:n]); !errors.Is(err, ErrDamaged) {
			t.Fatalf("torn after %d bytes: %v", n, err)
		}
	}
	for what, text := range map[string]string{
		"a digit":     strings.Replace(good, digits, digits[:10]+other+digits[11:], 1),
		"two swapped": strings.Replace(good, digits, digits[32:]+digits[:32], 1),
		"the sum":     good[:len(good)-9] + "zzzzzzzz\n",
		"version":     strings.Replace(good, "key 1", "key 2", 1),
		"a line more": good + "x\n",
		"zeroes":      strings.Repeat("\x00", len(good)),
		"too much":    strings.Repeat(good, 1000),
		"no text":     "\xff\xfe",
	} {
		err := opens(text)
		if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", what, err)
		}
		if err != nil && strings.Contains(err.Error(), digits[11:30]) {
			t.Errorf("%s: the error shows the key", what)
		}
	}
	// Typed again from paper: capitals and the line ends of another system.
	typed := strings.ReplaceAll(strings.Replace(good, digits, strings.ToUpper(digits), 1), "\n", "\r\n")
	if err := opens("\n" + typed + "\n"); err != nil {
		t.Errorf("typed again: %v", err)
	}
}

func TestApart(t *testing.T) {
	root := t.TempDir()
	at := func(parts ...string) string { return filepath.Join(append([]string{root}, parts...)...) }
	for _, dir := range []string{at("data", "deep"), at("keys")} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(at("data"), at("link")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		keys, data string
		inside     bool
	}{
		{at("keys"), at("data"), false},
		{at("data-keys"), at("data"), false},
		{at("new", "keys"), at("new", "data"), false},
		{at("..keys"), root + "/data", false},
		{at("data", "keys"), at("data"), true},
		{at("data"), at("data"), true},
		{at("data", "deep", "er", "keys"), at("data"), true},
		{at("link", "keys"), at("data"), true},
		{at("data", "keys"), at("link"), true},
		{at("data", "..", "data", ".", "keys"), at("data"), true},
		{at("keys"), at("keys", "data"), true},
		{at("..keys"), root, true},
	} {
		err := Apart(c.keys, c.data)
		if c.inside != errors.Is(err, ErrInside) || (!c.inside && err != nil) {
			t.Errorf("keys %s, data %s: %v", c.keys, c.data, err)
		}
	}
	t.Chdir(root)
	if err := Apart("data/keys", "data"); !errors.Is(err, ErrInside) {
		t.Errorf("relative folders: %v", err)
	}
	if err := Apart("keys", "data"); err != nil {
		t.Errorf("relative folders: %v", err)
	}
}

// What is on paper, typed into a file again, is the key.
func TestPaperGivesTheKeyBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	keys, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	whole, groups, err := Paper(dir)
	if err != nil || len(groups) != 18 {
		t.Fatalf("%d groups, %v", len(groups), err)
	}
	byHand := "lianxin master key 1\n" + strings.Join(groups[:16], "") + "\nsum " + strings.Join(groups[16:], "") + "\n"
	for _, text := range []string{whole, byHand} {
		again := filepath.Join(t.TempDir(), "again")
		if err := os.Mkdir(again, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(again, "master.key"), []byte(text), 0o400); err != nil {
			t.Fatal(err)
		}
		restored, err := Open(again)
		if err != nil || restored.Fingerprint() != keys.Fingerprint() {
			t.Errorf("%v: the key that was typed again is another one", err)
		}
	}
	if _, _, err := Paper(t.TempDir() + "/none"); !errors.Is(err, ErrNoKeys) {
		t.Errorf("no folder: %v", err)
	}
}
