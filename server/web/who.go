package web

import (
	"strings"

	"lianxin/server/board"
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
	return m, nil
}

func (f who) do(r *request) (outcome, error) {
	var err error
	if f.person == views.NewPerson {
		err = r.site.Office.Arrive(r, r.who, strings.TrimSpace(f.name), r.words.Lang)
	} else {
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
	r.back = "/cases"
	r.sayDone()
	m := views.Me{Page: r.page(), Phone: r.who.Phone, Name: f.name, Tell: f.tell}
	for _, c := range house.People {
		if c.ID != r.who.Person {
			m.Others = append(m.Others, r.veiled(c.Name))
		}
	}
	return m, nil
}

func (f me) do(r *request) (outcome, error) {
	if err := r.site.Office.ChangeMe(r, r.who, strings.TrimSpace(f.name), board.Way(f.tell)); err != nil {
		return outcome{}, err
	}
	return see("/me?" + doneQuery)
}
