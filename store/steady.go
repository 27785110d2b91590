package store

import (
	"io"
	"os"
)

// steadyStep is how many bytes of a long file lie in memory at most.
const steadyStep = 8 << 20

// Steady writes a long file and brings it to the disk on the way. The disk has
// one queue: thousands of megabytes that all come at the end would hold up the
// deeds of everybody else.
func Steady(f *os.File) io.Writer { return &steady{file: f} }

type steady struct {
	file *os.File
	lies int
}

func (s *steady) Write(p []byte) (int, error) {
	n, err := s.file.Write(p)
	if s.lies += n; err == nil && s.lies >= steadyStep {
		s.lies, err = 0, s.file.Sync()
	}
	return n, err
}
