package office

import (
	"context"
	"slices"
	"strings"
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
		p, _, err := o.pattern(ctx, staff)
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
	p, cases, err := o.pattern(ctx, s)
	for _, c := range cases {
		veil(c, who)
	}
	return p, cases, err
}

func (o *Office) pattern(ctx context.Context, staff *board.Staff) (Pattern, []*board.Case, error) {
	p := Pattern{Staff: staff}
	var odd []*board.Case
	err := o.store.View(ctx, func(tx *store.Tx) error {
		cases, next, err := tx.List(store.TakenBy(staff.ID, o.now().Add(-patternsReach)), nil, mostPatterns)
		if err != nil {
			return err
		}
		p.More = next != nil
		persons := map[board.Phone][]board.ID{}
		on := map[board.ID]board.Phone{}
		for _, c := range cases {
			person, err := tx.Person(c.Person)
			if err != nil {
				return err
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
		for _, shared := range persons {
			if len(shared) >= sharedBy {
				p.SharedPhones++
			}
		}
		for _, c := range cases {
			if p.count(c) || len(persons[on[c.ID]]) >= sharedBy {
				odd = append(odd, c)
			}
		}
		return nil
	})
	p.Alarm = p.Filed >= alarmFrom && (p.Gone+p.Frozen+p.NotTheirs)*alarmPerFiling > p.Filed
	return p, odd, err
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
