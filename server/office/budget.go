package office

import (
	"context"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// What the whole site may spend on texts that strangers can ask for: codes, and
// replies to texts that came in. Whoever pumps texts costs the county no more
// than three of its usual days.
const (
	usualDays = 28 // before today, whose mean is a usual day
	usualness = 3  // so many usual days are one day's budget, or what the county's rules say at least
	hourShare = 2  // an hour may use half of it
)

// The parts of a budget, in tenths, from which on codes are kept for some.
const (
	forKnown  = 8 // people whom the county knows
	forWaited = 9 // those of them who wait for an answer
	whole     = 10
)

var (
	textsOfDay  = store.Limit{Name: "texts-of-day", Max: 1 << 30, Window: (usualDays + 1) * 24 * time.Hour}
	textsOfHour = store.Limit{Name: "texts-of-hour", Max: 1 << 30, Window: time.Hour}
	wrongOfHour = store.Limit{Name: "wrong-of-hour", Max: 1 << 30, Window: 2 * time.Hour}
)

func dayOf(now time.Time) string { return now.In(board.Zone).Format(time.DateOnly) }

func hourOf(now time.Time) string { return now.In(board.Zone).Format("2006-01-02 15") }

// Spending is how much of the budget of texts is used now, and how many wrong
// codes were typed.
type Spending struct {
	Day, MostDay   int // texts since midnight
	Hour, MostHour int // texts since the hour struck
	Wrong          int // wrong codes in this hour and the one before, whichever has more
}

// tenths is how much of it is used.
func (s Spending) tenths() int {
	return max(s.Day*whole/s.MostDay, s.Hour*whole/s.MostHour)
}

// Scarce tells that codes go only to people whom the county knows.
func (s Spending) Scarce() bool { return s.tenths() >= forKnown }

// Spent tells that no code goes to anybody.
func (s Spending) Spent() bool { return s.tenths() >= whole }

// Loud tells that somebody is guessing codes: new ones are longer until an hour
// is quiet.
func (s Spending) Loud() bool { return s.Wrong >= board.WrongPerHour }

// Spending is for whoever watches the machine.
func (o *Office) Spending(ctx context.Context) (s Spending, err error) {
	err = o.store.View(ctx, func(tx *store.Tx) error {
		now := o.now()
		if s, err = spending(tx, now); err != nil {
			return err
		}
		s.Wrong, err = wrongLately(tx, now)
		return err
	})
	return s, err
}

func spending(tx *store.Tx, now time.Time) (s Spending, err error) {
	if s.Day, _, err = tx.Counted(textsOfDay, dayOf(now), now); err != nil {
		return s, err
	}
	if s.Hour, _, err = tx.Counted(textsOfHour, hourOf(now), now); err != nil {
		return s, err
	}
	before := 0
	for i := range usualDays {
		n, _, err := tx.Counted(textsOfDay, dayOf(now.AddDate(0, 0, -1-i)), now)
		if err != nil {
			return s, err
		}
		before += n
	}
	settings, err := tx.Settings()
	if err != nil {
		return s, err
	}
	s.MostDay = max(settings.Rules().DayTexts, usualness*before/usualDays)
	s.MostHour = s.MostDay / hourShare
	return s, nil
}

// countText notes a text that leaves at a stranger's wish.
func countText(tx *store.Tx, now time.Time) error {
	_, day := tx.Add(textsOfDay, dayOf(now), now)
	_, hour := tx.Add(textsOfHour, hourOf(now), now)
	return join(day, hour)
}

// codesLeft tells whether the budget has a code for this phone. The last of it
// is for people whom the county knows, and the very last for those who wait for
// an answer.
func (o *Office) codesLeft(tx *store.Tx, p board.Phone, now time.Time) (bool, error) {
	s, err := spending(tx, now)
	if err != nil || s.Spent() {
		return false, err
	}
	if !s.Scarce() {
		return true, nil
	}
	persons, err := tx.PersonsByPhone(p)
	if err != nil || s.tenths() < forWaited {
		return len(persons) > 0, err
	}
	for _, person := range persons {
		if waits, err := inWork(tx, person.ID); err != nil || waits {
			return waits, err
		}
	}
	return false, nil
}

// inWork tells whether one of a person's last cases is not over.
func inWork(tx *store.Tx, person board.ID) (bool, error) {
	cases, _, err := tx.List(store.OfPerson(person), nil, 20)
	for _, c := range cases {
		if !c.Ended && !c.Gone() {
			return true, err
		}
	}
	return false, err
}

// countWrong notes a wrong one-time code.
func countWrong(tx *store.Tx, now time.Time) error {
	_, err := tx.Add(wrongOfHour, hourOf(now), now)
	return err
}

// wrongLately is the larger count of this hour and the one before.
func wrongLately(tx *store.Tx, now time.Time) (int, error) {
	this, _, err := tx.Counted(wrongOfHour, hourOf(now), now)
	if err != nil {
		return 0, err
	}
	last, _, err := tx.Counted(wrongOfHour, hourOf(now.Add(-time.Hour)), now)
	return max(this, last), err
}

// loud tells whether new codes are longer now.
func loud(tx *store.Tx, now time.Time) (bool, error) {
	n, err := wrongLately(tx, now)
	return Spending{Wrong: n}.Loud(), err
}
