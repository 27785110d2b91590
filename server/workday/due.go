package workday

import "time"

// Longest is the longest period that can be asked for, in working days; about
// four years. Whoever takes a number of days from outside checks it against
// this.
const Longest = 1000

// Reason says why a day did not count. The values are stored: never rename.
type Reason string

const (
	Weekend Reason = "weekend"
	Holiday Reason = "holiday"
)

// Skip is a day that did not count. Name is the holiday's, in Chinese as
// announced (国庆节), and empty for a weekend.
type Skip struct {
	Date   time.Time // 00:00 in Beijing
	Reason Reason
	Name   string
}

// Due is a reckoned date with its proof.
type Due struct {
	At          time.Time   // 23:59:59 in Beijing of the last day
	Days        []time.Time // the days that counted, 00:00 each; the last is At's
	Skipped     []Skip      // the days in between that did not
	Provisional bool        // a day on the way is not Settled; reckon again once it is
	Version     string      // of the calendar
}

// Working says whether people work on a day: Monday to Friday unless it is a
// holiday, and the weekend days that make up for one. In a year that is not
// published only the weekday decides.
func (c *Calendar) Working(day time.Time) bool {
	working, _ := c.judge(day)
	return working
}

// judge says whether a day counts, and if not, why.
func (c *Calendar) judge(day time.Time) (bool, Skip) {
	day = start(day)
	if s, ok := c.special[number(day)]; ok {
		if s.off {
			return false, Skip{day, Holiday, s.name}
		}
		return true, Skip{}
	}
	if w := day.Weekday(); w == time.Saturday || w == time.Sunday {
		return false, Skip{day, Weekend, ""}
	}
	return true, Skip{}
}

// Due reckons so many working days from a moment. Day 1 is the first working
// day after the date of from, whatever the hour; the period ends with the last
// second of its last day. (12345 practice, 问政四川.) For no days, or fewer, it
// is the end of from's own date; more than Longest panics, because a date
// quietly wrong would be worse.
func (c *Calendar) Due(from time.Time, days int) Due {
	if days > Longest {
		panic("workday: a period longer than workday.Longest")
	}
	day := start(from)
	due := Due{Version: c.version}
	for len(due.Days) < days {
		day = day.AddDate(0, 0, 1)
		if !c.Settled(day) {
			due.Provisional = true
		}
		if working, skip := c.judge(day); working {
			due.Days = append(due.Days, day)
		} else {
			due.Skipped = append(due.Skipped, skip)
		}
	}
	due.At = day.Add(24*time.Hour - time.Second)
	return due
}

// Between counts the working days after the date of a up to and with the date
// of b: the working days left at a until b. It is negative when b is past.
// Between(t, Due(t, n).At) is n.
func (c *Calendar) Between(a, b time.Time) int {
	if number(b) < number(a) {
		return -c.Between(b, a)
	}
	n := 0
	last := start(b)
	for day := start(a).AddDate(0, 0, 1); !day.After(last); day = day.AddDate(0, 0, 1) {
		if c.Working(day) {
			n++
		}
	}
	return n
}
