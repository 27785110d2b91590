package store_test

import (
	"slices"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// pages reads a list n cases at a time.
func (o opened) pages(t *testing.T, l store.List, n int) (ids []board.ID) {
	t.Helper()
	var from store.Cursor
	for range 100 {
		var next store.Cursor
		o.view(t, func(tx *store.Tx) error {
			cases, after, err := tx.List(l, from, n)
			for _, c := range cases {
				ids = append(ids, c.ID)
			}
			if next = after; next != nil && len(cases) != n {
				t.Errorf("a page of %d with more behind it", len(cases))
			}
			return err
		})
		if from = next; from == nil {
			return ids
		}
	}
	t.Fatal("a list without end")
	return nil
}

func TestAListIsReadInPagesEitherWay(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		var filed []board.ID
		for range 7 {
			_, matter, _ := o.resident(t, "13800138000", "路灯坏了") // all in the same moment
			filed = append(filed, matter)
		}
		for _, l := range []store.List{store.Newest(), store.Desk(board.Dispatcher, board.ID{})} {
			whole := o.pages(t, l, 100)
			for n := 1; n <= 8; n++ {
				if got := o.pages(t, l, n); !slices.Equal(got, whole) {
					t.Errorf("pages of %d: %v, want %v", n, got, whole)
				}
			}
			if len(whole) != len(filed) {
				t.Errorf("%d cases of %d", len(whole), len(filed))
			}
			o.view(t, func(tx *store.Tx) error {
				for _, most := range []int{3, 100} {
					if n, err := tx.Count(l, most); err != nil || n != min(most, 7) {
						t.Errorf("counted to %d: %d, %v", most, n, err)
					}
				}
				return nil
			})
		}
		first, last := o.pages(t, store.Newest(), 100), o.pages(t, store.Desk(board.Dispatcher, board.ID{}), 100)
		slices.Reverse(first)
		if !slices.Equal(first, last) {
			t.Error("backwards is not the reverse")
		}
	})
}

func TestRedBeginsWhenTheDateIsOver(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		o.resident(t, "13800138000", "路灯坏了") // to be screened within a day
		by := noon.Add(24 * time.Hour)
		if red := o.pages(t, store.Overdue(by), 10); len(red) != 0 {
			t.Error("red at the very moment")
		}
		if red := o.pages(t, store.Overdue(by.Add(time.Millisecond)), 10); len(red) != 1 {
			t.Error("not red after it")
		}
		if left := o.pages(t, store.Lapsing(by.AddDate(1, 0, 0)), 10); len(left) != 0 {
			t.Error("the calendar moves what the county owes")
		}
	})
}
