package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// The tests of this package run the binary as people do.

var (
	workshop string // a folder for all tests together
	binary   string
)

func TestMain(m *testing.M) {
	os.Exit(func() int {
		var err error
		if workshop, err = os.MkdirTemp("", "lianxin-test-"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(workshop)
		binary = filepath.Join(workshop, "lianxin")
		if err := build(binary); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return m.Run()
	}())
}

// build builds the program.
func build(to string, flags ...string) error {
	cmd := exec.Command("go", append(append([]string{"build"}, flags...), "-o", to, ".")...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s%w", out, err)
	}
	return nil
}

// patience bounds what may take long on a busy machine; it is no measure.
const patience = time.Minute

func command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LANG=C"}
	return cmd
}

// typed runs a command to its end and gives all it said.
func typed(t *testing.T, args ...string) (said string, code int) {
	t.Helper()
	return typedWithin(t, patience, args...)
}

func typedWithin(t *testing.T, most time.Duration, args ...string) (said string, code int) {
	t.Helper()
	ctx, end := context.WithTimeout(t.Context(), most)
	defer end()
	out, err := command(ctx, args...).CombinedOutput()
	var ended *exec.ExitError
	if ctx.Err() != nil {
		t.Fatalf("%q did not end within %s; it said\n%s", args, most, out)
	}
	if err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	if ended != nil {
		code = ended.ExitCode()
	}
	return string(out), code
}

// well runs a command that must succeed.
func well(t *testing.T, args ...string) string {
	t.Helper()
	said, code := typed(t, args...)
	if code != fine {
		t.Fatalf("%q ended with %d:\n%s", args, code, said)
	}
	return said
}

// badly runs a command that must be refused, and wants these words in why.
func badly(t *testing.T, why string, args ...string) {
	t.Helper()
	said, code := typed(t, args...)
	if code != refused || !strings.Contains(said, why) {
		t.Errorf("%q ended with %d, want %d; it should say %q and says\n%s", args, code, refused, why, said)
	}
}

// county is a place for a county's folders.
type county struct{ data, keys string }

func place(t *testing.T) county {
	dir := t.TempDir()
	return county{filepath.Join(dir, "data"), filepath.Join(dir, "keys")}
}

// with gives a command the county's folders.
func (c county) with(args ...string) []string {
	return append(args, "--data", c.data, "--keys", c.keys)
}

// running is a server.
type running struct {
	county
	t     *testing.T
	cmd   *exec.Cmd
	url   string
	ended chan struct{}
	mu    sync.Mutex
	said  bytes.Buffer
}

var address = regexp.MustCompile(`https?://[^/\s]+:\d+`)

// telling is a line of the log with what no log may keep: a mobile phone, an
// identity card, a one-time code as it is texted, the secret of a cookie.
var telling = regexp.MustCompile(`(?m)^time=.*(\b1[3-9]\d{9}\b|\b\d{17}[\dX]\b|\b\d\d \d\d \d\d\b|[ =][\w-]{43}).*`)

// start runs "serve" or "demo" on a free port and waits for its address.
func start(t *testing.T, c county, args ...string) *running {
	t.Helper()
	r := launch(t, c, serving(c, args...))
	if r.url == "" {
		t.Fatalf("%q ended:\n%s", args, r.words())
	}
	return r
}

// serving is the command of a server on a free port.
func serving(c county, args ...string) *exec.Cmd {
	return command(context.Background(), append(c.with(args...), "--addr", "127.0.0.1:0")...)
}

// launch starts a server and waits for its address, or for its end; then it has
// none.
func launch(t *testing.T, c county, cmd *exec.Cmd) *running {
	t.Helper()
	r := &running{county: c, t: t, cmd: cmd, ended: make(chan struct{})}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = lockedWriter{r}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	found := make(chan string, 1)
	go r.listen(out, found)
	t.Cleanup(func() {
		r.kill()
		if told := telling.FindString(r.words()); told != "" {
			t.Errorf("the log tells %q:\n%s", told, r.words())
		}
	})
	select {
	case r.url = <-found:
	case <-r.ended:
	case <-time.After(patience):
		t.Fatalf("%q gave no address:\n%s", cmd.Args, r.words())
	}
	return r
}

func (r *running) listen(out io.Reader, found chan<- string) {
	for lines := bufio.NewScanner(out); lines.Scan(); {
		fmt.Fprintln(lockedWriter{r}, lines.Text())
		if url := address.FindString(lines.Text()); url != "" && len(found) == 0 {
			found <- url
		}
	}
	_ = r.cmd.Wait()
	close(r.ended)
}

// words are all that it said so far.
func (r *running) words() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.said.String()
}

// says waits for words that come after the address.
func (r *running) says(want string) {
	r.t.Helper()
	until(r.t, "the server says "+want, func() bool { return strings.Contains(r.words(), want) })
}

type lockedWriter struct{ r *running }

func (w lockedWriter) Write(p []byte) (int, error) {
	w.r.mu.Lock()
	defer w.r.mu.Unlock()
	return w.r.said.Write(p)
}

// stop ends the server as an operator does; it must end well.
func (r *running) stop() {
	r.t.Helper()
	_ = r.cmd.Process.Signal(syscall.SIGTERM)
	r.gone()
}

// gone waits until a server that was told to stop has ended well.
func (r *running) gone() {
	r.t.Helper()
	select {
	case <-r.ended:
	case <-time.After(patience):
		r.t.Fatalf("the server did not stop:\n%s", r.words())
	}
	if code := r.cmd.ProcessState.ExitCode(); code != fine {
		r.t.Errorf("the server ended with %d:\n%s", code, r.words())
	}
}

// kill ends the server as a power cut does.
func (r *running) kill() {
	_ = r.cmd.Process.Kill()
	<-r.ended
}

// until waits for something that another process does in its own time.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for end := time.After(patience); !done(); {
		select {
		case <-look.C:
		case <-end:
			t.Fatalf("it did not happen: %s", what)
		}
	}
}
