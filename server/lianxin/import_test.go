package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const export = "工单号,诉求类型,标题,内容,受理时间,承办单位\n" +
	"900001,求助,路灯,\"东街的路灯不亮，\n晚上看不见路\",2026-01-05 09:00,城管局\n" +
	"900002,建议,长椅,车站放几把长椅,2026-01-06,交通局\n" +
	"900003,闲聊,无,今天天气好,2026-01-06,\n"

func written(t *testing.T, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "export.csv")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// Cases come in with the server running and without it; what is here already
// is not taken twice; a row that cannot be taken is told and counted.
func TestImport(t *testing.T) {
	c := place(t)
	r := start(t, c, "serve")
	c.named(t)
	file := written(t, export)
	for _, step := range []struct {
		meanwhile func()
		want      string
	}{
		{func() {}, "3 rows: 2 new, 0 known already, 1 not taken"},
		{func() {}, "3 rows: 0 new, 2 known already, 1 not taken"},
		{r.stop, "3 rows: 0 new, 2 known already, 1 not taken"},
	} {
		step.meanwhile()
		said, code := typed(t, c.with("import", file)...)
		if code != refused || !strings.Contains(said, step.want) || !strings.Contains(said, "Line 5: “诉求类型” says “闲聊”") {
			t.Errorf("import ended with %d and says\n%s", code, said)
		}
	}
	more := written(t, strings.ReplaceAll(export, "闲聊", "咨询"))
	if said := well(t, c.with("import", more)...); !strings.Contains(said, "1 new, 2 known already, 0 not taken") {
		t.Errorf("after the row was mended:\n%s", said)
	}
	if said := well(t, c.with("import", more, "--from", "信箱")...); !strings.Contains(said, "3 new") {
		t.Errorf("the same numbers of another system:\n%s", said)
	}
	well(t, c.with("check")...)
}

func TestImportRefuses(t *testing.T) {
	c := place(t)
	start(t, c, "serve").stop()
	badly(t, "Cannot open", c.with("import", filepath.Join(t.TempDir(), "none.csv"))...)
	badly(t, "columns were not found", c.with("import", written(t, "a,b\n1,2\n"))...)
	badly(t, "nothing in this file", c.with("import", written(t, ""))...)
}

// A path belongs to whoever types it, not to the server, which stands in
// another folder.
func TestImportFromHere(t *testing.T) {
	c := place(t)
	start(t, c, "serve")
	file := written(t, strings.ReplaceAll(export, "闲聊", "咨询"))
	cmd := command(t.Context(), c.with("import", filepath.Base(file))...)
	cmd.Dir = filepath.Dir(file)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

// A trial says what every column and word was taken for and keeps nothing; the
// rows that could not be taken come back in a file that can be mended and
// imported as it is.
func TestImportIsTriedAndItsBadRowsAreMended(t *testing.T) {
	c := place(t)
	r := start(t, c, "serve")
	c.named(t)
	well(t, c.with("unit", "add", "县城市管理局")...)
	folder := t.TempDir()
	file := written(t, strings.ReplaceAll(export, "内容", "=所说"))
	mapped, bad := filepath.Join(folder, "map"), filepath.Join(folder, "bad.csv")
	badly(t, "columns were not found: 内容", c.with("import", file)...)
	if err := os.WriteFile(mapped, []byte("body = =所说\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		said, code := typed(t, c.with("import", file, "--map", mapped, "--dry-run", "--bad", bad)...)
		for _, want := range []string{"Column =所说: Body", "Kind 求助: ", "Unit 城管局: 县城市管理局 (1 row)", "Unit 交通局: not known here",
			"kept nothing: 2 would be new, 0 known already, 1 not to be taken", bad} {
			if code != refused || !strings.Contains(said, want) {
				t.Errorf("a trial ended with %d and does not say %q:\n%s", code, want, said)
			}
		}
	}
	raw, err := os.ReadFile(bad)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], "\ufeff") || !strings.Contains(lines[0], "工单号,诉求类型,标题,'=所说") || !strings.HasPrefix(lines[1], "5,诉求类型,") {
		t.Errorf("the file of bad rows says\n%s", raw)
	}
	r.stop()
	mended := written(t, strings.ReplaceAll(string(raw), ",闲聊,", ",咨询,"))
	if said := well(t, c.with("import", mended, "--map", mapped)...); !strings.Contains(said, "Read 1 rows: 1 new, 0 known already, 0 not taken") {
		t.Errorf("mended:\n%s", said)
	}
	badly(t, "Line 1 of the map", c.with("import", file, "--map", written(t, "weather = x\n"))...)
	badly(t, "Cannot open", c.with("import", file, "--map", mapped, "--bad", filepath.Join(folder, "none", "bad.csv"))...)
}
