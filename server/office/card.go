package office

import (
	"context"
	"crypto/subtle"
	"encoding/binary"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// Holder says whom a card is given to: the person of a case, or the one of this
// name on this phone. Checked says that they showed who they are.
type Holder struct {
	Number, Phone, Name string
	Checked             bool
}

// HoldCard gives a code card to a person at the counter. A card that they held
// before dies with it, and their phone, if the county knows one, gets a text.
func (o *Office) HoldCard(ctx context.Context, who Who, serialText string, h Holder) error {
	serial, err := parseCard(serialText)
	if !h.Checked {
		err = join(err, board.Fault{Kind: board.Invalid, ID: "card.checked", Field: "checked"})
	}
	if err != nil {
		return err
	}
	text, err := o.id()
	if err != nil {
		return err
	}
	by := who.Actor
	by.Channel = board.Counter
	_, _, err = o.rule(ctx, by, func(tx *store.Tx) (none board.ID, err error) {
		if !by.Roles.Has(board.Operator) {
			return none, denied
		}
		person, err := holder(tx, h, o.now())
		if err != nil {
			return none, err
		}
		if err := o.spend(tx, by, serial, []board.PaperKind{board.CodeCard}, person.ID, o.now()); err != nil {
			return none, err
		}
		if err := o.dropCards(tx, by, person.ID, serial); err != nil {
			return none, err
		}
		if person.Phone() == "" {
			return none, nil
		}
		return none, tx.Post(store.Text{ID: text, To: person.Phone(), Key: "sms.card", Lang: person.Lang, Time: o.now()})
	})
	o.ring(err)
	return err
}

// holder finds the person that a card is for.
func holder(tx *store.Tx, h Holder, now time.Time) (*board.Person, error) {
	if strings.TrimSpace(h.Number) != "" {
		n, err := board.ParseNumber(h.Number)
		if err != nil {
			return nil, err
		}
		c, err := tx.CaseByNumber(n)
		if err != nil {
			return nil, err
		}
		if c == nil {
			return nil, board.Fault{Kind: board.Invalid, ID: "case.missing", Field: "number"}
		}
		return tx.Person(c.Person)
	}
	if strings.TrimSpace(h.Phone+h.Name) == "" {
		return nil, board.Fault{Kind: board.Invalid, ID: "card.holder", Field: "number"}
	}
	phone, err := board.ParsePhone(h.Phone)
	if err != nil {
		return nil, err
	}
	persons, err := tx.PersonsByPhone(phone)
	if err != nil {
		return nil, err
	}
	for _, p := range persons {
		if p.Bound(phone, now) && p.Name == strings.TrimSpace(h.Name) {
			return p, nil
		}
	}
	return nil, board.Fault{Kind: board.Invalid, ID: "card.nobody", Field: "name"}
}

// dropCards revokes the cards that somebody holds, but for the newest.
func (o *Office) dropCards(tx *store.Tx, by board.Actor, person board.ID, newest board.Serial) error {
	all, err := tx.CardsOf(person)
	for _, s := range all {
		for no := 1; no <= len(s.Papers); no++ {
			if p := s.Paper(no); p.On == person && !p.Revoked && s.Serial(no) != newest {
				if err := tx.Append(s.Replace(by, no, o.now())); err != nil {
					return err
				}
			}
		}
	}
	return err
}

// cardAt finds a card, nil when there is none of this serial.
func cardAt(tx *store.Tx, serial board.Serial) (*board.Series, *board.Paper, error) {
	s, err := tx.SeriesByNo(board.CodeCard, serial.Series())
	if err != nil || s == nil {
		return nil, nil, err
	}
	return s, s.Paper(serial.No()), nil
}

// asks is the number of the code that a card asks for. One that nobody holds
// asks for something too, so that no stranger learns which cards there are.
func (o *Office) asks(serial board.Serial, p *board.Paper) int {
	switch {
	case p == nil || p.On.IsZero():
		sum := o.store.Sum("card-asks", string(serial))
		return 1 + int(binary.BigEndian.Uint16(sum[:2]))%board.CardCodes
	case p.Asks() == 0:
		return board.CardCodes
	}
	return p.Asks()
}

func parseCard(serialText string) (board.Serial, error) {
	serial, err := board.ParseSerial(serialText)
	if err == nil {
		err = serial.For(board.CodeCard)
	}
	return serial, err
}

// AskCard tells which of a card's codes is asked for now.
func (o *Office) AskCard(ctx context.Context, serialText string) (serial board.Serial, code int, err error) {
	if serial, err = parseCard(serialText); err != nil {
		return "", 0, err
	}
	err = o.store.View(ctx, func(tx *store.Tx) error {
		_, p, err := cardAt(tx, serial)
		code = o.asks(serial, p)
		return err
	})
	return serial, code, err
}

// CardLogIn lets the person of a card in with the code that the card asks for.
// Each code works once. A stranger's guesses are counted against their browser
// and network; only hundreds from many networks make a card wait for a day, and
// whatever happens to a card, the phone's login goes on.
func (o *Office) CardLogIn(ctx context.Context, serialText, codeText string, from Origin) (string, error) {
	serial, err := parseCard(serialText)
	if err != nil {
		return "", err
	}
	typed, err := board.ParseCardCode(codeText)
	if err != nil {
		return "", err
	}
	token, err := o.token()
	if err != nil {
		return "", err
	}
	here := from.network() + " " + string(serial)
	counters := append(wrongCodes(from), guesses{{wrongCardHere, here}, {wrongCardDay, here}, {wrongCardAll, string(serial)}}...)
	var refused error
	err = o.update(ctx, func(tx *store.Tx) error {
		refused = nil
		now := o.now()
		if err := counters.open(tx, "code.wait", now); err != nil {
			return err
		}
		person, err := o.tryCard(tx, serial, typed, now)
		if err != nil {
			return err
		}
		if person.IsZero() {
			refused = board.Fault{Kind: board.Invalid, ID: "card.wrong", Field: "code"}
			return counters.wrong(tx, now)
		}
		return tx.PutSession(store.TokenHash(token), store.Session{Person: person, Card: serial, Idle: from.Stay.idle(), Begun: now, Seen: now, Ends: now.Add(from.Stay.idle())})
	})
	if err == nil {
		err = refused
	}
	if err != nil {
		return "", err
	}
	return token, nil
}

// tryCard uses the code that a card asks for up and gives the card's person; the
// zero ID when the code is wrong, or nobody holds the card.
func (o *Office) tryCard(tx *store.Tx, serial board.Serial, typed string, now time.Time) (none board.ID, err error) {
	s, p, err := cardAt(tx, serial)
	if err != nil {
		return none, err
	}
	right := subtle.ConstantTimeCompare([]byte(o.cardCode(serial, o.asks(serial, p))), []byte(typed)) == 1
	if !right || p == nil || p.On.IsZero() {
		return none, nil
	}
	person, err := tx.Person(p.On)
	if err != nil || person == nil {
		return none, err
	}
	by := board.Actor{Person: person.ID, Roles: board.Roles{board.Resident}, Channel: board.Web}
	e, err := s.LetIn(by, serial.No(), now)
	if err != nil {
		return none, err
	}
	return person.ID, tx.Append(e)
}

// cardStands tells whether the card that a session began with was not revoked
// since.
func cardStands(tx *store.Tx, serial board.Serial, person board.ID) (bool, error) {
	_, p, err := cardAt(tx, serial)
	return p != nil && p.On == person && !p.Revoked, err
}
