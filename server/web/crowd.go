package web

import (
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

// seats is how many connections are open at once. Each can cost what a header
// and a form cost, so that all of them together stay below 200 MB.
const seats = 2000

// crowd is a listener that never holds more than so many connections, and that
// nobody can fill for the others. When a newcomer finds no seat free, one of
// those gives up theirs who hold the most, and among their connections the
// oldest that we are waiting for: a quick browser has long been answered, and
// opens an idle connection again without anybody noticing.
//
// No address has a limit of its own. Behind one may stand a village with one
// carrier, or the county's own proxy and everybody with it; while there is room
// they all have it.
type crowd struct {
	net.Listener
	most int

	mutex  sync.Mutex
	guests map[*guest]bool
	held   map[netip.Prefix]int // seats by where from
	came   uint64               // counts all who ever came
}

func newCrowd(l net.Listener, most int) *crowd {
	return &crowd{Listener: l, most: most, guests: map[*guest]bool{}, held: map[netip.Prefix]int{}}
}

// guest is a connection that has a seat.
type guest struct {
	*net.TCPConn
	crowd   *crowd
	from    netip.Prefix
	turn    uint64      // the lower, the longer it has been here
	waiting atomic.Bool // we wait for it; else it waits for our answer
	unread  bool        // see linger; only ever touched by whoever serves the connection
	until   time.Time   // by when what is read must have come; touched likewise
}

// silence is how long we wait for the next bytes of somebody who has time left: a
// phone that lost its line in the middle of a photo will not say so.
const silence = time.Minute

// Accept waits for somebody who can be given a seat.
func (c *crowd) Accept() (net.Conn, error) {
	for {
		conn, err := c.Listener.Accept()
		tcp, is := conn.(*net.TCPConn)
		if err != nil || !is {
			return conn, err
		}
		if g := c.seat(tcp); g != nil {
			return g, nil
		}
		_ = tcp.Close() // everybody here is being answered: that takes moments, try again
	}
}

// seat gives a connection a seat, if need be somebody else's; nil when there is
// none to be had.
func (c *crowd) seat(conn *net.TCPConn) *guest {
	g := &guest{TCPConn: conn, crowd: c, from: block(address(conn.RemoteAddr()))}
	g.waiting.Store(true)
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if len(c.guests) >= c.most {
		out := c.longest()
		if out == nil {
			return nil
		}
		c.forget(out)
		_ = out.TCPConn.Close() // whoever serves it notices, and ends
	}
	c.came++
	g.turn = c.came
	c.guests[g] = true
	c.held[g.from]++
	return g
}

// longest is who gives up the seat; nil when we wait for nobody.
func (c *crowd) longest() (out *guest) {
	for g := range c.guests {
		if g.waiting.Load() && (out == nil || c.sooner(g, out)) {
			out = g
		}
	}
	return out
}

func (c *crowd) sooner(a, b *guest) bool {
	if x, y := c.held[a.from], c.held[b.from]; x != y {
		return x > y
	}
	return a.turn < b.turn
}

// leave frees a seat; twice is once.
func (c *crowd) leave(g *guest) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.forget(g)
}

func (c *crowd) forget(g *guest) {
	if !c.guests[g] {
		return
	}
	delete(c.guests, g)
	if c.held[g.from]--; c.held[g.from] == 0 {
		delete(c.held, g.from)
	}
}

func (g *guest) Read(p []byte) (int, error) {
	g.waiting.Store(true)
	defer g.waiting.Store(false)
	if soon := time.Now().Add(silence); g.until.After(soon) {
		if err := g.TCPConn.SetReadDeadline(soon); err != nil {
			return 0, err
		}
	}
	return g.TCPConn.Read(p)
}

// SetReadDeadline remembers the time, because Read ends sooner when nothing comes.
func (g *guest) SetReadDeadline(t time.Time) error {
	g.until = t
	return g.TCPConn.SetReadDeadline(t)
}

func (g *guest) Write(p []byte) (int, error) {
	g.waiting.Store(true)
	defer g.waiting.Store(false)
	return g.TCPConn.Write(p)
}

// block is what one subscriber has: an address, or a /64 of IPv6.
func block(addr netip.Addr) netip.Prefix {
	bits := 64
	if addr.Is4() {
		bits = 32
	}
	p, _ := addr.Prefix(bits)
	return p
}
