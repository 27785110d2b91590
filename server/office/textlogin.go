package office

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// A login the other way round (短信上行): the page shows a number, and the
// person sends it from their phone. It costs the county nothing, floods nobody,
// and is for people who can send but hardly read. It works only where the
// mobile operator vouches for the sender of a text; who offers it knows that.

// TextCode is what to send, and to whom it matters.
type TextCode struct {
	Code   string // as people read it: "48 29 13"
	Scarce bool   // codes to new numbers are held back now: sending is the surer way
}

// ExpectText begins a login for which the person will send a text. No code goes
// out.
func (o *Office) ExpectText(ctx context.Context, phoneText, lang string, from Origin) (board.ID, error) {
	phone, err := board.ParsePhone(phoneText)
	if err != nil {
		return board.ID{}, err
	}
	fresh, err := o.id()
	if err != nil {
		return board.ID{}, err
	}
	var id board.ID
	err = o.update(ctx, func(tx *store.Tx) error {
		a, err := attemptOf(tx, phone, lang, from, fresh, o.now())
		if err != nil {
			return err
		}
		id = a.ID
		return tx.PutAttempt(a)
	})
	return id, err
}

// AskText tells what the phone of an attempt has to send within the next ten
// minutes.
func (o *Office) AskText(ctx context.Context, attempt board.ID) (t TextCode, err error) {
	err = o.update(ctx, func(tx *store.Tx) error {
		now := o.now()
		a, err := attemptAt(tx, attempt, now)
		if err != nil {
			return err
		}
		s, err := spending(tx, now)
		if err != nil {
			return err
		}
		code := o.textCode(a)
		t = TextCode{board.GroupCode(code), s.Scarce()}
		return tx.PutTextCode(a, code, now.Add(board.CodeLasts))
	})
	return t, err
}

// textCode is derived as the code that goes out is, under a name of its own:
// neither is good in the other's place.
func (o *Office) textCode(a *board.Attempt) string {
	mac := hmac.New(sha256.New, o.boot[:])
	mac.Write([]byte("text "))
	mac.Write(a.ID[:])
	return fmt.Sprintf("%06d", binary.BigEndian.Uint64(mac.Sum(nil))%1_000_000)
}

// heardCode takes a text in that is a login's number, from the phone that was to
// send it. The first one counts; to send it again does no harm.
func heardCode(tx *store.Tx, from board.Phone, text string, now time.Time) (store.Text, bool, error) {
	code, err := board.ParseCode(text)
	if err != nil {
		return store.Text{}, false, nil // it says something else
	}
	a, err := tx.TextCode(from, code, now)
	if err != nil || a == nil || a.Used {
		return store.Text{}, false, err
	}
	if a.Said.IsZero() {
		a.Said = now.UTC()
	}
	return store.Text{Key: "sms.text-code", Lang: a.Lang}, true, tx.PutAttempt(a)
}

// LogInByText ends a login for which the person sent a text, in the browser that
// showed what to send.
func (o *Office) LogInByText(ctx context.Context, attempt board.ID, from Origin) (string, error) {
	return o.letIn(ctx, attempt, from, func(tx *store.Tx, a *board.Attempt, now time.Time) (refused, err error) {
		if err := a.Answer(now); err != nil {
			return nil, err
		}
		return nil, tx.PutAttempt(a)
	})
}
