package office

import (
	"context"
	"encoding/hex"

	"lianxin/server/board"
	"lianxin/store"
)

// Shelf names a list of cases that staff work from. A role's own desk bears
// the role's name.
type Shelf string

const (
	Helping    Shelf = "helping"     // led by another unit, helped with by this one
	Leading    Shelf = "leading"     // every open case of the unit, whoever's move it is
	Red        Shelf = "red"         // overdue, whoever's move it is
	Reopened   Shelf = "reopened"    // the resident said "not solved"
	Supervised Shelf = "supervised"  // under supervision
	Unruled    Shelf = "unruled"     // a unit asked, and nobody ruled in time
	Gone       Shelf = "gone"        // withdrawn after a unit had reached the person
	Pressed    Shelf = "pressed"     // and says that somebody wanted them to
	Frozen     Shelf = "frozen"      // the person said "not me"
	Unsure     Shelf = "unconfirmed" // nobody confirmed in the time for it
	Newest     Shelf = "newest"      // all, the newest first
)

// shelves says what lies on each role's desk, the role's own work first.
var shelves = map[board.Role][]Shelf{
	board.Dispatcher: {Shelf(board.Dispatcher), Frozen, Unsure, Red, Newest},
	board.Handler:    {Shelf(board.Handler), Leading, Helping},
	board.Head:       {Shelf(board.Head), Leading, Helping},
	board.Reviewer:   {Shelf(board.Reviewer)},
	board.Leader:     {Shelf(board.Leader), Red, Reopened, Supervised, Pressed, Newest},
	board.Inspector:  {Shelf(board.Inspector), Red, Reopened, Supervised, Unruled, Gone, Pressed, Frozen, Unsure, Newest},
}

// Desk is one shelf and how much lies on it.
type Desk struct {
	Shelf   Shelf
	Waiting int // at most MostCounted; not counted for Newest, which has all there are
}

// MostCounted is where counting stops: beyond it a number tells nobody more, and
// a page would take the longer the more there is.
const MostCounted = 99

// DeskPage is one page of a shelf.
type DeskPage struct {
	Desk
	Cases  []*board.Case
	Lights []board.Light // how near each case's alarm is
	Next   string        // where the next page begins; "" at the end
}

// Shelves lists the shelves that this member of staff works from.
func (w Who) Shelves() []Shelf {
	var all []Shelf
	seen := map[Shelf]bool{}
	for _, r := range board.StaffRoles {
		if !w.IsStaff() || !w.Roles.Has(r) {
			continue
		}
		for _, s := range shelves[r] {
			if !seen[s] {
				all, seen[s] = append(all, s), true
			}
		}
	}
	return all
}

// list is where the cases of a shelf are found for this member of staff.
func (o *Office) list(who Who, s Shelf) (store.List, error) {
	for _, have := range who.Shelves() {
		if have != s {
			continue
		}
		switch s {
		case Shelf(board.Handler), Shelf(board.Head):
			return store.Desk(board.Role(s), who.Unit), nil
		case Leading:
			return store.LedBy(who.Unit), nil
		case Helping:
			return store.CoLed(who.Unit), nil
		case Red:
			return store.Overdue(o.now()), nil
		case Reopened:
			return store.Flagged(store.FlagReopened), nil
		case Supervised:
			return store.Flagged(store.FlagSupervised), nil
		case Unruled:
			return store.Flagged(store.FlagUnruled), nil
		case Gone:
			return store.Flagged(store.FlagGone), nil
		case Pressed:
			return store.Flagged(store.FlagPressed), nil
		case Frozen:
			return store.Flagged(store.FlagFrozen), nil
		case Unsure:
			return store.Pending(o.now()), nil
		case Newest:
			return store.Newest(), nil
		}
		return store.Desk(board.Role(s), board.ID{}), nil
	}
	return store.List{}, denied
}

// Desks lists the shelves of a member of staff with what waits on each.
func (o *Office) Desks(ctx context.Context, who Who) ([]Desk, error) {
	var desks []Desk
	err := o.store.View(ctx, func(tx *store.Tx) error {
		for _, s := range who.Shelves() {
			l, err := o.list(who, s)
			if err != nil {
				return err
			}
			n, err := count(tx, who, s, l)
			if err != nil {
				return err
			}
			desks = append(desks, Desk{s, n})
		}
		return nil
	})
	return desks, err
}

// count counts a shelf, up to MostCounted, without the complaints about the
// county desk when they are not this reader's to know of.
func count(tx *store.Tx, who Who, s Shelf, l store.List) (int, error) {
	if s == Newest {
		return 0, nil
	}
	aside := 0
	if who.Roles.Meet(board.Roles{board.Leader, board.Inspector}) == "" {
		var err error
		if aside, err = tx.Count(l.Aside(), 1<<30); err != nil {
			return 0, err
		}
	}
	n, err := tx.Count(l, MostCounted+aside)
	return n - aside, err
}

// Desk shows n cases of a shelf, beginning where from says; "" is the beginning.
func (o *Office) Desk(ctx context.Context, who Who, s Shelf, from string, n int) (DeskPage, error) {
	l, err := o.list(who, s)
	if err != nil {
		return DeskPage{}, err
	}
	page := DeskPage{Desk: Desk{Shelf: s}}
	err = o.store.View(ctx, func(tx *store.Tx) error {
		cases, next, err := tx.List(l, cursor(from), n)
		if err != nil {
			return err
		}
		page.Next = hex.EncodeToString(next)
		for _, c := range cases {
			if c.SeenBy(who.Actor, o.now()) { // a complaint about the desk itself lies on another's
				page.Cases = append(page.Cases, c)
			}
		}
		page.Waiting, err = count(tx, who, s, l)
		return err
	})
	for _, c := range page.Cases {
		veil(c, who)
		page.Lights = append(page.Lights, o.Light(c.Alarm()))
	}
	return page, err
}

// cursor reads where a page begins; a broken link shows the beginning.
func cursor(text string) store.Cursor {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) > 64 {
		return nil
	}
	return b
}
