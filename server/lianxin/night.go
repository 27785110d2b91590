package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"lianxin/server/board"
	"lianxin/store/backup"
)

// night is what the server does by itself for the county's memory: seal what
// happened each hour, back up each night, and try the backup once a week.
type night struct {
	copies
	box *box
	log *slog.Logger

	saved, tried string // the days on which it was done last, "2026-09-18"
}

// saveFrom is the hour in Beijing from which the day's backup is made: when the
// fewest people write.
const saveFrom = 3

func (n *night) seal(ctx context.Context) {
	if sealed, err := n.box.store.Seal(ctx, n.box.now()); err != nil && ctx.Err() == nil {
		n.log.Error("what happened could not be sealed", "cause", err)
	} else if sealed > 0 {
		n.log.Info("sealed", "events", sealed)
	}
}

// watch does the day's work once, when its hour has come: looked at often, it
// is made up for after the box was off.
func (n *night) watch(ctx context.Context) {
	now := n.box.now().In(board.Zone)
	today := now.Format(time.DateOnly)
	if n.Backup == "" || n.saved == today || now.Hour() < saveFrom {
		return
	}
	if n.saved == "" && n.savedToday(today) {
		n.saved = today
		return
	}
	r, err := n.make(ctx, n.box, nil)
	if err != nil {
		n.log.Error("no backup was made", "cause", err) // and it is tried again
		return
	}
	n.saved = today
	n.log.Info("backed up", "bytes", r.Size, "streams", r.Streams, "seconds", seconds(r.Took))
	if now.Weekday() == time.Sunday && n.tried != today {
		n.drill(ctx, today)
	}
}

// savedToday tells whether the day's backup was made before the server was
// started.
func (n *night) savedToday(today string) bool {
	files, err := backup.List(n.Backup)
	return err == nil && len(files) > 0 && backup.Day(files[0]) == today
}

func (n *night) drill(ctx context.Context, today string) {
	r, err := n.try(ctx, n.box)
	if err != nil && !errors.Is(err, context.Canceled) {
		n.log.Error("the newest backup could not be restored", "cause", err)
		return
	}
	n.tried = today
	n.log.Info("the newest backup was restored on trial", "streams", r.Streams, "seconds", seconds(r.Took))
}
