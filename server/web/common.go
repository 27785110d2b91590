package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
)

// shelf keeps pages that are the same for every stranger, ready to send, until
// something changes that anybody may read. A county's news is read by thousands
// in the same hour, and its box is small.
type shelf struct {
	sync.Mutex
	version uint64
	pages   map[string]sheet
}

// sheet is one page, plain and packed.
type sheet struct{ plain, packed []byte }

// shelfHolds is how many pages are kept: with 14 KB each it is a few megabytes.
const shelfHolds = 256

func (s *shelf) get(key string, version uint64) (sheet, bool) {
	s.Lock()
	defer s.Unlock()
	if s.version != version {
		return sheet{}, false
	}
	p, found := s.pages[key]
	return p, found
}

func (s *shelf) put(key string, version uint64, p sheet) {
	s.Lock()
	defer s.Unlock()
	if s.version != version || len(s.pages) >= shelfHolds {
		s.version, s.pages = version, map[string]sheet{}
	}
	s.pages[key] = p
}

// stranger names the look of a common page for somebody without a cookie of
// ours; "" for everybody else. The hour is part of it: the forms in the page's
// foot are good for a day.
func (s *Site) stranger(c *fiber.Ctx, rt route) string {
	if !rt.common || c.Cookies(s.cookie(c, sessionCookie)) != "" || c.Cookies(s.cookie(c, browserCookie)) != "" {
		return ""
	}
	r := s.hear(c)
	return fmt.Sprintf("%s %v %d %v %s", r.words.Lang, r.look, s.Office.Now().Unix()/int64(time.Hour/time.Second), r.from.here, c.OriginalURL())
}

// shelved answers from the shelf when the page lies there, and else puts there
// what the handler made.
func (s *Site) shelved(rt route, answer fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		key := s.stranger(c, rt)
		if key == "" {
			return answer(c)
		}
		version, err := s.Office.PublicVersion(context.Background())
		if err != nil {
			return err
		}
		if p, found := s.shelf.get(key, version); found {
			return p.send(c)
		}
		if err := answer(c); err != nil || c.Response().StatusCode() != fiber.StatusOK || len(c.Response().Header.Peek("Set-Cookie")) > 0 {
			return err
		}
		p := sheet{plain: bytes.Clone(c.Response().Body())}
		if p.packed, err = pack(p.plain); err != nil {
			return err
		}
		s.shelf.put(key, version, p)
		return p.send(c)
	}
}

func (p sheet) send(c *fiber.Ctx) error {
	c.Set("Content-Type", "text/html; charset=utf-8")
	c.Vary("Accept-Encoding")
	if strings.Contains(c.Get("Accept-Encoding"), "gzip") {
		c.Set("Content-Encoding", "gzip")
		return c.Send(p.packed)
	}
	return c.Send(p.plain)
}

func pack(plain []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	err = w.Close() // before the bytes are taken: it writes the last of them
	return b.Bytes(), err
}
