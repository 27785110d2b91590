package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianxin/locales"
	"lianxin/server/board"
	"lianxin/server/workday"
)

type dates struct {
	Due due `cmd:"" help:"Reckon a date in working days and show every day that does not count."`
}

type due struct {
	From string `arg:"" help:"A day in Beijing, with or without its time: 2026-09-18 or 2026-09-18T10:00."`
	Days string `arg:"" help:"How many working days."`
}

// layouts are how a moment can be typed.
var layouts = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly}

// moment reads a moment; without a zone it is one in Beijing.
func moment(text string) (time.Time, bool) {
	for _, layout := range layouts {
		if t, err := time.ParseInLocation(layout, strings.TrimSpace(text), board.Zone); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

func (d *due) Run(t *terminal) error {
	from, ok := moment(d.From)
	if !ok {
		return sentence(t.words.T("cmd.due.from", "Text", d.From))
	}
	days, err := strconv.Atoi(strings.TrimSpace(d.Days))
	if err != nil || days < 0 || days > workday.Longest {
		return sentence(t.words.T("cmd.due.days", "Text", d.Days, "Max", workday.Longest))
	}
	calendar, err := workday.Statutory()
	if err != nil {
		return err
	}
	found := calendar.Due(from, days)
	fmt.Fprintln(t.out, t.words.T("cmd.due.date", "Date", dated(t.words, found.At), "Time", found.At.Format(time.TimeOnly)))
	for _, line := range proof(t.words, found) {
		fmt.Fprintln(t.out, "  "+line)
	}
	for _, year := range unpublished(calendar, from, found.At) {
		fmt.Fprintln(t.out, t.words.T("cmd.due.provisional", "Year", year))
	}
	fmt.Fprintln(t.out, t.words.T("cmd.due.calendar", "Version", found.Version))
	return nil
}

// dated is a day both for eyes and for other programs.
func dated(w locales.Words, day time.Time) string {
	return day.In(board.Zone).Format(time.DateOnly) + " " + w.Day(day)
}

// proof tells of every day on the way that is not what its weekday says, or
// that does not count, in their order.
func proof(w locales.Words, d workday.Due) []string {
	var lines []string
	for _, s := range d.Skipped {
		if s.Reason == workday.Holiday {
			lines = append(lines, w.T("cmd.due.holiday", "Date", dated(w, s.Date), "Name", s.Name))
		} else {
			lines = append(lines, w.T("cmd.due.weekend", "Date", dated(w, s.Date)))
		}
	}
	for _, day := range d.Days {
		if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
			lines = append(lines, w.T("cmd.due.makeup", "Date", dated(w, day)))
		}
	}
	slices.Sort(lines) // each begins with its date
	return lines
}

// unpublished lists the years on the way whose calendar nobody knows yet, or
// whose notice may still change a day on the way.
func unpublished(c *workday.Calendar, from, to time.Time) []int {
	var years []int
	for day := from.AddDate(0, 0, 1); !day.After(to); day = day.AddDate(0, 0, 1) {
		if c.Settled(day) {
			continue
		}
		year := day.In(board.Zone).Year()
		if c.Published(year) {
			year++
		}
		if !slices.Contains(years, year) {
			years = append(years, year)
		}
	}
	return years
}
