package office_test

import (
	"slices"
	"testing"
	"time"

	"lianxin/server/board"
	"lianxin/server/office"
	"lianxin/store"
)

// printed makes a series by the dispatcher.
func (c *county) printed(kind board.PaperKind, count int) (*board.Series, []office.Sealed) {
	c.t.Helper()
	s, papers, err := c.PrintSeries(ctx, c.dispatcher.Actor, kind, count)
	c.must(err)
	if len(papers) != count {
		c.t.Fatalf("%d papers of %d", len(papers), count)
	}
	return s, papers
}

func TestASeriesIsShownOnce(t *testing.T) {
	each(t, func(c *county) {
		form := office.WithForm(ctx, store.Once{1}, "slip 10")
		s, papers, err := c.PrintSeries(form, c.operator.Actor, board.Slip, 10)
		c.must(err)
		seen := map[string]bool{}
		for i, p := range papers {
			if p.Serial != board.NewSerial(board.Slip, 1, i+1) || len(p.PIN) != board.PINDigits || p.Codes != nil || seen[p.PIN] {
				c.t.Errorf("paper %d: %+v", i, p)
			}
			seen[p.PIN] = true
		}
		_, none, err := c.PrintSeries(form, c.operator.Actor, board.Slip, 10)
		c.refused("the same form", err, "papers.shown")
		if none != nil {
			c.t.Error("secrets were shown twice")
		}
		_, _, err = c.PrintSeries(office.WithForm(ctx, store.Once{1}, "slip 20"), c.operator.Actor, board.Slip, 20)
		c.refused("the same form with another number", err, "form.sent")
		all, next, err := c.Papers(ctx, c.dispatcher, "", 10)
		if err != nil || next != "" || len(all) != 1 || all[0].ID != s.ID || all[0].By != c.operator.Staff {
			c.t.Errorf("the register has %v, %v", all, err)
		}
		second, more := c.printed(board.Slip, 2)
		if second.No != 2 || more[0].PIN == papers[0].PIN {
			c.t.Errorf("the next series is %d", second.No)
		}
		card, cards := c.printed(board.CodeCard, 1)
		if codes := cards[0].Codes; card.No != 1 || len(codes) != board.CardCodes || len(codes[0]) != board.CodeDigits || cards[0].PIN != "" || codes[0] == codes[1] {
			c.t.Errorf("a card: %+v", cards[0])
		}
		_, blanks := c.printed(board.BlankForm, 1)
		_, consents := c.printed(board.ConsentPaper, 1)
		if len(blanks[0].PIN) != board.PINDigits || consents[0].PIN != "" || consents[0].Codes != nil {
			c.t.Errorf("a form %+v, a consent paper %+v", blanks[0], consents[0])
		}
	})
}

func TestTheRegisterIsReadInPages(t *testing.T) {
	each(t, func(c *county) {
		for range 5 {
			c.printed(board.ConsentPaper, 1)
			c.clock.add(time.Minute)
		}
		var nos []int
		for from, pages := "", 0; ; pages++ {
			all, next, err := c.Papers(ctx, c.operator, from, 2)
			c.must(err)
			for _, s := range all {
				nos = append(nos, s.No)
			}
			if from = next; from == "" || pages > 5 {
				break
			}
		}
		if !slices.Equal(nos, []int{5, 4, 3, 2, 1}) {
			c.t.Errorf("the register reads %v", nos)
		}
		s, err := c.SeriesOf(ctx, c.operator, board.NewSerial(board.ConsentPaper, 3, 1).Grouped())
		if err != nil || s.No != 3 {
			c.t.Errorf("by serial: %v, %v", s, err)
		}
		for text, id := range map[string]string{"": "serial.empty", "123": "serial.length",
			string(board.NewSerial(board.ConsentPaper, 3, 2)): "paper.unknown", string(board.NewSerial(board.Slip, 1, 1)): "paper.unknown"} {
			_, err := c.SeriesOf(ctx, c.operator, text)
			c.refused(text, err, id)
		}
		_, err = c.Series(ctx, c.operator, board.ID{1})
		c.refused("a series that is none", err, "papers.missing")
	})
}

func TestTheRegisterIsTheCountyDesks(t *testing.T) {
	each(t, func(c *county) {
		s, _ := c.printed(board.Slip, 5)
		aide := office.Who{Actor: board.Actor{Staff: board.ID{7}, Roles: board.Roles{board.Helper}}}
		for _, who := range []office.Who{aide, c.handler, c.admin, c.leader, c.logIn(phone, home), {}} {
			_, _, err := c.PrintSeries(ctx, who.Actor, board.Slip, 5)
			c.refused("print", err, "deed.role")
			_, _, err = c.Papers(ctx, who, "", 10)
			c.refused("read the register", err, "deed.role")
			_, err = c.Series(ctx, who, s.ID)
			c.refused("read a series", err, "deed.role")
			c.refused("hand out", c.HandOut(ctx, who.Actor, s.ID, 1, 2, ""), "deed.role")
			c.refused("revoke", c.Revoke(ctx, who.Actor, s.ID, 1, 2, "x"), "deed.role")
		}
	})
}

func TestPapersAreHandedOut(t *testing.T) {
	each(t, func(c *county) {
		s, papers := c.printed(board.Slip, 10)
		aide := c.hire("aide", board.ID{}, board.Operator)
		mine := func() []board.Serial {
			all, err := c.MyPapers(ctx, aide, board.Slip, board.BlankForm)
			c.must(err)
			return all
		}
		form := office.WithForm(ctx, store.Once{1}, "2 4")
		c.must(c.HandOut(form, c.dispatcher.Actor, s.ID, 2, 4, aide.Staff.String()))
		c.must(c.HandOut(form, c.dispatcher.Actor, s.ID, 2, 4, aide.Staff.String()))
		if got := mine(); !slices.Equal(got, []board.Serial{papers[1].Serial, papers[2].Serial, papers[3].Serial}) {
			c.t.Errorf("the colleague has %v", got)
		}
		c.must(c.Revoke(ctx, c.operator.Actor, s.ID, 3, 3, "弄丢了"))
		c.must(c.HandOut(ctx, c.operator.Actor, s.ID, 4, 4, ""))
		if got := mine(); !slices.Equal(got, []board.Serial{papers[1].Serial}) {
			c.t.Errorf("after one was lost and one given back, the colleague has %v", got)
		}
		if none, err := c.MyPapers(ctx, aide, board.ConsentPaper); err != nil || len(none) != 0 {
			c.t.Errorf("consent papers: %v, %v", none, err)
		}
		after, err := c.Series(ctx, c.dispatcher, s.ID)
		if err != nil || after.Free() != 9 || after.Changed.Count != 4 || !after.Paper(3).Revoked || after.Paper(3).Why != "弄丢了" {
			c.t.Errorf("the series is %+v, %v", after, err)
		}
		for _, to := range []string{"x", board.ID{7}.String(), c.handler.Staff.String()} {
			c.refused("handed to "+to, c.HandOut(ctx, c.dispatcher.Actor, s.ID, 1, 1, to), "papers.staff")
		}
		c.refused("a series that is none", c.HandOut(ctx, c.dispatcher.Actor, board.ID{1}, 1, 1, ""), "papers.missing")
	})
}

// A signed form is the person's consent, and its stub their slip: both in the
// same filing, by the helper to whom it was handed, once.
func TestAHelperUsesPapersThatWereHandedToThem(t *testing.T) {
	each(t, func(c *county) {
		_, err := c.Hire(ctx, office.Box, office.NewStaff{Login: "aide", Name: "李大姐", Roles: board.Roles{board.Helper}, Areas: []board.Area{{Township: "东关镇"}}})
		c.must(err)
		aide := c.enter("aide")
		forms, sheets := c.printed(board.BlankForm, 3)
		slips, inside := c.printed(board.Slip, 3)
		paper := office.Consent{Means: board.ByPaper, Serial: sheets[0].Serial.Grouped(), Slip: sheets[0].Serial.Grouped(), Public: "no"}
		file := func(in office.Consent, words string) (board.Number, error) {
			c.must(c.Help(ctx, aide, office.Helped{Name: "周大妈", Township: "东关镇", Village: "东关村", Lang: "zh-Hans", Tell: board.ByVoice}))
			c.must(c.SaveHelpDraft(ctx, aide, board.Draft{Kind: board.Help, Body: words, Township: "东关镇"}))
			_, err := c.ReadBack(ctx, aide)
			c.must(err)
			return c.FileHelped(ctx, aide, form(), in)
		}
		_, err = file(paper, "井盖没了")
		c.refused("a form that lies at the county desk", err, "paper.not-yours")
		c.must(c.HandOut(ctx, c.dispatcher.Actor, forms.ID, 1, 2, aide.Staff.String()))
		c.must(c.HandOut(ctx, c.dispatcher.Actor, slips.ID, 1, 1, aide.Staff.String()))
		n, err := file(paper, "井盖没了")
		c.must(err)
		_, err = file(paper, "灯不亮")
		c.refused("the form again", err, "paper.used")
		other := paper
		other.Serial, other.Slip = sheets[1].Serial.Grouped(), string(slips.Serial(1))
		second, err := file(other, "灯不亮")
		c.must(err)
		other.Serial = string(slips.Serial(1))
		_, err = file(other, "水管漏了")
		c.refused("a slip for a consent paper", err, "paper.kind")
		for n, pin := range map[board.Number]string{n: sheets[0].PIN, second: inside[0].PIN} {
			if _, _, err := c.LookUp(ctx, "", string(n), pin, home); err != nil {
				c.t.Errorf("the PIN inside does not open %s: %v", n, err)
			}
		}
	})
}
