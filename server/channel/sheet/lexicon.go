package sheet

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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
	due    column = "due"  // by when the resident was promised an answer
	done   column = "done" // when it was done
	state  column = "state"
	reply  column = "reply" // what was answered
	topic  column = "topic"
	place  column = "place"
	shown  column = "shown" // whether it was public
)

// columns are all of them, in the order of a report.
var columns = []column{source, kind, title, body, filed, unit, due, state, done, reply, topic, place, shown}

// required are the columns without which nothing can be brought in.
var required = []column{source, kind, body}

// name is one entry of a lexicon line: what it means, and how far behind the
// favourite it stands.
type name struct {
	meaning string
	rank    int
}

// lexicon is the word list, turned round for looking up.
type lexicon struct {
	of    map[string]map[string]name // "column" → 工单号 → source
	first map[string]string          // "column source" → 工单号
}

var words = parseLexicon(lexiconText)

// parseLexicon reads the word list that is built in. It panics on a list that
// contradicts itself: that is a fault of the program, which no test lets pass.
func parseLexicon(text string) lexicon {
	l := lexicon{map[string]map[string]name{}, map[string]string{}}
	for line := range strings.Lines(text) {
		head, list, found := strings.Cut(line, ":")
		if !found || strings.HasPrefix(line, "#") {
			continue
		}
		class, meaning, _ := strings.Cut(head, " ")
		if l.of[class] == nil {
			l.of[class] = map[string]name{}
		}
		for rank, word := range strings.Fields(list) {
			if rank == 0 {
				l.first[head] = word
			}
			word = plain(word)
			if _, twice := l.of[class][word]; twice {
				panic(fmt.Sprintf("lexicon: %s stands there twice", word))
			}
			l.of[class][word] = name{meaning, rank}
		}
	}
	return l
}

// means is what a word says among those of a class, "" when nobody knows.
func (l lexicon) means(class, word string) string { return l.of[class][plain(word)].meaning }

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
	asked Map
}

// readHeader finds the columns in a row. How many it knows tells how good a
// header the row is.
func readHeader(cells []string, m Map) header {
	h := header{at: map[column]int{}, asked: m}
	ranks := map[column]int{}
	take := func(c column, i, rank int) {
		if _, have := h.at[c]; !have || rank < ranks[c] {
			h.at[c], ranks[c] = i, rank
		}
	}
	for i, cell := range cells {
		cell = bare(strings.TrimSpace(cell))
		h.names = append(h.names, cell)
		word := plain(cell)
		for c, theirs := range m {
			if word != "" && word == plain(theirs) {
				take(c, i, -1)
			}
		}
		n, known := words.of["column"][word]
		if _, ruled := m[column(n.meaning)]; known && !ruled {
			take(column(n.meaning), i, n.rank)
		}
	}
	h.guess()
	return h
}

// long is how many signs a name must have to be looked for inside another: the
// end of a word like 内容 may be that of any column.
const long = 4

// guess takes, for what no column is called by a name that is known, one whose
// name ends with such a name: 群众诉求内容. The longest of them is the likeliest.
func (h header) guess() {
	best := map[column]int{}
	for i, cell := range h.names {
		if h.meaning(i) != "" {
			continue
		}
		word := plain(cell)
		for known, n := range words.of["column"] {
			c, length := column(n.meaning), utf8.RuneCountInString(known)
			_, ruled := h.asked[c]
			at, have := h.at[c]
			if ruled || have && best[c] == 0 || length < long || !strings.HasSuffix(word, known) {
				continue
			}
			if length > best[c] || length == best[c] && i < at {
				h.at[c], best[c] = i, length
			}
		}
	}
}

// meaning is what the column at a place was taken for, "" for nothing.
func (h header) meaning(i int) column {
	for c, at := range h.at {
		if at == i {
			return c
		}
	}
	return ""
}

// missing names the columns that must be there and are not: as the map calls
// them, else as most files do.
func (h header) missing() (names []string) {
	for _, c := range columns {
		_, have := h.at[c]
		theirs := h.asked[c]
		switch {
		case have:
		case theirs != "":
			names = append(names, theirs)
		case slices.Contains(required, c):
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
