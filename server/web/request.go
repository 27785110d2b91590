package web

import (
	"context"
	"crypto/sha256"
	"runtime/debug"
	"time"

	"lianxin/locales"
	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
	"lianxin/views"
)

// request is what a handler works with. It holds copies only: nothing in it
// changes when the connection goes on to the next request.
type request struct {
	context.Context
	site *Site
	row  route

	words  locales.Words
	look   look
	now    time.Time
	from   client
	host   string // what the browser asked, one of ours, with its port
	origin office.Origin
	who    office.Who
	county *office.Directory

	helping *store.Helping // the helping session that runs; nil none

	path   string
	here   string // where this page can be opened again
	params map[string]string
	number board.Number // of the case in the path
	query  map[string]string
	form   map[string]string
	files  map[string][]byte // what an upload brought, by its field

	session, browser, device string     // the cookies
	fresh                    store.Once // drawn for this showing
	sent                     store.Once // of the form that came back, when held
	held                     bool

	errors  []views.Error
	flash   string
	back    string
	opens   string // before the id of a file, where it opens; "" when the page shows none
	retry   string // where a file that was not read can be sent again
	mishap  string // a fault's number
	code    int
	cookies []cookie
	leaving bool // logged out: the browser forgets what it kept
}

// post is what was typed into a field.
func (r *request) post(name string) string { return r.form[name] }

// run opens the door and has the page made or the form's deed done.
func (r *request) run() (outcome, error) {
	switch {
	case !r.from.safe() && !r.site.Config.InsecureLAN:
		return outcome{}, board.Fault{Kind: board.Denied, ID: "door.plain"}
	case r.row.staff() && !r.from.safe():
		return outcome{}, board.Fault{Kind: board.Denied, ID: "door.staff-plain"}
	case r.founding() && !r.row.early:
		return r.notYet()
	case !r.row.admits(r.who):
		return r.turnAway()
	case r.row.take != nil && r.row.factor && !r.who.Shown:
		return see(askPath + r.params["file"])
	case r.row.take != nil:
		file, err := r.row.take(r)
		return outcome{file: file}, err
	case r.row.form == nil:
		model, err := r.row.page(r)
		if elsewhere, ok := err.(goOn); ok {
			return see(string(elsewhere))
		}
		return outcome{model: model}, err
	}
	f := r.row.form(r)
	if err := r.checkForm(); err != nil {
		return r.again(f, err)
	}
	if err := r.showFactor(); err != nil {
		return r.again(f, err)
	}
	out, err := r.act(f)
	if err != nil {
		return r.again(f, err)
	}
	return out, nil
}

// act does a form's deed; a panic is an error like another, so that what was
// typed is not lost with it.
func (r *request) act(f form) (out outcome, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = panicked{p, debug.Stack()}
		}
	}()
	return f.do(r)
}

// checkForm refuses a form that was shown to somebody else, or too long ago. Its
// words are not lost: the page comes again with all of them and a new token.
func (r *request) checkForm() error {
	if r.row.harmless {
		return nil
	}
	if r.row.login && r.browser == "" {
		return board.Fault{Kind: board.Invalid, ID: "form.cookies"}
	}
	if _, ok := r.site.stamps.holds(r.post("token"), r.bound(), "", r.now); !ok {
		return board.Fault{Kind: board.Invalid, ID: "form.old"}
	}
	if !r.row.deed {
		return nil
	}
	if r.sent, r.held = r.site.stamps.holds(r.post("once"), r.bound(), r.path, r.now); !r.held {
		return board.Fault{Kind: board.Invalid, ID: "form.old"}
	}
	return nil
}

// bound is what the forms of this browser are bound to.
func (r *request) bound() [32]byte {
	switch {
	case r.who.Session != [32]byte{}:
		return r.who.Session
	case r.browser != "":
		return sha256.Sum256([]byte(r.browser))
	}
	return [32]byte{}
}

// stamp is the token of the form that posts to path. A form that comes back to
// its person keeps its random part: however often it is sent, it acts once.
func (r *request) stamp(path string) string {
	once := r.fresh
	switch {
	case r.held && path == r.path:
		once = r.sent
	case path != "":
		sum := sha256.Sum256(append(r.fresh[:], path...))
		copy(once[:], sum[:])
	}
	return r.site.stamps.mint(r.bound(), path, once, r.now)
}

// again shows the form's page once more, with what was typed and with what to
// mend. A refusal that no typing can mend becomes the fault page.
func (r *request) again(f form, err error) (outcome, error) {
	faults, expected := board.Faults(err)
	if !expected || faults[0].Kind == board.Missing {
		out, e := r.fault(err)
		if typed, ok := f.(worded); ok && e == nil { // the words are theirs, wherever they were meant to go
			m := out.model.(views.Message)
			m.Body = typed.text()
			out.model = m
		}
		return out, e
	}
	r.code = status[faults[0].Kind]
	for _, fault := range faults {
		field := fault.Field
		if named, ok := f.(fielded); ok && field != "" {
			field = named.field(field)
		}
		r.errors = append(r.errors, views.Error{Field: field, Text: r.say(fault)})
	}
	model, err := f.page(r)
	return outcome{model: model}, err
}

// fielded is a form whose page calls some fields otherwise than the board does.
type fielded interface{ field(name string) string }

// worded is a form that bears words which must not be lost.
type worded interface{ text() string }

// doneQuery is how a path says that a deed was done on the way to it.
const doneQuery = "done"

// sayDone says so once. It is said by an address, which anybody may write: it
// tells nothing but that something was kept.
func (r *request) sayDone() {
	if _, done := r.query[doneQuery]; done && r.row.form == nil {
		r.flash, r.here = r.words.T("flash.done"), r.path
	}
}

// aim reads the case's number out of the path.
func (r *request) aim() { r.number = board.Number(r.params["number"]) }

// goOn is how a page ends that is to be read elsewhere: at this path.
type goOn string

func (g goOn) Error() string { return "go on to " + string(g) }

var (
	noPage   = board.Fault{Kind: board.Missing, ID: "request.address"}
	notYours = board.Fault{Kind: board.Denied, ID: "door.closed"}
)

// page is what every page of this request has in common.
func (r *request) page() views.Page {
	p := views.Page{
		Words: r.words, Languages: r.site.Words.Languages(), Size: r.look.size, Theme: r.look.theme,
		Here: r.here, Back: r.back, Errors: r.errors, Flash: r.flash, Who: r.name(), Staff: r.who.IsStaff(),
		Token: r.stamp(""), Demo: r.site.Demo != nil, RequestNumber: r.mishap,
	}
	if r.county != nil {
		p.County, p.Hotline = r.words.Pick(r.county.Name), r.county.Hotline
	}
	if !r.who.Agent.IsZero() {
		p.For = r.called()
	}
	if p.Staff {
		p.Nav, p.Helping, p.Doubt = r.nav(), r.banner(), r.site.Office.ClockSuspect()
	}
	return p
}

// nav are the rooms of a member of staff, and the way to what residents see.
func (r *request) nav() []views.Link {
	return append(r.rooms(), views.Link{Href: "/", Text: r.words.T("nav.home"), Current: r.path == "/"})
}

// desk is where a member of staff begins.
func (r *request) desk() string {
	switch {
	case len(r.who.Shelves()) > 0:
		return "/desk"
	case r.who.Roles.Has(board.Helper):
		return "/assist"
	case r.who.Roles.Has(board.Operator):
		return "/desk/intake"
	}
	return "/admin"
}

// name is what the top of the page calls whoever is logged in, "" for a
// stranger.
func (r *request) name() string {
	switch {
	case r.who.IsStaff():
		return r.who.Name
	case r.who.Phone != "":
		return r.who.Phone
	case r.who.IsResident():
		return r.words.T("who.card")
	case r.who.Session != [32]byte{}:
		return r.words.T("who.pin")
	}
	return ""
}

// called is what to call the person at the page, or for whom somebody acts.
func (r *request) called() string {
	if r.who.Name == "" {
		return r.words.T("who.unnamed")
	}
	return r.who.Name
}

// enter logs the browser in with a new session; the one it had is over.
func (r *request) enter(token string, days int) error {
	if r.session != "" && r.session != token {
		if err := r.site.Office.LogOut(r, r.session); err != nil {
			return err
		}
	}
	who, err := r.site.Office.Who(r, token)
	r.who, r.session = who, token
	r.cookies = append(r.cookies, cookie{sessionCookie, token, days})
	return err
}

// status is what a fault is in HTTP.
var status = map[board.FaultKind]int{
	board.Invalid: 422, board.Denied: 403, board.Missing: 404, board.Conflict: 409,
	board.TooMany: 429, board.Expired: 410, board.NotSaved: 503,
}

// say is a fault in words.
func (r *request) say(f board.Fault) string {
	args := make([]any, len(f.Args))
	for i, a := range f.Args {
		switch v := a.(type) {
		case board.Number:
			a = v.Grouped()
		case time.Time:
			a = r.words.DateTime(v)
		case board.Role:
			a = r.words.T("role." + string(v))
		case board.Texts:
			a = r.words.Pick(v)
		}
		args[i] = a
	}
	return r.words.T("fault."+f.ID, args...)
}
