package sheet

import (
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"lianxin/server/board"
	"lianxin/server/office"
)

// How much a workbook may unpack to: altogether, and of one part in memory;
// bigger parts are read from a file of their own in the system's temporary
// folder, which goes away with the sheet.
const (
	maxUnpacked = 1 << 30
	maxPart     = 8 << 20
)

// book is a workbook that is being read row by row.
type book struct {
	file  *excelize.File
	rows  *excelize.Rows
	line  int  // of the row that was read last
	early bool // counts its days from 1904, as some old ones do
}

// openBook takes in a workbook. Its cells are read as they are kept, not as
// they look: a long number keeps its digits.
func openBook(r io.Reader) (*book, error) {
	packed := &watched{from: r}
	file, err := excelize.OpenReader(packed, excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxPart})
	switch {
	case packed.err != nil:
		return nil, packed.err
	case err != nil:
		return nil, invalid("", "sheet.book")
	}
	b := &book{file: file}
	if about, err := file.GetWorkbookProps(); err == nil && about.Date1904 != nil {
		b.early = *about.Date1904
	}
	return b, nil
}

// watched remembers an error of reading: it is not the workbook's.
type watched struct {
	from io.Reader
	err  error
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.from.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		w.err = err
	}
	return n, err
}

// findInBook takes the first sheet that has a header with all required columns.
func (s *Sheet) findInBook() error {
	var best header
	for _, name := range s.book.file.GetSheetList() {
		if err := s.book.turn(name); err != nil {
			continue // a sheet of charts has no rows
		}
		for range above {
			cells, more, err := s.book.next()
			if err != nil || !more {
				break
			}
			h := readHeader(cells, s.asked)
			if len(h.missing()) == 0 {
				s.header = h
				return nil
			}
			if len(h.at) > len(best.at) {
				best = h
			}
		}
	}
	best.asked = s.asked
	return errors.Join(invalid("", "sheet.header", "Columns", strings.Join(best.missing(), " / ")), s.Close())
}

// turn goes to the first row of a sheet.
func (b *book) turn(name string) (err error) {
	if b.rows != nil {
		if err := b.rows.Close(); err != nil {
			return err
		}
	}
	b.line = 0
	b.rows, err = b.file.Rows(name)
	return err
}

// next gives the cells of the next row; those behind the last that is filled
// are not there.
func (b *book) next() (cells []string, more bool, err error) {
	if !b.rows.Next() {
		return nil, false, b.rows.Error()
	}
	b.line++
	cells, err = b.rows.Columns()
	return cells, err == nil, err
}

// bookRows gives the rows of a workbook below the header.
func (s *Sheet) bookRows() iter.Seq2[office.Imported, error] {
	return func(yield func(office.Imported, error) bool) {
		for {
			cells, more, err := s.book.next()
			if err != nil {
				yield(office.Imported{Line: s.book.line}, invalid("", "sheet.book"))
				return
			}
			if !more {
				return
			}
			if strings.TrimSpace(strings.Join(cells, "")) == "" {
				continue
			}
			s.raw = cells
			got := office.Imported{Line: s.book.line}
			if cells, err = s.fit(cells); err == nil {
				s.raw = cells
				got, err = s.imported(cells, s.book.line)
			}
			if !yield(got, err) {
				return
			}
		}
	}
}

// fit makes a row of a workbook as wide as the header.
func (s *Sheet) fit(cells []string) ([]string, error) {
	have, want := len(cells), len(s.header.names)
	for len(cells) < want {
		cells = append(cells, "")
	}
	if strings.TrimSpace(strings.Join(cells[want:], "")) != "" {
		return nil, invalid("", "sheet.cells", "Have", have, "Want", want)
	}
	for i, cell := range cells[:want] {
		if len(cell) > maxRecord {
			return nil, invalid("", "sheet.huge", "Max", maxRecord>>10)
		}
		cells[i] = strings.ReplaceAll(cell, "\r\n", "\n")
	}
	return cells[:want], nil
}

// moment reads a time as a workbook keeps it: days since its first, of Beijing.
func (b *book) moment(text string) (time.Time, bool) {
	days, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return time.Time{}, false
	}
	at, err := excelize.ExcelDateToTime(days, b.early)
	if err != nil || at.Year() < 1990 || at.Year() >= 2100 {
		return time.Time{}, false
	}
	at = at.Round(time.Millisecond)
	return time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), at.Nanosecond(), board.Zone), true
}

func (b *book) close() error {
	var err error
	if b.rows != nil {
		err = b.rows.Close()
	}
	return errors.Join(err, b.file.Close())
}
