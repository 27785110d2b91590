package sheet

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

// imported reads the cells of one row. The first fault counts.
func (s *Sheet) imported(cells []string, line int) (office.Imported, error) {
	row := office.Imported{Line: line, Title: s.cell(cells, title), Body: s.cell(cells, body), Unit: s.cell(cells, unit)}
	var err error
	if row.Source, err = s.source(cells); err != nil {
		return row, err
	}
	word := s.cell(cells, kind)
	known, ok := words.kinds[plain(word)]
	if !ok {
		return row, invalid(string(kind), "sheet.kind", "Column", s.name(kind), "Value", brief(word), "Kinds", kindNames())
	}
	row.Kind = known.meaning
	if row.Body == "" {
		row.Body = row.Title // some put everything into the title
	}
	if row.Body == "" {
		return row, invalid(string(body), "sheet.body")
	}
	if when := s.cell(cells, filed); when != "" {
		if row.Filed, ok = moment(when); !ok {
			return row, invalid(string(filed), "sheet.time", "Column", s.name(filed), "Value", brief(when))
		}
	}
	return row, nil
}

// rounded is what a spreadsheet makes of a long number: many become one, and
// messages would be taken for each other.
var rounded = regexp.MustCompile(`^\d(\.\d+)?[eE]\+\d+$`)

// source is the row's number in the other system, with the system's name.
func (s *Sheet) source(cells []string) (string, error) {
	number := strings.TrimPrefix(s.cell(cells, source), "'")
	switch {
	case number == "":
		return "", invalid(string(source), "sheet.number.missing", "Column", s.name(source))
	case rounded.MatchString(number):
		return "", invalid(string(source), "sheet.number.rounded", "Column", s.name(source), "Value", number)
	case s.system == "":
		return number, nil
	}
	return s.system + ":" + number, nil
}

// cell is the text of a column, "" where the file has none of it.
func (s *Sheet) cell(cells []string, c column) string {
	if i, have := s.header.at[c]; have {
		return strings.TrimSpace(cells[i])
	}
	return ""
}

// name is what the file calls a column.
func (s *Sheet) name(c column) string { return strings.TrimSpace(s.header.names[s.header.at[c]]) }

// brief is a cell cut down to what a report can show.
func brief(text string) string {
	const most = 20
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return text
}

// written is a date and perhaps a time, as exports write them: 2025-03-03
// 15:49:18.789, 2025/3/3 15:49, 2025.3.3, 2025年3月3日 15时49分.
var written = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?` +
	`(?:[T\s]*(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2})(?:[.,](\d{1,9}))?秒?)?分?)?$`)

// packed is the same in digits only: 20250303, 20250303154918.
var packed = regexp.MustCompile(`^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?$`)

// moment reads a time, of Beijing unless it names another zone. Years in which
// no such system was used, and days that no calendar has, are mistypings.
func moment(text string) (time.Time, bool) {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		part := written.FindStringSubmatch(text)
		if part == nil {
			part = packed.FindStringSubmatch(text)
		}
		if part == nil {
			return time.Time{}, false
		}
		var n [7]int
		for i, digits := range part[1:] {
			if i == 6 {
				digits = (digits + "000000000")[:9]
			}
			n[i], _ = strconv.Atoi(digits) // digits or nothing: the pattern says so
		}
		at = time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], n[6], board.Zone)
		if at.Month() != time.Month(n[1]) || at.Day() != n[2] || n[4] > 59 || n[5] > 59 {
			return time.Time{}, false
		}
	}
	return at, at.Year() >= 1990 && at.Year() < 2100
}
