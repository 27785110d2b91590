package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"lianxin/server/board"
	tables "lianxin/server/channel/sheet"
	"lianxin/server/office"
)

// bringsIn lets a site read tables.
func bringsIn(p *Parts, _ *[]route) {
	p.Bring = func(ctx context.Context, file []byte, task TableTask) (office.Table, error) {
		asked, err := tables.ParseMap(task.Map)
		if err != nil {
			return office.Table{}, err
		}
		return tables.Import(ctx, p.Office, bytes.NewReader(file), tables.Task{System: task.System, Map: asked, Try: task.Try, Head: task.Head, Progress: task.Progress, Bad: task.Bad})
	}
}

const hotlineTable = "工单号,诉求类型,标题,内容,受理时间,承办单位,是否公开\n" +
	"1,求助,路灯,\"东街的路灯不亮，\n晚上看不见路\",2026-01-05 09:00,公安局,是\n" +
	"2,建议,长椅,车站放几把长椅,2026-01-06,某某局,否\n" +
	"3,闲聊,无,今天天气好,2026-01-06,,\n"

func TestATableIsLookedOverAndBroughtIn(t *testing.T) {
	w := newWorld(t)
	w.staff = maps.Clone(w.staff)
	var err error
	w.staff["it"], err = w.office.Hire(ctx, office.Box, office.NewStaff{Login: "it", Name: "石工", Roles: board.Roles{board.Admin}})
	w.must(err)
	b, other := w.browser().enter("admin"), w.browser().enter("it")
	b.get("/admin").want(200, w.T("import.title"))
	waiting := func() int {
		t.Helper()
		page, err := w.office.Desk(ctx, w.as("desk"), office.Shelf(board.Dispatcher), "", 10)
		w.must(err)
		return page.Waiting
	}
	before := waiting()
	send := func(content string, pairs ...string) *page {
		return b.get(tablePath).upload(tablePath, "file", "export.csv", content, pairs...)
	}
	p := send(hotlineTable).follow()
	p = w.readTable(p).want(200, w.T("import.tried", "Read", 3, "Added", 2, "Known", 0, "Bad", 1), w.T("import.shown", "Count", 1),
		w.T("import.word", "Means", w.T("import.unknown"), "Count", 1), w.T("import.line", "Line", 5), "闲聊")
	bad := b.do("GET", badPath, nil)
	if !strings.Contains(bad.body, "5,诉求类型,") || !strings.Contains(bad.body, ",3,闲聊,无,今天天气好,") || strings.Contains(bad.body, "长椅") {
		t.Errorf("the rows to mend are %d\n%s", bad.status, bad.body)
	}
	if p := other.do("GET", badPath, nil); p.status != 404 || strings.Contains(other.get(reportPath).body, badPath) {
		t.Errorf("another admin takes the rows that this one sent: %d", p.status)
	}
	if waiting() != before {
		t.Error("a table that was only looked at is on the desk")
	}
	p = w.readTable(p.post(reportPath).follow()).want(200, w.T("import.done", "Read", 3, "Added", 2, "Known", 0, "Bad", 1))
	if strings.Contains(p.text(), "东街的路灯不亮") {
		t.Error("an admin reads a case")
	}
	if n := waiting(); n != before+2 {
		t.Errorf("%d wait at the county desk, were %d", n, before)
	}
	w.readTable(send(strings.ReplaceAll(bad.body, ",闲聊,", ",咨询,")).follow()).want(200, w.T("import.tried", "Read", 1, "Added", 1, "Known", 0, "Bad", 0))
	again := w.readTable(send(hotlineTable).follow()).want(200, w.T("import.tried", "Read", 3, "Added", 0, "Known", 2, "Bad", 1))
	if strings.Contains(again.body, `name="mark"`) {
		t.Error("a table with nothing new can be brought in")
	}

	send("a,b\n1,2\n", "map", "x").want(422, w.T("import.title"))
	send("a,b\n1,2\n").want(422, w.T("fault.sheet.header", "Columns", "工单号 / 诉求类型 / 内容"))
	send("PK\x03\x04").want(422, w.T("fault.sheet.book"))
	send(hotlineTable, "system", "a:b").want(422, w.T("fault.table.system"))
	b.get(tablePath).post(tablePath).want(422, w.T("fault.table.none"))
	if p := b.do("GET", reportPath, nil); p.status != 303 {
		t.Errorf("a report of nothing: %d", p.status)
	}
	// More than other uploads may have, in another system's name, by a map.
	big := hotlineTable + strings.Repeat("4,求助,"+strings.Repeat("路", 20_000)+",x,,,\n", 40)
	if len(big) < maxUpload {
		t.Fatalf("the table of this test is only %d long", len(big))
	}
	w.readTable(send(big, "system", "信箱", "map", "body = 标题").follow()).want(200, w.T("import.tried", "Read", 43, "Added", 3, "Known", 39, "Bad", 1))
}

// What another system has finished comes with its answer, is read at the desk
// and by its author, and waits for nobody.
func TestFinishedCasesAreBroughtInAsHistory(t *testing.T) {
	w := newWorld(t)
	b := w.browser().enter("admin")
	table := "工单号,诉求类型,标题,内容,受理时间,承办单位,办理状态,办结时间,答复内容\n" +
		"1,求助,路灯,东街的路灯不亮,2026-01-05,住建局,已办结,2026-01-09,灯泡换好了。\n2,建议,长椅,车站放几把长椅,2026-01-06,,办理中,,\n3,建议,树,街边种树,2026-01-06,,挂起,,\n"
	p := w.readTable(b.get(tablePath).upload(tablePath, "file", "a.csv", table).follow()).want(200, w.T("import.ended", "Count", 1),
		w.T("import.column.reply"), w.T("import.word", "Means", w.T("import.state.done"), "Count", 1), w.T("import.word", "Means", w.T("import.state.open"), "Count", 1))
	w.readTable(p.post(reportPath).follow()).want(200, w.T("import.done", "Read", 3, "Added", 3, "Known", 0, "Bad", 0))
	desk := w.browser().enter("desk")
	desk.get("/desk").want(200, "长椅").hides("路灯")
	found, err := w.office.Desk(ctx, w.as("desk"), office.Newest, "", 10)
	w.must(err)
	for _, row := range found.Cases {
		if row.Title != "路灯" {
			continue
		}
		path := "/desk/case/" + string(row.Number)
		desk.get(path).want(200, w.T("state.closed"), "灯泡换好了。", w.T("case.done-there"), "住建局")
		letter, err := w.office.Letter(ctx, office.Box, row.Number)
		w.must(err)
		author := w.browser()
		read := author.get("/lookup").send("/lookup", "number", string(row.Number), "pin", letter.PIN).
			want(200, "灯泡换好了。", w.T("case.done-there")).hides(w.T("rate.title"))
		if !strings.Contains(read.body, "住建局<br>2026年1月9日<") {
			t.Errorf("the answer is signed otherwise:\n%s", read.text())
		}
		return
	}
	t.Error("nobody finds what was finished elsewhere")
}

// readTable opens the report again until the table is read.
func (w *world) readTable(p *page) *page {
	w.t.Helper()
	for range 1000 {
		if !strings.Contains(p.text(), w.T("import.progress")) {
			return p
		}
		p = p.get(reportPath)
	}
	w.t.Fatal("the table is never read")
	return nil
}

// One table is in hand at a time. Who confirms one that was replaced meanwhile
// looks again; a site that stops interrupts what it reads and waits for it.
func TestOneTableAtATime(t *testing.T) {
	type step struct{ done, total int64 }
	steps := make(chan step)
	ended := make(chan error, 1)
	w := newWorld(t, func(p *Parts, _ *[]route) {
		p.Bring = func(ctx context.Context, file []byte, task TableTask) (office.Table, error) {
			if task.Try {
				return office.Table{Read: 5, Added: len(file)}, nil
			}
			for {
				select {
				case s := <-steps:
					task.Progress(s.done, s.total)
					if s.done < 0 {
						panic("somebody's words")
					}
				case <-ctx.Done():
					ended <- ctx.Err()
					return office.Table{Read: 2, Added: 2}, ctx.Err()
				}
			}
		}
	})
	b, other := w.browser().enter("admin"), w.browser().enter("admin")
	first := b.get(tablePath).upload(tablePath, "file", "a.csv", "a").follow().want(200, w.T("import.go.button", "Count", 1))
	second := other.get(tablePath).upload(tablePath, "file", "b.csv", "bb").follow().want(200, w.T("import.go.button", "Count", 2))
	first.post(reportPath).want(409, w.T("fault.table.other"), w.T("import.go.button", "Count", 2))
	second.post(reportPath).follow().want(200, w.T("import.running"))
	steps <- step{30, 60}
	steps <- step{30, 60} // the one before has been told
	b.get(reportPath).want(200, w.T("import.percent", "Percent", 50))
	second.post(reportPath).follow().want(200, w.T("import.running")) // the same button again
	b.get(tablePath).upload(tablePath, "file", "a.csv", "a").want(409, w.T("fault.table.busy"))
	b.get(tablePath).upload(tablePath, "file", "a.csv", strings.Repeat("a", maxUpload)).want(413)
	steps <- step{-1, -1}
	w.readTable(b.get(reportPath)).want(200, w.T("import.broken", "Read", 0, "Added", 0)).post(dropPath).follow().want(200, w.T("import.button"))
	if log := w.log.String(); !strings.Contains(log, "a table was not read") || strings.Contains(log, "somebody's words") {
		t.Errorf("the log says %s", log)
	}
	b.get(tablePath).upload(tablePath, "file", "a.csv", "a").follow().post(reportPath).follow().want(200, w.T("import.running"))
	w.must(w.site.Shutdown(ctx))
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if job, _ := w.site.bringing.now(); job.running || fmt.Sprint(job.err) != "context canceled" {
		t.Errorf("after the end: %+v", job.err)
	}
}
