package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"lianxin/server/board"
)

// Session is one browser that somebody logged in with. Its key is the hash of
// the token in the browser's cookie: whoever reads the store cannot log in.
type Session struct {
	Person    board.ID      `json:"person,omitzero"`
	Staff     board.ID      `json:"staff,omitzero"`
	Agent     board.ID      `json:"agent,omitzero"`      // of Persons, the one who acts for Person
	Grant     board.ID      `json:"grant,omitzero"`      // under which
	Phone     board.Phone   `json:"phone,omitempty"`     // that logged in
	Persons   []board.ID    `json:"persons,omitempty"`   // whom that phone serves
	Card      board.Serial  `json:"card,omitempty"`      // the code card that logged in, instead of a phone
	Opened    []board.ID    `json:"opened,omitempty"`    // cases opened with number and PIN
	Shown     time.Time     `json:"shown,omitzero"`      // when a member of staff showed their second factor last
	Recovered bool          `json:"recovered,omitempty"` // begun with a recovery code
	Clicked   bool          `json:"clicked,omitempty"`   // begun with a click in the made-up county, which knows no second factor
	Idle      time.Duration `json:"idle,omitempty"`      // how long a resident's lasts when nobody comes
	Begun     time.Time     `json:"begun"`
	Seen      time.Time     `json:"seen"`
	Ends      time.Time     `json:"ends"`
}

// TokenHash names a session without giving it away.
func TokenHash(token string) [32]byte { return sha256.Sum256([]byte(token)) }

func sessionKey(hash [32]byte) part { return record("session").bytes(hash[:]) }

// Session gives a session that has not ended by now, nil when there is none.
func (tx *Tx) Session(hash [32]byte, now time.Time) (*Session, error) {
	return getSealed[Session](tx, sessionKey(hash), board.ID{}, now)
}

// onDutyKey lies beside the session of a member of staff: those of residents,
// who stay logged in for a week, are a thousand times as many.
func onDutyKey(hash []byte) part { return record("on-duty").bytes(hash) }

// PutSession keeps a session until its Ends.
func (tx *Tx) PutSession(hash [32]byte, s Session) error {
	if !s.Staff.IsZero() {
		if err := tx.putRecordBytes(onDutyKey(hash[:]), s.Ends, nil); err != nil {
			return err
		}
	}
	return tx.putSealed(sessionKey(hash), s.Ends, board.ID{}, s)
}

// EndSession forgets a session; ending one that is gone is fine.
func (tx *Tx) EndSession(hash [32]byte) error {
	return errors.Join(tx.kv.Delete(onDutyKey(hash[:])), tx.kv.Delete(sessionKey(hash)))
}

func attemptKey(id board.ID) part { return record("attempt").id(id) }

// Attempt gives a login attempt that is not over by now, nil when there is
// none.
func (tx *Tx) Attempt(id board.ID, now time.Time) (*board.Attempt, error) {
	return getSealed[board.Attempt](tx, attemptKey(id), board.ID{}, now)
}

// PutAttempt keeps a login attempt until it is over, and remembers it as the
// one of its phone in its browser.
func (tx *Tx) PutAttempt(a *board.Attempt) error {
	ends := a.Begun.Add(board.AttemptLasts)
	if a.Browser != "" {
		if err := tx.putRecord(tx.attemptOfKey(a.Phone, a.Browser), ends, a.ID); err != nil {
			return err
		}
	}
	return tx.putSealed(attemptKey(a.ID), ends, board.ID{}, a)
}

func (tx *Tx) attemptOfKey(p board.Phone, browser string) part {
	b := tx.s.keys.Index("attempt-of", p.E164()+" "+browser)
	return record("attempt-of").bytes(b[:])
}

// AttemptOf gives the attempt that a browser has begun for a phone, nil when
// there is none.
func (tx *Tx) AttemptOf(p board.Phone, browser string, now time.Time) (*board.Attempt, error) {
	id, err := getRecord[board.ID](tx, tx.attemptOfKey(p, browser), now)
	if err != nil || id == nil || browser == "" {
		return nil, err
	}
	return tx.Attempt(*id, now)
}

// TextCode gives the attempt for which the phone itself was to send this code,
// nil when nobody waits for it.
func (tx *Tx) TextCode(p board.Phone, code string, now time.Time) (*board.Attempt, error) {
	id, err := getRecord[board.ID](tx, tx.textCodeKey(p, code), now)
	if err != nil || id == nil {
		return nil, err
	}
	return tx.Attempt(*id, now)
}

// PutTextCode waits until ends for the phone of an attempt to send a code.
func (tx *Tx) PutTextCode(a *board.Attempt, code string, ends time.Time) error {
	return tx.putRecord(tx.textCodeKey(a.Phone, code), ends, a.ID)
}

func (tx *Tx) textCodeKey(p board.Phone, code string) part {
	b := tx.s.keys.Index("text-code", p.E164()+" "+code)
	return record("text-code").bytes(b[:])
}

func proofKey(id board.ID) part { return record("proof").id(id) }

// Proof gives a code that was asked for and is not over by now, nil when there
// is none.
func (tx *Tx) Proof(id board.ID, now time.Time) (*board.Proof, error) {
	return getSealed[board.Proof](tx, proofKey(id), board.ID{}, now)
}

// PutProof keeps a code that was asked for until it is over.
func (tx *Tx) PutProof(p *board.Proof) error {
	return tx.putSealed(proofKey(p.ID), p.Begun.Add(board.AttemptLasts), board.ID{}, p)
}

// FirstUse remembers the highest step that was used of something that counts
// up, until ends. It tells whether step is higher than all before: a code that
// belongs to a step works once.
func (tx *Tx) FirstUse(of string, step int64, ends, now time.Time) (bool, error) {
	key := record("step").text(of)
	last, err := getRecord[int64](tx, key, now)
	if err != nil || (last != nil && *last >= step) {
		return false, err
	}
	return true, tx.putRecord(key, ends, step)
}

// StaffSession is a session of a member of staff as an administrator sees it.
type StaffSession struct {
	Key string // names it, to end it
	Session
}

// StaffSessions lists the sessions of staff that run now.
func (tx *Tx) StaffSessions(now time.Time) ([]StaffSession, error) {
	prefix := onDutyKey(nil)
	var sessions []StaffSession
	for pair, err := range tx.kv.Scan(prefix, after(prefix)) {
		if err != nil {
			return nil, err
		}
		hash := pair.Key[len(prefix):]
		s, err := tx.Session([32]byte(hash), now)
		if err != nil {
			return nil, err
		}
		if s != nil && !s.Staff.IsZero() {
			sessions = append(sessions, StaffSession{hex.EncodeToString(hash), *s})
		}
	}
	return sessions, nil
}

// EndSessionKey ends the session that StaffSessions named.
func (tx *Tx) EndSessionKey(key string) error {
	b, err := hex.DecodeString(key)
	if err != nil || len(b) != sha256.Size {
		return nil // it names none
	}
	return tx.EndSession([32]byte(b))
}
