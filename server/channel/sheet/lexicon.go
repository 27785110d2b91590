package sheet

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode"

	"lianxin/server/board"
)

//go:embed lexicon.txt
var lexiconText string

// column is one of the meanings that a column can have, by its name in the
// lexicon; faults carry it as their field.
type column string

const (
	source column = "source" // the number that the message has in the other system
	kind   column = "kind"
	title  column = "title"
	body   column = "body"
	filed  column = "filed"
	unit   column = "unit"
)

// required are the columns without which nothing can be brought in.
var required = []column{source, kind, body}

// name is one entry of a lexicon line: what it means, and how far behind the
// favourite it stands.
type name[M any] struct {
	meaning M
	rank    int
}

// lexicon is the word list, turned round for looking up.
type lexicon struct {
	columns map[string]name[column]
	kinds   map[string]name[board.Kind]
	first   map[string]string // "column source" → 工单号
}

var words = parseLexicon(lexiconText)

// parseLexicon reads the word list that is built in. It panics on a list that
// contradicts itself: that is a fault of the program, which no test lets pass.
func parseLexicon(text string) lexicon {
	l := lexicon{map[string]name[column]{}, map[string]name[board.Kind]{}, map[string]string{}}
	for line := range strings.Lines(text) {
		head, list, found := strings.Cut(line, ":")
		if !found || strings.HasPrefix(line, "#") {
			continue
		}
		class, meaning, _ := strings.Cut(head, " ")
		for rank, word := range strings.Fields(list) {
			if rank == 0 {
				l.first[head] = word
			}
			word = plain(word)
			_, twice := l.columns[word]
			if class == "column" {
				l.columns[word] = name[column]{column(meaning), rank}
			} else {
				_, twice = l.kinds[word]
				l.kinds[word] = name[board.Kind]{board.Kind(meaning), rank}
			}
			if twice {
				panic(fmt.Sprintf("lexicon: %s stands there twice", word))
			}
		}
	}
	return l
}

// plain is a name without what differs between systems: blanks, case, and a
// remark in brackets.
func plain(word string) string {
	if i := strings.IndexAny(word, "(（[【"); i > 0 {
		word = word[:i]
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || !unicode.IsGraphic(r) || r == '*' || r == ':' || r == '：' {
			return -1
		}
		return unicode.ToLower(r)
	}, word)
}

// header is where the columns stand in a file.
type header struct {
	at    map[column]int
	names []string // as the file has them
}

// readHeader finds the columns in a row written in a script. How many it knows
// tells how good a header the row is.
func readHeader(written script, cells []string) header {
	h := header{at: map[column]int{}}
	ranks := map[column]int{}
	for i, cell := range cells {
		cell, _ := written.decode(cell)
		h.names = append(h.names, cell)
		n, known := words.columns[plain(cell)]
		if !known {
			continue
		}
		if _, have := h.at[n.meaning]; !have || n.rank < ranks[n.meaning] {
			h.at[n.meaning], ranks[n.meaning] = i, n.rank
		}
	}
	return h
}

// missing names the required columns that are not there, as most files have
// them.
func (h header) missing() (names []string) {
	for _, c := range required {
		if _, have := h.at[c]; !have {
			names = append(names, words.first["column "+string(c)])
		}
	}
	return names
}

// kindNames are the words for the kinds that a clerk may write.
func kindNames() string {
	var all []string
	for _, k := range board.Kinds {
		all = append(all, words.first["kind "+string(k)])
	}
	return strings.Join(all, " / ")
}
