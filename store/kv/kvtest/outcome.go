package kvtest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"lianxin/store/kv"
)

var errRefused = errors.New("refused")

func testRefused(t *testing.T, e kv.Engine) {
	fill(t, e, "a=1", "b=2")
	err := e.Update(t.Context(), func(tx kv.Tx) error {
		put(t, tx, "a", "changed")
		put(t, tx, "c", "new")
		_ = tx.Delete([]byte("b"))
		return fmt.Errorf("so it is: %w", errRefused)
	})
	if !errors.Is(err, errRefused) || errors.Is(err, kv.ErrUnknown) {
		t.Errorf("update: %v, want the refusal itself", err)
	}
	if err := e.View(t.Context(), func(kv.Tx) error { return errRefused }); err != errRefused {
		t.Errorf("view: %v, want the refusal itself", err)
	}
	wantAll(t, e, "a=1", "b=2")
}

func testPanic(t *testing.T, e kv.Engine) {
	fill(t, e, "a=1")
	for name, do := range map[string]func(context.Context, func(kv.Tx) error) error{"update": e.Update, "view": e.View} {
		func() {
			defer func() {
				if p := recover(); p != errRefused {
					t.Errorf("%s: panic with %v, want that of the closure", name, p)
				}
			}()
			_ = do(t.Context(), func(tx kv.Tx) error {
				_ = tx.Put([]byte("a"), []byte("changed"))
				panic(errRefused)
			})
		}()
	}
	fill(t, e, "b=2")
	wantAll(t, e, "a=1", "b=2")
}

// testExit: a closure that ends its goroutine, as t.Fatal does, must not keep the turn.
func testExit(t *testing.T, e kv.Engine) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = e.Update(t.Context(), func(tx kv.Tx) error {
			put(t, tx, "a", "1")
			runtime.Goexit()
			return nil
		})
	}()
	<-done
	fill(t, e, "b=2")
	wantAll(t, e, "b=2")
}

func testReadOnly(t *testing.T, e kv.Engine) {
	fill(t, e, "a=1")
	view(t, e, func(tx kv.Tx) error {
		if err := tx.Put([]byte("a"), nil); !errors.Is(err, kv.ErrReadOnly) {
			t.Errorf("put: %v", err)
		}
		if err := tx.Delete([]byte("a")); !errors.Is(err, kv.ErrReadOnly) {
			t.Errorf("delete: %v", err)
		}
		return nil
	})
	wantAll(t, e, "a=1")
}

func testOver(t *testing.T, e kv.Engine) {
	fill(t, e, "a=1", "b=2")
	for name, do := range map[string]func(context.Context, func(kv.Tx) error) error{"update": e.Update, "view": e.View} {
		var kept kv.Tx
		var next func() (kv.Pair, error, bool)
		if err := do(t.Context(), func(tx kv.Tx) error {
			kept = tx
			if name == "update" {
				put(t, tx, "c", "3")
			}
			var stop func()
			next, stop = iter.Pull2(tx.Scan(nil, nil))
			t.Cleanup(stop)
			next()
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := kept.Get([]byte("a")); !errors.Is(err, kv.ErrOver) {
			t.Errorf("%s: get after the end: %v", name, err)
		}
		if err := kept.Put([]byte("z"), nil); err == nil {
			t.Errorf("%s: put after the end: no error", name)
		}
		if err := kept.Delete([]byte("a")); err == nil {
			t.Errorf("%s: delete after the end: no error", name)
		}
		if _, err, ok := next(); !ok || !errors.Is(err, kv.ErrOver) {
			t.Errorf("%s: scan went on after the end: %v", name, err)
		}
		for _, scan := range []iter.Seq2[kv.Pair, error]{kept.Scan(nil, nil), kept.ScanBack(nil, nil)} {
			n := 0
			for _, err := range scan {
				if n++; !errors.Is(err, kv.ErrOver) {
					t.Errorf("%s: scan after the end: %v", name, err)
				}
			}
			if n != 1 {
				t.Errorf("%s: scan after the end: %d pairs, want one error", name, n)
			}
		}
	}
	wantAll(t, e, "a=1", "b=2", "c=3")
}

func testCancelled(t *testing.T, e kv.Engine) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, do := range map[string]func(context.Context, func(kv.Tx) error) error{"update": e.Update, "view": e.View} {
		err := do(ctx, func(kv.Tx) error {
			t.Errorf("%s ran", name)
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// testLeaves: an update whose context ends while another one has the turn returns, and is never run.
func testLeaves(t *testing.T, e kv.Engine) {
	held, release, done := make(chan struct{}), make(chan struct{}), make(chan error)
	var once bool
	go func() {
		done <- e.Update(t.Context(), func(tx kv.Tx) error {
			if !once {
				once = true
				close(held)
			}
			<-release
			return tx.Put([]byte("first"), []byte("1"))
		})
	}()
	<-held
	const n = 8
	left := make(chan error, n)
	ctx, cancel := context.WithCancel(t.Context())
	for range n {
		go func() {
			left <- e.Update(ctx, func(tx kv.Tx) error { return tx.Put([]byte("late"), []byte("1")) })
		}()
	}
	cancel()
	for range n {
		if err := <-left; !errors.Is(err, context.Canceled) {
			t.Errorf("ended while waiting: %v", err)
		}
	}
	close(release)
	if err := <-done; err != nil {
		t.Errorf("first: %v", err)
	}
	fill(t, e, "after=1")
	wantAll(t, e, "after=1", "first=1")
}

func testLate(t *testing.T, e kv.Engine) {
	ctx, cancel := context.WithCancel(t.Context())
	if err := e.Update(ctx, func(tx kv.Tx) error {
		cancel()
		return tx.Put([]byte("a"), []byte("1"))
	}); err != nil {
		t.Errorf("context ended after the start: %v", err)
	}
	wantAll(t, e, "a=1")
}

// testModel plays the same random steps on the engine and on a map.
func testModel(t *testing.T, e kv.Engine) {
	model := map[string]string{}
	for seed := range uint64(60) {
		trial := map[string]string{}
		steps := func(tx kv.Tx) error {
			r := rand.New(rand.NewPCG(seed, 7)) // anew in each run, so that all runs are alike
			clear(trial)
			for k, v := range model {
				trial[k] = v
			}
			key := func() string { return strings.Repeat(string(rune('a'+r.IntN(4))), 1+r.IntN(12)) }
			for range r.IntN(60) {
				k := key()
				switch r.IntN(6) {
				case 0:
					_ = tx.Delete([]byte(k))
					delete(trial, k)
				case 1, 2:
					v := strings.Repeat("v", r.IntN(400))
					put(t, tx, k, v)
					trial[k] = v
				case 3:
					if v, there := trial[k]; there {
						want(t, tx, k, v)
					} else {
						want(t, tx, k, nil)
					}
				default:
					from, to := k, key()
					var keys []string
					for k := range trial {
						if k >= from && k < to {
							keys = append(keys, k)
						}
					}
					slices.Sort(keys)
					wantKeys(t, tx, []byte(from), []byte(to), keys)
				}
			}
			if r.IntN(4) == 0 {
				return errRefused
			}
			return nil
		}
		err := e.Update(t.Context(), steps)
		if err == nil {
			model = trial
		} else if !errors.Is(err, errRefused) {
			t.Fatalf("seed %d: %v", seed, err)
		}
		var all []string
		for k, v := range model {
			all = append(all, k+"="+v)
		}
		slices.Sort(all)
		wantAll(t, e, all...)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func testClosed(t *testing.T, e kv.Engine) {
	fill(t, e, "a=1")
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	for name, do := range map[string]func(context.Context, func(kv.Tx) error) error{"update": e.Update, "view": e.View} {
		err := do(t.Context(), func(kv.Tx) error {
			t.Errorf("%s ran after close", name)
			return nil
		})
		if !errors.Is(err, kv.ErrClosed) {
			t.Errorf("%s after close: %v", name, err)
		}
	}
}
