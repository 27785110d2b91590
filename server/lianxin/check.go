package main

import (
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

type check struct {
	folders `json:"-"`
}

func (c *check) Run(t *terminal) error { return t.do(c.folders, "check", c) }

func (c *check) work(b *bench) error {
	bar := b.bar(-1, b.words.T("cmd.check.doing"))
	findings, err := b.office.Check(b, func(done int) { _ = bar.Set(done) })
	_ = bar.Clear()
	if err != nil {
		return err
	}
	for _, p := range findings.Problems {
		fmt.Fprintln(b.out, p)
	}
	if !findings.Clean() {
		return sentence(b.words.T("cmd.check.problems", "Count", len(findings.Problems)+findings.More))
	}
	b.box.store.Rise() // after a fall, the server may start again
	fmt.Fprintln(b.out, b.words.T("cmd.check.clean", "Streams", findings.Streams, "Events", findings.Events, "Entries", findings.Entries))
	return nil
}

// bar draws how far a long work has come, where somebody watches; of is its
// whole, -1 when nobody knows.
func (b *bench) bar(of int64, what string) *progressbar.ProgressBar {
	to := b.err
	if !b.live {
		to = io.Discard
	}
	return progressbar.NewOptions64(of,
		progressbar.OptionSetWriter(to), progressbar.OptionSetDescription(what), progressbar.OptionSetWidth(30),
		progressbar.OptionSetVisibility(b.live), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
}

type release struct{}

func (release) Run(t *terminal) error {
	_, err := fmt.Fprintln(t.out, "lianxin", version)
	return err
}
