// Package twice is an engine for tests: it runs the closure of every Update twice, as an engine may, and so
// finds the ones that leave a trace outside their transaction – a captured slice that grows, a counter, a
// text sent.
package twice

import (
	"context"

	"lianxin/store/kv"
	"lianxin/store/kv/overlay"
)

// New wraps an engine. The first run of a closure is thrown away with all it wrote and returned, the second
// counts; both see the same state. A View is promised to run once (see kv.Engine), and gathering what it
// reads in a captured slice is how one uses it, so Views are left alone.
func New(e kv.Engine) kv.Engine { return engine{e} }

type engine struct{ kv.Engine }

func (e engine) Update(ctx context.Context, write func(kv.Tx) error) error {
	return e.Engine.Update(ctx, func(tx kv.Tx) error {
		rehearse(tx, write)
		return write(tx)
	})
}

func rehearse(tx kv.Tx, write func(kv.Tx) error) {
	first := overlay.New(tx)
	defer first.End()
	_ = write(first)
}
