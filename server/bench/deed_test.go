package bench

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/server/workday"
	"lianxin/store"
	"lianxin/store/kv"
	"lianxin/store/kv/bolt"
	"lianxin/store/seal"
)

// Deeds measures whole filings (rules, sealing, chain, indexes, form token, outbox) against bare bbolt putting
// as many pairs of the same sizes, with a lone writer and with 64, and prints a table.
func Deeds(w io.Writer) error {
	folder, err := os.MkdirTemp("", "lianxin-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "durable filings\tfilings/s\tours is\tgoal\t\n")
	for _, m := range []struct {
		writers, deeds int
		bare           string
	}{{1, 200, "Update"}, {kvWriters, 12, "Batch"}} {
		if err := measureDeeds(table, filepath.Join(folder, m.bare), m.writers, m.deeds, m.bare); err != nil {
			return fmt.Errorf("bench: filing with %d writers: %w", m.writers, err)
		}
	}
	return table.Flush()
}

func measureDeeds(w io.Writer, folder string, writers, deeds int, how string) error {
	h, err := openHall(folder, writers)
	if err != nil {
		return err
	}
	defer h.store.Close()
	if err := h.file(0); err != nil {
		return err
	}
	sizes := *h.sizes.Load()
	bare, err := bareContestant(filepath.Join(folder, "bare.db"), how, func(number uint64, put func(key, value []byte) error) error {
		return putSizes(sizes, number, put)
	})
	if err != nil {
		return err
	}
	defer bare.close()
	ours := &contestant{name: "filing", deed: h.file}
	ratio, err := compete(ours, bare, writers, deeds)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%d writers, office.File (%d pairs, %d bytes)\t%.0f\t\t\t\n", writers, len(sizes), total(sizes), median(ours.rates))
	fmt.Fprintf(w, "%d writers, bare %s\t%.0f\t%.2f of it\t≥ %.1f %s\t\n", writers, how, median(bare.rates), ratio, kvGoal, verdict(ratio))
	return nil
}

// compete lets two take turns and gives the median of the rounds' ratios. The
// first round warms up and does not count.
func compete(ours, bare *contestant, writers, deeds int) (float64, error) {
	var ratios []float64
	for round := range kvRounds + 1 {
		pair := [2]*contestant{ours, bare}
		for i := range pair {
			c := pair[(i+round)%2]
			rate, err := kvRound(c, round+1, writers, deeds)
			if err != nil {
				return 0, fmt.Errorf("%s: %w", c.name, err)
			}
			c.rates = append(c.rates, rate)
		}
		if round > 0 {
			ratios = append(ratios, ours.rates[round]/bare.rates[round])
		}
	}
	ours.rates, bare.rates = ours.rates[1:], bare.rates[1:]
	return median(ratios), nil
}

func verdict(ratio float64) string {
	if ratio < kvGoal {
		return "missed"
	}
	return "met"
}

// size is how long a pair's key and value are.
type size struct{ key, value int }

func total(sizes []size) (bytes int) {
	for _, s := range sizes {
		bytes += s.key + s.value
	}
	return bytes
}

// putSizes puts pairs of these sizes, their keys spread as ours are: a few
// spaces, and a number in each that grows or is random.
func putSizes(sizes []size, number uint64, put func(key, value []byte) error) error {
	for i, s := range sizes {
		key := make([]byte, max(s.key, 9))
		key[0] = byte(i)
		binary.BigEndian.PutUint64(key[1:], number*(1+uint64(i%2)*0x9E3779B97F4A7C15))
		if err := put(key, make([]byte, s.value)); err != nil {
			return err
		}
	}
	return nil
}

// hall is an office with residents enough for the writers, over an engine
// that remembers the sizes of what the last deed put.
type hall struct {
	*office.Office
	store *store.Store
	who   []office.Who
	sizes *atomic.Pointer[[]size]
}

func openHall(folder string, residents int) (*hall, error) {
	keys, err := seal.Create(filepath.Join(folder, "keys"))
	if err != nil {
		return nil, err
	}
	engine, err := bolt.Open(filepath.Join(folder, "lianxin.db"), bolt.Options{})
	if err != nil {
		return nil, err
	}
	h := &hall{sizes: &atomic.Pointer[[]size]{}}
	if h.store, err = store.New(measured{engine, h.sizes}, keys); err != nil {
		return nil, err
	}
	calendar, err := workday.Statutory()
	if err != nil {
		return nil, err
	}
	h.Office, err = office.New(office.Parts{Store: h.store, Calendar: calendar, Now: time.Now, Random: rand.Reader, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	return h, h.join(residents)
}

// join gives the hall its residents, each with a phone.
func (h *hall) join(residents int) error {
	for i := range residents {
		id, err := board.NewID(h.Now(), rand.Reader)
		if err != nil {
			return err
		}
		by := board.Actor{Person: id, Roles: board.Roles{board.Resident}, Channel: board.Web}
		phone := board.Phone(fmt.Sprintf("138%08d", i))
		err = h.store.Update(context.Background(), func(tx *store.Tx) error {
			return tx.Append(board.Join(id, by, board.Joined{Phone: phone, Lang: "zh-Hans"}, h.Now()))
		})
		if err != nil {
			return err
		}
		h.who = append(h.who, office.Who{Actor: by})
	}
	return nil
}

// file files one case; the writer's number is in the low 16 bits.
func (h *hall) file(number uint64) error {
	var form store.Once
	binary.BigEndian.PutUint64(form[:], number)
	draft := board.Draft{Kind: board.Help, Public: "no", Body: fmt.Sprintf("村口第 %d 盏路灯坏了，晚上走路看不见，老人孩子都怕摔跤，请来修一修。", number)}
	_, err := h.File(context.Background(), h.who[int(number&0xffff)%len(h.who)], form, draft)
	return err
}

// measured is an engine that remembers the sizes of what the last deed put.
type measured struct {
	kv.Engine
	sizes *atomic.Pointer[[]size]
}

func (m measured) Update(ctx context.Context, write func(kv.Tx) error) error {
	if m.sizes.Load() != nil {
		return m.Engine.Update(ctx, write) // one filing is as large as another
	}
	return m.Engine.Update(ctx, func(tx kv.Tx) error {
		p := putting{Tx: tx}
		defer func() {
			if len(p.sizes) > 8 { // a filing, not somebody who joins: they write half as much
				m.sizes.Store(&p.sizes)
			}
		}()
		return write(&p)
	})
}

type putting struct {
	kv.Tx
	sizes []size
}

func (p *putting) Put(key, value []byte) error {
	p.sizes = append(p.sizes, size{len(key), len(value)})
	return p.Tx.Put(key, value)
}
