package store

import (
	"bytes"
	"iter"
	"slices"
	"time"

	"lianxin/server/board"
	"lianxin/store/kv"
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
		return lastID(pair.Key), nil
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
	return tx.persons(phoneKey(p, tx.s.keys.Index))
}

// PersonsByKin lists the people who bound this phone as a relative's, in the
// order of their age.
func (tx *Tx) PersonsByKin(p board.Phone) ([]*board.Person, error) {
	return tx.persons(kinKey(p, tx.s.keys.Index))
}

func (tx *Tx) persons(prefix part) ([]*board.Person, error) {
	var persons []*board.Person
	for pair, err := range tx.kv.Scan(prefix, after(prefix)) {
		if err != nil {
			return nil, err
		}
		person, err := tx.Person(lastID(pair.Key))
		if err != nil {
			return nil, err
		}
		persons = append(persons, person)
	}
	return persons, nil
}

// CallBacks lists at most n people who asked to be called, the longest waiting
// first.
func (tx *Tx) CallBacks(n int) ([]*board.Person, error) {
	var persons []*board.Person
	for pair, err := range tx.kv.Scan(backKey(), after(backKey())) {
		if err != nil || len(persons) == n {
			return persons, err
		}
		p, err := tx.Person(lastID(pair.Key))
		if err != nil {
			return nil, err
		}
		if p != nil {
			persons = append(persons, p)
		}
	}
	return persons, nil
}

// List is one index of cases.
type List struct {
	prefix part
	from   []byte // where it begins, when that is behind the prefix's beginning
	until  []byte // where it ends, when that is before the prefix's end
	back   bool   // the newest first
}

// Cursor is where a page of a list ended; the zero Cursor is the beginning.
type Cursor []byte

// Desk lists what waits for a role, or for one unit's handlers, the most
// urgent first.
func Desk(r board.Role, unit board.ID) List { return List{prefix: deskKey(r, unit)} }

// CoLed lists what other units lead and this one helps with.
func CoLed(unit board.ID) List { return List{prefix: helpKey(unit)} }

// About lists the cases that complain about a unit, ended ones too.
func About(unit board.ID) List { return List{prefix: aboutKey(unit)} }

// LedBy lists every open case that a unit is in charge of.
func LedBy(unit board.ID) List { return List{prefix: leadKey(unit)} }

// Flagged lists cases that bear a flag.
func Flagged(flag string) List { return List{prefix: flagKey(flag)} }

// Overdue lists open cases with which the county is late, the longest first.
func Overdue(now time.Time) List {
	return List{prefix: dueKey(), until: dueKey().time(now)}
}

// Late lists what lies too long on a desk, of those that went up from it too.
func Late(r board.Role, unit board.ID, now time.Time) List {
	return List{prefix: deskKey(r, unit), until: deskKey(r, unit).time(now)}
}

// Lapsing lists the cases that the calendar moves now.
func Lapsing(now time.Time) List {
	return List{prefix: lapseKey(), until: lapseKey().time(now)}
}

// Newest lists all cases, the newest first.
func Newest() List { return List{prefix: filedKey(), back: true} }

// Pending lists the cases that nobody confirmed in the time for it.
func Pending(now time.Time) List {
	return List{prefix: flagKey(FlagPending), until: flagKey(FlagPending).time(now)}
}

// TakenBy lists the cases that somebody typed for others since a day, the
// newest first.
func TakenBy(by board.ID, since time.Time) List {
	return List{prefix: takenKey(by), from: takenKey(by).time(since), back: true}
}

// FiledBetween and AssistedBetween list the cases of a time, by when they were
// filed: all, and those that somebody typed for another.
func FiledBetween(from, to time.Time) List {
	return List{prefix: filedKey(), from: filedKey().time(from), until: filedKey().time(to)}
}

// HistoryBetween lists those of them that other systems finished.
func HistoryBetween(from, to time.Time) List {
	return List{prefix: historyKey(), from: historyKey().time(from), until: historyKey().time(to)}
}

func AssistedBetween(from, to time.Time) List {
	return List{prefix: assistedKey(), from: assistedKey().time(from), until: assistedKey().time(to)}
}

// Helped lists the cases that somebody may read for their people now, the
// newest first.
func Helped(by board.ID, now time.Time) List {
	return List{prefix: helpedKey(by), from: helpedKey(by).time(now), back: true}
}

// ToRead lists the cases about which a helper has something to read aloud; the
// zero ID, those about which the operators have to call by now.
func ToRead(by board.ID, now time.Time) List {
	return List{prefix: followKey(by, false), until: followKey(by, false).time(now.Add(time.Millisecond))}
}

// ToPrint lists the cases whose answer goes out by letter.
func ToPrint() List { return List{prefix: followKey(board.ID{}, true)} }

// OfPerson lists a person's cases, the newest first.
func OfPerson(id board.ID) List { return List{prefix: personKey(id), back: true} }

// MergedInto lists the cases that a case is handled for.
func MergedInto(lead board.ID) List { return List{prefix: mergedKey(lead)} }

// Public lists the cases that anybody may read in one scope, the newest first.
func Public(scope string) List { return List{prefix: publicKey(scope), back: true} }

func (l List) end() []byte {
	if l.until != nil {
		return l.until
	}
	return after(l.prefix)
}

// Aside lists those of a list that complain about the county desk, and are not
// for the county desk to know of.
func (l List) Aside() List {
	aside := func(key []byte) []byte {
		if key == nil {
			return nil
		}
		return asideKey().bytes(key)
	}
	return List{prefix: aside(l.prefix), from: aside(l.from), until: aside(l.until), back: l.back}
}

// scan goes through the list's keys from where a page ended.
func (tx *Tx) scan(l List, from Cursor) iter.Seq2[kv.Pair, error] {
	at, begin := append(append([]byte(nil), l.prefix...), from...), []byte(l.prefix)
	if l.from != nil {
		begin = l.from
	}
	switch {
	case !l.back && len(from) > 0:
		return tx.kv.Scan(at, l.end())
	case !l.back:
		return tx.kv.Scan(begin, l.end())
	case len(from) > 0:
		return tx.kv.ScanBack(begin, at)
	}
	return tx.kv.ScanBack(begin, l.end())
}

// List gives at most n cases of a list, and the cursor of the page after them,
// nil at the end.
func (tx *Tx) List(l List, from Cursor, n int) (cases []*board.Case, next Cursor, err error) {
	var last []byte
	for pair, err := range tx.scan(l, from) {
		if err != nil {
			return nil, nil, err
		}
		if len(cases) == n {
			if l.back {
				return cases, last[len(l.prefix):], nil // a page back ends before the cursor
			}
			return cases, pair.Key[len(l.prefix):], nil
		}
		c, err := tx.Case(lastID(pair.Key))
		if err != nil {
			return nil, nil, err
		}
		if c == nil {
			continue
		}
		cases, last = append(cases, c), pair.Key
	}
	return cases, nil, nil
}

// Newest gives at most n cases of several lists of the newest, as List does of one;
// a case that stands in two is given once.
func (tx *Tx) Newest(lists []List, from Cursor, n int) (cases []*board.Case, next Cursor, err error) {
	var places [][]byte
	for _, l := range lists {
		taken := 0
		for pair, err := range tx.scan(l, from) {
			if err != nil {
				return nil, nil, err
			}
			places = append(places, pair.Key[len(l.prefix):])
			if taken++; taken > n {
				break
			}
		}
	}
	slices.SortFunc(places, func(a, b []byte) int { return bytes.Compare(b, a) })
	for i, place := range slices.CompactFunc(places, bytes.Equal) {
		if len(cases) == n {
			return cases, places[i-1], nil
		}
		c, err := tx.Case(lastID(place))
		if err != nil {
			return nil, nil, err
		}
		if c != nil {
			cases = append(cases, c)
		}
	}
	return cases, nil, nil
}

// Count counts a list, and stops counting at most.
func (tx *Tx) Count(l List, most int) (int, error) {
	n := 0
	for _, err := range tx.scan(l, nil) {
		if err != nil {
			return n, err
		}
		if n++; n >= most {
			break
		}
	}
	return n, nil
}
