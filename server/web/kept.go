package web

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/url"
	"strings"

	"lianxin/server/board"
	"lianxin/views"
)

// kept are the words of a form whose session had ended when it was sent, or,
// without fields, only the page that somebody was on the way to. They
// travel through the pages of the login in a hidden field and are stored
// nowhere, because nobody knows yet whose they are. They never act by
// themselves: after the login their page is shown with everything filled in.
type kept struct {
	Path   string            `json:"path"`
	Fields map[string]string `json:"fields"`
}

// keeper is a form that knows a better place for kept words than its page.
type keeper interface {
	keep(*request) (outcome, error)
}

// turnAway is for whoever may not open the door: a stranger is asked to log in,
// and comes back to where they were; somebody else is refused.
func (r *request) turnAway() (outcome, error) {
	switch {
	case r.who.IsStaff() || r.who.IsResident():
		return outcome{}, notYours
	case r.who.Phone != "" && !r.row.staff() && r.row.form == nil: // logged in, and has not said who they are
		return see("/who?then=" + url.QueryEscape(r.here))
	case r.row.form == nil && r.row.staff():
		return see("/staff/login?then=" + url.QueryEscape(r.here))
	case r.row.form == nil:
		return see("/login?then=" + url.QueryEscape(r.here))
	}
	words := kept{Path: r.path, Fields: map[string]string{}}
	for name, value := range r.form {
		if name != "token" && name != "once" {
			words.Fields[name] = value
		}
	}
	packed, err := words.pack()
	if err != nil {
		return outcome{}, err
	}
	r.code = 403
	var model views.Model
	switch {
	case r.row.staff():
		model, err = staffLogin{kept: packed}.page(r)
	case r.who.Phone != "":
		model, err = who{kept: packed}.page(r)
	default:
		model, err = login{kept: packed}.page(r)
	}
	return outcome{model: model}, err
}

// pack writes it as one value of a hidden field.
func (k kept) pack() (string, error) {
	plain, err := json.Marshal(k)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	text := base64.NewEncoder(base64.RawURLEncoding, &b)
	z, err := flate.NewWriter(text, flate.BestCompression)
	if err != nil {
		return "", err
	}
	if _, err = z.Write(plain); err == nil {
		err = z.Close()
	}
	if err == nil {
		err = text.Close()
	}
	return b.String(), err
}

// unpack reads what pack wrote; ok is false for what somebody else wrote.
func unpack(value string) (k kept, ok bool) {
	z := flate.NewReader(base64.NewDecoder(base64.RawURLEncoding, strings.NewReader(value)))
	plain, err := io.ReadAll(io.LimitReader(z, 2*maxBody))
	if value == "" || err != nil || json.Unmarshal(plain, &k) != nil {
		return kept{}, false
	}
	return k, true
}

// resume shows kept words to whoever has just logged in; without any it goes on
// to the path.
func (r *request) resume(value, path string) (outcome, error) {
	k, ok := unpack(value)
	if !ok {
		return see(path)
	}
	if to, _, _ := strings.Cut(local(k.Path), "?"); len(k.Fields) == 0 {
		if _, _, shown := r.site.find("GET", to); shown {
			return see(local(k.Path))
		}
	}
	rt, params, ok := r.site.find("POST", k.Path)
	if !ok || !rt.admits(r.who) {
		return see(path)
	}
	q := *r
	q.row, q.path, q.params, q.here = rt, k.Path, params, "/"
	if shows(r.site.routes, rt.path) {
		q.here = k.Path
	}
	q.form = k.Fields
	q.aim()
	f := rt.form(&q)
	if home, ok := f.(keeper); ok {
		return home.keep(&q)
	}
	q.flash = q.words.T("flash.kept")
	model, err := f.page(&q)
	if faults, _ := board.Faults(err); len(faults) > 0 && faults[0].Kind == board.Missing {
		out, err := q.again(f, err) // they are somebody else now: the words come back all the same
		r.code = q.code
		return out, err
	}
	return outcome{model: model}, err
}

// find is the line of the table for a path.
func (s *Site) find(method, path string) (rt route, params map[string]string, ok bool) {
	for _, rt := range s.routes {
		if params, ok := match(rt.path, path); ok && rt.method == method {
			return rt, params, true
		}
	}
	return route{}, nil, false
}

func match(pattern, path string) (params map[string]string, ok bool) {
	names, parts := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(names) != len(parts) {
		return nil, false
	}
	params = map[string]string{}
	for i, name := range names {
		switch {
		case strings.HasPrefix(name, ":"):
			params[name[1:]] = parts[i]
		case name != parts[i]:
			return nil, false
		}
	}
	return params, true
}
