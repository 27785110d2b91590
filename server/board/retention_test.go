package board

import (
	"testing"
	"time"
)

// anonymised puts a case away on the first day on which that may be done.
func (s story) anonymised() story {
	s.t.Helper()
	return s.then(s.c.Anonymise(clock, rules, rules.KeepUntil(s.c.EndedAt)))
}

func TestACaseIsPutAwayWhenItsTimeIsOver(t *testing.T) {
	for name, s := range map[string]story{
		"solved": filed(t).rated(Solved), "lapsed": filed(t).answered().lapsed(), "withdrawn": filed(t).withdrawn().lapsed(),
		"not theirs": func() story { s := helped(t, lamp, ByWitness).disowned(); return s.then(s.c.Void(inspector, noon)) }(),
	} {
		last := s.c.EndedAt.AddDate(5, 0, 0)
		refused(t, name+", a moment before", "deed.at-rest", func() error { _, err := s.c.Anonymise(clock, rules, last.Add(-time.Millisecond)); return err })
		if _, err := s.c.Anonymise(clock, rules, last); err != nil {
			t.Errorf("%s, when five years are over: %v", name, err)
		}
		short := rules
		short.KeepYears = 1
		if _, err := s.c.Anonymise(clock, short, s.c.EndedAt.AddDate(1, 0, 0)); err != nil {
			t.Errorf("%s, where the rule is one year: %v", name, err)
		}
	}
}

// TestWhatIsOpenIsNotPutAway, however long ago it was.
func TestWhatIsOpenIsNotPutAway(t *testing.T) {
	ages := noon.AddDate(60, 0, 0)
	over := filed(t).rated(Solved)
	for name, s := range map[string]story{
		"received": filed(t), "in hand": filed(t).signed(), "answered": filed(t).answered(), "declined": filed(t).declined(),
		"withdrawn, and can come back": filed(t).withdrawn(), "merged": filed(t).merged(), "re-opened": filed(t).rated(NotSolved),
		"asked whether it is solved": filed(t).rated(Solved).charged(AskRate, ID{}),
		"to be told by letter":       filed(t).rated(Solved).then(filed(t).c.Charge(FollowUp{Why: TellAnswer, Way: ByLetter}, noon), nil),
		"whose it is, is doubted":    helped(t, lamp, ByWitness).answered().lapsed().disowned(),
		"put away already":           filed(t).rated(Solved).anonymised(),
	} {
		if _, err := s.c.Anonymise(clock, rules, ages); err == nil {
			t.Errorf("%s: it is put away", name)
		}
	}
	held := filed(t).rated(Solved)
	held = held.then(held.c.Preserve(inspector, "法院调卷", rules, noon))
	refused(t, "held", "deed.not-held", func() error { _, err := held.c.Anonymise(clock, rules, ages); return err })
	held = held.then(held.c.Release(inspector, "案子结了", rules, noon)).anonymised()
	for who, by := range map[string]Actor{"inspector": inspector, "admin": administrator, "dispatcher": dispatcher} {
		if _, err := over.c.Anonymise(by, rules, ages); err == nil {
			t.Errorf("the %s puts it away by hand", who)
		}
	}
}

func TestWhatStaysOfACaseThatWasPutAway(t *testing.T) {
	s := filed(t).published().signed()
	s = s.then(s.c.Contact(handler, true, "打了电话", rules, noon))
	s = s.then(s.c.Answer(handler, reply, Review{By: by}, rules, noon)).then(s.c.Approve(reviewer, Asking{RateBy: later}, noon))
	s = s.then(s.c.Rate(person, Rating{Outcome: Partly, Attitude: 4, Speed: 2, Words: "还行"}, Date{}, rules, noon))
	before := *s.c
	c := s.anonymised().c
	if c.Name+c.Village+c.Remark+c.Title+c.Body+c.Rating.Words != "" || len(c.Added)+len(c.Grants) != 0 || c.Draft != nil || c.Hold != nil {
		t.Errorf("left is %+v", c)
	}
	if c.Number != before.Number || c.Lead != before.Lead || c.Stage != before.Stage || c.EndedAt != before.EndedAt || c.Filed != before.Filed ||
		*c.Notice != *before.Notice || c.Published.Found != before.Published.Found || c.Public != Shown || c.Contacts != before.Contacts ||
		c.Counts() != before.Counts() || c.Years != 5 {
		t.Errorf("lost is something of\n%+v\nleft is\n%+v", before, c)
	}
	if want := (Rating{Outcome: Partly, Attitude: 4, Speed: 2}); *c.Rating != want {
		t.Errorf("of the rating is left %+v", c.Rating)
	}
	if c.Keeper() != (ID{}) || !c.OwnedBy(person) || !c.Cleared() || !c.Gone() {
		t.Error("the county does not keep it, or its person does not find it")
	}
	for who, by := range map[string]Actor{"dispatcher": dispatcher, "handler": handler, "leader": leader} {
		if sight, _ := c.Sight(by); sight != (Sight{}) {
			t.Errorf("the %s sees of the person %+v", who, sight)
		}
	}
	for who, by := range map[string]Actor{"person": person, "handler": handler, "inspector": inspector, "clock": clock} {
		if may := c.Doable(by, noon); len(may) > 0 {
			t.Errorf("the %s may %v", who, may)
		}
	}
	if _, err := c.Erase(Actor{Roles: Roles{System}}, noon); err == nil {
		t.Error("it is erased once more")
	}
	if e, err := c.Hide(dispatcher, "x", rules, noon); err != nil {
		t.Error(err)
	} else if c.Apply(e); c.Public != Hidden || c.Published != nil || c.Notice != nil {
		t.Error("hidden, and anybody may read it")
	}
}

func TestAHoldNeedsAReason(t *testing.T) {
	s := filed(t).signed()
	refused(t, "no reason", "preserve.reason", func() error { _, err := s.c.Preserve(inspector, " ", rules, noon); return err })
	refused(t, "not held", "deed.held", func() error { _, err := s.c.Release(inspector, "x", rules, noon); return err })
	s = s.then(s.c.Preserve(administrator, " 审计要看 ", rules, noon))
	if h := s.c.Hold; h == nil || h.Reason != "审计要看" || h.By != administrator.Staff || !h.At.Equal(noon) {
		t.Errorf("held is %+v", h)
	}
	refused(t, "held", "erase.held", s.c.Unheld)
	refused(t, "held twice", "deed.not-held", func() error { _, err := s.c.Preserve(inspector, "x", rules, noon); return err })
	refused(t, "no reason", "release.reason", func() error { _, err := s.c.Release(inspector, "", rules, noon); return err })
	if s = s.then(s.c.Release(inspector, "审完了", rules, noon)); s.c.Hold != nil || s.c.Unheld() != nil {
		t.Error("released, and still held")
	}
	doubted := helped(t, lamp, ByWitness).disowned()
	doubted = doubted.then(doubted.c.Preserve(inspector, "查冒名", rules, noon))
	refused(t, "to be found nobody's", "deed.not-held", func() error { _, err := doubted.c.Void(inspector, noon); return err })
	told := Told([]Event{{Fact: Preserved{"SECRET"}}, {Fact: Released{"SECRET"}}})
	if told[0].Fact != (Preserved{}) || told[1].Fact != (Released{}) {
		t.Errorf("the person is told %+v", told)
	}
}

func TestRulesFromBeforeThereWasAnEnd(t *testing.T) {
	old := DefaultRules()
	old.KeepYears = 0
	if r := (&Settings{RuleSet: &old}).Rules(); r.KeepYears != 5 {
		t.Errorf("kept for %d years", r.KeepYears)
	}
	for _, years := range []int{0, -1, 51} {
		r := DefaultRules()
		r.KeepYears = years
		refused(t, "kept for no time or for ever", "rules.number", r.Check)
	}
}
