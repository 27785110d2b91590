package control

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestSocketIsForItsOwnerOnly(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0)) // the most careless machine
	path := serve(t, func(context.Context, Invocation) int { return 0 })
	file, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := file.Mode(); got != os.ModeSocket|0o600 {
		t.Errorf("mode %v", got)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Errorf("left beside the socket: %v, %v", entries, err)
	}
}

func TestNobodyListens(t *testing.T) {
	dir := t.TempDir()
	stale := filepath.Join(dir, "stale")
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: stale, Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	listener.SetUnlinkOnClose(false)
	listener.Close()
	for _, path := range []string{filepath.Join(dir, "none"), filepath.Join(dir, "no", "folder"), stale} {
		if _, err := Call(t.Context(), path, nil, nil, io.Discard, io.Discard); !errors.Is(err, ErrNoServer) {
			t.Errorf("%s: %v", filepath.Base(path), err)
		}
	}
}

func TestSecondServerIsRefused(t *testing.T) {
	path := serve(t, func(context.Context, Invocation) int { return 9 })
	if _, err := Listen(path); !errors.Is(err, ErrTaken) {
		t.Errorf("the second: %v", err)
	}
	if code, err := Call(t.Context(), path, nil, nil, io.Discard, io.Discard); code != 9 || err != nil {
		t.Errorf("the first: %d, %v", code, err)
	}
}

func TestFileOfAnotherKindIsNotReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "control.sock")
	if err := os.WriteFile(path, []byte("words"), 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := Listen(path); err == nil {
		s.Close()
		t.Error("a file was taken for a socket")
	}
	if got, err := os.ReadFile(path); string(got) != "words" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestCloseLeavesASuccessorsSocket(t *testing.T) {
	path := filepath.Join(t.TempDir(), "control.sock")
	first, err := Listen(path)
	if err != nil {
		t.Fatal(err)
	}
	os.Remove(path) // as somebody's clean-up might
	serveAt(t, path, func(context.Context, Invocation) int { return 2 })
	if err := first.Close(); err != nil {
		t.Error(err)
	}
	if code, err := Call(t.Context(), path, nil, nil, io.Discard, io.Discard); code != 2 || err != nil {
		t.Errorf("the successor: %d, %v", code, err)
	}
}

func TestPathLongerThanASocketTakes(t *testing.T) {
	temporary := t.TempDir()
	dir := filepath.Join(t.TempDir(), strings.Repeat("县", 30), strings.Repeat("d", 120))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", temporary)
	path := filepath.Join(dir, "control.sock")
	if _, err := Call(t.Context(), path, nil, nil, io.Discard, io.Discard); !errors.Is(err, ErrNoServer) {
		t.Errorf("before: %v", err)
	}
	serveAt(t, path, func(context.Context, Invocation) int { return 6 })
	if code, err := Call(t.Context(), path, nil, nil, io.Discard, io.Discard); code != 6 || err != nil {
		t.Errorf("code %d, %v", code, err)
	}
	if left, err := os.ReadDir(temporary); len(left) > 0 || err != nil {
		t.Errorf("left behind: %v, %v", left, err)
	}

	t.Setenv("TMPDIR", filepath.Join(temporary, "none"))
	_, err := Call(t.Context(), path, nil, nil, io.Discard, io.Discard)
	if err == nil || errors.Is(err, ErrNoServer) || !strings.Contains(err.Error(), "longer than") {
		t.Errorf("with no way round: %v", err)
	}
}

func FuzzServerHearsAnything(f *testing.F) {
	f.Add([]byte("a\x00\x00\x00\x02{}"))
	f.Add([]byte("a\x00\x00\x00\x0e{\"input\":true}i\x00\x00\x00\x01yi\x00\x00\x00\x00c\x00\x00\x00\x00"))
	f.Add([]byte("a\x00\x00\x00\x0e{\"input\":true}f\x00\x00\x00\x00f\x00\x00\x00\x00"))
	f.Add([]byte("x\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, said []byte) {
		here, there := net.Pipe()
		go func() {
			there.Write(said)
			there.Close()
		}()
		go io.Copy(io.Discard, there)
		attend(t.Context(), &wire{conn: here}, func(_ context.Context, in Invocation) int {
			if in.In != nil {
				io.Copy(in.Out, in.In)
			}
			return 0
		})
		if _, err := here.Write(nil); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("the connection is still open: %v", err)
		}
	})
}
