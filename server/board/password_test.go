package board

import (
	"strings"
	"testing"
)

func TestPasswords(t *testing.T) {
	names := []string{"zhoumin", "周敏", "示范县", "Demonstration County"}
	for password, id := range map[string]string{
		"":                                       "staff.password",
		"kR7#vLq2p":                              "staff.password",
		"连心县留言板九字":                               "staff.password",
		strings.Repeat("kR7#vLq2pX", 21):         "staff.password-long",
		"1234567890":                             "staff.password-easy",
		"password123":                            "staff.password-easy",
		"P@$$word-2026":                          "staff.password-easy",
		"ｐａｓｓｗｏｒｄ２０２６":                           "staff.password-easy",
		"qwertyuiop":                             "staff.password-easy",
		"1qaz2wsx3edc":                           "staff.password-easy",
		"poiuytrewq":                             "staff.password-easy",
		"aaaaaaaaaaaaaaaaaaaa":                   "staff.password-easy",
		"aaabbbcccdddeee":                        "staff.password-easy",
		"zhoumin2026!":                           "staff.password-easy",
		"Zhou-Min 1988 0917":                     "staff.password-easy",
		"周敏13800138000":                          "staff.password-easy",
		"lianxin示范县2026":                         "staff.password-easy",
		"demonstration2026":                      "staff.password-easy",
		"woaini5201314":                          "staff.password-easy",
		"130102198809170012":                     "staff.password-easy",
		"admin admin admin":                      "staff.password-easy",
		"一二三四五六七八九十":                             "staff.password-easy",
		"kR7vLq2pXw":                             "",
		"lamp river seven":                       "",
		"东边的路灯晚上不亮了":                             "",
		"korrekt pferd batterie heftklammer":     "",
		"hxkq mzpd 2wvr 8fnt":                    "",
		"مرحبا بالعالم الجميل":                   "",
		"password but then something quite else": "",
	} {
		err := CheckPassword(password, names...)
		got := ""
		if faults, ok := Faults(err); ok && len(faults) == 1 {
			got = faults[0].ID
		}
		if got != id || (err != nil) != (id != "") {
			t.Errorf("%q: %v, want %q", password, err, id)
		}
	}
}
