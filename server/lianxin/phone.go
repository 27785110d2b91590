package main

import (
	"context"
	"crypto/rand"
	"slices"

	"lianxin/server/channel/sms"
	made "lianxin/server/demo"
	"lianxin/server/office"
	"lianxin/server/web"
)

// visitors opens the made-up county to whoever looks around.
func (b *box) visitors(spool *sms.Spool) *web.Demo {
	d := &web.Demo{Phone: handsets{spool, b.office}}
	for _, e := range made.Entrances(b.store, b.office, rand.Reader) {
		d.Entrances = append(d.Entrances, web.Entrance(e))
	}
	return d
}

// handsets are the phones of the made-up county: they show what lies in the
// spool, and what they are used to send goes through it.
type handsets struct {
	spool  *sms.Spool
	office *office.Office
}

func (h handsets) Out(context.Context) ([]web.Text, error) {
	notes, err := h.spool.Out()
	if err != nil {
		return nil, err
	}
	var texts []web.Text
	for _, n := range notes {
		texts = append(texts, web.Text{Number: n.To, Text: n.Text, Time: n.Time})
	}
	for _, m := range h.spool.Dropped() {
		texts = append(texts, web.Text{Number: m.From, Text: m.Text, Time: m.Time, In: true})
	}
	slices.SortStableFunc(texts, func(a, b web.Text) int { return b.Time.Compare(a.Time) })
	return texts, nil
}

func (h handsets) In(_ context.Context, from, text string) error {
	return h.spool.Drop(from, text, h.office.Now())
}
