package web

import (
	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
	"lianxin/views"
)

// accountPath is where members of staff keep their own keys: the password, the
// recovery codes, the browsers in which they are logged in.
const accountPath = "/staff/me"

func account(r *request) (views.Model, error) {
	a, err := r.site.Office.Account(r, r.who)
	if err != nil {
		return nil, err
	}
	r.administer(accountPath, r.desk())
	m := views.AdminForm{
		Heading: r.words.T("account.title"), Lead: r.accountLead(a.Recovery), Facts: r.accountFacts(a),
		Groups: []views.Group{{Title: r.words.T("account.password"), Fields: r.withFactor(
			views.Field{Name: "now", Kind: views.Password, Autocomplete: "current-password", Label: r.words.T("account.now.label")},
			views.Field{Name: "password", Kind: views.Password, Autocomplete: "new-password", Label: r.words.T("account.next.label"),
				Hint: r.words.T("account.next.hint", "Min", board.MinPassword)},
		)}},
		Post: accountPath, Button: r.words.T("account.password"), After: r.words.T("account.after"),
		Danger: []views.Action{{
			Deed: "recovery", Title: r.words.T("account.recovery.new"), Hint: r.words.T("account.recovery.hint"), Button: r.words.T("account.recovery.new"),
			Post: accountPath + "/recovery", Once: r.stamp(accountPath + "/recovery"), Fields: r.withFactor(),
		}},
	}
	if len(a.Others) > 0 {
		m.Danger = append(m.Danger, views.Action{
			Deed: "others", Title: r.words.T("account.others.end"), Hint: r.words.T("account.others.hint"), Button: r.words.T("account.others.end"),
			Post: accountPath + "/others", Once: r.stamp(accountPath + "/others"),
		})
	}
	m.Page = r.page()
	m.Page.Once = r.stamp(accountPath)
	return m, nil
}

// accountLead warns whoever may soon find themselves shut out, or came in by a
// code that somebody else may have found.
func (r *request) accountLead(have board.Recovery) []string {
	lead := []string{r.words.T("account.lead")}
	if r.who.Recovered {
		lead = append(lead, r.words.T("account.recovered", "Time", r.words.Stamp(have.Last)))
	}
	if have.Left() < 3 {
		lead = append(lead, r.words.T("account.recovery.few"))
	}
	return lead
}

func (r *request) accountFacts(a office.Account) []views.Fact {
	session := func(s store.StaffSession) string {
		return r.words.T("account.session", "Begun", r.words.Stamp(s.Begun), "Seen", r.words.Stamp(s.Seen))
	}
	facts := []views.Fact{
		{Name: r.words.T("staff.name.label"), Value: a.Login},
		{Name: r.words.T("admin.staff.roles.label"), Value: r.roles(a.Roles)},
		r.recoveryFact(a.Recovery),
	}
	if a.Card != "" {
		facts = append(facts, r.cardIs(a.Card, a.CardEnds))
	}
	facts = append(facts, views.Fact{Name: r.words.T("account.here"), Value: session(a.Here)})
	for _, s := range a.Others {
		facts = append(facts, views.Fact{Name: r.words.T("account.other"), Value: session(s)})
	}
	return facts
}

// recoveryFact says how many recovery codes are left, and when one was used.
func (r *request) recoveryFact(have board.Recovery) views.Fact {
	f := views.Fact{Name: r.words.T("account.recovery"), Value: r.words.T("account.recovery.left", "Count", have.Left())}
	if !have.Last.IsZero() {
		f.Value += r.words.T("account.recovery.last", "Time", r.words.Stamp(have.Last))
	}
	return f
}

func changePassword(r *request) (string, error) {
	return accountPath + "?said=saved", r.site.Office.ChangePassword(r, r.who, r.post("now"), r.post("password"), r.origin)
}

func endOthers(r *request) (string, error) {
	return accountPath + "?said=removed", r.site.Office.EndOthers(r, r.who)
}

// newRecovery makes recovery codes. Its page comes with the answer and not at a
// path: what it shows is shown once.
type newRecovery struct{ askPerson }

func readRecovery(*request) form { return newRecovery{askPerson{ask{name: "recovery", show: account}}} }

func (newRecovery) do(r *request) (outcome, error) {
	codes, err := r.site.Office.NewRecovery(r.once(), r.who)
	if err != nil {
		return outcome{}, r.renew(err)
	}
	r.administer(accountPath, accountPath)
	return outcome{model: views.AdminForm{
		Page: r.page(), Heading: r.words.T("account.recovery"), Secret: &views.Secret{Own: true, Recovery: fours(codes)},
		Links: []views.Link{{Href: accountPath, Text: r.words.T("account.back")}},
	}}, nil
}

// fours are codes as they are copied by hand.
func fours(codes []string) []string {
	all := make([]string, len(codes))
	for i, code := range codes {
		all[i] = groups(code)
	}
	return all
}
