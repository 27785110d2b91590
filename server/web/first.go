package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"slices"
	"strings"
	"sync"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/views"
)

// First is what a county needs that nobody works in yet: the code that the box
// printed, and the master key.
//
// The code is typed on a page. In a link it would stay in the browser's history,
// in the log of a proxy, and on the screen of whoever looks on.
type First struct {
	Code string
	// Key gives the master key as it is put on paper: the whole for a camera,
	// and in groups to be copied by hand.
	Key func() (whole string, groups []string, err error)
}

// founding is a first run as far as it has come. It lies in memory only: nothing
// is kept before its end, and whoever is interrupted begins again.
type founding struct {
	sync.Mutex
	holder  [32]byte // the browser in which the code was typed last
	reached string   // the furthest step
	named   board.CountyNamed
	secret  office.Credentials
	admin   board.Hired
	group   int // of the key that is to be typed, from 1
}

// founding tells whether the county still waits for its first run.
func (r *request) founding() bool { return r.site.First != nil && len(r.county.Staff) == 0 }

// notYet leads to the first run: nothing else is open before it.
func (r *request) notYet() (outcome, error) {
	if r.row.form == nil && r.from.safe() {
		return see("/first")
	}
	return outcome{}, board.Fault{Kind: board.Denied, ID: "first.closed"}
}

// firstRun is what was typed on one of its pages.
type firstRun struct{ step string }

func showFirst(r *request) (views.Model, error) { return firstRun{}.page(r) }

func readFirst(r *request) form { return firstRun{r.post("step")} }

// field is where a fault stands on the page of a step.
func (f firstRun) field(name string) string {
	if f.step == views.FirstCounty && name == "name" {
		return "name-zh-Hans"
	}
	return name
}

// mayFound refuses whoever must not be asked for the code here: it goes on to a
// password.
func (r *request) mayFound() error {
	switch {
	case !r.founding():
		return noPage
	case !r.from.safe():
		return board.Fault{Kind: board.Denied, ID: "first.closed"}
	}
	return nil
}

// holds tells whether this browser is the one in which the code was typed.
func (f *founding) holds(r *request) bool {
	return r.browser != "" && sha256.Sum256([]byte(r.browser)) == f.holder
}

func (f firstRun) page(r *request) (views.Model, error) {
	if err := r.mayFound(); err != nil {
		return nil, err
	}
	r.know()
	r.here = "/first"
	run := &r.site.founding
	run.Lock()
	defer run.Unlock()
	m := views.FirstRun{Post: "/first", Step: views.FirstCode}
	if run.holds(r) {
		m.Step = run.shown(f.step, r.query["step"])
	}
	if err := run.fill(r, &m); err != nil {
		return nil, err
	}
	if at := slices.Index(views.FirstSteps, m.Step); at > 0 {
		r.back = "/first?step=" + views.FirstSteps[at-1]
	}
	m.Page = r.page()
	if m.County == "" {
		m.County = r.words.Pick(run.named.Name)
	}
	return m, nil
}

// shown is the step to show: the one that was typed or asked for, when it has
// been reached.
func (f *founding) shown(wanted ...string) string {
	for _, step := range wanted {
		if at := slices.Index(views.FirstSteps, step); at >= 0 && at <= slices.Index(views.FirstSteps, f.reached) {
			return step
		}
	}
	return f.reached
}

// fill readies the step's page.
func (f *founding) fill(r *request, m *views.FirstRun) (err error) {
	switch m.Step {
	case views.FirstCounty:
		now := f.named
		if now.Name == nil {
			now.Name, now.Hotline = r.county.Name, r.county.Hotline
		}
		for _, l := range r.site.Words.Languages() {
			m.Names = append(m.Names, views.Tongue{Tag: l.Tag, Language: l.Name, Text: r.typed("name-"+l.Tag, now.Name[l.Tag])})
		}
		m.Hotline = r.typed("hotline", now.Hotline)
	case views.FirstAdmin:
		if f.secret.Secret == "" {
			if f.secret, err = r.site.Office.Secret("admin"); err != nil {
				return err
			}
		}
		m.Name, m.Login, m.MinPassword = r.typed("name", f.admin.Name), r.typed("login", f.admin.Login), board.MinPassword
		m.TOTP = groups(f.secret.Secret)
		m.QR, err = r.square(f.secret.URL, "admin.staff.qr")
	case views.FirstKeys:
		var whole string
		if whole, m.Key, err = r.site.First.Key(); err != nil {
			return err
		}
		if f.group == 0 {
			f.group = 1 + int(binary.BigEndian.Uint32(r.fresh[:])%uint32(len(m.Key)))
		}
		m.Group = f.group
		m.KeyQR, err = r.square(whole, "first.key.qr")
	}
	return err
}

func (f firstRun) do(r *request) (outcome, error) {
	if err := r.mayFound(); err != nil {
		return outcome{}, err
	}
	run := &r.site.founding
	run.Lock()
	defer run.Unlock()
	if f.step == views.FirstCode {
		return run.open(r)
	}
	if !run.holds(r) {
		return outcome{}, board.Fault{Kind: board.Invalid, ID: "first.again"}
	}
	switch run.shown(f.step) {
	case views.FirstCounty:
		return run.name(r)
	case views.FirstAdmin:
		return run.hire(r)
	case views.FirstKeys:
		return run.end(r)
	}
	return outcome{}, noPage
}

// open lets in the browser in which the code was typed; one that was in before
// is out.
func (f *founding) open(r *request) (outcome, error) {
	if subtle.ConstantTimeCompare([]byte(firstCode(r.post("opening"))), []byte(firstCode(r.site.First.Code))) != 1 {
		return outcome{}, board.Fault{Kind: board.Invalid, ID: "first.code", Field: "opening"}
	}
	f.holder = sha256.Sum256([]byte(r.browser))
	if f.reached == "" {
		f.reached = views.FirstCounty
	}
	return see("/first")
}

// firstCode is a code without what people add to it or mistake in it.
func firstCode(typed string) string {
	return strings.NewReplacer("o", "0", "i", "1", "l", "1").Replace(board.Digits(strings.ToLower(typed)))
}

func (f *founding) name(r *request) (outcome, error) {
	named := board.CountyNamed{Name: r.spoken("name"), Hotline: trim(r.post("hotline"))}
	if err := r.site.Office.CheckName(named); err != nil {
		return outcome{}, err
	}
	f.named = named
	return f.next(views.FirstAdmin)
}

// next goes on to a step, and remembers how far the run has come.
func (f *founding) next(step string) (outcome, error) {
	if slices.Index(views.FirstSteps, step) > slices.Index(views.FirstSteps, f.reached) {
		f.reached = step
	}
	return see("/first?step=" + step)
}

func (f *founding) hire(r *request) (outcome, error) {
	admin, err := r.site.Office.FirstAdmin(office.NewStaff{
		Login: r.post("login"), Name: r.post("name"), Password: r.post("password"), Secret: f.secret.Secret,
	}, r.post("code"), f.named)
	if err != nil {
		return outcome{}, err
	}
	f.admin = admin
	return f.next(views.FirstKeys)
}

// end is the last step: the key is on paper, and can be read from it.
func (f *founding) end(r *request) (outcome, error) {
	_, key, err := r.site.First.Key()
	if err != nil {
		return outcome{}, err
	}
	if typed := board.Digits(strings.ToLower(r.post("part"))); f.group < 1 || f.group > len(key) || typed != key[f.group-1] {
		return outcome{}, board.Fault{Kind: board.Invalid, ID: "first.part", Field: "part"}
	}
	codes, err := r.site.Office.Begin(r, f.named, f.admin)
	if err != nil {
		return outcome{}, err
	}
	f.named, f.admin, f.secret = board.CountyNamed{}, board.Hired{}, office.Credentials{}
	if r.county, err = r.site.Office.County(r); err != nil {
		return outcome{}, err
	}
	r.here = "/staff/login"
	return outcome{model: views.FirstRun{Page: r.page(), Step: views.FirstDone, Recovery: fours(codes), Next: "/staff/login"}}, nil
}
