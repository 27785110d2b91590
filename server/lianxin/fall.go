package main

import (
	"fmt"
	"log/slog"
	"time"
)

// steady looks, before anybody is shown anything, at what was written last when
// whoever had the folder before fell: was killed, or lost its power. What is
// damaged is not served, but for a file that hangs on a message. Only a whole check
// that finds nothing, or another copy of the data, ends that.
func (b *box) steady(t *terminal, log *slog.Logger) error {
	if !b.store.Fell() {
		return nil
	}
	began := time.Now()
	found, err := b.store.CheckEnd(t)
	if err != nil {
		return err
	}
	for _, p := range found.Problems {
		log.Error("after an unclean end", "damaged", p)
	}
	for _, p := range found.Lost { // the county goes on without a photo
		log.Error("after an unclean end", "lost", p)
	}
	if len(found.Problems) > 0 {
		return sentence(t.words.T("cmd.fall.damaged", "Count", len(found.Problems)+found.More, "Folder", b.Data, "Flags", b.elsewhere()))
	}
	b.store.Rise()
	fmt.Fprintln(t.out, t.words.T("cmd.fall.sound", "Streams", found.Streams, "Events", found.Events, "Seconds", seconds(time.Since(began))))
	return nil
}
