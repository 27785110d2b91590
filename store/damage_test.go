package store_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/store"
	"lianxin/store/kv"
)

// TestCheckSeesEveryKindOfDamage reaches behind the store and spoils one thing
// at a time.
func TestCheckSeesEveryKindOfDamage(t *testing.T) {
	first := func(tx kv.Tx, prefix string) kv.Pair {
		for pair, err := range tx.Scan([]byte(prefix), nil) {
			if err != nil {
				t.Fatal(err)
			}
			return pair
		}
		return kv.Pair{}
	}
	last := func(tx kv.Tx, prefix string) (found kv.Pair) {
		for pair, err := range tx.Scan([]byte(prefix), []byte(prefix+"\xff")) {
			if err != nil {
				t.Fatal(err)
			}
			found = pair
		}
		return found
	}
	for name, row := range map[string]struct {
		spoil func(kv.Tx) error
		finds string
	}{
		"a header changed": {func(tx kv.Tx) error {
			p := first(tx, "ec")
			return tx.Put(p.Key, bytes.Replace(p.Value, []byte(`"web"`), []byte(`"sms"`), 1))
		}, "event 2 does not follow from the one before it"},
		"the last header changed": {func(tx kv.Tx) error {
			p := last(tx, "ec")
			return tx.Put(p.Key, bytes.Replace(p.Value, []byte("2026-"), []byte("2025-"), 1))
		}, "the chain is not the one it was made from"},
		"an event in the middle gone": {func(tx kv.Tx) error { return tx.Delete(first(tx, "ec").Key) }, "event 2 follows event 0"},
		"a fact changed": {func(tx kv.Tx) error {
			p := first(tx, "fc")
			p.Value[len(p.Value)-1] ^= 1
			return tx.Put(p.Key, p.Value)
		}, "the sealed bytes do not open"},
		"a fact gone that changed nothing": {func(tx kv.Tx) error {
			return tx.Delete(append([]byte("f"), last(tx, "ec").Key[1:]...))
		}, "fact 2 of c-"},
		"a snapshot changed": {func(tx kv.Tx) error {
			p := first(tx, "sc")
			p.Value[len(p.Value)-1] ^= 1
			return tx.Put(p.Key, p.Value)
		}, "the sealed bytes do not open"},
		"a snapshot gone": {func(tx kv.Tx) error { return tx.Delete(first(tx, "sc").Key) }, "there are events and no snapshot"},
		"the last event cut off": {func(tx kv.Tx) error {
			return tx.Delete(last(tx, "ec").Key)
		}, "the snapshot stands at event 2, the events end at 1"},
		"an index entry gone":  {func(tx kv.Tx) error { return tx.Delete(first(tx, "inumber").Key) }, "is missing"},
		"an index entry added": {func(tx kv.Tx) error { return tx.Put(append([]byte("inumber\x000\x00"), make([]byte, 16)...), nil) }, "leads to nothing that makes it"},
		"a session changed":    {func(tx kv.Tx) error { return bend(tx, first(tx, "rsession")) }, "record \"rsession"},
		"a text changed":       {func(tx kv.Tx) error { return bend(tx, first(tx, "routbox")) }, "record \"routbox"},
		"a draft changed":      {func(tx kv.Tx) error { return bend(tx, first(tx, "rdraft")) }, "record \"rdraft"},
		"a record cut off": {func(tx kv.Tx) error {
			return tx.Put(first(tx, "rsession").Key, []byte{1})
		}, "record is damaged"},
		"an index entry twice": {func(tx kv.Tx) error {
			p := first(tx, "inumber")
			p.Key[len("inumber\x00")] ^= 1
			return tx.Put(p.Key, nil)
		}, "leads to nothing that makes it"},
		"a person's key gone": {func(tx kv.Tx) error { return tx.Delete(first(tx, "k").Key) }, "sealed with a key that is gone"},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t, func(e kv.Engine) kv.Engine { return e })
			person, matter, _ := o.resident(t, "13800138000", "路灯坏了")
			o.update(t, func(tx *store.Tx) error {
				c, err := tx.Case(matter)
				if err != nil {
					return err
				}
				e, err := c.Reveal(board.Actor{Staff: board.ID{9}, Roles: board.Roles{board.Leader}}, "想打电话", board.DefaultRules(), noon)
				return errors.Join(err, tx.Append(e),
					tx.PutSession(store.TokenHash("a"), store.Session{Person: person, Ends: noon.Add(time.Hour)}),
					tx.Post(store.Text{ID: id(t), To: "13800138000"}),
					tx.PutDraft(person, board.ID{}, board.Draft{Body: "水管"}, noon))
			})
			o.clean(t)
			if err := o.engine.Update(ctx, row.spoil); err != nil {
				t.Fatal(err)
			}
			f, err := o.Check(ctx, nil)
			if err != nil || !strings.Contains(strings.Join(f.Problems, "\n"), row.finds) {
				t.Errorf("check finds %q, %v, and should find %q", f.Problems, err, row.finds)
			}
		})
	}
}

// bend changes the last byte of a value.
func bend(tx kv.Tx, p kv.Pair) error {
	p.Value[len(p.Value)-1] ^= 1
	return tx.Put(p.Key, p.Value)
}

// A history is shown as it was recorded or not at all: headers are not sealed, so
// the file alone would let a date or a name be changed in them.
func TestAHistoryThatWasChangedIsNotShown(t *testing.T) {
	for _, spoil := range []func(kv.Tx, kv.Pair) error{
		func(tx kv.Tx, p kv.Pair) error {
			return tx.Put(p.Key, bytes.Replace(p.Value, []byte("2026-"), []byte("2025-"), 1))
		},
		func(tx kv.Tx, p kv.Pair) error { return tx.Delete(p.Key) },
		func(tx kv.Tx, p kv.Pair) error { return tx.Delete(append([]byte("f"), p.Key[1:]...)) },
	} {
		for seq := byte(1); seq <= 2; seq++ {
			o := open(t, func(e kv.Engine) kv.Engine { return e })
			person, matter, _ := o.resident(t, "13800138000", "路灯坏了")
			by := board.Actor{Person: person, Roles: board.Roles{board.Resident}, Channel: board.Web}
			stream := board.Stream{Sort: board.Cases, ID: matter}
			o.update(t, func(tx *store.Tx) error {
				c, err := tx.Case(matter)
				if err != nil {
					return err
				}
				e, err := c.Add(by, "还是黑的", board.DefaultRules(), noon)
				return errors.Join(err, tx.Append(e))
			})
			o.view(t, func(tx *store.Tx) error { _, err := tx.Events(stream); return err })
			key := append(append([]byte("ec"), matter[:]...), 0, 0, 0, seq)
			if err := o.engine.Update(ctx, func(tx kv.Tx) error {
				value, err := tx.Get(key)
				return errors.Join(err, spoil(tx, kv.Pair{Key: key, Value: value}))
			}); err != nil {
				t.Fatal(err)
			}
			o.view(t, func(tx *store.Tx) error {
				if events, err := tx.Events(stream); err == nil {
					t.Errorf("event %d was changed, and there are %d events to show", seq, len(events))
				}
				return nil
			})
		}
	}
}

// A record that nobody can open any more holds nothing else up.
func TestADamagedRecordIsGone(t *testing.T) {
	o := open(t, func(e kv.Engine) kv.Engine { return e })
	o.update(t, func(tx *store.Tx) error {
		return errors.Join(
			tx.PutSession(store.TokenHash("a"), store.Session{Staff: board.ID{1}, Ends: noon.Add(time.Hour)}),
			tx.Post(store.Text{ID: board.ID{1}, To: "13800138000", Time: noon}), tx.Post(store.Text{ID: board.ID{2}, To: "13900139000", Time: noon}))
	})
	err := o.engine.Update(ctx, func(tx kv.Tx) error {
		for _, prefix := range []string{"rsession", "routbox"} {
			for pair, err := range tx.Scan([]byte(prefix), nil) {
				if err := errors.Join(err, bend(tx, pair)); err != nil {
					return err
				}
				break
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	o.view(t, func(tx *store.Tx) error {
		s, err := tx.Session(store.TokenHash("a"), noon)
		texts, err2 := tx.Outbox(10, noon)
		staff, err3 := tx.StaffSessions(noon)
		if s != nil || len(staff) != 0 || len(texts) != 1 || texts[0].To != "13900139000" {
			t.Errorf("session %+v, texts %+v, sessions %+v", s, texts, staff)
		}
		return errors.Join(err, err2, err3)
	})
}
