// Package office does things: one method a deed, each deed one transaction.
// It asks the board whether a deed is allowed and what follows from it, has
// the store remember it, and puts into the outbox what somebody must be told.
// It renders no words and knows no page, no channel and no command.
package office

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync/atomic"
	"time"

	"lianxin/server/board"
	"lianxin/server/workday"
	"lianxin/store"
)

// Parts are what an office is made of. Time and randomness come from outside,
// so that a test can hold them still.
type Parts struct {
	Store    *store.Store
	Calendar *workday.Calendar
	Now      func() time.Time
	Uptime   func() time.Duration // how long the process has run, by no clock that can be set; nil for the machine's
	Random   io.Reader
	Log      *slog.Logger
}

// Office is one county's office.
type Office struct {
	store     *store.Store
	statutory *workday.Calendar                // as it came with the program
	calendar  atomic.Pointer[workday.Calendar] // with the years that the county loaded
	reckoned  atomic.Pointer[string]           // version of the calendar that all provisional dates were held against
	now       func() time.Time
	uptime    func() time.Duration
	pace      pace
	suspect   atomic.Bool // the clock is in doubt
	random    io.Reader
	log       *slog.Logger

	boot     [32]byte      // key of one-time codes: they die with the process
	desk     board.ID      // this process as a holder of leases
	wake     chan struct{} // something is in the outbox
	names    nameCache
	months   monthCache
	patterns patternCache
	slots    chan struct{} // how many passwords are hashed at once
}

// Box is the actor of a command given on the box itself.
var Box = board.Actor{Roles: board.Roles{board.System}, Channel: board.Box}

// New opens the office.
func New(p Parts) (*Office, error) {
	o := &Office{
		store: p.Store, statutory: p.Calendar, now: p.Now, uptime: p.Uptime, random: p.Random, log: p.Log,
		wake: make(chan struct{}, 1), slots: make(chan struct{}, 2),
	}
	if o.uptime == nil {
		o.uptime = uptime()
	}
	if _, err := io.ReadFull(o.random, o.boot[:]); err != nil {
		return nil, fmt.Errorf("random source: %w", err)
	}
	o.patterns.of = map[board.ID]keptPattern{}
	o.calendar.Store(p.Calendar)
	var err error
	if o.desk, err = o.id(); err != nil {
		return nil, err
	}
	return o, join(o.recall(context.Background()), o.loadCalendar(context.Background()))
}

// Now is the time by the office's clock.
func (o *Office) Now() time.Time { return o.now() }

// FormKey is the key with which the pages mark their forms.
func (o *Office) FormKey() []byte {
	key := o.store.Sum("forms")
	return key[:]
}

// Check holds the store against itself.
func (o *Office) Check(ctx context.Context, progress func(done int)) (*store.Findings, error) {
	return o.store.Check(ctx, progress)
}

func (o *Office) id() (board.ID, error) { return board.NewID(o.now(), o.random) }

// update does one deed. The closure's refusal is the deed's; a refusal that
// must be remembered is returned through the result instead, with the closure
// returning nil. A box that cannot keep it refuses with "not-saved", or "gone".
func (o *Office) update(ctx context.Context, deed func(*store.Tx) error) error {
	var refusal error
	err := o.store.Update(ctx, func(tx *store.Tx) error {
		refusal = deed(tx)
		return refusal
	})
	switch {
	case err == nil:
		return nil
	case errors.Is(err, store.ErrFull):
		o.log.Error("the disk is full: nothing more can be kept until there is room")
	case errors.Is(err, store.ErrGone):
		o.log.Error("the store's file was deleted or replaced: nothing more can be kept", "cause", err)
		return board.Fault{Kind: board.NotSaved, ID: "gone"}
	case errors.Is(err, store.ErrUnknown):
		o.log.Error("a write failed half-way; whether it is kept must be looked up", "cause", err)
		return unsure{err}
	case refusal != nil || ctx.Err() != nil:
		return err
	default:
		o.log.Error("the store takes no writes: nothing was kept", "cause", err)
	}
	return notSaved
}

// notSaved is for what the box cannot keep now.
var notSaved = board.Fault{Kind: board.NotSaved, ID: "not-saved"}

// unsure is a deed of which nobody knows yet whether it was kept. Its person is
// told that it was not: whoever presses again presses the same form, which acts
// once.
type unsure struct{ cause error }

func (u unsure) Error() string { return "not known whether it was kept: " + u.cause.Error() }

func (u unsure) Unwrap() error { return u.cause }

// As gives the fault.
func (u unsure) As(target any) bool {
	fault, is := target.(*board.Fault)
	if is {
		*fault = notSaved
	}
	return is
}

// once does the deed that a form asks for, at most once for the form's token:
// sent again, it finds what it did. When the engine does not know whether the
// deed was kept, the token tells.
func (o *Office) once(ctx context.Context, token store.Once, by board.ID, deed func(*store.Tx) (store.Done, error)) (store.Done, error) {
	var done store.Done
	err := o.update(ctx, func(tx *store.Tx) error {
		before, err := tx.Done(token, o.now())
		if err != nil {
			return err
		}
		if before != nil && before.By == by {
			done = *before
			return nil
		}
		if done, err = deed(tx); err != nil {
			return err
		}
		done.By = by
		return tx.PutDone(token, done, o.now())
	})
	if errors.Is(err, store.ErrUnknown) {
		return o.lookUpDone(ctx, token, by)
	}
	return done, err
}

func (o *Office) lookUpDone(ctx context.Context, token store.Once, by board.ID) (store.Done, error) {
	var done *store.Done
	err := o.store.Update(ctx, func(tx *store.Tx) (err error) { // an Update is answered only on firm ground
		done, err = tx.Done(token, o.now())
		return err
	})
	if err != nil || done == nil || done.By != by {
		return store.Done{}, notSaved
	}
	return *done, nil
}

// by is a date that is so many working days away.
func (o *Office) by(now time.Time, workdays int) board.Date {
	due := o.calendar.Load().Due(now, workdays)
	return board.Date{At: due.At, From: now, Days: workdays, Calendar: due.Version, Provisional: due.Provisional}
}

// screenBy is when the county desk must have assigned what comes in now:
// within so many hours, or on the next working day when nobody is on duty
// then.
func (o *Office) screenBy(now time.Time, s *board.Settings) board.Date {
	at := now.Add(time.Duration(s.Rules().ScreenHours) * time.Hour)
	calendar := o.calendar.Load()
	if !calendar.Working(at) && !s.Duty(at) {
		return o.by(now, 1)
	}
	return board.Date{At: at.Truncate(time.Second), From: now, Calendar: calendar.Version(), Provisional: !calendar.Settled(at)}
}

// later is a date so many working days behind another, reckoned from where that
// one was.
func (o *Office) later(d board.Date, workdays int) board.Date {
	due := o.by(d.At, workdays)
	due.From, due.Days, due.Provisional = d.From, d.Days+workdays, due.Provisional || d.Provisional
	return due
}

// Light tells how near a date is: red when it is past, yellow when at most one
// working day is left. What has no date is not near.
func (o *Office) Light(d board.Date) board.Light {
	now := o.now()
	switch {
	case !d.Set():
		return board.Green
	case now.After(d.At):
		return board.Red
	case !o.calendar.Load().Due(now, 1).At.Before(d.At):
		return board.Yellow
	}
	return board.Green
}

// Workdays counts the working days from tomorrow up to and with the day of at.
func (o *Office) Workdays(at time.Time) int { return o.calendar.Load().Between(o.now(), at) }

var (
	missing = board.Fault{Kind: board.Missing, ID: "case.missing"}
	denied  = board.Fault{Kind: board.Denied, ID: "deed.role"}
)
