package demo

import (
	"slices"
	"strings"
	"testing"

	"lianxin/server/board"
	"lianxin/store/kv"
	"lianxin/store/kv/twice"
)

// crowded is a county with a crowd, as a list of what each case says and where
// it stands, and what was told of the progress.
func crowded(t *testing.T, cases int, seed uint64, wrap func(kv.Engine) kv.Engine) (all told, lines []string, progress []int) {
	t.Helper()
	s, o := made(t, wrap, Parts{Now: now, Cases: cases, Seed: seed, Progress: func(n int) { progress = append(progress, n) }})
	if found, err := o.Check(t.Context(), nil); err != nil || !found.Clean() {
		t.Errorf("%v %v", found.Problems, err)
	}
	all = everything(t, s)
	for _, c := range all.cases {
		lines = append(lines, strings.Join([]string{string(c.Kind), c.Title, c.Body, c.Township, c.Filed.String(), c.Topic}, "|"))
	}
	slices.Sort(lines)
	return all, lines, progress
}

// As many as were asked for, over the months, of every sort; the stories are
// among them.
func TestACrowd(t *testing.T) {
	const many = 350
	all, _, progress := crowded(t, many, 7, plain)
	if len(all.cases) != many || !slices.Equal(progress, []int{100, 200, many - Told}) {
		t.Errorf("%d cases; told %v", len(all.cases), progress)
	}
	seen := map[string]int{}
	months := map[string]int{}
	for _, c := range all.cases {
		for _, of := range []string{string(c.Stage), string(c.Kind), c.Township, c.Topic, "unit " + c.Lead.String()} {
			seen[of]++
		}
		if c.Rating != nil {
			seen["rated "+string(c.Rating.Outcome)]++
		}
		months[c.Filed.In(board.Zone).Format("2006-01")]++
	}
	for _, e := range all.events {
		seen["by "+string(e.Channel)]++
		if !e.Time.Before(now) {
			t.Errorf("%s: %s happens at %s", e.Stream, e.Kind, e.Time)
		}
	}
	for _, topic := range board.DefaultTopics() {
		if seen[topic.ID] == 0 {
			t.Errorf("nothing is about %s", topic.ID)
		}
	}
	for _, place := range county.Townships {
		if seen[place.Name["zh-Hans"]] < 10 {
			t.Errorf("%d cases from %s", seen[place.Name["zh-Hans"]], place.Name["zh-Hans"])
		}
	}
	if len(months) < 7 || seen["closed"] < many/3 || seen["in-hand"] == 0 || seen["declined"] < 5 || seen["rated solved"] < 2*seen["rated partly"] ||
		seen["rated not"] == 0 || seen["by call"] == 0 || seen["by counter"] == 0 || seen["by helper"] == 0 {
		t.Errorf("months %v, and %v", months, seen)
	}
}

// The same seed gives the same cases, on an engine that does everything twice
// too.
func TestASeed(t *testing.T) {
	_, lines, _ := crowded(t, Told+20, 7, plain)
	if _, again, _ := crowded(t, Told+20, 7, twice.New); !slices.Equal(lines, again) {
		t.Error("the same seed gives other cases")
	}
	if _, other, _ := crowded(t, Told+20, 8, plain); slices.Equal(lines, other) {
		t.Error("another seed gives the same cases")
	}
}

// Fewer than there are stories is no crowd.
func TestNoCrowd(t *testing.T) {
	all, _, progress := crowded(t, 10, 1, plain)
	if len(all.cases) != Told || len(progress) > 0 {
		t.Errorf("%d cases, told %v", len(all.cases), progress)
	}
}
