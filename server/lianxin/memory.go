package main

import (
	"context"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// After a rush of slow or large requests Go keeps what they took for minutes:
// with nobody asking for anything it has no reason to collect. On a small
// machine that other programs share, it is given back soon. A collection takes
// some hundredths of a second beside the requests.
const (
	giveBackEach = 30 * time.Second
	spare        = 48 << 20 // bytes, below which it is not worth it
)

// giveBack gives the machine back what a rush took.
func giveBack(context.Context) {
	if held() > spare {
		runtime.GC() // what lies in pools outlives one collection
		debug.FreeOSMemory()
	}
}

// held is what the process has of the machine, in bytes.
func held() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64() - sample[1].Value.Uint64()
}
