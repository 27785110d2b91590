package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"lianxin/server/board"
	"lianxin/server/cert"
	"lianxin/server/channel/sheet"
	"lianxin/server/channel/sms"
	"lianxin/server/control"
	"lianxin/server/office"
	"lianxin/server/web"
	"lianxin/views"
)

type serve struct {
	folders
	ways
	secrecy
	copies
	Metrics string `env:"LIANXIN_METRICS" placeholder:"HOST:PORT" help:"Where /health and /metrics are answered, on this machine only, such as 127.0.0.1:9100."`
}

func (s *serve) Run(t *terminal) error {
	source, err := s.source(t)
	if err != nil {
		return err
	}
	if s.Metrics != "" && !here(s.Metrics) {
		return sentence(t.words.T("cmd.metrics.local", "Address", s.Metrics))
	}
	config, err := s.config(t, source != nil)
	if err != nil {
		return err
	}
	if source != nil {
		config.TLS = source.TLS
	}
	if m, err := readMark(s.Data); err != nil || m != nil {
		return errors.Join(err, sentence(t.words.T("cmd.serve.demo", "Folder", s.Data)))
	}
	log := logTo(t.err)
	b, err := s.ready(t, log)
	if err != nil {
		return err
	}
	first, err := b.first()
	if err != nil {
		return errors.Join(err, b.Close())
	}
	h := &house{terminal: t, box: b, log: log, now: time.Now, source: source, ways: s.ways, http: s.HTTP, measured: s.Metrics, tlsCert: s.TLSCert,
		sure: s.SureTexts, watch: true, night: &night{copies: s.copies, box: b, log: log}}
	return errors.Join(h.serve(s.Addr, web.Parts{Config: config, First: first}, nil, func(url string) error {
		if b.newKeys {
			fmt.Fprintln(t.out, t.words.T("cmd.keys.made", "Folder", s.Keys))
		}
		if s.InsecureLAN {
			fmt.Fprintln(t.out, t.words.T("cmd.serve.insecure"))
		}
		fmt.Fprintln(t.out, t.words.T("cmd.serve.here", "Address", url))
		return h.next(first, url)
	}), b.Close())
}

// ready opens the county, or makes it, looks at it after a fall, and upgrades
// what an older program left.
func (s *serve) ready(t *terminal, log *slog.Logger) (*box, error) {
	b, err := s.openStore(t.words, time.Now)
	if err != nil {
		return nil, err
	}
	if err = b.steady(t, log); err == nil {
		err = s.lift(t, b)
	}
	if err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, b.furnish(log)
}

// config checks how the server is to be reached. Plain HTTP beyond this machine
// must have been asked for.
func (w ways) config(t *terminal, secure bool) (web.Config, error) {
	c := web.Config{Hosts: w.Host, InsecureLAN: w.InsecureLAN}
	var err error
	if c.Proxies, err = networks(t, "--proxy", w.Proxy); err != nil {
		return c, err
	}
	if c.Halls, err = networks(t, "--hall", w.Hall); err != nil {
		return c, err
	}
	if c.TextTo = board.Digits(w.TextTo); c.TextTo != "" && (!board.AllDigits(c.TextTo) || !w.SureTexts) {
		return c, sentence(t.words.T("cmd.serve.text-to", "Text", w.TextTo))
	}
	if !secure && !w.InsecureLAN && len(c.Proxies) == 0 && !here(w.Addr) {
		return c, sentence(t.words.T("cmd.serve.plain", "Address", w.Addr))
	}
	return c, nil
}

// networks reads what a flag named: addresses, or networks of them.
func networks(t *terminal, flag string, texts []string) (all []netip.Prefix, err error) {
	for _, text := range texts {
		prefix, err := netip.ParsePrefix(text)
		if addr, e := netip.ParseAddr(text); e == nil {
			prefix, err = addr.Prefix(addr.BitLen())
		}
		if err != nil {
			return nil, sentence(t.words.T("cmd.serve.network", "Text", text, "Flag", flag))
		}
		all = append(all, prefix.Masked())
	}
	return all, nil
}

// here tells whether an address can be reached from this machine only.
func here(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// house is a running server: the box, and all that works beside the pages.
type house struct {
	*terminal
	box   *box
	log   *slog.Logger
	now   func() time.Time
	spool *sms.Spool
	night *night
	meter meter

	source *cert.Source // nil in plain HTTP
	ways   ways
	http   string // where browsers are sent to HTTPS from
	sure   bool   // the spool's texts come from whom they say
	watch  bool   // the clock is a machine's, and can be wrong; a made-up county's is what it is

	tlsCert  string // the file of the site's certificate; "" none
	measured string // where the house is measured; "" nowhere
}

// hear takes a text in, with what the way it came by vouches for. One that makes
// the office fall over waits like one that could not be kept, and holds nobody
// else's up.
func (h *house) hear(ctx context.Context, m office.Inbound) error {
	m.Sure = h.sure
	err, _ := h.caught(ctx, "a text that came in", func(ctx context.Context) error { return h.box.office.Hear(ctx, m) })
	return err
}

// graceful is how long requests that are under way at the end may take.
const graceful = 10 * time.Second

// serve answers at addr until the context ends or a part of the house fails.
// ready is called once with the address, when everything stands.
func (h *house) serve(addr string, parts web.Parts, visitors func(*sms.Spool) *web.Demo, ready func(url string) error) (err error) {
	slog.SetDefault(h.log)
	pages, err := views.Open()
	if err != nil {
		return err
	}
	if h.spool, err = sms.OpenSpool(filepath.Join(h.box.Data, spoolDir)); err != nil {
		return err
	}
	defer closing(&err, h.spool)
	parts.Office, parts.Words, parts.Views, parts.Random, parts.Log = h.box.office, h.bundle, pages, rand.Reader, h.log
	parts.Bring = h.box.tables
	parts.Tables = func(form string, w io.Writer) (web.Table, error) { return sheet.NewWriter(form, w) }
	parts.Box, parts.Served = h.look, h.meter.served
	if visitors != nil {
		parts.Demo = visitors(h.spool)
	}
	site, err := web.New(parts)
	if err != nil {
		return err
	}
	socket, err := control.Listen(h.box.socket())
	if err != nil {
		return err
	}
	defer closing(&err, socket)
	listener, err := h.listen(addr)
	if err != nil {
		return err
	}
	h.strike(h) // nobody must read a page on which a date has passed unseen
	if err := ready(h.url(listener)); err != nil {
		return errors.Join(err, listener.Close())
	}
	return h.run(site, listener, socket)
}

// url is where the pages are.
func (h *house) url(l net.Listener) string {
	if h.source == nil {
		return "http://" + l.Addr().String()
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	host := l.Addr().(*net.TCPAddr).IP.String()
	switch {
	case len(h.ways.Host) > 0:
		host = h.ways.Host[0]
	case host == "::" || host == "0.0.0.0":
		host = "localhost"
	}
	if port == "443" {
		return "https://" + host
	}
	return "https://" + net.JoinHostPort(host, port)
}

func closing(err *error, c io.Closer) { *err = errors.Join(*err, c.Close()) }

func (h *house) listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, sentence(h.words.T("cmd.serve.taken", "Address", addr))
	case err != nil:
		return nil, sentence(h.words.T("cmd.serve.address", "Address", addr, "Cause", err.Error()))
	}
	return l, nil
}

// run works until the context ends or a part fails; then requests that are
// under way are finished, and after them the workers end.
func (h *house) run(site *web.Site, listener net.Listener, socket *control.Socket) error {
	ctx, end := context.WithCancel(context.WithoutCancel(h.Context))
	defer end()
	parts := h.parts(site, listener, socket)
	failed := make(chan error, len(parts))
	var workers sync.WaitGroup
	for name, work := range parts {
		workers.Go(func() {
			if err := h.tend(ctx, name, work); err != nil || name == theSite {
				failed <- err
			}
		})
	}

	var err error
	select {
	case <-h.Done():
		h.log.Info("stopping")
	case err = <-failed:
	}
	patience, enough := context.WithTimeout(context.Background(), graceful)
	defer enough()
	if e := site.Shutdown(patience); e != nil && err == nil {
		h.log.Warn("requests were cut off", "cause", e)
	}
	_ = listener.Close() // a site that was stopped before it began to serve leaves it open
	end()
	workers.Wait()
	return err
}
