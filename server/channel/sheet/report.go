package sheet

import (
	"cmp"
	"slices"

	"lianxin/server/office"
)

// mostWords is how many different words of a column a report lists: more is not
// a list that somebody goes through, and must not fill the memory.
const mostWords = 200

// matcher finds what the words of a table mean here, and counts them.
type matcher struct {
	here  *office.Directory
	found map[column]map[string]*office.TableWord
}

func newMatcher(here *office.Directory) *matcher {
	return &matcher{here, map[column]map[string]*office.TableWord{}}
}

// match fills in what the words of a row mean.
func (m *matcher) match(s *Sheet, row *office.Imported, cells []string) {
	m.count(kind, s.cell(cells, kind), func(string) string { return string(row.Kind) })
	m.count(state, s.cell(cells, state), func(word string) string { return words.means("state", word) })
	row.Topic = m.count(topic, s.cell(cells, topic), m.topic)
	row.Township = m.count(place, row.There.Place, m.here.TownshipLike)
	m.count(unit, row.There.Unit, func(name string) string {
		if u := m.here.UnitLike(name); u != nil {
			return u.ID.String()
		}
		return ""
	})
}

// topic is one of the county's own by its name, or one that every county
// begins with, as long as this one keeps it.
func (m *matcher) topic(word string) string {
	if id := m.here.TopicLike(word); id != "" {
		return id
	}
	id := words.means("topic", word)
	if _, kept := m.here.Topic(id); !kept {
		return ""
	}
	return id
}

// count counts a word, and says what it means. What a word means is asked once.
func (m *matcher) count(c column, word string, means func(string) string) string {
	if word == "" {
		return ""
	}
	if m.found[c] == nil {
		m.found[c] = map[string]*office.TableWord{}
	}
	if known := m.found[c][word]; known != nil {
		known.Rows++
		return known.Means
	}
	meaning := means(word)
	if len(m.found[c]) >= mostWords {
		m.count(c, rest, func(string) string { return "" })
		return meaning
	}
	m.found[c][word] = &office.TableWord{Column: string(c), Word: word, Means: meaning, Rows: 1}
	return meaning
}

// rest is the word under which all are counted that are not listed; no cell is
// so, because cells are trimmed.
const rest = " "

// words are all that were counted.
func (m *matcher) words() (all []office.TableWord) {
	for _, c := range columns {
		var some []office.TableWord
		for _, w := range m.found[c] {
			if w.Word == rest {
				w.Word = ""
			}
			some = append(some, *w)
		}
		slices.SortFunc(some, func(a, b office.TableWord) int {
			return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Word, b.Word))
		})
		all = append(all, some...)
	}
	return all
}

// taken is what each column was taken for.
func (h header) taken() (all []office.TableColumn) {
	for i, name := range h.names {
		if name != "" {
			all = append(all, office.TableColumn{Name: name, Means: string(h.meaning(i))})
		}
	}
	return all
}
