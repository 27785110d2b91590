package kvtest

import (
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"

	"lianxin/store/kv"
)

// fill stores pairs written "key=value".
func fill(t *testing.T, e kv.Engine, pairs ...string) {
	t.Helper()
	update(t, e, func(tx kv.Tx) error {
		for _, p := range pairs {
			k, v, _ := strings.Cut(p, "=")
			put(t, tx, k, v)
		}
		return nil
	})
}

// update allows the closure to refuse with errRefused, for tests that want to begin again with the same.
func update(t *testing.T, e kv.Engine, write func(kv.Tx) error) {
	t.Helper()
	if err := e.Update(t.Context(), write); err != nil && !errors.Is(err, errRefused) {
		t.Errorf("update: %v", err)
	}
}

func view(t *testing.T, e kv.Engine, read func(kv.Tx) error) {
	t.Helper()
	if err := e.View(t.Context(), read); err != nil {
		t.Errorf("view: %v", err)
	}
}

func put(t *testing.T, tx kv.Tx, key, value string) {
	t.Helper()
	if err := tx.Put([]byte(key), []byte(value)); err != nil {
		t.Errorf("put %s: %v", key, err)
	}
}

// want checks one value; nil is for no such key.
func want(t *testing.T, tx kv.Tx, key string, value any) {
	t.Helper()
	v, err := tx.Get([]byte(key))
	if s, there := value.(string); err != nil || there != (v != nil) || there && string(v) != s {
		t.Errorf("get %.20q: %.20q (nil %v), %v; want %.20v", key, v, v == nil, err, value)
	}
}

// wantAll checks all that is stored, in a View.
func wantAll(t *testing.T, e kv.Engine, pairs ...string) {
	t.Helper()
	view(t, e, func(tx kv.Tx) error {
		if got := text(tx.Scan(nil, nil)); got != strings.Join(pairs, " ") {
			t.Errorf("stored: %.200s\nwant:   %.200s", got, strings.Join(pairs, " "))
		}
		return nil
	})
}

// wantKeys checks the keys of a range, both ways.
func wantKeys(t *testing.T, tx kv.Tx, from, to []byte, keys []string) {
	t.Helper()
	back := slices.Clone(keys)
	slices.Reverse(back)
	for name, c := range map[string]struct {
		scan iter.Seq2[kv.Pair, error]
		want []string
	}{"scan": {tx.Scan(from, to), keys}, "scan back": {tx.ScanBack(from, to), back}} {
		var got []string
		for p, err := range c.scan {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			got = append(got, string(p.Key))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s from %q to %q: %q, want %q", name, from, to, got, c.want)
		}
	}
}

func text(scan iter.Seq2[kv.Pair, error]) string {
	var all []string
	for p, err := range scan {
		if err != nil {
			return err.Error()
		}
		all = append(all, string(p.Key)+"="+string(p.Value))
	}
	return strings.Join(all, " ")
}
