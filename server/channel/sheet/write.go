package sheet

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// The forms in which a table leaves.
const (
	CSV  = "csv"  // UTF-8 with a byte order mark, without which Excel takes it for GBK
	XLSX = "xlsx" // one sheet, all of it text
)

// Writer writes a table row by row, in memory that does not grow with it.
type Writer struct {
	row   func(cells []string) error
	close func() error
}

// NewWriter begins a table of a form.
func NewWriter(form string, w io.Writer) (*Writer, error) {
	switch form {
	case CSV:
		return newCSV(w)
	case XLSX:
		return newXLSX(w)
	}
	return nil, fmt.Errorf("%q is no form of a table", form)
}

// Row writes a row. No cell of it is ever a formula, whoever opens it.
func (w *Writer) Row(cells ...string) error {
	safe := make([]string, len(cells))
	for i, c := range cells {
		safe[i] = defused(c)
	}
	return w.row(safe)
}

// Close writes what is still to be written. It does not close what is below.
func (w *Writer) Close() error { return w.close() }

func newCSV(w io.Writer) (*Writer, error) {
	buffered := bufio.NewWriter(w)
	if _, err := buffered.WriteString(bom); err != nil {
		return nil, err
	}
	table := csv.NewWriter(buffered)
	table.UseCRLF = true // RFC 4180
	return &Writer{row: table.Write, close: func() error {
		table.Flush()
		return errors.Join(table.Error(), buffered.Flush())
	}}, nil
}

func newXLSX(w io.Writer) (*Writer, error) {
	book := excelize.NewFile()
	sheet, err := book.NewStreamWriter(book.GetSheetName(0))
	if err != nil {
		return nil, errors.Join(err, book.Close())
	}
	n := 0
	row := func(cells []string) error {
		n++
		at, err := excelize.CoordinatesToCellName(1, n)
		if err != nil {
			return err
		}
		values := make([]any, len(cells))
		for i, c := range cells {
			values[i] = c
		}
		return sheet.SetRow(at, values)
	}
	return &Writer{row: row, close: func() error {
		err := sheet.Flush()
		if err == nil {
			err = book.Write(w)
		}
		return errors.Join(err, book.Close())
	}}, nil
}

// triggers are what a cell begins with that a spreadsheet reckons out; it takes
// the wide ones of an East Asian keyboard for the others.
const triggers = "=+-@\t\r\n＝＋－＠"

// defused makes a cell that would be a formula a text. One that came from us
// and goes back in loses the sign again.
func defused(cell string) string {
	if cell != "" && strings.ContainsRune(triggers, []rune(cell)[0]) {
		return "'" + cell
	}
	return cell
}
