package board

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/nyaruka/phonenumbers"
)

// Google's rules for telephone numbers are too large to ship. They judge ours.

// oracle tells what the world takes a number for that is dialled in China.
func oracle(text string) (*phonenumbers.PhoneNumber, phonenumbers.PhoneNumberType) {
	n, err := phonenumbers.Parse(text, "CN")
	if err != nil {
		return n, phonenumbers.UNKNOWN
	}
	return n, phonenumbers.GetNumberType(n)
}

// Ours takes more than the oracle, which lists the blocks given out so far:
// MIIT gives all of 13x–19x to mobile services. It never takes less.
func TestEveryMobileOfTheWorldsRulesIsTaken(t *testing.T) {
	random, mobiles := rand.New(rand.NewPCG(1, 2)), 0
	for range 5000 {
		text := fmt.Sprintf("1%010d", random.Int64N(1e10))
		n, kind := oracle(text)
		p, err := ParsePhone(text)
		if taken := err == nil; taken != (text[1] >= '3') {
			t.Errorf("%s: %v", text, err)
		}
		if kind != phonenumbers.MOBILE {
			continue
		}
		mobiles++
		if string(p) != text || p.E164() != phonenumbers.Format(n, phonenumbers.E164) {
			t.Errorf("%s is a mobile, and read as %q", text, p)
		}
		for _, form := range []phonenumbers.PhoneNumberFormat{phonenumbers.E164, phonenumbers.INTERNATIONAL, phonenumbers.NATIONAL} {
			written := phonenumbers.Format(n, form)
			if again, err := ParsePhone(written); err != nil || again != p {
				t.Errorf("%s written %q is read as %q: %v", text, written, again, err)
			}
		}
	}
	if mobiles < 1000 {
		t.Errorf("only %d mobiles were met", mobiles)
	}
}

func TestLandlinesAndForeignNumbersOfTheWorldsRules(t *testing.T) {
	for area := 10; area < 1000; area++ {
		for _, subscriber := range []string{"2345678", "62345678", "82345678"} {
			text := fmt.Sprintf("0%d%s", area, subscriber)
			if n, kind := oracle(text); kind == phonenumbers.FIXED_LINE && phonenumbers.IsValidNumberForRegion(n, "CN") {
				refused(t, text, "phone.landline", func() error { _, err := ParsePhone(text); return err })
			}
		}
	}
	for region := range phonenumbers.GetSupportedRegions() {
		n := phonenumbers.GetExampleNumberForType(region, phonenumbers.MOBILE)
		if n == nil || n.GetCountryCode() == 86 {
			continue
		}
		text := phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
		refused(t, region+" "+text, "phone.foreign", func() error { _, err := ParsePhone(text); return err })
	}
}

// The numbers of H. M. Damm's thesis and of what was written about it since.
func TestPublishedCheckDigits(t *testing.T) {
	for digits, check := range map[string]uint8{"572": 4, "43881234567": 9, "0": 0, "123456789": 4} {
		if got := damm(digits); got != check {
			t.Errorf("%s ends in %d, want %d", digits, got, check)
		}
	}
}

// What makes a table fit for Damm's check: no swap of neighbours and no wrong
// digit passes, whatever stands before.
func TestTheCheckTableNoticesEverySwap(t *testing.T) {
	for before := range quasi {
		for x := range quasi {
			for y := range x {
				if quasi[before][x] == quasi[before][y] {
					t.Errorf("after %d, %d and %d are one", before, x, y)
				}
				if quasi[quasi[before][x]][y] == quasi[quasi[before][y]][x] {
					t.Errorf("after %d, %d%d and %d%d are one", before, x, y, y, x)
				}
			}
		}
		if quasi[before][before] != 0 {
			t.Errorf("a number that ends in its check digit %d does not come to nought", before)
		}
	}
}
