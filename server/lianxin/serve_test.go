package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// named gives a running county what the first commands give it.
func (c county) named(t *testing.T) {
	t.Helper()
	well(t, c.with("county", "--name", "试县", "--name-en", "Trial County", "--hotline", "0300-800 0000")...)
	well(t, c.with("unit", "add", "县水利局", "--en", "Water Bureau")...)
	well(t, c.with("staff", "add", "zhou", "--name", "周一", "--role", "dispatcher")...)
}

func TestNewCounty(t *testing.T) {
	c := place(t)
	badly(t, "lianxin serve", c.with("check")...)
	r := start(t, c, "serve")
	for _, next := range []string{"lianxin county", "lianxin unit add", "lianxin staff add"} {
		r.says(next)
	}
	r.says("--data " + c.data)
	c.named(t)
	badly(t, "already", c.with("unit", "add", "Water Bureau")...)
	badly(t, "no unit called", c.with("staff", "add", "sun", "--name", "孙二", "--role", "handler", "--unit", "县教育局")...)
	badly(t, "no role", c.with("staff", "add", "sun", "--name", "孙二", "--role", "king")...)
	said := well(t, c.with("staff", "add", "sun", "--name", "孙二", "--role", "handler", "--unit", "Water Bureau")...)
	for _, once := range []string{"Password: ", "Secret for the authenticator: ", "otpauth://totp/"} {
		if !strings.Contains(said, once) {
			t.Errorf("a new member of staff is not given %q:\n%s", once, said)
		}
	}
	if said := well(t, c.with("county", "--hotline", "12345")...); !strings.Contains(said, "Trial County") || !strings.Contains(said, "12345") {
		t.Errorf("a new hotline changes the rest, too:\n%s", said)
	}
	running := well(t, c.with("check")...)
	r.stop()
	if alone := well(t, c.with("check")...); alone != running {
		t.Errorf("check says\n%swhile the server runs and\n%swithout it", running, alone)
	}
	if said := start(t, c, "serve").words(); strings.Contains(said, "staff add") {
		t.Errorf("a county that has its staff is told to add some:\n%s", said)
	}
}

func TestSecondProcess(t *testing.T) {
	c := place(t)
	start(t, c, "serve")
	said, code := typedWithin(t, 2*time.Second, c.with("serve", "--addr", "127.0.0.1:0")...)
	if code != refused || !strings.Contains(said, "Another Lianxin is using this folder") {
		t.Errorf("a second server on the folder ended with %d and says\n%s", code, said)
	}
}

func TestPortTaken(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	badly(t, "--addr", place(t).with("serve", "--addr", l.Addr().String())...)
	badly(t, "127.0.0.1:8080", place(t).with("serve", "--addr", "127.0.0.1:never")...)
}

// Plain HTTP that other machines can reach must be asked for.
func TestPlainHTTP(t *testing.T) {
	badly(t, "--insecure-lan", place(t).with("serve", "--addr", "0.0.0.0:0")...)
	badly(t, "--insecure-lan", place(t).with("serve", "--addr", ":0")...)
	badly(t, "no network address", place(t).with("serve", "--addr", "0.0.0.0:0", "--proxy", "nobody")...)
}

// A county whose keys are gone is told so and is not given others.
func TestKeysGone(t *testing.T) {
	c := place(t)
	start(t, c, "serve").stop()
	if err := os.Rename(c.keys, c.keys+".away"); err != nil {
		t.Fatal(err)
	}
	badly(t, "--keys", c.with("serve", "--addr", "127.0.0.1:0")...)
	badly(t, "--keys", c.with("check")...)
	if _, err := os.Stat(c.keys); err == nil {
		t.Error("new keys were made for an old county")
	}
	other := place(t)
	start(t, other, "serve").stop()
	c.keys = other.keys
	badly(t, "not the keys", c.with("check")...)
}

func TestFolders(t *testing.T) {
	c := place(t)
	badly(t, "apart", "serve", "--data", c.data, "--keys", filepath.Join(c.data, "keys"))
	if err := os.Mkdir(c.data, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(c.data, 0o755); err != nil { // whatever the umask is
		t.Fatal(err)
	}
	badly(t, "chmod go= "+c.data, c.with("serve")...)
	if err := os.Chmod(c.data, 0o700); err != nil {
		t.Fatal(err)
	}
	start(t, c, "serve")
	err := filepath.Walk(filepath.Dir(c.data), func(path string, about os.FileInfo, err error) error {
		if err == nil && path != filepath.Dir(c.data) && about.Mode().Perm()&0o077 != 0 {
			t.Errorf("others can reach %s, whose mode is %s", path, about.Mode())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// A request that is under way when the server is told to stop is answered.
func TestStopFinishes(t *testing.T) {
	r := start(t, place(t), "serve")
	conn, err := net.Dial("tcp", strings.TrimPrefix(r.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	const body = "phone=1"
	fmt.Fprintf(conn, "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"+
		"Content-Length: %d\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n", len(body))
	lines := bufio.NewReader(conn)
	if first, err := lines.ReadString('\n'); err != nil || !strings.HasPrefix(first, "HTTP/1.1 100") {
		t.Fatalf("%q, %v", first, err)
	}
	_ = r.cmd.Process.Signal(syscall.SIGTERM)
	r.says("stopping")
	fmt.Fprint(conn, body)
	rest, err := io.ReadAll(lines)
	if err != nil || !strings.Contains(string(rest), "HTTP/1.1 4") || !strings.Contains(string(rest), "</html>") {
		t.Errorf("the request got %q, %v", rest, err)
	}
	r.gone()
}

// A text that asks for a case is answered with its state.
func TestTextAnswered(t *testing.T) {
	c := place(t)
	r := start(t, c, "serve")
	c.named(t)
	const phone = "14000000091"
	b := r.browser()
	b.logIn(c, phone)
	number := b.file("水管漏了，请来看看。")
	known := len(c.texts(t, phone))
	drop := `{"from":"` + phone + `","text":"查 ` + number + `","time":"2026-01-02T08:00:00+08:00"}`
	if err := os.WriteFile(filepath.Join(c.data, "spool", "in", "one.json"), []byte(drop), 0o600); err != nil {
		t.Fatal(err)
	}
	var texts []text
	until(t, "the text is answered", func() bool {
		texts = c.texts(t, phone)
		return len(texts) > known
	})
	last := texts[len(texts)-1].Text
	if plain := strings.ReplaceAll(last, " ", ""); !strings.Contains(plain, number) {
		t.Errorf("asked for %s, the answer is %q", number, last)
	}
}

// file files a case and gives its number.
func (b *browser) file(body string) string {
	b.t.Helper()
	b.must("/file/check")(b.fill("/file", "/file", filing(body)...))
	done := b.must("/receipt/")(b.fill("/file/check", "/file/check"))
	return strings.TrimPrefix(done.to, "/receipt/")
}

func filing(body string) []string {
	return []string{"kind", "help", "title", "", "body", body, "place", "", "village", "", "name", "试一", "remark", "", "public", "no"}
}

// Whoever is served through a proxy is not shut out by a name that was allowed.
func TestHosts(t *testing.T) {
	r := start(t, place(t), "serve", "--host", "board.example.cn")
	for host, want := range map[string]int{"board.example.cn": http.StatusOK, "evil.example.com": http.StatusMisdirectedRequest} {
		address, err := url.Parse(r.url)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(&http.Request{Method: "GET", URL: address, Host: host})
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("to the name %s the board answers %d, want %d", host, answer.StatusCode, want)
		}
	}
}
