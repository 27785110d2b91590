// Package kvtest is the one test that every engine passes. What is not tested here is not promised.
package kvtest

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"lianxin/store/kv"
)

// Run tests the engines that open makes: each call an empty one. Run closes them.
func Run(t *testing.T, open func(*testing.T) kv.Engine) {
	for _, c := range []struct {
		name string
		test func(*testing.T, kv.Engine)
	}{
		{"what is put is there", testPut},
		{"what is deleted is gone", testDelete},
		{"empty values are not nil", testEmpty},
		{"bytes belong to the caller", testOwned},
		{"limits", testLimits},
		{"scans keep to their bounds", testBounds},
		{"scans merge what is stored and what is new", testMerge},
		{"scans may be read and written in", testScanWrite},
		{"scans inside scans", testNested},
		{"scans can be left and begun again", testScanAgain},
		{"a refused update leaves nothing", testRefused},
		{"a panic leaves nothing", testPanic},
		{"an exit leaves nothing", testExit},
		{"a view cannot write", testReadOnly},
		{"a transaction ends", testOver},
		{"a view does not move", testStable},
		{"a view sees no half update", testWhole},
		{"sixty-four writers lose nothing", testCrowd},
		{"refusals and panics spare the others", testSpared},
		{"an ended context writes nothing", testCancelled},
		{"an ended context leaves the queue", testLeaves},
		{"a context that ends later changes nothing", testLate},
		{"many pairs in one update", testMany},
		{"the same as a map would do", testModel},
		{"after close all is closed", testClosed},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := open(t)
			defer func() {
				if err := e.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			}()
			c.test(t, e)
		})
	}
}

func testPut(t *testing.T, e kv.Engine) {
	update(t, e, func(tx kv.Tx) error {
		want(t, tx, "a", nil)
		put(t, tx, "a", "1")
		want(t, tx, "a", "1")
		put(t, tx, "a", "2")
		want(t, tx, "a", "2")
		put(t, tx, "b", "3")
		return nil
	})
	view(t, e, func(tx kv.Tx) error {
		want(t, tx, "a", "2")
		want(t, tx, "b", "3")
		want(t, tx, "c", nil)
		want(t, tx, "", nil)
		return nil
	})
}

func testDelete(t *testing.T, e kv.Engine) {
	fill(t, e, "a=1", "b=2", "c=3")
	update(t, e, func(tx kv.Tx) error {
		for _, k := range []string{"a", "b", "nowhere", "", strings.Repeat("k", kv.MaxKey+1)} {
			if err := tx.Delete([]byte(k)); err != nil {
				t.Errorf("delete %.9q: %v", k, err)
			}
		}
		want(t, tx, "a", nil)
		put(t, tx, "b", "again")
		want(t, tx, "b", "again")
		return nil
	})
	wantAll(t, e, "b=again", "c=3")
}

func testEmpty(t *testing.T, e kv.Engine) {
	empty := func(tx kv.Tx) error {
		for _, k := range []string{"nil", "none"} {
			if v, err := tx.Get([]byte(k)); v == nil || len(v) != 0 || err != nil {
				t.Errorf("get %s: %#v, %v; want an empty value that is not nil", k, v, err)
			}
		}
		for p, err := range tx.Scan(nil, nil) {
			if p.Value == nil || err != nil {
				t.Errorf("scan %s: %#v, %v; want an empty value that is not nil", p.Key, p.Value, err)
			}
		}
		return nil
	}
	update(t, e, func(tx kv.Tx) error {
		if err := errors.Join(tx.Put([]byte("nil"), nil), tx.Put([]byte("none"), []byte{})); err != nil {
			t.Error(err)
		}
		return empty(tx)
	})
	view(t, e, empty)
	update(t, e, empty)
}

func testOwned(t *testing.T, e kv.Engine) {
	var kept [][]byte
	fill(t, e, "old=value")
	update(t, e, func(tx kv.Tx) error {
		key, value := []byte("new"), []byte("value")
		if err := tx.Put(key, value); err != nil {
			t.Error(err)
		}
		copy(key, "xxx")
		copy(value, "xxxxx")
		want(t, tx, "new", "value")
		for _, k := range []string{"old", "new"} {
			v, _ := tx.Get([]byte(k))
			copy(v, "xxxxx")
			want(t, tx, k, "value")
		}
		for p := range tx.Scan(nil, nil) {
			copy(p.Value, "xxxxx")
			want(t, tx, string(p.Key), "value")
			copy(p.Key, "xxx")
		}
		return nil
	})
	view(t, e, func(tx kv.Tx) error {
		for p := range tx.ScanBack(nil, nil) {
			kept = append(kept, p.Key, p.Value)
		}
		v, _ := tx.Get([]byte("old"))
		kept = append(kept, v)
		return nil
	})
	fill(t, e, "old=other", "new=other")
	if got := string(bytes.Join(kept, []byte(" "))); got != "old value new value value" {
		t.Errorf("kept bytes became %q", got)
	}
	for _, b := range kept {
		clear(b) // must not be a fault
	}
	wantAll(t, e, "new=other", "old=other")
}

func testLimits(t *testing.T, e kv.Engine) {
	key, value := strings.Repeat("k", kv.MaxKey), strings.Repeat("v", kv.MaxValue)
	update(t, e, func(tx kv.Tx) error {
		for _, c := range []struct {
			name, key, value string
			want             error
		}{
			{"no key", "", "v", kv.ErrNoKey},
			{"key too long", key + "k", "v", kv.ErrTooBig},
			{"value too long", "k", value + "v", kv.ErrTooBig},
			{"largest", key, value, nil},
		} {
			if err := tx.Put([]byte(c.key), []byte(c.value)); !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", c.name, err, c.want)
			}
		}
		return nil
	})
	view(t, e, func(tx kv.Tx) error {
		want(t, tx, key+"k", nil)
		want(t, tx, "k", nil)
		want(t, tx, key, value)
		for p := range tx.Scan([]byte(key), []byte(key+"long")) {
			if string(p.Key) != key || string(p.Value) != value {
				t.Error("the largest pair came back changed")
			}
		}
		return nil
	})
}

func testBounds(t *testing.T, e kv.Engine) {
	all := []string{"a", "a\x00", "b", "ba", "c", "\xff", "\xff\xff"}
	look := func(tx kv.Tx) error {
		for _, from := range append([]string{"nil", "", "aa", "zz", "\xff\xff\xff"}, all...) {
			for _, to := range append([]string{"nil", "", "aa", "zz", "\xff\xff\xff"}, all...) {
				var keys []string
				for _, k := range all {
					if (from == "nil" || k >= from) && (to == "nil" || k < to) {
						keys = append(keys, k)
					}
				}
				wantKeys(t, tx, bound(from), bound(to), keys)
			}
		}
		return nil
	}
	update(t, e, func(tx kv.Tx) error {
		wantKeys(t, tx, nil, nil, nil)
		for _, k := range all {
			put(t, tx, k, "v")
		}
		return look(tx)
	})
	view(t, e, look)
	update(t, e, look)
}

func bound(s string) []byte {
	if s == "nil" {
		return nil
	}
	return []byte(s)
}

func testMerge(t *testing.T, e kv.Engine) {
	fill(t, e, "b=old", "c=old", "e=old", "g=old", "h=old")
	update(t, e, func(tx kv.Tx) error {
		put(t, tx, "a", "new")
		put(t, tx, "c", "new")
		put(t, tx, "d", "new")
		put(t, tx, "i", "new")
		for _, k := range []string{"b", "g", "h", "i"} {
			if err := tx.Delete([]byte(k)); err != nil {
				t.Error(err)
			}
		}
		put(t, tx, "h", "anew")
		if got := text(tx.Scan(nil, nil)); got != "a=new c=new d=new e=old h=anew" {
			t.Errorf("scan: %s", got)
		}
		if got := text(tx.ScanBack(nil, nil)); got != "h=anew e=old d=new c=new a=new" {
			t.Errorf("scan back: %s", got)
		}
		if got := text(tx.ScanBack([]byte("c"), []byte("h"))); got != "e=old d=new c=new" {
			t.Errorf("scan back from c to h: %s", got)
		}
		return nil
	})
	wantAll(t, e, "a=new", "c=new", "d=new", "e=old", "h=anew")
}

func testScanWrite(t *testing.T, e kv.Engine) {
	for name, scan := range map[string]func(kv.Tx) iter.Seq2[kv.Pair, error]{
		"scan":      func(tx kv.Tx) iter.Seq2[kv.Pair, error] { return tx.Scan([]byte("k"), []byte("l")) },
		"scan back": func(tx kv.Tx) iter.Seq2[kv.Pair, error] { return tx.ScanBack([]byte("k"), []byte("l")) },
	} {
		for i := range 300 {
			fill(t, e, fmt.Sprintf("k%03d=old", i))
		}
		update(t, e, func(tx kv.Tx) error {
			put(t, tx, "k150", "old") // so that the loop meets its own overlay as well
			seen := 0
			for p, err := range scan(tx) {
				if err != nil || string(p.Value) != "old" {
					t.Fatalf("%s: %s=%s, %v; want what stood when the loop began", name, p.Key, p.Value, err)
				}
				seen++
				put(t, tx, string(p.Key), "new")
				put(t, tx, string(p.Key)+"+", "old") // just ahead, or just behind
				want(t, tx, string(p.Key), "new")
				for i := range 3 {
					_ = tx.Delete(fmt.Appendf(nil, "k%03d", (seen*7+i)%300))
				}
			}
			if seen != 300 {
				t.Errorf("%s: %d pairs, want 300", name, seen)
			}
			return errRefused // the next round begins with the same
		})
	}
}

func testNested(t *testing.T, e kv.Engine) {
	fill(t, e, "a=1", "b=2", "c=3")
	nest := func(tx kv.Tx) error {
		var got []string
		for p := range tx.Scan(nil, nil) {
			for q := range tx.ScanBack(nil, p.Key) {
				got = append(got, string(p.Key)+string(q.Key))
			}
		}
		if s := strings.Join(got, " "); s != "ba cb ca" {
			t.Errorf("nested: %s", s)
		}
		return nil
	}
	view(t, e, nest)
	update(t, e, func(tx kv.Tx) error {
		put(t, tx, "b", "new")
		return nest(tx)
	})
}

func testScanAgain(t *testing.T, e kv.Engine) {
	fill(t, e, "a=1", "b=2", "c=3")
	update(t, e, func(tx kv.Tx) error {
		scan := tx.Scan(nil, nil)
		for p := range scan {
			if string(p.Key) == "b" {
				break
			}
		}
		put(t, tx, "d", "4")
		if got := text(scan); got != "a=1 b=2 c=3 d=4" {
			t.Errorf("again: %s", got)
		}
		return nil
	})
}

func testMany(t *testing.T, e kv.Engine) {
	const n = 20000
	key := func(i int) []byte { return fmt.Appendf(nil, "%05d", i*7919%n) }
	update(t, e, func(tx kv.Tx) error {
		for i := range n {
			if err := tx.Put(key(i), key(i)); err != nil {
				return err
			}
		}
		return nil
	})
	// Delete a long stretch and look over it from both sides in the same transaction and in the next.
	look := func(tx kv.Tx) error {
		up, down := 0, 0
		for p, err := range tx.Scan(nil, nil) {
			if err != nil || !bytes.Equal(p.Key, p.Value) {
				t.Fatalf("scan: %s=%s, %v", p.Key, p.Value, err)
			}
			up++
		}
		for p, err := range tx.ScanBack(nil, nil) {
			if err != nil || !bytes.Equal(p.Key, p.Value) {
				t.Fatalf("scan back: %s=%s, %v", p.Key, p.Value, err)
			}
			down++
		}
		if up != n/4 || down != n/4 {
			t.Errorf("%d pairs up and %d down, want %d", up, down, n/4)
		}
		return nil
	}
	update(t, e, func(tx kv.Tx) error {
		for p := range tx.Scan(fmt.Appendf(nil, "%05d", n/8), fmt.Appendf(nil, "%05d", n/8+n*3/4)) {
			if err := tx.Delete(p.Key); err != nil {
				return err
			}
		}
		return look(tx)
	})
	view(t, e, look)
}
