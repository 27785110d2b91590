package board

import "testing"

func TestOnlyAdministratorsRule(t *testing.T) {
	u, s, county := &Unit{ID: unit, Name: Texts{"zh-Hans": "城管局"}}, &Staff{ID: ID{30}, Deputy: ID{31}}, &Settings{}
	for name, do := range map[string]func(Actor) error{
		"found":    func(by Actor) error { _, err := Found(unit, by, Founded{Name: u.Name}, noon); return err },
		"rename":   func(by Actor) error { _, err := u.Rename(by, Founded{Name: u.Name}, noon); return err },
		"dissolve": func(by Actor) error { _, err := u.Dissolve(by, &Unit{ID: otherUnit}, noon); return err },
		"hire": func(by Actor) error {
			_, err := Hire(ID{1}, by, Hired{Login: "a", Roles: Roles{Reviewer}}, noon)
			return err
		},
		"post":    func(by Actor) error { _, err := s.Post(by, Posted{Roles: Roles{Leader}}, noon); return err },
		"rekey":   func(by Actor) error { _, err := s.Rekey(by, Rekeyed{}, noon); return err },
		"leave":   func(by Actor) error { _, err := s.Leave(by, noon); return err },
		"go away": func(by Actor) error { _, err := s.GoAway(by, noon, noon); return err },
		"places":  func(by Actor) error { _, err := county.ListPlaces(by, []Place{{Name: u.Name}}, noon); return err },
		"topics":  func(by Actor) error { _, err := county.ListTopics(by, DefaultTopics(), noon); return err },
		"rules":   func(by Actor) error { _, err := county.SetRules(by, DefaultRules(), noon); return err },
		"year":    func(by Actor) error { _, err := county.AnnounceYear(by, 2027, "{}", noon); return err },
		"duty":    func(by Actor) error { _, err := county.SetDuty(by, []string{"2026-10-01"}, noon); return err },
		"name":    func(by Actor) error { _, err := county.NameCounty(by, CountyNamed{Name: u.Name}, noon); return err },
	} {
		for _, by := range []Actor{person, dispatcher, handler, reviewer, leader, inspector, operator, {}} {
			refused(t, name, "deed.role", func() error { return do(by) })
		}
		if err := do(administrator); err != nil {
			t.Errorf("%s: an administrator is refused: %v", name, err)
		}
	}
}

func TestWhatAnAdministratorCannotTypeByMistake(t *testing.T) {
	county := &Settings{}
	name := func(s string) Texts { return Texts{"zh-Hans": s} }
	closed := &Unit{ID: ID{40}, Heir: unit}
	for id, do := range map[string]func() error{
		"unit.heir":    func() error { _, err := (&Unit{ID: unit}).Dissolve(administrator, closed, noon); return err },
		"unit.closed":  func() error { _, err := closed.Dissolve(administrator, &Unit{ID: otherUnit}, noon); return err },
		"unit.name":    func() error { _, err := Found(unit, administrator, Founded{Name: name(" ")}, noon); return err },
		"staff.self":   func() error { _, err := (&Staff{ID: administrator.Staff}).Leave(administrator, noon); return err },
		"staff.deputy": func() error { _, err := (&Staff{ID: ID{1}}).GoAway(administrator, noon, noon); return err },
		"staff.roles": func() error {
			_, err := (&Staff{}).Post(administrator, Posted{Roles: Roles{Resident}}, noon)
			return err
		},
		"staff.unit": func() error {
			_, err := (&Staff{}).Post(administrator, Posted{Roles: Roles{Handler}}, noon)
			return err
		},
		"places.name": func() error {
			_, err := county.ListPlaces(administrator, []Place{{Name: name("东关镇")}, {Name: name("东关镇")}}, noon)
			return err
		},
		"places.many": func() error {
			_, err := county.ListPlaces(administrator, make([]Place, MostPlaces+1), noon)
			return err
		},
		"topics.name": func() error {
			_, err := county.ListTopics(administrator, []Topic{{ID: "a"}, {ID: "b", Parent: "c"}}, noon)
			return err
		},
		"topics.none": func() error { _, err := county.ListTopics(administrator, nil, noon); return err },
		"duty.day":    func() error { _, err := county.SetDuty(administrator, []string{"2026-02-30"}, noon); return err },
		"rules.number": func() error {
			r := DefaultRules()
			r.BackDays = 0
			_, err := county.SetRules(administrator, r, noon)
			return err
		},
		"county.name": func() error { _, err := county.NameCounty(administrator, CountyNamed{}, noon); return err },
		"model.name": func() error {
			_, err := (&Unit{ID: unit}).ListModels(handler, []Model{{Name: " "}}, noon)
			return err
		},
		"model.taken": func() error {
			_, err := (&Unit{ID: unit}).ListModels(handler, []Model{{Name: "a"}, {Name: "a"}}, noon)
			return err
		},
		"model.many": func() error {
			_, err := (&Unit{ID: unit}).ListModels(handler, make([]Model, MostModels+1), noon)
			return err
		},
		"deed.own-unit": func() error { _, err := (&Unit{ID: otherUnit}).ListModels(handler, nil, noon); return err },
	} {
		refused(t, id, id, do)
	}
	for _, preset := range Presets {
		if r, known := Preset(preset); !known || r.Check() != nil {
			t.Errorf("preset %q: %v, %v", preset, known, r.Check())
		}
	}
	if _, known := Preset("none"); known {
		t.Error("there is a preset that nobody named")
	}
}

// TestWhenSomebodyIsAskedMakesSense: the second time comes after the first.
func TestWhenSomebodyIsAskedMakesSense(t *testing.T) {
	r := DefaultRules()
	r.AskLast = r.AskFirst
	refused(t, "the same day twice", "rules.number", func() error { return r.Check() })
}
