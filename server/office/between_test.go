package office_test

import (
	"context"
	"testing"

	"lianxin/server/board"
	"lianxin/store"
	"lianxin/store/kv"
)

// between is an engine on which something happens just before one of the next
// updates: another window, or the second of two clicks.
type between struct {
	kv.Engine
	updates int
	happens func()
}

// before lets it happen before the n-th update from now.
func (b *between) before(n int, happens func()) { b.updates, b.happens = n, happens }

func (b *between) Update(ctx context.Context, write func(kv.Tx) error) error {
	if b.updates--; b.updates == 0 {
		b.happens()
	}
	return b.Engine.Update(ctx, write)
}

func TestTwoClicksFileOnce(t *testing.T) {
	for n := 1; n <= 2; n++ {
		var engine between
		c := found(t, func(e kv.Engine) kv.Engine { engine.Engine = e; return &engine })
		aide := c.aide("aide", board.ID{}, dongguan)
		c.begun(aide, granny, lamp)
		token := form()
		var first, second board.Number
		engine.before(n, func() {
			var err error
			first, err = c.FileHelped(ctx, aide, token, witness)
			c.must(err)
		})
		second, err := c.FileHelped(ctx, aide, token, witness)
		if err != nil || first == "" || second != first {
			t.Errorf("before update %d: the first click files %q, the second %q, %v", n, first, second, err)
		}
		if filed := c.listOf(store.Newest()); len(filed) != 1 {
			t.Errorf("before update %d: %d cases were filed", n, len(filed))
		}
		c.clean()
	}
}

func TestWordsThatChangeInAnotherWindowAreNotFiled(t *testing.T) {
	for n := 1; n <= 2; n++ {
		var engine between
		c := found(t, func(e kv.Engine) kv.Engine { engine.Engine = e; return &engine })
		aide := c.aide("aide", board.ID{}, dongguan)
		c.begun(aide, granny, lamp)
		engine.before(n, func() {
			d := lamp
			d.Body = "村主任是个大坏蛋"
			c.must(c.SaveHelpDraft(ctx, aide, d))
		})
		_, err := c.FileHelped(ctx, aide, form(), witness)
		c.refused("words that nobody consented to", err, "assist.read")
		if filed := c.listOf(store.Newest()); len(filed) != 0 {
			t.Errorf("before update %d: it is filed: %q", n, filed[0].Body)
		}
	}
}
