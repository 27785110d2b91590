package office_test

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

// cardHeld has the operator give one card to the resident of
// the phone.
func (c *county) cardHeld() (office.Who, *board.Series, office.Sealed) {
	c.t.Helper()
	who := c.logIn(phone, home)
	n := c.file(who)
	s, cards := c.printed(board.CodeCard, 3)
	c.clock.add(time.Hour)
	c.must(c.HoldCard(ctx, c.operator, cards[0].Serial.Grouped(), office.Holder{Number: n.Grouped(), Checked: true}))
	c.clock.add(time.Hour)
	return who, s, cards[0]
}

// withCard logs in with a card and gives the person, a stranger when it is refused.
func (c *county) withCard(card office.Sealed, code string) (office.Who, string, error) {
	token, err := c.CardLogIn(ctx, string(card.Serial), code, home)
	if err != nil {
		return office.Who{}, "", err
	}
	who, err := c.Who(ctx, token)
	c.must(err)
	return who, token, nil
}

func TestACardLetsItsPersonInAndProvesNoPhone(t *testing.T) {
	each(t, func(c *county) {
		owner, _, card := c.cardHeld()
		if got := c.keysOf(phone, 0); got != "sms.code sms.filed sms.card" {
			c.t.Errorf("the person gets the texts %s", got)
		}
		for i := range 3 {
			serial, asked, err := c.AskCard(ctx, card.Serial.Grouped())
			if err != nil || serial != card.Serial || asked != i+1 {
				c.t.Fatalf("asked for %d, %v", asked, err)
			}
			who, _, err := c.withCard(card, board.GroupCode(card.Codes[asked-1]))
			if err != nil || who.Person != owner.Person || !who.IsResident() {
				c.t.Fatalf("let in %+v, %v", who, err)
			}
			_, _, err = c.withCard(card, card.Codes[asked-1])
			c.refused("the same code again", err, "card.wrong")
			c.clock.add(time.Hour)
		}
		c.clock.add(90*24*time.Hour - 4*time.Hour)
		if who := c.logIn(phone, home); who.Person == owner.Person {
			c.t.Error("the card has proved the phone")
		}
		if mine, err := c.Cases(ctx, owner); err != nil || len(mine) != 1 {
			c.t.Errorf("the person's cases: %v, %v", mine, err)
		}
	})
}

func TestACardIsRefused(t *testing.T) {
	each(t, func(c *county) {
		_, s, card := c.cardHeld()
		free := c.sealedOf(s, 2)
		_, _, err := c.withCard(free, "00000000")
		c.refused("a card that nobody holds", err, "card.wrong")
		for _, f := range []struct{ serial, code, id string }{
			{"", card.Codes[0], "serial.empty"}, {string(board.NewSerial(board.Slip, 1, 1)), card.Codes[0], "paper.kind"},
			{string(card.Serial), "", "card.code"}, {string(card.Serial), "123456", "card.shape"},
			{string(board.NewSerial(board.CodeCard, 9, 1)), card.Codes[0], "card.wrong"}, {string(card.Serial), card.Codes[1], "card.wrong"},
		} {
			_, err := c.CardLogIn(ctx, f.serial, f.code, home)
			c.refused(f.serial+" "+f.code, err, f.id)
		}
		for _, serial := range []board.Serial{free.Serial, board.NewSerial(board.CodeCard, 9, 1)} {
			if _, asked, err := c.AskCard(ctx, string(serial)); err != nil || asked < 1 || asked > board.CardCodes {
				c.t.Errorf("a stranger learns that %s is nobody's: %d, %v", serial, asked, err)
			}
		}
		_, token, err := c.withCard(card, card.Codes[0])
		c.must(err)
		c.must(c.Revoke(ctx, c.dispatcher.Actor, s.ID, 1, 1, "丢了"))
		if who, err := c.Who(ctx, token); err != nil || who.IsResident() {
			c.t.Errorf("a revoked card's session goes on: %+v, %v", who, err)
		}
		_, _, err = c.withCard(card, card.Codes[1])
		c.refused("a revoked card", err, "card.revoked")
		if who := c.logIn(phone, office.Origin{Browser: "own", Address: netip.MustParseAddr("10.0.0.8")}); !who.IsResident() {
			c.t.Error("the phone's login went with the card")
		}
	})
}

// sealedOf is a paper of which only the serial is known.
func (c *county) sealedOf(s *board.Series, no int) office.Sealed {
	return office.Sealed{Serial: s.Serial(no)}
}

func TestACardEnds(t *testing.T) {
	each(t, func(c *county) {
		_, _, card := c.cardHeld()
		c.clock.add(364 * 24 * time.Hour)
		for i := range board.CardCodes {
			if _, _, err := c.withCard(card, card.Codes[i]); err != nil {
				c.t.Fatalf("code %d: %v", i+1, err)
			}
		}
		_, _, err := c.withCard(card, card.Codes[board.CardCodes-1])
		c.refused("all codes used", err, "card.empty")
		c.clock.add(24 * time.Hour)
		_, _, err = c.withCard(card, card.Codes[board.CardCodes-1])
		c.refused("a year later", err, "card.old")
	})
}

func TestFiveWrongCodesMakeOneWaitAndNobodyElse(t *testing.T) {
	each(t, func(c *county) {
		owner, _, card := c.cardHeld()
		away := office.Origin{Browser: "stranger", Address: netip.MustParseAddr("10.9.9.9")}
		for i := range 5 {
			_, err := c.CardLogIn(ctx, string(card.Serial), fmt.Sprintf("%08d", i), away)
			c.refused("wrong", err, "card.wrong")
		}
		_, err := c.CardLogIn(ctx, string(card.Serial), card.Codes[0], away)
		c.refused("the right one after five wrong ones", err, "code.wait")
		if who, _, err := c.withCard(card, card.Codes[0]); err != nil || who.Person != owner.Person {
			c.t.Errorf("a stranger's guesses lock the card's person out: %v", err)
		}
		if who := c.logIn(phone, home); who.Person != owner.Person {
			c.t.Error("a stranger's guesses lock the phone out")
		}
		for round, wait := range []time.Duration{15 * time.Minute, 15 * time.Minute} {
			c.clock.add(wait)
			for i := range 5 {
				_, err := c.CardLogIn(ctx, string(card.Serial), fmt.Sprintf("%08d", i), office.Origin{Browser: fmt.Sprint(round), Address: away.Address})
				c.refused("wrong again", err, "card.wrong")
			}
		}
		c.clock.add(time.Hour)
		_, err = c.CardLogIn(ctx, string(card.Serial), card.Codes[1], away)
		c.refused("after fifteen the wait has grown", err, "code.wait")
		c.clock.add(24 * time.Hour)
		if _, err = c.CardLogIn(ctx, string(card.Serial), card.Codes[1], away); err != nil {
			c.t.Errorf("a day later: %v", err)
		}
	})
}

func TestACardIsGivenAtTheCounterToWhomTheyShowedToBe(t *testing.T) {
	each(t, func(c *county) {
		owner, s, card := c.cardHeld()
		mine, err := c.Cases(ctx, owner)
		c.must(err)
		n, other := mine[0].Number, board.Number("")
		for digit := 0; other == ""; digit++ {
			other, _ = board.ParseNumber(fmt.Sprintf("2612345%03d", digit))
		}
		give := func(who office.Who, no int, h office.Holder) error {
			return c.HoldCard(ctx, who, string(s.Serial(no)), h)
		}
		known := office.Holder{Phone: "138 0013 8000", Name: " 李桂芳 ", Checked: true}
		for name, f := range map[string]struct {
			err error
			id  string
		}{
			"not looked at":         {give(c.operator, 2, office.Holder{Number: string(n)}), "card.checked"},
			"nobody said":           {give(c.operator, 2, office.Holder{Checked: true}), "card.holder"},
			"another name":          {give(c.operator, 2, office.Holder{Phone: string(phone), Name: "王五", Checked: true}), "card.nobody"},
			"a number of nothing":   {give(c.operator, 2, office.Holder{Number: string(other), Checked: true}), "case.missing"},
			"a number with a typo":  {give(c.operator, 2, office.Holder{Number: string(other[:9]) + string("1234567890"[other[9]-'0']), Checked: true}), "number.typo"},
			"by a dispatcher":       {give(c.hire("both", board.ID{}, board.Dispatcher), 2, known), "deed.role"},
			"a card given already":  {give(c.operator, 1, known), "paper.used"},
			"a card never printed":  {give(c.operator, 9, known), "paper.unknown"},
			"a slip":                {c.HoldCard(ctx, c.operator, string(board.NewSerial(board.Slip, 1, 1)), known), "paper.kind"},
			"by a helper":           {give(office.Who{Actor: board.Actor{Staff: board.ID{7}, Roles: board.Roles{board.Helper}}}, 2, known), "deed.role"},
			"by the person herself": {give(owner, 2, known), "deed.role"},
		} {
			c.refused(name, f.err, f.id)
		}
		if _, _, err := c.withCard(card, card.Codes[0]); err != nil {
			c.t.Errorf("a refusal took the old card away: %v", err)
		}
		form := office.WithForm(ctx, store.Once{1}, "card 2")
		c.must(c.HoldCard(form, c.operator, string(s.Serial(2)), known))
		c.must(c.HoldCard(form, c.operator, string(s.Serial(2)), known))
		_, _, err = c.withCard(card, card.Codes[1])
		c.refused("the card before", err, "card.revoked")
	})
}

// Somebody without any phone gets a card, logs in with it and files.
func TestACardForSomebodyWithoutAPhone(t *testing.T) {
	each(t, func(c *county) {
		in := intake
		in.Phone, in.Tell, in.Channel = "", board.ByLetter, board.Counter
		n, err := c.TakeIn(ctx, c.operator, form(), in)
		c.must(err)
		_, cards := c.printed(board.CodeCard, 1)
		c.must(c.HoldCard(ctx, c.operator, string(cards[0].Serial), office.Holder{Number: string(n), Checked: true}))
		who, _, err := c.withCard(cards[0], cards[0].Codes[0])
		if err != nil || who.Phone != "" || who.Name != "周大妈" {
			c.t.Fatalf("let in %+v, %v", who, err)
		}
		mine, err := c.Cases(ctx, who)
		if err != nil || len(mine) != 1 || mine[0].Number != n {
			c.t.Errorf("what she said at the counter: %v, %v", mine, err)
		}
		c.file(who)
		if sent := c.texts(""); len(sent) != 0 {
			c.t.Errorf("texts to no phone: %v", sent)
		}
	})
}

// A card in place of an authenticator: password and the next code of it.
func TestStaffLogInWithACard(t *testing.T) {
	each(t, func(c *county) {
		made, err := c.Hire(ctx, office.Box, office.NewStaff{Login: "gao", Name: "高", Roles: board.Roles{board.Reviewer}})
		c.must(err)
		gao := c.enter("gao").Staff
		s, cards := c.printed(board.CodeCard, 3)
		logIn := func(password, code string) error {
			_, err := c.StaffLogIn(ctx, "gao", password, code, home)
			return err
		}
		c.refused("a card of nobody", logIn(made.Password, cards[0].Codes[0]), "staff.refused")
		c.refused("given by the county desk", c.GiveStaffCard(ctx, c.operator.Actor, gao, string(cards[0].Serial)), "deed.role")
		c.refused("given to nobody", c.GiveStaffCard(ctx, c.admin.Actor, board.ID{1}, string(cards[0].Serial)), "staff.missing")
		c.refused("a slip", c.GiveStaffCard(ctx, c.admin.Actor, gao, string(board.NewSerial(board.Slip, 1, 1))), "paper.kind")
		c.refused("never printed", c.GiveStaffCard(ctx, c.admin.Actor, gao, string(board.NewSerial(board.CodeCard, 9, 1))), "paper.unknown")
		c.must(c.GiveStaffCard(ctx, c.admin.Actor, gao, cards[0].Serial.Grouped()))
		c.refused("given already", c.GiveStaffCard(ctx, c.admin.Actor, gao, string(cards[0].Serial)), "paper.used")
		if serial, _, err := c.StaffCard(ctx, c.admin, gao); err != nil || serial != cards[0].Serial {
			c.t.Errorf("the admin reads %s, %v", serial, err)
		}
		c.refused("the second code first", logIn(made.Password, cards[0].Codes[1]), "staff.refused")
		c.refused("another password", logIn("河边柳树早市七点钟见", cards[0].Codes[0]), "staff.refused")
		c.must(logIn(made.Password, board.GroupCode(cards[0].Codes[0])))
		c.refused("the first code again", logIn(made.Password, cards[0].Codes[0]), "staff.refused")
		_, err = c.CardLogIn(ctx, string(cards[0].Serial), cards[0].Codes[1], home)
		c.refused("as a resident", err, "card.wrong")
		c.clock.add(time.Hour)
		c.must(c.Revoke(ctx, c.dispatcher.Actor, s.ID, 1, 1, "丢了"))
		c.refused("a revoked card", logIn(made.Password, cards[0].Codes[1]), "staff.refused")
		c.must(c.GiveStaffCard(ctx, c.admin.Actor, gao, string(cards[1].Serial)))
		fresh, err := c.Rekey(ctx, c.admin.Actor, gao)
		c.must(err)
		c.refused("a card from before the new keys", logIn(fresh.Password, cards[1].Codes[0]), "staff.refused")
	})
}
