package bolt

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"

	bbolterrors "go.etcd.io/bbolt/errors"

	"lianxin/store/kv"
)

var errRefused = errors.New("refused")

// together runs updates in one batch, in their order, and returns their errors: an empty update holds the
// turn until all of them wait for it, and calls ready.
func together(t *testing.T, e *Engine, ready func(), updates ...func(kv.Tx) error) []error {
	t.Helper()
	errs := make([]error, len(updates))
	var wg sync.WaitGroup
	if err := e.Update(t.Context(), func(kv.Tx) error {
		for i, u := range updates {
			wg.Go(func() { errs[i] = e.Update(t.Context(), u) })
			waitFor(e, i+1)
		}
		ready()
		return nil
	}); err != nil {
		t.Errorf("holding the turn: %v", err)
	}
	wg.Wait()
	return errs
}

// waitFor returns when n wait for their turn.
func waitFor(e *Engine, n int) {
	for {
		e.mu.Lock()
		waiting := len(e.queue)
		e.mu.Unlock()
		if waiting == n {
			return
		}
		runtime.Gosched()
	}
}

func TestBatch(t *testing.T) {
	e := open(t)
	var all []func(kv.Tx) error
	for i := range 100 {
		all = append(all, func(tx kv.Tx) error {
			v, err := tx.Get([]byte("order"))
			return errors.Join(err, tx.Put([]byte("order"), fmt.Appendf(v, "%02d", i)))
		})
	}
	before := e.lastStored()
	if err := errors.Join(together(t, e, func() {}, all...)...); err != nil {
		t.Error(err)
	}
	if n := e.lastStored() - before; n != 1 {
		t.Errorf("100 updates that waited took %d commits, want 1", n)
	}
	want := ""
	for i := range 100 {
		want += fmt.Sprintf("%02d", i)
	}
	if got := stored(t, e, "order"); got != want {
		t.Errorf("not in their order, each seeing those before: %s", got)
	}
}

func TestBatchIsBounded(t *testing.T) {
	e := open(t)
	var all []func(kv.Tx) error
	for i := range 20 {
		all = append(all, put(fmt.Sprint(i), strings.Repeat("v", kv.MaxValue)))
	}
	before := e.lastStored()
	if err := errors.Join(together(t, e, func() {}, all...)...); err != nil {
		t.Error(err)
	}
	if n := e.lastStored() - before; n != 3 {
		t.Errorf("20 MiB took %d commits, want 3", n)
	}
}

func TestNothingToStore(t *testing.T) {
	e := open(t)
	before := e.lastStored()
	nothing := func(kv.Tx) error { return nil }
	refused := func(tx kv.Tx) error { return errors.Join(put("a", "1")(tx), errRefused) }
	errs := together(t, e, func() {}, nothing, refused, nothing)
	if errs[0] != nil || !errors.Is(errs[1], errRefused) || errs[2] != nil {
		t.Error(errs)
	}
	if n := e.lastStored() - before; n != 0 {
		t.Errorf("updates that write nothing took %d commits", n)
	}
}

// TestRefusalWaits: who is refused because of another one's write is told when that write is stored.
func TestRefusalWaits(t *testing.T) {
	e := open(t)
	var seen string
	var wg sync.WaitGroup
	errs := together(t, e, func() {
		wg.Go(func() {
			err := e.Update(t.Context(), func(tx kv.Tx) error {
				if v, _ := tx.Get([]byte("token")); v != nil {
					return errRefused
				}
				return nil
			})
			if !errors.Is(err, errRefused) {
				t.Errorf("second of the same token: %v", err)
			}
			seen = stored(t, e, "token")
		})
		waitFor(e, 2)
	}, put("token", "used"))
	wg.Wait()
	if errs[0] != nil || seen != "used" {
		t.Errorf("%v; the refused one saw %q, want what refused it", errs[0], seen)
	}
}

// TestCloseServesTheQueue: whoever waits when Close is called is still stored, by the same commit.
func TestCloseServesTheQueue(t *testing.T) {
	e := open(t)
	var wg sync.WaitGroup
	errs := together(t, e, func() {
		wg.Go(func() {
			if err := e.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
		})
		waitFor(e, 3)
	}, put("a", "1"), put("b", "2"))
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
	if got := stored(t, openAt(t, e.path), "a", "b"); got != "1 2" {
		t.Errorf("stored %s", got)
	}
}

// breakNext makes commits fail that need new pages, as those of large values do, until the file is reopened.
func breakNext(e *Engine) { e.file.Load().db.MaxSize = 1 }

var large = strings.Repeat("v", kv.MaxValue)

// TestUnknown breaks the file under a batch. All of it is unknown, and the engine mends itself.
func TestUnknown(t *testing.T) {
	e := open(t)
	if err := e.Update(t.Context(), put("a", "1")); err != nil {
		t.Fatal(err)
	}
	errs := together(t, e, func() { breakNext(e) },
		put("a", large), put("b", "2"), func(kv.Tx) error { return errRefused })
	for i, err := range errs {
		if !errors.Is(err, kv.ErrUnknown) || !errors.Is(err, bbolterrors.ErrMaxSizeReached) {
			t.Errorf("update %d: %v, want ErrUnknown with its cause", i, err)
		}
	}
	if got := stored(t, e, "a", "b"); got != "1 -" {
		t.Errorf("stored %s after a commit that wrote nothing", got)
	}
	if err := e.Update(t.Context(), put("b", "3")); err != nil {
		t.Errorf("update after it: %v", err)
	}
	sound(t, e)
	if err := e.Close(); err != nil {
		t.Error(err)
	}
	if got := stored(t, openAt(t, e.path), "a", "b"); got != "1 3" {
		t.Errorf("stored %s at last", got)
	}
}

// TestLongView: a view of before the failure reads on undisturbed, and writes wait for its end.
func TestLongView(t *testing.T) {
	e := open(t)
	if err := e.Update(t.Context(), put("a", "1")); err != nil {
		t.Fatal(err)
	}
	begun, end, seen := make(chan struct{}), make(chan struct{}), make(chan string)
	go func() {
		err := e.View(t.Context(), func(tx kv.Tx) error {
			close(begun)
			<-end
			v, err := tx.Get([]byte("a"))
			seen <- string(v)
			return err
		})
		seen <- fmt.Sprint(err)
	}()
	<-begun
	breakNext(e)
	if err := e.Update(t.Context(), put("a", large)); !errors.Is(err, kv.ErrUnknown) {
		t.Fatalf("broken: %v", err)
	}
	if got := stored(t, e, "a"); got != "1" {
		t.Errorf("a new view reads %s", got)
	}
	written := make(chan error)
	go func() { written <- e.Update(t.Context(), put("a", "3")) }()
	select {
	case err := <-written:
		t.Errorf("written under a view of the old file: %v", err)
	case end <- struct{}{}:
	}
	if got, err := <-seen, <-seen; got != "1" || err != "<nil>" {
		t.Errorf("the old view read %s, %s", got, err)
	}
	if err := <-written; err != nil {
		t.Errorf("after the old view: %v", err)
	}
	if got := stored(t, e, "a"); got != "3" {
		t.Errorf("stored %s at last", got)
	}
	sound(t, e)
}

func TestWriteToWhileWriting(t *testing.T) {
	e := open(t)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				// Both in one update: a copy that has one of them only is torn.
				if err := e.Update(t.Context(), func(tx kv.Tx) error {
					n := fmt.Sprint(n)
					return errors.Join(put(fmt.Sprintf("left%d", i), n)(tx), put(fmt.Sprintf("right%d", i), n)(tx))
				}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for range 10 {
		path := t.TempDir() + "/copy.db"
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.WriteTo(f); errors.Join(err, f.Close()) != nil {
			t.Fatal(err)
		}
		c := openAt(t, path)
		sound(t, c)
		for i := range 4 {
			if both := strings.Fields(stored(t, c, fmt.Sprintf("left%d", i), fmt.Sprintf("right%d", i))); both[0] != both[1] {
				t.Errorf("copy is torn: %s", both)
			}
		}
	}
	close(stop)
	wg.Wait()
	if err := e.Close(); err != nil {
		t.Error(err)
	}
	if _, err := e.WriteTo(io.Discard); !errors.Is(err, kv.ErrClosed) {
		t.Errorf("copy after close: %v", err)
	}
}
