package board

import (
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"time"
)

// Number is a case's name for people: ten digits, so that it can be typed on a
// phone keypad and read aloud. Two are the year, seven are random (so that a
// number tells nothing about how many there are), the last is a Damm check
// digit, which notices every single wrong digit and every swapped pair.
type Number string

const numberDigits = 10

// NewNumber draws a number for a case filed at now. Whoever stores it must see
// to it that no other case bears it, and draw again.
func NewNumber(now time.Time, random io.Reader) (Number, error) {
	var b [8]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fmt.Errorf("random source: %w", err)
	}
	digits := fmt.Sprintf("%02d%07d", now.In(Zone).Year()%100, binary.BigEndian.Uint64(b[:])%10_000_000)
	return Number(digits + string(rune('0'+damm(digits)))), nil
}

// ParseNumber reads a number as people write it: in groups, with dashes, in
// full-width digits. Its faults belong to the field "number".
func ParseNumber(text string) (Number, error) {
	digits := Digits(text)
	switch {
	case strings.TrimSpace(text) == "":
		return "", invalid("number", "number.empty")
	case len(digits) != numberDigits:
		return "", invalid("number", "number.length", "Digits", numberDigits)
	case damm(digits) != 0:
		return "", invalid("number", "number.typo")
	}
	return Number(digits), nil
}

// Grouped is the number as it is shown and read aloud: "261 482 9130".
func (n Number) Grouped() string {
	if len(n) != numberDigits {
		return string(n)
	}
	return string(n[:3] + " " + n[3:6] + " " + n[6:])
}

// Digits keeps the digits of a text, full-width ones as plain ones, when the
// rest is only what people put between digits. Any other sign ends up in the
// result as it is, so that a length or range check refuses it.
func Digits(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r >= '０' && r <= '９':
			b.WriteRune('0' + r - '０')
		case r == ' ' || r == '\u3000' || r == '\t' || r == '\u00a0' || r == '-' || r == '－' || r == '—' || r == '–' ||
			r == '.' || r == '·' || r == '\u200b' || r == '\u202c' || r == '\u202d' || r == '\r' || r == '\n':
			// separators, and the invisible marks that copying from a contact list leaves
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// AllDigits tells whether s is plain digits and nothing else.
func AllDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

// quasi is the totally anti-symmetric quasigroup of order 10 from H. M. Damm's
// thesis (Marburg 2004).
var quasi = [10][10]uint8{
	{0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
	{7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
	{4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
	{1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
	{6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
	{3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
	{5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
	{8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
	{9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
	{2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
}

// damm is 0 for digits that end in their own check digit; for digits without
// one it is that check digit. Anything but digits gives 10.
func damm(digits string) uint8 {
	var at uint8
	for _, r := range digits {
		if r < '0' || r > '9' {
			return 10
		}
		at = quasi[at][r-'0']
	}
	return at
}
