package office_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"sort"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// stored is a case with everything that is kept of it.
func (w *chance) stored(n board.Number) (c *board.Case) {
	w.t.Helper()
	w.must(w.store.View(ctx, func(tx *store.Tx) (err error) {
		c, err = tx.CaseByNumber(n)
		return err
	}))
	return c
}

func (w *chance) events(id board.ID) (events []board.Event) {
	w.t.Helper()
	w.must(w.store.View(ctx, func(tx *store.Tx) (err error) {
		events, err = tx.Events(board.Stream{Sort: board.Cases, ID: id})
		return err
	}))
	return events
}

// sound holds one case against what no case may ever be, and gives it.
func (w *chance) sound(n board.Number) *board.Case {
	w.t.Helper()
	c := w.stored(n)
	bad := func(what string, args ...any) {
		w.t.Helper()
		w.t.Fatalf("%s case after %v: "+what, append([]any{c.Stage, kinds(w.events(c.ID))}, args...)...)
	}
	next := c.Move()
	switch {
	case c.Ended:
		if next != (board.Next{}) {
			bad("it has ended and waits for %+v", next)
		}
	case next.Role == "" || !next.By.Set():
		bad("nobody has it, or not by a date: %+v", next)
	case (next.Role == board.Handler || next.Role == board.Head) == next.Unit.IsZero():
		bad("it waits for %+v", next)
	case slices.ContainsFunc(append([]board.ID{c.Lead}, c.Co...), func(u board.ID) bool { return !u.IsZero() && !slices.Contains(w.units, u) }):
		bad("a unit has it that is no more")
	}
	if c.Stage != board.Received && c.Stage != board.Declined && c.Stage != board.Withdrawn && !c.Lead.IsZero() && !c.Due.Set() {
		bad("a unit has it and no day is promised")
	}
	if c.Public == board.Shown && (!c.MayShow && !c.Cleared() || c.Private || c.Notice == nil || c.Stage == board.Withdrawn) {
		bad("anybody may read it")
	}
	w.stands(c, bad)
	if c.Backs > board.MostBacks || c.Said > 2 || len(c.Added) > board.MostAdded {
		bad("too much of something: %d %d %d", c.Backs, c.Said, len(c.Added))
	}
	return c
}

// stands holds the standing of a case, whose it is to know, and what must still
// be told, against what may never be.
func (w *chance) stands(c *board.Case, bad func(string, ...any)) {
	w.t.Helper()
	if c.Standing == board.Frozen != c.AskBy.Set() || c.Standing != board.Pending && (c.ConfirmBy.Set() || c.DecideBy.Set()) {
		bad("it is %s, to be asked by %v, confirmed by %v", c.Standing, c.AskBy.At, c.ConfirmBy.At)
	}
	if !c.Counts() && (c.Public == board.Shown || len(c.Helpers()) > 0) {
		bad("it is %s, and public or read by %v", c.Standing, c.Helpers())
	}
	if c.Standing == board.NotTheirs && (c.Title+c.Body+c.Remark+c.Name+c.Village+c.Township != "" || len(c.Added) > 0 || !c.Ended) {
		bad("it was nobody's, and says %+v", c)
	}
	if c.Standing == board.Anonymised && (c.Title+c.Body+c.Remark+c.Name+c.Village != "" || len(c.Added)+len(c.Grants)+len(c.FollowUps) > 0 || c.Hold != nil || c.Years != 1) {
		bad("it was put away, and says %+v", c)
	}
	if c.Standing == board.Anonymised {
		for _, e := range w.events(c.ID) {
			if e.Fact != nil && e.Kind != "anonymised" && e.Kind != "hidden" {
				bad("it was put away, and %s is kept", e.Kind)
			}
		}
	}
	if !c.About.IsZero() && (c.Lead == c.About || slices.Contains(c.Co, c.About)) {
		bad("the unit complained about has it")
	}
	if role := c.Move().Role; c.AboutDesk && (role == board.Dispatcher || role == board.Reviewer) {
		bad("the desk complained about has it")
	}
	for _, f := range c.Wanted() {
		if f.To.IsZero() {
			continue
		}
		var staff *board.Staff
		w.must(w.store.View(ctx, func(tx *store.Tx) (err error) {
			staff, err = tx.Staff(f.To)
			return err
		}))
		if !c.ReadableBy(staff, w.clock.now()) {
			bad("%s is to tell or ask something and may not read the case", staff.Login)
		}
	}
}

func kinds(events []board.Event) (kinds []board.EventKind) {
	for _, e := range events {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

// told holds a case's history against the law, and what is kept of the case
// against its history.
func (w *chance) told(c *board.Case) {
	w.t.Helper()
	events := w.events(c.ID)
	bad := func(what string, args ...any) {
		w.t.Helper()
		w.t.Fatalf("after %v: "+what, append([]any{kinds(events)}, args...)...)
	}
	folded := &board.Case{ID: c.ID}
	for _, e := range events {
		folded.Apply(e)
	}
	one, err := json.Marshal(folded)
	w.must(err)
	two, err := json.Marshal(c)
	w.must(err)
	if !bytes.Equal(one, two) {
		bad("the fold is\n%s\nand kept is\n%s", one, two)
	}
	w.lawful(events, bad)
}

// lawful reads a history as somebody would who knows the rules and not the
// program.
func (w *chance) lawful(events []board.Event, bad func(string, ...any)) {
	var h struct {
		due, backBy, ruleBy, restoreBy, lapseBy board.Date
		own, ended, extended, objected, ruled   bool
		ask                                     board.EventKind
		backs, rated, notSolved                 int
		author, decliner, taker                 board.ID
		before                                  time.Time

		asker, head, passer, reviewer board.ID
		atHead, relieved              bool
		reviewBy                      board.Date
		up                            board.Role // to whom it went up last

		asks           []time.Time // when the resident is to be asked
		answerBy       time.Time   // until when they may answer
		reached, gone  bool        // a unit reached them; they withdrew
		saidOfPressing bool

		frozen, over, held bool
		readers            []board.ID
	}
	bySystem := map[board.EventKind]bool{"kept-with": true, "held-to": true, "lapsed": true, "followed": true, "shared": true, "charged": true, "help-moved": true,
		"parted": true, "transferred": true, "redated": true, "anonymised": true, "reminded": true, "raised": true, "passed-on": true}
	afterEnd := map[board.EventKind]bool{"rated": true, "hidden": true, "published": true, "revealed": true, "charged": true,
		"confirmed": true, "disowned": true, "voided": true, "proceeded": true, "help-ended": true, "preserved": true, "released": true, "anonymised": true,
		"read-out": true, "passed-back": true, "handed-to": true, "help-moved": true, "missed": true, "checked": true, "slipped": true, "press-said": true}
	byOther := map[board.EventKind]bool{"voided": true, "proceeded": true, "checked": true} // never by whoever typed it
	untold := map[board.EventKind]bool{"read-out": true, "published": true, "missed": true, "handed-to": true, "checked": true}
	for i, e := range events {
		if e.Time.Before(h.before) {
			bad("event %d happens before the one before it", i)
		}
		h.before = e.Time
		if e.Role == board.System && !bySystem[e.Kind] {
			bad("%s is done by nobody", e.Kind)
		}
		if h.ended && !afterEnd[e.Kind] && e.Kind != "transferred" {
			bad("%s after the end", e.Kind)
		}
		if !h.taker.IsZero() && e.Actor == h.taker && (e.Role == board.Handler || e.Role == board.Reviewer || byOther[e.Kind]) {
			bad("who took it in does %s", e.Kind)
		}
		if h.over && e.Kind != "anonymised" {
			bad("%s after it was nobody's", e.Kind)
		}
		if h.held && (e.Kind == "voided" || e.Kind == "anonymised") {
			bad("%s while it is held", e.Kind)
		}
		if h.frozen && untold[e.Kind] {
			bad("%s while it is frozen", e.Kind)
		}
		if who := e.Role; who == board.Helper && e.Channel != board.Assisted {
			bad("a helper does %s on %s", e.Kind, e.Channel)
		}
		switch f := e.Fact.(type) {
		case board.Filed:
			if e.Role == board.Operator || e.Role == board.Helper {
				h.taker = e.Actor
				if f.Grant == nil || f.Grant.ID != e.Grant || f.Grant.To != e.Actor {
					bad("filed for somebody under %+v", f.Grant)
				}
			}
		case board.Disowned:
			h.frozen = true
		case board.ConfirmedNow:
			h.frozen = false
		case board.Voided:
			h.over = true
		case board.Preserved:
			h.held = true
		case board.Released:
			h.held = false
		case board.ReadOut:
			h.readers = append(h.readers, e.Actor)
		case board.Edited:
			if e.Time.Sub(events[0].Time) > 10*time.Minute {
				bad("words changed after %s", e.Time.Sub(events[0].Time))
			}
		case board.ChargeGiven:
			if h.due.Set() && h.own && !f.Due.At.Equal(h.due.At) {
				bad("assigned, and the promised day moves from %s to %s", h.due.At, f.Due.At)
			}
			if e.Role == board.Inspector || e.Role == board.Leader {
				if desk := events[0].Fact.(board.Filed).AboutDesk; !desk && h.up != e.Role || desk && e.Role == board.Leader && h.up != e.Role {
					bad("the %s assigns what had gone up to %q", e.Role, h.up)
				}
			}
			h.due, h.own, h.backBy, h.ruled = f.Due, true, f.BackBy, false
		case board.BackAsked:
			if h.backs++; h.backs > 2 || h.ruled || e.Time.After(h.backBy.At) {
				bad("handed back for the %d. time, after a ruling %v, until %s at %s", h.backs, h.ruled, h.backBy.At, e.Time)
			}
			h.ask, h.ruleBy, h.asker = e.Kind, f.RuleBy, e.Actor
		case board.TimeAsked:
			if h.ask, h.ruleBy, h.asker = e.Kind, f.RuleBy, e.Actor; f.AtHead {
				h.ask = "head"
			}
		case board.Endorsed:
			if h.ask != "head" || e.Actor == h.asker || e.Role != board.Head {
				bad("endorsed by %s, and what waits is %q", e.Role, h.ask)
			}
			h.ask, h.ruleBy, h.head = "time-asked", f.RuleBy, e.Actor
		case board.ReplyPassed:
			if !h.atHead || e.Actor == h.author {
				bad("passed by %s, at the head %v", e.Role, h.atHead)
			}
			h.atHead, h.passer = false, e.Actor
		case board.SentBack:
			if !h.atHead || e.Actor == h.author {
				bad("sent back by %s, at the head %v", e.Role, h.atHead)
			}
			h.atHead = false
		case board.PassedOn:
			if h.relieved || !e.Time.After(h.reviewBy.At) || f.To == h.reviewer {
				bad("passed on to %s at %s, from %s who had until %s", f.To, e.Time, h.reviewer, h.reviewBy.At)
			}
			h.relieved, h.reviewer, h.reviewBy = true, f.To, f.ReviewBy
		case board.Raised:
			if h.up = f.To; f.To != board.Inspector && f.To != board.Leader || !f.By.Set() {
				bad("it goes up to %+v", f)
			}
		case board.GivenBack:
			if h.ask != "back-asked" || e.Actor == h.asker {
				bad("given back, and nobody asked")
			}
			h.ask = ""
		case board.KeptWith:
			if h.ask != "back-asked" || e.Role == board.System && !e.Time.After(h.ruleBy.At) {
				bad("kept by %s at %s, to be ruled by %s", e.Role, e.Time, h.ruleBy.At)
			}
			h.ask, h.ruled = "", true
		case board.HeldTo:
			if h.ask != "time-asked" && h.ask != "head" || f.Silent != (e.Role == board.System) || f.Silent && !e.Time.After(h.ruleBy.At) ||
				!f.Silent && (e.Role == board.Head) != (h.ask == "head") || e.Actor == h.asker {
				bad("held by %s at %s, to be ruled by %s", e.Role, e.Time, h.ruleBy.At)
			}
			h.ask = ""
		case board.Extended:
			if h.ask != "time-asked" || e.Actor == h.asker || e.Actor == h.head || h.extended || !f.Due.At.After(h.due.At) {
				bad("extended from %s to %s, before %v", h.due.At, f.Due.At, h.extended)
			}
			h.ask, h.extended, h.due = "", true, f.Due
		case board.Redated:
			if f.Due.Set() {
				h.due = f.Due
			}
			if f.BackBy.Set() {
				h.backBy = f.BackBy
			}
			if f.RuleBy.Set() {
				h.ruleBy = f.RuleBy
			}
			if f.LapseBy.Set() {
				h.lapseBy = f.LapseBy
			}
		case board.MergedInto:
			h.due = w.followed(h.own, h.due, f.Due, bad)
		case board.Followed:
			h.due = w.followed(h.own, h.due, f.Due, bad)
		case board.Parted:
			if !h.own {
				h.due = board.Date{}
			}
		case board.CameBack:
			if e.Time.After(h.restoreBy.At) {
				bad("restored at %s, possible until %s", e.Time, h.restoreBy.At)
			}
			if f.ScreenBy.Set() && !h.own {
				h.due = board.Date{}
			}
			h.gone, h.asks = false, nil
		case board.Gone:
			h.restoreBy, h.lapseBy, h.ask, h.gone = f.Until, f.Until, "", true
			if (len(f.AskAt) == 1) != h.reached {
				bad("withdrawn, reached %v, and asked at %v", h.reached, f.AskAt)
			}
			h.asks = f.AskAt
		case board.Contacted:
			h.reached = h.reached || f.Reached
		case board.PressSaid:
			if !h.gone || !h.reached || h.saidOfPressing || e.Role != board.Resident {
				bad("%s says of pressing %+v", e.Role, f)
			}
			h.saidOfPressing, h.asks = true, nil
		case board.Reminded:
			if len(h.asks) == 0 || !e.Time.After(h.asks[0]) || h.frozen {
				bad("asked at %s, to be asked at %v, frozen %v", e.Time, h.asks, h.frozen)
			}
			h.asks = slices.DeleteFunc(slices.Clone(h.asks), func(at time.Time) bool { return at.Before(e.Time) })
			h.answerBy = f.AnswerBy.At
			if !h.gone && h.answerBy.Sub(e.Time) < 30*day {
				bad("asked at %s, with time until %s", e.Time, h.answerBy)
			}
			if f.AnswerBy.At.After(h.lapseBy.At) {
				h.lapseBy = f.AnswerBy
			}
		case board.ReplyWritten:
			h.author, h.ask, h.passer = e.Actor, "", board.ID{}
			h.atHead, h.relieved, h.reviewer, h.reviewBy = f.AtHead, false, f.To, f.By
		case board.ReplyApproved:
			if e.Actor == h.author || e.Actor == h.passer || h.atHead {
				bad("who wrote the reply, or was for it, approves it")
			}
			if e.Role == board.Inspector && h.up == "" && !events[0].Fact.(board.Filed).AboutDesk {
				bad("an inspector approves what never went up")
			}
			h.rated, h.lapseBy, h.asks = 0, f.RateBy, asksAfter(e.Time, f.At, bad)
		case board.ReplyReturned:
			if e.Actor == h.author {
				bad("who wrote the reply returns it")
			}
		case board.Shared:
			h.rated, h.lapseBy, h.asks = 0, f.RateBy, f.At
		case board.Rated:
			h.asks = nil
			byStaff := e.Role == board.Operator // who was rung up, or told it by whoever rang
			if f.Apart != byStaff || f.Called && !byStaff || f.Called && (e.Actor == h.taker || slices.Contains(h.readers, e.Actor)) {
				bad("rated by %s: %+v", e.Role, f.Rating)
			}
			if h.rated++; h.rated > 2 {
				bad("an answer is rated for the third time")
			}
			if h.ended = f.Outcome != board.NotSolved; !h.ended {
				h.notSolved++
				h.due, h.own = f.Again, true
				if h.notSolved > 1 {
					h.due, h.own = board.Date{}, false
				}
			}
		case board.Refused:
			h.decliner, h.lapseBy = e.Actor, f.ObjectBy
		case board.SentOn:
			h.decliner, h.lapseBy = e.Actor, f.ObjectBy
		case board.Objected:
			if h.objected {
				bad("objected twice")
			}
			h.objected = true
		case board.Upheld:
			if e.Actor == h.decliner {
				bad("who declined it upholds it")
			}
			h.ended = true
		case board.Overturned:
			if e.Actor == h.decliner {
				bad("who declined it overturns it")
			}
		case board.Lapsed:
			if !e.Time.After(h.lapseBy.At) || !h.frozen && len(h.asks) > 0 && !h.asks[0].After(h.lapseBy.At) {
				bad("it lapses at %s, before %s", e.Time, h.lapseBy.At)
			}
			h.ended = true
		}
	}
}

// asksAfter are the two mornings on which a resident is asked about an answer
// that went out then.
func asksAfter(then time.Time, at []time.Time, bad func(string, ...any)) []time.Time {
	for i, days := range []int{3, 28} {
		if len(at) != 2 || at[i].In(board.Zone).Hour() != 9 || at[i].In(board.Zone).Format(time.DateOnly) != then.In(board.Zone).AddDate(0, 0, days).Format(time.DateOnly) {
			bad("answered at %s, and asked at %v", then, at)
		}
	}
	return at
}

// followed is the promised day of a case that follows another: its own stands.
func (w *chance) followed(own bool, due, lead board.Date, bad func(string, ...any)) board.Date {
	if own && due.Set() && !lead.At.Equal(due.At) {
		bad("it follows another, and its own day moves from %s to %s", due.At, lead.At)
	}
	return lead
}

// whole holds the whole county against itself: the store's own check, and every
// list against the cases that belong there.
func (w *chance) whole() {
	w.t.Helper()
	w.clean()
	now := w.clock.now()
	want := map[string][]board.Number{}
	lists := map[string]store.List{"newest": store.Newest(), "red": store.Overdue(now), "lapsing": store.Lapsing(now)}
	put := func(name string, l store.List, n board.Number, holds bool) {
		lists[name] = l
		if holds {
			want[name] = append(want[name], n)
		}
	}
	waits := func(c *board.Case, r board.Role) bool { return c.Move().Role == r || c.Waits().Role == r }
	roles := []board.Role{board.Dispatcher, board.Reviewer, board.Resident, board.Operator, board.Leader, board.Inspector, board.Admin, board.System}
	for _, n := range w.numbers {
		c := w.sound(n)
		w.told(c)
		next, open := c.Move(), !c.Ended
		onDesk := open && c.Stage != board.Merged
		if c.Stage == board.Merged {
			w.follows(c)
		}
		for _, r := range roles {
			put("desk "+string(r), store.Desk(r, board.ID{}), n, onDesk && waits(c, r))
		}
		for _, u := range append(slices.Clone(w.units), w.lamps, w.water) {
			put("desk of "+u.String(), store.Desk(board.Handler, u), n, onDesk && next.Role == board.Handler && next.Unit == u && !slices.Contains(want["desk of "+u.String()], n))
			put("head's desk of "+u.String(), store.Desk(board.Head, u), n, onDesk && waits(c, board.Head) && c.Lead == u && !slices.Contains(want["head's desk of "+u.String()], n))
			put("led by "+u.String(), store.LedBy(u), n, open && c.Lead == u && !slices.Contains(want["led by "+u.String()], n))
			put("helped by "+u.String(), store.CoLed(u), n, open && slices.Contains(c.Co, u) && !slices.Contains(want["helped by "+u.String()], n))
		}
		put("newest", store.Newest(), n, true)
		put("of "+c.Person.String(), store.OfPerson(c.Person), n, true)
		put("red", store.Overdue(now), n, late(c, now))
		put("lapsing", store.Lapsing(now), n, open && (next.Role == board.Resident || c.Ask != nil && c.Ask.For != board.Objects) && next.By.At.Before(now) ||
			len(c.AskAt) > 0 && c.Standing != board.Frozen && c.AskAt[0].Before(now))
		put("reopened", store.Flagged(store.FlagReopened), n, open && c.Reopened > 0)
		put("supervised", store.Flagged(store.FlagSupervised), n, open && c.Supervised)
		put("unruled", store.Flagged(store.FlagUnruled), n, open && c.Silent > 0)
		put("provisional", store.Flagged(store.FlagProvisional), n, open && c.Provisional())
		put("gone", store.Flagged(store.FlagGone), n, c.Stage == board.Withdrawn && c.Contacts > 0)
		put("pressed", store.Flagged(store.FlagPressed), n, c.Pressed == board.WasPressed)
		w.shelved(c, n, put)
		place := c.Township
		if c.Kind == board.Complain || c.Kind == board.Help {
			place = ""
		}
		for _, p := range []string{"", "东关镇"} {
			for _, topic := range []string{"", "building", "traffic"} {
				put("public "+p+topic, store.Public(store.Scope(p, topic)), n, c.Public == board.Shown && (p == "" || p == place) && (topic == "" || topic == c.Topic))
			}
		}
		if !c.MergedInto.IsZero() {
			put("into "+c.MergedInto.String(), store.MergedInto(c.MergedInto), n, true)
		}
	}
	for name, l := range lists {
		if got := w.listed(l); !same(got, want[name]) {
			w.t.Fatalf("on the list %q lie %v, want %v", name, got, want[name])
		}
	}
}

// shelved says on which lists of assisted mode a case lies.
func (w *chance) shelved(c *board.Case, n board.Number, put func(string, store.List, board.Number, bool)) {
	now := w.clock.now()
	put("frozen", store.Flagged(store.FlagFrozen), n, c.Standing == board.Frozen)
	put("unconfirmed", store.Pending(now), n, c.Standing == board.Pending && c.ConfirmBy.Set() && c.ConfirmBy.At.Before(now))
	put("held", store.Flagged(store.FlagHeld), n, c.Hold != nil)
	put("ended", store.Ended(now.Add(time.Hour)), n, w.rests(c))
	put("letters", store.ToPrint(), n, c.Standing != board.Frozen && slices.ContainsFunc(c.FollowUps, func(f board.FollowUp) bool { return f.Way == board.ByLetter }))
	wanted := func(to board.ID) bool {
		return c.Standing != board.Frozen && slices.ContainsFunc(c.FollowUps, func(f board.FollowUp) bool {
			return f.To == to && f.Way != board.ByLetter && !f.From.After(now)
		})
	}
	put("about the desk", store.Newest().Aside(), n, c.AboutDesk)
	county, err := w.County(ctx)
	w.must(err)
	for _, s := range county.Staff {
		switch {
		case s.Roles.Has(board.Operator):
			put("taken by "+s.Login, store.TakenBy(s.ID, noon.AddDate(-1, 0, 0)), n, c.TakenBy == s.ID)
		case s.Roles.Has(board.Helper):
			put("taken by "+s.Login, store.TakenBy(s.ID, noon.AddDate(-1, 0, 0)), n, c.TakenBy == s.ID)
			put("to be told by "+s.Login, store.ToRead(s.ID, now), n, wanted(s.ID))
			g := slices.ContainsFunc(c.Grants, func(g board.Grant) bool {
				return g.To == s.ID && !g.Over && g.Scope == board.ToBoth && (c.EndedAt.IsZero() || now.Before(c.EndedAt.AddDate(0, 0, g.Days)))
			})
			put("helped by "+s.Login, store.Helped(s.ID, now), n, g && c.Standing == board.Confirmed)
			if s.Left && wanted(s.ID) {
				w.t.Fatalf("%s has left and has still to do with %s", s.Login, n)
			}
		}
	}
}

// late tells whether the county is: with its own move, with asking whose a
// frozen case is, or with deciding on one that nobody confirmed.
func late(c *board.Case, now time.Time) bool {
	for _, d := range []board.Date{c.AskBy, c.DecideBy} {
		if d.Set() && d.At.Before(now) {
			return true
		}
	}
	next := c.Waits()
	return !c.Ended && next.Role != board.Resident && (next.By.At.Before(now) || c.Stage != board.Declined && c.Due.Set() && c.Due.At.Before(now))
}

// follows holds a merged case against the one that is handled for it.
func (w *chance) follows(c *board.Case) {
	w.t.Helper()
	var lead *board.Case
	w.must(w.store.View(ctx, func(tx *store.Tx) (err error) {
		lead, err = tx.Case(c.MergedInto)
		return err
	}))
	if lead == nil || lead.Ended || !slices.Contains([]board.Stage{board.Received, board.Assigned, board.InHand}, lead.Stage) {
		w.t.Fatalf("merged into %+v", lead)
	}
	if lead.Lead != c.Lead || c.Due.From.IsZero() && !lead.Due.At.Equal(c.Due.At) {
		w.t.Fatalf("merged, with unit %v by %s; the other has %v by %s", c.Lead, c.Due.At, lead.Lead, lead.Due.At)
	}
}

// listed reads a list page by page.
func (w *chance) listed(l store.List) (numbers []board.Number) {
	w.t.Helper()
	w.must(w.store.View(ctx, func(tx *store.Tx) error {
		for from, more := store.Cursor(nil), true; more; more = from != nil {
			cases, next, err := tx.List(l, from, 7)
			if err != nil {
				return err
			}
			for _, c := range cases {
				numbers = append(numbers, c.Number)
			}
			from = next
		}
		return nil
	}))
	return numbers
}

func same(a, b []board.Number) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	sort.Slice(a, func(i, j int) bool { return a[i] < a[j] })
	sort.Slice(b, func(i, j int) bool { return b[i] < b[j] })
	return slices.Equal(a, b)
}

// replies are texts that answer one which came in.
var replies = []string{"sms.how", "sms.which", "sms.unknown", "sms.callback", "sms.phone-kept", "sms.moved-on", "sms.rated", "sms.reopened", "sms.confirmed", "sms.press-said"}

// saidNothingTooMuch reads every text that ever left.
func (w *chance) saidNothingTooMuch() {
	w.t.Helper()
	w.texts("")
	private := map[string]bool{}
	for _, n := range w.numbers {
		private[n.Grouped()] = w.stored(n).Private
	}
	dated := map[string]bool{"sms.filed": true, "sms.assigned": true, "sms.extended": true, "sms.overturned": true, "sms.frozen": true, "sms.remind": true}
	for _, text := range w.phones.texts {
		n, named := text.Args["Number"]
		if slices.Contains(replies, text.Key) || strings.HasPrefix(text.Key, "sms.state.") || text.Key == "sms.consent" {
			continue // they answer whoever asked, or say the words to whom they are
		}
		hidden, known := private[n]
		if _, says := text.Args["Title"]; text.Args["Helper"] != "" { // by name, and what it says
			if !known && named || hidden && says {
				w.t.Errorf("a text says %+v; private: %v", text, hidden)
			}
			continue
		}
		if !known || len(text.Args) != 1 || hidden && (text.Key != "sms.news" || len(text.Dates) > 0) || dated[text.Key] == text.Dates["Date"].IsZero() {
			w.t.Errorf("a text says %+v; private: %v", text, hidden)
		}
	}
}
