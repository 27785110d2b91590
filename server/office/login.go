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

// SendCode begins a login: it sends a code to the phone, unless a limit stands
// against it, of which nobody learns. A browser that asks again for the same
// phone goes on with the attempt it has, so that a code that comes late is
// never wrong.
func (o *Office) SendCode(ctx context.Context, phoneText, lang string, from Origin) (board.ID, error) {
	phone, err := board.ParsePhone(phoneText)
	if err != nil {
		return board.ID{}, err
	}
	fresh, err := o.id()
	if err != nil {
		return board.ID{}, err
	}
	text, err := o.id()
	if err != nil {
		return board.ID{}, err
	}
	var id board.ID
	err = o.update(ctx, func(tx *store.Tx) error {
		now := o.now()
		a, err := attemptOf(tx, phone, lang, from, fresh, now)
		if err != nil {
			return err
		}
		id = a.ID
		return o.sendCode(tx, a, from, text, now)
	})
	o.ring(err)
	return id, err
}

// attemptOf is the attempt that a browser goes on with, or a fresh one.
func attemptOf(tx *store.Tx, phone board.Phone, lang string, from Origin, fresh board.ID, now time.Time) (*board.Attempt, error) {
	a, err := tx.AttemptOf(phone, from.Browser, now)
	if err != nil || a != nil && !a.Used && a.Tries < board.CodeTries && a.Sends < board.CodeSends {
		return a, err
	}
	long, err := loud(tx, now)
	return &board.Attempt{ID: fresh, Phone: phone, Browser: from.Browser, Lang: lang, Begun: now, Fresh: now, Long: long}, err
}

// SendAgain sends the code once more.
func (o *Office) SendAgain(ctx context.Context, attempt board.ID, from Origin) error {
	text, err := o.id()
	if err != nil {
		return err
	}
	err = o.update(ctx, func(tx *store.Tx) error {
		now := o.now()
		a, err := attemptAt(tx, attempt, now)
		if err != nil {
			return err
		}
		return o.sendCode(tx, a, from, text, now)
	})
	o.ring(err)
	return err
}

// sendCode puts the attempt's code into the outbox, within the limits.
func (o *Office) sendCode(tx *store.Tx, a *board.Attempt, from Origin, text board.ID, now time.Time) error {
	may, err := o.maySend(tx, a.Phone, from, now)
	if err != nil {
		return err
	}
	if may {
		if err := a.Again(now); err != nil {
			return err
		}
		err = tx.Post(store.Text{ID: text, To: a.Phone, Key: "sms.code", Lang: a.Lang, Time: now,
			Args: map[string]string{"Code": board.GroupCode(o.code(a))}})
		if err != nil {
			return err
		}
	}
	return tx.PutAttempt(a)
}

// code is an attempt's one-time code. It is derived, not stored.
func (o *Office) code(a *board.Attempt) string {
	mac := hmac.New(sha256.New, o.boot[:])
	mac.Write(a.ID[:])
	mac.Write(binary.BigEndian.AppendUint32(nil, uint32(a.Round)))
	n := binary.BigEndian.Uint64(mac.Sum(nil))
	if a.Long {
		return fmt.Sprintf("%08d", n%100_000_000)
	}
	return fmt.Sprintf("%06d", n%1_000_000)
}

func attemptAt(tx *store.Tx, id board.ID, now time.Time) (*board.Attempt, error) {
	a, err := tx.Attempt(id, now)
	if err == nil && a == nil {
		return nil, board.Fault{Kind: board.Expired, ID: "code.over"}
	}
	return a, err
}

// AttemptPhone is the masked number that an attempt's code went to.
func (o *Office) AttemptPhone(ctx context.Context, attempt board.ID) (masked string, err error) {
	err = o.store.View(ctx, func(tx *store.Tx) error {
		a, err := attemptAt(tx, attempt, o.now())
		if err == nil {
			masked = a.Phone.Masked()
		}
		return err
	})
	return masked, err
}

// LogIn ends a login: with the right code the person is in, and the token
// belongs into their browser's cookie. Somebody whose phone was never proved
// before, or not for 90 days, starts as a new person. Nobody is at the page yet
// when there is something to choose: see Household.
func (o *Office) LogIn(ctx context.Context, attempt board.ID, codeText string, from Origin) (string, error) {
	typed, err := board.ParseCode(codeText)
	if err != nil {
		return "", err
	}
	return o.letIn(ctx, attempt, from, func(tx *store.Tx, a *board.Attempt, now time.Time) (refused, err error) {
		return o.tryCode(tx, a, typed, from, now)
	})
}

// letIn ends a login in the browser that began it, when the attempt bears it.
func (o *Office) letIn(ctx context.Context, attempt board.ID, from Origin, try func(*store.Tx, *board.Attempt, time.Time) (refused, err error)) (string, error) {
	fresh, err := o.id()
	if err != nil {
		return "", err
	}
	token, err := o.token()
	if err != nil {
		return "", err
	}
	var refused error
	err = o.update(ctx, func(tx *store.Tx) error {
		now := o.now()
		a, err := attemptAt(tx, attempt, now)
		if err != nil {
			return err
		}
		if a.Browser != from.Browser { // a code read out to somebody else is no use to them
			return board.Fault{Kind: board.Expired, ID: "code.over"}
		}
		if refused, err = try(tx, a, now); err != nil || refused != nil {
			return err
		}
		return o.begin(tx, a, token, fresh, from, now)
	})
	if err == nil {
		err = refused
	}
	if err != nil {
		return "", err
	}
	return token, nil
}

// begin gives the phone of an attempt its session.
func (o *Office) begin(tx *store.Tx, a *board.Attempt, token string, fresh board.ID, from Origin, now time.Time) error {
	persons, err := o.proved(tx, a, fresh, now)
	if err != nil {
		return err
	}
	if from.Stay != StayBrief {
		if _, err := tx.Add(loginOfPhone, loginOf(token, a.Phone), now); err != nil {
			return err
		}
	}
	s := residentSession(a.Phone, persons, from.Stay, now)
	h, err := household(tx, &s, now)
	if err != nil {
		return err
	}
	if h.settled() {
		s.Person = persons[0]
	}
	return join(tx.PutSession(store.TokenHash(token), s), codeTyped(tx, a.Phone, from, now))
}

// tryCode compares the code and remembers the try, whatever comes of it.
func (o *Office) tryCode(tx *store.Tx, a *board.Attempt, typed string, from Origin, now time.Time) (refused, err error) {
	counters := wrongCodes(from)
	if refused := counters.open(tx, "code.wait", now); refused != nil {
		return nil, refused
	}
	refused = a.Try(typed, o.code(a), now)
	if err := tx.PutAttempt(a); err != nil {
		return nil, err
	}
	if refused == nil {
		return nil, nil
	}
	return refused, join(countWrong(tx, now), counters.wrong(tx, now))
}

// proved gives the people whom the attempt's phone serves, and remembers that
// it was proved. Whoever was not proved for 90 days is not among them: the
// number may have a new owner. Nor is anybody for whom somebody else typed the
// phone; while they may come and claim that, nobody new is made.
func (o *Office) proved(tx *store.Tx, a *board.Attempt, fresh board.ID, now time.Time) ([]board.ID, error) {
	persons, err := tx.PersonsByPhone(a.Phone)
	if err != nil {
		return nil, err
	}
	var ids []board.ID
	claims := false
	for _, p := range persons {
		claims = claims || p.Claimable(a.Phone, now)
		if !p.ProvedBy(a.Phone, now) && !p.Awaits(a.Phone, now) {
			continue
		}
		by := board.Actor{Person: p.ID, Roles: board.Roles{board.Resident}, Channel: board.Web}
		if err := tx.Append(p.Prove(by, a.Phone, now)); err != nil {
			return nil, err
		}
		ids = append(ids, p.ID)
	}
	if len(ids) > 0 || claims {
		return ids, nil
	}
	by := board.Actor{Person: fresh, Roles: board.Roles{board.Resident}, Channel: board.Web}
	return []board.ID{fresh}, tx.Append(board.Join(fresh, by, board.Joined{Phone: a.Phone, Lang: a.Lang}, now))
}
