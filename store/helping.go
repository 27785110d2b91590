package store

import (
	"time"

	"lianxin/server/board"
)

// Helping is a helping session: for whom a helper types at the moment. It lies
// beside the helper's own session and never becomes the person's.
type Helping struct {
	ID       board.ID    `json:"id"`
	Person   board.ID    `json:"person,omitzero"` // zero for somebody who was never helped before
	Name     string      `json:"name"`
	Phone    board.Phone `json:"phone,omitempty"`
	Township string      `json:"township,omitempty"`
	Village  string      `json:"village,omitempty"`
	Lang     string      `json:"lang,omitempty"`
	Tell     board.Way   `json:"tell,omitempty"`
	Chosen   bool        `json:"chosen,omitempty"` // of another area: they chose this helper
	Begun    time.Time   `json:"begun"`

	Read  time.Time  `json:"read,omitzero"` // when the words were read back
	Text  board.Hash `json:"text,omitzero"` // which words
	Sends int        `json:"sends,omitempty"`
	Tries int        `json:"tries,omitempty"`
}

// helpingIdle is how long a helping session waits for the next press of a
// button.
const helpingIdle = 30 * time.Minute

func helpingKey(session [32]byte) part { return record("helping").bytes(session[:]) }

// Helping gives the helping session of a helper's browser, nil when none runs.
func (tx *Tx) Helping(session [32]byte, now time.Time) (*Helping, error) {
	return getSealed[Helping](tx, helpingKey(session), board.ID{}, now)
}

// PutHelping keeps a helping session until nothing was done in it for half an
// hour.
func (tx *Tx) PutHelping(session [32]byte, h Helping, now time.Time) error {
	return tx.putSealed(helpingKey(session), now.Add(helpingIdle), board.ID{}, h)
}

// EndHelping ends a helping session; ending one that is over is fine.
func (tx *Tx) EndHelping(session [32]byte) error { return tx.kv.Delete(helpingKey(session)) }

// A helper's draft lies with the helper and the person it is for: known by who
// they are, or by the name and place that were typed.
func (tx *Tx) helpDraftKey(helper board.ID, h *Helping) part {
	b := tx.s.keys.Index("help-draft", h.Person.String()+"\x00"+h.Name+"\x00"+h.Township+"\x00"+h.Village+"\x00"+string(h.Phone))
	return record("help-draft").id(helper).bytes(b[:])
}

// HelpDraft gives what was typed for somebody and not filed, nil when there is
// nothing.
func (tx *Tx) HelpDraft(helper board.ID, h *Helping, now time.Time) (*board.Draft, error) {
	return getSealed[board.Draft](tx, tx.helpDraftKey(helper, h), h.Person, now)
}

// PutHelpDraft keeps it for a week, with the key of the person it is for when they
// are known.
func (tx *Tx) PutHelpDraft(helper board.ID, h *Helping, d board.Draft, now time.Time) error {
	return tx.putSealed(tx.helpDraftKey(helper, h), now.Add(draftLasts), h.Person, d)
}

// DropHelpDraft forgets it.
func (tx *Tx) DropHelpDraft(helper board.ID, h *Helping) error {
	return tx.kv.Delete(tx.helpDraftKey(helper, h))
}
