package office

import (
	"context"
	"crypto/sha256"
	"errors"

	"lianxin/server/board"
	"lianxin/store"
)

// Attach adds a file to a case: what it is, and its bytes as they are to be kept.
// The bytes are safe before the deed that names them is begun; when it names them
// not, they go again.
func (o *Office) Attach(ctx context.Context, who Who, n board.Number, form store.Once, a board.Attachment, bytes []byte) error {
	owner, done, err := o.mayAttach(ctx, who, n, form)
	if err != nil || done {
		return err
	}
	if a.ID, err = o.id(); err != nil {
		return err
	}
	if a.Blob, err = o.keepBlob(ctx, owner, bytes); err != nil {
		return err
	}
	a.Size, a.Sum = int64(len(bytes)), sha256.Sum256(bytes)
	err = o.deedOf(ctx, who, n, form, takenInBy(who), func(s step) (board.Event, error) {
		return s.c.Attach(asTaker(who, s), a, s.now)
	})
	// Refused, or named by a click before this one: nobody else knows the file.
	if lost := o.store.Forgo(ctx, a.Blob); lost != nil {
		o.log.Warn("a file that no message names stays for a day", "cause", lost)
	}
	return err
}

// mayAttach asks whether a file can be added, before anything of it is kept, and
// whose it will be. done says that the form added its file before.
func (o *Office) mayAttach(ctx context.Context, who Who, n board.Number, form store.Once) (owner board.ID, done bool, err error) {
	err = o.store.View(ctx, func(tx *store.Tx) error {
		before, err := tx.Done(form, o.now())
		if err != nil {
			return err
		}
		if done = before != nil && before.By == who.ID(); done {
			return nil
		}
		c, err := tx.CaseByNumber(n)
		if err != nil {
			return err
		}
		if c == nil || !c.SeenBy(who.Actor, o.now()) && !c.TakenInBy(who.Actor) {
			return missing
		}
		owner = c.Person
		_, err = c.May(who.Actor, board.Attach, o.now())
		return err
	})
	return owner, done, err
}

// keepBlob keeps a file, or says as other deeds do that the box cannot.
func (o *Office) keepBlob(ctx context.Context, owner board.ID, bytes []byte) (board.BlobName, error) {
	name, err := o.store.KeepBlob(ctx, owner, bytes)
	switch {
	case err == nil:
		return name, nil
	case errors.Is(err, store.ErrFull):
		o.log.Error("the disk is full: nothing more can be kept until there is room")
	case errors.Is(err, store.ErrGone):
		o.log.Error("the store's file was deleted or replaced: nothing more can be kept", "cause", err)
		return "", board.Fault{Kind: board.NotSaved, ID: "gone"}
	default:
		o.log.Error("a file could not be kept", "cause", err)
	}
	return "", notSaved
}

// Detach takes a file of a case away: the file is gone when this returns.
func (o *Office) Detach(ctx context.Context, who Who, n board.Number, form store.Once, id board.ID) error {
	return o.deedOf(ctx, who, n, form, takenInBy(who), func(s step) (board.Event, error) {
		return s.c.Detach(asTaker(who, s), id, s.now)
	})
}

// OpenFile opens a file of a case, for whoever may read its words. To others there
// is none.
func (o *Office) OpenFile(ctx context.Context, who Who, n board.Number, id board.ID) (a board.Attachment, bytes []byte, err error) {
	kept, err := o.hanging(ctx, who, n, id)
	if err != nil {
		return a, nil, err
	}
	if _, bytes, err = o.store.OpenKept(ctx, kept); err != nil {
		if _, gone := o.hanging(ctx, who, n, id); gone != nil { // it was taken away this moment
			return a, nil, gone
		}
		o.log.Error("a file of a message cannot be opened; check tells of it", "number", n, "cause", err)
	}
	return kept.Attachment, bytes, err
}

func (o *Office) hanging(ctx context.Context, who Who, n board.Number, id board.ID) (kept store.Kept, err error) {
	err = o.store.View(ctx, func(tx *store.Tx) error {
		c, err := tx.CaseByNumber(n)
		if err != nil {
			return err
		}
		if c == nil || !c.SeenBy(who.Actor, o.now()) || !who.IsStaff() && c.Person != who.Person { // number and PIN show no words either
			return missing
		}
		a, there := c.Attachment(id)
		if !there {
			return missing
		}
		kept = store.Kept{Case: c.ID, Owner: c.Person, Attachment: a}
		return nil
	})
	return kept, err
}

// takenInBy lets in whoever typed the case for its person.
func takenInBy(who Who) func(*board.Case) bool {
	return func(c *board.Case) bool { return c.TakenInBy(who.Actor) }
}

// asTaker is a member of staff who typed the case, with the grant of the filing.
func asTaker(who Who, s step) board.Actor {
	by := who.Actor
	if s.c.TakenInBy(by) {
		by.Grant = s.c.Filing().ID
		if s.c.TakenRole == board.Helper {
			by.Channel = board.Assisted
		}
	}
	return by
}
