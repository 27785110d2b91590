package sheet

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"lianxin/server/board"
	"lianxin/server/office"
)

// workbook is a made-up workbook of the rows.
func workbook(t testing.TB, sheet string, rows ...[]any) *bytes.Buffer {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	name := "Sheet1"
	if sheet != "" {
		name = sheet
		if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
	}
	for i, row := range rows {
		if err := f.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return &out
}

var bookHead = []any{"工单号", "诉求类型", "标题", "内容", "受理时间", "承办单位"}

// A workbook says the same as a CSV file, however its cells are kept: numbers
// as numbers, times as days, on whatever sheet, below whatever titles.
func TestWorkbookIsReadLikeATable(t *testing.T) {
	at := time.Date(2025, 3, 3, 15, 49, 18, 0, time.UTC)
	book := workbook(t, "三月", []any{"2025年3月工单表"}, []any{}, bookHead,
		[]any{3644094, "求助", "灯", "第一行\r\n第二行", at, "城管局"}, []any{},
		[]any{"0012", "咨询", "问", "文", "2025/3/3 15:49:18"}, []any{8, "闲聊", "题", "文"},
		[]any{9, "求助", "题", "文", "", "", "多出来的"}, []any{"1E+17", "求助", "题", "文", 5})
	s, err := New(book, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var got []string
	for row, err := range s.Rows() {
		if faults, _ := board.Faults(err); err != nil {
			got = append(got, fmt.Sprintf("%d %s", row.Line, faults[0].ID))
			continue
		}
		got = append(got, fmt.Sprintf("%d %s %s %q %s %s", row.Line, row.Source, row.Kind, row.Body, row.Filed.Format(time.RFC3339), row.There.Unit))
	}
	want := []string{`4 3644094 help "第一行\n第二行" 2025-03-03T15:49:18+08:00 城管局`, `6 0012 ask "文" 2025-03-03T15:49:18+08:00 `,
		"7 sheet.kind", "8 sheet.cells", "9 sheet.number.rounded"}
	if !slices.Equal(got, want) {
		t.Errorf("read\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// What grows beyond what may stay in memory is read all the same, and leaves
// nothing behind.
func TestBigWorkbookLeavesNothingBehind(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Repeat("路灯不亮", 100)
	const rows = maxPart / 1000
	for i := range rows + 1 {
		cells := []any{i, "求助", "灯", fmt.Sprint(words, i), "2025-03-03", "局"}
		if i == 0 {
			cells = bookHead
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), cells); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := New(&out, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	n, kept := 0, 0
	for _, err := range s.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == rows/2 {
			entries, err := os.ReadDir(folder)
			if err != nil {
				t.Fatal(err)
			}
			kept = len(entries)
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if n != rows || kept == 0 {
		t.Errorf("%d rows of %d; %d parts on the disk", n, rows, kept)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestWorkbookWithoutOurColumnsSaysWhich(t *testing.T) {
	_, err := New(workbook(t, "", []any{"工单号", "标题"}, []any{1, 2}), "", nil)
	faults, _ := board.Faults(err)
	if len(faults) != 1 || fmt.Sprint(faults[0].ID, faults[0].Args) != "sheet.header[Columns 诉求类型 / 内容]" {
		t.Errorf("%v", err)
	}
}

// The real export as a workbook is the import that it is as CSV.
func TestRealExportAsAWorkbook(t *testing.T) {
	for _, file := range realTables(t) {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var want []office.Imported
		s, err := New(bytes.NewReader(raw), "", nil)
		if err != nil {
			t.Fatal(err)
		}
		rows := [][]any{{}}
		for _, name := range s.header.names {
			rows[0] = append(rows[0], name)
		}
		for row, err := range s.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			var cells []any
			for _, cell := range s.raw {
				cells = append(cells, cell)
			}
			want, rows = append(want, row), append(rows, cells)
		}
		book, err := New(workbook(t, "", rows...), "", nil)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for row, err := range book.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			row.Line = want[n].Line
			if row != want[n] {
				t.Errorf("row %d is another", n)
			}
			n++
		}
		if n != len(want) {
			t.Errorf("%d rows of %d", n, len(want))
		}
	}
}
