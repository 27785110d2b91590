//go:build torture

// Tests that need root, strace and file systems of their own:
//
//	go test -tags torture -run Torture ./store/kv/bolt
package bolt

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"

	"lianxin/store/kv"
)

const childPath, childCount, childCompacts = "LIANXIN_TORTURE_FILE", "LIANXIN_TORTURE_COUNT", "LIANXIN_TORTURE_COMPACTS"

// TestMain is also the program that is tortured.
func TestMain(m *testing.M) {
	if path := os.Getenv(childPath); path != "" {
		var count int
		_, _ = fmt.Sscan(os.Getenv(childCount), &count)
		if err := child(path, count); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child writes count records, one an update, and says on its output what became of each: "ok", "no" (not
// written) or "unknown", and after that, as soon as the engine answers, what an update finds: "there" or
// "absent".
func child(path string, count int) error {
	runtime.LockOSThread() // strace counts the calls of each thread
	e, err := Open(path, Options{})
	if err != nil {
		return err
	}
	var doubtful []int
	for i := range count {
		if os.Getenv(childCompacts) != "" && i%5 == 4 {
			_, _, _ = e.Compact(context.Background()) // it may fail, and lose nothing
		}
		err := e.Update(context.Background(), put(fmt.Sprintf("%06d", i), record(i)))
		switch {
		case err == nil:
			fmt.Println("ok", i)
		case errors.Is(err, kv.ErrUnknown):
			fmt.Println("unknown", i)
			doubtful = append(doubtful, i)
		default:
			fmt.Println("no", i)
		}
		for len(doubtful) > 0 {
			found := "absent"
			if e.Update(context.Background(), func(tx kv.Tx) error {
				v, err := tx.Get(fmt.Appendf(nil, "%06d", doubtful[0]))
				if v != nil {
					found = "there"
				}
				return err
			}) != nil {
				break // not on firm ground yet
			}
			fmt.Println(found, doubtful[0])
			doubtful = doubtful[1:]
		}
	}
	return e.Close()
}

// record makes some values so large that the file grows.
func record(i int) string { return strings.Repeat(fmt.Sprintf("%06d.", i), 1+i%7*i%7*3000) }

// judge opens the file and holds it against what the child said.
func judge(t *testing.T, path, said string) {
	t.Helper()
	e, err := Open(path, Options{})
	if err != nil {
		t.Fatalf("open afterwards: %v", err)
	}
	defer e.Close()
	sound(t, e)
	fate := map[int]string{}
	for line := range strings.Lines(said) {
		var word string
		var i int
		if n, _ := fmt.Sscan(line, &word, &i); n == 2 {
			fate[i] = word
		}
	}
	for i, word := range fate {
		got := stored(t, e, fmt.Sprintf("%06d", i))
		if got != "-" && got != record(i) {
			t.Errorf("record %d is damaged", i)
		}
		if there := got != "-"; there && (word == "no" || word == "absent") || !there && (word == "ok" || word == "there") {
			t.Errorf("record %d: said %q, is there: %v", i, word, there)
		}
	}
	if err := e.Update(t.Context(), put("last", "1")); err != nil {
		t.Errorf("write afterwards: %v", err)
	}
}

// TestTortureCalls lets one call of the kernel fail, or all from one on, or kills the process there.
func TestTortureCalls(t *testing.T) {
	words := map[string]int{}
	for _, call := range []string{"fdatasync", "pwrite64", "fsync", "ftruncate"} {
		for _, fault := range []string{"error=EIO", "error=ENOSPC", "signal=KILL"} {
			for k := 1; k <= 24; k++ {
				for _, on := range []string{"", "+"} {
					if on == "+" && k%6 != 0 {
						continue
					}
					t.Run(fmt.Sprintf("%s %s %d%s", call, fault, k, on), func(t *testing.T) {
						path := filepath.Join(t.TempDir(), "data.db")
						cmd := exec.Command("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace="+call,
							"-e", fmt.Sprintf("inject=%s:%s:when=%d%s", call, fault, k, on), os.Args[0])
						cmd.Env = append(os.Environ(), childPath+"="+path, childCount+"=14")
						said, _ := cmd.Output() // a killed child, and one that cannot create its file, are no fault
						for word := range strings.FieldsSeq(string(said)) {
							words[word]++
						}
						judge(t, path, string(said))
					})
				}
			}
		}
	}
	for _, word := range []string{"ok", "no", "unknown", "there", "absent"} {
		if words[word] == 0 {
			t.Errorf("no record was ever %q: the faults did not strike", word)
		}
	}
}

// TestTortureCompact does the same to a process that compacts between its writes.
func TestTortureCompact(t *testing.T) {
	for _, call := range []string{"fdatasync", "pwrite64", "fsync", "renameat", "ftruncate", "unlinkat"} {
		for _, fault := range []string{"error=EIO", "error=ENOSPC", "signal=KILL"} {
			for k := 1; k <= 30; k++ {
				if k > 12 && (fault != "signal=KILL" || call == "renameat") {
					break
				}
				t.Run(fmt.Sprintf("%s %s %d", call, fault, k), func(t *testing.T) {
					path := filepath.Join(t.TempDir(), "data.db")
					cmd := exec.Command("strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace="+call,
						"-e", fmt.Sprintf("inject=%s:%s:when=%d", call, fault, k), os.Args[0])
					cmd.Env = append(os.Environ(), childPath+"="+path, childCount+"=14", childCompacts+"=1")
					said, err := cmd.Output() // a killed child, and one that cannot create its file, are no fault
					if err == nil && fault == "signal=KILL" && k == 1 {
						t.Error("the fault did not strike")
					}
					judge(t, path, string(said))
				})
			}
		}
	}
}

// mount gives a file system of 64 MiB.
func mount(t *testing.T, kind string) (at, image string) {
	t.Helper()
	at = t.TempDir()
	if kind == "tmpfs" {
		if err := syscall.Mount("tmpfs", at, "tmpfs", 0, "size=64m"); err != nil {
			t.Fatal(err)
		}
	} else {
		image = filepath.Join(t.TempDir(), "image")
		run(t, "truncate", "-s", "64M", image)
		run(t, "mkfs.ext4", "-q", "-F", "-m", "0", image)
		run(t, "mount", "-o", "loop", image, at)
	}
	t.Cleanup(func() { run(t, "umount", at) })
	return at, image
}

func run(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Errorf("%s %v: %v\n%s", name, args, err, out)
	}
}

func TestTortureFull(t *testing.T) {
	for _, kind := range []string{"tmpfs", "ext4"} {
		t.Run(kind, func(t *testing.T) {
			folder, _ := mount(t, kind)
			ballast := filepath.Join(folder, "ballast")
			if err := os.WriteFile(ballast, make([]byte, 20<<20), 0o600); err != nil {
				t.Fatal(err)
			}
			e := openAt(t, filepath.Join(folder, "data.db"))
			if err := e.Update(t.Context(), put("a", "1")); err != nil {
				t.Fatal(err)
			}
			n := untilFull(t, e)
			if _, err := Open(filepath.Join(folder, "second.db"), Options{}); !errors.Is(err, kv.ErrFull) {
				t.Errorf("a new file on the full disk: %v", err)
			}
			if err := os.Remove(ballast); err != nil {
				t.Fatal(err)
			}
			afterwards(t, e, n)
		})
	}
}

// TestTorturePowerCut drops everything that was not made durable, by shutting the file system down under the
// writer. What was acknowledged outside of it must be there.
func TestTorturePowerCut(t *testing.T) {
	folder, image := mount(t, "ext4")
	for cut := range 20 {
		path := filepath.Join(folder, fmt.Sprintf("data%d.db", cut%2))
		_ = os.Remove(path)
		_ = os.Remove(path + ".lock")
		run(t, "sync", "-f", folder) // else the cut may bring back the old file
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childPath+"="+path, childCount+"=1000000")
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		var said strings.Builder
		var shut sync.WaitGroup
		lines := bufio.NewScanner(out)
		for n := 0; lines.Scan() && strings.HasPrefix(lines.Text(), "ok "); n++ {
			fmt.Fprintln(&said, lines.Text())
			if n == 3+cut {
				shut.Go(func() { run(t, "xfs_io", "-x", "-c", "shutdown", folder) })
			}
		}
		shut.Wait()
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		run(t, "umount", folder)
		run(t, "mount", "-o", "loop", image, folder)
		judge(t, path, said.String())
	}
}
