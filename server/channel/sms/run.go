package sms

import (
	"context"
	"log/slog"
	"time"

	"lianxin/locales"
	"lianxin/server/office"
	"lianxin/store"
)

const (
	rest      = 5 * time.Second // between two looks into the outbox when no deed rings
	longest   = time.Minute     // after errors that follow each other
	sweepRest = time.Hour
)

// Run sends what the outbox holds, one worker, until ctx ends: at once when a
// deed has put something there, and every few seconds for what was left behind.
// After an error it rests, longer each time; nothing leaves the outbox unsent.
func Run(ctx context.Context, o *office.Office, s *Spool, words *locales.Bundle, log *slog.Logger) {
	say := Render(words)
	tick := time.NewTicker(sweepRest)
	defer tick.Stop()
	sweep := func(now time.Time) {
		if err := s.Sweep(now); err != nil {
			log.Error("old texts stay in the spool", "cause", err)
		}
	}
	sweep(time.Now())
	pause := rest
	for ctx.Err() == nil {
		wake := o.Wake()
		if _, err := o.Post(ctx, say, s); err == nil {
			pause = rest
		} else if ctx.Err() == nil {
			log.Error("texts could not be sent; they wait", "cause", err)
			pause, wake = min(2*pause, longest), nil // a deed must not cut the rest short
		}
		select {
		case <-ctx.Done():
		case <-wake:
		case <-time.After(pause):
		case now := <-tick.C:
			sweep(now)
		}
	}
}

// Render gives the words of a text in its own language. Its arguments fill the
// placeholders of their name; dates are said as days near at hand.
func Render(words *locales.Bundle) func(store.Text) string {
	return func(t store.Text) string {
		w := words.Words(t.Lang)
		pairs := make([]any, 0, 2*(len(t.Args)+len(t.Dates)))
		for name, value := range t.Args {
			pairs = append(pairs, name, value)
		}
		for name, day := range t.Dates {
			pairs = append(pairs, name, w.Day(day))
		}
		return w.T(t.Key, pairs...)
	}
}
