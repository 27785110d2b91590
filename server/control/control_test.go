package control

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
)

// TestMain makes this binary a server of its own when a test needs one that it
// can kill.
func TestMain(m *testing.M) {
	if path := os.Getenv("CONTROL_TEST_SERVE"); path != "" {
		socket, err := Listen(path)
		if err != nil {
			panic(err)
		}
		err = socket.Serve(context.Background(), func(ctx context.Context, in Invocation) int {
			fmt.Fprintln(in.Out, "working")
			<-ctx.Done()
			return 0
		})
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// serve runs a server until the test ends and checks that it ends cleanly.
func serve(t *testing.T, run Runner) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "control.sock")
	serveAt(t, path, run)
	return path
}

func serveAt(t *testing.T, path string, run Runner) {
	t.Helper()
	s, err := Listen(path)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, run) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the socket is still there: %v", err)
		}
	})
}

func TestCommandRunsInTheServer(t *testing.T) {
	path := serve(t, func(_ context.Context, in Invocation) int {
		fmt.Fprintf(in.Out, "out %q %v", in.Args, in.In == nil)
		fmt.Fprint(in.Err, "err")
		return 7
	})
	var out, errs bytes.Buffer
	code, err := Call(t.Context(), path, []string{"check", "--deep", "示范县"}, nil, &out, &errs)
	if err != nil || code != 7 {
		t.Fatalf("code %d, %v", code, err)
	}
	if out.String() != `out ["check" "--deep" "示范县"] true` || errs.String() != "err" {
		t.Errorf("out %q, err %q", out.String(), errs.String())
	}
}

// Progress has to arrive while the run goes on: each side waits for the other.
func TestOutputArrivesAsItIsWritten(t *testing.T) {
	seen := make(chan struct{})
	path := serve(t, func(_ context.Context, in Invocation) int {
		fmt.Fprint(in.Out, "half")
		<-seen
		return 0
	})
	out := writer(func(p []byte) (int, error) {
		close(seen)
		return len(p), nil
	})
	if code, err := Call(t.Context(), path, nil, nil, out, io.Discard); code != 0 || err != nil {
		t.Errorf("code %d, %v", code, err)
	}
}

type writer func([]byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }

func TestTenMegabytesGoInAndComeBackWhole(t *testing.T) {
	sent := make([]byte, 10<<20+7)
	for i, random := 0, rand.NewChaCha8([32]byte{1}); i < len(sent); i += 8 {
		var word [8]byte
		random.Read(word[:])
		copy(sent[i:], word[:])
	}
	path := serve(t, func(_ context.Context, in Invocation) int {
		if _, err := io.Copy(in.Out, in.In); err != nil {
			fmt.Fprint(in.Err, err)
			return 1
		}
		return 0
	})
	for name, input := range map[string]io.Reader{
		"whole":         bytes.NewReader(sent),
		"halting":       iotest.HalfReader(bytes.NewReader(sent)),
		"end with data": iotest.DataErrReader(bytes.NewReader(sent)),
	} {
		got, errs := sha256.New(), bytes.Buffer{}
		code, err := Call(t.Context(), path, nil, input, got, &errs)
		if code != 0 || err != nil {
			t.Errorf("%s: code %d, %v, %s", name, code, err, errs.String())
		}
		if want := sha256.Sum256(sent); !bytes.Equal(got.Sum(nil), want[:]) {
			t.Errorf("%s: other bytes came back", name)
		}
	}
}

// A command that reads nothing takes nothing: a terminal keeps its line.
func TestInputIsReadOnlyAsFarAsTheRunReads(t *testing.T) {
	path := serve(t, func(_ context.Context, in Invocation) int {
		io.ReadFull(in.In, make([]byte, 10))
		return 0
	})
	input := &counted{Reader: bytes.NewReader(make([]byte, 10<<20))}
	if _, err := Call(t.Context(), path, nil, input, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	if input.n > piece {
		t.Errorf("%d bytes were read for a run that wanted 10", input.n)
	}
}

type counted struct {
	io.Reader
	n int
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += n
	return n, err
}

func TestInputThatBreaksOffIsNoEnd(t *testing.T) {
	var heard error
	path := serve(t, func(_ context.Context, in Invocation) int {
		_, heard = io.ReadAll(in.In)
		return 3
	})
	torn := errors.New("the stick was pulled out")
	input := io.MultiReader(strings.NewReader("half a file"), iotest.ErrReader(torn))
	code, err := Call(t.Context(), path, nil, input, io.Discard, io.Discard)
	if code != 3 || !errors.Is(err, torn) {
		t.Errorf("code %d, %v", code, err)
	}
	if !errors.Is(heard, io.ErrUnexpectedEOF) {
		t.Errorf("the run heard %v", heard)
	}
}

func TestInterruptCancelsTheRunAndHearsItsLastWords(t *testing.T) {
	path := serve(t, func(ctx context.Context, in Invocation) int {
		fmt.Fprint(in.Out, "at it")
		// The terminal gives no input; the cancel must be heard all the same.
		if _, err := in.In.Read(make([]byte, 1)); !errors.Is(err, context.Canceled) {
			fmt.Fprint(in.Err, err)
		}
		<-ctx.Done()
		fmt.Fprint(in.Out, ", stopped")
		return 130
	})
	ctx, interrupt := context.WithCancel(t.Context())
	var got, errs bytes.Buffer
	out := writer(func(p []byte) (int, error) {
		interrupt()
		return got.Write(p)
	})
	terminal, hangUp := io.Pipe()
	defer hangUp.Close()
	code, err := Call(ctx, path, nil, terminal, out, &errs)
	if code != 130 || err != nil || got.String() != "at it, stopped" || errs.Len() > 0 {
		t.Errorf("code %d, %v, %q, %q", code, err, got.String(), errs.String())
	}
	if _, err := Call(ctx, path, nil, nil, out, &errs); !errors.Is(err, context.Canceled) {
		t.Errorf("a call after the interrupt: %v", err)
	}
}

func TestCommandThatDiesCancelsItsRun(t *testing.T) {
	ended := make(chan error, 1)
	path := serve(t, func(ctx context.Context, in Invocation) int {
		<-ctx.Done()
		for err := error(nil); err == nil; {
			_, err = in.Out.Write(make([]byte, piece))
		}
		ended <- ctx.Err()
		return 0
	})
	conn, err := net.Dial("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	if err := (&wire{conn: conn}).write(hello, []byte(`{"args":[]}`)); err != nil {
		t.Fatal(err)
	}
	conn.Close()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// A terminal that closes its output, as head does, ends the run too.
func TestOutputThatNobodyTakesCancelsTheRun(t *testing.T) {
	ended := make(chan struct{})
	path := serve(t, func(ctx context.Context, in Invocation) int {
		defer close(ended)
		for ctx.Err() == nil {
			fmt.Fprintln(in.Out, "more")
		}
		return 0
	})
	full := errors.New("full")
	out := writer(func([]byte) (int, error) { return 0, full })
	if _, err := Call(t.Context(), path, nil, nil, out, io.Discard); !errors.Is(err, full) {
		t.Error(err)
	}
	<-ended
}

func TestServerThatIsKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "control.sock")
	server := exec.Command(os.Args[0])
	server.Env = append(os.Environ(), "CONTROL_TEST_SERVE="+path)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	defer server.Process.Kill()
	out := writer(func(p []byte) (int, error) { return len(p), server.Process.Kill() })
	var err error
	for err = ErrNoServer; errors.Is(err, ErrNoServer); { // until it is up
		_, err = Call(t.Context(), path, nil, nil, out, io.Discard)
	}
	if !errors.Is(err, ErrLost) {
		t.Fatalf("while it was killed: %v", err)
	}
	server.Wait() // its descriptors go one by one
	if _, err := os.Lstat(path); err != nil {
		t.Fatalf("the dead server's socket: %v", err)
	}
	if _, err := Call(t.Context(), path, nil, nil, out, io.Discard); !errors.Is(err, ErrNoServer) {
		t.Errorf("after its death: %v", err)
	}
	serveAt(t, path, func(context.Context, Invocation) int { return 5 })
	if code, err := Call(t.Context(), path, nil, nil, io.Discard, io.Discard); code != 5 || err != nil {
		t.Errorf("its successor: %d, %v", code, err)
	}
}

func TestServerThatStopsLetsItsRunsWindUp(t *testing.T) {
	path := filepath.Join(t.TempDir(), "control.sock")
	ctx, stop := context.WithCancel(t.Context())
	s, err := Listen(path)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		ended <- s.Serve(ctx, func(ctx context.Context, in Invocation) int {
			stop()
			<-ctx.Done()
			fmt.Fprint(in.Out, "kept")
			return 4
		})
	}()
	var out bytes.Buffer
	code, err := Call(t.Context(), path, nil, nil, &out, io.Discard)
	if code != 4 || err != nil || out.String() != "kept" {
		t.Errorf("code %d, %v, %q", code, err, out.String())
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := Call(t.Context(), path, nil, nil, &out, io.Discard); !errors.Is(err, ErrNoServer) {
		t.Errorf("after the end: %v", err)
	}
}

// A terminal that was put to sleep reads nothing; the server stops in spite of it.
func TestServerStopsBesideATerminalThatSleeps(t *testing.T) {
	path := filepath.Join(t.TempDir(), "control.sock")
	ctx, stop := context.WithCancel(t.Context())
	s, err := Listen(path)
	if err != nil {
		t.Fatal(err)
	}
	stuck := make(chan error, 1)
	go func() {
		stuck <- s.Serve(ctx, func(_ context.Context, in Invocation) int {
			stop()
			for err := error(nil); err == nil; {
				_, err = in.Out.Write(make([]byte, piece))
			}
			return 0
		})
	}()
	conn, err := net.Dial("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := (&wire{conn: conn}).write(hello, []byte(`{}`)); err != nil {
		t.Fatal(err)
	}
	if err := <-stuck; err != nil {
		t.Error(err)
	}
}

func TestManyCommandsAtOnce(t *testing.T) {
	const callers = 16
	var together sync.WaitGroup
	together.Add(callers)
	path := serve(t, func(_ context.Context, in Invocation) int {
		together.Done()
		together.Wait() // none ends before all have come
		io.Copy(in.Out, in.In)
		return len(in.Args[0])
	})
	var all sync.WaitGroup
	for i := range callers {
		all.Go(func() {
			want := strings.Repeat("x", i+1)
			var out bytes.Buffer
			code, err := Call(t.Context(), path, []string{want}, strings.NewReader(want), &out, io.Discard)
			if code != i+1 || err != nil || out.String() != want {
				t.Errorf("caller %d: code %d, %v, %q", i, code, err, out.String())
			}
		})
	}
	all.Wait()
}

func TestPanicEndsTheCommandAndNotTheServer(t *testing.T) {
	path := serve(t, func(_ context.Context, in Invocation) int {
		if in.Args[0] == "bad" {
			panic("bad")
		}
		return 0
	})
	if code, err := Call(t.Context(), path, []string{"bad"}, nil, io.Discard, io.Discard); code != Broken || err != nil {
		t.Errorf("code %d, %v", code, err)
	}
	if code, err := Call(t.Context(), path, []string{"good"}, nil, io.Discard, io.Discard); code != 0 || err != nil {
		t.Errorf("code %d, %v", code, err)
	}
}

func TestArgumentsTooLongAreRefused(t *testing.T) {
	path := serve(t, func(context.Context, Invocation) int { return 0 })
	_, err := Call(t.Context(), path, []string{strings.Repeat("x", maxFrame)}, nil, io.Discard, io.Discard)
	if err == nil || errors.Is(err, ErrLost) {
		t.Error(err)
	}
}
