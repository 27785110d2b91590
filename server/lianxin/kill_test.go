package main

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
)

// filer is a resident who files one case after the other.
type filer struct {
	*browser
	numbers  []string   // acknowledged: a receipt was given
	underway url.Values // the form that was sent and not answered
	words    string     // what it says
}

// Killed in the middle of 200 filings, the board has every case for which a
// receipt was given, and a form that was cut off makes one case when it is
// sent again, whether it had been kept or not.
func TestKilledWhileFiling(t *testing.T) {
	const residents, each = 8, 25
	c := place(t)
	r := start(t, c, "serve")
	c.named(t)
	filers := make([]*filer, residents)
	for i := range filers {
		filers[i] = &filer{browser: r.browser()}
		filers[i].logIn(c, fmt.Sprintf("140%04d0001", i))
	}
	acknowledged := make(chan struct{}, residents*each)
	var done sync.WaitGroup
	for i, f := range filers {
		done.Go(func() { f.fileAll(i, each, acknowledged) })
	}
	for range residents * each / 2 {
		<-acknowledged
	}
	r.kill()
	done.Wait()

	r = start(t, c, "serve")
	total := 0
	for _, f := range filers {
		f.base = r.url
		total += len(f.numbers)
		for _, number := range f.numbers {
			if page, err := f.get("/case/" + number); err != nil || page.code != http.StatusOK {
				t.Errorf("the receipt %s was given, and the case is not there: %d %v", number, page.code, err)
			}
		}
		if f.underway != nil {
			f.sendAgain()
		}
	}
	if total == residents*each {
		t.Error("all filings were acknowledged: the kill came too late to prove anything")
	}
	r.stop()
	well(t, c.with("check")...)
}

// fileAll files until the server is gone.
func (f *filer) fileAll(i, n int, acknowledged chan<- struct{}) {
	for k := range n {
		f.words = fmt.Sprintf("第%d个人的第%d件事：门前的路坏了", i, k)
		if a, err := f.fill("/file", "/file", filing(f.words)...); err != nil || a.code != http.StatusSeeOther {
			return
		}
		shown, err := f.get("/file/check")
		if err != nil {
			return
		}
		f.underway = shown.hidden("/file/check")
		a, err := f.post("/file/check", f.underway)
		if err != nil || a.code != http.StatusSeeOther {
			return
		}
		f.numbers = append(f.numbers, strings.TrimPrefix(a.to, "/receipt/"))
		f.underway = nil
		acknowledged <- struct{}{}
	}
}

// sendAgain sends the form that was cut off, twice.
func (f *filer) sendAgain() {
	f.t.Helper()
	first := f.must("/receipt/")(f.post("/file/check", f.underway))
	second := f.must("/receipt/")(f.post("/file/check", f.underway))
	if first.to != second.to {
		f.t.Errorf("one form gave two receipts: %s and %s", first.to, second.to)
	}
	page, err := f.get("/cases")
	if n := strings.Count(html.UnescapeString(page.page), f.words); err != nil || n != 1 {
		f.t.Errorf("one form made %d cases, %v", n, err)
	}
}
