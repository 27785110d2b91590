package store

import (
	"time"

	"lianxin/server/board"
)

// Ended lists the cases at rest that ended before a time and that nobody holds,
// the longest ago first.
func Ended(before time.Time) List {
	return List{prefix: endedKey(), until: endedKey().time(before)}
}

// Quiet gives at most n people of whom nothing of their own was heard since a
// time, those heard of longest ago first, and the cursor of the page after them,
// nil at the end. Of their cases much may have been heard.
func (tx *Tx) Quiet(since time.Time, from Cursor, n int) (persons []board.ID, next Cursor, err error) {
	l := List{prefix: quietKey(), until: quietKey().time(since.Truncate(quietDay))}
	for pair, err := range tx.scan(l, from) {
		if err != nil {
			return nil, nil, err
		}
		if len(persons) == n {
			return persons, pair.Key[len(l.prefix):], nil
		}
		persons = append(persons, lastID(pair.Key))
	}
	return persons, nil, nil
}

// Keeping is how far the county is with letting go of what its rule says.
type Keeping struct {
	Looked  time.Time `json:"looked"`          // when it was last looked for what is due
	Years   int       `json:"years"`           // the rule of that time
	Wait    time.Time `json:"wait,omitzero"`   // until then nothing goes
	Cases   int       `json:"cases,omitempty"` // what went then
	Persons int       `json:"persons,omitempty"`
	From    Cursor    `json:"from,omitempty"` // with whom of the quiet people to go on
}

func keepingKey() part { return record("keeping") }

// Keeping gives how far the county is.
func (tx *Tx) Keeping() (Keeping, error) {
	k, err := getRecord[Keeping](tx, keepingKey(), time.Time{})
	if err != nil || k == nil {
		return Keeping{}, err
	}
	return *k, nil
}

// PutKeeping remembers it.
func (tx *Tx) PutKeeping(k Keeping) error { return tx.putRecord(keepingKey(), never, k) }
