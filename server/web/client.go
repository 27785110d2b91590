package web

import (
	"net"
	"net/netip"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// client is who stands at the other end of the connection, behind the proxies
// that we trust.
type client struct {
	addr   netip.Addr
	secure bool // the way to the browser is TLS
	here   bool // a browser on this very machine
}

// safe tells whether a password may be typed: nobody on the way can read it.
func (c client) safe() bool { return c.secure || c.here }

func (s *Site) client(c *fiber.Ctx) client {
	addr := address(c.Context().RemoteAddr())
	headers := &c.Request().Header
	secure := c.Context().IsTLS()
	if !s.trusts(addr) {
		// A proxy on this machine that nobody named must not make strangers
		// look like this machine.
		through := len(headers.Peek("X-Forwarded-For")) > 0 || len(headers.Peek("Forwarded")) > 0
		return client{addr, secure, addr.IsLoopback() && !through}
	}
	if hops := list(headers.PeekAll("X-Forwarded-For")); len(hops) > 0 {
		addr = s.outermost(hops, addr)
	}
	if protos := list(headers.PeekAll("X-Forwarded-Proto")); len(protos) > 0 {
		secure = strings.EqualFold(protos[len(protos)-1], "https")
	}
	return client{addr, secure, false}
}

// outermost walks from our side outwards, past the proxies we trust, to the
// first address that one of them saw and that is none of them. What stands
// further left anybody may have written.
func (s *Site) outermost(hops []string, addr netip.Addr) netip.Addr {
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.Trim(hops[i], "[]"))
		if err != nil {
			return addr
		}
		addr = hop.Unmap().WithZone("")
		if !s.trusts(addr) {
			return addr
		}
	}
	return addr
}

func (s *Site) trusts(addr netip.Addr) bool {
	for _, p := range s.Config.Proxies {
		if p.Contains(addr) {
			return true
		}
	}
	return false
}

// list reads a header that may come in several lines, each with several values.
func list(lines [][]byte) []string {
	var all []string
	for _, line := range lines {
		for part := range strings.SplitSeq(string(line), ",") {
			if part = strings.TrimSpace(part); part != "" {
				all = append(all, part)
			}
		}
	}
	return all
}

func address(a net.Addr) netip.Addr {
	tcp, ok := a.(*net.TCPAddr)
	if !ok {
		return netip.Addr{}
	}
	return tcp.AddrPort().Addr().Unmap().WithZone("")
}

func loopback(a net.Addr) bool { return address(a).IsLoopback() }

// answers tells whether the request names a host of ours. A page on another
// site whose name was pointed at this machine must get nothing (DNS
// rebinding); a number instead of a name cannot be pointed anywhere.
func (s *Site) answers(c *fiber.Ctx) bool {
	said := saidHost(c)
	// An absolute address in the first line overrides the header in fasthttp:
	// both must be ours.
	for _, host := range []string{said, string(c.Request().URI().Host())} {
		if host != "" && !s.ours(hostName(host), address(c.Context().LocalAddr())) {
			return false
		}
	}
	return said != ""
}

// saidHost is the address that the browser asked, as it says itself, with the port.
func saidHost(c *fiber.Ctx) string {
	host := string(c.Request().Header.Host())
	if host == "" && !c.Request().Header.IsHTTP11() {
		return c.Context().LocalAddr().String() // HTTP/1.0 need not say it
	}
	return host
}

func (s *Site) ours(name string, local netip.Addr) bool {
	if s.hosts[name] {
		return true
	}
	if name == "localhost" {
		return local.IsLoopback()
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && (ip.Unmap() == local || ip.IsLoopback() && local.IsLoopback())
}

// hostName is a host without its port, in small letters.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
}

// sameSite tells whether a POST comes from a page of ours, as far as the
// browser says. What says nothing (HTTP/1.0, text browsers, plain HTTP) is
// left to the form's token.
func (s *Site) sameSite(c *fiber.Ctx, from client) bool {
	if site := c.Get("Sec-Fetch-Site"); site != "" {
		return site == "same-origin" || site == "none"
	}
	if origin := c.Get("Origin"); origin != "" {
		return s.origin(c, from, origin)
	}
	if referer := c.Get("Referer"); referer != "" {
		u, err := url.Parse(referer)
		return err == nil && s.origin(c, from, u.Scheme+"://"+u.Host)
	}
	return true
}

func (s *Site) origin(c *fiber.Ctx, from client, said string) bool {
	want := s.Config.Origin
	if want == "" {
		scheme := "http"
		if from.secure {
			scheme = "https"
		}
		want = scheme + "://" + string(c.Request().Header.Host())
	}
	return strings.EqualFold(said, strings.TrimSuffix(want, "/"))
}
