package office

import (
	"context"
	"slices"
	"strings"

	"lianxin/server/board"
	"lianxin/store"
)

// AddModel adds a template of replies to those of the handler's own unit. The
// same one sent twice is there once.
func (o *Office) AddModel(ctx context.Context, who Who, m board.Model) error {
	m.Name = strings.TrimSpace(m.Name)
	return o.models(ctx, who, func(have []board.Model) []board.Model {
		if slices.Contains(have, m) {
			return have
		}
		return append(slices.Clone(have), m)
	})
}

// DropModel takes a template of the handler's own unit away. One that is gone
// already is fine.
func (o *Office) DropModel(ctx context.Context, who Who, name string) error {
	return o.models(ctx, who, func(have []board.Model) []board.Model {
		return slices.DeleteFunc(slices.Clone(have), func(m board.Model) bool { return m.Name == name })
	})
}

// models changes the templates of the handler's own unit, as they stand now: two
// colleagues who change them at once lose nothing.
func (o *Office) models(ctx context.Context, who Who, change func([]board.Model) []board.Model) error {
	return o.update(ctx, func(tx *store.Tx) error {
		u, err := tx.Unit(who.Unit)
		if err != nil {
			return err
		}
		if u == nil {
			return denied
		}
		models := change(u.Models)
		if slices.Equal(models, u.Models) {
			return nil
		}
		e, err := u.ListModels(who.Actor, models, o.now())
		if err != nil {
			return err
		}
		return tx.Append(e)
	})
}
