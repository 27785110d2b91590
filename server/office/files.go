package office

import (
	"context"
	"slices"

	"lianxin/server/board"
	"lianxin/store"
)

// Files are what hangs on a case, for somebody who may add to it.
type Files struct {
	Title string // "" for who only typed the case for its person: it is nothing to read again
	List  []File
	More  bool // another may be added now
	Open  bool // they may look into them
}

// File is one of them.
type File struct {
	board.Attachment
	Removable bool // now, by whoever asks
}

// Files lists what hangs on a case: to its person all of it, to a member of staff who
// typed it for them what that one added. To others there is no such case.
func (o *Office) Files(ctx context.Context, who Who, n board.Number) (f Files, err error) {
	err = o.store.View(ctx, func(tx *store.Tx) error {
		c, err := tx.CaseByNumber(n)
		if err != nil {
			return err
		}
		own := c != nil && c.OwnedBy(who.Actor)
		if c == nil || !own && !c.TakenInBy(who.Actor) {
			return missing
		}
		doable := c.Doable(who.Actor, o.now())
		f = Files{More: slices.Contains(doable, board.Attach), Open: own && c.Person == who.Person}
		if own {
			f.Title = c.Title
		}
		for _, a := range c.Attachments {
			if own || a.By == who.Staff {
				f.List = append(f.List, File{a, slices.Contains(doable, board.Detach) && c.Removable(who.Actor, a)})
			}
		}
		return nil
	})
	return f, err
}
