package web

import (
	"crypto/tls"
	"io"
	"net"
	"time"

	"github.com/valyala/fasthttp"
)

// A request that is too long is refused before it is read. If the connection
// were closed there and then, the machine would throw the unread rest back at
// the browser as a broken connection, and the page that says what to do would
// be lost. So such a connection is read on for a while before it is closed
// (RFC 9112, 9.6), and what comes is thrown away.
const (
	lingerMost = 8 << 20
	lingerTime = 30 * time.Second
)

// lingering is a listener whose connections can be told to linger.
type lingering struct{ net.Listener }

func (l lingering) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if tcp, is := c.(*net.TCPConn); is {
		return &lingerer{TCPConn: tcp}, err
	}
	return c, err
}

type lingerer struct {
	*net.TCPConn
	unread bool // only ever touched by whoever serves the connection
}

// Close says that the answer is complete, and when something of the request is
// unread waits for the browser to have said all.
func (c *lingerer) Close() error {
	if c.unread && c.CloseWrite() == nil && c.SetReadDeadline(time.Now().Add(lingerTime)) == nil {
		_, _ = io.CopyN(io.Discard, c.TCPConn, lingerMost) // it ends when the browser has read the answer and hangs up
	}
	return c.TCPConn.Close()
}

// linger marks the connection of a request whose body was not read to its end.
func linger(ctx *fasthttp.RequestCtx) {
	conn := ctx.Conn()
	if secure, is := conn.(*tls.Conn); is {
		conn = secure.NetConn()
	}
	if c, can := conn.(*lingerer); can {
		c.unread = true
	}
}
