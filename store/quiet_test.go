package store_test

import (
	"errors"
	"testing"
	"time"

	"lianxin/store"
	"lianxin/store/kv"
)

// TestOldDataGetTheirNewIndexes: a folder of a program that did not know them, in
// more than one page, with an entry of one that did and that leads nowhere. Until it
// is upgraded nothing is wrong with it but that.
func TestOldDataGetTheirNewIndexes(t *testing.T) {
	o := open(t, func(e kv.Engine) kv.Engine { return e })
	o.crowd(t, 1200)
	o.resident(t, "13800138000", "路灯坏了")
	stray := append([]byte("iended\x00"), make([]byte, 24)...)
	old := func(with ...[]byte) {
		t.Helper()
		if err := o.engine.Update(ctx, func(tx kv.Tx) error {
			for pair, err := range tx.Scan([]byte("iquiet\x00"), []byte("iquiet\x01")) {
				if err = errors.Join(err, tx.Delete(pair.Key)); err != nil {
					return err
				}
			}
			for _, key := range with {
				if err := tx.Put(key, []byte{}); err != nil {
					return err
				}
			}
			return errors.Join(tx.Put([]byte("mschema"), []byte{0, 0, 0, 2}), tx.Put([]byte("mmin-reader"), []byte{0, 0, 0, 2}))
		}); err != nil {
			t.Fatal(err)
		}
	}
	old()
	s, err := o.again()
	if err != nil || !s.Old() {
		t.Fatal("it is not old", err)
	}
	if f, err := s.Check(ctx, nil); err != nil || !f.Clean() {
		t.Errorf("before: %q, %v", f.Problems, err)
	}
	old(stray)
	if err := s.Upgrade(ctx, nil); err != nil {
		t.Fatal(err)
	}
	if f, err := s.Check(ctx, nil); err != nil || !f.Clean() || s.Schema() != store.Schema {
		t.Errorf("after: %q, %v", f.Problems, err)
	}
	if err := s.View(ctx, func(tx *store.Tx) error {
		quiet, _, err := tx.Quiet(noon.AddDate(1, 0, 0), nil, 2000)
		if len(quiet) != 1201 {
			t.Errorf("%d people are found", len(quiet))
		}
		return err
	}); err != nil {
		t.Error(err)
	}
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
