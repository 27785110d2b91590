package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/store"
	"lianxin/store/kv"
	"lianxin/store/kv/bolt"
	"lianxin/store/kv/twice"
	"lianxin/store/seal"
)

var (
	ctx    = context.Background()
	noon   = time.Date(2026, 9, 18, 12, 0, 0, 0, board.Zone)
	random = rand.NewChaCha8([32]byte{7})
)

// opened is a store with its engine, so that a test can reach behind it.
type opened struct {
	*store.Store
	engine kv.Engine
	keys   *seal.Keys
	file   string
}

func open(t *testing.T, wrap func(kv.Engine) kv.Engine) opened {
	t.Helper()
	keys, err := seal.Create(filepath.Join(t.TempDir(), "keys"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "lianxin.db")
	b, err := bolt.Open(file, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	engine := wrap(b)
	s, err := store.New(engine, keys)
	if err != nil {
		t.Fatal(err)
	}
	s.BlobsIn(filepath.Join(filepath.Dir(file), store.BlobFolder))
	t.Cleanup(func() {
		if err := s.Close(); err != nil && !errors.Is(err, kv.ErrClosed) {
			t.Error(err)
		}
	})
	return opened{s, engine, keys, file}
}

// each runs a test on the plain engine and on the one that runs every closure
// twice.
func each(t *testing.T, test func(*testing.T, opened)) {
	t.Run("bolt", func(t *testing.T) { test(t, open(t, func(e kv.Engine) kv.Engine { return e })) })
	t.Run("twice", func(t *testing.T) { test(t, open(t, twice.New)) })
}

func id(t *testing.T) board.ID {
	t.Helper()
	id, err := board.NewID(noon, random)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func (o opened) update(t *testing.T, deed func(*store.Tx) error) {
	t.Helper()
	if err := o.Update(ctx, deed); err != nil {
		t.Fatal(err)
	}
}

func (o opened) view(t *testing.T, read func(*store.Tx) error) {
	t.Helper()
	if err := o.View(ctx, read); err != nil {
		t.Fatal(err)
	}
}

// resident joins a person with a phone and files a case of theirs.
func (o opened) resident(t *testing.T, phone board.Phone, body string) (person, matter board.ID, n board.Number) {
	t.Helper()
	person, matter = id(t), id(t)
	n, err := board.NewNumber(noon, random)
	if err != nil {
		t.Fatal(err)
	}
	by := board.Actor{Person: person, Roles: board.Roles{board.Resident}, Channel: board.Web}
	o.update(t, func(tx *store.Tx) error {
		return tx.Append(
			board.Join(person, by, board.Joined{Phone: phone, Lang: "zh-Hans"}, noon),
			board.File(matter, by, person, n, board.Draft{Kind: board.Help, Body: body, Name: "李桂芳"}, board.Date{At: noon.Add(24 * time.Hour)}, board.DefaultRules(), noon),
		)
	})
	return person, matter, n
}

func (o opened) clean(t *testing.T) {
	t.Helper()
	f, err := o.Check(ctx, nil)
	if err != nil || !f.Clean() {
		t.Errorf("check finds %q %q, %v", f.Problems, f.Lost, err)
	}
	if f.Streams == 0 || f.Events == 0 || f.Entries == 0 {
		t.Errorf("check looked at nothing: %+v", f)
	}
}

func TestWhatIsKeptIsFound(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		person, matter, n := o.resident(t, "13800138000", "村口的路灯坏了")
		o.view(t, func(tx *store.Tx) error {
			c, err := tx.CaseByNumber(n)
			if err != nil || c == nil || c.ID != matter || c.Body != "村口的路灯坏了" || c.Person != person {
				t.Errorf("by number: %+v, %v", c, err)
			}
			persons, err := tx.PersonsByPhone("13800138000")
			if err != nil || len(persons) != 1 || persons[0].ID != person {
				t.Errorf("by phone: %v, %v", persons, err)
			}
			cases, _, err := tx.List(store.OfPerson(person), nil, 10)
			if err != nil || len(cases) != 1 {
				t.Errorf("of the person: %v, %v", cases, err)
			}
			waiting, next, err := tx.List(store.Desk(board.Dispatcher, board.ID{}), nil, 10)
			if err != nil || len(waiting) != 1 || next != nil {
				t.Errorf("at the desk: %v %v, %v", waiting, next, err)
			}
			events, err := tx.Events(c.Stream())
			if err != nil || len(events) != 1 || events[0].Fact.(board.Filed).Body != c.Body {
				t.Errorf("events: %v, %v", events, err)
			}
			if other, err := tx.CaseByNumber("0000000000"); other != nil || err != nil {
				t.Errorf("a number nobody has: %v, %v", other, err)
			}
			return nil
		})
		o.clean(t)
	})
}

func TestADeskIsReadPageByPageTheMostUrgentFirst(t *testing.T) {
	o := open(t, twice.New)
	person, _, _ := o.resident(t, "13800138000", "第一件")
	by := board.Actor{Person: person, Roles: board.Roles{board.Resident}}
	for i := range 24 {
		n, _ := board.NewNumber(noon, random)
		at := noon.Add(time.Duration((i*7)%24) * time.Hour)
		o.update(t, func(tx *store.Tx) error {
			return tx.Append(board.File(id(t), by, person, n, board.Draft{Kind: board.Ask, Body: "问"}, board.Date{At: at}, board.DefaultRules(), noon))
		})
	}
	seen, last := map[board.ID]bool{}, time.Time{}
	var from store.Cursor
	for pages := 0; ; pages++ {
		done := false
		o.view(t, func(tx *store.Tx) error {
			cases, next, err := tx.List(store.Desk(board.Dispatcher, board.ID{}), from, 10)
			for _, c := range cases {
				if seen[c.ID] || c.ScreenBy.At.Before(last) {
					t.Errorf("page %d: case due %s comes again or too late", pages, c.ScreenBy.At)
				}
				seen[c.ID], last = true, c.ScreenBy.At
			}
			from, done = next, next == nil
			return err
		})
		if done {
			break
		}
	}
	if len(seen) != 25 {
		t.Errorf("%d cases seen, want 25", len(seen))
	}
}

func TestNothingOfAPersonLiesInTheFileInPlain(t *testing.T) {
	o := open(t, func(e kv.Engine) kv.Engine { return e })
	person, _, _ := o.resident(t, "13912345678", "邻居家夜里很吵")
	o.update(t, func(tx *store.Tx) error {
		return errors.Join(
			tx.PutDraft(person, board.ID{}, board.Draft{Body: "还没写完的话"}, noon),
			tx.PutAttempt(&board.Attempt{ID: id(t), Phone: "13912345678", Begun: noon, Browser: "browser"}),
			tx.Post(store.Text{ID: id(t), To: "13912345678", Key: "sms.code", Args: map[string]string{"Code": "48 29 13"}}),
		)
	})
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(o.file)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"13912345678", "李桂芳", "邻居家夜里很吵", "还没写完的话", "48 29 13"} {
		if bytes.Contains(raw, []byte(secret)) {
			t.Errorf("%q lies in the file", secret)
		}
	}
}

func TestOtherKeysAndNewerDataAreRefused(t *testing.T) {
	o := open(t, func(e kv.Engine) kv.Engine { return e })
	other, err := seal.Create(filepath.Join(t.TempDir(), "other"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.New(o.engine, other); !errors.Is(err, seal.ErrWrongKey) {
		t.Errorf("with other keys: %v", err)
	}
	if err := o.engine.Update(ctx, func(tx kv.Tx) error { return tx.Put([]byte("mmin-reader"), []byte{0, 0, 0, 99}) }); err != nil {
		t.Fatal(err)
	}
	if _, err := o.again(); err == nil || !strings.Contains(err.Error(), "newer program") {
		t.Errorf("with newer data: %v", err)
	}
}

// again opens a second store over the same engine and keys.
func (o opened) again() (*store.Store, error) {
	return store.New(o.engine, o.keys)
}

func TestARecordEndsAndIsSwept(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		short, long := store.TokenHash("short"), store.TokenHash("long")
		o.update(t, func(tx *store.Tx) error {
			return errors.Join(
				tx.PutSession(short, store.Session{Begun: noon, Ends: noon.Add(time.Minute)}),
				tx.PutSession(long, store.Session{Begun: noon, Ends: noon.Add(time.Hour)}))
		})
		later := noon.Add(time.Minute)
		o.view(t, func(tx *store.Tx) error {
			s, err := tx.Session(short, later)
			if s != nil || err != nil {
				t.Errorf("an ended session is there: %v, %v", s, err)
			}
			if s, err := tx.Session(short, noon); s == nil || err != nil {
				t.Errorf("a session that runs is not there: %v", err)
			}
			return nil
		})
		if n, err := o.Sweep(ctx, later); n != 1 || err != nil {
			t.Errorf("swept %d, %v", n, err)
		}
		o.view(t, func(tx *store.Tx) error {
			if s, err := tx.Session(long, later); s == nil || err != nil {
				t.Errorf("the long session was swept: %v", err)
			}
			return nil
		})
	})
}

func TestALimitCountsWithinItsWindow(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		l := store.Limit{Name: "x", Max: 2, Window: time.Hour}
		for i, at := range []time.Duration{0, time.Minute, 2 * time.Minute, time.Hour} {
			want := i != 2
			var within bool
			o.update(t, func(tx *store.Tx) (err error) {
				within, err = tx.Add(l, "me", noon.Add(at))
				return err
			})
			if within != want {
				t.Errorf("count %d after %s: within = %v", i+1, at, within)
			}
		}
		o.view(t, func(tx *store.Tx) error {
			full, err := tx.Full(l, "you", noon)
			if full || err != nil {
				t.Errorf("another one's limit: %v, %v", full, err)
			}
			return nil
		})
	})
}

func TestOneWorkerHoldsALeaseAtATime(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		a, b := id(t), id(t)
		take := func(holder board.ID, at time.Duration) (l *store.Lease) {
			o.update(t, func(tx *store.Tx) (err error) {
				l, err = tx.Lease("work", holder, noon.Add(at), time.Minute)
				return err
			})
			return l
		}
		first := take(a, 0)
		if first == nil || take(b, time.Second) != nil {
			t.Fatal("two hold it")
		}
		if renewed := take(a, 30*time.Second); renewed == nil || renewed.Fence != first.Fence {
			t.Errorf("renewed: %+v", renewed)
		}
		second := take(b, 2*time.Minute)
		if second == nil || second.Fence <= first.Fence {
			t.Fatalf("taken over: %+v", second)
		}
		o.view(t, func(tx *store.Tx) error {
			if held, err := tx.Holds("work", first); held || err != nil {
				t.Errorf("the first still holds it: %v", err)
			}
			return nil
		})
	})
}

func TestARefusedDeedLeavesNothing(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		refusal := fmt.Errorf("no")
		person := id(t)
		err := o.Update(ctx, func(tx *store.Tx) error {
			by := board.Actor{Person: person}
			if err := tx.Append(board.Join(person, by, board.Joined{Phone: "13800138000"}, noon)); err != nil {
				return err
			}
			return refusal
		})
		if !errors.Is(err, refusal) {
			t.Fatal(err)
		}
		o.view(t, func(tx *store.Tx) error {
			p, err := tx.PersonsByPhone("13800138000")
			if len(p) != 0 || err != nil {
				t.Errorf("%v, %v", p, err)
			}
			return nil
		})
	})
}

func TestAPersonWithoutAKeyIsErasedAndTheChainStands(t *testing.T) {
	o := open(t, func(e kv.Engine) kv.Engine { return e })
	person, matter, _ := o.resident(t, "13800138000", "路灯坏了")
	if err := o.engine.Update(ctx, func(tx kv.Tx) error { return tx.Delete(append([]byte("k"), person[:]...)) }); err != nil {
		t.Fatal(err)
	}
	o.view(t, func(tx *store.Tx) error {
		events, err := tx.Events(board.Stream{Sort: board.Cases, ID: matter})
		if err != nil || len(events) != 1 || events[0].Fact != nil || events[0].Kind != "filed" {
			t.Errorf("events %+v, %v", events, err)
		}
		return nil
	})
}
