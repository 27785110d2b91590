package office

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// codeFor derives a code that is no login's: what it is good for is part of it,
// so that no code works in another's place.
func (o *Office) codeFor(p *board.Proof) string {
	mac := hmac.New(sha256.New, o.boot[:])
	mac.Write([]byte("proof " + string(p.For) + " "))
	mac.Write(p.ID[:])
	mac.Write(binary.BigEndian.AppendUint32(nil, uint32(p.Round)))
	n := binary.BigEndian.Uint64(mac.Sum(nil))
	if p.For == board.ForChange {
		return fmt.Sprintf("%06d", n%1_000_000)
	}
	return fmt.Sprintf("%0*d", board.ConsentDigits, n%10_000)
}

// sendProof puts a proof's code into the outbox, within the limits that stand
// for every phone, of which nobody learns.
func (o *Office) sendProof(tx *store.Tx, p *board.Proof, t store.Text, from Origin, now time.Time) error {
	may, err := o.maySend(tx, p.Phone, from, now)
	if err != nil {
		return err
	}
	if may {
		if err := p.Again(now); err != nil {
			return err
		}
		t.To, t.Lang, t.Time = p.Phone, p.Lang, now
		t.Args["Code"] = o.codeFor(p)
		if p.For == board.ForChange {
			t.Args["Code"] = board.GroupCode(t.Args["Code"])
		}
		if err := tx.Post(t); err != nil {
			return err
		}
	}
	return tx.PutProof(p)
}

// proofOf gives a proof that this person asked for.
func proofOf(tx *store.Tx, id board.ID, what board.ProofFor, by board.ID, now time.Time) (*board.Proof, error) {
	p, err := tx.Proof(id, now)
	if err == nil && (p == nil || p.For != what || p.By != by) {
		return nil, board.Fault{Kind: board.Expired, ID: "code.over"}
	}
	return p, err
}

// tryProof compares a proof's code and remembers the try, whatever comes of it.
func (o *Office) tryProof(tx *store.Tx, p *board.Proof, typed string, from Origin, now time.Time) (refused, err error) {
	counters := wrongCodes(from)
	if refused := counters.open(tx, "code.wait", now); refused != nil {
		return nil, refused
	}
	refused = p.Try(typed, o.codeFor(p), now)
	if err := tx.PutProof(p); err != nil {
		return nil, err
	}
	if refused == nil {
		return nil, codeTyped(tx, p.Phone, from, now)
	}
	return refused, counters.wrong(tx, now)
}
