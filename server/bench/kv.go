// Package bench measures what an issue set a number for. Each measure holds what we built against the bare
// thing below it, interleaved in one run, so that the ratio says something on any machine.
package bench

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"text/tabwriter"
	"time"

	"lianxin/store/kv"
	"lianxin/store/kv/bolt"
)

const (
	kvGoal    = 0.8
	kvRounds  = 61 // short and many, so that a moment of noise falls on all alike
	kvWriters = 64
	// A deed writes about this: an event, its salt and payload, a snapshot, some index keys, a form token.
	kvPairs, kvBytes = 8, 256
)

// A contestant writes deeds numbered from first.
type contestant struct {
	name  string
	deed  func(number uint64) error
	close func() error
	rates []float64 // deeds a second, one a round
}

// KV measures durable deeds against bbolt itself, with a lone writer and with 64, and prints a table. Its
// files are in the folder for temporary files, which must be on a disk: TMPDIR says where.
func KV(w io.Writer) error {
	folder, err := os.MkdirTemp("", "lianxin-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	var fs syscall.Statfs_t
	if err := syscall.Statfs(folder, &fs); err == nil && fs.Type == tmpfs {
		return fmt.Errorf("bench: %s is in memory: set TMPDIR to a folder on a disk", filepath.Dir(folder))
	}

	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "durable deeds of %d × %d bytes\tdeeds/s\tours is\tgoal\t\n", kvPairs, kvBytes)
	for _, m := range []struct {
		name    string
		writers int
		deeds   int // of each writer in a round
		bare    []string
	}{
		{"1 writer", 1, 60, []string{"Update"}},
		{"64 writers", kvWriters, 4, []string{"Batch", "Batch, tuned to 64"}},
	} {
		if err := kvMeasure(table, folder, m.name, m.writers, m.deeds, m.bare); err != nil {
			return fmt.Errorf("bench: %s: %w", m.name, err)
		}
	}
	return table.Flush()
}

// kvMeasure lets ours and the bare ones take turns, each beginning as often as the others, and prints medians:
// the ratio is that of the rounds, since a machine that others use slows down from round to round. The first
// round warms up and does not count.
func kvMeasure(w io.Writer, folder, name string, writers, deeds int, bare []string) (err error) {
	all := make([]*contestant, 0, 1+len(bare))
	defer func() {
		for _, c := range all {
			if e := c.close(); err == nil {
				err = e
			}
		}
	}()
	for i, how := range append([]string{""}, bare...) {
		c, err := kvContestant(filepath.Join(folder, fmt.Sprintf("%d-%d.db", writers, i)), how)
		if err != nil {
			return err
		}
		all = append(all, c)
	}
	for round := range kvRounds + 1 {
		for i := range all {
			c := all[(i+round)%len(all)]
			rate, err := kvRound(c, round, writers, deeds)
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			if round > 0 {
				c.rates = append(c.rates, rate)
			}
		}
	}
	ours := all[0].rates
	fmt.Fprintf(w, "%s, our Update\t%.0f\t\t\t\n", name, median(ours))
	for _, c := range all[1:] {
		ratios := make([]float64, len(ours))
		for i := range ours {
			ratios[i] = ours[i] / c.rates[i]
		}
		ratio, verdict := median(ratios), "met"
		if ratio < kvGoal {
			verdict = "missed"
		}
		fmt.Fprintf(w, "%s, bare %s\t%.0f\t%.2f of it\t≥ %.1f %s\t\n", name, c.name, median(c.rates), ratio, kvGoal, verdict)
	}
	return nil
}

// kvContestant opens ours when how is empty, else bbolt used in that way.
func kvContestant(path, how string) (*contestant, error) {
	if how == "" {
		e, err := bolt.Open(path, bolt.Options{})
		if err != nil {
			return nil, err
		}
		return &contestant{name: "ours", close: e.Close, deed: func(number uint64) error {
			return e.Update(context.Background(), func(tx kv.Tx) error { return kvDeed(number, tx.Put) })
		}}, nil
	}
	return bareContestant(path, how, kvDeed)
}

// bareContestant is bbolt itself, used in one of its ways, writing deeds.
func bareContestant(path, how string, deed func(number uint64, put func(key, value []byte) error) error) (*contestant, error) {
	b, err := bolt.OpenBare(path)
	if err != nil {
		return nil, err
	}
	run := b.Batch
	switch how {
	case "Update":
		run = b.Update
	case "Batch, tuned to 64":
		b.Tune(kvWriters, 10*time.Millisecond)
	}
	return &contestant{name: how, close: b.Close, deed: func(number uint64) error {
		return run(func(put func(key, value []byte) error) error { return deed(number, put) })
	}}, nil
}

// kvDeed writes pairs that are spread over the key space as events, indexes and tokens are.
func kvDeed(number uint64, put func(key, value []byte) error) error {
	for i := range uint64(kvPairs) {
		key := binary.BigEndian.AppendUint64([]byte{byte(i)}, number*(1+i*0x9E3779B97F4A7C15))
		if err := put(key, make([]byte, kvBytes)); err != nil {
			return err
		}
	}
	return nil
}

// kvRound lets all writers write their deeds and returns deeds a second.
func kvRound(c *contestant, round, writers, deeds int) (float64, error) {
	errs := make([]error, writers)
	start := time.Now()
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() {
			for d := range deeds {
				number := uint64(round)<<40 | uint64(d)<<16 | uint64(i)
				if err := c.deed(number); err != nil {
					errs[i] = err
					return
				}
			}
		})
	}
	wg.Wait()
	rate := float64(writers*deeds) / time.Since(start).Seconds()
	for _, err := range errs {
		if err != nil {
			return 0, err
		}
	}
	return rate, nil
}

func median(of []float64) float64 {
	sorted := slices.Sorted(slices.Values(of))
	return sorted[len(sorted)/2]
}
