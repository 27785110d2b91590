package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A county leaves its box while the server runs, and is the same elsewhere:
// with its keys to the last checkpoint, with others in all but those.
func TestACountyMovesToAnotherBox(t *testing.T) {
	c := place(t)
	r := start(t, c, "demo", "--now", friday)
	dir := t.TempDir()
	point, out := filepath.Join(dir, "checkpoint.txt"), filepath.Join(dir, "out")
	if err := os.WriteFile(point, []byte(well(t, c.with("checkpoint")...)), 0o600); err != nil {
		t.Fatal(err)
	}
	if said := well(t, c.with("export", "--to", out)...); !strings.Contains(said, "Exported to "+out) || !strings.Contains(said, "Keep it locked up") {
		t.Errorf("export says\n%s", said)
	}
	badly(t, "is not empty", c.with("export", "--to", out)...)
	r.stop()
	clean := well(t, c.with("check")...)

	same := county{filepath.Join(dir, "same"), c.keys}
	if said := well(t, same.with("load", out)...); !strings.Contains(said, "hold here too") {
		t.Errorf("load with the same keys says\n%s", said)
	}
	other := county{filepath.Join(dir, "other"), filepath.Join(dir, "other-keys")}
	if said := well(t, other.with("load", out)...); !strings.Contains(said, "The keys are others") || !strings.Contains(said, other.keys) {
		t.Errorf("load with other keys says\n%s", said)
	}
	for _, there := range []county{same, other} {
		if said := well(t, there.with("check")...); said != clean {
			t.Errorf("check says %s, said %s", said, clean)
		}
		well(t, there.with("verify")...)
		badly(t, "holds a county already", there.with("load", out)...)
	}
	if said := well(t, same.with("verify", "--checkpoint", point)...); !strings.Contains(said, "checkpoints that agree: 1") {
		t.Errorf("verify says\n%s", said)
	}
	badly(t, "not a checkpoint of this box", other.with("verify", "--checkpoint", point)...)

	// And from there, where no server runs, onwards.
	again := filepath.Join(dir, "again")
	well(t, same.with("export", "--to", again)...)
	for _, name := range []string{"people.jsonl", "cases.jsonl", "staff.jsonl", "units.jsonl", "papers.jsonl", "looks.jsonl"} {
		before, err := os.ReadFile(filepath.Join(out, name))
		if err != nil || name == "cases.jsonl" && len(before) == 0 {
			t.Fatalf("%s: %v, %d bytes", name, err, len(before))
		}
		if after, err := os.ReadFile(filepath.Join(again, name)); err != nil || string(after) != string(before) {
			t.Errorf("%s is another in the second export: %v", name, err)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	c := place(t)
	badly(t, "no export", c.with("load", t.TempDir())...)
	start(t, c, "serve").stop()
	badly(t, "holds a county already", c.with("load", t.TempDir())...)
}

// Who was erased after an export was made does not come back with it.
func TestErasedStaysErasedInAnExport(t *testing.T) {
	c := place(t)
	dir := t.TempDir()
	out, copies := filepath.Join(dir, "out"), filepath.Join(dir, "backup")
	r := start(t, c, "serve", "--backup", copies)
	c.named(t)
	before, after, stays := r.aCase("13700137000", "路不平"), r.aCase("13800138000", "村口的路灯坏了"), r.aCase("13900139000", "水管漏了")
	well(t, c.with("erase", before, "--yes", "--backup", copies)...)
	well(t, c.with("export", "--to", out)...)
	well(t, c.with("erase", after, "--yes", "--backup", copies)...)
	r.stop()

	there := county{filepath.Join(dir, "there"), c.keys}
	if said := well(t, there.with("load", out, "--backup", copies)...); !strings.Contains(said, "2 erasures noted") {
		t.Errorf("load says\n%s", said)
	}
	badly(t, "moved on", there.with("pin", before)...)
	badly(t, "moved on", there.with("pin", after)...)
	well(t, there.with("pin", stays)...)
	well(t, there.with("check")...)
	well(t, there.with("verify")...)

	// What was erased before is in no file of it.
	cases, err := os.ReadFile(filepath.Join(out, "cases.jsonl"))
	if err != nil || strings.Contains(string(cases), "路不平") || !strings.Contains(string(cases), "水管漏了") {
		t.Errorf("%v\n%s", err, cases)
	}
}
