package control

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// ErrLost means that the server went away before the command had ended: what it
// did until then is done, the rest is not.
var ErrLost = errors.New("the server stopped before the command had ended")

// call is what a command says first.
type call struct {
	Args  []string `json:"args"`
	Input bool     `json:"input,omitempty"` // it has something to be read
}

// Call runs a command inside the server that listens at path and returns its
// exit code. What the run writes arrives at once; stdin, which may be nil, is
// read only as far as the run reads it. When ctx ends the run is cancelled, and
// Call waits a while for it to wind up and for its code.
//
// It fails with ErrNoServer when nobody listens and with ErrLost when the
// server dies meanwhile. A read of stdin that is under way when the run ends is
// left behind: stdin must not be used afterwards.
func Call(ctx context.Context, path string, args []string, stdin io.Reader, stdout, stderr io.Writer) (code int, err error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	conn, err := dial(path)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	w := &wire{conn: conn}
	greet, err := json.Marshal(call{Args: args, Input: stdin != nil})
	if err == nil && len(greet) > maxFrame {
		err = fmt.Errorf("%d bytes are more than %d", len(greet), maxFrame)
	}
	if err != nil {
		return 0, fmt.Errorf("arguments: %w", err)
	}
	if err := w.write(hello, greet); err != nil {
		return 0, fmt.Errorf("%w: %w", ErrLost, err)
	}
	stop := context.AfterFunc(ctx, func() {
		conn.SetReadDeadline(soon(windUp))
		w.write(cancel, nil) // if the server is gone the reader notices
	})
	defer stop()

	source := &source{from: stdin, wire: w}
	for {
		k, payload, err := w.read()
		if err != nil {
			if ctx.Err() != nil {
				return 0, ctx.Err()
			}
			return 0, errors.Join(ErrLost, source.trouble())
		}
		switch k {
		case output:
			_, err = stdout.Write(payload)
		case errput:
			_, err = stderr.Write(payload)
		case pull:
			go source.give()
		case exit:
			if len(payload) != 1 {
				return 0, ErrLost
			}
			return int(payload[0]), source.trouble()
		}
		if err != nil {
			return 0, fmt.Errorf("output of a command: %w", err)
		}
	}
}
