package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lianxin/locales"
)

// tongues gives the words of every language.
func tongues(t *testing.T) map[string]locales.Words {
	t.Helper()
	bundle, err := locales.Open()
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]locales.Words{}
	for _, l := range bundle.Languages() {
		words[l.Tag] = bundle.Words(l.Tag)
	}
	return words
}

// refusedIn wants a command refused in every language, in the words of a key.
func refusedIn(t *testing.T, args []string, key string, pairs ...any) {
	t.Helper()
	for tag, w := range tongues(t) {
		badly(t, w.T(key, pairs...), append([]string{"--lang", tag}, args...)...)
	}
}

// only is the one backup of a folder.
func only(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.age"))
	if err != nil || len(files) == 0 {
		t.Fatalf("there is no backup in %s: %v", dir, err)
	}
	return files[len(files)-1]
}

// keepIn writes what a command said to a file, as somebody keeps a checkpoint.
func keepIn(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "checkpoint.txt")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// What guards a box does the same while the server runs and without it; and a
// backup comes back in another folder, where it agrees with a checkpoint that
// was kept before.
func TestGuardingABox(t *testing.T) {
	c := place(t)
	store := filepath.Join(t.TempDir(), "backup")
	second := filepath.Join(t.TempDir(), "usb")
	r := start(t, c, "serve", "--backup", store)
	c.named(t)
	refusedIn(t, c.with("drill", "--backup", store), "cmd.drill.none", "Folder", store)
	var points []string
	guard := func(when string) {
		t.Helper()
		said := well(t, c.with("backup", "--backup", store, "--second", second)...)
		if !strings.Contains(said, "Backed up to "+store) || !strings.Contains(said, second) {
			t.Errorf("%s, backup says\n%s", when, said)
		}
		if _, err := os.Stat(filepath.Join(second, filepath.Base(only(t, store)))); err != nil {
			t.Errorf("%s: %v", when, err)
		}
		if said := well(t, c.with("drill", "--backup", store)...); !strings.Contains(said, "on trial") {
			t.Errorf("%s, drill says\n%s", when, said)
		}
		text := well(t, c.with("checkpoint")...)
		if !strings.HasPrefix(text, "lianxin/") || !strings.Contains(text, "\n— lianxin/") {
			t.Errorf("%s, the checkpoint is\n%s", when, text)
		}
		points = append(points, keepIn(t, text))
		args := c.with("verify")
		for _, p := range points {
			args = append(args, "--checkpoint", p)
		}
		if said := well(t, args...); !strings.HasPrefix(said, "Sound") {
			t.Errorf("%s, verify says\n%s", when, said)
		}
		said, code := typed(t, c.with("doctor", "--backup", store, "--second", second)...)
		if code != refused || !strings.Contains(said, "staff: nobody is") || !strings.Contains(said, "well   backup: ") {
			t.Errorf("%s, doctor ended with %d and says\n%s", when, code, said)
		}
		if said := well(t, c.with("authority")...); !strings.Contains(said, filepath.Join(c.keys, "tls")) {
			t.Errorf("%s, authority says\n%s", when, said)
		}
	}
	guard("while the server runs")
	r.stop()
	guard("without a server")

	back := county{filepath.Join(t.TempDir(), "data"), c.keys}
	said := well(t, "restore", only(t, store), "--data", back.data, "--keys", back.keys)
	if !strings.Contains(said, "Restored to "+back.data) {
		t.Errorf("restore says\n%s", said)
	}
	if said := well(t, back.with("verify", "--checkpoint", points[0])...); !strings.HasPrefix(said, "Sound") {
		t.Errorf("what came back is told of as\n%s", said)
	}
	well(t, back.with("check")...)

	well(t, c.with("unit", "add", "县教育局")...)
	newer := keepIn(t, well(t, c.with("checkpoint")...))
	refusedIn(t, back.with("verify", "--checkpoint", newer), "cmd.verify.problems") // its end is missing
	other := place(t)
	start(t, other, "serve")
	other.named(t)
	refusedIn(t, other.with("verify", "--checkpoint", points[0]), "cmd.verify.none", "File", "checkpoint.txt")
	if _, err := os.Stat(filepath.Join(store, "history.json")); err != nil {
		t.Error(err)
	}
}

func TestWhatARestoreRefuses(t *testing.T) {
	c := place(t)
	store := filepath.Join(t.TempDir(), "backup")
	r := start(t, c, "serve", "--backup", store)
	c.named(t)
	well(t, c.with("backup", "--backup", store)...)
	file := only(t, store)
	refusedIn(t, c.with("restore", file), "cmd.restore.taken", "Folder", c.data, "File", file) // while the server runs
	r.stop()
	refusedIn(t, c.with("restore", file), "cmd.restore.taken", "Folder", c.data, "File", file)

	empty := place(t)
	refusedIn(t, empty.with("restore", file), "cmd.restore.keys", "Folder", empty.keys)
	stranger := place(t)
	start(t, stranger, "serve").stop()
	stranger.data += "-new"
	refusedIn(t, stranger.with("restore", file), "cmd.restore.key", "File", file)
	badly(t, "apart", "restore", file, "--data", c.data, "--keys", filepath.Join(c.data, "keys"))

	mine := county{filepath.Join(t.TempDir(), "data"), c.keys}
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	whole[len(whole)/2] ^= 1
	damaged, none := keepIn(t, string(whole)), keepIn(t, "hello")
	refusedIn(t, mine.with("restore", damaged), "cmd.restore.damaged", "File", damaged)
	refusedIn(t, mine.with("restore", none), "cmd.restore.not-ours", "File", none)
	badly(t, "no such file", mine.with("restore", none+"x")...)
	if left, err := os.ReadDir(mine.data); err == nil && len(left) > 0 {
		t.Errorf("a refused restore left %v", left)
	}
	well(t, mine.with("restore", file)...) // and the folder is still good for it
}

// Without a county these commands make none.
func TestGuardingNothing(t *testing.T) {
	c := place(t)
	for _, name := range []string{"backup", "drill", "checkpoint", "verify", "doctor"} {
		refusedIn(t, c.with(name), "cmd.folder.none", "Folder", c.data)
	}
	if _, err := os.Stat(c.data); err == nil {
		t.Error("a folder was made")
	}
	start(t, c, "serve").stop()
	refusedIn(t, c.with("checkpoint"), "cmd.checkpoint.none")
	badly(t, "no such file", c.with("verify", "--checkpoint", filepath.Join(c.data, "none"))...)
	badly(t, "apart", "authority", "--data", c.data, "--keys", filepath.Join(c.data, "keys"))
}

// The doctor says what is ill, in the reader's language.
func TestTheDoctorSeesWhatIsIll(t *testing.T) {
	c := place(t)
	start(t, c, "serve").stop()
	store := filepath.Join(t.TempDir(), "backup")
	refusedIn(t, c.with("doctor", "--backup", store), "cmd.doctor.unsaved", "Folder", store)
	well(t, c.with("backup", "--backup", store)...)
	at := c.with("doctor", "--backup", store)
	for tag, w := range tongues(t) {
		roles := []string{w.T("role.operator"), w.T("role.reviewer"), w.T("role.admin")}
		said, code := typed(t, append(at, "--lang", tag)...)
		for _, role := range roles {
			if code != refused || !strings.Contains(said, role) {
				t.Errorf("in %s it ended with %d and does not say %s:\n%s", tag, code, role, said)
			}
		}
	}
	lost := filepath.Join(t.TempDir(), "usb")
	refusedIn(t, append(at, "--second", lost), "cmd.doctor.second-old", "Folder", lost)
	old := only(t, store)
	if err := os.Rename(old, filepath.Join(store, "lianxin-20200101T000000Z.age")); err != nil {
		t.Fatal(err)
	}
	refusedIn(t, at, "cmd.doctor.old", "File", "lianxin-20200101T000000Z.age")
	none := filepath.Join(c.keys, "none.crt")
	refusedIn(t, append(at, "--tls-cert", none), "cmd.doctor.cert-unread", "File", none, "Cause", "no such file or directory")
	well(t, c.with("authority")...)
	if said, _ := typed(t, at...); !strings.Contains(said, "certificate: county-ca.crt lasts") {
		t.Errorf("of the county's own certificate the doctor says\n%s", said)
	}
}
