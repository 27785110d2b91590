package bolt

import (
	"errors"
	"fmt"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"lianxin/store/kv"
)

// TestFull lets the file meet the longest length allowed, which is how a full disk looks that needs no root.
func TestFull(t *testing.T) {
	e := open(t)
	if err := e.Update(t.Context(), put("a", "1")); err != nil {
		t.Fatal(err)
	}
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	signal.Ignore(syscall.SIGXFSZ)
	t.Cleanup(func() { signal.Reset(syscall.SIGXFSZ) })
	limit := func(to uint64) {
		t.Helper()
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: to, Max: before.Max}); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { limit(before.Cur) })

	limit(24 << 20)
	n := untilFull(t, e)
	limit(before.Cur)
	afterwards(t, e, n)
}

// untilFull writes until there is no room, and some more, and returns how many updates were acknowledged.
func untilFull(t *testing.T, e *Engine) (n int) {
	t.Helper()
	value := strings.Repeat("v", 100<<10)
	for ; n < 2000; n++ {
		err := e.Update(t.Context(), put(fmt.Sprintf("k%04d", n), value))
		if errors.Is(err, kv.ErrFull) && !errors.Is(err, kv.ErrUnknown) {
			break
		}
		if err != nil {
			t.Fatalf("update %d: %v, want ErrFull alone", n, err)
		}
	}
	for _, err := range together(t, e, func() {}, put("x", value), put("y", value), put("z", value)) {
		if !errors.Is(err, kv.ErrFull) || errors.Is(err, kv.ErrUnknown) {
			t.Errorf("full: %v", err)
		}
	}
	if got := stored(t, e, "a", "x", "y", "z", fmt.Sprintf("k%04d", n)); got != "1 - - - -" {
		t.Errorf("full: reads %.20q", got)
	}
	return n
}

// afterwards looks for what was acknowledged, with the same engine and after a new start.
func afterwards(t *testing.T, e *Engine, n int) {
	t.Helper()
	if err := e.Update(t.Context(), put("x", "room")); err != nil {
		t.Errorf("room again: %v", err)
	}
	for range 2 {
		sound(t, e)
		if got := stored(t, e, "a", "x"); got != "1 room" {
			t.Errorf("stored %s", got)
		}
		if err := e.View(t.Context(), func(tx kv.Tx) error {
			count := 0
			for range tx.Scan([]byte("k"), []byte("l")) {
				count++
			}
			if count != n {
				t.Errorf("%d stored, %d acknowledged", count, n)
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
		if err := e.Close(); err != nil {
			t.Error(err)
		}
		e = openAt(t, e.path)
	}
}
