package web

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"net"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/media"
	"lianxin/views"
)

// snapshot is a small photo, large one that is no form's size any more; both say
// where they were taken.
var (
	snapshot = picture(64, 48)
	large    = picture(900, 700)
)

const takenAt = "GPS 38.0425 N 114.5149 E"

// picture is a photo of noise, as a phone sends it.
func picture(wide, high int) string {
	noise := rand.New(rand.NewPCG(1, 2))
	m := image.NewRGBA(image.Rect(0, 0, wide, high))
	for y := range high {
		for x := range wide {
			m.SetRGBA(x, y, color.RGBA{uint8(noise.Uint32()), uint8(noise.Uint32()), 100, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		panic(err)
	}
	said := fmt.Sprintf("\xff\xfe\x00%c%s", len(takenAt)+2, takenAt)
	return b.String()[:2] + said + b.String()[2:]
}

// silence3s are three seconds of nothing, as a recorder writes them.
var silence3s = "RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\xc0\x5d\x00\x00" + strings.Repeat("\x80", 24000)

// adds adds a file to a case, on the page behind a path.
func (b *browser) adds(behind, file string) *page {
	b.t.Helper()
	at := behind + "/attach"
	return b.get(at).upload(at, "file", `C:\Users\王秀兰\家里.html`, file).follow()
}

func TestAPersonAddsPhotosAndARecording(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	n := b.file()
	at := "/case/" + n
	if to := b.get("/receipt/" + n).link(w.T("attach.title")); to != at+"/attach" {
		t.Fatalf("the receipt leads to %s", to)
	}
	b.get(at+"/attach").want(200, w.T("attach.lead")).hides(w.T("attach.have"))

	// Twice the same press of the button is one photo.
	form := b.get(at + "/attach")
	form.upload(at+"/attach", "file", "a.jpg", large).want(303)
	shown := form.upload(at+"/attach", "file", "a.jpg", large).follow().want(200, w.T("flash.attach.photo"), w.T("attached.photo", "Number", 1))
	shown.hides(w.T("attached.photo", "Number", 2), takenAt)
	b.adds(at, silence3s).want(200, w.T("flash.attach.recording"), w.T("attached.recording", "Number", 1), w.T("attach.seconds", "Seconds", 3))

	shown = b.get(at).want(200, w.T("attach.files"), w.T("event.attached.photo"), w.T("event.attached.recording"), w.T("attach.title"))
	photo := shown.link(w.T("attach.open", "Name", w.T("attached.photo", "Number", 1)))
	recording := shown.link(w.T("attach.open", "Name", w.T("attached.recording", "Number", 1)))

	got := b.do("GET", photo, nil).want(200)
	head := func(p *page, name, want string) {
		t.Helper()
		if have := p.header.Get(name); !strings.HasPrefix(have, want) {
			t.Errorf("%s: %s is %q, want %q", p.path, name, have, want)
		}
	}
	for _, p := range []*page{got, b.do("GET", recording, nil).want(200)} {
		head(p, "Content-Security-Policy", "sandbox; default-src 'none'")
		head(p, "X-Content-Type-Options", "nosniff")
		head(p, "Cache-Control", "no-store")
		if name := p.header.Get("Content-Disposition"); strings.Contains(name, "html") || strings.Contains(name, "Users") {
			t.Errorf("the file is called as on its sender's computer: %q", name)
		}
	}
	head(got, "Content-Type", "image/jpeg")
	head(got, "Content-Disposition", "inline; filename=\"photo-"+n)
	if strings.Contains(got.body, takenAt) || strings.Contains(got.body, "38.0425") {
		t.Error("the photo still says where it was taken")
	}
	if c, err := jpeg.DecodeConfig(strings.NewReader(got.body)); err != nil || c.Width != 900 {
		t.Errorf("what opens is no photo: %v", err)
	}
	got = b.do("GET", recording, nil)
	head(got, "Content-Type", "audio/wav")
	head(got, "Content-Disposition", "attachment; filename=\"recording-"+n)
	if got.body != silence3s {
		t.Error("the recording is another")
	}
	b.head["Range"] = "bytes=8-11"
	got = b.do("GET", recording, nil).want(206, "WAVE")
	head(got, "Content-Range", fmt.Sprintf("bytes 8-11/%d", len(silence3s)))
	b.head["Range"] = "bytes=999999-"
	b.do("GET", recording, nil).want(416)
	delete(b.head, "Range")

	// What was added can be taken away, and is gone; that it was there is told.
	remove := "/detach/" + photo[strings.LastIndex(photo, "/")+1:]
	b.get(at+"/attach").send(at+remove).want(200, w.T("flash.attach.removed")).hides(w.T("attached.photo", "Number", 1))
	b.do("GET", photo, nil).want(404)
	b.get(at).want(200, w.T("event.detached"), w.T("event.attached.photo")).hides(photo)
	b.do("POST", at+remove, b.post(w, at+remove)).want(409)
}

func TestFilesThatAreNotKept(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	at := "/case/" + b.file()
	b.adds(at, snapshot).want(200)
	for file, words := range map[string]string{
		"<html><script>alert(1)</script></html>":       w.T("fault.media.unknown"),
		"<svg xmlns='http://www.w3.org/2000/svg'/>":    w.T("fault.media.unknown"),
		"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heic": w.T("fault.media.heic"),
		"\xff\xd8\xff<script>alert(1)</script>":        w.T("fault.media.broken"),
		large[:len(large)/2]:                           w.T("fault.media.broken"),
		"":                                             w.T("fault.attach.file"),
	} {
		page := b.get(at+"/attach").upload(at+"/attach", "file", "a.jpg", file)
		page.wrong(422, "file", words)
		page.want(422, w.T("attached.photo", "Number", 1)).hides("<script>alert")
	}
	b.get(at+"/attach").post(at+"/attach").wrong(422, "file", w.T("fault.attach.file")) // nothing was chosen
	for range board.MostAttached[board.Photo] - 1 {
		b.adds(at, snapshot).want(200)
	}
	b.get(at+"/attach").upload(at+"/attach", "file", "a.jpg", snapshot).wrong(422, "file", w.T("fault.attach.photos", "Max", 6))
	b.adds(at, silence3s).want(200)
	b.adds(at, silence3s).want(200, w.T("attach.closed"), w.T("attach.remove", "Name", w.T("attached.recording", "Number", 2)))
}

// Who reads the words of a message sees its photos, and nobody else does.
func TestWhoSeesAPhoto(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	n := b.file()
	at, desk := "/case/"+n, "/desk/case/"+n
	b.adds(at, snapshot).want(200)
	open := b.get(at).links(at + "/file/")[0]
	file := strings.TrimPrefix(open, at)
	receipt, err := w.office.Receipt(ctx, w.who(b), board.Number(n))
	w.must(err)

	for name, who := range map[string]*browser{"a stranger": w.browser(), "another resident": w.browser().logIn("13900139000")} {
		if p := who.do("GET", open, nil); p.status == 200 {
			t.Errorf("%s opens the photo", name)
		}
		if p := who.do("GET", at+"/attach", nil); p.status == 200 {
			t.Errorf("%s sees what is there", name)
		}
	}
	// Number and PIN show no words, so they open no photo; but one can be added.
	finder := w.browser()
	finder.get("/lookup").send("/lookup", "number", n, "pin", receipt.PIN).want(200).hides(open)
	finder.do("GET", open, nil).want(404)
	finder.get(at+"/attach").want(200, w.T("attached.photo", "Number", 1)).hides(open)
	finder.adds(at, snapshot).want(200, w.T("flash.attach.photo"), w.T("attached.photo", "Number", 2))

	unit := w.browser().enter("unit")
	unit.do("GET", desk+file, nil).want(404) // it is nobody's yet
	w.assign(n)
	for _, login := range []string{"unit", "desk", "review", "lead", "watch"} {
		who := w.browser().enter(login)
		shown := who.get(desk+file).want(200, w.T("attached.photo", "Number", 1), w.T("role.resident"))
		if !strings.Contains(shown.body, `<img class="photo" src="`+desk+file+`/open" width="64" height="48" alt="`) {
			t.Errorf("%s is not shown the photo:\n%s", login, shown.body)
		}
		who.do("GET", desk+file+"/open", nil).want(200)
		who.get(desk).want(200, w.T("attach.files"))
	}
	b.get(at+"/looks").want(200, "李建平", w.T("looks.case")) // opened by its file alone
	for _, login := range []string{"other", "admin", "phone", "help"} {
		who := w.browser().enter(login)
		for _, path := range []string{desk + file, desk + file + "/open", open} {
			if p := who.do("GET", path, nil); p.status != 403 && p.status != 404 {
				t.Errorf("%s opens %s: %d", login, path, p.status)
			}
		}
	}
	// A file of another case does not open behind this one's number.
	other := w.browser().logIn("13900139000")
	mine := other.file()
	other.do("GET", "/case/"+mine+file, nil).want(404)
}

// Who types for somebody adds what they were handed, and sees nothing else.
func TestWhoTookACaseInAddsWhatTheyWereHanded(t *testing.T) {
	w := newWorld(t)
	phone := w.browser().enter("phone")
	n, ok := strings.CutPrefix(phone.get("/desk/intake").post("/desk/intake", taken()...).header.Get("Location"), "/desk/intake/")
	if !ok {
		t.Fatal("nothing was taken in")
	}
	at := "/desk/intake/" + n
	if to := phone.get(at).link(w.T("attach.title")); to != at+"/attach" {
		t.Fatalf("the receipt leads to %s", to)
	}
	page := phone.adds(at, snapshot).want(200, w.T("flash.attach.photo"), w.T("attach.lead.staff"), w.T("attached.photo", "Number", 1))
	if len(page.links("/case/"))+len(page.links("/desk/case/")) > 0 {
		t.Error("who took it in opens it again")
	}
	id := w.byNumber(n).Attachments[0].ID.String()
	w.browser().enter("desk").get("/desk/case/"+n).want(200, "钱多")
	phone.get(at+"/attach").send(at+"/detach/"+id).want(200, w.T("flash.attach.removed"))

	help := w.aide()
	at = "/assist/receipt/" + w.helped
	help.get(at).want(200, w.T("attach.title"))
	help.adds(at, silence3s).want(200, w.T("flash.attach.recording"))
	w.clock.add(2 * time.Minute)
	person := w.browser()
	person.get("/login").send("/login", "phone", "13500135000").send("/login/code", "code", person.code("13500135000")).
		send("/who", "person", views.ClaimPerson, "name", "张大爷").want(200)
	own := "/case/" + w.helped
	person.get(own).want(200, w.T("event.attached.recording"), "李梅")
	person.adds(own, snapshot).want(200, w.T("attached.recording", "Number", 1), w.T("attached.photo", "Number", 1))
	page = help.get(at+"/attach").want(200, w.T("attached.recording", "Number", 1))
	page.hides(w.T("attached.photo", "Number", 1))
	aid := w.browser().enter("aid")
	aid.do("GET", at+"/attach", nil).want(404)
	aid.do("POST", at+"/attach", aid.post(w, at+"/attach")).want(404)
	person.get(own+"/attach").send(own+"/detach/"+w.byNumber(w.helped).Attachments[0].ID.String()).want(200, w.T("flash.attach.removed"))
}

// unfinished begins to send so many bytes as a file, and sends the first of them.
func (b *browser) unfinished(path string, bytes int) net.Conn {
	b.t.Helper()
	c, err := net.Dial("tcp", b.addr)
	b.must(err)
	b.t.Cleanup(func() { c.Close() })
	_, err = fmt.Fprintf(c, "POST %s HTTP/1.1\r\nHost: localhost\r\nCookie: s=%s\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: %d\r\n\r\n--x\r\n",
		path, b.cookie(sessionCookie), bytes)
	b.must(err)
	return c
}

// under waits until so many files are on their way in.
func (w *world) under(want int) {
	w.t.Helper()
	for range 1000 {
		w.site.uploads.Lock()
		n := len(w.site.uploads.under)
		w.site.uploads.Unlock()
		if n == want {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	w.t.Fatalf("not %d files are on their way", want)
}

// There is room for so many bytes on their way and no more, and one person has
// only a part of it. Whoever finds none is told so in plain words; nothing of
// theirs was lost, and there is room again when others are done or gone.
func TestRoomForFilesOnTheirWay(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	at := "/case/" + b.file() + "/attach"
	form := b.get(at)
	mine := []net.Conn{b.unfinished(at, maxMedia), b.unfinished(at, maxMedia)}
	w.under(2)
	busy := form.upload(at, "file", "a.jpg", large).want(503, w.T("fault.attach.busy"))
	if to := busy.link(w.T("attach.again")); to != at {
		t.Errorf("from there one goes on to %s", to)
	}
	form.upload(at, "file", "a.jpg", snapshot).want(303) // what is small as a form needs no room

	other := w.browser().logIn("13900139000")
	hers := "/case/" + other.file() + "/attach"
	for range 2 {
		other.unfinished(hers, maxMedia)
	}
	w.under(4)
	third := w.browser().logIn("13700137000")
	its := "/case/" + third.file() + "/attach"
	third.get(its).upload(its, "file", "a.jpg", large).want(503, w.T("fault.attach.busy"))

	w.must(mine[0].Close()) // the line broke
	w.under(3)
	third.get(its).upload(its, "file", "a.jpg", large).want(303)
	w.under(3)
	b.get(at).upload(at, "file", "a.jpg", large).want(303)
}

// A file that is too big, or whose sender has no session any more, is not read at
// all; its sender reads why, and how to go on.
func TestFilesThatAreNotRead(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	at := "/case/" + b.file() + "/attach"
	form := b.get(at)
	form.upload(at, "file", "a.jpg", strings.Repeat("a", maxMedia)).want(422, w.T("fault.media.huge"), w.T("attach.again"))
	form.upload(at, "file", "a.amr", "#!AMR\n"+strings.Repeat("\x3c", media.MostRecording)).want(422, w.T("fault.media.heavy", "Max", 5))

	b.get("/").send("/logout")
	form.upload(at, "file", "a.jpg", large).want(403, w.T("fault.attach.ended"), w.T("attach.again"))
	login := form.upload(at, "file", "a.jpg", snapshot).want(403, w.T("login.title"))
	w.clock.add(2 * time.Minute)
	code := login.send("/login", "phone", "13800138000")
	code.send("/login/code", "code", w.code("13800138000")).want(200, w.T("flash.attach.again"), w.T("attach.title"))
	w.under(0)
}

// A message that is public shows its words, and not that there is a photo.
func TestPublicPagesShowNoPhoto(t *testing.T) {
	w := newWorld(t)
	b := w.browser().logIn("13800138000")
	check := b.get("/file").send("/file", "kind", "help", "body", said, "place", "城关镇", "name", "王秀兰", "public", "yes")
	n := b.number(check.post("/file/check"))
	b.adds("/case/"+n, snapshot).want(200)
	w.assign(n)
	at := "/desk/case/" + n
	desk := w.browser().enter("desk")
	desk.get(at).send(at+"/publish", "title", "路灯坏了", "body", "城关镇有一段路灯坏了。").want(200, w.T("event.published"))
	w.browser().get("/public/"+n).want(200, "城关镇有一段路灯坏了。").hides("照片", "/file/", "<img")
}
