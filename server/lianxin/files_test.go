package main

import (
	"bytes"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"lianxin/store"
)

// recorded is a recording of somebody's phone, which is kept as it came: AMR, in
// frames of 12 bytes that say these words.
func recorded(words string) []byte {
	b := []byte("#!AMR\n")
	for i := 0; i < len(words) || i < 600; i += 12 {
		frame := make([]byte, 12)
		copy(frame, words[min(i, len(words)):])
		b = append(append(b, 0x04), frame...)
	}
	return b
}

// upload sends a file with a form's fields.
func (b *browser) upload(path string, fields url.Values, file []byte) (answer, error) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name := range fields {
		if err := form.WriteField(name, fields.Get(name)); err != nil {
			return answer{}, err
		}
	}
	part, err := form.CreateFormFile("file", "录音.amr")
	if err != nil {
		return answer{}, err
	}
	_, err = part.Write(file)
	if err = errors.Join(err, form.Close()); err != nil {
		return answer{}, err
	}
	return b.done(b.http.Post(b.base+path, form.FormDataContentType(), &body))
}

// attach adds a recording to a case.
func (b *browser) attach(number, words string) {
	b.t.Helper()
	path := "/case/" + number + "/attach"
	page, err := b.get(path)
	if err != nil {
		b.t.Fatal(err)
	}
	b.must(path)(b.upload(path, page.hidden(path), recorded(words)))
}

var fileLink = regexp.MustCompile(`href="(/case/\d+/file/[0-9a-f]{32})"`)

// hears opens every recording of a case, and counts those that say these words.
func (b *browser) hears(number, words string) (n int) {
	b.t.Helper()
	page, err := b.get("/case/" + number)
	if err != nil {
		b.t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, link := range fileLink.FindAllStringSubmatch(page.page, -1) {
		if seen[link[1]] {
			continue
		}
		seen[link[1]] = true
		file, err := b.get(link[1])
		if err != nil || file.code != http.StatusOK {
			b.t.Errorf("%s does not open: %d, %v", link[1], file.code, err)
		}
		if file.page == string(recorded(words)) {
			n++
		}
	}
	return n
}

// files are the files of a county, as they lie in its folder.
func (c county) files(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(c.data, store.BlobFolder, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// A recording goes with its county into backups and exports and comes back from
// both; whoever is erased takes theirs along, out of older backups too.
func TestFilesGoWhereTheirCountyGoes(t *testing.T) {
	c, copies, out := place(t), t.TempDir(), filepath.Join(t.TempDir(), "out")
	kept := func(args ...string) []string { return append(c.with(args...), "--backup", copies) }
	r := start(t, c, "serve", "--backup", copies)
	c.named(t)
	people, numbers := map[string]*browser{}, map[string]string{}
	for who, phone := range map[string]string{"goes": "13800138000", "stays": "13900139000"} {
		b := r.browser()
		b.logIn(c, phone)
		people[who], numbers[who] = b, b.file("门前的路坏了")
		b.attach(numbers[who], "SECRET "+who)
	}
	if n := people["goes"].hears(numbers["goes"], "SECRET goes"); n != 1 || len(c.files(t)) != 2 {
		t.Fatalf("%d recordings open, %d files lie there", n, len(c.files(t)))
	}
	for _, said := range []string{well(t, c.with("check")...), well(t, kept("backup")...), well(t, kept("drill")...), well(t, c.with("export", "--to", out)...)} {
		if !strings.Contains(said, "2 photos and recordings") {
			t.Errorf("it says\n%s", said)
		}
	}
	if said, _ := typed(t, kept("doctor")...); !strings.Contains(said, "files: 2 photos and recordings") {
		t.Errorf("the doctor says\n%s", said)
	}
	well(t, kept("erase", numbers["goes"], "--yes")...)
	left := c.files(t)
	if len(left) != 1 {
		t.Errorf("after the erasure there are %v", left)
	}
	if n := people["stays"].hears(numbers["stays"], "SECRET stays"); n != 1 {
		t.Error("the other's recording does not open")
	}
	r.stop()
	for name, args := range map[string][]string{"restored": {"restore", only(t, copies), "--backup", copies}, "loaded": {"load", out, "--backup", copies}} {
		back := county{filepath.Join(t.TempDir(), "data"), c.keys}
		well(t, back.with(args...)...)
		if files := back.files(t); len(files) != 1 || filepath.Base(files[0]) != filepath.Base(left[0]) {
			t.Errorf("%s: there are %v, want that of %v", name, files, left)
		}
		well(t, back.with("check")...)
		again := start(t, back, "serve")
		people["stays"].base = again.url
		if n := people["stays"].hears(numbers["stays"], "SECRET stays"); name == "restored" && n != 1 { // an export brings no sessions
			t.Error("the recording that was restored does not open")
		}
		again.stop()
	}
}

// Killed while people add recordings, the board has each that it said was added,
// whole; one that was cut off is there once when it is sent again; and no leftover
// is in the way.
func TestKilledWhileAttaching(t *testing.T) {
	t.Parallel()
	c, filers := cast(t, t.TempDir())
	r := start(t, c, "serve")
	added := make(chan struct{}, 1000)
	var done sync.WaitGroup
	adders := make([]*adder, len(filers))
	for i, f := range filers {
		f.base = r.url
		adders[i] = &adder{filer: f}
		done.Go(func() { adders[i].addAll(100, added) })
	}
	for range 20 {
		<-added
	}
	r.kill()
	done.Wait()
	r = start(t, c, "serve")
	for _, a := range adders {
		a.has(r)
	}
	r.stop()
	well(t, c.with("check")...)
}

// adder is a resident who files cases and adds a recording to each.
type adder struct {
	*filer
	added []string   // numbers of the cases whose recordings were acknowledged
	form  url.Values // the one that was sent and not answered
	to    string     // the case it is for
}

func (a *adder) said(number string) string { return fmt.Sprint("recording of case ", number) }

// add files a case and adds to it; nil means that both were acknowledged.
func (a *adder) add() error {
	if err := a.next(); err != nil {
		return err
	}
	a.to = a.numbers[len(a.numbers)-1]
	page, err := a.get("/case/" + a.to + "/attach")
	if err != nil {
		a.to = ""
		return err
	}
	a.form = page.hidden("/case/" + a.to + "/attach")
	return a.press()
}

// press sends the form that is under way.
func (a *adder) press() (err error) {
	path := "/case/" + a.to + "/attach"
	if a.got, err = a.upload(path, a.form, recorded(a.said(a.to))); err != nil || a.got.code != http.StatusSeeOther {
		return errors.Join(errNoReceipt, err)
	}
	a.added, a.form = append(a.added, a.to), nil
	return nil
}

func (a *adder) addAll(n int, added chan<- struct{}) {
	for range n {
		if a.add() != nil {
			return
		}
		added <- struct{}{}
	}
}

// has wants each recording on a server that came back, and sends again what was
// cut off.
func (a *adder) has(r *running) {
	a.t.Helper()
	a.holds(r)
	if a.form != nil {
		for range 2 { // twice
			form := a.form
			if err := a.press(); err != nil {
				a.t.Fatalf("sent again: %v, %d\n%s", err, a.got.code, a.got.page)
			}
			a.form = form
		}
		a.form = nil
	}
	for _, number := range a.added {
		if n := a.hears(number, a.said(number)); n != 1 {
			a.t.Errorf("of the recording of %s there are %d", number, n)
		}
	}
}

// A file that is lost keeps no county from its people: after a fall it is told, and
// the rest is served.
func TestALostFileIsToldAndTheCountyGoesOn(t *testing.T) {
	t.Parallel()
	c, filers := cast(t, t.TempDir())
	copies := t.TempDir()
	a := &adder{filer: filers[0]}
	r := start(t, c, "serve")
	a.base = r.url
	if err := a.add(); err != nil {
		t.Fatal(err)
	}
	r.kill()
	for _, file := range c.files(t) {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
	r = start(t, c, "serve", "--backup", copies)
	if said := r.words(); !strings.Contains(said, "lost=") || !strings.Contains(said, "unclean") {
		t.Errorf("after the fall it says\n%s", said)
	}
	a.base = r.url
	if page, err := a.get("/case/" + a.added[0]); err != nil || page.code != http.StatusOK {
		t.Errorf("its case: %d, %v", page.code, err)
	}
	badly(t, "the file is not there", c.with("check")...)
	badly(t, "are not in this backup", c.with("backup", "--backup", copies)...)
	if said, code := typed(t, c.with("doctor", "--backup", copies)...); code != refused || !strings.Contains(said, "missing or damaged") {
		t.Errorf("the doctor says\n%s", said)
	}
	r.stop()
	back := county{filepath.Join(t.TempDir(), "data"), c.keys}
	if said := well(t, back.with("restore", only(t, copies), "--backup", copies)...); !strings.Contains(said, "were not in it") {
		t.Errorf("the restore says\n%s", said)
	}
	well(t, back.with("check")...)
}
