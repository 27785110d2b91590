package store_test

import (
	"errors"
	"testing"
	"time"

	"lianxin/store"
	"lianxin/store/kv"
)

// TestIndexesAreMadeAgain: a folder of a program that had no such index, and one
// with entries that lead nowhere, in more than one page.
func TestIndexesAreMadeAgain(t *testing.T) {
	o := open(t, func(e kv.Engine) kv.Engine { return e })
	for range 520 {
		o.resident(t, "13800138000", "路灯坏了")
	}
	stray := append([]byte("iended\x00"), make([]byte, 24)...)
	if err := o.engine.Update(ctx, func(tx kv.Tx) error {
		for pair, err := range tx.Scan([]byte("i"), []byte("j")) {
			if err != nil {
				return err
			}
			if string(pair.Key[:7]) == "iquiet\x00" || string(pair.Key[:6]) == "idesk\x00" {
				if err := tx.Delete(pair.Key); err != nil {
					return err
				}
			}
		}
		return tx.Put(stray, []byte{})
	}); err != nil {
		t.Fatal(err)
	}
	if f, err := o.Check(ctx, nil); err != nil || len(f.Problems)+f.More != 2*520+1 {
		t.Fatalf("broken are %d, %v", len(f.Problems)+f.More, err)
	}
	pages, from := 0, store.Cursor(nil)
	for first := true; first || from != nil; first = false {
		next, err := o.Reindex(ctx, from)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.Reindex(ctx, from); err != nil { // a restart repeats a page
			t.Fatal(err)
		}
		pages, from = pages+1, next
	}
	if pages < 4 {
		t.Errorf("%d pages", pages)
	}
	o.clean(t)
}

func TestQuietPeopleInPages(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		for range 5 {
			o.resident(t, "13800138000", "路灯坏了")
		}
		quiet := func(since time.Time) (n int) {
			for from, first := store.Cursor(nil), true; first || from != nil; first = false {
				o.view(t, func(tx *store.Tx) error {
					ids, next, err := tx.Quiet(since, from, 2)
					n, from = n+len(ids), next
					return err
				})
			}
			return n
		}
		if n, m := quiet(noon), quiet(noon.Add(48*time.Hour)); n != 0 || m != 5 {
			t.Errorf("%d are quiet at once, %d after two days", n, m)
		}
	})
}

// TestLitterIsKnownUntilItIsCompacted, also when more is erased meanwhile.
func TestLitterIsKnownUntilItIsCompacted(t *testing.T) {
	o := open(t, func(e kv.Engine) kv.Engine { return e })
	lies := func() time.Time {
		since, err := o.Litter(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return since
	}
	if !lies().IsZero() {
		t.Error("something lies in a new store")
	}
	for range 2 {
		_, _, err := o.Compact(ctx)
		matter, _ := o.disowned(t)
		o.update(t, func(tx *store.Tx) error {
			c, err2 := tx.Case(matter)
			return errors.Join(err, err2, tx.Erase(c.Stream()))
		})
		if !lies().Equal(noon) {
			t.Errorf("it lies since %s", lies())
		}
	}
	if _, _, err := o.Compact(ctx); err != nil || !lies().IsZero() {
		t.Errorf("after compacting it lies since %s, %v", lies(), err)
	}
	o.clean(t)
}
