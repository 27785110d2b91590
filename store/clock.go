package store

import "time"

// Clock is what the board thinks of the machine's clock.
type Clock struct {
	Suspect time.Time `json:"suspect,omitzero"` // since when it is in doubt, by itself; zero: it is believed
	Ahead   time.Time `json:"ahead,omitzero"`   // what was written up to then may lie ahead: somebody has confirmed the clock since
}

func clockKey() part { return record("clock") }

// Clock gives what was last thought of the clock.
func (tx *Tx) Clock() (Clock, error) {
	c, err := getRecord[Clock](tx, clockKey(), time.Time{})
	if err != nil || c == nil {
		return Clock{}, err
	}
	return *c, nil
}

// PutClock remembers it: a restart makes no clock right.
func (tx *Tx) PutClock(c Clock) error { return tx.putRecord(clockKey(), never, c) }

func reckonedKey() part { return record("reckoned") }

// Reckoned is the version of the calendar that all provisional dates were held
// against last; "" for none.
func (tx *Tx) Reckoned() (string, error) {
	version, err := getRecord[string](tx, reckonedKey(), time.Time{})
	if err != nil || version == nil {
		return "", err
	}
	return *version, nil
}

// PutReckoned remembers it, so that a start does not go through them again.
func (tx *Tx) PutReckoned(version string) error {
	return tx.putRecord(reckonedKey(), never, version)
}
