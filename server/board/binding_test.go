package board

import (
	"testing"
	"time"
)

const (
	oldPhone Phone = "13800138000"
	newPhone Phone = "13900139000"
	sonPhone Phone = "13700137000"
)

// born is a person who began at noon; ids carry the time.
func born(t *testing.T, j Joined, now time.Time) *Person {
	t.Helper()
	id, err := NewID(now, zeros{})
	if err != nil {
		t.Fatal(err)
	}
	p := &Person{ID: id}
	p.Apply(Join(id, Actor{Person: id, Channel: Web}, j, now))
	return p
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func self(p *Person) Actor { return Actor{Person: p.ID, Roles: Roles{Resident}, Channel: Web} }

func must(t *testing.T, p *Person) func(Event, error) {
	return func(e Event, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		p.Apply(e)
	}
}

func TestWhatSomebodyElseTypedProvesNothing(t *testing.T) {
	p := born(t, Joined{Phone: oldPhone, Name: "王秀兰", Unproved: true}, noon)
	if p.Proved(oldPhone) || p.ProvedBy(oldPhone, noon) || p.Reached(oldPhone, noon) || p.Served(oldPhone, noon) {
		t.Errorf("%+v", p.Phones)
	}
	p.Apply(p.Agree(Actor{Staff: ID{9}, Roles: Roles{Operator}}, oldPhone, noon))
	if p.Proved(oldPhone) || p.ProvedBy(oldPhone, noon) || p.Served(oldPhone, noon) {
		t.Error("a consent code proved the phone")
	}
	if !p.Reached(oldPhone, noon) || p.Reached(oldPhone, noon.Add(ProofLasts)) {
		t.Error("the consent does not reach for 90 days")
	}
	p.Apply(p.Agree(self(p), sonPhone, noon))
	if len(p.Phones) != 1 {
		t.Error("a text from another phone bound it")
	}
}

func TestWhoMayClaim(t *testing.T) {
	entered := born(t, Joined{Phone: oldPhone, Name: "王秀兰", Unproved: true}, noon)
	for name, c := range map[string]struct {
		p    *Person
		when time.Time
		want bool
	}{
		"entered lately":    {entered, noon.Add(time.Hour), true},
		"entered long ago":  {entered, noon.Add(ProofLasts), false},
		"nobody knows them": {born(t, Joined{Phone: oldPhone, Unproved: true}, noon), noon, false},
		"proved":            {born(t, Joined{Phone: oldPhone, Name: "王秀兰"}, noon), noon, false},
		"proved long ago":   {born(t, Joined{Phone: oldPhone, Name: "王秀兰"}, noon), noon.Add(ProofLasts), false},
	} {
		if got := c.p.Claimable(oldPhone, c.when); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if entered.Claimable(newPhone, noon) {
		t.Error("claimed with another phone")
	}
}

func TestANumberIsChangedAndUndone(t *testing.T) {
	p := born(t, Joined{Phone: oldPhone, Name: "王秀兰"}, noon)
	must(t, p)(p.ChangePhone(self(p), newPhone, true, noon))
	within, over := noon.Add(UndoChange-time.Second), noon.Add(UndoChange)
	switch {
	case p.Phone() != newPhone:
		t.Error("texts go to", p.Phone())
	case !p.ProvedBy(oldPhone, within) || p.ProvedBy(oldPhone, over) || p.Served(oldPhone, over) || p.Reached(oldPhone, over):
		t.Error("the old number does not end after 72 hours")
	case p.Proved(newPhone) || !p.Awaits(newPhone, noon) || !p.Reached(newPhone, noon):
		t.Errorf("the new one: %+v", p.Phones[0])
	}
	refused(t, "a second change", "change.running", func() error { _, err := p.ChangePhone(self(p), sonPhone, true, within); return err })
	refused(t, "a relative meanwhile", "change.running", func() error {
		_, err := p.BindKin(self(p), Kin{Phone: sonPhone, Name: "儿子", Scope: KinActs}, within)
		return err
	})
	refused(t, "kept by the new one", "change.none", func() error { _, err := p.KeepPhone(self(p), newPhone, within); return err })
	must(t, p)(p.KeepPhone(self(p), oldPhone, within))
	if p.Bound(newPhone, within) || !p.ProvedBy(oldPhone, over) || p.Phone() != oldPhone {
		t.Errorf("undone: %+v", p.Phones)
	}
	must(t, p)(p.ChangePhone(self(p), newPhone, true, within))
	refused(t, "kept too late", "change.none", func() error {
		_, err := p.KeepPhone(self(p), oldPhone, within.Add(UndoChange))
		return err
	})
	must(t, p)(p.ChangePhone(self(p), oldPhone, true, within.Add(UndoChange))) // and back again, later
	if p.Proved(oldPhone) || p.Phone() != oldPhone || len(p.Phones) != 2 {
		t.Errorf("changed back: %+v", p.Phones)
	}
}

func TestTheWindowChangesANumber(t *testing.T) {
	p := born(t, Joined{Phone: oldPhone, Name: "王秀兰"}, noon)
	must(t, p)(p.ChangePhone(Actor{Staff: ID{9}, Roles: Roles{Operator}, Channel: Counter}, newPhone, false, noon))
	if p.Reached(newPhone, noon) || !p.Awaits(newPhone, noon) || !p.ProvedBy(oldPhone, noon) || p.Claimable(newPhone, noon) {
		t.Errorf("%+v", p.Phones)
	}
	none := born(t, Joined{Name: "李大爷"}, noon)
	must(t, none)(none.ChangePhone(Actor{Staff: ID{9}, Roles: Roles{Operator}, Channel: Counter}, newPhone, false, noon))
	if old, _ := none.Changing(noon); old != "" || none.Phone() != newPhone || len(none.Phones) != 1 {
		t.Errorf("a first phone: %+v", none.Phones)
	}
	refused(t, "a handler", "deed.own", func() error {
		_, err := p.ChangePhone(Actor{Staff: ID{9}, Roles: Roles{Handler}}, sonPhone, false, noon)
		return err
	})
}

func TestRelatives(t *testing.T) {
	p := born(t, Joined{Phone: oldPhone, Name: "王秀兰"}, noon)
	son := Kin{ID: ID{7}, Phone: sonPhone, Name: " 儿子 ", Scope: KinActs}
	must(t, p)(p.BindKin(self(p), son, noon))
	k, have := p.KinOf(ID{7})
	if !have || k.Name != "儿子" {
		t.Fatalf("%+v", p.Kin)
	}
	if !k.MayAct(ID{8}, sonPhone, noon) || k.MayAct(ID{8}, newPhone, noon) || k.MayAct(ID{}, sonPhone, noon) || k.MayAct(ID{8}, sonPhone, noon.Add(ProofLasts)) {
		t.Error("who may take it up")
	}
	p.Apply(p.MeetKin(Actor{Person: ID{8}}, ID{7}, ID{8}, noon))
	k, _ = p.KinOf(ID{7})
	if !k.MayAct(ID{8}, sonPhone, noon.Add(ProofLasts)) || k.MayAct(ID{6}, sonPhone, noon) {
		t.Error("it is the one who took it up, and nobody else on that phone")
	}
	agent := Actor{Person: p.ID, Agent: ID{8}, Grant: ID{7}, Roles: Roles{Resident}, Channel: Web}
	for name, deed := range map[string]func() error{
		"the number": func() error { _, err := p.ChangePhone(agent, newPhone, true, noon); return err },
		"a relative": func() error {
			_, err := p.BindKin(agent, Kin{Phone: newPhone, Name: "女儿", Scope: KinActs}, noon)
			return err
		},
		"freeing": func() error { _, err := p.FreeKin(agent, ID{7}, noon); return err },
		"keeping": func() error { _, err := p.KeepPhone(agent, oldPhone, noon); return err },
	} {
		refused(t, name, "deed.own", deed)
	}
	for name, c := range map[string]struct {
		fault string
		k     Kin
	}{
		"own phone": {"kin.same", Kin{Phone: oldPhone, Name: "我", Scope: KinActs}},
		"nameless":  {"kin.name", Kin{Phone: newPhone, Name: " ", Scope: KinActs}},
		"no scope":  {"kin.scope", Kin{Phone: newPhone, Name: "女儿"}},
	} {
		refused(t, name, c.fault, func() error { _, err := p.BindKin(self(p), c.k, noon); return err })
	}
	must(t, p)(p.BindKin(self(p), Kin{ID: ID{11}, Phone: sonPhone, Name: "儿子", Scope: KinNotified}, noon))
	if len(p.Kin) != 1 || p.Kin[0].MayAct(ID{8}, sonPhone, noon) {
		t.Error("bound again with less")
	}
	p.Apply(p.QuietKin(Actor{}, ID{11}, noon))
	if !p.Kin[0].Quiet {
		t.Error("no quiet")
	}
	must(t, p)(p.FreeKin(self(p), ID{11}, noon))
	if len(p.Kin) != 0 {
		t.Error("still there")
	}
	e, err := p.ConsentKin(Actor{Person: ID{8}, Roles: Roles{Resident}}, Kin{ID: ID{12}, Phone: sonPhone, Name: "儿子", Person: ID{8}}, noon)
	if err != nil || e.Grant != (ID{12}) || e.Subject != p.ID || e.Actor != (ID{8}) {
		t.Errorf("%+v %v", e.Header, err)
	}
}
