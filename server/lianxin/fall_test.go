package main

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"lianxin/store/kv"
)

// Killed, the server says at its next start what it looked at; stopped in order,
// it says nothing.
func TestAfterAFall(t *testing.T) {
	c := place(t)
	r := start(t, c, "serve")
	c.named(t)
	b := r.browser()
	b.logIn(c, "13800138000")
	number := b.file("桥上的栏杆断了")
	r.kill()

	well(t, c.with("county")...) // another command does not make it forgotten
	r = start(t, c, "serve")
	if said := r.words(); !strings.Contains(said, "last end was unclean") || !regexp.MustCompile(`events: [1-9]`).MatchString(said) {
		t.Errorf("after a kill it says\n%s", said)
	}
	b.base = r.url
	if a, err := b.get("/case/" + number); err != nil || a.code != 200 {
		t.Errorf("the case: %d, %v", a.code, err)
	}
	r.stop()
	r = start(t, c, "serve")
	if said := r.words(); strings.Contains(said, "unclean") {
		t.Errorf("after a stop it says\n%s", said)
	}
	r.stop()
}

// What a fall damaged is not served, whatever is tried, until it is mended.
func TestDamagedInAFall(t *testing.T) {
	c := place(t)
	r := start(t, c, "serve")
	c.named(t)
	r.kill()
	flip := func(tx kv.Tx) error {
		for pair, err := range tx.ScanBack([]byte{'f'}, []byte{'g'}) {
			pair.Value[len(pair.Value)-1] ^= 1
			return errors.Join(err, tx.Put(pair.Key, pair.Value))
		}
		return errors.New("there is nothing to damage")
	}
	c.behind(t, flip)
	for range 2 {
		badly(t, "in what was written last", c.with("serve", "--addr", "127.0.0.1:0")...)
	}
	said, code := typed(t, c.with("serve", "--addr", "127.0.0.1:0", "--lang", "zh")...)
	if code != refused || !strings.Contains(said, "没有开服务") || !strings.Contains(said, "level=ERROR") || strings.Contains(said, "http://") {
		t.Errorf("it ended with %d and says\n%s", code, said)
	}
	badly(t, "", c.with("check")...)
	badly(t, "in what was written last", c.with("serve", "--addr", "127.0.0.1:0")...)
	c.behind(t, flip)
	well(t, c.with("check")...)
	if said := start(t, c, "serve").words(); strings.Contains(said, "unclean") {
		t.Errorf("checked and sound, it says\n%s", said)
	}
}
