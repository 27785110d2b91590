package control

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// kind says what a frame carries.
type kind byte

const (
	// from the command
	hello  kind = 'a' // the arguments, as JSON
	input  kind = 'i' // a piece of input; an empty one is its end
	failed kind = 'f' // the input cannot be read to its end
	cancel kind = 'c' // wind up, please
	// from the server
	output kind = 'o' // what the run wrote to Out
	errput kind = 'e' // what the run wrote to Err
	pull   kind = 'r' // the run wants a piece of input
	exit   kind = 'x' // one byte: the code; nothing follows
)

const (
	piece    = 32 << 10 // the most bytes of input or output in one frame
	maxFrame = 1 << 20  // the most bytes of any frame: hello holds all arguments
)

// wire is a connection that speaks frames. Any number may write at once, one
// may read.
type wire struct {
	conn    net.Conn
	hurry   atomic.Bool // a write waits no longer than farewell
	writing sync.Mutex
	broken  error // a frame stuck half-way; what came after it would be misread
}

// hasten lets no write wait long any more, the one under way included.
func (w *wire) hasten() {
	w.hurry.Store(true)
	w.conn.SetWriteDeadline(soon(farewell))
}

func (w *wire) write(k kind, payload []byte) error {
	if len(payload) > maxFrame {
		return fmt.Errorf("frame %q: %d bytes are more than %d", k, len(payload), maxFrame)
	}
	frame := make([]byte, 5, 5+len(payload))
	frame[0] = byte(k)
	binary.BigEndian.PutUint32(frame[1:], uint32(len(payload)))
	w.writing.Lock()
	defer w.writing.Unlock()
	if w.broken != nil {
		return w.broken
	}
	if w.hurry.Load() {
		w.conn.SetWriteDeadline(soon(farewell))
	}
	_, w.broken = w.conn.Write(append(frame, payload...))
	return w.broken
}

// read gives the next frame. The end of the connection is io.EOF between
// frames and io.ErrUnexpectedEOF within one.
func (w *wire) read() (kind, []byte, error) {
	var head [5]byte
	if _, err := io.ReadFull(w.conn, head[:]); err != nil {
		return 0, nil, err
	}
	n := binary.BigEndian.Uint32(head[1:])
	if n > maxFrame {
		return 0, nil, fmt.Errorf("frame %q: %d bytes are more than %d", head[0], n, maxFrame)
	}
	payload := make([]byte, n)
	if _, err := io.ReadFull(w.conn, payload); err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return 0, nil, err
	}
	return kind(head[0]), payload, nil
}

// stream is an io.Writer whose every write leaves at once as frames of one
// kind. A reader that is slow makes the writer wait; nothing is kept in memory.
type stream struct {
	wire *wire
	kind kind
}

func (s stream) Write(p []byte) (n int, err error) {
	for len(p) > 0 {
		part := p[:min(len(p), piece)]
		if err := s.wire.write(s.kind, part); err != nil {
			return n, err
		}
		n, p = n+len(part), p[len(part):]
	}
	return n, nil
}

// soon is the wall-clock moment by which a peer that is going away must have
// answered. Sockets know no other clock.
func soon(d time.Duration) time.Time { return time.Now().Add(d) }
