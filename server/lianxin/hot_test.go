package main

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// Backups are made while everybody files. Each comes back in an empty folder,
// where it agrees with a checkpoint that was printed before it was made and with
// itself; and whoever steals one reads nobody's phone or name in it, and no key.
func TestHotBackups(t *testing.T) {
	t.Parallel()
	c, filers := cast(t, t.TempDir())
	dir := filepath.Join(t.TempDir(), "backup")
	r := start(t, c, "serve", "--backup", dir)
	acknowledged := make(chan struct{}, 64) // so many are filed during a backup, at most
	for _, f := range filers {
		f.base = r.url
	}
	var done sync.WaitGroup
	for _, f := range filers {
		done.Go(func() { f.fileAll(1<<20, acknowledged) })
	}
	secrets := secretsOf(t, c)
	open := filepath.Join(t.TempDir(), "open")
	well(t, c.with("export", "--to", open)...)
	if n := heldIn(t, secrets, open); n != len(secrets)-2 {
		t.Fatalf("of %d secrets an export in the open holds %d, want all but the key", len(secrets), n)
	}
	filed, longest := 0, time.Duration(0)
	for range hotBackups {
		filed += wait(acknowledged, 3)
		point := keepIn(t, well(t, c.with("checkpoint")...))
		well(t, c.with("backup", "--backup", dir)...)
		back := county{filepath.Join(t.TempDir(), "data"), c.keys}
		began := time.Now()
		well(t, back.with("restore", only(t, dir), "--backup", dir)...)
		longest = max(longest, time.Since(began))
		if said := well(t, back.with("verify", "--checkpoint", point)...); !strings.HasPrefix(said, "Sound") {
			t.Errorf("verify says\n%s", said)
		}
		well(t, back.with("check")...)
		if n := heldIn(t, secrets, dir, back.data); n > 0 {
			t.Errorf("%d secrets can be read in a backup, or in what comes out of it", n)
		}
		if err := os.RemoveAll(back.data); err != nil {
			t.Fatal(err)
		}
	}
	r.stop()
	go func() { done.Wait(); close(acknowledged) }()
	for range acknowledged {
		filed++
	}
	well(t, c.with("check")...)
	t.Logf("%d backups while %d cases were filed, each restored (%.1f s at most) and verified against its checkpoint; %d secrets looked for in each",
		hotBackups, filed, longest.Seconds(), len(secrets))
}

// wait waits for so many receipts, and takes those that came already.
func wait(acknowledged <-chan struct{}, least int) (n int) {
	for n < least || len(acknowledged) > 0 {
		<-acknowledged
		n++
	}
	return n
}

// heldIn counts the secrets that the files of these folders hold.
func heldIn(t *testing.T, secrets [][]byte, folders ...string) (n int) {
	t.Helper()
	var all []byte
	for _, folder := range folders {
		files, err := filepath.Glob(filepath.Join(folder, "*"))
		if err != nil || len(files) == 0 {
			t.Fatal(folder, files, err)
		}
		for _, file := range files {
			if about, err := os.Stat(file); err != nil || !about.Mode().IsRegular() {
				continue
			}
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, raw...)
		}
	}
	for _, secret := range secrets {
		if bytes.Contains(all, secret) {
			n++
		}
	}
	return n
}

// secretsOf are what must not be read in a stolen file: names, words and phones,
// and, the last two, the key in both ways in which it may be written.
func secretsOf(t *testing.T, c county) (secrets [][]byte) {
	t.Helper()
	secrets = [][]byte{[]byte("试一"), []byte("桥上的栏杆断了")}
	for i := range moulded {
		secrets = append(secrets, fmt.Appendf(nil, "140%04d0001", i))
	}
	raw, err := os.ReadFile(filepath.Join(c.keys, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	digits := strings.Split(string(raw), "\n")[1]
	key, err := hex.DecodeString(digits)
	if err != nil {
		t.Fatal(err)
	}
	return append(secrets, key, []byte(digits))
}
