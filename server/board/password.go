package board

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The lengths of a staff password, in characters of any script. There are no
// rules on which characters (NIST SP 800-63B 5.1.1): they make passwords worse.
const (
	MinPassword = 10
	MaxPassword = 200
)

// own is how many characters a password must have that nobody could have
// guessed: 6 drawn at random hold out against what our limits let through.
const own = 6

// CheckPassword refuses a password that is short, or that somebody guesses who
// knows the commonest ones, the keyboard, and whose it is: names are their login
// and name, and what the county is called. Whatever of that is in it is taken
// away, and what is left must be long enough by itself, so that no list of
// millions is needed: "Zhoumin2026!" has nothing left but a mark.
func CheckPassword(password string, names ...string) error {
	switch n := utf8.RuneCountInString(password); {
	case n < MinPassword:
		return invalid("password", "staff.password", "Min", MinPassword)
	case n > MaxPassword:
		return invalid("password", "staff.password-long", "Max", MaxPassword)
	}
	if len(left(password, names)) < own {
		return invalid("password", "staff.password-easy")
	}
	return nil
}

// left is what nobody guesses of a password.
func left(password string, names []string) []rune {
	text := plainPassword(password)
	words := slices.Clone(commonWords)
	for _, name := range names {
		for _, part := range append(strings.Fields(name), name) {
			if part = plainPassword(part); utf8.RuneCountInString(part) > 1 {
				words = append(words, part)
			}
		}
	}
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) }) // "password" before "pass"
	for _, numbers := range guessedNumbers {
		text = numbers.ReplaceAllString(text, cut)
	}
	for _, word := range words {
		text = strings.ReplaceAll(text, word, cut)
	}
	var rest []rune
	for part := range strings.SplitSeq(text, cut) {
		rest = append(rest, withoutRuns([]rune(part))...)
	}
	return rest
}

// cut stands where something was taken away, so that what was around it does not
// grow together. No password holds it: plainPassword drops control characters.
const cut = "\x00"

// plainPassword is a password without what people put on a word to make it look
// like none: capitals, full width, marks between, digits for letters.
func plainPassword(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0xFF01 && r <= 0xFF5E { // full width
			r -= 0xFF01 - '!'
		}
		switch r {
		case '@':
			return 'a'
		case '$':
			return 's'
		}
		if unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune("-_.,:;!?*+/\\'\"#&()", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// guessedNumbers are those that stand in everybody's papers: identity card,
// mobile number, day of birth, year.
var guessedNumbers = []*regexp.Regexp{
	regexp.MustCompile(`\d{17}[\dx]`),
	regexp.MustCompile(`1[3-9]\d{9}`),
	regexp.MustCompile(`(19|20)\d\d(0\d|1[0-2])([0-2]\d|3[01])`),
	regexp.MustCompile(`(19|20)\d\d`),
}

// withoutRuns takes away what repeats itself or runs along a row, three and more
// at once.
func withoutRuns(text []rune) []rune {
	var rest []rune
	for i := 0; i < len(text); {
		n := 1
		for _, next := range []func(a, b rune) bool{same, along, func(a, b rune) bool { return along(b, a) }} {
			run := 1
			for i+run < len(text) && next(text[i+run-1], text[i+run]) {
				run++
			}
			n = max(n, run)
		}
		if n < 3 {
			rest, n = append(rest, text[i]), 1
		}
		i += n
	}
	return rest
}

func same(a, b rune) bool { return a == b }

// along tells whether b follows a on a row.
func along(a, b rune) bool {
	return slices.ContainsFunc(keyRows, func(row string) bool { return strings.Contains(row, string([]rune{a, b})) })
}
