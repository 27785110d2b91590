package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"time"
)

// A panic in a worker ends that worker and never the house: people go on to
// write while somebody reads the log.

const (
	firstRest = time.Second // of a worker that panicked, before it begins again
	lastRest  = 5 * time.Minute
	calm      = 10 * time.Minute // a worker that lasted so long begins with the first rest again
)

// tend lets a worker work until it ends by itself, and gives its error. One that
// panics is begun again, after longer and longer rests: what it stumbled over
// may lie there still.
func (h *house) tend(ctx context.Context, name string, work func(context.Context) error) error {
	for rest := firstRest; ; rest = min(2*rest, lastRest) {
		began := time.Now()
		err, fell := h.caught(ctx, name, work)
		if !fell {
			return err
		}
		if time.Since(began) > calm {
			rest = firstRest
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(rest):
		}
	}
}

// caught works once and tells whether it fell over. The line in the log says
// where, never with what: the value may be somebody's words.
func (h *house) caught(ctx context.Context, name string, work func(context.Context) error) (err error, fell bool) {
	defer func() {
		if p := recover(); p != nil {
			err, fell = panicked(p), true
			h.log.Error("a worker fell over and begins again", "worker", name, "cause", err, "stack", string(debug.Stack()))
		}
	}()
	return work(ctx), false
}

// panicked is the value of a panic as an error, without what a person may have
// put into it.
func panicked(value any) error {
	if err, ok := value.(runtime.Error); ok {
		return fmt.Errorf("panic: %w", err)
	}
	return fmt.Errorf("panic")
}
