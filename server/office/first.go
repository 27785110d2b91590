package office

import (
	"context"
	"errors"
	"strings"

	"lianxin/server/board"
	"lianxin/store"
)

// The first run of a county: it gets its name and its first administrator, on
// pages, by whoever holds the code that the box printed. Nothing is kept until
// the last page, where both become true in one deed.

// Secret draws a second factor for somebody who is not there yet.
func (o *Office) Secret(account string) (Credentials, error) {
	c, _, err := o.credentials(NewStaff{Login: account})
	return Credentials{Secret: c.Secret, URL: c.URL}, err
}

// FirstAdmin checks what the first administrator typed, and the digits that
// their phone shows for the secret. What it gives knows the password no more.
func (o *Office) FirstAdmin(n NewStaff, digits string, named board.CountyNamed) (board.Hired, error) {
	n.Login, n.Name = strings.TrimSpace(n.Login), strings.TrimSpace(n.Name)
	h := board.Hired{Login: n.Login, Name: n.Name, Roles: board.Roles{board.Admin}, Secret: n.Secret}
	_, wrong := board.Hire(board.ID{}, Box, h, o.now())
	faults := []error{wrong}
	if n.Name == "" {
		faults = append([]error{board.Fault{Kind: board.Invalid, ID: "staff.name", Field: "name"}}, wrong)
	}
	faults = append(faults, board.CheckPassword(n.Password, ownNames(n.Login, n.Name, named.Name)...))
	if _, right := o.step(n.Secret, board.Digits(digits)); !right {
		faults = append(faults, board.Fault{Kind: board.Invalid, ID: "staff.digits", Field: "code"})
	}
	if err := errors.Join(faults...); err != nil {
		return h, err
	}
	_, hash, err := o.credentials(n)
	h.Password, h.Recovery = hash, 1
	return h, err
}

// Begin ends the first run: the county has its name and its administrator. It
// is refused as soon as anybody works here, so it can be done once only. It gives
// the administrator's recovery codes, which are shown once.
func (o *Office) Begin(ctx context.Context, named board.CountyNamed, admin board.Hired) ([]string, error) {
	id, err := o.id()
	if err != nil {
		return nil, err
	}
	hired, err := board.Hire(id, Box, admin, o.now())
	if err != nil {
		return nil, err
	}
	return o.recoveryCodes(id, admin.Recovery), o.update(ctx, func(tx *store.Tx) error {
		staff, err := tx.StaffList()
		if err != nil {
			return err
		}
		if len(staff) > 0 {
			return board.Fault{Kind: board.Missing, ID: "first.over"}
		}
		s, err := tx.Settings()
		if err != nil {
			return err
		}
		e, err := s.NameCounty(Box, named, o.now())
		if err != nil {
			return err
		}
		return errors.Join(tx.Append(e), tx.Append(hired))
	})
}

// CheckName refuses what no county can be called.
func (o *Office) CheckName(named board.CountyNamed) error {
	_, err := new(board.Settings).NameCounty(Box, named, o.now())
	return err
}
