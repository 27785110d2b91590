package sheet

import (
	"bytes"
	"encoding/csv"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"
)

var rows = [][]string{
	{"编号", "标题", "收到"},
	{"2612345678", "路灯坏了，\n“三天”没亮 \"全村\"", "2026-09-18"},
	{"=cmd|'/C calc'!A0", "+1", "-1"},
	{"@SUM(A1)", "\t=1", "\n=1"},
	{"＝1+1", "", " =不在开头"},
}

var safe = [][]string{
	rows[0], rows[1],
	{"'=cmd|'/C calc'!A0", "'+1", "'-1"},
	{"'@SUM(A1)", "'\t=1", "'\n=1"},
	{"'＝1+1", "", " =不在开头"},
}

func leaves(t *testing.T, form string) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := NewWriter(form, &b)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.Row(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestATableLeavesAsCSV(t *testing.T) {
	text, marked := bytes.CutPrefix(leaves(t, CSV), []byte("\xef\xbb\xbf"))
	if !marked {
		t.Error("Excel would take it for GBK")
	}
	got, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || !slices.EqualFunc(got, safe, slices.Equal) {
		t.Errorf("%q, %v", got, err)
	}
}

func TestATableLeavesAsXLSX(t *testing.T) {
	book, err := excelize.OpenReader(bytes.NewReader(leaves(t, XLSX)))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheet := book.GetSheetName(0)
	got, err := book.GetRows(sheet)
	if err != nil || len(got) != len(safe) {
		t.Fatalf("%q, %v", got, err)
	}
	for i, row := range got {
		for j, cell := range row {
			if cell != safe[i][j] {
				t.Errorf("row %d: %q, want %q", i, cell, safe[i][j])
			}
			name, _ := excelize.CoordinatesToCellName(j+1, i+1)
			if f, err := book.GetCellFormula(sheet, name); f != "" || err != nil {
				t.Errorf("%s is a formula: %q %v", name, f, err)
			}
		}
	}
}

func TestWhatNoFormKeeps(t *testing.T) {
	if got := defused("\r=1"); got != "'\r=1" { // neither form keeps it as it is
		t.Errorf("%q", got)
	}
	if _, err := NewWriter("ods", new(bytes.Buffer)); err == nil {
		t.Error("a form that nobody can write was begun")
	}
}
