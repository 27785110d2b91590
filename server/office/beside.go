package office

import (
	"context"

	"lianxin/server/board"
	"lianxin/store"
)

// Beside is what stands beside a case on a desk: the case that it was merged
// into, those that were merged into it, and who looked at it. Of other cases it
// has what a list says of them.
type Beside struct {
	Into   *board.Case
	Merged []*board.Case
	Looks  []board.Event // the oldest first; only for whoever watches over looks
}

// Beside gives it to a member of staff who may open the case.
func (o *Office) Beside(ctx context.Context, who Who, n board.Number) (Beside, error) {
	const most = 50
	var b Beside
	err := o.store.View(ctx, func(tx *store.Tx) error {
		b = Beside{}
		c, err := tx.CaseByNumber(n)
		if err != nil {
			return err
		}
		if c == nil || !who.IsStaff() || !c.SeenBy(who.Actor, o.now()) {
			return missing
		}
		if !c.MergedInto.IsZero() {
			lead, err := tx.Case(c.MergedInto)
			if err != nil {
				return err
			}
			if lead != nil && lead.SeenBy(who.Actor, o.now()) {
				b.Into = brief(lead, who)
			}
		}
		merged, _, err := tx.List(store.MergedInto(c.ID), nil, most)
		for _, m := range merged {
			if m.SeenBy(who.Actor, o.now()) {
				b.Merged = append(b.Merged, brief(m, who))
			}
		}
		if err == nil && who.Roles.Has(board.Inspector) {
			b.Looks, err = tx.Events(board.Stream{Sort: board.Looks, ID: c.ID})
		}
		return err
	})
	return b, err
}

// brief is a case as a list names it.
func brief(c *board.Case, who Who) *board.Case {
	veil(c, who)
	return &board.Case{Number: c.Number, Kind: c.Kind, Title: c.Title, Stage: c.Stage, Filed: c.Filed}
}
