package office_test

import (
	"fmt"
	"slices"
	"strings"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

// The random histories in assisted mode: helpers file, people text, somebody
// leaves.

// aide takes on a helper.
func (c *county) aide(login string, unit board.ID, areas ...board.Area) office.Who {
	c.t.Helper()
	id, err := board.NewID(c.clock.now(), staffIDs)
	c.must(err)
	e, err := board.Hire(id, office.Box, board.Hired{Login: login, Name: login, Unit: unit, Roles: board.Roles{board.Helper}, Areas: areas}, noon)
	c.must(err)
	c.must(c.store.Update(ctx, func(tx *store.Tx) error { return tx.Append(e) }))
	who := office.Who{Actor: board.Actor{Staff: id, Unit: unit, Roles: board.Roles{board.Helper}, Areas: areas, Channel: board.Web}, Name: login}
	copy(who.Session[:], login)
	return who
}

// about lets a filing complain about an office now and then, though never about
// that of whoever types it.
func (w *chance) about(d board.Draft, who office.Who) board.Draft {
	switch unit := w.units[w.IntN(len(w.units))]; w.IntN(8) {
	case 0:
		if unit != who.Unit {
			d.About = unit
		}
	case 1:
		d.AboutDesk = true
	}
	return d
}

// helped files through a helper, with consent shown in some way.
func (w *chance) helped(d board.Draft) (board.Number, error) {
	w.t.Helper()
	aides := slices.DeleteFunc(slices.Clone(w.logins), func(l string) bool { return !strings.HasPrefix(l, "aid") })
	who := w.staff(aides[w.IntN(len(aides))])
	d.Township = "东关镇"
	p := office.Helped{
		Name: names[w.IntN(len(names))], Phone: []string{"", "13800138000", "13800138001", "13900139009"}[w.IntN(4)],
		Township: "东关镇", Village: "东关村", Lang: "zh-Hans", Tell: board.Ways[1+w.IntN(3)],
	}
	w.must(w.Help(ctx, who, p))
	w.must(w.SaveHelpDraft(ctx, who, w.about(d, who)))
	_, err := w.ReadBack(ctx, who)
	w.must(err)
	in := office.Consent{Means: board.Unshown, Public: []string{"yes", "no"}[w.IntN(2)]}
	switch asked := p.Phone != "" && w.IntN(2) == 0; {
	case asked:
		err := w.AskConsent(ctx, who)
		if faults, is := board.Faults(err); is && faults[0].ID == "assist.sends" {
			break
		}
		w.must(err)
		in.Means, in.Code = board.ByCode, w.helperCode(board.Phone(p.Phone))
	case w.IntN(2) == 0:
		in.Means, in.Witness = board.ByWitness, "王五"
	}
	return w.FileHelped(ctx, who, w.form(), in)
}

// helperCode is the newest consent code that came to a phone.
func (c *county) helperCode(to board.Phone) string {
	c.t.Helper()
	var newest store.Text
	for _, text := range c.texts(to) {
		if text.Key == "sms.consent" && !text.Time.Before(newest.Time) {
			newest = text
		}
	}
	return newest.Args["Code"]
}

// leaves lets a helper go, and another go on for them, or the operators.
func (w *chance) leaves(login, heir string) {
	w.t.Helper()
	var to board.ID
	if heir != "" {
		to = w.staff(heir).Staff
	}
	_, err := w.LeaveTo(ctx, w.admin.Actor, w.staff(login).Staff, to)
	w.must(err)
	w.logins = slices.DeleteFunc(w.logins, func(l string) bool { return l == login })
}

// hears lets somebody send a text.
func (w *chance) hears() {
	w.t.Helper()
	text := []string{"不是我", "是我", "1", "2", "没解决", "0", "不换", "查", "你好", "有人逼我", "9"}[w.IntN(11)]
	if len(w.numbers) > 0 && w.IntN(3) > 0 {
		text += " " + string(w.numbers[w.IntN(len(w.numbers))])
	}
	from := []string{"13800138000", "13800138001", "13900139009", "13700137000"}[w.IntN(4)]
	w.must(w.Hear(ctx, office.Inbound{ID: fmt.Sprint(w.form()), From: from, Text: text, Time: w.clock.now()}))
	for _, n := range w.numbers {
		if strings.Contains(text, string(n)) {
			w.sound(n)
		}
	}
}

// unseen tells whether somebody may do a deed to a case that they may not open:
// an operator, because the person who calls names its number; an administrator,
// because a court does.
func unseen(d board.Deed, who office.Who) bool {
	if d == board.Attach || d == board.Detach { // from the receipt of who typed it
		return who.Roles.Meet(board.Roles{board.Operator, board.Helper}) != ""
	}
	return who.Roles.Has(board.Admin) && (d == board.Preserve || d == board.Release) || who.Roles.Has(board.Operator) && slices.Contains([]board.Deed{board.Disown, board.TellOut, board.Miss, board.Check, board.HandTo, board.Quote, board.RateFor, board.Reslip}, d)
}

// deedBeside are the deeds of assisted mode, and the rulings.
func (w *chance) deedBeside(d board.Deed, who office.Who, n board.Number, f store.Once) error {
	switch d {
	case board.Confirm:
		return w.Confirm(ctx, who, n, f, "电话问过本人")
	case board.Disown:
		return w.Disown(ctx, who, n, f, "不是我写的")
	case board.EndHelp:
		var helper board.ID
		if helpers := w.stored(n).Helpers(); len(helpers) > 0 {
			helper = helpers[0]
		}
		return w.EndGrant(ctx, who, n, f, helper)
	case board.Void:
		return w.Void(ctx, who, n, f)
	case board.Proceed:
		return w.Proceed(ctx, who, n, f, "问不到本人，事情要紧")
	case board.TellOut:
		return w.ReadOut(ctx, who, n, f, board.ReadOut{At: w.clock.now(), How: board.ByPhone, Words: "听明白了"})
	case board.PassBack:
		return w.PassBack(ctx, who, n, f, "去不了")
	case board.Miss:
		return w.Missed(ctx, who, n, f)
	case board.Check:
		return w.Checked(ctx, who, n, f)
	case board.Quote:
		return w.Quote(ctx, who, n, f, board.Rating{Outcome: board.NotSolved})
	case board.RateFor:
		return w.RateFor(ctx, who, n, f, board.Rating{Outcome: board.Solved})
	case board.HandTo:
		return w.HandTo(ctx, who, n, f, w.staff([]string{"aid1", "aid2"}[w.IntN(2)]).Staff)
	case board.Reslip:
		return w.Reslip(ctx, who, n, f, w.slipFor(who))
	case board.Press:
		return w.SayPressed(ctx, who, n, f, []board.Pressed{board.WasPressed, board.OwnChoice}[n[9]%2], "有人来过")
	case board.Preserve:
		return w.Preserve(ctx, who, n, f, "法院调卷")
	case board.Attach:
		return w.Attach(ctx, who, n, f, board.Attachment{Sort: board.Photo, Type: "image/jpeg", Wide: 4, High: 3}, []byte("a photo"))
	case board.Detach:
		var file board.ID
		for c := w.stored(n); file.IsZero() && len(c.Attachments) > 0; c.Attachments = c.Attachments[1:] {
			if a := c.Attachments[0]; c.Removable(who.Actor, a) {
				file = a.ID
			}
		}
		return w.Detach(ctx, who, n, f, file)
	case board.Release:
		return w.Release(ctx, who, n, f, "判了")
	}
	return w.Rule(ctx, who, n, f, d, "裁定")
}

// slipFor is a sealed slip that somebody may give out.
func (w *chance) slipFor(who office.Who) string {
	w.t.Helper()
	if w.slips == nil {
		var err error
		w.slips, _, err = w.PrintSeries(ctx, w.printer, board.Slip, board.MostPapers)
		w.must(err)
		w.slipped = 0
	}
	serial := w.slips.Serial(w.slipped + 1)
	if w.slipped++; w.slipped == len(w.slips.Papers) {
		w.slips = nil
	}
	return string(serial)
}
