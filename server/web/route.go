package web

import (
	"fmt"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/static"
	"lianxin/views"
)

// door is what somebody must be to pass: one of the roles of the board, or one
// of these besides.
type door = board.Role

const (
	anyone door = "anyone" // whoever comes
	opener door = "opener" // somebody who opened a case with its number and PIN
	phoned door = "phoned" // whoever logged in with a phone, said who they are or not
)

// route is one line of the table: a door, who may open it, and what is behind.
// A page or a file is behind a GET, a form behind a POST. A download is a file
// that is made for whoever asks.
type route struct {
	method, path string
	doors        []door
	page         func(*request) (views.Model, error)
	form         func(*request) form
	file         func(path string) (static.File, bool)
	take         func(*request) (*download, error)
	login        bool // logs somebody in: its form needs the cookie that the login page gave
	harmless     bool // changes nothing but how this browser shows pages: needs no token
	deed         bool // does a deed: its form carries a token that acts once
	upload       bool // may carry a file, see readUpload
	table        bool // and a big one
	media        bool // a photo or a recording, see uploads
	common       bool // the same for every stranger, see shelf
	factor       bool // asks staff for their second factor once more, see factor.go
	early        bool // is open before the county has had its first run
}

// form is what somebody typed into a page, read from the post.
type form interface {
	// page is the page that the form stands on, with everything typed.
	page(*request) (views.Model, error)
	// do does what the form asks for. A refusal shows page again.
	do(*request) (outcome, error)
}

// outcome is how a form ends well: at another path (303), or with a page. A
// download ends with a file. The zero outcome is none of them.
type outcome struct {
	to    string
	model views.Model
	file  *download
}

func see(path string) (outcome, error) { return outcome{to: path}, nil }

// sound refuses a line that would leave a door open or lead nowhere.
func (rt route) sound() error {
	switch {
	case len(rt.doors) == 0:
		return fmt.Errorf("web: %s %s names nobody who may open it", rt.method, rt.path)
	case rt.method == "GET" && rt.form == nil && one(rt.page != nil, rt.file != nil, rt.take != nil):
		return nil
	case rt.method == "POST" && rt.form != nil && rt.page == nil && rt.file == nil && rt.take == nil:
		return nil
	}
	return fmt.Errorf("web: %s %s has not what it needs behind it", rt.method, rt.path)
}

// one tells whether exactly one of these holds.
func one(of ...bool) bool {
	n := 0
	for _, holds := range of {
		if holds {
			n++
		}
	}
	return n == 1
}

// admits tells whether who may open the door.
func (rt route) admits(who office.Who) bool {
	for _, d := range rt.doors {
		switch {
		case d == anyone,
			d == board.Resident && who.IsResident(),
			d == opener && !who.IsStaff() && len(who.Opened) > 0,
			d == phoned && !who.IsStaff() && who.Phone != "",
			d != board.Resident && who.IsStaff() && who.Roles.Has(d):
			return true
		}
	}
	return false
}

// staff tells whether only staff pass.
func (rt route) staff() bool {
	for _, d := range rt.doors {
		if d == anyone || d == opener || d == phoned || d == board.Resident {
			return false
		}
	}
	return true
}

// shows tells whether a path can be opened by a GET: whoever changes the
// language there must find a page.
func shows(routes []route, pattern string) bool {
	for _, rt := range routes {
		if rt.method == "GET" && rt.path == pattern {
			return true
		}
	}
	return false
}
