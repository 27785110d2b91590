package store_test

import (
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// disowned files a case through a helper, publishes it, and has it disowned and
// found to be nobody's.
func (o opened) disowned(t *testing.T) (matter board.ID, n board.Number) {
	t.Helper()
	helper := board.Actor{Staff: id(t), Roles: board.Roles{board.Helper}, Channel: board.Assisted}
	desk := board.Actor{Staff: id(t), Roles: board.Roles{board.Dispatcher}, Channel: board.Web}
	person, matter := id(t), id(t)
	n, err := board.NewNumber(noon, random)
	if err != nil {
		t.Fatal(err)
	}
	rules := board.DefaultRules()
	g, err := board.NewGrant(id(t), helper, board.Grant{Means: board.ByWitness, Witness: "SECRET"}, rules, noon)
	if err != nil {
		t.Fatal(err)
	}
	ask := board.Date{At: noon.Add(48 * time.Hour)}
	d := board.Draft{Kind: board.Suggest, Title: "SECRET", Body: "SECRET", Township: "东关镇", Name: "SECRET", Public: "yes"}
	o.update(t, func(tx *store.Tx) error {
		filed, err := board.FileFor(matter, helper, person, n, d, g, ask, board.Pendency{}, rules, noon)
		if err != nil {
			return err
		}
		return tx.Append(board.Join(person, helper, board.Joined{Phone: "13700137000", Name: "SECRET", Unproved: true}, noon), filed)
	})
	for _, do := range []func(*board.Case) (board.Event, error){
		func(c *board.Case) (board.Event, error) {
			return c.Publish(desk, board.Notice{Title: "SECRET", Body: "SECRET"}, rules, noon)
		},
		func(c *board.Case) (board.Event, error) { return c.Disown(desk, "SECRET", ask, rules, noon) },
		func(c *board.Case) (board.Event, error) { return c.Void(desk, noon) },
	} {
		o.update(t, func(tx *store.Tx) error {
			c, err := tx.Case(matter)
			if err != nil {
				return err
			}
			e, err := do(c)
			if err != nil {
				return err
			}
			return tx.Append(e)
		})
	}
	return matter, n
}

func TestAStreamIsErasedAndStaysProvable(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		matter, n := o.disowned(t)
		other, _, kept := o.resident(t, "13800138000", "KEPT")
		s := board.Stream{Sort: board.Cases, ID: matter}
		before := o.headers(t, s)
		for range 2 { // erasing what is erased changes nothing
			o.update(t, func(tx *store.Tx) error { return tx.Erase(s) })
			o.clean(t)
		}
		if after := o.headers(t, s); len(after) != len(before) {
			t.Errorf("%d events of %d are left", len(after), len(before))
		} else {
			for i := range after {
				if after[i] != before[i] {
					t.Errorf("event %d is %+v, was %+v", i, after[i], before[i])
				}
			}
		}
		o.view(t, func(tx *store.Tx) error {
			events, err := tx.Events(s)
			for i, e := range events {
				if (e.Fact != nil) != (i == len(events)-1) {
					t.Errorf("%s holds %+v", e.Kind, e.Fact)
				}
			}
			c, err2 := tx.CaseByNumber(n)
			if err2 != nil || c == nil || c.Title+c.Body+c.Name+c.Township != "" || c.Standing != board.NotTheirs || c.Notice != nil || len(c.Grants) > 0 {
				t.Errorf("left is %+v, %v", c, err2)
			}
			if c, err := tx.CaseByNumber(kept); err != nil || c == nil || c.Body != "KEPT" || c.Person != other {
				t.Errorf("somebody else's is %+v, %v", c, err)
			}
			return err
		})
		if list := o.pages(t, store.Public(""), 10); len(list) != 0 {
			t.Errorf("and anybody may read %v", list)
		}
		o.update(t, func(tx *store.Tx) error { return tx.Erase(board.Stream{Sort: board.Cases, ID: id(t)}) }) // of nothing
		o.clean(t)
	})
}

// headers are the parts of a stream's events that stay for ever.
func (o opened) headers(t *testing.T, s board.Stream) (headers []board.Header) {
	t.Helper()
	o.view(t, func(tx *store.Tx) error {
		events, err := tx.Events(s)
		for _, e := range events {
			headers = append(headers, e.Header)
		}
		return err
	})
	return headers
}

// TestErasingTellsThePublicPages: what anybody could read has changed, and
// copies of it are out of date.
func TestErasingTellsThePublicPages(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		version := func() (n uint64) {
			o.view(t, func(tx *store.Tx) (err error) { n, err = tx.PublicVersion(); return err })
			return n
		}
		before := version()
		o.disowned(t)
		if version() < before+2 { // it was shown, and hidden
			t.Errorf("the public version went from %d to %d", before, version())
		}
	})
}

func TestAHelpingSessionAndItsDraft(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		session, aide := [32]byte{1}, id(t)
		h := store.Helping{ID: id(t), Name: "李桂芳", Township: "东关镇", Village: "东关村", Phone: "13700137000", Begun: noon}
		at := func(now time.Time) (got *store.Helping) {
			o.view(t, func(tx *store.Tx) (err error) { got, err = tx.Helping(session, now); return err })
			return got
		}
		draft := func(h store.Helping, by board.ID, now time.Time) (d *board.Draft) {
			o.view(t, func(tx *store.Tx) (err error) { d, err = tx.HelpDraft(by, &h, now); return err })
			return d
		}
		o.update(t, func(tx *store.Tx) error {
			if err := tx.PutHelping(session, h, noon); err != nil {
				return err
			}
			return tx.PutHelpDraft(aide, &h, board.Draft{Body: "路灯"}, noon)
		})
		if got := at(noon.Add(30*time.Minute - time.Millisecond)); got == nil || got.Name != h.Name {
			t.Errorf("within half an hour: %+v", got)
		}
		if got := at(noon.Add(30 * time.Minute)); got != nil {
			t.Errorf("after half an hour: %+v", got)
		}
		again := h
		again.ID, again.Begun = id(t), noon.Add(time.Hour) // the draft lies with the person, not the session
		if d := draft(again, aide, noon.Add(6*24*time.Hour)); d == nil || d.Body != "路灯" {
			t.Errorf("their draft is %+v", d)
		}
		for what, other := range map[string]func(*store.Helping){
			"another name": func(h *store.Helping) { h.Name = "王五" }, "another village": func(h *store.Helping) { h.Village = "西关村" },
			"another phone": func(h *store.Helping) { h.Phone = "" }, "somebody known": func(h *store.Helping) { h.Person = id(t) },
		} {
			h := h
			other(&h)
			if d := draft(h, aide, noon); d != nil {
				t.Errorf("%s finds %+v", what, d)
			}
		}
		if d := draft(h, id(t), noon); d != nil {
			t.Errorf("another helper finds %+v", d)
		}
		if d := draft(h, aide, noon.Add(7*24*time.Hour)); d != nil {
			t.Errorf("after a week it is %+v", d)
		}
		o.update(t, func(tx *store.Tx) error {
			if err := tx.EndHelping(session); err != nil {
				return err
			}
			return tx.DropHelpDraft(aide, &h)
		})
		if at(noon) != nil || draft(h, aide, noon) != nil {
			t.Error("ended, and still there")
		}
	})
}
