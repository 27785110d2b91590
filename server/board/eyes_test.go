package board

import (
	"slices"
	"testing"
)

// A unit's case is its handlers', and not everybody's who has a seat there.
func TestOnlyHandlersSeeTheirUnitsCases(t *testing.T) {
	c := filed(t).assigned().c
	for _, role := range []Role{Operator, Helper, Admin} {
		by := Actor{Staff: ID{40}, Unit: unit, Roles: Roles{role}}
		if c.SeenBy(by, noon) {
			t.Errorf("an %s who sits with the unit opens its case", role)
		}
		if s, _ := c.Sight(by); s != (Sight{}) {
			t.Errorf("an %s who sits with the unit reads of the person: %+v", role, s)
		}
	}
}

// Who once was a leader, or a helper, reads as what they are now.
func TestWhoLeftARoleReadsAsWhatTheyAreNow(t *testing.T) {
	c := filed(t).assigned().c
	now := Actor{Staff: ID{41}, Roles: Roles{Inspector}}
	c.Revealed = []ID{now.Staff}
	c.Grants = []Grant{{ID: ID{5}, To: now.Staff, Scope: ToBoth}}
	if s, _ := c.Sight(now); s != (Sight{Press: true}) { // who pressed a person to withdraw is the inspector's matter
		t.Errorf("an inspector who was a leader and a helper reads of the person: %+v", s)
	}
	for _, role := range []Role{Leader, Helper} {
		now.Roles = Roles{role}
		if s, as := c.Sight(now); !s.Self || as != role {
			t.Errorf("a %s reads %+v as %q", role, s, as)
		}
	}
}

// A case of another system has no person: it is not everybody's who is nobody.
func TestACaseWithoutAPersonIsNobodys(t *testing.T) {
	c := filed(t).c
	c.Person = ID{}
	for name, by := range map[string]Actor{"a stranger": {}, "a number and PIN of another": {Opened: []ID{{77}}}, "a resident": person} {
		if s, _ := c.Sight(by); c.OwnedBy(by) || c.SeenBy(by, noon) || s != (Sight{}) {
			t.Errorf("%s has it", name)
		}
	}
}

// Staff do not see their own messages at their desk as if they were at home.
func TestStaffOwnNothing(t *testing.T) {
	c := filed(t).c
	by := Actor{Staff: ID{42}, Person: person.Person, Roles: Roles{Operator}, Opened: []ID{c.ID}}
	if s, _ := c.Sight(by); c.OwnedBy(by) || c.SeenBy(by, noon) || s != (Sight{}) {
		t.Error("a member of staff owns a case")
	}
}

// An erased case is nobody's, not even of who has its number and PIN.
func TestAnErasedCaseIsNobodys(t *testing.T) {
	c := filed(t).c
	c.Standing = Erased
	if c.OwnedBy(person) || c.OwnedBy(pinHolder) {
		t.Error("it is somebody's")
	}
}

// What units and the county desk say to each other, and what is not said yet,
// stays with them, whatever the case looks like.
func TestTheFoldHidesWhatItsEventsHide(t *testing.T) {
	veiled := func(s story, by Actor) Case {
		c := *s.c
		c.Veil(by)
		return c
	}
	if c := veiled(filed(t).waiting(), person); c.Draft != nil {
		t.Error("the person reads an answer that nobody approved")
	}
	if c := veiled(filed(t).waiting(), reviewer); c.Draft == nil {
		t.Error("the reviewer has no answer to judge")
	}
	asks := filed(t).asksTime()
	if c := veiled(asks, person); c.Ask == nil || c.Ask.Reason != "" {
		t.Errorf("the person reads why the unit asks for time: %+v", c.Ask)
	}
	if asks.c.Ask.Reason == "" || veiled(asks, dispatcher).Ask.Reason == "" {
		t.Error("the county desk does not read what it rules on")
	}
	if c := veiled(filed(t).objected(), person); c.Ask == nil || c.Ask.Reason == "" {
		t.Error("the person does not read their own objection")
	}
	if c := veiled(filed(t).merged(), person); !c.MergedInto.IsZero() {
		t.Error("the person learns whose case theirs was merged into")
	}
	if c := veiled(filed(t).declined(), reviewer); c.Village != "" || c.Name != "" || c.Remark != "" {
		t.Errorf("a reviewer reads %q %q %q", c.Village, c.Name, c.Remark)
	}
	if c := veiled(filed(t), person); c.Village == "" || c.Name == "" {
		t.Error("the person does not read their own name")
	}
}

func TestAWitnessIsNamedToWhoSeesThePerson(t *testing.T) {
	s := filed(t)
	s.c.Grants = []Grant{{ID: ID{5}, To: ID{41}, Witness: "张会计"}}
	for _, by := range []Actor{reviewer, pinHolder} {
		c := *s.c
		c.Veil(by)
		if c.Grants[0].Witness != "" {
			t.Errorf("%v read who witnessed", by.Roles)
		}
	}
	if s.c.Grants[0].Witness == "" {
		t.Error("a veil for one took it from all")
	}
	events := Sight{}.Impersonal([]Event{{Fact: Filed{Village: "东关村", Name: "李奶奶", Grant: &Grant{Witness: "张会计"}}}})
	if f := events[0].Fact.(Filed); f.Village != "" || f.Name != "" || f.Grant.Witness != "" {
		t.Errorf("%+v", f)
	}
}

// A public page has what was published, how it ended, and nothing else.
func TestWhatIsPublicOfAnEndedCase(t *testing.T) {
	s := filed(t).published().rated(Solved)
	p := s.c.Open()
	if p.Title != "路灯" || p.Body != "村口路灯坏了" || !p.Ended || p.Rating == nil || *p.Rating != (Rating{Outcome: Solved}) {
		t.Errorf("%+v", p)
	}
	if p.Name != "" || p.Village != "" || p.Remark != "" || !p.Person.IsZero() {
		t.Errorf("%+v", p)
	}
	happened := func(kind EventKind, f Fact) Event {
		return Event{Header: Header{Kind: kind, Actor: dispatcher.Staff}, Fact: f}
	}
	told := PublicEvents([]Event{
		happened("looked", Looked{}), happened("revealed", Revealed{}), happened("contacted", Contacted{Words: "电话"}),
		happened("assigned", ChargeGiven{Charge{Lead: unit, Co: []ID{coUnit}, Words: "抓紧"}}),
		happened("rated", Rated{Rating: Rating{Outcome: Partly, Words: "谢谢", Attitude: 3}}),
	})
	var kinds []EventKind
	for _, e := range told {
		kinds = append(kinds, e.Kind)
		switch f := e.Fact.(type) {
		case ChargeGiven:
			if f.Words != "" || f.Co != nil || !e.Actor.IsZero() {
				t.Errorf("%+v", e)
			}
		case Rated:
			if f.Rating != (Rating{Outcome: Partly}) {
				t.Errorf("%+v", f)
			}
		}
	}
	for _, never := range []EventKind{"looked", "revealed", "contacted"} {
		if slices.Contains(kinds, never) {
			t.Errorf("anybody reads %q", never)
		}
	}
	if !slices.Contains(kinds, "assigned") || !slices.Contains(kinds, "rated") {
		t.Errorf("anybody reads %v only", kinds)
	}
}
