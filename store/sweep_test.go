package store_test

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/store"
	"lianxin/store/kv"
)

// families lists the records that there are, by their family.
func (o opened) families(t *testing.T) []string {
	t.Helper()
	have := map[string]bool{}
	if err := o.engine.View(ctx, func(tx kv.Tx) error {
		for pair, err := range tx.Scan([]byte("r"), []byte("s")) {
			if err != nil {
				return err
			}
			name, _, _ := bytes.Cut(pair.Key[1:], []byte{0})
			have[string(name)] = true
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Keys(have))
}

// TestNoRecordStaysLongerThanItMay: what holds a phone or words and is no event,
// each with its time (trust.md T12).
func TestNoRecordStaysLongerThanItMay(t *testing.T) {
	each(t, func(t *testing.T, o opened) {
		person, _, _ := o.resident(t, "13800138000", "路灯坏了")
		o.update(t, func(tx *store.Tx) error {
			_, heard := tx.Heard("1.json", noon)
			_, counted := tx.Add(store.Limit{Name: "sends", Max: 2, Window: time.Hour}, "13800138000", noon)
			attempt := &board.Attempt{ID: id(t), Phone: "13800138000", Browser: "b", Begun: noon}
			return errors.Join(heard, counted, tx.PutAttempt(attempt),
				tx.PutTextCode(attempt, "482913", noon.Add(board.CodeLasts)),
				tx.PutSendings("13800138000", board.Sendings{}.Add(false, noon)),
				tx.PutProof(&board.Proof{Attempt: board.Attempt{ID: id(t), Phone: "13900139000", Begun: noon}, By: person}),
				tx.PutSession(store.TokenHash("s"), store.Session{Person: person, Begun: noon, Ends: noon.Add(30 * 24 * time.Hour)}),
				tx.PutDraft(person, board.ID{}, board.Draft{Body: "写了一半"}, noon),
				tx.PutHelping([32]byte{1}, store.Helping{ID: id(t), Name: "李桂芳", Begun: noon}, noon),
				tx.PutDone(store.Once{1}, store.Done{}, noon),
				tx.Post(store.Text{ID: id(t), To: "13800138000", Key: "sms.news", Time: noon}))
		})
		last := o.families(t)
		for _, c := range []struct {
			after time.Duration
			gone  []string
		}{
			{0, nil},
			{24 * time.Hour, []string{"attempt", "attempt-of", "count", "helping", "proof", "sendings", "text-code"}},
			{7 * 24 * time.Hour, []string{"draft"}},
			{14 * 24 * time.Hour, []string{"once"}},
			{30 * 24 * time.Hour, []string{"inbox", "session"}},
			{183 * 24 * time.Hour, []string{"outbox"}},
		} {
			if _, err := o.Sweep(ctx, noon.Add(c.after)); err != nil {
				t.Fatal(err)
			}
			now := o.families(t)
			gone := slices.DeleteFunc(slices.Clone(last), func(name string) bool { return slices.Contains(now, name) })
			if !slices.Equal(gone, c.gone) {
				t.Errorf("after %s: %q are gone, want %q; there are %q", c.after, gone, c.gone, now)
			}
			last = now
		}
		if len(last) > 0 {
			t.Errorf("left are %q", last)
		}
	})
}
