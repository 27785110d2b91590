package office

import (
	"context"
	"sync"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// Month is how many cases came in a month and how many of them somebody typed
// for another, and what people without a way of their own said when an operator
// asked them: the second rate.
type Month struct {
	First    time.Time // the first day
	Filed    int
	Assisted int
	Asked    int // answered when they were asked whether it is solved
	Solved   int
	Partly   int
}

const monthsShown = 12

// monthCache keeps the months that are over. A case of theirs may still be
// rated or found to be nobody's, so they are counted again once a day.
type monthCache struct {
	sync.Mutex
	counted time.Time
	months  []Month
}

// Months lists the last complete months, the newest first.
func (o *Office) Months(ctx context.Context) ([]Month, error) {
	o.months.Lock()
	defer o.months.Unlock()
	now := o.now().In(board.Zone)
	this := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, board.Zone)
	if age := now.Sub(o.months.counted); o.months.months != nil && age >= 0 && age < 24*time.Hour && !o.months.counted.Before(this) {
		return o.months.months, nil
	}
	var months []Month
	for i := 1; i <= monthsShown; i++ {
		m, err := o.month(ctx, this.AddDate(0, -i, 0))
		if err != nil {
			return nil, err
		}
		months = append(months, m)
	}
	for len(months) > 0 && months[len(months)-1].Filed == 0 { // before the county began
		months = months[:len(months)-1]
	}
	o.months.counted, o.months.months = now, months
	return months, nil
}

func (o *Office) month(ctx context.Context, first time.Time) (Month, error) {
	m := Month{First: first}
	end := first.AddDate(0, 1, 0)
	err := o.store.View(ctx, func(tx *store.Tx) (err error) {
		if m.Filed, err = tx.Count(store.FiledBetween(first, end), 1<<30); err != nil {
			return err
		}
		elsewhere, err := tx.Count(store.HistoryBetween(first, end), 1<<30)
		m.Filed -= elsewhere
		return err
	})
	if err != nil || m.Filed == 0 {
		return m, err
	}
	err = o.eachOf(ctx, store.AssistedBetween(first, end), func(c *board.Case) {
		if !c.Counts() { // nobody stands behind it, or it was nobody's
			m.Filed--
			return
		}
		m.Assisted++
		if r := c.Rating; r != nil && r.Called {
			m.Asked++
			switch r.Outcome {
			case board.Solved:
				m.Solved++
			case board.Partly:
				m.Partly++
			}
		}
	})
	return m, err
}

// eachOf goes through a list in short views.
func (o *Office) eachOf(ctx context.Context, l store.List, each func(*board.Case)) error {
	const page = 200
	for from, more := store.Cursor(nil), true; more; more = from != nil {
		var cases []*board.Case
		err := o.store.View(ctx, func(tx *store.Tx) (err error) {
			cases, from, err = tx.List(l, from, page)
			return err
		})
		if err != nil {
			return err
		}
		for _, c := range cases {
			each(c)
		}
	}
	return nil
}
