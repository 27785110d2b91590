package seal

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

var alice, bob = [16]byte{1, 2, 3}, [16]byte{4, 5, 6}

func created(t *testing.T) *Keys {
	t.Helper()
	k, err := Create(t.TempDir() + "/keys")
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func person(t *testing.T, k *Keys, id [16]byte) (Key, []byte) {
	t.Helper()
	key, wrapped, err := k.NewPerson(rand.Reader, id)
	if err != nil {
		t.Fatal(err)
	}
	return key, wrapped
}

func sealed(t *testing.T, k Key, aad, plain string) []byte {
	t.Helper()
	s, err := k.Seal(rand.Reader, []byte(aad), []byte(plain))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestRoundTrip(t *testing.T) {
	keys := created(t)
	mine, wrapped := person(t, keys, alice)
	again, err := keys.Unwrap(alice, wrapped)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "a", "路灯坏了，请派人看看", strings.Repeat("长", 500000)} {
		for name, pair := range map[string][2]Key{"person": {mine, again}, "county": {keys.County(), keys.County()}} {
			s := sealed(t, pair[0], "case|7|text", text)
			if len(s) != len(text)+Overhead {
				t.Errorf("%s: %d bytes became %d", name, len(text), len(s))
			}
			got, err := pair[1].Open([]byte("case|7|text"), s)
			if err != nil || string(got) != text {
				t.Errorf("%s: %.20q came back as %.20q, %v", name, text, got, err)
			}
		}
	}
}

func TestNothingShowsThrough(t *testing.T) {
	keys := created(t)
	key, wrapped := person(t, keys, alice)
	const text = "13812345678 张三 三里村"
	one, two := sealed(t, key, "a", text), sealed(t, key, "a", text)
	for i := 0; i+4 <= len(text); i++ {
		if bytes.Contains(one, []byte(text[i:i+4])) {
			t.Errorf("%q stands in the sealed bytes", text[i:i+4])
		}
	}
	if bytes.Equal(one, two) {
		t.Error("equal texts are equal when sealed")
	}
	if bytes.Contains(wrapped, alice[:4]) {
		t.Error("the id stands in the wrapped key")
	}
}

func TestEveryChangedBitIsNoticed(t *testing.T) {
	keys := created(t)
	key, wrapped := person(t, keys, alice)
	aad := []byte("case|7|text")
	s := sealed(t, key, string(aad), "路灯坏了")
	for i := range len(s) * 8 {
		bad := bytes.Clone(s)
		bad[i/8] ^= 1 << (i % 8)
		if got, err := key.Open(aad, bad); !errors.Is(err, ErrBroken) || got != nil {
			t.Fatalf("bit %d changed: %q, %v", i, got, err)
		}
	}
	for n := range s {
		if _, err := key.Open(aad, s[:n]); !errors.Is(err, ErrBroken) {
			t.Fatalf("cut to %d bytes: %v", n, err)
		}
	}
	if _, err := key.Open(aad, append(bytes.Clone(s), 0)); !errors.Is(err, ErrBroken) {
		t.Errorf("one byte more: %v", err)
	}
	for i := range len(wrapped) * 8 {
		bad := bytes.Clone(wrapped)
		bad[i/8] ^= 1 << (i % 8)
		if _, err := keys.Unwrap(alice, bad); !errors.Is(err, ErrBroken) {
			t.Fatalf("bit %d of the wrapped key changed: %v", i, err)
		}
	}
}

func TestSealedBelongsToItsPlaceAndKey(t *testing.T) {
	keys, others := created(t), created(t)
	hers, wrapped := person(t, keys, alice)
	his, _ := person(t, keys, bob)
	s := sealed(t, hers, "case|7|text", "路灯坏了")
	for name, open := range map[string]func() error{
		"another place":       func() error { _, err := hers.Open([]byte("case|8|text"), s); return err },
		"no place":            func() error { _, err := hers.Open(nil, s); return err },
		"another person":      func() error { _, err := his.Open([]byte("case|7|text"), s); return err },
		"the county":          func() error { _, err := keys.County().Open([]byte("case|7|text"), s); return err },
		"key of another id":   func() error { _, err := keys.Unwrap(bob, wrapped); return err },
		"key of other keys":   func() error { _, err := others.Unwrap(alice, wrapped); return err },
		"text as a key":       func() error { _, err := keys.Unwrap(alice, s); return err },
		"county of others":    func() error { _, err := others.County().Open(nil, sealed(t, keys.County(), "", "x")); return err },
		"wrapped as a text":   func() error { _, err := keys.County().Open(alice[:], wrapped); return err },
		"version not known":   func() error { _, err := hers.Open([]byte("case|7|text"), append([]byte{1, 2}, s[2:]...)); return err },
		"algorithm not known": func() error { _, err := hers.Open([]byte("case|7|text"), append([]byte{2, 1}, s[2:]...)); return err },
	} {
		if err := open(); !errors.Is(err, ErrBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDestroyed(t *testing.T) {
	keys := created(t)
	key, err := keys.Unwrap(alice, nil)
	if !errors.Is(err, ErrDestroyed) {
		t.Errorf("unwrapped nothing: %v", err)
	}
	if _, err := key.Open(nil, make([]byte, 100)); !errors.Is(err, ErrDestroyed) {
		t.Errorf("opened with no key: %v", err)
	}
	if s, err := key.Seal(rand.Reader, nil, []byte("text")); !errors.Is(err, ErrDestroyed) || s != nil {
		t.Errorf("sealed with no key: %q, %v", s, err)
	}
}

func TestRandomFails(t *testing.T) {
	keys := created(t)
	for n := range 44 { // 32 bytes of key, 12 of nonce
		if _, _, err := keys.NewPerson(io.LimitReader(rand.Reader, int64(n)), alice); err == nil {
			t.Fatalf("a person's key was made of %d random bytes", n)
		}
	}
	if s, err := keys.County().Seal(strings.NewReader("short"), nil, []byte("text")); err == nil || s != nil {
		t.Errorf("sealed without a nonce: %q", s)
	}
}

func TestIndex(t *testing.T) {
	keys, others := created(t), created(t)
	phone := keys.Index("phone", "+8613812345678")
	if keys.Index("phone", "+8613812345678") != phone {
		t.Error("the index of a value changes")
	}
	for name, other := range map[string][16]byte{
		"value":    keys.Index("phone", "+8613812345679"),
		"kind":     keys.Index("source", "+8613812345678"),
		"keys":     others.Index("phone", "+8613812345678"),
		"boundary": keys.Index("phone+86", "13812345678"),
	} {
		if other == phone {
			t.Errorf("another %s has the same index", name)
		}
	}
}

func TestForm(t *testing.T) {
	keys, others := created(t), created(t)
	sum := keys.Form().Sum("file", "session", "17")
	if !keys.Form().Holds(sum[:], "file", "session", "17") {
		t.Error("a token does not hold")
	}
	for _, parts := range [][]string{{}, {"file", "session"}, {"file", "session", "18"}, {"filesession", "17"},
		{"file", "session1", "7"}, {"file", "session", "17", ""}, {"session", "file", "17"}} {
		if keys.Form().Holds(sum[:], parts...) {
			t.Errorf("holds for %q", parts)
		}
	}
	if keys.Form().Holds(sum[:31], "file", "session", "17") || keys.Form().Holds(nil, "file", "session", "17") {
		t.Error("a part of a token holds")
	}
	if others.Form().Holds(sum[:], "file", "session", "17") {
		t.Error("a token of other keys holds")
	}
}

func TestFingerprint(t *testing.T) {
	keys, others := created(t), created(t)
	if err := keys.Check(keys.Fingerprint()); err != nil {
		t.Error(err)
	}
	if err := keys.Check(others.Fingerprint()); !errors.Is(err, ErrWrongKey) || !strings.Contains(err.Error(), others.Fingerprint()) {
		t.Errorf("other keys pass, or are not named: %v", err)
	}
	if err := keys.Check(""); !errors.Is(err, ErrWrongKey) {
		t.Errorf("no fingerprint passes: %v", err)
	}
}

// A log line that holds a key by accident must not show it.
func TestKeysDoNotPrint(t *testing.T) {
	k, err := derive(bytes.Repeat([]byte{0xab}, keySize))
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d"} {
		for _, v := range []any{k, k.county, k.form, &k.form} {
			got := fmt.Sprintf(verb, v)
			if len(got) > 40 || strings.Contains(got, hex.EncodeToString(k.form.key[:4])) {
				t.Errorf("%s of %T prints %s", verb, v, got)
			}
		}
	}
}

// What was sealed by an earlier program must open for ever: these bytes were
// made once and are not to be made anew.
func TestOldDataOpen(t *testing.T) {
	k, err := derive(bytes.Repeat([]byte{7}, keySize))
	if err != nil {
		t.Fatal(err)
	}
	raw := func(digits string) []byte {
		b, err := hex.DecodeString(digits)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	if got := k.Fingerprint(); got != "311716de8a0bc366" {
		t.Errorf("fingerprint %s", got)
	}
	if got := k.Index("phone", "+8613812345678"); !bytes.Equal(got[:], raw("7f842a5aa47b55541f62565d433e3f7f")) {
		t.Errorf("index %x", got)
	}
	if got := k.Form().Sum("a", "b"); !bytes.Equal(got[:], raw("6b6f02d93a4e36911548967c56e7d1ce3b65a282162cd547a2cadb46b77d8f72")) {
		t.Errorf("form %x", got)
	}
	if got, err := k.County().Open([]byte("unit|1|name"), raw("010181c53a2d699c5d3bcbc964fc293331c821e5bd95d19ce7c4dc52d06927a6c54abaed414462")); string(got) != "住建局" {
		t.Errorf("county: %q, %v", got, err)
	}
	key, err := k.Unwrap(alice, raw("010110b1a70f42e9844c3438e41b38a3372466dee10bec57c9b7e24404b2c786ab6381555b3321f35825c4c76425224ca43b8b89479eb80f3d467615b959"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := key.Open([]byte("case|1|text"), raw("01012319121ba970353e179e75a9f21cd67245c74b3fadc6716f1c26be6abe705efb90a46b52fd708ed8")); string(got) != "路灯坏了" {
		t.Errorf("person: %q, %v", got, err)
	}
}
