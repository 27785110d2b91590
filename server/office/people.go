package office

import (
	"context"
	"strings"

	"lianxin/server/board"
	"lianxin/store"
)

// Helpee is one of a helper's own people: somebody with a living grant.
type Helpee struct {
	ID       board.ID
	Name     string
	Phone    string // masked, "" for none
	Township string
	Village  string
	Cases    []*board.Case // that the helper may read, the newest first
	Tasks    int           // what waits to be told or asked
}

// mostHelped is how many cases a helper's own list goes back.
const mostHelped = 200

// People lists the helper's own people, those helped last first. q keeps those
// whose name, village or phone has it.
func (o *Office) People(ctx context.Context, who Who, q string) ([]Helpee, error) {
	return o.people(ctx, who, store.Helped(who.Staff, o.now()), func(h *Helpee, p *board.Person) bool { return h.has(p, q) })
}

// Tasks lists the people to whom this helper has to tell an answer, or whom they
// were asked to ask something, with these cases only. What waits longest is
// first.
func (o *Office) Tasks(ctx context.Context, who Who) ([]Helpee, error) {
	return o.people(ctx, who, store.ToRead(who.Staff, o.now()), func(*Helpee, *board.Person) bool { return true })
}

func (o *Office) people(ctx context.Context, who Who, l store.List, keep func(*Helpee, *board.Person) bool) ([]Helpee, error) {
	if !who.Roles.Has(board.Helper) {
		return nil, denied
	}
	var kept []Helpee
	err := o.store.View(ctx, func(tx *store.Tx) error {
		kept = nil
		cases, _, err := tx.List(l, nil, mostHelped)
		if err != nil {
			return err
		}
		var order []board.ID
		of := map[board.ID][]*board.Case{}
		for _, c := range cases {
			if _, ok := c.HelpedBy(who.Actor, o.now()); !ok {
				continue
			}
			if of[c.Person] == nil {
				order = append(order, c.Person)
			}
			of[c.Person] = append(of[c.Person], c)
		}
		for _, id := range order {
			p, err := tx.Person(id)
			if err != nil || p == nil {
				return join(err, missing)
			}
			if h := helpee(p, of[id], who); keep(&h, p) {
				kept = append(kept, h)
			}
		}
		return nil
	})
	return kept, err
}

func helpee(p *board.Person, cases []*board.Case, who Who) Helpee {
	h := Helpee{ID: p.ID, Name: p.Name, Township: p.Township, Village: p.Village, Cases: cases}
	if h.Township == "" {
		h.Township, h.Village = cases[0].Township, cases[0].Village
	}
	if h.Name == "" {
		h.Name = cases[0].Name
	}
	if phone := p.Phone(); phone != "" {
		h.Phone = phone.Masked()
	}
	for _, c := range cases {
		if c.ChargedTo(who.Staff) {
			h.Tasks++
		}
		c.Veil(who.Actor)
	}
	return h
}

func (h Helpee) has(p *board.Person, q string) bool {
	q = strings.TrimSpace(q)
	digits := board.Digits(q)
	return q == "" || strings.Contains(h.Name, q) || strings.Contains(h.Village, q) || strings.Contains(h.Township, q) ||
		board.AllDigits(digits) && strings.Contains(string(p.Phone()), digits)
}

// HelpedCase shows a helper a case as its person is told of it. The look is an
// event that the person can see, and so is a refusal.
func (o *Office) HelpedCase(ctx context.Context, who Who, n board.Number) (View, error) {
	v, err := o.helpedCase(ctx, who, n)
	if err == nil {
		return v, o.Look(ctx, who, n)
	}
	if faults, is := board.Faults(err); !is || faults[0].Kind != board.Denied || !who.Roles.Has(board.Helper) {
		return View{}, err
	}
	return View{}, join(o.remember(ctx, who, n), err)
}

func (o *Office) helpedCase(ctx context.Context, who Who, n board.Number) (View, error) {
	var v View
	err := o.store.View(ctx, func(tx *store.Tx) error {
		c, err := tx.CaseByNumber(n)
		if err != nil {
			return err
		}
		if c == nil || !who.Roles.Has(board.Helper) {
			return missing
		}
		g, ok := c.HelpedBy(who.Actor, o.now())
		if !ok {
			return c.WhyNot(who.Actor, o.now())
		}
		who.Grant = g.ID
		events, err := tx.Events(c.Stream())
		if err != nil {
			return err
		}
		person, err := tx.Person(c.Person)
		if err != nil {
			return err
		}
		v = View{Case: c, Doable: c.Doable(who.Actor, o.now()), Private: true, Phone: person.Phone().Grouped()}
		sight := c.Veil(who.Actor)
		c.Draft, c.Reason, c.MergedInto = nil, "", board.ID{} // the helper reads what the person reads
		v.Events = sight.Impersonal(board.Told(events))
		return nil
	})
	return v, err
}

// triedAgain is how long one helper's tries at one case count as one.
var triedAgain = store.Limit{Name: "tried", Max: 1, Window: lookAgain.Window}

// remembered is the refusal of a helper's deed, kept when it is a case that they
// may not even read.
func (o *Office) remembered(ctx context.Context, who Who, n board.Number, refused error) error {
	faults, is := board.Faults(refused)
	if !is || faults[0].Kind != board.Missing || !who.Roles.Has(board.Helper) {
		return refused
	}
	return join(o.remember(ctx, who, n), refused)
}

// remember keeps that a helper was refused a case, and why.
func (o *Office) remember(ctx context.Context, who Who, n board.Number) error {
	return o.update(ctx, func(tx *store.Tx) error {
		c, err := tx.CaseByNumber(n)
		if err != nil || c == nil {
			return err
		}
		if full, err := tx.Full(triedAgain, lookOf(who, c), o.now()); err != nil || full {
			return err
		}
		if _, err := tx.Add(triedAgain, lookOf(who, c), o.now()); err != nil {
			return err
		}
		return tx.Append(board.Try(c.ID, who.Actor, c.WhyNot(who.Actor, o.now()).ID, o.now()))
	})
}
