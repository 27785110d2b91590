package sheet

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"lianxin/server/board"
	"lianxin/server/office"
)

const head = "工单号,诉求类型,标题,内容,受理时间,承办单位\n"

// read reads a whole table: the rows, and the faults as "line id field".
func read(t *testing.T, content string) (rows []office.Imported, faults []string) {
	t.Helper()
	s, err := New(strings.NewReader(content), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	for row, err := range s.Rows() {
		if err == nil {
			rows = append(rows, row)
			continue
		}
		fault, refused := board.Faults(err)
		if !refused {
			t.Fatal(err)
		}
		line := fmt.Sprintf("%d %s", row.Line, fault[0].ID)
		if len(fault[0].Args) > 0 && fault[0].Args[0] == "To" {
			line += fmt.Sprintf("–%d", fault[0].Args[1])
		}
		faults = append(faults, line)
	}
	if s.Read() != int64(len(content)) {
		t.Errorf("%d of %d bytes were read", s.Read(), len(content))
	}
	return rows, faults
}

// sources are the numbers of rows, in one line.
func sources(rows []office.Imported) string {
	var all []string
	for _, r := range rows {
		all = append(all, r.Source)
	}
	return strings.Join(all, " ")
}

func gbk(t testing.TB, text string) string {
	t.Helper()
	raw, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestEveryWayToWriteATableIsRead(t *testing.T) {
	want := office.Imported{Line: 2, Source: "900001", Kind: board.Complain, Title: "路灯不亮，“坏了”",
		Body: "桥头第 3 盏灯\n坏了，\"一个月\"没人修 㐂𠮷", There: board.There{Unit: "城管局"}, Filed: time.Date(2025, 3, 3, 15, 49, 18, 789e6, board.Zone)}
	table := head + "900001,投诉,路灯不亮，“坏了”,\"桥头第 3 盏灯\n坏了，\"\"一个月\"\"没人修 㐂𠮷\",2025-03-03 15:49:18.789,城管局\n"
	turned := "承办单位 （最近）,留言时间,正文,主题, 类 型 ,备注,编号\r\n" +
		"城管局,2025/3/3 15:49:18.789,\"桥头第 3 盏灯\r\n坏了，\"\"一个月\"\"没人修 㐂𠮷\",路灯不亮，“坏了”,举报,x,900001\r\n"
	for name, content := range map[string]string{
		"UTF-8":               table,
		"UTF-8, marked":       bom + table,
		"GB18030":             gbk(t, table),
		"GB18030, turned":     gbk(t, turned),
		"Windows, turned":     turned,
		"no end of line":      strings.TrimSuffix(table, "\n"),
		"wide":                strings.ReplaceAll(table, "城管局\n", "城管局,, ,\n"),
		"tabs":                strings.ReplaceAll(table, ",", "\t"),
		"semicolons":          strings.ReplaceAll(table, ",", ";"),
		"number held as text": strings.Replace(table, "900001", "'900001\t", 1),
	} {
		rows, faults := read(t, content)
		if len(rows) != 1 || len(faults) > 0 {
			t.Errorf("%s: %d rows, %v", name, len(rows), faults)
			continue
		}
		got := rows[0]
		if !got.Filed.Equal(want.Filed) {
			t.Errorf("%s: filed %v", name, got.Filed)
		}
		got.Filed = want.Filed
		if got != want {
			t.Errorf("%s:\n%+v, want\n%+v", name, got, want)
		}
	}
}

func TestHeaderMayStandBelowTitles(t *testing.T) {
	for _, above := range []string{"2025年3月工单表\n", "导出时间,2025-03-03\n\n", "\"没关上的引号\n", "单位：\"\n"} {
		for _, table := range []string{above + head + "1,咨询,题,文,,\n", gbk(t, above+head+"1,咨询,题,文,,\n")} {
			if rows, faults := read(t, table); len(rows) != 1 || len(faults) > 0 {
				t.Errorf("%q: %d rows, %v", above, len(rows), faults)
			}
		}
	}
}

func TestBestNameOfAColumnWins(t *testing.T) {
	rows, _ := read(t, "编号,类型,内容,工单号,诉求类型\n7,x,words,900001,求助\n")
	if len(rows) != 1 || rows[0].Source != "900001" || rows[0].Kind != board.Help {
		t.Errorf("%+v", rows)
	}
}

func TestWhatIsNoTableIsRefusedWithTheWayOut(t *testing.T) {
	for content, want := range map[string]string{
		"":                        "sheet.empty",
		bom:                       "sheet.header",
		"PK\x03\x04rest of a zip": "sheet.book",
		"PK\x03\x04\x14\x00mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK": "sheet.ods",
		"\xd0\xcf\x11\xe0an old one":                       "sheet.excel",
		"\xff\xfeI\x00D\x00":                               "sheet.utf16",
		"some words\nand more\n":                           "sheet.header",
		"工单号,标题\n1,2\n":                                    "sheet.header",
		strings.Repeat("\n", above) + head + "1,咨询,,x,,\n": "sheet.header",
	} {
		_, err := New(strings.NewReader(content), "", nil)
		if faults, ok := board.Faults(err); !ok || faults[0].ID != want {
			t.Errorf("%.20q: %v", content, err)
		}
	}
	_, err := New(strings.NewReader(gbk(t, "标题,工单号\n")), "", nil)
	faults, _ := board.Faults(err)
	if len(faults) != 1 || fmt.Sprint(faults[0].Args) != "[Columns 诉求类型 / 内容]" {
		t.Errorf("missing columns: %+v", faults)
	}
}

func TestBadRowsAreToldAndReadingGoesOn(t *testing.T) {
	good := func(n int) string {
		return fmt.Sprintf("%d,求助,题,\"第一行\n第二行，\"\"引\"\"\",2025-03-03 15:49,局\n", n)
	}
	for name, c := range map[string]struct {
		middle string
		want   string // faults; good rows stand on lines 2–3 and behind
	}{
		"too few cells":       {"5,求助,题,文\n", "4 sheet.cells"},
		"too many":            {"5,求助,题,文,2025-03-03,局,x\n", "4 sheet.cells"},
		"two of them":         {"5,求助\n6,求助\n", "4 sheet.cells, 5 sheet.cells"},
		"quote not closed":    {"5,求助,题,\"文,2025-03-03,局\n", "4 sheet.torn–4"},
		"quote within":        {"5,求助,题,文\"字,2025-03-03,局\n", "4 sheet.torn–4"},
		"text after quote":    {"5,求助,题,\"文\"字,2025-03-03,局\n", "4 sheet.torn–4"},
		"torn over lines":     {"5,求助,题,\"文\"字\n还有\n，\",2025-03-03,局\n", "4 sheet.torn–6"},
		"torn, then short":    {"5,求助,题,\"文,2025-03-03,局\n6,求助\n", "4 sheet.torn–5"},
		"joined, wrong width": {"5,求助,\"题\n文\",局\n", "4 sheet.torn–5"},
		"no number":           {" ,求助,题,文,2025-03-03,局\n", "4 sheet.number.missing"},
		"rounded number":      {"9.00001E+11,求助,题,文,2025-03-03,局\n", "4 sheet.number.rounded"},
		"unknown kind":        {"5,闲聊,题,文,2025-03-03,局\n", "4 sheet.kind"},
		"no words":            {"5,求助,, ,2025-03-03,局\n", "4 sheet.body"},
		"no day":              {"5,求助,题,文,前天,局\n", "4 sheet.time"},
		"broken characters":   {"5,求助,题,文\xff字,2025-03-03,局\n", "4 sheet.bytes"},
		"endless":             {"5,求助,题,\"" + strings.Repeat("长", maxRecord/3) + "\",2025-03-03,局\n", "4 sheet.huge"},
		"endless in lines":    {"5,求助,题,\"" + strings.Repeat("长\n", maxRecord/4) + "\",2025-03-03,局\n", fmt.Sprintf("4 sheet.torn–%d", 4+maxRecord/4)},
		"blank rows":          {"\n,,,,,\n  \n", ""},
		"header again":        {head, "4 sheet.kind"},
	} {
		rows, faults := read(t, head+good(1)+c.middle+good(2)+good(3))
		if got := strings.Join(faults, ", "); got != c.want {
			t.Errorf("%s: told %s, want %s", name, got, c.want)
		}
		if sources(rows) != "1 2 3" {
			t.Errorf("%s: rows %s", name, sources(rows))
		}
	}
}

func TestLastRowMayBeTheBrokenOne(t *testing.T) {
	rows, faults := read(t, head+"1,求助,题,文,,\n2,求助,题,\"文,,\n3,求助,题,文,,\n")
	if sources(rows) != "1 3" || fmt.Sprint(faults) != "[3 sheet.torn–3]" {
		t.Errorf("rows %s, faults %v", sources(rows), faults)
	}
}

func TestGB18030RowWithBrokenCharacters(t *testing.T) {
	table := gbk(t, head+"1,求助,题,文,,\n") + gbk(t, "2,求助,题,文") + "\xb9" + ",,\n" + gbk(t, "3,求助,题,\ufffd,,\n")
	rows, faults := read(t, table)
	if sources(rows) != "1 3" || fmt.Sprint(faults) != "[3 sheet.bytes]" {
		t.Errorf("rows %s, faults %v", sources(rows), faults)
	}
}

// A header in ASCII does not tell the script; the first row that needs it does.
func TestScriptIsLearntFromTheRows(t *testing.T) {
	table := "id,kind,title,body\n1,ask,a,b\n2,咨询,甲,乙\n"
	for _, content := range []string{table, gbk(t, table)} {
		rows, faults := read(t, content)
		if len(rows) != 2 || len(faults) > 0 || rows[1].Body != "乙" {
			t.Errorf("%+v, %v", rows, faults)
		}
	}
}

func TestTitleStandsInForAMissingBody(t *testing.T) {
	rows, _ := read(t, head+"1,表扬,谢谢李师傅,,,\n")
	if len(rows) != 1 || rows[0].Body != "谢谢李师傅" || rows[0].Kind != board.Thank || !rows[0].Filed.IsZero() {
		t.Errorf("%+v", rows)
	}
}

func TestTimes(t *testing.T) {
	minute := time.Date(2025, 3, 3, 9, 5, 0, 0, board.Zone)
	day := time.Date(2025, 3, 3, 0, 0, 0, 0, board.Zone)
	for text, want := range map[string]time.Time{
		"2025-03-03 09:05:00.000": minute, "2025-03-03 09:05:00": minute, "2025/3/3 9:05": minute, "2025.3.3 9:05": minute,
		"2025-03-03T09:05:00": minute, "2025-03-03T01:05:00Z": minute, "2025年3月3日 9时05分": minute, "2025年03月03日09：05": minute,
		"2025年3月3日9时05分0秒": minute, "20250303090500": minute, "2025-03-03 09:05:00.5": minute.Add(time.Second / 2),
		"2025-03-03": day, "2025/3/3": day, "2025年3月3日": day, "20250303": day,
		"2024-02-29": time.Date(2024, 2, 29, 0, 0, 0, 0, board.Zone),
	} {
		if got, ok := moment(text); !ok || !got.Equal(want) {
			t.Errorf("%s: %v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"2025-02-29", "2025-13-01", "2025-00-10", "2025-3-3 24:00", "2025-3-3 9:60", "0025-03-03", "2125-03-03", "45719.66", "3/3/2025", "2025-03-03 下午", "1741000000"} {
		if got, ok := moment(text); ok {
			t.Errorf("%s was read as %v", text, got)
		}
	}
}

func TestTheLexiconMeansWhatThereIs(t *testing.T) {
	topics := map[string]bool{}
	for _, one := range board.DefaultTopics() {
		topics[one.ID] = true
		if words.first["topic "+one.ID] == "" {
			t.Errorf("the lexicon has no words for %s", one.ID)
		}
	}
	for _, k := range board.Kinds {
		if words.means("kind", words.first["kind "+string(k)]) != string(k) {
			t.Errorf("the lexicon has no words for %s", k)
		}
	}
	for class, is := range map[string]func(string) bool{
		"kind":   func(m string) bool { return slices.Contains(board.Kinds, board.Kind(m)) },
		"column": func(m string) bool { return slices.Contains(columns, column(m)) },
		"topic":  func(m string) bool { return topics[m] },
		"say":    func(m string) bool { return m == "yes" || m == "no" },
	} {
		for word, n := range words.of[class] {
			if !is(n.meaning) {
				t.Errorf("%s means %s, which is no %s", word, n.meaning, class)
			}
		}
	}
}

func TestErrorsOfReadingAreNotTheRows(t *testing.T) {
	torn := errors.New("the stick was pulled out")
	s, err := New(io.MultiReader(strings.NewReader(head+"1,求助,题,文,,\n2,求助,题,\"文"), iotest.ErrReader(torn)), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	var last error
	n := 0
	for _, err := range s.Rows() {
		n, last = n+1, err
	}
	if n != 2 || !errors.Is(last, torn) {
		t.Errorf("%d rows, %v", n, last)
	}
	if _, err := New(iotest.ErrReader(torn), "", nil); !errors.Is(err, torn) {
		t.Errorf("at the start: %v", err)
	}
}

// realTables are exports of a real board. They may be read, never copied.
func realTables(t *testing.T) []string {
	folder := filepath.Join("..", "..", "..", "..", "shared", "data", "messages")
	files, err := filepath.Glob(filepath.Join(folder, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 2 && os.Getenv("CI") == "true" {
		t.Fatalf("%s holds %d tables, not 2", folder, len(files))
	}
	return files
}

func TestRealExportsAreReadWhole(t *testing.T) {
	var first []office.Imported
	for _, file := range realTables(t) {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		rows, faults := read(t, string(raw))
		if len(rows) != 803 || len(faults) > 0 {
			t.Errorf("%s: %d rows, %v", filepath.Base(file), len(rows), faults)
		}
		if first == nil {
			first = rows
		}
		for i := range rows {
			if i < len(first) && rows[i] != first[i] {
				t.Errorf("%s: row %d is another", filepath.Base(file), i)
			}
			if rows[i].Filed.IsZero() || rows[i].There.Unit == "" {
				t.Errorf("%s: row %d lacks its time or unit", filepath.Base(file), i)
			}
		}
	}
}

func FuzzRows(f *testing.F) {
	f.Add([]byte(head + "1,求助,题,\"文\n字\",2025-03-03 15:49:18.789,局\n"))
	f.Add([]byte(gbk(f, head+"1,求助,题,\"文\"字\n\",\n2,投诉,题,文,,\n")))
	f.Add([]byte("a\"\nid\tkind\tbody\n\"\"\"\n1\task\t\"x\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		s, err := New(strings.NewReader(string(content)), "x", nil)
		if err != nil {
			if _, refused := board.Faults(err); !refused {
				t.Fatal(err)
			}
			return
		}
		last := 0
		for row, err := range s.Rows() {
			if row.Line <= last {
				t.Fatalf("line %d after line %d", row.Line, last)
			}
			last = row.Line
			if _, refused := board.Faults(err); err != nil && !refused {
				t.Fatal(err)
			}
			if err == nil && (row.Source == "x:" || row.Kind == "" || row.Body == "" || strings.ToValidUTF8(row.Body, "") != row.Body) {
				t.Fatalf("a row that is none: %+v", row)
			}
		}
		if s.Read() != int64(len(content)) {
			t.Fatalf("%d of %d bytes were read", s.Read(), len(content))
		}
	})
}

// What was finished elsewhere is told by its state, and by the day on which it
// was done where the state tells nothing; a map that leaves them out says that
// all of it is open.
func TestWhatWasFinishedElsewhere(t *testing.T) {
	table := "工单号,类型,内容,办理状态,办结时间,答复内容\n" +
		"1,求助,a,已办结,2025-03-03,修好了\n2,求助,b,已办结,,\n3,求助,c,办理中,2025-03-03,\n4,求助,d,,2025-03-03,\n5,求助,e,挂起,,\n6,求助,f,,,在看\n"
	for asked, want := range map[string]string{
		"":                      "[true true false true false false]",
		"state =":               "[true false true true false false]",
		"state =\ndone =":       "[false false false false false false]",
		"办理状态 = 办理状态\ndone =\n": "[true true false false false false]",
	} {
		m, err := ParseMap(asked)
		if err != nil {
			t.Fatal(err)
		}
		s, err := New(strings.NewReader(table), "", m)
		if err != nil {
			t.Fatal(err)
		}
		var ended []bool
		for row, err := range s.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			ended = append(ended, row.There.Ended)
			if row.Source == "1" && row.There.Reply != "修好了" {
				t.Errorf("the answer was %q", row.There.Reply)
			}
		}
		if fmt.Sprint(ended) != want {
			t.Errorf("with the map %q: %v, want %s", asked, ended, want)
		}
	}
}
