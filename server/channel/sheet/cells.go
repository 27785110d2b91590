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
	row := office.Imported{Line: line, Title: s.cell(cells, title), Body: s.cell(cells, body),
		There: board.There{Unit: s.cell(cells, unit), Place: s.cell(cells, place), Reply: s.cell(cells, reply)}}
	var err error
	if row.Source, err = s.source(cells); err != nil {
		return row, err
	}
	word := s.cell(cells, kind)
	row.Kind = board.Kind(words.means("kind", word))
	if row.Kind == "" {
		return row, invalid(string(kind), "sheet.kind", "Column", s.name(kind), "Value", brief(word), "Kinds", kindNames())
	}
	if row.Body == "" {
		row.Body = row.Title // some put everything into the title
	}
	if row.Body == "" {
		return row, invalid(string(body), "sheet.body")
	}
	if row.Filed, err = s.time(cells, filed); err != nil {
		return row, err
	}
	if row.There.Done, err = s.time(cells, done); err != nil {
		return row, err
	}
	row.There.Ended = s.ended(cells, row.There.Done)
	if row.There.Due, err = s.time(cells, due); err != nil {
		return row, err
	}
	if midnight(row.There.Due) { // a day alone is promised whole
		row.There.Due = row.There.Due.AddDate(0, 0, 1).Add(-time.Second)
	}
	row.There.Shown, err = s.yes(cells, shown)
	return row, err
}

// time reads a column that says when, the zero time when it says nothing.
func (s *Sheet) time(cells []string, c column) (time.Time, error) {
	text := s.cell(cells, c)
	if text == "" {
		return time.Time{}, nil
	}
	at, ok := moment(text)
	if !ok && s.book != nil {
		at, ok = s.book.moment(text)
	}
	if !ok {
		return at, invalid(string(c), "sheet.time", "Column", s.name(c), "Value", brief(text))
	}
	return at, nil
}

func midnight(at time.Time) bool {
	at = at.In(board.Zone)
	return !at.IsZero() && at.Equal(time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, board.Zone))
}

// ended tells whether a case was finished: by its state, and where the table has
// none that is known, by the day on which it was done.
func (s *Sheet) ended(cells []string, at time.Time) bool {
	if said := words.means("state", s.cell(cells, state)); said != "" {
		return said == "done"
	}
	return !at.IsZero()
}

// yes reads a column that says yes or no. Nothing said is no.
func (s *Sheet) yes(cells []string, c column) (bool, error) {
	text := s.cell(cells, c)
	if text == "" {
		return false, nil
	}
	said := words.means("say", text)
	if said == "" {
		return false, invalid(string(c), "sheet.yes", "Column", s.name(c), "Value", brief(text),
			"Yes", words.first["say yes"], "No", words.first["say no"])
	}
	return said == "yes", nil
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
		return bare(strings.TrimSpace(cells[i]))
	}
	return ""
}

// name is what the file calls a column.
func (s *Sheet) name(c column) string { return s.header.names[s.header.at[c]] }

// bare is a cell without the mark that keeps a spreadsheet from reckoning it.
func bare(cell string) string {
	if rest, marked := strings.CutPrefix(cell, "'"); marked && rest != "" && strings.ContainsRune(triggers, []rune(rest)[0]) {
		return rest
	}
	return cell
}

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
