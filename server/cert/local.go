package cert

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Lives of the county's own certificates. Browsers refuse a server's of more
// than 398 days (CA/Browser Forum, ballot SC31).
const (
	authorityLasts = 10 * 365 * 24 * time.Hour
	serverLasts    = 397 * 24 * time.Hour
	renewBefore    = 60 * 24 * time.Hour
)

// Names of the authority's files in its folder.
const (
	AuthorityFile = "county-ca.crt"
	authorityKey  = "county-ca.key"
)

// Local is a county that signs for itself: an authority in the folder dir, made
// when there is none, whose certificate is installed once on each desk, and a
// server's certificate for these names and addresses, made anew in time.
type Local struct {
	authority *x509.Certificate
	key       *ecdsa.PrivateKey
	names     []string
	now       func() time.Time

	mu   sync.Mutex
	pair *tls.Certificate
	ends time.Time
}

// OpenLocal opens the authority in dir, or makes it.
func OpenLocal(dir string, names []string, now func() time.Time) (*Local, error) {
	l := &Local{names: names, now: now}
	err := l.read(dir)
	if errors.Is(err, fs.ErrNotExist) {
		if err = makeAuthority(dir, now()); err == nil {
			err = l.read(dir)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("county's own authority: %w", err)
	}
	return l, nil
}

func (l *Local) read(dir string) error {
	cert, err := readPEM(filepath.Join(dir, AuthorityFile), "CERTIFICATE")
	if err != nil {
		return err
	}
	key, err := readPEM(filepath.Join(dir, authorityKey), "EC PRIVATE KEY")
	if err != nil {
		return err
	}
	if l.authority, err = x509.ParseCertificate(cert); err != nil {
		return err
	}
	l.key, err = x509.ParseECPrivateKey(key)
	return err
}

func readPEM(name, kind string) ([]byte, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(raw)
	if block == nil || block.Type != kind {
		return nil, fmt.Errorf("%s is damaged", name)
	}
	return block.Bytes, nil
}

func makeAuthority(dir string, now time.Time) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template, err := blank("Lianxin county authority", now, authorityLasts)
	if err != nil {
		return err
	}
	template.IsCA, template.BasicConstraintsValid, template.MaxPathLenZero = true, true, true
	template.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign
	cert, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return err
	}
	secret, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	// The key first: a certificate without its key would never be mended.
	return errors.Join(
		write(filepath.Join(dir, authorityKey), "EC PRIVATE KEY", secret, 0o400),
		write(filepath.Join(dir, AuthorityFile), "CERTIFICATE", cert, 0o444))
}

func write(name, kind string, content []byte, mode os.FileMode) error {
	temp := name + ".new"
	if err := os.WriteFile(temp, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content}), mode); err != nil {
		return err
	}
	return os.Rename(temp, name)
}

func blank(name string, now time.Time, lasts time.Duration) (*x509.Certificate, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	return &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: name},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(lasts), // a desk's clock may be slow
	}, nil
}

// Source is where the server gets its certificate.
func (l *Local) Source() *Source { return &Source{TLS: config(l.get)} }

func (l *Local) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.pair != nil && l.now().Before(l.ends.Add(-renewBefore)) {
		return l.pair, nil
	}
	pair, ends, err := l.sign()
	if err != nil {
		return l.pair, err
	}
	l.pair, l.ends = pair, ends
	return pair, nil
}

func (l *Local) sign() (*tls.Certificate, time.Time, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, time.Time{}, err
	}
	template, err := blank("Lianxin board", l.now(), serverLasts) // never the authority's name: OpenSSL would take it for its own issuer
	if err != nil {
		return nil, time.Time{}, err
	}
	template.KeyUsage = x509.KeyUsageDigitalSignature
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	for _, name := range l.names {
		if ip := net.ParseIP(name); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, name)
		}
	}
	cert, err := x509.CreateCertificate(rand.Reader, template, l.authority, key.Public(), l.key)
	if err != nil {
		return nil, time.Time{}, err
	}
	return &tls.Certificate{Certificate: [][]byte{cert, l.authority.Raw}, PrivateKey: key}, template.NotAfter, nil
}

// Fingerprint is the SHA-256 of the authority's certificate in groups of four,
// as a desk shows it when the certificate is installed.
func (l *Local) Fingerprint() string {
	sum := sha256.Sum256(l.authority.Raw)
	digits := strings.ToUpper(fmt.Sprintf("%x", sum))
	var groups []string
	for chunk := range slices.Chunk([]byte(digits), 4) {
		groups = append(groups, string(chunk))
	}
	return strings.Join(groups, " ")
}

// Ends is when the authority's certificate ends.
func (l *Local) Ends() time.Time { return l.authority.NotAfter }
