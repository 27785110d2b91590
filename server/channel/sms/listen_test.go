package sms

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"lianxin/server/office"
)

// heard collects what Listen passes on. It refuses the texts in refused.
type heard struct {
	mu      sync.Mutex
	texts   []office.Inbound
	refused map[string]bool
	tries   int
}

func (h *heard) hear(_ context.Context, m office.Inbound) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.tries++
	if h.refused[m.Text] {
		return errors.New("no room")
	}
	h.texts = append(h.texts, m)
	return nil
}

func (h *heard) words() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []string
	for _, m := range h.texts {
		all = append(all, m.Text)
	}
	return strings.Join(all, " ")
}

// drop lays a file into in/ as a gateway would that knows no better.
func drop(t *testing.T, dir, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "in", name), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func text(from, words string, minute int) string {
	return fmt.Sprintf(`{"from":%q,"text":%q,"time":"2026-09-18T12:%02d:00+08:00"}`, from, words, minute)
}

// listening runs a test beside Listen, in made-up time: a moment passes only
// when everybody waits for it.
func listening(t *testing.T, test func(s *Spool, dir string, h *heard)) {
	synctest.Test(t, func(t *testing.T) {
		s, dir := opened(t)
		h := &heard{refused: map[string]bool{}}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- s.Listen(ctx, h.hear) }()
		test(s, dir, h)
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// pass lets time go by and everybody finish what they do then.
func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// logged collects the log while a test runs.
func logged(t *testing.T) *bytes.Buffer {
	t.Helper()
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	return &log
}

func TestTextIsHeardWithinASecondAndItsFileGone(t *testing.T) {
	listening(t, func(s *Spool, dir string, h *heard) {
		pass(time.Hour) // it does not tire
		drop(t, dir, "m1.json", text("13800138000", "查 261", 7))
		pass(time.Second)
		want := office.Inbound{ID: "m1.json", From: "13800138000", Text: "查 261", Time: noon.Add(7 * time.Minute)}
		if len(h.texts) != 1 || h.texts[0] != want {
			t.Errorf("heard %+v", h.texts)
		}
		if left := names(t, filepath.Join(dir, "in")); len(left) > 0 {
			t.Errorf("left: %v", left)
		}
	})
}

func TestTextOfTheDemoIsHeardAtOnce(t *testing.T) {
	listening(t, func(s *Spool, dir string, h *heard) {
		synctest.Wait()
		if err := s.Drop("13800138000", "1", noon); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if h.words() != "1" {
			t.Errorf("heard %q", h.words())
		}
	})
}

func TestOldestIsHeardFirst(t *testing.T) {
	s, dir := opened(t)
	drop(t, dir, "a.json", text("1", "third", 3))
	drop(t, dir, "b.json", text("2", "first", 1))
	drop(t, dir, "c.json", text("1", "second", 2))
	h := &heard{}
	ctx, stop := context.WithCancel(t.Context())
	err := s.Listen(ctx, func(ctx context.Context, m office.Inbound) error {
		if m.Text == "third" {
			stop()
		}
		return h.hear(ctx, m)
	})
	if err != nil || h.words() != "first second third" {
		t.Errorf("heard %q, %v", h.words(), err)
	}
}

func TestFilesThatAreNoTextsYetAreLeftAlone(t *testing.T) {
	listening(t, func(s *Spool, dir string, h *heard) {
		left := []string{".a.json", "b.json.tmp", "c.tmp", "readme.txt"}
		for _, name := range left {
			drop(t, dir, name, text("1", "words", 1))
		}
		pass(time.Minute)
		if got := names(t, filepath.Join(dir, "in")); !slices.Equal(got, left) || h.tries > 0 {
			t.Errorf("left %v, heard %d", got, h.tries)
		}
	})
}

// A shell writes a file in two steps; between them it is no JSON.
func TestFileCaughtHalfWrittenIsHeardWhenItIsWhole(t *testing.T) {
	listening(t, func(s *Spool, dir string, h *heard) {
		whole := text("13800138000", "查 261", 1)
		for n := range 20 {
			drop(t, dir, "slow.json", whole[:n])
			pass(time.Second)
		}
		drop(t, dir, "slow.json", whole)
		pass(time.Second)
		if h.words() != "查 261" {
			t.Errorf("heard %q", h.words())
		}
	})
}

func TestUnreadableFilesArePutAsideAndTheLogKeepsTheirSecrets(t *testing.T) {
	log := logged(t)
	listening(t, func(s *Spool, dir string, h *heard) {
		drop(t, dir, "13800138000.json", `{"from":13800138000,"text":"secret"}`)
		drop(t, dir, "torn.json", `{"from":"1","text":"secret`)
		drop(t, dir, "empty.json", ``)
		drop(t, dir, "nobody.json", `{"text":"secret"}`)
		drop(t, dir, "long.json", text("1", strings.Repeat("secret", maxFile), 1))
		if err := syscall.Mkfifo(filepath.Join(dir, "in", "pipe.json"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink("/etc/hostname", filepath.Join(dir, "in", "link.json")); err != nil {
			t.Fatal(err)
		}
		drop(t, dir, "good.json", text("1", "good", 1))
		pass(5 * time.Second)
		if h.words() != "good" {
			t.Errorf("heard %q", h.words())
		}
		drop(t, dir, "torn.json", `another of the same name`)
		pass(5 * time.Second)
		want := []string{"13800138000.json", "empty.json", "link.json", "long.json", "nobody.json", "pipe.json", "torn.json", "torn.json.1"}
		if got := names(t, filepath.Join(dir, "in", "bad")); !slices.Equal(got, want) {
			t.Errorf("put aside %v", got)
		}
	})
	if n := strings.Count(log.String(), "in/bad"); n != 8 {
		t.Errorf("%d lines for 8 files", n)
	}
	for _, secret := range []string{"secret", "138"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log tells %q:\n%s", secret, log)
		}
	}
}

func TestTextThatCannotBeKeptIsTriedAgain(t *testing.T) {
	log := logged(t)
	listening(t, func(s *Spool, dir string, h *heard) {
		h.refused["撤"] = true
		drop(t, dir, "a.json", text("13800138000", "撤", 1))
		drop(t, dir, "b.json", text("13800138000", "later", 2))
		drop(t, dir, "c.json", text("13900139000", "other", 3))
		pass(time.Hour)
		if h.words() != "other" {
			t.Errorf("heard %q: an order was not kept, or one held up all", h.words())
		}
		if h.tries < 50 || h.tries > 100 {
			t.Errorf("%d tries in an hour", h.tries)
		}
		h.mu.Lock()
		h.refused = nil
		h.mu.Unlock()
		pass(2 * lastRest)
		if h.words() != "other 撤 later" {
			t.Errorf("heard %q", h.words())
		}
		if left := names(t, filepath.Join(dir, "in")); len(left) > 0 {
			t.Errorf("left: %v", left)
		}
	})
	if strings.Contains(log.String(), "138") || !strings.Contains(log.String(), "no room") {
		t.Errorf("log:\n%s", log)
	}
}

func TestTimesAndMarksOfOtherGateways(t *testing.T) {
	listening(t, func(s *Spool, dir string, h *heard) {
		for name, at := range map[string]string{
			"rfc.json": `"2026-09-18T04:00:00Z"`, "plain.json": `"2026-09-18 12:00:00"`, "odd.json": `"18.9.26"`, "none.json": `""`,
		} {
			drop(t, dir, ".draft", "\ufeff{\"from\":\"1\",\"text\":\"x\",\"time\":"+at+"}")
			draft := filepath.Join(dir, "in", ".draft")
			if err := os.Chtimes(draft, noon, noon); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(draft, filepath.Join(dir, "in", name)); err != nil {
				t.Fatal(err)
			}
		}
		pass(time.Second)
		if len(h.texts) != 4 {
			t.Errorf("heard %d", len(h.texts))
		}
		for _, m := range h.texts {
			if !m.Time.Equal(noon) {
				t.Errorf("%s: %v", m.ID, m.Time)
			}
		}
	})
}

func TestListenFailsWhereThereIsNothingToListenTo(t *testing.T) {
	s, dir := opened(t)
	if err := os.RemoveAll(filepath.Join(dir, "in")); err != nil {
		t.Fatal(err)
	}
	if err := s.Listen(t.Context(), (&heard{}).hear); err == nil {
		t.Error("no error")
	}
}
