package store

import (
	"lianxin/server/board"
)

// The fold of each sort of stream, and the ways to find one. What is not there
// is nil, never an error.

// Case gives a case by its ID.
func (tx *Tx) Case(id board.ID) (*board.Case, error) { return one[*board.Case](tx, board.Cases, id) }

// Person gives a person by their ID.
func (tx *Tx) Person(id board.ID) (*board.Person, error) {
	return one[*board.Person](tx, board.Persons, id)
}

// Staff gives a member of staff by their ID.
func (tx *Tx) Staff(id board.ID) (*board.Staff, error) {
	return one[*board.Staff](tx, board.Staffs, id)
}

// Unit gives a unit by its ID.
func (tx *Tx) Unit(id board.ID) (*board.Unit, error) { return one[*board.Unit](tx, board.Units, id) }

// Settings gives the county's settings, empty ones on a new folder.
func (tx *Tx) Settings() (*board.Settings, error) {
	state, _, err := tx.load(board.CountyStream)
	if err != nil {
		return nil, err
	}
	return state.(*board.Settings), nil
}

func one[S board.State](tx *Tx, sort board.Sort, id board.ID) (S, error) {
	var none S
	state, env, err := tx.load(board.Stream{Sort: sort, ID: id})
	if err != nil || env.seq == 0 {
		return none, err
	}
	return state.(S), nil
}

// all gives every stream of a sort, in the order of their age. It is for the
// few: units and staff.
func all[S board.State](tx *Tx, sort board.Sort) ([]S, error) {
	prefix := []byte{spaceSnapshot, byte(sort)}
	var states []S
	for pair, err := range tx.kv.Scan(prefix, after(prefix)) {
		if err != nil {
			return nil, err
		}
		state, _, err := tx.load(streamOf(pair.Key))
		if err != nil {
			return nil, err
		}
		states = append(states, state.(S))
	}
	return states, nil
}

// Units lists all units.
func (tx *Tx) Units() ([]*board.Unit, error) { return all[*board.Unit](tx, board.Units) }

// StaffList lists all members of staff.
func (tx *Tx) StaffList() ([]*board.Staff, error) { return all[*board.Staff](tx, board.Staffs) }

// first is the stream that the first entry of an index leads to; zero when
// there is none.
func (tx *Tx) first(prefix part) (board.ID, error) {
	for pair, err := range tx.kv.Scan(prefix, after(prefix)) {
		if err != nil {
			return board.ID{}, err
		}
		return last(pair.Key), nil
	}
	return board.ID{}, nil
}

// CaseByNumber finds a case by the number on its receipt.
func (tx *Tx) CaseByNumber(n board.Number) (*board.Case, error) {
	return found(tx, numberKey(n), tx.Case)
}

// NumberTaken tells whether a case bears this number.
func (tx *Tx) NumberTaken(n board.Number) (bool, error) {
	id, err := tx.first(numberKey(n))
	return !id.IsZero(), err
}

// CaseBySource finds an imported case by where it came from.
func (tx *Tx) CaseBySource(source string) (*board.Case, error) {
	return found(tx, sourceKey(source, tx.s.keys.Index), tx.Case)
}

// StaffByLogin finds a member of staff by what they type.
func (tx *Tx) StaffByLogin(login string) (*board.Staff, error) {
	return found(tx, index("login").text(login), tx.Staff)
}

func found[S any](tx *Tx, prefix part, by func(board.ID) (*S, error)) (*S, error) {
	id, err := tx.first(prefix)
	if err != nil || id.IsZero() {
		return nil, err
	}
	return by(id)
}

// PersonsByPhone lists the people that a phone serves, in the order of their
// age.
func (tx *Tx) PersonsByPhone(p board.Phone) ([]*board.Person, error) {
	prefix := phoneKey(p, tx.s.keys.Index)
	var persons []*board.Person
	for pair, err := range tx.kv.Scan(prefix, after(prefix)) {
		if err != nil {
			return nil, err
		}
		person, err := tx.Person(last(pair.Key))
		if err != nil {
			return nil, err
		}
		persons = append(persons, person)
	}
	return persons, nil
}

// CasesOf lists at most n cases of a person, the newest first.
func (tx *Tx) CasesOf(person board.ID, n int) ([]*board.Case, error) {
	prefix := personKey(person)
	var cases []*board.Case
	for pair, err := range tx.kv.ScanBack(prefix, after(prefix)) {
		if err != nil {
			return nil, err
		}
		if len(cases) == n {
			break
		}
		c, err := tx.Case(last(pair.Key))
		if err != nil {
			return nil, err
		}
		cases = append(cases, c)
	}
	return cases, nil
}

// Desk is a list of cases that wait for one role, or for one unit's handlers.
type Desk struct {
	Role board.Role
	Unit board.ID // zero unless Role is Handler
}

// Cursor is where a page of a list ended; the zero Cursor is the beginning.
type Cursor []byte

// Desk lists at most n cases that wait at a desk, the most urgent first, and
// the cursor of the page after it, nil at the end.
func (tx *Tx) Desk(d Desk, from Cursor, n int) (cases []*board.Case, next Cursor, err error) {
	prefix := deskKey(d.Role, d.Unit)
	start := append(append([]byte(nil), prefix...), from...)
	for pair, err := range tx.kv.Scan(start, after(prefix)) {
		if err != nil {
			return nil, nil, err
		}
		if len(cases) == n {
			return cases, pair.Key[len(prefix):], nil
		}
		c, err := tx.Case(last(pair.Key))
		if err != nil {
			return nil, nil, err
		}
		cases = append(cases, c)
	}
	return cases, nil, nil
}

// CountDesk counts what waits at a desk, and stops counting at most.
func (tx *Tx) CountDesk(d Desk, most int) (int, error) {
	prefix := deskKey(d.Role, d.Unit)
	n := 0
	for _, err := range tx.kv.Scan(prefix, after(prefix)) {
		if err != nil {
			return n, err
		}
		if n++; n >= most {
			break
		}
	}
	return n, nil
}
