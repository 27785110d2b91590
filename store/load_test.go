package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// told is all that a store tells: its events and its tree.
func (o opened) told(t *testing.T) (events []store.Told, tree []store.Leaf) {
	t.Helper()
	for _, sort := range board.Sorts {
		if err := o.Tell(ctx, sort, func(e store.Told) error { events = append(events, e); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.TellTree(ctx, func(l store.Leaf) error { tree = append(tree, l); return nil }); err != nil {
		t.Fatal(err)
	}
	return events, tree
}

// seq goes through a list as a loader does.
func seq[V any](list []V) func(func(V, error) bool) {
	return func(yield func(V, error) bool) {
		for _, v := range list {
			if !yield(v, nil) {
				return
			}
		}
	}
}

func TestWhatIsToldMakesAnEqualStore(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		o.joined(t, 700) // more events than a page
		o.resident(t, "13800138000", "井水浑了")
		o.seal(t, 1402)
		matter, _ := o.disowned(t)
		o.update(t, func(tx *store.Tx) error { return tx.Erase(board.Stream{Sort: board.Cases, ID: matter}) })
		events, tree := o.told(t)
		each(t, func(t *testing.T, there opened) {
			if err := there.Load(ctx, seq(events)); err != nil {
				t.Fatal(err)
			}
			same, err := there.LoadTree(ctx, o.VerifierKey(), seq(tree), noon)
			if err != nil || same {
				t.Fatalf("same %v: %v", same, err)
			}
			there.clean(t)
			again, leaves := there.told(t)
			if !slices.EqualFunc(events, again, func(a, b store.Told) bool {
				return a.Stream == b.Stream && a.Seq == b.Seq && string(a.Header) == string(b.Header) &&
					string(a.Salt) == string(b.Salt) && string(a.Fact) == string(b.Fact)
			}) {
				t.Error("the events are others")
			}
			if len(leaves) != len(tree) || !slices.Equal(leaves[:1402], tree[:1402]) {
				t.Errorf("%d leaves of %d", len(leaves), len(tree))
			}
			if a := there.verify(t); !a.Clean() || a.Leaves != 1402 || a.Waiting != int64(len(events)-1402) {
				t.Errorf("%+v", a)
			}
			if last, err := there.LastEvent(ctx); err != nil || last.Before(noon) {
				t.Errorf("the last event was %s: %v", last.Format(time.RFC3339), err)
			}
			if err := there.Load(ctx, seq(events)); !errors.Is(err, store.ErrUntrue) {
				t.Errorf("once more: %v", err)
			}
		})
	})
}
