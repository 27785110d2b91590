package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
)

// maxRecord is the most bytes of one row. The longest real message is a
// hundredth of it; more is a quote that was never closed.
const maxRecord = 256 << 10

// line is one line of the file as it is there, its end included.
type line struct {
	no   int // from 1
	raw  []byte
	huge bool // longer than a row may be: it was passed over
}

// lines reads a file line by line and can take lines back.
//
// It works on undecoded bytes: those of line ends and quotes occur in no
// character of UTF-8 or GB18030 but themselves.
type lines struct {
	from  *bufio.Reader
	read  int64 // bytes
	no    int
	again []line // taken back, the next one last
}

// next gives the next line, io.EOF after the last.
func (l *lines) next() (line, error) {
	if n := len(l.again); n > 0 {
		taken := l.again[n-1]
		l.again = l.again[:n-1]
		return taken, nil
	}
	l.no++
	got := line{no: l.no}
	for {
		part, err := l.from.ReadSlice('\n')
		l.read += int64(len(part))
		if got.huge = got.huge || len(got.raw)+len(part) > maxRecord; got.huge {
			got.raw = nil
		} else {
			got.raw = append(got.raw, part...)
		}
		switch {
		case err == nil, errors.Is(err, io.EOF) && (len(got.raw) > 0 || got.huge):
			return got, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return line{}, err
		}
	}
}

// back takes lines back, to be given again in their order.
func (l *lines) back(some ...line) {
	slices.Reverse(some)
	l.again = append(l.again, some...)
}

// record gives the lines of one row: lines are joined until the quotes are
// even. A row whose quotes are still open at the end of the file or at maxRecord
// is its first line only, and is not whole.
func (l *lines) record() (row []line, whole bool, err error) {
	open, size := false, 0
	for {
		next, err := l.next()
		if err != nil && (len(row) == 0 || !errors.Is(err, io.EOF)) {
			return nil, false, err
		}
		if err != nil || next.huge || size+len(next.raw) > maxRecord {
			if len(row) == 0 {
				return []line{next}, false, nil
			}
			if err == nil {
				l.back(next)
			}
			l.back(row[1:]...)
			return row[:1], false, nil
		}
		row, size = append(row, next), size+len(next.raw)
		if bytes.Count(next.raw, []byte{'"'})%2 == 1 {
			open = !open
		}
		if !open {
			return row, true, nil
		}
	}
}
