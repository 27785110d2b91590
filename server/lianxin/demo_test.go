package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const friday = "2026-09-18T10:00"

// Everybody can be entered as, on the folder that the demo made, and what was
// done there is there when it is opened again.
func TestDemo(t *testing.T) {
	c := place(t)
	r := start(t, c, "demo", "--now", friday)
	r.says(r.url + "/demo/phone")
	for role, wants := range map[string][2]string{
		"resident": {"/cases", "/case/"}, "dispatcher": {"/desk", "/case/"}, "handler": {"/desk", "/case/"}, "reviewer": {"/desk", "/case/"},
		"leader": {"/desk", "/case/"}, "inspector": {"/desk", "/case/"}, "operator": {"/desk/intake", "<form"}, "admin": {"/admin", "/admin/units"},
	} {
		b := r.browser()
		b.must(wants[0])(b.fill("/demo", "/demo/enter/"+role))
		page, err := b.get(wants[0])
		if err != nil || page.code != 200 || !strings.Contains(page.page, wants[1]) {
			t.Errorf("%s finds nothing on %s: %d %v", role, wants[0], page.code, err)
		}
	}
	b := r.browser()
	b.logIn(c, "14000000092")
	number := b.file("路边的树枝断了，挂在电线上。")
	if said := well(t, "check", "--data", c.data); !strings.HasPrefix(said, "Clean") {
		t.Errorf("check says %s", said)
	}
	r.stop()
	b.base = start(t, c, "demo").url
	if page, err := b.get("/case/" + number); err != nil || page.code != 200 || !strings.Contains(page.page, "2026年9月18日") {
		t.Errorf("the case of yesterday's visit, filed on the made-up Friday: %d %v\n%s", page.code, err, page.page)
	}
}

func TestDemoPhone(t *testing.T) {
	c := place(t)
	b := start(t, c, "demo", "--now", friday).browser()
	b.must("/demo/phone")(b.fill("/demo/phone", "/demo/phone", "from", "138 0013 8000", "text", "你好"))
	until(t, "the board answers the phone", func() bool { return len(c.texts(t, "13800138000")) > 0 })
	page, err := b.get("/demo/phone")
	if err != nil || !strings.Contains(page.page, "你好") || !strings.Contains(page.page, "138 0013 8000") {
		t.Errorf("the phone does not show what was sent: %v\n%s", err, page.page)
	}
}

func TestDemoRefuses(t *testing.T) {
	badly(t, "this machine only", place(t).with("demo", "--addr", "0.0.0.0:0")...)
	badly(t, "is no date", place(t).with("demo", "--addr", "127.0.0.1:0", "--now", "noon")...)

	real := place(t)
	start(t, real, "serve").stop()
	badly(t, "left alone", real.with("demo", "--addr", "127.0.0.1:0")...)

	other := place(t)
	if err := os.MkdirAll(other.data, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(other.data, "letter.txt"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	badly(t, "left alone", other.with("demo", "--addr", "127.0.0.1:0")...)

	kept := place(t)
	start(t, kept, "demo", "--now", friday).stop()
	badly(t, "cannot go back", kept.with("demo", "--addr", "127.0.0.1:0", "--now", "2026-09-17")...)
	start(t, kept, "demo", "--now", "2026-09-21").stop()
	badly(t, "lianxin demo", kept.with("serve", "--addr", "127.0.0.1:0")...)
}

// A county that was killed while it was made up is not shown half.
func TestDemoHalf(t *testing.T) {
	c := place(t)
	start(t, c, "demo").stop()
	m, err := readMark(c.data)
	if err != nil || m == nil || !m.Made {
		t.Fatalf("mark %v, %v", m, err)
	}
	m.Made = false
	if err := m.write(c.data); err != nil {
		t.Fatal(err)
	}
	badly(t, "Delete "+c.data, c.with("demo", "--addr", "127.0.0.1:0")...)
	badly(t, "Delete "+c.data, c.with("demo", "--addr", "127.0.0.1:0", "--cases", "200")...)
}

// A county can be filled as it is made, and is not filled again.
func TestDemoAtSize(t *testing.T) {
	c := place(t)
	r := start(t, c, "demo", "--now", friday, "--cases", "150")
	r.says("150 cases made up in ")
	b := r.browser()
	b.must("/desk")(b.fill("/demo", "/demo/enter/leader"))
	if page, err := b.get("/desk?desk=newest"); err != nil || !strings.Contains(page.page, "from=") {
		t.Errorf("the newest of 150 cases stand on one page: %v", err)
	}
	r.stop()
	badly(t, "is there already", c.with("demo", "--addr", "127.0.0.1:0", "--cases", "300")...)
	start(t, c, "demo").stop()
}
