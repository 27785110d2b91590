package overlay

import (
	"context"

	"lianxin/store/kv"
)

// Within is an engine inside one transaction of another: its updates are kept when that transaction is, all
// of them or none, and one that fails leaves nothing. It is for one goroutine, while that transaction lasts.
func Within(tx kv.Tx) kv.Engine { return within{tx} }

type within struct{ base kv.Tx }

func (w within) View(ctx context.Context, read func(kv.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	tx := New(w.base) // what a view writes by mistake is dropped
	defer tx.End()
	return read(tx)
}

func (w within) Update(ctx context.Context, write func(kv.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	tx := New(w.base)
	defer tx.End()
	if err := write(tx); err != nil {
		return err
	}
	return tx.Flush(w.base)
}

func (within) Close() error { return nil }
