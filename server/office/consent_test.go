package office_test

import (
	"io"
	"log/slog"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/server/workday"
	"lianxin/store"
)

func TestOnlyWhatWasReadBackCanBeFiled(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		c.must(c.Help(ctx, aide, granny))
		file := func() error { _, err := c.FileHelped(ctx, aide, form(), witness); return err }
		_, err := c.ReadBack(ctx, aide)
		c.refusedAny("read nothing back", err, "filing.kind", "filing.body.empty")
		c.must(c.SaveHelpDraft(ctx, aide, lamp))
		c.refused("never read back", file(), "assist.read")
		for name, change := range map[string]func(*board.Draft){
			"body":    func(d *board.Draft) { d.Body += "再加一句" },
			"remark":  func(d *board.Draft) { d.Remark = "别的" },
			"kind":    func(d *board.Draft) { d.Kind = board.Complain },
			"village": func(d *board.Draft) { d.Village = "西关村" },
		} {
			c.must(c.SaveHelpDraft(ctx, aide, lamp))
			_, err := c.ReadBack(ctx, aide)
			c.must(err)
			d := lamp
			change(&d)
			c.must(c.SaveHelpDraft(ctx, aide, d))
			c.refused("other "+name, file(), "assist.read")
			c.refused("a code for other "+name, c.AskConsent(ctx, aide), "assist.read")
		}
		_, err = c.ReadBack(ctx, aide)
		c.must(err)
		c.clock.add(29 * time.Minute)
		_, err = c.Helping(ctx, aide)
		c.must(err)
		c.must(c.SaveHelpDraft(ctx, aide, mustDraft(c, aide))) // the session goes on, the words are the same
		c.clock.add(time.Minute)
		c.refused("half an hour after they were read", file(), "assist.old")
		_, err = c.ReadBack(ctx, aide)
		c.must(err)
		c.must(file())
		c.refused("nothing is left to file", file(), "assist.read")
	})
}

func mustDraft(c *county, who office.Who) board.Draft {
	c.t.Helper()
	d, err := c.HelpDraft(ctx, who)
	c.must(err)
	return d
}

// refusedAny fails the test unless err is exactly these faults.
func (c *county) refusedAny(what string, err error, ids ...string) {
	c.t.Helper()
	faults, ok := board.Faults(err)
	got := make([]string, len(faults))
	for i, f := range faults {
		got[i] = f.ID
	}
	if !ok || !slices.Equal(got, ids) {
		c.t.Errorf("%s: %v, want the faults %v", what, err, ids)
	}
}

func TestAHelperShowsConsentInTheFourWaysOnly(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		c.begun(aide, granny, lamp)
		for _, means := range []board.Means{board.ByEar, board.InPerson, board.OnForm, "", "other"} {
			_, err := c.FileHelped(ctx, aide, form(), office.Consent{Means: means})
			c.refused("consent by "+string(means), err, "assist.means")
		}
		_, err := c.FileHelped(ctx, aide, form(), office.Consent{Means: board.ByWitness, Witness: " "})
		c.refused("nobody as a witness", err, "assist.witness")
		_, err = c.FileHelped(ctx, aide, form(), office.Consent{Means: board.ByPaper})
		c.refused("no paper", err, "assist.serial")
		_, err = c.FileHelped(ctx, c.operator, form(), witness)
		c.refused("an operator in a helper's place", err, "deed.role")
	})
}

func TestFiveWrongCodesAreEnough(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		c.begun(aide, granny, lamp)
		token := form()
		file := func(code string) error {
			_, err := c.FileHelped(ctx, aide, token, office.Consent{Means: board.ByCode, Code: code})
			return err
		}
		c.refused("before one was sent", file("1234"), "assist.unsent")
		c.must(c.AskConsent(ctx, aide))
		code := c.helperCode(grannys)
		c.refused("empty", file(" "), "code.empty")
		for range 4 {
			c.refused("wrong", file(wrongPIN(code)), "assist.wrong")
		}
		c.must(file(code)) // the same form, after wrong tries
		c.must(file(code)) // and again
		if got := len(c.listOf(store.TakenBy(aide.Staff, noon.AddDate(-1, 0, 0)))); got != 1 {
			c.t.Errorf("the form filed %d cases", got)
		}
		c.must(c.SaveHelpDraft(ctx, aide, lamp))
		_, err := c.ReadBack(ctx, aide)
		c.must(err)
		token = form()
		c.refused("the old code, for the same words anew", file(code), "assist.unsent")
		c.clock.add(time.Second)
		c.must(c.AskConsent(ctx, aide))
		c.refused("the old code beside a new one", file(code), "assist.wrong")
		for range 4 {
			c.refused("wrong", file(wrongPIN(c.helperCode(grannys))), "assist.wrong")
		}
		c.refused("the right one after five", file(c.helperCode(grannys)), "assist.tries")
	})
}

func TestConsentTextsHaveAnEnd(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		c.begun(aide, granny, lamp)
		for range 3 {
			c.must(c.AskConsent(ctx, aide))
		}
		c.refused("a fourth text for the same words", c.AskConsent(ctx, aide), "assist.sends")
		sent := 3
		for i := 0; sent < 10; i++ {
			d := lamp
			d.Body += string(rune('a' + i))
			c.must(c.SaveHelpDraft(ctx, aide, d))
			_, err := c.ReadBack(ctx, aide)
			c.must(err)
			for range 3 {
				if sent++; sent <= 10 {
					c.must(c.AskConsent(ctx, aide))
				}
			}
		}
		c.begun(aide, granny, board.Draft{Kind: board.Help, Body: "还有一件", Township: "东关镇"})
		c.refused("an eleventh text to one phone in a day", c.AskConsent(ctx, aide), "assist.sends")
		c.clock.add(time.Second)
		who := c.logIn(grannys, home) // and nobody is locked out by it
		if !who.IsResident() {
			c.t.Error("a helper used up the person's login codes")
		}
	})
}

func TestConsentAndLoginCodesAreTwoThings(t *testing.T) {
	each(t, func(c *county) {
		aide := c.aide("aide", board.ID{}, dongguan)
		c.begun(aide, granny, lamp)
		attempt, err := c.SendCode(ctx, string(grannys), "zh-Hans", home)
		c.must(err)
		login := board.Digits(c.lastCode(grannys))
		c.must(c.AskConsent(ctx, aide))
		consent := c.helperCode(grannys)
		for _, typed := range []string{login, login[:4], login[2:]} {
			if typed == consent {
				continue
			}
			_, err := c.FileHelped(ctx, aide, form(), office.Consent{Means: board.ByCode, Code: typed})
			c.refused("a login code as consent", err, "assist.wrong")
		}
		for _, typed := range []string{consent + "00", "00" + consent} {
			if _, err := c.LogIn(ctx, attempt, typed, home); err == nil && typed != login {
				c.t.Error("a consent code logs somebody in")
			}
		}
		// After a restart every code is dead.
		again, err := office.New(c.parts())
		c.must(err)
		_, err = again.FileHelped(ctx, aide, form(), office.Consent{Means: board.ByCode, Code: consent})
		c.refused("a consent code from before a restart", err, "assist.wrong")
		if _, err := again.LogIn(ctx, attempt, login, home); err == nil {
			c.t.Error("a login code outlives a restart")
		}
		_, err = c.FileHelped(ctx, aide, form(), office.Consent{Means: board.ByCode, Code: consent})
		c.must(err)
	})
}

// parts are what a second office over the same store is made of.
func (c *county) parts() office.Parts {
	calendar, err := workday.Statutory()
	c.must(err)
	return office.Parts{Store: c.store, Calendar: calendar, Now: c.clock.now,
		Random: &lockedReader{r: rand.NewChaCha8([32]byte{77})}, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
}
