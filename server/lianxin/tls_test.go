package main

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// port is one that was free a moment ago.
func port(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// desk is a client that installed the county's own certificate.
func (c county) desk(t *testing.T) *http.Client {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(c.keys, "tls", "county-ca.crt"))
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(raw)
	return &http.Client{
		Transport:     &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// ask gives what an address answers to a name.
func ask(t *testing.T, client *http.Client, url, host string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = host
	a, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	a.Body.Close()
	return a
}

// The county signs for itself: a desk that installed its certificate reads the
// pages, another does not, and plain HTTP leads to HTTPS under our name only.
func TestTheCountysOwnCertificate(t *testing.T) {
	c, plain := place(t), port(t)
	r := start(t, c, "serve", "--tls-local", "--http", plain, "--host", "board.example.cn")
	if !strings.HasPrefix(r.url, "https://board.example.cn:") {
		t.Fatalf("it is at %s", r.url)
	}
	c.named(t)
	_, at, _ := strings.Cut(strings.TrimPrefix(r.url, "https://"), ":")
	here := "https://127.0.0.1:" + at
	desk := c.desk(t)
	a := ask(t, desk, here+"/help", "board.example.cn")
	if a.StatusCode != 200 || a.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("a desk gets %d %v", a.StatusCode, a.Header)
	}
	if _, err := http.Get(here + "/help"); err == nil {
		t.Error("whoever never saw the certificate trusts it")
	}
	until(t, "plain HTTP is answered", func() bool {
		conn, err := net.Dial("tcp", plain)
		if err == nil {
			conn.Close()
		}
		return err == nil
	})
	for _, row := range []struct{ host, path, to string }{
		{"board.example.cn", "/public?topic=city", r.url + "/public?topic=city"},
		{"BOARD.example.cn:80", "/", r.url + "/"},
		{"evil.example.com", "/login", r.url + "/login"},
		{"board.example.cn.evil.example.com", "//evil.example.com/x", r.url + "//evil.example.com/x"},
	} {
		if a := ask(t, desk, "http://"+plain+row.path, row.host); a.StatusCode != 308 || a.Header.Get("Location") != row.to {
			t.Errorf("%s%s leads to %q (%d), want %q", row.host, row.path, a.Header.Get("Location"), a.StatusCode, row.to)
		}
	}
	// What no browser sends must not grow our name either.
	for _, line := range []string{"GET x:.evil.example.com/ HTTP/1.1", "GET http://evil.example.com/ HTTP/1.1", "GET * HTTP/1.1"} {
		conn, err := net.Dial("tcp", plain)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Write([]byte(line + "\r\nHost: evil.example.com\r\nConnection: close\r\n\r\n")); err != nil {
			t.Fatal(err)
		}
		answer := make([]byte, 4096)
		n, _ := conn.Read(answer)
		conn.Close()
		said := string(answer[:n])
		if strings.Contains(said, "Location:") && !strings.Contains(said, "Location: "+r.url+"/\r\n") {
			t.Errorf("%s is answered\n%s", line, said)
		}
	}
	fingerprint := well(t, c.with("authority")...)
	if !strings.Contains(fingerprint, "county-ca.crt") {
		t.Errorf("the sheet says\n%s", fingerprint)
	}
	r.stop()
}

// Without a name, a desk is led to the address that it came to.
func TestAnAddressWithoutAName(t *testing.T) {
	c, plain := place(t), port(t)
	r := start(t, c, "serve", "--tls-local", "--http", plain)
	c.named(t)
	until(t, "plain HTTP is answered", func() bool {
		a, err := c.desk(t).Get("http://" + plain + "/help")
		if err != nil {
			return false
		}
		a.Body.Close()
		if to := a.Header.Get("Location"); to != r.url+"/help" {
			t.Fatalf("it leads to %s, want %s", to, r.url+"/help")
		}
		return true
	})
	if a := ask(t, c.desk(t), r.url+"/help", ""); a.StatusCode != 200 {
		t.Errorf("there it answers %d", a.StatusCode)
	}
}

// A certificate of one's own, as files.
func TestACertificateInFiles(t *testing.T) {
	c := place(t)
	start(t, c, "serve", "--tls-local").stop()
	dir := filepath.Join(c.keys, "tls") // the authority's pair serves as one that was bought
	r := start(t, c, "serve", "--tls-cert", filepath.Join(dir, "county-ca.crt"), "--tls-key", filepath.Join(dir, "county-ca.key"))
	c.named(t)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	a := ask(t, client, r.url+"/help", "")
	if a.StatusCode != 200 || a.TLS.PeerCertificates[0].Subject.CommonName != "Lianxin county authority" {
		t.Errorf("%d, by the certificate of %v", a.StatusCode, a.TLS.PeerCertificates[0].Subject)
	}
}

func TestWaysThatContradictEachOther(t *testing.T) {
	c := place(t)
	refusedIn(t, c.with("serve", "--tls-local", "--autocert"), "cmd.tls.one")
	refusedIn(t, c.with("serve", "--tls-local", "--proxy", "127.0.0.1"), "cmd.tls.one")
	refusedIn(t, c.with("serve", "--http", "127.0.0.1:0"), "cmd.tls.http")
	refusedIn(t, c.with("serve", "--autocert"), "cmd.tls.host")
	refusedIn(t, c.with("serve", "--tls-cert", "x.crt"), "cmd.tls.pair")
	said, code := typed(t, c.with("serve", "--tls-cert", "/none.crt", "--tls-key", "/none.key", "--lang", "zh-Hans")...)
	if code != refused || !strings.HasPrefix(said, "证书读不了") {
		t.Errorf("without the files it ended with %d and says\n%s", code, said)
	}
	if _, err := os.Stat(c.data); err == nil {
		t.Error("a refused server made a county")
	}
}
