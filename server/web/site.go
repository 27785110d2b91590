// Package web shows and asks: the pages of the board over HTTP. It is the only
// package that knows fiber.
//
// A reader starts with routes.go (every door there is, and who may open it),
// then gate.go (what each request passes before it comes to a door), then
// request.go (what a handler has to work with). One file a family of pages
// follows.
//
// A handler never touches fiber's own context. It has three ways to end: the
// same page again because something typed must be mended, a page, or a path to
// go on to. Whatever else goes wrong is an error, and becomes the fault page.
package web

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/compress"
	"github.com/valyala/fasthttp"

	"lianxin/locales"
	"lianxin/server/media"
	"lianxin/server/office"
	"lianxin/views"
)

// Parts are what a site is made of.
type Parts struct {
	Office *office.Office
	Words  *locales.Bundle
	Views  *views.Views
	Random io.Reader // must never repeat itself: crypto/rand, and nothing seeded outside tests
	Log    *slog.Logger
	Tables Tables
	Config Config
	First  *First // nil when nobody prints the code of a first run
	Demo   *Demo  // nil except in the made-up county
	Box    Looker // nil where nobody looks at the machine
	Served Served // nil where nobody counts
	Bring  Bring  // nil when nobody reads the tables of other systems
}

// Served hears of each answer: its status and how long it took to make.
type Served func(status int, took time.Duration)

// Config is how this process is reached. None of it is a county's rule.
type Config struct {
	// Hosts are the names that this site answers to, without a port. The
	// names of the loopback, and the address itself that a request came to,
	// are answered always.
	Hosts []string
	// Origin is what browsers name this site by, such as
	// "https://lianxin.example.cn". Empty means: what the request says,
	// when its Host is one of Hosts.
	Origin string
	// Proxies are the addresses whose X-Forwarded-For and X-Forwarded-Proto
	// are believed. Nobody else's are.
	Proxies []netip.Prefix
	// Halls are the networks of the county's own desks, from which a crowd logs
	// in on a few machines.
	Halls []netip.Prefix
	// TextTo is the number to which a person sends a text to log in. It is
	// empty unless the operator vouches for who sends.
	TextTo string
	// TLS closes the way to the browser, when no proxy in front does; nil for
	// plain HTTP.
	TLS *tls.Config
	// InsecureLAN lets residents in over plain HTTP from other machines.
	// Staff stay shut out even so.
	InsecureLAN bool
	// Seats is how many connections may be open at once; 0 means the usual
	// number, see crowd.
	Seats int
}

// Site answers requests.
type Site struct {
	Parts
	app    *fiber.App
	routes []route
	hosts  map[string]bool
	stamps stamps
	shelf  shelf

	founding founding
	bringing bringing
	uploads  uploads

	mutex    sync.Mutex
	listener net.Listener
	closed   bool
}

// Sizes and times of a request. A form of ours is a few kilobytes; a slow
// phone sends 64 KiB at 4 KB/s in 16 s.
const (
	maxHeader = 16 << 10
	maxBody   = 64 << 10
	maxUpload = 2 << 20  // of a file: the national list of townships has 1.6 MB
	maxTable  = 20 << 20 // of the table of another system, one at a time

	headerTime = 20 * time.Second
	bodyTime   = time.Minute
	writeTime  = time.Minute
	idleTime   = time.Minute
)

// New makes a site. It refuses to make one with a door that nobody was named
// for: a forgotten role is no role.
func New(p Parts) (*Site, error) { return build(p, table(p)) }

func build(p Parts, routes []route) (*Site, error) {
	if p.Office == nil || p.Words == nil || p.Views == nil || p.Random == nil || p.Log == nil || p.Tables == nil {
		return nil, errors.New("web: a part of the site is missing")
	}
	s := &Site{
		Parts: p, routes: routes, hosts: map[string]bool{},
		stamps: stamps{key: p.Office.FormKey(), random: p.Random},
	}
	for _, h := range p.Config.Hosts {
		s.hosts[hostName(h)] = true
	}
	fasthttp.SetBodySizePoolLimit(maxBody, 4*maxBody)
	s.app = fiber.New(fiber.Config{
		// Without it every string of a request is a view into a buffer that
		// the next request overwrites.
		Immutable:               true,
		CaseSensitive:           true,
		ReadBufferSize:          maxHeader,
		BodyLimit:               maxBody,
		ReadTimeout:             headerTime,
		WriteTimeout:            writeTime,
		IdleTimeout:             idleTime,
		ReduceMemoryUsage:       true, // who says nothing costs next to nothing
		DisableStartupMessage:   true,
		EnableTrustedProxyCheck: true, // and none named: fiber itself believes nobody, client.go decides
		ErrorHandler:            s.broken,
		// Or a stranger's file is taken apart before anybody asks who it is.
		DisablePreParseMultipartForm: true,
	})
	s.app.Server().Handler = s.uploads.freeing(known(s.app.Server().Handler))
	s.app.Server().HeaderReceived = s.limits
	s.app.Server().Logger = plainLog{p.Log}
	if p.Served != nil {
		s.app.Use(s.count)
	}
	s.app.Use(compress.New(compress.Config{Level: compress.LevelDefault}), s.gate)
	if err := s.open(routes); err != nil {
		return nil, err
	}
	return s, nil
}

// count tells of an answer when it is made.
func (s *Site) count(c *fiber.Ctx) error {
	began := time.Now()
	err := c.Next()
	s.Served(c.Response().StatusCode(), time.Since(began))
	return err
}

// limits gives a request with a body the time that a slow phone needs for it,
// and one that brings a file the room; and whoever fetches a file the time.
func (s *Site) limits(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
	if h.ContentLength() == 0 {
		if bytes.Contains(h.RequestURI(), []byte(filePart)) {
			return fasthttp.RequestConfig{WriteTimeout: sendingTime(media.MostRecording)}
		}
		return fasthttp.RequestConfig{}
	}
	room, took := s.room(h), bodyTime
	if room == maxMedia {
		took = sendingTime(h.ContentLength())
	}
	return fasthttp.RequestConfig{ReadTimeout: took, MaxRequestBodySize: room}
}

// room is how big a body may be. It is asked before the body is read: only who
// may bring a file there can make this machine hold megabytes, and tens of them
// only one at a time.
func (s *Site) room(h *fasthttp.RequestHeader) int {
	rt, _, known := s.posted(h)
	if !known || !rt.upload {
		return maxBody
	}
	who, may := s.brings(h, rt)
	bytes := h.ContentLength()
	switch {
	case !may, rt.media && (bytes <= maxBody || bytes > maxMedia):
		return maxBody
	case rt.media && s.uploads.take(h, who.Session, s.Office.Now()):
		return maxMedia
	case rt.media:
		return maxBody
	case rt.table && bytes > maxUpload && s.bringing.reserve(s.Office.Now()):
		return maxTable + maxBody // what stands around the file
	}
	return maxUpload
}

// posted is the line of the table for a request that posts, and its path.
func (s *Site) posted(h *fasthttp.RequestHeader) (rt route, path string, ok bool) {
	path, _, _ = strings.Cut(string(h.RequestURI()), "?")
	rt, _, ok = s.find("POST", path)
	return rt, path, ok && h.IsPost()
}

// brings tells whether who asks may open the door, and who that is.
func (s *Site) brings(h *fasthttp.RequestHeader, rt route) (office.Who, bool) {
	for _, name := range []string{"__Host-" + sessionCookie, sessionCookie} {
		if who, err := s.Office.Who(context.Background(), string(h.Cookie(name))); err == nil && rt.admits(who) {
			return who, true
		}
	}
	return office.Who{}, false
}

// plainLog takes what fasthttp says of broken connections without its details:
// they quote the request, and with it what somebody typed.
type plainLog struct{ log *slog.Logger }

func (l plainLog) Printf(format string, _ ...any) {
	l.log.Debug("a connection broke", "how", scrub(format))
}

// open hangs the doors.
func (s *Site) open(routes []route) error {
	for _, rt := range routes {
		if err := rt.sound(); err != nil {
			return err
		}
		answer := s.shelved(rt, s.answer(rt))
		if rt.file != nil {
			answer = s.send(rt.file)
		}
		s.app.Add(rt.method, rt.path, answer)
		if rt.method == fiber.MethodGet && rt.take == nil { // to ask only for a download's head would take it out
			s.app.Add(fiber.MethodHead, rt.path, answer)
		}
	}
	return nil
}

// Serve answers on a listener until Shutdown. Plain HTTP that other machines
// can reach must have been asked for: by a proxy in front, or by InsecureLAN.
func (s *Site) Serve(l net.Listener) error {
	if s.Config.TLS == nil && !s.Config.InsecureLAN && len(s.Config.Proxies) == 0 && !loopback(l.Addr()) {
		return fmt.Errorf("web: %s can be reached by other machines in plain HTTP; put a proxy with TLS before it, or allow an insecure LAN", l.Addr())
	}
	s.mutex.Lock()
	s.listener = l
	closed := s.closed
	s.mutex.Unlock()
	if closed {
		return l.Close()
	}
	l = newCrowd(l, cmp.Or(s.Config.Seats, seats))
	if s.Config.TLS != nil {
		l = tls.NewListener(l, s.Config.TLS)
	}
	return s.app.Listener(l)
}

// Shutdown stops listening and waits for the requests under way, until ctx
// ends. It may come before Serve, which then ends at once.
func (s *Site) Shutdown(ctx context.Context) error {
	s.mutex.Lock()
	s.closed = true
	listener := s.listener
	s.mutex.Unlock()
	s.bringing.close()
	if listener == nil {
		return nil
	}
	// fasthttp forgets a shutdown that comes before it has begun to listen; a
	// closed listener it notices.
	if err := listener.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return err
	}
	if err := s.app.ShutdownWithContext(ctx); err != nil && !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}
