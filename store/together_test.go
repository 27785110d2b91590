package store_test

import (
	"errors"
	"testing"

	"lianxin/server/board"
	"lianxin/store"
)

// Many deeds as one: each sees those before it, one that fails leaves nothing,
// and of all of them everything is kept or nothing.
func TestDeedsTogether(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		first, second, refused := id(t), id(t), errors.New("refused")
		join := func(s *store.Store, p board.ID, outcome error) error {
			return s.Update(ctx, func(tx *store.Tx) error {
				by := board.Actor{Roles: board.Roles{board.System}, Channel: board.Import}
				if err := tx.Append(board.Join(p, by, board.Joined{Name: "王秀兰"}, noon)); err != nil {
					return err
				}
				return outcome
			})
		}
		there := func(s *store.Store, p board.ID) (is bool) {
			t.Helper()
			err := s.View(ctx, func(tx *store.Tx) error {
				person, err := tx.Person(p)
				is = person != nil
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return is
		}
		err := o.Together(ctx, func(s *store.Store) error {
			if err := join(s, first, nil); err != nil {
				return err
			}
			if err := join(s, second, refused); !errors.Is(err, refused) {
				t.Errorf("a deed that fails: %v", err)
			}
			if !there(s, first) || there(s, second) {
				t.Error("a deed does not see what was done before it")
			}
			return nil
		})
		if err != nil || !there(o.Store, first) || there(o.Store, second) {
			t.Errorf("afterwards: %v", err)
		}
		err = o.Together(ctx, func(s *store.Store) error {
			if err := join(s, second, nil); err != nil {
				return err
			}
			return refused
		})
		if !errors.Is(err, refused) || there(o.Store, second) {
			t.Errorf("all of them failed, and some are kept: %v", err)
		}
		if f, err := o.Check(ctx, nil); err != nil || !f.Clean() {
			t.Errorf("%v %v", f.Problems, err)
		}
	})
}
