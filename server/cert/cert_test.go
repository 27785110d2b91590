package cert

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// shake connects as a desk does that trusts this authority, and gives the
// server's certificate.
func shake(t *testing.T, s *Source, roots *x509.CertPool, name string, now time.Time) (*x509.Certificate, error) {
	t.Helper()
	l, err := tls.Listen("tcp", "127.0.0.1:0", s.TLS)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		c, err := l.Accept()
		if err == nil {
			_, _ = io.Copy(io.Discard, c)
			c.Close()
		}
	}()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	client := tls.Client(c, &tls.Config{RootCAs: roots, ServerName: name, Time: func() time.Time { return now }})
	if err := client.Handshake(); err != nil {
		return nil, err
	}
	defer client.Close()
	return client.ConnectionState().PeerCertificates[0], nil
}

func trusted(t *testing.T, dir string) *x509.CertPool {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, AuthorityFile))
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(raw) {
		t.Fatal("the authority's file holds no certificate")
	}
	return pool
}

func TestACountySignsForItself(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tls")
	now := time.Date(2026, 9, 18, 12, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	l, err := OpenLocal(dir, []string{"lianxin.example.cn", "192.0.2.7"}, clock)
	if err != nil {
		t.Fatal(err)
	}
	pool := trusted(t, dir)
	first, err := shake(t, l.Source(), pool, "lianxin.example.cn", now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := shake(t, l.Source(), pool, "192.0.2.7", now); err != nil {
		t.Errorf("by its address: %v", err)
	}
	if _, err := shake(t, l.Source(), pool, "evil.example.cn", now); err == nil {
		t.Error("it answers to any name")
	}
	if _, err := shake(t, l.Source(), x509.NewCertPool(), "lianxin.example.cn", now); err == nil {
		t.Error("a desk that never saw the authority trusts it")
	}
	if days := first.NotAfter.Sub(now).Hours() / 24; days > 398 {
		t.Errorf("it lasts %.0f days", days)
	}
	now = now.AddDate(0, 0, 350) // near its end
	second, err := shake(t, l.Source(), pool, "lianxin.example.cn", now)
	if err != nil || second.SerialNumber.Cmp(first.SerialNumber) == 0 {
		t.Errorf("it is not made anew in time: %v", err)
	}
	again, err := OpenLocal(dir, nil, clock)
	if err != nil || again.Fingerprint() != l.Fingerprint() {
		t.Errorf("another authority on the next start: %v", err)
	}
	if about, err := os.Stat(filepath.Join(dir, authorityKey)); err != nil || about.Mode().Perm() != 0o400 {
		t.Errorf("the authority's key: %v %v", about.Mode(), err)
	}
	if f := l.Fingerprint(); len(strings.Fields(f)) != 16 {
		t.Errorf("fingerprint %q", f)
	}
}

func TestOldClientsAreRefused(t *testing.T) {
	l, err := OpenLocal(t.TempDir(), []string{"a.example"}, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if l.Source().TLS.MinVersion != tls.VersionTLS12 {
		t.Error("TLS older than 1.2 is spoken")
	}
}

func TestADamagedAuthorityIsTold(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, AuthorityFile), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenLocal(dir, nil, time.Now); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("%v", err)
	}
}

// Files that are replaced while the server runs are taken up, and broken ones
// leave the old certificate in force.
func TestFilesAreTakenUpWhenReplaced(t *testing.T) {
	dir := t.TempDir()
	cert, key := filepath.Join(dir, "site.crt"), filepath.Join(dir, "site.key")
	pair := func(from string) {
		t.Helper()
		for to, file := range map[string]string{cert: AuthorityFile, key: authorityKey} {
			raw, err := os.ReadFile(filepath.Join(from, file))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(to, raw, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	one, two := t.TempDir(), t.TempDir()
	for _, d := range []string{one, two} {
		if _, err := OpenLocal(d, nil, time.Now); err != nil {
			t.Fatal(err)
		}
	}
	pair(one)
	f := &files{cert: cert, key: key}
	if err := f.load(); err != nil {
		t.Fatal(err)
	}
	first, _ := f.get(nil)
	if err := os.WriteFile(cert, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	later := time.Now().Add(time.Hour)
	touch := func() {
		t.Helper()
		later = later.Add(time.Hour)
		if err := os.Chtimes(cert, later, later); err != nil {
			t.Fatal(err)
		}
		f.looked = time.Time{}
	}
	touch()
	if same, err := f.get(nil); err != nil || same != first {
		t.Errorf("half a file: %v", err)
	}
	pair(two)
	touch()
	if other, err := f.get(nil); err != nil || other == first {
		t.Errorf("the new one is not taken up: %v", err)
	}
	if _, err := Files(filepath.Join(dir, "none"), key); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

func TestAnAuthorityOnTheInternetNeedsNames(t *testing.T) {
	if _, err := Auto(t.TempDir(), nil); !errors.Is(err, ErrNoHost) {
		t.Errorf("%v", err)
	}
	s, err := Auto(filepath.Join(t.TempDir(), "certs"), []string{"lianxin.example.cn"})
	if err != nil || s.Challenge == nil {
		t.Fatalf("%v", err)
	}
	if _, err := s.TLS.GetCertificate(&tls.ClientHelloInfo{ServerName: "evil.example.cn"}); err == nil {
		t.Error("certificates are asked for any name")
	}
}
