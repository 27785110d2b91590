package office_test

import (
	"context"
	"errors"
	"net/netip"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store/kv"
)

var grouped = regexp.MustCompile(`^\d\d \d\d \d\d$`)

func TestOneCaseFromThePhoneNumberToSolved(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn("13800138000", home)
		if code := c.lastCode("13800138000"); !grouped.MatchString(code) {
			c.t.Errorf("the code is shown as %q", code)
		}
		c.clock.add(time.Second)
		n := c.file(who)
		r, err := c.Receipt(ctx, who, n)
		c.must(err)
		if len(r.PIN) != board.PINDigits || r.Case.ScreenBy.At != noon.Add(24*time.Hour+time.Second).UTC().In(r.Case.ScreenBy.At.Location()) {
			c.t.Errorf("receipt %+v, screened by %s", r, r.Case.ScreenBy.At)
		}
		c.clock.add(time.Second)
		c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.lamps)))
		v, err := c.Case(ctx, who, n)
		c.must(err)
		if due := v.Case.Due.At.In(board.Zone).Format("2006-01-02 15:04:05"); due != "2026-10-14 23:59:59" {
			c.t.Errorf("15 working days after 2026-09-17 are %s", due)
		}
		c.must(c.SignFor(ctx, c.handler, n, form()))
		c.must(c.Progress(ctx, c.handler, n, form(), "明天换灯"))
		c.must(c.Answer(ctx, c.handler, n, form(), board.Reply{Found: "已转交办理", Done: "正在协调", Contact: "无"}))
		c.must(c.Return(ctx, c.reviewer, n, form(), "没写哪天换"))
		c.must(c.Answer(ctx, c.handler, n, form(), reply))
		if v, _ = c.Case(ctx, who, n); v.Case.Published != nil || v.Case.Draft != nil {
			c.t.Error("the resident reads a reply that nobody approved")
		}
		c.clock.add(time.Second)
		c.must(c.Approve(ctx, c.reviewer, n, form()))
		c.must(c.Rate(ctx, who, n, form(), board.Rating{Outcome: board.Solved, Words: "亮了，谢谢"}))
		v, err = c.Case(ctx, who, n)
		c.must(err)
		if v.Case.Stage != board.Closed || v.Case.Returns != 1 || v.Case.Published.Done != "已经换好" || len(v.Events) != 9 {
			c.t.Errorf("at the end: %+v, %d events", v.Case, len(v.Events))
		}
		var keys []string
		for _, text := range c.texts("13800138000") {
			keys = append(keys, text.Key)
		}
		if got := strings.Join(keys, " "); got != "sms.code sms.filed sms.assigned sms.answered" {
			c.t.Errorf("texts sent: %s", got)
		}
	})
}

func TestAFormActsOnce(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn("13800138000", home)
		token := form()
		numbers := make([]board.Number, 50)
		errs := make([]error, len(numbers))
		var all sync.WaitGroup
		for i := range numbers {
			all.Go(func() { numbers[i], errs[i] = c.File(ctx, who, token, lamp) })
		}
		all.Wait()
		for i := range numbers {
			if errs[i] != nil || numbers[i] != numbers[0] || numbers[i] == "" {
				c.t.Fatalf("try %d: %q, %v; the first: %q", i, numbers[i], errs[i], numbers[0])
			}
		}
		cases, err := c.Cases(ctx, who)
		if err != nil || len(cases) != 1 {
			c.t.Errorf("%d cases, %v", len(cases), err)
		}
		other := lamp
		other.Body = "水管也漏了"
		_, err = c.File(ctx, who, token, other)
		c.refused("other words in the same form", err, "filing.sent")
		_, err = c.File(ctx, who, form(), lamp)
		c.refused("the same words in another form", err, "filing.twice")
		again := lamp
		again.Again = true
		if n, err := c.File(ctx, who, form(), again); err != nil || n == numbers[0] {
			c.t.Errorf("sent all the same: %q, %v", n, err)
		}
		c.clock.add(11 * time.Minute)
		if n, err := c.File(ctx, who, form(), lamp); err != nil || n == numbers[0] {
			c.t.Errorf("eleven minutes later: %q, %v", n, err)
		}
		sign := form()
		c.must(c.Assign(ctx, c.dispatcher, numbers[0], sign, c.to(c.lamps)))
		c.must(c.Assign(ctx, c.dispatcher, numbers[0], sign, c.to(c.lamps)))
		c.refused("assigned anew", c.Assign(ctx, c.dispatcher, numbers[0], form(), c.to(c.lamps)), "deed.moved-on")
	})
}

func TestStrangersSeeNothing(t *testing.T) {
	each(t, func(c *county) {
		who, stranger := c.logIn("13800138000", home), c.logIn("13900139000", office.Origin{Browser: "b2", Address: netip.MustParseAddr("10.0.0.8")})
		n := c.file(who)
		for name, w := range map[string]office.Who{"a stranger": stranger, "nobody": {}, "the other unit": c.handler2, "a unit before it is assigned": c.handler} {
			_, err := c.Case(ctx, w, n)
			c.refused(name+" opens it", err, "case.missing")
			_, err = c.Receipt(ctx, w, n)
			c.refused(name+" takes the receipt", err, "case.missing")
			c.refused(name+" rates", c.Rate(ctx, w, n, form(), board.Rating{Outcome: board.Solved}), "case.missing")
		}
		_, err := c.Desk(ctx, who, office.Shelf(board.Dispatcher), "", 10)
		c.refused("a resident at the desk", err, "deed.role")
		_, err = c.File(ctx, office.Who{}, form(), lamp)
		c.refused("nobody files", err, "deed.role")
		c.handled(n)
		v, err := c.Case(ctx, c.reviewer, n)
		if err != nil || v.Phone != "" || v.Case.Name != "" || v.Case.Remark != "" || v.Case.Village != "" {
			c.t.Errorf("the reviewer sees %q %q %q, %v", v.Phone, v.Case.Name, v.Case.Remark, err)
		}
		for _, e := range v.Events {
			if f, ok := e.Fact.(board.Filed); ok && (f.Name != "" || f.Remark != "") {
				c.t.Errorf("the reviewer's history says %+v", f)
			}
		}
		if v, err := c.Case(ctx, c.handler, n); err != nil || v.Phone != "138 0013 8000" || v.Case.Name != "李桂芳" {
			c.t.Errorf("the handler has nobody to call: %+v, %v", v, err)
		}
	})
}

func TestNumberAndPINOpenACase(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn("13800138000", home)
		n := c.file(who)
		r, err := c.Receipt(ctx, who, n)
		c.must(err)
		thief := office.Origin{Address: netip.MustParseAddr("203.0.113.9")}
		for range 5 {
			_, _, err := c.LookUp(ctx, "", n.Grouped(), wrongPIN(r.PIN), thief)
			c.refused("a wrong PIN", err, "lookup.wrong")
		}
		_, _, err = c.LookUp(ctx, "", n.Grouped(), r.PIN, thief)
		c.refused("after five wrong ones", err, "lookup.wait")
		token, found, err := c.LookUp(ctx, "", n.Grouped(), r.PIN, home)
		if err != nil || found != n || token == "" {
			c.t.Fatalf("the right one, from elsewhere: %q %q, %v", token, found, err)
		}
		by, err := c.Who(ctx, token)
		c.must(err)
		v, err := c.Case(ctx, by, n)
		if err != nil || v.Private || v.Case.Name != "" || v.Case.Village != "" {
			c.t.Errorf("opened by PIN: %+v, %v", v, err)
		}
		c.handled(n)
		c.must(c.Rate(ctx, by, n, form(), board.Rating{Outcome: board.Partly}))
		c.clock.add(31 * time.Minute)
		if by, _ := c.Who(ctx, token); len(by.Opened) != 0 {
			c.t.Error("half an hour later it is still open")
		}
		_, _, err = c.LookUp(ctx, "", "", "12", home)
		if f, _ := board.Faults(err); len(f) != 2 {
			c.t.Errorf("both fields wrong: %v", err)
		}
		_, _, err = c.LookUp(ctx, "", "0000000000", "000000", home)
		c.refused("a number that nobody has", err, "lookup.wrong")
	})
}

func wrongPIN(pin string) string {
	if pin[0] == '9' {
		return "0" + pin[1:]
	}
	return string(pin[0]+1) + pin[1:]
}

func TestADraftWaitsAWeek(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn("13800138000", home)
		half := board.Draft{Body: "写了一半", Public: "maybe"}
		c.must(c.SaveDraft(ctx, who, half))
		c.clock.add(7*24*time.Hour - time.Minute)
		if d, err := c.Draft(ctx, who); err != nil || d != half {
			c.t.Errorf("after almost a week: %+v, %v", d, err)
		}
		c.must(c.SaveDraft(ctx, who, lamp))
		c.file(who)
		if d, err := c.Draft(ctx, who); err != nil || d.Body != "" {
			c.t.Errorf("after it was filed: %+v, %v", d, err)
		}
	})
}

func TestTheEngineDoesNotKnow(t *testing.T) {
	doubt := &doubtful{}
	c := found(t, func(e kv.Engine) kv.Engine { doubt.Engine = e; return doubt })
	who := c.logIn("13800138000", home)
	for _, kept := range []bool{true, false} {
		token := form()
		doubt.next(kept)
		n, err := c.File(ctx, who, token, lamp)
		if kept && (err != nil || n == "") {
			t.Errorf("kept, and the person hears %q, %v", n, err)
		}
		if !kept {
			c.refused("not kept", err, "not-saved")
			if n, err = c.File(ctx, who, token, lamp); err != nil || n == "" {
				t.Errorf("the same form again: %q, %v", n, err)
			}
		}
		doubt.next(kept)
		c.refused("a draft that may not be kept", c.SaveDraft(ctx, who, lamp), "not-saved")
		c.clock.add(11 * time.Minute)
	}
	if cases, err := c.Cases(ctx, who); err != nil || len(cases) != 2 {
		t.Errorf("%d cases, %v", len(cases), err)
	}
	c.clean()
}

// doubtful is an engine whose commits can end in doubt, as a real disk's can.
type doubtful struct {
	kv.Engine
	doubt, keep bool
}

func (d *doubtful) next(keep bool) { d.doubt, d.keep = true, keep }

func (d *doubtful) Update(ctx context.Context, write func(kv.Tx) error) error {
	if !d.doubt {
		return d.Engine.Update(ctx, write)
	}
	d.doubt = false
	if d.keep {
		if err := d.Engine.Update(ctx, write); err != nil {
			return err
		}
	}
	return errors.Join(kv.ErrUnknown, errors.New("sync failed"))
}
