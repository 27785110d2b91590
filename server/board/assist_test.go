package board

import (
	"encoding/json"
	"slices"
	"testing"
	"time"
)

var (
	helper   = Actor{Staff: ID{20}, Roles: Roles{Helper}, Channel: Web, Areas: []Area{{Township: "东关镇"}}}
	unitAide = Actor{Staff: ID{21}, Unit: unit, Roles: Roles{Helper}, Channel: Web, Areas: []Area{{Township: "东关镇"}}}
	caller   = Actor{Staff: ID{22}, Roles: Roles{Operator}, Channel: Web}
	relative = Actor{Person: person.Person, Agent: ID{23}, Grant: ID{24}, Roles: Roles{Resident}, Channel: Web}
	device   = Actor{Person: person.Person, Roles: Roles{Resident}, Channel: Web, Device: true}
	askBy    = Date{At: noon.Add(48 * time.Hour)}
	unsure   = Pendency{ConfirmBy: Date{At: noon.Add(10 * 24 * time.Hour)}, DecideBy: Date{At: noon.Add(12 * 24 * time.Hour)}}
)

// helped is a case that a helper filed.
func helped(t *testing.T, d Draft, means Means) story {
	t.Helper()
	s := story{t, &Case{ID: ID{10}}}
	n, _ := NewNumber(noon, zeroes{})
	by1 := helper
	by1.Channel = Assisted
	g, err := NewGrant(ID{30}, by1, Grant{Means: means, Witness: "王五", Serial: "x"}, rules, noon)
	if err != nil {
		t.Fatal(err)
	}
	return s.then(FileFor(s.c.ID, by1, person.Person, n, d, g, by, unsure, rules, noon))
}

func (s story) disowned() story { return s.then(s.c.Disown(person, "", askBy, rules, noon)) }
func (s story) charged(why Why, to ID) story {
	return s.then(s.c.Charge(FollowUp{Why: why, Way: ByCall, To: to, From: noon}, noon), nil)
}

// TestWhoMayDoWhatInAssistedMode states, apart from the table, what more is
// allowed when a helper typed the case, or when somebody must be told or asked:
// whatever is not here is refused.
func TestWhoMayDoWhatInAssistedMode(t *testing.T) {
	desk := lamp
	desk.AboutDesk, desk.Public = true, "no"
	actors := map[string]Actor{"person": person, "relative": relative, "device": device, "stranger": stranger, "dispatcher": dispatcher, "handler": handler,
		"reviewer": reviewer, "leader": leader, "inspector": inspector, "operator": caller, "admin": administrator, "aide": helper, "unitAide": unitAide}
	plain := []Deed{Edit, Add, Withdraw, Restore, Object, Rate, Assign, Decline, Divert, Merge, Publish, Hide, GiveBack, KeepWith, Extend, HoldTo, Relay,
		SignFor, Contact, Visit, Progress, HandBack, AskTime, Answer, Approve, Return, Uphold, Overturn, Annotate, Supervise, Reveal, Lapse, Preserve}
	for name, c := range map[string]struct {
		story
		at  time.Time
		may string
	}{
		"one's own": {filed(t), noon, "person: attach · device: attach · relative: attach · dispatcher: reslip · operator: reslip"},
		"by witness": {helped(t, lamp, ByWitness), noon,
			"person: attach disown endhelp · device: attach disown endhelp · relative: attach endhelp · dispatcher: disown reslip · operator: disown reslip · aide: attach"},
		"pending": {helped(t, lamp, Unshown), noon, "person: attach confirm disown · device: attach disown · relative: attach · dispatcher: confirm disown reslip · inspector: confirm · operator: disown reslip · aide: attach"},
		"pending, the time is over": {helped(t, lamp, Unshown), unsure.ConfirmBy.At.Add(time.Second),
			"person: attach confirm disown · device: attach disown · relative: attach · dispatcher: confirm disown proceed void reslip · inspector: confirm proceed void · operator: disown reslip · aide: attach"},
		"proceeded": {func() story {
			s := helped(t, lamp, Unshown)
			return s.then(s.c.Proceed(dispatcher, "急", rules, unsure.ConfirmBy.At.Add(time.Second)))
		}(), unsure.DecideBy.At.Add(time.Second), "person: attach confirm disown · device: attach disown · relative: attach · dispatcher: confirm disown reslip · inspector: confirm · operator: disown reslip · aide: attach"},
		"frozen": {helped(t, lamp, ByWitness).disowned(), noon, "person: confirm · dispatcher: confirm void reslip · inspector: confirm void · operator: reslip"},
		"frozen, about the desk": {helped(t, desk, ByWitness).disowned(), noon,
			"person: confirm · inspector: confirm void · dispatcher: reslip · operator: reslip"},
		"not theirs": {func() story { s := helped(t, lamp, ByWitness).disowned(); return s.then(s.c.Void(inspector, noon)) }(), noon, ""},
		"to be told by the helper": {helped(t, lamp, ByWitness).answered().charged(TellAnswer, helper.Staff), noon,
			"person: attach disown endhelp · device: attach disown endhelp · relative: attach endhelp · dispatcher: disown reslip · operator: disown quote reslip · aide: attach readout passback"},
		"to be told by call": {helped(t, lamp, ByWitness).answered().charged(TellAnswer, ID{}), noon,
			"person: attach disown endhelp · device: attach disown endhelp · relative: attach endhelp · dispatcher: disown reslip · operator: disown readout handto missed quote reslip · aide: attach"},
		"told by another unit's aide": {helped(t, lamp, ByWitness).answered().charged(TellAnswer, unitAide.Staff), noon,
			"person: attach disown endhelp · device: attach disown endhelp · relative: attach endhelp · dispatcher: disown reslip · operator: disown quote reslip · unitAide: readout passback · aide: attach"},
		"drawn for a check": {helped(t, lamp, Unshown).charged(Recheck, ID{}), noon,
			"person: attach confirm disown · device: attach disown · relative: attach · dispatcher: confirm disown reslip · inspector: confirm · operator: disown handto missed check reslip · aide: attach"},
		"a check by a helper": {helped(t, lamp, Unshown).charged(Recheck, unitAide.Staff), noon,
			"person: attach confirm disown · device: attach disown · relative: attach · dispatcher: confirm disown reslip · inspector: confirm · operator: disown reslip · unitAide: disown passback check · aide: attach"},
		"drawn for the second rate": {helped(t, lamp, ByWitness).answered().charged(AskRate, ID{}), noon,
			"person: attach disown endhelp · device: attach disown endhelp · relative: attach endhelp · dispatcher: disown reslip · operator: disown handto missed quote ratefor reslip · aide: attach"},
		"frozen, with an answer to be told": {helped(t, lamp, ByWitness).answered().charged(TellAnswer, ID{}).disowned(), noon,
			"person: confirm · dispatcher: confirm void reslip · inspector: confirm void · operator: quote reslip"},
	} {
		may := parseMay(t, c.may)
		for who, actor := range actors {
			got := slices.DeleteFunc(c.c.Doable(actor, c.at), func(d Deed) bool { return slices.Contains(plain, d) })
			if !slices.Equal(got, may[who]) {
				t.Errorf("%s: %s may %v, want %v", name, who, got, may[who])
			}
		}
	}
}

func TestWhoTypedACaseDecidesNothingAboutIt(t *testing.T) {
	taker := Actor{Staff: helper.Staff, Unit: unit, Roles: slices.Clone(StaffRoles), Channel: Web}
	after := unsure.ConfirmBy.At.Add(time.Second)
	for name, c := range map[string]struct {
		story
		deeds []Deed
	}{
		"pending": {helped(t, lamp, Unshown).charged(Recheck, ID{}), []Deed{Confirm, Proceed, Void, Check}},
		"in hand": {helped(t, lamp, ByWitness).signed(), []Deed{Answer, Contact, Progress, HandBack}},
		"waiting": {helped(t, lamp, ByWitness).waiting(), []Deed{Approve, Return}},
		"to rate": {helped(t, lamp, ByWitness).answered().charged(AskRate, ID{}), []Deed{RateFor, Rate}},
	} {
		for _, d := range c.deeds {
			taker := taker
			if d == RateFor { // whom their unit has nothing to do with
				taker.Unit = ID{}
			}
			_, err := c.c.May(taker, d, after)
			if f, _ := Faults(err); len(f) != 1 || f[0].Kind != Denied {
				t.Errorf("%s: who typed it may %s: %v", name, d, err)
			}
		}
	}
}

// What somebody tells on the telephone opens and closes a case, stands in no
// rate, and never takes the place of what their own hand said.
func TestWhatIsToldOnTheTelephone(t *testing.T) {
	s := helped(t, lamp, ByWitness).answered()
	s = s.then(s.c.Quote(operator, Rating{Outcome: NotSolved}, due, rules, noon))
	if r := s.c.Rating; s.c.Stage != InHand || !r.Apart || r.Called || s.c.Reopened != 1 {
		t.Errorf("%s, %+v", s.c.Stage, r)
	}
	own := filed(t).rated(Solved)
	for name, deed := range map[string]func() error{
		"an operator": func() error {
			_, err := own.c.Quote(operator, Rating{Outcome: NotSolved}, due, rules, noon)
			return err
		},
		"a relative": func() error { _, err := own.c.Rate(relative, Rating{Outcome: NotSolved}, due, rules, noon); return err },
		"a desk":     func() error { _, err := own.c.Rate(device, Rating{Outcome: NotSolved}, due, rules, noon); return err },
	} {
		refused(t, name+" over the own hand", "deed.own-stands", deed)
	}
	told := helped(t, lamp, ByWitness).answered()
	told = told.then(told.c.Quote(operator, Rating{Outcome: Solved}, due, rules, noon))
	told = told.then(told.c.Rate(person, Rating{Outcome: Partly}, due, rules, noon))
	if told.c.Rating.Apart || told.c.Rating.Outcome != Partly {
		t.Errorf("the own hand does not take the place of the telephone: %+v", told.c.Rating)
	}
	taker := Actor{Staff: helper.Staff, Roles: Roles{Operator}, Channel: Call}
	refused(t, "who typed the case", "deed.not-taker", func() error {
		_, err := helped(t, lamp, ByWitness).answered().c.Quote(taker, Rating{Outcome: Solved}, due, rules, noon)
		return err
	})
}

func TestARatingByAnotherHandIsApart(t *testing.T) {
	for name, c := range map[string]struct {
		by   Actor
		want Rating
	}{
		"own hand":  {person, Rating{Outcome: Solved}},
		"number":    {pinHolder, Rating{Outcome: Solved}},
		"device":    {device, Rating{Outcome: Solved, Apart: true, Device: true}},
		"relative":  {relative, Rating{Outcome: Solved, Apart: true}},
		"pretended": {person, Rating{Outcome: Solved}},
	} {
		s := filed(t).answered()
		s = s.then(s.c.Rate(c.by, Rating{Outcome: Solved, Apart: name == "pretended", Called: name == "pretended"}, due, rules, noon))
		if got := *s.c.Rating; got.Apart != c.want.Apart || got.Device != c.want.Device {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestPlacesThatAHelperLooksAfter(t *testing.T) {
	village := Actor{Areas: []Area{{"东关镇", "东关村"}, {"西关镇", ""}}}
	for place, want := range map[[2]string]bool{
		{"东关镇", "东关村"}: true, {"东关镇", " 东关村 "}: true, {"东关镇", "西村"}: false, {"东关镇", ""}: false,
		{"西关镇", "哪个村"}: true, {"西关镇", ""}: true, {"南关镇", "东关村"}: false, {"", ""}: false,
	} {
		if got := village.Covers(place[0], place[1]); got != want {
			t.Errorf("%v: %v", place, got)
		}
	}
}

// TestWhatWasKeptBeforeAssistedModeStillReads reads facts as they were written
// by the version before: nothing of the new is in them.
func TestWhatWasKeptBeforeAssistedModeStillReads(t *testing.T) {
	old := map[EventKind]string{
		"filed":       `{"number":"2612345674","kind":"help","title":"路灯","body":"路灯坏了","township":"东关镇","public":true,"screenBy":{"at":"2026-09-18T12:00:00+08:00"}}`,
		"rated":       `{"outcome":"solved","attitude":5}`,
		"joined":      `{"phone":"13800138000","lang":"zh-Hans"}`,
		"hired":       `{"login":"desk","name":"王","unit":"00000000000000000000000000000000","roles":["dispatcher"],"password":"x"}`,
		"transferred": `{"from":"01000000000000000000000000000000","to":"02000000000000000000000000000000"}`,
	}
	facts := map[EventKind]Fact{}
	for kind, text := range old {
		fact, err := ParseFact(kind, []byte(text))
		if err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		facts[kind] = fact
	}
	c := &Case{ID: ID{1}}
	c.Apply(Event{Header: Header{Kind: "filed", Actor: ID{3}, Subject: ID{3}, Role: Resident, Time: noon}, Fact: facts["filed"]})
	if c.Standing != Confirmed || c.Assisted() || !c.Counts() || len(c.Grants) != 0 || c.Confidential || c.Alarm() != c.ScreenBy {
		t.Errorf("a case from before: %+v", c)
	}
	// A case that an operator took in before had no grant.
	c = &Case{ID: ID{1}}
	c.Apply(Event{Header: Header{Kind: "filed", Actor: ID{5}, Subject: ID{3}, Role: Operator, Grant: ID{6}, Time: noon}, Fact: facts["filed"]})
	if c.TakenBy != (ID{5}) || c.Filing() != nil || len(c.Helpers()) != 0 || c.Standing != Confirmed {
		t.Errorf("what an operator took in before: %+v", c)
	}
	var r Rules
	if err := json.Unmarshal([]byte(`{"screenHours":24,"finishDays":{"help":15},"maxBody":800}`), &r); err != nil {
		t.Fatal(err)
	}
	r = (&Settings{RuleSet: &r}).Rules()
	d := DefaultRules()
	if r.MaxBody != 800 || r.ConfirmDays != d.ConfirmDays || r.AskDays != d.AskDays || r.FollowDays != d.FollowDays || r.HelperDay != d.HelperDay ||
		r.CheckShare != d.CheckShare || r.RateShare != d.RateShare {
		t.Errorf("numbers of before: %+v", r)
	}
}
