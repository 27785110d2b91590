package board

import "time"

// A code card lets a person log in who has no phone, or whose phone is not
// proved: it bears twenty numbered codes, each good once. It is no phone: it
// proves none.
const (
	CardCodes  = 20
	CodeDigits = 8 // of each code
)

// CardUsed says that a card's code let its person in.
type CardUsed struct {
	No   int `json:"no"`
	Code int `json:"code"`
}

func (CardUsed) Kind() EventKind { return "card-used" }

func init() { enter[CardUsed]() }

// Ends is when a card given to somebody stops to work: a year later.
func (p *Paper) Ends() time.Time { return p.Since.In(Zone).AddDate(1, 0, 0) }

// Asks is the number of the code that a card asks for next; 0 when all are
// used.
func (p *Paper) Asks() int {
	if p.Used >= CardCodes {
		return 0
	}
	return p.Used + 1
}

// Live refuses a card that lets nobody in any more. Only who typed the right
// code may read why.
func (p *Paper) Live(now time.Time) error {
	switch {
	case p.Revoked:
		return Fault{Kind: Expired, ID: "card.revoked"}
	case !now.Before(p.Ends()):
		return Fault{Kind: Expired, ID: "card.old"}
	case p.Asks() == 0:
		return Fault{Kind: Expired, ID: "card.empty"}
	}
	return nil
}

// Give ties a card to the person who shows at the counter who they are.
func (s *Series) Give(by Actor, no int, person ID, now time.Time) (Event, error) {
	if !by.Roles.Has(Operator) {
		return Event{}, Fault{Kind: Denied, ID: "deed.role"}
	}
	return s.Spend(by, no, person, now)
}

// GiveStaff makes a card the second factor of a member of staff. An administrator
// does so, as with every other key of theirs.
func (s *Series) GiveStaff(by Actor, no int, staff ID, now time.Time) (Event, error) {
	if err := mayRule(by); err != nil {
		return Event{}, err
	}
	p := s.Paper(no)
	switch {
	case p == nil:
		return Event{}, invalid("serial", "paper.unknown")
	case p.Revoked:
		return Event{}, invalid("serial", "paper.revoked")
	case !p.Free():
		return Event{}, invalid("serial", "paper.used")
	}
	return s.happened(by, Roles{Admin, System}, PaperSpent{no, staff}, now), nil
}

// Replace revokes a card whose holder got another key.
func (s *Series) Replace(by Actor, no int, now time.Time) Event {
	return s.happened(by, append(Roles{Admin, System}, CountyDesk...), PapersRevoked{From: no, To: no}, now)
}

// LetIn uses the code up that the card asks for. Its holder alone can.
func (s *Series) LetIn(by Actor, no int, now time.Time) (Event, error) {
	p := s.Paper(no)
	if p == nil || s.Kind != CodeCard || p.On.IsZero() || p.On != by.ID() {
		return Event{}, invalid("code", "card.wrong")
	}
	if err := p.Live(now); err != nil {
		return Event{}, err
	}
	return s.happened(by, by.Roles, CardUsed{no, p.Asks()}, now), nil
}

// ParseCardCode reads a code of a card as people type it.
func ParseCardCode(text string) (string, error) {
	code := Digits(text)
	switch {
	case code == "":
		return "", invalid("code", "card.code")
	case !AllDigits(code) || len(code) != CodeDigits:
		return "", invalid("code", "card.shape", "Digits", CodeDigits)
	}
	return code, nil
}
