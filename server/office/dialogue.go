package office

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"lianxin/server/board"
	"lianxin/store"
)

// A text that comes in either asks how a case stands, or answers something that
// we asked. Its sender is a claim: it may disown, confirm, rate and ask for a
// call, each of which the person can take back or is asked about again, and
// changes nothing of whose phone it is.

// said is what somebody means by a text: a word that we know, and the number of
// a case when there is one.
type saidByText struct {
	word   textWord
	number board.Number
}

// hearText reads a text: a known word, a number before or after it, and nothing
// else.
func hearText(text string) (saidByText, bool) {
	if said, apart := hearApart(text); apart {
		return said, true
	}
	line := plainText(text)
	for _, w := range textWords {
		for _, spelling := range w.spellings {
			for _, rest := range []string{strings.TrimPrefix(line, spelling), strings.TrimSuffix(line, spelling)} {
				if len(rest) == len(line) {
					continue
				}
				if rest == "" {
					return saidByText{word: w.means}, true
				}
				if n, err := board.ParseNumber(rest); err == nil {
					return saidByText{w.means, n}, true
				}
			}
		}
	}
	return saidByText{}, false
}

// hearApart reads a number with one word apart behind it or before it. Without
// what parts them, a digit would be taken for one of another number.
func hearApart(text string) (saidByText, bool) {
	text = strings.TrimSpace(text)
	first, last := strings.IndexFunc(text, unicode.IsSpace), strings.LastIndexFunc(text, unicode.IsSpace)
	if first < 0 {
		return saidByText{}, false
	}
	for _, cut := range []struct{ word, number string }{{text[last:], text[:last]}, {text[:first], text[first:]}} {
		n, err := board.ParseNumber(cut.number)
		for _, w := range textWords {
			if err == nil && slices.Contains(w.spellings, plainText(cut.word)) {
				return saidByText{w.means, n}, true
			}
		}
	}
	return saidByText{}, false
}

// plainText leaves of a text what tells one word from another.
func plainText(text string) string {
	text = board.Digits(strings.ToUpper(text))
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("。，、；：！？,;:!?\"'“”‘’「」《》()（）#＃", r) {
			return -1
		}
		return r
	}, text)
}

// converse does what a text says, and gives the text that answers it; an empty
// key when the deed itself tells the person.
func (o *Office) converse(tx *store.Tx, from board.Phone, said saidByText, seed board.ID, now time.Time) (store.Text, error) {
	persons, err := tx.PersonsByPhone(from)
	if err != nil {
		return store.Text{}, err
	}
	d := dialogue{o: o, tx: tx, from: from, seed: seed, now: now, persons: persons}
	switch said.word {
	case saysCall:
		return d.wantCall()
	case saysKeep:
		kept, err := o.keepPhone(tx, from, now)
		if err != nil || !kept {
			return d.say("sms.how"), err
		}
		return d.say("sms.phone-kept"), nil
	case saysQuiet:
		quiet, err := o.quietKin(tx, from, now)
		if err != nil || !quiet {
			return d.say("sms.how"), err
		}
		return d.say("sms.quiet"), nil
	case saysAlone:
		freed, err := o.freeAgents(tx, from, now)
		if err != nil || !freed {
			return d.say("sms.how"), err
		}
		return d.say("sms.alone"), nil
	}
	return d.ofCase(said)
}

type dialogue struct {
	o       *Office
	tx      *store.Tx
	from    board.Phone
	seed    board.ID
	now     time.Time
	persons []*board.Person
}

func (d dialogue) lang() string {
	for _, p := range d.persons {
		if p.Bound(d.from, d.now) {
			return p.Lang
		}
	}
	return ""
}

func (d dialogue) say(key string) store.Text { return store.Text{Key: key, Lang: d.lang()} }

// wantCall puts whoever holds the phone on the operators' list. Somebody whom
// nobody knows yet is put there too: they asked for help.
func (d dialogue) wantCall() (store.Text, error) {
	by := board.Actor{Roles: board.Roles{board.Resident}, Channel: board.SMS}
	for _, p := range d.persons {
		if !p.Bound(d.from, d.now) {
			continue
		}
		by.Person = p.ID
		if !p.Back.IsZero() { // they are on the list already
			return d.say("sms.callback"), nil
		}
		return d.say("sms.callback"), d.tx.Append(p.WantCall(by, d.now))
	}
	by.Person = d.seed
	p := &board.Person{ID: d.seed}
	return d.say("sms.callback"), d.tx.Append(
		board.Join(p.ID, by, board.Joined{Phone: d.from, Unproved: true}, d.now), p.WantCall(by, d.now))
}

// ofCase finds the one case that the text can mean, and does to it what it
// says.
func (d dialogue) ofCase(said saidByText) (store.Text, error) {
	cases, err := d.meant(said)
	switch {
	case err != nil:
		return store.Text{}, err
	case len(cases) == 0 && said.number != "":
		t := d.say("sms.unknown")
		t.Args = map[string]string{"Number": said.number.Grouped()}
		return t, nil
	case len(cases) == 0:
		return d.say("sms.how"), nil
	case len(cases) > 1:
		return d.say("sms.which"), nil
	}
	c := cases[0]
	// The number on the text stands for number and PIN: the phone is the
	// person's own, and the case is named.
	by := board.Actor{Person: c.Person, Roles: board.Roles{board.Resident}, Channel: board.SMS, Opened: []board.ID{c.ID}}
	err = d.o.carryOut(d.tx, c, d.seed, func(s step) (board.Event, error) { return d.event(s, by, said.word) })
	if faults, refused := board.Faults(err); refused && faults[0].Kind != board.NotSaved {
		return d.about("sms.moved-on", c), nil
	}
	return d.about(d.answerTo(said.word), c), err
}

func (d dialogue) about(key string, c *board.Case) store.Text {
	if key == "" {
		return store.Text{}
	}
	return notice(key, "", d.lang(), c.Number, board.Date{}, board.ID{}, d.now)
}

func (d dialogue) event(s step, by board.Actor, word textWord) (board.Event, error) {
	switch word {
	case saysNotMe:
		return s.c.Disown(by, "", d.o.by(s.now, s.rules.AskDays), s.rules, s.now)
	case saysMe:
		return s.c.Confirm(by, "", s.rules, s.now)
	case saysPressed:
		return s.c.SayPressed(by, board.WasPressed, "", s.rules, s.now)
	case saysFree:
		return s.c.SayPressed(by, board.OwnChoice, "", s.rules, s.now)
	}
	return s.c.Rate(by, board.Rating{Outcome: outcomes[word]}, d.o.again(s), s.rules, s.now)
}

// answerTo is the text that answers a deed; freezing has a text of its own.
func (d dialogue) answerTo(word textWord) string {
	switch word {
	case saysNotMe:
		return ""
	case saysMe:
		return "sms.confirmed"
	case saysPressed, saysFree:
		return "sms.press-said"
	case saysNotSolved:
		return "sms.reopened"
	}
	return "sms.rated"
}

var outcomes = map[textWord]board.Outcome{saysSolved: board.Solved, saysPartly: board.Partly, saysNotSolved: board.NotSolved}

// meant lists the cases that a text can mean: those of people on this phone to
// which it can be said. To disown, it is enough that somebody gave this number
// as the person's.
func (d dialogue) meant(said saidByText) ([]*board.Case, error) {
	const most = 50
	var meant []*board.Case
	for _, p := range d.persons {
		if !p.Bound(d.from, d.now) {
			continue
		}
		cases, _, err := d.tx.List(store.OfPerson(p.ID), nil, most)
		if err != nil {
			return nil, err
		}
		for _, c := range cases {
			if d.fits(c, p, said) {
				meant = append(meant, c)
			}
		}
	}
	return foremost(meant), nil
}

// foremost leaves the cases that wait for their resident's word, when there are
// any: beside those, one that was rated is not meant.
func foremost(meant []*board.Case) []*board.Case {
	rated := func(c *board.Case) bool { return c.Stage == board.Closed }
	if slices.ContainsFunc(meant, func(c *board.Case) bool { return !rated(c) }) {
		return slices.DeleteFunc(meant, rated)
	}
	return meant
}

// recently is how long ago a case was filed that is meant without its number.
const recently = 31 * 24 * time.Hour

func (d dialogue) fits(c *board.Case, p *board.Person, said saidByText) bool {
	named := said.number != ""
	if named && c.Number != said.number || !named && c.Private {
		return false
	}
	switch said.word {
	case saysNotMe:
		return c.Assisted() && (named || d.now.Sub(c.Filed) < recently && (c.Standing == board.Confirmed || c.Standing == board.Pending))
	case saysMe:
		return c.Assisted() && (named || c.Standing == board.Pending || c.Standing == board.Frozen)
	}
	if !p.Reached(d.from, d.now) {
		return false
	}
	switch said.word {
	case saysPressed, saysFree:
		return named || c.GoneAfterContact() && c.Pressed == ""
	case saysNotSolved:
		return named || c.Stage == board.Answered || cameBack(c, d.now)
	}
	return named || c.Stage == board.Answered
}

// cameBack tells whether "not solved" can mean a case that its resident called
// solved before: what was mended breaks again, and for as long as they would have
// been asked they need not look for its number.
func cameBack(c *board.Case, now time.Time) bool {
	return c.Stage == board.Closed && c.Said == 1 && !now.After(c.LapseBy.At)
}
