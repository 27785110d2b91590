package web

import (
	"encoding/base64"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
	"lianxin/views"
)

// sessionDays is how long a resident's cookie is kept; the session behind it
// ends sooner when nobody comes.
const sessionDays = 30

// know gives the browser the cookie that the forms of a login page are bound
// to. Only login pages do: nobody else needs one.
func (r *request) know() {
	if r.browser != "" {
		return
	}
	r.browser = base64.RawURLEncoding.EncodeToString(r.fresh[:])
	r.cookies = append(r.cookies, cookie{browserCookie, r.browser, 1})
}

// login is the phone number. Text says that the person will send a text instead
// of waiting for one.
type login struct {
	phone, kept, then string
	text              bool
}

func showLogin(r *request) (views.Model, error) {
	if r.who.IsResident() || r.who.Phone != "" { // who has not said who they are is asked there
		return nil, goOn(then(r.query["then"], "/cases"))
	}
	return login{then: local(r.query["then"])}.page(r)
}

func readLogin(r *request) form {
	return login{r.post("phone"), r.post("kept"), local(r.post("then")), r.post("way") != ""}
}

func (f login) page(r *request) (views.Model, error) {
	r.know()
	k, _ := unpack(f.kept)
	slip := caseOf(k.Path) != "" || caseOf(f.then) != "" // number and PIN open it as well
	return views.Login{Page: r.page(), Phone: f.phone, Kept: f.kept, Then: f.then, Slip: slip, Text: r.site.Config.TextTo != ""}, nil
}

// do answers with the page for the code and not with a path to it: what that
// page carries is no business of an address line.
func (f login) do(r *request) (outcome, error) {
	begin := r.site.Office.SendCode
	only := f.text && r.site.Config.TextTo != ""
	if only {
		begin = r.site.Office.ExpectText
	}
	attempt, err := begin(r, f.phone, r.words.Lang, r.origin)
	if err != nil {
		return outcome{}, err
	}
	model, err := loginCode{attempt: attempt, kept: f.kept, then: f.then, only: only}.page(r)
	return outcome{model: model}, err
}

// loginCode is the digits that the phone got, or that it sent.
type loginCode struct {
	attempt                  board.ID
	code, kept, then, shared string
	only                     bool // no code went out
	sent                     bool // the person says that they have sent a text
}

// attemptAt is what an attempt's name is bound to besides the browser: it is
// good on no other page, and in no other browser.
const attemptAt = "attempt"

func readCode(r *request) loginCode {
	id, ours := r.site.stamps.holds(r.post("attempt"), r.bound(), attemptAt, r.now)
	if !ours {
		id = store.Once{} // an attempt that nobody began: over
	}
	f := loginCode{attempt: board.ID(id), code: r.post("code"), kept: r.post("kept"), then: local(r.post("then")), only: r.post("way") != ""}
	f.sent = r.post("sent") != "" && f.code == "" // who typed a code and pressed Enter meant the code
	f.shared = r.post("shared")
	return f
}

// page is the code's page. When the attempt is over there is nothing to type a
// code for: the phone's page comes again, with the words still kept.
func (f loginCode) page(r *request) (views.Model, error) {
	masked, err := r.site.Office.AttemptPhone(r, f.attempt)
	if _, over := board.Faults(err); over {
		return login{kept: f.kept, then: f.then}.page(r)
	}
	r.here, r.back = "/login", "/login"
	r.know()
	attempt := r.site.stamps.mint(r.bound(), attemptAt, store.Once(f.attempt), r.now)
	text, err := f.text(r)
	return views.LoginCode{Page: r.page(), Phone: masked, Code: f.code, Attempt: attempt, Kept: f.kept, Then: f.then, Shared: f.shared, Text: text}, err
}

// text is what the person may send instead of typing a code, nil where no
// operator vouches for who sends.
func (f loginCode) text(r *request) (*views.TextLogin, error) {
	if r.site.Config.TextTo == "" {
		return nil, nil
	}
	t, err := r.site.Office.AskText(r, f.attempt)
	return &views.TextLogin{Code: t.Code, To: r.site.Config.TextTo, Only: f.only, Scarce: t.Scarce}, err
}

// share says that others use the browser too, when the person ticked so.
func (r *request) share(ticked string) {
	if ticked != "" {
		r.origin.Stay = office.StayBrief
	}
}

// keep is how long the browser that was just logged in with keeps the cookie:
// one that others use forgets it when it closes.
func (r *request) keep() (days int) {
	if r.origin.Stay == office.StayBrief {
		return 0
	}
	return sessionDays
}

func (f loginCode) do(r *request) (outcome, error) {
	r.share(f.shared)
	token, err := f.logIn(r)
	if err != nil {
		return outcome{}, err
	}
	if err := r.enter(token, r.keep()); err != nil {
		return outcome{}, err
	}
	if !r.who.IsResident() { // the phone serves several people
		model, err := who{kept: f.kept, then: f.then}.page(r)
		return outcome{model: model}, err
	}
	return r.resume(f.kept, then(f.then, "/cases"))
}

func (f loginCode) logIn(r *request) (string, error) {
	if f.sent {
		return r.site.Office.LogInByText(r, f.attempt, r.origin)
	}
	return r.site.Office.LogIn(r, f.attempt, f.code, r.origin)
}

// codeAgain asks for another text.
type codeAgain struct{ loginCode }

func (f codeAgain) do(r *request) (outcome, error) {
	if err := r.site.Office.SendAgain(r, f.attempt, r.origin); err != nil {
		return outcome{}, err
	}
	r.flash = r.words.T("flash.code-again")
	model, err := f.page(r)
	return outcome{model: model}, err
}

// showCode is for whoever comes to the code's address without a form.
func showCode(*request) (views.Model, error) { return nil, goOn("/login") }

// staffLogin asks for name, password and code together: nobody learns which of
// them was wrong.
type staffLogin struct{ name, password, code, kept string }

func showStaffLogin(r *request) (views.Model, error) {
	if r.who.IsStaff() {
		return nil, goOn(then(r.query["then"], r.desk()))
	}
	f := staffLogin{}
	if to := local(r.query["then"]); to != "" {
		var err error
		if f.kept, err = (kept{Path: to}).pack(); err != nil {
			return nil, err
		}
	}
	return f.page(r)
}

func readStaffLogin(r *request) form {
	return staffLogin{name: r.post("name"), password: r.post("password"), code: r.post("code"), kept: r.post("once")}
}

func (f staffLogin) page(r *request) (views.Model, error) {
	if !r.from.safe() {
		return nil, board.Fault{Kind: board.Denied, ID: "door.staff-plain"}
	}
	r.know()
	r.here = "/staff/login"
	if k, ok := unpack(f.kept); ok && len(k.Fields) > 0 {
		r.flash = r.words.T("login.kept")
	}
	p := r.page()
	p.Staff = true
	p.Once = f.kept // the page does no deed; what it has to carry along takes that place
	return views.StaffLogin{Page: p, Name: f.name}, nil
}

func (staffLogin) field(name string) string {
	if name == "login" {
		return "name"
	}
	return name
}

func (f staffLogin) do(r *request) (outcome, error) {
	if !r.from.safe() {
		return outcome{}, board.Fault{Kind: board.Denied, ID: "door.staff-plain"}
	}
	token, err := r.site.Office.StaffLogIn(r, f.name, f.password, f.code, r.origin)
	if err != nil {
		return outcome{}, err
	}
	if err := r.enter(token, 0); err != nil {
		return outcome{}, err
	}
	r.cookies = append(r.cookies, cookie{deviceCookie, r.site.deviceMark(), deviceDays})
	if r.who.Recovered { // they must read that it was used, and how many are left
		return r.resume(f.kept, accountPath)
	}
	return r.resume(f.kept, r.desk())
}

// logout ends the session. An old form asks once more, so that nobody else's
// page can do it.
type logout struct{}

func (logout) page(r *request) (views.Model, error) {
	return views.Message{
		Page: r.page(), Heading: r.words.T("logout.title"), Links: r.ways(),
		Again: &views.Again{Post: "/logout", Button: r.words.T("top.logout")},
	}, nil
}

func (logout) do(r *request) (outcome, error) {
	if err := r.site.Office.LogOut(r, r.session); err != nil {
		return outcome{}, err
	}
	r.cookies = append(r.cookies, cookie{sessionCookie, "", -1})
	r.leaving = true
	if r.who.IsStaff() {
		return see("/staff/login")
	}
	return see("/")
}
