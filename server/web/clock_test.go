package web

import "testing"

// Staff read on every page that the clock is in doubt; residents do not.
func TestADoubtedClockIsTold(t *testing.T) {
	w := newWorld(t)
	desk, own := w.browser().enter("desk"), w.browser()
	if _, err := w.office.WatchClock(ctx); err != nil {
		t.Fatal(err)
	}
	desk.get("/desk").want(200).hides(w.T("top.clock"))
	w.days(40) // and no time has passed
	if doubted, err := w.office.WatchClock(ctx); err != nil || !doubted {
		t.Fatalf("%t, %v", doubted, err)
	}
	desk = w.browser().enter("desk")
	desk.get("/desk").want(200, w.T("top.clock"))
	own.get("/").want(200).hides(w.T("top.clock"))
	w.must(w.office.ConfirmClock(ctx))
	desk.get("/desk").want(200).hides(w.T("top.clock"))
}
