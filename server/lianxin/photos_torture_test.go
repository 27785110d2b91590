//go:build torture

package main

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// TestUnfinishedPhotos is the siege of those who may send files: 200 uploads of
// 7 MB, of four residents, that never end. Others find the pages as quick as ever.
func TestUnfinishedPhotos(t *testing.T) {
	c, people := cast(t, t.TempDir())
	r := start(t, c, "serve")
	quiet := r.open()
	const many, size = 200, 7 << 20
	host := strings.TrimPrefix(r.url, "http://")
	r.siege("unfinished photos", 0, func() func() {
		var open []net.Conn
		for i := range many {
			f := people[i%len(people)]
			if i < len(people) {
				f.base = r.url
				if err := f.next(); err != nil {
					t.Fatal(err)
				}
			}
			request, err := http.NewRequest("POST", r.url+"/case/"+f.numbers[0]+"/attach", nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, cookie := range f.http.Jar.Cookies(request.URL) {
				request.AddCookie(cookie)
			}
			conn, err := net.Dial("tcp", host)
			if err != nil {
				t.Fatal(err)
			}
			open = append(open, conn)
			go func() {
				_, _ = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: %d\r\n\r\n",
					request.URL.Path, host, request.Header.Get("Cookie"), size)
				_, _ = conn.Write(make([]byte, size-1)) // or as much as it is let
			}()
		}
		return func() {
			for _, conn := range open {
				conn.Close()
			}
		}
	})
	r.atRest(quiet)
	r.stop()
}

// TestPhotosOfManyPhones sends the largest photos that are taken from several
// people at once, again and again: each is kept or asked to come again, and the
// machine never holds more than it may.
func TestPhotosOfManyPhones(t *testing.T) {
	photo := hugePhoto(t)
	c, people := cast(t, t.TempDir())
	r := start(t, c, "serve")
	quiet := r.open()
	for _, f := range people {
		f.base = r.url
		if err := f.next(); err != nil {
			t.Fatal(err)
		}
	}
	var mutex sync.Mutex
	answers := map[int]int{}
	r.siege(fmt.Sprintf("photos of 40 million points and %d MB", len(photo)>>20), 0, func() func() {
		var all sync.WaitGroup
		for _, f := range people {
			for range 3 { // at once, though each has room for two
				all.Go(func() {
					for range 2 {
						code, err := f.attach(f.numbers[0], photo)
						if err != nil {
							t.Error(err)
						}
						mutex.Lock()
						answers[code]++
						mutex.Unlock()
					}
				})
			}
		}
		return all.Wait
	})
	t.Logf("answers: %v", answers)
	for code := range answers {
		if code != http.StatusSeeOther && code != http.StatusServiceUnavailable && code != http.StatusUnprocessableEntity {
			t.Errorf("a photo was answered with %d", code)
		}
	}
	if answers[http.StatusSeeOther] == 0 {
		t.Error("no photo was kept")
	}
	r.atRest(quiet)
	r.stop()
	well(t, c.with("check")...)
}

// hugePhoto is as large as photos are taken, in points and nearly in bytes.
func hugePhoto(t *testing.T) []byte {
	t.Helper()
	noise := rand.New(rand.NewPCG(3, 4))
	m := image.NewYCbCr(image.Rect(0, 0, 8000, 5000), image.YCbCrSubsampleRatio420)
	for i := range m.Y {
		m.Y[i] = uint8(i>>7) + uint8(noise.Uint32()%6)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 40}); err != nil {
		t.Fatal(err)
	}
	if b.Len() < 3<<20 || b.Len() > 8<<20 {
		t.Fatalf("the photo of this test has %d bytes", b.Len())
	}
	return b.Bytes()
}

// attach adds a file to a case of the person's.
func (f *filer) attach(number string, file []byte) (code int, err error) {
	path := "/case/" + number + "/attach"
	shown, err := f.get(path)
	if err != nil {
		return 0, err
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, values := range shown.hidden(path) {
		if err := form.WriteField(name, values[0]); err != nil {
			return 0, err
		}
	}
	part, err := form.CreateFormFile("file", "IMG_0001.jpg")
	if err == nil {
		_, err = part.Write(file)
	}
	if err != nil {
		return 0, err
	}
	if err := form.Close(); err != nil {
		return 0, err
	}
	got, err := f.http.Post(f.base+path, form.FormDataContentType(), &body)
	if err != nil {
		return 0, err
	}
	defer got.Body.Close()
	_, err = io.Copy(io.Discard, got.Body)
	return got.StatusCode, err
}
