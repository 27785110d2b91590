package board

import "testing"

func TestWhoMayTakeOut(t *testing.T) {
	box := Actor{Roles: Roles{System}, Channel: Box}
	take := func(by Actor, what string) func() error {
		return func() error { _, err := new(Settings).TakeOut(by, TakenOut{What: what, Form: "csv"}, noon); return err }
	}
	for _, by := range []Actor{person, reviewer, operator, administrator, {}} {
		refused(t, "a list", "deed.role", take(by, "overdue"))
	}
	for _, by := range []Actor{leader, inspector, dispatcher, handler, administrator} {
		refused(t, "all", "deed.role", take(by, Everything))
	}
	for _, by := range []Actor{leader, inspector, dispatcher, handler} {
		e, err := new(Settings).TakeOut(by, TakenOut{What: "overdue", Form: "csv", Cases: 3}, noon)
		if err != nil || e.Actor != by.Staff || !by.Roles.Has(e.Role) || e.Stream != CountyStream {
			t.Errorf("%v: %+v, %v", by.Roles, e, err)
		}
	}
	if err := take(box, Everything)(); err != nil {
		t.Error(err)
	}
}
