package control

import (
	"errors"
	"fmt"
	"io"
	"sync"
)

// source hands the input of a command over, one piece for each pull.
type source struct {
	from io.Reader
	wire *wire

	giving sync.Mutex
	buffer [piece]byte

	telling sync.Mutex
	broke   error
}

// give reads one piece and sends it. An input that cannot be read is told as
// such, so that the run does not take half a file for a whole one. It runs
// beside the reading of output, because a terminal may keep it waiting for ever.
func (s *source) give() {
	s.giving.Lock()
	defer s.giving.Unlock()
	n, err := 0, error(nil)
	for n == 0 && err == nil {
		n, err = s.from.Read(s.buffer[:])
	}
	if n == 0 && !errors.Is(err, io.EOF) {
		s.telling.Lock()
		s.broke = fmt.Errorf("input of a command: %w", err)
		s.telling.Unlock()
		s.wire.write(failed, nil)
		return
	}
	s.wire.write(input, s.buffer[:n]) // a server that is gone is noticed by who reads
}

// trouble is what went wrong with the input, nil if nothing.
func (s *source) trouble() error {
	s.telling.Lock()
	defer s.telling.Unlock()
	return s.broke
}
