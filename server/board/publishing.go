package board

import (
	"strings"
	"time"
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
	"approved": true, "extended": true, "rated": true, "merged": true, "shared": true, "lapsed": true,
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
			open.Fact = Extended{Due: f.Due, Reason: f.Reason}
		case Rated:
			open.Fact = Rated{Rating: Rating{Outcome: f.Outcome}, Again: f.Again}
		}
		public = append(public, open.Hollow())
	}
	return public
}
