package main

import (
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// filer is a resident who files one case after the other.
type filer struct {
	*browser
	who      int
	forms    int        // how many were begun
	numbers  []string   // acknowledged: a receipt was given
	underway url.Values // the form that was sent and not answered
	words    string     // what it says
	got      answer     // the last
}

var errNoReceipt = errors.New("no receipt was given")

// next files one more case; nil means that a receipt was given.
func (f *filer) next() (err error) {
	f.forms++
	f.words = fmt.Sprintf("第%d个人的第%d件事：门前的路坏了", f.who, f.forms)
	if f.got, err = f.fill("/file", "/file", filing(f.words)...); err != nil || f.got.code != http.StatusSeeOther {
		return errors.Join(errNoReceipt, err)
	}
	if f.got, err = f.get("/file/check"); err != nil || f.got.code != http.StatusOK {
		return errors.Join(errNoReceipt, err)
	}
	f.underway = f.got.hidden("/file/check")
	return f.send()
}

// send sends the form that is under way.
func (f *filer) send() (err error) {
	if f.got, err = f.post("/file/check", f.underway); err != nil || f.got.code != http.StatusSeeOther {
		return errors.Join(errNoReceipt, err)
	}
	f.numbers = append(f.numbers, strings.TrimPrefix(f.got.to, "/receipt/"))
	f.underway = nil
	return nil
}

// fileAll files so many cases, or until the server is gone.
func (f *filer) fileAll(n int, acknowledged chan<- struct{}) {
	for range n {
		if f.next() != nil {
			return
		}
		acknowledged <- struct{}{}
	}
}

// holds looks on a server that came back for every case that was acknowledged,
// and sends again the form that was cut off.
func (f *filer) holds(r *running) {
	f.t.Helper()
	f.base = r.url
	for _, number := range f.numbers {
		if page, err := f.get("/case/" + number); err != nil || page.code != http.StatusOK {
			f.t.Errorf("the receipt %s was given, and the case is not there: %d %v", number, page.code, err)
		}
	}
	if f.underway != nil {
		f.sendAgain()
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
	f.underway = nil
}

// mould is a county with residents who are logged in. It is made once; whoever
// wants one gets a copy.
var mould struct {
	sync.Once
	county
	cookies [][]*http.Cookie
}

const moulded = 4 // residents

// cast gives a copy of the mould in a folder, and its residents.
func cast(t *testing.T, folder string) (county, []*filer) {
	t.Helper()
	mould.Do(func() { makeMould(t) })
	if mould.cookies == nil {
		t.Fatal("there is no mould")
	}
	c := county{filepath.Join(folder, "data"), filepath.Join(folder, "keys")}
	for from, to := range map[string]string{mould.data: c.data, mould.keys: c.keys} {
		copyAll(t, from, to)
	}
	filers := make([]*filer, moulded)
	for i := range filers {
		jar, err := cookiejar.New(nil)
		if err != nil {
			t.Fatal(err)
		}
		jar.SetCookies(anywhere, mould.cookies[i])
		b := &browser{t: t}
		b.http.Jar, b.http.CheckRedirect = jar, stay
		filers[i] = &filer{browser: b, who: i}
	}
	return c, filers
}

// anywhere is where each server of these tests is, but for its port.
var anywhere = &url.URL{Scheme: "http", Host: "127.0.0.1", Path: "/"}

func makeMould(t *testing.T) {
	t.Helper()
	c := county{filepath.Join(workshop, "mould", "data"), filepath.Join(workshop, "mould", "keys")}
	r := start(t, c, "serve", "--backup", filepath.Join(workshop, "mould", "backup"))
	c.named(t)
	var cookies [][]*http.Cookie
	for i := range moulded {
		b := r.browser()
		b.logIn(c, fmt.Sprintf("140%04d0001", i))
		b.attach(b.file(fmt.Sprintf("第%d个人早先的事：桥上的栏杆断了", i)), fmt.Sprint("their words ", i))
		cookies = append(cookies, b.http.Jar.Cookies(anywhere))
	}
	r.stop()
	mould.county, mould.cookies = c, cookies
}

// copyAll copies a folder as it is, its modes too.
func copyAll(t *testing.T, from, to string) {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(to), 0o700)
	if out, e := exec.Command("cp", "-a", from, to).CombinedOutput(); e != nil || err != nil {
		t.Fatal(err, e, string(out))
	}
}
