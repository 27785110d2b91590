package main

import (
	"fmt"

	"lianxin/server/board"
	"lianxin/server/office"
)

// pin prints what a person without a phone needs to follow their case and to
// say whether it is solved.
type pin struct {
	folders `json:"-"`
	Number  string `arg:"" help:"The case's number, with or without blanks."`
}

func (p *pin) Run(t *terminal) error { return t.do(p.folders, "pin", p) }

func (p *pin) work(b *bench) error {
	n, err := board.ParseNumber(p.Number)
	if err != nil {
		return err
	}
	r, err := b.office.Letter(b, office.Box, n)
	if err != nil {
		return err
	}
	fmt.Fprintln(b.out, b.words.T("cmd.pin.letter", "Number", r.Number.Grouped(), "PIN", r.PIN[:3]+" "+r.PIN[3:]))
	return nil
}
