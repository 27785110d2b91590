package main

import (
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
)

// realExport is the export of a real board, which lies beside the project
// where it is tried out and never in it.
const realExport = "../../../shared/data/messages/board_export_utf8.csv"

// TestImportedCaseIsLedToTheEnd brings an export into the made-up county and
// leads one of its cases through every desk, until its author, who has no
// phone, says with number and PIN that it is solved.
func TestImportedCaseIsLedToTheEnd(t *testing.T) {
	c := place(t)
	r := start(t, c, "demo")
	file, rows, finished := realExport, "803 rows: 803 new, 0 known already, 0 not taken", "432 of them were finished"
	if _, err := os.Stat(file); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		file, rows, finished = written(t, strings.ReplaceAll(export, "闲聊", "咨询")), "3 rows: 3 new, 0 known already, 0 not taken", ""
	}
	if said := well(t, c.with("import", file)...); !strings.Contains(said, rows) || !strings.Contains(said, finished) {
		t.Fatalf("import says\n%s", said)
	}
	as := func(role string) *browser {
		b := r.browser()
		b.must("/desk")(b.fill("/demo", "/demo/enter/"+role))
		return b
	}
	dispatcher, handler, reviewer := as("dispatcher"), as("handler"), as("reviewer")
	desk, err := dispatcher.get("/desk")
	links := regexp.MustCompile(`/desk/case/(\d{10})`).FindAllStringSubmatch(desk.page, -1)
	if err != nil || len(links) == 0 {
		t.Fatalf("the dispatcher's desk: %v\n%s", err, desk.page)
	}
	number := links[len(links)-1][1] // what came in last waits longest to be due
	path := "/desk/case/" + number
	shown, err := dispatcher.get(path)
	unit := regexp.MustCompile(`<option value="([0-9a-f]{32})">县城市管理局`).FindStringSubmatch(shown.page)
	if err != nil || unit == nil {
		t.Fatalf("the case at the desk: %v\n%s", err, shown.page)
	}
	dispatcher.must(path)(dispatcher.fill(path, path+"/assign", "unit", unit[1]))
	handler.must(path)(handler.fill(path, path+"/sign"))
	reply := []string{"found", "去看过了。", "done", "已经办好。", "contact", "李建平 0300-800 1102"}
	preview, err := handler.fill(path, path+"/answer", reply...)
	if err != nil || preview.code != http.StatusOK {
		t.Fatalf("the preview: %v, %d\n%s", err, preview.code, preview.page)
	}
	handler.must(path)(handler.post(path+"/answer", preview.hidden(path+"/answer")))
	reviewer.must(path)(reviewer.fill(path, path+"/approve"))

	printed := regexp.MustCompile(`PIN +(\d{3} \d{3})`).FindStringSubmatch(well(t, c.with("pin", number)...))
	if printed == nil {
		t.Fatal("no PIN is printed")
	}
	author := r.browser()
	author.must("/case/" + number)(author.fill("/lookup", "/lookup", "number", number, "pin", printed[1]))
	rate := "/case/" + number + "/rate"
	author.must("/case/" + number)(author.fill(rate, rate, "solved", "yes"))
	if done, err := author.get("/case/" + number); err != nil || !strings.Contains(done.page, `class="stamp done"`) {
		t.Errorf("at the end: %v\n%s", err, done.page)
	}
	well(t, c.with("check")...)
}
