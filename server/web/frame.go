package web

import (
	"bytes"
	"slices"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// framed refuses what two servers, one behind the other, could take for
// different requests: a proxy that ends a request elsewhere than we do hands one
// person's answer to the next (request smuggling). The parser refuses what is
// plainly wrong, twice a length or a host; here goes what the standard leaves
// open and no browser sends. A form of ours comes whole: nothing needs the
// pieces of "chunked", with their extensions and trailers.
func framed(h *fasthttp.RequestHeader) error {
	version, read := string(h.Protocol()), h.IsGet() || h.IsHead()
	switch {
	case version != "HTTP/1.1" && version != "HTTP/1.0":
		return fiber.ErrBadRequest
	case !read && !h.IsPost():
		return fiber.ErrMethodNotAllowed // nothing is known of what comes behind a CONNECT
	case read && len(h.Peek("Content-Length")) > 0 && h.ContentLength() != 0:
		return fiber.ErrBadRequest
	}
	for line := range bytes.SplitSeq(bytes.TrimRight(h.RawHeaders(), "\r\n"), []byte("\r\n")) {
		name, _, _ := bytes.Cut(line, []byte(":"))
		switch {
		case bytes.ContainsAny(line, "\r\n"), bytes.HasPrefix(line, []byte(" ")), bytes.HasPrefix(line, []byte("\t")):
			return fiber.ErrBadRequest // a line that others see as two, or two that others see as one
		case bytes.EqualFold(name, []byte("Transfer-Encoding")):
			return fiber.ErrLengthRequired
		}
	}
	return nil
}

// known lets the gate refuse a method that nobody has heard of: fiber would do it
// by itself, without a page and without an end to the connection.
func known(answer fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		if !slices.Contains(fiber.DefaultMethods, string(ctx.Method())) {
			ctx.Request.Header.SetMethod(fiber.MethodTrace) // which no door has
		}
		answer(ctx)
	}
}
