package board

import "time"

// Of the codes that one phone gets. A stranger can ask for some of them, so the
// last of a day are kept for whoever logged in with the phone before: nobody
// else can use those up.
const (
	SendsPerHour = 5
	SendsPerDay  = 10
	SendsKept    = 3
)

// CoolDowns are the waits between codes to one phone: after the first, the
// second, the third, and every further one within a day.
var CoolDowns = []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute, time.Hour}

// Sending is a code that went to a phone.
type Sending struct {
	At    time.Time `json:"at"`
	Known bool      `json:"known,omitempty"` // the browser that asked is one that logged in with this phone lately
}

// Sendings are the codes that went to one phone, the oldest first.
type Sendings []Sending

// Allow tells whether another code may go to the phone now. The waits after
// what strangers asked for hold back strangers only.
func (s Sendings) Allow(known bool, now time.Time) bool {
	hour, alike, last := 0, 0, time.Time{}
	s = s.lately(now)
	for _, one := range s {
		if now.Sub(one.At) < time.Hour {
			hour++
		}
		if one.Known == known {
			alike, last = alike+1, one.At
		}
	}
	switch {
	case hour >= SendsPerHour, len(s) >= SendsPerDay, !known && alike >= SendsPerDay-SendsKept:
		return false
	case alike == 0:
		return true
	}
	return now.Sub(last) >= CoolDowns[min(alike, len(CoolDowns))-1]
}

// Add gives the sendings of the last day and one more.
func (s Sendings) Add(known bool, now time.Time) Sendings {
	return append(s.lately(now), Sending{now.UTC(), known})
}

// Ends is when all of them are forgotten.
func (s Sendings) Ends() time.Time { return s[len(s)-1].At.Add(24 * time.Hour) }

func (s Sendings) lately(now time.Time) Sendings {
	for len(s) > 0 && now.Sub(s[0].At) >= 24*time.Hour {
		s = s[1:]
	}
	return s
}
