package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"lianxin/server/cert"
	"lianxin/store/seal"
)

// secrecy is how the way to the browser is closed to others, when no proxy in
// front does it.
type secrecy struct {
	TLSCert  string `name:"tls-cert" env:"LIANXIN_TLS_CERT" type:"path" placeholder:"FILE" help:"The site's certificate with its chain, PEM."`
	TLSKey   string `name:"tls-key" env:"LIANXIN_TLS_KEY" type:"path" placeholder:"FILE" help:"Its key, PEM."`
	Autocert bool   `env:"LIANXIN_AUTOCERT" help:"Get certificates for every --host from Let's Encrypt; needs ports 80 and 443 and the internet."`
	TLSLocal bool   `name:"tls-local" env:"LIANXIN_TLS_LOCAL" help:"Sign the certificate with an authority of the county's own, which each desk installs once."`
	HTTP     string `name:"http" env:"LIANXIN_HTTP" placeholder:"HOST:PORT" help:"Where to listen in plain HTTP besides, only to send browsers to HTTPS, such as 0.0.0.0:80."`
}

// wanted counts the ways that were asked for.
func (c secrecy) wanted() int {
	n := 0
	for _, is := range []bool{c.TLSCert != "" || c.TLSKey != "", c.Autocert, c.TLSLocal} {
		if is {
			n++
		}
	}
	return n
}

// authorityDir lies with the keys: whoever has it can pretend to be the board.
func (f folders) authorityDir() string { return filepath.Join(f.Keys, "tls") }

// source gives the certificates, nil when none were asked for.
func (s *serve) source(t *terminal) (*cert.Source, error) {
	switch {
	case s.secrecy.wanted() == 0 && s.HTTP != "":
		return nil, sentence(t.words.T("cmd.tls.http"))
	case s.secrecy.wanted() == 0:
		return nil, nil
	case s.secrecy.wanted() > 1 || len(s.Proxy) > 0:
		return nil, sentence(t.words.T("cmd.tls.one"))
	case s.Autocert:
		source, err := cert.Auto(s.authorityDir(), s.Host)
		if errors.Is(err, cert.ErrNoHost) {
			return nil, sentence(t.words.T("cmd.tls.host"))
		}
		return source, err
	case s.TLSLocal:
		local, err := cert.OpenLocal(s.authorityDir(), s.names(), time.Now)
		if err != nil {
			return nil, err
		}
		return local.Source(), nil
	case s.TLSCert == "" || s.TLSKey == "":
		return nil, sentence(t.words.T("cmd.tls.pair"))
	}
	source, err := cert.Files(s.TLSCert, s.TLSKey)
	if err != nil {
		return nil, sentence(t.words.T("cmd.tls.files", "Cause", err.Error()))
	}
	return source, nil
}

// names are what the county's own certificate is for: every --host, the
// address that was named, and this machine itself.
func (s *serve) names() []string {
	names := append([]string{"localhost", "127.0.0.1", "::1"}, s.Host...)
	if host, _, err := net.SplitHostPort(s.Addr); err == nil && host != "" && net.ParseIP(host) != nil && !net.ParseIP(host).IsUnspecified() {
		names = append(names, host)
	}
	if addrs, err := net.InterfaceAddrs(); err == nil {
		for _, a := range addrs {
			if ip, is := a.(*net.IPNet); is && !ip.IP.IsLinkLocalUnicast() {
				names = append(names, ip.IP.String())
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// upgrade listens in plain HTTP and sends every browser to HTTPS, under a name
// that is ours and never one that the request made up.
func (h *house) upgrade(ctx context.Context, addr string, source *cert.Source, site net.Addr) error {
	l, err := h.listen(addr)
	if err != nil {
		return err
	}
	_, port, _ := net.SplitHostPort(site.String())
	to := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.EscapedPath() // of the request line no more: "x:.evil.example" would grow our name
		if !strings.HasPrefix(path, "/") {
			path = "/"
		}
		if r.URL.RawQuery != "" {
			path += "?" + r.URL.RawQuery
		}
		http.Redirect(w, r, h.secureAt(r, port)+path, http.StatusPermanentRedirect)
	})
	handler := http.Handler(to)
	if source.Challenge != nil {
		handler = source.Challenge(to)
	}
	server := &http.Server{Handler: handler, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, MaxHeaderBytes: 16 << 10}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// secureAt is where the site is for whoever sent this request: under the name
// that was asked for, if it is one of ours; else under our first; and where none
// was given, at the address that the request came to.
func (h *house) secureAt(r *http.Request, port string) string {
	asked := r.Host
	if host, _, err := net.SplitHostPort(asked); err == nil {
		asked = host
	}
	host := ""
	for _, ours := range h.ways.Host {
		if host == "" || strings.EqualFold(ours, asked) {
			host = ours
		}
	}
	if at, is := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr); is && host == "" {
		host = at.IP.String()
	}
	if port != "443" {
		return "https://" + net.JoinHostPort(host, port)
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	return "https://" + host
}

type authority struct {
	folders
}

// Run prints the sheet with which the county's own authority is installed on a
// desk.
func (c *authority) Run(t *terminal) error {
	private()
	if err := seal.Apart(c.Keys, c.Data); err != nil {
		return err
	}
	local, err := cert.OpenLocal(c.authorityDir(), nil, time.Now)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(t.out, t.words.T("cmd.authority.sheet",
		"File", filepath.Join(c.authorityDir(), cert.AuthorityFile), "Fingerprint", local.Fingerprint(), "Ends", local.Ends().Format(time.DateOnly)))
	return err
}
