package office

import (
	"context"
	"errors"
	"slices"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// AnnounceYear loads a year of the statutory calendar, and confirms or corrects
// every date that was provisional for want of it. It tells how many it
// corrected.
func (o *Office) AnnounceYear(ctx context.Context, by board.Actor, raw []byte) (year, corrected int, err error) {
	_, year, err = o.calendar.Load().With(raw)
	if err != nil {
		o.log.Warn("a calendar could not be read", "cause", err)
		return 0, 0, board.Fault{Kind: board.Invalid, ID: "calendar.file", Field: "file"}
	}
	if now := o.now().In(board.Zone).Year(); year < now && o.Published(year) || year > now+farYears { // one that was forgotten is still of use
		return year, 0, board.Fault{Kind: board.Invalid, ID: "calendar.year", Field: "file", Args: []any{"Year", year, "First", now, "Last", now + farYears}}
	}
	err = o.setting(ctx, by, func(s *board.Settings, now time.Time) (board.Event, error) {
		return s.AnnounceYear(by, year, string(raw), now)
	})
	if faults, refused := board.Faults(err); refused && faults[0].ID == "calendar.known" {
		err = nil // what was to follow may not have, the first time
	}
	if err != nil {
		return year, 0, err
	}
	if err := o.loadCalendar(ctx); err != nil {
		return year, 0, err
	}
	corrected, err = o.redate(ctx)
	return year, corrected, err
}

// farYears is how many years ahead a notice can be of: it comes in November for the
// next one.
const farYears = 1

// Published tells whether the holidays of a year are known.
func (o *Office) Published(year int) bool { return o.calendar.Load().Published(year) }

// loadCalendar takes the years that the county loaded into the calendar.
func (o *Office) loadCalendar(ctx context.Context) error {
	county, err := o.County(ctx)
	if err != nil {
		return err
	}
	calendar := o.statutory
	years := make([]int, 0, len(county.Years))
	for y := range county.Years {
		years = append(years, y)
	}
	slices.Sort(years)
	for _, y := range years {
		if calendar, _, err = calendar.With([]byte(county.Years[y])); err != nil {
			return err
		}
	}
	o.calendar.Store(calendar)
	return nil
}

// redate reckons provisional dates anew, and tells of how many cases the day
// that was promised to the resident has changed.
func (o *Office) redate(ctx context.Context) (corrected int, err error) {
	version := o.calendar.Load().Version()
	county, err := o.County(ctx)
	if err != nil {
		return 0, err
	}
	reckon := func(d board.Date) board.Date {
		if d.Days > 0 {
			return o.by(d.From, d.Days)
		}
		return o.screenBy(d.From, county.Settings)
	}
	var faults []error
	err = o.walk(ctx, store.Flagged(store.FlagProvisional), func(c *board.Case) {
		moved := false
		did, err := o.byClock(ctx, c.ID, func(s step) (board.Event, error) {
			e, anew := s.c.Redate(clock, reckon, s.now)
			due := e.Fact.(board.Redated).Due
			moved = due.Set() && !due.At.Equal(s.c.Due.At)
			return demanded(e, anew)
		})
		faults = append(faults, err)
		if did && moved {
			corrected++
		}
	})
	if err = errors.Join(append(faults, err)...); err == nil {
		err = o.update(ctx, func(tx *store.Tx) error { return tx.PutReckoned(version) })
	}
	if err == nil {
		o.reckoned.Store(&version)
	}
	return corrected, err
}
