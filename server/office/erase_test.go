package office_test

import (
	"bytes"
	"errors"
	"os"
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

// known is somebody of whom the county knows all that it can know of anybody.
type known struct {
	who                    office.Who
	rated, open, merged    board.Number // the third is a neighbour's, merged into the second
	neighbour              func() office.Who
	phone, kin, neighbours board.Phone
}

func (c *county) known() known {
	c.t.Helper()
	k := known{phone: "13800138000", kin: "13700137000", neighbours: "13900139000"}
	her := c.in(k.phone, home)
	k.who = her()
	c.must(c.ChangeMe(ctx, k.who, "SECRETNAME", board.ByText))
	d := lamp
	d.Kind, d.Title, d.Body, d.Remark, d.Name, d.Public = board.Suggest, "SECRETTITLE", "SECRETBODY", "SECRETREMARK", "SECRETNAME", "yes"
	var err error
	k.rated, err = c.File(ctx, her(), form(), d)
	c.must(err)
	c.must(c.Publish(ctx, c.dispatcher, k.rated, form(), board.Notice{Title: "路灯坏了", Body: "请修一修"}))
	said := reply
	said.Found = "SECRETNAME 家门口的灯坏了"
	c.handledWith(k.rated, said)
	c.must(c.Rate(ctx, her(), k.rated, form(), board.Rating{Outcome: board.Solved, Words: "SECRETTHANKS"}))
	d.Body, d.Public = "SECRETOTHER", "no"
	k.open, err = c.File(ctx, her(), form(), d)
	c.must(err)
	k.neighbour = c.in(k.neighbours, browserOf("n"))
	k.merged = c.another(k.neighbour(), "我家门口也黑")
	c.must(c.Merge(ctx, c.dispatcher, k.merged, form(), string(k.open)))
	c.must(c.Assign(ctx, c.dispatcher, k.open, form(), c.to(c.lamps)))
	c.must(c.BindKin(ctx, her(), form(), board.Kin{Phone: k.kin, Name: "SECRETSON", Scope: board.KinNotified}))
	c.must(c.SaveDraft(ctx, her(), board.Draft{Body: "SECRETDRAFT", Public: "maybe"}))
	s, cards := c.printed(board.CodeCard, 1)
	c.must(c.HandOut(ctx, c.dispatcher.Actor, s.ID, 1, 1, c.operator.Staff.String()))
	c.must(c.HoldCard(ctx, c.operator, string(cards[0].Serial), office.Holder{Number: string(k.open), Checked: true}))
	return k
}

func TestAPersonIsErased(t *testing.T) {
	for name, wrap := range map[string]func(kv.Engine) kv.Engine{"bolt": func(e kv.Engine) kv.Engine { return e }, "twice": twice.New} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "lianxin.db")
			engine, err := bolt.Open(path, bolt.Options{})
			if err != nil {
				t.Fatal(err)
			}
			c := foundOn(t, wrap(engine), noon)
			k := c.known()
			sealed := sealedOf(t, engine, k.who.Person)
			person, _, err := c.Named(ctx, k.rated)
			if err != nil || person != k.who.Person {
				t.Fatalf("the number names %s, %v", person, err)
			}
			c.refusedAny("by the desk", second(c.ErasePerson(ctx, c.admin.Actor, person, false)), "deed.role")
			for range 2 { // erasing who is erased changes nothing
				if n, err := c.ErasePerson(ctx, office.Box, person, false); err != nil || n != 2 {
					t.Errorf("%d cases, %v", n, err)
				}
				c.clean()
			}
			c.erased(k)
			if _, _, err := engine.Compact(ctx); err != nil {
				t.Fatal(err)
			}
			raw, err := os.ReadFile(path)
			c.must(err)
			for what, bytesOf := range sealed {
				if bytes.Contains(raw, bytesOf) {
					t.Errorf("%x is still in the file", what)
				}
			}
			audit, err := c.store.Verify(ctx, nil, nil)
			if err != nil || !audit.Clean() {
				t.Errorf("verify finds %v, %v", audit.Problems, err)
			}
			c.clean()
		})
	}
}

func second[T any](_ T, err error) error { return err }

// sealedOf gives the person's wrapped key, and every fact of the store, as they
// lie in the file.
func sealedOf(t *testing.T, e kv.Engine, person board.ID) map[string][]byte {
	t.Helper()
	sealed := map[string][]byte{}
	if err := e.View(ctx, func(tx kv.Tx) error {
		wrapped, err := tx.Get(append([]byte{'k'}, person[:]...))
		sealed["the key"] = wrapped
		for pair, err := range tx.Scan(append([]byte("fp"), person[:]...), append([]byte("fp"), append(bytes.Clone(person[:15]), 255)...)) {
			if err != nil {
				return err
			}
			sealed[string(pair.Key)] = pair.Value
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if len(sealed) < 3 || sealed["the key"] == nil {
		t.Fatalf("only %d sealed values", len(sealed))
	}
	return sealed
}

// erased holds what is left against what may be left.
func (c *county) erased(k known) {
	c.t.Helper()
	c.unsealed("SECRET")
	open, rated := c.kept(k.open), c.kept(k.rated)
	if !open.Ended || open.Stage != board.Closed || open.Move() != (board.Next{}) || open.Public != board.Hidden || open.Lead != c.lamps || !open.Counts() {
		c.t.Errorf("the open case is %+v", open)
	}
	if rated.Rating == nil || rated.Rating.Outcome != board.Solved || rated.Public != board.Shown || rated.Standing != board.Erased || rated.Keeper() != (board.ID{}) {
		c.t.Errorf("the rated case is %+v", rated)
	}
	v, err := c.PublicCase(ctx, k.rated)
	if err != nil || v.Case.Title != "路灯坏了" || v.Case.Published == nil || v.Case.Published.Found != "＊＊ 家门口的灯坏了" || v.Case.Rating == nil || v.Events[len(v.Events)-1].Kind != "erased" {
		c.t.Errorf("anybody reads %+v, %v", v.Case, err)
	}
	if m := c.kept(k.merged); m.Stage != board.Received || m.Move().Role != board.Dispatcher || !m.Move().By.Set() || m.Body != "我家门口也黑" {
		c.t.Errorf("what was merged into it waits for %+v", m.Move())
	}
	for _, by := range []office.Who{c.dispatcher, c.leader, c.handler} {
		if v, err := c.Case(ctx, by, k.open); err != nil || v.Phone != "" || len(v.Doable) > 0 {
			c.t.Errorf("%v sees %+v, %v", by.Roles, v, err)
		}
	}
	if who, _ := c.Who(ctx, c.token); who.IsResident() && who.Person == k.who.Person {
		c.t.Error("their session is still open")
	}
	_, err = c.Case(ctx, k.who, k.rated)
	c.refused("who was logged in", err, "case.missing")
	c.must(c.store.View(ctx, func(tx *store.Tx) error {
		on, err := tx.PersonsByPhone(k.phone)
		kin, err2 := tx.PersonsByKin(k.kin)
		cards, err3 := tx.CardsOf(k.who.Person)
		d, err4 := tx.Draft(k.who.Person, board.ID{}, c.clock.now())
		if len(on)+len(kin)+len(cards) != 0 || d != nil {
			c.t.Errorf("left are %d phones, %d relatives, %d cards, a draft: %v", len(on), len(kin), len(cards), d)
		}
		waiting, err5 := tx.Outbox(100, c.clock.now())
		for _, text := range waiting {
			if text.To == k.phone || text.To == k.kin {
				c.t.Errorf("%s waits for a phone of theirs", text.Key)
			}
		}
		return errors.Join(err, err2, err3, err4, err5)
	}))
	c.must(c.Hide(ctx, c.dispatcher, k.rated, form(), "再也不公开"))
	if _, err := c.PublicCase(ctx, k.rated); err == nil {
		c.t.Error("hidden, and anybody may read it")
	}
	if again := c.logIn(k.phone, browserOf("z")); again.Person == k.who.Person || len(c.ofPerson(again.Person)) != 0 {
		c.t.Error("who logs in with the phone is the one who was erased")
	}
}

func TestOneCaseIsErased(t *testing.T) {
	each(t, func(c *county) {
		k := c.known()
		_, matter, err := c.Named(ctx, k.open)
		c.must(err)
		for i := range 2 {
			if did, err := c.EraseCase(ctx, office.Box, matter, false); err != nil || did != (i == 0) {
				c.t.Errorf("time %d: %t, %v", i, did, err)
			}
		}
		if open, rated := c.kept(k.open), c.kept(k.rated); open.Standing != board.Erased || open.Body != "" || rated.Body != "SECRETBODY" {
			c.t.Errorf("erased is %q, kept is %q", open.Body, rated.Body)
		}
		if list, err := c.Cases(ctx, k.who); err != nil || len(list) != 1 || list[0].Number != k.rated {
			c.t.Errorf("they see %v, %v", list, err)
		}
		if p := c.person(k.who.Person); p.Name != "SECRETNAME" || len(p.Kin) != 1 {
			c.t.Errorf("and of them is known %+v", p)
		}
		c.clock.add(time.Minute)
		c.another(k.who, "还有一件事") // they are here as before
	})
}

// TestAHouseholdStaysWhenOneOfItIsErased: the phone is also somebody else's, with
// their texts, and who acted for another acts no more.
func TestAHouseholdStaysWhenOneOfItIsErased(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		one, two := granny, granny
		two.Name = "王大爷"
		n, m := c.help(aide, one, witness), c.helpWith(aide, two, board.Draft{Kind: board.Ask, Body: "问社保", Township: "东关镇", Village: "东关村", Name: two.Name, Public: "no"}, witness)
		if c.personOf(n).ID == c.personOf(m).ID {
			c.t.Fatal("they are one")
		}
		_, err := c.ErasePerson(ctx, office.Box, c.personOf(n).ID, false)
		c.must(err)
		var waits []string
		c.must(c.store.View(ctx, func(tx *store.Tx) error {
			texts, err := tx.Outbox(100, c.clock.now())
			for _, t := range texts {
				waits = append(waits, t.Args["Number"])
			}
			return err
		}))
		if slices.Contains(waits, n.Grouped()) || !slices.Contains(waits, m.Grouped()) {
			c.t.Errorf("texts wait about %v", waits)
		}
		if p := c.personOf(m); p.Phone() != grannys || p.Name != two.Name {
			c.t.Errorf("the other of the household is %+v", p)
		}
	})
}
