package twice_test

import (
	"path/filepath"
	"testing"

	"lianxin/store/kv"
	"lianxin/store/kv/bolt"
	"lianxin/store/kv/kvtest"
	"lianxin/store/kv/twice"
)

func open(t *testing.T) kv.Engine {
	t.Helper()
	e, err := bolt.Open(filepath.Join(t.TempDir(), "data.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return twice.New(e)
}

func TestEngine(t *testing.T) {
	kvtest.Run(t, open)
}

// TestTrace: a closure that leaves a trace outside is found, since the trace is there twice.
func TestTrace(t *testing.T) {
	e := open(t)
	var trace []string
	write := func(tx kv.Tx) error {
		v, err := tx.Get([]byte("a"))
		trace = append(trace, string(v))
		if err != nil {
			return err
		}
		return tx.Put([]byte("a"), append(v, 'x'))
	}
	for range 2 {
		if err := e.Update(t.Context(), write); err != nil {
			t.Fatal(err)
		}
	}
	if len(trace) != 4 || trace[1] != "" || trace[2] != "x" || trace[3] != "x" {
		t.Errorf("closures saw %q; want each state twice, the first run without effect", trace)
	}
	if err := e.View(t.Context(), func(kv.Tx) error {
		trace = nil
		trace = append(trace, "view")
		return nil
	}); err != nil || len(trace) != 1 {
		t.Errorf("view: %v, ran %d times, want once", err, len(trace))
	}
}
