// Package sheet reads the tables that other systems export: 12345 hotlines,
// mailboxes, other boards. It finds out by itself whether it is a CSV file or an
// Excel workbook, how the characters are written (UTF-8 or GB18030), which sign
// stands between the cells, where the header is and what its columns mean, and
// reads row by row, so that a CSV file of any size takes the memory of one row,
// and a workbook that of the packed file.
//
// A row that cannot be taken is reported with its line and the way to mend it,
// and reading goes on behind it. Nothing is left out in silence.
//
// This is the only package that knows the encodings of golang.org/x/text, and
// excelize.
package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"lianxin/server/board"
	"lianxin/server/office"
)

// Sheet is a table that has been opened: its header is known, its rows are
// still to be read.
type Sheet struct {
	lines     *lines
	system    string
	asked     Map
	script    script
	separator rune
	header    header
	book      *book    // of a workbook, nil for CSV
	raw       []string // the row that was given last, as it came
}

// New finds the header of a table. System names where the rows come from
// ("12345"): the same number in two systems is two messages. asked rules over
// the likeness of names. It fails with a fault when this is no such table, and
// says which columns are missing.
func New(r io.Reader, system string, asked Map) (*Sheet, error) {
	s := &Sheet{lines: &lines{from: bufio.NewReaderSize(r, 32<<10)}, system: system, asked: asked}
	if err := s.greet(); err != nil {
		return nil, err
	}
	if s.book != nil {
		return s, s.findInBook()
	}
	return s, s.findHeader()
}

// Read tells how many bytes of the file have been read; of a workbook, how many
// rows.
func (s *Sheet) Read() int64 {
	if s.book != nil {
		return int64(s.book.line)
	}
	return s.lines.read
}

// Close drops what a workbook left on the disk while it was read.
func (s *Sheet) Close() error {
	if s.book == nil {
		return nil
	}
	return s.book.close()
}

// greet looks at the first bytes, by which some files tell what they are.
func (s *Sheet) greet() error {
	start, err := s.lines.from.Peek(80)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	begins := func(mark string) bool { return bytes.HasPrefix(start, []byte(mark)) }
	switch {
	case len(start) == 0:
		return invalid("", "sheet.empty")
	case begins("PK\x03\x04") && bytes.Contains(start, []byte("opendocument")): // it names itself first
		return invalid("", "sheet.ods")
	case begins("PK\x03\x04"):
		s.book, err = openBook(s.lines.from)
		return err
	case begins("\xd0\xcf\x11\xe0"):
		return invalid("", "sheet.excel")
	case begins("\xff\xfe"), begins("\xfe\xff"):
		return invalid("", "sheet.utf16")
	case begins(bom):
		s.script = utf8Script
		n, err := s.lines.from.Discard(len(bom))
		s.lines.read += int64(n)
		return err
	}
	return nil
}

// above is how many lines may stand above the header: titles, dates of export.
const above = 20

// findHeader takes the first row that has all required columns.
func (s *Sheet) findHeader() error {
	var best header
	for range above {
		row, whole, err := s.lines.record()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if whole {
			h, found := s.tryHeader(join(row))
			if found {
				s.header = h
				return nil
			}
			if len(h.at) > len(best.at) {
				best = h
			}
		}
		s.lines.back(row[1:]...) // a stray quote in a title must not hide the header
	}
	best.asked = s.asked
	return invalid("", "sheet.header", "Columns", strings.Join(best.missing(), " / "))
}

// tryHeader reads a row as a header with every separator and script that it may
// have. Its names decide both: taken apart wrongly they are no names.
func (s *Sheet) tryHeader(raw []byte) (best header, found bool) {
	for _, separator := range ",\t;" {
		cells, err := split(raw, separator)
		if err != nil {
			continue
		}
		for _, script := range s.scripts(raw) {
			h := readHeader(script.all(cells), s.asked)
			if len(h.missing()) == 0 {
				s.script, s.separator = script, separator
				return h, true
			}
			if len(h.at) > len(best.at) {
				best = h
			}
		}
	}
	return best, false
}

// scripts are those in which a row can be written, as far as is known.
func (s *Sheet) scripts(raw []byte) []script {
	switch {
	case s.script != unknown:
		return []script{s.script}
	case ascii(raw):
		return []script{unknown}
	}
	return []script{utf8Script, gb18030}
}

// Rows gives the rows below the header, once. Beside a row stands nil, or the
// fault for which it cannot be taken; then only its line is sure. Any other
// error is one of reading, and the last.
//
// A row with broken quotes may take others with it. Where the next sound row
// begins is found out by trying each line; what lies between belongs to the
// broken row, which is told when its end is known.
func (s *Sheet) Rows() iter.Seq2[office.Imported, error] {
	if s.book != nil {
		return s.bookRows()
	}
	return func(yield func(office.Imported, error) bool) {
		var torn wreck
		for {
			row, whole, err := s.lines.record()
			if err != nil {
				if s.tell(&torn, yield) && !errors.Is(err, io.EOF) {
					yield(office.Imported{}, err)
				}
				return
			}
			cells, err := s.cells(row, whole)
			if err == nil && len(cells) == 0 {
				continue
			}
			if errors.Is(err, errTorn) || err != nil && torn.from > 0 {
				s.lines.back(row[1:]...)
				torn.add(row[0])
				continue
			}
			if !s.tell(&torn, yield) {
				return
			}
			got := office.Imported{Line: row[0].no}
			if s.raw = cells; err == nil {
				got, err = s.imported(cells, got.Line)
			} else {
				s.raw = []string{s.script.any(join(row))}
			}
			if !yield(got, err) {
				return
			}
		}
	}
}

// wreck is a row that does not end where it should: its first line, the last
// that is lost with it, and as much of them as a report can hold. None has from 0.
type wreck struct {
	from, to int
	raw      []byte
}

func (w *wreck) add(l line) {
	if w.from == 0 {
		w.from = l.no
	}
	if w.to = l.no; len(w.raw)+len(l.raw) <= maxRecord {
		w.raw = append(w.raw, l.raw...)
	}
}

// tell yields the wreck, if there is one, and forgets it.
func (s *Sheet) tell(w *wreck, yield func(office.Imported, error) bool) bool {
	if w.from == 0 {
		return true
	}
	at, fault := w.from, invalid("", "sheet.torn", "To", w.to)
	s.raw = []string{s.script.any(w.raw)}
	*w = wreck{}
	return yield(office.Imported{Line: at}, fault)
}

// cells takes a row apart and checks that it is as wide as the header. Empty
// cells beyond the header are dropped: spreadsheets leave them behind.
func (s *Sheet) cells(row []line, whole bool) ([]string, error) {
	if row[0].huge {
		return nil, invalid("", "sheet.huge", "Max", maxRecord>>10)
	}
	if !whole {
		return nil, errTorn
	}
	raw := join(row)
	cells, err := split(raw, s.separator)
	if err != nil || len(cells) == 0 {
		return nil, err
	}
	have, want := len(cells), len(s.header.names)
	for len(cells) > want && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	switch {
	case len(cells) != want && len(row) > 1:
		return nil, errTorn // lines may have been joined that do not belong together
	case len(cells) != want:
		return nil, invalid("", "sheet.cells", "Have", have, "Want", want)
	}
	if s.script == unknown && !ascii(raw) {
		s.script = gb18030
		if utf8.Valid(raw) {
			s.script = utf8Script
		}
	}
	for i, cell := range cells {
		text, ok := s.script.decode(cell)
		if !ok {
			return nil, invalid("", "sheet.bytes", "Column", s.header.names[i])
		}
		cells[i] = text
	}
	return cells, nil
}

func join(row []line) []byte {
	var raw []byte
	for _, l := range row {
		raw = append(raw, l.raw...)
	}
	return raw
}

func invalid(field, id string, args ...any) board.Fault {
	return board.Fault{Kind: board.Invalid, ID: id, Field: field, Args: args}
}
