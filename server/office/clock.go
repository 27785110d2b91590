package office

import (
	"context"
	"sync"
	"time"

	"lianxin/store"
)

// A machine's clock can be wrong: an empty battery puts it back by years, a
// wrong time server forward by weeks. Then nothing may end by itself, and
// nothing be thrown away, until somebody has looked at the clock.

// How far the clock may lie before what was written last, and how far it may run
// apart from the time that has passed since it was looked at.
const (
	clockBack = 2 * time.Minute
	clockJump = 10 * time.Minute
)

// pace is when the clock was looked at last: by itself, and by how long the
// process had run.
type pace struct {
	sync.Mutex
	wall time.Time
	up   time.Duration
}

// uptime is how long this process has run, whatever the clock was set to.
func uptime() func() time.Duration {
	began := time.Now()
	return func() time.Duration { return time.Since(began) }
}

// ClockSuspect tells whether the clock is in doubt.
func (o *Office) ClockSuspect() bool { return o.suspect.Load() }

// recall takes up a doubt from before the start, and which calendar the dates
// were held against by then.
func (o *Office) recall(ctx context.Context) error {
	return o.store.View(ctx, func(tx *store.Tx) error {
		c, err := tx.Clock()
		if err != nil {
			return err
		}
		o.suspect.Store(!c.Suspect.IsZero())
		reckoned, err := tx.Reckoned()
		o.reckoned.Store(&reckoned)
		return err
	})
}

// WatchClock looks at the clock, and doubts it from now on when it lies before
// what was written last, or has jumped since the last look. It is called at the
// start and each minute. It tells whether the doubt is new.
func (o *Office) WatchClock(ctx context.Context) (doubted bool, err error) {
	back, err := o.ClockBack(ctx)
	jumped := o.jumped()
	if err != nil || !back && !jumped || o.ClockSuspect() {
		return false, err
	}
	err = o.update(ctx, func(tx *store.Tx) error {
		c, err := tx.Clock()
		if err != nil {
			return err
		}
		c.Suspect = o.now()
		return tx.PutClock(c)
	})
	o.suspect.Store(true) // whether that could be kept or not
	return true, err
}

// ClockBack tells whether the clock lies before what was written last, unless
// somebody has confirmed it since that was written.
func (o *Office) ClockBack(ctx context.Context) (bool, error) {
	var c store.Clock
	err := o.store.View(ctx, func(tx *store.Tx) (err error) {
		c, err = tx.Clock()
		return err
	})
	if err != nil {
		return false, err
	}
	last, err := o.store.LastEvent(ctx)
	return last.After(o.now().Add(clockBack)) && last.After(c.Ahead), err
}

// jumped tells whether the clock ran otherwise than time did since the last
// look.
func (o *Office) jumped() bool {
	now, up := o.now().Round(0), o.uptime() // by the clock alone, without what the process knows better
	o.pace.Lock()
	defer o.pace.Unlock()
	wall, before := o.pace.wall, o.pace.up
	o.pace.wall, o.pace.up = now, up
	return !wall.IsZero() && (now.Sub(wall)-(up-before)).Abs() > clockJump
}

// ConfirmClock believes the clock again, because somebody has looked at it.
func (o *Office) ConfirmClock(ctx context.Context) error {
	last, err := o.store.LastEvent(ctx)
	if err != nil {
		return err
	}
	err = o.update(ctx, func(tx *store.Tx) error { return join(tx.PutClock(store.Clock{Ahead: last}), waitLonger(tx, o.now())) })
	if err == nil {
		o.jumped() // what it was before the hand that set it right is forgotten
		o.suspect.Store(false)
	}
	return err
}
