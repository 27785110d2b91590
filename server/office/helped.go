package office

import (
	"context"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// Consent is what a helper brings of the person's consent to the words that
// were read back, and the person's separate answers.
type Consent struct {
	Means   board.Means
	Code    string // that the person read out
	Serial  string // of the numbered paper that was signed
	Witness string // who heard it
	Slip    string // serial of the sealed slip that was given, when one was
	Public  string // "yes" or "no"
	Hide    bool   // keep name and phone from the unit
}

// FileHelped files what was read back. The same form sent again finds the case
// that it made. What is refused for want of a right, and a wrong code, is
// remembered.
func (o *Office) FileHelped(ctx context.Context, who Who, form store.Once, in Consent) (board.Number, error) {
	if !who.Roles.Has(board.Helper) {
		return "", denied
	}
	if n, err := o.formFiled(ctx, who, form); err != nil || n != "" {
		return n, err
	}
	ids, err := o.draw()
	if err != nil {
		return "", err
	}
	if err := o.tryConsent(ctx, who, in); err != nil {
		if n, _ := o.formFiled(ctx, who, form); n != "" { // by the first of two clicks, a moment ago
			return n, nil
		}
		return "", err
	}
	var number board.Number
	done, err := o.once(ctx, form, who.Staff, func(tx *store.Tx) (store.Done, error) {
		f, err := o.beginFiling(tx, who, in, ids)
		if err == nil {
			number, err = f.keep()
		}
		return store.Done{Case: ids.c}, err
	})
	if err != nil {
		return "", err
	}
	o.ring(nil)
	if done.Case != ids.c {
		return o.numberOf(ctx, done.Case)
	}
	return number, nil
}

// formFiled gives the number of what the form filed before, "" when it has done
// nothing yet.
func (o *Office) formFiled(ctx context.Context, who Who, form store.Once) (n board.Number, err error) {
	var done *store.Done
	err = o.store.View(ctx, func(tx *store.Tx) (err error) {
		done, err = tx.Done(form, o.now())
		return err
	})
	if err != nil || done == nil || done.By != who.Staff {
		return "", err
	}
	return o.numberOf(ctx, done.Case)
}

// numberOf is the number of a case that a form made before.
func (o *Office) numberOf(ctx context.Context, id board.ID) (n board.Number, err error) {
	err = o.store.View(ctx, func(tx *store.Tx) error {
		c, err := tx.Case(id)
		if err == nil && c == nil {
			err = missing
		}
		if err == nil {
			n = c.Number
		}
		return err
	})
	return n, err
}

// draws are the ids of a filing, drawn before its deed begins: a deed may run
// twice and must do the same.
type draws struct{ c, person, grant, text board.ID }

func (o *Office) draw() (d draws, err error) {
	for _, id := range []*board.ID{&d.c, &d.person, &d.grant, &d.text} {
		if *id, err = o.id(); err != nil {
			return d, err
		}
	}
	return d, nil
}

// tryConsent asks whether this helper may file this, and holds what the person
// read out against the code. A refusal is kept: where the person can see it, or
// as a wrong try.
func (o *Office) tryConsent(ctx context.Context, who Who, in Consent) error {
	var refused error
	err := o.helping(ctx, who, func(tx *store.Tx, h *store.Helping) error {
		refused = nil
		d, err := o.helpDraft(tx, who, h)
		if err != nil {
			return err
		}
		if err := board.Consented(h.Read, h.Text, heard(d), o.now()); err != nil {
			return err
		}
		if refused, err = o.mayHelp(tx, who, h, in.Means, d.About); refused != nil || err != nil {
			return err
		}
		if in.Means == board.ByCode {
			refused = o.tryCodeOf(h, in.Code)
		}
		return nil
	})
	return join(err, refused)
}

// helpedFiling is one filing by a helper under way.
type helpedFiling struct {
	o   *Office
	tx  *store.Tx
	who Who
	h   *store.Helping
	in  Consent
	ids draws
	now time.Time

	settings *board.Settings
	draft    board.Draft
}

// beginFiling reads what is to be filed and refuses what cannot be.
func (o *Office) beginFiling(tx *store.Tx, who Who, in Consent, ids draws) (*helpedFiling, error) {
	f := &helpedFiling{o: o, tx: tx, who: who, in: in, ids: ids, now: o.now()}
	var err error
	if f.h, err = tx.Helping(who.Session, f.now); err != nil {
		return f, err
	}
	if f.h == nil {
		return f, noHelp
	}
	if f.settings, err = tx.Settings(); err != nil {
		return f, err
	}
	if f.draft, err = o.helpDraft(tx, who, f.h); err != nil {
		return f, err
	}
	if err := board.Consented(f.h.Read, f.h.Text, heard(f.draft), f.now); err != nil {
		return f, err // the words were changed in another window a moment ago
	}
	if f.draft.About, err = heirOf(tx, f.draft.About); err != nil {
		return f, err
	}
	if err := o.locate(tx, ids.c, &f.draft, f.settings); err != nil {
		return f, err
	}
	f.draft.Public, f.draft.Hide = in.Public, in.Hide || f.draft.Hide
	if err := f.draft.Check(f.settings); err != nil {
		return f, err
	}
	most := f.settings.Rules().HelperDay
	within, err := tx.Add(store.Limit{Name: "helped-day", Max: most, Window: 24 * time.Hour}, who.Staff.String(), f.now)
	if err == nil && !within {
		err = board.Fault{Kind: board.TooMany, ID: "assist.day", Args: []any{"Max", most}}
	}
	return f, err
}

// keep writes the grant, the person, the case, what must follow, and the text.
func (f *helpedFiling) keep() (board.Number, error) {
	by := f.who.Actor
	by.Channel = board.Assisted
	by.Grant = f.ids.grant
	g, err := f.grant(by)
	if err != nil {
		return "", err
	}
	if err := f.spend(by, &g); err != nil {
		return "", err
	}
	person, err := f.person(by)
	if err != nil {
		return "", err
	}
	number, err := f.o.freeNumber(f.tx, f.now)
	if err != nil {
		return "", err
	}
	screenBy, r := f.o.screenBy(f.now, f.settings), f.settings.Rules()
	e, err := board.FileFor(f.ids.c, by, person.ID, number, f.draft, g, screenBy, f.o.pendency(f.now, r), r, f.now)
	if err != nil {
		return "", err
	}
	if err := join(f.tx.Append(e), f.agree(by, person), f.o.drawCheck(f.tx, f.ids.c, r, f.now), f.tx.DropHelpDraft(f.who.Staff, f.h)); err != nil {
		return "", err
	}
	f.h.ID = f.ids.grant // another code for what comes next, were it the same words
	f.h.Person, f.h.Read, f.h.Text, f.h.Sends, f.h.Tries = person.ID, time.Time{}, board.Hash{}, 0, 0
	return number, join(f.tx.PutHelping(f.who.Session, *f.h, f.now), f.tell(person, number, g))
}

func (f *helpedFiling) grant(by board.Actor) (board.Grant, error) {
	g := board.Grant{
		Means: f.in.Means, Witness: f.in.Witness, Text: f.h.Text,
		Elsewhere: !by.Covers(f.h.Township, f.h.Village),
	}
	if g.Means != board.ByWitness {
		g.Witness = ""
	}
	if w := strings.TrimSpace(g.Witness); w != "" && (w == f.who.Name || w == f.h.Name) {
		return g, board.Fault{Kind: board.Invalid, ID: "assist.witness-other", Field: "witness"}
	}
	if g.Means == board.ByPaper && strings.TrimSpace(f.in.Serial) != "" {
		serial, err := board.ParseSerial(f.in.Serial)
		if err != nil {
			return g, err
		}
		g.Serial = serial
	}
	return board.NewGrant(f.ids.grant, by, g, f.settings.Rules(), f.now)
}

// spend uses up the numbered paper and the slip.
func (f *helpedFiling) spend(by board.Actor, g *board.Grant) error {
	if g.Means == board.ByPaper {
		if err := f.o.spend(f.tx, by, g.Serial, []board.PaperKind{board.ConsentPaper, board.BlankForm}, f.ids.c, f.now); err != nil {
			return err
		}
	}
	slip, err := f.o.takeSlip(f.tx, by, f.in.Slip, f.ids.c, f.now)
	f.draft.Slip = slip
	return err
}

// takeSlip ties a slip to a case; none was given when text is empty.
func (o *Office) takeSlip(tx *store.Tx, by board.Actor, text string, id board.ID, now time.Time) (board.Serial, error) {
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	slip, err := board.ParseSerial(text)
	if err == nil {
		err = o.spend(tx, by, slip, []board.PaperKind{board.Slip, board.BlankForm}, id, now)
	}
	return slip, atField("slip", err)
}

// atField says that the fault is in this field, whatever the rule calls it.
func atField(field string, err error) error {
	if f, is := err.(board.Fault); is {
		f.Field = field
		return f
	}
	return err
}

// person is the one helped: one of the helper's own, or whoever bears this name
// on this phone, or somebody new.
func (f *helpedFiling) person(by board.Actor) (*board.Person, error) {
	if !f.h.Person.IsZero() {
		return f.tx.Person(f.h.Person)
	}
	id, err := f.o.speaker(f.tx, by, board.Joined{
		Phone: f.h.Phone, Lang: f.h.Lang, Name: f.h.Name, Tell: f.h.Tell, Township: f.h.Township, Village: f.h.Village,
	}, f.ids.person)
	if err != nil {
		return nil, err
	}
	return f.tx.Person(id)
}

// agree remembers that a code sent to the phone came back. That shows that the
// phone is at hand, not whose it is: it logs nobody in.
func (f *helpedFiling) agree(by board.Actor, p *board.Person) error {
	if f.in.Means != board.ByCode {
		return nil
	}
	return f.tx.Append(p.Agree(by, f.h.Phone, f.now))
}

// tell sends the summary and how to object. It goes out whatever the person
// said of being told: it is how nobody speaks in another's name.
func (f *helpedFiling) tell(p *board.Person, n board.Number, g board.Grant) error {
	if f.h.Phone == "" {
		return nil
	}
	key := "sms.helped"
	if g.Means == board.Unshown {
		key = "sms.helped-pending"
	}
	if f.draft.Private {
		key = "sms.helped-private"
	}
	t := notice(key, f.h.Phone, p.Lang, n, board.Date{}, f.ids.text, f.now)
	if t.Args["Helper"] = f.who.Name; !f.draft.Private {
		t.Args["Title"] = f.draft.Heading(f.settings.Rules().MaxTitle)
	}
	return f.tx.Post(t)
}

// pendency are the dates of a filing whose consent was not shown.
func (o *Office) pendency(now time.Time, r board.Rules) board.Pendency {
	confirmBy := o.by(now, r.ConfirmDays)
	return board.Pendency{ConfirmBy: confirmBy, DecideBy: o.later(confirmBy, r.RuleDays)}
}

// HelpedReceipt is the receipt of what a helper filed: for the person to take
// home. The PIN is not in it; it is in the sealed slip, or nowhere.
func (o *Office) HelpedReceipt(ctx context.Context, who Who, n board.Number) (Receipt, error) {
	var r Receipt
	err := o.store.View(ctx, func(tx *store.Tx) error {
		c, err := tx.CaseByNumber(n)
		if err != nil {
			return err
		}
		if c == nil || c.TakenBy.IsZero() || c.TakenBy != who.Staff || !who.Roles.Has(board.Helper) || c.TakenRole != board.Helper || c.Gone() {
			return missing
		}
		r, err = receiptOf(tx, c)
		r.By = who.Name
		return err
	})
	return r, err
}

// receiptOf is what somebody else than the person may print of a case.
func receiptOf(tx *store.Tx, c *board.Case) (Receipt, error) {
	person, err := tx.Person(c.Person)
	if err != nil || person == nil {
		return Receipt{}, err
	}
	r := Receipt{
		Number: c.Number, Tell: person.Told(), Slip: c.Slip, Standing: c.Standing, ConfirmBy: c.ConfirmBy,
		Case: &board.Case{Number: c.Number, Filed: c.Filed, ScreenBy: c.ScreenBy, Kind: c.Kind},
	}
	if p := person.Phone(); p != "" {
		r.Phone = p.Masked()
	}
	return r, nil
}
