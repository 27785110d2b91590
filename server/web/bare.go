package web

import (
	"net"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/compress"
	"github.com/valyala/fasthttp"
)

// Knock asks for a page as a browser does, packed when encoding says so ("gzip"
// or ""), without a network between: what is measured is the work of the site
// alone.
type Knock func(path, encoding string) (status int, body []byte)

// Knocker knocks at the site with these cookies.
func (s *Site) Knocker(cookies string) Knock { return knockAt(s.app, cookies) }

// BareKnocker knocks at a fiber app that has the same middleware and headers
// and sends the same bytes, and nothing of ours: the measure that the benchmark
// holds the site to.
func BareKnocker(body []byte) Knock {
	app := fiber.New(fiber.Config{Immutable: true, DisableStartupMessage: true})
	app.Use(compress.New(compress.Config{Level: compress.LevelDefault}))
	app.Get("/*", func(c *fiber.Ctx) error {
		guard(c, false)
		c.Set("Content-Type", "text/html; charset=utf-8")
		return c.Send(body)
	})
	return knockAt(app, "")
}

func knockAt(app *fiber.App, cookies string) Knock {
	handle := app.Handler()
	return func(path, encoding string) (int, []byte) {
		var ctx fasthttp.RequestCtx
		ctx.Request.Header.SetMethod(fiber.MethodGet)
		ctx.Request.SetRequestURI(path)
		ctx.Request.Header.SetHost("127.0.0.1")
		ctx.SetRemoteAddr(&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
		ctx.Request.Header.Set("Accept-Encoding", encoding)
		ctx.Request.Header.Set("Accept-Language", "zh-CN")
		if cookies != "" {
			ctx.Request.Header.Set("Cookie", cookies)
		}
		handle(&ctx)
		return ctx.Response.StatusCode(), ctx.Response.Body()
	}
}
