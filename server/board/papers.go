package board

import "time"

// Series are numbered papers that were printed together: the fold of a papers
// stream. It knows no secret and nobody's name; it says which paper lies where,
// and what each was used for.
type Series struct {
	ID      ID        `json:"id"`
	Kind    PaperKind `json:"kind"`
	No      int       `json:"no"`
	Papers  []Paper   `json:"papers"`
	By      ID        `json:"by,omitzero"` // who printed them, and so may have seen inside
	Printed time.Time `json:"printed"`
	Changed Changes   `json:"changed"`
}

// Paper is one of a series.
type Paper struct {
	To      ID        `json:"to,omitzero"`       // the member of staff it was handed to; zero while it lies at the county desk
	On      ID        `json:"on,omitzero"`       // what it was used for: a case, or the person who holds a card
	Since   time.Time `json:"since,omitzero"`    // when it was used, or given to its person
	Revoked bool      `json:"revoked,omitempty"` // never again
	Why     string    `json:"why,omitempty"`
	Used    int       `json:"used,omitempty"` // how many codes of a card are used up; they are asked for in their order
}

// Free tells whether the paper can still be used for something.
func (p Paper) Free() bool { return !p.Revoked && p.On.IsZero() }

func (s *Series) Stream() Stream { return Stream{Papers, s.ID} }
func (s *Series) Keeper() ID     { return ID{} }

// Paper gives one of the series, nil when it has none of this number.
func (s *Series) Paper(no int) *Paper {
	if no < 1 || no > len(s.Papers) {
		return nil
	}
	return &s.Papers[no-1]
}

// Serial is what stands outside on one of the series.
func (s *Series) Serial(no int) Serial { return NewSerial(s.Kind, s.No, no) }

// Free counts the papers that can still be used.
func (s *Series) Free() int {
	n := 0
	for _, p := range s.Papers {
		if p.Free() {
			n++
		}
	}
	return n
}

// The facts of a series.
type (
	// PapersPrinted is its first event: the secrets were shown then, once.
	PapersPrinted struct {
		Paper PaperKind `json:"paper"`
		No    int       `json:"no"`
		Count int       `json:"count"`
	}
	// PapersHandedOut says with whom some of them lie now; zero is the county
	// desk itself.
	PapersHandedOut struct {
		From  int `json:"from"`
		To    int `json:"to"`
		Staff ID  `json:"staff,omitzero"`
	}
	// PapersRevoked says that some of them count no more.
	PapersRevoked struct {
		From int    `json:"from"`
		To   int    `json:"to"`
		Why  string `json:"why"`
	}
	// PaperSpent ties one of them to a case, or a card to its person.
	PaperSpent struct {
		No int `json:"no"`
		On ID  `json:"on"`
	}
)

func (PapersPrinted) Kind() EventKind   { return "papers-printed" }
func (PapersHandedOut) Kind() EventKind { return "papers-handed-out" }
func (PapersRevoked) Kind() EventKind   { return "papers-revoked" }
func (PaperSpent) Kind() EventKind      { return "paper-spent" }

func init() {
	enter[PapersPrinted]()
	enter[PapersHandedOut]()
	enter[PapersRevoked]()
	enter[PaperSpent]()
}

// CountyDesk are the roles that print papers and keep the register of them.
var CountyDesk = Roles{Dispatcher, Operator}

// Receivers are the roles that papers of a series are handed to. Cards go to
// operators only: who gets one shows at the counter who they are.
func (s *Series) Receivers() Roles {
	if s.Kind == CodeCard {
		return Roles{Operator}
	}
	return Roles{Helper, Operator}
}

func mayKeepPapers(by Actor) error {
	if by.Roles.Meet(CountyDesk) == "" {
		return Fault{Kind: Denied, ID: "deed.role"}
	}
	return nil
}

func (s *Series) happened(by Actor, roles Roles, fact Fact, now time.Time) Event {
	return happened(s.Stream(), by, by.Roles.Meet(roles), ID{}, fact, now)
}

// Print makes a series. No is one more than that of the series of this kind
// before it, which the store knows.
func Print(id ID, by Actor, kind PaperKind, no, count int, now time.Time) (Event, error) {
	if err := mayKeepPapers(by); err != nil {
		return Event{}, err
	}
	if _, err := ParsePaperKind(string(kind)); err != nil {
		return Event{}, err
	}
	if count < 1 || count > MostPapers {
		return Event{}, invalid("count", "papers.count", "Max", MostPapers)
	}
	if no < 1 || no > MostSeries {
		return Event{}, invalid("kind", "papers.full", "Max", MostSeries)
	}
	return (&Series{ID: id}).happened(by, CountyDesk, PapersPrinted{kind, no, count}, now), nil
}

// span refuses a stretch of papers that the series has not, or of which none
// can be used any more.
func (s *Series) span(from, to int) error {
	if from < 1 || to < from || to > len(s.Papers) {
		return invalid("from", "papers.span", "Max", len(s.Papers))
	}
	for no := from; no <= to; no++ {
		if s.Paper(no).Free() {
			return nil
		}
	}
	return invalid("from", "papers.none")
}

// HandOut gives papers to a member of staff, or back to the county desk when to
// is nil. Those of the stretch that were used or revoked stay as they are.
func (s *Series) HandOut(by Actor, from, until int, to *Staff, now time.Time) (Event, error) {
	if err := mayKeepPapers(by); err != nil {
		return Event{}, err
	}
	fact := PapersHandedOut{From: from, To: until}
	if to != nil {
		switch {
		case s.Kind == CodeCard && !to.Roles.Has(Operator):
			return Event{}, invalid("staff", "papers.cards")
		case to.Left || to.Roles.Meet(s.Receivers()) == "":
			return Event{}, invalid("staff", "papers.staff")
		case s.Kind.Secret() && to.ID == s.By:
			return Event{}, invalid("staff", "paper.own-print")
		}
		fact.Staff = to.ID
	}
	return s.happened(by, CountyDesk, fact, now), s.span(from, until)
}

// Revoke takes papers out of use, for good: they were lost, opened or spoilt. A
// card can be revoked when it has its person already; what was used otherwise
// stays as it is.
func (s *Series) Revoke(by Actor, from, to int, why string, now time.Time) (Event, error) {
	if err := mayKeepPapers(by); err != nil {
		return Event{}, err
	}
	if err := said("why", "papers.why", why, MaxName); err != nil {
		return Event{}, err
	}
	err := s.span(from, to)
	if s.Kind == CodeCard && from == to && s.Paper(from) != nil && !s.Paper(from).Revoked {
		err = nil
	}
	return s.happened(by, CountyDesk, PapersRevoked{from, to, why}, now), err
}

// Retire takes the card of somebody who is erased out of use.
func (s *Series) Retire(by Actor, no int, now time.Time) Event {
	return s.happened(by, Roles{System}, PapersRevoked{From: no, To: no}, now)
}

// Spend ties a paper to what it is used for: a slip or a form to its case, a
// consent paper to the filing it was signed for, a card to its person. A helper
// uses what was handed to them; the county desk also what still lies there. Who
// printed a paper with something inside may have seen it, and lets a colleague
// use it.
func (s *Series) Spend(by Actor, no int, on ID, now time.Time) (Event, error) {
	p := s.Paper(no)
	switch {
	case p == nil:
		return Event{}, invalid("serial", "paper.unknown")
	case p.Revoked:
		return Event{}, invalid("serial", "paper.revoked")
	case !p.On.IsZero():
		return Event{}, invalid("serial", "paper.used")
	case by.Staff.IsZero(), p.To != by.Staff && !(p.To.IsZero() && by.Roles.Meet(CountyDesk) != ""):
		return Event{}, invalid("serial", "paper.not-yours")
	case s.Kind.Secret() && by.Staff == s.By:
		return Event{}, invalid("serial", "paper.own-print")
	}
	return s.happened(by, append(Roles{Helper}, CountyDesk...), PaperSpent{no, on}, now), nil
}

// each calls change for every paper of a stretch.
func (s *Series) each(from, to int, change func(*Paper)) {
	for no := from; no <= to; no++ {
		if p := s.Paper(no); p != nil {
			change(p)
		}
	}
}

func (s *Series) Apply(e Event) {
	s.Changed.note(e)
	switch f := e.Hollow().Fact.(type) {
	case PapersPrinted:
		s.Kind, s.No, s.Papers, s.By, s.Printed = f.Paper, f.No, make([]Paper, f.Count), e.Actor, e.Time
	case PapersHandedOut:
		s.each(f.From, f.To, func(p *Paper) {
			if p.Free() {
				p.To = f.Staff
			}
		})
	case PapersRevoked:
		s.each(f.From, f.To, func(p *Paper) {
			if p.Free() || s.Kind == CodeCard {
				p.Revoked, p.Why = true, f.Why
			}
		})
	case PaperSpent:
		s.each(f.No, f.No, func(p *Paper) { p.On, p.Since = f.On, e.Time })
	case CardUsed:
		s.each(f.No, f.No, func(p *Paper) { p.Used = f.Code })
	}
}
