package web

import (
	"lianxin/views"
)

// cardLogin asks for the number of a code card, and then for one of its codes.
// Both steps are one form: what was typed first is carried along.
type cardLogin struct {
	serial, code, shared string
	second               bool // a code was asked for
}

func showCard(r *request) (views.Model, error) {
	if r.who.IsResident() {
		return nil, goOn("/cases")
	}
	return cardLogin{}.page(r)
}

func readCard(r *request) form {
	code, second := r.form["code"]
	return cardLogin{r.post("serial"), code, r.post("shared"), second}
}

// page is the second step when there is a card to ask for a code of. Any number
// that can be a card's gets it: no stranger learns which cards there are.
func (f cardLogin) page(r *request) (views.Model, error) {
	r.know()
	r.back, r.here = "/login", "/login/card"
	m := views.LoginCard{Serial: f.serial, Code: f.code, Shared: f.shared}
	if f.second {
		serial, asked, err := r.site.Office.AskCard(r, f.serial)
		if err == nil {
			m.Serial, m.Asked = serial.Grouped(), asked
		}
	}
	m.Page = r.page()
	return m, nil
}

func (f cardLogin) do(r *request) (outcome, error) {
	if !f.second {
		if _, _, err := r.site.Office.AskCard(r, f.serial); err != nil {
			return outcome{}, err
		}
		f.second = true
		model, err := f.page(r)
		return outcome{model: model}, err
	}
	r.share(f.shared)
	token, err := r.site.Office.CardLogIn(r, f.serial, f.code, r.origin)
	if err != nil {
		return outcome{}, err
	}
	if err := r.enter(token, r.keep()); err != nil {
		return outcome{}, err
	}
	return see("/cases")
}
