package office

import (
	"context"
	"sync"
	"sync/atomic"
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

// Months that are over are kept: a case of theirs may still be rated or found to
// be nobody's, so they are counted again once a day. The server does so ahead of
// the readers, who in a large county would wait for it.
const (
	monthsLast  = 24 * time.Hour
	monthsAhead = time.Hour
)

type monthCache struct {
	counting sync.Mutex
	kept     atomic.Pointer[keptMonths]
}

type keptMonths struct {
	counted time.Time
	months  []Month
}

// keptAt gives what is kept when it was counted in this month and not so long
// ago, else nil.
func (m *monthCache) keptAt(now time.Time, lasts time.Duration) *keptMonths {
	k := m.kept.Load()
	if k == nil || k.counted.Before(monthOf(now)) {
		return nil
	}
	if age := now.Sub(k.counted); age < 0 || age >= lasts {
		return nil
	}
	return k
}

// monthOf is the first moment of a month.
func monthOf(now time.Time) time.Time {
	y, m, _ := now.In(board.Zone).Date()
	return time.Date(y, m, 1, 0, 0, 0, 0, board.Zone)
}

// Months lists the last complete months, the newest first.
func (o *Office) Months(ctx context.Context) ([]Month, error) { return o.countMonths(ctx, monthsLast) }

// KeepMonths counts them an hour before a reader would have to.
func (o *Office) KeepMonths(ctx context.Context) error {
	_, err := o.countMonths(ctx, monthsLast-monthsAhead)
	return err
}

func (o *Office) countMonths(ctx context.Context, lasts time.Duration) ([]Month, error) {
	if k := o.months.keptAt(o.now(), lasts); k != nil {
		return k.months, nil
	}
	o.months.counting.Lock()
	defer o.months.counting.Unlock()
	now := o.now()
	if k := o.months.keptAt(now, lasts); k != nil { // somebody else was first
		return k.months, nil
	}
	var months []Month
	for i := 1; i <= monthsShown; i++ {
		m, err := o.month(ctx, monthOf(now).AddDate(0, -i, 0))
		if err != nil {
			return nil, err
		}
		months = append(months, m)
	}
	for len(months) > 0 && months[len(months)-1].Filed == 0 { // before the county began
		months = months[:len(months)-1]
	}
	o.months.kept.Store(&keptMonths{now, months})
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
	err = o.walk(ctx, store.AssistedBetween(first, end), func(c *board.Case) {
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
