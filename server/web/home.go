package web

import (
	"time"

	"lianxin/views"
)

func home(r *request) (views.Model, error) { return views.Home{Page: r.page()}, nil }

// epoch is the Expires of a cookie that ends now.
var epoch = time.Unix(0, 0)

// display is how a person wants to see the pages. It changes nothing but a
// cookie of this browser, so it carries no token.
type display struct {
	look look
	here string
}

func readDisplay(r *request) form {
	l := look{size: oneOf(r.post("size"), "20", "24", "30"), theme: oneOf(r.post("theme"), "light", "dark", "contrast", "cream")}
	for _, known := range r.site.Words.Languages() {
		if r.post("lang") == known.Tag {
			l.lang = known.Tag
		}
	}
	return display{l, then(r.post("here"), "/")}
}

func (f display) page(r *request) (views.Model, error) { return home(r) }

func (f display) do(r *request) (outcome, error) {
	r.cookies = append(r.cookies, cookie{lookCookie, f.look.String(), 365})
	return see(f.here)
}
