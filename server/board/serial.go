package board

import (
	"fmt"
	"slices"
	"strings"
)

// PaperKind says what a numbered paper is for.
type PaperKind string

const (
	Slip         PaperKind = "slip"    // 密封查询单: the PIN of one case, folded in
	CodeCard     PaperKind = "card"    // 验证码卡: twenty codes for one person to log in with
	ConsentPaper PaperKind = "consent" // 授权书: signed for one filing
	BlankForm    PaperKind = "form"    // 空白表: filled by hand, with a slip as its stub, whose serial it bears
)

// PaperKinds lists the kinds; its order is the first digit of a serial.
var PaperKinds = []PaperKind{Slip, CodeCard, ConsentPaper, BlankForm}

// ParsePaperKind reads a kind's name. Its fault belongs to the field "kind".
func ParsePaperKind(s string) (PaperKind, error) {
	for _, k := range PaperKinds {
		if string(k) == s {
			return k, nil
		}
	}
	return "", invalid("kind", "papers.kind")
}

// Secret tells whether such a paper holds what only its person may know.
func (k PaperKind) Secret() bool { return k != ConsentPaper }

// Serial is the number outside on a paper: eight digits. One says the kind,
// four the series, two which paper of the series, the last is a check digit.
// It opens nothing: what opens lies inside the folded paper.
type Serial string

const (
	serialDigits = 8
	MostSeries   = 9999 // of one kind
	MostPapers   = 99   // of one series
)

// NewSerial names one paper of a series; zero values give "".
func NewSerial(kind PaperKind, series, no int) Serial {
	for i, k := range PaperKinds {
		if k == kind && series > 0 && series <= MostSeries && no > 0 && no <= MostPapers {
			digits := fmt.Sprintf("%d%04d%02d", i+1, series, no)
			return Serial(digits + string(rune('0'+damm(digits))))
		}
	}
	return ""
}

// ParseSerial reads a serial as people write it: in groups, with dashes, in
// full-width digits. Its faults belong to the field "serial".
func ParseSerial(text string) (Serial, error) {
	digits := Digits(text)
	switch {
	case strings.TrimSpace(text) == "":
		return "", invalid("serial", "serial.empty")
	case len(digits) != serialDigits:
		return "", invalid("serial", "serial.length", "Digits", serialDigits)
	case damm(digits) != 0:
		return "", invalid("serial", "serial.typo")
	}
	s := Serial(digits)
	if kind, series, no := s.parts(); NewSerial(kind, series, no) != s {
		return "", invalid("serial", "serial.typo")
	}
	return s, nil
}

// parts takes a serial apart; zero values when it is none.
func (s Serial) parts() (kind PaperKind, series, no int) {
	if len(s) != serialDigits || !AllDigits(string(s)) {
		return "", 0, 0
	}
	if i := int(s[0] - '1'); i >= 0 && i < len(PaperKinds) {
		kind = PaperKinds[i]
	}
	_, _ = fmt.Sscanf(string(s[1:7]), "%4d%2d", &series, &no) // plain digits, as was just seen
	return kind, series, no
}

// Kind is what the paper is for.
func (s Serial) Kind() PaperKind { kind, _, _ := s.parts(); return kind }

// Series is the number of the paper's series among those of its kind.
func (s Serial) Series() int { _, series, _ := s.parts(); return series }

// No is which paper of its series it is.
func (s Serial) No() int { _, _, no := s.parts(); return no }

// For refuses a paper that is of none of these kinds.
func (s Serial) For(kinds ...PaperKind) error {
	if !slices.Contains(kinds, s.Kind()) {
		return invalid("serial", "paper.kind")
	}
	return nil
}

// Grouped is the serial as it is printed and read aloud: kind, series, and the
// paper with its check digit: "1 0007 124".
func (s Serial) Grouped() string {
	if len(s) != serialDigits {
		return string(s)
	}
	return string(s[:1] + " " + s[1:5] + " " + s[5:])
}
