package main

import (
	"fmt"
	"sync"
	"testing"
)

// Killed in the middle of 200 filings, the board has every case for which a
// receipt was given, and a form that was cut off makes one case when it is
// sent again, whether it had been kept or not.
func TestKilledWhileFiling(t *testing.T) {
	const residents, each = 8, 25
	c := place(t)
	r := start(t, c, "serve")
	c.named(t)
	filers := make([]*filer, residents)
	for i := range filers {
		filers[i] = &filer{browser: r.browser(), who: i}
		filers[i].logIn(c, fmt.Sprintf("140%04d0001", i))
	}
	acknowledged := make(chan struct{}, residents*each)
	var done sync.WaitGroup
	for _, f := range filers {
		done.Go(func() { f.fileAll(each, acknowledged) })
	}
	for range residents * each / 2 {
		<-acknowledged
	}
	r.kill()
	done.Wait()

	r = start(t, c, "serve")
	total := 0
	for _, f := range filers {
		total += len(f.numbers)
		f.holds(r)
	}
	if total == residents*each {
		t.Error("all filings were acknowledged: the kill came too late to prove anything")
	}
	r.stop()
	well(t, c.with("check")...)
}
