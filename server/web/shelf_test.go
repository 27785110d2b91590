package web

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"lianxin/server/board"
)

// A shelf says of each case what it waits for and how near that is.
func TestAShelfSaysWhatIsFirst(t *testing.T) {
	w := newWorld(t) // noon of a Thursday
	n := w.browser().logIn("13800138000").file()
	desk := w.browser().enter("desk")
	desk.get("/desk").want(200, w.T("task.assign"), w.T("left.tomorrow.by", "Time", "12:00"))
	w.assign(n)
	unit := w.browser().enter("unit")
	unit.get("/desk").want(200, w.T("task.sign"), w.T("left.tomorrow"))
	w.clock.add(24 * time.Hour)
	unit, desk = w.browser().enter("unit"), w.browser().enter("desk")
	unit.get("/desk").want(200, w.T("left.today"))
	unit.get("/desk/case/" + n).send("/desk/case/" + n + "/sign").want(200)
	unit.get("/desk").want(200, w.T("task.answer"), w.T("left.workdays", "Count", 14))
	unit.get("/desk/case/"+n).send("/desk/case/"+n+"/asktime", "days", "3", "reason", "等电缆").want(200)
	chief := w.browser().enter("chief")
	chief.get("/desk").want(200, w.T("task.head"))
	chief.get("/desk/case/"+n).want(200, w.T("deskcase.ruling"), "等电缆").send("/desk/case/" + n + "/endorse").want(200)
	desk.get("/desk").want(200, w.T("task.extension"))
	w.must(w.office.Note(ctx, w.as("lead"), board.Number(n), w.form(), board.Supervise, "每天报"))
	desk.get("/desk").want(200, w.T("mark.supervised"))
	w.days(4) // the ask had one working day: that Sunday, which makes up for a holiday
	w.browser().enter("desk").get("/desk?desk=red").want(200, w.T("left.over", "Count", 2))
}

// What lay too long is told by the date that was missed, and by whom it went up to:
// that the inspector has time until tomorrow makes nobody less late.
func TestAShelfSaysHowLateWhatWentUpIs(t *testing.T) {
	w := newWorld(t)
	w.browser().logIn("13800138000").file()
	w.days(2)
	if _, err := w.office.Strike(ctx); err != nil {
		t.Fatal(err)
	}
	w.browser().enter("desk").get("/desk").want(200, w.T("left.over", "Count", 1), w.T("mark.raised.inspector"))
}

// After a deed the next case of the same desk is one link away, whatever else
// its doer works at.
func TestTheNextCaseIsOneLinkAway(t *testing.T) {
	w := newWorld(t)
	wang := w.browser().logIn("13800138000")
	a := wang.file()
	w.clock.add(11 * time.Minute)
	b := wang.file()
	desk := w.browser().enter("desk")
	next := "/desk/case/" + b
	if got := desk.get("/desk/case/"+a).hides(w.T("onward.next")).send("/desk/case/"+a+"/assign", "unit", w.units[0].String()).
		want(200, w.T("flash.done"), w.T("onward.next")).links("/desk/case/")[0]; got != next {
		t.Errorf("after %s comes %s", a, got)
	}
	desk.get(next).send(next+"/assign", "unit", w.units[0].String()).want(200, w.T("onward.empty", "Section", w.T("desk.section.dispatcher")))
	// What stays on the shelf is not offered again before the others.
	unit := w.browser().enter("unit")
	if got := unit.get("/desk/case/"+a).send("/desk/case/"+a+"/sign").want(200, w.T("desk.section.handler")).links("/desk/case/")[0]; got != next {
		t.Errorf("after %s was signed for comes %s", a, got)
	}
	// The address tells of a deed; it does not choose the shelf of somebody else.
	unit.get("/desk/case/"+a+"?done=approve").want(200).hides(w.T("onward.next"), w.T("desk.section.reviewer"))
	unit.get("/desk/case/" + a + "?done=rubbish").want(200).hides(w.T("onward.next"))
}

func TestFindingOnTheDesk(t *testing.T) {
	w := newWorld(t)
	wang := w.browser().logIn("13800138000")
	n := wang.tells()
	desk := w.browser().enter("desk")
	desk.get("/desk?q="+url.QueryEscape("城关镇 灯")).want(200, w.T("find.section", "Words", "城关镇 灯"), secret.title)
	desk.get("/desk?q="+url.QueryEscape("桥断了")).want(200, w.T("find.empty"), `桥断了`).hides(secret.title)
	if at := desk.get("/desk?q=" + board.Number(n).Grouped()[:3]).want(200).links("/desk/case/"); len(at) != 1 || at[0] != "/desk/case/"+n {
		t.Errorf("by its first digits is found %q", at)
	}
	if at := desk.get("/desk?q="+url.QueryEscape(board.Number(n).Grouped())).want(200, secret.body[:30]).path; at != "/desk/case/"+n {
		t.Errorf("a whole number leads to %s", at)
	}
	wang.get("/case/"+n+"/looks").want(200, "周岚")
	w.browser().enter("review").get("/desk?q="+url.QueryEscape("王秀兰")).want(200, w.T("find.empty"))
	w.browser().enter("unit").get("/desk?q="+url.QueryEscape("灯")).want(200, w.T("find.empty"))
}

func TestALikeCaseIsOfferedForMerging(t *testing.T) {
	w := newWorld(t)
	wang, other := w.browser().logIn("13800138000"), w.browser().logIn("13900139000")
	n := wang.tells()
	desk := w.browser().enter("desk")
	at := "/desk/case/" + n
	desk.get(at).want(200).hides(w.T("deskcase.same"), w.T("deed.merge.alike.label"))
	w.assign(n)
	m := other.tells("title", "灯还是坏的", "body", "供销社后面路灯坏了，找过电工，没有用。")
	at = "/desk/case/" + m
	page := desk.get(at).want(200, w.T("deskcase.same"), w.T("deed.merge.alike.label"), w.T("deed.assign.unit.likely", "Units", "住房和城乡建设局"))
	if !slices.Contains(page.links("/desk/case/"), "/desk/case/"+n) {
		t.Error("what is like it cannot be opened")
	}
	page.post(at+"/merge", "lead", "123").wrong(422, "merge-lead", w.T("fault.number.length", "Digits", 10))
	page.send(at+"/merge", "alike", n).want(200, w.T("state.merged"))
}

// A reviewer reads the question and the reply side by side; whoever comes too
// late is told what was done meanwhile, and has their words.
func TestAReplyStandsBesideItsQuestion(t *testing.T) {
	w := newWorld(t)
	n := w.browser().logIn("13800138000").file()
	at := "/desk/case/" + n
	w.assign(n)
	w.must(w.office.SignFor(ctx, w.as("unit"), board.Number(n), w.form()))
	w.must(w.office.Answer(ctx, w.as("unit"), board.Number(n), w.form(), board.Reply{Found: "电缆断了", Done: "九月二十日接好", Contact: "李建平"}))
	review := w.browser().enter("review")
	page := review.get(at).want(200, w.T("deskcase.review"), "电缆断了", w.T("left.tomorrow"))
	w.browser().enter("unit").get(at).want(200, "电缆断了").hides(w.T("deskcase.review"))
	w.must(w.office.Approve(ctx, w.as("review"), board.Number(n), w.form()))
	page.send(at+"/return", "reason", "没有写哪一段电缆").want(409, "没有写哪一段电缆", w.T("event.approved"), "何敏").hides(w.T("deskcase.review"))
}

func TestALeaderHasTwoClicksToSupervision(t *testing.T) {
	w := newWorld(t)
	n := w.browser().logIn("13800138000").file()
	page := w.browser().enter("lead").get("/desk/case/" + n)
	for deed, open := range map[string]bool{"annotate": true, "supervise": true, "reveal": false} {
		title := w.T("deed." + deed + ".title")
		if found := slices.Contains(page.opened(), title); found != open {
			t.Errorf("%s is drawn open: %t", deed, found)
		}
	}
}

// opened are the deeds whose forms a page draws open.
func (p *page) opened() (titles []string) {
	for n := range p.tree.Descendants() {
		if n.Type != html.ElementNode || n.Data != "details" || !slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "open" }) {
			continue
		}
		for inside := range n.Descendants() {
			if inside.Data == "summary" {
				titles = append(titles, strings.TrimSpace(inner(inside)))
				break
			}
		}
	}
	return titles
}

// Who came from another shelf than the first one goes back there, and on along it.
func TestAShelfIsNotForgottenOnTheWay(t *testing.T) {
	w := newWorld(t)
	wang := w.browser().logIn("13800138000")
	old := wang.file()
	w.clock.add(11 * time.Minute)
	young := wang.file()
	lead, newest := w.browser().enter("lead"), "/desk?desk=newest"
	rows := lead.get(newest).links("/desk/case/")
	if want := []string{"/desk/case/" + young + "?desk=newest", "/desk/case/" + old + "?desk=newest"}; !slices.Equal(rows, want) {
		t.Fatalf("the rows lead to %q, want %q", rows, want)
	}
	page := lead.get(rows[0])
	if back := page.link(w.T("top.back")); back != newest {
		t.Errorf("back leads to %s", back)
	}
	page.post("/desk/case/"+young+"/annotate", "words", "").want(422, w.T("fault.annotate.words")).
		send("/desk/case/"+young+"/annotate", "words", "尽快办").want(200, w.T("onward.shelf", "Section", w.T("desk.section.newest")))
	if next := lead.get("/desk/case/" + young + "?done=annotate&desk=newest").links("/desk/case/")[0]; next != rows[1] {
		t.Errorf("the next one is %s", next)
	}
	lead.get("/desk/case/"+young+"?done=annotate&desk=handler").want(200, w.T("onward.empty", "Section", w.T("desk.section.red")))
}

// What somebody rules on stands beside the forms for it.
func TestAnAskStandsBesideItsRuling(t *testing.T) {
	w := newWorld(t)
	n := w.browser().logIn("13800138000").file()
	w.assign(n)
	w.must(w.office.HandBack(ctx, w.as("unit"), board.Number(n), w.form(), "归水利局管"))
	at := "/desk/case/" + n
	page := w.browser().enter("desk").get(at).want(200, w.T("deskcase.ruling"), "归水利局管").hides(w.T("deskcase.asks"))
	w.browser().enter("unit").get(at).want(200, w.T("deskcase.asks"), "归水利局管").hides(w.T("deskcase.ruling"))
	page.send(at+"/keep", "words", "就由你们办").want(200, w.T("deskcase.asks"), w.T("ask.refused")).hides(w.T("deskcase.ruling"))
}
