package demo

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

// Entrance is somebody of the made-up county whom a visitor can become with one
// click.
type Entrance struct {
	Role board.Role
	Name string
	// Enter gives the token of a session that has begun, without asking for a
	// code or a password. Whoever offers it sees to it that the county is one
	// that Make made and that the visitor sits at this machine.
	Enter func(context.Context) (token string, err error)
}

// Entrances are one for each role, the resident first.
func Entrances(s *store.Store, o *office.Office, random io.Reader) []Entrance {
	first := Residents[0]
	all := []Entrance{{board.Resident, first.Name, func(ctx context.Context) (string, error) {
		return asResident(ctx, s, first.Phone, o.Now(), random)
	}}}
	for _, role := range board.StaffRoles {
		for _, member := range Staff {
			if member.Role == role {
				all = append(all, Entrance{role, member.Name, func(ctx context.Context) (string, error) {
					return o.Enter(ctx, member.Login)
				}})
				break
			}
		}
	}
	return all
}

// visit is how long a visitor stays a resident.
const visit = 24 * time.Hour

// asResident begins a session for the person whom a phone serves. The deeds of
// the office let no resident in without a code, and rightly so; a session is a
// record and no deed, so the made-up county may put one there.
func asResident(ctx context.Context, s *store.Store, phone board.Phone, now time.Time, random io.Reader) (string, error) {
	b := make([]byte, 32)
	if _, err := io.ReadFull(random, b); err != nil {
		return "", fmt.Errorf("random source: %w", err)
	}
	token := base64.RawURLEncoding.EncodeToString(b)
	return token, s.Update(ctx, func(tx *store.Tx) error {
		persons, err := tx.PersonsByPhone(phone)
		if err != nil {
			return err
		}
		if len(persons) == 0 {
			return errors.New("the made-up resident is not there")
		}
		return tx.PutSession(store.TokenHash(token), store.Session{
			Phone: phone, Persons: []board.ID{persons[0].ID}, Person: persons[0].ID, Begun: now, Seen: now, Ends: now.Add(visit),
		})
	})
}
