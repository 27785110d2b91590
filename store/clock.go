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
