package office

import (
	"slices"

	"lianxin/server/board"
	"lianxin/server/reading"
)

// veil takes out of a case what the viewer may not read. Staff who may not know
// whose it is read the person's own words without names, phones and identity
// numbers: people write them there. mask does the same to words that stand
// elsewhere.
func veil(c *board.Case, who Who) (sight board.Sight, mask func(string) string) {
	name := c.Name
	sight = c.Veil(who.Actor)
	if sight.Self || !who.IsStaff() {
		return sight, func(text string) string { return text }
	}
	mask = func(text string) string { return nameless(text, name) }
	c.Title, c.Body = mask(c.Title), mask(c.Body)
	c.Added = slices.Clone(c.Added)
	for i, words := range c.Added {
		c.Added[i] = mask(words)
	}
	if c.Ask != nil && c.Ask.For == board.Objects {
		ask := *c.Ask
		ask.Reason, c.Ask = mask(ask.Reason), &ask
	}
	if c.Rating != nil {
		rating := *c.Rating
		rating.Words, c.Rating = mask(rating.Words), &rating
	}
	return sight, mask
}

// masked does to the person's words in events what mask does.
func masked(events []board.Event, mask func(string) string) []board.Event {
	all := slices.Clone(events)
	for i, e := range all {
		switch f := e.Fact.(type) {
		case board.Filed:
			f.Title, f.Body = mask(f.Title), mask(f.Body)
			all[i].Fact = f
		case board.Edited:
			f.Title, f.Body = mask(f.Title), mask(f.Body)
			all[i].Fact = f
		case board.Added:
			f.Words = mask(f.Words)
			all[i].Fact = f
		case board.Objected:
			f.Words = mask(f.Words)
			all[i].Fact = f
		case board.Rated:
			f.Words = mask(f.Words)
			all[i].Fact = f
		}
	}
	return all
}

// nameless takes names, phones and identity numbers out of a text.
func nameless(text string, names ...string) string {
	return reading.Masked(reading.Pieces(text, names...))
}

// Proposal is how a case might be shown to anybody, for the county desk to
// judge: its words with personal data masked, and with it marked.
type Proposal struct {
	Notice board.Notice
	Pieces []reading.Piece
}

// Propose makes it of a case as the county desk sees it.
func Propose(c *board.Case) Proposal {
	title, body := reading.Pieces(c.Title, c.Name), reading.Pieces(c.Body, c.Name)
	p := Proposal{Notice: board.Notice{Title: reading.Masked(title), Body: reading.Masked(body)}}
	if c.Title != "" {
		p.Pieces = append(title, reading.Piece{Text: "\n\n"})
	}
	p.Pieces = append(p.Pieces, body...)
	return p
}
