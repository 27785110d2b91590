package office

import (
	"context"
	"slices"
	"strings"

	"lianxin/server/board"
	"lianxin/store"
)

// MostSought is how many cases are looked through for words, the newest first:
// as many as somebody waits for.
const MostSought = 2000

// Found is what was found, the newest first except that a unit's open cases come
// before others.
type Found struct {
	Cases    []*board.Case
	Lights   []board.Light
	ByNumber bool // the words were a case's number
	More     bool // there are more than were asked for
	Older    bool // cases older than MostSought were not looked through
}

// Find gives at most n cases that a member of staff may open and that have all
// the words: in their number, title or text, or in what the searcher's language
// calls their kind, place, topic and unit. Their person's whole name or phone
// finds them only for whoever may read it, and each such find is a look that the
// person can see.
func (o *Office) Find(ctx context.Context, who Who, text string, n int, called func(*board.Case) []string) (Found, error) {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 {
		return Found{}, board.Fault{Kind: board.Invalid, ID: "find.empty", Field: "q"}
	}
	s := &search{o: o, who: who, words: words, called: called, most: n, seen: map[board.ID]bool{}}
	var err error
	if number, e := board.ParseNumber(text); e == nil {
		err = s.number(ctx, number)
	} else {
		if phone, e := board.ParsePhone(text); e == nil {
			err = s.phone(ctx, phone)
		}
		if err == nil {
			err = s.through(ctx)
		}
	}
	for _, number := range s.named {
		if err == nil {
			err = o.Look(ctx, who, number) // what cannot be remembered is not shown
		}
	}
	return s.found, err
}

// search is one search as it goes on.
type search struct {
	o      *Office
	who    Who
	words  []string
	called func(*board.Case) []string
	most   int
	seen   map[board.ID]bool
	named  []board.Number // found by whose they are
	found  Found
}

func (s *search) number(ctx context.Context, n board.Number) error {
	var c *board.Case
	err := s.o.store.View(ctx, func(tx *store.Tx) (err error) {
		c, err = tx.CaseByNumber(n)
		return err
	})
	if err == nil && c != nil && c.SeenBy(s.who.Actor, s.o.now()) {
		veil(c, s.who)
		s.found.ByNumber = s.keep(c)
	}
	return err
}

// phone finds the cases of those whom a phone serves.
func (s *search) phone(ctx context.Context, p board.Phone) error {
	var cases []*board.Case
	err := s.o.store.View(ctx, func(tx *store.Tx) error {
		cases = nil
		people, err := tx.PersonsByPhone(p)
		for _, person := range people {
			if err != nil {
				return err
			}
			var theirs []*board.Case
			theirs, _, err = tx.List(store.OfPerson(person.ID), nil, s.most+1)
			cases = append(cases, theirs...)
		}
		return err
	})
	for _, c := range cases {
		if !c.SeenBy(s.who.Actor, s.o.now()) {
			continue
		}
		if sight, _ := veil(c, s.who); sight.Self && s.keep(c) {
			s.seen[c.ID] = true
			s.named = append(s.named, c.Number)
		}
	}
	return err
}

// through looks through the open cases of the searcher's unit, and then through
// all, the newest first.
func (s *search) through(ctx context.Context) error {
	const page = 200
	lists := []store.List{store.Newest()}
	if s.who.Roles.Meet(board.Roles{board.Handler, board.Head}) != "" {
		lists = []store.List{store.LedBy(s.who.Unit), store.CoLed(s.who.Unit), store.Newest()}
	}
	for _, list := range lists {
		var cases []*board.Case
		for at, sought := store.Cursor(nil), 0; ; sought += page {
			if s.found.Older = sought >= MostSought; s.found.Older || s.found.More {
				break
			}
			err := s.o.store.View(ctx, func(tx *store.Tx) (err error) {
				cases, at, err = tx.List(list, at, page)
				return err
			})
			if err != nil {
				return err
			}
			for _, c := range cases {
				s.try(c)
			}
			if at == nil {
				break
			}
		}
	}
	return nil
}

// try keeps a case that has all the words.
func (s *search) try(c *board.Case) {
	if s.seen[c.ID] || !c.SeenBy(s.who.Actor, s.o.now()) {
		return
	}
	s.seen[c.ID] = true
	veil(c, s.who)
	has := strings.ToLower(strings.Join(slices.Concat([]string{string(c.Number), c.Title, c.Body, c.Source}, c.Added, s.called(c)), "\n"))
	named := false
	for _, word := range s.words {
		switch {
		case c.Name != "" && word == strings.ToLower(c.Name):
			named = true
		case strings.Contains(has, word):
		default:
			return
		}
	}
	if s.keep(c) && named {
		s.named = append(s.named, c.Number)
	}
}

// keep adds a case, and tells whether there was room for it.
func (s *search) keep(c *board.Case) bool {
	if s.found.More = len(s.found.Cases) == s.most; s.found.More {
		return false
	}
	s.found.Cases = append(s.found.Cases, c)
	s.found.Lights = append(s.found.Lights, s.o.Light(c.Alarm()))
	return true
}
