package board

import (
	"testing"
	"time"
)

// moved gives a story's next event and whether there is one.
func (s story) moved(e Event, moves bool) story {
	s.t.Helper()
	if !moves {
		s.t.Fatalf("%s: nothing follows", s.c.Stage)
	}
	return s.then(e, nil)
}

func TestReassignmentNeverResetsTheDate(t *testing.T) {
	again := charge
	again.Lead, again.Due = otherUnit, Date{At: noon.Add(999 * time.Hour)}
	s := filed(t).givenBack()
	if s.c.Lead != (ID{}) || s.c.Co != nil || s.c.Move().Role != Dispatcher {
		t.Errorf("given back, and in charge are %v %v", s.c.Lead, s.c.Co)
	}
	if s = s.then(s.c.Assign(dispatcher, again, rules, noon)); s.c.Due != due || s.c.Lead != otherUnit {
		t.Errorf("assigned anew: %v by %v, want the first date", s.c.Lead, s.c.Due)
	}
	s = filed(t).reopenedTwice()
	if s.c.Due.Set() || s.c.Lead != (ID{}) {
		t.Fatalf("not solved twice, and still with %v by %v", s.c.Lead, s.c.Due)
	}
	s = s.then(s.c.Assign(dispatcher, again, rules, noon))
	s = s.then(s.c.HandBack(otherHandler, "不归我们管", by, rules, noon)).then(s.c.GiveBack(dispatcher, "", by, rules, noon))
	promised := again.Due
	if s = s.then(s.c.Assign(dispatcher, charge, rules, noon)); s.c.Due != promised {
		t.Errorf("after it was not solved twice: due %v, want the date that was given then, %v", s.c.Due, promised)
	}
}

func TestAUnitThatLostARulingKeepsTheCase(t *testing.T) {
	s := filed(t).asksBack()
	s = s.then(s.c.KeepWith(dispatcher, "归你们管", rules, noon))
	refused(t, "asked again", "deed.back-time", func() error { _, err := s.c.HandBack(handler, "还是不归", by, rules, noon); return err })
	s = filed(t).givenBack()
	s = s.then(s.c.Assign(dispatcher, charge, rules, noon)).then(s.c.HandBack(handler, "又来了", by, rules, noon))
	s = s.then(s.c.GiveBack(dispatcher, "", by, rules, noon)).then(s.c.Assign(dispatcher, charge, rules, noon))
	refused(t, "a third time", "deed.back-time", func() error { _, err := s.c.HandBack(handler, "第三次", by, rules, noon); return err })
}

func TestABackThatIsGrantedLeavesNoReplyBehind(t *testing.T) {
	s := filed(t).returned()
	s = s.then(s.c.HandBack(handler, "不归我们管", by, rules, noon)).then(s.c.GiveBack(dispatcher, "", by, rules, noon))
	if s.c.Reply != NoReply || s.c.Draft != nil || s.c.Reason != "" || s.c.Returns != 1 {
		t.Errorf("the next unit finds reply %q, %+v, %q, returned %d times", s.c.Reply, s.c.Draft, s.c.Reason, s.c.Returns)
	}
}

func TestSilenceIsANoAndNeverAYes(t *testing.T) {
	after := later.At.Add(1000 * time.Hour)
	for name, c := range map[string]struct {
		story
		kind EventKind // "" nothing happens
	}{
		"a hand-back":         {filed(t).asksBack(), "kept-with"},
		"an extension":        {filed(t).asksTime(), "held-to"},
		"an answer":           {filed(t).answered(), "lapsed"},
		"a decline":           {filed(t).declined(), "lapsed"},
		"a withdrawal":        {filed(t).withdrawn(), "lapsed"},
		"a new case":          {filed(t), ""},
		"an unsigned case":    {filed(t).assigned(), ""},
		"a case in hand":      {filed(t).signed(), ""},
		"a reply in review":   {filed(t).waiting(), ""},
		"an objection":        {filed(t).objected(), ""},
		"a merged case":       {filed(t).merged(), ""},
		"a case that is over": {filed(t).rated(Solved), ""},
	} {
		e, moves := c.c.Lapse(Date{}, after)
		if e.Kind != c.kind || moves != (c.kind != "") || moves != c.c.Lapses() {
			t.Errorf("%s: after a long silence %q, %v", name, e.Kind, moves)
		}
		if moves && (e.Role != System || e.Channel != Clock || !e.Actor.IsZero()) {
			t.Errorf("%s: it is done by %+v", name, e.Header)
		}
		if next := c.c.Move().By.At; !next.IsZero() {
			if _, early := c.c.Lapse(Date{}, next); early {
				t.Errorf("%s: it happens before its date is over", name)
			}
		}
	}
	s := filed(t).asksBack()
	if s = s.moved(s.c.Lapse(Date{}, after)); s.c.Lead != unit || s.c.Move().Role != Handler || s.c.Backs != 1 {
		t.Errorf("nobody ruled, and it waits for %+v", s.c.Move())
	}
}

func TestAnExtensionIsGrantedOnceAndTheReasonTold(t *testing.T) {
	s := filed(t).asksTime()
	for _, e := range Told([]Event{{Fact: TimeAsked{Reason: "SECRET", Days: 3}}}) {
		if e.Fact.(TimeAsked).Reason != "" {
			t.Error("the resident reads a reason before there is an extension")
		}
	}
	e, err := s.c.Extend(dispatcher, later, noon)
	if s = s.then(e, err); s.c.Due != later || !s.c.Extended {
		t.Errorf("extended to %v", s.c.Due)
	}
	if f := Told([]Event{e})[0].Fact.(Extended); f.Reason != "要等汛期过去" || f.Days != 5 {
		t.Errorf("the resident reads %+v", f)
	}
	refused(t, "a second one", "deed.extend-once", func() error { _, err := s.c.AskTime(handler, "再要", 1, by, false, rules, noon); return err })
	refused(t, "too long", "asktime.days", func() error {
		_, err := filed(t).signed().c.AskTime(handler, "要很久", rules.ExtendDays+1, by, false, rules, noon)
		return err
	})
	s = filed(t).asksTime()
	s = s.then(s.c.Answer(handler, reply, Review{By: by}, rules, noon))
	if s.c.Ask != nil || s.c.Move().Role != Reviewer {
		t.Errorf("answered, and it still waits for %+v", s.c.Move())
	}
}

func TestADeclineIsObjectedToOnceAndJudgedBySomebodyElse(t *testing.T) {
	decliner := Actor{Staff: ID{5}, Roles: Roles{Dispatcher, Reviewer}}
	s := filed(t).objected()
	refused(t, "the decliner rules", "deed.not-own-refuse", func() error { _, err := s.c.Uphold(decliner, "对", rules, noon); return err })
	refused(t, "the decliner rules", "deed.not-own-refuse", func() error { _, err := s.c.Overturn(decliner, "错", by, rules, noon); return err })
	refused(t, "no words", "uphold.words", func() error { _, err := s.c.Uphold(reviewer, " ", rules, noon); return err })
	s = s.then(s.c.Overturn(reviewer, "应当受理", by, rules, noon))
	if s.c.Stage != Received || s.c.Refusal != nil || s.c.Move() != (Next{Role: Dispatcher, By: by}) {
		t.Errorf("overturned: %s, %+v", s.c.Stage, s.c.Move())
	}
	s = s.then(s.c.Divert(dispatcher, "review", "请申请行政复议。", due, rules, noon))
	refused(t, "a second objection", "deed.object-once", func() error { _, err := s.c.Object(person, "还是不服", by, rules, noon); return err })
	s = filed(t).objected()
	if s = s.then(s.c.Uphold(reviewer, "理由成立", rules, noon)); !s.c.Ended {
		t.Error("upheld, and it goes on")
	}
	refused(t, "a reason of one's own", "decline.reason", func() error {
		_, err := filed(t).c.Decline(dispatcher, "no-time", "x", due, rules, noon)
		return err
	})
	refused(t, "a path of one's own", "divert.path", func() error {
		_, err := filed(t).c.Divert(dispatcher, "away", "x", due, rules, noon)
		return err
	})
}

func TestWhoTookACaseInIsOnNoOtherSideOfIt(t *testing.T) {
	jack := Actor{Staff: ID{16}, Unit: unit, Roles: Roles{Operator, Handler, Reviewer, Dispatcher}, Channel: Call}
	n, _ := NewNumber(noon, zeroes{})
	s := story{t, &Case{ID: ID{10}}}
	s = s.then(FileFor(s.c.ID, jack, person.Person, n, lamp, Grant{ID: ID{30}, Means: ByEar}, by, Pendency{}, rules, noon))
	if s.c.TakenBy != jack.Staff {
		t.Fatalf("taken in by %v", s.c.TakenBy)
	}
	s = s.then(s.c.Assign(jack, charge, rules, noon)) // routing is no side
	refused(t, "handles", "deed.not-taker", func() error { _, err := s.c.SignFor(jack, noon); return err })
	s = s.then(s.c.SignFor(handler, noon))
	for _, d := range []Deed{Answer, Contact, Visit, Progress, AskTime, HandBack} {
		refused(t, string(d), "deed.not-taker", func() error { _, err := s.c.May(jack, d, noon); return err })
	}
	s = s.then(s.c.Answer(handler, reply, Review{By: by}, rules, noon))
	refused(t, "reviews", "deed.not-taker", func() error { _, err := s.c.Approve(jack, Asking{RateBy: by}, noon); return err })
	refused(t, "nobody of the desk files for others", "deed.role", func() error {
		_, err := FileFor(ID{1}, dispatcher, person.Person, n, lamp, Grant{ID: ID{30}, Means: ByEar}, by, Pendency{}, rules, noon)
		return err
	})
}

func TestAMergedCaseFollowsAndItsOwnDateStands(t *testing.T) {
	lead := filed(t)
	lead.c.ID = ID{11}
	s := filed(t)
	s = s.then(s.c.Merge(dispatcher, lead.c, noon))
	if s.c.Stage != Merged || s.c.Due.Set() || s.c.Move() != (Next{Role: Dispatcher, By: Date{At: by.At}}) {
		t.Fatalf("into a case that is not assigned: waits for %+v", s.c.Move())
	}
	lead = lead.then(lead.c.Assign(dispatcher, charge, rules, noon))
	s = s.moved(s.c.Along(lead.c, by, noon))
	if s.c.Lead != unit || !s.c.Due.At.Equal(due.At) || s.c.Move().Unit != unit {
		t.Errorf("the lead is assigned, and this waits for %+v", s.c.Move())
	}
	if e, moves := s.c.Along(lead.c, by, noon); moves {
		t.Errorf("nothing has changed, and it follows with %+v", e.Fact)
	}
	if (*s.c).Provisional() || s.c.Due.open() {
		t.Error("a date of another case would be reckoned anew here")
	}
	for name, to := range map[string]func(story) story{
		"declined":  func(l story) story { l.c.Stage = Declined; return l },
		"withdrawn": func(l story) story { return l.withdrawn() },
		"merged":    func(l story) story { l.c.Stage = Merged; return l },
	} {
		twin := *s.c
		left := story{t, &twin}
		other := *lead.c
		left = left.moved(left.c.Along(to(story{t, &other}).c, by, noon))
		if left.c.Stage != Received || left.c.Due.Set() || left.c.Lead != (ID{}) || left.c.MergedInto != (ID{}) || left.c.Move() != (Next{Role: Dispatcher, By: by}) {
			t.Errorf("the lead is %s, and this is %+v", name, left.c)
		}
	}
	lead = lead.then(lead.c.SignFor(handler, noon)).then(lead.c.Answer(handler, reply, Review{By: by}, rules, noon)).then(lead.c.Approve(reviewer, Asking{RateBy: later}, noon))
	s = s.moved(s.c.Along(lead.c, by, noon))
	if s.c.Stage != Answered || s.c.Published == nil || s.c.Published.Done != reply.Done || s.c.Move().Role != Resident {
		t.Errorf("the lead is answered, and this is %+v", s.c)
	}
	s = s.then(s.c.Rate(person, Rating{Outcome: NotSolved}, due, rules, noon))
	if s.c.Stage != InHand || s.c.Move() != (Next{Handler, unit, due}) {
		t.Errorf("its own person says it is not solved, and it waits for %+v", s.c.Move())
	}

	own := filed(t).givenBack()
	own = own.then(own.c.Merge(dispatcher, filed(t).assignedAs(ID{11}, later), noon))
	if own.c.Due != due {
		t.Errorf("merged, and the date that its person was given becomes %v", own.c.Due)
	}
	late := filed(t).assignedAs(ID{11}, later)
	late.Stage = Declined
	if own = own.moved(own.c.Along(late, by, noon)); own.c.Due != due {
		t.Errorf("on its own again, and the date is %v", own.c.Due)
	}
}

// assignedAs is another case, assigned to be done by then.
func (s story) assignedAs(id ID, then Date) *Case {
	ch := charge
	ch.Due = then
	s = s.then(s.c.Assign(dispatcher, ch, rules, noon))
	s.c.ID = id
	return s.c
}

func TestWhatACaseCanBeMergedInto(t *testing.T) {
	for name, lead := range map[string]*Case{
		"nothing": nil, "itself": filed(t).c, "an answered case": filed(t).answered().c, "a declined one": filed(t).declined().c,
		"a withdrawn one": filed(t).withdrawn().c, "a merged one": filed(t).merged().c, "a closed one": filed(t).rated(Solved).c,
	} {
		if lead != nil && name != "itself" {
			lead.ID = ID{11}
		}
		refused(t, name, "merge.lead", func() error { _, err := filed(t).c.Merge(dispatcher, lead, noon); return err })
	}
	e, err := filed(t).c.Merge(dispatcher, filed(t).assignedAs(ID{11}, due), noon)
	if err != nil {
		t.Fatal(err)
	}
	if f := Told([]Event{e})[0].Fact.(MergedInto); f.Lead != (ID{}) || f.Number != "" || f.Unit != unit {
		t.Errorf("the resident learns whose case it was merged into: %+v", f)
	}
}

func TestAWithdrawalTakesTheWordsFromEverybody(t *testing.T) {
	s := filed(t).published().signed().withdrawn()
	if s.c.Public != Hidden || s.c.Notice != nil {
		t.Error("withdrawn, and anybody reads it")
	}
	s = s.then(s.c.Restore(person, later, noon))
	if s.c.Stage != InHand || s.c.Due != due || s.c.Lead != unit || s.c.ScreenBy != by {
		t.Errorf("restored: %+v", s.c)
	}
	m := filed(t).merged().withdrawn()
	m = m.then(m.c.Restore(person, later, noon))
	if m.c.Stage != Received || m.c.Move() != (Next{Role: Dispatcher, By: later}) || m.c.MergedInto != (ID{}) {
		t.Errorf("a merged case restored: %+v", m.c)
	}
}

func TestAWithdrawalAfterContactStaysInSight(t *testing.T) {
	for reached, want := range map[bool]bool{true: true, false: false} {
		s := filed(t).signed()
		s = s.then(s.c.Contact(handler, reached, "打了电话", rules, noon)).withdrawn()
		if s.c.GoneAfterContact() != want {
			t.Errorf("reached %v: in sight %v", reached, s.c.GoneAfterContact())
		}
		if s = s.lapsed(); s.c.GoneAfterContact() != want {
			t.Errorf("reached %v, and over: in sight %v", reached, s.c.GoneAfterContact())
		}
	}
}

func TestNotSolvedIsSupervised(t *testing.T) {
	if s := filed(t).rated(NotSolved); !s.c.Supervised {
		t.Error("re-opened without supervision")
	}
}

func TestAddingHasAnEnd(t *testing.T) {
	s := filed(t)
	for range MostAdded {
		s = s.then(s.c.Add(person, "又坏了一盏", rules, noon))
	}
	refused(t, "one more", "deed.add-room", func() error { _, err := s.c.Add(person, "还有一盏", rules, noon); return err })
}

func TestTheCountyIsLateByTheFirstOfItsDates(t *testing.T) {
	for name, c := range map[string]struct {
		*Case
		want Date
	}{
		"new":         {filed(t).c, by},
		"not signed":  {filed(t).assigned().c, by},
		"in hand":     {filed(t).signed().c, due},
		"given back":  {filed(t).givenBack().c, by},
		"answered":    {filed(t).answered().c, Date{}},
		"closed":      {filed(t).rated(Solved).c, Date{}},
		"objected to": {filed(t).objected().c, by},
	} {
		if got := c.Alarm(); got != c.want {
			t.Errorf("%s: late after %v, want %v", name, got, c.want)
		}
	}
	s := filed(t).signed()
	s = s.then(s.c.Answer(handler, reply, Review{By: later}, rules, noon))
	if got := s.c.Alarm(); got != due {
		t.Errorf("in review until after the day that was promised: late after %v", got)
	}
}

func TestACalendarConfirmsAndCorrects(t *testing.T) {
	open := func(d Date) Date { d.Provisional, d.From, d.Days = true, noon, 3; return d }
	s := filed(t)
	ch := charge
	ch.Due, ch.SignBy, ch.BackBy = open(due), open(by), by
	s = s.then(s.c.Assign(dispatcher, ch, rules, noon)).then(s.c.HandBack(handler, "不归我们管", open(by), rules, noon))
	if !s.c.Provisional() {
		t.Fatal("no date is provisional")
	}
	e, anew := s.c.Redate(clock, func(d Date) Date {
		d.Provisional = false
		if d.At.Equal(due.At) {
			d.At = d.At.Add(24 * time.Hour)
		}
		return d
	}, noon)
	s = s.moved(e, anew)
	if s.c.Provisional() || !s.c.Due.At.Equal(due.At.Add(24*time.Hour)) || !s.c.SignBy.At.Equal(by.At) || !s.c.Ask.By.At.Equal(by.At) {
		t.Errorf("after the calendar: %+v", s.c)
	}
	if _, anew := s.c.Redate(clock, func(d Date) Date { return d }, noon); anew {
		t.Error("a date that nothing changes is told again")
	}
}

func TestSomebodyNewOnAPhone(t *testing.T) {
	events, err := Arrive(ID{20}, person, "13800138000", "zh-Hans", " 李奶奶 ", 2, noon)
	if err != nil || len(events) != 2 {
		t.Fatal(events, err)
	}
	p := &Person{ID: ID{20}}
	for _, e := range events {
		p.Apply(e)
	}
	if p.Name != "李奶奶" || !p.ProvedBy("13800138000", noon) {
		t.Errorf("%+v", p)
	}
	refused(t, "without a name", "who.name", func() error { _, err := Arrive(ID{20}, person, "13800138000", "", " ", 2, noon); return err })
	refused(t, "one too many", "who.many", func() error {
		_, err := Arrive(ID{20}, person, "13800138000", "", "李奶奶", MostPersons, noon)
		return err
	})
}
