package board

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Notice is a case as anybody may read it: masked words that the county desk
// agreed to. It is sealed with the county's key: it is not the person's alone
// any more.
type Notice struct {
	Title string `json:"title"`
	Body  string `json:"body"`
}

type (
	Published struct{ Notice }
	HiddenNow struct {
		Reason string `json:"reason"`
	}
)

func (Published) Kind() EventKind { return "published" }
func (HiddenNow) Kind() EventKind { return "hidden" }

func init() { enter[Published](); enter[HiddenNow]() }

// Publish lets anybody read the case, in the words of the notice, from which
// personal data has been taken out.
func (c *Case) Publish(by Actor, n Notice, r Rules, now time.Time) (Event, error) {
	n.Title, n.Body = strings.TrimSpace(n.Title), strings.TrimSpace(n.Body)
	if err := said("title", "publish.title", n.Title, r.MaxTitle*2); err != nil {
		return Event{}, err
	}
	if err := said("body", "publish.body", n.Body, r.MaxBody*2); err != nil {
		return Event{}, err
	}
	e, err := c.do(by, Publish, Published{n}, now)
	e.Subject = ID{}
	return e, err
}

// Hide takes the case off the public list.
func (c *Case) Hide(by Actor, reason string, r Rules, now time.Time) (Event, error) {
	if err := said("reason", "hide.reason", reason, r.MaxReply); err != nil {
		return Event{}, err
	}
	return c.do(by, Hide, HiddenNow{strings.TrimSpace(reason)}, now)
}

// publicKinds are the events of which a public case tells that they happened,
// and nothing more but the published answer.
var publicKinds = map[EventKind]bool{
	"filed": true, "assigned": true, "signed": true, "progressed": true, "answered": true, "returned": true,
	"approved": true, "extended": true, "rated": true, "merged": true, "shared": true, "lapsed": true, "erased": true, "anonymised": true,
}

// PublicEvents lists, of a case's events, what anybody may know: that it
// happened, when, and the facts on the allow-list. Who, through whom and in
// whose words stays out.
func PublicEvents(events []Event) []Event {
	var public []Event
	for _, e := range events {
		if !publicKinds[e.Kind] {
			continue
		}
		open := Event{Stream: e.Stream, Seq: e.Seq, Header: Header{Kind: e.Kind, Time: e.Time}}
		switch f := e.Hollow().Fact.(type) {
		case ChargeGiven:
			open.Fact = ChargeGiven{Charge{Lead: f.Lead, Due: f.Due}}
		case Extended:
			open.Fact = Extended{Due: f.Due}
		case Rated:
			open.Fact = Rated{Rating: Rating{Outcome: f.Outcome}}
		}
		public = append(public, open.Hollow())
	}
	return public
}

// PublicPlace is the township that anybody may know the case to be from: none
// for a complaint or a call for help, where it may tell who spoke.
func (c *Case) PublicPlace() string {
	if c.Kind == Complain || c.Kind == Help {
		return ""
	}
	return c.Township
}

// Open makes a new case that holds nothing but what anybody may know: the words
// of the notice, the place where it tells nobody, the way it went, the answer
// without its author. The case must be shown. What it knows to be the person's is blotted
// out of the answer, in case a unit wrote it there.
func (c *Case) Open() *Case {
	p := &Case{
		Number: c.Number, Kind: c.Kind, Stage: c.Stage, Reply: c.Reply, Public: c.Public, Ended: c.Ended,
		Notice: c.Notice, Township: c.PublicPlace(), Topic: c.Topic, Lead: c.Lead,
		Filed: c.Filed, Due: c.Due, Returns: c.Returns, Reopened: c.Reopened,
	}
	p.Title, p.Body = c.Notice.Title, c.Notice.Body
	if c.Published != nil {
		p.Published = &Reply{Found: c.blot(c.Published.Found), Done: c.blot(c.Published.Done), Basis: c.Published.Basis, Contact: c.Published.Contact}
	}
	if c.Rating != nil {
		p.Rating = &Rating{Outcome: c.Rating.Outcome}
	}
	return p
}

// blot takes the person's name out of a text, and their village where the place
// is not told, unless the notice says it.
func (c *Case) blot(text string) string {
	own := []string{c.Name}
	if c.PublicPlace() == "" {
		own = append(own, c.Village)
	}
	for _, word := range own {
		if utf8.RuneCountInString(word) > 1 && !strings.Contains(c.Notice.Title+"\n"+c.Notice.Body, word) {
			text = strings.ReplaceAll(text, word, "＊＊")
		}
	}
	return text
}
