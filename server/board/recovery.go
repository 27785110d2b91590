package board

import (
	"slices"
	"time"
)

// A set of recovery codes lets a member of staff in who lost what they show
// besides the password: ten codes, each good once. They are derived from the
// box's own keys and stored nowhere; what is kept is which set counts, and which
// of it were used.
const (
	RecoveryCodes  = 10
	RecoveryDigits = 16 // 53 bits
)

// Recovery is the set that somebody has.
type Recovery struct {
	Set  int       `json:"set"` // grows with each; 0 none was ever made
	Used []int     `json:"used,omitempty"`
	Last time.Time `json:"last,omitzero"` // when one was used last
}

// Left is how many codes are still good.
func (r Recovery) Left() int {
	if r.Set == 0 {
		return 0
	}
	return RecoveryCodes - len(r.Used)
}

// Good tells whether the code of a number, from 1, can still be used.
func (r Recovery) Good(no int) bool {
	return r.Set > 0 && no >= 1 && no <= RecoveryCodes && !slices.Contains(r.Used, no)
}

// The facts of one's own keys.
type (
	// PasswordChanged is by the person themselves: other sessions of theirs end.
	PasswordChanged struct {
		Password string `json:"password"`
	}
	RecoveryMade struct {
		Set int `json:"set"`
	}
	RecoveryUsed struct {
		Set int `json:"set"`
		No  int `json:"no"`
	}
)

func (PasswordChanged) Kind() EventKind { return "password-changed" }
func (RecoveryMade) Kind() EventKind    { return "recovery-made" }
func (RecoveryUsed) Kind() EventKind    { return "recovery-used" }

func init() { enter[PasswordChanged](); enter[RecoveryMade](); enter[RecoveryUsed]() }

// own is a deed about one's own keys, which nobody does for another.
func (s *Staff) own(by Actor, fact Fact, now time.Time) (Event, error) {
	if by.Staff != s.ID || s.Left {
		return Event{}, Fault{Kind: Denied, ID: "deed.own"}
	}
	return happened(s.Stream(), by, s.Roles.Meet(StaffRoles), ID{}, fact, now), nil
}

// ChangePassword takes a new password, hashed.
func (s *Staff) ChangePassword(by Actor, hash string, now time.Time) (Event, error) {
	return s.own(by, PasswordChanged{hash}, now)
}

// MakeRecovery makes another set; the one before is no good any more.
func (s *Staff) MakeRecovery(by Actor, now time.Time) (Event, error) {
	return s.own(by, RecoveryMade{s.Recovery.Set + 1}, now)
}

// UseRecovery uses a code of the set up.
func (s *Staff) UseRecovery(no int, now time.Time) (Event, error) {
	if !s.Recovery.Good(no) {
		return Event{}, Fault{Kind: Invalid, ID: "factor.wrong", Field: "factor"}
	}
	return s.own(Actor{Staff: s.ID, Channel: Web}, RecoveryUsed{s.Recovery.Set, no}, now)
}
