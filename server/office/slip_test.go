package office_test

import (
	"net/netip"
	"testing"

	"lianxin/server/board"
	"lianxin/server/office"
)

// slips hands sealed slips to somebody.
func (c *county) slips(who office.Who, n int) []office.Sealed {
	c.t.Helper()
	s, papers := c.printed(board.Slip, n)
	c.must(c.HandOut(ctx, c.dispatcher.Actor, s.ID, 1, n, who.Staff.String()))
	return papers
}

// opens tells whether number and PIN open a case, from an address of its own.
func (c *county) opens(n board.Number, pin string) bool {
	c.t.Helper()
	c.lookups++
	from := office.Origin{Address: netip.AddrFrom4([4]byte{10, 9, byte(c.lookups >> 8), byte(c.lookups)})}
	_, _, err := c.LookUp(ctx, "", string(n), pin, from)
	if err != nil {
		c.refused("number and PIN", err, "lookup.wrong")
	}
	return err == nil
}

func TestTheSlipOpensTheCaseAndNobodyElseKnowsIt(t *testing.T) {
	each(t, func(c *county) {
		aide, other := c.aide("aide", board.ID{}, dongguan), c.aide("other", board.ID{}, dongguan)
		slips, theirs := c.slips(aide, 2), c.slips(other, 1)
		in := witness
		in.Slip = string(theirs[0].Serial)
		c.begun(aide, granny, lamp)
		_, err := c.FileHelped(ctx, aide, form(), in)
		c.refused("a slip that lies with another", err, "paper.not-yours")
		if d := mustDraft(c, aide); d.Body != lamp.Body {
			c.t.Error("the words are gone with a wrong slip")
		}
		in.Slip = slips[0].Serial.Grouped()
		n, err := c.FileHelped(ctx, aide, form(), in)
		c.must(err)
		if !c.opens(n, slips[0].PIN) || c.opens(n, slips[1].PIN) {
			c.t.Error("what is in the slip does not open it, or another's does")
		}
		r, err := c.HelpedReceipt(ctx, aide, n)
		if err != nil || r.Slip != slips[0].Serial || r.PIN != "" || r.Case.Name+r.Case.Body != "" {
			c.t.Errorf("the helper's receipt: %+v, %v", r, err)
		}
		for name, who := range map[string]office.Who{"another helper": other, "the desk": c.dispatcher, "an operator": c.operator} {
			_, err := c.HelpedReceipt(ctx, who, n)
			c.refused(name+" takes the receipt", err, "case.missing")
		}
		c.begun(aide, granny, lamp)
		_, err = c.FileHelped(ctx, aide, form(), in)
		c.refused("the same slip twice", err, "paper.used")

		fresh := c.slips(c.operator, 1)[0]
		c.refused("a helper gives a new one", c.Reslip(ctx, aide, n, form(), string(slips[1].Serial)), "deed.role")
		c.refused("none is given", c.Reslip(ctx, c.operator, n, form(), ""), "serial.empty")
		c.must(c.Reslip(ctx, c.operator, n, form(), string(fresh.Serial)))
		if c.opens(n, slips[0].PIN) || !c.opens(n, fresh.PIN) {
			c.t.Error("the lost slip still opens it, or the new one does not")
		}
		who := c.logIn("13800138000", home)
		own := c.file(who) // with a PIN of its own
		last := c.slips(c.operator, 1)[0]
		was, err := c.Receipt(ctx, who, own)
		c.must(err)
		c.must(c.Reslip(ctx, c.operator, own, form(), string(last.Serial)))
		if c.opens(own, was.PIN) || !c.opens(own, last.PIN) {
			c.t.Error("a PIN that was lost still opens it")
		}
	})
}
