package board

import (
	"testing"
	"time"
)

// sendAll asks for a code each minute of a day and gives those that went out.
func sendAll(s Sendings, known bool, from time.Time, minutes int) (Sendings, int) {
	sent := 0
	for i := range minutes {
		if now := from.Add(time.Duration(i) * time.Minute); s.Allow(known, now) {
			s, sent = s.Add(known, now), sent+1
		}
	}
	return s, sent
}

func TestTheWaitsBetweenCodes(t *testing.T) {
	begin := time.Date(2026, 9, 17, 8, 0, 0, 0, Zone)
	s, sent := sendAll(nil, false, begin, 24*60)
	if sent != SendsPerDay-SendsKept {
		t.Fatalf("strangers got %d codes sent in a day", sent)
	}
	for i, want := range []time.Duration{0, time.Minute, 3 * time.Minute, 8 * time.Minute, 68 * time.Minute, 128 * time.Minute} {
		if got := s[i].At.Sub(begin); got != want {
			t.Errorf("code %d went out after %s, want %s", i+1, got, want)
		}
	}
}

// However the asking is timed, no 24 hours have more than ten codes and no hour
// more than five.
func TestNoDayHasMoreCodesThanItMay(t *testing.T) {
	begin := time.Date(2026, 9, 17, 8, 0, 0, 0, Zone)
	var s Sendings
	var all []time.Time
	for i := range 3 * 24 * 60 {
		now := begin.Add(time.Duration(i) * time.Minute)
		for _, known := range []bool{false, true} {
			if s.Allow(known, now) {
				s, all = s.Add(known, now), append(all, now)
			}
		}
	}
	for i := range all {
		if i >= SendsPerDay && all[i].Sub(all[i-SendsPerDay]) < 24*time.Hour {
			t.Errorf("%d codes within %s", SendsPerDay+1, all[i].Sub(all[i-SendsPerDay]))
		}
		if i >= SendsPerHour && all[i].Sub(all[i-SendsPerHour]) < time.Hour {
			t.Errorf("%d codes within %s", SendsPerHour+1, all[i].Sub(all[i-SendsPerHour]))
		}
	}
	if len(all) < 3*SendsPerDay-5 {
		t.Errorf("only %d codes in three days", len(all))
	}
}

// What strangers asked for neither makes the phone's holder wait nor uses up
// their codes.
func TestStrangersLeaveTheHolderTheirCodes(t *testing.T) {
	begin := time.Date(2026, 9, 17, 8, 0, 0, 0, Zone)
	s, _ := sendAll(nil, false, begin, 12*60)
	if !s.Allow(true, begin.Add(12*time.Hour)) {
		t.Error("the holder has to wait for what strangers asked for")
	}
	if s[len(s)-1].At.After(begin.Add(12 * time.Hour)) {
		t.Fatal("the day is not used up yet")
	}
	if _, sent := sendAll(s, true, begin.Add(12*time.Hour), 11*60); sent != SendsKept {
		t.Errorf("the holder got %d codes", sent)
	}
}

func TestACodeThatWasNeverSentIsNeverRight(t *testing.T) {
	now := time.Date(2026, 9, 17, 8, 0, 0, 0, Zone)
	a := &Attempt{Begun: now, Fresh: now}
	if faults, _ := Faults(a.Try("482913", "482913", now)); len(faults) != 1 || faults[0].ID != "code.wrong" || a.Used {
		t.Errorf("an attempt without a text: %v", faults)
	}
	a.Sends = 1
	if err := a.Try("482913", "482913", now); err != nil || !a.Used {
		t.Errorf("an attempt with one: %v", err)
	}
}
