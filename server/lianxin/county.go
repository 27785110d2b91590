package main

import (
	"fmt"
	"strings"

	"lianxin/server/board"
	"lianxin/server/office"
)

// name is what the county is called. What is not given stays as it is.
type name struct {
	folders  `json:"-"`
	Name     string   `placeholder:"NAME" help:"The county's name in Chinese."`
	NameEn   string   `placeholder:"NAME" help:"The county's name in English."`
	Hotline  string   `placeholder:"NUMBER" help:"Whom people call, as they write it."`
	Township []string `placeholder:"NAME" sep:"none" help:"A township or street, with its English name behind =; repeat for each. All together replace those before."`
}

func (n *name) Run(t *terminal) error { return t.do(n.folders, "county", n) }

func (n *name) work(b *bench) error {
	county, err := b.office.County(b)
	if err != nil {
		return err
	}
	said := board.CountyNamed{Name: both(county.Name, n.Name, n.NameEn), Hotline: county.Hotline, Townships: county.Townships}
	if n.Hotline != "" {
		said.Hotline = n.Hotline
	}
	if len(n.Township) > 0 {
		said.Townships = nil
	}
	for _, t := range n.Township {
		zh, en, _ := strings.Cut(t, "=")
		said.Townships = append(said.Townships, board.Place{Name: both(nil, strings.TrimSpace(zh), strings.TrimSpace(en))})
	}
	if n.Name+n.NameEn+n.Hotline != "" || len(n.Township) > 0 {
		if err := b.office.NameCounty(b, office.Box, said); err != nil {
			return err
		}
	}
	fmt.Fprintln(b.out, b.words.T("cmd.county.name", "Name", b.words.Pick(said.Name)))
	fmt.Fprintln(b.out, b.words.T("cmd.county.hotline", "Hotline", said.Hotline))
	for _, t := range said.Townships {
		fmt.Fprintln(b.out, "  "+b.words.Pick(t.Name))
	}
	return nil
}

// both are texts with what is new in either language put over what was there.
func both(before board.Texts, zh, en string) board.Texts {
	texts := board.Texts{}
	for lang, text := range before {
		texts[lang] = text
	}
	if zh != "" {
		texts["zh-Hans"] = zh
	}
	if en != "" {
		texts["en"] = en
	}
	return texts
}

type units struct {
	Add unitAdd `cmd:"" help:"Add a unit."`
}

type unitAdd struct {
	folders `json:"-"`
	Name    string `arg:"" help:"The unit's name in Chinese."`
	En      string `placeholder:"NAME" help:"Its name in English."`
}

func (u *unitAdd) Run(t *terminal) error { return t.do(u.folders, "unit add", u) }

func (u *unitAdd) work(b *bench) error {
	county, err := b.office.County(b)
	if err != nil {
		return err
	}
	if unitNamed(county, u.Name) != nil {
		return sentence(b.words.T("cmd.unit.taken", "Name", u.Name))
	}
	if _, err := b.office.Found(b, office.Box, board.Founded{Name: both(nil, strings.TrimSpace(u.Name), u.En)}); err != nil {
		return err
	}
	fmt.Fprintln(b.out, b.words.T("cmd.unit.added", "Name", u.Name))
	return nil
}

// unitNamed finds a unit by what it is called in any language.
func unitNamed(county *office.Directory, name string) *board.Unit {
	for _, u := range county.List {
		for _, text := range u.Name {
			if text != "" && text == strings.TrimSpace(name) {
				return u
			}
		}
	}
	return nil
}

type staff struct {
	Add staffAdd `cmd:"" help:"Add somebody; their password is printed once."`
}

type staffAdd struct {
	folders `json:"-"`
	Login   string   `arg:"" help:"What they type to log in."`
	Name    string   `required:"" placeholder:"NAME" help:"What they are called."`
	Role    []string `required:"" placeholder:"ROLE" help:"helper, operator, dispatcher, handler, reviewer, leader, inspector or admin; may be repeated."`
	Unit    string   `placeholder:"NAME" help:"The unit that a handler works for."`
	Area    []string `placeholder:"PLACE" help:"Where a helper helps: a township, or with a blank a village of it; may be repeated."`
}

func (s *staffAdd) Run(t *terminal) error { return t.do(s.folders, "staff add", s) }

func (s *staffAdd) work(b *bench) error {
	newcomer := office.NewStaff{Login: s.Login, Name: strings.TrimSpace(s.Name)}
	for _, text := range s.Role {
		role, err := board.ParseRole(text)
		if err != nil {
			return sentence(b.words.T("cmd.staff.role", "Text", text, "Roles", board.Roles(board.StaffRoles).String()))
		}
		newcomer.Roles = append(newcomer.Roles, role)
	}
	county, err := b.office.County(b)
	if err != nil {
		return err
	}
	for _, text := range s.Area {
		area, err := county.ParseArea(text)
		if err != nil {
			return err
		}
		newcomer.Areas = append(newcomer.Areas, area)
	}
	if s.Unit != "" {
		unit := unitNamed(county, s.Unit)
		if unit == nil {
			return sentence(b.words.T("cmd.staff.unit", "Name", s.Unit))
		}
		newcomer.Unit = unit.ID
	}
	c, err := b.office.Hire(b, office.Box, newcomer)
	if err != nil {
		return err
	}
	fmt.Fprintln(b.out, b.words.T("cmd.staff.added", "Name", newcomer.Name, "Login", s.Login))
	fmt.Fprintln(b.out, b.words.T("cmd.staff.password", "Password", c.Password))
	fmt.Fprintln(b.out, b.words.T("cmd.staff.secret", "Secret", c.Secret))
	fmt.Fprintln(b.out, c.URL)
	fmt.Fprintln(b.out, b.words.T("cmd.staff.recovery", "Codes", strings.Join(c.Recovery, " ")))
	fmt.Fprintln(b.out, b.words.T("cmd.staff.once"))
	return nil
}
