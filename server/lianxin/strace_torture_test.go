//go:build torture

package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A fault is what strace does to one call of the kernel: it kills the process
// there, or lets the call fail. strace counts the calls of each thread by
// itself; with one processor Go has few that write, and a sweep goes on until
// the fault strikes no more, so every call of every one of them is met.
type fault struct {
	call string // such as fdatasync
	does string // such as signal=KILL or error=EIO
	at   int    // the first is 1
}

const (
	kill = "signal=KILL"
	eio  = "error=EIO"
	full = "error=ENOSPC"
)

// most is how many faults of a kind a sweep lets strike at one kind of call.
const most = 150

func (f fault) String() string { return fmt.Sprintf("%s %s %d", f.call, f.does, f.at) }

// flags are what strace is told; what it did is in the file log.
func (f fault) flags(log string) []string {
	return []string{"-f", "-qq", "-o", log, "-e", "trace=" + f.call, "-e", fmt.Sprintf("inject=%s:%s:when=%d", f.call, f.does, f.at)}
}

// under lets a command run with the fault. strace is the command's grandchild,
// so its process is the command itself.
func (f fault) under(cmd *exec.Cmd, log string) *exec.Cmd {
	cmd.Args = slices.Concat([]string{"strace", "-D"}, f.flags(log), cmd.Args)
	cmd.Path, cmd.Err = exec.LookPath("strace")
	cmd.Env = append(cmd.Env, "GOMAXPROCS=1")
	return cmd
}

// struck tells whether the fault met a command that has ended.
func (f fault) struck(cmd *exec.Cmd, log string) bool {
	if f.does == kill {
		status, known := cmd.ProcessState.Sys().(syscall.WaitStatus)
		return known && status.Signaled() && status.Signal() == syscall.SIGKILL
	}
	return injected(log)
}

func injected(log string) bool {
	said, _ := os.ReadFile(log)
	return strings.Contains(string(said), "(INJECTED)")
}

// onto lets the fault meet a server that runs already. When the server has ended,
// failed tells whether a call was made to fail.
func (f fault) onto(t *testing.T, r *running) (failed func() bool) {
	t.Helper()
	log := filepath.Join(t.TempDir(), "strace")
	flags := slices.DeleteFunc(f.flags(log), func(flag string) bool { return flag == "-qq" })
	cmd := exec.Command("strace", append(flags, "-p", strconv.Itoa(r.cmd.Process.Pid))...)
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(said)
	if !lines.Scan() || !strings.Contains(lines.Text(), "attached") {
		t.Fatalf("strace says %q", lines.Text())
	}
	return func() bool {
		for lines.Scan() {
		}
		_ = cmd.Wait()
		return injected(log)
	}
}

// run runs a command to its end with the fault.
func (f fault) run(t *testing.T, args ...string) (said string, struck bool) {
	t.Helper()
	log := filepath.Join(t.TempDir(), "strace")
	cmd := f.under(command(t.Context(), args...), log)
	out, _ := cmd.CombinedOutput() // how it ends is the fault's affair
	if cmd.ProcessState == nil {
		t.Fatal("strace is wanted, which takes root: make torture")
	}
	return string(out), f.struck(cmd, log)
}

// The calls by which this program changes what is on a disk.
var calls = []string{"write", "pwrite64", "copy_file_range", "fdatasync", "fsync", "ftruncate", "openat", "mkdirat", "linkat", "renameat", "unlinkat"}

// sweep lets faults of a kind strike, call by call, at the first, the second and
// so on until two in a row meet nothing; try tells whether its fault struck. The
// last line says how many did: fewer than least prove nothing.
func sweep(t *testing.T, does string, calls []string, least int, try func(*testing.T, fault) (struck bool)) {
	t.Helper()
	began, all, counts := time.Now(), 0, ""
	for _, call := range calls {
		struck := 0
		for at, missed := 1, 0; missed < 2 && at <= most && !t.Failed(); at++ {
			f := fault{call, does, at}
			t.Run(f.String(), func(t *testing.T) {
				if try(t, f) {
					struck, missed = struck+1, 0
				} else {
					missed++
				}
			})
		}
		if struck > 0 {
			all, counts = all+struck, counts+fmt.Sprintf(" %s %d", call, struck)
		}
	}
	t.Logf("%s struck %d times in %.0f s:%s", does, all, time.Since(began).Seconds(), counts)
	if all < least {
		t.Errorf("%s struck %d times, want %d at least", does, all, least)
	}
}
