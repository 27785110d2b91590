package office

import (
	"context"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// TakeAll remembers that all of the board is about to leave it.
func (o *Office) TakeAll(ctx context.Context, by board.Actor) error {
	return o.takeOut(ctx, by, board.TakenOut{What: board.Everything, Form: "jsonl"})
}

func (o *Office) takeOut(ctx context.Context, by board.Actor, t board.TakenOut) error {
	return o.setting(ctx, by, func(s *board.Settings, now time.Time) (board.Event, error) { return s.TakeOut(by, t, now) })
}

// takePage is how many are read in one view.
const takePage = 200

// Takes tells whether a member of staff may take a shelf out: in a role that
// may take lists, and whose own shelf it is.
func (w Who) Takes(s Shelf) bool {
	if !w.IsStaff() {
		return false
	}
	for _, r := range board.Takers {
		if !w.Roles.Has(r) {
			continue
		}
		for _, have := range shelves[r] {
			if have == s {
				return true
			}
		}
	}
	return false
}

// TakeShelf gives each case of a shelf as the shelf itself shows it, so many at
// most, and then remembers who took how many, in which form. Only after that,
// and without an error, may they leave. More tells that there were more.
func (o *Office) TakeShelf(ctx context.Context, who Who, s Shelf, form string, most int, each func(*board.Case, board.Light) error) (more bool, err error) {
	if !who.Takes(s) {
		return false, denied
	}
	l, err := o.list(who, s)
	if err != nil {
		return false, err
	}
	taken := 0
	for next := store.Cursor(nil); ; {
		var cases []*board.Case
		err := o.store.View(ctx, func(tx *store.Tx) (err error) {
			cases, next, err = tx.List(l, next, takePage)
			return err
		})
		if err != nil {
			return false, err
		}
		for _, c := range cases {
			switch {
			case !c.SeenBy(who.Actor, o.now()):
				continue
			case taken == most:
				more = true
			default:
				taken++
				veil(c, who)
				err = each(c, o.Light(c.Alarm()))
			}
			if err != nil {
				return false, err
			}
		}
		if more || next == nil {
			return more, o.takeOut(ctx, who.Actor, board.TakenOut{What: string(s), Form: form, Cases: taken})
		}
	}
}
