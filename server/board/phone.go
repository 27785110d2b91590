package board

import "strings"

// Phone is a mainland mobile number, eleven digits without the country code.
// Only such a number can be proved by a text; landlines are kept for calls.
type Phone string

// ParsePhone reads a number as people type it: with spaces, dashes, +86, or in
// full-width digits. Its faults belong to the field "phone" and tell a
// landline and a foreign number apart, because each has another way to mend.
// The rule is 1[3-9] and nine digits: MIIT's 电信网编号计划 gives all of
// 13x–19x to mobile services.
func ParsePhone(text string) (Phone, error) {
	digits := Digits(strings.NewReplacer("(", "", ")", "", "（", "", "）", "", "＋", "+").Replace(text))
	if digits == "" {
		return "", invalid("phone", "phone.empty")
	}
	if national, abroad := dropCountry(digits); abroad {
		return "", invalid("phone", "phone.foreign")
	} else {
		digits = national
	}
	switch {
	case !AllDigits(digits):
		return "", invalid("phone", "phone.signs")
	case landline(digits):
		return "", invalid("phone", "phone.landline")
	case digits[0] != '1' && len(digits) > 11:
		return "", invalid("phone", "phone.foreign")
	case len(digits) < 11:
		return "", invalid("phone", "phone.short", "Digits", len(digits))
	case len(digits) > 11:
		return "", invalid("phone", "phone.long", "Digits", len(digits))
	case digits[0] != '1' || digits[1] < '3':
		return "", invalid("phone", "phone.mobile")
	}
	return Phone(digits), nil
}

// dropCountry takes +86, 0086 or a bare 86 before eleven digits away; any
// other +… or 00… is a number from abroad.
func dropCountry(digits string) (national string, abroad bool) {
	switch {
	case strings.HasPrefix(digits, "+86"):
		return digits[3:], false
	case strings.HasPrefix(digits, "0086"):
		return digits[4:], false
	case strings.HasPrefix(digits, "+"), strings.HasPrefix(digits, "00"):
		return digits, true
	case strings.HasPrefix(digits, "86") && len(digits) == 13:
		return digits[2:], false
	}
	return digits, false
}

// landline knows an area code (0 and two or three digits) with seven or eight
// digits, and a local number of seven or eight digits that begins like one.
func landline(digits string) bool {
	if digits[0] == '0' {
		return len(digits) >= 10 && len(digits) <= 12
	}
	return (len(digits) == 7 || len(digits) == 8) && digits[0] >= '2'
}

// E164 is the number as the world writes it: "+8613800138000".
func (p Phone) E164() string { return "+86" + string(p) }

// Grouped is the number as it is read aloud: "138 0013 8000".
func (p Phone) Grouped() string {
	if len(p) != 11 {
		return string(p)
	}
	return string(p[:3] + " " + p[3:7] + " " + p[7:])
}

// Masked shows whose number it is to its owner and to nobody else:
// "138 **** 8000".
func (p Phone) Masked() string {
	if len(p) != 11 {
		return "****"
	}
	return string(p[:3]) + " **** " + string(p[7:])
}

// Prefix is the number's first seven digits: the block that an operator gives
// out in one district, and the unit by which bought numbers come in bulk.
func (p Phone) Prefix() string { return string(p[:7]) }
