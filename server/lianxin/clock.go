package main

import (
	"fmt"
	"time"

	"lianxin/server/board"
)

type clocks struct {
	Confirm clockConfirm `cmd:"" help:"Say that the machine's clock is right, after it was in doubt; what is due is done again from then on."`
}

// clockConfirm ends the doubt about the clock: somebody has looked at it.
type clockConfirm struct {
	folders `json:"-"`
}

func (c *clockConfirm) Run(t *terminal) error { return t.do(c.folders, "clock", c) }

func (c *clockConfirm) work(b *bench) error {
	if err := b.office.ConfirmClock(b); err != nil {
		return err
	}
	fmt.Fprintln(b.out, b.words.T("cmd.clock.confirmed", "Now", b.box.now().In(board.Zone).Format(time.DateTime)))
	return nil
}
