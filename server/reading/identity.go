package reading

import (
	"strings"
	"time"
)

// provinces are the first two digits of a division's code (GB/T 2260). A list of
// all divisions would miss those that were abolished, and the people born there.
const provinces = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91"

// weights and checks are those of ISO 7064 MOD 11-2, as GB 11643 writes them.
var weights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

const checks = "10X98765432"

// identity tells whether digits are an identity number: the division, a day of
// birth, three digits and a check sign; in the old form the year has two digits
// and there is no check.
func identity(d string) bool {
	switch {
	case len(d) == 15 && !strings.Contains(d, "X"):
		return division(d) && born("19"+d[6:12])
	case len(d) == 18:
		return division(d) && born(d[6:14]) && checked(d)
	}
	return false
}

func division(d string) bool {
	at := strings.Index(provinces, d[:2])
	return at >= 0 && at%3 == 0
}

// born tells whether a day can be somebody's birthday: not a century ahead.
func born(day string) bool {
	_, err := time.Parse("20060102", day)
	return err == nil && day >= "1900" && day < "2050"
}

func checked(d string) bool {
	sum := 0
	for i, w := range weights {
		sum += int(d[i]-'0') * w
	}
	return d[17] == checks[sum%11]
}
