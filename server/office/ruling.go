package office

import (
	"context"

	"lianxin/server/board"
	"lianxin/store"
)

// form is an administrator's form, as a context bears it.
type form struct {
	token store.Once
	said  string
}

type formKey struct{}

// WithForm gives a context under which one deed of administration is done at
// most once: the form's token is stored with what it did. Said is all that was
// typed; a form that comes again saying something else is refused. What is done
// on the box itself bears no form.
func WithForm(ctx context.Context, token store.Once, said string) context.Context {
	return context.WithValue(ctx, formKey{}, form{token, said})
}

// rule does one deed of administration. It gives the id of what the deed made,
// the zero ID for nothing new; again tells that the form had done it before.
func (o *Office) rule(ctx context.Context, by board.Actor, deed func(*store.Tx) (board.ID, error)) (id board.ID, again bool, err error) {
	f, typed := ctx.Value(formKey{}).(form)
	if !typed {
		return id, false, o.update(ctx, func(tx *store.Tx) error {
			id, err = deed(tx)
			return err
		})
	}
	sum := o.store.Sum("ruling", f.said)
	mark := [16]byte(sum[:16])
	again = true
	done, err := o.once(ctx, f.token, by.ID(), func(tx *store.Tx) (store.Done, error) {
		made, err := deed(tx)
		again = false
		return store.Done{Case: made, Body: mark}, err
	})
	if err == nil && done.Body != mark {
		err = board.Fault{Kind: board.Conflict, ID: "form.sent"}
	}
	return done.Case, again, err
}

// shownBefore is for a form that made a password and comes again: it was shown,
// and nobody can show it any more.
var shownBefore = board.Fault{Kind: board.Conflict, ID: "staff.shown"}
