package office

import (
	"context"
	"slices"
	"strings"
	"time"

	"lianxin/server/board"
	"lianxin/store"
)

// Intake is what an operator types while somebody speaks.
type Intake struct {
	Draft   board.Draft
	Phone   string        // may be empty; a landline is no use for texts
	Channel board.Channel // Call, Counter, or Sheet for a paper form
	Slip    string        // serial of the sealed slip that the person has; a paper form's is its own
	Tell    board.Way
	Lang    string
	Agreed  bool // the words were read out and the person agreed, or they signed the form
}

// paperLies is how long ago a paper form can have come in; longer is a slip of
// the finger.
const paperLies = 90 * 24 * time.Hour

// shown is how the person's consent shows on each way in.
var shown = map[board.Channel]board.Means{board.Call: board.ByEar, board.Counter: board.InPerson, board.Sheet: board.OnForm}

// TakeIn files a case for somebody at the telephone or at the window. The
// phone counts as theirs only when a code has shown it, so texts about the
// case say nothing of its content.
func (o *Office) TakeIn(ctx context.Context, who Who, form store.Once, in Intake) (board.Number, error) {
	if !who.Roles.Has(board.Operator) {
		return "", denied
	}
	phone, err := o.checkIntake(ctx, in)
	if err != nil {
		return "", err
	}
	ids, err := o.draw()
	if err != nil {
		return "", err
	}
	said := words(in.Draft) + in.Phone
	var number board.Number
	done, err := o.once(ctx, form, who.Staff, func(tx *store.Tx) (store.Done, error) {
		number, err = o.takeIn(tx, who, in, phone, ids)
		return store.Done{Case: ids.c, Body: tx.Mark(said)}, err
	})
	if err != nil {
		return "", err
	}
	o.ring(nil)
	if done.Case == ids.c {
		return number, nil
	}
	return o.filedBefore(ctx, done, said, false)
}

func (o *Office) checkIntake(ctx context.Context, in Intake) (board.Phone, error) {
	var phone board.Phone
	var faults []error
	if strings.TrimSpace(in.Phone) != "" {
		p, err := board.ParsePhone(in.Phone)
		phone, faults = p, append(faults, err)
	}
	if shown[in.Channel] == "" {
		faults = append(faults, board.Fault{Kind: board.Invalid, ID: "intake.channel", Field: "channel"})
	}
	if !slices.Contains(board.Ways, in.Tell) || in.Tell == board.ByText && strings.TrimSpace(in.Phone) == "" {
		faults = append(faults, board.Fault{Kind: board.Invalid, ID: "intake.tell", Field: "tell"})
	}
	if in.Channel == board.Sheet && strings.TrimSpace(in.Slip) == "" {
		faults = append(faults, board.Fault{Kind: board.Invalid, ID: "serial.empty", Field: "slip"})
	}
	if day := in.Draft.Received; in.Channel == board.Sheet && (day.IsZero() || day.After(o.now()) || o.now().Sub(day) > paperLies) {
		faults = append(faults, board.Fault{Kind: board.Invalid, ID: "intake.received", Field: "received"})
	}
	if !in.Agreed {
		faults = append(faults, board.Fault{Kind: board.Invalid, ID: "intake.agreed", Field: "agreed"})
	}
	return phone, join(append(faults, o.CheckDraft(ctx, in.Draft))...)
}

func (o *Office) takeIn(tx *store.Tx, who Who, in Intake, phone board.Phone, ids draws) (board.Number, error) {
	now := o.now()
	settings, err := tx.Settings()
	if err != nil {
		return "", err
	}
	r := settings.Rules()
	by := who.Actor
	by.Channel, by.Grant = in.Channel, ids.grant
	g, err := board.NewGrant(ids.grant, by, board.Grant{Means: shown[in.Channel]}, r, now)
	if err != nil {
		return "", err
	}
	if in.Draft.About, err = heirOf(tx, in.Draft.About); err != nil {
		return "", err
	}
	if in.Draft.Slip, err = o.takeSlip(tx, by, in.Slip, ids.c, now); err != nil {
		return "", err
	}
	if err := o.locate(tx, ids.c, &in.Draft, settings); err != nil {
		return "", err
	}
	person, err := o.speaker(tx, by, board.Joined{
		Phone: phone, Lang: in.Lang, Name: strings.TrimSpace(in.Draft.Name), Tell: in.Tell,
		Township: in.Draft.Township, Village: in.Draft.Village,
	}, ids.person)
	if err != nil {
		return "", err
	}
	number, err := o.freeNumber(tx, now)
	if err != nil {
		return "", err
	}
	screenBy := o.screenBy(now, settings)
	e, err := board.FileFor(ids.c, by, person, number, in.Draft, g, screenBy, board.Pendency{}, r, now)
	if err != nil {
		return "", err
	}
	if err := join(tx.Append(e), o.drawCheck(tx, ids.c, r, now)); err != nil || phone == "" {
		return number, err
	}
	key := "sms.filed"
	if in.Draft.Private {
		key, screenBy = "sms.news", board.Date{}
	}
	return number, tx.Post(notice(key, phone, in.Lang, number, screenBy, ids.text, now))
}

// speaker finds the person of this name on this phone, or makes a new one whose
// phone is not proved. Somebody known by a phone of theirs finds there what was
// filed for them, and can say that it is not theirs.
func (o *Office) speaker(tx *store.Tx, by board.Actor, j board.Joined, fresh board.ID) (board.ID, error) {
	if j.Phone != "" && j.Name != "" {
		persons, err := tx.PersonsByPhone(j.Phone)
		if err != nil {
			return board.ID{}, err
		}
		for _, p := range persons {
			if p.Name == j.Name && p.Bound(j.Phone, o.now()) {
				return p.ID, nil
			}
		}
		if len(persons) >= board.MostPersons {
			return board.ID{}, board.Fault{Kind: board.Invalid, ID: "who.many", Field: "phone", Args: []any{"Max", board.MostPersons}}
		}
	}
	j.Unproved = true
	return fresh, tx.Append(board.Join(fresh, by, j, o.now()))
}

// TakenIn shows an operator the receipt of what they took in: the number and
// the dates. The PIN is not theirs to know.
func (o *Office) TakenIn(ctx context.Context, who Who, n board.Number) (Receipt, error) {
	var r Receipt
	err := o.store.View(ctx, func(tx *store.Tx) error {
		c, err := tx.CaseByNumber(n)
		if err != nil {
			return err
		}
		if c == nil || !who.Roles.Has(board.Operator) || c.TakenBy.IsZero() || c.TakenBy != who.Staff || c.TakenRole != board.Operator || c.Gone() {
			return missing
		}
		r, err = receiptOf(tx, c)
		return err
	})
	return r, err
}
