package store

import (
	"encoding/binary"
	"time"

	"lianxin/server/board"
)

// Limit counts something within a window that begins with the first count.
type Limit struct {
	Name   string        // what is counted
	Max    int           // how often it may happen in a window
	Window time.Duration // how long a window is
}

// countKey hides whom a count is about: a phone's or an address's counters are
// as personal as the phone.
func (tx *Tx) countKey(l Limit, who string) part {
	b := tx.s.keys.Index("count/"+l.Name, who)
	return record("count").text(l.Name).bytes(b[:])
}

// Counted tells how often l has been counted for who in the window that runs at
// now, and when that window began.
func (tx *Tx) Counted(l Limit, who string, now time.Time) (n int, ends time.Time, err error) {
	value, err := tx.kv.Get(tx.countKey(l, who))
	if err != nil || value == nil {
		return 0, now.Add(l.Window), err
	}
	ends, plain, err := parseRecord(value)
	if err != nil || !now.Before(ends) || len(plain) != 4 {
		return 0, now.Add(l.Window), err
	}
	return int(binary.BigEndian.Uint32(plain)), ends, nil
}

// Add counts once more for who and tells whether that is still within Max.
func (tx *Tx) Add(l Limit, who string, now time.Time) (within bool, err error) {
	n, ends, err := tx.Counted(l, who, now)
	if err != nil {
		return false, err
	}
	err = tx.putRecordBytes(tx.countKey(l, who), ends, binary.BigEndian.AppendUint32(nil, uint32(n+1)))
	return n+1 <= l.Max, err
}

// Full tells whether who has used l up, without counting.
func (tx *Tx) Full(l Limit, who string, now time.Time) (bool, error) {
	n, _, err := tx.Counted(l, who, now)
	return n >= l.Max, err
}

// Return takes one count of who back, while its window runs.
func (tx *Tx) Return(l Limit, who string, now time.Time) error {
	n, ends, err := tx.Counted(l, who, now)
	if err != nil || n == 0 {
		return err
	}
	return tx.putRecordBytes(tx.countKey(l, who), ends, binary.BigEndian.AppendUint32(nil, uint32(n-1)))
}

func (tx *Tx) sendingsKey(p board.Phone) part {
	b := tx.s.keys.Index("sendings", p.E164())
	return record("sendings").bytes(b[:])
}

// Sendings are the codes that went to a phone within a day.
func (tx *Tx) Sendings(p board.Phone, now time.Time) (board.Sendings, error) {
	s, err := getRecord[board.Sendings](tx, tx.sendingsKey(p), now)
	if err != nil || s == nil {
		return nil, err
	}
	return *s, nil
}

// PutSendings keeps them for as long as they count.
func (tx *Tx) PutSendings(p board.Phone, s board.Sendings) error {
	return tx.putRecord(tx.sendingsKey(p), s.Ends(), s)
}
