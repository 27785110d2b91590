package office_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

// from is a browser of its own at an address of its own.
func from(i int) office.Origin {
	return office.Origin{Browser: fmt.Sprint("browser ", i), Address: netip.AddrFrom4([4]byte{10, 2, byte(i >> 8), byte(i)})}
}

// nextHour is when nothing of an hour's limits is left.
func (c *county) nextHour() { c.clock.add(time.Hour + time.Minute) }

// reached counts the phones of these that a code came to.
func (c *county) reached(phones []string) (n int) {
	for _, p := range phones {
		n += min(1, len(c.texts(board.Phone(p))))
	}
	return n
}

func TestNoTwoLoginsShareACode(t *testing.T) {
	each(t, func(c *county) {
		codes := map[string]bool{}
		for i := range 8 {
			p := fmt.Sprintf("13%d00138000", i)
			_, err := c.SendCode(ctx, p, "zh-Hans", from(i))
			c.must(err)
			codes[c.lastCode(board.Phone(p))] = true
		}
		if len(codes) < 7 { // of a million, two may be alike by chance
			c.t.Errorf("eight logins have %d codes", len(codes))
		}
	})
}

func TestACodeThatHasGrownOldIsFollowedByAnother(t *testing.T) {
	each(t, func(c *county) {
		a, err := c.SendCode(ctx, string(phone), "zh-Hans", home)
		c.must(err)
		old := c.lastCode(phone)
		c.clock.add(8 * time.Minute)
		c.must(c.SendAgain(ctx, a, home))
		fresh := c.lastCode(phone)
		if fresh == old {
			c.t.Error("two minutes before its end the code goes out once more")
		}
		_, err = c.LogIn(ctx, a, old, home)
		c.refused("the old code", err, "code.wrong")
		if _, err := c.LogIn(ctx, a, fresh, home); err != nil {
			c.t.Errorf("the new code: %v", err)
		}
	})
}

// Who mistypes is told how, and keeps all five tries.
func TestWhatIsNoCodeIsNoTry(t *testing.T) {
	each(t, func(c *county) {
		a, err := c.SendCode(ctx, string(phone), "zh-Hans", home)
		c.must(err)
		for range board.CodeTries + 1 {
			for typed, id := range map[string]string{"": "code.empty", "12 34": "code.shape", "abcdef": "code.shape"} {
				_, err := c.LogIn(ctx, a, typed, home)
				c.refused(typed, err, id)
			}
		}
		if _, err := c.LogIn(ctx, a, c.lastCode(phone), home); err != nil {
			c.t.Errorf("the right code after that: %v", err)
		}
	})
}

func TestAWrongCodeProvesNothing(t *testing.T) {
	each(t, func(c *county) {
		a, err := c.SendCode(ctx, string(phone), "zh-Hans", home)
		c.must(err)
		wrong := fmt.Sprintf("%06d", (atoi(board.Digits(c.lastCode(phone)))+1)%1_000_000)
		token, err := c.LogIn(ctx, a, wrong, home)
		c.refused("a wrong code", err, "code.wrong")
		if token != "" {
			c.t.Error("a token was given for it")
		}
		c.must(c.store.View(ctx, func(tx *store.Tx) error {
			persons, err := tx.PersonsByPhone(phone)
			if len(persons) > 0 {
				c.t.Errorf("it made %d people of the phone", len(persons))
			}
			return err
		}))
	})
}

// A hundred wrong guesses within an hour make codes longer for everybody; a
// hundred people who log in do not.
func TestRightCodesAreNoGuesses(t *testing.T) {
	each(t, func(c *county) {
		r := board.DefaultRules()
		r.DayTexts = 1000 // it is a lively day
		c.must(c.SetRules(ctx, c.admin.Actor, r))
		for i := range board.WrongPerHour + 1 {
			c.logIn(board.Phone(fmt.Sprintf("13%09d", i*1_0007)), from(i))
		}
		_, err := c.SendCode(ctx, string(phone), "zh-Hans", home)
		c.must(err)
		if code := c.lastCode(phone); !grouped.MatchString(code) {
			c.t.Errorf("the code is %q", code)
		}
	})
}

// The same address serves a village, the same browser a family; beyond that
// somebody tries out phones.
func TestOneAddressAndOneBrowserReachSoManyPhones(t *testing.T) {
	each(t, func(c *county) {
		block := func(i int) string { return fmt.Sprintf("13%d%04d0000", i%10, i) } // each in a block of its own
		var some, others []string
		for i := range 25 {
			some = append(some, block(i))
			_, err := c.SendCode(ctx, some[i], "zh-Hans", office.Origin{Browser: fmt.Sprint("b", i), Address: home.Address})
			c.must(err)
			c.clock.add(time.Minute) // at once it reaches fewer, see TestAVillageBehindOneAddress
		}
		if n := c.reached(some); n != 20 {
			c.t.Errorf("one address reached %d phones in an hour, want 20", n)
		}
		for i := range 5 {
			others = append(others, block(100+i))
			_, err := c.SendCode(ctx, others[i], "zh-Hans", office.Origin{Browser: "one", Address: from(i).Address})
			c.must(err)
		}
		if n := c.reached(others); n != 3 {
			c.t.Errorf("one browser reached %d phones in a day, want 3", n)
		}
		c.nextHour()
		_, err := c.SendCode(ctx, some[24], "zh-Hans", office.Origin{Browser: "b24", Address: home.Address})
		c.must(err)
		if c.reached(some[24:]) != 1 {
			c.t.Error("in the next hour the address reaches no further phone")
		}
	})
}

// A block of numbers goes on as long as three in ten of its codes are typed.
func TestABlockThatTypesItsCodesIsNotPaused(t *testing.T) {
	for typed, open := range map[int]bool{4: false, 5: true} {
		t.Run(fmt.Sprint(typed, " of 16"), func(t *testing.T) {
			each(t, func(c *county) {
				for i := range 16 {
					p := board.Phone(fmt.Sprintf("1370000%04d", i))
					a, err := c.SendCode(ctx, string(p), "zh-Hans", from(i))
					c.must(err)
					if i < typed {
						_, err := c.LogIn(ctx, a, c.lastCode(p), from(i))
						c.must(err)
					}
				}
				_, err := c.SendCode(ctx, "13700009999", "zh-Hans", from(99))
				c.must(err)
				if n := c.reached([]string{"13700009999"}); (n == 1) != open {
					c.t.Errorf("the 17th code of the block: %d texts", n)
				}
			})
		})
	}
}

// Nobody learns which cards were printed, or given to somebody.
func TestEveryCardAsksForSomeCode(t *testing.T) {
	each(t, func(c *county) {
		_, cards := c.printed(board.CodeCard, 20)
		asked := func(serials []board.Serial) (codes []int) {
			for _, s := range serials {
				_, code, err := c.AskCard(ctx, string(s))
				c.must(err)
				if _, again, err := c.AskCard(ctx, string(s)); err != nil || again != code {
					c.t.Errorf("%s asks for %d, then for %d", s, code, again)
				}
				if code < 1 || code > board.CardCodes {
					c.t.Errorf("%s asks for code %d of %d", s, code, board.CardCodes)
				}
				codes = append(codes, code)
			}
			slices.Sort(codes)
			return slices.Compact(codes)
		}
		var printed, unknown []board.Serial
		for i, card := range cards {
			printed = append(printed, card.Serial)
			for no := range 20 {
				unknown = append(unknown, board.NewSerial(board.CodeCard, 2+i, no+1))
			}
		}
		if n := len(asked(unknown)); n != board.CardCodes {
			c.t.Errorf("cards that were never printed ask for %d codes", n)
		}
		if n := len(asked(printed)); n < 5 {
			c.t.Errorf("cards that nobody holds ask for %d codes: that tells them apart", n)
		}
	})
}

func TestHowLongEachKindOfVisitLasts(t *testing.T) {
	each(t, func(c *county) {
		who := c.logIn(phone, home)
		n := c.file(who)
		r, err := c.Receipt(ctx, who, n)
		c.must(err)
		opened, _, err := c.LookUp(ctx, "", n.Grouped(), r.PIN, home)
		c.must(err)
		stays := func(token string, wait time.Duration, times int) bool {
			for range times {
				c.clock.add(wait)
				by, err := c.Who(ctx, token)
				c.must(err)
				if by.Session == [32]byte{} {
					return false
				}
			}
			return true
		}
		if !stays(opened, 29*time.Minute, 3) {
			c.t.Error("whoever reads a case by its PIN is sent away while they read")
		}
		if stays(opened, 31*time.Minute, 1) {
			c.t.Error("a case opened by PIN is open after half an hour")
		}
		_, cards := c.printed(board.CodeCard, 1)
		c.must(c.HoldCard(ctx, c.operator, string(cards[0].Serial), office.Holder{Number: n.Grouped(), Checked: true}))
		_, asked, err := c.AskCard(ctx, string(cards[0].Serial))
		c.must(err)
		card, err := c.CardLogIn(ctx, string(cards[0].Serial), cards[0].Codes[asked-1], home)
		c.must(err)
		if !stays(card, 2*24*time.Hour, 3) || stays(card, 8*24*time.Hour, 1) {
			c.t.Error("who came with a card stays a week from the last visit")
		}
	})
}

// Whoever is told to wait is told the minutes, rounded up.
func TestARefusalSaysHowLongToWait(t *testing.T) {
	each(t, func(c *county) {
		n := c.file(c.logIn(phone, home))
		for range 5 {
			_, _, err := c.LookUp(ctx, "", n.Grouped(), "000000", away)
			c.refused("a wrong PIN", err, "lookup.wrong")
		}
		c.clock.add(30 * time.Second)
		for _, minutes := range []int{15, 14} {
			_, _, err := c.LookUp(ctx, "", n.Grouped(), "000000", away)
			f, _ := board.Faults(err)
			if len(f) != 1 || fmt.Sprint(f[0].Args) != fmt.Sprintf("[Count %d]", minutes) {
				c.t.Errorf("%v, want %d minutes", err, minutes)
			}
			c.clock.add(time.Minute)
		}
	})
}
