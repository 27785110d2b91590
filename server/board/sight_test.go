package board

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// Words that must not reach the wrong eyes.
const (
	secretName, secretVillage, secretRemark, secretRemark2 = "QIAN-NAME", "QIAN-VILLAGE", "QIAN-REMARK", "QIAN-REMARK-TWO"
	secretContact, secretVisit, secretBody                 = "QIAN-CONTACT", "QIAN-VISIT", "QIAN-BODY"
	secretAdded, secretDraft, secretReason, secretBack     = "QIAN-ADDED", "QIAN-DRAFT", "QIAN-RETURN", "QIAN-BACK"
	secretTime, secretCharge, secretNote, secretSuper      = "QIAN-TIME", "QIAN-CHARGE", "QIAN-NOTE", "QIAN-SUPERVISE"
	secretRating, secretReveal, secretRelay, secretHold    = "QIAN-RATING", "QIAN-REVEAL", "QIAN-RELAY", "QIAN-HOLD"
	publicTitle, publicDone                                = "PUBLIC-TITLE", "PUBLIC-DONE"
)

// told is a case with every event that bears words, and its events.
func told(t *testing.T, d Draft) (*Case, []Event) {
	t.Helper()
	s := story{t, &Case{ID: ID{10}}}
	var events []Event
	then := func(e Event, err error) {
		t.Helper()
		s = s.then(e, err)
		events = append(events, e)
	}
	d.Name, d.Village, d.Remark, d.Body = secretName, secretVillage, secretRemark, secretBody
	n, _ := NewNumber(noon, zeroes{})
	then(File(s.c.ID, person, person.Person, n, d, by, rules, noon), nil)
	d.Remark = secretRemark2
	then(s.c.Edit(person, d, &Settings{}, noon))
	if s.c.MayShow {
		then(s.c.Publish(dispatcher, Notice{publicTitle, "大家看的话"}, rules, noon))
	}
	ch := charge
	ch.Words = secretCharge
	then(s.c.Assign(dispatcher, ch, rules, noon))
	then(s.c.Annotate(leader, secretNote, rules, noon))
	then(s.c.Supervise(inspector, secretSuper, rules, noon))
	then(s.c.SignFor(handler, noon))
	then(s.c.HandBack(handler, secretBack, by, rules, noon))
	then(s.c.KeepWith(dispatcher, secretHold, rules, noon))
	then(s.c.AskTime(handler, secretTime, 3, by, false, rules, noon))
	then(s.c.HoldTo(dispatcher, secretHold, rules, noon))
	then(s.c.Add(person, secretAdded, rules, noon))
	then(s.c.Contact(handler, true, secretContact, rules, noon))
	then(s.c.Visit(handler, secretVisit, rules, noon))
	if s.c.Confidential {
		then(s.c.Relay(dispatcher, secretRelay, rules, noon))
	}
	then(s.c.Answer(handler, Reply{Found: secretDraft, Done: secretDraft, Contact: secretDraft}, Review{By: by}, rules, noon))
	then(s.c.Return(reviewer, secretReason, rules, noon))
	then(s.c.Answer(handler, Reply{Found: "到" + secretName + "家", Done: publicDone + "，在" + secretVillage, Contact: "王工"}, Review{By: by}, rules, noon))
	then(s.c.Approve(reviewer, Asking{RateBy: later}, noon))
	then(s.c.Rate(person, Rating{Outcome: Partly, Words: secretRating}, due, rules, noon))
	then(s.c.Reveal(Actor{Staff: ID{99}, Roles: Roles{Leader}}, secretReveal, rules, noon))
	return s.c, events
}

// reads is everything that a viewer gets of a case, as one text.
func reads(t *testing.T, c *Case, events []Event, by Actor) string {
	t.Helper()
	copied := *c
	sight := copied.Veil(by)
	if by.Staff.IsZero() {
		events = Told(events)
	}
	return asText(t, copied, sight.Impersonal(events))
}

func asText(t *testing.T, c Case, events []Event) string {
	t.Helper()
	text, err := json.Marshal(struct {
		Case   Case
		Events []Event
	}{c, events})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWhatEachViewerReads(t *testing.T) {
	personal := []string{secretName, secretRemark, secretRemark2}
	place := []string{secretVillage}
	log := []string{secretContact, secretVisit}
	within := []string{secretDraft, secretReason, secretBack, secretTime, secretCharge, secretNote, secretSuper, secretHold}
	words := []string{secretBody, secretAdded, secretRating}
	hidden := lamp
	hidden.Hide = true
	revealed := Actor{Staff: ID{99}, Roles: Roles{Leader}}
	for name, v := range map[string]struct {
		by     Actor
		draft  Draft
		reads  [][]string
		misses [][]string
	}{
		"the person":                       {person, lamp, [][]string{personal, place, log, words}, [][]string{within}},
		"number and PIN":                   {pinHolder, lamp, [][]string{words}, [][]string{personal, log, within}},
		"the county desk":                  {dispatcher, hidden, [][]string{personal, place, log, words, within}, nil},
		"the unit":                         {handler, lamp, [][]string{personal, place, log, words, within}, nil},
		"a unit that helps":                {coHandler, lamp, [][]string{personal, place, log, words, within}, nil},
		"the unit, name hidden":            {handler, hidden, [][]string{place, log, words, within, {secretRelay}}, [][]string{personal}},
		"a reviewer":                       {reviewer, lamp, [][]string{words, within}, [][]string{personal, log}},
		"an inspector":                     {inspector, lamp, [][]string{words, within}, [][]string{personal, log}},
		"a leader before giving a reason":  {leader, lamp, [][]string{words, within}, [][]string{personal, log}},
		"a leader who gave one":            {revealed, hidden, [][]string{personal, place, log, words}, nil},
		"the person, of who looked at it":  {person, lamp, [][]string{{secretReveal}}, nil},
		"the person, through their number": {Actor{Person: person.Person, Opened: []ID{{10}}}, lamp, [][]string{personal, words}, [][]string{within}},
	} {
		v.draft.Public = "no" // the answer that names the person is not for everybody
		c, events := told(t, v.draft)
		text := reads(t, c, events, v.by)
		for _, s := range slices.Concat(v.reads...) {
			if !strings.Contains(text, s) {
				t.Errorf("%s does not read %s", name, s)
			}
		}
		for _, s := range slices.Concat(v.misses...) {
			// The answer that went out says name and village: whoever wrote it there
			// has told them.
			if strings.Contains(strings.NewReplacer("到"+secretName+"家", "", "在"+secretVillage, "").Replace(text), s) {
				t.Errorf("%s reads %s", name, s)
			}
		}
	}
}

func TestWhatAnybodyReadsOfAPublicCase(t *testing.T) {
	for _, kind := range Kinds {
		d := lamp
		d.Kind = kind
		c, events := told(t, d)
		text := asText(t, *c.Open(), PublicEvents(events))
		for _, want := range []string{publicTitle, publicDone, "大家看的话", string(Partly), "王工"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: nobody reads %s", kind, want)
			}
		}
		if got := strings.Contains(text, "东关镇"); got != (kind != Complain && kind != Help) {
			t.Errorf("%s: the township is told: %v", kind, got)
		}
		text = strings.ReplaceAll(text, "在"+secretVillage, "") // where the township is told, an answer may say the village
		if kind == Complain || kind == Help {
			text = asText(t, *c.Open(), PublicEvents(events))
		}
		if strings.Contains(text, "QIAN") {
			t.Errorf("%s: anybody reads %s", kind, text[strings.Index(text, "QIAN"):][:20])
		}
		for _, staff := range []Actor{dispatcher, handler, reviewer, leader, inspector, person} {
			if strings.Contains(text, staff.ID().String()) {
				t.Errorf("%s: anybody learns who %v is", kind, staff.Roles)
			}
		}
	}
}

func TestSeenBy(t *testing.T) {
	c := filed(t).assigned().c
	for who, want := range map[*Actor]bool{&person: true, &pinHolder: true, &dispatcher: true, &reviewer: true, &leader: true, &inspector: true,
		&handler: true, &coHandler: true, &otherHandler: false, &operator: false, &administrator: false, &stranger: false, {}: false} {
		if got := c.SeenBy(*who, noon); got != want {
			t.Errorf("SeenBy(%+v) = %v", *who, got)
		}
	}
	c.Private = true
	if c.SeenBy(person, noon) || c.OwnedBy(person) || !c.SeenBy(pinHolder, noon) {
		t.Error("a private case is opened by login, or not by number and PIN")
	}
}

func TestALookIsOfWhoeverSeesThePerson(t *testing.T) {
	c := filed(t).assigned().c
	c.Revealed = []ID{leader.Staff}
	for who, want := range map[*Actor]Role{&dispatcher: Dispatcher, &handler: Handler, &leader: Leader} {
		if e, trace := c.Look(*who, noon); !trace || e.Role != want || e.Actor != who.Staff || e.Stream != (Stream{Looks, c.ID}) {
			t.Errorf("%v looks: %v %+v", who.Roles, trace, e)
		}
	}
	for _, who := range []Actor{person, pinHolder, reviewer, inspector} {
		if _, trace := c.Look(who, noon); trace {
			t.Errorf("%v leaves a trace of having seen nobody", who.Roles)
		}
	}
}

// Whom an operator will call, and about what, is told to nobody before: a helper
// who knew which of their cases was drawn could see the person first.
func TestNobodyReadsWhatTheOperatorsWillAsk(t *testing.T) {
	told := Told([]Event{{Fact: Filed{}}, {Fact: Charged{FollowUp{Why: Recheck}}}, {Fact: Missed{Why: Recheck}}, {Fact: Checked{}}})
	if len(told) != 2 {
		t.Errorf("told is %+v", told)
	}
}
