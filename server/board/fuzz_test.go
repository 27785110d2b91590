package board

import (
	"fmt"
	"testing"
)

// FuzzWhatPeopleType reads anything as everything that people type in: it is
// read as what is written down again, or refused by a fault.
func FuzzWhatPeopleType(f *testing.F) {
	for _, seed := range []string{"", "261 482 9130", "２６１４８２９１３０", "1000 0101 01", "48 29 13", "4829", "12345678", "\u202d138 0013 8000\u202c",
		"01a0b2abd200c7520e360aa404427c90", "c-01a0b2abd200c7520e360aa404427c90", "-1", "٣٤٥٦٧٨", "\xff\xfe", "0000000000"} {
		f.Add(seed)
	}
	number := func(text string) (any, string, error) { n, err := ParseNumber(text); return n, n.Grouped(), err }
	serial := func(text string) (any, string, error) { s, err := ParseSerial(text); return s, s.Grouped(), err }
	same := func(parse func(string) (string, error)) func(string) (any, string, error) {
		return func(text string) (any, string, error) { s, err := parse(text); return s, s, err }
	}
	f.Fuzz(func(t *testing.T, text string) {
		for name, read := range map[string]func(string) (any, string, error){
			"number": number, "serial": serial, "code": same(ParseCode), "PIN": same(ParsePIN), "consent": same(ParseConsent), "card": same(ParseCardCode),
		} {
			got, written, err := read(text)
			if err != nil {
				if faults, ok := Faults(err); !ok || len(faults) != 1 || faults[0].Field == "" {
					t.Errorf("%s %q fails with %v, which is no fault at a field", name, text, err)
				}
				continue
			}
			if again, _, err := read(written); err != nil || again != got {
				t.Errorf("%s %q is read as %v, written %q, and read as %v: %v", name, text, got, written, again, err)
			}
			if !AllDigits(fmt.Sprint(got)) {
				t.Errorf("%s %q is read as %v", name, text, got)
			}
		}
		if id, err := ParseID(text); err == nil && id.String() != text {
			t.Errorf("the ID %q is %s", text, id)
		}
		if s, err := ParseStream(text); err == nil && s.String() != text {
			t.Errorf("the stream %q is %s", text, s)
		}
	})
}
