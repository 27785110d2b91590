package office

import (
	"context"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// Sender takes a text out of the box. Sending the same id twice must not make
// two texts of it.
type Sender interface {
	Send(ctx context.Context, id, to, text string, at time.Time) error
}

// ring lets the sending worker know that something may be in the outbox.
func (o *Office) ring(err error) {
	if err != nil {
		return
	}
	select {
	case o.wake <- struct{}{}:
	default: // it is awake already
	}
}

// Wake is readable after a deed that put something into the outbox.
func (o *Office) Wake() <-chan struct{} { return o.wake }

// told says which text a resident gets of an event, and which day it names;
// what gets none is read on the page, and wakes nobody. c is the case before the
// event.
func told(c *board.Case, fact board.Fact) (key string, date board.Date) {
	switch f := fact.(type) {
	case board.ChargeGiven:
		return "sms.assigned", f.Due
	case board.Followed: // the case it was merged into has a unit now, or a later day
		switch {
		case f.Unit.IsZero() || f.Due.At.Equal(c.Due.At):
			return "", board.Date{}
		case !c.Due.Set():
			return "sms.assigned", f.Due
		}
		return "sms.extended", f.Due
	case board.Extended:
		return "sms.extended", f.Due
	case board.Redated:
		if f.Due.Set() && !f.Due.At.Equal(c.Due.At) {
			return "sms.extended", f.Due
		}
	case board.ReplyApproved, board.Shared:
		return "sms.answered", board.Date{}
	case board.Refused, board.SentOn:
		return "sms.declined", board.Date{}
	case board.Upheld:
		return "sms.upheld", board.Date{}
	case board.Overturned:
		return "sms.overturned", f.ScreenBy
	case board.Parted:
		return "sms.overturned", f.ScreenBy
	case board.MergedInto:
		return "sms.merged", board.Date{}
	case board.Disowned:
		return "sms.frozen", f.AskBy
	case board.Voided:
		return "sms.voided", board.Date{}
	case board.Slipped:
		return "sms.slipped", board.Date{}
	case board.Reminded:
		if c.Stage == board.Withdrawn {
			return "sms.pressed", board.Date{}
		}
		return "sms.remind", f.AnswerBy
	}
	return "", board.Date{}
}

// tell puts the text that an event calls for into the outbox. A private case,
// and a phone that nothing has shown to reach the person for 90 days, get a text
// that says nothing but that there is news. Whoever writes "not me" from such a
// phone is told what came of it: that is no news of what the case says.
func (o *Office) tell(tx *store.Tx, c *board.Case, e board.Event, id board.ID) error {
	key, date := told(c, e.Fact)
	if key == "" {
		return nil
	}
	person, err := tx.Person(c.Person)
	if err != nil || person == nil {
		return err
	}
	if err := o.tellKin(tx, c, person, key, date, e, id); err != nil {
		return err
	}
	if person.Phone() == "" || person.Told() != board.ByText && !guards(e.Fact) {
		return nil // they are called, or it is read to them, or sent
	}
	if c.Private || !guards(e.Fact) && !person.Reached(person.Phone(), o.now()) {
		key, date = "sms.news", board.Date{}
	}
	return tx.Post(notice(key, person.Phone(), person.Lang, c.Number, date, id, e.Time))
}

// guards tells whether the text on an event keeps others from acting in the
// person's name: it goes out however they are told of their cases.
func guards(fact board.Fact) bool {
	switch fact.(type) {
	case board.Disowned, board.Voided, board.Slipped:
		return true
	}
	return false
}

// notice is a text about a case.
func notice(key string, to board.Phone, lang string, n board.Number, date board.Date, id board.ID, now time.Time) store.Text {
	t := store.Text{ID: id, To: to, Key: key, Lang: lang, Time: now, Args: map[string]string{"Number": n.Grouped()}}
	if date.Set() {
		t.Dates = map[string]time.Time{"Date": date.At}
	}
	return t
}

const (
	outboxPage  = 50
	outboxLease = 30 * time.Second
)

// Post empties the outbox once: it renders each text with words, hands it to
// the sender, and strikes it out. Only the holder of the lease does so.
func (o *Office) Post(ctx context.Context, words func(store.Text) string, s Sender) (sent int, err error) {
	for {
		lease, texts, err := o.waiting(ctx)
		if err != nil || lease == nil || len(texts) == 0 {
			return sent, err
		}
		for _, t := range texts {
			if err := s.Send(ctx, t.ID.String(), t.To.E164(), words(t), t.Time); err != nil {
				return sent, err
			}
			sent++
		}
		if err := o.strike(ctx, lease, texts); err != nil {
			return sent, err
		}
	}
}

// waiting lists texts to send, under the lease. An empty outbox costs no write.
func (o *Office) waiting(ctx context.Context) (lease *store.Lease, texts []store.Text, err error) {
	empty := true
	err = o.store.View(ctx, func(tx *store.Tx) error {
		some, err := tx.Outbox(1, o.now())
		empty = len(some) == 0
		return err
	})
	if err != nil || empty {
		return nil, nil, err
	}
	err = o.update(ctx, func(tx *store.Tx) error {
		if lease, err = tx.Lease("outbox", o.desk, o.now(), outboxLease); err != nil || lease == nil {
			return err
		}
		texts, err = tx.Outbox(outboxPage, o.now())
		return err
	})
	return lease, texts, err
}

func (o *Office) strike(ctx context.Context, lease *store.Lease, texts []store.Text) error {
	return o.update(ctx, func(tx *store.Tx) error {
		held, err := tx.Holds("outbox", lease)
		if err != nil || !held {
			return err // somebody else has taken over, and sends them with the same ids
		}
		for _, t := range texts {
			if err := tx.Sent(t.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// Inbound is a text that came in. ID is the channel's own; From is a claim.
type Inbound struct {
	ID   string
	From string
	Text string
	Time time.Time
	Sure bool // the channel vouches for the sender
}

// Hear answers a text that came in: "查 number" gets the state and the next
// date of the sender's own case, "不是我" freezes what somebody filed in their
// name, 1, 2 or 3 says whether it is solved, 0 asks for a call. What cannot be placed gets a line on how to
// ask, three times a day at most, so that two machines never talk for ever.
func (o *Office) Hear(ctx context.Context, m Inbound) error {
	id, err := o.id()
	if err != nil {
		return err
	}
	from, err := board.ParsePhone(m.From)
	if err != nil {
		o.log.Warn("a text came from what is no mobile number, and was left unanswered")
		return nil
	}
	err = o.update(ctx, func(tx *store.Tx) error {
		now := o.now()
		if first, err := tx.Heard(m.ID, now); err != nil || !first {
			return err
		}
		if within, err := tx.Add(textsPerSender, string(from), now); err != nil || !within {
			return err
		}
		if m.Sure {
			if err := o.renew(tx, from, now); err != nil {
				return err
			}
		}
		t, err := o.heard(tx, from, m, id, now)
		if err != nil || t.Key == "" {
			return err
		}
		return reply(tx, t, from, id, now)
	})
	o.ring(err)
	return err
}

// heard finds what to say to a text, a login's number first: it counts only when
// the channel vouches for who sent it.
func (o *Office) heard(tx *store.Tx, from board.Phone, m Inbound, id board.ID, now time.Time) (store.Text, error) {
	if m.Sure {
		if t, is, err := heardCode(tx, from, m.Text, now); is || err != nil {
			return t, err
		}
	}
	return o.answer(tx, from, m.Text, id, now)
}

// reply answers a text that came in, while the site's budget lasts; what the
// text asked for is done whether it is answered or not.
func reply(tx *store.Tx, t store.Text, to board.Phone, seed board.ID, now time.Time) error {
	s, err := spending(tx, now)
	if err != nil || s.Spent() {
		return err
	}
	texts := textIDs{seed: seed, n: repliesFrom}
	t.ID, t.To, t.Time = texts.next(), to, now
	return join(countText(tx, now), tx.Post(t))
}

// repliesFrom keeps the id of the reply to a text apart from those of the texts
// that its deed sends.
const repliesFrom = 1 << 15

// renew remembers that a phone of which a code once showed whose it is still
// answers.
func (o *Office) renew(tx *store.Tx, from board.Phone, now time.Time) error {
	persons, err := tx.PersonsByPhone(from)
	if err != nil {
		return err
	}
	for _, p := range persons {
		if !p.Reached(from, now) {
			continue // somebody else may have the number by now
		}
		by := board.Actor{Person: p.ID, Roles: board.Roles{board.Resident}, Channel: board.SMS}
		if err := tx.Append(p.Agree(by, from, now)); err != nil {
			return err
		}
	}
	return nil
}

// answer finds what to say to a text, and does what it asks for.
func (o *Office) answer(tx *store.Tx, from board.Phone, text string, id board.ID, now time.Time) (store.Text, error) {
	lang, mine, err := sender(tx, from, now)
	if err != nil {
		return store.Text{}, err
	}
	if n, asked := queried(text); asked {
		c, err := tx.CaseByNumber(n)
		if err != nil {
			return store.Text{}, err
		}
		if c != nil && mine[c.Person] && !c.Private {
			return state(c, lang), nil
		}
		return store.Text{Key: "sms.unknown", Lang: lang, Args: map[string]string{"Number": n.Grouped()}}, nil
	}
	if said, known := hearText(text); known {
		return o.converse(tx, from, said, id, now)
	}
	within, err := tx.Add(unplacedPerSender, string(from), now)
	if err != nil || !within {
		return store.Text{}, err
	}
	return store.Text{Key: "sms.how", Lang: lang}, nil
}

// sender tells the language of whoever texts, and whose cases they may hear
// of: those of people whom this phone was shown to reach within 90 days.
func sender(tx *store.Tx, from board.Phone, now time.Time) (lang string, mine map[board.ID]bool, err error) {
	persons, err := tx.PersonsByPhone(from)
	mine = map[board.ID]bool{}
	for _, p := range persons {
		if p.Reached(from, now) {
			mine[p.ID], lang = true, p.Lang
		}
	}
	return lang, mine, err
}

// queried finds the number in a text that asks for a case: with a key word
// before it, or alone.
func queried(text string) (board.Number, bool) {
	text = strings.TrimSpace(strings.ToUpper(text))
	for _, word := range queryWords {
		text = strings.TrimSpace(strings.TrimPrefix(text, word))
	}
	n, err := board.ParseNumber(strings.Trim(text, "。，.,:：#"))
	return n, err == nil
}

// state is the text on how a case stands and what comes next.
func state(c *board.Case, lang string) store.Text {
	date := c.Move().By
	if c.Stage == board.Assigned || c.Stage == board.InHand {
		date = c.Due // the day that the resident was told
	}
	return notice("sms.state."+string(c.Stage), "", lang, c.Number, date, board.ID{}, time.Time{})
}
