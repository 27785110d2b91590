package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// script is how a file writes its characters.
type script int

const (
	unknown script = iota // only ASCII so far
	utf8Script
	gb18030
)

// errTorn marks a row that does not end where it should.
var errTorn = errors.New("broken quotes")

// bom marks a file as UTF-8, as Excel does.
const bom = "\ufeff"

// replaced is U+FFFD as GB18030 writes it: it may stand in a file, but decoding
// also puts U+FFFD for what it cannot read.
const replaced = "\x84\x31\xa4\x37"

// ascii tells bytes that every script reads alike.
func ascii(raw []byte) bool {
	for _, b := range raw {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// decode reads bytes in a script; ok is false when they are none of it.
func (s script) decode(raw string) (text string, ok bool) {
	if s != gb18030 {
		return raw, utf8.ValidString(raw)
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().String(raw)
	return text, err == nil && (!strings.Contains(text, "\ufffd") || strings.Contains(raw, replaced))
}

// all decodes the cells of a row as far as they can be read.
func (s script) all(cells []string) []string {
	texts := make([]string, len(cells))
	for i, cell := range cells {
		texts[i], _ = s.decode(cell)
	}
	return texts
}

// any is what can be read of a row that is broken.
func (s script) any(raw []byte) string {
	text, _ := s.decode(string(raw))
	return strings.TrimRight(strings.ToValidUTF8(text, "\ufffd"), "\r\n")
}

// split takes one row apart; it need not be decoded for that. Blank rows have
// no cells.
func split(raw []byte, separator rune) ([]string, error) {
	r := csv.NewReader(bytes.NewReader(raw))
	r.Comma, r.FieldsPerRecord = separator, -1
	rows, err := r.ReadAll()
	if err != nil || len(rows) > 1 {
		return nil, errTorn
	}
	if len(rows) == 0 || strings.TrimSpace(strings.Join(rows[0], "")) == "" {
		return nil, nil
	}
	return rows[0], nil
}
