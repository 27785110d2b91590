package office

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lianxin/server/board"
)

// UnitLike is the unit that another system means by a name, nil when none is or
// when it may be several. What it finds is an offer for somebody to look at:
// nothing is given to a unit by likeness alone.
func (d *Directory) UnitLike(name string) *board.Unit {
	theirs := d.local(name)
	var found *board.Unit
	for _, sure := range []bool{true, false} {
		for _, u := range d.List {
			if u.Closed() || !named(u.Name, theirs, d.local, sure) {
				continue
			}
			if found != nil {
				return nil
			}
			found = u
		}
		if found != nil {
			return found
		}
	}
	return nil
}

// named tells whether one of a thing's names is the one looked for; not sure:
// one is short for the other.
func named(names board.Texts, theirs string, local func(string) string, sure bool) bool {
	for _, name := range names {
		ours := local(name)
		if ours == theirs && ours != "" || !sure && (short(theirs, ours) || short(ours, theirs)) {
			return true
		}
	}
	return false
}

// local is the name of an office without what only says of which county it is.
func (d *Directory) local(name string) string {
	name = squeezed(name)
	county := d.Name["zh-Hans"]
	if name = strings.TrimPrefix(name, county); county != "" {
		rank, _ := utf8.DecodeLastRuneInString(county)
		name = strings.TrimPrefix(name, string(rank))
	}
	return name
}

// short tells whether a word leaves out some of the signs of a longer one, as
// offices are shortened: it begins and ends alike, and all its signs come in the
// same order.
func short(word, long string) bool {
	w, l := []rune(word), []rune(long)
	if len(w) < 3 || len(w) >= len(l) || w[0] != l[0] || w[len(w)-1] != l[len(l)-1] || !unicode.Is(unicode.Han, w[0]) {
		return false
	}
	at := 0
	for _, sign := range l {
		if at < len(w) && sign == w[at] {
			at++
		}
	}
	return at == len(w)
}

// TownshipLike is the township that an address or a name of another system lies
// in, by our name for it; "" when it is none of ours.
func (d *Directory) TownshipLike(text string) string {
	text = squeezed(text)
	best, kept := "", ""
	for _, p := range d.Townships {
		name := p.Name["zh-Hans"]
		stem := name
		for _, rank := range townRanks {
			stem = strings.TrimSuffix(stem, rank)
		}
		if strings.Contains(text, squeezed(name)) || text == stem || text != "" && strings.EqualFold(text, squeezed(p.Name["en"])) {
			if len(name) > len(best) {
				best, kept = name, p.Kept()
			}
		}
	}
	return kept
}

// TopicLike is the topic that the county calls so; "" for none.
func (d *Directory) TopicLike(name string) string {
	name = squeezed(name)
	for _, t := range d.EveryTopic() {
		for _, ours := range t.Name {
			if name != "" && strings.EqualFold(squeezed(ours), name) {
				at, _ := d.Topic(t.ID)
				return at.ID
			}
		}
	}
	return ""
}

func squeezed(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// UnitsLike finds a unit by what somebody types: one when the words are its name,
// or short for its name alone; else at most n in whose name, or in what they are
// in charge of, the words stand, the likeliest first.
func (d *Directory) UnitsLike(words string, n int) (one *board.Unit, near []*board.Unit) {
	if one := d.UnitLike(words); one != nil || strings.TrimSpace(words) == "" {
		return one, nil
	}
	type match struct {
		unit *board.Unit
		fits int
	}
	var found []match
	for _, u := range d.List {
		if fits := max(fit(u.Name, words, 2), fit(u.Does, words, 1)); fits > 0 && !u.Closed() {
			found = append(found, match{u, fits})
		}
	}
	slices.SortStableFunc(found, func(a, b match) int { return b.fits - a.fits })
	for _, m := range found[:min(len(found), n)] {
		near = append(near, m.unit)
	}
	return nil, near
}

// fit is how well a text answers some words: all of them in one piece best, else
// by how many pairs of signs that follow each other stand in it.
func fit(texts board.Texts, words string, weight int) (best int) {
	signs := []rune(squeezed(words))
	for _, text := range texts {
		text = squeezed(text)
		score := 0
		for i := range len(signs) - 1 {
			if strings.Contains(text, string(signs[i:i+2])) {
				score += weight
			}
		}
		if strings.Contains(text, string(signs)) {
			score += 1000 * weight
		}
		best = max(best, score)
	}
	return best
}
