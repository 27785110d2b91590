package office

import (
	"context"
	"slices"
	"strings"

	"lianxin/server/board"
	"lianxin/store"
)

// Intake is what an operator types while somebody speaks.
type Intake struct {
	Draft   board.Draft
	Phone   string        // may be empty; a landline is no use for texts
	Channel board.Channel // Call or Counter
	Tell    board.Way
	Lang    string
	Agreed  bool // the words were read out, and the person agreed
}

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
	id, err := o.id()
	if err != nil {
		return "", err
	}
	fresh, err := o.id()
	if err != nil {
		return "", err
	}
	text, err := o.id()
	if err != nil {
		return "", err
	}
	said := words(in.Draft) + in.Phone
	var number board.Number
	done, err := o.once(ctx, form, who.Staff, func(tx *store.Tx) (store.Done, error) {
		number, err = o.takeIn(tx, who, in, phone, id, fresh, text)
		return store.Done{Case: id, Body: tx.Mark(said)}, err
	})
	if err != nil {
		return "", err
	}
	o.ring(nil)
	if done.Case == id {
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
	if in.Channel != board.Call && in.Channel != board.Counter {
		faults = append(faults, board.Fault{Kind: board.Invalid, ID: "intake.channel", Field: "channel"})
	}
	if !slices.Contains(board.Ways, in.Tell) || in.Tell == board.ByText && strings.TrimSpace(in.Phone) == "" {
		faults = append(faults, board.Fault{Kind: board.Invalid, ID: "intake.tell", Field: "tell"})
	}
	if !in.Agreed {
		faults = append(faults, board.Fault{Kind: board.Invalid, ID: "intake.agreed", Field: "agreed"})
	}
	return phone, join(append(faults, o.CheckDraft(ctx, in.Draft))...)
}

func (o *Office) takeIn(tx *store.Tx, who Who, in Intake, phone board.Phone, id, fresh, text board.ID) (board.Number, error) {
	now := o.now()
	settings, err := tx.Settings()
	if err != nil {
		return "", err
	}
	by := who.Actor
	by.Channel = in.Channel
	person, err := o.speaker(tx, by, in, phone, fresh)
	if err != nil {
		return "", err
	}
	number, err := o.freeNumber(tx, now)
	if err != nil {
		return "", err
	}
	in.Draft.Township = settings.PlaceName(in.Draft.Township)
	screenBy := o.screenBy(now, settings)
	e, err := board.FileFor(id, by, person, number, in.Draft, screenBy, settings.Rules(), now)
	if err != nil {
		return "", err
	}
	if err := tx.Append(e); err != nil || phone == "" {
		return number, err
	}
	key := "sms.filed"
	if in.Draft.Private {
		key, screenBy = "sms.news", board.Date{}
	}
	return number, tx.Post(notice(key, phone, in.Lang, number, screenBy, text, now))
}

// speaker finds the person of this name on this phone, or makes a new one whose
// phone is not proved.
func (o *Office) speaker(tx *store.Tx, by board.Actor, in Intake, phone board.Phone, fresh board.ID) (board.ID, error) {
	name := strings.TrimSpace(in.Draft.Name)
	if phone != "" && name != "" {
		persons, err := tx.PersonsByPhone(phone)
		if err != nil {
			return board.ID{}, err
		}
		for _, p := range persons {
			if p.Name == name && !p.Proved(phone) {
				return p.ID, nil
			}
		}
	}
	return fresh, tx.Append(board.Join(fresh, by, board.Joined{Phone: phone, Lang: in.Lang, Name: name, Tell: in.Tell, Unproved: true}, o.now()))
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
		if c == nil || !who.Roles.Has(board.Operator) || c.TakenBy.IsZero() || c.TakenBy != who.Staff {
			return missing
		}
		person, err := tx.Person(c.Person)
		if err != nil || person == nil {
			return err
		}
		r = Receipt{Number: c.Number, Case: &board.Case{Number: c.Number, Filed: c.Filed, ScreenBy: c.ScreenBy, Kind: c.Kind}, Tell: person.Told()}
		if p := person.Phone(); p != "" {
			r.Phone = p.Masked()
		}
		return nil
	})
	return r, err
}
