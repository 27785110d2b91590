package store

import (
	"time"

	"lianxin/server/board"
)

// Once is the token that a form carries from its first showing. It is stored
// with the deed that the form did, in the same transaction, so that the same
// form never acts twice.
type Once [16]byte

// onceLasts is how long a form sent again finds what it did.
const onceLasts = 14 * 24 * time.Hour

// Done is what a form did.
type Done struct {
	By   board.ID `json:"by,omitzero"` // who sent it
	Case board.ID `json:"case,omitzero"`
	Body [16]byte `json:"body"` // a keyed hash of what it said
}

func onceKey(o Once) part { return record("once").bytes(o[:]) }

// Done gives what the form with this token did, nil when it did nothing yet.
func (tx *Tx) Done(o Once, now time.Time) (*Done, error) {
	return getRecord[Done](tx, onceKey(o), now)
}

// PutDone remembers what a form did.
func (tx *Tx) PutDone(o Once, d Done, now time.Time) error {
	return tx.putRecord(onceKey(o), now.Add(onceLasts), d)
}

// Mark is a keyed hash of a text: equal texts have equal marks, and nothing
// else can be read from them.
func (tx *Tx) Mark(text string) [16]byte { return tx.s.keys.Index("mark", text) }

// draftLasts is how long an unfinished filing waits for its person (WCAG
// 2.2.6 asks for 20 hours at least).
const draftLasts = 7 * 24 * time.Hour

// A relative's draft lies beside the person's own: neither reads what the other
// has not sent. Agent is zero for the person.
func draftKey(person, agent board.ID) part {
	key := record("draft").id(person)
	if !agent.IsZero() {
		key = key.id(agent)
	}
	return key
}

// Draft gives an unfinished filing of a person, nil when there is none.
func (tx *Tx) Draft(person, agent board.ID, now time.Time) (*board.Draft, error) {
	return getSealed[board.Draft](tx, draftKey(person, agent), person, now)
}

// PutDraft keeps an unfinished filing of a person, in place of the one before.
func (tx *Tx) PutDraft(person, agent board.ID, d board.Draft, now time.Time) error {
	return tx.putSealed(draftKey(person, agent), now.Add(draftLasts), person, d)
}

// DropDraft forgets an unfinished filing of a person.
func (tx *Tx) DropDraft(person, agent board.ID) error { return tx.kv.Delete(draftKey(person, agent)) }
