package board

import (
	"slices"
	"testing"
	"time"
)

var (
	unit, otherUnit = ID{1}, ID{2}
	person          = Actor{Person: ID{3}, Roles: Roles{Resident}, Channel: Web}
	stranger        = Actor{Person: ID{4}, Roles: Roles{Resident}, Channel: Web}
	dispatcher      = Actor{Staff: ID{5}, Roles: Roles{Dispatcher}, Channel: Web}
	handler         = Actor{Staff: ID{6}, Unit: unit, Roles: Roles{Handler}, Channel: Web}
	otherHandler    = Actor{Staff: ID{7}, Unit: otherUnit, Roles: Roles{Handler}, Channel: Web}
	reviewer        = Actor{Staff: ID{8}, Roles: Roles{Reviewer}, Channel: Web}
	both            = Actor{Staff: ID{9}, Unit: unit, Roles: Roles{Handler, Reviewer}, Channel: Web}

	rules = DefaultRules()
	reply = Reply{Found: "灯泡坏了", Done: "已经换好", Contact: "王工 0311-82345678"}
	by    = Date{At: noon.Add(24 * time.Hour)}
)

// story makes a case and leads it along.
type story struct {
	t *testing.T
	c *Case
}

func filed(t *testing.T) story {
	s := story{t, &Case{ID: ID{10}}}
	n, _ := NewNumber(noon, zeroes{})
	return s.then(File(s.c.ID, person, person.Person, n, Draft{Kind: Help, Body: "路灯坏了", Name: "李奶奶", Remark: "住三楼"}, by, rules, noon), nil)
}

type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func (s story) then(e Event, err error) story {
	s.t.Helper()
	if err != nil {
		s.t.Fatalf("%s, reply %s: %v", s.c.Stage, s.c.Reply, err)
	}
	e.Seq = s.c.Changed.Count + 1
	s.c.Apply(e)
	return s
}

func (s story) assigned() story {
	return s.then(s.c.Assign(dispatcher, Charge{Lead: unit, SignBy: by, BackBy: by, Due: by}, noon))
}
func (s story) signed() story { s = s.assigned(); return s.then(s.c.SignFor(handler, noon)) }
func (s story) waiting() story {
	s = s.signed()
	return s.then(s.c.Answer(handler, reply, by, rules, noon))
}
func (s story) returned() story {
	s = s.waiting()
	return s.then(s.c.Return(reviewer, "没写日期", rules, noon))
}
func (s story) answered() story { s = s.waiting(); return s.then(s.c.Approve(reviewer, by, noon)) }
func (s story) rated(o Outcome) story {
	s = s.answered()
	return s.then(s.c.Rate(person, Rating{Outcome: o}, by, rules, noon))
}

// TestWhoMayDoWhatWhen states, apart from the table, what is allowed: whatever
// is not here is refused.
func TestWhoMayDoWhatWhen(t *testing.T) {
	actors := map[string]Actor{"person": person, "stranger": stranger, "dispatcher": dispatcher, "handler": handler,
		"other handler": otherHandler, "reviewer": reviewer, "nobody": {}}
	for name, c := range map[string]struct {
		*Case
		may map[string][]Deed
	}{
		"received":   {filed(t).c, map[string][]Deed{"dispatcher": {Assign}}},
		"assigned":   {filed(t).assigned().c, map[string][]Deed{"handler": {SignFor}}},
		"in hand":    {filed(t).signed().c, map[string][]Deed{"handler": {Progress, Answer}}},
		"waiting":    {filed(t).waiting().c, map[string][]Deed{"reviewer": {Approve, Return}}},
		"returned":   {filed(t).returned().c, map[string][]Deed{"handler": {Progress, Answer}}},
		"answered":   {filed(t).answered().c, map[string][]Deed{"person": {Rate}}},
		"solved":     {filed(t).rated(Solved).c, map[string][]Deed{"person": {Rate}}},
		"not solved": {filed(t).rated(NotSolved).c, map[string][]Deed{"handler": {Progress, Answer}}},
	} {
		for who, actor := range actors {
			if got := c.Doable(actor, noon.Add(time.Hour)); !slices.Equal(got, c.may[who]) {
				t.Errorf("%s: %s may %v, want %v", name, who, got, c.may[who])
			}
			for _, d := range Deeds {
				_, err := c.May(actor, d.Deed, noon.Add(time.Hour))
				f, _ := Faults(err)
				if allowed := slices.Contains(c.may[who], d.Deed); !allowed && (len(f) != 1 || (f[0].Kind != Denied && f[0].Kind != Conflict)) {
					t.Errorf("%s: %s is refused %s with %v", name, who, d.Deed, err)
				}
			}
		}
	}
	if _, err := filed(t).c.May(dispatcher, "burn", noon); err == nil {
		t.Error("a deed that is not in the table is allowed")
	}
}

func TestNobodyReviewsTheirOwnReply(t *testing.T) {
	s := filed(t).signed()
	s = s.then(s.c.Answer(both, reply, by, rules, noon))
	refused(t, "own reply", "deed.not-own-reply", func() error { _, err := s.c.Approve(both, by, noon); return err })
	refused(t, "own reply", "deed.not-own-reply", func() error { _, err := s.c.Return(both, "x", rules, noon); return err })
	if _, err := s.c.Approve(reviewer, by, noon); err != nil {
		t.Errorf("somebody else's: %v", err)
	}
}

func TestACaseWaitsForSomebodyUntilItIsClosed(t *testing.T) {
	for name, c := range map[string]struct {
		*Case
		role Role
		unit ID
	}{
		"received": {filed(t).c, Dispatcher, ID{}}, "assigned": {filed(t).assigned().c, Handler, unit},
		"in hand": {filed(t).signed().c, Handler, unit}, "waiting": {filed(t).waiting().c, Reviewer, ID{}},
		"returned": {filed(t).returned().c, Handler, unit}, "answered": {filed(t).answered().c, Resident, ID{}},
		"re-opened": {filed(t).rated(NotSolved).c, Handler, unit},
	} {
		if got := c.Move(); got.Role != c.role || got.Unit != c.unit || got.By.At.IsZero() {
			t.Errorf("%s waits for %+v, want %s of %v by a date", name, got, c.role, c.unit)
		}
	}
	if got := filed(t).rated(Solved).c.Move(); got != (Next{}) {
		t.Errorf("a closed case waits for %+v", got)
	}
}

func TestNotSolvedOpensItAgainThenGoesToTheDesk(t *testing.T) {
	later := Date{At: noon.Add(240 * time.Hour)}
	s := filed(t).answered()
	s = s.then(s.c.Rate(person, Rating{Outcome: NotSolved, Words: "还是黑的"}, later, rules, noon))
	if s.c.Stage != InHand || s.c.Reply != NoReply || s.c.Lead != unit || s.c.Due != later || s.c.Reopened != 1 {
		t.Fatalf("first time: %+v", s.c)
	}
	s = s.then(s.c.Answer(handler, reply, by, rules, noon)).then(s.c.Approve(reviewer, by, noon))
	s = s.then(s.c.Rate(person, Rating{Outcome: NotSolved}, later, rules, noon))
	if s.c.Stage != Received || s.c.Reopened != 2 || s.c.Move().Role != Dispatcher || s.c.Move().By != later {
		t.Fatalf("second time: %+v", s.c)
	}
}

func TestARatingIsChangedOnce(t *testing.T) {
	s := filed(t).rated(Solved)
	s = s.then(s.c.Rate(person, Rating{Outcome: Partly}, by, rules, noon))
	refused(t, "a second change", "deed.mind-once", func() error { _, err := s.c.Rate(person, Rating{Outcome: Solved}, by, rules, noon); return err })
}

func TestReassignmentNeverResetsTheDate(t *testing.T) {
	s := filed(t).assigned()
	s.c.Stage = Received // as a granted hand-back leaves it
	e, err := s.c.Assign(dispatcher, Charge{Lead: otherUnit, SignBy: by, Due: Date{At: noon.Add(999 * time.Hour)}}, noon)
	if err != nil || e.Fact.(ChargeGiven).Due != by {
		t.Errorf("due %+v, %v; want the first date", e.Fact, err)
	}
}

func TestTheResidentReadsThatAReplyWasReturnedAndNotWhy(t *testing.T) {
	reason, err := filed(t).waiting().c.Return(reviewer, "SECRET", rules, noon)
	written, err2 := filed(t).signed().c.Answer(handler, Reply{Found: "SECRET", Done: "SECRET", Contact: "SECRET"}, by, rules, noon)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	told := Told([]Event{written, reason})
	if len(told) != 2 || told[1].Fact != (ReplyReturned{}) || told[0].Fact.(ReplyWritten).Reply != (Reply{}) {
		t.Errorf("told %+v", told)
	}
}

func TestAnErasedFactStillMovesTheCaseAlong(t *testing.T) {
	charge, _ := filed(t).c.Assign(dispatcher, Charge{Lead: unit, SignBy: by, BackBy: by, Due: by}, noon)
	s := filed(t)
	charge.Fact = nil
	s.c.Apply(charge)
	if s.c.Stage != Assigned {
		t.Errorf("stage %s", s.c.Stage)
	}
}

func TestSeenBy(t *testing.T) {
	c := filed(t).assigned().c
	opened := Actor{Roles: Roles{Resident}, Opened: []ID{c.ID}}
	for who, want := range map[*Actor]bool{&person: true, &opened: true, &dispatcher: true, &reviewer: true, &handler: true, &otherHandler: false, &stranger: false, {}: false} {
		if got := c.SeenBy(*who); got != want {
			t.Errorf("SeenBy(%+v) = %v", *who, got)
		}
	}
}

func TestRefusedWords(t *testing.T) {
	s := filed(t).signed()
	refused(t, "an empty note", "progress.note", func() error { _, err := s.c.Progress(handler, " \n", rules, noon); return err })
	faults, _ := Faults(Reply{}.Check(rules))
	if len(faults) != 3 {
		t.Errorf("an empty reply has faults %v", faults)
	}
	refused(t, "no reason", "return.reason", func() error { _, err := filed(t).waiting().c.Return(reviewer, "", rules, noon); return err })
	refused(t, "no outcome", "rating.outcome", func() error {
		_, err := filed(t).answered().c.Rate(person, Rating{}, by, rules, noon)
		return err
	})
}
