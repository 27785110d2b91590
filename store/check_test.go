package store_test

import (
	"fmt"
	"testing"

	"lianxin/server/board"
	"lianxin/store"
	"lianxin/store/kv"
	"lianxin/store/kv/kvtest"
)

// A check reads every pair a few times, and no snapshot again for each index
// entry that leads to it.
func TestCheckReadsNothingOverAndOver(t *testing.T) {
	reads := &kvtest.Reads{}
	o := open(t, func(e kv.Engine) kv.Engine { reads.Engine = e; return reads })
	for i := range 20 {
		o.resident(t, board.Phone(fmt.Sprintf("1380000%04d", i)), "路灯坏了")
	}
	pairs := reads.Of(func() {
		must(t, reads.View(ctx, func(tx kv.Tx) error {
			for range tx.Scan(nil, nil) {
			}
			return nil
		}))
	})
	took := reads.Of(func() { o.clean(t) })
	if took > 5*pairs {
		t.Errorf("a check of %d pairs read %d", pairs, took)
	}
}

// What is written while a check goes on is no damage, wherever it comes.
func TestCheckWhileOthersWrite(t *testing.T) {
	o := open(t, func(e kv.Engine) kv.Engine { return e })
	var cases []board.ID
	for i := range 100 {
		_, c, _ := o.resident(t, board.Phone(fmt.Sprintf("1380000%04d", i)), "路灯坏了")
		cases = append(cases, c)
	}
	desk := board.Actor{Staff: id(t), Roles: board.Roles{board.Dispatcher}, Channel: board.Web}
	turn, done := make(chan struct{}), make(chan struct{})
	written := 0
	go func() {
		for range turn {
			err := o.Update(ctx, func(tx *store.Tx) error {
				c, err := tx.Case(cases[written])
				if err != nil {
					return err
				}
				e, err := c.Decline(desk, "not-county", "请打别的电话。", board.Date{At: noon}, board.DefaultRules(), noon)
				if err != nil {
					return err
				}
				return tx.Append(e)
			})
			if err != nil {
				t.Error(err)
			}
			written++
			done <- struct{}{}
		}
	}()
	found, err := o.Check(ctx, func(int) {
		turn <- struct{}{}
		<-done
	})
	close(turn)
	if err != nil || !found.Clean() || written == 0 {
		t.Errorf("%d cases changed during the check: %q, %v", written, found.Problems, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
