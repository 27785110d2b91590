package board

import (
	"crypto/subtle"
	"strings"
	"time"
)

// The rules of a login by one-time code. The most that ASVS 5.0 (6.5.5) and
// NIST SP 800-63B allow a code to live is ten minutes; slow readers get all of
// it.
const (
	CodeLasts    = 10 * time.Minute
	CodeTries    = 5                // wrong codes that one attempt bears
	CodeSends    = 3                // texts that one attempt may ask for
	SameCodeLeft = 3 * time.Minute  // a re-send repeats the code while at least this much of its life is left
	WrongPerHour = 100              // wrong codes on the whole site after which new codes are longer
	PINDigits    = 6                // of the 查询码 on a receipt
	AttemptLasts = 30 * time.Minute // after that a new attempt must be begun
)

// Attempt is one person's try to log in with a phone. The code itself is not
// in it: it is derived from ID and Round with a key that lives as long as the
// process, so that it is stored nowhere and dies with a restart.
type Attempt struct {
	ID      ID        `json:"id"`
	Phone   Phone     `json:"phone"`
	Browser string    `json:"browser,omitempty"` // a hash of the cookie of the browser that began it
	Lang    string    `json:"lang"`
	Begun   time.Time `json:"begun"`
	Round   int       `json:"round"` // grows with each new code
	Fresh   time.Time `json:"fresh"` // when the round's code was made
	Long    bool      `json:"long"`  // eight digits instead of six
	Sends   int       `json:"sends"`
	Tries   int       `json:"tries"`
	Said    time.Time `json:"said,omitzero"` // when the phone itself sent in what the page showed
	Used    bool      `json:"used"`
}

// Digits is how long the attempt's code is.
func (a *Attempt) Digits() int {
	if a.Long {
		return 8
	}
	return 6
}

// Again asks for another text. The same code goes out again while enough of
// its life is left, so that a text that comes late is never wrong.
func (a *Attempt) Again(now time.Time) error {
	switch {
	case a.Used, now.Sub(a.Begun) >= AttemptLasts:
		return Fault{Kind: Expired, ID: "code.over"}
	case a.Sends >= CodeSends:
		return Fault{Kind: TooMany, ID: "code.sends"}
	}
	a.Sends++
	if CodeLasts-now.Sub(a.Fresh) < SameCodeLeft {
		a.Round, a.Fresh = a.Round+1, now
	}
	return nil
}

// Try compares what was typed with the code. Whatever comes of it, the attempt
// has changed and must be stored: a wrong try counts, a right one uses it up. A
// code that was never sent is never right: attempts cost a stranger nothing,
// texts do.
func (a *Attempt) Try(typed, code string, now time.Time) error {
	switch {
	case a.Used:
		return Fault{Kind: Expired, ID: "code.used", Field: "code"}
	case now.Sub(a.Fresh) >= CodeLasts:
		return Fault{Kind: Expired, ID: "code.old", Field: "code"}
	case a.Tries >= CodeTries:
		return Fault{Kind: TooMany, ID: "code.tries", Field: "code"}
	}
	if subtle.ConstantTimeCompare([]byte(typed), []byte(code)) != 1 || a.Sends == 0 {
		a.Tries++
		if a.Tries >= CodeTries {
			return Fault{Kind: TooMany, ID: "code.tries", Field: "code"}
		}
		return invalid("code", "code.wrong", "Count", CodeTries-a.Tries)
	}
	a.Used = true
	return nil
}

// Answer ends an attempt whose phone sent in what the page showed. It costs no
// try: nobody can guess here, the operator vouches for who sent the text.
func (a *Attempt) Answer(now time.Time) error {
	switch {
	case a.Used:
		return Fault{Kind: Expired, ID: "code.used"}
	case a.Said.IsZero():
		return Fault{Kind: Invalid, ID: "text-code.waits"}
	case now.Sub(a.Said) >= CodeLasts:
		return Fault{Kind: Expired, ID: "code.over"}
	}
	a.Used = true
	return nil
}

// ParseCode reads a one-time code as people type it: "48 29 13", with dashes
// or in full-width digits.
func ParseCode(text string) (string, error) {
	code := Digits(text)
	switch {
	case code == "":
		return "", invalid("code", "code.empty")
	case !AllDigits(code) || (len(code) != 6 && len(code) != 8):
		return "", invalid("code", "code.shape")
	}
	return code, nil
}

// GroupCode is a code as a text shows it: "48 29 13".
func GroupCode(code string) string {
	var b strings.Builder
	for i := 0; i < len(code); i += 2 {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(code[i:min(i+2, len(code))])
	}
	return b.String()
}

// ParsePIN reads the six digits that open a case together with its number.
func ParsePIN(text string) (string, error) {
	pin := Digits(text)
	switch {
	case pin == "":
		return "", invalid("pin", "pin.empty")
	case !AllDigits(pin) || len(pin) != PINDigits:
		return "", invalid("pin", "pin.shape")
	}
	return pin, nil
}
