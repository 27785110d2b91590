package demo

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/server/workday"
	"lianxin/store"
	"lianxin/store/kv"
	"lianxin/store/kv/bolt"
	"lianxin/store/kv/twice"
	"lianxin/store/seal"
)

var now = time.Date(2026, 9, 18, 10, 0, 0, 0, board.Zone)

// common is the county of the tests that only look at it: making it takes longer
// than most of them.
var common struct {
	sync.Once
	dir    string
	store  *store.Store
	office *office.Office
	err    error
}

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "lianxin-demo-")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		common.dir = dir
		code := m.Run()
		if common.store != nil {
			if err := common.store.Close(); err != nil {
				panic(err)
			}
		}
		return code
	}())
}

// looked is the county that is not to be changed.
func looked(t *testing.T) (*store.Store, *office.Office) {
	t.Helper()
	common.Do(func() {
		common.store, common.office, common.err = build(context.Background(), common.dir, plain, Parts{Now: now})
	})
	if common.err != nil {
		t.Fatal(common.err)
	}
	return common.store, common.office
}

// made is a county of a test's own, and an office to look at it with.
func made(t *testing.T, wrap func(kv.Engine) kv.Engine, p Parts) (*store.Store, *office.Office) {
	t.Helper()
	s, o, err := build(t.Context(), t.TempDir(), wrap, p)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, o
}

func build(ctx context.Context, dir string, wrap func(kv.Engine) kv.Engine, p Parts) (*store.Store, *office.Office, error) {
	engine, err := bolt.Open(filepath.Join(dir, "county.db"), bolt.Options{})
	if err != nil {
		return nil, nil, err
	}
	keys, err := seal.Create(filepath.Join(dir, "keys"))
	if err != nil {
		return nil, nil, errors.Join(err, engine.Close())
	}
	s, err := store.New(wrap(engine), keys)
	if err != nil {
		return nil, nil, errors.Join(err, engine.Close())
	}
	s.BlobsIn(filepath.Join(dir, store.BlobFolder))
	p.Store, p.Random, p.Log = s, rand.Reader, slog.New(slog.DiscardHandler)
	if p.Calendar, err = workday.Statutory(); err == nil {
		err = Make(ctx, p)
	}
	if err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	o, err := office.New(office.Parts{Store: s, Calendar: p.Calendar, Random: rand.Reader, Log: p.Log, Now: func() time.Time { return p.Now }})
	return s, o, err
}

func plain(e kv.Engine) kv.Engine { return e }

// stands is where a case stands, as the stories mean it.
func stands(c *board.Case) string {
	switch {
	case c.Stage == board.InHand && c.Reopened > 0:
		return "re-opened"
	case c.Stage == board.InHand && c.Reply != board.NoReply:
		return string(c.Reply)
	case c.Stage == board.Closed && c.Rating == nil:
		return "closed and nobody said anything"
	case c.Stage == board.Closed:
		return "closed " + string(c.Rating.Outcome)
	}
	return string(c.Stage)
}

// cases are all cases, as their residents see them.
func cases(t *testing.T, s *store.Store) []*board.Case {
	t.Helper()
	var all []*board.Case
	err := s.View(t.Context(), func(tx *store.Tx) error {
		for _, r := range Residents {
			persons, err := tx.PersonsByPhone(r.Phone)
			if err != nil {
				return err
			}
			if len(persons) == 0 || persons[0].Name != r.Name {
				return fmt.Errorf("%s is not there", r.Name)
			}
			theirs, _, err := tx.List(store.OfPerson(persons[0].ID), nil, 10)
			if err != nil {
				return err
			}
			all = append(all, theirs...)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestCounty(t *testing.T) {
	for name, wrap := range map[string]func(kv.Engine) kv.Engine{"bolt": plain, "twice": twice.New} {
		t.Run(name, func(t *testing.T) {
			s, o := made(t, wrap, Parts{Now: now})
			states := map[string]int{}
			for _, c := range cases(t, s) {
				states[stands(c)]++
				if !c.Changed.Last.Before(now) {
					t.Errorf("%s: something happens at %s, after the day that the county is made", c.Title, c.Changed.Last)
				}
			}
			for _, want := range []string{"received", "assigned", "in-hand", "waiting", "returned", "answered", "closed solved", "closed partly", "closed and nobody said anything", "re-opened", "declined", "withdrawn", "merged"} {
				if states[want] == 0 {
					t.Errorf("no case is %s; there are %v", want, states)
				}
			}
			findings, err := o.Check(t.Context(), nil)
			if err != nil || !findings.Clean() {
				t.Errorf("check: %v %v", err, findings.Problems)
			}
		})
	}
}

// Whoever enters with a click has something to do there.
func TestEntrances(t *testing.T) {
	s, o := looked(t)
	var roles board.Roles
	for _, e := range Entrances(s, o, rand.Reader) {
		roles = append(roles, e.Role)
		token, err := e.Enter(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		who, err := o.Who(t.Context(), token)
		if err != nil || who.Name != e.Name || !who.Roles.Has(e.Role) {
			t.Fatalf("entered as %s %s: %v, %v", e.Role, e.Name, who, err)
		}
		if n := waiting(t, o, who, e.Role); n == 0 && e.Role != board.Operator && e.Role != board.Admin {
			t.Errorf("%s %s has nothing to do", e.Role, e.Name)
		}
	}
	want := board.Roles{board.Resident}
	for _, r := range board.StaffRoles {
		if slices.ContainsFunc(Staff, func(m Member) bool { return m.Role == r }) {
			want = append(want, r)
		}
	}
	if roles.String() != want.String() {
		t.Errorf("one can enter as %s, want %s", roles, want)
	}
}

// waiting is how many cases somebody finds.
func waiting(t *testing.T, o *office.Office, who office.Who, role board.Role) int {
	t.Helper()
	if role == board.Resident {
		cases, err := o.Cases(t.Context(), who)
		if err != nil {
			t.Fatal(err)
		}
		return len(cases)
	}
	if role == board.Helper {
		people, err := o.Tasks(t.Context(), who)
		if err != nil {
			t.Fatal(err)
		}
		return len(people)
	}
	if len(who.Shelves()) == 0 {
		return 0
	}
	desk, err := o.Desk(t.Context(), who, who.Shelves()[0], "", 10)
	if err != nil {
		t.Fatal(err)
	}
	return len(desk.Cases)
}

// What anybody may read names nobody and no house.
func TestPublicCases(t *testing.T) {
	s, o := looked(t)
	list, err := o.Public(t.Context(), "", "", "", 20)
	if err != nil || len(list.Cases) < 3 {
		t.Fatalf("anybody may read %d cases, %v", len(list.Cases), err)
	}
	private := 0
	for _, c := range cases(t, s) {
		if c.Private {
			private++
		}
		if c.Notice == nil {
			continue
		}
		for _, r := range Residents {
			if strings.Contains(c.Notice.Title+c.Notice.Body, r.Name) || c.Village != "" && strings.Contains(c.Notice.Title+c.Notice.Body, c.Village) {
				t.Errorf("the notice of %q says who or where: %v", c.Title, c.Notice)
			}
		}
	}
	if private == 0 {
		t.Error("no case is private")
	}
}

// The texts of the last weeks wait to leave by whatever channel the county is
// served with; the codes of the first logins do not.
func TestTextsWait(t *testing.T) {
	_, o := looked(t)
	said := map[string]int{}
	keys := func(t store.Text) string { return t.Key }
	send := sender(func(text string) { said[text]++ })
	if _, err := o.Post(t.Context(), keys, send); err != nil {
		t.Fatal(err)
	}
	if said["sms.filed"] < 8 || said["sms.answered"] == 0 || said["sms.code"] != 0 {
		t.Errorf("texts that wait: %v", said)
	}
}

// A county can be made on any day: after a long holiday, at midnight, in a
// year whose calendar nobody has published.
func TestAnyDay(t *testing.T) {
	for _, day := range []time.Time{
		time.Date(2026, 10, 8, 0, 0, 1, 0, board.Zone),
		time.Date(2026, 2, 21, 12, 0, 0, 0, board.Zone),
		time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC),
	} {
		s, _ := made(t, plain, Parts{Now: day})
		for _, c := range cases(t, s) {
			if !c.Changed.Last.Before(day) {
				t.Errorf("made on %s: something happens at %s", day, c.Changed.Last)
			}
		}
	}
}

type sender func(text string)

func (s sender) Send(_ context.Context, _, _, text string, _ time.Time) error {
	s(text)
	return nil
}
