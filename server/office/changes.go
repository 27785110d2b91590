package office

import (
	"cmp"
	"context"
	"slices"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// Change is one thing that was changed about how the county works: its settings,
// places, units or staff. What it was before stands beside what it became.
type Change struct {
	board.Event
	Before, After board.State
}

// Overseers may read what was changed, and by whom.
var Overseers = board.Roles{board.Admin, board.Inspector}

// Changes lists at most n changes before a moment, the newest first; the zero time
// is now. next is the moment at which the list goes on, zero at its end.
func (o *Office) Changes(ctx context.Context, who Who, before time.Time, n int) (list []Change, next time.Time, err error) {
	if who.Roles.Meet(Overseers) == "" {
		return nil, next, denied
	}
	if before.IsZero() {
		before = o.now().Add(time.Millisecond)
	}
	err = o.store.View(ctx, func(tx *store.Tx) error {
		list, next = nil, time.Time{}
		county, err := o.directory(tx)
		if err != nil {
			return err
		}
		for _, s := range county.streams() {
			if len(list) > n && !s.last.After(list[n].Time) {
				break // all that follow were changed longer ago
			}
			more, err := changesOf(tx, s.stream, before)
			if err != nil {
				return err
			}
			list = append(list, more...)
			slices.SortStableFunc(list, func(a, b Change) int { return b.Time.Compare(a.Time) })
		}
		return nil
	})
	if len(list) > n {
		next = list[n-1].Time // what happened in the same millisecond stays on this page
		for n < len(list) && list[n].Time.Equal(next) {
			n++
		}
		if n == len(list) {
			next = time.Time{}
		}
		list = list[:n]
	}
	return list, next, err
}

// touched is a stream and when it was changed last.
type touched struct {
	stream board.Stream
	last   time.Time
}

// streams lists the streams of the county, the last changed first.
func (d *Directory) streams() []touched {
	all := []touched{{d.Stream(), d.Changed.Last}}
	for _, v := range d.Villages {
		all = append(all, touched{v.Stream(), v.Changed.Last})
	}
	for _, u := range d.List {
		all = append(all, touched{u.Stream(), u.Changed.Last})
	}
	for _, s := range d.Staff {
		all = append(all, touched{s.Stream(), s.Changed.Last})
	}
	slices.SortFunc(all, func(a, b touched) int {
		return cmp.Or(b.last.Compare(a.last), cmp.Compare(a.stream.String(), b.stream.String()))
	})
	return all
}

// changesOf are a stream's changes before a moment. Each state is folded anew: the
// fold before must not share what the event changes.
func changesOf(tx *store.Tx, s board.Stream, before time.Time) (list []Change, err error) {
	events, err := tx.Events(s)
	if err != nil {
		return nil, err
	}
	was, err := fold(s, nil)
	if err != nil {
		return nil, err
	}
	for i, e := range events {
		if !e.Time.Before(before) {
			break
		}
		is, err := fold(s, events[:i+1])
		if err != nil {
			return nil, err
		}
		list = append(list, Change{e, was, is})
		was = is
	}
	return list, nil
}

func fold(s board.Stream, events []board.Event) (board.State, error) {
	state, err := board.NewState(s)
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		state.Apply(e)
	}
	return state, nil
}
