// Package cert gives the server the certificate by which browsers know it: one
// that the county bought, one that an authority on the internet gives out by
// itself, or one that the county signs for its own desks.
package cert

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"os"
	"sync"
	"time"

	"golang.org/x/crypto/acme/autocert"
)

// Source gives a server's certificates.
type Source struct {
	TLS *tls.Config
	// Challenge answers the authority over plain HTTP and sends everybody else
	// to HTTPS; nil when no authority asks.
	Challenge func(fallback http.Handler) http.Handler
}

// config is what all sources share: nothing older than TLS 1.2, which phones
// from 2014 know.
func config(get func(*tls.ClientHelloInfo) (*tls.Certificate, error)) *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: get, NextProtos: []string{"http/1.1"}}
}

// Files is a certificate with its key, as PEM files. When they are replaced the
// next visitor gets the new one; files that cannot be read leave the old one in
// force.
func Files(cert, key string) (*Source, error) {
	f := &files{cert: cert, key: key}
	if err := f.load(); err != nil {
		return nil, err
	}
	return &Source{TLS: config(f.get)}, nil
}

type files struct {
	cert, key string

	mu      sync.Mutex
	pair    *tls.Certificate
	changed time.Time
	looked  time.Time
}

// lookAgain is how often the files are looked at.
const lookAgain = time.Minute

func (f *files) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now := time.Now(); now.Sub(f.looked) >= lookAgain {
		f.looked = now
		if at := f.lastChange(); at.After(f.changed) {
			_ = f.load() // half-written files are whole the next time
		}
	}
	return f.pair, nil
}

func (f *files) lastChange() time.Time {
	var last time.Time
	for _, name := range []string{f.cert, f.key} {
		if about, err := os.Stat(name); err == nil && about.ModTime().After(last) {
			last = about.ModTime()
		}
	}
	return last
}

func (f *files) load() error {
	at := f.lastChange()
	pair, err := tls.LoadX509KeyPair(f.cert, f.key)
	if err != nil {
		return fmt.Errorf("certificate: %w", err)
	}
	f.pair, f.changed = &pair, at
	return nil
}

// Ends is when the first certificate of a PEM file ends.
func Ends(file string) (time.Time, error) {
	raw, err := readPEM(file, "CERTIFICATE")
	if err != nil {
		return time.Time{}, err
	}
	c, err := x509.ParseCertificate(raw)
	if err != nil {
		return time.Time{}, fmt.Errorf("certificate: %w", err)
	}
	return c.NotAfter, nil
}

// ErrNoHost says that an authority must be told the names.
var ErrNoHost = errors.New("certificate: no name of the site is given")

// Auto gets certificates for the hosts from Let's Encrypt and renews them; they
// are kept in the folder cache. It needs ports 80 and 443 and the internet.
func Auto(cache string, hosts []string) (*Source, error) {
	if len(hosts) == 0 {
		return nil, ErrNoHost
	}
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return nil, fmt.Errorf("certificate: %w", err)
	}
	m := &autocert.Manager{Prompt: autocert.AcceptTOS, Cache: autocert.DirCache(cache), HostPolicy: autocert.HostWhitelist(hosts...)}
	c := config(m.GetCertificate)
	c.NextProtos = append(c.NextProtos, "acme-tls/1")
	return &Source{TLS: c, Challenge: m.HTTPHandler}, nil
}
