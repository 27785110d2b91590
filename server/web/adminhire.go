package web

import (
	"strings"

	"lianxin/server/office"
	"lianxin/server/qr"
	"lianxin/views"
)

// hire takes somebody on. Its page comes with the answer and not at a path: what
// it shows is shown once.
type hire struct{ askPerson }

func readHire(*request) form { return hire{askPerson{ask{name: "add", show: staffList}}} }

func (hire) do(r *request) (outcome, error) {
	name, err := r.named()
	if err != nil {
		return outcome{}, err
	}
	areas, err := r.areasTyped()
	if err != nil {
		return outcome{}, err
	}
	unit, err := r.unitTyped("unit", r.post("unit"))
	if err != nil {
		return outcome{}, err
	}
	n := office.NewStaff{Login: trim(r.post("login")), Name: name, Roles: r.rolesTyped(), Unit: idTyped(unit), Areas: areas}
	c, err := r.site.Office.Hire(r.once(), r.who.Actor, n)
	if err != nil {
		return outcome{}, r.renew(err)
	}
	return r.credentials(name, n.Login, c)
}

// rekey gives somebody a new password and second factor.
type rekey struct{ askPerson }

func readRekey(*request) form { return rekey{askPerson{ask{name: "rekey", show: oneStaff}}} }

func (rekey) do(r *request) (outcome, error) {
	s, err := r.staffAt()
	if err != nil {
		return outcome{}, err
	}
	if err := r.sure(); err != nil {
		return outcome{}, err
	}
	c, err := r.site.Office.Rekey(r.once(), r.who.Actor, s.ID)
	if err != nil {
		return outcome{}, r.renew(err)
	}
	return r.credentials(s.Name, s.Login, c)
}

// credentials is the page that shows somebody's password and secret, once.
func (r *request) credentials(name, login string, c office.Credentials) (outcome, error) {
	square, err := r.square(c.URL, "admin.staff.qr")
	if err != nil {
		return outcome{}, err
	}
	r.administer("/admin/staff", "/admin/staff")
	return outcome{model: views.AdminForm{
		Page: r.page(), Heading: name, Facts: []views.Fact{{Name: r.words.T("staff.name.label"), Value: login}},
		Secret: &views.Secret{Password: c.Password, TOTP: groups(c.Secret), QR: square, Recovery: fours(c.Recovery)},
		Links:  []views.Link{{Href: "/admin/staff", Text: r.words.T("admin.staff.back")}},
	}}, nil
}

// square draws a text for a camera.
func (r *request) square(text, name string) (*views.QR, error) {
	size, path, err := qr.Draw(text)
	return &views.QR{Size: size, Path: path, Name: r.words.T(name)}, err
}

// groups are letters and digits in fours, as they are copied by hand.
func groups(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i += 4 {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(text[i:min(i+4, len(text))])
	}
	return b.String()
}
