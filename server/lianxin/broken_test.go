package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A binary with a broken page or a broken language refuses to start and says
// which file it is.
func TestBrokenFiles(t *testing.T) {
	for _, row := range []struct{ file, content, says string }{
		{"views/home.html", `{{template "layout/top" .}}{{if}}`, "home"},
		{"locales/en.json", `{"language.name": "English",`, "en.json"},
	} {
		dir := t.TempDir()
		broken := filepath.Join(dir, "broken")
		if err := os.WriteFile(broken, []byte(row.content), 0o600); err != nil {
			t.Fatal(err)
		}
		real, err := filepath.Abs(filepath.Join("../..", row.file))
		if err != nil {
			t.Fatal(err)
		}
		overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{real: broken}})
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "overlay.json"), overlay, 0o600); err != nil {
			t.Fatal(err)
		}
		program := filepath.Join(dir, "lianxin")
		if err := build(program, "-overlay", filepath.Join(dir, "overlay.json")); err != nil {
			t.Fatal(err)
		}
		cmd := command(t.Context(), place(t).with("serve", "--addr", "127.0.0.1:0")...)
		cmd.Path = program
		out, err := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); err == nil || code != refused || !strings.Contains(string(out), row.says) {
			t.Errorf("with a broken %s it ended with %d and says\n%s", row.file, code, out)
		}
	}
}
