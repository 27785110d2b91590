package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"

	"lianxin/store/kv"
)

var _ kv.Compacter = (*Engine)(nil)

// TestCompact deletes a word, which bbolt leaves in its free pages, and compacts: no byte of it is left, and what was
// not deleted is all there, empty values too.
func TestCompact(t *testing.T) {
	e := open(t)
	fill := func(tx kv.Tx) error {
		for i := range 500 {
			if err := errors.Join(tx.Put(fmt.Appendf(nil, "secret%03d", i), bytes.Repeat([]byte("SECRETWORD"), 50)),
				tx.Put(fmt.Appendf(nil, "kept%03d", i), fmt.Append(nil, i)), tx.Put(fmt.Appendf(nil, "none%03d", i), nil)); err != nil {
				return err
			}
		}
		return nil
	}
	if err := e.Update(t.Context(), fill); err != nil {
		t.Fatal(err)
	}
	if err := e.Update(t.Context(), func(tx kv.Tx) error {
		for pair := range tx.Scan([]byte("secret"), []byte("secreu")) {
			if err := tx.Delete(pair.Key); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(raw(t, e.path), "SECRETWORD") {
		t.Fatal("bbolt wipes its pages by now; is this still needed?")
	}
	before, after, err := e.Compact(t.Context())
	if err != nil || after >= before || after == 0 {
		t.Fatalf("from %d bytes to %d, %v", before, after, err)
	}
	if strings.Contains(raw(t, e.path), "SECRETWORD") {
		t.Error("the word is still in the file")
	}
	if err := e.Alive(); err != nil {
		t.Error(err)
	}
	if err := e.Update(t.Context(), put("late", "1")); err != nil {
		t.Error(err)
	}
	for range 2 {
		sound(t, e)
		n := 0
		if err := e.View(t.Context(), func(tx kv.Tx) error {
			for pair, err := range tx.Scan(nil, nil) {
				if n++; err != nil || pair.Value == nil {
					return fmt.Errorf("%q is %v: %w", pair.Key, pair.Value, err)
				}
			}
			return nil
		}); err != nil || n != 1001 {
			t.Errorf("%d pairs, %v", n, err)
		}
		if got := stored(t, e, "late", "kept499", "none000", "secret000"); got != "1 499  -" {
			t.Errorf("stored %q", got)
		}
		if err := e.Close(); err != nil {
			t.Error(err)
		}
		e = openAt(t, e.path)
	}
}

func raw(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestCompactWhileOthersWork loses nothing that others write, and a View that is open keeps what it saw.
func TestCompactWhileOthersWork(t *testing.T) {
	e := open(t)
	if err := e.Update(t.Context(), put("a", "old")); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	if err := e.View(t.Context(), func(tx kv.Tx) error {
		for i := range 4 {
			wg.Go(func() {
				for n := range 25 {
					if err := e.Update(context.Background(), put(fmt.Sprintf("w%d-%02d", i, n), "1")); err != nil {
						t.Error(err)
					}
				}
			})
		}
		for range 3 {
			if _, _, err := e.Compact(t.Context()); err != nil {
				t.Error(err)
			}
			if err := e.Alive(); err != nil {
				t.Error(err)
			}
		}
		wg.Wait()
		if err := e.Update(t.Context(), put("a", "new")); err != nil {
			t.Error(err)
		}
		if v, err := tx.Get([]byte("a")); string(v) != "old" || err != nil {
			t.Errorf("the View sees %q, %v", v, err)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	n := 0
	if err := e.View(t.Context(), func(tx kv.Tx) error {
		for range tx.Scan([]byte("w"), []byte("x")) {
			n++
		}
		return nil
	}); err != nil || n != 100 || stored(t, e, "a") != "new" {
		t.Errorf("%d of 100 are there, a is %s, %v", n, stored(t, e, "a"), err)
	}
	sound(t, e)
}

// TestCompactThatBreaksOff leaves the data as they were, and no second copy of them.
func TestCompactThatBreaksOff(t *testing.T) {
	e := open(t)
	if err := e.Update(t.Context(), put("a", "1")); err != nil {
		t.Fatal(err)
	}
	blocked := e.path + compactSuffix
	if err := os.MkdirAll(blocked+"/x", 0o700); err != nil {
		t.Fatal(err)
	}
	if _, _, err := e.Compact(t.Context()); err == nil {
		t.Error("compacted into a folder")
	}
	if err := e.Update(t.Context(), put("b", "2")); err != nil || stored(t, e, "a", "b") != "1 2" {
		t.Errorf("afterwards: %v, %s", err, stored(t, e, "a", "b"))
	}
	if err := errors.Join(os.RemoveAll(blocked), os.WriteFile(blocked, []byte("half"), 0o600), e.Close()); err != nil {
		t.Fatal(err)
	}
	e = openAt(t, e.path)
	if _, err := os.Stat(blocked); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the half of a copy is still there: %v", err)
	}
	if err := e.Close(); err != nil {
		t.Error(err)
	}
	if _, _, err := e.Compact(t.Context()); !errors.Is(err, kv.ErrClosed) {
		t.Errorf("compacted when closed: %v", err)
	}
}

// TestUpdatesGoOnDuringACompaction: what is written while the rest is copied is not held up by it, and is there
// afterwards, deletions too.
func TestUpdatesGoOnDuringACompaction(t *testing.T) {
	e := open(t)
	fill(t, e, 40)
	written := 0
	from, missed, err := e.beginCompaction(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	temp := e.path + compactSuffix
	db, err := rewrite(from, temp, func() error { // between the steps
		if written > 2 {
			return nil
		}
		written++
		return e.Update(t.Context(), func(tx kv.Tx) error {
			return errors.Join(tx.Put(fmt.Appendf(nil, "late%d", written), []byte("1")), tx.Delete(fmt.Appendf(nil, "large%02d", written)))
		})
	}, missed)
	from.end()
	missed.end()
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Update(t.Context(), put("last", "1")); err != nil {
		t.Error(err)
	}
	if _, _, err := e.endCompaction(t.Context(), db, temp, missed); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if got := stored(t, e, "late1", "late2", "late3", "last", "large01", "large03"); got != "1 1 1 1 - -" {
			t.Errorf("stored %q", got)
		}
		sound(t, e)
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
		e = openAt(t, e.path)
	}
}

// fill writes so many values of a megabyte.
func fill(t *testing.T, e *Engine, n int) {
	t.Helper()
	for i := range n {
		if err := e.Update(t.Context(), put(fmt.Sprintf("large%02d", i), large)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAFailedCommitEndsACompaction: nobody knows what it left, so the new file may not take the place of the old one.
func TestAFailedCommitEndsACompaction(t *testing.T) {
	e := open(t)
	fill(t, e, 3)
	from, missed, err := e.beginCompaction(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	breakNext(e)
	if err := e.Update(t.Context(), put("doubtful", large)); !errors.Is(err, kv.ErrUnknown) {
		t.Fatalf("the commit went well: %v", err)
	}
	_, err = rewrite(from, e.path+compactSuffix, missed.broken, missed)
	from.end()
	missed.end()
	e.dropTail()
	if !errors.Is(err, errLost) {
		t.Errorf("the compaction went on: %v", err)
	}
	if err := e.Update(t.Context(), put("after", "1")); err != nil || stored(t, e, "after") != "1" {
		t.Errorf("afterwards: %v", err)
	}
	if _, _, err := e.Compact(t.Context()); err != nil {
		t.Errorf("the next one: %v", err)
	}
}

// TestAFullTailHoldsUpdatesBack until there is room, and no longer than the compaction.
func TestAFullTailHoldsUpdatesBack(t *testing.T) {
	e := open(t)
	from, missed, err := e.beginCompaction(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	fill(t, e, tailMost/len(large))
	waited := make(chan error, 1)
	go func() { waited <- e.Update(context.Background(), put("more", "1")) }()
	for held := false; !held; runtime.Gosched() {
		missed.mu.Lock()
		held = missed.held
		missed.mu.Unlock()
	}
	from.end()
	missed.end()
	e.dropTail()
	if err := <-waited; err != nil || stored(t, e, "more") != "1" {
		t.Error(err)
	}
}

// TestCloseEndsACompaction, and nothing of it is left.
func TestCloseEndsACompaction(t *testing.T) {
	e := open(t)
	fill(t, e, 40)
	compacted := make(chan error, 1)
	go func() {
		_, _, err := e.Compact(context.Background())
		compacted <- err
	}()
	for len(compacted) == 0 {
		if _, err := os.Stat(e.path + compactSuffix); err == nil {
			break
		}
		runtime.Gosched()
	}
	if err := e.Close(); err != nil {
		t.Error(err)
	}
	if err := <-compacted; err != nil && !errors.Is(err, kv.ErrClosed) {
		t.Error(err)
	}
	if _, err := os.Stat(e.path + compactSuffix); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the half of a copy is still there: %v", err)
	}
	sound(t, openAt(t, e.path))
}
