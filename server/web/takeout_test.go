package web

import (
	"bytes"
	"encoding/csv"
	"mime"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
	"lianxin/store/seal"
)

// taken is the table of a shelf as somebody saved it.
func (b *browser) taken(shelf string) [][]string {
	b.t.Helper()
	p := b.do("GET", "/desk/export/"+shelf+".csv", nil)
	text, marked := strings.CutPrefix(p.body, "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if p.status != 200 || !marked || err != nil {
		b.t.Fatalf("%s: %d, %v\n%s", shelf, p.status, err, p.text())
	}
	return rows
}

// noted is what the county remembers of lists that were taken out, the newest
// last.
func (w *world) noted() (all []board.Event) {
	w.t.Helper()
	keys, err := seal.Open(filepath.Join(made.dir, "keys")) // every world's
	w.must(err)
	st, err := store.New(w.engine, keys)
	w.must(err)
	w.must(st.View(ctx, func(tx *store.Tx) error {
		events, err := tx.Events(board.CountyStream)
		for _, e := range events {
			if _, is := e.Fact.(board.TakenOut); is {
				all = append(all, e)
			}
		}
		return err
	}))
	return all
}

func TestAShelfIsTakenOutAsItsReaderSeesIt(t *testing.T) {
	w := newWorld(t)
	wang := w.browser().logIn("13800138000")
	n := wang.tells("title", "=1+1 王秀兰说灯坏了")
	w.must(w.office.Assign(ctx, w.as("desk"), board.Number(n), w.form(), office.Assignment{Lead: w.units[0].String()}))

	watch := w.browser().enter("watch")
	rows := watch.taken("newest")
	if len(rows) != 2 || rows[1][0] != n || !strings.HasPrefix(rows[1][1], "'=1+1") || rows[1][5] != "2026-09-17 12:00" {
		t.Errorf("the inspector took %q", rows)
	}
	for _, hidden := range []string{secret.name, secret.village, secret.remark, "13800138000", "路灯坏了"} {
		if strings.Contains(strings.Join(slices.Concat(rows...), "\n"), hidden) {
			t.Errorf("the inspector took %q", hidden)
		}
	}
	if rows := w.browser().enter("desk").taken("newest"); len(rows) != 2 || rows[1][4] != secret.village || rows[1][7] != "住房和城乡建设局" {
		t.Errorf("the county desk took %q", rows)
	}
	if rows := w.browser().enter("unit").taken("leading"); len(rows) != 2 {
		t.Errorf("the unit took %q", rows)
	}
	if rows := w.browser().enter("other").taken("leading"); len(rows) != 1 {
		t.Errorf("another unit took %q", rows)
	}
	// Who took what is remembered.
	var names []string
	for _, e := range w.noted() {
		f := e.Fact.(board.TakenOut)
		names = append(names, string(e.Role)+" "+f.What+" "+f.Form)
		if e.Actor.IsZero() || f.Cases != 1 && e.Actor != w.member("other").ID {
			t.Errorf("%+v", e)
		}
	}
	if want := []string{"inspector newest csv", "dispatcher newest csv", "handler leading csv", "handler leading csv"}; !slices.Equal(names, want) {
		t.Errorf("remembered is %q", names)
	}
}

func TestAFileIsSavedAndNeverShown(t *testing.T) {
	w := newWorld(t)
	n := w.browser().logIn("13800138000").tells()
	lead := w.browser().enter("lead")
	lead.get("/desk?desk=newest").want(200, "/desk/export/newest.csv", "/desk/export/newest.xlsx")
	p := lead.do("GET", "/desk/export/newest.xlsx", nil)
	how, names, err := mime.ParseMediaType(p.header.Get("Content-Disposition"))
	if p.status != 200 || err != nil || how != "attachment" || names["filename"] != w.T("desk.section.newest")+"-2026-09-17.xlsx" {
		t.Errorf("%d, %s %q, %v", p.status, how, names, err)
	}
	for name, want := range map[string]string{
		"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
		"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	} {
		if got := p.header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader([]byte(p.body)))
	w.must(err)
	defer book.Close()
	if rows, err := book.GetRows(book.GetSheetName(0)); err != nil || len(rows) != 2 || rows[1][0] != n {
		t.Errorf("%q, %v", rows, err)
	}
}

func TestWhoTakesNothingOut(t *testing.T) {
	w := newWorld(t)
	w.browser().logIn("13800138000").tells()
	w.browser().enter("review").get("/desk").want(200).hides("/desk/export/")
	for login, paths := range map[string][]string{
		"review": {"reviewer.csv"}, "phone": {"newest.csv"}, "admin": {"newest.csv"}, "help": {"newest.csv"},
		"unit": {"newest.csv", "dispatcher.csv"}, "lead": {"dispatcher.csv", "newest.ods", "newest", "newest.csv.exe"},
	} {
		b := w.browser().enter(login)
		for _, path := range paths {
			if p := b.do("GET", "/desk/export/"+path, nil); p.status != 403 && p.status != 404 {
				t.Errorf("%s took %s: %d", login, path, p.status)
			}
		}
	}
	lead := w.browser().enter("lead")
	lead.head = map[string]string{"Sec-Fetch-Site": "cross-site"}
	if p := lead.do("GET", "/desk/export/newest.csv", nil); p.status != 403 {
		t.Errorf("another site's link took it: %d", p.status)
	}
	lead.head = nil
	if p := lead.do("HEAD", "/desk/export/newest.csv", nil); p.status == 200 {
		t.Error("HEAD took it")
	}
	w.engine.full.Store(true)
	if p := lead.do("GET", "/desk/export/newest.csv", nil); p.status != 503 || strings.Contains(p.body, "2026-09-17 12:00") {
		t.Errorf("what could not be remembered was handed out: %d\n%s", p.status, p.body)
	}
	w.engine.full.Store(false)
	if noted := w.noted(); len(noted) > 0 {
		t.Errorf("%+v", noted)
	}
}
