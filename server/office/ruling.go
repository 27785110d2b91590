package office

import (
	"context"

	"lianxin/server/board"
	"lianxin/store"
)

// form is where a context bears the token of an administrator's form.
type form struct{}

// WithForm gives a context under which one deed of administration is done at
// most once: the form's token is stored with what it did. What is done on the
// box itself bears none.
func WithForm(ctx context.Context, token store.Once) context.Context {
	return context.WithValue(ctx, form{}, token)
}

// rule does one deed of administration. It gives the id of what the deed made,
// the zero ID for nothing new; again tells that the form had done it before.
func (o *Office) rule(ctx context.Context, by board.Actor, deed func(*store.Tx) (board.ID, error)) (id board.ID, again bool, err error) {
	token, typed := ctx.Value(form{}).(store.Once)
	if !typed {
		return id, false, o.update(ctx, func(tx *store.Tx) error {
			id, err = deed(tx)
			return err
		})
	}
	again = true
	done, err := o.once(ctx, token, by.ID(), func(tx *store.Tx) (store.Done, error) {
		made, err := deed(tx)
		again = false
		return store.Done{Case: made}, err
	})
	return done.Case, again, err
}

// shownBefore is for a form that made a password and comes again: it was shown,
// and nobody can show it any more.
var shownBefore = board.Fault{Kind: board.Conflict, ID: "staff.shown"}
