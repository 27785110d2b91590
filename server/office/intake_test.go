package office_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
)

var intake = office.Intake{
	Draft: board.Draft{Kind: board.Help, Body: "井盖没了", Township: "东关镇", Name: "周大妈"},
	Phone: "137 0013 7000", Channel: board.Call, Tell: board.ByCall, Lang: "zh-Hans", Agreed: true,
}

func TestSomebodyAtTheTelephone(t *testing.T) {
	each(t, func(c *county) {
		token := form()
		n, err := c.TakeIn(ctx, c.operator, token, intake)
		c.must(err)
		if again, err := c.TakeIn(ctx, c.operator, token, intake); err != nil || again != n {
			c.t.Errorf("the same form again: %s, %v", again, err)
		}
		other := intake
		other.Draft.Body = "水管漏了"
		_, err = c.TakeIn(ctx, c.operator, token, other)
		c.refused("other words in the same form", err, "filing.sent")
		r, err := c.TakenIn(ctx, c.operator, n)
		if err != nil || r.PIN != "" || r.Number != n || r.Case.ScreenBy.At.IsZero() {
			c.t.Errorf("the operator's receipt: %+v, %v", r, err)
		}
		whole, _ := json.Marshal(r)
		for _, secret := range []string{"井盖", "周大妈", "13700137000"} {
			if strings.Contains(string(whole), secret) {
				c.t.Errorf("the receipt says %s", secret)
			}
		}
		_, err = c.Case(ctx, c.operator, n)
		c.refused("the operator opens the case", err, "case.missing")
		_, err = c.TakenIn(ctx, c.hire("call2", board.ID{}, board.Operator), n)
		c.refused("another operator's receipt", err, "case.missing")
		own := c.file(c.logIn(phone, home))
		_, err = c.TakenIn(ctx, c.operator, own)
		c.refused("a receipt of what nobody took in", err, "case.missing")
		v := c.at(n)
		if e := v.Events[0]; e.Role != board.Operator || e.Channel != board.Call || e.Actor != c.operator.Staff || v.Case.TakenBy != c.operator.Staff {
			c.t.Errorf("it was typed by %+v", e.Header)
		}
		second, err := c.TakeIn(ctx, c.operator, form(), other)
		c.must(err)
		if c.at(second).Case.Person != v.Case.Person {
			c.t.Error("who calls twice is two people")
		}
		if got := c.keysOf("13700137000", 0); got != "sms.filed sms.filed" {
			c.t.Errorf("texts %s", got)
		}
		c.handled(n)
		if got := c.keysOf("13700137000", 2); got != "" {
			c.t.Errorf("to somebody who wants to be called: %s", got)
		}
		c.clock.add(time.Minute)
		if cases, err := c.Cases(ctx, c.logIn("13700137000", away)); err != nil || len(cases) != 0 {
			c.t.Errorf("whoever has the phone sees %d cases, %v", len(cases), err)
		}
	})
}

func TestWhatAnOperatorMustAsk(t *testing.T) {
	each(t, func(c *county) {
		for id, change := range map[string]func(*office.Intake){
			"intake.agreed":     func(in *office.Intake) { in.Agreed = false },
			"intake.channel":    func(in *office.Intake) { in.Channel = board.Web },
			"phone.landline":    func(in *office.Intake) { in.Phone = "0311-82345678" },
			"filing.body.empty": func(in *office.Intake) { in.Draft.Body = " " },
			"filing.kind":       func(in *office.Intake) { in.Draft.Kind = "" },
		} {
			in := intake
			change(&in)
			_, err := c.TakeIn(ctx, c.operator, form(), in)
			c.refused(id, err, id)
		}
		for _, w := range []office.Who{c.dispatcher, c.handler, c.admin, c.logIn(phone, home), {}} {
			_, err := c.TakeIn(ctx, w, form(), intake)
			c.refused(w.Roles.String(), err, "deed.role")
		}
		silent := intake
		silent.Phone, silent.Channel = "", board.Counter
		n, err := c.TakeIn(ctx, c.operator, form(), silent)
		c.must(err)
		c.handled(n)
		if texts := c.texts(""); len(texts) != 0 {
			c.t.Errorf("who has no phone gets %+v", texts)
		}
	})
}
