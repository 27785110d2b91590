package office

import (
	"context"
	"encoding/hex"

	"lianxin/server/board"
	"lianxin/store"
)

// Desk is what waits for a role.
type Desk struct {
	Role    board.Role
	Waiting int // at most mostCounted
}

// mostCounted is where counting stops: beyond it a number tells nobody more.
const mostCounted = 999

// DeskPage is one page of a desk, the most urgent case first.
type DeskPage struct {
	Desk
	Cases  []*board.Case
	Lights []board.Light // how near each case's next date is
	Next   string        // where the next page begins; "" at the end
}

// deskOf is the list that a role's desk shows to this member of staff.
func deskOf(who Who, r board.Role) (store.Desk, error) {
	if !who.IsStaff() || !who.Roles.Has(r) {
		return store.Desk{}, denied
	}
	d := store.Desk{Role: r}
	if r == board.Handler {
		d.Unit = who.Unit
	}
	return d, nil
}

// Desks lists the desks that a member of staff has.
func (o *Office) Desks(ctx context.Context, who Who) ([]Desk, error) {
	var desks []Desk
	err := o.store.View(ctx, func(tx *store.Tx) error {
		for _, r := range board.StaffRoles {
			d, err := deskOf(who, r)
			if err != nil {
				continue // not this person's desk
			}
			n, err := tx.CountDesk(d, mostCounted)
			if err != nil {
				return err
			}
			desks = append(desks, Desk{r, n})
		}
		return nil
	})
	return desks, err
}

// Desk shows n cases of a desk, beginning where from says; "" is the beginning.
func (o *Office) Desk(ctx context.Context, who Who, r board.Role, from string, n int) (DeskPage, error) {
	d, err := deskOf(who, r)
	if err != nil {
		return DeskPage{}, err
	}
	cursor, err := hex.DecodeString(from)
	if err != nil || len(cursor) > 64 {
		cursor = nil // a broken link shows the beginning
	}
	page := DeskPage{Desk: Desk{Role: r}}
	err = o.store.View(ctx, func(tx *store.Tx) error {
		cases, next, err := tx.Desk(d, cursor, n)
		if err != nil {
			return err
		}
		page.Cases, page.Next = cases, hex.EncodeToString(next)
		page.Waiting, err = tx.CountDesk(d, mostCounted)
		return err
	})
	for _, c := range page.Cases {
		hide(c, who)
		page.Lights = append(page.Lights, o.Light(c.Move().By))
	}
	return page, err
}
