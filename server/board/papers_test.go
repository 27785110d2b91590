package board

import (
	"strings"
	"testing"
	"time"
)

func TestASerialSaysWhatItIsAndNoticesEverySlipOfTheFinger(t *testing.T) {
	seen := map[Serial]bool{}
	for _, kind := range PaperKinds {
		for _, series := range []int{1, 7, 120, MostSeries} {
			for _, no := range []int{1, 12, MostPapers} {
				s := NewSerial(kind, series, no)
				if seen[s] || s.Kind() != kind || s.Series() != series || s.No() != no {
					t.Errorf("%s %d %d is %q: %s %d %d", kind, series, no, s, s.Kind(), s.Series(), s.No())
				}
				seen[s] = true
				wide := strings.Map(func(r rune) rune { return r - '0' + '０' }, string(s))
				for _, text := range []string{string(s), s.Grouped(), " " + string(s[:4]) + "-" + string(s[4:]) + "\n", wide} {
					if got, err := ParseSerial(text); err != nil || got != s {
						t.Errorf("ParseSerial(%q) = %q, %v", text, got, err)
					}
				}
				for i := range s {
					wrong := []byte(s)
					wrong[i] = '0' + (wrong[i]-'0'+3)%10
					refused(t, string(wrong), "serial.typo", func() error { _, err := ParseSerial(string(wrong)); return err })
				}
			}
		}
	}
	if got := NewSerial(Slip, 7, 12).Grouped(); !strings.HasPrefix(got, "1 0007 12") {
		t.Errorf("grouped as %q", got)
	}
	if err := NewSerial(BlankForm, 1, 1).For(Slip, BlankForm); err != nil {
		t.Error(err)
	}
	refused(t, "a card for a slip", "paper.kind", func() error { return NewSerial(CodeCard, 1, 1).For(Slip, BlankForm) })
	for text, id := range map[string]string{"": "serial.empty", " ": "serial.empty", "1234567": "serial.length", "abcdefgh": "serial.typo",
		"00000000": "serial.typo", "90007122": "serial.typo"} {
		refused(t, text, id, func() error { _, err := ParseSerial(text); return err })
	}
	for _, s := range []Serial{NewSerial(Slip, 0, 1), NewSerial(Slip, 1, 0), NewSerial(Slip, 1, 100), NewSerial(Slip, 10000, 1), NewSerial("", 1, 1)} {
		if s != "" {
			t.Errorf("%q names nothing that is printed", s)
		}
	}
}

// desk, teller and aide are whoever uses papers in these tests.
var (
	desk   = Actor{Staff: ID{1}, Roles: Roles{Dispatcher}}
	teller = Actor{Staff: ID{2}, Roles: Roles{Operator}}
	aide   = Actor{Staff: ID{3}, Roles: Roles{Helper}}
)

func series(t *testing.T, kind PaperKind, count int) *Series {
	t.Helper()
	e, err := Print(ID{9}, desk, kind, 7, count, noon)
	if err != nil {
		t.Fatal(err)
	}
	s := &Series{ID: ID{9}}
	s.Apply(e)
	return s
}

func (s *Series) must(t *testing.T, e Event, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	s.Apply(e)
}

func TestOnlyTheCountyDeskPrints(t *testing.T) {
	for _, by := range []Actor{aide, {Staff: ID{4}, Roles: Roles{Admin}}, {Staff: ID{4}, Roles: Roles{Handler}}, {Person: ID{4}, Roles: Roles{Resident}}} {
		refused(t, "print by "+by.Roles.String(), "deed.role", func() error { _, err := Print(ID{9}, by, Slip, 1, 10, noon); return err })
	}
	for _, n := range []int{-1, 0, 100} {
		refused(t, "count", "papers.count", func() error { _, err := Print(ID{9}, desk, Slip, 1, n, noon); return err })
	}
	refused(t, "kind", "papers.kind", func() error { _, err := Print(ID{9}, desk, "money", 1, 10, noon); return err })
	refused(t, "no number left", "papers.full", func() error { _, err := Print(ID{9}, desk, Slip, MostSeries+1, 10, noon); return err })
}

func TestAPaperIsUsedOnceByWhomItWasHandedTo(t *testing.T) {
	s := series(t, Slip, 10)
	if s.Free() != 10 || s.Serial(3) != NewSerial(Slip, 7, 3) {
		t.Errorf("%d free, the third is %q", s.Free(), s.Serial(3))
	}
	spend := func(by Actor, no int) error { _, err := s.Spend(by, no, ID{5}, noon); return err }
	refused(t, "a helper takes from the desk", "paper.not-yours", func() error { return spend(aide, 1) })
	refused(t, "a resident", "paper.not-yours", func() error { return spend(Actor{Person: ID{4}, Roles: Roles{Resident}}, 1) })
	refused(t, "no such paper", "paper.unknown", func() error { return spend(teller, 11) })
	refused(t, "paper 0", "paper.unknown", func() error { return spend(teller, 0) })
	refused(t, "who printed it", "paper.own-print", func() error { return spend(desk, 1) })

	e, err := s.HandOut(desk, 1, 5, &Staff{ID: aide.Staff, Roles: aide.Roles}, noon)
	s.must(t, e, err)
	refused(t, "the desk takes from a helper", "paper.not-yours", func() error { return spend(teller, 1) })
	refused(t, "another helper", "paper.not-yours", func() error { return spend(Actor{Staff: ID{8}, Roles: aide.Roles}, 1) })
	e, err = s.Spend(aide, 1, ID{5}, noon)
	s.must(t, e, err)
	refused(t, "twice", "paper.used", func() error { return spend(aide, 1) })
	e, err = s.Spend(teller, 6, ID{6}, noon)
	s.must(t, e, err)

	e, err = s.Revoke(desk, 2, 3, "弄丢了", noon)
	s.must(t, e, err)
	refused(t, "revoked", "paper.revoked", func() error { return spend(aide, 2) })
	e, err = s.HandOut(desk, 1, 10, nil, noon) // all that is left comes back
	s.must(t, e, err)
	refused(t, "given back", "paper.not-yours", func() error { return spend(aide, 4) })
	if p := s.Paper(1); p.To != aide.Staff || p.On != (ID{5}) {
		t.Errorf("a used paper has moved: %+v", p)
	}
	if s.Free() != 6 {
		t.Errorf("%d free, want 6", s.Free())
	}
}

func TestWhatCannotBeHandedOutOrRevoked(t *testing.T) {
	s := series(t, Slip, 10)
	helping := &Staff{ID: aide.Staff, Roles: aide.Roles}
	for name, c := range map[string]struct {
		id   string
		deed func() (Event, error)
	}{
		"handed out by a helper": {"deed.role", func() (Event, error) { return s.HandOut(aide, 1, 2, helping, noon) }},
		"revoked by a helper":    {"deed.role", func() (Event, error) { return s.Revoke(aide, 1, 2, "x", noon) }},
		"backwards":              {"papers.span", func() (Event, error) { return s.HandOut(desk, 3, 2, helping, noon) }},
		"too far":                {"papers.span", func() (Event, error) { return s.HandOut(desk, 1, 11, helping, noon) }},
		"from zero":              {"papers.span", func() (Event, error) { return s.Revoke(desk, 0, 1, "x", noon) }},
		"no reason":              {"papers.why", func() (Event, error) { return s.Revoke(desk, 1, 1, " ", noon) }},
		"to a handler":           {"papers.staff", func() (Event, error) { return s.HandOut(desk, 1, 2, &Staff{ID: ID{6}, Roles: Roles{Handler}}, noon) }},
		"to somebody who left": {"papers.staff", func() (Event, error) {
			return s.HandOut(desk, 1, 2, &Staff{ID: ID{6}, Roles: aide.Roles, Left: true}, noon)
		}},
		"to who printed them": {"paper.own-print", func() (Event, error) {
			return s.HandOut(teller, 1, 2, &Staff{ID: desk.Staff, Roles: Roles{Dispatcher, Operator}}, noon)
		}},
		"a card to a helper": {"papers.cards", func() (Event, error) { return series(t, CodeCard, 5).HandOut(desk, 1, 2, helping, noon) }},
	} {
		refused(t, name, c.id, func() error { _, err := c.deed(); return err })
	}
	e, err := s.Revoke(desk, 1, 10, "印坏了", noon)
	s.must(t, e, err)
	refused(t, "revoked twice", "papers.none", func() error { _, err := s.Revoke(desk, 1, 10, "x", noon); return err })
	refused(t, "revoked and handed out", "papers.none", func() error { _, err := s.HandOut(desk, 1, 10, helping, noon); return err })
}

// What has no secret inside may be used by whoever printed it.
func TestAConsentPaperMayBeUsedByWhoPrintedIt(t *testing.T) {
	s := series(t, ConsentPaper, 2)
	e, err := s.Spend(desk, 1, ID{5}, noon.Add(time.Hour))
	s.must(t, e, err)
	if p := s.Paper(1); !p.Since.Equal(noon.Add(time.Hour)) || p.Free() {
		t.Errorf("spent: %+v", p)
	}
}
