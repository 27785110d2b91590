package board

import (
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	unit, coUnit, otherUnit = ID{1}, ID{12}, ID{2}

	person        = Actor{Person: ID{3}, Roles: Roles{Resident}, Channel: Web}
	stranger      = Actor{Person: ID{4}, Roles: Roles{Resident}, Channel: Web}
	pinHolder     = Actor{Roles: Roles{Resident}, Channel: Web, Opened: []ID{{10}}}
	dispatcher    = Actor{Staff: ID{5}, Roles: Roles{Dispatcher}, Channel: Web}
	handler       = Actor{Staff: ID{6}, Unit: unit, Roles: Roles{Handler}, Channel: Web}
	coHandler     = Actor{Staff: ID{13}, Unit: coUnit, Roles: Roles{Handler}, Channel: Web}
	otherHandler  = Actor{Staff: ID{7}, Unit: otherUnit, Roles: Roles{Handler}, Channel: Web}
	reviewer      = Actor{Staff: ID{8}, Roles: Roles{Reviewer}, Channel: Web}
	both          = Actor{Staff: ID{9}, Unit: unit, Roles: Roles{Handler, Reviewer}, Channel: Web}
	head          = Actor{Staff: ID{18}, Unit: unit, Roles: Roles{Head}, Channel: Web}
	leader        = Actor{Staff: ID{14}, Roles: Roles{Leader}, Channel: Web}
	inspector     = Actor{Staff: ID{15}, Roles: Roles{Inspector}, Channel: Web}
	operator      = Actor{Staff: ID{16}, Roles: Roles{Operator}, Channel: Call}
	administrator = Actor{Staff: ID{17}, Roles: Roles{Admin}, Channel: Web}

	rules = DefaultRules()
	reply = Reply{Found: "灯泡坏了", Done: "已经换好", Contact: "王工 0311-82345678"}
	by    = Date{At: noon.Add(24 * time.Hour)}
	due   = Date{At: noon.Add(15 * 24 * time.Hour), From: noon, Days: 15}
	later = Date{At: noon.Add(30 * 24 * time.Hour), From: noon, Days: 30}
)

// story makes a case and leads it along.
type story struct {
	t *testing.T
	c *Case
}

var lamp = Draft{Kind: Help, Body: "路灯坏了", Township: "东关镇", Village: "东关村", Name: "李奶奶", Remark: "住三楼", Public: "yes"}

func filed(t *testing.T) story { return filedAs(t, lamp) }

func filedAs(t *testing.T, d Draft) story {
	s := story{t, &Case{ID: ID{10}}}
	n, _ := NewNumber(noon, zeroes{})
	return s.then(File(s.c.ID, person, person.Person, n, d, by, rules, noon), nil)
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

var charge = Charge{Lead: unit, Co: []ID{coUnit}, SignBy: by, BackBy: by, Due: due}

func (s story) assigned() story { return s.then(s.c.Assign(dispatcher, charge, rules, noon)) }
func (s story) signed() story   { s = s.assigned(); return s.then(s.c.SignFor(handler, noon)) }
func (s story) waiting() story {
	s = s.signed()
	return s.then(s.c.Answer(handler, reply, Review{By: by}, rules, noon))
}
func (s story) returned() story {
	s = s.waiting()
	return s.then(s.c.Return(reviewer, "没写日期", rules, noon))
}
func (s story) answered() story {
	s = s.waiting()
	return s.then(s.c.Approve(reviewer, Asking{RateBy: later}, noon))
}
func (s story) rated(o Outcome) story {
	s = s.answered()
	return s.then(s.c.Rate(person, Rating{Outcome: o}, due, rules, noon))
}
func (s story) reopenedTwice() story {
	s = s.rated(NotSolved)
	s = s.then(s.c.Answer(handler, reply, Review{By: by}, rules, noon))
	s = s.then(s.c.Approve(reviewer, Asking{RateBy: later}, noon))
	return s.then(s.c.Rate(person, Rating{Outcome: NotSolved}, by, rules, noon))
}
func (s story) asksBack() story {
	s = s.signed()
	return s.then(s.c.HandBack(handler, "不归我们管", by, rules, noon))
}
func (s story) givenBack() story {
	s = s.asksBack()
	return s.then(s.c.GiveBack(dispatcher, "", by, rules, noon))
}
func (s story) asksTime() story {
	s = s.signed()
	return s.then(s.c.AskTime(handler, "要等汛期过去", 5, by, false, rules, noon))
}
func (s story) asksHead() story {
	s = s.signed()
	return s.then(s.c.AskTime(handler, "要等汛期过去", 5, by, true, rules, noon))
}
func (s story) atHead() story {
	s = s.signed()
	return s.then(s.c.Answer(handler, reply, Review{By: by, AtHead: true}, rules, noon))
}
func (s story) up(to Role) story { return s.then(s.c.Raise(to, by, noon)) }
func (s story) declined() story {
	return s.then(s.c.Decline(dispatcher, "in-court", "法院正在审理。", due, rules, noon))
}
func (s story) objected() story {
	s = s.declined()
	return s.then(s.c.Object(person, "没有起诉过", by, rules, noon))
}
func (s story) withdrawn() story { return s.then(s.c.Withdraw(person, noon, noon)) }
func (s story) merged() story {
	lead := filed(s.t).assigned().c
	lead.ID = ID{11}
	return s.then(s.c.Merge(dispatcher, lead, noon))
}
func (s story) published() story {
	return s.then(s.c.Publish(dispatcher, Notice{"路灯", "村口路灯坏了"}, rules, noon))
}
func (s story) lapsed() story {
	e, moves := s.c.Lapse(Date{}, later.At.Add(time.Second))
	if !moves {
		s.t.Fatalf("%s: the calendar asks for nothing", s.c.Stage)
	}
	return s.then(e, nil)
}

// TestWhoMayDoWhatWhen states, apart from the table, what is allowed an hour
// after it happened: whatever is not here is refused.
func TestWhoMayDoWhatWhen(t *testing.T) {
	actors := map[string]Actor{"person": person, "pin": pinHolder, "stranger": stranger, "dispatcher": dispatcher, "handler": handler,
		"helper": coHandler, "other": otherHandler, "head": head, "reviewer": reviewer, "leader": leader, "inspector": inspector,
		"operator": operator, "admin": administrator, "clock": clock, "nobody": {}}
	hidden := lamp
	hidden.Hide, hidden.Public = true, "no"
	for name, c := range map[string]struct {
		story
		may string
	}{
		"received": {filed(t), "person: add attach withdraw · dispatcher: assign publish merge divert decline · leader: annotate supervise reveal · inspector: supervise · clock: raise"},
		"received, name hidden, not for all": {filedAs(t, hidden),
			"person: add attach withdraw · dispatcher: assign relay merge divert decline · leader: annotate supervise reveal · inspector: supervise · clock: raise"},
		"assigned": {filed(t).assigned(), "person: add attach withdraw · dispatcher: publish · handler: sign handback · leader: annotate supervise reveal · inspector: supervise"},
		"in hand": {filed(t).signed(), "person: add attach withdraw · dispatcher: publish · handler: answer contact visit progress asktime handback · " +
			"helper: contact visit progress · leader: annotate supervise reveal · inspector: supervise"},
		"asks back": {filed(t).asksBack(), "person: add attach withdraw · dispatcher: give keep publish · handler: contact visit progress · " +
			"helper: contact visit progress · leader: annotate supervise reveal · inspector: supervise · clock: keep"},
		"asks back, not signed": {func() story {
			s := filed(t).assigned()
			return s.then(s.c.HandBack(handler, "不归我们管", by, rules, noon))
		}(),
			"person: add attach withdraw · dispatcher: give keep publish · leader: annotate supervise reveal · inspector: supervise · clock: keep"},
		"given back": {filed(t).givenBack(), "person: add attach withdraw · dispatcher: assign publish merge divert decline · leader: annotate supervise reveal · inspector: supervise · clock: raise"},
		"kept": {func() story { s := filed(t).asksBack(); return s.then(s.c.KeepWith(dispatcher, "", rules, noon)) }(),
			"person: add attach withdraw · dispatcher: publish · handler: answer contact visit progress asktime · helper: contact visit progress · " +
				"leader: annotate supervise reveal · inspector: supervise"},
		"asks for time": {filed(t).asksTime(), "person: add attach withdraw · dispatcher: extend hold publish · handler: answer contact visit progress · " +
			"helper: contact visit progress · leader: annotate supervise reveal · inspector: supervise · clock: hold"},
		"asks the head for time": {filed(t).asksHead(), "person: add attach withdraw · dispatcher: publish · handler: answer contact visit progress · " +
			"helper: contact visit progress · head: endorse deny · leader: annotate supervise reveal · inspector: supervise · clock: deny"},
		"endorsed": {func() story { s := filed(t).asksHead(); return s.then(s.c.Endorse(head, by, noon)) }(),
			"person: add attach withdraw · dispatcher: extend hold publish · handler: answer contact visit progress · " +
				"helper: contact visit progress · leader: annotate supervise reveal · inspector: supervise · clock: hold"},
		"denied": {func() story { s := filed(t).asksHead(); return s.then(s.c.Deny(head, "", rules, noon)) }(),
			"person: add attach withdraw · dispatcher: publish · handler: answer contact visit progress asktime handback · helper: contact visit progress · " +
				"leader: annotate supervise reveal · inspector: supervise"},
		"at the head": {filed(t).atHead(), "person: add attach withdraw · dispatcher: publish · handler: contact visit · helper: contact visit · " +
			"head: pass amend · leader: annotate supervise reveal · inspector: supervise · clock: raise"},
		"at the head, up": {filed(t).atHead().up(Inspector), "person: add attach withdraw · dispatcher: publish · handler: contact visit · helper: contact visit · " +
			"head: pass amend · leader: annotate supervise reveal · inspector: pass amend supervise"},
		"sent back": {func() story { s := filed(t).atHead(); return s.then(s.c.Amend(head, "没写日期", rules, noon)) }(),
			"person: add attach withdraw · dispatcher: publish · handler: answer contact visit progress asktime handback · " +
				"helper: contact visit progress · leader: annotate supervise reveal · inspector: supervise"},
		"received, up": {filed(t).up(Inspector), "person: add attach withdraw · dispatcher: assign publish merge divert decline · leader: annotate supervise reveal · " +
			"inspector: assign merge divert decline supervise"},
		"waiting, up": {filed(t).waiting().up(Inspector), "person: add attach withdraw · dispatcher: publish · handler: contact visit · helper: contact visit · " +
			"reviewer: approve return · leader: annotate supervise reveal · inspector: approve return supervise"},
		"objected, up to a leader": {filed(t).objected().up(Inspector).up(Leader), "reviewer: overturn uphold · leader: overturn uphold reveal"},
		"extended": {func() story { s := filed(t).asksTime(); return s.then(s.c.Extend(dispatcher, later, noon)) }(),
			"person: add attach withdraw · dispatcher: publish · handler: answer contact visit progress handback · helper: contact visit progress · " +
				"leader: annotate supervise reveal · inspector: supervise"},
		"waiting": {filed(t).waiting(), "person: add attach withdraw · dispatcher: publish · handler: contact visit · helper: contact visit · " +
			"reviewer: approve return · leader: annotate supervise reveal · inspector: supervise · clock: passon raise"},
		"returned": {filed(t).returned(), "person: add attach withdraw · dispatcher: publish · handler: answer contact visit progress asktime handback · " +
			"helper: contact visit progress · leader: annotate supervise reveal · inspector: supervise"},
		"answered":       {filed(t).answered(), "person: rate add attach · operator: quote · dispatcher: publish · leader: annotate reveal · clock: lapse"},
		"lapsed":         {filed(t).answered().lapsed(), "person: rate · operator: quote · dispatcher: publish · leader: reveal · clock: anonymise"},
		"solved":         {filed(t).rated(Solved), "person: rate · dispatcher: publish · leader: reveal · clock: anonymise"},
		"partly, public": {filed(t).published().rated(Partly), "person: rate · dispatcher: hide · leader: reveal · clock: anonymise"},
		"not solved": {filed(t).rated(NotSolved), "person: add attach withdraw · dispatcher: publish · handler: answer contact visit progress asktime handback · " +
			"helper: contact visit progress · leader: annotate supervise reveal · inspector: supervise"},
		"not solved twice": {filed(t).reopenedTwice(), "person: add attach withdraw · dispatcher: assign publish merge divert decline · " +
			"leader: annotate supervise reveal · inspector: supervise · clock: raise"},
		"declined": {filed(t).declined(), "person: object · leader: reveal · clock: lapse"},
		"diverted": {func() story {
			s := filed(t)
			return s.then(s.c.Divert(dispatcher, "arbitration", "请找仲裁委。", due, rules, noon))
		}(), "person: object · leader: reveal · clock: lapse"},
		"declined, over": {filed(t).declined().lapsed(), "leader: reveal · clock: anonymise"},
		"objected":       {filed(t).objected(), "reviewer: overturn uphold · leader: reveal · clock: raise"},
		"upheld": {func() story {
			s := filed(t).objected()
			return s.then(s.c.Uphold(reviewer, "理由成立", rules, noon))
		}(), "leader: reveal · clock: anonymise"},
		"overturned": {func() story {
			s := filed(t).objected()
			return s.then(s.c.Overturn(reviewer, "确实没有", by, rules, noon))
		}(),
			"person: add attach withdraw · dispatcher: assign publish merge divert decline · leader: annotate supervise reveal · inspector: supervise · clock: raise"},
		"withdrawn":       {filed(t).signed().withdrawn(), "person: restore · leader: reveal · clock: lapse"},
		"withdrawn, over": {filed(t).withdrawn().lapsed(), "leader: reveal · clock: anonymise"},
		"merged":          {filed(t).merged(), "person: add attach withdraw · leader: reveal"},
		"public":          {filed(t).published(), "person: add attach withdraw · dispatcher: assign hide merge divert decline · leader: annotate supervise reveal · inspector: supervise · clock: raise"},
	} {
		may := parseMay(t, c.may)
		may["pin"] = may["person"]
		for _, who := range []string{"dispatcher", "operator"} { // a slip can be lost at any time
			may[who] = append(may[who], Reslip)
		}
		for _, who := range []string{"inspector", "admin"} { // and a court may ask for any case
			may[who] = append(may[who], Preserve)
		}
		for who, actor := range actors {
			if got := c.c.Doable(actor, noon.Add(time.Hour)); !slices.Equal(got, may[who]) {
				t.Errorf("%s: %s may %v, want %v", name, who, got, may[who])
			}
			for _, d := range Deeds {
				_, err := c.c.May(actor, d.Deed, noon.Add(time.Hour))
				f, _ := Faults(err)
				if allowed := slices.Contains(may[who], d.Deed); !allowed && (len(f) != 1 || (f[0].Kind != Denied && f[0].Kind != Conflict)) {
					t.Errorf("%s: %s is refused %s with %v", name, who, d.Deed, err)
				}
			}
		}
	}
	if _, err := filed(t).c.May(dispatcher, "burn", noon); err == nil {
		t.Error("a deed that is not in the table is allowed")
	}
}

// parseMay reads "who: deed deed · who: deed".
func parseMay(t *testing.T, text string) map[string][]Deed {
	t.Helper()
	may := map[string][]Deed{}
	for _, part := range strings.Split(text, " · ") {
		who, deeds, _ := strings.Cut(part, ": ")
		for _, d := range strings.Fields(deeds) {
			may[who] = append(may[who], Deed(d))
		}
	}
	return may
}

// TestWhatMayBeDoneOnlyForAWhile asks at the last moment and at the one after.
func TestWhatMayBeDoneOnlyForAWhile(t *testing.T) {
	for name, c := range map[string]struct {
		story
		by    Actor
		deed  Deed
		until time.Time
		fault string
	}{
		"the words are changed for ten minutes":     {filed(t), person, Edit, noon.Add(10*time.Minute - time.Millisecond), "deed.undo-time"},
		"a withdrawal is taken back for seven days": {filed(t).withdrawn(), person, Restore, noon.Add(7 * 24 * time.Hour), "deed.restore-time"},
		"a decline is objected to in its time":      {filed(t).declined(), person, Object, due.At, "deed.object-once"},
		"a case is handed back in its time":         {filed(t).signed(), handler, HandBack, by.At, "deed.back-time"},
	} {
		if _, err := c.c.May(c.by, c.deed, c.until); err != nil {
			t.Errorf("%s: at the last moment: %v", name, err)
		}
		refused(t, name+": too late", c.fault, func() error { _, err := c.c.May(c.by, c.deed, c.until.Add(time.Millisecond)); return err })
	}
}

func TestNobodyReviewsTheirOwnReply(t *testing.T) {
	s := filed(t).signed()
	s = s.then(s.c.Answer(both, reply, Review{By: by}, rules, noon))
	refused(t, "own reply", "deed.not-own-reply", func() error { _, err := s.c.Approve(both, Asking{RateBy: by}, noon); return err })
	refused(t, "own reply", "deed.not-own-reply", func() error { _, err := s.c.Return(both, "x", rules, noon); return err })
	if _, err := s.c.Approve(reviewer, Asking{RateBy: by}, noon); err != nil {
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
	s = s.then(s.c.Answer(handler, reply, Review{By: by}, rules, noon)).then(s.c.Approve(reviewer, Asking{RateBy: by}, noon))
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

func TestTheResidentReadsThatAReplyWasReturnedAndNotWhy(t *testing.T) {
	reason, err := filed(t).waiting().c.Return(reviewer, "SECRET", rules, noon)
	written, err2 := filed(t).signed().c.Answer(handler, Reply{Found: "SECRET", Done: "SECRET", Contact: "SECRET"}, Review{By: by}, rules, noon)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	told := Told([]Event{written, reason})
	if len(told) != 2 || told[1].Fact != (ReplyReturned{}) || told[0].Fact.(ReplyWritten).Reply != (Reply{}) {
		t.Errorf("told %+v", told)
	}
}

func TestAnErasedFactStillMovesTheCaseAlong(t *testing.T) {
	charge, _ := filed(t).c.Assign(dispatcher, Charge{Lead: unit, SignBy: by, BackBy: by, Due: by}, rules, noon)
	s := filed(t)
	charge.Fact = nil
	s.c.Apply(charge)
	if s.c.Stage != Assigned {
		t.Errorf("stage %s", s.c.Stage)
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
