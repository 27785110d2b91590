package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// The cookies. With TLS the first two bear the prefix __Host-, so that one
// that was set in plain HTTP never counts there.
const (
	sessionCookie = "s"    // who is logged in
	browserCookie = "b"    // what the forms of a login page are bound to
	deviceCookie  = "d"    // staff have logged in here: what is said in this browser is not a person's own hand
	lookCookie    = "look" // language, type size, colours: no secret, no person
)

// cookie is one to be set. No days: it ends with the browser; less: it ends now.
type cookie struct {
	name, value string
	days        int
}

// deviceDays is how long a browser counts as the staff's after a login (the
// most that browsers keep a cookie).
const deviceDays = 400

// deviceMark is the value of the cookie of such a browser. Who forges it sets
// only their own words apart.
func (s *Site) deviceMark() string {
	mac := hmac.New(sha256.New, s.Office.FormKey())
	mac.Write([]byte("device"))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// cookie is a cookie's name on this connection.
func (s *Site) cookie(c *fiber.Ctx, name string) string {
	if name != lookCookie && s.client(c).secure {
		return "__Host-" + name
	}
	return name
}

func (s *Site) setCookie(c *fiber.Ctx, k cookie) {
	set := &fiber.Cookie{
		Name: s.cookie(c, k.name), Value: k.value, Path: "/",
		HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode, Secure: s.client(c).secure,
	}
	switch {
	case k.days > 0:
		set.MaxAge = k.days * 24 * 3600
	case k.days < 0:
		set.MaxAge, set.Expires = -1, epoch
	}
	c.Cookie(set)
}

// look is how a person chose to see the pages.
type look struct{ lang, size, theme string }

func parseLook(value string) look {
	parts := strings.Split(value, ".")
	if len(parts) != 3 {
		return look{}
	}
	return look{parts[0], oneOf(parts[1], "20", "24", "30"), oneOf(parts[2], "light", "dark", "contrast", "cream")}
}

func (l look) String() string { return l.lang + "." + l.size + "." + l.theme }

// oneOf is the value when it is one of those known, "" for any other.
func oneOf(value string, known ...string) string {
	for _, k := range known {
		if value == k {
			return value
		}
	}
	return ""
}
