package office

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// Pattern is what stands out in what one member of staff filed for others in
// the last 90 days. It is for an inspector to look into, and no measure of
// anybody's work.
type Pattern struct {
	Staff        *board.Staff
	Filed        int
	Pending      int // nobody has confirmed yet
	Frozen       int // the person said "not me"
	NotTheirs    int // and it was not
	Gone         int // withdrawn after a unit had reached the person
	Apart        int // rated on a device on which staff log in
	SharedPhones int // phones that were given for three persons or more
	Alarm        bool
	More         bool // there is more than was counted
}

const (
	patternsReach  = 90 * 24 * time.Hour
	mostPatterns   = 500 // cases of one member of staff
	sharedBy       = 3   // persons on one phone that are worth a look
	alarmFrom      = 5   // filings: below it a share says nothing
	alarmPerFiling = 5   // one in five withdrawn, frozen or not theirs
)

// patternCache keeps what stands out in each one's filings as long as none of
// them has changed: on most days somebody files for others a few times, and an
// inspector must not wait for hundreds of cases to be read again. What is over
// is left out at the next full hour.
type patternCache struct {
	sync.Mutex
	of map[board.ID]keptPattern
}

type keptPattern struct {
	version [2]uint64
	since   time.Time
	pattern Pattern
	odd     []board.ID // the cases that stand out, the newest first
}

// Patterns lists what stands out, by the names of those who filed.
func (o *Office) Patterns(ctx context.Context, who Who) ([]Pattern, error) {
	if !who.Roles.Has(board.Inspector) {
		return nil, denied
	}
	county, err := o.County(ctx)
	if err != nil {
		return nil, err
	}
	var all []Pattern
	for _, staff := range county.Staff {
		var p Pattern
		err := o.store.View(ctx, func(tx *store.Tx) (err error) {
			p, _, err = o.pattern(tx, staff)
			return err
		})
		if err != nil {
			return nil, err
		}
		if p.Filed > 0 {
			all = append(all, p)
		}
	}
	slices.SortFunc(all, func(a, b Pattern) int {
		return strings.Compare(a.Staff.Name+a.Staff.Login, b.Staff.Name+b.Staff.Login)
	})
	return all, nil
}

// PatternCases lists the cases behind one member of staff's pattern that stand
// out, the newest first.
func (o *Office) PatternCases(ctx context.Context, who Who, staff board.ID) (Pattern, []*board.Case, error) {
	if !who.Roles.Has(board.Inspector) {
		return Pattern{}, nil, denied
	}
	county, err := o.County(ctx)
	if err != nil {
		return Pattern{}, nil, err
	}
	s := county.Staff[staff]
	if s == nil {
		return Pattern{}, nil, board.Fault{Kind: board.Missing, ID: "staff.missing"}
	}
	var p Pattern
	var cases []*board.Case
	err = o.store.View(ctx, func(tx *store.Tx) error {
		var odd []board.ID
		cases = nil
		if p, odd, err = o.pattern(tx, s); err != nil {
			return err
		}
		for _, id := range odd {
			c, err := tx.Case(id)
			if err != nil {
				return err
			}
			veil(c, who)
			cases = append(cases, c)
		}
		return nil
	})
	return p, cases, err
}

// pattern gives what stands out in one's filings, and which cases they are.
func (o *Office) pattern(tx *store.Tx, staff *board.Staff) (Pattern, []board.ID, error) {
	version, err := tx.TakenVersion(staff.ID)
	if err != nil {
		return Pattern{}, nil, err
	}
	since := o.now().Add(-patternsReach).Truncate(time.Hour)
	o.patterns.Lock()
	kept, have := o.patterns.of[staff.ID]
	o.patterns.Unlock()
	if !have || kept.version != version || !kept.since.Equal(since) {
		kept = keptPattern{version: version, since: since}
		if kept.pattern, kept.odd, err = readPattern(tx, staff.ID, since); err != nil {
			return Pattern{}, nil, err
		}
		o.patterns.Lock()
		o.patterns.of[staff.ID] = kept
		o.patterns.Unlock()
	}
	p := kept.pattern
	p.Staff = staff
	return p, kept.odd, nil
}

func readPattern(tx *store.Tx, staff board.ID, since time.Time) (p Pattern, odd []board.ID, err error) {
	cases, next, err := tx.List(store.TakenBy(staff, since), nil, mostPatterns)
	if err != nil {
		return p, nil, err
	}
	p.More = next != nil
	on, persons, err := phonesOf(tx, cases)
	if err != nil {
		return p, nil, err
	}
	for _, shared := range persons {
		if len(shared) >= sharedBy {
			p.SharedPhones++
		}
	}
	for _, c := range cases {
		if p.count(c) || len(persons[on[c.ID]]) >= sharedBy {
			odd = append(odd, c.ID)
		}
	}
	p.Alarm = p.Filed >= alarmFrom && (p.Gone+p.Frozen+p.NotTheirs)*alarmPerFiling > p.Filed
	return p, odd, nil
}

// phonesOf tells on which phone each case's person is reached, and who is on
// each of these phones.
func phonesOf(tx *store.Tx, cases []*board.Case) (on map[board.ID]board.Phone, persons map[board.Phone][]board.ID, err error) {
	on, persons = map[board.ID]board.Phone{}, map[board.Phone][]board.ID{}
	for _, c := range cases {
		person, err := tx.Person(c.Person)
		if err != nil {
			return nil, nil, err
		}
		if person == nil || person.Phone() == "" {
			continue
		}
		phone := person.Phone()
		on[c.ID] = phone
		if !slices.Contains(persons[phone], person.ID) {
			persons[phone] = append(persons[phone], person.ID)
		}
	}
	return on, persons, nil
}

// count adds a case, and tells whether it stands out.
func (p *Pattern) count(c *board.Case) (odd bool) {
	p.Filed++
	for _, sort := range []struct {
		n  *int
		is bool
	}{
		{&p.Pending, c.Stood() == board.Pending},
		{&p.Frozen, c.Stood() == board.Frozen},
		{&p.NotTheirs, c.Stood() == board.NotTheirs},
		{&p.Gone, c.GoneAfterContact()},
		{&p.Apart, c.Rating != nil && c.Rating.Device},
	} {
		if sort.is {
			*sort.n++
			odd = true
		}
	}
	return odd
}
