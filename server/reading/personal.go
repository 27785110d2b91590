// Package reading finds in people's words what a clerk would see in them: the
// personal data that must not become public, and how much two texts say the
// same. It is pure: it knows no case, no store and no words of ours.
package reading

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Kind says what a piece of a text looks like.
type Kind string

// The kinds of personal data that can be told from their shape.
const (
	Plain    Kind = ""         // nothing of the sort
	Mobile   Kind = "mobile"   // 1[3-9] and nine digits (MIIT's 电信网编号计划)
	Landline Kind = "landline" // an area code with a local number
	Identity Kind = "identity" // 公民身份号码, GB 11643-1999, also in its old form of 15 digits
	Named    Kind = "named"    // a word that the caller said is somebody's
)

// Piece is a stretch of a text. The pieces of a text, put together, are the
// text again.
type Piece struct {
	Text string
	Kind Kind
}

// Pieces cuts a text where personal data begins and ends. Digits may be full
// width and stand apart in groups, as people write them. Words that belong to
// somebody, such as their name, are found too; a single character is too
// little to go by. What has another shape than its data should have (a digit
// missing, a wrong check digit) is not found: whoever makes a text public has
// to read it all the same.
func Pieces(text string, words ...string) []Piece {
	var pieces []Piece
	plain := 0 // where the plain text before began
	cut := func(from, to int, kind Kind) {
		if from > plain {
			pieces = append(pieces, Piece{text[plain:from], Plain})
		}
		if to > from {
			pieces = append(pieces, Piece{text[from:to], kind})
		}
		plain = to
	}
	for _, hit := range hits(text, words) {
		cut(hit.from, hit.to, hit.kind)
	}
	cut(len(text), len(text), Plain)
	return pieces
}

// Masked is the text of the pieces with everything personal taken out of it. No
// digit is left: four known ones make a phone easy to guess in a village.
func Masked(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.Kind == Plain {
			b.WriteString(p.Text)
		} else {
			b.WriteString("****")
		}
	}
	return b.String()
}

// span is a stretch of a text, in bytes.
type span struct {
	from, to int
	kind     Kind
}

// hits lists what was found, by where it begins. What overlaps is one.
func hits(text string, words []string) []span {
	found := named(text, words)
	for _, chain := range chains(text) {
		for i := 0; i < len(chain); i++ {
			for j := len(chain); j > i; j-- {
				if kind := shape(join(chain[i:j])); kind != Plain {
					found = append(found, span{chain[i].from, chain[j-1].to, kind})
					i = j - 1
					break
				}
			}
		}
	}
	slices.SortStableFunc(found, func(a, b span) int { return a.from - b.from })
	var whole []span
	for _, s := range found {
		last := len(whole) - 1
		if last < 0 || s.from >= whole[last].to {
			whole = append(whole, s)
			continue
		}
		whole[last].to = max(whole[last].to, s.to)
		if s.kind != Named {
			whole[last].kind = s.kind
		}
	}
	return whole
}

func named(text string, words []string) []span {
	var found []span
	for _, w := range words {
		if w = strings.TrimSpace(w); utf8.RuneCountInString(w) < 2 {
			continue
		}
		for at := 0; ; {
			i := strings.Index(text[at:], w)
			if i < 0 {
				break
			}
			found = append(found, span{at + i, at + i + len(w), Named})
			at += i + len(w)
		}
	}
	return found
}

// group is a run of digits as they stand in the text.
type group struct {
	from, to int
	digits   string // in ASCII; the X of an identity number as X
}

func join(groups []group) string {
	var b strings.Builder
	for _, g := range groups {
		b.WriteString(g.digits)
	}
	return b.String()
}

// apart are the signs that people set between the groups of one number.
const apart = " \t\u00a0\u3000-－–—_.·()（）+＋"

// gapMost is how many of them may stand between two groups: "(0311) 8000".
const gapMost = 2

// chains lists the runs of digits, those in one chain that may be parts of one
// number.
func chains(text string) [][]group {
	var all [][]group
	var chain []group
	for _, g := range groups(text) {
		if len(chain) > 0 && !bridges(text[chain[len(chain)-1].to:g.from]) {
			all, chain = append(all, chain), nil
		}
		chain = append(chain, g)
	}
	if chain != nil {
		all = append(all, chain)
	}
	return all
}

func bridges(gap string) bool {
	return utf8.RuneCountInString(gap) <= gapMost && strings.Trim(gap, apart) == ""
}

func groups(text string) []group {
	var all []group
	var g *group
	for at, r := range text {
		d := digit(r)
		switch {
		case d == 0 || d == 'X' && g == nil:
			g = nil
			continue
		case g == nil:
			all = append(all, group{from: at})
			g = &all[len(all)-1]
		}
		g.digits += string(d)
		g.to = at + utf8.RuneLen(r)
		if d == 'X' {
			g = nil // it can only be the last sign of a number
		}
	}
	return all
}

// digit is the ASCII digit that r stands for, X for the sign of ten, 0 (the
// byte) for anything else.
func digit(r rune) byte {
	switch {
	case r >= '0' && r <= '9':
		return byte(r)
	case r >= '０' && r <= '９':
		return byte(r-'０') + '0'
	case r == 'x' || r == 'X' || r == 'ｘ' || r == 'Ｘ':
		return 'X'
	}
	return 0
}

// shape tells what a number looks like.
func shape(digits string) Kind {
	national := digits
	for _, country := range []string{"0086", "86"} {
		if rest, had := strings.CutPrefix(digits, country); had {
			national = rest
			break
		}
	}
	switch {
	case mobile(digits), mobile(national):
		return Mobile
	case identity(digits):
		return Identity
	case landline(digits):
		return Landline
	}
	return Plain
}

func mobile(d string) bool {
	return len(d) == 11 && d[0] == '1' && d[1] >= '3' && d[10] != 'X'
}

// landline knows the area codes of three digits (010, 02x) before eight, and
// those of four before seven or eight. Numbers of firms (400, 800) and short
// hotlines are nobody's secret, and a local number alone looks like a date.
func landline(d string) bool {
	switch {
	case len(d) < 11 || d[0] != '0' || d[len(d)-1] == 'X':
		return false
	case d[:3] == "010" || d[1] == '2':
		return len(d) == 11
	}
	return d[1] >= '3' && len(d) <= 12
}
