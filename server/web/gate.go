package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/netip"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lianxin/server/board"
	"lianxin/static"
)

// gate is what every request passes before it comes to a door. Its order
// matters: nothing is read of a request for another host, and no body that is
// packed (61 KB of gzip become 60 MB). What it refuses was no browser's, and
// whatever else is on the connection is not read.
func (s *Site) gate(c *fiber.Ctx) (err error) {
	// The error handler runs here, inside the compression and the recovery.
	defer func() {
		if p := recover(); p != nil {
			err = s.broken(c, panicked{p, debug.Stack()})
		}
	}()
	guard(c, s.client(c).secure)
	if err := s.pass(c); err != nil {
		return s.broken(c, err)
	}
	return nil
}

func (s *Site) pass(c *fiber.Ctx) error {
	err := framed(&c.Request().Header)
	switch {
	case err != nil:
	case !s.answers(c):
		err = fiber.NewError(fiber.StatusMisdirectedRequest)
	case len(c.Request().Header.Peek("Content-Encoding")) > 0:
		err = fiber.ErrUnsupportedMediaType
	default:
		return c.Next()
	}
	c.Context().SetConnectionClose()
	return err
}

// pageHeaders say what a page may do. An answer without a page of its own (a
// 303, a stylesheet) leaves them out: on a slow line each costs as much as a
// sentence, and there is nothing for them to guard. For the same reason no page
// says what it varies by: nobody stores it.
var pageHeaders = [][2]string{
	{"Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
}

// guard sets the headers of every answer, refusals too.
func guard(c *fiber.Ctx, secure bool) {
	for _, h := range append(pageHeaders, [][2]string{
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "same-origin"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
		{"Cache-Control", "no-store"},
	}...) {
		c.Set(h[0], h[1])
	}
	if secure {
		c.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// bare takes the page's headers off an answer that is none.
func bare(c *fiber.Ctx) {
	for _, h := range pageHeaders {
		c.Response().Header.Del(h[0])
	}
}

// answer is what stands behind a page's or a form's door.
func (s *Site) answer(rt route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		r, err := s.receive(c, rt)
		if err != nil {
			return err
		}
		out, err := r.run()
		if err != nil {
			out, err = r.refuse(err)
		}
		if err != nil {
			return err
		}
		return s.reply(c, r, out)
	}
}

// receive takes everything out of fiber's context that a handler may want.
func (s *Site) receive(c *fiber.Ctx, rt route) (*request, error) {
	r := s.hear(c)
	r.row = rt
	r.path, r.params = c.Path(), c.AllParams()
	r.aim()
	r.query = readQuery(string(c.Request().URI().QueryString()))
	r.here = local(c.OriginalURL())
	if rt.method == fiber.MethodPost {
		if !shows(s.routes, rt.path) {
			r.here = "/"
		}
		if !s.sameSite(c, r.from) {
			return nil, board.Fault{Kind: board.Denied, ID: "form.foreign"}
		}
		var err error
		read := readForm
		if rt.upload {
			read = r.readUpload
		}
		if r.form, err = read(c.Get("Content-Type"), c.Request().Body()); err != nil {
			return nil, err
		}
		if rt.upload {
			c.Request().ResetBody() // the file was copied out of it: once in memory is enough
		}
	}
	if rt.take != nil && !s.sameSite(c, r.from) { // another site's link must not take anything out
		return nil, board.Fault{Kind: board.Denied, ID: "form.foreign"}
	}
	return r, s.recognise(r)
}

// hear reads from a request what even the fault page needs.
func (s *Site) hear(c *fiber.Ctx) *request {
	r := &request{
		Context: context.Background(), site: s, now: s.Office.Now(), from: s.client(c), host: saidHost(c), here: "/",
		session: c.Cookies(s.cookie(c, sessionCookie)), browser: c.Cookies(s.cookie(c, browserCookie)),
	}
	r.device = c.Cookies(s.cookie(c, deviceCookie))
	r.look = parseLook(c.Cookies(lookCookie))
	lang := r.look.lang
	if lang == "" {
		lang = s.Words.Match(c.Get("Accept-Language"))
	}
	r.words = s.Words.Words(lang)
	return r
}

// recognise finds out who is asking and draws what the page's forms are marked
// with. A stranger's request writes nothing.
func (s *Site) recognise(r *request) (err error) {
	r.who, err = s.Office.Who(r, r.session)
	if _, refused := board.Faults(err); err != nil && !refused {
		return err
	} // a full disk cannot note the visit, and shows the page all the same
	r.who.Device = r.device != "" && r.device == s.deviceMark()
	if r.county, err = s.Office.County(r); err != nil {
		return err
	}
	if r.helping, err = s.Office.Helping(r, r.who); err != nil {
		return err
	}
	r.origin.Address, r.origin.Token = r.from.addr, r.session
	r.origin.Hall = slices.ContainsFunc(s.Config.Halls, func(p netip.Prefix) bool { return p.Contains(r.from.addr.Unmap()) })
	if r.browser != "" {
		hash := sha256.Sum256([]byte(r.browser))
		r.origin.Browser = hex.EncodeToString(hash[:])
	}
	r.fresh, err = s.stamps.fresh()
	return err
}

// reply sends what a handler ended with.
func (s *Site) reply(c *fiber.Ctx, r *request, out outcome) error {
	var body bytes.Buffer
	if out.model != nil {
		if err := s.Views.Render(&body, out.model); err != nil {
			return err
		}
	}
	for _, k := range r.cookies {
		s.setCookie(c, k)
	}
	if r.leaving {
		c.Set("Clear-Site-Data", `"cache", "storage"`)
	}
	if out.file != nil {
		return out.file.send(c)
	}
	if out.model == nil {
		// Never built from what the request says of itself, and not through
		// fasthttp's Redirect, which would put the Host before it.
		bare(c)
		c.Response().Header.Del("X-Content-Type-Options") // there is no content
		c.Response().Header.Del("Cross-Origin-Resource-Policy")
		c.Set("Location", out.to)
		c.Status(fiber.StatusSeeOther)
		return nil
	}
	c.Set("Content-Type", "text/html; charset=utf-8")
	return c.Status(r.status()).Send(body.Bytes())
}

// send gives a file whose name changes with its content.
func (s *Site) send(find func(path string) (static.File, bool)) fiber.Handler {
	return func(c *fiber.Ctx) error {
		f, found := find(c.Path())
		if !found {
			return fiber.ErrNotFound
		}
		bare(c)
		c.Set("Cache-Control", "public, max-age=31536000, immutable")
		c.Set("Content-Type", f.Type)
		return c.Send(f.Body)
	}
}

// broken answers what no handler could: an address that is not there, a
// request too big to read, a panic. It knows nothing but the raw request, and
// must not panic itself: nobody stands behind it.
func (s *Site) broken(c *fiber.Ctx, err error) (failed error) {
	defer func() {
		if p := recover(); p != nil {
			s.Log.Error("fault page", "error", scrub(panicked{p, nil}.Error()))
			failed = c.SendStatus(fiber.StatusInternalServerError)
		}
	}()
	r := s.hear(c)
	header := &c.Request().Header
	s.uploads.done(header)
	rt, path, _ := s.posted(header)
	if rt.media {
		r.retry = path
	}
	if errors.Is(err, fiber.ErrRequestEntityTooLarge) || errors.Is(err, fiber.ErrRequestHeaderFieldsTooLarge) {
		linger(c.Context())
		if rt.media {
			err = s.unreadFile(header, rt)
		}
	}
	guard(c, r.from.secure)
	if county, e := s.Office.County(r); e == nil {
		r.county = county
	}
	out, err := r.fault(err)
	if err == nil {
		err = s.reply(c, r, out)
	}
	if err != nil { // not even the fault page can be shown
		s.Log.Error("fault page", "error", scrub(err.Error()))
		return c.SendStatus(fiber.StatusInternalServerError)
	}
	return nil
}

// panicked is a panic as an error. Its text says where, never with what: the
// value may be somebody's words.
type panicked struct {
	value any
	stack []byte
}

func (p panicked) Error() string {
	if err, ok := p.value.(runtime.Error); ok {
		return "panic: " + err.Error()
	}
	return "panic"
}

// complain writes the one line of the log that belongs to a request number.
func (s *Site) complain(number string, err error) {
	attrs := []any{"request", number, "error", scrub(err.Error())}
	var p panicked
	if errors.As(err, &p) {
		attrs = append(attrs, "stack", string(p.stack))
	}
	s.Log.Log(context.Background(), slog.LevelError, "a page could not be made", attrs...)
}

// scrub keeps people out of the log: no run of more than three digits (phones,
// numbers, codes, ids), nothing but plain ASCII (names, what was written), no
// line breaks.
func scrub(text string) string {
	digits := 0
	clean := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			if digits++; digits > 3 {
				return -1
			}
			return r
		case r < ' ' || r > '~':
			return '?'
		}
		digits = 0
		return r
	}, text)
	return clean[:min(len(clean), 500)]
}
