package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"lianxin/store"
	"lianxin/store/kv"
	"lianxin/store/kv/bolt"
)

// upgradedNow is what is said of data of schema 1 that were upgraded.
var upgradedNow = fmt.Sprintf("from schema 1 to %d", store.Schema)

// golden is a county as a program of that schema left it.
func golden(t *testing.T, schema int) county {
	t.Helper()
	dir := t.TempDir()
	file := fmt.Sprintf("../../store/testdata/schema-%d.tgz", schema)
	if out, err := exec.Command("tar", "xzf", file, "-C", dir).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", file, err, out)
	}
	c := county{filepath.Join(dir, "data"), filepath.Join(dir, "keys")}
	for _, closed := range []string{c.data, c.keys} {
		if err := os.Chmod(closed, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// sum is that of the store's file.
func (c county) sum(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(c.data, store.File))
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", sha256.Sum256(b))
}

// behind reaches behind a county's store.
func (c county) behind(t *testing.T, write func(kv.Tx) error) {
	t.Helper()
	e, err := bolt.Open(filepath.Join(c.data, store.File), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if err := e.Update(t.Context(), write); err != nil {
		t.Fatal(err)
	}
}

// saved gives the backups of before an upgrade.
func saved(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "lianxin-*-schema1.age"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Commands leave older data alone and name the one that upgrades them; that one
// makes a backup first, which comes back, upgraded.
func TestUpgrade(t *testing.T) {
	c := golden(t, 1)
	was := c.sum(t)
	for _, args := range [][]string{{"check"}, {"doctor"}, {"county"}, {"verify"}, {"unit", "add", "水利局"}} {
		badly(t, "lianxin upgrade --data "+c.data, c.with(args...)...)
	}
	if c.sum(t) != was {
		t.Fatal("a command that refused older data changed them")
	}
	copies := filepath.Join(t.TempDir(), "backup")
	said := well(t, c.with("upgrade", "--backup", copies)...)
	before := saved(t, copies)
	if len(before) != 1 || !strings.Contains(said, before[0]) || !strings.Contains(said, upgradedNow) {
		t.Errorf("the backups are %q, and it said\n%s", before, said)
	}
	clean := well(t, c.with("check")...)
	if said := well(t, c.with("verify")...); !strings.Contains(said, "waiting to be: 108") {
		t.Errorf("verify says %s", said)
	}
	if said := well(t, c.with("upgrade", "--backup", copies)...); !strings.Contains(said, "nothing to upgrade") {
		t.Errorf("the second time: %s", said)
	}
	other := county{filepath.Join(t.TempDir(), "data"), c.keys}
	well(t, other.with("restore", before[0])...)
	if said := well(t, other.with("check")...); said != clean {
		t.Errorf("restored: %s, upgraded: %s", said, clean)
	}
	well(t, c.with("drill", "--backup", copies)...)
}

// The server upgrades before anybody can knock at its port, and says so.
func TestTheServerUpgradesFirst(t *testing.T) {
	c := golden(t, 1)
	copies := filepath.Join(t.TempDir(), "backup")
	r := start(t, c, "serve", "--backup", copies)
	order := []string{"Backed up the data of before the upgrade (schema 1)", upgradedNow, r.url}
	rest := r.words()
	for _, want := range order {
		_, after, found := strings.Cut(rest, want)
		if !found {
			t.Fatalf("%q should come in its turn, and the server said\n%s", want, r.words())
		}
		rest = after
	}
	r.stop()
	well(t, c.with("check")...)
	if said := start(t, c, "serve", "--backup", copies).words(); strings.Contains(said, "schema") {
		t.Errorf("the second start says\n%s", said)
	}
	if n := len(saved(t, copies)); n != 1 {
		t.Errorf("%d backups of before the upgrade", n)
	}
}

// Without the backup nothing is upgraded.
func TestNoUpgradeWithoutABackup(t *testing.T) {
	c := golden(t, 1)
	was := c.sum(t)
	file := filepath.Join(t.TempDir(), "backup")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"upgrade", "serve"} {
		badly(t, "nothing was upgraded", c.with(command, "--backup", file)...)
	}
	if c.sum(t) != was {
		t.Error("the data are others")
	}
}

// Newer data are refused in plain words, and nothing of them is changed.
func TestNewerDataAreLeftAlone(t *testing.T) {
	c := golden(t, 1)
	well(t, c.with("upgrade", "--backup", filepath.Join(t.TempDir(), "backup"))...)
	c.behind(t, func(tx kv.Tx) error { return tx.Put([]byte("mmin-reader"), []byte{0, 0, 0, store.Schema + 1}) })
	was := c.sum(t)
	for _, args := range [][]string{{"serve"}, {"upgrade"}, {"check"}, {"county", "--name", "清河县"}, {"backup"}} {
		badly(t, "written by a newer program", c.with(args...)...)
		badly(t, "更新的程序", c.with(append([]string{"--lang", "zh"}, args...)...)...)
	}
	if c.sum(t) != was {
		t.Error("the data are others")
	}
}

// Without its keys, with another county's or with torn ones a county is not
// opened, and neither backed up nor upgraded: nothing of it is changed, whether
// it is of today, or was left by an older program, or fell.
func TestOldAndFallenDataNeedTheirKeys(t *testing.T) {
	other := place(t)
	start(t, other, "serve").stop()
	torn := filepath.Join(t.TempDir(), "keys")
	if err := os.CopyFS(torn, os.DirFS(other.keys)); err != nil {
		t.Fatal(err)
	}
	for _, closed := range []struct {
		name string
		mode os.FileMode
	}{{torn, 0o700}, {filepath.Join(torn, "master.key"), 0o600}} {
		if err := os.Chmod(closed.name, closed.mode); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Truncate(filepath.Join(torn, "master.key"), 60); err != nil {
		t.Fatal(err)
	}
	fallen := place(t)
	r := start(t, fallen, "serve")
	fallen.named(t)
	r.kill()
	for _, c := range []county{golden(t, 1), golden(t, store.Schema), fallen} {
		was := c.sum(t)
		for keys, why := range map[string]string{
			filepath.Join(t.TempDir(), "none"): "--keys", other.keys: "not the keys", torn: "damaged",
		} {
			copies := filepath.Join(t.TempDir(), "backup")
			for _, args := range [][]string{{"serve", "--addr", "127.0.0.1:0", "--backup", copies}, {"upgrade", "--backup", copies}, {"check"}, {"backup", "--backup", copies}} {
				badly(t, why, county{c.data, keys}.with(args...)...)
			}
			if _, err := os.Stat(copies); err == nil || c.sum(t) != was {
				t.Errorf("with keys that are %q something was written: %v", why, err)
			}
		}
	}
}

// Who was erased after an upgrade does not come back with the backup of before
// it.
func TestErasedAfterTheUpgrade(t *testing.T) {
	c, copies := golden(t, 1), filepath.Join(t.TempDir(), "backup")
	well(t, c.with("upgrade", "--backup", copies)...)
	text, err := os.ReadFile("../../store/testdata/schema-1.json")
	if err != nil {
		t.Fatal(err)
	}
	number := regexp.MustCompile(`"(\d{10})":`).FindSubmatch(text)
	if number == nil {
		t.Fatal("the golden data show no case")
	}
	well(t, c.with("erase", string(number[1]), "--yes", "--backup", copies)...)
	back := county{filepath.Join(t.TempDir(), "data"), c.keys}
	if said := well(t, back.with("restore", saved(t, copies)[0], "--backup", copies)...); !strings.Contains(said, "1 erasure") {
		t.Errorf("the restore says\n%s", said)
	}
	if erased, restored := well(t, c.with("check")...), well(t, back.with("check")...); erased != restored {
		t.Errorf("erased: %srestored: %s", erased, restored)
	}
}
