package main

import (
	"context"
	"fmt"
	"net"
	"strings"
	"time"

	"lianxin/server/channel/sms"
	"lianxin/server/control"
	"lianxin/server/web"
)

// What goes on beside the pages as long as the house is open.

// theSite is the part without which there is no house.
const theSite = "site"

// parts are all that works at the same time, by their names in the log. A part
// that fails ends the house.
func (h *house) parts(site *web.Site, listener net.Listener, socket *control.Socket) map[string]func(context.Context) error {
	parts := map[string]func(context.Context) error{
		theSite: func(context.Context) error { return site.Serve(listener) },
		"texts out": func(ctx context.Context) error {
			sms.Run(ctx, h.box.office, h.spool, h.bundle, h.log)
			return nil
		},
		"texts in": func(ctx context.Context) error { return h.spool.Listen(ctx, h.hear) },
		"sweep":    every(time.Hour, h.sweep),
		"clock":    every(time.Minute, h.strike),
		"guard":    every(time.Minute, h.night.guard),
		"alarm":    every(time.Minute, h.alarm()),
		"months":   func(ctx context.Context) error { h.count(ctx); return every(time.Minute, h.count)(ctx) },
		"night":    every(10*time.Minute, h.night.watch),
		"memory":   every(giveBackEach, giveBack),
		"commands": func(ctx context.Context) error { return socket.Serve(ctx, runner(h.box, h.bundle)) },
	}
	if h.http != "" {
		parts["plain HTTP"] = func(ctx context.Context) error { return h.upgrade(ctx, h.http, h.source, listener.Addr()) }
	}
	if h.measured != "" {
		parts["figures"] = func(ctx context.Context) error { return h.measure(ctx, h.measured) }
	}
	return parts
}

// every does work again and again until the context ends.
func every(pause time.Duration, work func(context.Context)) func(context.Context) error {
	return func(ctx context.Context) error {
		tick := time.NewTicker(pause)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return nil
			case <-tick.C:
				work(ctx)
			}
		}
	}
}

// sweep forgets what has ended: sessions, drafts, counters; not by a clock that
// is in doubt.
func (h *house) sweep(ctx context.Context) {
	if h.box.office.ClockSuspect() {
		return
	}
	if n, err := h.box.store.Sweep(ctx, h.now()); err != nil {
		h.log.Error("what has ended is not all swept", "cause", err)
	} else if n > 0 {
		h.log.Info("swept what has ended", "records", n)
	}
}

// strike lets the clock do what is due, by the office's own time: the machine's,
// or that of a made-up county.
func (h *house) strike(ctx context.Context) {
	if h.watch {
		doubted, err := h.box.office.WatchClock(ctx)
		if err != nil {
			h.log.Error("the clock could not be looked at", "cause", err)
		}
		if doubted {
			h.log.Error("the clock is in doubt: nothing ends by itself until somebody types lianxin clock confirm")
		}
	}
	if n, err := h.box.office.Strike(ctx); err != nil {
		h.log.Error("not all that is due by the clock is done", "cause", err)
	} else if n > 0 {
		h.log.Info("done by the clock", "cases", n)
	}
}

// alarm says in the log that somebody pumps texts or guesses codes, when that
// begins and when it ends.
func (h *house) alarm() func(context.Context) {
	scarce, loud := false, false
	return func(ctx context.Context) {
		s, err := h.box.office.Spending(ctx)
		if err != nil {
			h.log.Error("the budget of texts cannot be read", "cause", err)
			return
		}
		if s.Scarce() != scarce {
			scarce = s.Scarce()
			h.log.Error("codes for new numbers", "stopped", scarce, "today", s.Day, "most", s.MostDay, "this hour", s.Hour, "most an hour", s.MostHour)
		}
		if s.Loud() != loud {
			loud = s.Loud()
			h.log.Error("wrong codes: somebody is guessing", "goes on", loud, "in an hour", s.Wrong)
		}
	}
}

// count counts the months that are over, so that no reader has to wait for it.
func (h *house) count(ctx context.Context) {
	if err := h.box.office.KeepMonths(ctx); err != nil && ctx.Err() == nil {
		h.log.Error("the months could not be counted", "cause", err)
	}
}

// next says what a new county still lacks: its first run, or commands to type.
func (h *house) next(first *web.First, url string) error {
	county, err := h.box.office.County(context.WithoutCancel(h))
	if err != nil {
		return err
	}
	var lines []string
	if len(county.Name) == 0 {
		lines = append(lines, h.words.T("cmd.serve.next.county"))
	}
	if len(county.List) == 0 {
		lines = append(lines, h.words.T("cmd.serve.next.unit"))
	}
	if len(county.Staff) == 0 {
		lines = append(lines, strings.Split(h.words.T("cmd.serve.next.staff"), "\n")...)
	}
	if len(lines) == 0 {
		return nil
	}
	again := h.words.T("cmd.serve.next")
	if first != nil {
		fmt.Fprintln(h.out, h.words.T("cmd.first", "Address", url+"/first"))
		fmt.Fprintln(h.out, "\n  "+first.Code+"\n")
		again = h.words.T("cmd.first.else")
	}
	fmt.Fprintln(h.out, again)
	for _, line := range lines {
		fmt.Fprintln(h.out, "  "+line+h.box.elsewhere())
	}
	return nil
}
