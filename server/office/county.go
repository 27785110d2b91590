package office

import (
	"context"

	"lianxin/server/board"
	"lianxin/store"
)

// NameCounty says what the county is called, whom to call, and what its
// townships are.
func (o *Office) NameCounty(ctx context.Context, by board.Actor, n board.CountyNamed) error {
	return o.update(ctx, func(tx *store.Tx) error {
		s, err := tx.Settings()
		if err != nil {
			return err
		}
		e, err := s.NameCounty(by, n, o.now())
		if err != nil {
			return err
		}
		return tx.Append(e)
	})
}

// Found makes a unit that handles cases.
func (o *Office) Found(ctx context.Context, by board.Actor, name board.Texts) (board.ID, error) {
	id, err := o.id()
	if err != nil {
		return id, err
	}
	e, err := board.Found(id, by, name, o.now())
	if err != nil {
		return id, err
	}
	return id, o.update(ctx, func(tx *store.Tx) error { return tx.Append(e) })
}

// NewStaff is somebody to be taken on. A password or secret that is empty is
// drawn.
type NewStaff struct {
	Login, Name string
	Unit        board.ID
	Roles       board.Roles
	Password    string
	Secret      string // base32, RFC 6238
}

// Credentials are what a new member of staff needs to log in. They are shown
// once.
type Credentials struct {
	Password string
	Secret   string
	URL      string // otpauth://, for a QR code
}

// Hire takes somebody on.
func (o *Office) Hire(ctx context.Context, by board.Actor, n NewStaff) (Credentials, error) {
	id, err := o.id()
	if err != nil {
		return Credentials{}, err
	}
	c, hash, err := o.credentials(n)
	if err != nil {
		return Credentials{}, err
	}
	e, err := board.Hire(id, by, board.Hired{
		Login: n.Login, Name: n.Name, Unit: n.Unit, Roles: n.Roles, Password: hash, Secret: c.Secret,
	}, o.now())
	if err != nil {
		return Credentials{}, err
	}
	return c, o.update(ctx, func(tx *store.Tx) error {
		taken, err := tx.StaffByLogin(n.Login)
		if err != nil {
			return err
		}
		if taken != nil {
			return board.Fault{Kind: board.Invalid, ID: "staff.taken", Field: "login"}
		}
		return tx.Append(e)
	})
}
