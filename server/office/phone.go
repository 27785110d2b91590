package office

import (
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// keepPhone takes back every running change that leaves this phone, because
// whoever holds it says so. It tells whether there was one.
func (o *Office) keepPhone(tx *store.Tx, phone board.Phone, now time.Time) (kept bool, err error) {
	persons, err := tx.PersonsByPhone(phone)
	if err != nil {
		return false, err
	}
	for _, p := range persons {
		if old, _ := p.Changing(now); old != phone {
			continue
		}
		by := board.Actor{Person: p.ID, Roles: board.Roles{board.Resident}, Channel: board.SMS}
		e, err := p.KeepPhone(by, phone, now)
		if err != nil {
			return false, err
		}
		if err := tx.Append(e); err != nil {
			return false, err
		}
		kept = true
	}
	return kept, nil
}
