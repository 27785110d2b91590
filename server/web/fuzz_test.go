package web

import (
	"crypto/sha256"
	"errors"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"lianxin/server/board"
)

// FuzzForm reads any body as any kind of form: fields of clean text, or a
// refusal that is the sender's own.
func FuzzForm(f *testing.F) {
	const parts = "multipart/form-data; boundary=x"
	f.Add("", "a=1&b=%E4%B8%AD")
	f.Add("application/x-www-form-urlencoded", "a=1&a=2")
	f.Add("application/x-www-form-urlencoded; charset=gbk", "a=%ff%0d%0a%00")
	f.Add(parts, "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../etc/passwd\"\r\n\r\nabc\r\n--x--\r\n")
	f.Add(parts, "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n2\r\n--x--")
	f.Add("multipart/form-data", "--\r\n\r\n")
	f.Add("text/html;;", "<script>")
	f.Fuzz(func(t *testing.T, kind, body string) {
		r := &request{}
		fields, err := r.readUpload(kind, []byte(body))
		if err != nil {
			if !errors.Is(err, fiber.ErrBadRequest) && !errors.Is(err, fiber.ErrUnsupportedMediaType) {
				t.Errorf("%q %q: %v", kind, body, err)
			}
			return
		}
		for name, value := range fields {
			if !utf8.ValidString(value) || strings.ContainsFunc(value, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
				t.Errorf("field %q is %q", name, value)
			}
		}
	})
}

// FuzzLocal asks of any path whether somebody may be sent there: never to
// another host, however a browser reads it.
func FuzzLocal(f *testing.F) {
	for _, seed := range []string{"/", "/cases?then=%2f%2fx", "//x.example", "/\\x.example", "/%09/x.example", "/..//x.example", "/a;b@x.example", "/?#//x", "/\u2028/x", "javascript:1"} {
		f.Add(seed)
	}
	base := &url.URL{Scheme: "http", Host: "home.example", Path: "/login"}
	f.Fuzz(func(t *testing.T, path string) {
		to := local(path)
		if to == "" {
			return
		}
		at, err := base.Parse(to)
		if err != nil || at.Host != base.Host || at.Scheme != base.Scheme || at.User != nil || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t\x00") {
			t.Errorf("%q leads to %q: %v", path, to, err)
		}
		if again := local(to); again != to {
			t.Errorf("%q leads to %q, and that to %q", path, to, again)
		}
	})
}

// FuzzLook reads any cookie as a look: known sizes and colours, or none.
func FuzzLook(f *testing.F) {
	for _, seed := range []string{"zh-Hans.24.dark", "en..", "...", "en.24.dark.x", "<script>.20.light", "\x00.\xff."} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		l := parseLook(value)
		if oneOf(l.size, "", "20", "24", "30") != l.size || oneOf(l.theme, "", "light", "dark", "contrast", "cream") != l.theme {
			t.Errorf("%q is %+v", value, l)
		}
		if again := parseLook(l.String()); again != l {
			t.Errorf("%q is %+v, kept as %+v", value, l, again)
		}
	})
}

// FuzzToken tries any text as the token of a form. Nobody guesses one, and none
// that was changed in any place holds.
func FuzzToken(f *testing.F) {
	s := stamps{key: []byte("a key of this test"), random: rand.NewChaCha8([32]byte{1})}
	once, err := s.fresh()
	if err != nil {
		f.Fatal(err)
	}
	browser := sha256.Sum256([]byte("a session"))
	good := s.mint(browser, "/file", once, noon)
	f.Add(good, 0)
	f.Add("", 3)
	f.Add(strings.Repeat("A", len(good)), 7)
	f.Add(good+"=", len(good)-1)
	f.Fuzz(func(t *testing.T, token string, at int) {
		if _, holds := s.holds(token, browser, "/file", noon); holds && token != good {
			t.Errorf("%q holds", token)
		}
		if at = max(0, at) % len(good); token != "" {
			bent := []byte(good)
			bent[at] = token[0]
			if _, holds := s.holds(string(bent), browser, "/file", noon); holds != (string(bent) == good) {
				t.Errorf("%q for %q: %v", bent, good, holds)
			}
		}
	})
}

// FuzzMoment reads any text as a moment or a day: the minute that is written,
// or none.
func FuzzMoment(f *testing.F) {
	for _, seed := range []string{"2026-09-18 10:05", "９月18日9点", "8:15", "2-30", "99999999999999999999 1", "0-0-0 0:0", "12月31日"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if at := typedMoment(text, noon); !at.IsZero() {
			if at.Second() != 0 || at.Location() != board.Zone {
				t.Errorf("%q is %v", text, at)
			}
			if again := typedMoment(at.Format(momentShape), noon); !again.Equal(at) {
				t.Errorf("%q is %v, written and read again %v", text, at, again)
			}
		}
		if day := typedDay(figures(text), noon); !day.IsZero() && (day.Hour() != 0 || len(figures(text)) == 2 && day.After(noon.Add(24*time.Hour))) {
			t.Errorf("the day %q is %v", text, day)
		}
	})
}
