package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"lianxin/server/channel/sms"
	"lianxin/server/office"
)

// A worker that falls over is begun again, after longer and longer rests, and
// what it fell over does not come into the log.
func TestAWorkerThatFallsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var said bytes.Buffer
		h := &house{log: slog.New(slog.NewTextHandler(&said, nil))}
		var begun []time.Duration
		start, ended := time.Now(), errors.New("its own end")
		err := h.tend(t.Context(), "post", func(context.Context) error {
			begun = append(begun, time.Since(start))
			switch len(begun) {
			case 1, 2, 3:
				panic("王秀兰 13800138000")
			case 4: // a good while
				time.Sleep(calm + time.Second)
				var none *house
				_ = none.ways
			}
			return ended
		})
		if err != ended {
			t.Errorf("it ended with %v", err)
		}
		want := []time.Duration{0, 1, 3, 7, 7 + (calm+2*time.Second)/time.Second}
		for i := range want {
			if i >= len(begun) || begun[i] != want[i]*time.Second {
				t.Fatalf("it began after %v, want %v seconds", begun, want)
			}
		}
		log := said.String()
		if strings.Count(log, "worker=post") != 4 || strings.Contains(log, "1380013") || !strings.Contains(log, "nil pointer") {
			t.Errorf("the log says\n%s", log)
		}
	})
}

// It rests no longer than the house stands.
func TestAWorkerThatFellOverEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &house{log: slog.New(slog.DiscardHandler)}
		ctx, end := context.WithTimeout(t.Context(), time.Second+time.Millisecond)
		defer end()
		start := time.Now()
		err := h.tend(ctx, "post", func(context.Context) error { panic("again") })
		if took := time.Since(start); err != nil || took > 2*time.Second {
			t.Errorf("%v after %s", err, took)
		}
	})
}

// A text that makes the office fall over lies there, is tried again, and holds
// nobody else's up.
func TestATextThatMakesTheOfficeFallOver(t *testing.T) {
	w := newWatcher(t, "2026-09-18 10:00")
	spool, err := sms.OpenSpool(filepath.Join(w.box.Data, spoolDir))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { spool.Close() })
	h := &house{box: &box{}, log: w.log}
	text := func(name, from string) string {
		at := filepath.Join(w.box.Data, spoolDir, "in", name)
		body := `{"from":"` + from + `","text":"你好","time":"2026-09-18T10:00:00+08:00"}`
		if err := os.WriteFile(at, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		return at
	}
	gone := func(at string) bool { _, err := os.Stat(at); return err != nil }
	poisoned, other := text("a.json", "13800138000"), text("b.json", "13900139000")
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		ended <- spool.Listen(ctx, func(ctx context.Context, m office.Inbound) error {
			if strings.HasSuffix(m.From, "13800138000") && !gone(other) {
				return h.hear(ctx, m) // there is no office in the house
			}
			return (&house{box: w.box, log: w.log}).hear(ctx, m)
		})
	}()
	until(t, "the other text is heard", func() bool { return gone(other) })
	until(t, "the text is heard after all", func() bool { return gone(poisoned) })
	end()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
