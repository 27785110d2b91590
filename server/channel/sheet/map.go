package sheet

import (
	"slices"
	"strings"
)

// Map says which column of a file is meant for one of ours, where its name
// alone would not tell: ours → theirs. An empty name means: leave it out.
type Map map[column]string

// ParseMap reads a map: a line for each column, ours before the equals sign,
// theirs behind it.
//
//	body = what_people_said
//	due  =
//
// Ours may be written as in the lexicon, in any of its words. Blank lines and
// those that begin with # say nothing.
func ParseMap(text string) (Map, error) {
	m := Map{}
	no := 0
	for line := range strings.Lines(strings.TrimPrefix(text, bom)) {
		no++
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		ours, theirs, found := strings.Cut(strings.Replace(line, "\uff1d", "=", 1), "=")
		c := column(strings.ToLower(strings.TrimSpace(ours)))
		if !slices.Contains(columns, c) {
			c = column(words.means("column", ours))
		}
		if _, twice := m[c]; !found || c == "" || twice {
			return nil, invalid("map", "sheet.map", "Line", no, "Names", strings.Join(Columns(), ", "))
		}
		m[c] = strings.TrimSpace(theirs)
	}
	return m, nil
}

// Columns are our names of all columns, in the order of a report.
func Columns() []string {
	var all []string
	for _, c := range columns {
		all = append(all, string(c))
	}
	return all
}
