package web

import (
	"strings"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
	"lianxin/views"
)

// me is what to call the person, and how to tell them.
type me struct{ name, tell string }

func showMe(r *request) (views.Model, error) {
	p, err := r.site.Office.Me(r, r.who)
	if err != nil {
		return nil, err
	}
	return me{p.Name, string(p.Told())}.page(r)
}

func readMe(r *request) form { return me{r.post("name"), r.post("tell")} }

func (f me) page(r *request) (views.Model, error) {
	house, err := r.site.Office.Household(r, r.who)
	if err != nil {
		return nil, err
	}
	r.here, r.back = "/me", "/cases"
	r.sayDone()
	m := views.Me{Page: r.page(), Phone: r.who.Phone, Name: f.name, Tell: f.tell}
	for _, c := range house.People {
		if c.ID != r.who.Person && c.ID != r.who.Agent {
			m.Others = append(m.Others, r.veiled(c.Name))
		}
	}
	if !r.who.Agent.IsZero() {
		return m, nil // the rest is for the person alone
	}
	for _, c := range house.Acts {
		m.Acts = append(m.Acts, r.veiled(c.Name))
	}
	m.Ways = []views.Link{
		{Href: "/me/parent", Text: r.words.T("parent.title")},
		{Href: "/me/family", Text: r.words.T("family.title")},
		{Href: "/me/phone", Text: r.words.T("change.title")},
		{Href: "/me/stay", Text: r.words.T("stay.title")},
	}
	m.Changing, err = r.changing()
	return m, err
}

// changing is the change of number that runs, nil when there is none.
func (r *request) changing() (*views.Changing, error) {
	p, err := r.site.Office.Me(r, r.who)
	if err != nil {
		return nil, err
	}
	old, until := p.Changing(r.now)
	if old == "" {
		return nil, nil
	}
	c := &views.Changing{Text: r.words.T("change.running.what", "Phone", p.Phone().Masked(), "Date", r.words.DateTime(until))}
	if old.Masked() == r.who.Phone {
		c.Once = r.stamp("/me/phone/keep")
	} else {
		c.Text += r.words.T("change.running.new", "Phone", old.Masked())
	}
	return c, nil
}

func (f me) do(r *request) (outcome, error) {
	if err := r.site.Office.ChangeMe(r, r.who, strings.TrimSpace(f.name), board.Way(f.tell)); err != nil {
		return outcome{}, err
	}
	return see("/me?" + doneQuery)
}

// keepPhone takes a running change of number back.
type keepPhone struct{}

func (keepPhone) page(r *request) (views.Model, error) { return showMe(r) }

func (keepPhone) do(r *request) (outcome, error) {
	if err := r.site.Office.KeepPhone(r, r.who, r.sent); err != nil {
		return outcome{}, err
	}
	return see("/me?" + doneQuery)
}

// stay is how long the person stays logged in here when they do not come.
type stay struct{ long string }

func showStay(r *request) (views.Model, error) {
	long, err := r.site.Office.Stays(r, r.who)
	if err != nil {
		return nil, err
	}
	return stay{string(long)}.page(r)
}

func readStay(r *request) form {
	return stay{oneOf(r.post("stay"), views.StayMonth, views.StayBrief)}
}

func (f stay) page(r *request) (views.Model, error) {
	if err := r.alone(); err != nil {
		return nil, err
	}
	r.here, r.back = "/me/stay", "/me"
	return views.Ask{
		Page: r.page(), Heading: r.words.T("stay.title"), Lead: []string{r.words.T("stay.lead")}, Post: r.here, Button: r.words.T("me.submit"),
		Fields: []views.Field{{Name: "stay", Kind: views.Choice, Value: f.long, Label: r.words.T("stay.label"), Options: []views.Option{
			{Label: r.words.T("stay.week")}, {Value: views.StayMonth, Label: r.words.T("stay.month")}, {Value: views.StayBrief, Label: r.words.T("stay.brief")},
		}}},
	}, nil
}

func (f stay) do(r *request) (outcome, error) {
	if err := r.alone(); err != nil {
		return outcome{}, err
	}
	if err := r.site.Office.StayFor(r, r.who, office.Stay(f.long)); err != nil {
		return outcome{}, err
	}
	r.origin.Stay = office.Stay(f.long)
	r.cookies = append(r.cookies, cookie{sessionCookie, r.session, r.keep()})
	return see("/me?" + doneQuery)
}

// alone refuses whoever acts for somebody: what follows is for the person
// alone.
func (r *request) alone() error {
	if r.who.Agent.IsZero() {
		return nil
	}
	return board.Fault{Kind: board.Denied, ID: "deed.own"}
}

// family are the relatives whose phones the person bound.
type family struct{ name, phone, scope string }

func showFamily(r *request) (views.Model, error) { return family{}.page(r) }

func readFamily(r *request) form { return family{r.post("name"), r.post("phone"), r.post("scope")} }

func (f family) page(r *request) (views.Model, error) {
	if err := r.alone(); err != nil {
		return nil, err
	}
	p, err := r.site.Office.Me(r, r.who)
	if err != nil {
		return nil, err
	}
	r.here, r.back = "/me/family", "/me"
	r.sayDone()
	m := views.Family{Page: r.page(), Name: f.name, Phone: f.phone, Scope: f.scope}
	m.Page.Once = r.stamp(r.here)
	for _, k := range p.Kin {
		one := views.Relative{Kin: k.ID.String(), Name: k.Name, Phone: k.Phone.Masked(), Can: r.words.T("family.scope.notify.label")}
		if k.Scope == board.KinActs {
			one.Can = r.words.T("family.scope.act.label")
		}
		if k.Quiet {
			one.Note = r.words.T("family.quiet")
		}
		m.Relatives = append(m.Relatives, one)
	}
	return m, nil
}

func (f family) do(r *request) (outcome, error) {
	k := board.Kin{Phone: board.Phone(f.phone), Name: f.name, Scope: board.KinScope(f.scope)}
	if err := r.site.Office.BindKin(r, r.who, r.sent, k); err != nil {
		return outcome{}, err
	}
	return see("/me/family?" + doneQuery)
}

// freeKin ends what a relative may do.
type freeKin struct {
	family
	kin string
}

func readFreeKin(r *request) form { return freeKin{kin: r.post("kin")} }

func (f freeKin) do(r *request) (outcome, error) {
	if err := r.site.Office.FreeKin(r, r.who, f.kin); err != nil {
		return outcome{}, err
	}
	return see("/me/family?" + doneQuery)
}

// asked is a code that somebody was sent for something else than to log in:
// its name is bound to the browser and to what it is good for.
func (r *request) asked(what board.ProofFor) board.ID {
	id, ours := r.site.stamps.holds(r.post("attempt"), r.bound(), string(what), r.now)
	if !ours {
		return board.ID{} // nobody asked for it here: over
	}
	return board.ID(id)
}

func (r *request) mintAsked(what board.ProofFor, id board.ID) string {
	return r.site.stamps.mint(r.bound(), string(what), store.Once(id), r.now)
}

// over tells whether a code can no longer be typed: then it is asked for anew.
func over(err error) bool {
	_, expected := board.Faults(err)
	return expected
}

// parent is for whom a child wants to act.
type parent struct{ name, phone, self string }

func showParent(r *request) (views.Model, error) { return parent{}.page(r) }

func readParent(r *request) form { return parent{r.post("name"), r.post("phone"), r.post("self")} }

func (f parent) page(r *request) (views.Model, error) {
	if err := r.alone(); err != nil {
		return nil, err
	}
	r.here, r.back = "/me/parent", "/me"
	m := views.Ask{
		Page: r.page(), Heading: r.words.T("parent.title"), Lead: []string{r.words.T("parent.lead")},
		Post: r.here, Button: r.words.T("parent.submit"), Fields: []views.Field{
			{Name: "name", Kind: views.Text, Value: f.name, Label: r.words.T("parent.name.label"), Hint: r.words.T("parent.name.hint")},
			{Name: "phone", Kind: views.Tel, Value: f.phone, Label: r.words.T("parent.phone.label"), Hint: r.words.T("parent.phone.hint")},
		},
		Links: []views.Link{{Href: "/who", Text: r.words.T("parent.none")}},
	}
	if r.who.Name == "" {
		m.Fields = append(m.Fields, views.Field{Name: "self", Kind: views.Text, Value: f.self, Autocomplete: "name",
			Label: r.words.T("parent.self.label"), Hint: r.words.T("parent.self.hint")})
	}
	return m, nil
}

func (f parent) do(r *request) (outcome, error) {
	id, err := r.site.Office.AskParent(r, r.who, office.Parent{Name: f.name, Phone: f.phone, Self: f.self}, r.words.Lang, r.origin)
	if err != nil {
		return outcome{}, err
	}
	model, err := parentCode{id: id}.page(r)
	return outcome{model: model}, err
}

// parentCode is what the parent reads out.
type parentCode struct {
	id   board.ID
	code string
}

func readParentCode(r *request) form { return parentCode{r.asked(board.ForParent), r.post("code")} }

func (f parentCode) page(r *request) (views.Model, error) {
	masked, name, err := r.site.Office.ProofPhone(r, r.who, board.ForParent, f.id)
	if over(err) {
		return parent{}.page(r)
	}
	r.here, r.back = "/me/parent", "/me/parent"
	return views.Ask{
		Page: r.page(), Heading: r.words.T("parent.code.title", "Name", name),
		Lead: []string{r.words.T("parent.code.lead", "Phone", masked), r.words.T("parent.code.none")},
		Post: "/me/parent/code", Button: r.words.T("parent.code.submit"), Attempt: r.mintAsked(board.ForParent, f.id),
		Fields: []views.Field{{Name: "code", Kind: views.Code, Value: f.code,
			Label: r.words.T("parent.code.label"), Hint: r.words.T("parent.code.hint")}},
		Links: []views.Link{{Href: "/me/parent", Text: r.words.T("ask.anew")}},
	}, err
}

func (f parentCode) do(r *request) (outcome, error) {
	if err := r.site.Office.ConsentParent(r, r.who, f.id, f.code, r.origin); err != nil {
		return outcome{}, err
	}
	return see("/file")
}

// phone is the number that the person wants to have from now on.
type phone struct{ phone string }

func showPhoneChange(r *request) (views.Model, error) { return phone{}.page(r) }

func readPhoneChange(r *request) form { return phone{r.post("phone")} }

func (f phone) page(r *request) (views.Model, error) {
	if err := r.alone(); err != nil {
		return nil, err
	}
	r.here, r.back = "/me/phone", "/me"
	lead := []string{r.words.T("change.lead")}
	if r.who.Phone != "" {
		lead = append([]string{r.words.T("change.now", "Phone", r.who.Phone)}, lead...)
	}
	return views.Ask{
		Page: r.page(), Heading: r.words.T("change.title"), Lead: lead, Post: r.here, Button: r.words.T("change.send"),
		Fields: []views.Field{{Name: "phone", Kind: views.Tel, Value: f.phone,
			Label: r.words.T("change.phone.label"), Hint: r.words.T("change.phone.hint")}},
	}, nil
}

func (f phone) do(r *request) (outcome, error) {
	id, err := r.site.Office.AskChange(r, r.who, f.phone, r.words.Lang, r.origin)
	if err != nil {
		return outcome{}, err
	}
	model, err := phoneCode{id: id}.page(r)
	return outcome{model: model}, err
}

// phoneCode is what the new number got.
type phoneCode struct {
	id   board.ID
	code string
}

func readPhoneCode(r *request) form { return phoneCode{r.asked(board.ForChange), r.post("code")} }

func (f phoneCode) page(r *request) (views.Model, error) {
	masked, _, err := r.site.Office.ProofPhone(r, r.who, board.ForChange, f.id)
	if over(err) {
		return phone{}.page(r)
	}
	r.here, r.back = "/me/phone", "/me/phone"
	return views.Ask{
		Page: r.page(), Heading: r.words.T("change.code.title"), Lead: []string{r.words.T("change.code.lead", "Phone", masked)},
		Post: "/me/phone/code", Button: r.words.T("change.submit"), Attempt: r.mintAsked(board.ForChange, f.id),
		Fields: []views.Field{{Name: "code", Kind: views.Code, Value: f.code, Autocomplete: "one-time-code",
			Label: r.words.T("code.code.label"), Hint: r.words.T("code.code.hint")}},
		Links: []views.Link{{Href: "/me/phone", Text: r.words.T("ask.anew")}},
	}, err
}

func (f phoneCode) do(r *request) (outcome, error) {
	if err := r.site.Office.ChangePhone(r, r.who, f.id, f.code, r.origin); err != nil {
		return outcome{}, err
	}
	return see("/me?" + doneQuery)
}
