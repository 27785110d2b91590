package main

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"lianxin/locales"
	"lianxin/server/board"
	"lianxin/store"
	"lianxin/store/seal"
)

func TestTongue(t *testing.T) {
	bundle, err := locales.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		flag, environment, want string
	}{
		{"", "", "en"},
		{"", "LANG=C.UTF-8", "en"},
		{"", "LANG=zh_CN.UTF-8", "zh-Hans"},
		{"", "LANG=en_GB.UTF-8", "en"},
		{"", "LC_ALL=C LANG=zh_CN.UTF-8", "en"},
		{"zh", "LANG=en_US.UTF-8", "zh-Hans"},
		{"en", "LANG=zh_CN.UTF-8", "en"},
	} {
		env := map[string]string{}
		for _, pair := range strings.Fields(row.environment) {
			name, value, _ := strings.Cut(pair, "=")
			env[name] = value
		}
		if got := tongue(bundle, row.flag, func(name string) string { return env[name] }); got != row.want {
			t.Errorf("--lang %q with %s speaks %s, want %s", row.flag, row.environment, got, row.want)
		}
	}
}

// Whatever can go wrong is told in words of its own, in every language; what is
// told of a full disk is not what a page says of it.
func TestExplain(t *testing.T) {
	bundle, err := locales.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range bundle.Languages() {
		words := bundle.Words(lang.Tag)
		said := map[string]error{}
		for _, err := range []error{
			store.ErrBusy, store.ErrFull, store.ErrUnknown, store.ErrGone, store.ErrNewer, seal.ErrInside, seal.ErrLoose, seal.ErrDamaged, seal.ErrWrongKey,
			board.Fault{Kind: board.Invalid, ID: "staff.taken"}, errors.New("the roof leaks"),
		} {
			text := explain(words, fmt.Errorf("somewhere: %w", err))
			if said[text] != nil || text == "" || strings.HasPrefix(text, "[") {
				t.Errorf("%s: %v is told as %q", lang.Tag, err, text)
			}
			said[text] = err
		}
		for id, cause := range map[string]error{"not-saved": store.ErrFull, "gone": store.ErrGone} {
			fault := board.Fault{Kind: board.NotSaved, ID: id}
			if said[explain(words, fault)] != cause {
				t.Errorf("%s: a deed that could not be kept is told as %q", lang.Tag, explain(words, fault))
			}
		}
	}
}
