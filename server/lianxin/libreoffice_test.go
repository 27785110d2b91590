package main

import (
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// strange are titles that a spreadsheet would like to reckon with.
var strange = []string{
	"=1+1", "+861380000", "-2+3", "@SUM(1;2)", `=HYPERLINK("http://evil.example";"点这里")`, "=cmd|'/C calc'!A0", "＝1+1",
	"3/4 的路灯不亮", "1-2", "00123", "1e5", "TRUE", "“引号”，逗号,\"直引号\"", "第一行\n第二行", "繁體与 emoji 🚌",
}

// TestLibreOffice opens both forms of a taken out desk in LibreOffice, as a
// clerk does, and reads every cell back as it was written: nothing reckoned
// out, no word spoilt, no date moved.
func TestLibreOffice(t *testing.T) {
	if os.Getenv("LIANXIN_ALL") == "" {
		t.Skip("left to make test-all")
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("not on this machine: libreoffice (setup names its package)")
	}
	c := place(t)
	r := start(t, c, "demo")
	var table strings.Builder
	rows := csv.NewWriter(&table)
	_ = rows.Write([]string{"工单号", "诉求类型", "标题", "内容", "受理时间"})
	for i, title := range strange {
		_ = rows.Write([]string{"9" + strings.Repeat("0", i), "求助", title, "内容 " + title, "2026-09-01 08:30"})
	}
	rows.Flush()
	well(t, c.with("import", written(t, table.String()))...)
	b := r.browser()
	b.must("/desk")(b.fill("/demo", "/demo/enter/dispatcher"))
	folder := t.TempDir()
	for _, form := range []string{"csv", "xlsx"} {
		taken, err := b.get("/desk/export/dispatcher." + form)
		if err != nil || taken.code != 200 {
			t.Fatalf("the desk as %s: %d, %v", form, taken.code, err)
		}
		file := filepath.Join(folder, form+"."+form)
		if err := os.WriteFile(file, []byte(taken.page), 0o600); err != nil {
			t.Fatal(err)
		}
		args := []string{"-env:UserInstallation=file://" + filepath.Join(folder, "home"), "--headless",
			"--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", "--outdir", filepath.Join(folder, "seen")}
		if form == "csv" { // what its dialog proposes, which nobody sees here: comma, quotes, UTF-8
			args = append(args, "--infilter=Text - txt - csv (StarCalc):44,34,76,1")
		}
		cmd := exec.CommandContext(t.Context(), office, append(args, file)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	want := cells(t, filepath.Join(folder, "csv.csv"))
	if len(want) <= len(strange) {
		t.Fatalf("only %d rows were taken out", len(want))
	}
	for _, form := range []string{"csv", "xlsx"} {
		got := cells(t, filepath.Join(folder, "seen", form+".csv"))
		if len(got) != len(want) {
			t.Errorf("%s: LibreOffice sees %d rows of %d", form, len(got), len(want))
			continue
		}
		for i := range want {
			for j := range want[i] {
				if shown := seen(form, want[i][j]); got[i][j] != shown {
					t.Errorf("%s: LibreOffice shows %q, written was %q", form, got[i][j], want[i][j])
				}
			}
		}
	}
}

// seen is what a cell looks like in LibreOffice. A CSV says nothing of what its
// cells are: moments are known for moments, so that they can be sorted, and a
// title that is a bare number is taken for one. Who minds takes the workbook.
func seen(form, written string) string {
	if _, err := time.Parse("2006-01-02 15:04", written); err == nil && form == "csv" {
		return written + ":00"
	}
	if number, is := map[string]string{"00123": "123", "1e5": "100000"}[written]; is && form == "csv" {
		return number
	}
	return written
}

// cells are those of a CSV file.
func cells(t *testing.T, file string) [][]string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(raw), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return rows
}
