package kvtest

import (
	"errors"
	"fmt"
	"strconv"
	"sync"
	"testing"

	"lianxin/store/kv"
)

const writers = 64

// crowd runs do in as many goroutines as there are writers and waits for all.
func crowd(do func(i int)) {
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() { do(i) })
	}
	wg.Wait()
}

// count adds one to the number under key.
func count(tx kv.Tx, key string) error {
	v, err := tx.Get([]byte(key))
	if err != nil {
		return err
	}
	n, _ := strconv.Atoi(string(v))
	return tx.Put([]byte(key), strconv.AppendInt(nil, int64(n+1), 10))
}

func testCrowd(t *testing.T, e kv.Engine) {
	const rounds = 20
	crowd(func(i int) {
		for r := range rounds {
			own := fmt.Sprintf("own/%02d/%02d", i, r)
			if err := e.Update(t.Context(), func(tx kv.Tx) error {
				if err := tx.Put([]byte(own), []byte("1")); err != nil {
					return err
				}
				return count(tx, "count")
			}); err != nil {
				t.Errorf("writer %d: %v", i, err)
			}
			view(t, e, func(tx kv.Tx) error { // what is acknowledged can be seen
				want(t, tx, own, "1")
				return nil
			})
		}
	})
	view(t, e, func(tx kv.Tx) error {
		want(t, tx, "count", strconv.Itoa(writers*rounds))
		n := 0
		for range tx.Scan([]byte("own/"), []byte("own0")) {
			n++
		}
		if n != writers*rounds {
			t.Errorf("%d own keys, want %d", n, writers*rounds)
		}
		return nil
	})
}

// testSpared: a third of the updates is refused, a third panics, and the rest must all be there, alone.
func testSpared(t *testing.T, e kv.Engine) {
	const rounds = 9
	crowd(func(i int) {
		for r := range rounds {
			func() {
				defer func() {
					if p := recover(); (p != nil) != ((i+r)%3 == 2) {
						t.Errorf("writer %d round %d: panic %v", i, r, p)
					}
				}()
				err := e.Update(t.Context(), func(tx kv.Tx) error {
					if err := count(tx, "count"); err != nil {
						return err
					}
					switch (i + r) % 3 {
					case 1:
						return errRefused
					case 2:
						panic(i)
					}
					return nil
				})
				if errors.Is(err, errRefused) != ((i+r)%3 == 1) || err != nil && !errors.Is(err, errRefused) {
					t.Errorf("writer %d round %d: %v", i, r, err)
				}
			}()
		}
	})
	wantAll(t, e, fmt.Sprintf("count=%d", writers*rounds/3))
}

func testStable(t *testing.T, e kv.Engine) {
	fill(t, e, "a=1", "b=1", "c=1")
	view(t, e, func(tx kv.Tx) error {
		want(t, tx, "a", "1")
		seen := ""
		for p, err := range tx.Scan(nil, nil) {
			if err != nil {
				t.Error(err)
			}
			seen += string(p.Key) + "=" + string(p.Value) + " "
			done := make(chan struct{})
			go func() { // a commit is acknowledged while the view is open
				defer close(done)
				update(t, e, func(tx kv.Tx) error {
					put(t, tx, "a", "2")
					put(t, tx, "bb", "2")
					return tx.Delete([]byte("c"))
				})
			}()
			<-done
		}
		if seen != "a=1 b=1 c=1 " {
			t.Errorf("view moved: %s", seen)
		}
		want(t, tx, "a", "1")
		want(t, tx, "bb", nil)
		return nil
	})
	wantAll(t, e, "a=2", "b=1", "bb=2")
}

// testWhole moves one thing about while others look: it is always in exactly one place.
func testWhole(t *testing.T, e kv.Engine) {
	fill(t, e, "place/00=x")
	places := func(tx kv.Tx) (n int, at []byte) {
		for p := range tx.Scan([]byte("place/"), []byte("place0")) {
			n, at = n+1, p.Key
		}
		return n, at
	}
	crowd(func(i int) {
		for range 5 {
			if i%2 == 0 {
				update(t, e, func(tx kv.Tx) error {
					_, at := places(tx)
					if err := tx.Delete(at); err != nil {
						return err
					}
					put(t, tx, fmt.Sprintf("place/%02d", i), "x")
					return nil
				})
			} else {
				view(t, e, func(tx kv.Tx) error {
					if n, _ := places(tx); n != 1 {
						t.Errorf("seen in %d places", n)
					}
					return nil
				})
			}
		}
	})
}
