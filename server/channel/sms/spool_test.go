package sms

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"lianxin/server/board"
)

var noon = time.Date(2026, 9, 18, 12, 0, 0, 0, board.Zone)

// opened is a spool in a folder of its own.
func opened(t *testing.T) (*Spool, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "spool")
	s, err := OpenSpool(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, dir
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		if !e.IsDir() {
			all = append(all, e.Name())
		}
	}
	return all
}

func TestTextLeavesAsOneFile(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	s, dir := opened(t)
	words := "您的留言 261 有答复了 <&> \"\n"
	if err := s.Send(t.Context(), "0a1b", "+8613800138000", words, noon.UTC()); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "out", "0a1b.json"))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]string
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"id": "0a1b", "to": "+8613800138000", "text": words, "time": "2026-09-18T12:00:00+08:00"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q", got)
	}
	if !strings.Contains(string(raw), "<&>") {
		t.Error("a shell script could not read the words as they are")
	}
	for name, mode := range map[string]fs.FileMode{
		"out/0a1b.json": 0o600, ".": fs.ModeDir | 0o700, "out": fs.ModeDir | 0o700, "in": fs.ModeDir | 0o700, "in/bad": fs.ModeDir | 0o700,
	} {
		if info, err := os.Lstat(filepath.Join(dir, name)); err != nil || info.Mode() != mode {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	if left := names(t, filepath.Join(dir, "out")); len(left) != 1 {
		t.Errorf("beside it: %v", left)
	}
}

func TestTextSentTwiceIsOne(t *testing.T) {
	s, _ := opened(t)
	for _, words := range []string{"first", "second"} {
		if err := s.Send(t.Context(), "a", "1", words, noon); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := s.Out(); err != nil || len(got) != 1 || got[0].Text != "first" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestIDThatIsNoNameIsRefused(t *testing.T) {
	s, dir := opened(t)
	for _, id := range []string{"", ".", "..", "../a", "a/b", ".a", "a.json", "a\x00", "号", strings.Repeat("a", 121)} {
		if err := s.Send(t.Context(), id, "1", "words", noon); err == nil {
			t.Errorf("%q was taken", id)
		}
	}
	if got := names(t, filepath.Join(dir, "out")); len(got) > 0 {
		t.Errorf("written: %v", got)
	}
}

func TestTextThatCannotBeWrittenIsTold(t *testing.T) {
	s, dir := opened(t)
	if err := os.RemoveAll(filepath.Join(dir, "out")); err != nil {
		t.Fatal(err)
	}
	if err := s.Send(t.Context(), "a", "1", "words", noon); err == nil {
		t.Error("a text went nowhere")
	}
}

func TestOutListsTheNewestFirst(t *testing.T) {
	s, dir := opened(t)
	for i, id := range []string{"b", "d", "a", "c"} {
		at := noon.Add(time.Duration([]int{1, 3, 0, 2}[i]) * time.Minute)
		if err := s.Send(t.Context(), id, "1", "words "+id, at); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range map[string]string{".e.json.tmp": "{", "readme.json": "not ours"} {
		if err := os.WriteFile(filepath.Join(dir, "out", name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Out()
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, n := range got {
		order = append(order, n.ID)
	}
	if !slices.Equal(order, []string{"d", "c", "b", "a"}) {
		t.Errorf("order %v", order)
	}
}

func TestSweepTakesWhatIsOldOnly(t *testing.T) {
	s, dir := opened(t)
	lay := func(name string, age time.Duration) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("{}"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, noon, noon.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	lay("out/old.json", 24*time.Hour)
	lay("out/.torn.json.tmp", 24*time.Hour)
	lay("out/young.json", 24*time.Hour-time.Second)
	lay("in/unheard.json", 1000*time.Hour)
	lay("in/bad/old", 30*24*time.Hour)
	lay("in/bad/young", 29*24*time.Hour)
	if err := s.Sweep(noon); err != nil {
		t.Fatal(err)
	}
	for folder, want := range map[string]string{"out": "[young.json]", "in": "[unheard.json]", "in/bad": "[young]"} {
		if got := fmt.Sprint(names(t, filepath.Join(dir, folder))); got != want {
			t.Errorf("%s: %v", folder, got)
		}
	}
}

func TestDroppedTextLiesThereForTheNetworksReader(t *testing.T) {
	s, dir := opened(t)
	for _, words := range []string{"查 261", "没解决"} {
		if err := s.Drop("13800138000", words, noon); err != nil {
			t.Fatal(err)
		}
	}
	got := s.Dropped()
	if len(got) != 2 || got[0].Text != "没解决" || got[1].Text != "查 261" {
		t.Fatalf("dropped %+v", got)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "in", got[1].ID))
	if err != nil || string(raw) != `{"from":"13800138000","text":"查 261","time":"2026-09-18T12:00:00+08:00"}`+"\n" {
		t.Errorf("%s, %v", raw, err)
	}
}

func BenchmarkLookAtAnEmptyFolder(b *testing.B) {
	s, err := OpenSpool(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	e := &ear{spool: s}
	for b.Loop() {
		if err := e.look(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
