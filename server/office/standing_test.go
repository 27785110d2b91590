package office_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
	"lianxin/store/kv"
	"lianxin/store/kv/bolt"
	"lianxin/store/kv/twice"
)

// holder is whoever typed the number and PIN of a case.
func (c *county) holder(n board.Number) office.Who {
	return office.Who{Actor: board.Actor{Roles: board.Roles{board.Resident}, Channel: board.Web, Opened: []board.ID{c.kept(n).ID}}}
}

func TestNotMeFreezesAtOnce(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		open := witness
		open.Public = "yes"
		for name, deny := range map[string]func(board.Number) error{
			"with the slip":   func(n board.Number) error { return c.Disown(ctx, c.holder(n), n, form(), "") },
			"to an operator":  func(n board.Number) error { return c.Disown(ctx, c.operator, n, form(), "说没写") },
			"to the desk":     func(n board.Number) error { return c.Disown(ctx, c.dispatcher, n, form(), "来柜台说的") },
			"by a text":       func(n board.Number) error { return c.texted(grannys, "不是我 "+string(n)) },
			"without a login": func(n board.Number) error { return c.texted(grannys, "不是我的意思，"+n.Grouped()) },
		} {
			n := c.help(aide, granny, open)
			c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.lamps)))
			c.must(c.SignFor(ctx, c.handler, n, form()))
			c.must(c.Publish(ctx, c.dispatcher, n, form(), board.Notice{Title: "路灯", Body: "路灯坏了"}))
			before := c.kept(n)
			c.must(deny(n))
			k := c.kept(n)
			if k.Standing != board.Frozen || k.Public != board.Hidden || len(k.Helpers()) != 0 || k.Counts() {
				c.t.Errorf("%s: %+v", name, k)
			}
			if k.Stage != board.InHand || k.Move() != before.Move() || !k.Due.Same(before.Due) {
				c.t.Errorf("%s: its clock stops: %+v", name, k.Move())
			}
			if by := k.AskBy.At.In(board.Zone).Format("2006-01-02"); by != "2026-09-20" { // two working days from Thursday: that Sunday is one
				c.t.Errorf("%s: to be asked by %s", name, by)
			}
			if _, err := c.PublicCase(ctx, n); err == nil {
				c.t.Errorf("%s: and anybody reads it", name)
			}
			c.must(c.Answer(ctx, c.handler, n, form(), reply)) // urgent help goes on
			c.refused(name+": published", c.Publish(ctx, c.dispatcher, n, form(), board.Notice{Title: "灯", Body: "灯"}), "deed.moved-on")
		}
		n := c.file(c.logIn("13800138000", home))
		c.refused("one's own", c.Disown(ctx, c.holder(n), n, form(), ""), "deed.by-other")
		m := c.help(aide, granny, witness)
		c.refused("the helper", c.Disown(ctx, aide, m, form(), ""), "deed.own-word")
		c.refused("the unit", c.Disown(ctx, c.handler, m, form(), ""), "case.missing")
	})
}

// texted brings a text that came in.
func (c *county) texted(from board.Phone, text string) error {
	id := form()
	return c.Hear(ctx, office.Inbound{ID: string(id[:]), From: string(from), Text: text, Time: c.clock.now()})
}

func TestWhoAsksAboutAFrozenCase(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		n := c.help(aide, granny, witness)
		c.must(c.Disown(ctx, c.operator, n, form(), ""))
		on := func(who office.Who, s office.Shelf) bool {
			page, err := c.Desk(ctx, who, s, "", 10)
			c.must(err)
			return slices.ContainsFunc(page.Cases, func(k *board.Case) bool { return k.Number == n })
		}
		if !on(c.dispatcher, office.Frozen) || !on(c.inspector, office.Frozen) || on(c.dispatcher, office.Red) {
			c.t.Error("it is not on the shelf of frozen cases, or red at once")
		}
		c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.lamps)))
		c.clock.add(5 * 24 * time.Hour) // over the weekend, past Monday's end
		if !on(c.dispatcher, office.Red) || !on(c.inspector, office.Red) {
			c.t.Error("two working days have passed, and it is not red")
		}
		c.refused("the helper says it is theirs", c.Confirm(ctx, aide, n, form(), "是"), "case.missing")
		c.refused("no word on who asked", c.Confirm(ctx, c.dispatcher, n, form(), " "), "confirm.words")
		c.must(c.Confirm(ctx, c.dispatcher, n, form(), "我打电话问的，是她的意思"))
		if k := c.kept(n); k.Standing != board.Confirmed || k.AskBy.Set() || on(c.dispatcher, office.Frozen) || !k.Counts() {
			c.t.Errorf("confirmed: %+v", k)
		}
		c.must(c.Disown(ctx, c.holder(n), n, form(), "")) // and they may say so again
		taken := c.takenInBy(board.Counter)
		c.must(c.Disown(ctx, c.operator, taken, form(), ""))
		clerk := c.operator
		clerk.Roles = board.Roles{board.Operator, board.Dispatcher}
		c.refused("who took it in asks themself", c.Confirm(ctx, clerk, taken, form(), "问过了"), "deed.not-taker")
		c.refused("who took it in closes it", c.Void(ctx, clerk, taken, form()), "deed.not-taker")
	})
}

func TestAnEndedCaseIsAskedAboutToo(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		n := c.help(aide, granny, witness)
		c.handled(n)
		c.must(c.Rate(ctx, c.holder(n), n, form(), board.Rating{Outcome: board.Solved}))
		c.must(c.Disown(ctx, c.holder(n), n, form(), ""))
		c.clock.add(6 * 24 * time.Hour)
		red, err := c.Desk(ctx, c.inspector, office.Red, "", 10)
		if err != nil || len(red.Cases) != 1 || red.Cases[0].Number != n {
			c.t.Errorf("an ended case that nobody asks about is red: %v, %v", red.Cases, err)
		}
		c.must(c.Void(ctx, c.inspector, n, form()))
		red, err = c.Desk(ctx, c.inspector, office.Red, "", 10)
		if err != nil || len(red.Cases) != 0 {
			c.t.Errorf("decided, and still red: %v, %v", red.Cases, err)
		}
	})
}

func TestNobodyConfirms(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		n, m := c.help(aide, granny, pending), c.help(aide, granny, pending)
		for _, n := range []board.Number{n, m} {
			c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.lamps)))
		}
		k := c.kept(n)
		if by := k.ConfirmBy.At.In(board.Zone).Format("2006-01-02"); by != "2026-10-08" { // ten working days, with two holidays between
			c.t.Errorf("they may confirm until %s", by)
		}
		c.refused("too early to let it go on", c.Proceed(ctx, c.dispatcher, n, form(), "急"), "deed.ask-over")
		c.refused("too early to close it", c.Void(ctx, c.dispatcher, n, form()), "deed.ask-over")
		shelf := func(s office.Shelf) int {
			page, err := c.Desk(ctx, c.dispatcher, s, "", 10)
			c.must(err)
			return page.Waiting
		}
		c.clock.add(k.ConfirmBy.At.Sub(c.clock.now()))
		if shelf(office.Unsure) != 0 {
			c.t.Error("on the shelf before the time is over")
		}
		c.clock.add(time.Second)
		if shelf(office.Unsure) != 2 {
			c.t.Errorf("after ten working days %d lie on the shelf", shelf(office.Unsure))
		}
		for _, n := range []board.Number{n, m} {
			c.must(c.SignFor(ctx, c.handler, n, form()))
		}
		red := shelf(office.Red)
		c.clock.add(k.DecideBy.At.Sub(c.clock.now()) + time.Second)
		if shelf(office.Red) != 2 {
			c.t.Errorf("nobody decided in time: %d are red, before %d", shelf(office.Red), red)
		}
		c.refused("no reason", c.Proceed(ctx, c.dispatcher, n, form(), ""), "proceed.words")
		c.must(c.Proceed(ctx, c.dispatcher, n, form(), "井盖的事，人人都碰得上"))
		if k := c.kept(n); k.Standing != board.Pending || k.Counts() || k.DecideBy.Set() || k.MayShow {
			c.t.Errorf("it goes on, and counts: %+v", k)
		}
		c.refused("decided twice", c.Void(ctx, c.dispatcher, n, form()), "deed.ask-over")
		c.must(c.Void(ctx, c.dispatcher, m, form()))
		if shelf(office.Unsure) != 0 || shelf(office.Red) != 0 {
			c.t.Error("decided, and still on a shelf")
		}
		c.must(c.Confirm(ctx, c.holder(n), n, form(), "")) // late is not never
		if !c.kept(n).Counts() {
			c.t.Error("confirmed after all, and it does not count")
		}
	})
}

func TestWhatWasNotTheirsIsErased(t *testing.T) {
	for name, wrap := range map[string]func(kv.Engine) kv.Engine{"bolt": func(e kv.Engine) kv.Engine { return e }, "twice": twice.New} {
		t.Run(name, func(t *testing.T) {
			engine, err := bolt.Open(filepath.Join(t.TempDir(), "lianxin.db"), bolt.Options{})
			if err != nil {
				t.Fatal(err)
			}
			c := foundOn(t, wrap(engine), noon)
			testErasing(c)
			c.clean()
		})
	}
}

func testErasing(c *county) {
	aide := c.aide("aide", board.ID{}, dongguan)
	d := lamp
	d.Title, d.Body, d.Remark = "SECRETTITLE", "SECRETBODY", "SECRETREMARK"
	in := witness
	in.Witness = "SECRETWITNESS"
	n := c.helpWith(aide, granny, d, in)
	known := granny
	known.Name, known.Phone = lamp.Name, "13800138000"
	who := c.logIn("13800138000", home)
	c.file(who)
	m := c.helpWith(aide, known, d, in)
	c.must(c.Assign(ctx, c.dispatcher, n, form(), c.to(c.lamps)))
	c.must(c.SignFor(ctx, c.handler, n, form()))
	c.must(c.Contact(ctx, c.handler, n, form(), true, "SECRETTALK"))
	stranger, was := c.personOf(n), c.kept(n)
	for _, n := range []board.Number{n, m} {
		c.must(c.Disown(ctx, c.operator, n, form(), "SECRETWORDS"))
		c.must(c.Void(ctx, c.inspector, n, form()))
	}
	k := c.kept(n)
	if k.Standing != board.NotTheirs || !k.Ended || k.Stage != board.Closed || k.Number != n || k.Kind != board.Help || k.TakenBy != aide.Staff ||
		!k.Filed.Equal(was.Filed) || k.Title+k.Body+k.Remark+k.Name+k.Township+k.Village != "" || len(k.Grants)+len(k.FollowUps) != 0 {
		c.t.Errorf("left of it is %+v", k)
	}
	events := c.history(k.Stream())
	for i, e := range events {
		if last := i == len(events)-1; (e.Fact == nil) == last || e.Time.IsZero() || e.Kind == "" {
			c.t.Errorf("event %d, %s, holds %+v", i, e.Kind, e.Fact)
		}
	}
	if e := events[len(events)-1]; e.Kind != "voided" || e.Actor != c.inspector.Staff || !e.Subject.IsZero() {
		c.t.Errorf("the last event is %+v", e.Header)
	}
	for _, e := range c.history(stranger.Stream())[:len(c.history(stranger.Stream()))-1] {
		if e.Fact != nil {
			c.t.Errorf("of somebody who was never there is kept %+v", e.Fact)
		}
	}
	if p := c.personOf(m); p.ID != who.Person || p.Phone() != "13800138000" {
		c.t.Errorf("somebody who is known is forgotten: %+v", p)
	}
	if list := c.listOf(store.OfPerson(who.Person)); len(list) != 2 {
		c.t.Errorf("of their own cases %d are left", len(list))
	}
	for _, deed := range board.Deeds {
		for _, by := range []office.Who{c.dispatcher, c.inspector, c.operator, c.leader, c.holder(n), aide} {
			if _, err := k.May(by.Actor, deed.Deed, c.clock.now()); err == nil {
				c.t.Errorf("%v may still %s", by.Roles, deed.Deed)
			}
		}
	}
	var texts []string
	for _, text := range c.texts(grannys) {
		texts = append(texts, text.Key)
	}
	if !slices.Contains(texts, "sms.frozen") || !slices.Contains(texts, "sms.voided") {
		c.t.Errorf("the phone heard %v", texts)
	}
	c.unsealed("SECRET")
}

// unsealed fails the test when a word can be read in anything that the store
// keeps of any case, person or event, with the keys at hand.
func (c *county) unsealed(word string) {
	c.t.Helper()
	var all []byte
	c.must(c.store.View(ctx, func(tx *store.Tx) error {
		cases, _, err := tx.List(store.Newest(), nil, 100)
		for _, k := range cases {
			all = append(all, asJSON(c, k)...)
			for _, s := range []board.Stream{k.Stream(), {Sort: board.Looks, ID: k.ID}, {Sort: board.Persons, ID: k.Person}} {
				events, err := tx.Events(s)
				c.must(err)
				all = append(all, asJSON(c, events)...)
			}
		}
		return err
	}))
	if i := bytes.Index(all, []byte(word)); i >= 0 {
		c.t.Errorf("it still says …%s…", all[max(0, i-80):min(len(all), i+40)])
	}
}

func TestWhoIsKnownOtherwiseIsNotForgotten(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		nobody := granny
		nobody.Phone = ""
		carded, calling := c.help(aide, nobody, witness), c.help(aide, granny, witness)
		s, cards := c.printed(board.CodeCard, 1)
		c.must(c.HandOut(ctx, c.dispatcher.Actor, s.ID, 1, 1, c.operator.Staff.String()))
		c.must(c.HoldCard(ctx, c.operator, string(cards[0].Serial), office.Holder{Number: string(carded), Checked: true}))
		c.must(c.texted(grannys, "0"))
		for _, n := range []board.Number{carded, calling} {
			c.must(c.Disown(ctx, c.operator, n, form(), ""))
			c.must(c.Void(ctx, c.dispatcher, n, form()))
			if p := c.personOf(n); p.Name != granny.Name {
				c.t.Errorf("somebody with a card, or a call to come, is forgotten: %+v", p)
			}
		}
	})
}

func asJSON(c *county, v any) []byte {
	b, err := json.Marshal(v)
	c.must(err)
	return b
}
