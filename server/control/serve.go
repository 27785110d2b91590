package control

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"sync"
	"syscall"
	"time"
)

// Invocation is one command that runs in the server on behalf of somebody at a
// terminal.
type Invocation struct {
	Args []string  // without the program's name
	In   io.Reader // what the command was fed; nil when it has no input
	Out  io.Writer
	Err  io.Writer
}

// Runner runs a command and returns its exit code, 0 to 255. Its context ends
// when the command is interrupted or dies and when the server stops; the runner
// then winds up, and may still write. Out and Err wait for the terminal to
// read, so a runner never writes within a transaction.
type Runner func(ctx context.Context, in Invocation) int

// Broken is the exit code of a run that panicked (EX_SOFTWARE of sysexits.h).
const Broken = 70

// Times for peers that have gone quiet. Socket deadlines, not rules.
const (
	greeting = 5 * time.Second  // from knocking to saying hello
	farewell = 2 * time.Second  // for a terminal to take each thing a cancelled run still writes
	windUp   = 15 * time.Second // for a cancelled run to end, as the command waits
)

// Serve runs the commands that call, each on its own, until ctx ends; then it
// closes the socket, cancels the runs and waits for them. It returns nil when
// ctx ended it.
func (s *Socket) Serve(ctx context.Context, run Runner) error {
	ctx, end := context.WithCancel(ctx)
	defer s.Close()
	stop := context.AfterFunc(ctx, func() { s.Close() })
	defer stop()
	var runs sync.WaitGroup
	defer runs.Wait()
	defer end()
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			if tired(err) {
				time.Sleep(100 * time.Millisecond)
				continue
			}
			return fmt.Errorf("control socket %s: %w", s.path, err)
		}
		runs.Go(func() { attend(ctx, &wire{conn: conn}, run) })
	}
}

// tired tells an accept that failed for now, for want of descriptors or memory,
// from one that will fail for ever.
func tired(err error) bool {
	for _, passing := range []error{syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.ENOMEM, syscall.ECONNABORTED} {
		if errors.Is(err, passing) {
			return true
		}
	}
	return false
}

// attend serves one command from its hello to its exit code.
func attend(ctx context.Context, w *wire, run Runner) {
	defer w.conn.Close()
	w.conn.SetReadDeadline(soon(greeting))
	k, payload, err := w.read()
	var called call
	if err != nil || k != hello || json.Unmarshal(payload, &called) != nil {
		return // a knock without a command: another server that asks whether we live
	}
	w.conn.SetReadDeadline(time.Time{})

	ctx, end := context.WithCancel(ctx)
	defer end()
	stop := context.AfterFunc(ctx, w.hasten)
	defer stop()
	fed := &feed{ctx: ctx, wire: w, pieces: make(chan []byte, 1), broken: make(chan struct{})}
	go fed.listen(end)

	in := Invocation{Args: called.Args, Out: stream{w, output}, Err: stream{w, errput}}
	if called.Input {
		in.In = fed
	}
	code := guarded(ctx, run, in)
	w.write(exit, []byte{byte(code)}) // the command may be gone; there is nobody left to tell
}

// guarded runs a command so that its panic ends the command and not the server.
func guarded(ctx context.Context, run Runner, in Invocation) (code int) {
	defer func() {
		if p := recover(); p != nil {
			slog.Error("control: a command panicked", "panic", p, "stack", string(debug.Stack()))
			code = Broken
		}
	}()
	return run(ctx, in)
}

// feed is the input of a run. It asks for a piece when it has none left.
type feed struct {
	ctx    context.Context
	wire   *wire
	pieces chan []byte   // at most the one asked for; an empty one is the end
	broken chan struct{} // closed when the command cannot read its input
	rest   []byte
	end    error
}

func (f *feed) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if len(f.rest) == 0 && f.end == nil {
		f.rest, f.end = f.next()
	}
	n := copy(p, f.rest)
	f.rest = f.rest[n:]
	if n == 0 {
		return 0, f.end
	}
	return n, nil
}

// next pulls a piece. Input that broke off is never taken for input that ended.
func (f *feed) next() ([]byte, error) {
	if err := f.wire.write(pull, nil); err != nil {
		return nil, fmt.Errorf("input of a command: %w", err)
	}
	select {
	case got := <-f.pieces:
		if len(got) == 0 {
			return nil, io.EOF
		}
		return got, nil
	case <-f.broken:
		return nil, fmt.Errorf("input of a command: %w", io.ErrUnexpectedEOF)
	case <-f.ctx.Done():
		return nil, fmt.Errorf("input of a command: %w", f.ctx.Err())
	}
}

// listen hears what the command sends until it is done or gone, and then ends
// the run.
func (f *feed) listen(end func()) {
	defer end()
	breaks := sync.OnceFunc(func() { close(f.broken) })
	for {
		k, payload, err := f.wire.read()
		if err != nil {
			return
		}
		switch k {
		case input:
			select {
			case f.pieces <- payload:
			default:
				return // a piece that nobody asked for: not one of our commands
			}
		case failed:
			breaks()
		case cancel:
			end()
		}
	}
}
