// Package demo makes up a county, 示范县, for people to look around in: its
// townships, units and staff, and a case in every state there is. Nothing is
// put into the store by hand; everything is done through the deeds of the
// office, by a clock of its own that walks through the weeks before.
//
// All people, places, numbers and texts are made up. This is the one package
// of the product that may speak Chinese in Go: what stands here are words of
// people, not of ours.
package demo

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/server/workday"
	"lianxin/store"
)

// Parts are what a county is made up with.
type Parts struct {
	Store    *store.Store // empty
	Calendar *workday.Calendar
	Random   io.Reader
	Log      *slog.Logger
	Now      time.Time // when everything told here has happened already

	// Beside the stories, cases without end can be made up, see crowd.
	Cases    int    // how many there are to be in all; as many as there are stories when it is less
	Seed     uint64 // the same gives the same cases, but for their numbers
	Progress func(cases int)
}

// Told is how many cases are told as stories.
const Told = 92

// maker makes the county. Its first error sticks: what follows is not done.
type maker struct {
	ctx    context.Context
	office *office.Office
	parts  Parts
	now    time.Time // the time by which the office does its deeds
	codes  codes

	units     map[string]board.ID
	staff     map[string]office.Who
	residents map[string]office.Who
	tokens    map[string]string // of the residents' sessions
	daysAgo   []time.Time       // working days before today, the last first
	series    map[board.PaperKind]*board.Series
	inside    map[board.Serial]office.Sealed // what lies in their papers
	heard     int                            // texts that came in
	err       error
}

// Make makes the county in an empty store: all of it, or nothing; with a crowd,
// whatever was made when it ends before its time.
func Make(ctx context.Context, p Parts) error {
	var last *maker
	together := func(tell func(*maker)) error {
		return p.Store.Together(ctx, func(s *store.Store) error {
			m, err := newMaker(ctx, p, s, last)
			if err != nil {
				return err
			}
			tell(m)
			last = m
			return m.ended()
		})
	}
	stories := func(m *maker) {
		m.old()
		m.everybody()
		m.join()
		m.related()
		m.assisted()
		m.tell()
	}
	many := p.Cases - Told
	if many <= 0 {
		return together(func(m *maker) { m.found(); stories(m) })
	}
	if err := together(func(m *maker) { m.found() }); err != nil {
		return err
	}
	var c crowd
	for done := 0; done < many; done += chunk {
		var next crowd
		end := min(done+chunk, many)
		if err := together(func(m *maker) { next = m.write(c, p.Seed, done, end, many) }); err != nil {
			return err
		}
		if c = next; p.Progress != nil {
			p.Progress(end)
		}
	}
	return together(stories)
}

// newMaker has an office in a store, with a clock of its own, and whoever works
// there since the last one.
func newMaker(ctx context.Context, p Parts, s *store.Store, last *maker) (*maker, error) {
	m := &maker{
		ctx: ctx, parts: p, now: p.Now, codes: codes{},
		units: map[string]board.ID{}, staff: map[string]office.Who{}, residents: map[string]office.Who{},
		tokens: map[string]string{}, series: map[board.PaperKind]*board.Series{}, inside: map[board.Serial]office.Sealed{},
	}
	if m.parts.Store = s; last != nil {
		m.units, m.staff, m.daysAgo = last.units, last.staff, last.daysAgo
	}
	var err error
	m.office, err = office.New(office.Parts{
		Store: s, Calendar: p.Calendar, Random: p.Random, Log: p.Log,
		Now: func() time.Time { return m.now },
	})
	if err != nil {
		return nil, fmt.Errorf("made-up county: %w", err)
	}
	return m, nil
}

func (m *maker) ended() error {
	if m.err != nil {
		return fmt.Errorf("made-up county: %w", m.err)
	}
	return nil
}

// do runs one deed unless an earlier one failed.
func (m *maker) do(what string, deed func() error) {
	if m.err != nil {
		return
	}
	if err := deed(); err != nil {
		m.err = fmt.Errorf("%s: %w", what, err)
	}
}

// at sets the clock so many working days before today, at an hour of that day
// in Beijing. Offices work on working days; at least one, so that all of it is
// past.
func (m *maker) at(workdays int, clock string) {
	day := m.workday(max(workdays, 1))
	hour, err := time.Parse("15:04", clock)
	m.do("clock "+clock, func() error { return err })
	m.now = time.Date(day.Year(), day.Month(), day.Day(), hour.Hour(), hour.Minute(), 0, 0, board.Zone)
}

// workday is the day so many working days before today.
func (m *maker) workday(ago int) time.Time {
	for len(m.daysAgo) < ago {
		day := m.parts.Now.In(board.Zone)
		if n := len(m.daysAgo); n > 0 {
			day = m.daysAgo[n-1]
		}
		for day = day.AddDate(0, 0, -1); !m.parts.Calendar.Working(day); day = day.AddDate(0, 0, -1) {
		}
		m.daysAgo = append(m.daysAgo, day)
	}
	return m.daysAgo[ago-1]
}

// form is a token such as a page draws for each form.
func (m *maker) form() (once store.Once) {
	m.do("form", func() error {
		_, err := io.ReadFull(m.parts.Random, once[:])
		return err
	})
	return once
}

// codes are the one-time codes that reached the made-up phones. It is the
// sender of the texts while the county is made.
type codes map[string]string

// Send takes a code in. The other texts of the outbox leave later, by the
// channel of whoever serves the county.
func (c codes) Send(_ context.Context, _, to, text string, _ time.Time) error {
	c[to] = text
	return nil
}
