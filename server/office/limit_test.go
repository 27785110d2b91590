package office_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
	"lianxin/store/kv"
)

// plain is a county on one engine, for what is done hundreds of times.
func plain(t *testing.T) *county { return found(t, func(e kv.Engine) kv.Engine { return e }) }

// stranger is one of many browsers on many networks.
func stranger(i int) office.Origin {
	return office.Origin{Browser: fmt.Sprint("stranger", i), Address: netip.AddrFrom4([4]byte{100, 64 + byte(i>>14), byte(i >> 6), byte(i << 2)})}
}

// phoneOf is one of many numbers, each of a block of its own.
func phoneOf(i int) string { return fmt.Sprintf("13%05d%04d", i%100_000, i%10_000) }

// bootKey is the key of one-time codes of a county's office, which the test's
// own random source gave it.
func bootKey(t *testing.T) (boot [32]byte) {
	t.Helper()
	if _, err := rand.NewChaCha8([32]byte{9}).Read(boot[:]); err != nil {
		t.Fatal(err)
	}
	return boot
}

// derived is what the code of an attempt's first round would be.
func derived(t *testing.T, id board.ID) string {
	boot := bootKey(t)
	mac := hmac.New(sha256.New, boot[:])
	mac.Write(id[:])
	mac.Write([]byte{0, 0, 0, 0})
	return fmt.Sprintf("%06d", binary.BigEndian.Uint64(mac.Sum(nil))%1_000_000)
}

func (c *county) ask(phone string, from office.Origin) board.ID {
	c.t.Helper()
	id, err := c.SendCode(ctx, phone, "zh-Hans", from)
	c.must(err)
	return id
}

// Attempts cost nothing, texts do: of all that strangers begin for one phone
// within a day, only those whose text went out can be guessed at, so that the
// odds stay below 1 in 10,000.
func TestGuessingAtOnePhone(t *testing.T) {
	c := plain(t)
	holder := home
	holder.Token = c.loggedIn("13800138000", home)
	texted := len(c.texts("13800138000"))
	guessable := 0
	for i := range 200 {
		c.clock.add(6 * time.Minute)
		a := c.ask("13800138000", stranger(i))
		if n := len(c.texts("13800138000")); n > texted {
			texted, guessable = n, guessable+board.CodeTries
			if derived(t, a) != board.Digits(c.lastCode("13800138000")) {
				t.Fatal("this test does not know how a code is made")
			}
			continue
		}
		_, err := c.LogIn(ctx, a, derived(t, a), stranger(i))
		c.refused("the right code of an attempt that sent none", err, "code.wrong")
	}
	if odds := float64(guessable) / 1e6; guessable == 0 || odds > 1e-4 {
		t.Errorf("%d guesses a day that may be right: odds of %g", guessable, odds)
	}
	c.ask("13800138000", home)
	if n := len(c.texts("13800138000")); n != texted {
		t.Error("a browser that forgot its login gets one of the codes that are kept for the holder")
	}
	c.loggedIn("13800138000", holder)
}

// loggedIn logs in and gives the token.
func (c *county) loggedIn(phone board.Phone, at office.Origin) string {
	c.t.Helper()
	a := c.ask(string(phone), at)
	token, err := c.LogIn(ctx, a, c.lastCode(phone), at)
	c.must(err)
	return token
}

// A browser that others use is not remembered as the holder's, even while it has
// the cookie.
func TestASharedBrowserIsNobodys(t *testing.T) {
	c := plain(t)
	shared := office.Origin{Browser: "window", Address: home.Address, Stay: office.StayBrief}
	shared.Token = c.loggedIn("13800138000", shared)
	for i := range 100 {
		c.clock.add(10 * time.Minute)
		c.ask("13800138000", stranger(i))
	}
	sent := len(c.texts("13800138000"))
	c.ask("13800138000", shared)
	if n := len(c.texts("13800138000")); n != sent {
		t.Error("whoever comes to the shared browser next gets the codes kept for the holder")
	}
}

// One victim, 500 networks, a day.
func TestFloodingOnePhone(t *testing.T) {
	c := plain(t)
	for i := range 500 {
		c.ask("13800138000", stranger(i))
		c.clock.add(24 * time.Hour / 500)
	}
	if n := len(c.texts("13800138000")); n == 0 || n > board.SendsPerDay {
		t.Errorf("%d texts", n)
	}
}

// Wrong codes from many networks make new codes longer, until an hour is quiet.
func TestManyWrongCodesMakeLongerOnes(t *testing.T) {
	c := plain(t)
	digits := func(i int) int {
		phone := board.Phone(phoneOf(5000 + i))
		c.ask(string(phone), stranger(9000+i))
		return len(board.Digits(c.lastCode(phone)))
	}
	if digits(0) != 6 {
		t.Fatal("codes are long on a quiet day")
	}
	for i := range board.WrongPerHour / 2 { // each wrong twice
		a := c.ask(phoneOf(i), stranger(i))
		for range 2 {
			_, err := c.LogIn(ctx, a, "00000000", stranger(i))
			c.refused("a wrong code", err, "code.wrong")
		}
	}
	if s, err := c.Spending(ctx); err != nil || !s.Loud() {
		t.Errorf("nobody is told: %+v, %v", s, err)
	}
	if n := digits(1); n != 8 {
		t.Errorf("after %d wrong codes a new one has %d digits", board.WrongPerHour, n)
	}
	c.clock.add(59 * time.Minute)
	if n := digits(2); n != 8 {
		t.Errorf("before an hour was quiet a new code has %d digits", n)
	}
	c.clock.add(62 * time.Minute)
	if n := digits(3); n != 6 {
		t.Errorf("after a quiet hour a new code has %d digits", n)
	}
}

// Numbers in thousands: no more texts than the day's budget; whoever the county
// knows still gets a code, at the very end whoever waits for an answer.
func TestPumpingTexts(t *testing.T) {
	c := plain(t)
	c.logIn("13900139000", home)
	waits := c.logIn("13900139001", office.Origin{Browser: "b2", Address: home.Address})
	c.file(waits)
	c.clock.add(time.Hour)
	at := 0
	pump := func(hours int) {
		for range hours {
			for range 130 {
				c.ask(phoneOf(at), stranger(at))
				at++
			}
			c.clock.add(time.Hour)
		}
	}
	pump(4)
	s, err := c.Spending(ctx)
	c.must(err)
	if most := board.DefaultRules().DayTexts; s.MostDay != most || s.Day != most*8/10 || !s.Scarce() {
		t.Errorf("strangers had %d of %d texts sent: %+v", s.Day, most, s)
	}
	reaches := func(phone board.Phone, b string) bool {
		at++
		before := len(c.texts(phone))
		c.ask(string(phone), office.Origin{Browser: b, Address: stranger(at).Address})
		return len(c.texts(phone)) > before
	}
	if !reaches("13900139000", "b1") {
		t.Error("somebody whom the county knows gets no code")
	}
	if reaches("13700137999", "b9") {
		t.Error("a new number gets a code")
	}
	for i := 0; ; i++ { // numbers that are known to the county use the reserve up to its half
		phone := board.Phone(phoneOf(700 + i))
		c.must(c.store.Update(ctx, func(tx *store.Tx) error {
			id, err := board.NewID(c.clock.now(), staffIDs)
			c.must(err)
			return tx.Append(board.Join(id, board.Actor{Person: id, Roles: board.Roles{board.Resident}}, board.Joined{Phone: phone, Lang: "zh-Hans"}, c.clock.now()))
		}))
		if !reaches(phone, fmt.Sprint("k", i)) {
			break
		}
		if i > 40 {
			t.Fatal("known numbers use the whole reserve up")
		}
	}
	if !reaches("13900139001", "b2") {
		t.Error("somebody who waits for an answer gets no code")
	}
	c.clock.add(24 * time.Hour)
	if !reaches("13700137999", "b9") {
		t.Error("the next day a new number gets no code")
	}
}

// A busy county may send more: three of its usual days.
func TestTheBudgetGrowsWithTheCounty(t *testing.T) {
	c := plain(t)
	day := store.Limit{Name: "texts-of-day", Max: 1 << 30, Window: 29 * 24 * time.Hour}
	for range 28 {
		c.must(c.store.Update(ctx, func(tx *store.Tx) error {
			for range 150 {
				if _, err := tx.Add(day, c.clock.now().In(board.Zone).Format(time.DateOnly), c.clock.now()); err != nil {
					return err
				}
			}
			return nil
		}))
		c.clock.add(24 * time.Hour)
	}
	if s, err := c.Spending(ctx); err != nil || s.MostDay != 450 || s.MostHour != 225 || s.Day != 0 {
		t.Errorf("%+v, %v", s, err)
	}
}

// Sixty people behind one address within an hour, each types the code a minute
// later: they all get in. Whoever only asks has twenty, five at once.
func TestAVillageBehindOneAddress(t *testing.T) {
	c := plain(t)
	in := 0
	for i := range 60 {
		at := office.Origin{Browser: fmt.Sprint("villager", i), Address: home.Address}
		phone := board.Phone(phoneOf(i))
		a := c.ask(string(phone), at)
		c.clock.add(time.Minute)
		if texts := c.texts(phone); len(texts) == 1 {
			_, err := c.LogIn(ctx, a, texts[0].Args["Code"], at)
			c.must(err)
			in++
		}
	}
	if in < 57 {
		t.Errorf("%d of 60 are in at the first attempt", in)
	}
	c.clock.add(2 * time.Hour)
	asked := func(n, first int, wait time.Duration, hall bool) (reached int) {
		for i := range n {
			phone := phoneOf(first + i)
			c.ask(phone, office.Origin{Browser: fmt.Sprint("asks", first+i), Address: home.Address, Hall: hall})
			reached += len(c.texts(board.Phone(phone)))
			c.clock.add(wait)
		}
		return reached
	}
	if n := asked(8, 1000, time.Second, false); n != 5 {
		t.Errorf("at once one address reached %d phones", n)
	}
	c.clock.add(2 * time.Hour)
	if n := asked(30, 2000, time.Minute, false); n != 20 {
		t.Errorf("in half an hour one address reached %d phones", n)
	}
	if n := asked(30, 3000, time.Second, true); n != 30 {
		t.Errorf("from the county's own hall %d of 30 phones were reached", n)
	}
}

// A house has a whole /64 of addresses of the new kind.
func TestAHouseIsOneNetwork(t *testing.T) {
	c := plain(t)
	reached := 0
	for i := range 10 {
		addr := netip.MustParseAddr(fmt.Sprintf("2001:db8:1:2::%x", i+1))
		c.ask(phoneOf(i), office.Origin{Browser: fmt.Sprint("room", i), Address: addr})
		reached += len(c.texts(board.Phone(phoneOf(i))))
	}
	if reached != 5 {
		t.Errorf("one house reached %d phones at once", reached)
	}
}

// A browser asks for three phones a day.
func TestABrowserAsksForThreePhones(t *testing.T) {
	c := plain(t)
	reached := 0
	for i := range 6 {
		c.ask(phoneOf(i), office.Origin{Browser: "one", Address: stranger(i).Address})
		reached += len(c.texts(board.Phone(phoneOf(i))))
	}
	if reached != 3 {
		t.Errorf("one browser reached %d phones", reached)
	}
}

// Numbers bought in a block are paused after sixteen codes of which few came
// back; a block whose people type them is not.
func TestABlockOfNumbers(t *testing.T) {
	c := plain(t)
	ask := func(block string, i int, types bool) bool {
		phone := board.Phone(fmt.Sprintf("%s%04d", block, i))
		a := c.ask(string(phone), stranger(i))
		texts := c.texts(phone)
		if types && len(texts) == 1 {
			_, err := c.LogIn(ctx, a, texts[0].Args["Code"], stranger(i))
			c.must(err)
		}
		return len(texts) == 1
	}
	pumped, honest := 0, 0
	for i := range 25 {
		if ask("1370000", i, false) {
			pumped++
		}
		if ask("1380000", i, i%3 == 0) {
			honest++
		}
	}
	if pumped != 16 || honest != 25 {
		t.Errorf("%d codes to a block that types none, %d to one that types a third", pumped, honest)
	}
	c.clock.add(time.Hour)
	if !ask("1370000", 30, false) {
		t.Error("the block is still paused after an hour")
	}
}

// Wrong codes make their browser and their network wait, longer the second time.
func TestWaitsAfterWrongCodesGrow(t *testing.T) {
	c := plain(t)
	wrong := func(phone string) error {
		at := office.Origin{Browser: "one", Address: home.Address, Hall: true}
		_, err := c.LogIn(ctx, c.ask(phone, at), "000000", at)
		return err
	}
	try := func(n int) (waits int) {
		for i := range n {
			if faults, _ := board.Faults(wrong(phoneOf(i / 4))); len(faults) == 1 && faults[0].ID == "code.wait" {
				waits++
			}
		}
		return waits
	}
	if n := try(15); n != 5 {
		t.Errorf("of 15 wrong codes %d had to wait", n)
	}
	c.clock.add(time.Hour)
	if n := try(15); n != 5 {
		t.Errorf("an hour later, of 15 wrong codes %d had to wait", n)
	}
	c.clock.add(time.Hour)
	if n := try(3); n != 3 {
		t.Error("after twenty wrong codes an hour's wait is enough")
	}
	c.clock.add(23 * time.Hour)
	if n := try(3); n != 0 {
		t.Error("the next day nobody may try")
	}
}

// Nobody is told whether a phone is known, or whether a limit stands against it.
func TestEveryNumberGetsTheSameAnswer(t *testing.T) {
	c := plain(t)
	c.logIn("13800138000", home)
	for i := range 30 {
		c.clock.add(time.Second)
		if _, err := c.SendCode(ctx, "13800138000", "zh-Hans", stranger(i)); err != nil {
			t.Errorf("a known phone with a limit against it: %v", err)
		}
		if _, err := c.SendCode(ctx, phoneOf(i), "zh-Hans", stranger(i)); err != nil {
			t.Errorf("an unknown phone: %v", err)
		}
	}
}
