package web

import (
	"strings"

	"lianxin/views"
)

// who asks which of the people that share a phone is at the page: after the
// code when there are several, and later whenever another sits down.
type who struct{ person, name, kept, then string }

func showWho(r *request) (views.Model, error) {
	f := who{then: local(r.query["then"])}
	if r.who.IsResident() {
		f.person = r.who.Person.String()
	}
	return f.page(r)
}

func readWho(r *request) form {
	return who{r.post("person"), r.post("name"), r.post("kept"), local(r.post("then"))}
}

func (f who) page(r *request) (views.Model, error) {
	house, err := r.site.Office.Household(r, r.who)
	if err != nil {
		return nil, err
	}
	r.here, r.back = "/who", ""
	if r.who.IsResident() {
		r.back = "/me"
	}
	m := views.Who{Page: r.page(), Phone: r.who.Phone, Person: f.person, Name: f.name, Kept: f.kept, Then: f.then}
	for _, c := range house.People {
		m.People = append(m.People, views.Option{Value: c.ID.String(), Label: r.veiled(c.Name)})
	}
	for _, c := range house.Acts {
		m.Acts = append(m.Acts, views.Option{Value: c.ID.String(), Label: r.words.T("who.act.label", "Name", r.veiled(c.Name)), Hint: r.words.T("who.act.hint")})
	}
	if m.Claim = house.Claim; m.Claim && len(m.People)+len(m.Acts) == 0 && m.Person == "" {
		m.Person = views.ClaimPerson
	}
	return m, nil
}

func (f who) do(r *request) (outcome, error) {
	var err error
	switch f.person {
	case views.NewPerson:
		err = r.site.Office.Arrive(r, r.who, strings.TrimSpace(f.name), r.words.Lang)
	case views.ClaimPerson:
		err = r.site.Office.Claim(r, r.who, f.name, r.origin)
	default:
		err = r.site.Office.Choose(r, r.who, f.person)
	}
	if err != nil {
		return outcome{}, err
	}
	if r.who, err = r.site.Office.Who(r, r.session); err != nil {
		return outcome{}, err
	}
	return r.resume(f.kept, then(f.then, "/cases"))
}

// veiled is a name that the others on the phone know all the same, and that a
// stranger who found the phone cannot read: 王*兰.
func (r *request) veiled(name string) string {
	letters := []rune(strings.TrimSpace(name))
	switch n := len(letters); {
	case n == 0:
		return r.words.T("who.unnamed")
	case n < 3:
		return string(letters[:1]) + "*"
	default:
		return string(letters[:1]) + strings.Repeat("*", min(n-2, 3)) + string(letters[n-1:])
	}
}
