package store

import (
	"time"

	"lianxin/server/board"
)

// Text is a message to a phone that waits to leave. Its words are a locale key
// and arguments, rendered only when it is sent.
type Text struct {
	ID    board.ID             `json:"-"`
	To    board.Phone          `json:"to"`
	Key   string               `json:"key"`
	Args  map[string]string    `json:"args,omitempty"`
	Dates map[string]time.Time `json:"dates,omitempty"` // arguments that are days
	Lang  string               `json:"lang"`
	Time  time.Time            `json:"time"`
}

func outboxKey(id board.ID) part { return record("outbox").id(id) }

// outboxMonths is how long a text waits that nothing takes away. It bears a phone.
const outboxMonths = 6

// Post puts a text into the outbox, in the transaction of the deed that it
// tells of.
func (tx *Tx) Post(t Text) error {
	return tx.putSealed(outboxKey(t.ID), t.Time.AddDate(0, outboxMonths, 0), board.ID{}, t)
}

// Outbox lists at most n texts that wait, the oldest first.
func (tx *Tx) Outbox(n int, now time.Time) ([]Text, error) {
	prefix := record("outbox")
	var texts []Text
	for pair, err := range tx.kv.Scan(prefix, after(prefix)) {
		if err != nil {
			return nil, err
		}
		if len(texts) == n {
			break
		}
		t, err := getSealed[Text](tx, part(pair.Key), board.ID{}, now)
		if err != nil {
			return nil, err
		}
		if t == nil {
			continue // it waited too long
		}
		t.ID = lastID(pair.Key)
		texts = append(texts, *t)
	}
	return texts, nil
}

// Sent takes a text out of the outbox.
func (tx *Tx) Sent(id board.ID) error { return tx.kv.Delete(outboxKey(id)) }

// inboxLasts is how long a message that comes in again is known.
const inboxLasts = 30 * 24 * time.Hour

// Heard remembers a message from outside by its channel's own ID; first is
// false when it was heard before.
func (tx *Tx) Heard(id string, now time.Time) (first bool, err error) {
	b := tx.s.keys.Index("inbox", id)
	key := record("inbox").bytes(b[:])
	have, err := tx.recordBytes(key, now)
	if err != nil || have != nil {
		return false, err
	}
	return true, tx.putRecordBytes(key, now.Add(inboxLasts), []byte{})
}

// Lease lets one worker at a time do a kind of work. Fence grows with each
// change of holder, so that a worker who was away too long is noticed.
type Lease struct {
	Holder board.ID  `json:"holder"`
	Fence  uint64    `json:"fence"`
	Until  time.Time `json:"until"`
}

func leaseKey(work string) part { return record("lease").text(work) }

// Lease takes or renews the lease on work for holder until now+lasts. It gives
// nil when somebody else holds it.
func (tx *Tx) Lease(work string, holder board.ID, now time.Time, lasts time.Duration) (*Lease, error) {
	have, err := getRecord[Lease](tx, leaseKey(work), time.Time{})
	if err != nil {
		return nil, err
	}
	if have == nil {
		have = &Lease{}
	}
	if have.Holder != holder {
		if now.Before(have.Until) {
			return nil, nil
		}
		have.Holder, have.Fence = holder, have.Fence+1
	}
	have.Until = now.Add(lasts)
	return have, tx.putRecord(leaseKey(work), never, have)
}

// Holds tells whether the lease is still in the hands of who took it.
func (tx *Tx) Holds(work string, l *Lease) (bool, error) {
	have, err := getRecord[Lease](tx, leaseKey(work), time.Time{})
	return have != nil && have.Holder == l.Holder && have.Fence == l.Fence, err
}
