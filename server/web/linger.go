package web

import (
	"crypto/tls"
	"io"
	"time"

	"github.com/valyala/fasthttp"
)

// A request that is too long is refused before it is read. If the connection
// were closed there and then, the machine would throw the unread rest back at
// the browser as a broken connection, and the page that says what to do would
// be lost. So such a connection is read on for a while before it is closed
// (RFC 9112, 9.6), and what comes is thrown away.
const (
	lingerMost = 32 << 20 // of a photo that is far too large
	lingerTime = 2 * time.Minute
)

// Close says that the answer is complete, and when something of the request is
// unread waits for the browser to have said all.
func (g *guest) Close() error {
	defer g.crowd.leave(g)
	if g.unread && g.CloseWrite() == nil && g.SetReadDeadline(time.Now().Add(lingerTime)) == nil {
		g.waiting.Store(true)
		_, _ = io.CopyN(io.Discard, g.TCPConn, lingerMost) // it ends when the browser has read the answer and hangs up
	}
	return g.TCPConn.Close()
}

// linger marks the connection of a request whose body was not read to its end.
func linger(ctx *fasthttp.RequestCtx) {
	conn := ctx.Conn()
	if secure, is := conn.(*tls.Conn); is {
		conn = secure.NetConn()
	}
	if g, can := conn.(*guest); can {
		g.unread = true
	}
}
