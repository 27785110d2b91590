package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"lianxin/server/board"
	"lianxin/store"
	"lianxin/store/backup"
)

// night is what the server does by itself for the county's memory: seal what
// happened each hour, or each thousand events; let go of what was kept long
// enough and back up each night; try the backup once a week. What is due it reads
// from the store and the folder of backups, so a box that was off makes up for
// what it missed, and one that was started twice does nothing twice.
type night struct {
	copies
	box *box
	log *slog.Logger

	rescued bool      // all that a deleted store held is in a backup
	tidied  time.Time // when compacting was last tried
	swept   time.Time // when files that no message names were last looked for
}

const (
	// saveFrom is the hour in Beijing of the day's backup: when the fewest
	// people write. A trial of it takes the disk as well, so it ends its night.
	saveFrom, saveTo = 3, 6

	sealEach = time.Hour
	sealMost = 1000 // events that wait for no hour
	tryEach  = 7 * 24 * time.Hour

	sweepEach = 24 * time.Hour
	// A disk that is full is not made fuller every ten minutes.
	tryAgain = time.Hour
)

// watch does what is due. It is called often.
func (n *night) watch(ctx context.Context) {
	now := n.box.now()
	n.seal(ctx, now)
	n.retain(ctx, now)
	n.tidy(ctx, now)
	n.sweep(ctx, now)
	if n.Backup == "" {
		return
	}
	notes, err := backup.History(n.Backup)
	if err != nil {
		n.log.Error("what came of the last backups cannot be read", "cause", err)
	}
	n.save(ctx, now, notes)
	n.drill(ctx, now, notes)
}

// seal seals what happened: an hour after the last time at the latest, sooner
// when much did.
func (n *night) seal(ctx context.Context, now time.Time) {
	due, err := n.sealDue(ctx, now)
	if err == nil && !due {
		return
	}
	sealed := 0
	if err == nil {
		sealed, err = n.box.store.Seal(ctx, now)
	}
	if err != nil && ctx.Err() == nil {
		n.log.Error("what happened could not be sealed", "cause", err)
	} else if sealed > 0 {
		n.log.Info("sealed", "events", sealed)
	}
}

func (n *night) sealDue(ctx context.Context, now time.Time) (bool, error) {
	last, err := n.box.store.Checkpoint(ctx)
	if err != nil || last == nil || now.Before(last.Time) || now.Sub(last.Time) >= sealEach {
		return true, err
	}
	waiting, err := n.box.store.Unsealed(ctx, sealMost)
	return waiting >= sealMost, err
}

// lastNight is when the last backup should have been made.
func lastNight(now time.Time) time.Time {
	y, m, d := now.In(board.Zone).Date()
	at := time.Date(y, m, d, saveFrom, 0, 0, 0, board.Zone)
	if at.After(now) {
		at = at.AddDate(0, 0, -1)
	}
	return at
}

// newest is when the newest backup was made. One from a day to come, made while
// the clock was wrong, does not keep the box from making others.
func newest(files []string, now time.Time) time.Time {
	for _, f := range files {
		if at := backup.Time(f); !at.After(now) {
			return at
		}
	}
	return time.Time{}
}

// sweep takes away, once a day, the files that no message names: those whose deed
// never came, and those that were let go of as the process ended. By a clock that is
// in doubt a file of this minute might be a day old.
func (n *night) sweep(ctx context.Context, now time.Time) {
	if n.box.office.ClockSuspect() || !n.swept.After(now) && now.Sub(n.swept) < sweepEach {
		return
	}
	swept, err := n.box.store.SweepBlobs(ctx, now)
	if ctx.Err() != nil {
		return
	}
	n.swept = now
	if swept.Files > 0 {
		n.log.Info("files that no message names are gone", "files", swept.Files, "bytes", swept.Bytes)
	}
	if err != nil {
		n.log.Error("files that no message names could not be taken away", "cause", err)
	}
}

func (n *night) save(ctx context.Context, now time.Time, notes []backup.Note) {
	files, err := backup.List(n.Backup)
	if err == nil && !newest(files, now).Before(lastNight(now)) {
		if err := n.carry(); err != nil {
			n.log.Error("the backup did not come to the second place", "cause", err)
		}
		return
	}
	if failed(notes, backup.Made, now, tryAgain) {
		return
	}
	r, err := n.make(ctx, n.box, nil)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		n.log.Error("the night's backup did not end well", "cause", err)
		return
	}
	n.log.Info("backed up", "bytes", r.Size, "streams", r.Streams, "files", r.Files.Count, "seconds", seconds(r.Took))
	for _, lost := range r.Lost {
		n.log.Error("a file of a message could not be backed up", "cause", lost)
	}
}

// guard sees whether the store's file is still there. When somebody deleted or
// replaced it, all that was kept lives in this process only: it is saved at once,
// and somebody must hear of it before they stop the server.
func (n *night) guard(ctx context.Context) {
	err := n.box.store.Alive()
	if !errors.Is(err, store.ErrGone) {
		return
	}
	n.log.Error("the store's file was deleted or replaced: nothing more can be kept", "cause", err)
	if n.rescued || n.Backup == "" {
		return
	}
	r, err := n.make(ctx, n.box, nil)
	if err != nil {
		n.log.Error("do not stop the server: what was kept could not be saved; type lianxin backup", "cause", err)
		return
	}
	n.rescued = true
	n.log.Error("all that was kept is saved: stop the server, and restore this backup", "file", r.File, "events", r.Events)
}

// failed tells whether the newest try of a kind failed less than so long ago.
func failed(notes []backup.Note, kind string, now time.Time, less time.Duration) bool {
	for _, note := range notes {
		if note.Kind == kind {
			return note.Failed != "" && !note.At.After(now) && now.Sub(note.At) < less
		}
	}
	return false
}

// drill tries the newest backup at night, once a week; a box that is never on
// at night does it by day, a day later.
func (n *night) drill(ctx context.Context, now time.Time, notes []backup.Note) {
	last, was := backup.Last(notes, backup.Tried, now)
	age, hour := now.Sub(last.At), now.In(board.Zone).Hour()
	switch {
	case was && age < tryEach,
		was && age < tryEach+24*time.Hour && (hour < saveFrom || hour >= saveTo),
		failed(notes, backup.Tried, now, 24*time.Hour):
		return
	}
	if files, err := backup.List(n.Backup); err != nil || len(files) == 0 {
		return
	}
	r, err := n.try(ctx, n.box)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		n.log.Error("the newest backup could not be restored", "cause", err)
		return
	}
	n.log.Info("the newest backup was restored on trial", "streams", r.Streams, "seconds", seconds(r.Took))
}
