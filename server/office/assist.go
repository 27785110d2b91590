package office

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// Helped is a person as a helper typed them.
type Helped struct {
	Name     string
	Phone    string // may be empty
	Township string
	Village  string
	Lang     string
	Tell     board.Way
	Chosen   bool // they live elsewhere, and chose this helper
}

// Help begins a helping session for somebody. Nobody is looked up: who is known
// on a phone is not a helper's to learn.
func (o *Office) Help(ctx context.Context, who Who, p Helped) error {
	if !who.Roles.Has(board.Helper) {
		return denied
	}
	h, err := o.checkHelped(ctx, who, p)
	if err != nil {
		return err
	}
	if h.ID, err = o.id(); err != nil {
		return err
	}
	var refused error
	err = o.update(ctx, func(tx *store.Tx) error {
		refused = nil
		if !h.Chosen && !who.Covers(h.Township, h.Village) {
			refused = board.Fault{Kind: board.Invalid, ID: "assist.area", Field: "village"}
			return tx.Append(board.Try(h.ID, who.Actor, "assist.area", o.now()))
		}
		return tx.PutHelping(who.Session, h, o.now())
	})
	return join(err, refused)
}

func (o *Office) checkHelped(ctx context.Context, who Who, p Helped) (store.Helping, error) {
	county, err := o.County(ctx)
	if err != nil {
		return store.Helping{}, err
	}
	h := store.Helping{
		Name: strings.TrimSpace(p.Name), Township: county.PlaceName(p.Township), Village: strings.TrimSpace(p.Village),
		Lang: p.Lang, Tell: p.Tell, Chosen: p.Chosen, Begun: o.now(),
	}
	var faults []error
	if h.Name == "" {
		faults = append(faults, board.Fault{Kind: board.Invalid, ID: "who.name", Field: "name"})
	}
	if strings.TrimSpace(p.Phone) != "" {
		h.Phone, err = board.ParsePhone(p.Phone)
		faults = append(faults, err)
	}
	if h.Township == "" {
		faults = append(faults, board.Fault{Kind: board.Invalid, ID: "assist.township", Field: "township"})
	}
	if !slices.Contains(board.Ways, p.Tell) || p.Tell == board.ByText && strings.TrimSpace(p.Phone) == "" {
		faults = append(faults, board.Fault{Kind: board.Invalid, ID: "intake.tell", Field: "tell"})
	}
	d := board.Draft{Name: h.Name, Township: p.Township, Village: h.Village}
	h.Village = county.Where(h.Township, h.Village).Text
	return h, join(append(faults, d.Check(county.Settings, board.StepPlace, board.StepYou))...)
}

// HelpAgain begins a session for one of the helper's own people.
func (o *Office) HelpAgain(ctx context.Context, who Who, person board.ID) error {
	id, err := o.id()
	if err != nil {
		return err
	}
	var refused error
	err = o.update(ctx, func(tx *store.Tx) error {
		refused = nil
		now := o.now()
		c, err := o.lastOf(tx, who, person)
		if err != nil {
			return err
		}
		p, err := tx.Person(person)
		if err != nil {
			return err
		}
		if c == nil || p == nil {
			refused = board.Fault{Kind: board.Denied, ID: "assist.no-grant"}
			if p == nil || !who.Roles.Has(board.Helper) {
				return nil
			}
			return tx.Append(board.Try(person, who.Actor, "assist.no-grant", now))
		}
		h := store.Helping{
			ID: id, Person: p.ID, Name: p.Name, Phone: p.Phone(), Township: p.Township, Village: p.Village,
			Lang: p.Lang, Tell: p.Told(), Begun: now,
		}
		if h.Township == "" {
			h.Township, h.Village = c.Township, c.Village
		}
		if g, ok := c.HelpedBy(who.Actor, now); ok {
			h.Chosen = g.Elsewhere
		}
		if h.Name == "" {
			h.Name = c.Name
		}
		return tx.PutHelping(who.Session, h, now)
	})
	return join(err, refused)
}

// lastOf is the newest case of a person that the helper may read, nil when
// there is none.
func (o *Office) lastOf(tx *store.Tx, who Who, person board.ID) (*board.Case, error) {
	if !who.Roles.Has(board.Helper) {
		return nil, nil
	}
	const most = 50
	cases, _, err := tx.List(store.OfPerson(person), nil, most)
	if err != nil {
		return nil, err
	}
	for _, c := range cases {
		if _, ok := c.HelpedBy(who.Actor, o.now()); ok {
			return c, nil
		}
	}
	return nil, nil
}

// Helping is the session that runs in this helper's browser, nil when none
// does. What was typed in it stays when it ends.
func (o *Office) Helping(ctx context.Context, who Who) (*store.Helping, error) {
	if !who.Roles.Has(board.Helper) {
		return nil, nil
	}
	var h *store.Helping
	err := o.store.View(ctx, func(tx *store.Tx) (err error) {
		h, err = tx.Helping(who.Session, o.now())
		return err
	})
	return h, err
}

// EndHelp ends the session. Ending one that is over is fine.
func (o *Office) EndHelp(ctx context.Context, who Who) error {
	return o.update(ctx, func(tx *store.Tx) error { return tx.EndHelping(who.Session) })
}

// noHelp says that no helping session runs: it was ended, or idle for long.
var noHelp = board.Fault{Kind: board.Expired, ID: "assist.none"}

// helping changes the session that runs.
func (o *Office) helping(ctx context.Context, who Who, do func(*store.Tx, *store.Helping) error) error {
	if !who.Roles.Has(board.Helper) {
		return denied
	}
	return o.update(ctx, func(tx *store.Tx) error {
		h, err := tx.Helping(who.Session, o.now())
		if err != nil {
			return err
		}
		if h == nil {
			return noHelp
		}
		if err := do(tx, h); err != nil {
			return err
		}
		return tx.PutHelping(who.Session, *h, o.now())
	})
}

// HelpDraft gives what was typed for the person so far.
func (o *Office) HelpDraft(ctx context.Context, who Who) (board.Draft, error) {
	var draft board.Draft
	err := o.store.View(ctx, func(tx *store.Tx) error {
		h, err := tx.Helping(who.Session, o.now())
		if err != nil {
			return err
		}
		if h == nil {
			return noHelp
		}
		draft, err = o.helpDraft(tx, who, h)
		return err
	})
	return draft, err
}

func (o *Office) helpDraft(tx *store.Tx, who Who, h *store.Helping) (board.Draft, error) {
	d, err := tx.HelpDraft(who.Staff, h, o.now())
	if err != nil {
		return board.Draft{}, err
	}
	if d == nil {
		d = &board.Draft{Township: h.Township, Village: h.Village}
	}
	d.Name = h.Name
	return *d, nil
}

// SaveHelpDraft keeps what was typed, right or wrong, and the village by its own
// name: what is read back is what will be filed. Other words than those read back
// must be read back again.
func (o *Office) SaveHelpDraft(ctx context.Context, who Who, d board.Draft) error {
	county, err := o.County(ctx)
	if err != nil {
		return err
	}
	d.Village = county.Where(d.Township, d.Village).Text
	return o.helping(ctx, who, func(tx *store.Tx, h *store.Helping) error {
		return tx.PutHelpDraft(who.Staff, h, d, o.now())
	})
}

// ReadBack gives the words as they are read out to the person, and remembers
// which they were and when. Only these can be consented to.
func (o *Office) ReadBack(ctx context.Context, who Who) (board.Draft, error) {
	var draft board.Draft
	err := o.helping(ctx, who, func(tx *store.Tx, h *store.Helping) error {
		d, err := o.helpDraft(tx, who, h)
		if err != nil {
			return err
		}
		settings, err := tx.Settings()
		if err != nil {
			return err
		}
		if err := d.Check(settings); err != nil {
			return err
		}
		draft = d
		if heard := heard(d); heard != h.Text {
			h.Text, h.Sends, h.Tries = heard, 0, 0 // other words, another code
		}
		h.Read = o.now()
		return nil
	})
	return draft, err
}

// heard is the hash of what is read back: what the person says, where, and of
// whom.
func heard(d board.Draft) board.Hash {
	b, _ := json.Marshal([]string{string(d.Kind), strings.TrimSpace(d.Title), strings.TrimSpace(d.Body), strings.TrimSpace(d.Remark), d.Township, strings.TrimSpace(d.Village), d.Name, d.About.String(), strconv.FormatBool(d.AboutDesk)})
	return sha256.Sum256(b)
}

// consentTries is how many wrong codes one read-back bears, and consentSends
// how many texts: after that the words are read back anew, or consent is shown
// in another way.
const (
	consentTries = 5
	consentSends = 3
)

// consentCode is the code that a person reads out to the helper. It is derived,
// not stored, and belongs to the words that were read back: it opens nothing.
func (o *Office) consentCode(h *store.Helping) string {
	mac := hmac.New(sha256.New, o.boot[:])
	mac.Write([]byte("consent"))
	mac.Write(h.ID[:])
	mac.Write(h.Text[:])
	return fmt.Sprintf("%04d", binary.BigEndian.Uint64(mac.Sum(nil))%10_000)
}

// AskConsent sends the summary and a code to the person's own phone. It counts
// against the phone as a login's code does, so that no helper can bother one.
func (o *Office) AskConsent(ctx context.Context, who Who) error {
	text, err := o.id()
	if err != nil {
		return err
	}
	var refused error
	err = o.helping(ctx, who, func(tx *store.Tx, h *store.Helping) error {
		now := o.now()
		d, err := o.helpDraft(tx, who, h)
		if err != nil {
			return err
		}
		if err := board.Consented(h.Read, h.Text, heard(d), now); err != nil {
			return err
		}
		if refused, err = o.mayHelp(tx, who, h, board.ByCode, d.About); refused != nil || err != nil {
			return err
		}
		if h.Phone == "" {
			return board.Fault{Kind: board.Invalid, ID: "assist.no-phone", Field: "means"}
		}
		within, err := tx.Add(consentsPerPhone, string(h.Phone), now)
		if err != nil {
			return err
		}
		if h.Sends++; !within || h.Sends > consentSends {
			return board.Fault{Kind: board.TooMany, ID: "assist.sends", Field: "means"}
		}
		return o.postConsent(tx, who, h, d, text, now)
	})
	o.ring(err)
	return join(err, refused)
}

// mayHelp asks whether this helper may file for this person. A refusal is kept
// where the person can see it.
func (o *Office) mayHelp(tx *store.Tx, who Who, h *store.Helping, means board.Means, about board.ID) (refused, err error) {
	if refused = who.MayHelp(h.Township, h.Village, h.Chosen, means, about); refused == nil {
		return nil, nil
	}
	at := h.Person
	if at.IsZero() {
		at = h.ID
	}
	return refused, tx.Append(board.Try(at, who.Actor, refused.(board.Fault).ID, o.now()))
}

func (o *Office) postConsent(tx *store.Tx, who Who, h *store.Helping, d board.Draft, text board.ID, now time.Time) error {
	settings, err := tx.Settings()
	if err != nil {
		return err
	}
	return tx.Post(store.Text{ID: text, To: h.Phone, Key: "sms.consent", Lang: h.Lang, Time: now, Args: map[string]string{
		"Code": o.consentCode(h), "Helper": who.Name, "Title": d.Heading(settings.Rules().MaxTitle),
	}})
}

// tryCodeOf holds what the person read out against the code, and counts a wrong
// try.
func (o *Office) tryCodeOf(h *store.Helping, typed string) error {
	code := board.Digits(typed)
	switch {
	case code == "":
		return board.Fault{Kind: board.Invalid, ID: "code.empty", Field: "code"}
	case h.Sends == 0:
		return board.Fault{Kind: board.Invalid, ID: "assist.unsent", Field: "code"}
	case h.Tries >= consentTries:
		return board.Fault{Kind: board.TooMany, ID: "assist.tries", Field: "code"}
	}
	if subtle.ConstantTimeCompare([]byte(code), []byte(o.consentCode(h))) != 1 {
		h.Tries++
		return board.Fault{Kind: board.Invalid, ID: "assist.wrong", Field: "code", Args: []any{"Count", consentTries - h.Tries}}
	}
	return nil
}
