package board

import (
	"slices"
	"testing"
	"time"
)

// everyStage is a case of every kind of state that the main line knows.
func everyStage(t *testing.T) map[string]*Case {
	t.Helper()
	return map[string]*Case{
		"received": filed(t).c, "assigned": filed(t).assigned().c, "in hand": filed(t).signed().c, "asks back": filed(t).asksBack().c,
		"asks for time": filed(t).asksTime().c, "waiting": filed(t).waiting().c, "returned": filed(t).returned().c, "answered": filed(t).answered().c,
		"solved": filed(t).rated(Solved).c, "not solved": filed(t).rated(NotSolved).c, "declined": filed(t).declined().c, "objected": filed(t).objected().c,
		"withdrawn": filed(t).signed().withdrawn().c, "merged": filed(t).merged().c, "public": filed(t).published().c,
	}
}

// A desk in the rooms of a unit makes nobody its handler.
func TestASeatInAUnitGivesNoRole(t *testing.T) {
	for name, c := range everyStage(t) {
		for _, by := range []Actor{dispatcher, reviewer, leader, inspector, operator, administrator, clock} {
			seated := by
			seated.Unit = unit
			if want, got := c.Doable(by, noon.Add(time.Hour)), c.Doable(seated, noon.Add(time.Hour)); !slices.Equal(got, want) {
				t.Errorf("%s: with a seat in the unit %v may %v, without %v", name, by.Roles, got, want)
			}
		}
	}
}

// A helper does nothing to a case that they neither typed nor were asked to read,
// wherever they sit.
func TestAHelperHasNoHandInTheCasesOfOthers(t *testing.T) {
	for name, c := range everyStage(t) {
		for _, by := range []Actor{{Staff: ID{50}, Roles: Roles{Helper}}, {Staff: ID{50}, Unit: unit, Roles: Roles{Helper}}} {
			if got := c.Doable(by, noon.Add(time.Hour)); len(got) > 0 {
				t.Errorf("%s: a helper may %v", name, got)
			}
		}
	}
}

func TestWhoMayNotJudgeOrJoin(t *testing.T) {
	at := noon.Add(time.Minute)
	taken := filed(t).objected().c
	taken.TakenBy = reviewer.Staff
	complaint := filed(t).c
	complaint.About = otherUnit
	changed := filed(t).rated(Solved)
	changed = changed.then(changed.c.Rate(person, Rating{Outcome: Partly}, by, rules, noon))
	for name, row := range map[string]struct {
		c     *Case
		by    Actor
		deed  Deed
		fault string
	}{
		"who took it in overturns its decline":       {taken, reviewer, Overturn, "deed.not-taker"},
		"who took it in upholds its decline":         {taken, reviewer, Uphold, "deed.not-taker"},
		"a complaint about an office is merged":      {complaint, dispatcher, Merge, "deed.not-office"},
		"a stranger changes the words of another":    {filed(t).c, stranger, Edit, "deed.own-case"},
		"an operator changes a mind that was spoken": {changed.c, operator, Quote, "deed.mind-once"},
	} {
		refused(t, name, row.fault, func() error { _, err := row.c.May(row.by, row.deed, at); return err })
	}
}

// A legal hold is ended by those who may lay one on, and by nobody else.
func TestWhoEndsAHold(t *testing.T) {
	s := filed(t).signed()
	s = s.then(s.c.Preserve(inspector, "法院来函", rules, noon))
	for _, by := range []Actor{person, pinHolder, dispatcher, handler, reviewer, leader, inspector, operator, administrator, clock, {Staff: ID{50}, Roles: Roles{Helper}}} {
		want := by.Roles.Has(Inspector) || by.Roles.Has(Admin)
		if got := slices.Contains(s.c.Doable(by, noon), Release); got != want {
			t.Errorf("%v may end it: %v", by.Roles, got)
		}
	}
}
