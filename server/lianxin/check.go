package main

import (
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/schollz/progressbar/v3"

	"lianxin/store"
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
	for _, p := range append(findings.Problems, findings.Lost...) {
		fmt.Fprintln(b.out, p)
	}
	for _, s := range findings.Strangers {
		fmt.Fprintln(b.out, b.words.T("cmd.check.stranger", "File", filepath.Join(store.BlobFolder, s)))
	}
	if findings.Orphans > 0 {
		fmt.Fprintln(b.out, b.words.T("cmd.check.orphans", "Count", findings.Orphans))
	}
	if len(findings.Problems) == 0 {
		b.box.store.Rise() // after a fall, the server may start again
	}
	if !findings.Clean() {
		return sentence(b.words.T("cmd.check.problems", "Count", len(findings.Problems)+len(findings.Lost)+findings.More))
	}
	fmt.Fprintln(b.out, b.words.T("cmd.check.clean", "Streams", findings.Streams, "Events", findings.Events, "Entries", findings.Entries, "Files", findings.Files))
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
