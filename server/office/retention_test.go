package office_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
	"lianxin/store/kv"
	"lianxin/store/kv/bolt"
	"lianxin/store/kv/twice"
)

// night lets go of what is due, as the box does, and tells which cases and how many
// people went.
func (c *county) night() (cases []board.Number, persons int) {
	c.t.Helper()
	ids, err := c.Aged(ctx, 1000)
	c.must(err)
	for _, id := range ids {
		did, err := c.Anonymise(ctx, id, false)
		c.must(err)
		if !did {
			c.t.Errorf("%s is due and was not put away", id)
		}
		c.must(c.store.View(ctx, func(tx *store.Tx) error {
			k, err := tx.Case(id)
			if err == nil {
				cases = append(cases, k.Number)
			}
			return err
		}))
		if again, err := c.Anonymise(ctx, id, false); err != nil || again {
			c.t.Errorf("put away twice: %v", err)
		}
	}
	for from, first := store.Cursor(nil), true; first || from != nil; first = false {
		gone, next, err := c.Faded(ctx, from, 3)
		c.must(err)
		for _, id := range gone {
			did, err := c.Fade(ctx, id, false)
			c.must(err)
			if did {
				persons++
			}
		}
		from = next
	}
	return cases, persons
}

// went holds what a night lets go of against the exact set.
func (c *county) went(when string, persons int, want ...board.Number) {
	c.t.Helper()
	cases, gone := c.night()
	if !same(cases, want) || gone != persons {
		c.t.Errorf("%s: %v went and %d people, want %v and %d", when, cases, gone, want, persons)
	}
	c.clean()
}

// keepFor sets the county's rule.
func (c *county) keepFor(years int) {
	c.t.Helper()
	c.rule(func(r *board.Rules) { r.KeepYears = years })
}

// rule changes the county's rules.
func (c *county) rule(change func(*board.Rules)) {
	c.t.Helper()
	rules := board.DefaultRules()
	change(&rules)
	c.must(c.SetRules(ctx, c.admin.Actor, rules))
}

// solved files a case, has it handled, and rated.
func (c *county) solved(who office.Who, d board.Draft) board.Number {
	c.t.Helper()
	d.Again = true
	n, err := c.File(ctx, who, c.fresh(), d)
	c.must(err)
	c.handled(n)
	who.Opened = []board.ID{c.kept(n).ID} // with the PIN, when it is private
	c.must(c.Rate(ctx, who, n, c.fresh(), board.Rating{Outcome: board.Solved, Speed: 5}))
	return n
}

var forms uint32

// fresh is a form that was never sent.
func (c *county) fresh() (o store.Once) {
	forms++
	o[0], o[1], o[2], o[3] = 0xfe, byte(forms>>16), byte(forms>>8), byte(forms)
	return o
}

// TestTheRuleLetsGoOfExactlyWhatIsDue: fake days, 400 of them under a rule of one
// year, then six years under a rule of five.
func TestTheRuleLetsGoOfExactlyWhatIsDue(t *testing.T) {
	each(t, func(c *county) {
		c.keepFor(1)
		her, his := c.logIn("13800138000", home), c.logIn("13900139000", browserOf("n"))
		private := lamp
		private.Private, private.Public = true, "no"
		old, hidden := c.solved(her, lamp), c.solved(his, private)
		held, asked, waits := c.solved(her, lamp), c.solved(her, lamp), c.another(her, "还没有人答")
		c.must(c.Preserve(ctx, c.inspector, held, c.fresh(), "法院调卷"))
		c.must(c.store.Update(ctx, func(tx *store.Tx) error {
			k, err := tx.CaseByNumber(asked)
			if err != nil {
				return err
			}
			return tx.Append(k.Charge(board.FollowUp{Why: board.AskRate, Way: board.ByCall, From: c.clock.now()}, c.clock.now()))
		}))
		c.went("at once", 0)
		c.clock.add(364 * day)
		young := c.solved(c.logIn("13800138000", home), lamp)
		c.went("after 364 days", 0)
		c.clock.add(36 * day)
		c.went("after 400 days", 1, old, hidden) // he was never seen again
		if k := c.kept(waits); k.Stage != board.Received || k.Body == "" {
			t.Errorf("what nobody has answered is %+v", k)
		}
		for _, n := range []board.Number{held, asked, young} {
			if k := c.kept(n); k.Standing != board.Confirmed || k.Body == "" {
				t.Errorf("kept is %+v", k)
			}
		}
		c.must(c.Release(ctx, c.inspector, held, c.fresh(), "判了"))
		c.went("the hold is over", 0, held)
		c.keepFor(5)
		c.clock.add(6 * 365 * day)
		c.went("after six years more", 1, young) // she still waits for an answer, and to be asked
		if p := c.personOf(waits); p == nil || p.Forgotten {
			t.Errorf("who waits for an answer is %+v", p)
		}
	})
}

// TestWhoCameBackStays: somebody is forgotten only when they were away for as long,
// and nothing else holds them.
func TestWhoCameBackStays(t *testing.T) {
	each(t, func(c *county) {
		c.keepFor(1)
		her := c.logIn("13800138000", home)
		c.solved(her, lamp)
		back := c.logIn("13900139000", browserOf("n"))
		c.solved(back, lamp)
		old := lamp
		old.Private = true
		pin := c.solved(c.logIn("13700137000", browserOf("p")), old)
		c.clock.add(300 * day)
		c.logIn("13900139000", browserOf("n")) // after 300 days she proves the number anew: somebody new
		c.must(c.store.Update(ctx, func(tx *store.Tx) error {
			p, err := tx.Person(back.Person)
			if err != nil {
				return err
			}
			e, err := p.CallMe(back.Actor, "还在", c.clock.now())
			if err != nil {
				return err
			}
			return tx.Append(e)
		}))
		c.clock.add(100 * day)
		if cases, persons := c.night(); len(cases) != 3 || persons != 2 {
			t.Errorf("%v went, and %d people", cases, persons)
		}
		if p := c.person(back.Person); p.Forgotten || p.Name != "还在" {
			t.Errorf("who was heard of 100 days ago is %+v", p)
		}
		if p := c.person(her.Person); !p.Forgotten || len(p.Phones) > 0 {
			t.Errorf("who was away is %+v", p)
		}
		if k := c.kept(pin); k.Standing != board.Anonymised {
			t.Errorf("the private case is %s", k.Standing)
		}
		if again := c.logIn("13800138000", browserOf("z")); again.Person == her.Person || len(c.ofPerson(again.Person)) != 0 {
			t.Error("who logs in with the phone is the one who was forgotten")
		}
		c.clock.add(400 * day)
		if _, persons := c.night(); persons != 3 { // both who logged in since, and who was heard of
			t.Errorf("a year later %d people go", persons)
		}
	})
}

// TestWhoHoldsACardStays: it is good for a year, and nothing tells of a login with
// it but the card.
func TestWhoHoldsACardStays(t *testing.T) {
	each(t, func(c *county) {
		c.keepFor(1)
		her, _, _ := c.cardHeld()
		n := c.ofPerson(her.Person)[0].Number
		c.must(c.Withdraw(ctx, her, n, c.fresh()))
		c.clock.add(8 * day)
		_, err := c.Strike(ctx)
		c.must(err)
		c.clock.add(400 * day)
		c.went("the card was good 43 days ago", 0, n)
		c.clock.add(330 * day)
		c.went("the card has been good for nothing for more than a year", 1)
	})
}

// TestWhoComesBackBeforeTheyGoStays: between the look and the deed.
func TestWhoComesBackBeforeTheyGoStays(t *testing.T) {
	each(t, func(c *county) {
		c.keepFor(1)
		her := c.logIn("13800138000", home)
		c.clock.add(400 * day)
		persons, _, err := c.Faded(ctx, nil, 100)
		if err != nil || len(persons) != 1 {
			t.Fatal(persons, err)
		}
		e, err := c.person(her.Person).CallMe(her.Actor, "回来了", c.clock.now())
		c.must(err)
		c.must(c.store.Update(ctx, func(tx *store.Tx) error { return tx.Append(e) }))
		if did, err := c.Fade(ctx, her.Person, false); err != nil || did || c.person(her.Person).Name != "回来了" {
			t.Errorf("she came back, and is forgotten: %v", err)
		}
	})
}

// TestMergedCasesArePutAwayEachInItsTime.
func TestMergedCasesArePutAwayEachInItsTime(t *testing.T) {
	each(t, func(c *county) {
		c.keepFor(1)
		her, his := c.logIn("13800138000", home), c.logIn("13900139000", browserOf("n"))
		lead, also := c.file(her), c.another(his, "我家门口也黑")
		c.must(c.Merge(ctx, c.dispatcher, also, c.fresh(), string(lead)))
		c.handled(lead)
		c.must(c.Rate(ctx, her, lead, c.fresh(), board.Rating{Outcome: board.Solved}))
		c.unsaid()
		if k := c.kept(also); !k.Ended || k.Published == nil {
			t.Fatalf("the merged one is %+v", k)
		}
		c.clock.add(320 * day)
		c.went("a year after the first ended", 1, lead)
		if k := c.kept(also); k.Body != "我家门口也黑" || k.Stage != board.Closed {
			t.Errorf("the other is %+v", k)
		}
		c.clock.add(50 * day)
		c.went("a year after the second", 1, also)
	})
}

// TestNothingIsLeftInTheFile of what was put away, and what was published is read
// by everybody as before.
func TestNothingIsLeftInTheFile(t *testing.T) {
	for name, wrap := range map[string]func(kv.Engine) kv.Engine{"bolt": func(e kv.Engine) kv.Engine { return e }, "twice": twice.New} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "lianxin.db")
			engine, err := bolt.Open(path, bolt.Options{})
			if err != nil {
				t.Fatal(err)
			}
			c := foundOn(t, wrap(engine), noon)
			c.keepFor(1)
			k := c.known()
			c.must(c.SignFor(ctx, c.handler, k.open, c.fresh()))
			c.must(c.Answer(ctx, c.handler, k.open, c.fresh(), reply))
			c.must(c.Approve(ctx, c.reviewer, k.open, c.fresh()))
			c.must(c.Rate(ctx, k.who, k.open, c.fresh(), board.Rating{Outcome: board.Solved}))
			c.must(c.Note(ctx, c.leader, k.rated, c.fresh(), board.Reveal, "SECRETREASON"))
			sealed := sealedOf(t, engine, k.who.Person)
			shown, err := c.PublicCase(ctx, k.rated)
			c.must(err)
			c.must(c.BindKin(ctx, k.who, c.fresh(), board.Kin{Phone: "13600136000", Name: "SECRETAUNT", Scope: board.KinNotified}))
			c.clock.add(800 * day) // a card of hers ends a year after she got it
			_, err = c.Strike(ctx)
			c.must(err)
			months := c.counts()
			cases, persons := c.night()
			if len(cases) < 2 || persons < 1 || !c.person(k.who.Person).Forgotten {
				t.Fatalf("%v went, and %d people", cases, persons)
			}
			c.unsealed("SECRET")
			if now := c.counts(); now != months {
				t.Errorf("counted are %+v, were %+v", now, months)
			}
			v, err := c.PublicCase(ctx, k.rated)
			if err != nil || *v.Case.Notice != *shown.Case.Notice || *v.Case.Published != *shown.Case.Published || *v.Case.Rating != *shown.Case.Rating ||
				v.Case.Lead != shown.Case.Lead || v.Case.Township != shown.Case.Township || !v.Case.Filed.Equal(shown.Case.Filed) ||
				len(v.Events) != len(shown.Events)+1 || v.Events[len(v.Events)-1].Kind != "anonymised" {
				t.Errorf("anybody reads\n%+v, read was\n%+v, %v", v, shown, err)
			}
			if since, err := c.store.Litter(ctx); err != nil || since.IsZero() {
				t.Errorf("what was erased lies since %s, %v", since, err)
			}
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
			if audit, err := c.store.Verify(ctx, nil, nil); err != nil || !audit.Clean() {
				t.Errorf("verify finds %v, %v", audit.Problems, err)
			}
			c.clean()
		})
	}
}

// counts are figures that must not change when cases are put away.
func (c *county) counts() (n [4]int) {
	c.t.Helper()
	for i, l := range []store.List{store.Newest(), store.Public(""), store.AssistedBetween(noon.AddDate(-1, 0, 0), c.clock.now()), store.Flagged(store.FlagGone)} {
		c.must(c.store.View(ctx, func(tx *store.Tx) (err error) {
			n[i], err = tx.Count(l, 1000)
			return err
		}))
	}
	return n
}

// TestWhatItsPersonFindsOfACaseThatWasPutAway: by login and by number and PIN, that
// it was put away; staff find nobody behind it, and no desk lists it.
func TestWhatItsPersonFindsOfACaseThatWasPutAway(t *testing.T) {
	each(t, func(c *county) {
		c.keepFor(1)
		her := c.logIn("13800138000", home)
		secret := lamp
		secret.Body, secret.Remark, secret.Village = "SECRETBODY", "SECRETREMARK", "SECRETVILLAGE" // what she is called stays as long as she
		n := c.solved(her, secret)
		c.clock.add(300 * day)
		c.file(her) // she is here
		c.clock.add(100 * day)
		c.went("after 400 days", 0, n)
		c.unsealed("SECRET") // though her key is there
		v, err := c.Case(ctx, her, n)
		if err != nil || v.Case.Standing != board.Anonymised || v.Case.Years != 1 || v.Case.Body != "" || len(v.Doable) > 0 || v.Events[len(v.Events)-1].Kind != "anonymised" {
			t.Errorf("she finds %+v, %v", v, err)
		}
		if list, err := c.Cases(ctx, her); err != nil || len(list) != 2 {
			t.Errorf("her list is %v, %v", list, err)
		}
		r, err := c.Receipt(ctx, her, n)
		c.must(err)
		if _, _, err := c.LookUp(ctx, "", string(n), r.PIN, browserOf("k")); err != nil {
			t.Errorf("number and PIN: %v", err)
		}
		for _, by := range []office.Who{c.dispatcher, c.handler, c.leader} {
			if v, err := c.Case(ctx, by, n); err != nil || v.Phone != "" || v.Private || len(v.Doable) > 0 {
				t.Errorf("%v sees %+v, %v", by.Roles, v, err)
			}
		}
		if did, err := c.EraseCase(ctx, office.Box, c.kept(n).ID, false); did || err != nil {
			t.Errorf("erased once more: %t, %v", did, err)
		}
	})
}

func TestAHoldKeepsACaseFromEverybody(t *testing.T) {
	each(t, func(c *county) {
		her := c.logIn("13800138000", home)
		n, other := c.solved(her, lamp), c.solved(her, lamp)
		matter := c.kept(n).ID
		for _, by := range []office.Who{c.dispatcher, c.handler, her} {
			c.refused("by who may not", c.Preserve(ctx, by, n, c.fresh(), "x"), "deed.role")
		}
		c.must(c.Preserve(ctx, c.admin, n, c.fresh(), "法院调卷（2026）东民初12号")) // who reads no case
		for range 2 {
			c.refused("one case", second(c.EraseCase(ctx, office.Box, matter, false)), "erase.held")
			c.refused("its person", second(c.ErasePerson(ctx, office.Box, her.Person, false)), "erase.held")
			c.refused("asked before", c.Unheld(ctx, her.Person, board.ID{}), "erase.held")
		}
		if p := c.person(her.Person); p.Forgotten || len(p.Phones) == 0 {
			t.Errorf("half of it was done: %+v", p)
		}
		c.must(c.Unheld(ctx, board.ID{}, c.kept(other).ID))
		if out, err := c.Outlook(ctx); err != nil || out.Held != 1 {
			t.Errorf("held are %d, %v", out.Held, err)
		}
		c.must(c.Release(ctx, c.inspector, n, c.fresh(), "判决生效"))
		if _, err := c.ErasePerson(ctx, office.Box, her.Person, false); err != nil {
			t.Errorf("released: %v", err)
		}
	})
}

// TestWhatCameBackWithAnOldCopyGoesAgain, whether its time is over by the rule of
// the copy or not; a hold keeps what the rule let go of, and not what its person
// had erased.
func TestWhatCameBackWithAnOldCopyGoesAgain(t *testing.T) {
	each(t, func(c *county) {
		her, his := c.logIn("13800138000", home), c.logIn("13900139000", browserOf("n"))
		n, held, asked := c.solved(her, lamp), c.solved(his, lamp), c.solved(his, lamp)
		c.must(c.Preserve(ctx, c.inspector, held, c.fresh(), "法院调卷"))
		c.must(c.Preserve(ctx, c.inspector, asked, c.fresh(), "法院调卷"))
		c.clock.add(400 * day) // the rule of this copy is five years
		for _, k := range []struct {
			n    board.Number
			want bool
		}{{n, true}, {n, false}, {held, false}} {
			if did, err := c.Anonymise(ctx, c.kept(k.n).ID, true); err != nil || did != k.want {
				t.Errorf("%s: %t, %v", k.n, did, err)
			}
		}
		if k := c.kept(n); k.Years != 1 {
			t.Errorf("after %d years", k.Years)
		}
		if did, err := c.Fade(ctx, her.Person, true); err != nil || !did {
			t.Errorf("she: %t, %v", did, err)
		}
		if did, err := c.Fade(ctx, his.Person, true); err != nil || did {
			t.Errorf("he, of whom two cases are left: %t, %v", did, err)
		}
		if did, err := c.EraseCase(ctx, office.Box, c.kept(asked).ID, true); err != nil || !did {
			t.Errorf("what he had erased: %t, %v", did, err)
		}
	})
}

// TestNightsThatLetNothingGo are those of a new box, of one that nobody watched, of
// a doubted clock and the day after, and of the week after the rule was made
// shorter; and there is one a day.
func TestNightsThatLetNothingGo(t *testing.T) {
	each(t, func(c *county) {
		k := &ticking{county: c}
		o := k.begun()
		k.pass(o, 0)
		at := func(what string, want bool) {
			t.Helper()
			now := c.clock.now().In(board.Zone)
			began := time.Date(now.Year(), now.Month(), now.Day(), 3, 0, 0, 0, board.Zone)
			if now.Before(began) {
				began = began.AddDate(0, 0, -1)
			}
			for range 2 {
				if may, err := o.Tonight(ctx, began); err != nil || may != want {
					t.Errorf("%s: %t, %v", what, may, err)
				}
			}
			if want {
				c.must(o.LetGo(ctx, 1, 1, nil))
				if may, err := o.Tonight(ctx, began); err != nil || may {
					t.Errorf("%s: twice in one night, %v", what, err)
				}
			}
		}
		sleep := func() { // in looks of a minute nothing is doubted
			for range 144 {
				if k.pass(o, 10*time.Minute) {
					t.Error("doubted")
				}
			}
		}
		at("a new box", false)
		sleep()
		at("the second night", true)
		sleep()
		at("the third", true)
		if !k.set(o, 40*day) {
			t.Fatal("forty days are believed")
		}
		at("forty days on", false)
		k.clock.add(-40 * day)
		c.must(o.ConfirmClock(ctx))
		at("the minute after it was set right", false)
		k.clock.add(20 * time.Hour)
		k.up += 20 * time.Hour
		k.pass(o, 0)
		at("within the first day", false)
		sleep()
		at("the night after", true)
		k.clock.add(5 * day) // off
		o = k.begun()
		k.pass(o, 0)
		at("after five days off", false)
		sleep()
		at("the night after that", true)
		c.keepFor(1)
		sleep()
		at("the rule is shorter", false)
		for range 6 {
			sleep()
			at("and within a week", false)
		}
		sleep()
		at("a week later", true)
		c.keepFor(9)
		sleep()
		at("longer again", true)
	})
}

// TestAnImportDoesNotBringBackWhatWasPutAway: the same table once more finds it.
func TestAnImportDoesNotBringBackWhatWasPutAway(t *testing.T) {
	each(t, func(c *county) {
		c.keepFor(1)
		rows := []office.Imported{{Line: 2, Source: "12345:7", Kind: board.Ask, Title: "SECRET", Body: "SECRET", Filed: noon.AddDate(-1, 0, 0)}}
		if added, _, faults, err := c.Import(ctx, rows); added != 1 || err != nil {
			t.Fatal(added, faults, err)
		}
		n := c.listOf(store.Newest())[0].Number
		c.must(c.Decline(ctx, c.dispatcher, n, c.fresh(), "in-court", "法院在审"))
		c.clock.add(60 * day)
		_, err := c.Strike(ctx)
		c.must(err)
		c.clock.add(366 * day)
		c.went("a year after it ended here", 1, n)
		c.unsealed("SECRET")
		if added, known, _, err := c.Import(ctx, rows); added != 0 || known != 1 || err != nil {
			t.Errorf("the table once more: %d new, %d known, %v", added, known, err)
		}
	})
}
